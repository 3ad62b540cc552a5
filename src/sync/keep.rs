//! Keeping what a response brought: receipts, families and the cursor, in one transaction.

use super::{Failure, driver::Parts, receipts::Fate};
use crate::{
    caseload::{Page, SummaryChange, summary_of},
    records::{Progress, ReceiptRow, RefusedRow, Versioned, Waiting},
    store::{Batch, StoreError, Table, WriteError},
    vault::VaultError,
};
use naik_kelas_domain::{
    Millis,
    answer::Provenance,
    id::KpmId,
    kpm::Kpm,
    wire::v1::{Change, SyncResponse},
};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be kept.
pub(super) struct Keeping<'a> {
    pub(super) sent: &'a [Waiting],
    pub(super) fates: Vec<Fate>,
    pub(super) response: &'a SyncResponse,
    pub(super) now: Millis,
    pub(super) clock_offset: i64,
}

/// What became of the entries that were sent.
#[derive(Clone, Copy, Default)]
pub(super) struct Kept {
    pub(super) settled: u32,
    pub(super) taken: u32,
}

/// A clock that has moved by less than this is not worth a write, in milliseconds.
const CLOCK_STEP: i64 = 2_000;
/// Another tab can be faster a few times; more often is a fault.
const TRIES: u32 = 4;

/// Keeps a response. Where another tab has written in between, it is read again and tried again.
pub(super) async fn keep(parts: &Parts, keeping: &Keeping<'_>) -> Result<Kept, Failure> {
    for _ in 0..TRIES {
        let mut batch = Batch::relaxed();
        let kept = put_receipts(parts, keeping, &mut batch).await?;
        let pages = put_changes(parts, keeping, &mut batch).await?;
        put_progress(parts, keeping, &mut batch, kept.taken > 0).await?;
        if batch.is_empty() {
            return Ok(kept);
        }
        match parts.records.store.write(&batch).await {
            Ok(()) => {
                parts.caseload.adopt(pages);
                return Ok(kept);
            }
            Err(WriteError::Changed(_)) => parts.caseload.load(&parts.records).await?,
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
    }
    Err(Failure::Storage(StoreError::Internal))
}

async fn put_receipts(
    parts: &Parts,
    keeping: &Keeping<'_>,
    batch: &mut Batch,
) -> Result<Kept, VaultError> {
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
                    .settle(batch, &sent.key, sent.row.entry, &row)
                    .await?;
                kept.taken += 1;
            }
            Fate::Refused(code) => {
                let row = RefusedRow {
                    waiting: sent.row.clone(),
                    code: code.as_str().to_owned(),
                    at: keeping.now,
                };
                parts.records.set_aside(batch, &sent.key, &row).await?;
            }
        }
        kept.settled += 1;
        batch.make_strict();
    }
    Ok(kept)
}

async fn put_changes(
    parts: &Parts,
    keeping: &Keeping<'_>,
    batch: &mut Batch,
) -> Result<Vec<Page>, VaultError> {
    let records = &parts.records;
    // Of several changes of one family in a page, the last one counts.
    let mut last: BTreeMap<KpmId, Option<&Kpm>> = BTreeMap::new();
    for change in &keeping.response.changes {
        match change {
            Change::Grant(kpm) => last.insert(kpm.id, Some(kpm)),
            Change::Revoke(kpm) => last.insert(*kpm, None),
            // A newer server's kind; the cursor passes over it and a newer app asks again from the beginning.
            Change::Newer(_) => continue,
        };
    }
    for kpm in revoked_before(parts).await? {
        last.entry(kpm).or_insert(None);
    }
    if last.is_empty() {
        return Ok(Vec::new());
    }
    let taken: Vec<String> = (keeping.sent.iter().zip(&keeping.fates))
        .filter(|(_, fate)| matches!(fate, Fate::Taken(_)))
        .map(|(sent, _)| sent.key.clone())
        .collect();
    let unsettled: BTreeSet<KpmId> = records
        .families_unsettled(&taken)
        .await?
        .into_iter()
        .collect();
    let mut summaries = Vec::new();
    for (kpm, change) in last {
        let draft_since = parts
            .caseload
            .summary(kpm)
            .and_then(|summary| summary.draft_since);
        let local = records.kpm(kpm).await?;
        let mark = revoked_key(parts, kpm);
        match change {
            Some(snapshot) => {
                let merged = merged(
                    local.as_ref().map(|local| &local.record),
                    snapshot,
                    unsettled.contains(&kpm),
                );
                batch.delete(Table::Meta, mark);
                if local.as_ref().is_none_or(|local| local.record != merged) {
                    records
                        .put_kpm(batch, &merged, local.map(|local| local.version))
                        .await?;
                    summaries.push(SummaryChange::Put(summary_of(&merged, draft_since)));
                }
            }
            // What was begun or not sent yet is kept until it is settled; then the family goes.
            None if draft_since.is_some() || unsettled.contains(&kpm) => {
                batch.put(Table::Meta, mark, 0, Vec::new())
            }
            None => {
                batch.delete(Table::Meta, mark);
                if let Some(Versioned { version, .. }) = local {
                    let key = records.vault.key(kpm);
                    batch.expect(Table::Kpms, key.clone(), Some(version));
                    batch.delete(Table::Kpms, key);
                }
                summaries.push(SummaryChange::Remove(kpm));
            }
        }
    }
    parts.caseload.put(records, batch, summaries).await
}

async fn put_progress(
    parts: &Parts,
    keeping: &Keeping<'_>,
    batch: &mut Batch,
    receipt: bool,
) -> Result<(), VaultError> {
    let before = parts.records.progress().await?;
    let was = before
        .as_ref()
        .map(|before| before.record.clone())
        .unwrap_or_default();
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
        parts
            .records
            .put_progress(batch, &now, before.map(|before| before.version))
            .await?;
    }
    Ok(())
}

/// A family's snapshot as it is kept. While an entry about it is under way, the phone knows more than the server: the
/// assessment's own part stays, and only the registry's facts and the profile are taken over.
fn merged(local: Option<&Kpm>, snapshot: &Kpm, unsettled: bool) -> Kpm {
    let (Some(local), true) = (local, unsettled) else {
        return snapshot.clone();
    };
    let mut kpm = snapshot.clone();
    kpm.state = local.state;
    kpm.roster.clone_from(&local.roster);
    kpm.last.clone_from(&local.last);
    kpm.known = local.known.clone();
    for (path, answer) in snapshot.known.iter() {
        let registry = |answer: &naik_kelas_domain::answer::Answer| {
            matches!(answer.provenance, Provenance::Registry(_))
        };
        if registry(answer) && kpm.known.get(path).is_none_or(registry) {
            kpm.known.set(path.clone(), answer.clone());
        }
    }
    kpm
}

async fn revoked_before(parts: &Parts) -> Result<Vec<KpmId>, StoreError> {
    let prefix = parts.records.vault.key("revoked/");
    let marks = parts
        .records
        .store
        .scan(Table::Meta, &prefix, u32::MAX)
        .await?;
    Ok(marks
        .iter()
        .filter_map(|row| row.key.rsplit('/').next()?.parse().ok())
        .collect())
}

fn revoked_key(parts: &Parts, kpm: KpmId) -> String {
    parts.records.vault.key(format_args!("revoked/{kpm}"))
}
