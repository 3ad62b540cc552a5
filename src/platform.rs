//! What the app asks of the machine it runs on: the clock, chance, signal, room, and files.
//!
//! The browser on the phone, a bench in native tests; both have the same methods.

#[cfg(target_family = "wasm")]
#[path = "platform/browser.rs"]
mod machine;
#[cfg(not(target_family = "wasm"))]
#[path = "platform/bench.rs"]
mod machine;

mod whole;

pub(crate) use whole::Whole;
pub mod page;

#[cfg(target_family = "wasm")]
pub(crate) mod js;
#[cfg(target_family = "wasm")]
mod shell;

#[cfg(target_family = "wasm")]
pub use machine::Browser;
#[cfg(not(target_family = "wasm"))]
pub use machine::{Bench, Server};

use crate::live::Live;
use naik_kelas_domain::Millis;

/// The identity of the place for the buttons of `public/recovery.js`.
pub const RESCUE: &str = "rescue";

/// The machine. Clones are the same machine.
#[derive(Clone)]
pub struct Platform {
    machine: machine::Machine,
    /// What the machine has told us, for the screens.
    pub signs: Signs,
}

/// What screens show of the machine.
#[derive(Clone, Copy)]
pub struct Signs {
    /// Whether there seems to be a network; a hint and never a promise.
    pub online: Live<bool>,
    /// Whether the browser has promised not to clear our records; `None` = not asked yet.
    pub persistence: Live<Option<Persistence>>,
    /// Whether a new version lies ready, whole and verified.
    pub update_ready: Live<bool>,
    /// Whether the browser would put the app on the home screen now.
    pub can_install: Live<bool>,
}

/// The browser's answer to the wish that records are kept under pressure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Persistence {
    /// It keeps them until a person clears them.
    Granted,
    /// It may clear them when the phone is full; installing the app helps.
    Refused,
    /// It cannot be asked.
    Unsupported,
}

/// Room for records, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    /// Taken by this app.
    pub used: u64,
    /// What the browser allows this app.
    pub quota: u64,
}

/// What happened to the machine, for those who must act on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happening {
    /// The network came back.
    Online,
    /// The network went.
    Offline,
    /// The app was brought to the front.
    Visible,
}

/// A file could not be handed out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HandOutError {
    /// This browser cannot.
    Unsupported,
    /// The person changed their mind.
    Cancelled,
}

/// A file for the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandOut {
    /// Its name; ids and days, never names of people.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A moment on the machine's steady clock, for measuring.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct Moment(pub(crate) f64);

impl Platform {
    /// The machine the app runs on.
    #[must_use]
    pub fn new(machine: machine::Machine) -> Self {
        let signs = Signs {
            online: Live::new(machine.online()),
            persistence: Live::new(None),
            update_ready: Live::new(false),
            can_install: Live::new(false),
        };
        machine.tell(signs);
        Self { machine, signs }
    }

