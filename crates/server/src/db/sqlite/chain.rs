//! The chain that a vault's entries form, as an auditor checks it.

use super::{
    super::model::{DbError, SubmittedBatch},
    convert::{engine, integer},
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

/// Follows the phone's chain and writes down where it does not join. A broken
/// chain is a finding for an auditor: no entry is lost for it.
pub(super) fn record(connection: &Connection, batch: &SubmittedBatch) -> Result<(), DbError> {
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
