//! Keeping what a response brought: receipts, families and the cursor, in one transaction.

use super::{Failure, driver::Parts, receipts::Fate};
use crate::{
    caseload::{SummaryChange, summary_of},
    records::{CommitError, Progress, ReceiptRow, RefusedRow, Versioned, Waiting, Writes},
    store::{StoreError, Table},
    vault::VaultError,
};
use naik_kelas_domain::{
    Millis,
    answer::{Answer, Provenance},
    id::KpmId,
    kpm::Kpm,
    wire::v1::{Change, SyncResponse},
};

/// What is to be kept.
pub(super) struct Keeping {
    pub(super) sent: Vec<Waiting>,
    pub(super) fates: Vec<Fate>,
    pub(super) response: SyncResponse,
    pub(super) now: Millis,
    pub(super) clock_offset: i64,
}

/// What became of the entries that were sent.
#[derive(Clone, Copy, Default)]
pub(super) struct Kept {
    pub(super) settled: u32,
    pub(super) taken: u32,
}

/// What lies on the phone of what a response touches.
struct Before {
    progress: Option<Versioned<Progress>>,
    /// What becomes of each family that the response names, the last word on each.
    families: Vec<(KpmId, Option<Kpm>)>,
    held: Vec<Option<Versioned<Option<Kpm>>>>,
    /// Families about which something is under way.
    unsettled: Vec<KpmId>,
    /// Families of which an assessment or a note was begun.
    begun: Vec<KpmId>,
}

/// A clock that has moved by less than this is not worth a write, in milliseconds.
const CLOCK_STEP: i64 = 2_000;
/// Another tab can be faster a few times; more often is a fault.
const TRIES: u32 = 4;

/// Keeps a response. Where another tab has written in between, it is read again and tried again.
pub(super) async fn keep(parts: &Parts, keeping: &Keeping) -> Result<Kept, Failure> {
    for _ in 0..TRIES {
        let before = look(parts, keeping).await?;
        let mut writes = Writes::relaxed();
        let kept = put_receipts(parts, keeping, &mut writes);
        let summaries = put_families(
            parts,
            before.families,
            before.held,
            &before.unsettled,
            &before.begun,
            &mut writes,
        );
        let pages = parts.caseload.put(&parts.records, &mut writes, summaries);
        put_progress(parts, keeping, before.progress, kept.taken > 0, &mut writes);
        if writes.is_empty() {
            return Ok(kept);
        }
        match parts.records.commit(writes).await {
            Ok(()) => {
                parts.caseload.adopt(pages);
                return Ok(kept);
            }
            Err(CommitError::Changed(_)) => parts.caseload.load(&parts.records).await?,
            Err(CommitError::Failed(error)) => return Err(error.into()),
        }
    }
    Err(Failure::Storage(StoreError::Internal))
}

async fn look(parts: &Parts, keeping: &Keeping) -> Result<Before, VaultError> {
    let records = &parts.records;
    let mut families: Vec<(KpmId, Option<Kpm>)> = Vec::new();
    let mut say = |kpm: KpmId, word: Option<Kpm>, over: bool| match families
        .iter_mut()
        .find(|(other, _)| *other == kpm)
    {
        Some(place) if over => place.1 = word,
        Some(_) => {}
        None => families.push((kpm, word)),
    };
    for change in &keeping.response.changes {
        match change {
            Change::Grant(kpm) => say(kpm.id, Some((**kpm).clone()), true),
            Change::Revoke(kpm) => say(*kpm, None, true),
            // A newer server's kind; the cursor passes over it and a newer app asks again from the beginning.
            Change::Newer(_) => {}
        }
    }
    let marks = records.vault.key(REVOKED);
    for row in records.store.scan(Table::Meta, &marks, u32::MAX).await? {
        if let Some(kpm) = row.key.rsplit('/').next().and_then(|kpm| kpm.parse().ok()) {
            say(kpm, None, false);
        }
    }
    let mut held = Vec::with_capacity(families.len());
    for (kpm, _) in &families {
        held.push(records.kpm_to_replace(*kpm).await?);
    }
    let unsettled = if families.is_empty() {
        Vec::new()
    } else {
        let sent = keeping.sent.iter().zip(&keeping.fates);
        let taken = sent
            .filter(|(_, fate)| matches!(fate, Fate::Taken(_)))
            .map(|(sent, _)| sent.key.clone());
        records
            .families_unsettled(&taken.collect::<Vec<_>>())
            .await?
    };
    let begun = match families.is_empty() {
        true => Vec::new(),
        false => records.families_begun().await?,
    };
    Ok(Before {
        begun,
        progress: records.progress().await?,
        families,
        held,
        unsettled,
    })
}