    /// The phone's clock; it may be wrong.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.machine.now()
    }

    /// Bytes that nobody can guess.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.machine.fill_random(&mut bytes);
        bytes
    }

    /// Whether there seems to be a network.
    #[must_use]
    pub fn online(&self) -> bool {
        self.machine.online()
    }

    /// Lets a task run on its own. The bench keeps it for [`Bench::run_tasks`].
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        self.machine.spawn(task);
    }

    /// Lets a task run on its own after so many milliseconds. The bench keeps it for [`Bench::ring`].
    pub fn later(&self, millis: u32, task: impl Future<Output = ()> + 'static) {
        self.machine.later(millis, task);
    }

    /// Calls back at each happening, as long as the app lives.
    pub fn listen(&self, callback: impl Fn(Happening) + 'static) {
        self.machine.listen(callback, self.signs);
    }

    /// A moment, to be given to [`Self::measure`].
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.machine.moment()
    }

    /// Marks that something was reached, for the browser's own tools (`performance.mark`).
    pub fn mark(&self, name: &str) {
        self.machine.mark(name);
    }

    /// Records how long something took (`performance.measure`).
    pub fn measure(&self, name: &str, since: Moment) {
        self.machine.measure(name, since);
    }

    /// The compiled pack that came with the app.
    pub async fn bundled_pack(&self) -> Option<Vec<u8>> {
        self.machine.bundled_pack().await
    }

    /// What the app's own page says about itself: `nk-release`.
    #[must_use]
    pub fn page_says(&self, name: &str) -> Option<String> {
        self.machine.page_says(name)
    }

    /// A small remembered wish that is no personal data, such as the language.
    #[must_use]
    pub fn remembered(&self, name: &str) -> Option<String> {
        self.machine.remembered(name)
    }

    /// Remembers a small wish; `None` forgets it. A browser that cannot does without.
    pub fn remember(&self, name: &str, value: Option<&str>) {
        self.machine.remember(name, value);
    }

    /// Asks the browser to keep our records, and shows its answer in [`Signs::persistence`].
    pub async fn ask_to_persist(&self) -> Persistence {
        let answer = self.machine.ask_to_persist().await;
        self.signs.persistence.set(Some(answer));
        answer
    }

    /// Looks up whether the browser keeps our records, without asking for it.
    pub async fn look_up_persistence(&self) {
        let answer = self.machine.persisted().await;
        self.signs.persistence.set(answer);
    }

    /// How much room there is; `None` where the browser does not say.
    pub async fn room(&self) -> Option<Room> {
        self.machine.room().await
    }

    /// Saves a file among the phone's downloads.
    ///
    /// # Errors
    /// [`HandOutError`].
    pub fn download(&self, file: &HandOut) -> Result<(), HandOutError> {
        self.machine.download(file)
    }

    /// Offers a file to the phone's other apps.
    ///
    /// # Errors
    /// [`HandOutError`].
    pub async fn share(&self, file: &HandOut) -> Result<(), HandOutError> {
        self.machine.share(file).await
    }

    /// Offers a text to the phone's other apps; true where this browser can only copy it, and has.
    pub async fn share_text(&self, text: &str) -> bool {
        self.machine.share_text(text).await
    }

    /// Lets the plain page put its buttons into the place called [`RESCUE`], once that is on the screen: what waits as a
    /// file and, for whoever has signed in, a colleague's file to the server with this access token.
    pub fn offer_rescue(&self, token: Option<&str>) {
        self.machine.offer_rescue(token);
    }

    /// Shows the browser's print dialogue.
    pub fn print(&self) {
        self.machine.print();
    }

    /// Shows the browser's install dialogue; true where the person took it.
    pub async fn install(&self) -> bool {
        self.machine.install().await
    }

    /// Switches to the new version that lies ready: the page is loaded again.
    pub fn switch_version(&self) {
        self.machine.switch_version();
    }

    /// Loads the page again, which forgets all that is in memory; false where it might not come back without signal.
    /// `idle` = nothing waits to be sent: then a new version that lies ready is taken, if no other tab is open.
    #[must_use]
    pub fn load_again(&self, idle: bool) -> bool {
        self.machine.load_again(idle)
    }

    /// Takes the lock of this name, which only one tab at a time can have; `None` where another one has it.
    pub async fn lock(&self, name: &str) -> Option<Lock> {
        self.hold(name, false, Box::new(|| ())).await
    }

    /// Like [`Self::lock`]; where it is `taken_over`, another tab loses it to us. `lost` is called when we lose it so.
    pub async fn hold(
        &self,
        name: &str,
        taken_over: bool,
        lost: Box<dyn FnOnce()>,
    ) -> Option<Lock> {
        self.machine.hold(name, taken_over, lost).await
    }

    #[cfg(not(target_family = "wasm"))]
    pub(crate) const fn machine(&self) -> &machine::Machine {
        &self.machine
    }
}

/// The browser's machine and its locks, or the bench's.
pub use machine::{Lock, Machine};
