//! Reaching what the bindings do not name: locks, compression, sharing. One place, so that nothing else does.

use futures_util::future::{Either, select};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Promise, Reflect};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The property of an object; `undefined` where it has none, or is no object.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property of an object of our own.
pub(crate) fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // An object of our own takes every property.
    drop(Reflect::set(object, &name.into(), &value.into()));
}

/// An object of these properties.
pub(crate) fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in properties {
        set(&object, name, value.clone());
    }
    object.into()
}

/// Calls a method; `None` where there is none, or it throws.
pub(crate) fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method = get(object, name).dyn_into::<Function>().ok()?;
    let arguments: Array = arguments.iter().collect();
    method.apply(object, &arguments).ok()
}

/// Makes a new object of a global class; `None` where the browser has none.
pub(crate) fn new(class: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let class = get(&js_sys::global(), class).dyn_into::<Function>().ok()?;
    let arguments: Array = arguments.iter().collect();
    Reflect::construct(&class, &arguments).ok()
}

/// Calls a method that gives a promise, and waits for it; `None` where anything of it fails.
pub(crate) async fn wait_for(
    object: &JsValue,
    name: &str,
    arguments: &[JsValue],
) -> Option<JsValue> {
    let promise = call(object, name, arguments)?.dyn_into::<Promise>().ok()?;
    JsFuture::from(promise).await.ok()
}

/// Waits, in milliseconds.
pub(crate) async fn sleep(millis: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        Timeout::new(millis, move || drop(resolve.call0(&JsValue::UNDEFINED))).forget();
    });
    // A promise of a timer never fails.
    drop(JsFuture::from(promise).await);
}

/// What a future gives, where it does within so many milliseconds.
pub(crate) async fn within<T>(millis: u32, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(sleep(millis))).await {
        Either::Left((value, _)) => Some(value),
        Either::Right(_) => None,
    }
}

/// The window; a worker has none, and the app never runs in one.
pub(crate) fn window() -> JsValue {
    js_sys::global().into()
}

/// `navigator`.
pub(crate) fn navigator() -> JsValue {
    get(&window(), "navigator")
}
