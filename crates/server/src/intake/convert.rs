//! From cells to values: typed by the pack, not by this program.

use super::{
    cell::{Cell, plain},
    labels::{Official, official},
    trouble::Trouble,
};
use naik_kelas_domain::{Date, Value};
use naik_kelas_rules::{
    pack::{FactKind, Pack},
    value::Decimal,
};

/// No name or address of a register is longer.
const LONGEST: usize = 300;

/// A text of at most 300 letters.
pub(super) fn text(cell: &Cell) -> Result<Option<String>, Trouble> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Failed(_) => Err(Trouble::FormulaFailed),
        cell => {
            let words: Vec<String> = cell.shown().split_whitespace().map(str::to_owned).collect();
            let text = words.join(" ").replace(|c: char| c.is_control(), "");
            match text.chars().count() {
                0 => Ok(None),
                1..=LONGEST => Ok(Some(text)),
                _ => Err(Trouble::TooLong),
            }
        }
    }
}

/// A name, without the apostrophe that keeps a cell text.
pub(super) fn name(cell: &Cell) -> Result<Option<String>, Trouble> {
    let name = text(cell)?.map(|name| name.trim_start_matches('\'').trim().to_owned());
    Ok(name.filter(|name| name.chars().any(char::is_alphabetic)))
}

/// A day: of a spreadsheet, or written day first as Indonesians do, or year first.
pub(super) fn day(cell: &Cell) -> Result<Option<Date>, Trouble> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Day(day) => return Ok(Some(*day)),
        Cell::Number(_) => return Err(Trouble::DateAsNumber),
        Cell::Bool(_) => return Err(Trouble::DateUnclear),
        Cell::Failed(_) => return Err(Trouble::FormulaFailed),
        Cell::Text(text) => text.trim_start_matches('\''),
    };
    if matches!(text, "-" | "0") {
        return Ok(None);
    }
    if text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Trouble::DateAsNumber);
    }
    // A time of day after the date says nothing: `1990-05-14 00:00:00`.
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let parts: Vec<&str> = text
        .split(['/', '-', '.', ' '])
        .filter(|part| !part.is_empty() && !part.contains(':'))
        .collect();
    let &[first, month, last] = parts.as_slice() else {
        return Err(Trouble::DateUnclear);
    };
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    let number = |text: &str| text.parse::<u32>().ok();
    let (Some(day), Some(month)) = (number(day), number(month).or_else(|| month_of(month))) else {
        return Err(Trouble::DateUnclear);
    };
    // Two digits of a year say no century.
    let year = year.parse::<i32>().ok().filter(|_| year.len() == 4);
    let found = year.and_then(|year| Date::from_ymd(year, month, day));
    found.map(Some).ok_or(Trouble::DateUnclear)
}

fn month_of(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des",
    ];
    const ALSO: [(&str, u32); 5] = [("may", 5), ("aug", 8), ("ags", 8), ("oct", 10), ("dec", 12)];
    let start: String = name.to_lowercase().chars().take(3).collect();
    let known = MONTHS.iter().position(|month| *month == start);
    let known = known.and_then(|at| u32::try_from(at + 1).ok());
    known.or_else(|| {
        ALSO.iter()
            .find(|(name, _)| *name == start)
            .map(|(_, month)| *month)
    })
}

/// A whole number; what registers write for "none" is none.
pub(super) fn whole(cell: &Cell) -> Result<Option<i64>, Trouble> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Failed(_) => Err(Trouble::FormulaFailed),
        Cell::Text(text) if text == "-" => Ok(None),
        Cell::Text(text) => {
            // Thousands are parted by dots, and rupiah stand before: `Rp 1.250.000`.
            let bare = text
                .trim_start_matches("Rp")
                .trim_start_matches(['.', ' ', '\u{a0}']);
            let bare = bare
                .strip_suffix(",00")
                .or(bare.strip_suffix(".0"))
                .unwrap_or(bare);
            let groups: Vec<&str> = bare.split('.').collect();
            let grouped = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
            let digits = if grouped {
                groups.concat()
            } else {
                bare.to_owned()
            };
            digits.parse().map(Some).map_err(|_| Trouble::NotANumber)
        }
        cell => cell.whole().map(Some).ok_or(Trouble::NotANumber),
    }
}

/// Yes or no; DTSEN's codes are 1 and 2.
pub(super) fn truth(cell: &Cell) -> Result<Option<bool>, Trouble> {
    match plain(&cell.shown()).as_str() {
        "" => Ok(None),
        "ya" | "y" | "1" | "true" | "ada" | "yes" => Ok(Some(true)),
        "tidak" | "t" | "2" | "0" | "false" | "tidakada" | "no" | "bukan" => Ok(Some(false)),
        _ if matches!(cell, Cell::Failed(_)) => Err(Trouble::FormulaFailed),
        _ => Err(Trouble::CodeUnknown),
    }
}

