//! The plain page around the wasm: what `boot.js` keeps for us under `window.nk`, and files handed out.

use super::{HandOut, HandOutError, Signs, js};
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};

/// Takes over what the page has learnt before the wasm was there, and what it learns from now on.
pub(super) fn follow(signs: Signs) {
    let look = move || {
        let shell = shell();
        signs
            .update_ready
            .set(js::get(&shell, "updateReady").is_truthy());
        signs
            .can_install
            .set(js::get(&shell, "canInstall").is_truthy());
    };
    look();
    if let Some(window) = web_sys::window() {
        EventListener::new(&window, "nk:shell", move |_| look()).forget();
    }
}

pub(super) async fn install() -> bool {
    let taken = js::wait_for(&shell(), "install", &[]).await;
    taken.is_some_and(|taken| taken.is_truthy())
}

pub(super) fn switch_version() {
    drop(js::call(&shell(), "switchVersion", &[]));
}

pub(super) fn load_again(idle: bool) -> bool {
    js::call(&shell(), "again", &[idle.into()]).is_some()
}

pub(super) fn download(file: &HandOut) -> Result<(), HandOutError> {
    save(file).ok_or(HandOutError::Unsupported)
}

pub(super) async fn share(file: &HandOut) -> Result<(), HandOutError> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(file.bytes.as_slice()));
    let options = js::object(&[("type", file.media_type.into())]);
    let made = js::new("File", &[parts.into(), file.name.as_str().into(), options]);
    let data = js::object(&[(
        "files",
        js_sys::Array::of1(&made.ok_or(HandOutError::Unsupported)?).into(),
    )]);
    let navigator = js::navigator();
    let can = js::call(&navigator, "canShare", std::slice::from_ref(&data));
    if !can.is_some_and(|can| can.is_truthy()) {
        return Err(HandOutError::Unsupported);
    }
    js::wait_for(&navigator, "share", &[data])
        .await
        .map(drop)
        .ok_or(HandOutError::Cancelled)
}

pub(super) async fn share_text(text: &str) -> bool {
    let told = js::wait_for(&shell(), "share", &[text.into()]).await;
    told.is_some_and(|copied| copied.is_truthy())
}

pub(super) fn offer_rescue(token: Option<&str>) {
    // `undefined` is what a function finds where nothing was given.
    drop(js::call(&shell(), "offerRescue", &[token.into()]));
}

fn save(file: &HandOut) -> Option<()> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(file.bytes.as_slice()));
    let blob = js::new(
        "Blob",
        &[
            parts.into(),
            js::object(&[("type", file.media_type.into())]),
        ],
    )?;
    let url = web_sys::Url::create_object_url_with_blob(blob.unchecked_ref()).ok()?;
    let document = web_sys::window()?.document()?;
    let link = document
        .create_element("a")
        .ok()?
        .dyn_into::<web_sys::HtmlAnchorElement>()
        .ok()?;
    link.set_href(&url);
    link.set_download(&file.name);
    link.click();
    web_sys::Url::revoke_object_url(&url).ok()
}

fn shell() -> JsValue {
    js::get(&js::window(), "nk")
}
