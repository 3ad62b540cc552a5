//! Starting an assessment or a note, or coming back to the one that was begun.

use super::{OpenError, SaveError, open_family, save_draft::save_new};
use crate::{
    assess::{self, Assessed},
    packs,
    services::Services,
    vault::VaultError,
};
use naik_kelas_domain::{
    Value,
    answer::{Answer, Answers, FactPath},
    assessment::Draft,
    id::{AssessmentId, KpmId, MemberId},
    kpm::Kpm,
    plan::{Upon, Versions},
};
use naik_kelas_rules::pack::{FactIndex, Pack, forms};
use std::sync::Arc;

/// Why an assessment or a note cannot be started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StartError {
    /// No such family on this phone.
    NotHere,
    /// No pack is in force today: it comes with the next sync.
    NoPack,
    /// It could not be saved.
    Save(SaveError),
}

/// The open assessment of a family, or a new one with what is known already.
///
/// # Errors
/// [`StartError`].
pub async fn start_assessment(services: &Services, kpm: KpmId) -> Result<Draft, StartError> {
    let family = open_family(services, kpm).await?;
    if let Some(draft) = family.draft {
        return Ok(draft);
    }
    let draft = new(services, &family.kpm)?;
    save_new(services, &draft).await.map_err(StartError::Save)
}

/// The open note of a family on a form, or a new one: with what is known of the family, where it stands on its road, and
/// what the last note of this form said of what it carries over. It is saved at its first answer.
///
/// # Errors
/// [`StartError`].
pub async fn start_note(services: &Services, kpm: KpmId, form: &str) -> Result<Draft, StartError> {
    let begun = services.records().draft(kpm, Some(form)).await?;
    if matches!(form, forms::REGISTER | forms::GROUP) {
        return begun.map_or_else(|| beside(services, kpm, form), Ok);
    }
    let kpm = open_family(services, kpm).await?.kpm;
    let mut draft = match begun {
        Some(begun) => begun,
        None => {
            let mut draft = new(services, &kpm)?;
            let pack = services
                .packs
                .in_force(draft.on)
                .ok_or(StartError::NoPack)?;
            for (path, answer) in carried(&pack, form, &kpm).iter() {
                draft.answers.set(path.clone(), answer.clone());
            }
            draft.form = Some(form.to_owned());
            if form == forms::PLAN {
                draft.upon = Versions::new(&kpm.notes, form).last();
            }
            draft
        }
    };
    // Where the family stands is what is known now, also in a note that was begun before.
    for (path, answer) in kpm.journey(draft.on).iter() {
        draft.answers.set(path.clone(), answer.clone());
    }
    Ok(draft)
}

/// Whose page was begun on a form that is written of no family of the list, or a new identity for one.
///
/// # Errors
/// [`VaultError`] where the database does not answer.
pub async fn begun_on(services: &Services, form: &str) -> Result<KpmId, VaultError> {
    let begun = services.records().begun_on(form).await?;
    let platform = &services.platform;
    Ok(begun.unwrap_or_else(|| KpmId::new(platform.now(), platform.random())))
}

/// A family of which nothing is known but that it has a head, or the meeting of a group today.
fn beside(services: &Services, kpm: KpmId, form: &str) -> Result<Draft, StartError> {
    let platform = &services.platform;
    let (mut members, mut answers) = (Vec::new(), Answers::default());
    match form {
        forms::REGISTER => members.push(MemberId::new(platform.now(), platform.random())),
        _ => answers.set(
            FactPath::family("group.on"),
            Answer::asked(Value::Date(services.today())),
        ),
    }
    draft(services, kpm, members, answers, Some(form))
}

/// What would be decided of a family today, by the pack in force and with what is known: the pack, and all that follows.
///
/// # Errors
/// [`StartError::NoPack`].
pub fn as_of_today(services: &Services, kpm: &Kpm) -> Result<(Arc<Pack>, Assessed), StartError> {
    let draft = new(services, kpm)?;
    let pack = services.packs.in_force(draft.on);
    let pack = pack.ok_or(StartError::NoPack)?;
    let assessed = assess::evaluate(&pack, &draft);
    Ok((pack, assessed))
}

/// What was said last on a form of the facts that it carries over. Where two said different things and did not know of
/// each other, it is asked again.
fn carried(pack: &Pack, form: &str, kpm: &Kpm) -> Answers {
    let versions = Versions::new(&kpm.notes, form);
    let mut carried = Answers::default();
    for fact in pack.form(form).iter().flat_map(|form| &form.carries) {
        let Some(fact) = pack.fact(FactIndex(*fact)) else {
            continue;
        };
        let path = FactPath::family(fact.path.as_str());
        let said = match form {
            forms::PLAN => versions.said(&path),
            _ => kpm.notes.last(form).into_iter().collect(),
        };
        if let [note] = said.as_slice()
            && let Some(answer) = note.answers.carried(note.on).remove(&path)
        {
            carried.set(path, answer);
        }
    }
    carried
}

fn new(services: &Services, kpm: &Kpm) -> Result<Draft, StartError> {
    let assessed = kpm.last.as_ref().map_or(services.today(), |last| last.on);
    let known = kpm.known.carried(assessed);
    draft(services, kpm.id, kpm.present().collect(), known, None)
}

/// A new draft with these answers, by the pack of today. Not saved yet.
///
/// # Errors
/// [`StartError::NoPack`].
pub(super) fn draft(
    services: &Services,
    kpm: KpmId,
    members: Vec<MemberId>,
    answers: Answers,
    form: Option<&str>,
) -> Result<Draft, StartError> {
    let on = services.today();
    let pack = services.packs.in_force(on).ok_or(StartError::NoPack)?;
    Ok(Draft {
        id: AssessmentId::new(services.platform.now(), services.platform.random()),
        kpm,
        started: services.platform.now(),
        on,
        pack: packs::reference(&pack),
        members,
        removed: Vec::new(),
        answers,
        at: None,
        revision: 0,
        replaces: None,
        form: form.map(str::to_owned),
        upon: Upon::default(),
    })
}

impl From<OpenError> for StartError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotHere => Self::NotHere,
            OpenError::Storage(error) => Self::Save(error.into()),
        }
    }
}

impl From<VaultError> for StartError {
    fn from(error: VaultError) -> Self {
        Self::Save(error.into())
    }
}
