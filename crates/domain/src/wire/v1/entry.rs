//! An entry: what a phone has recorded, immutable.

use crate::{
    Millis,
    assessment::Assessment,
    codec::{self, Reader, Unreadable, Writer, Written},
    id::{EntryId, KpmId, UserId, VaultId},
    note::Note,
    registration::Registration,
};

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
    /// A note was written.
    NoteWritten(Box<Note>),
    /// A family was registered.
    FamilyRegistered(Box<Registration>),
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
const NOTE_WRITTEN: u16 = 2;
const FAMILY_REGISTERED: u16 = 3;

impl Entry {
    /// The entry's bytes: what is stored, hashed and sent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::to_bytes(self)
    }

    /// # Errors
    /// [`EntryError::Unreadable`] where the bytes are no entry.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EntryError> {
        codec::from_bytes(bytes).map_err(|Unreadable| EntryError::Unreadable)
    }
}

crate::written_as_map!(Entry {
    0 id, 1 author, 2 vault, 3 device_seq, 4 device_time, 5 clock_offset, 6 kpm, 7 payload,
});

/// `[kind, body]`.
impl Written for Payload {
    fn put(&self, writer: &mut Writer) {
        writer.list(2);
        match self {
            Self::AssessmentFinished(assessment) => {
                writer.unsigned(u64::from(ASSESSMENT_FINISHED));
                assessment.put(writer);
            }
            Self::NoteWritten(note) => {
                writer.unsigned(u64::from(NOTE_WRITTEN));
                note.put(writer);
            }
            Self::FamilyRegistered(registration) => {
                writer.unsigned(u64::from(FAMILY_REGISTERED));
                registration.put(writer);
            }
            Self::Newer { kind, body } => {
                writer.unsigned(u64::from(*kind));
                writer.raw(body);
            }
        }
    }

    fn take(reader: &mut Reader<'_>) -> Self {
        let more = codec::open_list(reader, 2);
        let payload = match reader.place() {
            ASSESSMENT_FINISHED => Self::AssessmentFinished(Box::new(Assessment::take(reader))),
            NOTE_WRITTEN => Self::NoteWritten(Box::new(Note::take(reader))),
            FAMILY_REGISTERED => Self::FamilyRegistered(Box::new(Registration::take(reader))),
            kind => Self::Newer {
                kind,
                body: reader.raw().to_vec(),
            },
        };
        codec::close_list(reader, more);
        payload
    }
}
