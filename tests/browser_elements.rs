//! What only a browser does to elements.
#![cfg(target_family = "wasm")]
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use leptos::prelude::Owner;
use naik_kelas_app::dom::el;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn what_a_browser_tells_an_element_that_is_gone_reaches_nobody() {
    let window = web_sys::window().unwrap();
    let faults = Rc::new(Cell::new(0));
    let counting = Rc::clone(&faults);
    let fault = Closure::<dyn FnMut()>::new(move || counting.set(counting.get() + 1));
    let listener = fault.as_ref().unchecked_ref();
    window
        .add_event_listener_with_callback("error", listener)
        .unwrap();

    let owner = Owner::new();
    let heard = Rc::new(Cell::new(0));
    let counting = Rc::clone(&heard);
    owner.with(|| {
        let button = el("button").set("id", "gone");
        button
            .on("click", move |_| counting.set(counting.get() + 1))
            .show();
    });
    let button = window.document().unwrap().get_element_by_id("gone");
    let button: HtmlElement = button.unwrap().dyn_into().unwrap();
    button.click();
    owner.cleanup();
    button.click();
    button.remove();
    window
        .remove_event_listener_with_callback("error", listener)
        .unwrap();
    assert_eq!((heard.get(), faults.get()), (1, 0));
}
