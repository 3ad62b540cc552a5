//! The envelope of a sync, receipts and changes.

use super::{Realm, VERSION};
use crate::{
    Date, Millis,
    codec::{self, Bytes, Reader, Writer, Written},
    id::{DeviceId, EntryId, KpmId, VaultId},
    kpm::{Kpm, LastAssessment},
};

/// `POST /api/v1/sync`: what a phone has to say, and how far it has listened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyncRequest {
    /// [`VERSION`].
    pub version: u8,
    /// Practice or live: a server refuses the other one's phones.
    pub realm: Realm,
    /// This installation.
    pub device: DeviceId,
    /// The vault whose entries these are.
    pub vault: VaultId,
    /// How far the phone has read; opaque, from the last response. `None` = from the beginning.
    pub cursor: Option<Bytes>,
    /// Hash of the chain before the first entry; `None` where there are no entries.
    pub previous: Option<Bytes>,
    /// Entries in the order of `device_seq`, each as its own bytes.
    pub entries: Vec<Bytes>,
}

/// The server's answer: a receipt an entry, then what has changed for this person.
#[derive(Clone, PartialEq, Debug)]
pub struct SyncResponse {
    /// One for each entry of the request, in the same order.
    pub receipts: Vec<Receipt>,
    /// What changed for this person after the request's cursor, oldest first.
    pub changes: Vec<Change>,
    /// To be stored in the same transaction as the changes.
    pub cursor: Bytes,
    /// Whether another page waits.
    pub more: bool,
    /// The server's clock.
    pub server_time: Millis,
    /// Packs in force or coming for this person's area.
    pub packs: Vec<PackOffer>,
}

/// What became of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Which entry; `None` where its bytes could not be read.
    pub entry: Option<EntryId>,
    /// What became of it.
    pub outcome: ReceiptOutcome,
}

/// What became of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReceiptOutcome {
    /// Stored durably, at this position of its scope.
    Accepted(u64),
    /// Was stored before, at this position.
    AlreadyHad(u64),
    /// Kept by the server, but not taken: to be mended and sent anew.
    Refused(RefusalCode),
    /// Not looked at: send again.
    Later,
}

/// Why an entry was not taken. The phone says in plain words what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefusalCode {
    /// The bytes are no entry.
    Unreadable,
    /// A kind of entry that this server does not know: it is older than the app.
    UnknownKind,
    /// The same identity came with other content: a restored or cloned phone.
    HashConflict,
    /// The author is not the person who signed in.
    WrongAuthor,
    /// The vault is not this person's on this installation.
    WrongVault,
    /// The family is not, and never was, granted to this person.
    NotYourFamily,
    /// A birth date or assessment day lies in the future.
    FutureDate,
    /// An answer is outside the values of its fact.
    BadAnswer,
    /// The pack named is not known to this server.
    UnknownPack,
    /// A member answered for is not cited.
    UnknownMember,
    /// The decision differs from what the same pack decides on the server.
    DecisionDiffers,
    /// The family's state does not allow this step, or the partner has no consent.
    OutOfOrder,
    /// A code of a newer server.
    Other,
}

/// A pack that the phone should have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackOffer {
    /// Name.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of the compiled pack; also its address, `/api/v1/packs/<hash in hex>`.
    pub hash: [u8; 32],
    /// The first day on which new assessments use it.
    pub effective_from: Date,
}

/// What changed for a person.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// A family is theirs: its snapshot, in the place of what the phone had.
    Grant(Box<Kpm>),
    /// A family is no longer theirs.
    Revoke(KpmId),
    /// A kind that this version does not know: kept aside, never an error.
    Newer(u16),
}

impl SyncRequest {
    /// Whether this version can answer the request.
    #[must_use]
    pub const fn is_readable(&self) -> bool {
        self.version == VERSION
    }
}

