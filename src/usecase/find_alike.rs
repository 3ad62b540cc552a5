//! Families on this phone that may be the one that is being registered: compared with all, spelt as people spell.

use crate::{services::Services, vault::VaultError};
use naik_kelas_domain::{
    id::KpmId,
    kpm::Kpm,
    likeness::{Because, Sought, families_alike},
};

/// A family that may be the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alike {
    /// Which.
    pub kpm: KpmId,
    /// Its name.
    pub name: String,
    /// Its village.
    pub place: String,
    /// Why.
    pub because: Because,
}

/// The families that may be the same, the surest first; `others` are known not to be. All are looked at by what lists hold of them; only those that
/// may be alike are opened.
///
/// # Errors
/// [`VaultError`] where they cannot be read.
pub(super) async fn alike(
    services: &Services,
    kpm: &Kpm,
    others: &[KpmId],
) -> Result<Vec<Alike>, VaultError> {
    let records = services.records();
    let sought = Sought::of(kpm);
    let list = services.caseload.list.get_untracked();
    let all = list.ready().map(|all| all.as_slice()).unwrap_or_default();
    let mut found = Vec::new();
    for summary in all {
        let is_another = summary.kpm == kpm.id || others.contains(&summary.kpm);
        if is_another || !sought.may_be(&summary.folded) {
            continue;
        }
        let Some(held) = records.kpm(summary.kpm).await? else {
            continue;
        };
        let Some(because) = families_alike(kpm, &held.record) else {
            continue;
        };
        let surer = |other: &Alike| other.because > because;
        let place = found.iter().position(surer).unwrap_or(found.len());
        let alike = Alike {
            kpm: summary.kpm,
            name: summary.name.clone(),
            place: summary.place.clone(),
            because,
        };
        found.insert(place, alike);
    }
    Ok(found)
}
