//! Packs that a phone cannot take.

use crate::phone::{Endpoint, Phone, Way, sync};
use naik_kelas_app::{
    packs::hex,
    sync::http::{Call, Reply},
};
use naik_kelas_domain::{
    Date,
    wire::v1::{self, PackOffer, SyncResponse},
};
use sha2::{Digest, Sha256};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};

/// A pack that the endpoint offers before its own: its bytes, and the status that comes with them.
#[derive(Clone)]
struct Offered {
    hash: [u8; 32],
    bytes: Vec<u8>,
    status: u16,
}

fn offered(bytes: &[u8], status: u16) -> Offered {
    Offered {
        hash: Sha256::digest(bytes).into(),
        bytes: bytes.to_vec(),
        status,
    }
}

/// A pack like the published one, of a later version.
fn good() -> Offered {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/graduasi-2026");
    let folder = tempfile::tempdir().unwrap();
    copy(&source, folder.path());
    let head = folder.path().join("pack.toml");
    let text = std::fs::read_to_string(&head).unwrap();
    let version = text.lines().find(|line| line.starts_with("version = "));
    let text = text.replace(version.unwrap(), "version = \"2027.1.1\"");
    std::fs::write(&head, text).unwrap();
    offered(
        &naik_kelas_compiler::build(folder.path()).unwrap().bytes,
        200,
    )
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Connects a phone to an endpoint that offers these first; gives the paths of the packs that the phone asked for.
fn offer_first(phone: &Phone, endpoint: &Endpoint, first: Vec<Offered>) -> Arc<Mutex<Vec<String>>> {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let (heard, server) = (Arc::clone(&asked), endpoint.by(Way::Clear));
    phone.bench.connect(Some(Arc::new(move |call: Call| {
        let path = call.path.clone();
        let (first, heard, answer) = (first.clone(), Arc::clone(&heard), server(call));
        Box::pin(async move {
            if let Some(hash) = path.strip_prefix("/api/v1/packs/") {
                heard.lock().unwrap().push(hash.to_owned());
                if let Some(pack) = first.iter().find(|pack| hex(&pack.hash) == hash) {
                    return Ok(Reply {
                        status: pack.status,
                        content_type: "application/octet-stream".to_owned(),
                        retry_after: None,
                        body: pack.bytes.clone(),
                    });
                }
            }
            let mut reply = answer.await?;
            if path == "/api/v1/sync" {
                let mut said: SyncResponse = v1::from_bytes(&reply.body).unwrap();
                let offers = first.iter().map(|pack| PackOffer {
                    id: "graduasi-2026".to_owned(),
                    version: "2027.1.1".to_owned(),
                    hash: pack.hash,
                    effective_from: Date::parse("2026-01-01").unwrap(),
                });
                said.packs.splice(0..0, offers);
                reply.body = v1::to_bytes(&said);
            }
            Ok(reply)
        })
    })));
    asked
}

#[tokio::test]
async fn a_pack_that_cannot_be_taken_holds_up_no_other_and_is_not_fetched_at_each_sync() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    phone.bench.set_page("nk-release", "one");
    let services = phone.sign_in(&endpoint, 0).await;
    let bad = [
        offered(b"no pack at all", 200),
        offered(b"signed by nobody that we know", 422),
    ];
    let good = good();
    let hashes: Vec<String> = bad.iter().map(|pack| hex(&pack.hash)).collect();
    let first = [bad.as_slice(), std::slice::from_ref(&good)].concat();
    let asked = offer_first(&phone, &endpoint, first);
    let heard = || std::mem::take(&mut *asked.lock().unwrap());
    sync(&services).await;
    assert!(services.packs.get(&good.hash).is_some());
    assert_eq!(heard(), [hashes.as_slice(), &[hex(&good.hash)]].concat());
    sync(&services).await;
    assert!(heard().is_empty());

    // A start later it is still remembered; another release may be able to read what this one could not, and in another
    // week it may be signed.
    let services = phone.open().await;
    sync(&services).await;
    assert!(heard().is_empty());
    phone.bench.set_page("nk-release", "two");
    sync(&services).await;
    assert_eq!(heard(), hashes);
    phone.bench.pass(7 * 86_400_000);
    sync(&services).await;
    assert_eq!(heard(), hashes);
}

#[tokio::test]
async fn the_pack_that_came_with_the_app_is_not_fetched_and_any_other_is() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let (good, other) = (good(), offered(b"no pack at all", 200));
    phone.bench.bring_pack(&good.bytes);
    let asked = offer_first(&phone, &endpoint, vec![good.clone(), other.clone()]);
    sync(&services).await;
    assert!(services.packs.get(&good.hash).is_some());
    assert_eq!(*asked.lock().unwrap(), [hex(&other.hash)]);
}

#[tokio::test]
async fn a_server_that_fails_for_a_moment_is_asked_again_for_the_pack() {
    let endpoint = Endpoint::with_families(2).await;
    let phone = Phone::new(1);
    let services = phone.sign_in(&endpoint, 0).await;
    let good = good();
    let failing = Offered {
        status: 500,
        ..good.clone()
    };
    drop(offer_first(&phone, &endpoint, vec![failing]));
    sync(&services).await;
    assert!(services.packs.get(&good.hash).is_none());
    drop(offer_first(&phone, &endpoint, vec![good.clone()]));
    sync(&services).await;
    assert!(services.packs.get(&good.hash).is_some());
}
