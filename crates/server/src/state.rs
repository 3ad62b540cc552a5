//! What every request shares.

use crate::{
    areas,
    clock::Clock,
    db::{Db, DbError},
    limits::SignInLimits,
    metrics::Metrics,
    packs::{PackTrouble, Shelf},
    passwords::{self, Cost},
    practice::PracticeError,
    rescue::ring::{self, Ring},
};
use naik_kelas_domain::{
    region::RegencyCode,
    wire::v1::{Area, PracticeAccount, Realm},
};
use std::{ops::Deref, path::PathBuf, sync::Arc};
use tokio::sync::Semaphore;

/// Hashing a password takes 19 MiB: a crowd at the door waits, and memory does not grow.
const HASHING_AT_ONCE: usize = 4;
/// More syncs than this at once are told to come back.
const SYNCING_AT_ONCE: usize = 512;

/// A server's state; clones share it.
#[derive(Clone)]
pub struct ServerState(Arc<Shared>);

/// What is shared.
pub struct Shared {
    /// The database.
    pub db: Db,
    /// Packs.
    pub shelf: Shelf,
    /// Practice or live.
    pub realm: Realm,
    /// Changes when a backup is restored.
    pub epoch: [u8; 16],
    /// The clock.
    pub clock: Clock,
    /// The folder of the built app, where this server serves it.
    pub app: Option<PathBuf>,
    /// Whether a reverse proxy of ours stands before this server and names the client's address.
    pub behind_proxy: bool,
    /// Accounts to practise with; none on a live server.
    pub practice: Vec<PracticeAccount>,
    /// Failed sign-ins.
    pub limits: SignInLimits,
    /// Counters.
    pub metrics: Metrics,
    /// Permits to hash a password.
    pub hashing: Semaphore,
    /// Permits to sync.
    pub syncing: Semaphore,
    /// The keys that open rescue files.
    pub rescue: Ring,
    /// A hash of nobody's password: unknown names cost as much as known ones.
    pub nobody: String,
}

/// What a server is started with.
pub struct Setup {
    /// The database, opened for its realm.
    pub db: Db,
    /// The packs.
    pub shelf: Shelf,
    /// The clock.
    pub clock: Clock,
    /// The folder of the built app.
    pub app: Option<PathBuf>,
    /// Whether a reverse proxy of ours stands before this server and names the client's address.
    pub behind_proxy: bool,
    /// Accounts to practise with; ignored by a live server.
    pub practice: Vec<PracticeAccount>,
}

/// Why a server does not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartError {
    /// The database.
    Db(DbError),
    /// The packs.
    Pack(PackTrouble),
    /// No pack was given: every visit would be refused.
    NoPack,
    /// The practice district.
    Practice(PracticeError),
    /// Passwords cannot be hashed, or the system has no random bytes.
    NoRandom,
    /// The keys for rescue files cannot be read or made.
    RescueKeys,
}

impl From<DbError> for StartError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<PackTrouble> for StartError {
    fn from(trouble: PackTrouble) -> Self {
        Self::Pack(trouble)
    }
}

impl ServerState {
    /// A server's state.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn new(setup: Setup) -> Result<Self, StartError> {
        if setup.shelf.is_empty() {
            return Err(StartError::NoPack);
        }
        Self::without_phones(setup).await
    }

    /// The same where no phone is served, so that packs of old are enough.
    ///
    /// # Errors
    /// [`StartError`].
    pub(crate) async fn without_phones(setup: Setup) -> Result<Self, StartError> {
        let server = setup.db.server().await?;
        let nobody =
            passwords::hash("", Cost::from(server.realm)).map_err(|_| StartError::NoRandom)?;
        let keys = setup.db.secret(ring::FILE);
        let rescue = tokio::task::spawn_blocking(move || Ring::open(&keys)).await;
        let rescue = rescue.ok().and_then(Result::ok);
        let practice = match server.realm {
            Realm::Practice => setup.practice,
            Realm::Live => Vec::new(),
        };
        Ok(Self(Arc::new(Shared {
            db: setup.db,
            shelf: setup.shelf,
            realm: server.realm,
            epoch: server.epoch,
            clock: setup.clock,
            app: setup.app,
            behind_proxy: setup.behind_proxy,
            practice,
            limits: SignInLimits::default(),
            metrics: Metrics::default(),
            hashing: Semaphore::new(HASHING_AT_ONCE),
            syncing: Semaphore::new(SYNCING_AT_ONCE),
            rescue: rescue.ok_or(StartError::RescueKeys)?,
            nobody,
        })))
    }

    /// The areas that the sign-in screen may name: the practice regency, or none.
    #[must_use]
    pub fn areas(&self) -> Vec<Area> {
        let named = |code: RegencyCode| {
            areas::regency_name(code).map(|name| Area {
                code,
                name: name.to_owned(),
            })
        };
        match self.realm {
            Realm::Practice => areas::practice_regency()
                .and_then(named)
                .into_iter()
                .collect(),
            Realm::Live => Vec::new(),
        }
    }
}

impl Deref for ServerState {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
