//! What has not reached the server, and what it did not take.

use crate::{
    records::{Waiting, WaitingRow},
    services::Services,
    vault::VaultError,
};
use naik_kelas_domain::{
    Millis,
    id::{EntryId, KpmId},
    wire::v1::{Entry, RefusalCode},
};

/// An entry of the outbox page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutboxItem {
    /// Which entry.
    pub entry: EntryId,
    /// About which family; `None` where the entry cannot be read any more.
    pub kpm: Option<KpmId>,
    /// The family's name, where it is still on this phone.
    pub family_name: String,
    /// When it was recorded, by the phone's clock.
    pub recorded: Option<Millis>,
    /// Where it stands.
    pub status: OutboxStatus,
}

/// Where an entry stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutboxStatus {
    /// Waits for signal, or for its receipt.
    Waiting,
    /// The server did not take it.
    Refused(RefusalCode),
}

/// All entries without a receipt: refused ones first, then in the order in which they were recorded.
///
/// # Errors
/// [`VaultError`] where they cannot be read.
pub async fn list_outbox(services: &Services) -> Result<Vec<OutboxItem>, VaultError> {
    let records = services.records();
    let refused = records.refused().await?.into_iter();
    let mut items: Vec<OutboxItem> = refused
        .map(|(_, row)| {
            item(
                services,
                &row.waiting,
                OutboxStatus::Refused(RefusalCode::from_name(&row.code)),
            )
        })
        .collect();
    let waiting = records.waiting(u32::MAX).await?.waiting;
    items.extend(
        waiting
            .iter()
            .map(|Waiting { row, .. }| item(services, row, OutboxStatus::Waiting)),
    );
    Ok(items)
}

fn item(services: &Services, row: &WaitingRow, status: OutboxStatus) -> OutboxItem {
    let entry = Entry::from_bytes(&row.bytes).ok();
    let kpm = entry.as_ref().map(|entry| entry.kpm);
    let summary = kpm.and_then(|kpm| services.caseload.summary(kpm));
    OutboxItem {
        entry: row.entry,
        kpm,
        family_name: summary.map(|summary| summary.name).unwrap_or_default(),
        recorded: entry.map(|entry| entry.device_time),
        status,
    }
}
