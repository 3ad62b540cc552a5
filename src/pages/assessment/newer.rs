//! Newer rules for an assessment that was begun: offered, and never taken unasked.

use super::{view, work::Work};
use crate::{
    assess,
    i18n::fill,
    ui::{self, Ask, El, Look, el, group},
    words::Words,
};

/// Says that there are newer rules for the day of this assessment, and lists what changes before it moves to them; `None`
/// where it is on the newest. `then` draws the page anew. Only for pages on which nothing is answered: they hold no question
/// of the old pack.
#[must_use]
pub fn newer(work: Work, then: impl Fn() + 'static) -> Option<El> {
    let t = work.t();
    let (old, draft) = (work.pack(), work.draft.get_untracked());
    let new = work.ground.services().packs.in_force(draft.on)?;
    if new.hash() == old.hash() {
        return None;
    }
    let moved = assess::moved(&draft, &old, &new);
    let words = |pack| Words::new(pack, work.lang());
    let list = |(title, lines): &view::Listed| {
        el("div")
            .child(el("h3").text(title))
            .child(ui::lines(lines))
    };
    let lists = view::newer(words(&old), words(&new), &moved);
    let parts = Ask {
        question: t.newer_ask.into(),
        body: Some(group().all(lists.iter().map(list).collect())),
        yes: t.newer_take,
        no: t.not_now,
        look: Look::Main,
    };
    let text = fill(t.newer, &[new.version()]);
    let dialog = ui::ask(parts, move || {
        work.move_to(&new, &moved.draft);
        then();
    });
    let open = dialog.clone();
    let see = ui::button(Look::Small, t.newer_see, "newer-see", move || open.open());
    let action = group().child(see).child(dialog);
    Some(ui::banner("banner", "newer", &text, Some(action)))
}
