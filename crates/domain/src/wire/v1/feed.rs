//! The envelope of a sync, receipts and changes.

use super::{DecisionRecord, Realm, VERSION};
use crate::{
    Date, Millis,
    answer::Answers,
    codec,
    id::{AssessmentId, DeviceId, EntryId, KpmId, VaultId},
    identity::KkNumber,
    kpm::{JourneyState, Kpm, LastAssessment, Member},
    region::VillageCode,
};
use minicbor::{Decode, Decoder, Encode, Encoder, bytes::ByteVec, decode, encode, encode::Write};

/// `POST /api/v1/sync`: what a phone has to say, and how far it has listened.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct SyncRequest {
    /// [`VERSION`].
    #[n(0)]
    pub version: u8,
    /// Practice or live: a server refuses the other one's phones.
    #[n(1)]
    pub realm: Realm,
    /// This installation.
    #[n(2)]
    pub device: DeviceId,
    /// The vault whose entries these are.
    #[n(3)]
    pub vault: VaultId,
    /// How far the phone has read; opaque, from the last response. `None` = from the beginning.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub cursor: Option<Vec<u8>>,
    /// Hash of the chain before the first entry; `None` where there are no entries.
    #[cbor(n(5), with = "minicbor::bytes")]
    pub previous: Option<Vec<u8>>,
    /// Entries in the order of `device_seq`, each as its own bytes.
    #[n(6)]
    pub entries: Vec<ByteVec>,
}

/// The server's answer: a receipt an entry, then what has changed for this person.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct SyncResponse {
    /// One for each entry of the request, in the same order.
    #[n(0)]
    pub receipts: Vec<Receipt>,
    /// What changed for this person after the request's cursor, oldest first.
    #[n(1)]
    pub changes: Vec<Change>,
    /// To be stored in the same transaction as the changes.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub cursor: Vec<u8>,
    /// Whether another page waits.
    #[n(3)]
    pub more: bool,
    /// The server's clock.
    #[n(4)]
    pub server_time: Millis,
    /// Packs in force or coming for this person's area.
    #[n(5)]
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
    /// A code of a newer server.
    Other,
}

/// A pack that the phone should have.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct PackOffer {
    /// Name.
    #[n(0)]
    pub id: String,
    /// Version.
    #[n(1)]
    pub version: String,
    /// SHA-256 of the compiled pack; also its address, `/api/v1/packs/<hash in hex>`.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub hash: [u8; 32],
    /// The first day on which new assessments use it.
    #[cbor(n(3), with = "codec::day")]
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

/// [`Kpm`] in CBOR.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct KpmSnapshot {
    #[n(0)]
    id: KpmId,
    #[n(1)]
    name: String,
    #[n(2)]
    kk: Option<KkNumber>,
    #[n(3)]
    village: Option<VillageCode>,
    #[n(4)]
    village_name: String,
    #[n(5)]
    address: String,
    #[n(6)]
    state: JourneyState,
    #[n(7)]
    roster: Vec<Member>,
    #[cbor(n(8), with = "codec::answers")]
    known: Answers,
    #[n(9)]
    last: Option<LastAssessmentRecord>,
}

/// [`LastAssessment`] in CBOR.
#[derive(Clone, PartialEq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct LastAssessmentRecord {
    #[n(0)]
    id: AssessmentId,
    #[cbor(n(1), with = "codec::day")]
    on: Date,
    #[n(2)]
    decision: DecisionRecord,
}

impl SyncRequest {
    /// Whether this version can answer the request.
    #[must_use]
    pub const fn is_readable(&self) -> bool {
        self.version == VERSION
    }
}

impl RefusalCode {
    const ALL: [(Self, &'static str); 11] = [
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

impl From<Kpm> for KpmSnapshot {
    fn from(kpm: Kpm) -> Self {
        Self {
            id: kpm.id,
            name: kpm.name,
            kk: kpm.kk,
            village: kpm.village,
            village_name: kpm.village_name,
            address: kpm.address,
            state: kpm.state,
            roster: kpm.roster,
            known: kpm.known,
            last: kpm.last.map(|last| LastAssessmentRecord {
                id: last.id,
                on: last.on,
                decision: last.decision.into(),
            }),
        }
    }
}

impl From<KpmSnapshot> for Kpm {
    fn from(s: KpmSnapshot) -> Self {
        Self {
            id: s.id,
            name: s.name,
            kk: s.kk,
            village: s.village,
            village_name: s.village_name,
            address: s.address,
            state: s.state,
            roster: s.roster,
            known: s.known,
            last: s.last.map(|last| LastAssessment {
                id: last.id,
                on: last.on,
                decision: last.decision.into(),
            }),
        }
    }
}

const ACCEPTED: u8 = 1;
const ALREADY_HAD: u8 = 2;
const REFUSED: u8 = 3;
const LATER: u8 = 4;

impl<C> Encode<C> for Receipt {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        c: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.array(3)?.encode_with(self.entry, c)?;
        match self.outcome {
            ReceiptOutcome::Accepted(position) => e.u8(ACCEPTED)?.u64(position)?,
            ReceiptOutcome::AlreadyHad(position) => e.u8(ALREADY_HAD)?.u64(position)?,
            ReceiptOutcome::Refused(code) => e.u8(REFUSED)?.str(code.as_str())?,
            ReceiptOutcome::Later => e.u8(LATER)?.null()?,
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Receipt {
    fn decode(d: &mut Decoder<'b>, c: &mut C) -> Result<Self, decode::Error> {
        let rest = codec::open_array(d, 3)?;
        let entry = d.decode_with(c)?;
        let outcome = match d.u8()? {
            ACCEPTED => ReceiptOutcome::Accepted(d.u64()?),
            ALREADY_HAD => ReceiptOutcome::AlreadyHad(d.u64()?),
            REFUSED => ReceiptOutcome::Refused(RefusalCode::from_name(d.str()?)),
            LATER => {
                d.skip()?;
                ReceiptOutcome::Later
            }
            _ => return Err(decode::Error::message("no receipt")),
        };
        codec::skip(d, rest)?;
        Ok(Self { entry, outcome })
    }
}

const GRANT: u16 = 1;
const REVOKE: u16 = 2;

impl<C> Encode<C> for Change {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        c: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.array(2)?;
        match self {
            Self::Grant(kpm) => e
                .u16(GRANT)?
                .encode_with(KpmSnapshot::from((**kpm).clone()), c)?,
            Self::Revoke(kpm) => e.u16(REVOKE)?.encode_with(kpm, c)?,
            Self::Newer(kind) => e.u16(*kind)?.null()?,
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Change {
    fn decode(d: &mut Decoder<'b>, c: &mut C) -> Result<Self, decode::Error> {
        let rest = codec::open_array(d, 2)?;
        let change = match d.u16()? {
            GRANT => {
                let snapshot: KpmSnapshot = d.decode_with(c)?;
                Self::Grant(Box::new(snapshot.into()))
            }
            REVOKE => Self::Revoke(d.decode_with(c)?),
            kind => {
                d.skip()?;
                Self::Newer(kind)
            }
        };
        codec::skip(d, rest)?;
        Ok(change)
    }
}
