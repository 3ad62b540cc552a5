//! What goes in from lists and what comes of it; what is read for lists that go out.

use crate::intake::keys::KeyRing;
use naik_kelas_domain::{
    Date, Millis, Value,
    id::KpmId,
    kpm::Kpm,
    region::{RegencyCode, VillageCode},
};
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
    /// When it was imported.
    pub added: Millis,
    /// The value.
    pub value: Value,
    /// The list: `dtsen`, `final-closing`.
    pub source: String,
}

/// A family as it is written out.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedFamily {
    /// Scope.
    pub regency: RegencyCode,
    /// Where it lives.
    pub village: VillageCode,
    /// As phones get it.
    pub kpm: Kpm,
    /// With which name its facilitator signs in.
    pub facilitator: Option<String>,
}

/// An entry as it is written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntry {
    /// Scope.
    pub regency: RegencyCode,
    /// Its position in the scope.
    pub position: u64,
    /// With which name its author signs in.
    pub author: Option<String>,
    /// When it came.
    pub received: Millis,
    /// As it came.
    pub bytes: Vec<u8>,
}
