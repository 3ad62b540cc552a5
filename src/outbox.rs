//! What waits to be sent, what is to be mended, and when the server last received something, in plain words.

use crate::{
    i18n::{Lang, Texts, counted, fill, format},
    sync::SyncState,
};
use naik_kelas_domain::{Millis, region::Zone};

/// It, in a sentence or two.
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
