//! What goes into the database and comes out of it, independent of which one it is.

use naik_kelas_domain::{
    Millis,
    access::Role,
    assessment::Assessment,
    id::{DeviceId, EntryId, KpmId, UserId, VaultId},
    kpm::Kpm,
    note::Note,
    region::{RegencyCode, VillageCode},
    registration::Registration,
    wire::v1::{Realm, RefusalCode},
};

/// Why the database did not do it. Holds no prose and nothing about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DbError {
    /// Too much waits to be written; try again later.
    Busy,
    /// The database was closed.
    Closed,
    /// Somebody has this name.
    NameTaken,
    /// Nobody has this name.
    UnknownAccount,
    /// No such family in this regency.
    UnknownFamily,
    /// The folder holds no database.
    Absent,
    /// The folder belongs to the other realm.
    OtherRealm,
    /// A newer program wrote the database.
    TooNew,
    /// What is stored cannot be read.
    Damaged,
    /// The disk is full.
    Full,
    /// The folder cannot be made or opened.
    Folder,
    /// Something lies there already.
    Occupied,
    /// Another program has the database open.
    InUse,
    /// The engine's own code.
    Engine(i32),
}

/// Who this server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerRow {
    /// Changes when a backup is restored: cursors of another epoch begin again.
    pub epoch: [u8; 16],
    /// Practice or live.
    pub realm: Realm,
}

/// A person to be added.
#[derive(Clone)]
pub struct NewAccount {
    /// Where.
    pub regency: RegencyCode,
    /// Identity.
    pub user: UserId,
    /// To sign in with.
    pub name: String,
    /// To be shown.
    pub full_name: String,
    /// What this person does.
    pub role: Role,
    /// Argon2id as a PHC string.
    pub password: String,
    /// When.
    pub created: Millis,
}

/// A person who signs in.
#[derive(Clone)]
pub struct Account {
    /// Where.
    pub regency: RegencyCode,
    /// Identity.
    pub user: UserId,
    /// To sign in with.
    pub name: String,
    /// To be shown.
    pub full_name: String,
    /// What this person does.
    pub role: Role,
    /// Argon2id as a PHC string.
    pub password: String,
    /// Whether the account was closed.
    pub disabled: bool,
}

/// A session to be opened.
#[derive(Clone)]
pub struct SessionAsked {
    /// The person's regency.
    pub regency: RegencyCode,
    /// Who.
    pub user: UserId,
    /// On which installation.
    pub device: DeviceId,
    /// The vault's identity, should this person have none on this installation yet.
    pub fresh_vault: VaultId,
    /// The spare key of the vault, should it have none yet.
    pub fresh_escrow: [u8; 32],
    /// SHA-256 of the token.
    pub token: [u8; 32],
    /// When the token ends.
    pub expires: Millis,
    /// Now.
    pub now: Millis,
}

/// A session just opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct OpenedSession {
    /// The vault of this person on this installation, the same for ever.
    pub vault: VaultId,
    /// The vault's spare key, the same for ever; for nobody but its owner.
    pub escrow: [u8; 32],
    /// The next free number of its chain.
    pub next_seq: u64,
}

impl core::fmt::Debug for OpenedSession {
    /// Without the spare key.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OpenedSession")
            .field("vault", &self.vault)
            .field("next_seq", &self.next_seq)
            .finish_non_exhaustive()
    }
}

/// A session found by its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The person's regency.
    pub regency: RegencyCode,
    /// Who.
    pub user: UserId,
    /// What this person does.
    pub role: Role,
    /// On which installation.
    pub device: DeviceId,
    /// With which vault.
    pub vault: VaultId,
    /// When the token ends.
    pub expires: Millis,
    /// Whether the account was closed since.
    pub disabled: bool,
}

/// Whose a vault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultOwner {
    /// Who.
    pub user: UserId,
    /// What this person does.
    pub role: Role,
    /// Whether the account was closed.
    pub disabled: bool,
}

/// A family to be added.
#[derive(Clone)]
pub struct NewFamily {
    /// The regency in which it lives.
    pub regency: RegencyCode,
    /// Its village.
    pub village: VillageCode,
    /// The family.
    pub kpm: Kpm,
    /// Who holds it.
    pub holder: UserId,
}

/// Where a family stands towards a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FamilyStanding {
    /// Which family.
    pub kpm: KpmId,
    /// Where it lives.
    pub village: VillageCode,
    /// Whether the person holds it.
    pub granted: bool,
    /// Whether the person held it once.
    pub was_granted: bool,
}

