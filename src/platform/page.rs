//! The page in the browser's window: its address, its scroll, its focus, its language.

use leptos::{ev, prelude::*};
use send_wrapper::SendWrapper;
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// How often it is looked whether the page is still touched.
const LOOK: Duration = Duration::from_secs(10);

/// The part of the address behind `#`.
#[must_use]
pub fn address() -> String {
    let location = window().location();
    let here = location
        .pathname()
        .is_ok_and(|path| path == "/" || path == "/index.html");
    match location.hash() {
        Ok(hash) if here => hash,
        // A path of another app, or of an old version: it leads nowhere.
        _ => "#?".into(),
    }
}

/// How many pages of ours lie behind this one.
#[must_use]
pub fn depth() -> u32 {
    let state = window().history().and_then(|history| history.state());
    state
        .ok()
        .and_then(|state| state.as_f64())
        .map_or(0, |depth| depth as u32)
}

/// Goes to an address, above the one before it or in its place.
pub fn go(address: &str, replace: bool) {
    let Ok(history) = window().history() else {
        return;
    };
    let url = ["/", address].concat();
    let moved = if replace {
        history.replace_state_with_url(&JsValue::from_f64(f64::from(depth())), "", Some(&url))
    } else {
        history.push_state_with_url(&JsValue::from_f64(f64::from(depth() + 1)), "", Some(&url))
    };
    if moved.is_err() {
        // A browser that limits how often the address changes still shows the right page.
        leptos::logging::warn!("address not changed");
    }
}

/// Goes back by one page of ours; false where there is none.
#[must_use]
pub fn back() -> bool {
    depth() > 0
        && window()
            .history()
            .is_ok_and(|history| history.back().is_ok())
}

/// Calls back when the browser's own *back* and *forward* have changed the address.
pub fn on_moved(moved: impl Fn() + 'static) {
    let listener = window_event_listener(ev::popstate, move |_| moved());
    on_cleanup(move || listener.remove());
}

/// Calls back for a link into the app instead of letting the browser follow it.
pub fn on_link(follow: impl Fn(String) + 'static) {
    let listener = window_event_listener(ev::click, move |event| {
        if event.default_prevented()
            || event.button() != 0
            || event.ctrl_key()
            || event.meta_key()
            || event.shift_key()
        {
            return;
        }
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='#']").ok().flatten());
        if let Some(href) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            follow(href);
        }
    });
    on_cleanup(move || listener.remove());
}

/// How far the page is scrolled.
#[must_use]
pub fn scrolled() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// After the page is drawn: scrolls, and puts the focus on its heading, so that a screen reader says where one is.
pub fn arrive(scroll: f64) {
    request_animation_frame(move || {
        // The focus first: it may scroll by itself, and the practice banner must stay in sight.
        if let Some(heading) = find("h1") {
            focus(&heading);
        }
        window().scroll_to_with_x_and_y(0.0, scroll);
    });
}

/// After the page is drawn: stands at an element, the focus on its first control.
pub fn stand_at(id: String) {
    request_animation_frame(move || {
        let Some(place) = document().get_element_by_id(&id) else {
            return;
        };
        place.scroll_into_view();
        let control = place
            .query_selector("input:checked,input,select,button,a")
            .ok()
            .flatten();
        if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
            focus(&control);
        }
    });
}

/// Leaves the field that is being typed in, so that what stands in it is taken as the answer.
pub fn leave_field() {
    if let Some(field) = document().active_element()
        && let Ok(field) = field.dyn_into::<HtmlElement>()
        && field.blur().is_err()
    {
        leptos::logging::warn!("field not left");
    }
}

/// Calls back when nobody has touched the page for so many milliseconds, hidden or not, and then at each look until it is
/// touched again. A phone that slept has not been touched; a clock that was set back counts from then on.
pub fn on_idle(millis: f64, idle: impl Fn() + 'static) {
    let touched = Rc::new(Cell::new(js_sys::Date::now()));
    let look: Rc<dyn Fn(bool)> = Rc::new(move |touch| {
        let now = js_sys::Date::now();
        let rest = now - touched.get();
        if rest >= millis {
            idle();
        } else if touch || rest < 0.0 {
            touched.set(now);
        }
    });
    for (event, touch) in [
        ("pointerdown", true),
        ("keydown", true),
        ("visibilitychange", false),
    ] {
        let look = SendWrapper::new(Rc::clone(&look));
        let listener = window_event_listener_untyped(event, move |_| look(touch));
        on_cleanup(move || listener.remove());
    }
    let looking = set_interval_with_handle(move || look(false), LOOK);
    if let Ok(looking) = looking {
        on_cleanup(move || looking.clear());
    }
}

/// Tells the browser which language the page speaks.
pub fn speak(code: &str) {
    if let Some(html) = document().document_element()
        && html.set_attribute("lang", code).is_err()
    {
        leptos::logging::warn!("language not told");
    }
}

/// Takes the static shell away, which stood here until the app was ready.
pub fn clear_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    document()
        .query_selector(selector)
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

fn focus(element: &HtmlElement) {
    if element.focus().is_err() {
        leptos::logging::warn!("focus not moved");
    }
}
