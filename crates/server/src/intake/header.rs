//! Finding the header: somewhere in the first rows, perhaps under a title, perhaps over two rows
//! whose cells were merged.

use super::{
    cell::{Cell, plain},
    columns::{Column, Field, Source, of},
};

/// How far down a header is looked for.
pub const WITHIN: usize = 40;

/// The header that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Line of its last row in the file.
    pub line: u64,
    /// For each column what it holds, where that is known.
    pub fields: Vec<Option<Field>>,
    /// For each column its name as written.
    pub names: Vec<String>,
}

/// Why a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderError {
    /// No row of it names columns of this source.
    None,
    /// Two columns (counted from 0) have the same meaning: which one counts cannot be known.
    Twice(String, usize, usize),
}

/// Finds the header in the first rows of a table.
///
/// # Errors
/// [`HeaderError`].
pub fn find(source: Source, rows: &[(u64, Vec<Cell>)]) -> Result<Header, HeaderError> {
    let columns = of(source);
    let single = rows.iter().map(|(line, cells)| read(columns, *line, cells));
    let double = rows.windows(2).filter_map(|pair| {
        let (upper, lower) = (
            read(columns, pair[0].0, &pair[0].1),
            read(columns, pair[1].0, &pair[1].1),
        );
        // The lower row is part of the header only if it names columns and nothing else.
        let names = pair[1].1.iter().filter(|cell| !cell.is_empty()).count();
        (lower.known() > 0 && lower.known() == names).then(|| merged(upper, lower))
    });
    let best = single
        .chain(double)
        .filter(|header| header.has_identity() && header.known() >= 2)
        // Of equals the first: a header repeated on a second printed page is not the header.
        .reduce(|best, next| {
            if next.known() > best.known() {
                next
            } else {
                best
            }
        });
    let header = best.ok_or(HeaderError::None)?;
    match header.doubled() {
        Some((first, second)) => Err(HeaderError::Twice(
            header.names[second].clone(),
            first,
            second,
        )),
        None => Ok(header),
    }
}

fn read(columns: &[Column], line: u64, cells: &[Cell]) -> Header {
    let names: Vec<String> = cells
        .iter()
        .map(|cell| match cell {
            Cell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => String::new(),
        })
        .collect();
    let fields = names.iter().map(|name| {
        let name = plain(name);
        let found = columns
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()));
        found.map(|(field, _)| *field)
    });
    Header {
        line,
        fields: fields.collect(),
        names,
    }
}

fn merged(upper: Header, lower: Header) -> Header {
    let length = upper.fields.len().max(lower.fields.len());
    let pick = |at: usize| {
        let of = |header: &Header| {
            let field = header.fields.get(at).copied().flatten();
            field.map(|field| (Some(field), header.names[at].clone()))
        };
        let name = upper.names.get(at).cloned().unwrap_or_default();
        of(&lower).or_else(|| of(&upper)).unwrap_or((None, name))
    };
    let (fields, names) = (0..length).map(pick).unzip();
    Header {
        line: lower.line,
        fields,
        names,
    }
}

impl Header {
    /// How many columns are known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|found| *found == Some(field))
    }

    /// Whether rows say who they are about.
    fn has_identity(&self) -> bool {
        [Field::Kk, Field::Nik, Field::NameAndKk, Field::Name]
            .iter()
            .any(|field| self.column(*field).is_some())
    }

    fn doubled(&self) -> Option<(usize, usize)> {
        self.fields.iter().enumerate().find_map(|(second, field)| {
            // Several counts may be added to one fact; all else stands once.
            let field = field.filter(|field| !matches!(field, Field::Added(_)))?;
            let first = self.fields.iter().position(|found| *found == Some(field))?;
            (first < second).then_some((first, second))
        })
    }
}

/// A column's letters, as spreadsheets name it: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn letters(column: usize) -> String {
    let (more, last) = (column / 26, column % 26);
    let last = u8::try_from(last).map_or('?', |last| char::from(b'A' + last));
    match more {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}
