//! How much memory a thread has asked for and not given back, at most. Threads do not disturb each other's count.

#![allow(
    unsafe_code,
    reason = "an allocator is unsafe by its kind; this one counts and passes everything on"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    static NOW: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // A thread that ends has no counters any more.
    let counted = NOW.try_with(|now| {
        now.set(now.get() + bytes);
        now.get()
    });
    if let Ok(now) = counted {
        MOST.try_with(|most| most.set(most.get().max(now)))
            .unwrap_or_default();
    }
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Begins to look for the most anew; gives what is held now.
pub fn restart() -> usize {
    let now = NOW.get();
    MOST.set(now);
    now.max(0).cast_unsigned()
}

/// The most that was held since.
pub fn most() -> usize {
    MOST.get().max(0).cast_unsigned()
}
