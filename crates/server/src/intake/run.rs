//! From a file to the database: tables, headers, rows, families, batches.

mod families;
mod tables;

use super::{
    columns::{Field, Source},
    header::Header,
    keys::KeyRing,
    sheet::{SheetError, Workbook},
    trouble::Trouble,
};
use crate::db::{Db, DbError, Likely, Listing};
use families::Import;
use naik_kelas_domain::{
    Date, Millis,
    id::{KpmId, UserId},
    region::{RegencyCode, VillageCode},
};
use naik_kelas_rules::pack::Pack;
use std::{collections::HashMap, path::Path, sync::Arc};
use tables::look;
use tokio::runtime::Handle;

/// What is imported, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which list.
    pub source: Source,
    /// The day that the list speaks of, where no column says it.
    pub as_of: Option<Date>,
    /// Families of this regency only.
    pub area: Option<RegencyCode>,
    /// The village of new families whose rows name none.
    pub village: Option<VillageCode>,
    /// Who is to hold the families whose rows name nobody.
    pub holder: Option<Holder>,
    /// Whether families that another holds are handed over.
    pub reassign: bool,
    /// Now.
    pub now: Millis,
}

/// A facilitator who is to hold families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub user: UserId,
    /// Where this person works.
    pub regency: RegencyCode,
}

/// What is said while it goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// A table and its header, or that it has none.
    Table {
        /// Name of the sheet.
        sheet: &'a str,
        /// What was found.
        header: Option<&'a Header>,
    },
    /// A finding in a row.
    Found {
        /// Name of the sheet; empty for CSV.
        sheet: &'a str,
        /// Line in the file, from 1.
        line: u64,
        /// Column from 0, with its name.
        column: Option<(usize, &'a str)>,
        /// What.
        trouble: &'a Trouble,
    },
    /// Two families that may be one.
    Likely {
        /// The one of this list.
        kpm: KpmId,
        /// The other, and why.
        likely: Likely,
        /// The line of the first.
        line: u64,
    },
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows of data.
    pub rows: u64,
    /// Rows that were refused.
    pub bad: u64,
    /// Findings in rows that were taken.
    pub warnings: u64,
    /// Families that were not known.
    pub added: u64,
    /// Families of which something is new.
    pub updated: u64,
    /// Families of which nothing is new.
    pub unchanged: u64,
    /// Families granted to a facilitator.
    pub assigned: u64,
    /// Pairs of families that may be one, found now.
    pub likely: u64,
}

/// Why nothing, or not all, was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// The file.
    Sheet(SheetError),
    /// No table of it has this list's columns.
    NoTable,
    /// Two columns of a table have the same meaning: sheet, name, the two columns from 0.
    Twice(String, String, usize, usize),
    /// The database: what was taken before stays taken, and importing again completes it.
    Db(DbError),
    /// The system gives no random bytes.
    NoRandom,
}

impl From<SheetError> for ImportError {
    fn from(error: SheetError) -> Self {
        Self::Sheet(error)
    }
}

impl From<DbError> for ImportError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// Where an import goes.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// The database.
    pub db: &'a Db,
    /// Where its work runs; this function waits for it and must not itself run there.
    pub runtime: &'a Handle,
    /// The keys by which families are found again.
    pub ring: &'a KeyRing,
    /// What types the facts.
    pub pack: &'a Pack,
}

/// Imports a file.
///
/// # Errors
/// [`ImportError`]. Bad rows are no error: they are reported and counted.
pub fn run(
    target: &Target<'_>,
    file: &Path,
    settings: &Settings,
    report: &mut dyn FnMut(Event<'_>),
) -> Result<Summary, ImportError> {
    let mut workbook = Workbook::open(file)?;
    let mut tables = Vec::new();
    for sheet in workbook.sheets() {
        let found = look(&mut workbook, &sheet, settings.source)?;
        report(Event::Table {
            sheet: &sheet,
            header: found.as_ref().map(|table| &table.header),
        });
        tables.extend(found);
    }
    if tables.is_empty() {
        return Err(ImportError::NoTable);
    }
    // Families first, where a workbook has them on one sheet and their people on another.
    tables.sort_by_key(|table| table.header.column(Field::Village).is_none());
    let indexed = target.runtime.block_on(async {
        target.db.index_families(target.ring.clone()).await?;
        target.db.regencies().await
    })?;
    let only = match indexed.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let holder = settings.holder.as_ref();
    let mut import = Import {
        target,
        settings,
        fallback: settings
            .area
            .or(settings.village.map(|village| village.regency()))
            .or(holder.map(|holder| holder.regency))
            .or(only),
        accounts: HashMap::new(),
        batch: Vec::new(),
        listing: Listing {
            ring: target.ring.clone(),
            reassign: settings.reassign,
            now: settings.now,
            spoken: Arc::default(),
        },
        summary: Summary::default(),
        report,
    };
    for table in &tables {
        import.table(&mut workbook, table)?;
    }
    Ok(import.summary)
}
