//! Reads everything of a kind, page by page, and has it written: nothing is held but a page.

use super::{
    rows,
    sink::{Sink, SinkError},
};
use crate::db::{AuditRow, Db, DbError, ListedEntry, ListedFamily};
use naik_kelas_domain::{
    Millis,
    id::{KpmId, UserId},
    region::RegencyCode,
    wire::v1::{Entry, Payload},
};

/// What is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// A row a family, as it is now.
    Families,
    /// A row an assessment, as it was finished.
    Assessments,
    /// A row a referral. No phone records any yet: the table has its columns and no row.
    Referrals,
}

/// Why a list was not written whole.
#[derive(Debug)]
pub enum ExportError {
    /// The database.
    Db(DbError),
    /// The file.
    Sink(SinkError),
    /// An entry that was taken cannot be read: its regency and position.
    Unreadable(RegencyCode, u64),
}

impl From<DbError> for ExportError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<SinkError> for ExportError {
    fn from(error: SinkError) -> Self {
        Self::Sink(error)
    }
}

/// Rows of one page.
const PAGE: u32 = 500;

/// Who reads at the command line is not known: the audit log names nobody.
const OPERATOR: UserId = UserId::from_bytes([0; 16]);

/// Writes a list; says how many rows it has. What is read of whom is in the audit log before it is written.
///
/// # Errors
/// [`ExportError`].
pub async fn export(
    db: &Db,
    what: What,
    area: Option<RegencyCode>,
    now: Millis,
    sink: &mut Sink,
) -> Result<u64, ExportError> {
    match what {
        What::Families => families(db, area, now, sink).await,
        What::Assessments => assessments(db, area, now, sink).await,
        What::Referrals => Ok(0),
    }
}

async fn families(
    db: &Db,
    area: Option<RegencyCode>,
    now: Millis,
    sink: &mut Sink,
) -> Result<u64, ExportError> {
    let (mut after, mut written) = (None, 0);
    loop {
        let page = db.families_after(after, area, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(written);
        };
        after = Some((last.regency, last.kpm.id));
        let whose = page
            .iter()
            .map(|family: &ListedFamily| (family.regency, family.kpm.id));
        audit(db, whose.collect(), now).await?;
        for family in &page {
            sink.row(rows::family(family))?;
            written += 1;
        }
    }
}

async fn assessments(
    db: &Db,
    area: Option<RegencyCode>,
    now: Millis,
    sink: &mut Sink,
) -> Result<u64, ExportError> {
    let (mut after, mut written) = (None, 0);
    loop {
        let page = db.entries_after(after, area, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(written);
        };
        after = Some((last.regency, last.position));
        let read = |listed: &ListedEntry| {
            let unreadable = ExportError::Unreadable(listed.regency, listed.position);
            Entry::from_bytes(&listed.bytes).map_err(|_| unreadable)
        };
        let entries: Vec<Entry> = page.iter().map(read).collect::<Result<_, _>>()?;
        let whose = page
            .iter()
            .zip(&entries)
            .map(|(listed, entry)| (listed.regency, entry.kpm));
        audit(db, whose.collect(), now).await?;
        for (listed, entry) in page.iter().zip(&entries) {
            if let Payload::AssessmentFinished(assessment) = &entry.payload {
                sink.row(rows::assessment(listed, assessment))?;
                written += 1;
            }
        }
    }
}

async fn audit(db: &Db, whose: Vec<(RegencyCode, KpmId)>, now: Millis) -> Result<(), DbError> {
    for page in whose.chunk_by(|a, b| a.0 == b.0) {
        let row = AuditRow {
            regency: page[0].0,
            at: now,
            user: OPERATOR,
            purpose: "export",
            kpms: page.iter().map(|(_, kpm)| *kpm).collect(),
        };
        db.audit(row).await?;
    }
    Ok(())
}
