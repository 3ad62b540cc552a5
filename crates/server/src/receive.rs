//! Judging what phones send: may this person say it, and does it hold?
//!
//! Pure: who speaks, what is known and the day come in as arguments. What is
//! refused here is kept by the database all the same, with its code.

use crate::{
    db::{FamilyStanding, Recorded, Submission, TakenEntry, Verdict},
    packs::Shelf,
};
use naik_kelas_domain::{
    Date, Value,
    access::{Role, Standing, Verb, allows},
    answer::{FactPath, Reply},
    assessment::Assessment,
    freeze::{self, Misfit},
    id::{KpmId, UserId, VaultId},
    journey::{self, NoteFault},
    kpm::Kpm,
    note::Note,
    region::RegencyCode,
    registration::Registration,
    wire::v1::{Entry, Payload, RefusalCode},
};
use naik_kelas_rules::pack::forms;
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

    /// The family of which a note was written: judging it needs the family as it is.
    #[must_use]
    pub fn note_of(&self) -> Option<KpmId> {
        let entry = self.entry.as_ref()?;
        matches!(entry.payload, Payload::NoteWritten(_)).then_some(entry.kpm)
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
    /// Where the families named stand towards the speaker; a family that is registered joins them.
    pub standings: Vec<FamilyStanding>,
    /// The families of which notes are judged, as they are before the entry; each entry that is taken changes them.
    pub families: Vec<Kpm>,
    /// The calendar day in the regency's zone.
    pub today: Date,
}

/// Judges an entry.
#[must_use]
pub fn judge(received: Received, speaker: &Speaker, known: &mut Known<'_>) -> Submission {
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
    if let Verdict::Take(taken) = &verdict
        && let Recorded::Registration(registration) = &taken.recorded
        && let Some(family) = registration.family()
    {
        // What follows in the same request is about a family that is theirs.
        known
            .standings
            .extend(family.village.map(|village| FamilyStanding {
                kpm: family.id,
                village,
                granted: true,
                was_granted: true,
            }));
        known.families.push(family);
    }
    if let Verdict::Take(taken) = &verdict
        && let Some(place) = known
            .families
            .iter()
            .position(|family| family.id == taken.kpm)
    {
        let family = known.families.swap_remove(place);
        known.families.push(taken.recorded.upon(family));
    }
    Submission {
        bytes,
        hash,
        id: Some(id),
        device_seq,
        verdict,
    }
}

fn take(entry: Entry) -> Verdict {
    let recorded = match entry.payload {
        Payload::AssessmentFinished(assessment) => Recorded::Assessment(assessment),
        Payload::NoteWritten(note) => Recorded::Note(note),
        Payload::FamilyRegistered(registration) => Recorded::Registration(registration),
        Payload::Newer { .. } => return Verdict::Refuse(RefusalCode::UnknownKind),
    };
    Verdict::Take(Box::new(TakenEntry {
        id: entry.id,
        author: entry.author,
        device_seq: entry.device_seq,
        device_time: entry.device_time,
        kpm: entry.kpm,
        recorded,
    }))
}

fn check(entry: &Entry, speaker: &Speaker, known: &Known<'_>) -> Result<(), RefusalCode> {
    if entry.author != speaker.user {
        return Err(RefusalCode::WrongAuthor);
    }
    if entry.vault != speaker.vault {
        return Err(RefusalCode::WrongVault);
    }
    let (about, verb) = match &entry.payload {
        Payload::AssessmentFinished(assessment) => (assessment.kpm, Verb::AssessFamily),
        Payload::NoteWritten(note) if is_of_office(note, known.shelf) => {
            (note.kpm, Verb::DecideFamily)
        }
        Payload::NoteWritten(note) => (note.kpm, Verb::AssessFamily),
        Payload::FamilyRegistered(registration) => (registration.kpm, Verb::RegisterFamily),
        Payload::Newer { .. } => return Err(RefusalCode::UnknownKind),
    };
    let standing = known
        .standings
        .iter()
        .find(|standing| standing.kpm == entry.kpm);
    if let Payload::FamilyRegistered(registration) = &entry.payload {
        if standing.is_some() {
            return Err(RefusalCode::FamilyExists);
        }
        check_place(registration, speaker)?;
    } else if !may_touch(standing, speaker, verb) {
        return Err(RefusalCode::NotYourFamily);
    }
    // An envelope about one family and an assessment of another contradict each other; so does a
    // number that no chain has.
    if about != entry.kpm || entry.device_seq == 0 || i64::try_from(entry.device_seq).is_err() {
        return Err(RefusalCode::Unreadable);
    }
    match &entry.payload {
        Payload::AssessmentFinished(assessment) => {
            check_days(assessment, known.today)?;
            check_decision(assessment, known.shelf)
        }
        Payload::NoteWritten(note) => check_note(note, known),
        Payload::FamilyRegistered(registration) => check_registration(registration, known),
        Payload::Newer { .. } => Err(RefusalCode::UnknownKind),
    }
}

