//! Who came: the families of the caseload to be ticked, by name or village.

use super::work::Work;
use crate::{
    assess::attending::attending,
    dom::value_of,
    i18n::counted,
    live::Live,
    services::Loadable,
    ui::{self, Choice, El, Look, el, group},
};
use naik_kelas_domain::{
    record::Summary,
    search::{folded, matches},
};

/// So many are shown at first, and so many more each time: a whole group.
const SHOWN: usize = 50;

/// The id of the section.
pub(super) const WHO: &str = "who";

/// The list, with what finds families in it.
pub(super) fn attendance(work: Work) -> El {
    let t = work.t();
    let typed = Live::new(String::new());
    let most = Live::new(SHOWN);
    let caseload = work.ground.services().caseload.list;
    let list = ui::through(move || {
        let query = folded(&typed.get());
        let most_now = most.get();
        let mut shown: Vec<Choice> = match caseload.get() {
            Loadable::Ready(all) => all
                .iter()
                .filter(|summary| matches(&summary.folded, &query))
                .take(most_now + 1)
                .map(choice)
                .collect(),
            Loadable::Loading | Loadable::Failed(_) => Vec::new(),
        };
        let more = (shown.len() > most_now).then(|| {
            shown.truncate(most_now);
            ui::button(Look::Quiet, t.more_rows, "more", move || {
                most.update(|most| *most += SHOWN);
            })
        });
        let codes: Vec<String> = shown.iter().map(|choice| choice.code.clone()).collect();
        let ticked = move || work.draft.with(|draft| attending(draft));
        let toggle = move |code: String| {
            let came = !work
                .draft
                .with_untracked(|draft| attending(draft))
                .contains(&code);
            work.attend(&[code], came);
        };
        // Of the whole caseload, one tap would be many families who never were a group.
        let all = (!query.is_empty() && !codes.is_empty()).then(|| {
            ui::button(Look::Small, t.group_all, "tick-all", move || {
                work.attend(&codes, true);
            })
        });
        group()
            .child(all)
            .child(ui::checks(&shown, ticked, toggle))
            .child(more)
    });
    let search = el("input")
        .class("in")
        .set("id", "search")
        .set("type", "search")
        .set("autocomplete", "off")
        .test_id("search")
        .on("input", move |event| typed.set(value_of(&event)));
    let came = move || {
        counted(
            t.group_came,
            work.draft.with(|draft| attending(draft).len()),
        )
    };
    let content = group()
        .child(el("label").set("for", "search").text(t.search))
        .child(search)
        .child(
            el("p")
                .set("role", "status")
                .test_id("came")
                .live_text(came),
        )
        .child(list);
    ui::section(t.group_who, content).set("id", WHO)
}

fn choice(summary: &Summary) -> Choice {
    Choice {
        code: summary.kpm.to_string(),
        label: [&summary.name, " · ", &summary.place].concat(),
    }
}
