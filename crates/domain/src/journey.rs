//! Where a family stands between its notes: what the pack's `journey.*` facts say.

use crate::{
    Date, Value,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    kpm::{JourneyState, Kpm},
    note::Note,
};

impl Kpm {
    /// The family after a note: phone and endpoint both use this.
    #[must_use]
    pub fn after_note(mut self, note: &Note) -> Self {
        self.notes.add(note);
        if let Some(state) = note.becomes {
            self.state = state;
        }
        self
    }

    /// The day on which the family is to be seen again: what the last note that named one said.
    #[must_use]
    pub fn next(&self) -> Option<&Note> {
        self.notes.0.iter().rev().find(|note| note.next.is_some())
    }

    /// What the pack's `journey.*` facts say of the family today.
    #[must_use]
    pub fn journey(&self, today: Date) -> Answers {
        let mut said = vec![
            ("state", Value::Code(self.state.name().to_owned())),
            ("consents", Value::Codes(self.consents())),
            ("referred", Value::Codes(self.referred())),
        ];
        if let Some(last) = &self.last {
            said.push(("readiness", Value::Code(last.decision.readiness.clone())));
        }
        said.into_iter()
            .map(|(name, value)| {
                let answer = Answer {
                    reply: Reply::Known(value),
                    provenance: Provenance::Registry(today),
                };
                (FactPath::family(["journey.", name].concat()), answer)
            })
            .collect()
    }

    /// The partners with whom the family agrees to share: said yes last, and not withdrawn since.
    #[must_use]
    pub fn consents(&self) -> Vec<String> {
        let mut held = Vec::new();
        for note in &self.notes.0 {
            match note.form.as_str() {
                "consent" => {
                    let agreed = note.answers.get(&FactPath::family("consent.agreed"));
                    let yes = agreed.and_then(Answer::value) == Some(&Value::Bool(true));
                    set(&mut held, note.code("consent.to"), yes);
                }
                "withdrawal" => set(&mut held, note.code("withdrawal.from"), false),
                _ => {}
            }
        }
        held
    }

    /// The partners to whom a referral is under way: sent, and neither refused, served, nor withdrawn.
    #[must_use]
    pub fn referred(&self) -> Vec<String> {
        let mut open = Vec::new();
        for note in &self.notes.0 {
            match note.form.as_str() {
                "referral" => set(&mut open, note.code("referral.to"), true),
                "withdrawal" => set(&mut open, note.code("withdrawal.from"), false),
                "answer" => {
                    let ended = matches!(note.code("answer.status"), Some("rejected" | "served"));
                    if ended {
                        set(&mut open, note.code("answer.from"), false);
                    }
                }
                _ => {}
            }
        }
        open
    }
}

impl Note {
    /// The code that was said of a fact.
    #[must_use]
    pub fn code(&self, fact: &str) -> Option<&str> {
        match self.answers.get(&FactPath::family(fact))?.value()? {
            Value::Code(code) => Some(code),
            _ => None,
        }
    }
}

fn set(held: &mut Vec<String>, code: Option<&str>, in_it: bool) {
    let Some(code) = code else { return };
    held.retain(|known| known != code);
    if in_it {
        held.push(code.to_owned());
    }
}

impl JourneyState {
    /// The states in the order of their numbers, which begin with one, with their names in packs.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Assisted, "assisted"),
        (Self::Assessed, "assessed"),
        (Self::Planned, "planned"),
        (Self::InEmpowerment, "in_empowerment"),
        (Self::Proposed, "proposed"),
        (Self::Verified, "verified"),
        (Self::Graduated, "graduated"),
        (Self::FollowedUp, "followed_up"),
        (Self::Returned, "returned"),
    ];

    /// Its number in records and packs.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16 + 1
    }

    /// The state of a number.
    #[must_use]
    pub fn of_number(number: u16) -> Option<Self> {
        let place = usize::from(number).checked_sub(1)?;
        Self::ALL.get(place).map(|(state, _)| *state)
    }

    /// Its name in packs.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}
