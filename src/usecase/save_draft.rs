//! Saving a draft: at each answer, whole, and sure.

use super::TRIES;
use crate::{
    caseload::SummaryChange,
    records::{CommitError, Writes},
    services::Services,
    store::{StoreError, Table},
    vault::VaultError,
};
use naik_kelas_domain::{assessment::Draft, id::KpmId, record::Summary};

/// Why a draft was not saved. What is on the screen is still there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SaveError {
    /// Another tab has saved or finished this draft: reload to see it.
    ChangedInAnotherTab,
    /// The phone is full.
    Full,
    /// The database did not take it.
    Storage(VaultError),
}

/// Saves a draft as it is, and gives it back at its new revision.
///
/// # Errors
/// [`SaveError`]; then nothing was saved, and the draft that was given is still the one to save.
pub async fn save_draft(services: &Services, draft: &Draft) -> Result<Draft, SaveError> {
    let saved = write(services, draft).await?;
    if services
        .platform
        .signs
        .persistence
        .get_untracked()
        .is_none()
    {
        // The first save is a moment at which the browser understands the wish.
        let platform = services.platform.clone();
        services.platform.spawn(async move {
            platform.ask_to_persist().await;
        });
    }
    Ok(saved)
}

/// Saves a draft for the first time.
pub(super) async fn save_new(services: &Services, draft: &Draft) -> Result<Draft, SaveError> {
    match write(services, draft).await {
        // Another tab has begun one for this family in the same moment: that one it is.
        Err(SaveError::ChangedInAnotherTab) => {
            let begun = services
                .records()
                .draft(draft.kpm, draft.form.as_deref())
                .await?;
            begun.ok_or(SaveError::ChangedInAnotherTab)
        }
        saved => saved,
    }
}

async fn write(services: &Services, draft: &Draft) -> Result<Draft, SaveError> {
    let records = services.records();
    let next = Draft {
        revision: draft.revision + 1,
        ..draft.clone()
    };
    for _ in 0..TRIES {
        let mut writes = Writes::strict();
        records.put_draft(&mut writes, &next);
        // Lists tell of assessments; a note that was begun is found where it was begun.
        let change = match draft.form {
            None => draft_since(services, draft.kpm, Some(draft.on.days())),
            Some(_) => Vec::new(),
        };
        let pages = services.caseload.put(&records, &mut writes, change);
        match records.commit(writes).await {
            Ok(()) => {
                services.caseload.adopt(pages);
                return Ok(next);
            }
            Err(CommitError::Changed(Table::Pages)) => services.caseload.load(&records).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(SaveError::ChangedInAnotherTab)
}

/// The change of a family's summary when a draft is begun or ends; none where it says so already.
pub(super) fn draft_since(services: &Services, kpm: KpmId, day: Option<i32>) -> Vec<SummaryChange> {
    let summary = services
        .caseload
        .summary(kpm)
        .filter(|summary| summary.draft_since.is_some() != day.is_some());
    let change = summary.map(|summary| {
        SummaryChange::Put(Summary {
            draft_since: day,
            ..summary
        })
    });
    change.into_iter().collect()
}

impl From<VaultError> for SaveError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Store(StoreError::Full) => Self::Full,
            other => Self::Storage(other),
        }
    }
}

impl From<CommitError> for SaveError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Changed(_) => Self::ChangedInAnotherTab,
            CommitError::Failed(error) => error.into(),
        }
    }
}
