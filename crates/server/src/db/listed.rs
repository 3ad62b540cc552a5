//! What goes in from lists, and what comes of it.

use crate::intake::keys::KeyRing;
use naik_kelas_domain::{Date, Millis, Value, id::KpmId};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

/// An import under way.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The keys by which families are found again.
    pub ring: KeyRing,
    /// Whether families that another holds are handed over.
    pub reassign: bool,
    /// When it began.
    pub now: Millis,
    /// Of whom it has spoken already.
    pub spoken: Arc<Mutex<HashSet<KpmId>>>,
}

/// A family of a list, stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub kpm: KpmId,
    /// How.
    pub taken_as: TakenAs,
    /// Whether it was granted to its facilitator now.
    pub assigned: bool,
    /// Whether another facilitator holds it and keeps it.
    pub held_by_another: bool,
    /// Others that may be the same, found now.
    pub likely: Vec<Likely>,
}

/// How a family of a list was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenAs {
    /// It was not known.
    Added,
    /// Something about it is new.
    Updated,
    /// Nothing is new.
    Unchanged,
}

/// A family that may be the same as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likely {
    /// Which.
    pub other: KpmId,
    /// `same_nik`, `name_birth_date`, `near_birth_date` or `name_address`.
    pub reason: &'static str,
}

/// Why a family of a list cannot be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is new, and nothing says where it lives.
    NoVillage,
    /// It is new, and nothing says its name.
    NoName,
    /// Its NIK stands in two families.
    TwoFamilies,
}

/// What a registry said of a family.
#[derive(Clone, Debug, PartialEq)]
pub struct RegistryFact {
    /// Path of a pack's fact, or a figure that no pack knows.
    pub fact: String,
    /// As of this day.
    pub as_of: Date,
    /// The value.
    pub value: Value,
    /// The list: `dtsen`, `final-closing`.
    pub source: String,
}
