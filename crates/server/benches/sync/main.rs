//! Entries stored durably through HTTP, and the same rows written straight into the same kind of database.
//! `cargo xtask bench sync` runs it.
//!
//!     sync PACK.nkp FOLDER
//!
//! Prints JSON. Endpoint and phones are one process on the same cores: what a phone does - composing, compressing, reading
//! receipts - is in the time too.

mod client;
mod phones;
#[path = "../rules/samples.rs"]
#[allow(dead_code, reason = "the other bench uses all of it")]
mod samples;
mod straight;

use naik_kelas_domain::Millis;
use naik_kelas_domain::wire::v1::ReceiptOutcome;
use naik_kelas_rules::Pack;
use naik_kelas_server::clock::Clock;
use naik_kelas_server::practice::{self, District};
use phones::{Phone, Ready};
use samples::Samples;
use serde_json::json;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// 24 November 2026, 12:00 in Cirebon.
const NOON: Millis = Millis(1_795_496_400_000);
const PHONES: u8 = 8;
/// Entries of one request.
const BATCH: usize = 25;
const BATCHES: usize = 20;
const ROUNDS: usize = 5;

fn main() -> Outcome<()> {
    // cargo adds `--bench`.
    let given: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let [pack, folder] = given.as_slice() else {
        return Err("sync PACK.nkp FOLDER".into());
    };
    let bytes = std::fs::read(pack)?;
    let pack = Arc::new(naik_kelas_compiler::read(&bytes).map_err(|error| format!("{error:?}"))?);
    let runtime = tokio::runtime::Runtime::new()?;
    let (mut http, mut by_batch, mut by_group) =
        (Samples::default(), Samples::default(), Samples::default());
    let mut rows = 0;
    for round in 0..ROUNDS {
        let folder = Path::new(folder).join(format!("round-{round}"));
        let through = runtime.block_on(through_http(&bytes, &pack, &folder.join("http")))?;
        rows = through.entries;
        http.add(through.entries as f64 / through.seconds);
        let written = straight::read(&folder.join("http"), through.before)?;
        for (group, samples) in [(BATCH, &mut by_batch), (500, &mut by_group)] {
            let target = folder.join(format!("straight-{group}"));
            runtime.block_on(straight::prepare(&target, NOON))?;
            let seconds = straight::write(&target, &written, group)?;
            samples.add(through.entries as f64 / seconds);
        }
    }
    println!(
        "{}",
        json!({ "entries": rows, "batch": BATCH, "phones": PHONES, "http_per_second": http.json(),
                "straight_per_second": by_batch.json(), "straight_by_500_per_second": by_group.json() })
    );
    Ok(())
}

struct Through {
    entries: usize,
    seconds: f64,
    /// The last position before anything was sent.
    before: u64,
}

async fn through_http(bytes: &[u8], pack: &Arc<Pack>, folder: &Path) -> Outcome<Through> {
    let district = District {
        families_each: BATCH,
        ..District::default()
    };
    std::fs::create_dir_all(folder)?;
    let state = practice::server(folder, &[bytes.to_vec()], Clock::held(NOON), district)
        .await
        .map_err(|error| format!("{error:?}"))?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(naik_kelas_server::http::serve(
        listener,
        state.clone(),
        async {
            drop(stopped.await);
        },
    ));
    let ready: Vec<Ready> = phones::ready(&state, address, pack, PHONES, BATCHES, BATCH).await?;
    let regency = state.areas().first().map(|area| area.code);
    let regency = regency.ok_or("the district lies nowhere")?;
    let before = state
        .db
        .tally(regency)
        .await
        .map_err(|e| format!("{e:?}"))?;
    let begun = Instant::now();
    let sending: Vec<_> = ready
        .into_iter()
        .map(|ready| tokio::spawn(Phone::send_all(ready)))
        .collect();
    let mut accepted = 0;
    for sent in sending {
        let outcomes = sent.await??;
        let taken = |outcome: &&ReceiptOutcome| matches!(outcome, ReceiptOutcome::Accepted(_));
        accepted += outcomes.iter().filter(taken).count();
    }
    let seconds = begun.elapsed().as_secs_f64();
    let entries = usize::from(PHONES) * BATCHES * BATCH;
    let after = state
        .db
        .tally(regency)
        .await
        .map_err(|e| format!("{e:?}"))?;
    if accepted != entries || after.entries - before.entries != entries as u64 {
        return Err(format!("{accepted} of {entries} entries were accepted").into());
    }
    stop.send(())
        .map_err(|()| "the endpoint ended before it was told")?;
    serving.await??;
    Ok(Through {
        entries,
        seconds,
        before: before.last,
    })
}
