//! Copies of the whole database, made while it serves, and put back.

use super::{
    super::model::{DbError, ServerRow},
    FILE, Sqlite, connect,
    convert::engine,
    migrate,
};
use naik_kelas_domain::Millis;
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

impl Sqlite {
    /// Writes a copy as of this moment into a new file. Who serves meanwhile is not stopped.
    pub(in super::super) async fn backup(&self, file: PathBuf) -> Result<(), DbError> {
        self.readers
            .alone(move |connection| {
                if file.exists() {
                    return Err(DbError::Occupied);
                }
                // Whole or not at all: the name is given when all is on the disk.
                let partial = beside(&file, "partial");
                remove(&partial)?;
                let name = partial.to_str().ok_or(DbError::Folder)?;
                private(&partial)?;
                let written = connection
                    .execute("VACUUM INTO ?1", [name])
                    .map_err(engine)
                    .and_then(|_| check(&partial))
                    .and_then(|()| settle(&partial, &file));
                if written.is_err() {
                    remove(&partial)?;
                }
                written
            })
            .await
    }
}

/// Puts a copy into a folder as its database, under a new epoch. What lay there is kept under another name.
pub(in super::super) async fn restore(
    file: PathBuf,
    folder: PathBuf,
    replace: bool,
    now: Millis,
) -> Result<ServerRow, DbError> {
    tokio::task::spawn_blocking(move || put_back(&file, &folder, replace, now))
        .await
        .map_err(|_| DbError::Closed)?
}

fn put_back(file: &Path, folder: &Path, replace: bool, now: Millis) -> Result<ServerRow, DbError> {
    if !file.is_file() {
        return Err(DbError::Absent);
    }
    check(file)?;
    private_folder(folder)?;
    let target = folder.join(FILE);
    if target.exists() && !replace {
        return Err(DbError::Occupied);
    }
    let fresh = beside(&target, "restoring");
    remove(&fresh)?;
    private(&fresh)?;
    fs::copy(file, &fresh).map_err(|_| DbError::Folder)?;
    let row = begin_epoch(&fresh)?;
    if target.exists() {
        free(&target)?;
        let kept = beside(&target, &format!("before-{}", now.0));
        for part in ["", "-wal", "-shm"] {
            let (from, to) = (with(&target, part), with(&kept, part));
            if from.exists() {
                fs::rename(from, to).map_err(|_| DbError::Folder)?;
            }
        }
    }
    settle(&fresh, &target)?;
    Ok(row)
}

/// Whether a file is a whole database of ours, of this program or an older one.
fn check(file: &Path) -> Result<(), DbError> {
    let open = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let connection = open.map_err(engine)?;
    let sound: Result<String, _> =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0));
    if sound.is_ok_and(|sound| sound == "ok") {
        migrate::known(&connection)?;
        super::server(&connection)?
            .ok_or(DbError::Damaged)
            .map(|_| ())
    } else {
        Err(DbError::Damaged)
    }
}

/// Cursors of before end: phones ask anew, and offer again what they kept.
fn begin_epoch(file: &Path) -> Result<ServerRow, DbError> {
    let connection = connect(file)?;
    migrate::migrate(&connection)?;
    let epoch: [u8; 16] = crate::random::bytes().map_err(|_| DbError::Closed)?;
    connection
        .execute("UPDATE server SET epoch = ?1", [epoch])
        .map_err(engine)?;
    let row = super::server(&connection)?.ok_or(DbError::Damaged)?;
    single(&connection)?;
    Ok(row)
}

/// Makes sure that nobody has the old database open; a broken one nobody can have open.
fn free(file: &Path) -> Result<(), DbError> {
    match connect(file).and_then(|connection| single(&connection)) {
        Err(DbError::Busy) => Err(DbError::InUse),
        _ => Ok(()),
    }
}

/// Leaves the log: that works only for who has the file alone.
fn single(connection: &Connection) -> Result<(), DbError> {
    connection
        .query_row("PRAGMA journal_mode = DELETE", [], |row| {
            row.get::<_, String>(0)
        })
        .map_err(engine)
        .and_then(|mode| {
            if mode == "delete" {
                Ok(())
            } else {
                Err(DbError::Busy)
            }
        })
}

/// The same file name with an ending.
fn beside(file: &Path, ending: &str) -> PathBuf {
    with(file, &format!(".{ending}"))
}

fn with(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn remove(file: &Path) -> Result<(), DbError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(DbError::Folder),
        _ => Ok(()),
    }
}

/// A folder that only its owner may look into, where there is none yet. One that is there keeps its mode.
pub(super) fn private_folder(folder: &Path) -> Result<(), DbError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|_| DbError::Folder)
}

/// An empty file that only its owner may read: it is to hold everything.
pub(super) fn private(file: &Path) -> Result<(), DbError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(|_| ()).map_err(|_| DbError::Folder)
}

/// Waits for the disk, gives the name, waits for the folder.
fn settle(from: &Path, to: &Path) -> Result<(), DbError> {
    let done = || -> std::io::Result<()> {
        File::open(from)?.sync_all()?;
        fs::rename(from, to)?;
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    };
    done().map_err(|_| DbError::Folder)
}

#[cfg(test)]
mod tests;
