//! SQLite in one file: WAL, `synchronous=FULL`, one writer that commits in groups,
//! readers on threads of their own.

mod accounts;
mod backup;
mod chain;
mod convert;
mod entries;
mod families;
mod feed;
mod intake;
mod listed;
mod migrate;
mod readers;
#[cfg(test)]
mod tests;
mod writer;

use super::model::{DbError, ServerRow, Tally};
use crate::intake::keys;
pub(super) use backup::restore;
use convert::{blob, count, engine};
use naik_kelas_domain::{Millis, region::RegencyCode, wire::v1::Realm};
use readers::Readers;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use writer::Writer;

/// A database in one file.
#[derive(Clone)]
pub struct Sqlite {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
    /// The secret by which families are found again.
    ring: Arc<PathBuf>,
}

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sqlite")
    }
}

const FILE: &str = "naik-kelas.sqlite3";

impl Sqlite {
    /// Opens the file; makes it where a realm is given and it is absent.
    pub(super) async fn open(
        folder: &Path,
        realm: Option<Realm>,
        now: Millis,
    ) -> Result<Self, DbError> {
        let path = folder.join(FILE);
        if realm.is_some() {
            backup::private_folder(folder)?;
            if !path.exists() {
                // Families' data are for the account that serves them and for nobody else; what SQLite puts beside the
                // file takes its mode.
                let made = backup::private(&path);
                // Another process may have been faster.
                if !path.exists() {
                    made?;
                }
            }
        } else if !path.is_file() {
            return Err(DbError::Absent);
        }
        let ring = Arc::new(folder.join(keys::FILE));
        let opened = tokio::task::spawn_blocking(move || {
            let connection = connect(&path)?;
            migrate::migrate(&connection)?;
            check_realm(&connection, realm, now)?;
            Ok(Self {
                writer: Arc::new(Writer::start(connection)?),
                readers: Arc::new(Readers::new(path)),
                ring,
            })
        });
        opened.await.map_err(|_| DbError::Closed)?
    }

    pub(super) async fn server(&self) -> Result<ServerRow, DbError> {
        self.readers
            .read(|connection| server(connection)?.ok_or(DbError::Damaged))
            .await
    }

    pub(super) async fn tally(&self, regency: RegencyCode) -> Result<Tally, DbError> {
        self.readers
            .read(move |connection| {
                let number = |sql: &str| {
                    connection
                        .query_row(sql, [regency.as_str()], |row| row.get(0))
                        .map_err(engine)
                        .and_then(count)
                };
                Ok(Tally {
                    families: number("SELECT count(*) FROM family WHERE regency = ?1")?,
                    entries: number("SELECT count(*) FROM entry WHERE regency = ?1")?,
                    refused: number("SELECT count(*) FROM refused WHERE regency = ?1")?,
                    broken_links: number(
                        "SELECT count(*) FROM link WHERE regency = ?1 AND verdict <> 'linked'",
                    )?,
                    audit: number("SELECT count(*) FROM audit WHERE regency = ?1")?,
                    last: number("SELECT coalesce(max(last), 0) FROM scope WHERE regency = ?1")?,
                })
            })
            .await
    }

    pub(super) fn secret(&self, name: &str) -> PathBuf {
        self.ring.with_file_name(name)
    }

    pub(super) async fn close(&self) -> Result<(), DbError> {
        let writer = Arc::clone(&self.writer);
        tokio::task::spawn_blocking(move || writer.close())
            .await
            .map_err(|_| DbError::Closed)?
    }
}

/// A connection with the settings that durability rests on.
fn connect(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(engine)?;
    connection
        .busy_timeout(Duration::from_secs(5))
        .map_err(engine)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA trusted_schema = OFF;
             PRAGMA cache_size = -16000;",
        )
        .map_err(engine)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn server(connection: &Connection) -> Result<Option<ServerRow>, DbError> {
    let row = connection
        .query_row("SELECT epoch, realm FROM server", [], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?))
        })
        .optional()
        .map_err(engine)?;
    row.map(|(epoch, realm)| {
        Ok(ServerRow {
            epoch: blob(&epoch)?,
            realm: match realm.as_str() {
                "practice" => Realm::Practice,
                "live" => Realm::Live,
                _ => return Err(DbError::Damaged),
            },
        })
    })
    .transpose()
}

fn check_realm(connection: &Connection, realm: Option<Realm>, now: Millis) -> Result<(), DbError> {
    match (server(connection)?, realm) {
        (Some(_), None) => Ok(()),
        (Some(found), Some(wanted)) if found.realm == wanted => Ok(()),
        (Some(_), Some(_)) => Err(DbError::OtherRealm),
        (None, None) => Err(DbError::Absent),
        (None, Some(realm)) => {
            let name = match realm {
                Realm::Practice => "practice",
                Realm::Live => "live",
            };
            let epoch: [u8; 16] = crate::random::bytes().map_err(|_| DbError::Closed)?;
            connection
                .execute(
                    "INSERT INTO server (id, epoch, realm, created) VALUES (1, ?1, ?2, ?3)",
                    (epoch, name, now.0),
                )
                .map(|_| ())
                .map_err(engine)
        }
    }
}
