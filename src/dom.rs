//! Elements of the page, drawn at once on Leptos' signals: the browser's rim for [`crate::ui`].
//!
//! Leptos' `view!` makes a type of its own of every piece of a page, and compiles building, changing and removing it
//! anew for each: that alone was half of the app's bytes (docs/adr tells the numbers). Here an element is one type. It
//! is built once; what depends on signals is a small effect of its own, and ends with the owner it was built under.

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, closure::Closure};
pub use web_sys::Event;
use web_sys::{Element, HtmlDialogElement, HtmlInputElement, HtmlOptionElement, Node};

/// An element, or a group of them that has no element of its own.
#[derive(Clone)]
pub struct El {
    node: Node,
}

/// A new element.
#[must_use]
#[inline(never)]
pub fn el(tag: &str) -> El {
    match document().create_element(tag) {
        Ok(element) => El {
            node: element.into(),
        },
        // Only a name that is none is refused; the page stands without it.
        Err(_) => group(),
    }
}

/// Nothing yet: what is added stands where the group is added.
#[must_use]
#[inline(never)]
pub fn group() -> El {
    El {
        node: document().create_document_fragment().into(),
    }
}

impl El {
    /// Gives it classes.
    #[must_use]
    #[inline(never)]
    pub fn class(self, names: &str) -> Self {
        self.set("class", names)
    }

    /// Gives it an attribute.
    #[must_use]
    #[inline(never)]
    pub fn set(self, name: &str, value: &str) -> Self {
        self.put(name, Some(value));
        self
    }

    /// Gives it the name by which outside checks find it, unless that is empty.
    #[must_use]
    #[inline(never)]
    pub fn test_id(self, name: &str) -> Self {
        self.put("data-testid", Some(name).filter(|name| !name.is_empty()));
        self
    }

    /// Adds words.
    #[must_use]
    #[inline(never)]
    pub fn text(self, words: &str) -> Self {
        self.append(&document().create_text_node(words));
        self
    }

    /// Adds an element, where there is one.
    #[must_use]
    pub fn child(self, child: impl Into<Option<El>>) -> Self {
        self.take(child.into())
    }

    /// Adds elements.
    #[must_use]
    #[inline(never)]
    pub fn all(self, children: Vec<El>) -> Self {
        for child in &children {
            self.append(&child.node);
        }
        self
    }

    /// Its content as markup of ours, such as an icon's.
    #[must_use]
    #[inline(never)]
    pub fn markup(self, markup: &'static str) -> Self {
        if let Some(element) = self.element() {
            element.set_inner_html(markup);
        }
        self
    }

    /// Calls back at an event, as long as its owner lives.
    #[must_use]
    pub fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(handler));
        self
    }

    /// Words that follow signals.
    #[must_use]
    pub fn live_text(self, words: impl Fn() -> String + 'static) -> Self {
        let node = self.node.clone();
        effect(Box::new(move || node.set_text_content(Some(&words()))));
        self
    }

    /// Content that follows signals: the whole of it is drawn anew.
    #[must_use]
    pub fn live(self, content: impl Fn() -> El + 'static) -> Self {
        let node = self.node.clone();
        effect(Box::new(move || {
            let content = content();
            node.set_text_content(None);
            append(&node, &content.node);
        }));
        self
    }

    /// An attribute that follows signals; `None` = is not there.
    #[must_use]
    pub fn live_set(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        let own = self.clone();
        effect(Box::new(move || own.put(name, value().as_deref())));
        self
    }

    /// Hides it as signals say.
    #[must_use]
    pub fn hidden(self, hidden: impl Fn() -> bool + 'static) -> Self {
        self.live_set("hidden", move || hidden().then(String::new))
    }

    /// Does something now and at each change of what it reads, as long as its owner lives.
    #[must_use]
    pub fn follow(self, work: impl Fn(&El) + 'static) -> Self {
        let own = self.clone();
        effect(Box::new(move || work(&own)));
        self
    }

    /// What stands in an input.
    #[must_use]
    pub fn value(&self) -> String {
        self.input()
            .map(HtmlInputElement::value)
            .unwrap_or_default()
    }

    /// Writes into an input, unless it stands there already: the caret stays.
    pub fn set_value(&self, text: &str) {
        if let Some(input) = self.input()
            && input.value() != text
        {
            input.set_value(text);
        }
    }

    /// Where the caret of an input stands; at the end where the browser does not say.
    #[must_use]
    pub fn caret(&self) -> usize {
        let caret = self
            .input()
            .and_then(|input| input.selection_start().ok().flatten());
        caret.map_or(usize::MAX, |caret| caret as usize)
    }

    /// Puts the caret of an input somewhere.
    pub fn set_caret(&self, place: usize) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        if let Some(input) = self.input() {
            // A browser that cannot leaves it at the end, where most people type.
            drop(input.set_selection_range(place, place));
        }
    }

    /// Checks a radio or checkbox, or chooses an option.
    #[inline(never)]
    pub fn choose(&self, chosen: bool) {
        if let Some(input) = self.input() {
            input.set_checked(chosen);
        } else if let Some(option) = self.node.dyn_ref::<HtmlOptionElement>() {
            option.set_selected(chosen);
        }
    }

    /// Opens a dialogue.
    pub fn open(&self) {
        if let Some(dialog) = self.node.dyn_ref::<HtmlDialogElement>() {
            // One that is open already stays open.
            drop(dialog.show_modal());
        }
    }

    /// Closes a dialogue.
    pub fn close(&self) {
        if let Some(dialog) = self.node.dyn_ref::<HtmlDialogElement>() {
            dialog.close();
        }
    }

    /// Puts it on the page.
    pub fn show(&self) {
        if let Some(body) = document().body() {
            append(&body, &self.node);
        }
    }

    // The bytes of one call each, however many pages call them.
    #[inline(never)]
    fn take(self, child: Option<El>) -> Self {
        if let Some(child) = child {
            self.append(&child.node);
        }
        self
    }

    fn element(&self) -> Option<&Element> {
        self.node.dyn_ref()
    }

    fn input(&self) -> Option<&HtmlInputElement> {
        self.node.dyn_ref()
    }

    #[inline(never)]
    fn put(&self, name: &str, value: Option<&str>) {
        if let Some(element) = self.element() {
            // Only a name that is none is refused.
            drop(match value {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            });
        }
    }

    fn append(&self, child: &Node) {
        append(&self.node, child);
    }

    #[inline(never)]
    fn listen(&self, event: &'static str, handler: Box<dyn FnMut(Event)>) {
        let handler = Closure::wrap(handler);
        let node = self.node.clone();
        // An element takes a listener of any name.
        drop(node.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref()));
        let held = SendWrapper::new((node, handler));
        // What the browser tells later, such as that something was opened, reaches an element that is gone.
        on_cleanup(move || {
            let (node, handler) = &*held;
            let handler = handler.as_ref().unchecked_ref();
            drop(node.remove_event_listener_with_callback(event, handler));
        });
    }
}

#[inline(never)]
fn append(parent: &Node, child: &Node) {
    // Only a node that would hold itself is refused.
    drop(parent.append_child(child));
}

#[inline(never)]
fn effect(work: Box<dyn Fn()>) {
    let effect = SendWrapper::new(RenderEffect::new(move |_: Option<()>| work()));
    on_cleanup(move || drop(effect));
}

/// The value of the control that an event comes from.
#[must_use]
pub fn value_of(event: &Event) -> String {
    event_target_value(event)
}

/// Whether the box that an event comes from is ticked.
#[must_use]
pub fn ticked(event: &Event) -> bool {
    event_target_checked(event)
}
