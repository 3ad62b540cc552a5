//! The button that gives up what was begun, with the question before it.

use super::Ground;
use crate::{
    live::Live,
    ui::{self, Ask, El, Look, Told, group},
    usecase::discard_draft,
};
use naik_kelas_domain::assessment::Draft;

impl Ground {
    /// The button. `draft` gives what is thrown away, as it lies in the store; `then` is called when it is gone.
    pub(super) fn discard(
        self,
        (label, question): (&'static str, &'static str),
        draft: Box<dyn Fn() -> Draft>,
        then: fn(Ground, &Draft),
    ) -> El {
        let ground = self;
        let t = ground.t;
        let state = Live::new(Told::Nothing);
        let parts = Ask {
            question: question.into(),
            body: None,
            yes: label,
            no: t.cancel,
            look: Look::Loss,
        };
        let dialog = ui::ask(parts, move || {
            let services = ground.services();
            let draft = draft();
            services.platform.spawn(async move {
                match discard_draft(services, &draft).await {
                    Ok(()) => then(ground, &draft),
                    Err(_) => {
                        state.try_set(Told::Bad(t.discard_failed));
                    }
                }
            });
        });
        let open = dialog.clone();
        group()
            .child(ui::button(Look::Small, label, "discard", move || {
                open.open();
            }))
            .child(ui::told(state))
            .child(dialog)
    }
}