/// A request's entries, judged.
#[derive(Clone)]
pub struct SubmittedBatch {
    /// Scope.
    pub regency: RegencyCode,
    /// Whose chain.
    pub vault: VaultId,
    /// How far this vault has heard, so that it need not hear of its own work.
    pub heard_to: u64,
    /// The chain's hash before the first entry, as the phone has it.
    pub previous: Option<[u8; 32]>,
    /// In the order of the request.
    pub submissions: Vec<Submission>,
    /// When they came.
    pub received: Millis,
}

/// One entry, judged.
#[derive(Clone)]
pub struct Submission {
    /// As it came.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes.
    pub hash: [u8; 32],
    /// Its identity, where the bytes could be read.
    pub id: Option<EntryId>,
    /// Its place in the chain, where it is of this vault.
    pub device_seq: Option<u64>,
    /// What is to be done.
    pub verdict: Verdict,
}

/// What is to be done with an entry.
#[derive(Clone)]
pub enum Verdict {
    /// Take it, unless it is here already.
    Take(Box<TakenEntry>),
    /// Keep it, and say why it is not taken.
    Refuse(RefusalCode),
}

/// An entry that may be taken.
#[derive(Clone)]
pub struct TakenEntry {
    /// Identity.
    pub id: EntryId,
    /// Who wrote it.
    pub author: UserId,
    /// Its place in the vault's chain.
    pub device_seq: u64,
    /// The phone's clock.
    pub device_time: Millis,
    /// About whom.
    pub kpm: KpmId,
    /// What it records.
    pub recorded: Recorded,
}

/// What an entry records.
#[derive(Clone)]
pub enum Recorded {
    /// An assessment was finished.
    Assessment(Box<Assessment>),
    /// A note was written.
    Note(Box<Note>),
    /// A family was registered.
    Registration(Box<Registration>),
}

impl Recorded {
    /// The kind's number in the database, as on the wire.
    #[must_use]
    pub const fn kind(&self) -> i64 {
        match self {
            Self::Assessment(_) => 1,
            Self::Note(_) => 2,
            Self::Registration(_) => 3,
        }
    }

    /// The family after it.
    #[must_use]
    pub fn upon(&self, kpm: Kpm) -> Kpm {
        match self {
            Self::Assessment(assessment) => kpm.after(assessment),
            Self::Note(note) => kpm.after_note(note),
            // The family began with it.
            Self::Registration(_) => kpm,
        }
    }
}

/// A question for what changed.
#[derive(Clone, Copy, Debug)]
pub struct PageAsked {
    /// Scope.
    pub regency: RegencyCode,
    /// For whom.
    pub user: UserId,
    /// The vault that asks.
    pub vault: VaultId,
    /// After this position.
    pub after: u64,
    /// Up to this position the vault wants its own work too, for it begins anew.
    pub own_until: u64,
    /// Whether tombstones are wanted: a phone that holds nothing needs none.
    pub tombstones: bool,
    /// How many bytes of snapshots a page holds; one family always fits.
    pub bytes: usize,
}

/// What changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Oldest first.
    pub changes: Vec<Delivered>,
    /// Everything for this person up to here is in this page or the ones before it.
    pub up_to: u64,
    /// Whether more waits.
    pub more: bool,
    /// The last position of the scope when the page was read.
    pub last: u64,
}

/// One change for one person.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivered {
    /// A family as it is now.
    Family(Box<Kpm>),
    /// A family that is no longer theirs.
    Gone(KpmId),
}

/// Who has read whose data, and why.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// Scope.
    pub regency: RegencyCode,
    /// When.
    pub at: Millis,
    /// Who.
    pub user: UserId,
    /// Why: `sync`.
    pub purpose: &'static str,
    /// Whose.
    pub kpms: Vec<KpmId>,
}

/// An entry that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its position in the scope.
    pub position: u64,
    /// As it came.
    pub bytes: Vec<u8>,
}

/// How much is stored for a regency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Families.
    pub families: u64,
    /// Entries taken.
    pub entries: u64,
    /// Entries refused.
    pub refused: u64,
    /// Places of chains that do not join what came before.
    pub broken_links: u64,
    /// Rows of the audit log.
    pub audit: u64,
    /// The last position given out.
    pub last: u64,
}
