//! Mending what the server did not take: the assessment or registration is opened again, and replaces the refused one when finished.

use super::{
    SaveError,
    finish_record::{Recorded, recorded},
    save_draft::save_new,
    start_assessment::draft,
};
use crate::{services::Services, vault::VaultError};
use naik_kelas_domain::{assessment::Draft, id::EntryId};
use naik_kelas_rules::pack::forms;

/// Why a refused entry cannot be opened again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ResendError {
    /// It is no longer among the refused ones.
    NotRefused,
    /// It is nothing that this app can read; the server has kept it.
    Unreadable,
    /// An assessment of this family is open already: finish or discard that one first.
    DraftOpen,
    /// No pack is in force today.
    NoPack,
    /// It could not be saved.
    Save(SaveError),
}

/// Opens the assessment or registration of a refused entry as a new draft. It stays among the refused ones until the draft is finished.
///
/// # Errors
/// [`ResendError`]; then nothing has changed.
pub async fn resend_refused(services: &Services, entry: EntryId) -> Result<Draft, ResendError> {
    let records = services.records();
    let refused = records.refused().await?;
    let found = refused
        .into_iter()
        .find(|(_, row)| row.waiting.entry == entry);
    let (_, row) = found.ok_or(ResendError::NotRefused)?;
    let recorded = recorded(&row.waiting.bytes).ok_or(ResendError::Unreadable)?;
    let replaces = Some(recorded.id());
    let (kpm, members, removed, answers, form) = match recorded {
        Recorded::Assessment(done) => (done.kpm, done.members, done.removed, done.answers, None),
        Recorded::Registration(done) => {
            let form = Some(forms::REGISTER.to_owned());
            (done.kpm, vec![done.head], Vec::new(), done.answers, form)
        }
    };
    if let Some(open) = records.draft(kpm, form.as_deref()).await? {
        return match form.is_some() && open.replaces == replaces {
            true => Ok(open),
            false => Err(ResendError::DraftOpen),
        };
    }
    let fresh = draft(services, kpm, members, answers, form.as_deref());
    let mut draft = fresh.map_err(|_| ResendError::NoPack)?;
    draft.removed = removed;
    draft.replaces = replaces;
    save_new(services, &draft).await.map_err(ResendError::Save)
}

impl From<VaultError> for ResendError {
    fn from(error: VaultError) -> Self {
        Self::Save(error.into())
    }
}
