//! Notes: what was written down between two assessments. A plan, a visit, a consent, a referral, a proposal are all
//! notes; which there are and what they ask is the pack's (`journey.toml`).

use crate::{
    Date, Millis,
    answer::Answers,
    decision::PackRef,
    id::{KpmId, NoteId},
    kpm::JourneyState,
    plan::Upon,
};
use naik_kelas_rules::pack::forms;

/// A note. It never changes; a later one stands beside it.
#[derive(Clone, PartialEq, Debug)]
pub struct Note {
    /// Its identity.
    pub id: NoteId,
    /// The family.
    pub kpm: KpmId,
    /// The form of the pack that it was written on.
    pub form: String,
    /// The pack that asked.
    pub pack: PackRef,
    /// The calendar day, in the regency's zone.
    pub on: Date,
    /// When it was finished.
    pub written: Millis,
    /// What was said on it; nothing else of the family.
    pub answers: Answers,
    /// Where it led.
    pub becomes: Option<JourneyState>,
    /// When the family is to be seen again.
    pub next: Option<Date>,
    /// Of a plan: which ones its writer knew.
    pub upon: Upon,
}

/// The notes of a family, oldest first, at most [`Notes::MOST`].
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Notes(pub Vec<Note>);

impl Notes {
    /// More are not sent down: a year of weekly visits.
    pub const MOST: usize = 60;

    /// With a note at its place: by day, then as they came. The same note twice is one.
    pub fn add(&mut self, note: &Note) {
        if self.0.iter().any(|known| known.id == note.id) {
            return;
        }
        let after = |known: &Note| (known.on, known.written) <= (note.on, note.written);
        let place = self.0.iter().rposition(after).map_or(0, |place| place + 1);
        self.0.insert(place, note.clone());
        if self.0.len() > Self::MOST {
            // What the family has agreed to, what is under way with partners, and when it graduated, is never forgotten for a visit.
            let passes = |note: &Note| {
                !matches!(
                    note.form.as_str(),
                    forms::CONSENT
                        | forms::WITHDRAWAL
                        | forms::REFERRAL
                        | forms::ANSWER
                        | forms::VERDICT
                )
            };
            let oldest = self.0.iter().position(passes).unwrap_or(0);
            self.0.remove(oldest);
        }
    }

    /// The last note of a form.
    #[must_use]
    pub fn last(&self, form: &str) -> Option<&Note> {
        self.0.iter().rev().find(|note| note.form == form)
    }
}

crate::written_as_map!(Note { 0 id, 1 kpm, 2 form, 3 pack, 4 on, 5 written, 6 answers, 7 becomes, 8 next, 9 upon });
