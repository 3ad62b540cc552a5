//! `naik-kelas backup` and `naik-kelas restore`.

use super::Failure;
use crate::{clock::Clock, db::Db};
use clap::Args;
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// What to copy, and where to.
#[derive(Args, Debug)]
pub struct BackupArgs {
    /// The file to write; it must not be there yet.
    file: PathBuf,
    /// Folder of the database.
    #[arg(long)]
    data: PathBuf,
}

/// What to put back, and where.
#[derive(Args, Debug)]
pub struct RestoreArgs {
    /// A file that `naik-kelas backup` wrote.
    file: PathBuf,
    /// Folder of the database.
    #[arg(long)]
    data: PathBuf,
    /// Put it in the place of the database that is there, which is kept under another name.
    #[arg(long)]
    replace: bool,
}

/// Copies the database.
///
/// # Errors
/// What keeps it from being done.
pub fn backup(args: &BackupArgs) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let db = Db::open_existing(&args.data, Clock::System.now()).await?;
        db.backup(args.file.clone()).await?;
        Ok::<_, Failure>(db.close().await?)
    })?;
    let bytes = std::fs::metadata(&args.file)?.len();
    writeln!(std::io::stdout(), "{}: {bytes} bytes", args.file.display())?;
    key_apart(&args.data)
}

/// Secrets lie beside the database and not in its copy, so that one theft does not yield both.
fn key_apart(data: &Path) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    for name in [crate::intake::keys::FILE, crate::rescue::ring::FILE] {
        let key = data.join(name);
        if key.exists() {
            writeln!(
                out,
                "keep {} too, in another place: it is not in the copy",
                key.display()
            )?;
        }
    }
    Ok(())
}

/// Puts a copy back.
///
/// # Errors
/// What keeps it from being done: then the folder is as it was.
pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    let now = Clock::System.now();
    runtime.block_on(async {
        Db::restore(&args.file, &args.data, args.replace, now).await?;
        Db::open_existing(&args.data, now).await?.close().await
    })?;
    writeln!(
        std::io::stdout(),
        "restored into {}; phones will offer again what they kept since the copy",
        args.data.display()
    )?;
    Ok(())
}
