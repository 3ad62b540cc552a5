//! Entries: taken or refused, each with its receipt, and the chain that they form.

use super::{
    super::{
        listed::Listing,
        model::{DbError, Recorded, Stored, Submission, SubmittedBatch, TakenEntry, Verdict},
    },
    Sqlite, chain,
    convert::{blob, count, engine, integer},
    families::{grant, holders, insert, next_position, put_snapshot, snapshot},
    feed::{self, Heard},
    intake::Intake,
};
use crate::intake::keys::KeyRing;
use naik_kelas_domain::{
    Millis,
    id::{EntryId, UserId},
    region::RegencyCode,
    registration::Registration,
    wire::v1::{Receipt, ReceiptOutcome, RefusalCode},
};
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;

impl Sqlite {
    pub(in super::super) async fn submit(
        &self,
        batch: SubmittedBatch,
    ) -> Result<Vec<Receipt>, DbError> {
        let registers = |submission: &Submission| matches!(&submission.verdict, Verdict::Take(entry) if matches!(entry.recorded, Recorded::Registration(_)));
        let listing = match batch.submissions.iter().any(registers) {
            true => Some(self.ready_to_register(batch.received).await?),
            false => None,
        };
        self.writer
            .write(batch.submissions.len(), move |connection| {
                chain::record(connection, &batch)?;
                let submissions = batch.submissions.iter();
                submissions
                    .map(|submission| receive(connection, &batch, submission, listing.as_ref()))
                    .collect()
            })
            .await
    }

    /// Everything that is stored can be found again, so that its like is noticed.
    async fn ready_to_register(&self, now: Millis) -> Result<Listing, DbError> {
        let file = Arc::clone(&self.ring);
        let opened = tokio::task::spawn_blocking(move || KeyRing::open(&file));
        let opened = opened.await.map_err(|_| DbError::Closed)?;
        let ring = opened.map_err(|_| DbError::Folder)?;
        self.index_families(ring.clone()).await?;
        Ok(Listing {
            ring,
            reassign: false,
            now,
            spoken: Arc::default(),
        })
    }

    pub(in super::super) async fn entry(
        &self,
        regency: RegencyCode,
        id: EntryId,
    ) -> Result<Option<Stored>, DbError> {
        self.readers
            .read(move |connection| {
                let row = connection
                    .prepare_cached(
                        "SELECT position, bytes FROM entry WHERE regency = ?1 AND entry = ?2",
                    )
                    .and_then(|mut query| {
                        query
                            .query_row((regency.as_str(), id.as_bytes()), |row| {
                                Ok((row.get::<_, i64>(0)?, row.get(1)?))
                            })
                            .optional()
                    })
                    .map_err(engine)?;
                row.map(|(position, bytes)| {
                    Ok(Stored {
                        position: count(position)?,
                        bytes,
                    })
                })
                .transpose()
            })
            .await
    }
}

fn receive(
    connection: &Connection,
    batch: &SubmittedBatch,
    submission: &Submission,
    listing: Option<&Listing>,
) -> Result<Receipt, DbError> {
    let before = match submission.id {
        Some(id) => had(connection, batch.regency, id)?,
        None => None,
    };
    let outcome = match (&submission.verdict, before) {
        // Taken once is taken for ever, even where it would be refused today.
        (_, Some((position, hash))) if hash == submission.hash => {
            ReceiptOutcome::AlreadyHad(position)
        }
        (Verdict::Refuse(code), _) => refuse(connection, batch, submission, *code)?,
        (Verdict::Take(_), Some(_)) => {
            refuse(connection, batch, submission, RefusalCode::HashConflict)?
        }
        (Verdict::Take(entry), None) => {
            // The snapshot of a request that came at the same time may have been older than this.
            match (&entry.recorded, listing) {
                (Recorded::Registration(_), _)
                    if snapshot(connection, batch.regency, entry.kpm)?.is_some() =>
                {
                    refuse(connection, batch, submission, RefusalCode::FamilyExists)?
                }
                (Recorded::Registration(registration), Some(listing)) => {
                    register(connection, batch, entry.author, registration, listing)?;
                    ReceiptOutcome::Accepted(take(connection, batch, submission, entry)?)
                }
                _ => ReceiptOutcome::Accepted(take(connection, batch, submission, entry)?),
            }
        }
    };
    Ok(Receipt {
        entry: submission.id,
        outcome,
    })
}

