//! The explanation of a decision as JSON, with texts in Indonesian.

mod steps;

use super::json_values::numeric;
use super::wording;
use naik_kelas_rules::evaluate::Evaluation;
use naik_kelas_rules::explain::{AmountLine, Missing, Truth};
use naik_kelas_rules::{FactIndex, Family, Lang, Pack, Value};
use serde_json::{Map, Value as Json, json};

/// Adds reasons, what is missing, and what would change it, to a decision.
pub(super) fn add_explanation(
    pack: &Pack,
    family: &Family,
    evaluation: &mut Evaluation<'_>,
    place: usize,
    decision: &mut Map<String, Json>,
) {
    let definition = &pack.decisions()[place];
    let explanation = evaluation.explain(place);
    let day = family.assessed_on();
    let mut reasons = Vec::new();
    for reason in &explanation.reasons {
        let condition = &definition.conditions[reason.condition];
        let (outcome, text) = match reason.truth {
            Truth::Yes => ("yes", &condition.yes),
            Truth::No => ("no", &condition.no),
            Truth::Unknown => ("unknown", &condition.unknown),
            Truth::Error => ("error", &condition.unknown),
        };
        let facts: Map<String, Json> = reason
            .facts
            .iter()
            .map(|at| {
                let value = family.get(pack, *at).value();
                let value = value.map_or(Json::Null, |value| to_json(pack, at.fact, &value));
                (pack.path_of(*at), value)
            })
            .collect();
        reasons.push(json!({
            "condition": condition.id,
            "outcome": outcome,
            "facts": facts,
            "text": wording::fill(pack, evaluation, day, text),
            "law": condition.law.as_ref().unwrap_or(&definition.law),
        }));
    }
    let to_change: Vec<Json> = evaluation
        .to_change(place)
        .iter()
        .map(|proposal| {
            let changes: Vec<Json> = proposal.changes.iter().map(|change| {
                json!({
                    "fact": pack.path_of(change.at),
                    "from": change.from.as_ref().map(|value| to_json(pack, change.at.fact, value)),
                    "to": to_json(pack, change.at.fact, &change.to),
                    "text": steps::sentence(pack, proposal.until, change),
                })
            }).collect();
            json!({ "changes": changes, "until": proposal.until.map(|day| day.to_string()) })
        })
        .collect();
    decision.insert("lines".to_owned(), lines(pack, &explanation.lines));
    decision.insert("reasons".to_owned(), Json::Array(reasons));
    decision.insert(
        "missing".to_owned(),
        explanation
            .missing
            .iter()
            .map(|missing| missing_path(pack, missing))
            .collect(),
    );
    decision.insert("to_change".to_owned(), Json::Array(to_change));
}

/// What each member adds to the amount: who, by which component, how much. Empty where it is no sum over members.
fn lines(pack: &Pack, lines: &[AmountLine]) -> Json {
    let line = |line: &AmountLine| {
        let component = line.component.and_then(|(list, place)| {
            let codes = &pack.file().code_lists.get(usize::from(list))?.codes;
            codes.get(place)
        });
        json!({
            "member": line.member,
            "component": component.map(|code| &code.code),
            "label": component.map(|code| code.label.get(Lang::Id)),
            "amount": line.amount,
        })
    };
    lines.iter().map(line).collect()
}

/// The path of what is missing; of a parameter its key.
pub(super) fn missing_path(pack: &Pack, missing: &Missing) -> Json {
    match missing {
        Missing::Fact(at) => json!(pack.path_of(*at)),
        Missing::Parameter(place) => {
            json!(
                pack.file()
                    .parameters
                    .get(usize::from(*place))
                    .map(|parameter| format!("param:{}", parameter.key))
            )
        }
    }
}

/// A value as the schema of households writes it.
fn to_json(pack: &Pack, fact: FactIndex, value: &Value) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        // A number as text, read back as a number: no double comes in between.
        Value::Decimal(value) => serde_json::from_str(&value.to_string()).unwrap_or(Json::Null),
        Value::Date(date) => json!(date.to_string()),
        Value::Code(code) if numeric(pack.codes(fact)) => {
            serde_json::from_str(code).unwrap_or(Json::Null)
        }
        Value::Code(code) | Value::Text(code) => json!(code),
        Value::Codes(codes) => json!(codes),
    }
}
