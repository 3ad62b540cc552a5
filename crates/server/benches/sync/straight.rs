//! The rows that the endpoint wrote, written again without it: the same tables and indexes, the same durability.

use super::Outcome;
use naik_kelas_domain::Millis;
use naik_kelas_domain::wire::v1::Realm;
use naik_kelas_server::db::Db;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::path::Path;
use std::time::Instant;

const FILE: &str = "naik-kelas.sqlite3";

/// For each entry its own row, its link in the chain, the family as it is after it, and what its holder is told.
const TABLES: [(&str, &str, &str); 4] = [
    (
        "entry",
        "SELECT * FROM entry WHERE position > ?1 ORDER BY position",
        "INSERT INTO entry",
    ),
    (
        "link",
        "SELECT link.* FROM link JOIN entry USING (regency, vault, device_seq) WHERE position > ?1 ORDER BY position",
        "INSERT INTO link",
    ),
    (
        "family",
        "SELECT family.* FROM entry JOIN family USING (regency, kpm) WHERE position > ?1 ORDER BY position",
        "INSERT OR REPLACE INTO family",
    ),
    (
        "feed",
        "SELECT feed.regency, user, feed.kpm, entry.position, granted, made_by FROM entry JOIN feed USING (regency, kpm)
         WHERE entry.position > ?1 ORDER BY entry.position",
        "INSERT OR REPLACE INTO feed",
    ),
];

/// Rows of each table, one an entry, in the order of the entries.
pub type Rows = Vec<Vec<Vec<Value>>>;

/// Reads what was written after a position.
pub fn read(folder: &Path, after: u64) -> Outcome<Rows> {
    let connection = Connection::open(folder.join(FILE))?;
    let mut all = Vec::new();
    for (_, query, _) in TABLES {
        let mut query = connection.prepare(query)?;
        let columns = query.column_count();
        let rows = query.query_map([i64::try_from(after)?], |row| {
            (0..columns).map(|column| row.get(column)).collect()
        })?;
        all.push(rows.collect::<Result<Vec<Vec<Value>>, _>>()?);
    }
    Ok(all)
}

/// Makes an empty database as the endpoint makes it.
pub async fn prepare(folder: &Path, now: Millis) -> Outcome<()> {
    std::fs::create_dir_all(folder)?;
    let said = |error| format!("{error:?}");
    let db = Db::open(folder, Realm::Practice, now).await.map_err(said)?;
    db.close().await.map_err(said)?;
    Ok(())
}

/// Writes the rows, a transaction for so many entries; gives the seconds.
pub fn write(folder: &Path, rows: &Rows, group: usize) -> Outcome<f64> {
    let connection = Connection::open(folder.join(FILE))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;",
    )?;
    let entries = rows.first().map_or(0, Vec::len);
    if entries == 0 || rows.iter().any(|table| table.len() != entries) {
        let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
        return Err(format!("not one row an entry in each table: {lengths:?}").into());
    }
    let begun = Instant::now();
    for first in (0..entries).step_by(group) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for entry in first..entries.min(first + group) {
            for ((_, _, insert), table) in TABLES.iter().zip(rows) {
                let row = &table[entry];
                let places = vec!["?"; row.len()].join(", ");
                let statement = format!("{insert} VALUES ({places})");
                let mut insert = connection.prepare_cached(&statement)?;
                insert.execute(params_from_iter(row))?;
            }
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(begun.elapsed().as_secs_f64())
}
