//! Receiving entries: what is known is fetched, they are judged, and stored with a receipt each.

use crate::{
    db::{DbError, SubmittedBatch},
    receive::{self, Known, Received, Speaker},
    state::ServerState,
};
use naik_kelas_domain::{codec::Bytes, wire::v1::Receipt};

/// Receives entries of one vault's chain, a piece without a gap; one receipt each, in their order. `heard_to` = the
/// position up to which the vault has heard, `previous` = the chain's hash before the first entry, as the phone has it.
pub(crate) async fn receive(
    state: &ServerState,
    speaker: &Speaker,
    heard_to: u64,
    previous: Option<[u8; 32]>,
    entries: Vec<Bytes>,
) -> Result<Vec<Receipt>, DbError> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let received: Vec<Received> = entries
        .into_iter()
        .map(|bytes| Received::read(bytes.0))
        .collect();
    let mut kpms: Vec<_> = received.iter().filter_map(Received::kpm).collect();
    kpms.sort_unstable();
    kpms.dedup();
    let standings = state.db.standings(speaker.area, speaker.user, kpms).await?;
    let mut noted: Vec<_> = received.iter().filter_map(Received::note_of).collect();
    noted.sort_unstable();
    noted.dedup();
    let families = match noted.is_empty() {
        true => Vec::new(),
        false => state.db.families(speaker.area, noted).await?,
    };
    let now = state.clock.now();
    let today = speaker.area.zone().day_of(now);
    let (shelf, by) = (state.shelf.clone(), *speaker);
    // Deciding again is work for the processor: not on the threads that serve everybody.
    let judged = tokio::task::spawn_blocking(move || {
        let mut known = Known {
            shelf: &shelf,
            standings,
            families,
            today,
        };
        received
            .into_iter()
            .map(|received| receive::judge(received, &by, &mut known))
            .collect()
    });
    // It has panicked, which is in the log: nothing was stored.
    let submissions = judged.await.map_err(|_| DbError::Damaged)?;
    let batch = SubmittedBatch {
        regency: speaker.area,
        vault: speaker.vault,
        heard_to,
        previous,
        submissions,
        received: now,
    };
    let receipts = state.db.submit(batch).await?;
    state.metrics.receipts(&receipts);
    Ok(receipts)
}
