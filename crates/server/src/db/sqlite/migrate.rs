//! Brings a file to the schema of this program, one numbered step after another.

use super::{super::model::DbError, convert::engine};
use rusqlite::Connection;

/// In order; the file's `user_version` says how many it has had. Never edited after release.
pub(super) const STEPS: [&str; 4] = [
    include_str!("../../../../../migrations/sqlite/0001_first.sql"),
    include_str!("../../../../../migrations/sqlite/0002_imports.sql"),
    include_str!("../../../../../migrations/sqlite/0003_ministry.sql"),
    include_str!("../../../../../migrations/sqlite/0004_escrow.sql"),
];

/// How many steps a file has had; more than this program knows is [`DbError::TooNew`].
pub(super) fn known(connection: &Connection) -> Result<usize, DbError> {
    let had: i64 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(engine)?;
    let had = usize::try_from(had).map_err(|_| DbError::Damaged)?;
    if had > STEPS.len() {
        return Err(DbError::TooNew);
    }
    Ok(had)
}

pub(super) fn migrate(connection: &Connection) -> Result<(), DbError> {
    let had = known(connection)?;
    for (at, step) in STEPS.iter().enumerate().skip(had) {
        // The number is written in the same transaction: a step is whole or not at all.
        let number = at + 1;
        connection
            .execute_batch(&format!(
                "BEGIN IMMEDIATE; {step}; PRAGMA user_version = {number}; COMMIT;"
            ))
            .map_err(engine)?;
    }
    Ok(())
}
