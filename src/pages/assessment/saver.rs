//! Saving a draft as it is answered: one save at a time, the newest draft next, and the screen told how it went.
//!
//! It outlives the page: a page that is left while a save is under way does not lose the answer behind it.

use crate::{
    live::Live,
    platform::Moment,
    services::Services,
    usecase::{SaveError, save_draft},
};
use naik_kelas_domain::assessment::Draft;
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// Whether an answer of the assessment on the screen is not committed.
static UNSAVED: AtomicBool = AtomicBool::new(false);

/// Whether an answer on the screen would be lost with the page.
#[must_use]
pub fn unsaved() -> bool {
    UNSAVED.load(Ordering::Relaxed)
}

fn note_unsaved(unsaved: bool) {
    UNSAVED.store(unsaved, Ordering::Relaxed);
}

/// What the screen says of saving.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saving {
    /// Everything on the screen is committed.
    Saved,
    /// A save is under way.
    Working,
    /// The newest draft is not saved; it is still on the screen.
    Failed(SaveError),
}

/// Saves the drafts of one assessment. Clones are the same saver.
#[derive(Clone)]
pub struct Saver {
    services: &'static Services,
    /// What the screen says.
    pub saving: Live<Saving>,
    queue: Arc<Mutex<Queue>>,
}

struct Queue {
    /// To be saved next.
    next: Option<Arc<Draft>>,
    /// When the first answer that is not saved yet was given.
    since: Option<Moment>,
    /// The revision that was committed last.
    revision: u64,
    running: bool,
    /// Another tab has this draft now: nothing more is saved here.
    overtaken: bool,
}

impl Saver {
    /// A saver for a draft as it lies in the store.
    #[must_use]
    pub fn new(services: &'static Services, draft: &Draft) -> Self {
        note_unsaved(false);
        let queue = Queue {
            next: None,
            since: None,
            revision: draft.revision,
            running: false,
            overtaken: false,
        };
        Self {
            services,
            saving: Live::new(Saving::Saved),
            queue: Arc::new(Mutex::new(queue)),
        }
    }

    /// Saves a draft, after the one that is being saved, in the place of any that waits. `since` is when the answer was
    /// given: the way from there to the commit is measured.
    pub fn save(&self, draft: Arc<Draft>, since: Moment) {
        let mut queue = self.queue();
        queue.next = Some(draft);
        queue.since.get_or_insert(since);
        if queue.running || queue.overtaken {
            return;
        }
        queue.running = true;
        drop(queue);
        note_unsaved(true);
        self.saving.try_set(Saving::Working);
        let saver = self.clone();
        self.services
            .platform
            .spawn(async move { saver.work().await });
    }

    /// Another tab has this draft now. What is being saved already is still kept, if the other tab was not faster.
    pub fn overtaken(&self) {
        self.queue().overtaken = true;
        note_unsaved(false);
        self.saving
            .try_set(Saving::Failed(SaveError::ChangedInAnotherTab));
    }

    /// The revision that was committed last.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.queue().revision
    }

    async fn work(&self) {
        loop {
            let Some((draft, since)) = self.take() else {
                return;
            };
            match save_draft(self.services, &draft).await {
                Ok(saved) => {
                    self.queue().revision = saved.revision;
                    if let Some(since) = since {
                        self.services.platform.measure("nk:save", since);
                    }
                }
                Err(error) => {
                    if error == SaveError::ChangedInAnotherTab {
                        return self.overtaken();
                    }
                    let mut queue = self.queue();
                    // A newer draft takes this one's place when it is tried again.
                    queue.next.get_or_insert(Arc::new(draft));
                    queue.running = false;
                    drop(queue);
                    self.saving.try_set(Saving::Failed(error));
                    return;
                }
            }
        }
    }

    fn take(&self) -> Option<(Draft, Option<Moment>)> {
        let mut queue = self.queue();
        if queue.overtaken {
            return None;
        }
        let since = queue.since.take();
        match queue.next.take() {
            Some(draft) => {
                let draft = Draft {
                    revision: queue.revision,
                    ..(*draft).clone()
                };
                Some((draft, since))
            }
            None => {
                queue.running = false;
                drop(queue);
                note_unsaved(false);
                self.saving.try_set(Saving::Saved);
                None
            }
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