/// The value of a fact of the pack; `None` where the cell says nothing, or the pack lacks the fact.
pub(super) fn fact(pack: &Pack, path: &str, cell: &Cell) -> Result<Option<Value>, Trouble> {
    let Some((index, fact)) = pack
        .fact_index(path)
        .and_then(|index| Some((index, pack.fact(index)?)))
    else {
        return Ok(None);
    };
    let within = |number: i64, one: i64| {
        let (least, most) = (fact.min.unwrap_or(0), fact.max.unwrap_or(i64::MAX));
        if (least..=most).contains(&number) {
            Ok(number)
        } else {
            Err(Trouble::OutOfRange(least / one, most / one))
        }
    };
    match fact.kind {
        FactKind::Bool => Ok(truth(cell)?.map(Value::Bool)),
        FactKind::Int | FactKind::Money => whole(cell)?
            .map(|n| within(n, 1).map(Value::Int))
            .transpose(),
        FactKind::Decimal => {
            let shown = cell.shown().replace(',', ".");
            let shown =
                shown.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, ' ' | '²'));
            if shown.is_empty() || shown == "-" {
                return Ok(None);
            }
            let number = Decimal::parse(shown).map_err(|_| Trouble::NotANumber)?;
            within(number.0, 1000).map(|number| Some(Value::Decimal(Decimal(number))))
        }
        FactKind::Date => Ok(day(cell)?.map(Value::Date)),
        FactKind::Code => code(pack.codes(index), path, cell),
        FactKind::Text => Ok(text(cell)?.map(Value::Text)),
        FactKind::Codes => Ok(None),
    }
}

fn code(
    codes: &[naik_kelas_rules::pack::Code],
    path: &str,
    cell: &Cell,
) -> Result<Option<Value>, Trouble> {
    if let Cell::Failed(_) = cell {
        return Err(Trouble::FormulaFailed);
    }
    let written = cell.shown();
    if written.is_empty() || written == "-" {
        return Ok(None);
    }
    // `8`, `08`, `8. Tanah`, `8 - Tanah`, `Tanah`.
    let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
    let rest = written[digits.len()..].trim_start_matches(['.', ' ', '-', '=', ')', ':']);
    let by_number = |number: u16| codes.iter().find(|code| code.dtsen == Some(number));
    let named = |text: &str| {
        let known = plain(text);
        codes.iter().find(|code| {
            plain(code.label.get(naik_kelas_rules::Lang::Id)) == known || code.code == text
        })
    };
    let found = match (cell.whole(), official(path, &plain(&written), &written)) {
        (Some(number), _) => u16::try_from(number)
            .ok()
            .and_then(by_number)
            .or_else(|| named(&number.to_string())),
        (None, Official::Number(number)) => by_number(number),
        (None, Official::Joint) => return Ok(None),
        (None, Official::Unlisted) => named(&written).or_else(|| {
            let number = digits.parse().ok().and_then(by_number)?;
            let same = named(rest).is_some_and(|code| code.code == number.code)
                || official(path, &plain(rest), rest)
                    == number.dtsen.map_or(Official::Unlisted, Official::Number);
            same.then_some(number)
        }),
    };
    found
        .map(|code| Some(Value::Code(code.code.clone())))
        .ok_or(Trouble::CodeUnknown)
}

/// DTSEN's attendance: 1 never, 2 attending, 3 no longer.
pub(super) fn attendance(cell: &Cell) -> Result<Option<Value>, Trouble> {
    Ok(Some(Value::Bool(match plain(&cell.shown()).as_str() {
        "" => return Ok(None),
        "2" | "masihsekolah" | "masih" => true,
        "1"
        | "3"
        | "tidakbelumpernahsekolah"
        | "tidakbersekolahlagi"
        | "tidakbelum"
        | "tidaklagi" => false,
        _ => return Err(Trouble::CodeUnknown),
    })))
}

/// DTSEN's kinds of school, as the pack's levels.
pub(super) fn school(pack: &Pack, cell: &Cell) -> Result<Option<Value>, Trouble> {
    const KINDS: [&str; 22] = [
        "paketa",
        "sdlb",
        "sd",
        "mi",
        "spmpdfula",
        "paketb",
        "smplb",
        "smp",
        "mts",
        "spmpdfwustha",
        "paketc",
        "smlb",
        "sma",
        "ma",
        "smk",
        "mak",
        "spmpdfulya",
        "d1d2d3",
        "d4s1",
        "profesi",
        "s2",
        "s3",
    ];
    let written = plain(&cell.shown());
    let number = match (cell.whole(), written.as_str()) {
        (_, "") => return Ok(None),
        (Some(number), _) => number,
        (None, text) => {
            let at = KINDS.iter().position(|kind| *kind == text);
            at.and_then(|at| i64::try_from(at + 1).ok())
                .ok_or(Trouble::CodeUnknown)?
        }
    };
    let level = match number {
        1..=5 => "sd",
        6..=10 => "smp",
        11..=17 => "sma",
        18..=22 => "tertiary",
        _ => return Err(Trouble::CodeUnknown),
    };
    let has = pack
        .fact_index("members.level")
        .is_some_and(|index| pack.codes(index).iter().any(|code| code.code == level));
    Ok(has.then(|| Value::Code(level.to_owned())))
}

/// DTSEN's illnesses: 1 is none.
pub(super) fn illness(cell: &Cell) -> Result<Option<Value>, Trouble> {
    Ok(match (cell.whole(), plain(&cell.shown()).as_str()) {
        (_, "") => None,
        (Some(1), _) | (None, "tidakada") => Some(Value::Bool(false)),
        (Some(2..=18), _) => Some(Value::Bool(true)),
        (None, text) if text.chars().all(char::is_alphanumeric) => Some(Value::Bool(true)),
        _ => return Err(Trouble::CodeUnknown),
    })
}

/// What DTSEN says of things owned: *Tidak* is none. *Ya* says not how many, and a number may be a
/// code or a count: neither is taken for a count.
pub(super) fn owned(cell: &Cell) -> Option<Value> {
    match plain(&cell.shown()).as_str() {
        "tidak" | "0" | "tidakada" => Some(Value::Int(0)),
        _ => None,
    }
}
