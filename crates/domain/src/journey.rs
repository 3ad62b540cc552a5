//! Where a family stands between its notes: what the pack's `journey.*` facts say.

mod due;

pub use due::{Due, FOLLOW_UP, FOLLOW_UPS};

use crate::{
    Date, Value,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    freeze::fact_ref,
    id::MemberId,
    kpm::{JourneyState, Kpm},
    note::Note,
};
use naik_kelas_rules::{
    evaluate::Evaluation,
    family::Family,
    form::{Form, Relevance},
    pack::{CheckLevel, FactIndex, FactRef, JourneyForm, Pack, forms},
};

/// Why a note cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteFault {
    /// The family's state does not allow it, or what the form checks does not hold: no consent, a second loan.
    OutOfOrder,
    /// An answer is missing, is none of its fact's, or belongs to another form.
    BadAnswer,
}

/// Where a note leads, and when the family is to be seen again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Follows {
    /// The state after it, where that changes.
    pub becomes: Option<JourneyState>,
    /// The day named in it.
    pub next: Option<Date>,
}

/// What follows from answers on a form: worked out on the phone that writes the note and by the endpoint that takes it.
/// `pack` must be turned to the form ([`Pack::turned_to`]), `kpm` is the family before it.
///
/// # Errors
/// [`NoteFault`] where the note cannot stand.
pub fn follow(
    pack: &Pack,
    form: &JourneyForm,
    kpm: &Kpm,
    on: Date,
    answers: &Answers,
) -> Result<Follows, NoteFault> {
    if !form.begins_in(kpm.state.number()) {
        return Err(NoteFault::OutOfOrder);
    }
    let members: Vec<MemberId> = kpm.present().collect();
    let mut family = Family::new(pack, on, members.len());
    for (path, answer) in kpm.known.iter().chain(kpm.journey(on).iter()) {
        // What an older pack asked and this one does not know tells nothing here.
        if let (Ok(at), Some(value)) = (fact_ref(pack, &members, path), answer.value()) {
            let _kept: Result<(), _> = family.set(pack, at, value);
        }
    }
    let asks = |fact| {
        let questions = form.section.questions.iter();
        questions
            .into_iter()
            .any(|question| question.fact_index() == fact)
    };
    for (path, answer) in answers.iter() {
        let at = fact_ref(pack, &members, path).map_err(|_| NoteFault::BadAnswer)?;
        if !asks(at.fact) {
            return Err(NoteFault::BadAnswer);
        }
        match &answer.reply {
            Reply::Known(value) => family.set(pack, at, value),
            Reply::Unknown => family.set_unknown(pack, at),
        }
        .map_err(|_| NoteFault::BadAnswer)?;
    }
    let mut evaluation = Evaluation::new(pack, &family);
    stands(pack, &family, &evaluation.form())?;
    let becomes = form
        .becomes
        .iter()
        .find(|becomes| becomes.when.is_none_or(|when| evaluation.holds(when)));
    let next = form.next.and_then(|fact| {
        let path = &pack.fact(FactIndex(fact))?.path;
        match answers.get(&FactPath::family(path.as_str()))?.value()? {
            Value::Date(day) => Some(*day),
            _ => None,
        }
    });
    Ok(Follows {
        becomes: becomes.and_then(|becomes| JourneyState::of_number(becomes.state)),
        next,
    })
}

/// What keeps an answer, or a question without one, from standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// It breaks this check of its question.
    Broken(usize),
    /// The question cannot be left out.
    Missing,
}

/// Tells of each question that is asked, in the order of the pack: what hinders it, and at last `None`. `said` tells
/// whether a required question has been answered.
pub fn hindrances(
    pack: &Pack,
    form: &Form,
    said: &dyn Fn(FactRef) -> bool,
    tell: &mut dyn FnMut(FactRef, Option<Hindrance>),
) {
    for (section, state) in pack.sections().iter().zip(&form.sections) {
        for entry in &state.entries {
            let Some(question) = section.questions.get(entry.question) else {
                continue;
            };
            if entry.relevance != Relevance::Asked {
                continue;
            }
            for check in &entry.violations {
                let broken = question.checks.get(*check);
                if broken.is_some_and(|check| check.level == CheckLevel::Stop) {
                    tell(entry.at, Some(Hindrance::Broken(*check)));
                }
            }
            if question.required && !said(entry.at) {
                tell(entry.at, Some(Hindrance::Missing));
            }
            tell(entry.at, None);
        }
    }
}

/// Whether all that a form asks stands; else the first fault.
pub(crate) fn stands(pack: &Pack, family: &Family, form: &Form) -> Result<(), NoteFault> {
    let mut stands = Ok(());
    let said = |at| family.knows(pack, at);
    hindrances(pack, form, &said, &mut |_, hindrance| {
        let fault = match hindrance {
            Some(Hindrance::Broken(_)) => NoteFault::OutOfOrder,
            Some(Hindrance::Missing) => NoteFault::BadAnswer,
            None => return,
        };
        stands = stands.and(Err(fault));
    });
    stands
}

impl Kpm {
    /// The family after a note: phone and endpoint both use this.
    #[must_use]
    pub fn after_note(mut self, note: &Note) -> Self {
        self.notes.add(note);
        // A note that comes late tells of then: where the family stands is what the newest says.
        let newest = self.notes.0.last().is_some_and(|last| last.id == note.id);
        if let Some(state) = note.becomes.filter(|_| newest) {
            self.state = state;
        }
        self
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
                forms::CONSENT => {
                    let agreed = note.answers.get(&FactPath::family("consent.agreed"));
                    let yes = agreed.and_then(Answer::value) == Some(&Value::Bool(true));
                    set(&mut held, note.code("consent.to"), yes);
                }
                forms::WITHDRAWAL => set(&mut held, note.code("withdrawal.from"), false),
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
                forms::REFERRAL => set(&mut open, note.code("referral.to"), true),
                forms::WITHDRAWAL => set(&mut open, note.code("withdrawal.from"), false),
                forms::VISIT => {
                    // The family has confirmed what a partner has served.
                    let served = note.answers.get(&FactPath::family("visit.served"));
                    if let Some(Value::Codes(served)) = served.and_then(Answer::value) {
                        open.retain(|partner| !served.contains(partner));
                    }
                }
                forms::ANSWER => {
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

    /// The state of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(state, known)| (known == name).then_some(state))
    }

    /// Its name in packs.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}
