//! The assessments of before: asked by the pack's own questionnaire, decided by
//! the pack, and sent through the same judge as a phone's.

use super::{PracticeError, family::Drawn, noted, today};
use crate::{
    db::{Db, SubmittedBatch},
    packs::Shelf,
    receive::{self, Known, Received, Speaker},
    synth::Random,
};
use naik_kelas_domain::{
    Date, Millis, Value,
    access::Role,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    assessment::Assessment,
    freeze,
    id::{AssessmentId, EntryId, KpmId, MemberId, UserId, VaultId},
    kpm::Kpm,
    region::RegencyCode,
    wire::v1::{Entry, Payload, ReceiptOutcome},
};
use naik_kelas_rules::{
    form::{Relevance, form},
    pack::{FactRef, MEMBERS, Pack},
};

const SKILLS: [&str; 8] = [
    "cooking",
    "sewing",
    "carpentry",
    "masonry",
    "farming",
    "livestock",
    "trade",
    "driving",
];

/// Asks the family what the questionnaire asks, and decides.
pub(super) fn assess(
    pack: &Pack,
    kpm: &Kpm,
    said: &Answers,
    registered: &Answers,
    on: Date,
    random: &mut Random,
) -> Result<Assessment, PracticeError> {
    let members: Vec<MemberId> = kpm.present().collect();
    let mut answers = said.clone();
    for member in &members {
        dream(&mut answers, *member, random);
    }
    // What the registry knew is confirmed in the house; only its own facts keep its name.
    for (path, answer) in registered.iter() {
        if matches!(path, FactPath::Family(_)) {
            answers.set(path.clone(), answer.clone());
        }
    }
    settle(pack, on, &members, &mut answers)?;
    let decision = freeze::freeze(pack, on, &members, &answers).map_err(|_| PracticeError::Pack)?;
    // At ten in the morning, western time, for half an hour or so.
    let started = Millis(super::midnight(on).0 + 3 * 3_600_000 + random.int(7_200_000.0));
    Ok(Assessment {
        id: AssessmentId::new(started, random.bytes()),
        kpm: kpm.id,
        started,
        finished: Millis(started.0 + 1_200_000 + random.int(1_200_000.0)),
        members,
        removed: Vec::new(),
        answers,
        decision,
        replaces: None,
    })
}

/// What somebody can and wants to do.
fn dream(answers: &mut Answers, member: MemberId, random: &mut Random) {
    let mut skills: Vec<String> = Vec::new();
    for skill in SKILLS {
        if random.yes(0.15) {
            skills.push(skill.to_owned());
        }
    }
    let (wants, hours) = (random.yes(0.3), random.int(30.0));
    for (fact, value) in [
        ("skills", Value::Codes(skills)),
        ("wants_business", Value::Bool(wants)),
        ("free_hours_week", Value::Int(hours)),
        ("birth_date_approximate", Value::Bool(false)),
    ] {
        answers.set(FactPath::member(member, fact), Answer::asked(value));
    }
}

/// Leaves out what the questionnaire skips, writes what it writes instead, until nothing more changes.
fn settle(
    pack: &Pack,
    on: Date,
    members: &[MemberId],
    answers: &mut Answers,
) -> Result<(), PracticeError> {
    // Skipping one question can skip another; three rounds settle every questionnaire that is no riddle.
    for _ in 0..4 {
        let family = freeze::family(pack, on, members, answers).map_err(|_| PracticeError::Pack)?;
        let mut changed = false;
        for entry in form(pack, &family)
            .sections
            .iter()
            .flat_map(|section| &section.entries)
        {
            if let Relevance::Skipped(value) = &entry.relevance
                && let Some(path) = path(pack, members, entry.at)
            {
                changed |= skip(answers, path, value.as_ref());
            }
        }
        if !changed {
            return Ok(());
        }
    }
    Ok(())
}

