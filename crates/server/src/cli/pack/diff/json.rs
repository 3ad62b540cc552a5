//! The differences as JSON, for other programs.

use super::super::super::decide::hex;
use super::words::{aspect, change, said, thing};
use naik_kelas_compiler::diff::{Detail, Difference, Shown};
use naik_kelas_rules::{Decimal, Lang, Pack, Text};
use serde_json::{Value as Json, json};

/// The whole report.
pub(super) fn report(old: &Pack, new: &Pack, differences: &[Difference]) -> String {
    let of = |pack: &Pack| json!({ "id": pack.id(), "version": pack.version(), "hash": hex(pack.hash()) });
    let differences: Vec<Json> = differences.iter().map(difference).collect();
    let report = json!({ "old": of(old), "new": of(new), "differences": differences });
    format!("{report:#}\n")
}

fn difference(difference: &Difference) -> Json {
    let details: Vec<Json> = difference.details.iter().map(detail).collect();
    json!({
        "area": said(thing(difference.area), Lang::En),
        "change": said(change(difference.change), Lang::En),
        "id": difference.id,
        "name": difference.name.as_ref().map(text),
        "within": difference.within.as_ref().map(text),
        "details": details,
        "affects": difference.affects,
    })
}

fn detail(detail: &Detail) -> Json {
    json!({
        "aspect": said(aspect(detail.aspect), Lang::En),
        "of": detail.of.as_ref().map(shown),
        "from": detail.from.as_ref().map(shown),
        "to": detail.to.as_ref().map(shown),
        "law": detail.law,
    })
}

fn shown(value: &Shown) -> Json {
    match value {
        Shown::Words(words) => text(words),
        Shown::Plain(words) => json!(words),
        Shown::Formula(formula) => json!({ "cel": formula }),
        Shown::Number {
            value,
            thousandths,
            unit,
        } => {
            // A number as text, read back as a number: no double comes in between.
            let digits = match thousandths {
                true => Decimal(*value).to_string(),
                false => value.to_string(),
            };
            let number: Json = serde_json::from_str(&digits).unwrap_or(Json::Null);
            json!({ "number": number, "unit": unit })
        }
        Shown::Day(day) => json!(day.to_string()),
        Shown::Truth(truth) => json!(truth),
        Shown::List(list) => list.iter().map(shown).collect(),
    }
}

fn text(text: &Text) -> Json {
    json!({ "id": text.id, "en": text.en })
}
