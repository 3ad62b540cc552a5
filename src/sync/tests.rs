//! The machine step by step, and in thousands of random histories against a server that loses answers.

use super::{
    receipts::{Fate, fates},
    *,
};
use naik_kelas_domain::{
    id::EntryId,
    wire::v1::{Receipt, ReceiptOutcome, RefusalCode},
};
use std::collections::BTreeMap;

fn machine() -> Machine {
    Machine::new(true, SyncState::default())
}

/// Events in, the machine and the last actions out.
fn after(events: impl IntoIterator<Item = Event>) -> (Machine, Vec<Action>) {
    events
        .into_iter()
        .fold((machine(), Vec::new()), |(machine, _), event| {
            step(machine, event)
        })
}

fn good(sent: u32, settled: u32, waiting: u32) -> Exchange {
    Exchange {
        sent,
        settled,
        taken: settled,
        waiting,
        refused: 0,
        unreadable: 0,
        more: false,
        now: Millis(1_000),
        clock_offset: 5,
        chance: u32::MAX,
    }
}

fn failure(failure: Failure) -> Event {
    Event::Failed {
        failure,
        now: Millis(1_000),
        chance: u32::MAX / 2,
    }
}

fn timer(actions: &[Action]) -> Option<(u32, u32)> {
    actions.iter().find_map(|action| match action {
        Action::Timer { after, number } => Some((*after, *number)),
        Action::Exchange => None,
    })
}

#[test]
fn nothing_to_say_is_one_exchange() {
    let (machine, actions) = after([Event::Wanted]);
    assert_eq!(actions, [Action::Exchange]);
    assert!(machine.shown.running);
    let (machine, actions) = step(machine, Event::Exchanged(good(0, 0, 0)));
    assert_eq!(actions, []);
    assert!(!machine.shown.running);
    assert_eq!(machine.shown.clock_offset, Some(5));
    assert_eq!(machine.shown.last_receipt, None, "no receipt came");
}

#[test]
fn one_request_is_in_flight_and_what_was_recorded_meanwhile_follows() {
    let (machine, actions) = after([Event::Wanted, Event::Wanted]);
    assert_eq!(actions, []);
    let (_, actions) = step(machine, Event::Exchanged(good(1, 1, 0)));
    assert_eq!(actions, [Action::Exchange]);
}

#[test]
fn pages_follow_one_another_without_waiting() {
    let (machine, _) = after([Event::Wanted]);
    let (machine, actions) = step(
        machine,
        Event::Exchanged(Exchange {
            more: true,
            ..good(0, 0, 0)
        }),
    );
    assert_eq!(actions, [Action::Exchange]);
    let (_, actions) = step(machine, Event::Exchanged(good(20, 20, 5)));
    assert_eq!(actions, [Action::Exchange]);
}

#[test]
fn an_entry_that_cannot_be_opened_is_told_blocks_no_other_and_does_not_spin() {
    let damaged = Some(SyncTrouble::StorageTrouble(StoreError::Damaged));
    let (machine, _) = after([Event::Wanted]);
    let some = Exchange {
        unreadable: 1,
        ..good(2, 2, 3)
    };
    let (machine, actions) = step(machine, Event::Exchanged(some));
    assert_eq!(
        (actions, machine.shown.trouble),
        (vec![Action::Exchange], damaged)
    );
    let only_that_one = Exchange {
        unreadable: 1,
        ..good(0, 0, 1)
    };
    let (machine, actions) = step(machine, Event::Exchanged(only_that_one));
    assert_eq!((actions, machine.shown.trouble), (vec![], damaged));
}

#[test]
fn a_server_that_says_later_to_everything_is_left_alone_for_a_while() {
    let (machine, _) = after([Event::Wanted]);
    let (machine, actions) = step(machine, Event::Exchanged(good(2, 0, 2)));
    assert!(timer(&actions).is_some());
    assert!(matches!(
        machine.shown.trouble,
        Some(SyncTrouble::ServerBusy { .. })
    ));
    assert_eq!(machine.shown.waiting, 2);
}

