//! One row, parsed whole or refused with all its reasons.

mod nothing;

use super::{
    cell::{Cell, plain},
    columns::{Field, Source},
    convert,
    header::Header,
    number::sixteen,
    trouble::Trouble,
};
use naik_kelas_domain::{
    Date, Value,
    identity::{KkNumber, Nik},
    region::VillageCode,
};
use naik_kelas_rules::pack::{MEMBERS, Pack};
use nothing::is_nothing;
use std::str::FromStr;

/// What a row says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Number of the family card.
    pub kk: Option<KkNumber>,
    /// Identity number of its person.
    pub nik: Option<Nik>,
    /// Name of its person.
    pub name: Option<String>,
    /// Name of the family.
    pub family_name: Option<String>,
    /// Where the family lives.
    pub village: Option<VillageCode>,
    /// The village's name.
    pub village_name: Option<String>,
    /// Street, hamlet, RT/RW.
    pub address: Option<String>,
    /// Name with which its facilitator signs in.
    pub facilitator: Option<String>,
    /// Date of the list's version.
    pub as_of: Option<Date>,
    /// Facts of the family, by their paths.
    pub family: Vec<(&'static str, Value)>,
    /// Facts of the person, by their paths without `members.`.
    pub member: Vec<(&'static str, Value)>,
    /// Figures that no pack knows.
    pub figures: Vec<(&'static str, i64)>,
}

/// What was found at a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Counted from 0; `None` for the row as a whole.
    pub column: Option<usize>,
    /// What.
    pub trouble: Trouble,
}

/// A row, read.
#[derive(Clone, Debug, PartialEq)]
pub enum Parsed {
    /// No row of data: blank, a total, a repeated header, column numbers.
    Nothing,
    /// A row to be taken, and what is to be looked at.
    Row(Box<Row>, Vec<Finding>),
    /// A row that is refused.
    Bad(Vec<Finding>),
}

/// What rows of a table are read with.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Which list.
    pub source: Source,
    /// The table's header.
    pub header: &'a Header,
    /// What types the facts.
    pub pack: &'a Pack,
    /// For each column whether its numbers' last digits were turned to zero.
    pub rounded: &'a [bool],
    /// No birth date is later.
    pub today: Date,
}

/// Reads a row.
#[must_use]
pub fn parse(reading: Reading<'_>, cells: &[Cell]) -> Parsed {
    if is_nothing(reading.header, cells) {
        return Parsed::Nothing;
    }
    let mut row = Row::default();
    let (mut bad, mut warnings) = (Vec::new(), Vec::new());
    for (column, field) in reading.header.fields.iter().enumerate() {
        let (Some(field), Some(cell)) = (field, cells.get(column)) else {
            continue;
        };
        let rounded = reading.rounded.get(column).copied().unwrap_or_default();
        match take(reading, *field, cell, rounded, &mut row) {
            Ok(false) => {}
            Ok(true) => warnings.push(Finding {
                column: Some(column),
                trouble: Trouble::NumberMended,
            }),
            Err(trouble) => bad.push(Finding {
                column: Some(column),
                trouble,
            }),
        }
    }
    // Where the only name stands beside a NIK, it is that person's.
    if row.nik.is_some() && row.name.is_none() && reading.header.column(Field::Name).is_none() {
        row.name.clone_from(&row.family_name);
    }
    if bad.is_empty() {
        bad.extend(whole(reading, &row));
    }
    if bad.is_empty() {
        Parsed::Row(Box::new(row), warnings)
    } else {
        Parsed::Bad(bad)
    }
}

/// What is wrong with a row whose cells are all well.
fn whole(reading: Reading<'_>, row: &Row) -> Option<Finding> {
    let header = reading.header;
    let names = [Field::Name, Field::FamilyName, Field::NameAndKk];
    let mut named = names.iter().filter_map(|field| header.column(*field));
    if row.name.is_none()
        && row.family_name.is_none()
        && let Some(column) = named.next()
    {
        return Some(Finding {
            column: Some(column),
            trouble: Trouble::NameMissing,
        });
    }
    let born = row.member.iter().any(|(fact, _)| *fact == "birth_date");
    let known = row.kk.is_some()
        || row.nik.is_some()
        || (row.name.is_some() && born && row.village.is_some());
    let numbers = [Field::Kk, Field::NameAndKk, Field::Nik];
    (!known).then(|| Finding {
        column: numbers.iter().find_map(|field| header.column(*field)),
        trouble: Trouble::NobodyKnown,
    })
}

