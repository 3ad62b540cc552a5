//! Parameters with their dates, and tables of them.

use super::{Vocabulary, choose, date, number};
use crate::files::SourceFile;
use crate::finding::{Findings, Problem};
use crate::source::{ParameterSource, TableSource};
use naik_kelas_rules::pack::{Parameter, ParameterKind, ParameterValue, Table, TableKey, TableRow};
use std::collections::HashSet;

impl Vocabulary {
    pub(super) fn add_parameter(
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
        if let Some(reader) = &source.read_by
            && choose(file, reader, findings, &[("screens", ())]).is_some()
        {
            self.read_by_screens.push(key.clone());
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

    pub(super) fn add_table(
        &mut self,
        file: &SourceFile,
        source: &TableSource,
        findings: &mut Findings,
    ) {
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
        let mut begun = HashSet::new();
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
                Ok(number) if !begun.insert((number, from)) => {
                    let problem = Problem::new(
                        format!("two rows of {key} for {} begin on {from}", row.region),
                        "Remove one of them.",
                    );
                    findings.error(place, problem);
                }
                Ok(number) => rows.push(TableRow {
                    key: number,
                    from,
                    value: row.value,
                }),
                Err(problem) => findings.error(place, problem),
            }
        }
        rows.sort_by_key(|row| (row.key, row.from));
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
        self.table_units.push(source.unit.clone());
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

fn region(text: &str) -> Option<u32> {
    let well_formed =
        matches!(text.len(), 2 | 4) && text.bytes().all(|digit| digit.is_ascii_digit());
    // Provinces begin at 11, so two and four digits can never be taken for one another.
    well_formed
        .then(|| text.parse().ok())
        .flatten()
        .filter(|number| *number >= 11)
}
