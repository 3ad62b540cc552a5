//! The trees that suit a module's symbols, and its bits in them.

use crate::follows::TREES;
use crate::tree::{LONGEST, SYMBOLS, Tree};

pub type Lengths = [u8; SYMBOLS];

/// By tree: Huffman's, with the frequencies flattened until no code is too long.
pub fn lengths_of_codes(symbols: &[(usize, u8)]) -> [Lengths; TREES] {
    let mut counts = [[0_usize; SYMBOLS]; TREES];
    for (tree, symbol) in symbols {
        counts[*tree][usize::from(*symbol)] += 1;
    }
    counts.map(|mut counts| {
        loop {
            let lengths = huffman(&counts);
            if lengths.iter().all(|length| usize::from(*length) <= LONGEST) {
                return lengths;
            }
            for count in counts.iter_mut().filter(|count| **count > 0) {
                *count = *count / 2 + 1;
            }
        }
    })
}

fn huffman(counts: &[usize; SYMBOLS]) -> Lengths {
    let mut lengths = [0; SYMBOLS];
    let occurring = (0..=u8::MAX).filter(|symbol| counts[usize::from(*symbol)] > 0);
    let mut groups: Vec<(usize, Vec<u8>)> = occurring
        .map(|symbol| (counts[usize::from(symbol)], vec![symbol]))
        .collect();
    if let [(_, only)] = groups.as_slice() {
        // A tree has two branches at least.
        lengths[usize::from(only[0])] = 1;
    }
    while groups.len() > 1 {
        groups.sort_by_key(|group| std::cmp::Reverse(group.0));
        if let (Some((rarest, mut symbols)), Some((rare, others))) = (groups.pop(), groups.pop()) {
            symbols.extend(others);
            for symbol in &symbols {
                lengths[usize::from(*symbol)] += 1;
            }
            groups.push((rarest + rare, symbols));
        }
    }
    lengths
}

pub fn bits_of(symbols: &[(usize, u8)], lengths: &[Lengths; TREES]) -> Vec<bool> {
    let mut bits = Vec::new();
    let mut push = |code: u32| {
        for place in (0..31 - code.leading_zeros()).rev() {
            bits.push(code >> place & 1 == 1);
        }
    };
    let mut flat = [0; SYMBOLS];
    flat[..16].fill(4);
    let flat = planted(&flat);
    for lengths in &lengths[1..] {
        for length in lengths {
            push(flat.code(*length));
        }
    }
    let trees: Vec<Tree> = lengths.iter().map(planted).collect();
    for (tree, symbol) in symbols {
        push(trees[*tree].code(*symbol));
    }
    bits
}

fn planted(lengths: &Lengths) -> Tree {
    let mut tree = Tree::BARE;
    tree.plant(lengths);
    tree
}
