//! An entry: what a phone has recorded, immutable.

use super::{AssessmentRecord, Unreadable, from_bytes, to_bytes};
use crate::{
    Millis,
    assessment::Assessment,
    codec,
    id::{EntryId, KpmId, UserId, VaultId},
};
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode, encode::Write};

/// One entry of a vault's chain.
///
/// The chain: the hash of an entry is SHA-256 over the hash of the entry before
/// it in the same vault (32 zero bytes for the first) followed by this entry's
/// bytes. A batch names the hash before its first entry; the others follow.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Identity: the same entry sent twice is stored once.
    pub id: EntryId,
    /// Who wrote it.
    pub author: UserId,
    /// In which vault.
    pub vault: VaultId,
    /// Its place in the vault's chain, from 1, without gaps.
    pub device_seq: u64,
    /// The phone's clock.
    pub device_time: Millis,
    /// The server's clock minus the phone's, in milliseconds, as last seen; `None` = never seen.
    pub clock_offset: Option<i64>,
    /// About which family.
    pub kpm: KpmId,
    /// What was recorded.
    pub payload: Payload,
}

/// What an entry records.
#[derive(Clone, PartialEq, Debug)]
pub enum Payload {
    /// An assessment was finished.
    AssessmentFinished(Box<Assessment>),
    /// A kind that this version does not know: kept as it came.
    Newer {
        /// The kind's number.
        kind: u16,
        /// Its CBOR.
        body: Vec<u8>,
    },
}

/// Why bytes are no entry that this version can take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryError {
    /// Not an entry at all.
    Unreadable,
}

const ASSESSMENT_FINISHED: u16 = 1;

impl Entry {
    /// The entry's bytes: what is stored, hashed and sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(&EntryRecord {
            id: self.id,
            author: self.author,
            vault: self.vault,
            device_seq: self.device_seq,
            device_time: self.device_time,
            clock_offset: self.clock_offset,
            kpm: self.kpm,
            payload: self.payload.clone(),
        })
    }

    /// # Errors
    /// [`EntryError::Unreadable`] where the bytes are no entry.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        let record: EntryRecord = from_bytes(bytes).map_err(|Unreadable| EntryError::Unreadable)?;
        Ok(Self {
            id: record.id,
            author: record.author,
            vault: record.vault,
            device_seq: record.device_seq,
            device_time: record.device_time,
            clock_offset: record.clock_offset,
            kpm: record.kpm,
            payload: record.payload,
        })
    }
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct EntryRecord {
    #[n(0)]
    id: EntryId,
    #[n(1)]
    author: UserId,
    #[n(2)]
    vault: VaultId,
    #[n(3)]
    device_seq: u64,
    #[n(4)]
    device_time: Millis,
    #[n(5)]
    clock_offset: Option<i64>,
    #[n(6)]
    kpm: KpmId,
    #[n(7)]
    payload: Payload,
}

impl<C> Encode<C> for Payload {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        c: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        e.array(2)?;
        match self {
            Self::AssessmentFinished(assessment) => e
                .u16(ASSESSMENT_FINISHED)?
                .encode_with(AssessmentRecord::from((**assessment).clone()), c)?
                .ok(),
            Self::Newer { kind, body } => {
                e.u16(*kind)?;
                e.writer_mut().write_all(body).map_err(encode::Error::write)
            }
        }
    }
}

impl<'b, C> Decode<'b, C> for Payload {
    fn decode(d: &mut Decoder<'b>, c: &mut C) -> Result<Self, decode::Error> {
        let rest = codec::open_array(d, 2)?;
        let payload = match d.u16()? {
            ASSESSMENT_FINISHED => {
                let record: AssessmentRecord = d.decode_with(c)?;
                Self::AssessmentFinished(Box::new(record.into()))
            }
            kind => {
                let start = d.position();
                d.skip()?;
                let body = d.input().get(start..d.position()).unwrap_or_default();
                Self::Newer {
                    kind,
                    body: body.to_vec(),
                }
            }
        };
        codec::skip(d, rest)?;
        Ok(payload)
    }
}