fn put_receipts(parts: &Parts, keeping: &Keeping, writes: &mut Writes) -> Kept {
    let mut kept = Kept::default();
    for (sent, fate) in keeping.sent.iter().zip(&keeping.fates) {
        match fate {
            Fate::Stays => continue,
            Fate::Taken(position) => {
                let row = ReceiptRow {
                    position: *position,
                    at: keeping.now,
                    seq: sent.seq,
                };
                parts
                    .records
                    .settle(writes, &sent.key, sent.row.entry, &row);
                kept.taken += 1;
            }
            Fate::Refused(code) => {
                let (waiting, code) = (sent.row.clone(), code.as_str().to_owned());
                parts.records.set_aside(
                    writes,
                    &sent.key,
                    &RefusedRow {
                        waiting,
                        code,
                        at: keeping.now,
                    },
                );
            }
        }
        kept.settled += 1;
        writes.batch.make_strict();
    }
    kept
}

fn put_families(
    parts: &Parts,
    families: Vec<(KpmId, Option<Kpm>)>,
    held: Vec<Option<Versioned<Option<Kpm>>>>,
    unsettled: &[KpmId],
    begun: &[KpmId],
    writes: &mut Writes,
) -> Vec<SummaryChange> {
    let records = &parts.records;
    let mut summaries = Vec::new();
    for ((kpm, word), held) in families.into_iter().zip(held) {
        let draft_since = parts
            .caseload
            .summary(kpm)
            .and_then(|summary| summary.draft_since);
        let busy = unsettled.contains(&kpm);
        let mark = records.vault.key(format_args!("{REVOKED}{kpm}"));
        match word {
            Some(snapshot) => {
                let was = held.as_ref().and_then(|held| held.record.as_ref());
                let merged = merged(was, snapshot, busy);
                writes.batch.delete(Table::Meta, mark);
                if was != Some(&merged) {
                    records.put_kpm(writes, &merged, held.map(|held| held.version));
                    summaries.push(SummaryChange::Put(summary_of(&merged, draft_since)));
                }
            }
            // What was begun or not sent yet is kept until it is settled; then the family goes.
            None if begun.contains(&kpm) || busy => {
                writes.batch.put(Table::Meta, mark, 0, Vec::new())
            }
            None => {
                writes.batch.delete(Table::Meta, mark);
                if let Some(held) = held {
                    let key = records.vault.key(kpm);
                    writes
                        .batch
                        .expect(Table::Kpms, key.clone(), Some(held.version));
                    writes.batch.delete(Table::Kpms, key);
                }
                summaries.push(SummaryChange::Remove(kpm));
            }
        }
    }
    summaries
}

/// Marks a family that was revoked while something about it is under way.
const REVOKED: &str = "revoked/";

fn put_progress(
    parts: &Parts,
    keeping: &Keeping,
    before: Option<Versioned<Progress>>,
    receipt: bool,
    writes: &mut Writes,
) {
    let (was, read) = before.map_or_else(Default::default, |before| {
        (before.record, Some(before.version))
    });
    let moved = was
        .clock_offset
        .is_none_or(|was| (was - keeping.clock_offset).abs() > CLOCK_STEP);
    let now = Progress {
        cursor: Some(keeping.response.cursor.clone()),
        last_receipt: if receipt {
            Some(keeping.now)
        } else {
            was.last_receipt
        },
        clock_offset: if moved {
            Some(keeping.clock_offset)
        } else {
            was.clock_offset
        },
    };
    if now != was {
        parts.records.put_progress(writes, &now, read);
    }
}

/// A family's snapshot as it is kept. While an entry about it is under way, the phone knows more than the server: the
/// assessment's own part stays, and only the registry's facts and the profile are taken over.
fn merged(held: Option<&Kpm>, snapshot: Kpm, unsettled: bool) -> Kpm {
    let (Some(held), true) = (held, unsettled) else {
        return snapshot;
    };
    let registry = |answer: &Answer| matches!(answer.provenance, Provenance::Registry(_));
    let mut kpm = Kpm {
        state: held.state,
        roster: held.roster.clone(),
        last: held.last.clone(),
        known: held.known.clone(),
        ..snapshot
    };
    for note in &held.notes.0 {
        kpm.notes.add(note);
    }
    for (path, answer) in snapshot.known.iter().filter(|(_, answer)| registry(answer)) {
        if kpm.known.get(path).is_none_or(registry) {
            kpm.known.set(path.clone(), answer.clone());
        }
    }
    kpm
}
