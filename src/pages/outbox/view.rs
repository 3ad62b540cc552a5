//! The outbox in plain words.

use crate::{
    i18n::{Lang, Texts, counted, fill, format},
    store::StoreError,
    sync::{SyncState, SyncTrouble},
    usecase::{OutboxItem, OutboxStatus},
};
use naik_kelas_domain::{
    Millis,
    id::{EntryId, KpmId},
    region::Zone,
    wire::v1::RefusalCode,
};

/// What stands at the top.
#[must_use]
pub fn sentence(state: &SyncState, zone: Zone, now: Millis, lang: Lang, t: &Texts) -> String {
    let mut out = match (state.waiting, state.refused) {
        (0, 0) => t.nothing_waits.to_owned(),
        (0, _) => String::new(),
        (waiting, _) => counted(t.waits, waiting as usize),
    };
    if state.refused > 0 {
        push(&mut out, &counted(t.refused_count, state.refused as usize));
    }
    let last = match state.last_receipt {
        Some(then) => fill(t.last_receipt, &[&format::moment(lang, zone, then, now)]),
        None => t.never_receipt.into(),
    };
    push(&mut out, &last);
    out
}

fn push(out: &mut String, text: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(text);
}

/// What keeps the phone from sending, and what to do.
#[must_use]
pub const fn trouble(trouble: SyncTrouble, t: &Texts) -> &'static str {
    match trouble {
        SyncTrouble::Offline => t.offline,
        SyncTrouble::CaptivePortal => t.door_portal,
        SyncTrouble::SignInAgain => t.trouble_sign_in,
        SyncTrouble::ServerBusy { .. } => t.trouble_busy,
        SyncTrouble::ServerTrouble => t.trouble_server,
        SyncTrouble::StorageTrouble(StoreError::Damaged) => t.damaged,
        SyncTrouble::StorageTrouble(_) => t.trouble_storage,
    }
}

/// An entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Which.
    pub entry: EntryId,
    /// About whom.
    pub kpm: Option<KpmId>,
    /// The family's name.
    pub name: String,
    /// When it was recorded.
    pub when: String,
    /// Why it was refused, and how to mend it.
    pub refused: Option<&'static str>,
}

/// A row of the outbox.
#[must_use]
pub fn row(item: &OutboxItem, zone: Zone, now: Millis, lang: Lang, t: &Texts) -> Row {
    let when = item
        .recorded
        .map(|then| format::moment(lang, zone, then, now));
    Row {
        entry: item.entry,
        kpm: item.kpm,
        name: if item.family_name.is_empty() {
            t.family_gone.into()
        } else {
            item.family_name.clone()
        },
        when: when.map_or_else(String::new, |when| fill(t.recorded, &[&when])),
        refused: match item.status {
            OutboxStatus::Waiting => None,
            OutboxStatus::Refused(code) => Some(reason(code, t)),
        },
    }
}

const fn reason(code: RefusalCode, t: &Texts) -> &'static str {
    match code {
        RefusalCode::Unreadable => t.refused_unreadable,
        RefusalCode::UnknownKind => t.refused_kind,
        RefusalCode::HashConflict => t.refused_copy,
        RefusalCode::WrongAuthor => t.refused_author,
        RefusalCode::WrongVault => t.refused_vault,
        RefusalCode::NotYourFamily => t.refused_family,
        RefusalCode::OutOfOrder => t.refused_order,
        RefusalCode::FutureDate => t.refused_future,
        RefusalCode::BadAnswer => t.refused_answer,
        RefusalCode::UnknownPack => t.refused_pack,
        RefusalCode::UnknownMember => t.refused_member,
        RefusalCode::DecisionDiffers => t.refused_differs,
        RefusalCode::Other => t.refused_other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::texts;

    #[test]
    fn the_outbox_says_what_waits_and_when_the_server_last_answered() {
        let t = texts(Lang::Id);
        let now = Millis(1_795_514_700_000);
        let say = |waiting, refused, last_receipt| {
            let state = SyncState {
                waiting,
                refused,
                last_receipt,
                ..SyncState::default()
            };
            sentence(&state, Zone::Wib, now, Lang::Id, t)
        };
        assert_eq!(
            say(0, 0, Some(now)),
            "Tidak ada yang menunggu. Terakhir diterima server: 17.05."
        );
        assert_eq!(
            say(2, 1, None),
            "2 catatan menunggu dikirim. 1 catatan perlu diperbaiki. Belum pernah ada yang dikirim dari HP ini."
        );
        assert!(say(0, 1, Some(now)).starts_with("1 catatan perlu diperbaiki."));
    }
}
