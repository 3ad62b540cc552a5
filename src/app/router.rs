//! The route as a signal, kept in step with the browser's history.

use crate::{live::Live, platform::page, route::Route};

/// Where the app is, and how to go elsewhere. Links are plain `<a href="#…">`.
#[derive(Clone, Copy)]
pub struct Router {
    /// The page that is shown.
    pub route: Live<Route>,
    /// How far pages were scrolled when they were left, by their depth.
    scrolls: Live<Vec<f64>>,
}

impl Router {
    /// Follows the browser from now on.
    #[must_use]
    pub fn start() -> Self {
        let router = Self {
            route: Live::new(Route::of(&page::address())),
            scrolls: Live::new(Vec::new()),
        };
        page::on_moved(move || {
            let scroll = router
                .scrolls
                .with_untracked(|scrolls| scrolls.get(page::depth() as usize).copied());
            router.show(scroll.unwrap_or(0.0));
        });
        page::on_link(move |address| router.go(&Route::of(&address)));
        router
    }

    /// Opens a page above this one.
    pub fn go(self, route: &Route) {
        self.move_to(route, false);
    }

    /// Opens a page in the place of this one.
    pub fn replace(self, route: &Route) {
        self.move_to(route, true);
    }

    /// Goes back; to the parent where the app was opened right here.
    pub fn back(self, parent: &Route) {
        if !page::back() {
            self.replace(parent);
        }
    }

    fn move_to(self, route: &Route, replace: bool) {
        let depth = page::depth() as usize;
        self.scrolls.change_quietly(|scrolls| {
            scrolls.resize(depth, 0.0);
            scrolls.push(page::scrolled());
        });
        page::go(&route.address(), replace);
        self.show(0.0);
    }

    fn show(self, scroll: f64) {
        // First, so that a page that stands somewhere else by itself comes after it.
        page::arrive(scroll);
        self.route.set(Route::of(&page::address()));
    }
}
