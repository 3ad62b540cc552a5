//! One request up and down.

use super::{
    Exchange, Failure,
    driver::Parts,
    http::{self, Call, Unreachable},
    keep::{self, Keeping},
    receipts::fates,
};
use crate::{
    i18n::format::whole,
    packs::{PackTrouble, hex},
    records::Waiting,
    store::{StoreError, WriteError},
    vault::VaultError,
};
use naik_kelas_domain::{
    id::EntryId,
    wire::v1::{self, PackOffer, SyncRequest, SyncResponse, VERSION},
};

/// The most entries of one request.
const ENTRIES_A_PAGE: u32 = 100;
/// The most bytes of entries in one request, before compression: with its envelope it stays below 64 kB.
const BYTES_A_PAGE: usize = 60_000;

/// One request, its answer kept, and the packs that it announced.
pub(super) async fn exchange(parts: &Parts) -> Result<Exchange, Failure> {
    let Parts {
        platform,
        records,
        person,
        ..
    } = parts;
    let Some(session) = records.session().await? else {
        return Err(Failure::SignInAgain);
    };
    let progress = records.progress().await?;
    let queue = records.waiting(ENTRIES_A_PAGE).await?;
    let waiting = page(queue.waiting);
    let request = SyncRequest {
        version: VERSION,
        realm: person.realm,
        device: person.device,
        vault: person.vault,
        cursor: progress
            .as_ref()
            .and_then(|progress| progress.record.cursor.clone()),
        previous: waiting
            .first()
            .map(|first| first.row.previous.to_vec().into()),
        entries: waiting
            .iter()
            .map(|waiting| waiting.row.bytes.clone())
            .collect(),
    };
    let call = Call {
        method: "POST",
        path: "/api/v1/sync".to_owned(),
        token: Some(session.token),
        body: Some(v1::to_bytes(&request)),
    };
    let reply = http::call(platform, call).await?;
    let response: SyncResponse =
        v1::from_bytes(reply.good()?).map_err(|_| Failure::CaptivePortal)?;
    let now = platform.now();
    let clock_offset = response.server_time.0.saturating_sub(now.0);
    let ids: Vec<EntryId> = waiting.iter().map(|waiting| waiting.row.entry).collect();
    let fates = fates(&ids, &response.receipts);
    let keeping = Keeping {
        sent: waiting,
        fates,
        response,
        now,
        clock_offset,
    };
    let kept = keep::keep(parts, &keeping).await?;
    // What was received is kept: a pack that does not come now is asked for with the next exchange.
    let packs = fetch_packs(parts, &keeping.response.packs).await;
    if parts.packs.is_empty() {
        packs?;
    }
    let (waiting_now, refused) = records.counts().await?;
    Ok(Exchange {
        sent: u32::try_from(keeping.sent.len()).unwrap_or(u32::MAX),
        settled: kept.settled,
        taken: kept.taken,
        waiting: waiting_now,
        refused,
        unreadable: queue.unreadable,
        more: keeping.response.more,
        now,
        clock_offset,
        chance: u32::from_le_bytes(platform.random()),
    })
}

/// As many entries as one request takes, without a gap in the chain: the first names the hash before it, and each
/// other one follows the one before.
fn page(waiting: Vec<Waiting>) -> Vec<Waiting> {
    let mut bytes = 0;
    let mut last = None;
    waiting
        .into_iter()
        .take_while(|entry| {
            let follows = last.is_none_or(|last: u64| entry.seq == last + 1);
            let first = last.is_none();
            last = Some(entry.seq);
            bytes += entry.row.bytes.len();
            follows && (first || bytes <= BYTES_A_PAGE)
        })
        .collect()
}

/// Where it is remembered which packs this phone cannot take.
const REFUSED_PACKS: &str = "nk-refused-packs";
/// How long a pack that was refused is not asked for again, in milliseconds: it may be signed anew under the same hash.
const A_WEEK: i64 = 7 * 86_400_000;
/// What the page answers in the server's place where no key of this release signed a pack.
const UNSIGNED: u16 = 422;

/// Fetches packs that were announced and are not here yet. One that cannot be taken holds up no other, and is not
/// fetched again by this release in the same week.
async fn fetch_packs(parts: &Parts, offers: &[PackOffer]) -> Result<(), Failure> {
    let platform = &parts.platform;
    let mut refused = platform.page_says("nk-release").unwrap_or_default();
    refused.push('/');
    refused.push_str(&whole(platform.now().0.div_euclid(A_WEEK)));
    if let Some(known) = platform.remembered(REFUSED_PACKS)
        && known.starts_with(&refused)
    {
        refused = known;
    }
    let mut all = Ok(());
    for offer in offers {
        if parts.packs.get(&offer.hash).is_some() {
            continue;
        }
        let hash = hex(&offer.hash);
        if !refused.contains(&hash) {
            match fetch_pack(parts, offer, &hash).await {
                Ok(true) => continue,
                Ok(false) => {
                    refused.push(' ');
                    refused.push_str(&hash);
                    platform.remember(REFUSED_PACKS, Some(&refused));
                }
                Err(Failure::Server) => {}
                // The next one would fare no better.
                failed => return failed.map(|_| ()),
            }
        }
        all = Err(Failure::Server);
    }
    all
}

/// Fetches one pack; false where this phone cannot take it, however often it comes.
async fn fetch_pack(parts: &Parts, offer: &PackOffer, hash: &str) -> Result<bool, Failure> {
    let store = &parts.records.store;
    let packs = &parts.packs;
    if packs
        .add_bundled(&parts.platform, store, Some(offer.hash))
        .await
    {
        return Ok(true);
    }
    let call = Call {
        method: "GET",
        path: ["/api/v1/packs/", hash].concat(),
        token: parts.records.session().await?.map(|session| session.token),
        body: None,
    };
    let reply = http::call(&parts.platform, call).await?;
    if reply.status == UNSIGNED {
        return Ok(false);
    }
    let bytes = reply.good()?.to_vec();
    match packs.add(store, Some(offer.hash), bytes).await {
        Ok(_) => Ok(true),
        Err(PackTrouble::Unreadable) => Ok(false),
        Err(trouble) => Err(trouble.into()),
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Store(error) => Self::Storage(error),
            VaultError::Damaged | VaultError::Newer | VaultError::NoCryptography => {
                Self::Storage(StoreError::Damaged)
            }
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Storage(error)
    }
}

impl From<Unreachable> for Failure {
    fn from(unreachable: Unreachable) -> Self {
        match unreachable {
            Unreachable::NoSignal | Unreachable::TooSlow => Self::Offline,
        }
    }
}

impl From<PackTrouble> for Failure {
    fn from(trouble: PackTrouble) -> Self {
        match trouble {
            // A proxy that alters bytes, or a server whose pack this app is too old for.
            PackTrouble::WrongHash | PackTrouble::Unreadable | PackTrouble::NoCryptography => {
                Self::Server
            }
            PackTrouble::Store(WriteError::Store(error)) => Self::Storage(error),
            PackTrouble::Store(WriteError::Changed(_)) => Self::Storage(StoreError::Internal),
        }
    }
}
