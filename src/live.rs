//! Values that screens follow: Leptos' signals and memos, compiled once for all types.
//!
//! Leptos compiles reading, tracking and notifying anew for each type of value. Here it knows one type, a value behind a
//! pointer, and only looking at the value is compiled for its own (docs/adr/0006-elements.md). The handles are `Copy` and
//! end with the owner under which they were made, like those of Leptos.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::{any::Any, cell::RefCell, marker::PhantomData, rc::Rc};

/// A value of any type.
type Anything = Rc<dyn Any>;
/// As Leptos keeps it.
type Slot = RwSignal<Anything, LocalStorage>;
/// Leptos' memos promise to move between threads; there is only one.
type Result = SendWrapper<Anything>;

/// A value that can be set, and that screens follow.
pub struct Live<T> {
    slot: Slot,
    of: PhantomData<fn() -> T>,
}

/// A value that follows from others, and that changes only when it is another one.
pub struct Derived<T> {
    memo: Memo<Result>,
    of: PhantomData<fn() -> T>,
}

impl<T: 'static> Live<T> {
    /// A value that lives as long as the owner under which it is made.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self {
            slot: slot(Rc::new(RefCell::new(value))),
            of: PhantomData,
        }
    }

    /// Looks at it; what looks is told when it changes.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&cell(&*followed(self.slot)).borrow())
    }

    /// From now on told when it changes, without looking.
    pub fn track(self) {
        drop(followed(self.slot));
    }

    /// Looks at it once.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&cell(&*there(self.slot)).borrow())
    }

    /// A copy of it; who asks is told when it changes.
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it as it is now.
    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// A copy of it as it is now; `None` where its screen is gone.
    #[must_use]
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_untracked(T::clone)
    }

    /// Looks at it as it is now, unless its screen is gone.
    pub fn try_with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> Option<R> {
        let found = found(self.slot)?;
        Some(look(&cell(&*found).borrow()))
    }

    /// Changes it and tells who follows it.
    pub fn update<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        let done = self.change_quietly(change);
        tell(self.slot);
        done
    }

    /// Changes it and tells nobody.
    pub fn change_quietly<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut cell(&*there(self.slot)).borrow_mut())
    }

    /// Sets it and tells who follows it.
    pub fn set(self, value: T) {
        self.update(|place| *place = value);
    }

    /// Sets it, unless its screen is gone: what comes late has nobody to hear it.
    pub fn try_set(self, value: T) {
        if let Some(found) = found(self.slot) {
            *cell(&*found).borrow_mut() = value;
            tell(self.slot);
        }
    }
}

impl<T: PartialEq + 'static> Derived<T> {
    /// Works it out when it is asked for, and again when what it was worked out from has changed.
    #[must_use]
    pub fn new(work: impl Fn() -> T + 'static) -> Self {
        let work = move |before: Option<&dyn Any>| -> Option<Anything> {
            let now = work();
            let same = before
                .and_then(|before| before.downcast_ref())
                .is_some_and(|before| now == *before);
            (!same).then(|| Rc::new(now) as Anything)
        };
        Self {
            memo: memo(Box::new(work)),
            of: PhantomData,
        }
    }

    /// Looks at it; what looks is told when it changes.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(typed(&*worked_out(self.memo)))
    }

    /// From now on told when it changes, without looking.
    pub fn track(self) {
        drop(worked_out(self.memo));
    }

    /// Looks at it once.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        untrack(|| self.with(look))
    }

    /// A copy of it; who asks is told when it changes.
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

// What follows is compiled once, whatever the values are.

#[inline(never)]
fn slot(value: Anything) -> Slot {
    RwSignal::new_local(value)
}

#[inline(never)]
fn followed(slot: Slot) -> Anything {
    slot.get()
}

#[inline(never)]
fn there(slot: Slot) -> Anything {
    slot.get_untracked()
}

#[inline(never)]
fn found(slot: Slot) -> Option<Anything> {
    slot.try_get_untracked()
}

#[inline(never)]
fn tell(slot: Slot) {
    slot.notify();
}

/// Works something out from what it was; `None` = it is the same.
type Work = dyn Fn(Option<&dyn Any>) -> Option<Anything>;

#[inline(never)]
fn memo(work: Box<Work>) -> Memo<Result> {
    let work = SendWrapper::new(work);
    Memo::new_owning(move |before: Option<Result>| {
        match (work(before.as_ref().map(|before| &***before)), before) {
            (Some(now), _) => (SendWrapper::new(now), true),
            (None, Some(before)) => (before, false),
            (None, None) => unreachable!("what was never worked out is not the same"),
        }
    })
}

#[inline(never)]
fn worked_out(memo: Memo<Result>) -> Anything {
    memo.with(|result| Rc::clone(result))
}

fn cell<T: 'static>(value: &dyn Any) -> &RefCell<T> {
    typed(value)
}

#[inline(never)]
fn typed<T: 'static>(value: &dyn Any) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => unreachable!("a handle is made with a value of its own type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(test: impl FnOnce()) {
        let owner = Owner::new();
        owner.with(test);
    }

    #[test]
    fn a_value_is_what_it_was_last_set_to() {
        owned(|| {
            let name = Live::new(String::from("Siti"));
            name.update(|name| name.push_str(" Contoh"));
            assert_eq!(name.get_untracked(), "Siti Contoh");
            name.set("Budi".into());
            assert_eq!(name.with_untracked(String::len), 4);
        });
    }

    #[test]
    fn what_follows_is_worked_out_again_when_its_source_changes() {
        owned(|| {
            let number = Live::new(1);
            let even = Derived::new(move || number.get() % 2 == 0);
            let word = Derived::new(move || if even.get() { "even" } else { "odd" });
            assert_eq!(word.get(), "odd");
            number.set(2);
            assert_eq!(word.get(), "even");
        });
    }

    #[test]
    fn what_comes_out_the_same_tells_nobody() {
        owned(|| {
            let number = Live::new(1);
            let even = Derived::new(move || number.get() % 2 == 0);
            let asked = Rc::new(RefCell::new(0));
            let counting = Rc::clone(&asked);
            let told = Derived::new(move || {
                *counting.borrow_mut() += 1;
                even.get()
            });
            assert!(!told.get());
            number.set(3);
            assert!(!told.get());
            assert_eq!(*asked.borrow(), 1);
            number.set(4);
            assert!(told.get());
            assert_eq!(*asked.borrow(), 2);
        });
    }

    #[test]
    fn a_value_whose_screen_is_gone_hears_nothing() {
        let owner = Owner::new();
        let late = owner.with(|| Live::new(1));
        owner.cleanup();
        drop(owner);
        late.try_set(2);
        assert_eq!(late.try_get_untracked(), None);
    }
}
