//! The journey's forms: what is written down between two assessments, from the plan to the proposal.

use crate::node::NodeId;
use crate::pack::{PackFile, Section};
use crate::text::Text;
use minicbor::Encode;

/// One form of the journey: a page of questions that makes a note in the family's history.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct JourneyForm {
    /// Id, which notes carry for ever.
    #[n(0)]
    pub id: String,
    /// What a person does with it: the button, and the note's name.
    #[n(1)]
    pub title: Text,
    /// What to mind, above the questions.
    #[n(2)]
    pub about: Option<Text>,
    /// Its questions.
    #[n(3)]
    pub section: Section,
    /// From which states of the journey it can be written: bit n for the state of number n; zero is any.
    #[n(4)]
    pub from: u16,
    /// Where it leads; the first that holds. None of them leaves the family where it stands.
    #[n(5)]
    pub becomes: Vec<Becomes>,
    /// The fact that says when the family is to be seen again.
    #[n(6)]
    pub next: Option<u16>,
    /// Facts that start with what the last note of this form said.
    #[n(7)]
    pub carries: Vec<u16>,
    /// Written by offices and partners: no facilitator's phone offers it.
    #[n(8)]
    pub office: bool,
}

/// Where a note leads.
#[derive(Clone, Debug, PartialEq, Default, Encode)]
#[cbor(map)]
pub struct Becomes {
    /// The number of the state.
    #[n(0)]
    pub state: u16,
    /// When; none is always.
    #[n(1)]
    pub when: Option<NodeId>,
}

/// The forms that the program itself knows: it works out from their notes who has consented, where a referral stands, and
/// when a family is due. A pack that has a journey has them, under these names.
pub mod forms {
    /// A plan: versions of it are brought together.
    pub const PLAN: &str = "plan";
    /// A visit: it counts after graduating, and tells which services a family has received.
    pub const VISIT: &str = "visit";
    /// Consent to share with a partner.
    pub const CONSENT: &str = "consent";
    /// A consent taken back.
    pub const WITHDRAWAL: &str = "withdrawal";
    /// A referral to a partner.
    pub const REFERRAL: &str = "referral";
    /// What the partner answers.
    pub const ANSWER: &str = "answer";
    /// What the office decides about a proposal.
    pub const VERDICT: &str = "verdict";
    /// A meeting of a group: one page, and a note of each family that came.
    pub const GROUP: &str = "group";
    /// Registering a family. It alone asks about a person, who becomes the first of the roster.
    pub const REGISTER: &str = "register";

    /// Each with the facts that are read from its notes.
    pub const KNOWN: [(&str, &[&str]); 8] = [
        (VISIT, &["visit.served"]),
        (CONSENT, &["consent.to", "consent.agreed"]),
        (WITHDRAWAL, &["withdrawal.from"]),
        (REFERRAL, &["referral.to"]),
        (ANSWER, &["answer.from", "answer.status"]),
        (VERDICT, &[]),
        (GROUP, &["group.on"]),
        (REGISTER, &["members.name", "village", "register.address"]),
    ];
}

impl JourneyForm {
    /// Whether a facilitator writes it of one family at a time.
    pub fn is_offered(&self) -> bool {
        !self.office && self.id != forms::GROUP && !self.asks_a_person()
    }

    /// Whether its questions may be about the first person of the family.
    pub fn asks_a_person(&self) -> bool {
        self.id == forms::REGISTER
    }

    /// Whether it can be written of a family in the state of this number.
    pub fn begins_in(&self, state: u16) -> bool {
        self.from == 0 || self.from & (1 << state) != 0
    }
}

impl PackFile {
    /// The sections of the questionnaire, and those of the journey's forms.
    pub fn all_sections(&self) -> impl Iterator<Item = &Section> {
        let forms = self.forms.iter().map(|form| &form.section);
        self.sections.iter().chain(forms)
    }

    /// The sections with how many persons each may ask about: none, the first alone, or all.
    pub(crate) fn sections_and_persons(&self) -> impl Iterator<Item = (&Section, Persons)> {
        let sections = self.sections.iter().map(|section| match section.roster {
            true => (section, Persons::Only),
            false => (section, Persons::Never),
        });
        let forms = self.forms.iter().map(|form| match form.asks_a_person() {
            true => (&form.section, Persons::Also),
            false => (&form.section, Persons::Never),
        });
        sections.chain(forms)
    }
}

/// Whether the questions of a section are about persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Persons {
    /// All about the family.
    Never,
    /// Some about the family and some about its first person.
    Also,
    /// All about each person.
    Only,
}
