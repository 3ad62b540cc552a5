//! The facilitator's app, started in the browser.

/// Rust's own allocator for wasm is three times as large; this one takes and gives back in constant time as well.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[cfg(target_family = "wasm")]
fn main() {
    naik_kelas_app::start();
}

/// Native builds serve tests; the app itself lives in a browser.
#[cfg(not(target_family = "wasm"))]
fn main() {}
