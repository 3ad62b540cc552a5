//! Signing out: the phone forgets the token, and keeps every record.

use super::boot::CURRENT;
use crate::{
    services::Services,
    store::{Batch, Table, WriteError},
};

/// Signs the person out. Records, drafts and what waits stay in their vault until they sign in again.
///
/// # Errors
/// [`WriteError`]; then they are still signed in.
pub async fn sign_out(services: &Services) -> Result<(), WriteError> {
    let mut batch = Batch::strict();
    services.records().delete_session(&mut batch);
    batch.delete(Table::Meta, CURRENT);
    services.store.write(&batch).await
}
