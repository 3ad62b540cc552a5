//! Opening a family's page.

use crate::{records::Writes, services::Services, vault::VaultError};
use naik_kelas_domain::{assessment::Draft, id::KpmId, kpm::Kpm};

/// A family and its open draft.
#[derive(Clone, PartialEq, Debug)]
pub struct Family {
    /// The family.
    pub kpm: Kpm,
    /// The assessment that was begun and not finished.
    pub draft: Option<Draft>,
    /// Forms on which a note was begun.
    pub begun: Vec<String>,
}

/// Why a family's page cannot be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpenError {
    /// No such family on this phone: an old bookmark, or it was handed over.
    NotHere,
    /// It cannot be read.
    Storage(VaultError),
}

/// Opens a family.
///
/// # Errors
/// [`OpenError`].
pub async fn open_family(services: &Services, kpm: KpmId) -> Result<Family, OpenError> {
    let records = services.records();
    let found = records.kpm(kpm).await;
    if found == Err(VaultError::Damaged) {
        ask_anew(services).await?;
    }
    let found = found?.ok_or(OpenError::NotHere)?;
    let draft = records.draft(kpm, None).await?;
    let begun = records.forms_begun(kpm).await;
    let begun = begun.map_err(VaultError::from)?;
    Ok(Family {
        kpm: found.record,
        draft,
        begun,
    })
}

/// A family's record is damaged; the server has it. Everything is asked for again, and what is damaged is replaced.
async fn ask_anew(services: &Services) -> Result<(), VaultError> {
    let records = services.records();
    if let Some(mut progress) = records.progress().await?
        && progress.record.cursor.take().is_some()
    {
        let mut writes = Writes::relaxed();
        records.put_progress(&mut writes, &progress.record, Some(progress.version));
        if records.commit(writes).await.is_err() {
            // Another tab was faster, or the phone is full: at the next opening.
            return Ok(());
        }
    }
    services.sync.now();
    Ok(())
}

impl From<VaultError> for OpenError {
    fn from(error: VaultError) -> Self {
        Self::Storage(error)
    }
}
