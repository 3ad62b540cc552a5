//! Cases as they stand in the suite's JSON files: `{name, section: [{name, test: [...]}]}`, with protobuf's names in
//! either spelling (`eval_error`, `evalError`).

use super::decode::{Unread, value};
use super::value::{Fault, Value};
use super::variables::Variables;
use serde_json::Value as Json;

/// One case.
pub(crate) struct Case {
    /// Section and name.
    pub(crate) name: String,
    pub(crate) expression: String,
    pub(crate) variables: Variables,
    pub(crate) expected: Expected,
}

/// What should come out.
pub(crate) enum Expected {
    Value(Value),
    /// A value of a type that is spelled out.
    Typed(Value, Json),
    Error,
}

/// A case, or why it is not run.
pub(crate) type Read = (String, Result<Case, Unread>);

/// All cases of a file, or what is wrong with the file.
pub(crate) fn cases(text: &str) -> Result<Vec<Read>, String> {
    let file: Json =
        serde_json::from_str(&quoted_numbers(text)).map_err(|error| error.to_string())?;
    let sections = list(&file, "section");
    if sections.is_empty() {
        return Err("no sections: this is not a file of the suite".to_owned());
    }
    let mut cases = Vec::new();
    for section in sections {
        let section_name = word(section, "name");
        for test in list(section, "test") {
            let name = format!("{section_name}/{}", word(test, "name"));
            let case = case(&name, test);
            cases.push((name, case));
        }
    }
    Ok(cases)
}

fn case(name: &str, test: &Json) -> Result<Case, Unread> {
    if is_set(test, "check_only") {
        return Err(Unread::Outside("asks the type checker alone"));
    }
    for declared in list(test, "type_env") {
        if field(declared, "function").is_some() {
            return Err(Unread::Outside("declares a function of its own"));
        }
        if names_a_message(declared) {
            return Err(Unread::Outside("protobuf messages"));
        }
    }
    let mut variables = Variables {
        container: word(test, "container").to_owned(),
        ..Variables::default()
    };
    for (key, binding) in entries(test, "bindings") {
        let outcome = if let Some(bound) = field(binding, "value") {
            Ok(value(bound)?)
        } else if field(binding, "error").is_some() {
            Err(Fault::Given)
        } else {
            return Err(Unread::Outside("unknown values"));
        };
        variables.bound.insert(key.to_owned(), outcome);
    }
    Ok(Case {
        name: name.to_owned(),
        expression: word(test, "expr").to_owned(),
        variables,
        expected: expected(test)?,
    })
}

fn expected(test: &Json) -> Result<Expected, Unread> {
    if field(test, "eval_error").is_some() || field(test, "any_eval_errors").is_some() {
        return Ok(Expected::Error);
    }
    if field(test, "unknown").is_some() || field(test, "any_unknowns").is_some() {
        return Err(Unread::Outside("unknown values"));
    }
    if let Some(typed) = field(test, "typed_result") {
        let Some(result) = field(typed, "result") else {
            return Err(Unread::Outside("asks the type checker alone"));
        };
        let deduced = field(typed, "deduced_type").cloned().unwrap_or(Json::Null);
        return Ok(Expected::Typed(value(result)?, deduced));
    }
    match field(test, "value") {
        Some(expected) => value(expected).map(Expected::Value),
        None => Ok(Expected::Value(Value::Bool(true))),
    }
}

/// A declared type is a message; instants and spans of time are messages in name only.
fn names_a_message(declared: &Json) -> bool {
    match declared {
        Json::Object(fields) => fields.iter().any(|(name, inner)| {
            let is_name = matches!(name.as_str(), "message_type" | "messageType");
            let known = ["google.protobuf.Timestamp", "google.protobuf.Duration"];
            is_name && inner.as_str().is_none_or(|name| !known.contains(&name))
                || matches!(name.as_str(), "wrapper" | "abstract_type" | "abstractType")
                || names_a_message(inner)
        }),
        Json::Array(list) => list.iter().any(names_a_message),
        _ => false,
    }
}

/// A field by its protobuf name, in either spelling. A field that is null is there: null is a value of the suite.
pub(crate) fn field<'a>(object: &'a Json, name: &str) -> Option<&'a Json> {
    object.get(name).or_else(|| {
        let mut words = name.split('_');
        let mut camel = words.next().unwrap_or_default().to_owned();
        for word in words {
            let (first, rest) = word.split_at(word.len().min(1));
            camel.push_str(&first.to_ascii_uppercase());
            camel.push_str(rest);
        }
        object.get(&camel)
    })
}

/// The elements of a repeated field; a single one may stand without its list.
pub(crate) fn list<'a>(object: &'a Json, name: &str) -> &'a [Json] {
    match field(object, name) {
        Some(Json::Array(list)) => list,
        Some(single @ Json::Object(_)) => std::slice::from_ref(single),
        _ => &[],
    }
}

/// The entries of a protobuf map: an object, or a list of keys and values.
fn entries<'a>(object: &'a Json, name: &str) -> Vec<(&'a str, &'a Json)> {
    match field(object, name) {
        Some(Json::Object(fields)) => fields
            .iter()
            .map(|(key, value)| (key.as_str(), value))
            .collect(),
        Some(Json::Array(list)) => list
            .iter()
            .filter_map(|entry| Some((word(entry, "key"), entry.get("value")?)))
            .collect(),
        _ => Vec::new(),
    }
}

fn word<'a>(object: &'a Json, name: &str) -> &'a str {
    field(object, name).and_then(Json::as_str).unwrap_or("")
}

fn is_set(object: &Json, name: &str) -> bool {
    field(object, name).and_then(Json::as_bool).unwrap_or(false)
}

/// Some writers put NaN and Infinity into JSON as bare words: they are made texts.
fn quoted_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let (mut inside, mut escaped) = (false, false);
    while let Some(first) = rest.chars().next() {
        let bare = ["-Infinity", "Infinity", "NaN", "-inf", "inf", "nan"];
        if !inside && let Some(word) = bare.iter().find(|word| rest.starts_with(**word)) {
            out.push('"');
            out.push_str(word);
            out.push('"');
            rest = &rest[word.len()..];
            continue;
        }
        match first {
            _ if escaped => escaped = false,
            '\\' => escaped = inside,
            '"' => inside = !inside,
            _ => {}
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    out
}
