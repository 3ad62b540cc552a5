//! When to speak with the server: pure, one state, one step.
//!
//! What is said is in [`driver`]: one request up and down, its answer kept in one transaction. Here is decided when,
//! and what the person is told. Nothing here can lose a record: an entry leaves the outbox by its own receipt only.

pub mod driver;
pub mod http;
mod keep;
mod receipts;

pub use driver::Sync;

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

/// One step: what the machine is after an event, and what is to be done.
#[must_use]
pub fn step(mut machine: Machine, event: Event) -> (Machine, Vec<Action>) {
    let actions = match event {
        Event::Wanted => begin(&mut machine),
        Event::Network(online) => {
            let came = online && !machine.online;
            machine.online = online;
            if came {
                // A network that has just come is worth a try, whatever the wait was.
                machine.failures = 0;
                begin(&mut machine)
            } else {
                Vec::new()
            }
        }
        Event::Due(number) if number == machine.timer => begin(&mut machine),
        Event::Due(_) => Vec::new(),
        Event::SignedIn => {
            if machine.phase == Phase::SignedOut {
                machine.phase = Phase::Idle;
            }
            machine.failures = 0;
            machine.shown.trouble = None;
            begin(&mut machine)
        }
        Event::Counted { waiting, refused } => {
            machine.shown.waiting = waiting;
            machine.shown.refused = refused;
            Vec::new()
        }
        Event::Exchanged(exchange) => exchanged(&mut machine, exchange),
        Event::Failed {
            failure,
            now,
            chance,
        } => failed(&mut machine, failure, now, chance),
        Event::Elsewhere => {
            machine.phase = Phase::Idle;
            machine.again = false;
            vec![ring(&mut machine, LOOK_AGAIN)]
        }
    };
    machine.shown.running = machine.phase == Phase::Exchanging;
    (machine, actions)
}

fn begin(machine: &mut Machine) -> Vec<Action> {
    match machine.phase {
        Phase::Exchanging => {
            machine.again = true;
            Vec::new()
        }
        Phase::SignedOut => Vec::new(),
        // The browser's word that there is no network is taken; that there is one, is only a hint.
        Phase::Idle if !machine.online => {
            machine.shown.trouble = Some(SyncTrouble::Offline);
            Vec::new()
        }
        Phase::Idle => {
            machine.phase = Phase::Exchanging;
            machine.again = false;
            // A timer that still runs has nothing left to do.
            machine.timer = machine.timer.wrapping_add(1);
            vec![Action::Exchange]
        }
    }
}

fn exchanged(machine: &mut Machine, exchange: Exchange) -> Vec<Action> {
    machine.phase = Phase::Idle;
    machine.shown.waiting = exchange.waiting;
    machine.shown.refused = exchange.refused;
    machine.shown.last_contact = Some(exchange.now);
    machine.shown.clock_offset = Some(exchange.clock_offset);
    machine.shown.trouble = None;
    if exchange.taken > 0 {
        machine.shown.last_receipt = Some(exchange.now);
    }
    let stuck = exchange.sent > 0 && exchange.settled == 0;
    if stuck {
        // The server said "later" to everything: wait as after a failure, but call it by its name.
        let after = wait(machine, None, exchange.chance);
        let until = Millis(exchange.now.0.saturating_add(i64::from(after)));
        machine.shown.trouble = Some(SyncTrouble::ServerBusy { until });
        return vec![ring(machine, after)];
    }
    machine.failures = 0;
    if exchange.more || exchange.waiting > 0 || machine.again {
        begin(machine)
    } else {
        Vec::new()
    }
}

fn failed(machine: &mut Machine, failure: Failure, now: Millis, chance: u32) -> Vec<Action> {
    machine.phase = Phase::Idle;
    machine.again = false;
    let asked = match failure {
        Failure::SignInAgain => {
            machine.phase = Phase::SignedOut;
            machine.shown.trouble = Some(SyncTrouble::SignInAgain);
            return Vec::new();
        }
        Failure::Busy(asked) => asked,
        Failure::Offline | Failure::CaptivePortal | Failure::Server | Failure::Storage(_) => None,
    };
    let after = wait(machine, asked, chance);
    machine.shown.trouble = Some(match failure {
        Failure::Offline => SyncTrouble::Offline,
        Failure::CaptivePortal => SyncTrouble::CaptivePortal,
        Failure::SignInAgain => SyncTrouble::SignInAgain,
        Failure::Busy(_) => SyncTrouble::ServerBusy {
            until: Millis(now.0.saturating_add(i64::from(after))),
        },
        Failure::Server => SyncTrouble::ServerTrouble,
        Failure::Storage(error) => SyncTrouble::StorageTrouble(error),
    });
    vec![ring(machine, after)]
}

/// Full jitter: anywhere up to a bound that doubles; never before what the server asked for.
fn wait(machine: &mut Machine, asked: Option<u32>, chance: u32) -> u32 {
    let bound = FIRST_WAIT
        .saturating_mul(1 << machine.failures.min(9))
        .min(LONGEST_WAIT);
    machine.failures = machine.failures.saturating_add(1);
    let jitter = u64::from(chance) * u64::from(bound) >> 32;
    let jitter = u32::try_from(jitter).unwrap_or(bound);
    asked.map_or(jitter.max(FIRST_WAIT / 4), |asked| {
        asked.saturating_add(jitter)
    })
}

const fn ring(machine: &mut Machine, after: u32) -> Action {
    machine.timer = machine.timer.wrapping_add(1);
    Action::Timer {
        after,
        number: machine.timer,
    }
}

#[cfg(test)]
mod tests;
