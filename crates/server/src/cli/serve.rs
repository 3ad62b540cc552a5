//! `naik-kelas serve` and `naik-kelas practice`.

use super::Failure;
use super::trust::{TrustArgs, file_bytes};
use crate::{
    clock::Clock,
    db::Db,
    http,
    packs::{self, Shelf},
    practice::{self, District},
    state::{ServerState, Setup},
};
use clap::Args;
use naik_kelas_domain::wire::v1::{PracticeAccount, Realm};
use std::{
    io::{self, IsTerminal, Write},
    net::SocketAddr,
    path::PathBuf,
};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// Where to listen and what to serve.
#[derive(Args, Debug)]
pub struct ServeArgs {
    /// Address and port, such as 127.0.0.1:8080.
    #[arg(long)]
    listen: SocketAddr,
    /// Folder of the database; made where it is absent.
    #[arg(long)]
    data: PathBuf,
    /// Folder of the built app, served beside the endpoint.
    #[arg(long)]
    app: Option<PathBuf>,
    /// A reverse proxy stands before this server: take the client's address from the last entry of its
    /// X-Forwarded-For. Without it all clients of a proxy would share one count of wrong passwords.
    #[arg(long)]
    behind_proxy: bool,
    /// Packs that phones get: compiled files, or folders of sources. Those in --app are taken too.
    #[arg(long, num_args = 1..)]
    pack: Vec<PathBuf>,
    #[command(flatten)]
    trust: TrustArgs,
}

/// The same for practising.
#[derive(Args, Debug)]
pub struct PracticeArgs {
    #[command(flatten)]
    serve: ServeArgs,
    /// Another seed gives another district.
    #[arg(long, default_value_t = District::default().seed)]
    seed: u64,
    /// So many families for each of the two facilitators: a caseload of any size to try things with.
    #[arg(long, default_value_t = District::default().families_each, value_parser = families_each)]
    families_each: usize,
}

/// More than a hundred thousand would run into the neighbour's numbers.
fn families_each(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 1..=100_000) => Ok(count),
        _ => Err("a number from 1 to 100000".to_owned()),
    }
}

/// Serves the real programme.
///
/// # Errors
/// What keeps the server from starting.
pub fn serve(args: ServeArgs) -> Result<(), Failure> {
    run(args, None)
}

/// Serves the practice district.
///
/// # Errors
/// What keeps the server from starting.
pub fn practice(args: PracticeArgs) -> Result<(), Failure> {
    let district = District {
        seed: args.seed,
        families_each: args.families_each,
    };
    run(args.serve, Some(district))
}

fn run(args: ServeArgs, district: Option<District>) -> Result<(), Failure> {
    start_logs();
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        if let Some(app) = args
            .app
            .as_ref()
            .filter(|app| !app.join("index.html").is_file())
        {
            return Err(Failure::say(format!(
                "{} holds no built app (index.html)",
                app.display()
            )));
        }
        // The port first: whoever starts a second server learns it before anything is written.
        let listener = TcpListener::bind(args.listen)
            .await
            .map_err(|error| Failure::say(format!("cannot listen on {}: {error}", args.listen)))?;
        let clock = Clock::System;
        let realm = if district.is_some() {
            Realm::Practice
        } else {
            Realm::Live
        };
        let db = Db::open(&args.data, realm, clock.now()).await?;
        let shelf = shelf(&db, &args, &clock).await?;
        let practice = match district {
            Some(district) => practice::district(&db, &shelf, district, clock.now()).await?,
            None => Vec::new(),
        };
        let setup = Setup {
            db,
            shelf,
            clock,
            app: args.app,
            behind_proxy: args.behind_proxy,
            practice: practice.clone(),
        };
        let state = ServerState::new(setup).await?;
        // Before anybody is told the address: who knows it may also say stop.
        let stop = stopped()?;
        announce(&practice, listener.local_addr()?)?;
        http::serve(listener, state, stop).await?;
        Ok(())
    })
}

/// The packs of the command line and of the app, each once.
async fn shelf(db: &Db, args: &ServeArgs, clock: &Clock) -> Result<Shelf, Failure> {
    let trust = args.trust.read().map_err(Failure::say)?;
    // The app's own packs came with the app and are as trusted as its code.
    let own = args.app.as_deref().map(packs::in_app).unwrap_or_default();
    let given = args.pack.iter();
    let compiled = given
        .map(|file| file_bytes(file, trust.as_ref()))
        .chain(own.iter().map(|file| file_bytes(file, None)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(Failure::say)?;
    Ok(Shelf::of_bytes(db, &compiled, clock.now()).await?)
}

fn announce(practice: &[PracticeAccount], address: SocketAddr) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    for account in practice {
        let (role, user, password) = (account.role.as_str(), &account.user, &account.password);
        writeln!(out, "practice account: {role} {user} {password}")?;
    }
    writeln!(out, "listening on http://{address}")?;
    Ok(out.flush()?)
}

/// Logs in lines for a person, in JSON for a machine. `RUST_LOG` chooses what.
fn start_logs() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,naik_kelas_server=info"));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logs.compact().init();
    } else {
        logs.json().init();
    }
}

/// Listens for SIGINT and SIGTERM from now on; what it gives ends when one of them comes.
#[cfg(unix)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("stopping: requests under way are finished");
    })
}

/// Listens for Ctrl-C.
#[cfg(not(unix))]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
