//! Names and what they stand for: facts, code lists, parameters and tables.

mod facts;
mod parameters;

use crate::files::{Files, SourceFile};
use crate::finding::{Findings, Place, Problem, nearest};
use crate::source::{FactSource, FactsSource, GroupSource, JourneySource};
use naik_kelas_rules::pack::{CodeList, Fact, Group, MEMBERS, Parameter, Table};
use naik_kelas_rules::{Date, Decimal};
use std::collections::{HashMap, HashSet};
use toml::Spanned;

/// Everything that an expression can name, apart from derived values.
#[derive(Default)]
pub(crate) struct Vocabulary {
    pub(crate) groups: Vec<Group>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) code_lists: Vec<CodeList>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) tables: Vec<Table>,
    fact_places: HashMap<String, u16>,
    /// Paths of facts whose definition has a fault, which has been said.
    faulty: HashSet<String>,
    parameter_places: HashMap<String, u16>,
    table_places: HashMap<String, u16>,
    /// Lines on which facts and parameters stand, for later findings.
    pub(crate) fact_lines: Vec<usize>,
    pub(crate) parameter_lines: Vec<usize>,
    pub(crate) table_lines: Vec<usize>,
    pub(crate) table_units: Vec<Option<String>>,
    /// Parameters that the screens read by their keys.
    pub(crate) read_by_screens: Vec<String>,
}

impl Vocabulary {
    pub(crate) fn read(files: &Files, findings: &mut Findings) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        if let Some(facts) = &files.facts {
            let FactsSource { group, fact } = &facts.parsed;
            vocabulary.add_facts(&facts.file, group, fact, findings);
        }
        if let Some(journey) = &files.journey {
            let JourneySource { group, fact, .. } = &journey.parsed;
            vocabulary.add_facts(&journey.file, group, fact, findings);
        }
        if let Some(parameters) = &files.parameters {
            for parameter in &parameters.parsed.parameter {
                vocabulary.add_parameter(&parameters.file, parameter, findings);
            }
            for table in &parameters.parsed.table {
                vocabulary.add_table(&parameters.file, table, findings);
            }
        }
        vocabulary
    }

    fn add_facts(
        &mut self,
        file: &SourceFile,
        groups: &[GroupSource],
        facts: &[FactSource],
        findings: &mut Findings,
    ) {
        for group in groups {
            let (id, label) = (group.id.clone(), group.label.text());
            self.groups.push(Group { id, label });
        }
        for fact in facts {
            self.add_fact(file, fact, findings);
            let path = fact.path.get_ref();
            if self.fact(path).is_none() {
                self.faulty.insert(path.clone());
            }
        }
    }

    pub(crate) fn fact(&self, path: &str) -> Option<(u16, &Fact)> {
        let place = *self.fact_places.get(path)?;
        Some((place, &self.facts[usize::from(place)]))
    }

    /// There is such a fact, but its definition has a fault: one finding is enough.
    pub(crate) fn is_faulty(&self, path: &str) -> bool {
        self.faulty.contains(path)
    }

    pub(crate) fn parameter(&self, key: &str) -> Option<(u16, &Parameter)> {
        let place = *self.parameter_places.get(key)?;
        Some((place, &self.parameters[usize::from(place)]))
    }

    pub(crate) fn table(&self, key: &str) -> Option<(u16, &Table)> {
        let place = *self.table_places.get(key)?;
        Some((place, &self.tables[usize::from(place)]))
    }

    pub(crate) fn code_names(&self, list: u16) -> impl Iterator<Item = &str> {
        let codes = self
            .code_lists
            .get(usize::from(list))
            .map_or(&[][..], |list| &list.codes);
        codes.iter().map(|code| code.code.as_str())
    }

    /// The place of a code in its list, or what to say about a code that is not in it.
    pub(crate) fn code(&self, list: u16, code: &str) -> Result<u8, Problem> {
        if let Some(place) = self.code_names(list).position(|name| name == code)
            && let Ok(place) = u8::try_from(place)
        {
            return Ok(place);
        }
        let names: Vec<&str> = self.code_names(list).collect();
        let advice = match nearest(code, names.iter().copied()) {
            Some(near) => format!("Did you mean '{near}'? The codes are {}.", names.join(", ")),
            None => format!("The codes are {}.", names.join(", ")),
        };
        Err(Problem::new(
            format!("'{code}' is not a code of this list"),
            advice,
        ))
    }

    pub(crate) fn add_code_list(&mut self, list: CodeList) -> u16 {
        if let Some(place) = self.code_lists.iter().position(|known| *known == list) {
            return place as u16;
        }
        self.code_lists.push(list);
        (self.code_lists.len() - 1) as u16
    }
}

/// One of some words, or a finding that lists them.
pub(crate) fn choose<T: Copy>(
    file: &SourceFile,
    word: &Spanned<String>,
    findings: &mut Findings,
    known: &[(&str, T)],
) -> Option<T> {
    let found = known.iter().find(|(name, _)| name == word.get_ref());
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let problem = Problem::new(
            format!("'{}' is not known here", word.get_ref()),
            format!("Write one of {}.", names.join(", ")),
        );
        findings.error(file.place(word), problem);
    }
    found.map(|(_, value)| *value)
}

pub(crate) fn date(place: Place<'_>, text: &str, findings: &mut Findings) -> Option<Date> {
    let parsed = Date::parse(text);
    if parsed.is_err() {
        let problem = Problem::new(format!("'{text}' is not a day"), "Write it as 2026-11-24.");
        findings.error(place, problem);
    }
    parsed.ok()
}

/// A whole number, or thousandths where decimals are wanted.
pub(crate) fn number(value: &toml::Value, decimal: bool) -> Option<i64> {
    match (value, decimal) {
        (toml::Value::Integer(whole), false) => Some(*whole),
        (toml::Value::Integer(whole), true) => whole.checked_mul(Decimal::ONE),
        // The shortest text of a double is the number that was written.
        (toml::Value::Float(number), true) => Decimal::parse(&number.to_string())
            .ok()
            .map(|decimal| decimal.0),
        _ => None,
    }
}

/// What an expression calls a fact of a member: `m.sex` for `members.sex`.
pub(crate) fn of_member(name: &str) -> String {
    format!("{MEMBERS}{name}")
}