#[test]
fn waits_double_up_to_a_quarter_of_an_hour_and_begin_anew_after_a_success() {
    let mut machine = machine();
    let mut longest = 0;
    for round in 0..20 {
        let (running, actions) = step(machine, Event::Wanted);
        assert_eq!(actions, [Action::Exchange]);
        let chance = u32::MAX;
        let (waiting, actions) = step(
            running,
            Event::Failed {
                failure: Failure::Offline,
                now: Millis(0),
                chance,
            },
        );
        let (wait, _) = timer(&actions).unwrap();
        assert!(
            wait <= LONGEST_WAIT && wait >= longest,
            "round {round}: {wait}"
        );
        longest = wait;
        machine = waiting;
    }
    assert!(longest > LONGEST_WAIT - 2);
    let (running, _) = step(machine, Event::Wanted);
    let (idle, _) = step(running, Event::Exchanged(good(0, 0, 0)));
    let (running, _) = step(idle, Event::Wanted);
    let (_, actions) = step(running, failure(Failure::Offline));
    assert!(timer(&actions).unwrap().0 <= FIRST_WAIT);
}

#[test]
fn a_wait_that_the_server_asks_for_is_never_cut_short() {
    let (machine, _) = after([Event::Wanted]);
    let (machine, actions) = step(machine, failure(Failure::Busy(Some(30_000))));
    let (wait, number) = timer(&actions).unwrap();
    assert!((30_000..=32_000).contains(&wait), "{wait}");
    assert_eq!(
        machine.shown.trouble,
        Some(SyncTrouble::ServerBusy {
            until: Millis(1_000 + i64::from(wait))
        })
    );
    let (_, actions) = step(machine.clone(), Event::Due(number));
    assert_eq!(actions, [Action::Exchange]);
    let (_, actions) = step(machine, Event::Due(number.wrapping_sub(1)));
    assert_eq!(actions, [], "an older timer has nothing to say");
}

#[test]
fn an_expired_token_stops_sending_until_the_person_signs_in() {
    let (machine, actions) = after([Event::Wanted, failure(Failure::SignInAgain)]);
    assert_eq!(actions, []);
    assert_eq!(machine.shown.trouble, Some(SyncTrouble::SignInAgain));
    let (machine, actions) = step(machine, Event::Wanted);
    assert_eq!(actions, []);
    let (machine, actions) = step(machine, Event::Network(true));
    assert_eq!(actions, []);
    let (machine, actions) = step(machine, Event::SignedIn);
    assert_eq!(actions, [Action::Exchange]);
    assert_eq!(machine.shown.trouble, None);
}

#[test]
fn without_signal_nothing_is_tried_and_signal_is_enough_to_try() {
    let (machine, actions) = after([Event::Network(false), Event::Wanted]);
    assert_eq!(actions, []);
    assert_eq!(machine.shown.trouble, Some(SyncTrouble::Offline));
    let (_, actions) = step(machine, Event::Network(true));
    assert_eq!(actions, [Action::Exchange]);
}

#[test]
fn another_tab_at_work_is_looked_at_again_later() {
    let (machine, actions) = after([Event::Wanted, Event::Elsewhere]);
    assert!(!machine.shown.running);
    assert_eq!(timer(&actions).unwrap().0, LOOK_AGAIN);
}

/// The server of the histories: what it has, by entry, and how often it stored it.
#[derive(Default)]
struct Server {
    stored: BTreeMap<EntryId, u32>,
    refused: BTreeMap<EntryId, RefusalCode>,
}

/// A phone: its outbox, and what it set aside.
#[derive(Default)]
struct Phone {
    outbox: Vec<EntryId>,
    set_aside: Vec<EntryId>,
    settled: Vec<EntryId>,
    recorded: u32,
}

struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) % u64::from(below)) as u32
    }
}

/// What a bad network and a busy server do to one request.
fn receive(
    server: &mut Server,
    sent: &[EntryId],
    chance: &mut Chance,
    good: bool,
) -> Result<Vec<Receipt>, Failure> {
    if !good {
        match chance.next(10) {
            0 => return Err(Failure::Offline),
            1 => return Err(Failure::CaptivePortal),
            2 => return Err(Failure::Busy(Some(chance.next(60_000)))),
            3 => return Err(Failure::SignInAgain),
            4 => return Err(Failure::Storage(StoreError::Full)),
            _ => {}
        }
    }
    let mut receipts = Vec::new();
    for entry in sent {
        let outcome = if let Some(code) = server.refused.get(entry) {
            ReceiptOutcome::Refused(*code)
        } else if server.stored.contains_key(entry) {
            ReceiptOutcome::AlreadyHad(1)
        } else {
            match if good { 9 } else { chance.next(10) } {
                0 => {
                    server.refused.insert(*entry, RefusalCode::FutureDate);
                    ReceiptOutcome::Refused(RefusalCode::FutureDate)
                }
                1 | 2 => ReceiptOutcome::Later,
                _ => {
                    *server.stored.entry(*entry).or_default() += 1;
                    ReceiptOutcome::Accepted(1)
                }
            }
        };
        receipts.push(Receipt {
            entry: Some(*entry),
            outcome,
        });
    }
    // The server has it, and the phone never hears of it; or only a part of the answer is for it.
    match if good { 9 } else { chance.next(10) } {
        0 | 1 => Err(Failure::Offline),
        2 => {
            receipts.reverse();
            Ok(receipts)
        }
        3 => {
            receipts.pop();
            Ok(receipts)
        }
        _ => Ok(receipts),
    }
}

