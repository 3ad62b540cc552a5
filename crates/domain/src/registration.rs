//! A family that no list knew, registered where it lives.

use crate::{
    Date, Millis, Value,
    answer::{Answer, Answers, FactPath},
    decision::PackRef,
    freeze,
    id::{KpmId, MemberId},
    journey::{NoteFault, stands},
    kpm::{JourneyState, Kpm, Member, Presence},
    note::Notes,
};
use naik_kelas_rules::{
    evaluate::Evaluation,
    pack::{FactIndex, Pack},
};

/// What is needed to begin with a family. It never changes.
#[derive(Clone, PartialEq, Debug)]
pub struct Registration {
    /// The family's identity for ever, made on the phone.
    pub kpm: KpmId,
    /// The identity of its head, the first of its roster.
    pub head: MemberId,
    /// The pack that asked.
    pub pack: PackRef,
    /// The calendar day, in the regency's zone.
    pub on: Date,
    /// When it was finished.
    pub written: Millis,
    /// The village's name, for the list.
    pub village_name: String,
    /// What was said: of the head, and of the family's card, village and address.
    pub answers: Answers,
    /// Families that look alike and are others: a person has said so.
    pub others: Vec<KpmId>,
}

/// The fact of the family's address, which no rule reads: it stands in the family itself.
pub const ADDRESS: &str = "register.address";
/// Written beside a birth date that was worked out from an age.
const APPROXIMATE: &str = "members.birth_date_approximate";
const BIRTH_DATE: &str = "members.birth_date";

impl Registration {
    /// The family that it begins, where it can stand. `pack` must be turned to the form.
    ///
    /// # Errors
    /// [`NoteFault`] where an answer is missing, is none of its fact's, belongs to another form, or breaks a check.
    pub fn judge(&self, pack: &Pack) -> Result<Kpm, NoteFault> {
        let family = freeze::family(pack, self.on, &[self.head], &self.answers)
            .map_err(|_| NoteFault::BadAnswer)?;
        for (path, _) in self.answers.iter() {
            let at = freeze::fact_ref(pack, &[self.head], path);
            let at = at.map_err(|_| NoteFault::BadAnswer)?;
            if !asks(pack, at.fact) {
                return Err(NoteFault::BadAnswer);
            }
        }
        stands(pack, &family, &Evaluation::new(pack, &family).form())?;
        self.family().ok_or(NoteFault::BadAnswer)
    }

    /// The family as it begins, the same on phone and endpoint; `None` without a name or a village.
    #[must_use]
    pub fn family(&self) -> Option<Kpm> {
        let of_head = |fact: &str| FactPath::member(self.head, fact);
        let text = |path: &FactPath| match self.answers.get(path)?.value()? {
            Value::Text(text) => Some(text.trim()),
            _ => None,
        };
        let of_family = |fact: &str| text(&FactPath::family(fact));
        let name = text(&of_head("name")).filter(|name| !name.is_empty())?;
        let said = self.answers.iter();
        let mut known: Answers = said
            .filter(|(path, _)| **path != FactPath::family(ADDRESS))
            .map(|(path, answer)| (path.clone(), answer.clone()))
            .collect();
        known.set(
            of_head("relation"),
            Answer::asked(Value::Code("head".into())),
        );
        Some(Kpm {
            id: self.kpm,
            name: name.to_owned(),
            kk: of_family("kk").and_then(|kk| kk.parse().ok()),
            village: Some(of_family("village")?.parse().ok()?),
            village_name: self.village_name.clone(),
            address: of_family(ADDRESS).unwrap_or_default().to_owned(),
            state: JourneyState::Assisted,
            roster: vec![Member {
                id: self.head,
                presence: Presence::Here,
            }],
            // Asked that day: an assessment of a later day takes it over as that.
            known: known.carried(self.on),
            last: None,
            notes: Notes::default(),
            past: Default::default(),
            registered: Some(self.on),
        })
    }
}

impl Registration {
    /// The family after it: as it begins, or mended, where something was written about it meanwhile.
    #[must_use]
    pub fn upon(&self, held: Option<Kpm>) -> Option<Kpm> {
        let fresh = self.family()?;
        let Some(held) = held else {
            return Some(fresh);
        };
        let mut known = held.known;
        for (path, answer) in fresh.known.iter() {
            if held.last.is_none() || known.get(path).is_none() {
                known.set(path.clone(), answer.clone());
            }
        }
        Some(Kpm {
            state: held.state,
            roster: held.roster,
            last: held.last,
            notes: held.notes,
            past: held.past,
            known,
            ..fresh
        })
    }
}

/// Whether the form asks for a fact, or writes it beside a birth date that it asks for.
#[must_use]
pub fn asks(pack: &Pack, fact: FactIndex) -> bool {
    let asked = |fact: FactIndex| {
        let mut questions = pack
            .sections()
            .iter()
            .flat_map(|section| &section.questions);
        questions.any(|question| question.fact_index() == fact)
    };
    let beside_birth_date = || {
        pack.fact(fact).is_some_and(|fact| fact.path == APPROXIMATE)
            && pack.fact_index(BIRTH_DATE).is_some_and(asked)
    };
    asked(fact) || beside_birth_date()
}

crate::written_as_map!(Registration {
    0 kpm, 1 head, 2 pack, 3 on, 4 written, 5 village_name, 6 answers, 7 others,
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpm::Past;

    #[test]
    fn a_registration_that_is_mended_keeps_what_was_written_about_the_family_meanwhile() {
        let head = MemberId::from_bytes([1; 16]);
        let said = |name: &str| {
            [
                (FactPath::member(head, "name"), Value::Text(name.into())),
                (
                    FactPath::family("village"),
                    Value::Text("3209010001".into()),
                ),
            ]
        };
        let on = |day: &str| Date::parse(day).unwrap();
        let registration = |day: &str, name: &str| Registration {
            kpm: KpmId::from_bytes([2; 16]),
            head,
            pack: PackRef {
                id: String::new(),
                version: String::new(),
                hash: [0; 32],
            },
            on: on(day),
            written: Millis(0),
            village_name: "Sukamaju".into(),
            answers: said(name)
                .into_iter()
                .map(|(path, value)| (path, Answer::asked(value)))
                .collect(),
            others: Vec::new(),
        };
        let begun = registration("2026-11-24", "Rukmini").upon(None).unwrap();
        assert_eq!(begun.registered, Some(on("2026-11-24")));
        let held = Kpm {
            state: JourneyState::Planned,
            past: Past(vec![(on("2026-11-24"), Vec::new())]),
            ..begun
        };
        let mended = registration("2026-11-25", "Rukmini Contoh");
        let after = mended.upon(Some(held.clone())).unwrap();
        assert_eq!(after.name, "Rukmini Contoh");
        assert_eq!((after.state, after.past), (held.state, held.past));
    }
}
