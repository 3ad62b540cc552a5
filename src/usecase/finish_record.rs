//! Finishing an assessment, a note, those of a group, or a registration: frozen, and on its way to the server, in one transaction.

use super::{
    SaveError, TRIES,
    find_alike::{Alike, alike},
};
use crate::{
    assess::{self, Blocker, attending},
    caseload::{SummaryChange, summary_of},
    records::{ChainHead, CommitError, WaitingRow, Writes},
    services::Services,
    store::Table,
    vault::{VaultError, sha256},
};
use naik_kelas_domain::codec::Bytes;
use naik_kelas_domain::{
    Value,
    answer::{Answer, Answers, FactPath},
    assessment::{Assessment, Draft},
    freeze::{self, Misfit},
    id::{AssessmentId, EntryId, KpmId, NoteId},
    journey::{NoteFault, follow},
    kpm::Kpm,
    note::Note,
    registration::{Registration, asks},
    wire::v1::{Entry, Payload},
};
use naik_kelas_rules::pack::{Pack, forms};

/// Why an assessment or a note was not finished. The draft is still there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FinishError {
    /// These must be mended first, in the order of the questionnaire.
    NotYet(Vec<Blocker>),
    /// The draft's pack is not on this phone: it comes with the next sync.
    NoPack,
    /// The answers make no family that the pack can decide.
    Misfit(Misfit),
    /// The note cannot stand for the family as it is by now.
    Note(NoteFault),
    /// The family that is registered looks like these: a person says whether it is one of them.
    Alike(Vec<Alike>),
    /// No such family on this phone.
    NotHere,
    /// It could not be saved.
    Save(SaveError),
}

/// Finishes a draft at the revision that was saved last: an assessment with its decision, a note with what follows, a
/// family that is registered. `others` are families that look like it and are not it, as a person has said.
///
/// # Errors
/// [`FinishError`]; then nothing has changed.
pub async fn finish_record(
    services: &Services,
    draft: &Draft,
    others: &[KpmId],
) -> Result<(), FinishError> {
    let records = services.records();
    let pack = services
        .packs
        .of_draft(&records.store, draft)
        .await
        .map_err(VaultError::from)?
        .ok_or(FinishError::NoPack)?;
    let assessed = assess::evaluate(&pack, draft);
    let blockers = assess::blockers(&pack, draft, &assessed);
    if !blockers.is_empty() {
        return Err(FinishError::NotYet(blockers));
    }
    let settled = Draft {
        answers: assess::settled(&pack, draft, &assessed.form),
        ..draft.clone()
    };
    let registration = match draft.form.as_deref() {
        Some(forms::REGISTER) => {
            let (registration, fresh) = registered(services, &pack, &settled, others)?;
            let alike = alike(services, &fresh, others).await?;
            if !alike.is_empty() {
                return Err(FinishError::Alike(alike));
            }
            Some(registration)
        }
        _ => None,
    };
    let families = match draft.form.as_deref() {
        Some(forms::GROUP) => attending::families(draft),
        _ => vec![draft.kpm],
    };
    for _ in 0..TRIES {
        let mut works = Vec::with_capacity(families.len());
        for kpm in &families {
            let held = records.kpm(*kpm).await?;
            let read = held.as_ref().map(|held| held.version);
            let held = held.map(|held| held.record);
            let recorded = record(services, &pack, &settled, held, registration.as_ref())?;
            works.extend(recorded.map(|(after, payload)| Work {
                after,
                read,
                payload,
            }));
        }
        if works.is_empty() {
            return Err(FinishError::NotHere);
        }
        if write(services, draft, works).await? {
            services.sync.recount().await;
            services.sync.now();
            return Ok(());
        }
        services.caseload.load(&records).await?;
    }
    Err(FinishError::Save(SaveError::ChangedInAnotherTab))
}

/// What is written of one family.
struct Work {
    /// The family afterwards.
    after: Kpm,
    /// The version of it that was read, where there was one.
    read: Option<u64>,
    payload: Payload,
}

