//! Families from the sources that exist: DTSEN lists and the SIKS-NG final closing.
//!
//! A file is read row by row ([`sheet`]), its columns are found by their names ([`header`],
//! [`columns`]), each row is parsed whole or refused with its reasons ([`row`], [`trouble`]), rows
//! of one family are put together and stored in batches ([`run`]). What is known already is
//! recognised by keyed hashes ([`keys`]), and only what is new is written ([`merge`]).

pub mod cell;
pub mod columns;
mod convert;
pub mod header;
pub mod keys;
mod labels;
pub mod merge;
mod number;
pub mod row;
pub mod run;
pub mod sheet;
#[cfg(test)]
mod tests;
pub mod trouble;
