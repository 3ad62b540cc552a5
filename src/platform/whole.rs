//! Tasks that run to their end.

use std::{
    mem::ManuallyDrop,
    pin::Pin,
    task::{Context, Poll},
};

/// A task that is never given up half way: nothing is compiled for taking it apart at each of its waits, which is some
/// kilobytes on each phone. Having ended, an `async` block holds nothing any more; one that is dropped before its end
/// leaks what it holds, so it is only for what runs until it is done.
pub(crate) struct Whole<F>(ManuallyDrop<F>);

impl<F> Whole<F> {
    pub(crate) const fn new(task: F) -> Self {
        Self(ManuallyDrop::new(task))
    }
}

impl<F: Future> Future for Whole<F> {
    type Output = F::Output;

    #[allow(
        unsafe_code,
        reason = "the task is pinned where it lies: it is never moved out, and never dropped"
    )]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the only field is reached through the pin alone, and `ManuallyDrop` lays it out as the task itself.
        let task = unsafe { self.map_unchecked_mut(|whole| &mut *whole.0) };
        task.poll(context)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[tokio::test]
    async fn a_task_that_has_ended_has_given_back_what_it_held() {
        let held = Rc::new(());
        let own = Rc::clone(&held);
        Box::pin(Whole::new(async move {
            tokio::task::yield_now().await;
            drop(own);
        }))
        .await;
        assert_eq!(Rc::strong_count(&held), 1);
        let own = Rc::clone(&held);
        let task = Whole::new(async move {
            tokio::task::yield_now().await;
            let _held_to_the_end = &own;
        });
        Box::pin(task).await;
        assert_eq!(Rc::strong_count(&held), 1);
    }
}