impl RefusalCode {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Unreadable, "unreadable"),
        (Self::UnknownKind, "unknown-kind"),
        (Self::HashConflict, "hash-conflict"),
        (Self::WrongAuthor, "wrong-author"),
        (Self::WrongVault, "wrong-vault"),
        (Self::NotYourFamily, "not-your-family"),
        (Self::FutureDate, "future-date"),
        (Self::BadAnswer, "bad-answer"),
        (Self::UnknownPack, "unknown-pack"),
        (Self::UnknownMember, "unknown-member"),
        (Self::DecisionDiffers, "decision-differs"),
        (Self::OutOfOrder, "out-of-order"),
    ];

    /// The stable code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(code, _)| *code == self)
            .map_or("other", |(_, name)| name)
    }

    /// The code of this name; a newer server's code is [`RefusalCode::Other`].
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map_or(Self::Other, |(code, _)| *code)
    }
}

const ACCEPTED: u64 = 1;
const ALREADY_HAD: u64 = 2;
const REFUSED: u64 = 3;
const LATER: u64 = 4;

/// `[entry, kind, position or code]`.
impl Written for Receipt {
    fn put(&self, writer: &mut Writer) {
        writer.list(3);
        self.entry.put(writer);
        match self.outcome {
            ReceiptOutcome::Accepted(position) => {
                writer.unsigned(ACCEPTED);
                writer.unsigned(position);
            }
            ReceiptOutcome::AlreadyHad(position) => {
                writer.unsigned(ALREADY_HAD);
                writer.unsigned(position);
            }
            ReceiptOutcome::Refused(code) => {
                writer.unsigned(REFUSED);
                writer.text(code.as_str());
            }
            ReceiptOutcome::Later => {
                writer.unsigned(LATER);
                writer.null();
            }
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        let more = codec::open_list(reader, 3);
        let entry = Written::take(reader);
        let outcome = match reader.unsigned() {
            ACCEPTED => ReceiptOutcome::Accepted(reader.unsigned()),
            ALREADY_HAD => ReceiptOutcome::AlreadyHad(reader.unsigned()),
            REFUSED => ReceiptOutcome::Refused(RefusalCode::from_name(reader.text())),
            kind => {
                if kind != LATER {
                    reader.fail();
                }
                reader.skip();
                ReceiptOutcome::Later
            }
        };
        codec::close_list(reader, more);
        Self { entry, outcome }
    }
}

const GRANT: u16 = 1;
const REVOKE: u16 = 2;

/// `[kind, body]`.
impl Written for Change {
    fn put(&self, writer: &mut Writer) {
        writer.list(2);
        match self {
            Self::Grant(kpm) => {
                writer.unsigned(u64::from(GRANT));
                kpm.put(writer);
            }
            Self::Revoke(kpm) => {
                writer.unsigned(u64::from(REVOKE));
                kpm.put(writer);
            }
            Self::Newer(kind) => {
                writer.unsigned(u64::from(*kind));
                writer.null();
            }
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        let more = codec::open_list(reader, 2);
        let change = match reader.place() {
            GRANT => Self::Grant(Box::new(Kpm::take(reader))),
            REVOKE => Self::Revoke(KpmId::take(reader)),
            kind => {
                reader.skip();
                Self::Newer(kind)
            }
        };
        codec::close_list(reader, more);
        change
    }
}

crate::written_as_map!(SyncRequest { 0 version, 1 realm, 2 device, 3 vault, 4 cursor, 5 previous, 6 entries });
crate::written_as_map!(SyncResponse { 0 receipts, 1 changes, 2 cursor, 3 more, 4 server_time, 5 packs });
crate::written_as_map!(PackOffer { 0 id, 1 version, 2 hash, 3 effective_from });
crate::written_as_map!(Kpm {
    0 id, 1 name, 2 kk, 3 village, 4 village_name, 5 address, 6 state, 7 roster, 8 known, 9 last, 10 notes, 11 past,
});
crate::written_as_map!(LastAssessment { 0 id, 1 on, 2 decision });