/// The family as it begins: granted to who registered it, findable, and proposed as a duplicate of its like.
fn register(
    connection: &Connection,
    batch: &SubmittedBatch,
    author: UserId,
    registration: &Registration,
    listing: &Listing,
) -> Result<(), DbError> {
    // Judged before: it has a name, and a village of this regency.
    let kpm = registration.family().ok_or(DbError::Damaged)?;
    let village = kpm.village.ok_or(DbError::Damaged)?;
    insert(connection, batch.regency, village, &kpm, Some(true))?;
    Intake {
        connection,
        listing,
    }
    .index(batch.regency, &kpm)?;
    let heard = Heard::First(batch.vault);
    grant(connection, batch.regency, kpm.id, author, heard)
}

fn had(
    connection: &Connection,
    regency: RegencyCode,
    id: EntryId,
) -> Result<Option<(u64, [u8; 32])>, DbError> {
    let row = connection
        .prepare_cached("SELECT position, hash FROM entry WHERE regency = ?1 AND entry = ?2")
        .and_then(|mut query| {
            query
                .query_row((regency.as_str(), id.as_bytes()), |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
                })
                .optional()
        })
        .map_err(engine)?;
    row.map(|(position, hash)| Ok((count(position)?, blob(&hash)?)))
        .transpose()
}

fn take(
    connection: &Connection,
    batch: &SubmittedBatch,
    submission: &Submission,
    entry: &TakenEntry,
) -> Result<u64, DbError> {
    let position = next_position(connection, batch.regency)?;
    let (at, device_seq) = (integer(position)?, integer(entry.device_seq)?);
    connection
        .prepare_cached(
            "INSERT INTO entry (regency, position, entry, hash, author, vault, device_seq, kpm,
                                kind, device_time, received, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )
        .and_then(|mut insert| {
            insert.execute((
                batch.regency.as_str(),
                at,
                entry.id.as_bytes(),
                submission.hash,
                entry.author.as_bytes(),
                batch.vault.as_bytes(),
                device_seq,
                entry.kpm.as_bytes(),
                entry.recorded.kind(),
                entry.device_time.0,
                batch.received.0,
                &submission.bytes,
            ))
        })
        .map_err(engine)?;
    let kpm = snapshot(connection, batch.regency, entry.kpm)?.ok_or(DbError::UnknownFamily)?;
    put_snapshot(connection, batch.regency, &entry.recorded.upon(kpm))?;
    let heard = Heard::By(batch.vault, batch.heard_to);
    for holder in holders(connection, batch.regency, entry.kpm)? {
        feed::tell(
            connection,
            batch.regency,
            holder,
            entry.kpm,
            position,
            true,
            heard,
        )?;
    }
    Ok(position)
}

fn refuse(
    connection: &Connection,
    batch: &SubmittedBatch,
    submission: &Submission,
    code: RefusalCode,
) -> Result<ReceiptOutcome, DbError> {
    connection
        .prepare_cached(
            "INSERT INTO refused (regency, vault, hash, entry, code, received, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (regency, vault, hash) DO UPDATE SET code = excluded.code",
        )
        .and_then(|mut insert| {
            insert.execute((
                batch.regency.as_str(),
                batch.vault.as_bytes(),
                submission.hash,
                submission.id.as_ref().map(|id| id.as_bytes().as_slice()),
                code.as_str(),
                batch.received.0,
                &submission.bytes,
            ))
        })
        .map_err(engine)?;
    Ok(ReceiptOutcome::Refused(code))
}
