//! One step of the machine: pure.

use super::{
    Action, Event, Exchange, FIRST_WAIT, Failure, LONGEST_WAIT, LOOK_AGAIN, Machine, Phase,
    SyncTrouble,
};
use crate::store::StoreError;
use naik_kelas_domain::Millis;

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
    machine.shown.trouble =
        (exchange.unreadable > 0).then_some(SyncTrouble::StorageTrouble(StoreError::Damaged));
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
    // What waits and was not in this page follows, unless nothing could be sent because nothing could be opened.
    let follows =
        exchange.waiting > exchange.unreadable && (exchange.sent > 0 || exchange.unreadable == 0);
    if exchange.more || follows || machine.again {
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
    let jitter = (u64::from(chance) * u64::from(bound)) >> 32;
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
