//! The second driver of the compiled form: columns of families, for rehearsing a change on a whole population.
//!
//! A [`Block`] holds some thousand families, a column a fact. A [`Driver`] runs a pack over it as a flat list of
//! operations, each a loop over lanes, with the pack's parameters folded in for each period in which none changes.
//! What it settles is what [`crate::decide`] says: every operation gives a value only where the first driver's is
//! certain. Where a result of a family stays open - an unknown fact that other conditions do not make irrelevant, a
//! parameter not in force, an amount beyond what can be computed - the first driver decides the whole family. So the
//! answers are the same bit for bit, and only the time differs.
//!
//! The members of a segment of a block stand by their number: all first members, then all second ones, and so on,
//! in families of falling size. What is asked of all members is then a loop over the front of the family's lanes.

mod block;
mod collect;
mod compile;
mod dates;
mod driver;
mod filler;
mod kernels;
mod layout;
mod members;
mod program;
mod registers;
mod results;
mod run;

pub use block::{Block, BlockError, CAPACITY};
pub use driver::Driver;
pub use filler::{Cell, Filler};
pub use layout::Layout;
pub use results::Results;

/// A truth that the first driver has to settle: true and false are both possible. Its bits are those of
/// [`crate::possible`].
const OPEN_TRUTH: u8 = crate::possible::TRUE | crate::possible::FALSE;
/// A code that the first driver has to settle; lists have at most 64 codes.
const OPEN_CODE: u8 = u8::MAX;
/// The choice of readiness that stands before its grades.
const PROTECTED: u8 = OPEN_CODE - 1;
