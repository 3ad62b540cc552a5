//! Who may do what, and where: the one place where it is decided.

use crate::region::{RegencyCode, VillageCode};

/// What a person does in the programme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// *Pendamping PKH*: the families that were granted to them.
    Facilitator,
    /// *Koordinator kabupaten/kota*: the families of a regency.
    Coordinator,
    /// The ministry: rules, figures and accounts, no family's record.
    Ministry,
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// Read a family's record.
    ReadFamily,
    /// Record an assessment of a family, or a note.
    AssessFamily,
    /// Register a family, which is then granted to who registers it.
    RegisterFamily,
    /// Decide about a proposal for graduation.
    DecideFamily,
}

/// Where a family stands towards the person who asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The family's village.
    pub village: VillageCode,
    /// Whether the family is granted to this person now.
    pub granted: bool,
    /// Whether it was granted to this person when the entry was written: what
    /// was written before a hand-over stays valid.
    pub was_granted: bool,
}

/// Whether a person of this role and area may do this to such a family.
#[must_use]
pub fn allows(role: Role, area: RegencyCode, verb: Verb, family: Standing) -> bool {
    let inside = family.village.regency() == area;
    match (role, verb) {
        (Role::Facilitator, Verb::ReadFamily) => inside && family.granted,
        (Role::Facilitator, Verb::AssessFamily) => inside && (family.granted || family.was_granted),
        (Role::Facilitator, Verb::RegisterFamily) => inside,
        (Role::Coordinator, Verb::ReadFamily) => inside,
        (Role::Coordinator, Verb::DecideFamily) => inside,
        (Role::Coordinator, Verb::AssessFamily | Verb::RegisterFamily)
        | (Role::Facilitator, Verb::DecideFamily)
        | (Role::Ministry, _) => false,
    }
}

impl Role {
    /// The name used on the wire, in the database and by the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Coordinator => "coordinator",
            Self::Ministry => "ministry",
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Facilitator, Self::Coordinator, Self::Ministry]
            .into_iter()
            .find(|role| role.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_table_of_role_area_and_verb() {
        let village: VillageCode = "3201010001".parse().unwrap();
        let (inside, outside): (RegencyCode, RegencyCode) =
            ("3201".parse().unwrap(), "3202".parse().unwrap());
        let mut allowed = Vec::new();
        for role in [Role::Facilitator, Role::Coordinator, Role::Ministry] {
            for (area, where_) in [(inside, "inside"), (outside, "outside")] {
                for verb in [
                    Verb::ReadFamily,
                    Verb::AssessFamily,
                    Verb::RegisterFamily,
                    Verb::DecideFamily,
                ] {
                    for (granted, was_granted) in [(true, true), (false, true), (false, false)] {
                        let standing = Standing {
                            village,
                            granted,
                            was_granted,
                        };
                        if allows(role, area, verb, standing) {
                            allowed.push(format!(
                                "{} {where_} {verb:?} {granted} {was_granted}",
                                role.as_str()
                            ));
                        }
                    }
                }
            }
        }
        assert_eq!(
            allowed,
            [
                "facilitator inside ReadFamily true true",
                "facilitator inside AssessFamily true true",
                "facilitator inside AssessFamily false true",
                "facilitator inside RegisterFamily true true",
                "facilitator inside RegisterFamily false true",
                "facilitator inside RegisterFamily false false",
                "coordinator inside ReadFamily true true",
                "coordinator inside ReadFamily false true",
                "coordinator inside ReadFamily false false",
                "coordinator inside DecideFamily true true",
                "coordinator inside DecideFamily false true",
                "coordinator inside DecideFamily false false",
            ]
        );
    }
}
