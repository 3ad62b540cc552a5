//! Reads everything of a kind, page by page, and has it written: nothing is held but a page; of referrals, those of one
//! regency.

use super::{
    referrals::{Written, concerns},
    rows,
    sink::{Sink, SinkError},
};
use crate::{
    cli::OPERATOR,
    db::{AuditRow, Db, DbError, ListedEntry, ListedFamily},
};
use naik_kelas_domain::{
    Millis,
    id::KpmId,
    region::RegencyCode,
    wire::v1::{Entry, Payload},
};
use std::collections::BTreeMap;

/// What is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// A row a family, as it is now.
    Families,
    /// A row an assessment, as it was finished.
    Assessments,
    /// A row a referral, with what became of it.
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
        What::Referrals => referrals(db, area, now, sink).await,
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

fn read(listed: &ListedEntry) -> Result<Entry, ExportError> {
    let unreadable = ExportError::Unreadable(listed.regency, listed.position);
    Entry::from_bytes(&listed.bytes).map_err(|_| unreadable)
}

/// The notes of a regency that have a part in referrals, by family.
type Collected = BTreeMap<KpmId, Vec<Written>>;

/// A referral is made of several notes, which may have come in any order: a regency is read to its end before its
/// referrals are written.
async fn referrals(
    db: &Db,
    area: Option<RegencyCode>,
    now: Millis,
    sink: &mut Sink,
) -> Result<u64, ExportError> {
    let (mut after, mut written) = (None, 0);
    let mut collected: Option<(RegencyCode, Collected)> = None;
    loop {
        let page = db.entries_after(after, area, PAGE).await?;
        for listed in &page {
            if let Some((regency, notes)) =
                collected.take_if(|(regency, _)| *regency != listed.regency)
            {
                written += of_regency(db, regency, notes, now, sink).await?;
            }
            let (_, families) = collected.get_or_insert_with(|| (listed.regency, Collected::new()));
            if let Payload::NoteWritten(note) = read(listed)?.payload
                && concerns(&note.form)
            {
                let author = listed.author.clone();
                let note = Written {
                    note: *note,
                    author,
                };
                families.entry(note.note.kpm).or_default().push(note);
            }
        }
        let Some(last) = page.last() else { break };
        after = Some((last.regency, last.position));
    }
    if let Some((regency, notes)) = collected {
        written += of_regency(db, regency, notes, now, sink).await?;
    }
    Ok(written)
}

async fn of_regency(
    db: &Db,
    regency: RegencyCode,
    notes: Collected,
    now: Millis,
    sink: &mut Sink,
) -> Result<u64, ExportError> {
    let families = notes.into_iter();
    let families = families.map(|(kpm, notes)| (kpm, super::referrals::referrals(notes)));
    // Of whom nothing is written, nothing is told.
    let families: Vec<_> = families.filter(|(_, found)| !found.is_empty()).collect();
    let mut written = 0;
    for page in families.chunks(PAGE as usize) {
        let whose = page.iter().map(|(kpm, _)| (regency, *kpm));
        audit(db, whose.collect(), now).await?;
        for (kpm, found) in page {
            for referral in found {
                sink.row(rows::referral(regency, *kpm, referral))?;
                written += 1;
            }
        }
    }
    Ok(written)
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