fn skip(answers: &mut Answers, path: FactPath, value: Option<&Value>) -> bool {
    match value {
        None => answers.remove(&path).is_some(),
        Some(value) => {
            let written = Answer {
                reply: Reply::Known(value.clone()),
                provenance: Provenance::Skipped,
            };
            if answers.get(&path) == Some(&written) {
                return false;
            }
            answers.set(path, written);
            true
        }
    }
}

fn path(pack: &Pack, members: &[MemberId], at: FactRef) -> Option<FactPath> {
    let fact = pack.fact(at.fact)?;
    match at.member {
        None => Some(FactPath::family(fact.path.as_str())),
        Some(member) => {
            let id = members.get(usize::from(member))?;
            Some(FactPath::member(*id, fact.path.strip_prefix(MEMBERS)?))
        }
    }
}

/// Sends each facilitator's assessments in the order of their days, as one chain.
pub(super) async fn submit(
    db: &Db,
    shelf: &Shelf,
    regency: RegencyCode,
    families: &[Drawn],
    now: Millis,
) -> Result<(), PracticeError> {
    let mut holders: Vec<UserId> = families.iter().map(|drawn| drawn.holder).collect();
    holders.dedup();
    for holder in holders {
        let speaker = Speaker {
            user: holder,
            role: Role::Facilitator,
            area: regency,
            // The vault of the phone that is no longer there: named after its owner.
            vault: VaultId::from_bytes(*holder.as_bytes()),
        };
        let received: Vec<Received> = entries(shelf, families, &speaker)?
            .iter()
            .map(|entry| Received::read(entry.to_bytes()))
            .collect();
        let kpms = received.iter().filter_map(Received::kpm).collect();
        let standings = db.standings(regency, holder, kpms).await?;
        let mut noted: Vec<_> = received.iter().filter_map(Received::note_of).collect();
        noted.sort_unstable();
        noted.dedup();
        let mut known = Known {
            shelf,
            standings,
            families: db.families(regency, noted).await?,
            today: today(),
        };
        let submissions = received
            .into_iter()
            .map(|received| receive::judge(received, &speaker, &mut known))
            .collect();
        let batch = SubmittedBatch {
            regency,
            vault: speaker.vault,
            heard_to: 0,
            previous: Some([0; 32]),
            submissions,
            received: now,
        };
        let receipts = db.submit(batch).await?;
        let refused =
            |outcome| matches!(outcome, ReceiptOutcome::Refused(_) | ReceiptOutcome::Later);
        if receipts.iter().any(|receipt| refused(receipt.outcome)) {
            return Err(PracticeError::Pack);
        }
    }
    Ok(())
}

fn entries(
    shelf: &Shelf,
    families: &[Drawn],
    speaker: &Speaker,
) -> Result<Vec<Entry>, PracticeError> {
    let mut said: Vec<(Millis, Said)> = Vec::new();
    let own = families.iter().filter(|drawn| drawn.holder == speaker.user);
    let assessed = own.filter(|drawn| drawn.before.is_some()).enumerate();
    for (place, drawn) in assessed {
        if let Some(assessment) = &drawn.before {
            let payload = Payload::AssessmentFinished(Box::new(assessment.clone()));
            let id = EntryId::from_bytes(*assessment.id.as_bytes());
            said.push((assessment.finished, (id, drawn.kpm.id, payload)));
        }
        for note in noted::notes(shelf, drawn, place)? {
            let id = EntryId::from_bytes(*note.id.as_bytes());
            let after = drawn.before.as_ref().map_or(note.written, |before| {
                note.written.max(Millis(before.finished.0 + 1))
            });
            said.push((after, (id, note.kpm, Payload::NoteWritten(Box::new(note)))));
        }
    }
    said.sort_by_key(|(at, _)| *at);
    let numbered = (1u64..).zip(said);
    Ok(numbered
        .map(|(device_seq, (device_time, (id, kpm, payload)))| Entry {
            id,
            author: speaker.user,
            vault: speaker.vault,
            device_seq,
            device_time,
            clock_offset: Some(0),
            kpm,
            payload,
        })
        .collect())
}

/// An entry's identity, its family, and what it records.
type Said = (EntryId, KpmId, Payload);
