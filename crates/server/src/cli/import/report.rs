//! The report of an import: lines for people, or lines of JSON. It names lines and columns and quotes
//! nothing that stands in them.

use crate::intake::{
    header::letters,
    run::{Event, Summary},
    trouble::Lang,
};
use serde_json::{Value as Json, json};
use std::{
    io::{self, BufWriter, Stdout, Write},
    time::Duration,
};

pub(super) struct Report {
    json: bool,
    lang: Lang,
    out: BufWriter<Stdout>,
    /// A pipe that was closed ends the report, not the import; it is said at the end.
    failed: Option<io::Error>,
}

impl Report {
    pub(super) fn new(json: bool, lang: Lang) -> Self {
        Self {
            json,
            lang,
            out: BufWriter::new(io::stdout()),
            failed: None,
        }
    }

    pub(super) fn say(&mut self, event: &Event<'_>) {
        let text = match (self.json, self.lang) {
            (true, lang) => as_json(event, lang).to_string(),
            (false, Lang::Id) => in_indonesian(event),
            (false, Lang::En) => in_english(event),
        };
        self.line(&text);
    }

    pub(super) fn end(mut self, summary: &Summary, dry: bool, took: Duration) -> io::Result<()> {
        let Summary {
            rows,
            bad,
            warnings,
            added,
            updated,
            unchanged,
            assigned,
            likely,
        } = *summary;
        let taken = rows - bad;
        #[allow(clippy::cast_precision_loss, reason = "a rate is read by people")]
        let seconds = took.as_millis() as f64 / 1000.0;
        let text = match (self.json, self.lang) {
            (true, _) => json!({
                "type": "summary", "rows": rows, "taken": taken, "bad": bad, "warnings": warnings,
                "families": {"added": added, "updated": updated, "unchanged": unchanged},
                "assigned": assigned, "likely": likely, "dry_run": dry, "seconds": seconds,
            })
            .to_string(),
            (false, Lang::Id) => format!(
                "{}{rows} baris: {taken} diambil, {bad} ditolak, {warnings} catatan. Keluarga: {added} baru, {updated} \
                 berubah, {unchanged} tetap; {assigned} diberikan kepada pendamping; {likely} pasangan mungkin \
                 sama. {seconds:.1} detik",
                if dry {
                    "UJI COBA, tidak ada yang disimpan. "
                } else {
                    ""
                }
            ),
            (false, Lang::En) => format!(
                "{}{rows} rows: {taken} taken, {bad} refused, {warnings} notes. Families: {added} new, {updated} \
                 changed, {unchanged} as before; {assigned} given to facilitators; {likely} pairs that may be \
                 one. {seconds:.1} seconds",
                if dry {
                    "DRY RUN, nothing is kept. "
                } else {
                    ""
                }
            ),
        };
        self.line(&text);
        match self.failed {
            Some(error) => Err(error),
            None => self.out.flush(),
        }
    }

    fn line(&mut self, text: &str) {
        if self.failed.is_none()
            && let Err(error) = writeln!(self.out, "{text}")
        {
            self.failed = Some(error);
        }
    }
}

fn as_json(event: &Event<'_>, lang: Lang) -> Json {
    match event {
        Event::Table { sheet, header } => {
            let columns: Vec<Json> = header
                .iter()
                .flat_map(|header| header.fields.iter().zip(&header.names).enumerate())
                .filter(|(_, (_, name))| !name.is_empty())
                .map(|(at, (field, name))| json!({"column": letters(at), "header": name, "read": field.is_some()}))
                .collect();
            json!({
                "type": "table", "sheet": sheet, "header_line": header.map(|header| header.line), "columns": columns,
            })
        }
        Event::Found {
            sheet,
            line,
            column,
            trouble,
        } => {
            let (reason, advice) = trouble.say(lang);
            json!({
                "type": "row", "sheet": sheet, "line": line,
                "column": column.map(|(at, _)| letters(at)), "header": column.map(|(_, name)| name),
                "severity": if trouble.is_warning() { "warning" } else { "error" },
                "code": trouble.code(), "reason": reason, "advice": advice,
            })
        }
        Event::Likely { kpm, likely, line } => json!({
            "type": "likely", "line": line, "family": kpm.to_string(),
            "other": likely.other.to_string(), "reason": likely.reason,
        }),
    }
}

