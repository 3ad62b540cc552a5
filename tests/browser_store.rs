//! The browser's database keeps the same contract as the one of native tests, and what only a browser can do to it.
#![cfg(target_family = "wasm")]
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

#[path = "../src/store/contract.rs"]
mod contract;

use naik_kelas_app::{
    platform::{Machine, Platform},
    store::{Batch, IndexedDb, Store, StoreError, Table, WriteError},
    vault::{DataKey, Schema, Vault, VaultError},
};
use naik_kelas_domain::id::VaultId;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn it_keeps_the_contract() {
    contract::check(&Store::IndexedDb(fresh("contract").await)).await;
}

#[wasm_bindgen_test]
async fn a_connection_that_the_browser_closes_is_opened_again() {
    let database = fresh("closed").await;
    let store = Store::IndexedDb(database.clone());
    store.write(&one("a", 1)).await.unwrap();
    database.close();
    assert_eq!(
        store.get(Table::Kpms, "a").await.unwrap().unwrap().version,
        1
    );
    database.close();
    store.write(&one("b", 2)).await.unwrap();
    assert_eq!(store.count(Table::Kpms, "").await, Ok(2));
}

#[wasm_bindgen_test]
async fn a_newer_app_takes_the_database_over_and_this_one_says_so() {
    let store = Store::IndexedDb(fresh("taken-over").await);
    store.write(&one("a", 1)).await.unwrap();
    // The newer app opens with a higher version; it must not have to wait.
    open_raw("taken-over", 99, "").await;
    assert_eq!(
        store.get(Table::Kpms, "a").await,
        Err(StoreError::TakenOver)
    );
    let again = IndexedDb::open(&platform(), "taken-over").await;
    assert_eq!(again.err(), Some(StoreError::NewerVersion));
}

#[wasm_bindgen_test]
async fn an_older_app_that_does_not_let_go_is_waited_for_only_so_long() {
    // Held open by a page that ignores the wish to close.
    open_raw("blocked", 1, "globalThis.heldOpen = request.result;").await;
    upgrade_is_wanted("blocked");
    let blocked = IndexedDb::open(&platform(), "blocked").await;
    assert!(matches!(
        blocked.err(),
        Some(StoreError::Blocked | StoreError::NewerVersion)
    ));
}

#[wasm_bindgen_test]
async fn a_database_that_is_deleted_under_the_app_is_missed_and_not_made_anew() {
    let store = Store::IndexedDb(fresh("deleted").await);
    store.write(&one("a", 1)).await.unwrap();
    run("indexedDB.deleteDatabase('deleted')").await;
    assert_eq!(store.get(Table::Kpms, "a").await, Err(StoreError::Gone));
    assert_eq!(
        store.write(&one("b", 2)).await,
        Err(WriteError::Store(StoreError::Gone))
    );
    // At the next start there is an empty one: what stands outside the database tells that it was not always so.
    let again = Store::IndexedDb(open("deleted").await);
    assert_eq!(again.count(Table::Kpms, "").await, Ok(0));
}

#[wasm_bindgen_test]
async fn two_tabs_that_write_from_the_same_reading_do_not_both_win() {
    let (first, second) = (fresh("two-tabs").await, open("two-tabs").await);
    let (first, second) = (Store::IndexedDb(first), Store::IndexedDb(second));
    first.write(&one("draft", 1)).await.unwrap();
    let next = |byte| {
        let mut batch = Batch::strict();
        batch.expect(Table::Kpms, "draft", Some(1));
        batch.put(Table::Kpms, "draft", 2, vec![byte]);
        batch
    };
    let (ours, theirs) = (next(1), next(2));
    let (one, other) = futures_util::future::join(first.write(&ours), second.write(&theirs)).await;
    assert_eq!(
        [one, other]
            .iter()
            .filter(|written| written.is_ok())
            .count(),
        1
    );
    assert!([one, other].contains(&Err(WriteError::Changed(Table::Kpms))));
}

#[wasm_bindgen_test]
async fn what_is_sealed_opens_with_the_same_key_and_with_no_other() {
    let id = VaultId::from_bytes([1; 16]);
    let (key, other) = (DataKey::new(&platform()), DataKey::new(&platform()));
    let ours = Vault::unlock(&platform(), id, &key).await.unwrap();
    let again = Vault::unlock(&platform(), id, &key).await.unwrap();
    let stranger = Vault::unlock(&platform(), id, &other).await.unwrap();
    sealed_by_one_opens_by_another(&ours, &again, &stranger).await;
}

