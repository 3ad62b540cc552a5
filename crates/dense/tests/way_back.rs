//! There and back, and what becomes of files that are no files of ours.

use naik_kelas_dense::{HEADER, Problem, pack, unpacked};

const MAGIC: &[u8] = b"\0asm\x01\0\0\0";

/// What travels behind a module.
const BESIDE: &[u8] = b"rules, and texts in two languages";

fn section(id: u8, body: &[u8]) -> Vec<u8> {
    let mut section = vec![id];
    section.extend(number(body.len()));
    section.extend(body);
    section
}

fn number(mut value: usize) -> Vec<u8> {
    let mut digits = Vec::new();
    while value > 127 {
        digits.push(value as u8 | 128);
        value >>= 7;
    }
    digits.push(value as u8);
    digits
}

/// Of functions with a parameter and a result each, which do these instructions.
fn module(functions: usize, instructions: &[u8]) -> Vec<u8> {
    let mut module = MAGIC.to_vec();
    module.extend(section(1, &[1, 0x60, 1, 0x7f, 1, 0x7e]));
    module.extend(section(2, &[1, 1, b'a', 1, b'b', 0, 0]));
    module.extend(section(
        3,
        &[number(functions), vec![0; functions]].concat(),
    ));
    module.extend(section(6, &[1, 0x7f, 1, 0x41, 0, 0x0b]));
    let body = [&[1, 2, 0x7e], instructions, &[0x0b]].concat();
    let mut code = number(functions);
    for _ in 0..functions {
        code.extend(number(body.len()));
        code.extend(&body);
    }
    module.extend(section(10, &code));
    module.extend(section(
        11,
        b"\x01\x00\x41\x00\x0b\x05hello and what else there is to say",
    ));
    module
}

/// Something of every kind.
fn of_all_kinds() -> Vec<u8> {
    [
        &[
            0x20, 0, 0x21, 1, 0x41, 0x80, 0x80, 0xc0, 0, 0x42, 0x7f, 0x1a,
        ][..],
        &[
            0x02, 0x40, 0x0c, 0, 0x0b, 0x04, 0x7f, 0x05, 0x0b, 0x10, 0, 0x11, 0, 0,
        ],
        &[
            0x0e, 2, 0, 1, 0, 0x28, 2, 4, 0x36, 2, 0x80, 1, 0x23, 0, 0x24, 0,
        ],
        &[0x43, 0, 0, 0x80, 0x3f, 0x44, 0, 0, 0, 0, 0, 0, 0, 0x40],
        &[
            0xfc, 10, 0, 0, 0xfc, 2, 0x3f, 0, 0x6a, 0xa7, 0xac, 0x45, 0x46, 0x0f,
        ],
        &[
            0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f,
        ],
    ]
    .concat()
}

#[test]
fn a_module_comes_back_byte_for_byte() {
    for functions in [1, 3, 200] {
        let module = module(functions, &of_all_kinds());
        for beside in [&b""[..], BESIDE] {
            let packed = pack(&module, beside).expect("a sound module");
            let (back, behind) = unpacked(&packed).expect("its own file");
            assert_eq!(back, module);
            assert_eq!(behind, beside);
        }
    }
}

#[test]
fn what_repeats_itself_costs_little() {
    let module = module(200, &of_all_kinds());
    let packed = pack(&module, b"").expect("a sound module");
    assert!(
        packed.len() < module.len() / 20,
        "{} of {}",
        packed.len(),
        module.len()
    );
}

#[test]
fn to_other_tools_it_is_a_module_with_one_section_that_they_pass_over() {
    let packed = pack(&module(1, &of_all_kinds()), b"").expect("a sound module");
    assert!(packed.starts_with(MAGIC));
    assert_eq!(packed[8], 0, "a custom section");
    let size = packed[9..14]
        .iter()
        .rev()
        .fold(0, |size, digit| size << 7 | usize::from(digit & 127));
    assert_eq!(14 + size, packed.len());
    assert_eq!(packed[14..20], *b"\x05dense");
}

#[test]
fn what_is_no_module_or_cut_is_refused() {
    let whole = module(1, &of_all_kinds());
    let code = whole.len() - 45;
    for length in 0..code {
        assert_eq!(
            pack(&whole[..length], b""),
            Err(Problem::Unsound),
            "{length} bytes"
        );
    }
    assert_eq!(
        pack(&module(1, &[0xfd]), b""),
        Err(Problem::UnknownInstruction(0xfd))
    );
}

#[test]
fn a_spoilt_file_gives_no_panic_and_comes_to_an_end() {
    let packed = pack(&module(3, &of_all_kinds()), BESIDE).expect("a sound module");
    for length in [0, HEADER - 1, HEADER, HEADER + 1, packed.len() / 2] {
        assert_eq!(
            unpacked(&packed[..length]).err(),
            Some(Problem::Unsound),
            "{length} bytes"
        );
    }
    let mut seed = 1_u32;
    for _ in 0..40 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut spoilt = packed.clone();
        let place = HEADER + seed as usize % (packed.len() - HEADER);
        spoilt[place] ^= (seed >> 24) as u8 | 1;
        assert_eq!(
            unpacked(&spoilt).err(),
            Some(Problem::Unsound),
            "byte {place}"
        );
    }
    // Each of what the file says of itself.
    for place in (HEADER - 20..HEADER).step_by(4) {
        let mut absurd = packed.clone();
        absurd[place..place + 4].fill(0x7f);
        assert_eq!(unpacked(&absurd).err(), Some(Problem::Unsound), "{place}");
    }
}
