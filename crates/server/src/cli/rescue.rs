//! `naik-kelas rescue` and `naik-kelas rescue-key`.

use super::{Failure, OPERATOR};
use crate::{
    clock::Clock,
    db::Db,
    http::json,
    packs::Shelf,
    rescue::{self, LARGEST, RescueError, ring},
    state::{ServerState, Setup},
};
use clap::Args;
use std::{
    fs::File,
    io::{Read, Write},
    path::PathBuf,
};

/// Which file, into which database.
#[derive(Args, Debug)]
pub struct RescueArgs {
    /// A rescue file, as the phone made it.
    file: PathBuf,
    /// Folder of the database.
    #[arg(long)]
    data: PathBuf,
}

/// For which database.
#[derive(Args, Debug)]
pub struct RescueKeyArgs {
    /// Folder of the database.
    #[arg(long)]
    data: PathBuf,
}

/// Takes a file's entries as if their author's phone had sent them.
///
/// # Errors
/// What keeps the file from being taken.
pub fn rescue(args: &RescueArgs) -> Result<(), Failure> {
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(&args.file)?
        .take(limit + 1)
        .read_to_end(&mut bytes)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let rescued = runtime.block_on(async {
        let clock = Clock::System;
        let db = Db::open_existing(&args.data, clock.now()).await?;
        let setup = Setup {
            shelf: Shelf::of_bytes(&db, &[], clock.now()).await?,
            db: db.clone(),
            clock,
            app: None,
            behind_proxy: false,
            practice: Vec::new(),
        };
        let state = ServerState::without_phones(setup).await?;
        let rescued = rescue::take(&state, OPERATOR, bytes, json::rescue::file).await?;
        db.close().await?;
        Ok::<_, Failure>(rescued)
    })?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} received, {} already there, {} drafts not taken",
        rescued.received, rescued.already, rescued.drafts
    )?;
    for (code, count) in rescued.refused {
        writeln!(out, "{count} refused: {code}")?;
    }
    Ok(())
}

/// Adds a key, which phones get once the server has been started again; the ones before it still open.
///
/// # Errors
/// The folder holds no database, or the key cannot be written.
pub fn new_key(args: &RescueKeyArgs) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    let file = runtime.block_on(async {
        let db = Db::open_existing(&args.data, Clock::System.now()).await?;
        let file = db.secret(ring::FILE);
        db.close().await?;
        Ok::<_, Failure>(file)
    })?;
    ring::add_key(&file)?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "a key was added to {}; keep a copy of it in another place, and start the server again",
        file.display()
    )?;
    Ok(())
}

impl From<RescueError> for Failure {
    fn from(error: RescueError) -> Self {
        Self::say(match error {
            RescueError::Unreadable => "the file is cut off, or is no rescue file",
            RescueError::Newer => "a newer app made this file; update naik-kelas",
            RescueError::TooLarge => "a rescue file has at most 8 MB",
            RescueError::OtherRealm => {
                "this file belongs to the other realm: practice and real data never mix"
            }
            RescueError::OtherServer => {
                "this file is sealed for another server, or rescue.keys is not the one from then; put its copy back"
            }
            RescueError::Db(error) => return error.into(),
        })
    }
}
