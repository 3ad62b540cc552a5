//! One line of JSON, as the schema of households has it, to a family. Nothing is guessed and nothing is rounded.

use super::json_values::{Unfit, to_value};
use naik_kelas_rules::family::{Answer, FactError, MAX_MEMBERS};
use naik_kelas_rules::pack::{Fact, FactKind, MEMBERS};
use naik_kelas_rules::{Date, Decimal, FactRef, Family, Pack, Value};
use serde_json::{Map, Value as Json};

/// A family and the name by which its answer is found again.
#[derive(Clone, Debug)]
pub struct Household {
    /// As the line gives it.
    pub id: String,
    /// The family, assessed on the day that was asked for.
    pub family: Family,
    /// What is wrong with the line and changes no decision: two heads, two members of one id.
    pub warnings: Vec<LineError>,
}

/// Why a line cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// Stable name of the kind of fault.
    pub code: &'static str,
    /// Where it is: `members.0.birth_date`; empty for the line as a whole.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl LineError {
    pub(super) fn new(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> LineError {
        LineError {
            code,
            path: path.into(),
            message: message.into(),
        }
    }
}

/// Facts that lie in the past of the assessment.
pub(super) const PAST: [&str; 2] = ["members.birth_date", "social_assistance.since"];
/// The relation of which there is exactly one.
const RELATION: &str = "members.relation";
const HEAD: &str = "head";

/// Reads one line. With `on` the family is assessed on that day and not on the one that the line gives.
///
/// # Errors
/// The first fault that is found.
pub fn read_household(pack: &Pack, line: &[u8], on: Option<Date>) -> Result<Household, LineError> {
    let json: Json = serde_json::from_slice(line).map_err(|error| {
        LineError::new(
            "not_json",
            "",
            format!("This line is not JSON ({error}). Write one household a line."),
        )
    })?;
    let Json::Object(root) = &json else {
        return Err(LineError::new(
            "wrong_type",
            "",
            "A household is a JSON object: {\"household_id\": ...}.",
        ));
    };
    let id = required_text(root, "", "household_id")?;
    let assessed_on = day(required(root, "", "assessed_on")?, "assessed_on")?;
    let members = members(root)?;
    let mut reader = Reader {
        pack,
        family: Family::new(pack, on.unwrap_or(assessed_on), members.len()),
    };
    for (name, value) in root {
        match name.as_str() {
            "household_id" | "assessed_on" | "members" => {}
            name => reader.field("", name, value, None)?,
        }
    }
    let mut warnings = Vec::new();
    let mut ids: Vec<&str> = Vec::with_capacity(members.len());
    for (place, member) in members.iter().enumerate() {
        let at = format!("{MEMBERS}{place}.");
        let Json::Object(member) = member else {
            return Err(LineError::new(
                "wrong_type",
                format!("{MEMBERS}{place}"),
                "A member is a JSON object.",
            ));
        };
        let id = required(member, &at, "member_id")?.as_str();
        let id = id.ok_or_else(|| {
            LineError::new(
                "wrong_type",
                format!("{at}member_id"),
                "Write the id as text.",
            )
        })?;
        if ids.contains(&id) {
            let message = "Another member has this id. Each member has an id of its own.";
            warnings.push(LineError::new(
                "duplicate_member",
                format!("{at}member_id"),
                message,
            ));
        }
        ids.push(id);
        for (name, value) in member.iter().filter(|(name, _)| *name != "member_id") {
            reader.field(MEMBERS, name, value, Some(place))?;
        }
    }
    warnings.extend(reader.heads());
    reader.nothing_after(assessed_on.min(on.unwrap_or(assessed_on)))?;
    Ok(Household {
        id,
        family: reader.family,
        warnings,
    })
}

fn required<'a>(
    object: &'a Map<String, Json>,
    at: &str,
    name: &str,
) -> Result<&'a Json, LineError> {
    object.get(name).ok_or_else(|| {
        LineError::new(
            "missing_field",
            format!("{at}{name}"),
            format!("Add {name}: every household has it."),
        )
    })
}

fn required_text(object: &Map<String, Json>, at: &str, name: &str) -> Result<String, LineError> {
    let text = required(object, at, name)?.as_str();
    text.map(str::to_owned).ok_or_else(|| {
        LineError::new(
            "wrong_type",
            format!("{at}{name}"),
            "Write it as text in quotes.",
        )
    })
}

fn day(value: &Json, path: &str) -> Result<Date, LineError> {
    let Some(text) = value.as_str() else {
        return Err(LineError::new(
            "wrong_type",
            path,
            "Write a day as text: \"2026-11-24\".",
        ));
    };
    Date::parse(text).map_err(|_| {
        LineError::new(
            "bad_date",
            path,
            "There is no such day. Write year, month and day: 2026-11-24.",
        )
    })
}

fn members(root: &Map<String, Json>) -> Result<&[Json], LineError> {
    let members = required(root, "", "members")?.as_array().map(Vec::as_slice);
    match members {
        None => Err(LineError::new(
            "wrong_type",
            "members",
            "members is a list: [{...}, ...].",
        )),
        Some([]) => Err(LineError::new(
            "no_members",
            "members",
            "List the members: a household has at least one.",
        )),
        Some(list) if list.len() > MAX_MEMBERS => Err(LineError::new(
            "too_many_members",
            "members",
            format!("A household has at most {MAX_MEMBERS} members. Split it into its households."),
        )),
        Some(list) => Ok(list),
    }
}

struct Reader<'a> {
    pack: &'a Pack,
    family: Family,
}

