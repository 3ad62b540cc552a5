//! The family's copy: what it takes home of its own record, on paper or by the phone's share sheet. Told in words alone, so
//! that any phone shows it and anybody can read it aloud.

use super::{Found, load, view::Page};
use crate::{
    decided::Verdict,
    i18n::{Texts, fill, format},
    live::Live,
    pages::{Ground, Screen, nothing},
    route::Route,
    ui::{self, Look, Told, decided, group},
};
use naik_kelas_domain::id::KpmId;

/// A part of the copy: its title and its lines.
type Part = (String, Vec<String>);

/// The page.
#[must_use]
pub fn copy(kpm: KpmId) -> Screen {
    let Some(ground) = Ground::of_page() else {
        return nothing();
    };
    let t = ground.t;
    let services = ground.services();
    let found: Found = Live::new(None);
    load(ground, kpm, found);
    let today = format::day(ground.lang, services.today());
    let about = fill(t.copy_about, &[&today, &services.person.name]);
    let all = move || match found.get() {
        Some(Ok(opened)) => parts(&opened.page, &about, t),
        _ => Vec::new(),
    };
    let told = all.clone();
    let state = Live::new(Told::Nothing);
    let share = ui::button(Look::Main, t.share_text, "share-copy", move || {
        let text = text(&told());
        services.platform.spawn(async move {
            if services.platform.share_text(&text).await {
                state.try_set(Told::Done(t.copied));
            }
        });
    });
    let print = ui::button(Look::Quiet, t.print, "print", move || {
        services.platform.print();
    });
    let drawn = ui::through(move || {
        let drawn = all()
            .into_iter()
            .map(|(title, lines)| ui::section(&title, ui::lines(&lines)));
        group().all(drawn.collect())
    });
    let warned = group().child(ui::note(t.copy_warns)).child(ui::told(state));
    Screen {
        top: ui::top(t.copy, Some(ground.back_to(Route::Family(kpm)))),
        body: ui::page("copy", group().child(drawn).child(print)),
        action: ui::action(warned.child(share)),
    }
}

/// What the family takes home: nothing of others, no number that identifies it.
fn parts(page: &Page, about: &str, t: &'static Texts) -> Vec<Part> {
    let mut parts = vec![(page.name.clone(), vec![about.to_owned()])];
    if let Some((when, last)) = &page.last {
        let programme = |told: &crate::decided::Programme| {
            let what = match (told.verdict, told.amounts.first()) {
                (Verdict::No | Verdict::Error, _) => return None,
                (Verdict::Yes, Some(amount)) => amount,
                (verdict, _) => decided::verdict(t, verdict),
            };
            Some([&told.title, ": ", what].concat())
        };
        let mut lines = vec![when.clone()];
        lines.extend(last.programmes.iter().filter_map(programme));
        parts.push((t.copy_help.into(), lines));
        let lights = last.readiness.lights.iter();
        let light = |light: &crate::decided::Light| decided::light_in_words(t, light);
        parts.push((t.copy_map.into(), lights.map(light).collect()));
    }
    if !page.plan.is_empty() {
        parts.push((t.plan.into(), page.plan.clone()));
    }
    parts
}

fn text(parts: &[Part]) -> String {
    let mut text = String::new();
    for (title, lines) in parts {
        for part in [title, "\n"] {
            text.push_str(part);
        }
        for line in lines {
            for part in ["- ", line, "\n"] {
                text.push_str(part);
            }
        }
        text.push('\n');
    }
    text
}
