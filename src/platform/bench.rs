//! The machine of native tests: its clock and chance are set by the test, its network is a function.

use super::{HandOut, HandOutError, Happening, Moment, Persistence, Room, Signs};
use crate::{
    store::Memory,
    sync::http::{Call, Reply, Unreachable},
};
use naik_kelas_domain::Millis;
use std::{
    cell::RefCell,
    collections::BTreeMap,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A server in the same process.
pub type Server =
    dyn Fn(Call) -> Pin<Box<dyn Future<Output = Result<Reply, Unreachable>>>> + Send + Sync;

/// The bench, under the name by which the platform calls its machine.
pub type Machine = Bench;

/// A lock of a machine that has only one tab.
pub struct Lock;

/// A machine without a browser. Clones are the same machine.
#[derive(Clone)]
pub struct Bench(Arc<Mutex<Inner>>);

struct Inner {
    now: i64,
    seed: u64,
    server: Option<Arc<Server>>,
    store: Memory,
    remembered: BTreeMap<String, String>,
    page: BTreeMap<String, String>,
    bundled_pack: Option<Vec<u8>>,
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    static TASKS: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
    static TIMERS: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
}

impl Bench {
    /// A bench whose clock stands at `now` and whose chance comes from `seed`. It has no network.
    #[must_use]
    pub fn new(now: Millis, seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            now: now.0,
            seed,
            server: None,
            store: Memory::default(),
            remembered: BTreeMap::new(),
            page: BTreeMap::new(),
            bundled_pack: None,
        })))
    }

    /// Connects the machine to a server; `None` takes the signal away.
    pub fn connect(&self, server: Option<Arc<Server>>) {
        self.inner().server = server;
    }

    /// The machine's database.
    #[must_use]
    pub fn store(&self) -> Memory {
        self.inner().store.clone()
    }

    /// The browser has cleared the database.
    pub fn evict(&self) {
        self.inner().store = Memory::default();
    }

    /// Moves the clock.
    pub fn pass(&self, millis: i64) {
        self.inner().now += millis;
    }

    /// What the app's page says about itself.
    pub fn set_page(&self, name: &str, value: &str) {
        self.inner().page.insert(name.to_owned(), value.to_owned());
    }

    /// The app brings a compiled pack along.
    pub fn bring_pack(&self, bytes: &[u8]) {
        self.inner().bundled_pack = Some(bytes.to_vec());
    }

    /// Runs the tasks that were spawned, and those that they spawn.
    pub async fn run_tasks() {
        loop {
            let tasks = TASKS.with_borrow_mut(std::mem::take);
            if tasks.is_empty() {
                return;
            }
            for task in tasks {
                task.await;
            }
        }
    }

    /// Lets all timers ring.
    pub async fn ring() {
        let timers = TIMERS.with_borrow_mut(std::mem::take);
        TASKS.with_borrow_mut(|tasks| tasks.extend(timers));
        Self::run_tasks().await;
    }

    pub(super) fn now(&self) -> Millis {
        Millis(self.inner().now)
    }

    pub(super) fn fill_random(&self, bytes: &mut [u8]) {
        let mut inner = self.inner();
        for byte in bytes {
            // SplitMix64: the same test finds the same bytes.
            inner.seed = inner.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = inner.seed;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (mixed >> 56) as u8;
        }
    }

    pub(super) fn online(&self) -> bool {
        self.inner().server.is_some()
    }

    pub(super) fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        TASKS.with_borrow_mut(|tasks| tasks.push(Box::pin(task)));
    }

    pub(super) fn later(&self, _: u32, task: impl Future<Output = ()> + 'static) {
        TIMERS.with_borrow_mut(|timers| timers.push(Box::pin(task)));
    }

    pub(super) fn tell(&self, _: Signs) {}

    pub(super) fn listen(&self, _: impl Fn(Happening) + 'static, _: Signs) {}

    pub(super) fn moment(&self) -> Moment {
        Moment(0.0)
    }

    pub(super) fn mark(&self, _: &str) {}

    pub(super) fn measure(&self, _: &str, _: Moment) {}

    pub(super) async fn bundled_pack(&self) -> Option<Vec<u8>> {
        self.inner().bundled_pack.clone()
    }

    pub(super) fn page_says(&self, name: &str) -> Option<String> {
        self.inner().page.get(name).cloned()
    }

    pub(super) fn remembered(&self, name: &str) -> Option<String> {
        self.inner().remembered.get(name).cloned()
    }

    pub(super) fn remember(&self, name: &str, value: Option<&str>) {
        let remembered = &mut self.inner().remembered;
        match value {
            Some(value) => remembered.insert(name.to_owned(), value.to_owned()),
            None => remembered.remove(name),
        };
    }

    pub(super) async fn ask_to_persist(&self) -> Persistence {
        Persistence::Unsupported
    }

    pub(super) async fn persisted(&self) -> Option<Persistence> {
        None
    }

    pub(super) async fn room(&self) -> Option<Room> {
        None
    }

    pub(super) fn download(&self, _: &HandOut) -> Result<(), HandOutError> {
        Err(HandOutError::Unsupported)
    }

    pub(super) async fn share(&self, _: &HandOut) -> Result<(), HandOutError> {
        Err(HandOutError::Unsupported)
    }

    pub(super) async fn share_text(&self, _: &str) -> bool {
        false
    }

    pub(super) fn offer_rescue(&self, _: Option<&str>) {}

    pub(super) fn print(&self) {}

    pub(super) async fn install(&self) -> bool {
        false
    }

    pub(super) fn switch_version(&self) {}

    pub(super) fn load_again(&self, _: bool) -> bool {
        false
    }

    pub(super) async fn hold(&self, _: &str, _: bool, _: Box<dyn FnOnce()>) -> Option<Lock> {
        Some(Lock)
    }

    pub(crate) async fn call(&self, call: Call) -> Result<Reply, Unreachable> {
        let server = self.inner().server.clone();
        match server {
            Some(server) => server(call).await,
            None => Err(Unreachable::NoSignal),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
