//! What pages work with: one context, one type, read once at the top of a page.

use crate::{
    caseload::Caseload, live::Live, packs::Packs, platform::Platform, records::Records,
    store::Store, sync::Sync, vault::Vault,
};
use naik_kelas_domain::{
    Date, Millis,
    access::Role,
    id::{DeviceId, UserId, VaultId},
    region::RegencyCode,
    wire::v1::Realm,
};
use naik_kelas_rules::text::Lang;

/// Everything that a page may use. There is one only after a person has signed in.
#[derive(Clone)]
pub struct Services {
    /// The phone's database.
    pub store: Store,
    /// This person's vault, unlocked.
    pub vault: Vault,
    /// The machine.
    pub platform: Platform,
    /// Who is signed in.
    pub person: Person,
    /// Rules and questionnaires, newest and older ones.
    pub packs: Packs,
    /// The families, as lists need them.
    pub caseload: Caseload,
    /// Sending and receiving.
    pub sync: Sync,
    /// The language of the screens.
    pub lang: Live<Lang>,
}

/// Who is signed in, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// The account.
    pub user: UserId,
    /// The name to show.
    pub name: String,
    /// What this person does.
    pub role: Role,
    /// The regency.
    pub area: RegencyCode,
    /// Its name.
    pub area_name: String,
    /// Practice or live.
    pub realm: Realm,
    /// This person's vault on this installation.
    pub vault: VaultId,
    /// This installation.
    pub device: DeviceId,
}

/// One asynchronous thing: one enum, never sibling flags.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Loadable<T, E> {
    /// On its way.
    Loading,
    /// Here.
    Ready(T),
    /// Did not come.
    Failed(E),
}

impl Services {
    /// The typed records over store and vault.
    #[must_use]
    pub fn records(&self) -> Records {
        Records::new(self.store.clone(), self.vault.clone())
    }

    /// The time, set right by what the server's clock showed last.
    #[must_use]
    pub fn now(&self) -> Millis {
        let offset = self.sync.clock_offset().unwrap_or(0);
        Millis(self.platform.now().0.saturating_add(offset))
    }

    /// Today in the regency of this person, never in the phone's zone.
    #[must_use]
    pub fn today(&self) -> Date {
        self.person.area.zone().day_of(self.now())
    }
}

impl<T, E> Loadable<T, E> {
    /// The thing, where it is here.
    pub const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(thing) => Some(thing),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}