#[wasm_bindgen_test]
async fn the_device_key_is_one_in_all_tabs_and_another_on_another_phone() {
    let store = Store::IndexedDb(fresh("device-key").await);
    let other_tab = Store::IndexedDb(open("device-key").await);
    let other_phone = Store::IndexedDb(fresh("other-device-key").await);
    let id = VaultId::from_bytes([1; 16]);
    let of = async |store: &Store| Vault::of_device(store, &platform(), id).await.unwrap();
    let (ours, again) = (of(&store).await, of(&other_tab).await);
    let stranger = of(&other_phone).await;
    sealed_by_one_opens_by_another(&ours, &again, &stranger).await;
}

async fn sealed_by_one_opens_by_another(ours: &Vault, again: &Vault, stranger: &Vault) {
    let key = ours.key("k");
    let sealed = ours
        .seal(Table::Kpms, &key, Schema::Kpm, b"Siti Contoh")
        .await
        .unwrap();
    assert!(!sealed.windows(4).any(|part| part == b"Siti"));
    assert_eq!(
        again.open(Table::Kpms, &key, Schema::Kpm, &sealed).await,
        Ok(b"Siti Contoh".to_vec())
    );
    for (table, schema) in [(Table::Drafts, Schema::Kpm), (Table::Kpms, Schema::Draft)] {
        assert_eq!(
            again.open(table, &key, schema, &sealed).await,
            Err(VaultError::Damaged)
        );
    }
    assert_eq!(
        stranger.open(Table::Kpms, &key, Schema::Kpm, &sealed).await,
        Err(VaultError::Damaged)
    );
}

#[wasm_bindgen_test]
async fn only_one_tab_at_a_time_has_a_lock() {
    let platform = platform();
    let lock = platform.lock("nk-test").await;
    assert!(lock.is_some());
    assert!(platform.lock("nk-test").await.is_none());
    assert!(platform.lock("nk-other").await.is_some());
    drop(lock);
    // The browser passes a lock on in a task of its own.
    platform.lock("nk-other").await;
    assert!(platform.lock("nk-test").await.is_some());
}

#[wasm_bindgen_test]
async fn a_lock_can_be_taken_over_and_only_who_lost_it_is_told() {
    let platform = platform();
    let told = Rc::new(Cell::new(0));
    let hold = async |taken_over, number: u32| {
        let told = Rc::clone(&told);
        let lost = Box::new(move || told.set(told.get() + number));
        platform.hold("nk-taken-over", taken_over, lost).await
    };
    let first = hold(false, 1).await;
    assert!(first.is_some());
    assert!(hold(false, 10).await.is_none());
    let second = hold(true, 100).await;
    assert!(second.is_some());
    drop((first, second));
    // The browser tells in tasks of its own, in their order.
    platform.lock("nk-other").await;
    platform.lock("nk-another").await;
    assert_eq!(told.get(), 1);
}

fn one(key: &str, version: u64) -> Batch {
    let mut batch = Batch::strict();
    batch.put(Table::Kpms, key, version, vec![7]);
    batch
}

fn platform() -> Platform {
    Platform::new(Machine::default())
}

async fn fresh(name: &str) -> IndexedDb {
    run(&format!("indexedDB.deleteDatabase('{name}')")).await;
    open(name).await
}

async fn open(name: &str) -> IndexedDb {
    IndexedDb::open(&platform(), name).await.unwrap()
}

/// Opens a database beside us, as another app would, does something with it, and closes it unless that keeps it.
async fn open_raw(name: &str, version: u32, then: &str) {
    let finally = if then.is_empty() {
        "request.result.close();"
    } else {
        then
    };
    run_and(&format!("indexedDB.open('{name}', {version})"), finally).await;
}

/// Somebody else wants a higher version, so that everything that opens now has to wait behind it.
fn upgrade_is_wanted(name: &str) {
    js_sys::eval(&format!("indexedDB.open('{name}', 2); 0")).unwrap();
}

/// Runs a request of IndexedDB to its end.
async fn run(request: &str) {
    run_and(request, "").await;
}

async fn run_and(request: &str, then: &str) {
    let script = format!(
        "new Promise((resolve, reject) => {{
            const request = {request};
            request.onsuccess = () => {{ {then} resolve(); }};
            request.onerror = () => reject(request.error);
        }})"
    );
    let promise: js_sys::Promise = js_sys::eval(&script).unwrap().into();
    let done: Result<JsValue, JsValue> = JsFuture::from(promise).await;
    done.unwrap();
}
