//! Graduation readiness: the colours that each indicator can still have, and the grades that they can add up to.

use super::engine::Evaluation;
use super::split::Root;
use super::{Colour, EvalError, ReadinessOutcome, ReadinessResult};
use crate::node::{Node, NodeId};
use crate::possible::{ERROR, FALSE, Possible, TRUE};

/// Bits of the colours; the places of their codes in the conditions of grades.
pub(crate) const GREEN: u64 = 1;
pub(crate) const YELLOW: u64 = 2;
pub(crate) const RED: u64 = 4;
pub(crate) const ANY_COLOUR: u64 = GREEN | YELLOW | RED;

/// The colours that two tests, made in order, leave possible.
pub(super) fn colours(green: u8, yellow: u8) -> Possible {
    if green == ERROR || (green & TRUE == 0 && yellow == ERROR) {
        return Possible::Error;
    }
    let mut bits = 0;
    if green & TRUE != 0 {
        bits |= GREEN;
    }
    if green & !TRUE != 0 {
        if yellow & TRUE != 0 {
            bits |= YELLOW;
        }
        if yellow & FALSE != 0 {
            bits |= RED;
        }
        if (green | yellow) & ERROR != 0 {
            bits |= ANY_COLOUR;
        }
    }
    Possible::Code(bits)
}

impl Evaluation<'_> {
    /// Readiness, with the colour of each indicator.
    pub fn readiness(&mut self) -> ReadinessResult {
        let sets: Vec<Possible> = (0..self.pack.readiness().indicators.len())
            .map(|place| self.indicator_set(place))
            .collect();
        let indicators = sets.iter().map(|set| colour_of(*set)).collect();
        let outcome = self.readiness_outcome(&sets);
        ReadinessResult {
            outcome,
            indicators,
        }
    }

    /// The colours that an indicator can still have.
    pub(crate) fn indicator_set(&mut self, place: usize) -> Possible {
        let pack = self.pack;
        let Some(indicator) = pack.readiness().indicators.get(place) else {
            return Possible::Error;
        };
        let root = Root::Indicator {
            green: indicator.green,
            yellow: indicator.yellow,
        };
        match pack.checked.cones.indicators.get(place) {
            Some(&cone) => self.refine(cone, root, 0),
            None => Possible::Error,
        }
    }

    fn readiness_outcome(&mut self, sets: &[Possible]) -> ReadinessOutcome {
        match self.exact(self.pack.readiness().protected, None).truth() {
            TRUE => return ReadinessOutcome::Protected,
            FALSE => {}
            ERROR => return ReadinessOutcome::Error(EvalError::Arithmetic),
            // No grade is "protected": both can still come out.
            _ => return ReadinessOutcome::Undetermined,
        }
        let mut bits = Vec::with_capacity(sets.len());
        for set in sets {
            match set {
                Possible::Code(colours) => bits.push(*colours),
                _ => return ReadinessOutcome::Error(EvalError::Arithmetic),
            }
        }
        let named = self.named_indicators();
        let mut search = Search {
            found: None,
            several: false,
        };
        let tallies = tallies(&bits, &named);
        self.each_case(&bits, &named, &tallies, (0, 0), &mut search);
        match (search.several, search.found) {
            (false, Some(grade)) => ReadinessOutcome::Grade(grade),
            _ => ReadinessOutcome::Undetermined,
        }
    }

    /// Indicators whose own colour a grade asks for, with the nodes that ask.
    fn named_indicators(&self) -> Vec<(usize, NodeId)> {
        let cone = self.pack.checked.cone(self.pack.checked.cones.grades);
        let mut named = Vec::new();
        for &node in &cone.nodes {
            if let Node::Indicator(indicator) = self.node(node) {
                named.push((usize::from(*indicator), node));
            }
        }
        named
    }

    /// Goes through the colours of the named indicators, and then through the tallies of the others.
    fn each_case(
        &mut self,
        bits: &[u64],
        named: &[(usize, NodeId)],
        tallies: &[u64],
        own: (usize, usize),
        search: &mut Search,
    ) {
        let Some((&(indicator, node), rest)) = named.split_first() else {
            for (greens, reds) in tallies.iter().enumerate() {
                for red in (0..64).filter(|red| reds & (1 << red) != 0) {
                    if search.several {
                        return;
                    }
                    let grades = self.grades(greens + own.0, red + own.1);
                    search.add(grades);
                }
            }
            return;
        };
        for colour in [GREEN, YELLOW, RED]
            .into_iter()
            .filter(|colour| bits[indicator] & colour != 0)
        {
            self.store(node, 0, Possible::Code(colour));
            let own = (
                own.0 + usize::from(colour == GREEN),
                own.1 + usize::from(colour == RED),
            );
            self.each_case(bits, rest, tallies, own, search);
        }
    }

    /// The first grade whose condition holds, or several where one is undetermined.
    fn grades(&mut self, greens: usize, reds: usize) -> (Option<usize>, bool) {
        let pack = self.pack;
        for &node in &pack.checked.cone(pack.checked.cones.grades).nodes {
            let value = match self.node(node) {
                Node::Greens => Possible::point(greens as i128),
                Node::Reds => Possible::point(reds as i128),
                Node::Indicator(_) => continue,
                _ => self.operate(node, 0),
            };
            self.store(node, 0, value);
        }
        for (place, grade) in pack.readiness().grades.iter().enumerate() {
            match grade.when.map_or(TRUE, |when| self.truth(when, 0)) {
                TRUE => return (Some(place), false),
                FALSE => {}
                _ => return (None, true),
            }
        }
        (None, true)
    }
}

/// The grades that have come out so far.
struct Search {
    found: Option<usize>,
    several: bool,
}

impl Search {
    fn add(&mut self, (grade, several): (Option<usize>, bool)) {
        self.several |= several || (self.found.is_some() && grade != self.found);
        self.found = grade;
    }
}

/// For each number of greens, the numbers of reds (as bits) that the indicators without a name can add up to.
fn tallies(bits: &[u64], named: &[(usize, NodeId)]) -> Vec<u64> {
    let mut reached = vec![1u64];
    for (place, colours) in bits.iter().enumerate() {
        if named.iter().any(|(indicator, _)| *indicator == place) {
            continue;
        }
        let mut next = vec![0u64; reached.len() + 1];
        for (greens, reds) in reached.iter().enumerate() {
            if colours & GREEN != 0 {
                next[greens + 1] |= reds;
            }
            if colours & YELLOW != 0 {
                next[greens] |= reds;
            }
            if colours & RED != 0 {
                next[greens] |= reds << 1;
            }
        }
        reached = next;
    }
    reached
}

fn colour_of(set: Possible) -> Colour {
    match set {
        Possible::Code(GREEN) => Colour::Green,
        Possible::Code(YELLOW) => Colour::Yellow,
        Possible::Code(RED) => Colour::Red,
        _ => Colour::Unknown,
    }
}
