//! Signing in: the first start needs signal; afterwards only sending does.

use super::{
    boot::{self, BootError, CURRENT, Door, SENTINEL},
    unlock::tries_key,
};
use crate::{
    platform::{Platform, Whole},
    records::{CommitError, Later, Records, Session, Writes},
    services::{Person, Services},
    store::{Store, Table},
    sync::{
        Event, Failure,
        http::{self, Call, Reply},
    },
    vault::{DataKey, Label, Lock, Pin, Vault, VaultError, seal_for},
};
use naik_kelas_domain::{
    id::{DeviceId, VaultId},
    rescue,
    wire::v1::{self, SignIn, SignedIn},
};
use std::rc::Rc;

/// Why nobody was signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInError {
    /// No signal, or the server cannot be reached.
    Offline,
    /// The network asks for a sign-in of its own.
    CaptivePortal,
    /// Which of both is wrong is never said.
    WrongNameOrPassword,
    /// Wait some minutes.
    TooManyTries,
    /// The account was closed.
    Disabled,
    /// The server failed.
    Server,
    /// Another person than the one whose app this is.
    OtherPerson,
    /// The server's spare key does not open the vault on this phone; its PIN does.
    SpareKey,
    /// The phone could not keep it.
    Storage(BootError),
}

/// What became of a sign-in.
#[allow(clippy::large_enum_variant, reason = "there is one, made once")]
pub enum Admitted {
    /// The vault that this person has here is open.
    Open(Services),
    /// A PIN is to be chosen: there is no vault yet, or the old PIN is forgotten.
    ChoosePin(Rc<Admission>),
}

/// A person who has signed in and whose vault has no PIN yet. Nothing of it is written down before there is one.
pub struct Admission {
    door: Door,
    pub(crate) person: Person,
    session: Session,
    escrow: [u8; 32],
    key: DataKey,
    /// The data key for the server alone.
    wrap: Option<Vec<u8>>,
    /// At which the lock was read that the new one replaces.
    replaces: Option<u64>,
}

/// What this phone has of the vault that the server names.
enum Found {
    /// Nothing.
    Nothing,
    /// Records that no key opens, or those of an earlier day or of another phone: the server knows entries of this vault
    /// that this phone does not. As a new installation it cannot contradict itself.
    Stale,
    /// The vault.
    Vault(BySpareKey),
}

/// Signs a person in, and fetches what is needed to work without signal. `new_pin` where the old one is forgotten.
///
/// # Errors
/// [`SignInError`]; then it can be tried again.
pub fn sign_in(
    door: &Door,
    user: &str,
    password: &str,
    new_pin: bool,
) -> Later<Result<Admitted, SignInError>> {
    let (mut door, user, password) = (door.clone(), user.to_owned(), password.to_owned());
    Box::pin(Whole::new(async move {
        let mut fresh = false;
        let (signed_in, found) = loop {
            let signed_in = ask(&door.platform, &user, &password, door.device).await?;
            // Several installations may have followed each other on this phone: each person keeps their own.
            let own = door
                .people
                .iter()
                .find(|held| held.label.user == signed_in.user);
            if let Some(held) = own
                && !fresh
                && held.label.device != door.device
            {
                door.device = held.label.device;
                continue;
            }
            match find(&door, &signed_in).await? {
                Found::Stale if !fresh => {
                    door.device = boot::new_device(&door.store, &door.platform).await?;
                    fresh = true;
                }
                found => break (signed_in, found),
            }
        };
        let (key, replaces, by_pin) = match found {
            Found::Vault(spare) => (spare.key, Some(spare.version), spare.by_pin && !new_pin),
            Found::Nothing | Found::Stale => (DataKey::new(&door.platform), None, false),
        };
        let wrap = wrap(&door.platform, &signed_in, &key).await;
        let admission = Admission {
            wrap,
            escrow: signed_in.escrow.ok_or(SignInError::Server)?,
            session: session(&signed_in),
            person: Person {
                user: signed_in.user,
                name: signed_in.name,
                role: signed_in.role,
                area: signed_in.area,
                area_name: signed_in.area_name,
                realm: signed_in.realm,
                vault: signed_in.vault,
                device: door.device,
            },
            door,
            key,
            replaces,
        };
        if by_pin {
            Ok(Admitted::Open(enter(&admission, None).await?))
        } else {
            Ok(Admitted::ChoosePin(Rc::new(admission)))
        }
    }))
}

