//! Another PIN for the same vault: its data key is wrapped anew, and no record is touched.

use super::{
    boot::BootError,
    unlock::{UnlockError, open_by_pin},
};
use crate::{
    platform::Whole,
    records::Later,
    services::Services,
    store::{Batch, Table},
    vault::{Lock, Pin},
};

/// Changes the PIN of the person whose app this is.
///
/// # Errors
/// [`UnlockError`]; then the PIN from before still opens.
pub fn change_pin(
    services: &'static Services,
    before: Pin,
    after: Pin,
) -> Later<Result<(), UnlockError>> {
    Box::pin(Whole::new(async move {
        let Services {
            store, platform, ..
        } = services;
        let vault = services.vault.id();
        let opened = open_by_pin(store, platform, vault, before).await?;
        let mut label = opened.lock.label(&opened.device).await?;
        label.digits = after.is_digits();
        let lock = opened
            .lock
            .with_pin(opened.device, opened.key, after, label)
            .await?;
        let mut batch = Batch::strict();
        batch.expect(Table::Meta, Lock::key(vault), Some(opened.version));
        batch.put(
            Table::Meta,
            Lock::key(vault),
            opened.version + 1,
            lock.to_bytes(),
        );
        store.write(&batch).await.map_err(BootError::from)?;
        Ok(())
    }))
}
