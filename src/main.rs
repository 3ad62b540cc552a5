//! The facilitator's app, started in the browser.

#[cfg(target_family = "wasm")]
fn main() {
    naik_kelas_app::start();
}

/// Native builds serve tests; the app itself lives in a browser.
#[cfg(not(target_family = "wasm"))]
fn main() {}