/// Gives the vault its PIN, and opens it.
///
/// # Errors
/// [`SignInError::Storage`]; then it can be tried again.
pub fn choose_pin(admission: Rc<Admission>, pin: Pin) -> Later<Result<Services, SignInError>> {
    Box::pin(Whole::new(async move {
        let Admission { door, person, .. } = &*admission;
        let device = Vault::of_device(&door.store, &door.platform, person.vault).await?;
        let label = Label {
            user: person.user,
            name: person.name.clone(),
            device: person.device,
            digits: pin.is_digits(),
            realm: person.realm,
        };
        let key = admission.key.clone();
        let lock = Lock::new(device, key, pin, admission.escrow, label).await?;
        enter(&admission, Some(lock)).await
    }))
}

/// Writes down who it is, and how the vault opens where that is new; then opens it and fetches.
fn enter(
    admission: &Admission,
    lock: Option<Lock>,
) -> impl Future<Output = Result<Services, SignInError>> {
    let Admission {
        door,
        person,
        session,
        key,
        wrap,
        replaces,
        ..
    } = admission;
    let (door, person, session) = (door.clone(), person.clone(), session.clone());
    let (key, wrap, replaces) = (key.clone(), wrap.clone(), *replaces);
    let entering: Later<Result<Services, SignInError>> = Box::pin(Whole::new(async move {
        let vault = Vault::unlock(&door.platform, person.vault, &key).await?;
        let records = Records::new(door.store.clone(), vault.clone());
        let mut writes = Writes::strict();
        records.put_person(&mut writes, &person);
        records.put_session(&mut writes, &session);
        let current = person.vault.as_bytes().to_vec();
        writes.batch.put(Table::Meta, CURRENT, 0, current);
        keep_wrap(&mut writes, person.vault, wrap);
        if let Some(lock) = lock {
            let (place, version) = (Lock::key(person.vault), replaces.unwrap_or(0) + 1);
            // Of two tabs that choose a PIN at once, one has made the key.
            writes.batch.expect(Table::Meta, place.clone(), replaces);
            writes
                .batch
                .put(Table::Meta, place, version, lock.to_bytes());
            writes.batch.delete(Table::Meta, tries_key(person.vault));
        }
        records.commit(writes).await?;
        door.platform.remember(SENTINEL, Some("1"));
        let services = boot::open(&door, vault, person).await?;
        services.sync.run(Event::Wanted).await;
        Ok(services)
    }));
    entering
}

/// Signs the person of this app in again, so that what waits can be sent.
///
/// # Errors
/// [`SignInError`]; nothing has changed then.
pub async fn sign_in_again(
    services: &Services,
    user: &str,
    password: &str,
) -> Result<(), SignInError> {
    let signed_in = ask(&services.platform, user, password, services.person.device).await?;
    if signed_in.user != services.person.user || signed_in.vault != services.person.vault {
        return Err(SignInError::OtherPerson);
    }
    let records = services.records();
    let mut writes = Writes::strict();
    records.put_session(&mut writes, &session(&signed_in));
    // A vault of before the server had keys for rescue files gets its wrap here; without one, signing in is as good.
    let store = &services.store;
    if let Ok(Some(spare)) = by_spare_key(store, &services.platform, &signed_in).await {
        let wrap = wrap(&services.platform, &signed_in, &spare.key).await;
        keep_wrap(&mut writes, signed_in.vault, wrap);
    }
    records.commit(writes).await?;
    services.sync.run(Event::SignedIn).await;
    Ok(())
}

/// The data key for the server alone, so that it can open a rescue file; lies in plain sight.
async fn wrap(platform: &Platform, signed_in: &SignedIn, key: &DataKey) -> Option<Vec<u8>> {
    let public = signed_in.rescue.as_ref()?;
    let id = rescue::key_id(public)?;
    let header = rescue::header(signed_in.realm, signed_in.area, id, signed_in.vault);
    seal_for(platform, public, &header, key).await
}

