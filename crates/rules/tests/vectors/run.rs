//! Runs the vectors: bytes of a pack and a text of families in, answers compared. Plain enough for any target, so the
//! same file runs natively and in a browser (`#[path]`).

use naik_kelas_rules::evaluate::ReadinessOutcome;
use naik_kelas_rules::{Colour, Date, Decimal, Family, Outcome, Pack, Value, decide};

/// Decides every family of `text` with the pack, compares, and gives how many families there were.
///
/// # Panics
/// An answer differs, or a line cannot be read.
pub fn run(pack: &[u8], text: &str) -> usize {
    let pack = Pack::decode(pack, [0; 32]).expect("the pack of the vectors is whole");
    let families = families(&pack, text);
    for (number, (family, decided)) in families.iter().enumerate() {
        assert_eq!(&answers(&pack, family), decided, "family {number}");
    }
    families.len()
}

/// Every family of `text`, with the line of what is decided for it.
///
/// # Panics
/// A line cannot be read.
pub fn families<'a>(pack: &Pack, text: &'a str) -> Vec<(Family, &'a str)> {
    let mut families = Vec::new();
    let mut family: Option<Family> = None;
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let mut words = line.splitn(4, ' ');
        let mut word = || words.next().unwrap_or_default();
        match word() {
            "family" => {
                let day = Date::parse(word()).expect("a day");
                family = Some(Family::new(
                    pack,
                    day,
                    word().parse().expect("a number of members"),
                ));
            }
            "set" => {
                let family = family.as_mut().expect("a family comes first");
                let at = pack.fact_at(word()).expect("a fact");
                let value = value(word(), words.next().unwrap_or_default());
                family.set(pack, at, &value).expect("a value of the fact");
            }
            "decided" => families.push((family.take().expect("a family comes first"), line)),
            other => panic!("{other} is not known in vectors"),
        }
    }
    families
}

/// A family's answers in one line: each decision with its amount, then readiness with its colours.
pub fn answers(pack: &Pack, family: &Family) -> String {
    let answer = decide(pack, family);
    let mut line = String::from("decided");
    for (definition, result) in pack.decisions().iter().zip(&answer.decisions) {
        let outcome = match result.outcome {
            Outcome::Eligible => "yes",
            Outcome::NotEligible => "no",
            Outcome::Undetermined => "open",
            Outcome::Error(_) => "error",
        };
        line.push_str(&format!(" {}={outcome}", definition.id));
        if let Some(amount) = result.amount {
            line.push_str(&format!(":{amount}"));
        }
    }
    let outcome = match answer.readiness.outcome {
        ReadinessOutcome::Grade(place) => pack.readiness().grades[place].id.as_str(),
        ReadinessOutcome::Protected => "protected",
        ReadinessOutcome::Undetermined => "undetermined",
        ReadinessOutcome::Error(_) => "error",
    };
    line.push_str(&format!(" readiness={outcome}:"));
    for colour in &answer.readiness.indicators {
        line.push(match colour {
            Colour::Green => 'g',
            Colour::Yellow => 'y',
            Colour::Red => 'r',
            Colour::Unknown => 'u',
        });
    }
    line
}

/// A value as the vectors write it: a letter for its kind, and its text.
pub fn value(kind: &str, text: &str) -> Value {
    let codes = || {
        text.split(',')
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect()
    };
    match kind {
        "b" => Value::Bool(text == "true"),
        "i" => Value::Int(text.parse().expect("a whole number")),
        "n" => Value::Decimal(Decimal::parse(text).expect("a decimal")),
        "d" => Value::Date(Date::parse(text).expect("a day")),
        "c" => Value::Code(text.to_owned()),
        "s" => Value::Codes(codes()),
        "t" => Value::Text(text.to_owned()),
        other => panic!("{other} is not a kind of value"),
    }
}

/// A value as [`value`] reads it.
pub fn written(value: &Value) -> String {
    match value {
        Value::Bool(value) => format!("b {value}"),
        Value::Int(value) => format!("i {value}"),
        Value::Decimal(value) => format!("n {value}"),
        Value::Date(value) => format!("d {value}"),
        Value::Code(code) => format!("c {code}"),
        Value::Codes(codes) => format!("s {}", codes.join(",")),
        Value::Text(text) => format!("t {text}"),
    }
}
