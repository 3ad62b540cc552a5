//! An assessment that is being taken: its state as signals, and the commands that change it.

use super::{
    questions::{APPROXIMATE, BIRTH_DATE, Said},
    saver::{Saver, Saving},
    unreadable::Unreadable,
    view::{self, Bar},
};
use crate::{
    assess::{self, Assessed, attending::attends},
    i18n::{Lang, Texts},
    live::Live,
    pages::Ground,
    platform::Moment,
    route::{Route, Step},
    words::Words,
};
use naik_kelas_domain::{
    Value,
    answer::{Answer, FactPath},
    assessment::Draft,
    id::MemberId,
    kpm::LeftBecause,
};
use naik_kelas_rules::pack::Pack;
use std::{ops::Deref, sync::Arc};

/// The state of one assessment, shared by its pages: one pointer, so that each of its many questions can hold it at the
/// cost of a number.
#[derive(Clone, Copy)]
pub struct Work(&'static Parts);

/// See [`Work`].
pub struct Parts {
    /// The page's ground.
    pub ground: Ground,
    pack: Live<Arc<Pack>>,
    saver: Live<Saver>,
    /// The answers.
    pub draft: Live<Arc<Draft>>,
    /// What follows from them.
    pub assessed: Live<Arc<Assessed>>,
    /// What was typed and is no answer; it outlives its page, so that nothing typed is lost.
    pub unreadable: Live<Unreadable>,
    /// The slim bar; made after the answer is painted.
    pub bar: Live<Bar>,
    bar_due: Live<bool>,
    fresh: Live<Option<MemberId>>,
    /// What is said of answers of an earlier day: where they come from, with a place for the day.
    pub earlier: &'static str,
    /// How saving goes.
    pub saving: Live<Saving>,
}

/// What a command does to the draft.
type Edit<'a> = &'a mut dyn FnMut(&Pack, &mut Draft);

impl Deref for Work {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

impl Work {
    /// Opens a draft on its pack.
    #[must_use]
    pub fn new(ground: Ground, pack: Arc<Pack>, draft: Draft) -> Self {
        let saver = Saver::new(ground.services(), &draft);
        let assessed = Arc::new(assess::evaluate(&pack, &draft));
        let held = ground.services().caseload.summary(draft.kpm);
        let earlier = match (&draft.form, held.and_then(|held| held.assessed_on)) {
            (Some(_), _) => ground.t.from_note,
            (None, None) => ground.t.from_registration,
            (None, Some(_)) => ground.t.from_assessment,
        };
        // Handles alone, a hundred bytes an opening: the values end with the page.
        let work = Self(Box::leak(Box::new(Parts {
            ground,
            earlier,
            saving: saver.saving,
            saver: Live::new(saver),
            pack: Live::new(pack),
            draft: Live::new(Arc::new(draft)),
            assessed: Live::new(assessed),
            unreadable: Live::new(Unreadable::default()),
            bar: Live::new(Bar::default()),
            bar_due: Live::new(false),
            fresh: Live::new(None),
        })));
        work.draw_bar_soon();
        work
    }

    /// The pack that the draft stays on, unless somebody moves it.
    #[must_use]
    pub fn pack(&self) -> Arc<Pack> {
        self.pack.get_untracked()
    }

    /// The language of the screens.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.ground.lang
    }

    /// The app's words.
    #[must_use]
    pub fn t(&self) -> &'static Texts {
        self.ground.t
    }

    /// Reads with the pack's words, the draft and what follows from it; tracks both.
    pub fn read<T>(&self, read: impl FnOnce(Words<'_>, &Draft, &Assessed) -> T) -> T {
        let pack = self.pack();
        let words = Words::new(&pack, self.lang());
        self.draft
            .with(|draft| self.assessed.with(|assessed| read(words, draft, assessed)))
    }

    /// The draft as it is saved, at the revision that was committed last.
    #[must_use]
    pub fn committed(&self) -> Draft {
        let draft = self.draft.get_untracked();
        let revision = self.saver.with_untracked(Saver::revision);
        Draft {
            revision,
            ..(*draft).clone()
        }
    }

    /// Another tab has taken this assessment over.
    pub fn overtaken(&self) {
        self.saver.with_untracked(Saver::overtaken);
    }

    /// Tries to save again what is on the screen.
    pub fn save_again(&self) {
        self.save(self.ground.services().platform.moment());
    }

    fn save(&self, since: Moment) {
        self.saver
            .with_untracked(|saver| saver.save(self.draft.get_untracked(), since));
    }

    /// Answers a question, or takes its answer back.
    pub fn answer(&self, path: &FactPath, said: &Said) {
        let answer = match said {
            Said::Nothing => None,
            Said::Unknown => Some(Answer::unknown()),
            Said::Value(value) => Some(Answer::asked(value.clone())),
        };
        self.change(Some(path), &mut |pack, draft| {
            assess::apply_answer(pack, draft, path.clone(), answer.clone());
            if let FactPath::Member(member, fact) = path
                && fact == BIRTH_DATE
            {
                // A date that was given is exact.
                draft
                    .answers
                    .remove(&FactPath::member(*member, APPROXIMATE));
            }
        });
    }

    /// A birth date that was worked out from an age.
    pub fn answer_by_age(&self, path: &FactPath, birth_date: Value) {
        let FactPath::Member(member, _) = path else {
            return;
        };
        let mark = FactPath::member(*member, APPROXIMATE);
        self.change(Some(path), &mut |pack, draft| {
            assess::apply_answer(
                pack,
                draft,
                path.clone(),
                Some(Answer::asked(birth_date.clone())),
            );
            assess::apply_answer(
                pack,
                draft,
                mark.clone(),
                Some(Answer::asked(Value::Bool(true))),
            );
        });
    }

    /// Confirms answers of an earlier day; others stay as they are.
    pub fn confirm(&self, paths: &[FactPath]) {
        self.change(paths.last(), &mut |_, draft| {
            for path in paths {
                if draft.answers.get(path).is_some_and(Answer::is_unconfirmed) {
                    assess::confirm(draft, path);
                }
            }
        });
    }

    /// Adds a member of whom nothing is known yet; `None` where the family is as large as it can be.
    #[must_use]
    pub fn add_member(&self) -> Option<MemberId> {
        let services = self.ground.services();
        let id = MemberId::new(services.platform.now(), services.platform.random());
        let mut added = false;
        self.change(None, &mut |_, draft| {
            added = assess::add_member(draft, id, [])
        });
        self.fresh
            .change_quietly(|fresh| *fresh = added.then_some(id));
        added.then_some(id)
    }

    /// A member who was added just now and of whom nothing was said is no member.
    pub fn forget_empty_member(&self) {
        let Some(fresh) = self.fresh.get_untracked() else {
            return;
        };
        self.fresh.change_quietly(|fresh| *fresh = None);
        let named =
            |path: &FactPath| matches!(path, FactPath::Member(member, _) if *member == fresh);
        if self
            .draft
            .with_untracked(|draft| !draft.answers.iter().any(|(path, _)| named(path)))
        {
            self.change(None, &mut |_, draft| {
                draft.members.retain(|member| *member != fresh)
            });
        }
    }

    /// Takes a member out; the answers stay until the end.
    pub fn remove_member(&self, member: MemberId, because: LeftBecause) {
        self.change(None, &mut |_, draft| {
            assess::remove_member(draft, member, because)
        });
    }

    /// Brings a member back.
    pub fn restore_member(&self, member: MemberId) {
        self.change(None, &mut |_, draft| {
            assess::restore_member(draft, member);
        });
    }

    /// Moves to a newer pack, as the draft is there: saved whole, like an answer. The pages are to be drawn anew.
    pub fn move_to(&self, pack: &Arc<Pack>, moved: &Draft) {
        self.pack.change_quietly(|own| own.clone_from(pack));
        self.bar.set(Bar::default());
        self.change(None, &mut |_, draft| draft.clone_from(moved));
    }

    /// Whether this is a note on a form, and not an assessment.
    #[must_use]
    pub fn is_note(&self) -> bool {
        self.draft.with_untracked(|draft| draft.form.is_some())
    }

    /// Whether this is a note on that form.
    #[must_use]
    pub fn is_on(&self, form: &str) -> bool {
        self.draft
            .with_untracked(|draft| draft.form.as_deref() == Some(form))
    }

    /// Notes that families came to a group's meeting, or takes it back.
    pub fn attend(&self, families: &[String], came: bool) {
        self.change(None, &mut |_, draft| attends(draft, families, came));
    }

    /// Opens another page of this assessment.
    pub fn go(&self, step: Step) {
        self.ground.router.go(&self.route(step));
    }

    /// Opens another page of this assessment in the place of this one.
    pub fn replace(&self, step: Step) {
        self.ground.router.replace(&self.route(step));
    }

    /// Opens another page of this assessment, unless it stands there.
    pub fn go_unless_there(&self, step: Step) {
        let route = self.route(step);
        if self.ground.router.route.get_untracked() != route {
            self.ground.router.go(&route);
        }
    }

    /// The route of a page of this assessment.
    #[must_use]
    pub fn route(&self, step: Step) -> Route {
        self.draft
            .with_untracked(|draft| Route::Assessment(draft.kpm, draft.form.clone(), step))
    }

    fn change(&self, at: Option<&FactPath>, edit: Edit<'_>) {
        let platform = &self.ground.services().platform;
        let given = platform.moment();
        let pack = self.pack();
        self.draft.update(|draft| {
            let draft = Arc::make_mut(draft);
            edit(&pack, draft);
            if let Some(at) = at {
                draft.at = Some(at.clone());
            }
        });
        let since = platform.moment();
        let assessed = self
            .draft
            .with_untracked(|draft| assess::evaluate(&pack, draft));
        platform.measure("nk:decide", since);
        self.assessed.set(Arc::new(assessed));
        self.save(given);
        self.draw_bar_soon();
    }

    /// What decides is worked out after the answer has been painted.
    fn draw_bar_soon(&self) {
        if self.bar_due.get_untracked() {
            return;
        }
        self.bar_due.set(true);
        let work = *self;
        let platform = &self.ground.services().platform;
        platform.later(60, async move {
            if work.bar_due.try_get_untracked().is_none() {
                return;
            }
            work.bar_due.set(false);
            let bar = work.assessed.with_untracked(|assessed| {
                view::bar(
                    Words::new(&work.pack(), work.lang()),
                    &assessed.family,
                    &assessed.decisions,
                )
            });
            work.bar.set(bar);
        });
    }
}
