//! The machine on the phone: the browser.

use super::{HandOut, HandOutError, Happening, Moment, Persistence, Room, Signs, Whole, js, shell};
use gloo::{events::EventListener, timers::callback::Timeout};
use js_sys::{Function, Promise};
use naik_kelas_domain::Millis;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The browser, under the name by which the platform calls its machine.
pub type Machine = Browser;

/// The browser; it has no state of ours.
#[derive(Clone, Copy, Default)]
pub struct Browser;

impl Browser {
    pub(super) fn now(self) -> Millis {
        // Whole milliseconds since 1970, far below 2^53.
        Millis(js_sys::Date::now() as i64)
    }

    pub(super) fn fill_random(self, bytes: &mut [u8]) {
        let array = js_sys::Uint8Array::new_with_length(u32::try_from(bytes.len()).unwrap_or(0));
        // There since the first browsers of our minimum; without it nothing can be sealed, which `Vault` says.
        drop(js::call(
            &js::get(&js::window(), "crypto"),
            "getRandomValues",
            &[array.clone().into()],
        ));
        array.copy_to(bytes);
    }

    pub(super) fn online(self) -> bool {
        js::get(&js::navigator(), "onLine")
            .as_bool()
            .unwrap_or(true)
    }

    pub(super) fn spawn(self, task: impl Future<Output = ()> + 'static) {
        spawn_local(Whole::new(task));
    }

    pub(super) fn later(self, millis: u32, task: impl Future<Output = ()> + 'static) {
        Timeout::new(millis, move || spawn_local(Whole::new(task))).forget();
    }

    pub(super) fn tell(self, signs: Signs) {
        shell::follow(signs);
    }

    pub(super) fn listen(self, callback: impl Fn(Happening) + 'static, signs: Signs) {
        let callback = Rc::new(callback);
        let Some(window) = web_sys::window() else {
            return;
        };
        for (event, online, happening) in [
            ("online", true, Happening::Online),
            ("offline", false, Happening::Offline),
        ] {
            let callback = Rc::clone(&callback);
            EventListener::new(&window, event, move |_| {
                signs.online.set(online);
                callback(happening);
            })
            .forget();
        }
        let Some(document) = window.document() else {
            return;
        };
        EventListener::new(&document.clone(), "visibilitychange", move |_| {
            if !document.hidden() {
                callback(Happening::Visible);
            }
        })
        .forget();
    }

    pub(super) fn moment(self) -> Moment {
        let now = js::call(&performance(), "now", &[]);
        Moment(now.and_then(|now| now.as_f64()).unwrap_or(0.0))
    }

    pub(super) fn mark(self, name: &str) {
        drop(js::call(&performance(), "mark", &[name.into()]));
    }

    pub(super) fn measure(self, name: &str, since: Moment) {
        let options = js::object(&[("start", since.0.into())]);
        drop(js::call(&performance(), "measure", &[name.into(), options]));
    }

    /// It comes behind the module (`public/unpacked.js`), and may still be on its way.
    pub(super) async fn bundled_pack(self) -> Option<Vec<u8>> {
        let bytes = js::wait_for(&js::window(), "nkPack", &[]).await?;
        Some(js_sys::Uint8Array::new(&bytes).to_vec())
    }

    pub(super) fn page_says(self, name: &str) -> Option<String> {
        let document = web_sys::window()?.document()?;
        let element = document
            .query_selector(&format!("meta[name={name}]"))
            .ok()??;
        // Outside a build the tokens of the page are not replaced.
        element
            .get_attribute("content")
            .filter(|content| !content.starts_with("__"))
    }

    pub(super) fn remembered(self, name: &str) -> Option<String> {
        storage()?.get_item(name).ok()?
    }

    pub(super) fn remember(self, name: &str, value: Option<&str>) {
        if let Some(storage) = storage() {
            // A browser that cannot remember does without: nothing of a person's work lies here.
            drop(match value {
                Some(value) => storage.set_item(name, value),
                None => storage.remove_item(name),
            });
        }
    }

