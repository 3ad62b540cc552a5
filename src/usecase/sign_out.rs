//! Signing out: the phone forgets the token, and keeps every record.

use super::boot::CURRENT;
use crate::{
    records::{CommitError, Writes},
    services::Services,
    store::Table,
};

/// Signs the person out. Records, drafts and what waits stay in their vault, which their PIN opens:
/// without signal too, for a thumb slips. Sending wants a sign-in.
///
/// # Errors
/// [`CommitError`]; then they are still signed in.
pub async fn sign_out(services: &Services) -> Result<(), CommitError> {
    let records = services.records();
    let mut writes = Writes::strict();
    records.delete_session(&mut writes);
    writes.batch.delete(Table::Meta, CURRENT);
    records.commit(writes).await
}