fn keep_wrap(writes: &mut Writes, vault: VaultId, wrap: Option<Vec<u8>>) {
    if let Some(wrap) = wrap {
        let key = [rescue::ROWS, &vault.to_string()].concat();
        writes.batch.put(Table::Meta, key, 0, wrap);
    }
}

async fn ask(
    platform: &Platform,
    user: &str,
    password: &str,
    device: DeviceId,
) -> Result<SignedIn, SignInError> {
    let body = v1::to_bytes(&SignIn {
        user: user.trim().to_owned(),
        password: password.to_owned(),
        device,
    });
    let call = Call {
        method: "POST",
        path: "/api/v1/session".to_owned(),
        token: None,
        body: Some(body),
    };
    let reply = http::call(platform, call)
        .await
        .map_err(|_| SignInError::Offline)?;
    let body = reply.good().map_err(|failure| refusal(&reply, failure))?;
    v1::from_bytes(body).map_err(|_| SignInError::CaptivePortal)
}

fn refusal(reply: &Reply, failure: Failure) -> SignInError {
    match failure {
        Failure::SignInAgain => SignInError::WrongNameOrPassword,
        Failure::Busy(_) if reply.is_problem(429) => SignInError::TooManyTries,
        Failure::Server if reply.is_problem(403) => SignInError::Disabled,
        Failure::CaptivePortal => SignInError::CaptivePortal,
        Failure::Offline => SignInError::Offline,
        Failure::Busy(_) | Failure::Server | Failure::Storage(_) => SignInError::Server,
    }
}

fn session(signed_in: &SignedIn) -> Session {
    Session {
        token: signed_in.token.clone(),
        expires: signed_in.expires,
    }
}

/// A vault that its spare key has opened.
struct BySpareKey {
    key: DataKey,
    /// At which its lock was read.
    version: u64,
    /// Whether its PIN can open it.
    by_pin: bool,
}

/// Opens the vault that the server names by its spare key; `None` where it is not here.
fn by_spare_key(
    store: &Store,
    platform: &Platform,
    signed_in: &SignedIn,
) -> Later<Result<Option<BySpareKey>, SignInError>> {
    let (store, platform) = (store.clone(), platform.clone());
    let (id, escrow) = (signed_in.vault, signed_in.escrow);
    Box::pin(Whole::new(async move {
        let row = store.get(Table::Meta, &Lock::key(id)).await;
        let Some(row) = row.map_err(BootError::from)? else {
            return Ok(None);
        };
        let lock = Lock::read(&row.bytes)?;
        let device = Vault::of_device(&store, &platform, id).await?;
        let escrow = escrow.ok_or(SignInError::Server)?;
        let key = match lock.by_escrow(&device, escrow).await {
            Err(VaultError::Damaged) => return Err(SignInError::SpareKey),
            key => key?,
        };
        Ok(Some(BySpareKey {
            key,
            version: row.version,
            by_pin: lock.label(&device).await.is_ok(),
        }))
    }))
}

/// Looks for the vault that the server names.
async fn find(door: &Door, signed_in: &SignedIn) -> Result<Found, SignInError> {
    let (store, id) = (&door.store, signed_in.vault);
    let Some(spare) = by_spare_key(store, &door.platform, signed_in).await? else {
        let prefix = [&id.to_string(), "/"].concat();
        let left = store
            .count(Table::Meta, &prefix)
            .await
            .map_err(BootError::from)?;
        return Ok(if left > 0 || signed_in.next_seq > 1 {
            Found::Stale
        } else {
            Found::Nothing
        });
    };
    let vault = Vault::unlock(&door.platform, id, &spare.key).await?;
    let chain = Records::new(store.clone(), vault).chain().await?;
    if chain.map_or(0, |head| head.seq) + 1 < signed_in.next_seq {
        return Ok(Found::Stale);
    }
    Ok(Found::Vault(spare))
}

impl From<BootError> for SignInError {
    fn from(error: BootError) -> Self {
        Self::Storage(error)
    }
}

impl From<VaultError> for SignInError {
    fn from(error: VaultError) -> Self {
        Self::Storage(error.into())
    }
}

impl From<CommitError> for SignInError {
    fn from(error: CommitError) -> Self {
        Self::Storage(match error {
            CommitError::Failed(error) => error.into(),
            // Another tab was faster.
            CommitError::Changed(_) => BootError::Blocked,
        })
    }
}