    pub(super) async fn ask_to_persist(self) -> Persistence {
        answer(js::wait_for(&js::get(&js::navigator(), "storage"), "persist", &[]).await)
    }

    pub(super) async fn persisted(self) -> Option<Persistence> {
        // "No" before we have asked is no answer yet.
        let answer =
            answer(js::wait_for(&js::get(&js::navigator(), "storage"), "persisted", &[]).await);
        (answer != Persistence::Refused).then_some(answer)
    }

    pub(super) async fn room(self) -> Option<Room> {
        let estimate = js::wait_for(&js::get(&js::navigator(), "storage"), "estimate", &[]).await?;
        let bytes = |name| js::get(&estimate, name).as_f64().map(|bytes| bytes as u64);
        Some(Room {
            used: bytes("usage")?,
            quota: bytes("quota")?,
        })
    }

    pub(super) fn download(self, file: &HandOut) -> Result<(), HandOutError> {
        shell::download(file)
    }

    pub(super) async fn share(self, file: &HandOut) -> Result<(), HandOutError> {
        shell::share(file).await
    }

    pub(super) async fn share_text(self, text: &str) -> bool {
        shell::share_text(text).await
    }

    pub(super) fn offer_rescue(self, token: Option<&str>) {
        shell::offer_rescue(token);
    }

    pub(super) fn print(self) {
        drop(js::call(&js::window(), "print", &[]));
    }

    pub(super) async fn install(self) -> bool {
        shell::install().await
    }

    pub(super) fn switch_version(self) {
        shell::switch_version();
    }

    pub(super) fn load_again(self, idle: bool) -> bool {
        // A page that no release on the phone stands behind would be asked of the network.
        let worker = js::get(&js::navigator(), "serviceWorker");
        js::get(&worker, "controller").is_truthy() && shell::load_again(idle)
    }

    pub(super) async fn hold(
        self,
        name: &str,
        taken_over: bool,
        lost: Box<dyn FnOnce()>,
    ) -> Option<Lock> {
        let locks = js::get(&js::navigator(), "locks");
        if locks.is_undefined() {
            // An insecure origin; the database's own checks still keep two tabs apart.
            return Some(Lock(None));
        }
        let release = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&release);
        let how = if taken_over { "steal" } else { "ifAvailable" };
        let options = js::object(&[(how, true.into())]);
        let mut held = None;
        // The lock is held until the promise is kept that its callback gives.
        let asked = Promise::new(&mut |tell, _| {
            let slot = Rc::clone(&slot);
            let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
                drop(tell.call1(&JsValue::UNDEFINED, &(!lock.is_null()).into()));
                Promise::new(&mut |resolve, _| drop(slot.replace(Some(resolve)))).into()
            });
            held = js::call(&locks, "request", &[name.into(), options.clone(), granted]);
        });
        let granted = JsFuture::from(asked)
            .await
            .is_ok_and(|granted| granted.is_truthy());
        let lock = Lock(release.take());
        if granted && let Some(held) = held {
            spawn_local(async move {
                // It fails when another tab has taken the lock over, and never where we let go of it.
                if JsFuture::from(Promise::from(held)).await.is_err() {
                    lost();
                }
            });
        }
        granted.then_some(lock)
    }
}

/// A lock; dropping it lets another tab have it.
pub struct Lock(Option<Function>);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            drop(release.call0(&JsValue::UNDEFINED));
        }
    }
}

fn performance() -> JsValue {
    js::get(&js::window(), "performance")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn answer(answer: Option<JsValue>) -> Persistence {
    match answer.and_then(|answer| answer.as_bool()) {
        Some(true) => Persistence::Granted,
        Some(false) => Persistence::Refused,
        None => Persistence::Unsupported,
    }
}
