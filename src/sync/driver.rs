//! Doing what the machine decides: one exchange at a time, in one tab.

use super::{Action, Event, Machine, SyncState, exchange::exchange, step};
use crate::{
    caseload::Caseload,
    live::Live,
    packs::Packs,
    platform::{Happening, Lock, Platform},
    records::Records,
    services::Person,
};
use std::sync::{Arc, Mutex, PoisonError};

/// Sending and receiving. Clones are the same sync.
#[derive(Clone)]
pub struct Sync {
    /// What screens show.
    pub state: Live<SyncState>,
    machine: Arc<Mutex<Machine>>,
    parts: Arc<Parts>,
}

/// What the sync works on.
pub(crate) struct Parts {
    pub(crate) platform: Platform,
    pub(crate) records: Records,
    pub(crate) person: Person,
    pub(crate) packs: Packs,
    pub(crate) caseload: Caseload,
}

impl Sync {
    pub(crate) fn new(parts: Parts, shown: SyncState) -> Self {
        let machine = Machine::new(parts.platform.online(), shown.clone());
        Self {
            state: Live::new(shown),
            machine: Arc::new(Mutex::new(machine)),
            parts: Arc::new(parts),
        }
    }

    /// Whether nothing waits to be sent and nothing is under way.
    #[must_use]
    pub fn idle(&self) -> bool {
        (self.state).with_untracked(|state| state.waiting == 0 && !state.running)
    }

    /// Syncs soon, in the background: a person asks, or a record waits.
    pub fn now(&self) {
        self.soon(Event::Wanted);
    }

    /// From now on the sync follows the machine: the network comes, the app is brought to the front.
    pub fn follow(&self) {
        let sync = self.clone();
        self.parts.platform.listen(move |happening| {
            sync.soon(match happening {
                Happening::Online => Event::Network(true),
                Happening::Offline => Event::Network(false),
                Happening::Visible => Event::Wanted,
            });
        });
        self.now();
    }

    /// Takes an event and does all that follows from it, until there is nothing left to do now.
    pub async fn run(&self, event: Event) {
        let mut next = Some(self.with_network(event));
        // For all pages that follow each other: a browser gives a lock back in a task of its own, so between two pages
        // we would find it taken by ourselves, and look again only much later.
        let mut lock = None;
        while let Some(event) = next.take() {
            for action in self.step(event) {
                match action {
                    Action::Exchange => next = Some(self.exchange(&mut lock).await),
                    Action::Timer { after, number } => self.ring_later(after, number),
                }
            }
        }
    }

    /// Counts again what waits, after something was recorded. Where the database does not answer, the next exchange
    /// counts.
    pub async fn recount(&self) {
        if let Ok((waiting, refused)) = self.parts.records.counts().await {
            self.run(Event::Counted { waiting, refused }).await;
        }
    }

    /// The server's clock minus the phone's, in milliseconds, as last seen.
    #[must_use]
    pub fn clock_offset(&self) -> Option<i64> {
        self.machine
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .shown
            .clock_offset
    }

    /// A wish to sync, or the news that there is a network: the browser's own event for it may have come while the app
    /// was asleep.
    fn with_network(&self, event: Event) -> Event {
        let online = self.parts.platform.online();
        let was_online = self
            .machine
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_online();
        if event != Event::Wanted || online == was_online {
            return event;
        }
        if online {
            return Event::Network(true);
        }
        // Going offline asks for nothing to be done.
        drop(self.step(Event::Network(false)));
        event
    }

    fn soon(&self, event: Event) {
        let sync = self.clone();
        self.parts
            .platform
            .spawn(async move { sync.run(event).await });
    }

    fn ring_later(&self, after: u32, number: u32) {
        let sync = self.clone();
        self.parts
            .platform
            .later(after, async move { sync.run(Event::Due(number)).await });
    }

    fn step(&self, event: Event) -> Vec<Action> {
        let mut held = self.machine.lock().unwrap_or_else(PoisonError::into_inner);
        let (machine, actions) = step(held.clone(), event);
        if held.shown != machine.shown {
            self.state.set(machine.shown.clone());
        }
        *held = machine;
        actions
    }

    async fn exchange(&self, lock: &mut Option<Lock>) -> Event {
        let parts = &self.parts;
        if lock.is_none() {
            *lock = parts.platform.lock(&parts.records.vault.key("sync")).await;
        }
        if lock.is_none() {
            return Event::Elsewhere;
        }
        match exchange(parts).await {
            Ok(exchange) => Event::Exchanged(exchange),
            Err(failure) => {
                // A part may have been kept before it failed.
                if let Ok((waiting, refused)) = parts.records.counts().await {
                    drop(self.step(Event::Counted { waiting, refused }));
                }
                let (now, chance) = (parts.platform.now(), parts.platform.random());
                Event::Failed {
                    failure,
                    now,
                    chance: u32::from_le_bytes(chance),
                }
            }
        }
    }
}
