//! What the endpoint keeps. One enum over the databases, one contract that each passes.
//!
//! Every method may wait for a disk and is therefore asynchronous; no caller knows
//! which database answers.

#[cfg(test)]
mod contract;
mod listed;
mod model;
mod sqlite;

pub use listed::{Likely, ListedEntry, ListedFamily, Listing, RegistryFact, Taken, TakenAs, Unfit};
pub use model::{
    Account, AuditRow, DbError, Delivered, FamilyStanding, NewAccount, NewFamily, OpenedSession,
    Page, PageAsked, Recorded, ServerRow, Session, SessionAsked, Stored, Submission,
    SubmittedBatch, TakenEntry, Tally, VaultOwner, Verdict,
};

use crate::intake::{keys::KeyRing, merge::Incoming};
use naik_kelas_domain::{
    Millis,
    access::Role,
    id::{EntryId, KpmId, UserId, VaultId},
    kpm::Kpm,
    region::RegencyCode,
    wire::v1::{Realm, Receipt},
};
use std::path::{Path, PathBuf};

/// The database behind an endpoint. Cheap to clone: clones share it.
#[derive(Clone, Debug)]
pub enum Db {
    /// SQLite in one file.
    Sqlite(sqlite::Sqlite),
}

/// Passes a call on to the database that is there.
macro_rules! pass {
    ($self:ident . $method:ident ( $($argument:expr),* )) => {
        match $self {
            Self::Sqlite(db) => db.$method($($argument),*).await,
        }
    };
}

impl Db {
    /// Opens, or makes, the database in this folder.
    ///
    /// # Errors
    /// [`DbError::OtherRealm`] where the folder belongs to the other realm,
    /// [`DbError::TooNew`] where a newer program wrote it.
    pub async fn open(folder: &Path, realm: Realm, now: Millis) -> Result<Self, DbError> {
        sqlite::Sqlite::open(folder, Some(realm), now)
            .await
            .map(Self::Sqlite)
    }

    /// Opens a database that must be there already, of whichever realm.
    ///
    /// # Errors
    /// [`DbError::Absent`] where the folder holds no database.
    pub async fn open_existing(folder: &Path, now: Millis) -> Result<Self, DbError> {
        sqlite::Sqlite::open(folder, None, now)
            .await
            .map(Self::Sqlite)
    }