/// Puts a cell into the row; says whether a number was mended.
fn take(
    reading: Reading<'_>,
    field: Field,
    cell: &Cell,
    rounded: bool,
    row: &mut Row,
) -> Result<bool, Trouble> {
    let pack = reading.pack;
    match field {
        Field::Kk => {
            if let Some((kk, mended)) = number(cell, rounded)? {
                row.kk = Some(kk);
                return Ok(mended);
            }
        }
        Field::Nik => {
            if let Some((nik, mended)) = number(cell, rounded)? {
                row.nik = Some(nik);
                return Ok(mended);
            }
        }
        Field::NameAndKk => {
            let (name, kk) = parted(cell);
            row.family_name = row.family_name.take().or(convert::name(&name)?);
            if let Some((kk, _)) = number(&kk, rounded)? {
                row.kk = Some(kk);
            }
        }
        Field::Name => row.name = convert::name(cell)?,
        Field::FamilyName => row.family_name = convert::name(cell)?.or(row.family_name.take()),
        Field::Village => row.village = village(cell)?,
        Field::VillageName => row.village_name = convert::text(cell)?,
        Field::Address => row.address = convert::text(cell)?,
        Field::Facilitator => {
            row.facilitator = convert::text(cell)?.map(|name| name.to_lowercase());
        }
        Field::AsOf => row.as_of = convert::day(cell)?,
        Field::Family(path) => {
            let value = convert::fact(pack, path, cell)?;
            row.family.extend(value.map(|value| (path, value)));
        }
        Field::Member("birth_date") => {
            if let Some(day) = convert::day(cell)? {
                let (year, ..) = day.ymd();
                if year < 1900 || day > reading.today {
                    return Err(Trouble::DateImpossible);
                }
                row.member.push(("birth_date", Value::Date(day)));
            }
        }
        Field::Member(fact) => {
            let value = convert::fact(pack, &[MEMBERS, fact].concat(), cell)?;
            row.member.extend(value.map(|value| (fact, value)));
        }
        Field::Attendance => {
            let value = convert::attendance(cell)?;
            row.member.extend(value.map(|value| ("attending", value)));
        }
        Field::School => {
            let value = convert::school(pack, cell)?;
            row.member.extend(value.map(|value| ("level", value)));
        }
        Field::Illness => {
            let value = convert::illness(cell)?;
            row.member
                .extend(value.map(|value| ("chronic_illness", value)));
        }
        Field::Owned(path) => row
            .family
            .extend(convert::owned(cell).map(|value| (path, value))),
        Field::Added(path) => {
            if let Some(count) = counted(cell)? {
                add(&mut row.family, path, count);
            }
        }
        Field::Figure(figure) => row
            .figures
            .extend(counted(cell)?.map(|count| (figure, count))),
    }
    Ok(false)
}

fn number<T: FromStr>(cell: &Cell, rounded: bool) -> Result<Option<(T, bool)>, Trouble> {
    let Some(found) = sixteen(cell, rounded)? else {
        return Ok(None);
    };
    let number = found.digits.parse().map_err(|_| Trouble::NumberSigns)?;
    Ok(Some((number, found.mended)))
}

fn counted(cell: &Cell) -> Result<Option<i64>, Trouble> {
    match convert::whole(cell)? {
        Some(number) if number < 0 => Err(Trouble::OutOfRange(0, i64::from(u32::MAX))),
        number => Ok(number),
    }
}

fn add(facts: &mut Vec<(&'static str, Value)>, path: &'static str, count: i64) {
    match facts.iter_mut().find(|(fact, _)| *fact == path) {
        Some((_, Value::Int(sum))) => *sum = sum.saturating_add(count),
        _ => facts.push((path, Value::Int(count))),
    }
}

/// Ten digits of a village in a regency that there is.
fn village(cell: &Cell) -> Result<Option<VillageCode>, Trouble> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Failed(_) => return Err(Trouble::FormulaFailed),
        cell => cell.shown(),
    };
    let code: Option<VillageCode> = text.trim_start_matches('\'').parse().ok();
    let code = code.filter(|code| crate::areas::regency_name(code.regency()).is_some());
    code.map(Some).ok_or(Trouble::VillageUnknown)
}

/// A cell with name and number, parted: on two lines, or one after the other.
fn parted(cell: &Cell) -> (Cell, Cell) {
    let Cell::Text(text) = cell else {
        return (Cell::Empty, cell.clone());
    };
    let (mut name, mut number) = (Vec::new(), String::new());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '/' | ':' | '|'))
    {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if digits >= 3 || (digits > 0 && word.contains("E+")) {
            number.push_str(word);
        } else if !matches!(plain(word).as_str(), "" | "nokk" | "kk" | "no") {
            name.push(word);
        }
    }
    (Cell::text(&name.join(" ")), Cell::text(&number))
}
