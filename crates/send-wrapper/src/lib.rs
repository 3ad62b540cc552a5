//! A value that only its own thread may touch, in a wrapper that may be handed around.
//!
//! Leptos and the app wrap what belongs to the browser in this. The public crate asks at every touch which thread it
//! is on; asking brings the standard library's threads along, and with them a second allocator: 5 kB on each phone,
//! where there is one thread for ever. Here a module with one thread does not ask. Everywhere else it asks as ever.

#![allow(
    unsafe_code,
    reason = "this is the promise of the public crate, kept by the target or by asking"
)]

#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
compile_error!("with threads in the wasm, take the public crate `send_wrapper`");

#[cfg(not(target_family = "wasm"))]
use std::thread::{self, ThreadId};
use std::{
    fmt,
    mem::ManuallyDrop,
    ops::{Deref, DerefMut},
};
#[cfg(feature = "futures")]
use std::{
    pin::Pin,
    task::{Context, Poll},
};

/// A value of one thread.
pub struct SendWrapper<T> {
    data: ManuallyDrop<T>,
    #[cfg(not(target_family = "wasm"))]
    thread: ThreadId,
}

// SAFETY: on wasm without atomics there is one thread; elsewhere every touch, and dropping, asks for the thread first.
unsafe impl<T> Send for SendWrapper<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for SendWrapper<T> {}

impl<T> SendWrapper<T> {
    /// Wraps a value; from now on it belongs to this thread.
    #[must_use]
    pub fn new(data: T) -> Self {
        Self {
            data: ManuallyDrop::new(data),
            #[cfg(not(target_family = "wasm"))]
            thread: thread::current().id(),
        }
    }

    /// Whether this thread may touch it.
    #[must_use]
    pub fn valid(&self) -> bool {
        #[cfg(target_family = "wasm")]
        return true;
        #[cfg(not(target_family = "wasm"))]
        return self.thread == thread::current().id();
    }

    /// The value.
    ///
    /// # Panics
    /// On another thread.
    #[must_use]
    pub fn take(self) -> T {
        self.ask();
        let mut own = ManuallyDrop::new(self);
        // SAFETY: the wrapper is never dropped, so the value is taken once.
        unsafe { ManuallyDrop::take(&mut own.data) }
    }

    #[inline]
    fn ask(&self) {
        assert!(self.valid(), "touched from another thread");
    }

    #[cfg(feature = "futures")]
    fn pinned(self: Pin<&mut Self>) -> Pin<&mut T> {
        self.ask();
        // SAFETY: the value lies where the wrapper lies, and is not moved out of it while it is pinned.
        unsafe { self.map_unchecked_mut(|own| &mut *own.data) }
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        self.ask();
        &self.data
    }
}

impl<T> DerefMut for SendWrapper<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self.ask();
        &mut self.data
    }
}

impl<T> Drop for SendWrapper<T> {
    #[inline]
    fn drop(&mut self) {
        if std::mem::needs_drop::<T>() {
            self.ask();
            // SAFETY: the wrapper is being dropped: nobody touches the value after this.
            unsafe { ManuallyDrop::drop(&mut self.data) }
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for SendWrapper<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendWrapper").finish_non_exhaustive()
    }
}

impl<T: Clone> Clone for SendWrapper<T> {
    fn clone(&self) -> Self {
        Self::new((**self).clone())
    }
}

#[cfg(feature = "futures")]
impl<F: Future> Future for SendWrapper<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.pinned().poll(context)
    }
}

#[cfg(feature = "futures")]
impl<S: futures_util::Stream> futures_util::Stream for SendWrapper<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.pinned().poll_next(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (**self).size_hint()
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn its_own_thread_touches_it_and_drops_it_once() {
        let held = Rc::new(7);
        let mut wrapped = SendWrapper::new(Rc::clone(&held));
        assert!(wrapped.valid());
        assert_eq!(**wrapped, 7);
        *wrapped = Rc::clone(&held);
        drop(wrapped.clone());
        let taken = wrapped.take();
        assert_eq!(Rc::strong_count(&held), 2);
        drop(taken);
        assert_eq!(Rc::strong_count(&held), 1);
    }

    #[test]
    fn another_thread_may_hold_it_and_not_look() {
        let wrapped = SendWrapper::new(Rc::new(7));
        let looked = thread::spawn(move || {
            assert!(!wrapped.valid());
            let seen = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| **wrapped));
            // What cannot be dropped here is left.
            std::mem::forget(wrapped);
            seen.is_err()
        });
        assert!(looked.join().unwrap());
    }
}