fn exchange(
    phone: &mut Phone,
    server: &mut Server,
    chance: &mut Chance,
    good_network: bool,
) -> Event {
    let sent: Vec<EntryId> = phone
        .outbox
        .iter()
        .take(1 + chance.next(4) as usize)
        .copied()
        .collect();
    let receipts = match receive(server, &sent, chance, good_network) {
        Ok(receipts) => receipts,
        Err(failure) => {
            return Event::Failed {
                failure,
                now: Millis(0),
                chance: chance.next(u32::MAX),
            };
        }
    };
    let (mut settled, mut taken) = (0, 0);
    for (entry, fate) in sent.iter().zip(fates(&sent, &receipts)) {
        match fate {
            Fate::Stays => continue,
            Fate::Taken(_) => {
                phone.settled.push(*entry);
                taken += 1;
            }
            Fate::Refused(_) => phone.set_aside.push(*entry),
        }
        phone.outbox.retain(|other| other != entry);
        settled += 1;
    }
    Event::Exchanged(Exchange {
        sent: sent.len() as u32,
        settled,
        taken,
        waiting: phone.outbox.len() as u32,
        refused: phone.set_aside.len() as u32,
        unreadable: 0,
        more: false,
        now: Millis(0),
        clock_offset: 0,
        chance: chance.next(u32::MAX),
    })
}

fn check(phone: &Phone, server: &Server, seed: u64) {
    let held = phone.outbox.len() + phone.set_aside.len() + phone.settled.len();
    assert_eq!(
        held, phone.recorded as usize,
        "seed {seed}: an entry was lost or doubled"
    );
    for entry in &phone.settled {
        assert_eq!(
            server.stored.get(entry),
            Some(&1),
            "seed {seed}: a receipt without its entry"
        );
    }
    for entry in &phone.set_aside {
        assert!(
            server.refused.contains_key(entry),
            "seed {seed}: set aside, but not refused"
        );
    }
}

#[test]
fn no_history_loses_or_doubles_an_entry_and_all_of_them_end() {
    for seed in 1..=2_000u64 {
        let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let (mut phone, mut server) = (Phone::default(), Server::default());
        let mut machine = machine();
        let mut ringing = None;
        for round in 0..60 {
            let good_network = round >= 40;
            let mut event = Some(
                match if good_network {
                    round % 2
                } else {
                    chance.next(8)
                } {
                    0 if good_network => Event::SignedIn,
                    1 if good_network => Event::Network(true),
                    0 | 1 => {
                        phone.recorded += 1;
                        let mut bytes = [0; 16];
                        bytes[..4].copy_from_slice(&phone.recorded.to_be_bytes());
                        phone.outbox.push(EntryId::from_bytes(bytes));
                        Event::Wanted
                    }
                    2 => Event::Network(false),
                    3 => Event::Network(true),
                    4 => Event::SignedIn,
                    5 => Event::Due(ringing.unwrap_or(0)),
                    6 => {
                        // The app is killed and opened again: only what was stored is left.
                        machine = Machine::new(true, SyncState::default());
                        Event::Wanted
                    }
                    _ => Event::Wanted,
                },
            );
            while let Some(next) = event.take() {
                let (stepped, actions) = step(machine, next);
                machine = stepped;
                for action in actions {
                    match action {
                        Action::Exchange => {
                            event =
                                Some(exchange(&mut phone, &mut server, &mut chance, good_network));
                        }
                        Action::Timer { number, .. } => ringing = Some(number),
                    }
                }
                check(&phone, &server, seed);
            }
        }
        assert_eq!(phone.outbox, [], "seed {seed}: an entry never left");
        assert!(!machine.shown.running, "seed {seed}");
    }
}
