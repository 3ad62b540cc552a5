//! Answers and decisions in JSON, both ways.
//!
//! A day, a code and a text are all strings in JSON; the pack's vocabulary says which it is.
//! What does not fit the vocabulary is passed on as it looks, so that the judge refuses
//! it with its own code and it is kept.

use crate::plain::{hex, unhex};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    decision::{FrozenDecision, FrozenOutcome, PackRef},
};
use naik_kelas_rules::{
    evaluate::{Colour, EvalError, Outcome},
    pack::{FactKind, MEMBERS, Pack},
    value::Decimal,
};
use serde_json::{Map, Value as Json, json};

/// Answers as `{path: value}`; null = *tidak tahu*.
pub(in crate::http) fn read_answers(json: &Json, pack: Option<&Pack>) -> Option<Answers> {
    let object = json.as_object()?;
    object
        .iter()
        .map(|(path, value)| {
            let path: FactPath = path.parse().ok()?;
            let kind = pack.and_then(|pack| kind_of(pack, &path));
            let reply = read_reply(value, kind)?;
            Some((
                path,
                Answer {
                    reply,
                    provenance: Provenance::Asked,
                },
            ))
        })
        .collect()
}

fn kind_of(pack: &Pack, path: &FactPath) -> Option<FactKind> {
    let index = match path {
        FactPath::Family(fact) => pack.fact_index(fact),
        FactPath::Member(_, fact) => pack.fact_index(&[MEMBERS, fact].concat()),
    };
    pack.fact(index?).map(|fact| fact.kind)
}

fn read_reply(json: &Json, kind: Option<FactKind>) -> Option<Reply> {
    let value = match (json, kind) {
        (Json::Null, _) => return Some(Reply::Unknown),
        (Json::Bool(truth), _) => Value::Bool(*truth),
        (Json::Number(number), Some(FactKind::Decimal)) => {
            Value::Decimal(Decimal::parse(&number.to_string()).ok()?)
        }
        (Json::Number(number), Some(FactKind::Code)) => Value::Code(number.to_string()),
        (Json::Number(number), _) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Decimal(Decimal::parse(&number.to_string()).ok()?),
        },
        (Json::String(text), Some(FactKind::Date)) => match Date::parse(text) {
            Ok(day) => Value::Date(day),
            Err(_) => Value::Text(text.clone()),
        },
        (Json::String(text), Some(FactKind::Code)) => Value::Code(text.clone()),
        (Json::String(text), _) => Value::Text(text.clone()),
        (Json::Array(codes), _) => {
            let codes = codes.iter().map(|code| code.as_str().map(str::to_owned));
            Value::Codes(codes.collect::<Option<_>>()?)
        }
        (Json::Object(_), _) => return None,
    };
    Some(Reply::Known(value))
}

/// Answers for a reader: value, and where it comes from.
pub(crate) fn answers(answers: &Answers) -> Json {
    let shown = answers.iter().map(|(path, answer)| {
        let (from, day) = match answer.provenance {
            Provenance::Asked => ("asked", None),
            Provenance::Skipped => ("skipped", None),
            Provenance::Registry(day) => ("registry", Some(day)),
            Provenance::Carried(day) => ("carried", Some(day)),
        };
        let mut shown = Map::new();
        shown.insert("value".into(), reply(&answer.reply));
        shown.insert("from".into(), from.into());
        if let Some(day) = day {
            shown.insert("as_of".into(), day.to_string().into());
        }
        (path.to_string(), Json::Object(shown))
    });
    Json::Object(shown.collect())
}

fn reply(reply: &Reply) -> Json {
    match reply {
        Reply::Unknown => Json::Null,
        Reply::Known(Value::Bool(truth)) => Json::Bool(*truth),
        Reply::Known(Value::Int(number)) => (*number).into(),
        Reply::Known(Value::Decimal(decimal)) => {
            // As digits, never through a binary fraction.
            serde_json::from_str(&decimal.to_string()).unwrap_or(Json::Null)
        }
        Reply::Known(Value::Date(day)) => day.to_string().into(),
        Reply::Known(Value::Code(text) | Value::Text(text)) => text.clone().into(),
        Reply::Known(Value::Codes(codes)) => codes.clone().into(),
    }
}

const OUTCOMES: [(&str, Outcome); 4] = [
    ("eligible", Outcome::Eligible),
    ("not_eligible", Outcome::NotEligible),
    ("undetermined", Outcome::Undetermined),
    ("error", Outcome::Error(EvalError::Arithmetic)),
];

const COLOURS: [(&str, Colour); 4] = [
    ("green", Colour::Green),
    ("yellow", Colour::Yellow),
    ("red", Colour::Red),
    ("unknown", Colour::Unknown),
];

fn from_name<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| *value)
}

fn name_of<T: PartialEq>(table: &[(&'static str, T)], value: &T) -> &'static str {
    table
        .iter()
        .find(|(_, known)| known == value)
        .map_or("unknown", |(name, _)| name)
}

/// A frozen decision in the form of `naik-kelas decide`.
pub(in crate::http) fn read_decision(json: &Json) -> Option<FrozenDecision> {
    let outcomes = json
        .get("decisions")?
        .as_object()?
        .iter()
        .map(|(id, result)| {
            let amount = match result.get("amount") {
                None | Some(Json::Null) => None,
                Some(amount) => Some(amount.as_i64()?),
            };
            Some(FrozenOutcome {
                decision: id.clone(),
                outcome: from_name(&OUTCOMES, result.get("outcome")?.as_str()?)?,
                amount,
            })
        });
    let readiness = json.get("readiness")?;
    let indicators = readiness
        .get("indicators")?
        .as_object()?
        .iter()
        .map(|(id, colour)| Some((id.clone(), from_name(&COLOURS, colour.as_str()?)?)));
    Some(FrozenDecision {
        pack: read_pack(json)?,
        on: Date::parse(json.get("on")?.as_str()?).ok()?,
        outcomes: outcomes.collect::<Option<_>>()?,
        readiness: readiness.get("outcome")?.as_str()?.to_owned(),
        indicators: indicators.collect::<Option<_>>()?,
    })
}

/// The pack that a decision or a note names.
pub(in crate::http) fn read_pack(json: &Json) -> Option<PackRef> {
    let pack = json.get("pack")?;
    Some(PackRef {
        id: pack.get("id")?.as_str()?.to_owned(),
        version: pack.get("version")?.as_str()?.to_owned(),
        hash: pack_hash(json)?,
    })
}

/// The hash of the pack that is named.
pub(in crate::http) fn pack_hash(decision: &Json) -> Option<[u8; 32]> {
    unhex(decision.get("pack")?.get("hash")?.as_str()?)?
        .try_into()
        .ok()
}

/// A frozen decision in the form of `naik-kelas decide`.
pub(crate) fn decision(frozen: &FrozenDecision) -> Json {
    let decisions = frozen.outcomes.iter().map(|result| {
        let outcome = name_of(&OUTCOMES, &result.outcome);
        (
            result.decision.clone(),
            json!({"outcome": outcome, "amount": result.amount}),
        )
    });
    let indicators = frozen
        .indicators
        .iter()
        .map(|(id, colour)| (id.clone(), Json::from(name_of(&COLOURS, colour))));
    json!({
        "on": frozen.on.to_string(),
        "pack": {
            "id": frozen.pack.id,
            "version": frozen.pack.version,
            "hash": hex(&frozen.pack.hash),
        },
        "decisions": Json::Object(decisions.collect()),
        "readiness": {
            "outcome": frozen.readiness,
            "indicators": Json::Object(indicators.collect()),
        },
    })
}