    /// Which server this is.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn server(&self) -> Result<ServerRow, DbError> {
        pass!(self.server())
    }

    /// Adds a person who signs in.
    ///
    /// # Errors
    /// [`DbError::NameTaken`] where somebody in the country has the name.
    pub async fn add_account(&self, account: NewAccount) -> Result<(), DbError> {
        pass!(self.add_account(account))
    }

    /// The account of this name, closed ones too.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn account_by_name(&self, name: &str) -> Result<Option<Account>, DbError> {
        pass!(self.account_by_name(name))
    }

    /// All accounts of a role in a regency, by name.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn accounts(
        &self,
        regency: RegencyCode,
        role: Role,
    ) -> Result<Vec<Account>, DbError> {
        pass!(self.accounts(regency, role))
    }

    /// Closes an account: its tokens end at once.
    ///
    /// # Errors
    /// [`DbError::UnknownAccount`].
    pub async fn disable_account(&self, name: &str, at: Millis) -> Result<(), DbError> {
        pass!(self.disable_account(name, at))
    }

    /// Gives an account another password and opens it; its tokens end.
    ///
    /// # Errors
    /// [`DbError::UnknownAccount`].
    pub async fn reset_password(&self, name: &str, password: String) -> Result<(), DbError> {
        pass!(self.reset_password(name, password))
    }

    /// Opens a session; makes this person's vault on this installation, or finds it.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn open_session(&self, asked: SessionAsked) -> Result<OpenedSession, DbError> {
        pass!(self.open_session(asked))
    }

    /// The session of a token, by the token's hash; expired ones too.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn session(
        &self,
        regency: RegencyCode,
        token: [u8; 32],
    ) -> Result<Option<Session>, DbError> {
        pass!(self.session(regency, token))
    }

    /// Whose a vault is.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn vault_owner(
        &self,
        regency: RegencyCode,
        vault: VaultId,
    ) -> Result<Option<VaultOwner>, DbError> {
        pass!(self.vault_owner(regency, vault))
    }

    /// Where a secret of this name is kept: beside the database, and in none of its copies.
    #[must_use]
    pub fn secret(&self, name: &str) -> PathBuf {
        match self {
            Self::Sqlite(db) => db.secret(name),
        }
    }

    /// Keeps a compiled pack for ever.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn add_pack(
        &self,
        hash: [u8; 32],
        bytes: Vec<u8>,
        now: Millis,
    ) -> Result<(), DbError> {
        pass!(self.add_pack(hash, bytes, now))
    }

    /// All packs: hash and compiled bytes.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn packs(&self) -> Result<Vec<([u8; 32], Vec<u8>)>, DbError> {
        pass!(self.packs())
    }

    /// Adds families, each held by a person from now on.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn add_families(&self, families: Vec<NewFamily>) -> Result<(), DbError> {
        pass!(self.add_families(families))
    }

    /// Hands a family over: a tombstone to whoever held it, a grant to the new one.
    ///
    /// # Errors
    /// [`DbError::UnknownFamily`].
    pub async fn hand_over(
        &self,
        regency: RegencyCode,
        kpm: KpmId,
        to: UserId,
    ) -> Result<(), DbError> {
        pass!(self.hand_over(regency, kpm, to))
    }

    /// Makes families that came otherwise findable by these keys; says how many were looked at.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn index_families(&self, ring: KeyRing) -> Result<u64, DbError> {
        pass!(self.index_families(ring))
    }

    /// Takes families of a list in, all or none; one answer each, in their order. A family that cannot
    /// be stored keeps no other from it.
    ///
    /// # Errors
    /// Where the database does not answer: then none was stored.
    pub async fn take_in(
        &self,
        listing: Listing,
        families: Vec<Incoming>,
    ) -> Result<Vec<Result<Taken, Unfit>>, DbError> {
        pass!(self.take_in(listing, families))
    }

    /// What registries said of a family, fact by fact, the oldest first.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn registry_facts(
        &self,
        regency: RegencyCode,
        kpm: KpmId,
    ) -> Result<Vec<RegistryFact>, DbError> {
        pass!(self.registry_facts(regency, kpm))
    }

    /// Some families after one, in the order of regency and identity.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn families_after(
        &self,
        after: Option<(RegencyCode, KpmId)>,
        area: Option<RegencyCode>,
        most: u32,
    ) -> Result<Vec<ListedFamily>, DbError> {
        pass!(self.families_after(after, area, most))
    }

    /// Some entries after one, in the order of regency and position.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn entries_after(
        &self,
        after: Option<(RegencyCode, u64)>,
        area: Option<RegencyCode>,
        most: u32,
    ) -> Result<Vec<ListedEntry>, DbError> {
        pass!(self.entries_after(after, area, most))
    }

    /// The families that may be the same as one, each with the reason, for a person to look at.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn likely(
        &self,
        regency: RegencyCode,
        kpm: KpmId,
    ) -> Result<Vec<(KpmId, String)>, DbError> {
        pass!(self.likely(regency, kpm))
    }

    /// The regencies in which anything is stored.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn regencies(&self) -> Result<Vec<RegencyCode>, DbError> {
        pass!(self.regencies())
    }

    /// Where these families stand towards a person; unknown ones are left out.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn standings(
        &self,
        regency: RegencyCode,
        user: UserId,
        kpms: Vec<KpmId>,
    ) -> Result<Vec<FamilyStanding>, DbError> {
        pass!(self.standings(regency, user, kpms))
    }

    /// The families of these identities as they are now; one that is not there is left out.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn families(
        &self,
        regency: RegencyCode,
        kpms: Vec<KpmId>,
    ) -> Result<Vec<Kpm>, DbError> {
        pass!(self.families(regency, kpms))
    }

    /// Stores a batch of entries durably; one receipt each, in their order.
    ///
    /// # Errors
    /// [`DbError::Busy`] where too much waits: nothing was stored.
    pub async fn submit(&self, batch: SubmittedBatch) -> Result<Vec<Receipt>, DbError> {
        pass!(self.submit(batch))
    }

    /// What changed for a person after a position.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn page(&self, asked: PageAsked) -> Result<Page, DbError> {
        pass!(self.page(asked))
    }

    /// Writes down who has read whose data.
    ///
    /// # Errors
    /// Where the row could not be written: then nothing may be shown.
    pub async fn audit(&self, row: AuditRow) -> Result<(), DbError> {
        pass!(self.audit(row))
    }

    /// An entry that was taken, by its identity.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn entry(
        &self,
        regency: RegencyCode,
        id: EntryId,
    ) -> Result<Option<Stored>, DbError> {
        pass!(self.entry(regency, id))
    }

    /// How much is stored for a regency.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn tally(&self, regency: RegencyCode) -> Result<Tally, DbError> {
        pass!(self.tally(regency))
    }

    /// Writes a copy of everything, as of this moment, into a new file; others go on meanwhile.
    ///
    /// # Errors
    /// [`DbError::Occupied`] where the file is there already.
    pub async fn backup(&self, file: PathBuf) -> Result<(), DbError> {
        pass!(self.backup(file))
    }

    /// Puts a copy into a folder as its database. It begins a new epoch: phones then offer again what they
    /// kept since the copy. What lay there is kept beside it where `replace` allows that.
    ///
    /// # Errors
    /// [`DbError::Occupied`], [`DbError::InUse`], or [`DbError::Damaged`] where the file is no whole copy.
    pub async fn restore(
        file: &Path,
        folder: &Path,
        replace: bool,
        now: Millis,
    ) -> Result<ServerRow, DbError> {
        sqlite::restore(file.to_owned(), folder.to_owned(), replace, now).await
    }

    /// Finishes what waits and folds the log into the file. Writes after it are refused.
    ///
    /// # Errors
    /// Where the last of it could not be written.
    pub async fn close(&self) -> Result<(), DbError> {
        pass!(self.close())
    }
}
