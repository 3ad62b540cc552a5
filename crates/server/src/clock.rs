//! The server's clock; tests hold their own.

use naik_kelas_domain::Millis;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Where `now` comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands until it is set: milliseconds since 1970, UTC.
    Held(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at an instant.
    #[must_use]
    pub fn held(at: Millis) -> Self {
        Self::Held(Arc::new(AtomicI64::new(at.0)))
    }

    /// The instant.
    #[must_use]
    pub fn now(&self) -> Millis {
        match self {
            Self::System => {
                let since = std::time::SystemTime::now()
                    .duration_since(std::time::UNIX_EPOCH)
                    .unwrap_or_default();
                Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Self::Held(at) => Millis(at.load(Ordering::SeqCst)),
        }
    }

    /// Sets a held clock; the machine's own is not touched.
    pub fn set(&self, at: Millis) {
        if let Self::Held(held) = self {
            held.store(at.0, Ordering::SeqCst);
        }
    }
}