impl Reader<'_> {
    /// A fact, or a group of facts.
    fn field(
        &mut self,
        prefix: &str,
        name: &str,
        value: &Json,
        member: Option<usize>,
    ) -> Result<(), LineError> {
        let path = format!("{prefix}{name}");
        if let Some(fact) = self.pack.fact_index(&path) {
            let member = member.map(|member| member as u16);
            return self.fact(FactRef { fact, member }, value);
        }
        let group = format!("{path}.");
        let is_group = path != "members"
            && self
                .pack
                .facts()
                .iter()
                .any(|fact| fact.path.starts_with(&group));
        let shown = match (member, prefix.strip_prefix(MEMBERS)) {
            (Some(member), Some(rest)) => format!("{MEMBERS}{member}.{rest}{name}"),
            _ => path.clone(),
        };
        match value {
            Json::Object(facts) if is_group => {
                for (name, value) in facts {
                    self.field(&group, name, value, member)?;
                }
                Ok(())
            }
            _ if is_group => Err(LineError::new(
                "wrong_type",
                shown,
                "This is a group of facts: write {...}, or leave it out where nothing is known.",
            )),
            _ => Err(LineError::new(
                "unknown_field",
                shown,
                "This field does not exist. Check its name, or remove it.",
            )),
        }
    }

    fn fact(&mut self, at: FactRef, json: &Json) -> Result<(), LineError> {
        let Some(fact) = self.pack.fact(at.fact) else {
            return Err(LineError::new(
                "unknown_field",
                "",
                "This field does not exist.",
            ));
        };
        let failed = |error: FactError| fact_error(fact, error, self.pack.path_of(at));
        if json.is_null() {
            let result = self.family.set_unknown(self.pack, at);
            return result.map_err(failed);
        }
        let codes = self.pack.codes(at.fact);
        let value = to_value(fact, codes, json).map_err(|error| match error {
            Unfit::Kind => fact_error(fact, FactError::WrongType, self.pack.path_of(at)),
            Unfit::Date => LineError::new(
                "bad_date",
                self.pack.path_of(at),
                "There is no such day. Write year, month and day: 2026-11-24.",
            ),
            Unfit::TooPrecise => LineError::new(
                "too_precise",
                self.pack.path_of(at),
                "At most three decimals are kept, and nothing is rounded here. Round it yourself.",
            ),
        })?;
        let result = self.family.set(self.pack, at, &value);
        result.map_err(failed)
    }

    /// What is to be said where there is not exactly one head.
    fn heads(&self) -> Option<LineError> {
        let fact = self.pack.fact_index(RELATION)?;
        let (mut heads, mut unknown) = (0, 0);
        for member in 0..self.family.persons() {
            match self
                .family
                .get(self.pack, FactRef::member(fact, member as u16))
            {
                Answer::Known(Value::Code(code)) if code == HEAD => heads += 1,
                Answer::Known(_) => {}
                Answer::Unknown | Answer::Absent => unknown += 1,
            }
        }
        match heads {
            0 if unknown == 0 => {
                let message = "No member is the head. Give one of them the relation head.";
                Some(LineError::new("no_head", "members", message))
            }
            0 | 1 => None,
            _ => {
                let message =
                    "More than one member is the head. Give the others their relation to the head.";
                Some(LineError::new("several_heads", "members", message))
            }
        }
    }

    fn nothing_after(&self, day: Date) -> Result<(), LineError> {
        for path in PAST {
            let Some(fact) = self.pack.fact_index(path) else {
                continue;
            };
            let of_member = path.starts_with(MEMBERS);
            let members = if of_member { self.family.persons() } else { 1 };
            for member in 0..members {
                let at = FactRef {
                    fact,
                    member: of_member.then_some(member as u16),
                };
                if let Answer::Known(Value::Date(found)) = self.family.get(self.pack, at)
                    && found > day
                {
                    let message = format!(
                        "This day lies after the day of the assessment, {day}. Correct one of the two."
                    );
                    return Err(LineError::new(
                        "after_assessed_on",
                        self.pack.path_of(at),
                        message,
                    ));
                }
            }
        }
        Ok(())
    }
}

pub(super) fn fact_error(fact: &Fact, error: FactError, path: String) -> LineError {
    let (code, message) = match error {
        FactError::OutOfRange => {
            let bound = |bound: Option<i64>| match (bound, fact.kind) {
                (Some(bound), FactKind::Decimal) => Decimal(bound).to_string(),
                (Some(bound), _) => bound.to_string(),
                (None, _) => "any".to_owned(),
            };
            let message = format!(
                "Out of range: the smallest is {}, the largest {}.",
                bound(fact.min),
                bound(fact.max)
            );
            ("out_of_range", message)
        }
        FactError::UnknownCode => (
            "unknown_code",
            "This code is not in the list of the fact, or it stands twice.".to_owned(),
        ),
        FactError::BadPattern => {
            let digits = fact.pattern.map_or(0, |pattern| pattern.digits());
            (
                "bad_format",
                format!("Write exactly {digits} digits, as text in quotes."),
            )
        }
        FactError::WrongType => (
            "wrong_type",
            format!(
                "Write {}, or null where it is not known.",
                wanted(fact.kind)
            ),
        ),
        FactError::NoSuchFact | FactError::NoSuchMember | FactError::TooManyMembers => (
            "unknown_field",
            "This field does not exist. Check its name, or remove it.".to_owned(),
        ),
    };
    LineError::new(code, path, message)
}

fn wanted(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Bool => "true or false",
        FactKind::Int => "a whole number",
        FactKind::Money => "whole rupiah as a number",
        FactKind::Decimal => "a number",
        FactKind::Date => "a day as text (2026-11-24)",
        FactKind::Code => "one code of the list",
        FactKind::Codes => "a list of codes",
        FactKind::Text => "text in quotes",
    }
}
