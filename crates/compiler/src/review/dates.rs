//! Gaps and overlaps of dates. Lines that begin on one day, and lines out of order, are refused when they are read.

use crate::files::{Files, SourceFile};
use crate::finding::{Findings, Place, Problem};
use crate::source::{RowSource, TableSource};
use naik_kelas_rules::pack::TableKey;
use naik_kelas_rules::{Date, Pack};
use std::collections::BTreeMap;
use toml::Spanned;

/// Keys that are named in one finding.
const MOST_NAMED: usize = 5;

pub(super) fn review(pack: &Pack, files: &Files, findings: &mut Findings) {
    let (begins, ends) = (pack.file().effective_from, pack.file().effective_to);
    if let (Some(ends), Some(source)) = (ends, &files.pack)
        && ends < begins
        && let Some(written) = &source.parsed.effective_to
    {
        let problem = Problem::new(
            format!("the pack ends on {ends}, before it begins on {begins}"),
            "Correct one of the two days.",
        );
        findings.error(source.file.place(written), problem);
        return;
    }
    let Some(source) = &files.parameters else {
        return;
    };
    for parameter in &source.parsed.parameter {
        let place = source.file.place(&parameter.key);
        let lines = parameter
            .values
            .iter()
            .map(|line| (source.file.place(line), line.get_ref().from.as_str()));
        let lines: Vec<_> = lines.collect();
        let first = lines.first().and_then(|(_, from)| Date::parse(from).ok());
        starts_late(parameter.key.get_ref(), place, first, begins, findings);
        for (place, from) in lines {
            after_the_end(parameter.key.get_ref(), place, from, ends, findings);
        }
    }
    for table in &source.parsed.table {
        let key = table.key.get_ref();
        // One finding for a table: its rows change together.
        let late = table
            .rows
            .iter()
            .max_by_key(|row| row.get_ref().from.as_str());
        if let Some(row) = late {
            let from = &row.get_ref().from;
            after_the_end(key, source.file.place(row), from, ends, findings);
        }
        rows_late(&source.file, table, begins, findings);
        missing_codes(pack, &source.file, table, findings);
    }
}

/// A parameter that begins after the pack leaves a gap in which what needs it is undetermined.
fn starts_late(
    key: &str,
    place: Place<'_>,
    first: Option<Date>,
    begins: Date,
    findings: &mut Findings,
) {
    if first.is_some_and(|first| first <= begins) {
        return;
    }
    let since = first.map_or("never".to_owned(), |first| format!("from {first}"));
    let problem = Problem::new(
        format!(
            "{key} is in force {since}, the pack from {begins}: what needs it is undetermined in between"
        ),
        "Right if the law begins then; otherwise add the earlier line.",
    );
    findings.warning(place, problem);
}

/// A line that begins after the pack has ended is read by nobody.
fn after_the_end(
    key: &str,
    place: Place<'_>,
    from: &str,
    ends: Option<Date>,
    findings: &mut Findings,
) {
    if let (Ok(from), Some(ends)) = (Date::parse(from), ends)
        && from > ends
    {
        let problem = Problem::new(
            format!("this line of {key} begins on {from}, after the pack has ended on {ends}"),
            "Write it in the next pack, or let this one last longer.",
        );
        findings.warning(place, problem);
    }
}

/// Rows of a table that begin after the pack. A regency without a row of its own has its province's.
fn rows_late(file: &SourceFile, table: &TableSource, begins: Date, findings: &mut Findings) {
    let mut first: BTreeMap<&str, (Date, &Spanned<RowSource>)> = BTreeMap::new();
    for row in &table.rows {
        if let Ok(from) = Date::parse(&row.get_ref().from) {
            let earliest = first
                .entry(row.get_ref().region.as_str())
                .or_insert((from, row));
            if from < earliest.0 {
                *earliest = (from, row);
            }
        }
    }
    let in_force = |key: &str| first.get(key).is_some_and(|(from, _)| *from <= begins);
    let by_province = table.by.get_ref() == "province";
    let late = first.iter().filter(|(key, _)| {
        let by_its_province = by_province && key.len() == 4 && key.get(..2).is_some_and(in_force);
        !in_force(key) && !by_its_province
    });
    let late: Vec<_> = late.collect();
    let Some((_, (_, row))) = late.first() else {
        return;
    };
    let problem = Problem::new(
        format!(
            "{} begins after the pack ({begins}) for {}: what needs it is undetermined there in between",
            table.key.get_ref(),
            named(late.iter().map(|(key, _)| **key))
        ),
        "Right if the law begins then; otherwise add the earlier rows.",
    );
    findings.warning(file.place(row), problem);
}

/// Codes that a table has no row for.
fn missing_codes(pack: &Pack, file: &SourceFile, source: &TableSource, findings: &mut Findings) {
    let tables = &pack.file().tables;
    let Some(table) = tables
        .iter()
        .find(|table| table.key == *source.key.get_ref())
    else {
        return;
    };
    let TableKey::Code(list) = table.by else {
        return;
    };
    let codes = pack.file().code_lists.get(usize::from(list));
    let codes = codes.map_or(&[][..], |list| &list.codes);
    let without: Vec<&str> = codes
        .iter()
        .map(|code| code.code.as_str())
        .filter(|code| source.rows.iter().all(|row| row.get_ref().region != *code))
        .collect();
    if !without.is_empty() {
        let problem = Problem::new(
            format!(
                "{} has no row for {}",
                table.key,
                named(without.into_iter())
            ),
            "What needs the table is undetermined for such a family: add the rows.",
        );
        findings.warning(file.place(&source.key), problem);
    }
}

fn named<'a>(keys: impl Iterator<Item = &'a str>) -> String {
    let keys: Vec<&str> = keys.collect();
    let shown = keys.get(..MOST_NAMED).unwrap_or(&keys).join(", ");
    match keys.len().checked_sub(MOST_NAMED) {
        None | Some(0) => shown,
        Some(others) => format!("{shown} and {others} more"),
    }
}
