//! What would change a decision, as sentences of what a family does: *tunggu 2 bulan lagi*, *urus NIB*.
//!
//! A pack says of a fact how it may change and what it is called, and no more; the sentences are made of that.

use super::super::wording;
use naik_kelas_rules::explain::ProposedChange;
use naik_kelas_rules::pack::Change;
use naik_kelas_rules::{Date, Lang, Pack, Value};

/// One change of a proposal, as what the family does; `until` is the day until which the proposal makes it wait.
pub(super) fn sentence(pack: &Pack, until: Option<Date>, change: &ProposedChange) -> String {
    let Some(fact) = pack.fact(change.at.fact) else {
        return String::new();
    };
    let label = fact.label.get(Lang::Id);
    let to = wording::value_of(pack, change.at.fact, &change.to);
    let what = match (&change.from, &change.to, fact.change) {
        (_, Value::Date(enough), Change::Waiting) => {
            format!("tunggu sampai {}", wording::day(until.unwrap_or(*enough)))
        }
        (Some(Value::Int(from)), Value::Int(enough), Change::Waiting) => {
            let unit = match fact.unit.as_deref() {
                Some("months") => "bulan",
                Some("years") => "tahun",
                Some("days") => "hari",
                _ => return format!("tunggu sampai {}: {to}", lowered(label)),
            };
            format!("tunggu {} {unit} lagi", wording::grouped(enough - from))
        }
        (_, Value::Bool(true), _) => match label.strip_prefix("Punya ") {
            // A name in capitals is a paper that an office gives: NIB, SKU, NPWP.
            Some(thing) if thing.starts_with(char::is_uppercase) => format!("urus {thing}"),
            Some(thing) => format!("siapkan {thing}"),
            None => format!("usahakan: {}", lowered(label)),
        },
        (_, Value::Bool(false), _) => {
            let thing = label.strip_prefix("Sedang punya ");
            format!("selesaikan {}", lowered(thing.unwrap_or(label)))
        }
        (Some(from), enough, _) => match number(from).zip(number(enough)) {
            Some((from, enough)) if from < enough => format!("naikkan {} ke {to}", lowered(label)),
            Some(_) => format!("turunkan {} ke {to}", lowered(label)),
            None => format!("ubah {} menjadi {to}", lowered(label)),
        },
        (None, ..) => format!("ubah {} menjadi {to}", lowered(label)),
    };
    match change.at.member {
        Some(member) => format!("{what} (anggota {})", member + 1),
        None => what,
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Decimal(number) => Some(number.0),
        _ => None,
    }
}

/// A label within a sentence; names in capitals stay as they are.
fn lowered(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}
