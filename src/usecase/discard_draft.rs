//! Giving up an assessment that was begun.

use super::{SaveError, TRIES, save_draft::draft_since};
use crate::{
    services::Services,
    store::{Batch, Table, WriteError},
};
use naik_kelas_domain::assessment::Draft;

/// Removes a draft. The page asks first: its answers are gone.
///
/// # Errors
/// [`SaveError`]; then the draft is still there.
pub async fn discard_draft(services: &Services, draft: &Draft) -> Result<(), SaveError> {
    let records = services.records();
    for _ in 0..TRIES {
        let mut batch = Batch::strict();
        records.delete_draft(&mut batch, draft);
        let change = draft_since(services, draft.kpm, None);
        let pages = services.caseload.put(&records, &mut batch, change).await?;
        match services.store.write(&batch).await {
            Ok(()) => {
                services.caseload.adopt(pages);
                return Ok(());
            }
            Err(WriteError::Changed(Table::Pages)) => services.caseload.load(&records).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(SaveError::ChangedInAnotherTab)
}
