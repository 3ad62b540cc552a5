//! A family's plan as it stands: what its notes on the form say together. Each note holds the whole plan as one person
//! saw it, and names those that they knew; two that did not know each other are brought together field by field, as
//! versions of a text are. Clocks decide nothing.

use crate::{
    answer::{FactPath, Reply},
    id::NoteId,
    note::{Note, Notes},
};

/// The notes on the same form that a note was written upon: the last ones that its writer knew. None where it is the first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Upon(pub Vec<NoteId>);

/// The notes on one form, each with all that it knew of, directly or not: a bit for each note, its own among them.
pub struct Versions<'notes> {
    notes: Vec<(&'notes Note, u64)>,
}

impl<'notes> Versions<'notes> {
    /// Of a form; [`Notes::MOST`] are fewer than there are bits.
    #[must_use]
    pub fn new(notes: &'notes Notes, form: &str) -> Self {
        let of_form = notes.0.iter().filter(|note| note.form == form);
        let own = |(at, note)| (note, 1_u64 << at);
        let mut notes: Vec<(&Note, u64)> = of_form.take(64).enumerate().map(own).collect();
        // Notes may come in any order, and a spoilt one may name itself: it is gone through until nothing changes.
        let mut changed = true;
        while changed {
            changed = false;
            for at in 0..notes.len() {
                let (note, mut known) = notes[at];
                for (upon, more) in &notes {
                    if note.upon.0.contains(&upon.id) {
                        known |= more;
                    }
                }
                changed |= known != notes[at].1;
                notes[at].1 = known;
            }
        }
        Self { notes }
    }

    /// Those that no other knew of: what the next one is written upon.
    #[must_use]
    pub fn last(&self) -> Upon {
        let all: Vec<usize> = (0..self.notes.len()).collect();
        Upon(self.newest(&all).map(|at| self.notes[at].0.id).collect())
    }

    /// Who said last what stands at a path: one note, or several that say different things and did not know of each other.
    #[must_use]
    pub fn said(&self, path: &FactPath) -> Vec<&'notes Note> {
        let mut order: Vec<usize> = (0..self.notes.len()).collect();
        order.sort_by_key(|at| self.notes[*at].1.count_ones());
        let mut said: Vec<usize> = Vec::new();
        for at in order {
            let (note, known) = self.notes[at];
            let before: Vec<usize> = said
                .iter()
                .copied()
                .filter(|other| known >> other & 1 == 1)
                .collect();
            let value = reply(note, path);
            let stood: Vec<_> = self
                .newest(&before)
                .map(|other| reply(self.notes[other].0, path))
                .collect();
            let says_something_new = match stood.as_slice() {
                [] => value.is_some(),
                stood => stood.iter().any(|other| *other != value),
            };
            if says_something_new {
                said.push(at);
            }
        }
        let mut last: Vec<&Note> = Vec::new();
        for at in self.newest(&said) {
            let note = self.notes[at].0;
            let is_same = |other: &&Note| reply(other, path) == reply(note, path);
            if !last.iter().any(is_same) {
                last.push(note);
            }
        }
        last
    }

    /// Of some notes those that no other of them knew of.
    fn newest<'some>(&'some self, some: &'some [usize]) -> impl Iterator<Item = usize> + 'some {
        some.iter().copied().filter(|at| {
            let mut others = some.iter().filter(|other| *other != at);
            !others.any(|other| self.notes[*other].1 >> at & 1 == 1)
        })
    }
}

/// What a note says at a path; that it says nothing there is a saying too.
fn reply<'note>(note: &'note Note, path: &FactPath) -> Option<&'note Reply> {
    note.answers.get(path).map(|answer| &answer.reply)
}
