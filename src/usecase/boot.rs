//! Opening the app: from what lies on the phone, whatever the network does. Nothing of a person is read before the PIN.

use super::unlock;
use crate::{
    caseload::Caseload,
    live::Live,
    packs::Packs,
    platform::Platform,
    records::Records,
    services::{Person, Services},
    store::{Batch, Store, StoreError, Table, WriteError},
    sync::{Sync, SyncState, driver::Parts},
    vault::{LOCKS, Label, Lock, Tries, Vault, VaultError},
};
use naik_kelas_domain::id::{DeviceId, VaultId};
use naik_kelas_rules::text::Lang;
use std::rc::Rc;

/// Where the app stands after opening.
#[derive(Clone)]
#[allow(clippy::large_enum_variant, reason = "there is one, made once")]
pub enum Boot {
    /// Nobody has a vault on this phone: it needs signal once.
    FirstStart(Door),
    /// Somebody has; it opens by the PIN.
    Locked(Door),
}

/// What signing in and unlocking need.
#[derive(Clone)]
pub struct Door {
    /// The machine.
    pub platform: Platform,
    /// Whose vaults lie on this phone; first the one that was opened last.
    pub people: Rc<Vec<Held>>,
    pub(crate) store: Store,
    pub(crate) device: DeviceId,
}

/// A vault on this phone.
#[derive(Clone)]
pub struct Held {
    /// Which.
    pub vault: VaultId,
    /// Whose.
    pub label: Label,
    /// How often it was tried in vain.
    pub tries: Tries,
}

/// Why the app cannot be opened. Nothing is ever deleted because of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BootError {
    /// Another tab holds an older version open: close it.
    Blocked,
    /// A newer app has written the database: reload to get it.
    NewerVersion,
    /// The browser cannot open its files: restart the browser.
    Internal,
    /// The phone is full.
    Full,
    /// There was a database on this phone and it is gone: the browser has cleared it. See [`accept_loss`].
    LostDatabase,
    /// A record cannot be opened.
    Damaged,
    /// The browser's cryptography is not there (no secure origin).
    NoCryptography,
}

pub(crate) const DEVICE: &str = "device";
pub(crate) const CURRENT: &str = "current";
/// Outside the database, to notice that it has vanished.
pub(crate) const SENTINEL: &str = "nk-database";
/// The language of the screens.
pub const LANGUAGE: &str = "nk-lang";

/// Opens the app.
///
/// # Errors
/// [`BootError`].
pub async fn boot(platform: Platform) -> Result<Boot, BootError> {
    let store = Store::open(&platform).await?;
    let known = store.get(Table::Meta, DEVICE).await?;
    if known.is_none() && platform.remembered(SENTINEL).is_some() {
        return Err(BootError::LostDatabase);
    }
    platform.look_up_persistence().await;
    let device = match known {
        Some(row) => DeviceId::from_bytes(sixteen(&row.bytes)?),
        None => new_device(&store, &platform).await?,
    };
    let people = Rc::new(people(&store, &platform).await?);
    let door = Door {
        platform,
        people,
        store,
        device,
    };
    Ok(if door.people.is_empty() {
        Boot::FirstStart(door)
    } else {
        Boot::Locked(door)
    })
}

/// The vaults of this phone. One whose name does not open here waits for its person to sign in.
async fn people(store: &Store, platform: &Platform) -> Result<Vec<Held>, BootError> {
    let current = store.get(Table::Meta, CURRENT).await?;
    let mut people: Vec<Held> = Vec::new();
    for row in store.scan(Table::Meta, LOCKS, u32::MAX).await? {
        let lock = Lock::read(&row.bytes)?;
        let Some(vault) = row.key.get(LOCKS.len()..).and_then(|id| id.parse().ok()) else {
            continue;
        };
        let device = Vault::of_device(store, platform, vault).await?;
        let Ok(label) = lock.label(&device).await else {
            continue;
        };
        // Signing in anew after this phone was set back makes a new vault; the one before stays for what waits in it.
        let before = people.iter().position(|held| held.label.user == label.user);
        if let Some(before) = before
            && let prefix = [&people[before].vault.to_string(), "/"].concat()
            && store.count(Table::Outbox, &prefix).await? == 0
        {
            people.remove(before);
        }
        let tries = unlock::tries(store, vault).await?.0;
        let held = Held {
            vault,
            label,
            tries,
        };
        let is_current = current
            .as_ref()
            .is_some_and(|row| row.bytes == vault.as_bytes());
        people.insert(if is_current { 0 } else { people.len() }, held);
    }
    Ok(people)
}

/// The person knows that the records are gone, and starts again.
pub fn accept_loss(platform: &Platform) {
    platform.remember(SENTINEL, None);
}

/// An identity for this installation.
pub(crate) async fn new_device(store: &Store, platform: &Platform) -> Result<DeviceId, BootError> {
    let device = DeviceId::new(platform.now(), platform.random());
    let mut batch = Batch::strict();
    batch.put(Table::Meta, DEVICE, 0, device.as_bytes().to_vec());
    store.write(&batch).await?;
    Ok(device)
}

/// The services of a person whose vault is open.
pub(crate) async fn open(door: &Door, vault: Vault, person: Person) -> Result<Services, BootError> {
    let Door {
        platform, store, ..
    } = door;
    let records = Records::new(store.clone(), vault.clone());
    let packs = Packs::load(store).await?;
    if packs.is_empty() {
        packs.add_bundled(platform, store, None).await;
    }
    let caseload = Caseload::new();
    caseload.load(&records).await?;
    let (waiting, refused) = records.counts().await?;
    let progress = records
        .progress()
        .await?
        .map(|progress| progress.record)
        .unwrap_or_default();
    let shown = SyncState {
        waiting,
        refused,
        last_receipt: progress.last_receipt,
        clock_offset: progress.clock_offset,
        ..SyncState::default()
    };
    let parts = Parts {
        platform: platform.clone(),
        records,
        person: person.clone(),
        packs: packs.clone(),
        caseload: caseload.clone(),
    };
    let lang = match platform.remembered(LANGUAGE).as_deref() {
        Some("en") => Lang::En,
        _ => Lang::Id,
    };
    Ok(Services {
        store: store.clone(),
        vault,
        platform: platform.clone(),
        person,
        packs,
        caseload,
        sync: Sync::new(parts, shown),
        lang: Live::new(lang),
    })
}

fn sixteen(bytes: &[u8]) -> Result<[u8; 16], BootError> {
    bytes.try_into().map_err(|_| BootError::Damaged)
}

impl From<StoreError> for BootError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Blocked => Self::Blocked,
            StoreError::NewerVersion | StoreError::TakenOver => Self::NewerVersion,
            StoreError::Gone => Self::LostDatabase,
            StoreError::Full => Self::Full,
            StoreError::Internal => Self::Internal,
            StoreError::Damaged => Self::Damaged,
        }
    }
}

impl From<WriteError> for BootError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Store(error) => error.into(),
            // Nothing here expects a version.
            WriteError::Changed(_) => Self::Internal,
        }
    }
}

impl From<VaultError> for BootError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Store(error) => error.into(),
            VaultError::Damaged => Self::Damaged,
            VaultError::Newer => Self::NewerVersion,
            VaultError::NoCryptography => Self::NoCryptography,
        }
    }
}
