//! Names and what they stand for: facts, code lists, parameters and tables.

use crate::files::{Files, SourceFile};
use crate::finding::{Findings, Place, Problem, nearest};
use crate::source::{CodeSource, FactSource, ParameterSource, TableSource};
use naik_kelas_rules::pack::{
    Change, Code, CodeList, Fact, FactKind, Group, MEMBERS, Parameter, ParameterKind,
    ParameterValue, Pattern, Sensitivity, Source, Table, TableKey, TableRow,
};
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
}

impl Vocabulary {
    pub(crate) fn read(files: &Files, findings: &mut Findings) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        if let Some(facts) = &files.facts {
            for group in &facts.parsed.group {
                let (id, label) = (group.id.clone(), group.label.text());
                vocabulary.groups.push(Group { id, label });
            }
            for fact in &facts.parsed.fact {
                vocabulary.add_fact(&facts.file, fact, findings);
                let path = fact.path.get_ref();
                if vocabulary.fact(path).is_none() {
                    vocabulary.faulty.insert(path.clone());
                }
            }
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

    fn add_fact(&mut self, file: &SourceFile, source: &FactSource, findings: &mut Findings) {
        let place = file.place(&source.path);
        let path = source.path.get_ref().clone();
        let kind = choose(
            file,
            &source.kind,
            findings,
            &[
                ("bool", FactKind::Bool),
                ("int", FactKind::Int),
                ("money", FactKind::Money),
                ("decimal", FactKind::Decimal),
                ("date", FactKind::Date),
                ("code", FactKind::Code),
                ("codes", FactKind::Codes),
                ("text", FactKind::Text),
            ],
        );
        let pattern = source.pattern.as_ref().and_then(|pattern| {
            choose(
                file,
                pattern,
                findings,
                &[
                    ("nik", Pattern::Nik),
                    ("kk", Pattern::Kk),
                    ("village", Pattern::Village),
                    ("kbli", Pattern::Kbli),
                ],
            )
        });
        let from = choose(
            file,
            &source.source,
            findings,
            &[
                ("question", Source::Question),
                ("registry", Source::Registry),
            ],
        );
        let change = choose(
            file,
            &source.change,
            findings,
            &[
                ("family", Change::Family),
                ("gain", Change::Gain),
                ("shed", Change::Shed),
                ("waiting", Change::Waiting),
                ("never", Change::Never),
            ],
        );
        let sensitivity = choose(
            file,
            &source.sensitivity,
            findings,
            &[
                ("L2", Sensitivity::Open),
                ("L3", Sensitivity::QuasiIdentifier),
                ("L4", Sensitivity::Personal),
            ],
        );
        let (Some(kind), Some(from), Some(change), Some(sensitivity)) =
            (kind, from, change, sensitivity)
        else {
            return;
        };
        let mut bound = |value: &Option<Spanned<toml::Value>>| {
            let value = value.as_ref()?;
            let number = number(value.get_ref(), kind == FactKind::Decimal);
            if number.is_none() {
                let problem = Problem::new(
                    "this bound is not a number of the fact's kind",
                    "Write a whole number, or at most three decimals for a decimal.",
                );
                findings.error(file.place(value), problem);
            }
            number
        };
        let (mut min, mut max) = (bound(&source.min), bound(&source.max));
        if kind == FactKind::Money {
            min = min.or(Some(0));
            max = max.or(Some(LARGEST_MONEY));
        }
        let has_codes = matches!(kind, FactKind::Code | FactKind::Codes);
        if has_codes == source.codes.is_empty() {
            let problem = Problem::new(
                format!(
                    "{path}: a list of codes belongs to the types code and codes, and only to them"
                ),
                "Add `codes = [...]`, or change the type.",
            );
            findings.error(place, problem);
            return;
        }
        let code_list = has_codes.then(|| self.codes(file, &source.codes, findings));
        if self.fact_places.contains_key(&path) {
            findings.error(
                place,
                Problem::new(format!("{path} is defined twice"), "Remove one of the two."),
            );
            return;
        }
        self.fact_places
            .insert(path.clone(), self.facts.len() as u16);
        self.fact_lines.push(place.line);
        self.facts.push(Fact {
            path,
            kind,
            min,
            max,
            unit: source.unit.clone(),
            pattern,
            code_list,
            source: from,
            change,
            sensitivity,
            confirm: source.confirm,
            label: source.label.text(),
        });
    }

    fn codes(&mut self, file: &SourceFile, sources: &[CodeSource], findings: &mut Findings) -> u16 {
        let mut codes: Vec<Code> = Vec::new();
        for source in sources {
            let code = source.code.get_ref().clone();
            if codes.iter().any(|known| known.code == code) {
                let problem = Problem::new(
                    format!("the code '{code}' stands twice in its list"),
                    "Remove one.",
                );
                findings.error(file.place(&source.code), problem);
            }
            codes.push(Code {
                code,
                label: source.label.text(),
                dtsen: source.dtsen,
            });
        }
        if codes.len() > 64
            && let Some(first) = sources.first()
        {
            let problem =
                Problem::new("this list has more than 64 codes", "Split the fact in two.");
            findings.error(file.place(&first.code), problem);
        }
        self.add_code_list(CodeList { codes })
    }

    fn add_parameter(
        &mut self,
        file: &SourceFile,
        source: &ParameterSource,
        findings: &mut Findings,
    ) {
        let place = file.place(&source.key);
        let key = source.key.get_ref().clone();
        let kind = choose(
            file,
            &source.kind,
            findings,
            &[
                ("int", ParameterKind::Int),
                ("money", ParameterKind::Money),
                ("decimal", ParameterKind::Decimal),
                ("list", ParameterKind::List),
            ],
        );
        let Some(kind) = kind else {
            return;
        };
        let mut values: Vec<ParameterValue> = Vec::new();
        for line in &source.values {
            let place = file.place(line);
            let line = line.get_ref();
            let Some(from) = date(place, &line.from, findings) else {
                continue;
            };
            if values.last().is_some_and(|previous| previous.from >= from) {
                let problem = Problem::new(
                    format!("the lines of {key} are not in the order of their dates"),
                    "Write the earliest first; a day may begin only one line.",
                );
                findings.error(place, problem);
                continue;
            }
            let list = line.value.as_array().map(|list| {
                list.iter()
                    .filter_map(|item| item.as_str().map(str::to_owned))
                    .collect::<Vec<_>>()
            });
            let value = match (kind, &list) {
                (ParameterKind::List, Some(list)) if !list.is_empty() => Some(0),
                (ParameterKind::List, _) => None,
                (kind, _) => number(&line.value, kind == ParameterKind::Decimal),
            };
            let Some(value) = value else {
                let problem = Problem::new(
                    format!("the value of {key} is not of its type"),
                    "Whole numbers for int and money, at most three decimals for decimal, a list of codes for list.",
                );
                findings.error(place, problem);
                continue;
            };
            let (law, note) = (line.law.clone(), line.note.clone());
            values.push(ParameterValue {
                from,
                value,
                list,
                law,
                note,
            });
        }
        if self.parameter_places.contains_key(&key) {
            let advice = "New law is a new line in `values`, not a second parameter.";
            findings.error(
                place,
                Problem::new(format!("the parameter {key} is defined twice"), advice),
            );
            return;
        }
        self.parameter_places
            .insert(key.clone(), self.parameters.len() as u16);
        self.parameter_lines.push(place.line);
        let (unit, label) = (source.unit.clone(), source.label.text());
        self.parameters.push(Parameter {
            key,
            kind,
            unit,
            label,
            values,
            code_list: None,
        });
    }

    fn add_table(&mut self, file: &SourceFile, source: &TableSource, findings: &mut Findings) {
        let place = file.place(&source.key);
        let key = source.key.get_ref().clone();
        if !matches!(source.kind.get_ref().as_str(), "money" | "int") {
            let problem = Problem::new(
                "a table holds whole numbers",
                "Write type = \"money\" or \"int\".",
            );
            findings.error(file.place(&source.kind), problem);
        }
        let by = match source.by.get_ref().as_str() {
            "province" => Some(TableKey::Region),
            path => self
                .fact(path)
                .and_then(|(_, fact)| fact.code_list)
                .map(TableKey::Code),
        };
        let Some(by) = by else {
            let advice = "Write `province`, or the path of a fact with codes.";
            let problem = Problem::new(
                format!("{} cannot choose a row", source.by.get_ref()),
                advice,
            );
            findings.error(file.place(&source.by), problem);
            return;
        };
        let mut rows: Vec<TableRow> = Vec::new();
        for row in &source.rows {
            let place = file.place(row);
            let row = row.get_ref();
            let Some(from) = date(place, &row.from, findings) else {
                continue;
            };
            let number = match by {
                TableKey::Region => region(&row.region).ok_or_else(|| {
                    Problem::new(
                        format!("'{}' is not a region", row.region),
                        "Write two digits for a province, four for a regency.",
                    )
                }),
                TableKey::Code(list) => self.code(list, &row.region).map(u32::from),
            };
            match number {
                Ok(key) => rows.push(TableRow {
                    key,
                    from,
                    value: row.value,
                }),
                Err(problem) => findings.error(place, problem),
            }
        }
        rows.sort_by_key(|row| (row.key, row.from));
        if rows
            .windows(2)
            .any(|pair| (pair[0].key, pair[0].from) == (pair[1].key, pair[1].from))
        {
            let problem = Problem::new(
                format!("two rows of {key} begin on the same day"),
                "Remove one of them.",
            );
            findings.error(place, problem);
        }
        if self.table_places.contains_key(&key) || self.parameter_places.contains_key(&key) {
            findings.error(
                place,
                Problem::new(format!("{key} is defined twice"), "Rename one of the two."),
            );
            return;
        }
        self.table_places
            .insert(key.clone(), self.tables.len() as u16);
        self.table_lines.push(place.line);
        let (label, law) = (
            source.label.as_ref().map(|label| label.text()),
            source.law.clone(),
        );
        self.tables.push(Table {
            key,
            by,
            label,
            law,
            rows,
        });
    }
}

/// The largest whole number that every JSON reader keeps exactly, and the schema's largest amount.
const LARGEST_MONEY: i64 = 9_007_199_254_740_991;

fn region(text: &str) -> Option<u32> {
    let well_formed =
        matches!(text.len(), 2 | 4) && text.bytes().all(|digit| digit.is_ascii_digit());
    // Provinces begin at 11, so two and four digits can never be taken for one another.
    well_formed
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number| *number >= 11)
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
