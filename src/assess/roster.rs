//! People coming into a family and leaving it while it is assessed.

use naik_kelas_domain::{
    answer::{Answer, FactPath},
    assessment::Draft,
    id::MemberId,
    kpm::LeftBecause,
};
use naik_kelas_rules::family::MAX_MEMBERS;

/// Adds a member with the answers that were asked first; false where the family is as large as a family can be.
pub fn add_member(
    draft: &mut Draft,
    member: MemberId,
    answers: impl IntoIterator<Item = (String, Answer)>,
) -> bool {
    if draft.members.len() >= MAX_MEMBERS || draft.members.contains(&member) {
        return false;
    }
    draft.members.push(member);
    for (fact, answer) in answers {
        draft.answers.set(FactPath::member(member, fact), answer);
    }
    true
}

/// Takes a member out. What was said of them is kept until the assessment is finished.
pub fn remove_member(draft: &mut Draft, member: MemberId, because: LeftBecause) {
    if draft.members.contains(&member) {
        draft.members.retain(|other| *other != member);
        draft.removed.push((member, because));
    }
}

/// Puts a member back who was taken out, at the end of the list; false where the family is full.
pub fn restore_member(draft: &mut Draft, member: MemberId) -> bool {
    let gone = draft.removed.iter().any(|(other, _)| *other == member);
    if !gone || draft.members.len() >= MAX_MEMBERS {
        return false;
    }
    draft.removed.retain(|(other, _)| *other != member);
    draft.members.push(member);
    true
}
