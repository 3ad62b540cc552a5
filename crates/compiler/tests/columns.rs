//! Columns and the first driver decide the published pack alike, bit for bit, whatever the families.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

mod dice;

use dice::Dice;
use naik_kelas_compiler::build;
use naik_kelas_rules::columns::{Block, CAPACITY, Driver, Layout, Results};
use naik_kelas_rules::pack::FactKind;
use naik_kelas_rules::{Date, Decimal, FactIndex, FactRef, Family, Pack, Value, decide};
use std::path::PathBuf;

fn one_of<T: Copy>(dice: &mut Dice, choices: &[T]) -> T {
    choices[dice.throw(choices.len())]
}

fn published() -> Pack {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
    build(&dir).unwrap().pack
}

/// Days before every parameter, between their dates, and after all of them.
const DAYS: [&str; 7] = [
    "2026-11-24",
    "2026-02-09",
    "2026-02-08",
    "2025-06-15",
    "2024-12-31",
    "2017-03-01",
    "0001-01-01",
];

/// A value that often lies on or beside what the rules compare with, and sometimes at the end of what can be written.
fn value(pack: &Pack, fact: FactIndex, day: Date, dice: &mut Dice) -> Value {
    let definition = pack.fact(fact).unwrap();
    let bounded = |number: i64| {
        let low = definition.min.unwrap_or(i64::MIN);
        number.clamp(low, definition.max.unwrap_or(i64::MAX))
    };
    match definition.kind {
        FactKind::Bool => Value::Bool(dice.throw(2) == 0),
        FactKind::Code => {
            let codes = pack.codes(fact);
            Value::Code(codes[dice.throw(codes.len())].code.clone())
        }
        FactKind::Codes => {
            let codes = pack.codes(fact).iter();
            let some = codes.filter(|_| dice.throw(3) == 0);
            Value::Codes(some.map(|code| code.code.clone()).collect())
        }
        FactKind::Money => Value::Int(bounded(one_of(
            dice,
            &[
                0,
                0,
                1,
                400_000,
                769_732,
                1_600_001,
                5_000_000,
                10_000_001,
                60_000_000,
                400_000_001,
                i64::MAX,
            ],
        ))),
        FactKind::Int => Value::Int(bounded(one_of(
            dice,
            &[0, 1, 2, 3, 4, 5, 6, 9, 12, i64::MAX],
        ))),
        FactKind::Decimal => {
            let whole = one_of(dice, &[7_199, 7_200, 14_400, 21_600, 50_000, i64::MAX]);
            Value::Decimal(Decimal(bounded(whole)))
        }
        FactKind::Date => {
            let back = one_of(
                dice,
                &[
                    0, 1, 364, 366, 2_190, 2_192, 5_479, 6_575, 7_671, 21_915, 25_000,
                ],
            );
            let days = day.days() - back - dice.throw(3) as i32;
            Value::Date(Date::from_days(days).unwrap_or(Date::MIN))
        }
        FactKind::Text => {
            let village = one_of(
                dice,
                &["1171010001", "3209012017", "9201010001", "0000000000"],
            );
            let digits = definition.pattern.map_or(10, |pattern| pattern.digits());
            Value::Text(
                format!("{village}{:0>16}", "")
                    .split_at(digits)
                    .0
                    .to_owned(),
            )
        }
    }
}

fn family(pack: &Pack, unknown: usize, dice: &mut Dice) -> Family {
    let day = Date::parse(one_of(dice, &DAYS)).unwrap();
    let persons = one_of(dice, &[0, 1, 1, 2, 3, 4, 4, 5, 6, 9, 15, 17, 40]);
    let mut family = Family::new(pack, day, persons);
    for fact in (0..pack.facts().len() as u16).map(FactIndex) {
        let of_member = pack.fact(fact).unwrap().of_member();
        for member in 0..if of_member { persons } else { 1 } {
            let at = FactRef {
                fact,
                member: of_member.then_some(member as u16),
            };
            // In hundredths; half of them as "don't know".
            match dice.throw(100) {
                throw if throw >= unknown => {
                    let value = value(pack, fact, day, dice);
                    family.set(pack, at, &value).unwrap();
                }
                throw if throw % 2 == 0 => family.set_unknown(pack, at).unwrap(),
                _ => {}
            }
        }
    }
    family
}

/// Decides by both, and gives how many families the first driver had to decide.
fn check(pack: &Pack, families: &[Family]) -> usize {
    let layout = Layout::new(pack);
    let (mut block, mut driver) = (Block::new(&layout), Driver::new(&layout));
    let mut results = Results::default();
    let mut fallbacks = 0;
    for families in families.chunks(CAPACITY) {
        let shape: Vec<_> = families
            .iter()
            .map(|family| (family.assessed_on(), family.persons()))
            .collect();
        block.begin(&shape).unwrap();
        for (place, family) in families.iter().enumerate() {
            block.put(place, family);
        }
        driver.decide(&block, &mut results);
        fallbacks += results.fallbacks();
        assert_eq!(results.families(), families.len());
        for (place, family) in families.iter().enumerate() {
            let wanted = decide(pack, family);
            assert_eq!(
                results.decisions(place),
                wanted,
                "family {place}: {family:?}"
            );
            assert_eq!(
                decide(pack, &block.family(place).unwrap()),
                wanted,
                "read back: {family:?}"
            );
        }
    }
    fallbacks
}

#[test]
fn known_families_are_decided_in_columns_as_one_by_one() {
    let pack = published();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let families: Vec<Family> = (0..1_000).map(|_| family(&pack, 0, &mut dice)).collect();
    let fallbacks = check(&pack, &families);
    // Days on which parameters are not in force leave something open, and amounts at the end of 64 bits.
    assert!(fallbacks < families.len(), "{fallbacks}");
}

#[test]
fn families_with_unknown_facts_are_decided_in_columns_as_one_by_one() {
    let pack = published();
    let mut dice = Dice(0x0123_4567_89ab_cdef);
    for unknown in [1, 5, 30, 100] {
        let families: Vec<Family> = (0..80).map(|_| family(&pack, unknown, &mut dice)).collect();
        check(&pack, &families);
    }
}

#[test]
fn a_full_block_of_one_day_is_not_left_to_the_first_driver() {
    let pack = published();
    let mut dice = Dice(7);
    let mut families: Vec<Family> = (0..1_300).map(|_| family(&pack, 0, &mut dice)).collect();
    for family in &mut families {
        family.set_assessed_on(Date::parse("2026-11-24").unwrap());
    }
    families.retain(|family| family.persons() > 0);
    let fallbacks = check(&pack, &families);
    assert!(
        fallbacks * 2 < families.len(),
        "{fallbacks} of {}",
        families.len()
    );
}
