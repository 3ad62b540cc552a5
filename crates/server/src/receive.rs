//! Judging what phones send: may this person say it, and does it hold?
//!
//! Pure: who speaks, what is known and the day come in as arguments. What is
//! refused here is kept by the database all the same, with its code.

use crate::{
    db::{FamilyStanding, Submission, TakenEntry, Verdict},
    packs::Shelf,
};
use naik_kelas_domain::{
    Date, Value,
    access::{Role, Standing, Verb, allows},
    answer::{FactPath, Reply},
    assessment::Assessment,
    freeze::{self, Misfit},
    id::{KpmId, UserId, VaultId},
    region::RegencyCode,
    wire::v1::{Entry, Payload, RefusalCode},
};
use sha2::{Digest, Sha256};

/// Who speaks.
#[derive(Clone, Copy, Debug)]
pub struct Speaker {
    /// Identity.
    pub user: UserId,
    /// What this person does.
    pub role: Role,
    /// Where.
    pub area: RegencyCode,
    /// This person's vault on the installation that speaks.
    pub vault: VaultId,
}

/// An entry as it came, and what could be read of it.
pub struct Received {
    bytes: Vec<u8>,
    entry: Option<Entry>,
}

impl Received {
    /// Reads an entry's bytes; what cannot be read stays as bytes.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Self {
        let entry = Entry::from_bytes(&bytes).ok();
        Self { bytes, entry }
    }

    /// The family that the entry is about, where that could be read.
    #[must_use]
    pub fn kpm(&self) -> Option<KpmId> {
        self.entry.as_ref().map(|entry| entry.kpm)
    }
}

/// What is known when entries are judged.
pub struct Known<'a> {
    /// The packs that can decide again.
    pub shelf: &'a Shelf,
    /// Where the families named stand towards the speaker.
    pub standings: &'a [FamilyStanding],
    /// The calendar day in the regency's zone.
    pub today: Date,
}

/// Judges an entry.
#[must_use]
pub fn judge(received: Received, speaker: &Speaker, known: &Known<'_>) -> Submission {
    let Received { bytes, entry } = received;
    let hash = Sha256::digest(&bytes).into();
    let Some(entry) = entry else {
        return Submission {
            bytes,
            hash,
            id: None,
            device_seq: None,
            verdict: Verdict::Refuse(RefusalCode::Unreadable),
        };
    };
    let own = entry.vault == speaker.vault;
    let (id, device_seq) = (entry.id, own.then_some(entry.device_seq));
    let verdict = match check(&entry, speaker, known) {
        Err(code) => Verdict::Refuse(code),
        Ok(()) => take(entry),
    };
    Submission {
        bytes,
        hash,
        id: Some(id),
        device_seq,
        verdict,
    }
}

fn take(entry: Entry) -> Verdict {
    match entry.payload {
        Payload::AssessmentFinished(assessment) => Verdict::Take(Box::new(TakenEntry {
            id: entry.id,
            author: entry.author,
            device_seq: entry.device_seq,
            device_time: entry.device_time,
            kpm: entry.kpm,
            assessment: *assessment,
        })),
        Payload::Newer { .. } => Verdict::Refuse(RefusalCode::UnknownKind),
    }
}

fn check(entry: &Entry, speaker: &Speaker, known: &Known<'_>) -> Result<(), RefusalCode> {
    if entry.author != speaker.user {
        return Err(RefusalCode::WrongAuthor);
    }
    if entry.vault != speaker.vault {
        return Err(RefusalCode::WrongVault);
    }
    let Payload::AssessmentFinished(assessment) = &entry.payload else {
        return Err(RefusalCode::UnknownKind);
    };
    let standing = known
        .standings
        .iter()
        .find(|standing| standing.kpm == entry.kpm);
    let may = standing.is_some_and(|family| {
        let standing = Standing {
            village: family.village,
            granted: family.granted,
            was_granted: family.was_granted,
        };
        allows(speaker.role, speaker.area, Verb::AssessFamily, standing)
    });
    if !may {
        return Err(RefusalCode::NotYourFamily);
    }
    // An envelope about one family and an assessment of another contradict each other; so does a
    // number that no chain has.
    if assessment.kpm != entry.kpm
        || entry.device_seq == 0
        || i64::try_from(entry.device_seq).is_err()
    {
        return Err(RefusalCode::Unreadable);
    }
    check_days(assessment, known.today)?;
    check_decision(assessment, known.shelf)
}

/// Nothing that has happened lies in the future, and nobody was born or assisted after the assessment.
fn check_days(assessment: &Assessment, today: Date) -> Result<(), RefusalCode> {
    let on = assessment.decision.on;
    if on > today {
        return Err(RefusalCode::FutureDate);
    }
    for (path, answer) in assessment.answers.iter() {
        let Reply::Known(Value::Date(day)) = &answer.reply else {
            continue;
        };
        let latest = match path {
            FactPath::Member(_, fact) if fact == "birth_date" => on,
            FactPath::Family(fact) if fact == "social_assistance.since" => on,
            FactPath::Member(..) | FactPath::Family(_) => today,
        };
        if *day > latest {
            return Err(RefusalCode::FutureDate);
        }
    }
    Ok(())
}

/// Decides again with the same pack and compares everything that was frozen.
fn check_decision(assessment: &Assessment, shelf: &Shelf) -> Result<(), RefusalCode> {
    let frozen = &assessment.decision;
    let shelved = shelf
        .get(&frozen.pack.hash)
        .ok_or(RefusalCode::UnknownPack)?;
    if assessment.members.is_empty() {
        return Err(RefusalCode::UnknownMember);
    }
    let again = freeze::freeze(
        &shelved.pack,
        frozen.on,
        &assessment.members,
        &assessment.answers,
    )
    .map_err(|misfit| match misfit {
        Misfit::UnknownMember | Misfit::BadMembers => RefusalCode::UnknownMember,
        Misfit::BadAnswer => RefusalCode::BadAnswer,
    })?;
    if again == *frozen {
        Ok(())
    } else {
        Err(RefusalCode::DecisionDiffers)
    }
}
