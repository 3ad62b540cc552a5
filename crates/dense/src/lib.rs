//! The app's wasm travels dense (docs/adr/0009-dense-wasm.md): each of its symbols (an opcode, a byte of a number, a byte
//! of data) costs as many bits as it was unlikely, and how likely it was is foretold from what stands before it in the
//! module. `unpack` is the way back, which the phone runs as a small module of its own; `pack` runs the same walk with
//! the answers in hand, so that both always foretell the same.
//!
//! The file: eight bytes of a module's header and a custom section around all else, so that to other tools it is an empty
//! module; size of the module, size of what stands in it before the code, a sum over its bytes; size and sum of all, with what
//! travels behind the module (u32, little endian); the coded symbols.

mod coder;
mod follows;
#[cfg(not(target_family = "wasm"))]
mod pack;
#[cfg(target_family = "wasm")]
mod phone;
mod predict;
mod read;
mod shape;
mod tree;
mod unpack;

#[cfg(not(target_family = "wasm"))]
pub use pack::{Problem, pack, unpacked};

/// Before the first coded symbol: the wrapping, three sizes and two sums.
pub const HEADER: usize = 40;
