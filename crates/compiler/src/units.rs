//! Units of measure: a month is not compared with a year, nor rupiah with persons.
//!
//! What has no unit fits everything: a number written out (12 months to the year), or a fact without `unit`. So a
//! finding is about two units that are both declared.

use crate::finding::Problem;
use std::collections::BTreeMap;

/// A unit, by its place among those that a pack uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit(usize);

/// All units that a pack uses.
#[derive(Default)]
pub(crate) struct Units {
    known: Vec<Powers>,
    /// Two units that were mixed, until it is said where.
    pub(crate) fault: Option<Problem>,
}

/// Each measure with its power: rupiah/month is rupiah 1, month -1. A share (`part`) has none.
type Powers = BTreeMap<String, i8>;

/// Measures that count. A product or quotient with them keeps the other unit: rupiah/month of a person is rupiah/month.
const COUNTS: [&str; 2] = ["person", "family"];

impl Units {
    /// The unit of this name, such as `years`, `rupiah/month` or `part`.
    pub(crate) fn named(&mut self, name: &str) -> Unit {
        let mut powers = Powers::new();
        for (place, measure) in name.split('/').map(str::trim).enumerate() {
            if measure != "part" {
                add(
                    &mut powers,
                    &singular(measure),
                    if place == 0 { 1 } else { -1 },
                );
            }
        }
        self.place(powers)
    }

    /// What two numbers that are added or compared are in; mixing two units is a fault.
    pub(crate) fn same(&mut self, a: Option<Unit>, b: Option<Unit>) -> Option<Unit> {
        if let (Some(first), Some(second)) = (a, b)
            && first != second
        {
            let (first, second) = (self.text(first), self.text(second));
            // In one order, whichever side of a comparison they stand on.
            let (first, second) = (first.clone().min(second.clone()), first.max(second));
            self.fault.get_or_insert_with(|| {
                Problem::new(
                    format!("{first} and {second} are mixed"),
                    "Convert one of them first, as in 12 * a month's amount: a number written out takes any unit.",
                )
            });
        }
        a.or(b)
    }

    /// A declared unit, which must be the one that comes out where that is known.
    pub(crate) fn declared(&mut self, name: &str, found: Option<Unit>) -> Result<Unit, Problem> {
        let declared = self.named(name);
        match found {
            Some(found) if found != declared => Err(Problem::new(
                format!(
                    "this comes out in {}, and should be in {name}",
                    self.text(found)
                ),
                "Convert it, or correct the unit.",
            )),
            _ => Ok(declared),
        }
    }

    pub(crate) fn product(&mut self, a: Option<Unit>, b: Option<Unit>) -> Option<Unit> {
        self.combined(a?, b?, 1)
    }

    pub(crate) fn quotient(&mut self, a: Option<Unit>, b: Option<Unit>) -> Option<Unit> {
        if a == b {
            return a.map(|_| self.place(Powers::new()));
        }
        self.combined(a?, b?, -1)
    }

    fn combined(&mut self, a: Unit, b: Unit, sign: i8) -> Option<Unit> {
        let (first, second) = (self.known.get(a.0)?, self.known.get(b.0)?);
        let counts = |powers: &Powers| {
            powers
                .keys()
                .any(|measure| COUNTS.contains(&measure.as_str()))
        };
        let (first_counts, second_counts) = (counts(first), counts(second));
        let mut powers = Powers::new();
        for (measures, sign) in [(first, 1), (second, sign)] {
            for (measure, power) in measures {
                if !COUNTS.contains(&measure.as_str()) {
                    add(&mut powers, measure, power * sign);
                }
            }
        }
        match (powers.is_empty(), first_counts, second_counts) {
            // A share of persons is persons.
            (true, true, false) => Some(a),
            (true, false, true) if sign > 0 => Some(b),
            (true, false, false) | (false, ..) => Some(self.place(powers)),
            _ => None,
        }
    }

    fn place(&mut self, powers: Powers) -> Unit {
        let known = self.known.iter().position(|known| *known == powers);
        Unit(known.unwrap_or_else(|| {
            self.known.push(powers);
            self.known.len() - 1
        }))
    }

    fn text(&self, unit: Unit) -> String {
        let Some(powers) = self.known.get(unit.0) else {
            return String::new();
        };
        let listed = |wanted: fn(i8) -> bool| {
            let measures = powers.iter().filter(move |(_, power)| wanted(**power));
            measures
                .map(|(measure, _)| measure.as_str())
                .collect::<Vec<_>>()
        };
        let (above, below) = (listed(|power| power > 0), listed(|power| power < 0));
        let mut text = match above.as_slice() {
            [] => "part".to_owned(),
            above => above.join(" * "),
        };
        for measure in below {
            text.push('/');
            text.push_str(measure);
        }
        text
    }
}

fn add(powers: &mut Powers, measure: &str, power: i8) {
    let sum = powers
        .get(measure)
        .copied()
        .unwrap_or(0)
        .saturating_add(power);
    match sum {
        0 => powers.remove(measure),
        sum => powers.insert(measure.to_owned(), sum),
    };
}

/// `years` and `year` are one unit.
fn singular(measure: &str) -> String {
    match (measure.strip_suffix("ies"), measure.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) if stem.len() > 1 => stem.to_owned(),
        _ => measure.to_owned(),
    }
}
