//! Giving up an assessment or a note that was begun.

use super::{SaveError, TRIES, save_draft::draft_since};
use crate::{
    records::{CommitError, Writes},
    services::Services,
    store::Table,
};
use naik_kelas_domain::assessment::Draft;

/// Removes a draft. The page asks first: its answers are gone.
///
/// # Errors
/// [`SaveError`]; then the draft is still there.
pub async fn discard_draft(services: &Services, draft: &Draft) -> Result<(), SaveError> {
    let records = services.records();
    for _ in 0..TRIES {
        let mut writes = Writes::strict();
        records.delete_draft(&mut writes, draft);
        // Lists tell of assessments alone.
        let change = match draft.form {
            None => draft_since(services, draft.kpm, None),
            Some(_) => Vec::new(),
        };
        let pages = services.caseload.put(&records, &mut writes, change);
        match records.commit(writes).await {
            Ok(()) => {
                services.caseload.adopt(pages);
                return Ok(());
            }
            Err(CommitError::Changed(Table::Pages)) => services.caseload.load(&records).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(SaveError::ChangedInAnotherTab)
}
