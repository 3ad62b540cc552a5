//! When to speak with the server: pure, one state, one step.
//!
//! What is said is in [`driver`]: one request up and down, its answer kept in one transaction. Here is decided when,
//! and what the person is told. Nothing here can lose a record: an entry leaves the outbox by its own receipt only.

pub mod driver;
mod exchange;
pub mod http;
mod keep;
mod receipts;
mod step;

pub use driver::Sync;
pub use step::step;

use crate::store::StoreError;
use naik_kelas_domain::Millis;

/// What screens show of the sync.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SyncState {
    /// Entries on this phone without a receipt.
    pub waiting: u32,
    /// Entries that the server did not take, to be mended.
    pub refused: u32,
    /// Whether a request is under way.
    pub running: bool,
    /// When the last receipt came, by the phone's clock.
    pub last_receipt: Option<Millis>,
    /// When the server last answered, by the phone's clock; since the app was opened.
    pub last_contact: Option<Millis>,
    /// What keeps the phone from syncing.
    pub trouble: Option<SyncTrouble>,
    /// The server's clock minus the phone's, in milliseconds.
    pub clock_offset: Option<i64>,
}

/// What keeps a phone from syncing. Nothing is lost by any of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SyncTrouble {
    /// No signal, or the server cannot be reached.
    Offline,
    /// The network asks for a sign-in of its own (a hotel's, a shop's).
    CaptivePortal,
    /// The token is no longer taken: sign in again to send.
    SignInAgain,
    /// The server asks to wait until then, by the phone's clock.
    ServerBusy {
        /// When it is tried again.
        until: Millis,
    },
    /// The server answers what cannot be understood.
    ServerTrouble,
    /// The phone could not keep the answer.
    StorageTrouble(StoreError),
}

/// Where the machine stands between two events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Machine {
    phase: Phase,
    /// Something was recorded or asked for while a request was under way.
    again: bool,
    online: bool,
    /// Failures in a row.
    failures: u32,
    /// Which timer is the current one; older ones are ignored.
    timer: u32,
    /// What screens show.
    pub shown: SyncState,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    Idle,
    Exchanging,
    /// Nothing is tried before a person has signed in again.
    SignedOut,
}

/// What happens to the machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A record waits, the app was opened or brought to the front, or a person asks.
    Wanted,
    /// The network came or went.
    Network(bool),
    /// A timer rang.
    Due(u32),
    /// A person has signed in again.
    SignedIn,
    /// Something was recorded, in this tab or another: the counts are these now.
    Counted {
        /// Entries that wait.
        waiting: u32,
        /// Entries that were refused.
        refused: u32,
    },
    /// An exchange ended well.
    Exchanged(Exchange),
    /// An exchange failed. Nothing was changed.
    Failed {
        /// Why.
        failure: Failure,
        /// Now, by the phone's clock.
        now: Millis,
        /// Chance, for the jitter.
        chance: u32,
    },
    /// Another tab is at it.
    Elsewhere,
}

/// What an exchange has brought, after it was kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// How many entries were sent.
    pub sent: u32,
    /// How many of them have left the outbox: taken or refused.
    pub settled: u32,
    /// How many of them were taken now, or had been before.
    pub taken: u32,
    /// Entries that still wait.
    pub waiting: u32,
    /// Entries that were refused.
    pub refused: u32,
    /// Entries that wait and cannot be opened; they are kept, and block no other.
    pub unreadable: u32,
    /// Whether the server has another page.
    pub more: bool,
    /// Now, by the phone's clock.
    pub now: Millis,
    /// The server's clock minus the phone's.
    pub clock_offset: i64,
    /// Chance, for the jitter.
    pub chance: u32,
}

/// Why an exchange failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The server cannot be reached.
    Offline,
    /// Something else answered in the server's place.
    CaptivePortal,
    /// There is no token, or it is no longer taken.
    SignInAgain,
    /// The server asks to wait, so many milliseconds where it says how long.
    Busy(Option<u32>),
    /// The server failed, or answered what cannot be understood.
    Server,
    /// The answer could not be kept.
    Storage(StoreError),
}

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// Make one exchange.
    Exchange,
    /// Ring after so many milliseconds with this number.
    Timer {
        /// How long, in milliseconds.
        after: u32,
        /// To be given back in [`Event::Due`].
        number: u32,
    },
}

/// The first wait after a failure, in milliseconds.
pub const FIRST_WAIT: u32 = 2_000;
/// The longest wait, in milliseconds.
pub const LONGEST_WAIT: u32 = 15 * 60_000;
/// How long until another tab's work is looked at, in milliseconds.
const LOOK_AGAIN: u32 = 15_000;

impl Machine {
    /// A machine at the start of the app.
    #[must_use]
    pub const fn new(online: bool, shown: SyncState) -> Self {
        Self {
            phase: Phase::Idle,
            again: false,
            online,
            failures: 0,
            timer: 0,
            shown,
        }
    }

    /// Whether the machine believes that there is a network.
    #[must_use]
    pub const fn is_online(&self) -> bool {
        self.online
    }
}

#[cfg(test)]
mod tests;
