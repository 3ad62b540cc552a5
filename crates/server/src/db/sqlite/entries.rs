//! Entries: taken or refused, each with its receipt, and the chain that they form.

use super::{
    super::model::{DbError, Stored, Submission, SubmittedBatch, TakenEntry, Verdict},
    Sqlite,
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
use sha2::{Digest, Sha256};

/// The kind number of a finished assessment, the only one taken in this version.
const ASSESSMENT_FINISHED: i64 = 1;

impl Sqlite {
    pub(in super::super) async fn submit(
        &self,
        batch: SubmittedBatch,
    ) -> Result<Vec<Receipt>, DbError> {
        self.writer
            .write(batch.submissions.len(), move |connection| {
                record_chain(connection, &batch)?;
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
                ASSESSMENT_FINISHED,
                entry.device_time.0,
                batch.received.0,
                &submission.bytes,
            ))
        })
        .map_err(engine)?;
    let kpm = snapshot(connection, batch.regency, entry.kpm)?.ok_or(DbError::UnknownFamily)?;
    put_snapshot(connection, batch.regency, &kpm.after(&entry.assessment))?;
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

/// Follows the phone's chain and writes down where it does not join. A broken
/// chain is a finding for an auditor: no entry is lost for it.
fn record_chain(connection: &Connection, batch: &SubmittedBatch) -> Result<(), DbError> {
    let Some(first) = batch.submissions.first() else {
        return Ok(());
    };
    let joins = match (batch.previous, first.device_seq) {
        (None, _) | (_, None) => Joint::Unanchored,
        (Some(previous), Some(1)) if previous == [0; 32] => Joint::Linked,
        (Some(previous), Some(seq)) => joins_before(connection, batch, seq, previous)?,
    };
    let mut chain = batch.previous.unwrap_or([0; 32]);
    let mut verdict = joins;
    let mut expected = first.device_seq;
    for submission in &batch.submissions {
        chain = chained(&chain, &submission.bytes);
        if let Some(seq) = submission.device_seq {
            if expected.is_some_and(|expected| expected != seq) {
                verdict = Joint::Gap;
            }
            link(connection, batch, seq, submission.hash, chain, verdict)?;
            expected = seq.checked_add(1);
            if verdict == Joint::Gap {
                verdict = joins;
            }
        } else {
            // Bytes that could not be read had a place all the same.
            expected = expected.and_then(|expected| expected.checked_add(1));
        }
    }
    Ok(())
}

/// SHA-256 over the chain so far and an entry's bytes.
fn chained(chain: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    Sha256::new()
        .chain_update(chain)
        .chain_update(bytes)
        .finalize()
        .into()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Linked,
    Gap,
    Fork,
    Unanchored,
}

/// Whether the chain that ends before `seq` is the one that this server has seen.
fn joins_before(
    connection: &Connection,
    batch: &SubmittedBatch,
    seq: u64,
    previous: [u8; 32],
) -> Result<Joint, DbError> {
    let Some(before) = seq.checked_sub(1) else {
        return Ok(Joint::Gap);
    };
    let before = integer(before)?;
    let mut query = connection
        .prepare_cached(
            "SELECT chain FROM link WHERE regency = ?1 AND vault = ?2 AND device_seq = ?3",
        )
        .map_err(engine)?;
    let chains = query
        .query_map(
            (batch.regency.as_str(), batch.vault.as_bytes(), before),
            |row| row.get::<_, Vec<u8>>(0),
        )
        .map_err(engine)?;
    let mut known = false;
    for chain in chains {
        known = true;
        if chain.map_err(engine)? == previous {
            return Ok(Joint::Linked);
        }
    }
    Ok(if known { Joint::Fork } else { Joint::Gap })
}

fn link(
    connection: &Connection,
    batch: &SubmittedBatch,
    seq: u64,
    hash: [u8; 32],
    chain: [u8; 32],
    verdict: Joint,
) -> Result<(), DbError> {
    let seq = integer(seq)?;
    let other: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM link WHERE regency = ?1 AND vault = ?2
                            AND device_seq = ?3 AND hash <> ?4)",
        )
        .and_then(|mut query| {
            query.query_row(
                (batch.regency.as_str(), batch.vault.as_bytes(), seq, hash),
                |row| row.get(0),
            )
        })
        .map_err(engine)?;
    let verdict = match (other, verdict) {
        (true, _) | (_, Joint::Fork) => "fork",
        (_, Joint::Linked) => "linked",
        (_, Joint::Gap) => "gap",
        (_, Joint::Unanchored) => "unanchored",
    };
    connection
        .prepare_cached(
            "INSERT INTO link (regency, vault, device_seq, hash, chain, verdict, received)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (regency, vault, device_seq, hash) DO NOTHING",
        )
        .and_then(|mut insert| {
            insert.execute((
                batch.regency.as_str(),
                batch.vault.as_bytes(),
                seq,
                hash,
                chain,
                verdict,
                batch.received.0,
            ))
        })
        .map(|_| ())
        .map_err(engine)
}
