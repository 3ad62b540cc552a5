//! Entries: taken or refused, each with its receipt, and the chain that they form.

use super::{
    super::model::{DbError, Stored, Submission, SubmittedBatch, TakenEntry, Verdict},
    Sqlite, chain,
    convert::{blob, count, engine, integer},
    families::{holders, next_position, put_snapshot, snapshot},
    feed::{self, Heard},
};
use naik_kelas_domain::{
    id::EntryId,
    region::RegencyCode,
    wire::v1::{Receipt, ReceiptOutcome, RefusalCode},
};
use rusqlite::{Connection, OptionalExtension};

impl Sqlite {
    pub(in super::super) async fn submit(
        &self,
        batch: SubmittedBatch,
    ) -> Result<Vec<Receipt>, DbError> {
        self.writer
            .write(batch.submissions.len(), move |connection| {
                chain::record(connection, &batch)?;
                let submissions = batch.submissions.iter();
                submissions
                    .map(|submission| receive(connection, &batch, submission))
                    .collect()
            })
            .await
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
            ReceiptOutcome::Accepted(take(connection, batch, submission, entry)?)
        }
    };
    Ok(Receipt {
        entry: submission.id,
        outcome,
    })
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
