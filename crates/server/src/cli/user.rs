//! `naik-kelas user`: people who sign in.

use super::Failure;
use crate::{
    clock::Clock,
    db::{Db, NewAccount},
    passwords::{self, Cost},
    random,
};
use clap::{Args, Subcommand};
use naik_kelas_domain::{access::Role, id::UserId, region::RegencyCode};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// What to do with an account.
#[derive(Args, Debug)]
pub struct UserArgs {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Subcommand, Debug)]
enum UserCommand {
    /// Adds a person and prints a password, once.
    Add {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// The name to sign in with: small letters, digits, dots and hyphens.
        #[arg(long)]
        name: String,
        /// The name to show; the same as --name where it is left out.
        #[arg(long)]
        full_name: Option<String>,
        /// facilitator, coordinator or ministry.
        #[arg(long, value_parser = role)]
        role: Role,
        /// Four digits of the regency or city, such as 3209; for the ministry, that of its office.
        #[arg(long, value_parser = super::regency)]
        area: RegencyCode,
    },
    /// Closes an account; phones keep their data and stop syncing.
    Disable {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// The name to sign in with.
        #[arg(long)]
        name: String,
    },
    /// Gives an account another password, printed once, and opens it.
    Reset {
        /// Folder of the database.
        #[arg(long)]
        data: PathBuf,
        /// The name to sign in with.
        #[arg(long)]
        name: String,
    },
}

/// Runs the command.
///
/// # Errors
/// What keeps it from being done.
pub fn run(args: UserArgs) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        match args.command {
            UserCommand::Add {
                data,
                name,
                full_name,
                role,
                area,
            } => {
                let full_name = full_name.unwrap_or_else(|| name.clone());
                add(&data, &name, full_name, role, area).await
            }
            UserCommand::Disable { data, name } => {
                let db = Db::open_existing(&data, Clock::System.now()).await?;
                db.disable_account(&name.to_lowercase(), Clock::System.now())
                    .await?;
                Ok(db.close().await?)
            }
            UserCommand::Reset { data, name } => reset(&data, &name.to_lowercase()).await,
        }
    })
}

async fn add(
    data: &Path,
    name: &str,
    full_name: String,
    role: Role,
    regency: RegencyCode,
) -> Result<(), Failure> {
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-')
    };
    if name.is_empty() || name.len() > 60 || !name.bytes().all(plain) {
        return Err(Failure::say(
            "--name has small letters, digits, dots and hyphens, at most 60",
        ));
    }
    let now = Clock::System.now();
    let db = Db::open_existing(data, now).await?;
    let cost = Cost::from(db.server().await?.realm);
    let (password, hash) = fresh(cost)?;
    let random = random::bytes().map_err(|_| Failure::say("the system gives no random bytes"))?;
    db.add_account(NewAccount {
        regency,
        user: UserId::new(now, random),
        name: name.to_owned(),
        full_name,
        role,
        password: hash,
        created: now,
    })
    .await?;
    db.close().await?;
    print(&password)
}

async fn reset(data: &Path, name: &str) -> Result<(), Failure> {
    let db = Db::open_existing(data, Clock::System.now()).await?;
    let (password, hash) = fresh(Cost::from(db.server().await?.realm))?;
    db.reset_password(name, hash).await?;
    db.close().await?;
    print(&password)
}

fn fresh(cost: Cost) -> Result<(String, String), Failure> {
    let none = || Failure::say("the system gives no random bytes");
    let password = passwords::fresh().map_err(|_| none())?;
    let hash = passwords::hash(&password, cost).map_err(|_| none())?;
    Ok((password, hash))
}

fn print(password: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "password: {password}")?;
    Ok(())
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_name(text).ok_or_else(|| "facilitator, coordinator or ministry".to_owned())
}
