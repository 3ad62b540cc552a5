//! When a family is to be seen again, and why.

use crate::{Date, kpm::JourneyState, kpm::Kpm, note::Note};
use naik_kelas_rules::pack::forms;

/// Visits after graduating, in months since (`programmes.md`).
pub const FOLLOW_UPS: [u8; 3] = [3, 6, 12];

/// Why a family is to be seen.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Due<'a> {
    /// A note has named the day, or what an office or a partner has answered is to be told.
    Said(&'a Note),
    /// So many months have passed since it graduated.
    FollowUp(u8),
}

impl Kpm {
    /// The day on which the family is to be seen again, and why: what an office or a partner has answered is to be told at
    /// once; else what the last note that named a day said, or a visit after graduating, whichever comes first.
    #[must_use]
    pub fn due(&self) -> Option<(Date, Due<'_>)> {
        let said = match self.notes.0.last() {
            Some(last) if matches!(last.form.as_str(), forms::VERDICT | forms::ANSWER) => {
                Some((last.on, last))
            }
            _ => {
                let notes = self.notes.0.iter().rev();
                notes.into_iter().find_map(|note| Some((note.next?, note)))
            }
        };
        let said = said.map(|(day, note)| (day, Due::Said(note)));
        let follow_up = self.follow_up();
        match (&said, &follow_up) {
            (Some((promised, _)), Some((after, _))) if after < promised => follow_up,
            (None, _) => follow_up,
            _ => said,
        }
    }

    /// The first visit after graduating that has not been made. A visit counts for each of them that was at most a month
    /// ahead; one that is missed stays until the family is visited.
    fn follow_up(&self) -> Option<(Date, Due<'_>)> {
        use JourneyState::{FollowedUp, Graduated};
        if !matches!(self.state, Graduated | FollowedUp) {
            return None;
        }
        let notes = &self.notes.0;
        let graduated = notes
            .iter()
            .rfind(|note| note.becomes == Some(Graduated))?
            .on;
        let visited = notes.iter().rfind(|note| note.form == forms::VISIT);
        FOLLOW_UPS.into_iter().find_map(|months| {
            let opens = graduated.after_months(i32::from(months) - 1)?;
            let made = visited.is_some_and(|visit| visit.on >= opens);
            let day = graduated.after_months(i32::from(months))?;
            (!made).then_some((day, Due::FollowUp(months)))
        })
    }
}

impl Due<'_> {
    /// As a summary keeps it: the form of the note, or the months after a sign that no form begins with.
    #[must_use]
    pub fn kept(self) -> String {
        match self {
            Self::Said(note) => note.form.clone(),
            Self::FollowUp(months) => [FOLLOW_UP, &months.to_string()].concat(),
        }
    }
}

/// Before the months of a follow-up, in a summary.
pub const FOLLOW_UP: &str = "+";
