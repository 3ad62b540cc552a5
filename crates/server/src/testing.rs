//! What this crate's tests share: the pack, a small practice server, a phone that speaks CBOR.

use crate::{
    clock::Clock,
    practice::{self, District},
    state::ServerState,
};
use naik_kelas_domain::{
    Date, Millis, Value,
    answer::{Answer, Answers, FactPath},
    assessment::Assessment,
    decision::{FrozenDecision, PackRef},
    freeze,
    id::{AssessmentId, DeviceId, EntryId, KpmId, MemberId, NoteId, UserId, VaultId},
    journey::{self, Follows},
    kpm::Kpm,
    note::Note,
    registration::Registration,
    wire::v1::{Entry, Payload},
};
use naik_kelas_rules::pack::Pack;
use sha2::{Digest, Sha256};
use std::{path::Path, sync::OnceLock};

/// 24 November 2026, 12:00 in Cirebon.
pub(crate) const NOON: Millis = Millis(1_795_496_400_000);

/// The pack as phones get it.
pub(crate) fn pack_bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
        match naik_kelas_compiler::build(&source) {
            Ok(built) => built.bytes,
            Err(findings) => panic!(
                "the pack has {} findings; the first: {}",
                findings.len(),
                findings[0]
            ),
        }
    })
}

pub(crate) fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| Pack::decode(pack_bytes(), Sha256::digest(pack_bytes()).into()).unwrap())
}

/// A practice server with six families each.
pub(crate) async fn server(folder: &Path) -> ServerState {
    let district = District {
        seed: 2026,
        families_each: 6,
    };
    practice::server(
        folder,
        &[pack_bytes().to_vec()],
        Clock::held(NOON),
        district,
    )
    .await
    .unwrap()
}

/// The day of [`NOON`].
pub(crate) fn today() -> Date {
    Date::parse("2026-11-24").unwrap()
}

pub(crate) fn device(number: u8) -> DeviceId {
    DeviceId::from_bytes([number; 16])
}

/// A finished assessment of a family: everything known, savings as said, decided by the pack.
pub(crate) fn assessment(kpm: &Kpm, number: u8, savings: i64) -> Assessment {
    let members: Vec<_> = kpm.present().collect();
    let mut answers = kpm.known.clone();
    answers.set(
        FactPath::family("savings"),
        Answer::asked(naik_kelas_domain::Value::Int(savings)),
    );
    answers.set(FactPath::family("business.exists"), Answer::unknown());
    let decision = freeze::freeze(pack(), today(), &members, &answers).unwrap();
    Assessment {
        id: AssessmentId::from_bytes([number; 16]),
        kpm: kpm.id,
        started: NOON,
        finished: NOON,
        members,
        removed: Vec::new(),
        answers,
        decision,
        replaces: None,
    }
}

/// Decides an assessment anew after its answers were changed.
pub(crate) fn decided(assessment: &Assessment) -> FrozenDecision {
    freeze::freeze(
        pack(),
        assessment.decision.on,
        &assessment.members,
        &assessment.answers,
    )
    .unwrap()
}

pub(crate) fn entry(author: UserId, vault: VaultId, seq: u64, assessment: Assessment) -> Entry {
    Entry {
        id: EntryId::from_bytes(*assessment.id.as_bytes()),
        author,
        vault,
        device_seq: seq,
        device_time: NOON,
        clock_offset: Some(0),
        kpm: assessment.kpm,
        payload: Payload::AssessmentFinished(Box::new(assessment)),
    }
}

/// A note of a family on a form of the pack, with what follows from it where it can stand.
pub(crate) fn written(kpm: &Kpm, number: u8, on: &str, form: &str, said: &[(&str, Value)]) -> Note {
    let on = Date::parse(on).unwrap();
    let answers = said.iter().map(|(fact, value)| {
        let answer = Answer::asked(value.clone());
        (FactPath::family(*fact), answer)
    });
    let answers: Answers = answers.collect();
    let turned = pack().clone().turned_to(form).unwrap();
    let follows = journey::follow(&turned, pack().form(form).unwrap(), kpm, on, &answers);
    let Follows { becomes, next } = follows.unwrap_or_default();
    Note {
        id: NoteId::from_bytes([number; 16]),
        kpm: kpm.id,
        form: form.to_owned(),
        pack: PackRef {
            id: pack().id().to_owned(),
            version: pack().version().to_owned(),
            hash: *pack().hash(),
        },
        on,
        written: NOON,
        answers,
        becomes,
        next,
        upon: naik_kelas_domain::plan::Upon::default(),
    }
}

/// A note as an entry.
pub(crate) fn noted(author: UserId, vault: VaultId, seq: u64, note: Note) -> Entry {
    Entry {
        id: EntryId::from_bytes(*note.id.as_bytes()),
        author,
        vault,
        device_seq: seq,
        device_time: NOON,
        clock_offset: Some(0),
        kpm: note.kpm,
        payload: Payload::NoteWritten(Box::new(note)),
    }
}

/// A family's registration: facts of the head begin with `members.`.
pub(crate) fn registered(number: u8, said: &[(&str, &str)]) -> Registration {
    let head = MemberId::from_bytes([number; 16]);
    let answers = said.iter().map(|(fact, text)| {
        let path = match fact.strip_prefix("members.") {
            Some(own) => FactPath::member(head, own),
            None => FactPath::family(*fact),
        };
        let value = match *fact {
            "members.sex" => Value::Code((*text).into()),
            "members.birth_date" => Value::Date(Date::parse(text).unwrap()),
            _ => Value::Text((*text).into()),
        };
        (path, Answer::asked(value))
    });
    Registration {
        kpm: KpmId::from_bytes([number; 16]),
        head,
        pack: PackRef {
            id: pack().id().to_owned(),
            version: pack().version().to_owned(),
            hash: *pack().hash(),
        },
        on: today(),
        written: NOON,
        village_name: "Sumber".into(),
        answers: answers.collect(),
        others: Vec::new(),
    }
}

/// A registration as an entry.
pub(crate) fn registering(
    author: UserId,
    vault: VaultId,
    seq: u64,
    registration: Registration,
) -> Entry {
    Entry {
        id: EntryId::from_bytes(*registration.kpm.as_bytes()),
        author,
        vault,
        device_seq: seq,
        device_time: NOON,
        clock_offset: Some(0),
        kpm: registration.kpm,
        payload: Payload::FamilyRegistered(Box::new(registration)),
    }
}

pub(crate) fn nobodys_kpm() -> KpmId {
    KpmId::from_bytes([0xee; 16])
}
