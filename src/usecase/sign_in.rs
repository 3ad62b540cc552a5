//! Signing in: the first start needs signal; afterwards only sending does.

use super::boot::{self, BootError, CURRENT, Door, SENTINEL};
use crate::{
    platform::Platform,
    records::{CommitError, Records, Session, Writes},
    services::{Person, Services},
    store::Table,
    sync::{
        Event, Failure,
        http::{self, Call, Reply},
    },
    vault::{Vault, VaultError},
};
use naik_kelas_domain::{
    id::DeviceId,
    wire::v1::{self, SignIn, SignedIn},
};

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
    /// The phone could not keep it.
    Storage(BootError),
}

/// Signs a person in, and fetches what is needed to work without signal.
///
/// # Errors
/// [`SignInError`]; then it can be tried again.
pub async fn sign_in(door: &Door, user: &str, password: &str) -> Result<Services, SignInError> {
    let mut door = door.clone();
    let mut signed_in = ask(&door.platform, user, password, door.device).await?;
    let mut vault = Vault::unlock(&door.store, &door.platform, signed_in.vault).await?;
    if chain_is_behind(&door, &vault, &signed_in).await? {
        // The server knows entries of this vault that this phone does not: its records are those of an earlier day,
        // or of another phone. As a new installation it cannot contradict itself.
        door.device = boot::new_device(&door.store, &door.platform).await?;
        signed_in = ask(&door.platform, user, password, door.device).await?;
        vault = Vault::unlock(&door.store, &door.platform, signed_in.vault).await?;
    }
    let person = Person {
        user: signed_in.user,
        name: signed_in.name.clone(),
        role: signed_in.role,
        area: signed_in.area,
        area_name: signed_in.area_name.clone(),
        realm: signed_in.realm,
        vault: signed_in.vault,
        device: door.device,
    };
    let records = Records::new(door.store.clone(), vault.clone());
    let mut writes = Writes::strict();
    records.put_person(&mut writes, &person);
    records.put_session(&mut writes, &session(&signed_in));
    let current = signed_in.vault.as_bytes().to_vec();
    writes.batch.put(Table::Meta, CURRENT, 0, current);
    records.commit(writes).await?;
    door.platform.remember(SENTINEL, Some("1"));
    let services = boot::open(&door, vault, person).await?;
    services.sync.run(Event::Wanted).await;
    Ok(services)
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
    records.commit(writes).await?;
    services.sync.run(Event::SignedIn).await;
    Ok(())
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

async fn chain_is_behind(
    door: &Door,
    vault: &Vault,
    signed_in: &SignedIn,
) -> Result<bool, SignInError> {
    let chain = Records::new(door.store.clone(), vault.clone())
        .chain()
        .await?;
    let next = chain.map_or(0, |head| head.seq) + 1;
    Ok(next < signed_in.next_seq)
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
            // Nothing here expects a version.
            CommitError::Changed(_) => BootError::Internal,
        })
    }
}
