//! Starting an assessment, or coming back to the one that was begun.

use super::{OpenError, SaveError, open_family, save_draft::save_new};
use crate::{packs, services::Services, vault::VaultError};
use naik_kelas_domain::{
    assessment::Draft,
    id::{AssessmentId, KpmId},
};

/// Why an assessment cannot be started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StartError {
    /// No such family on this phone.
    NotHere,
    /// No pack is in force today: it comes with the next sync.
    NoPack,
    /// It could not be saved.
    Save(SaveError),
}

/// The open draft of a family, or a new one with what is known already.
///
/// # Errors
/// [`StartError`].
pub async fn start_assessment(services: &Services, kpm: KpmId) -> Result<Draft, StartError> {
    let family = open_family(services, kpm).await?;
    if let Some(draft) = family.draft {
        return Ok(draft);
    }
    let kpm = family.kpm;
    let on = services.today();
    let pack = services.packs.in_force(on).ok_or(StartError::NoPack)?;
    let assessed = kpm.last.as_ref().map_or(on, |last| last.on);
    let draft = Draft {
        id: AssessmentId::new(services.platform.now(), services.platform.random()),
        kpm: kpm.id,
        started: services.platform.now(),
        on,
        pack: packs::reference(&pack),
        members: kpm.present().collect(),
        removed: Vec::new(),
        answers: kpm.known.carried(assessed),
        at: None,
        revision: 0,
        replaces: None,
    };
    save_new(services, &draft).await.map_err(StartError::Save)
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
