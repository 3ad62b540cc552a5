//! What was typed and is no answer: a few texts at most, kept so that nothing typed is lost.

use naik_kelas_domain::answer::FactPath;

/// Texts by the question that they stand in.
#[derive(Default)]
pub struct Unreadable(Vec<(FactPath, String)>);

impl Unreadable {
    /// The text that stands in a question.
    #[must_use]
    pub fn get(&self, path: &FactPath) -> Option<&String> {
        let found = self.0.iter().find(|(other, _)| other == path);
        found.map(|(_, text)| text)
    }

    /// The text that stands there now.
    pub fn put(&mut self, path: &FactPath, text: String) {
        self.remove(path);
        self.0.push((path.clone(), text));
    }

    /// What stood there is read now, or taken back.
    pub fn remove(&mut self, path: &FactPath) {
        self.0.retain(|(other, _)| other != path);
    }

    /// The questions, in the order in which they were left.
    #[must_use]
    pub fn paths(&self) -> Vec<FactPath> {
        self.0.iter().map(|(path, _)| path.clone()).collect()
    }
}
