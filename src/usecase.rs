//! What a person does, one thing a file. "Saved" is said only after the commit.

pub mod about_server;
pub mod boot;
pub mod change_pin;
pub mod discard_draft;
pub mod find_alike;
pub mod finish_record;
pub mod list_outbox;
pub mod open_family;
pub mod resend_refused;
pub mod save_draft;
pub mod sign_in;
pub mod sign_out;
pub mod start_assessment;
pub mod unlock;

pub use about_server::about_server;
pub use boot::{Boot, BootError, Door, Held, accept_loss, boot};
pub use change_pin::change_pin;
pub use discard_draft::discard_draft;
pub use find_alike::Alike;
pub use finish_record::{FinishError, finish_record};
pub use list_outbox::{OutboxItem, OutboxStatus, list_outbox};
pub use open_family::{Family, OpenError, open_family};
pub use resend_refused::{ResendError, resend_refused};
pub use save_draft::{SaveError, save_draft};
pub use sign_in::{Admission, Admitted, SignInError, choose_pin, sign_in, sign_in_again};
pub use sign_out::sign_out;
pub use start_assessment::{StartError, as_of_today, begun_on, start_assessment, start_note};
pub use unlock::{UnlockError, unlock};

/// Another tab can be faster a few times; more often is a fault.
const TRIES: u32 = 4;