/// What is recorded of a family, and the family afterwards; `None` where it is no longer ours to write of.
fn record(
    services: &Services,
    pack: &Pack,
    settled: &Draft,
    held: Option<Kpm>,
    registration: Option<&Registration>,
) -> Result<Option<(Kpm, Payload)>, FinishError> {
    if let Some(registration) = registration {
        let after = registration.upon(held).ok_or(FinishError::NotHere)?;
        let payload = Payload::FamilyRegistered(Box::new(registration.clone()));
        return Ok(Some((after, payload)));
    }
    let Some(kpm) = held else {
        // Of a group, a family that was handed over meanwhile.
        return match settled.form.as_deref() {
            Some(forms::GROUP) => Ok(None),
            _ => Err(FinishError::NotHere),
        };
    };
    let Some(form) = &settled.form else {
        // What is kept is decided from what is kept, by the function with which the endpoint decides it again.
        let decision = freeze::freeze(pack, settled.on, &settled.members, &settled.answers)
            .map_err(FinishError::Misfit)?;
        let assessment = settled.finish(services.platform.now(), decision);
        let after = kpm.after(&assessment);
        return Ok(Some((
            after,
            Payload::AssessmentFinished(Box::new(assessment)),
        )));
    };
    let note = noted(services, pack, form, settled, &kpm)?;
    Ok(Some((
        kpm.after_note(&note),
        Payload::NoteWritten(Box::new(note)),
    )))
}

/// The note of a form: its own answers alone, and what follows from them for the family as it is now.
fn noted(
    services: &Services,
    pack: &Pack,
    form: &str,
    settled: &Draft,
    kpm: &Kpm,
) -> Result<Note, FinishError> {
    let form = pack.form(form).ok_or(FinishError::NoPack)?;
    let answers = own_answers(pack, settled);
    let follows = follow(pack, form, kpm, settled.on, &answers).map_err(FinishError::Note)?;
    // Of a group each family has a note of its own.
    let id = match kpm.id == settled.kpm {
        true => NoteId::from_bytes(*settled.id.as_bytes()),
        false => NoteId::new(services.platform.now(), services.platform.random()),
    };
    Ok(Note {
        id,
        kpm: kpm.id,
        form: form.id.clone(),
        pack: settled.pack.clone(),
        on: settled.on,
        written: services.platform.now(),
        answers,
        becomes: follows.becomes,
        next: follows.next,
        upon: settled.upon.clone(),
    })
}

/// What the draft's form itself asks; nothing else of the family.
fn own_answers(pack: &Pack, settled: &Draft) -> Answers {
    let asks = |path: &FactPath| {
        let at = assess::fact_of(pack, settled, path);
        at.is_some_and(|at| asks(pack, at.fact))
    };
    let answers = settled.answers.iter().filter(|(path, _)| asks(path));
    answers
        .map(|(path, answer)| (path.clone(), answer.clone()))
        .collect()
}

/// The registration of the draft's family, and the family that it begins; its village is one of those on this phone.
fn registered(
    services: &Services,
    pack: &Pack,
    settled: &Draft,
    others: &[KpmId],
) -> Result<(Registration, Kpm), FinishError> {
    let answers = own_answers(pack, settled);
    let village = answers.get(&FactPath::family("village"));
    let mut village_name = String::new();
    if let Some(Value::Text(code)) = village.and_then(Answer::value) {
        for (known, name) in services.caseload.villages() {
            if known == *code {
                village_name = name;
            }
        }
    }
    let registration = Registration {
        kpm: settled.kpm,
        head: *settled.members.first().ok_or(FinishError::NotHere)?,
        pack: settled.pack.clone(),
        on: settled.on,
        written: services.platform.now(),
        village_name,
        answers,
        others: others.to_vec(),
    };
    let fresh = registration.judge(pack).map_err(FinishError::Note)?;
    Ok((registration, fresh))
}

