//! Findings that look at a pack as a whole: what nothing reads, what nobody asks, what cannot come out.

mod dates;
mod holds;
mod reads;

pub(crate) use holds::{Asked, Role};

use crate::build::Notes;
use crate::files::Files;
use crate::finding::{Findings, Place, Problem};
use naik_kelas_rules::Pack;

pub(crate) fn review(pack: &Pack, files: &Files, notes: &Notes, findings: &mut Findings) {
    reads::review(pack, notes, findings);
    dates::review(pack, files, findings);
    holds::review(pack, &notes.asked, findings);
    cases(files, findings);
}

/// Every decision, and readiness, has a case that says what comes out.
fn cases(files: &Files, findings: &mut Findings) {
    let mut without = |id: &str, place: Place<'_>| {
        let mut cases = files.cases.iter().flat_map(|cases| &cases.parsed.case);
        if !cases.any(|case| case.expect.contains_key(id)) {
            let problem = Problem::new(
                format!("{id} has no case"),
                "Add families and what comes out to cases/.",
            );
            findings.warning(place, problem);
        }
    };
    for decision in &files.decisions {
        let id = &decision.parsed.id;
        without(id.get_ref(), decision.file.place(id));
    }
    if let Some(readiness) = &files.readiness {
        let place = Place {
            file: &readiness.file.name,
            line: 1,
        };
        without("readiness", place);
    }
}
