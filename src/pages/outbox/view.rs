//! The outbox in plain words.

use crate::{
    i18n::{Lang, Texts, fill, format},
    store::StoreError,
    sync::SyncTrouble,
    usecase::{OutboxItem, OutboxStatus},
};
use naik_kelas_domain::{
    Millis,
    id::{EntryId, KpmId},
    region::Zone,
    wire::v1::RefusalCode,
};

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
        RefusalCode::FamilyExists => t.refused_exists,
        RefusalCode::WrongVillage => t.refused_village,
        RefusalCode::Other => t.refused_other,
    }
}