/// True where all was kept; false where another tab was faster with something else, so that it is worth another try.
async fn write(services: &Services, draft: &Draft, works: Vec<Work>) -> Result<bool, FinishError> {
    let records = services.records();
    let mut writes = Writes::strict();
    let mut head = records.chain().await?.unwrap_or(ChainHead {
        seq: 0,
        hash: [0; 32],
    });
    let before = head.seq;
    let mut changes = Vec::with_capacity(works.len());
    for Work {
        after,
        read,
        payload,
    } in works
    {
        let summary = services.caseload.summary(after.id);
        let mut begun = summary.and_then(|summary| summary.draft_since);
        if let Payload::AssessmentFinished(assessment) = &payload {
            records.put_assessment(&mut writes, assessment);
            begun = None;
        }
        let row;
        (row, head) = next_entry(services, &head, after.id, payload).await?;
        records.put_waiting(&mut writes, after.id, &row, head.seq);
        records.put_kpm(&mut writes, &after, read);
        changes.push(SummaryChange::Put(summary_of(&after, begun)));
    }
    records.put_chain(&mut writes, before, &head);
    records.delete_draft(&mut writes, draft);
    if let Some(replaced) = draft.replaces {
        // The refused entry that this one mends has done its work.
        for (key, refused) in records.refused().await? {
            if recorded(&refused.waiting.bytes).is_some_and(|refused| refused.id() == replaced) {
                writes.batch.delete(Table::Refused, key);
            }
        }
    }
    let pages = services.caseload.put(&records, &mut writes, changes);
    match records.commit(writes).await {
        Ok(()) => {
            services.caseload.adopt(pages);
            Ok(true)
        }
        Err(CommitError::Changed(Table::Meta | Table::Pages | Table::Kpms)) => Ok(false),
        Err(error) => Err(FinishError::Save(error.into())),
    }
}

/// The entry at the next place of the chain. Its hash is computed before the transaction, which then holds only where
/// the head has not moved.
async fn next_entry(
    services: &Services,
    before: &ChainHead,
    kpm: KpmId,
    payload: Payload,
) -> Result<(WaitingRow, ChainHead), FinishError> {
    let (last, previous) = (before.seq, before.hash);
    let platform = &services.platform;
    let entry = Entry {
        id: EntryId::new(platform.now(), platform.random()),
        author: services.person.user,
        vault: services.person.vault,
        device_seq: last + 1,
        device_time: platform.now(),
        clock_offset: services.sync.clock_offset(),
        kpm,
        payload,
    };
    let bytes = entry.to_bytes();
    let hash = sha256(&[previous.as_slice(), &bytes].concat()).await?;
    let row = WaitingRow {
        entry: entry.id,
        previous,
        bytes: Bytes::from(bytes),
    };
    Ok((
        row,
        ChainHead {
            seq: entry.device_seq,
            hash,
        },
    ))
}

/// What an entry records that can be opened again and mended.
pub(super) enum Recorded {
    /// An assessment.
    Assessment(Assessment),
    /// A family's registration.
    Registration(Registration),
}

impl Recorded {
    /// By what the draft that mends it names it.
    pub(super) fn id(&self) -> AssessmentId {
        match self {
            Self::Assessment(assessment) => assessment.id,
            Self::Registration(registration) => {
                AssessmentId::from_bytes(*registration.kpm.as_bytes())
            }
        }
    }
}

/// What an entry records, where it can be mended.
pub(super) fn recorded(entry: &[u8]) -> Option<Recorded> {
    match Entry::from_bytes(entry).ok()?.payload {
        Payload::AssessmentFinished(assessment) => Some(Recorded::Assessment(*assessment)),
        Payload::FamilyRegistered(registration) => Some(Recorded::Registration(*registration)),
        Payload::NoteWritten(_) | Payload::Newer { .. } => None,
    }
}

impl From<VaultError> for FinishError {
    fn from(error: VaultError) -> Self {
        Self::Save(error.into())
    }
}