fn may_touch(standing: Option<&FamilyStanding>, speaker: &Speaker, verb: Verb) -> bool {
    standing.is_some_and(|family| {
        let standing = Standing {
            village: family.village,
            granted: family.granted,
            was_granted: family.was_granted,
        };
        allows(speaker.role, speaker.area, verb, standing)
    })
}

/// A family is registered where this person works.
fn check_place(registration: &Registration, speaker: &Speaker) -> Result<(), RefusalCode> {
    let family = registration.family().ok_or(RefusalCode::BadAnswer)?;
    let village = family.village.ok_or(RefusalCode::BadAnswer)?;
    let standing = Standing {
        village,
        granted: false,
        was_granted: false,
    };
    match allows(speaker.role, speaker.area, Verb::RegisterFamily, standing) {
        true => Ok(()),
        false if village.regency() != speaker.area => Err(RefusalCode::WrongVillage),
        false => Err(RefusalCode::NotYourFamily),
    }
}

fn check_registration(registration: &Registration, known: &Known<'_>) -> Result<(), RefusalCode> {
    if registration.on > known.today {
        return Err(RefusalCode::FutureDate);
    }
    let hash = &registration.pack.hash;
    let shelved = known.shelf.get(hash).ok_or(RefusalCode::UnknownPack)?;
    let turned = shelved.forms.get(forms::REGISTER);
    let turned = turned.ok_or(RefusalCode::UnknownKind)?;
    let judged = registration.judge(turned);
    judged.map(drop).map_err(|fault| match fault {
        // The only checks are of the birth date.
        NoteFault::OutOfOrder => RefusalCode::FutureDate,
        NoteFault::BadAnswer => RefusalCode::BadAnswer,
    })
}

/// Whether offices write this form, and not facilitators.
fn is_of_office(note: &Note, shelf: &Shelf) -> bool {
    let shelved = shelf.get(&note.pack.hash);
    let form = shelved.and_then(|shelved| shelved.pack.form(&note.form));
    form.is_some_and(|form| form.office)
}

/// Works out again what follows from a note, for the family as it is.
fn check_note(note: &Note, known: &Known<'_>) -> Result<(), RefusalCode> {
    if note.on > known.today {
        return Err(RefusalCode::FutureDate);
    }
    let shelved = known
        .shelf
        .get(&note.pack.hash)
        .ok_or(RefusalCode::UnknownPack)?;
    let (Some(form), Some(turned)) = (shelved.pack.form(&note.form), shelved.forms.get(&note.form))
    else {
        return Err(RefusalCode::UnknownKind);
    };
    // Who is registered is no note.
    if form.asks_a_person() {
        return Err(RefusalCode::UnknownKind);
    }
    let family = known
        .families
        .iter()
        .find(|family| family.id == note.kpm)
        .ok_or(RefusalCode::NotYourFamily)?;
    // Sent again: what it led to has happened.
    if family.notes.0.iter().any(|held| held.id == note.id) {
        return Ok(());
    }
    let follows = journey::follow(turned, form, family, note.on, &note.answers).map_err(
        |fault| match fault {
            NoteFault::OutOfOrder => RefusalCode::OutOfOrder,
            NoteFault::BadAnswer => RefusalCode::BadAnswer,
        },
    )?;
    // Another phone was faster and led the family there already, as with a plan that two write at once.
    let stands_there = follows.becomes.is_none() && note.becomes == Some(family.state);
    let leads = stands_there || follows.becomes == note.becomes;
    if leads && follows.next == note.next {
        Ok(())
    } else {
        Err(RefusalCode::DecisionDiffers)
    }
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