fn in_indonesian(event: &Event<'_>) -> String {
    match event {
        Event::Table {
            sheet,
            header: None,
        } => format!("lembar {sheet}: tidak ada kolom daftar ini, dilewati"),
        Event::Table {
            sheet,
            header: Some(header),
        } => {
            let unread = unread(header);
            let unread = if unread.is_empty() {
                String::new()
            } else {
                format!("; tidak dibaca: {unread}")
            };
            format!(
                "{}judul di baris {}, {} kolom dibaca{unread}",
                named("lembar", sheet),
                header.line,
                header.known()
            )
        }
        Event::Found {
            sheet,
            line,
            column,
            trouble,
        } => {
            let (reason, advice) = trouble.say(Lang::Id);
            let column = column.map_or(String::new(), |(at, name)| {
                format!(", kolom {} ({name})", letters(at))
            });
            let kind = if trouble.is_warning() {
                "catatan"
            } else {
                "ditolak"
            };
            format!(
                "{}baris {line}{column}: {kind}: {reason}. Saran: {advice}",
                named("lembar", sheet)
            )
        }
        Event::Likely { kpm, likely, line } => {
            let why = match likely.reason {
                "same_nik" => "NIK sama",
                "name_birth_date" => "nama mirip, tanggal lahir sama",
                "near_birth_date" => "nama mirip, alamat sama, tanggal lahir berbeda sedikit",
                _ => "nama mirip, alamat sama",
            };
            format!(
                "baris {line}: mungkin keluarga yang sama: {kpm} dan {} ({why}); tidak digabung",
                likely.other
            )
        }
    }
}

fn in_english(event: &Event<'_>) -> String {
    match event {
        Event::Table {
            sheet,
            header: None,
        } => format!("sheet {sheet}: no columns of this list, passed over"),
        Event::Table {
            sheet,
            header: Some(header),
        } => {
            let unread = unread(header);
            let unread = if unread.is_empty() {
                String::new()
            } else {
                format!("; not read: {unread}")
            };
            format!(
                "{}header in line {}, {} columns read{unread}",
                named("sheet", sheet),
                header.line,
                header.known()
            )
        }
        Event::Found {
            sheet,
            line,
            column,
            trouble,
        } => {
            let (reason, advice) = trouble.say(Lang::En);
            let column = column.map_or(String::new(), |(at, name)| {
                format!(", column {} ({name})", letters(at))
            });
            let kind = if trouble.is_warning() {
                "note"
            } else {
                "refused"
            };
            format!(
                "{}line {line}{column}: {kind}: {reason}. Advice: {advice}",
                named("sheet", sheet)
            )
        }
        Event::Likely { kpm, likely, line } => {
            let why = match likely.reason {
                "same_nik" => "the same NIK",
                "name_birth_date" => "like names, same birth date",
                "near_birth_date" => "like names, same address, birth dates that differ little",
                _ => "like names, same address",
            };
            format!(
                "line {line}: may be one family: {kpm} and {} ({why}); not merged",
                likely.other
            )
        }
    }
}

fn named(kind: &str, sheet: &str) -> String {
    if sheet.is_empty() {
        String::new()
    } else {
        format!("{kind} {sheet}, ")
    }
}

/// Columns with a name that this list does not know.
fn unread(header: &crate::intake::header::Header) -> String {
    let unread = header.fields.iter().zip(&header.names);
    let names = unread.filter(|(field, name)| field.is_none() && !name.is_empty());
    names
        .map(|(_, name)| name.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}
