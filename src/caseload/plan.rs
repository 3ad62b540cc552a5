//! Which pages change when families come, change and go: pure.

use super::{Page, SummaryChange};
use naik_kelas_domain::record::SUMMARIES_A_PAGE;

/// The pages that the changes touch, as they will be. A page that is left empty stays, and is filled again.
pub(super) fn plan(pages: &[Page], changes: Vec<SummaryChange>) -> Vec<Page> {
    let mut touched: Vec<Page> = Vec::new();
    for change in changes {
        let kpm = match &change {
            SummaryChange::Put(summary) => summary.kpm,
            SummaryChange::Remove(kpm) => *kpm,
        };
        let holds = |page: &&Page| page.summaries.iter().any(|summary| summary.kpm == kpm);
        let now = |number: u32| touched.iter().find(|page| page.number == number);
        let current = || {
            pages
                .iter()
                .filter(|page| now(page.number).is_none())
                .chain(&touched)
        };
        let target = current().find(holds).map(|page| page.number);
        let number = match (&change, target) {
            (_, Some(number)) => number,
            (SummaryChange::Remove(_), None) => continue,
            (SummaryChange::Put(_), None) => {
                let room = current().find(|page| page.summaries.len() < SUMMARIES_A_PAGE);
                let beyond = || current().map(|page| page.number + 1).max().unwrap_or(0);
                room.map_or_else(beyond, |page| page.number)
            }
        };
        let place = touched
            .iter()
            .position(|page| page.number == number)
            .unwrap_or_else(|| {
                let stored = pages.iter().find(|page| page.number == number).cloned();
                touched.push(stored.unwrap_or(Page {
                    number,
                    version: None,
                    summaries: Vec::new(),
                }));
                touched.len() - 1
            });
        let Some(page) = touched.get_mut(place) else {
            continue;
        };
        let held = page.summaries.iter().position(|summary| summary.kpm == kpm);
        match (change, held.and_then(|at| page.summaries.get_mut(at))) {
            (SummaryChange::Put(summary), Some(place)) => *place = summary,
            (SummaryChange::Put(summary), None) => page.summaries.push(summary),
            (SummaryChange::Remove(_), _) => page.summaries.retain(|summary| summary.kpm != kpm),
        }
    }
    touched
}

#[cfg(test)]
mod tests {
    use super::*;
    use naik_kelas_domain::{id::KpmId, kpm::JourneyState, record::Summary, search::folded};

    fn summary(kpm: u8, name: &str) -> Summary {
        Summary {
            kpm: KpmId::from_bytes([kpm; 16]),
            name: name.to_owned(),
            place: String::new(),
            folded: folded(name),
            members: 1,
            desil: None,
            state: JourneyState::Assisted,
            assessed_on: None,
            readiness: None,
            draft_since: None,
            due: None,
            due_by: None,
            village: None,
        }
    }

    fn page(number: u32, kpms: impl IntoIterator<Item = u8>) -> Page {
        let summaries = kpms.into_iter().map(|kpm| summary(kpm, "x")).collect();
        Page {
            number,
            version: Some(1),
            summaries,
        }
    }

    #[test]
    fn a_change_touches_the_page_of_its_family_only() {
        let pages = [page(0, [1, 2]), page(1, [3, 4])];
        let touched = plan(&pages, vec![SummaryChange::Put(summary(3, "baru"))]);
        assert_eq!(touched.len(), 1);
        assert_eq!((touched[0].number, touched[0].version), (1, Some(1)));
        assert_eq!(touched[0].summaries[0].name, "baru");
        let removed = plan(
            &pages,
            vec![SummaryChange::Remove(KpmId::from_bytes([2; 16]))],
        );
        assert_eq!(removed, [page(0, [1])]);
        assert_eq!(
            plan(
                &pages,
                vec![SummaryChange::Remove(KpmId::from_bytes([9; 16]))]
            ),
            []
        );
    }

    #[test]
    fn new_families_fill_pages_in_order_and_then_open_new_ones() {
        let full = Page {
            number: 0,
            version: Some(4),
            summaries: (0..SUMMARIES_A_PAGE)
                .map(|at| {
                    let mut id = [0xff; 16];
                    id[..8].copy_from_slice(&(at as u64).to_be_bytes());
                    Summary {
                        kpm: KpmId::from_bytes(id),
                        ..summary(0, "penuh")
                    }
                })
                .collect(),
        };
        let changes = (1..=3)
            .map(|kpm| SummaryChange::Put(summary(kpm, "baru")))
            .collect();
        let touched = plan(std::slice::from_ref(&full), changes);
        assert_eq!(touched.len(), 1);
        assert_eq!(
            (
                touched[0].number,
                touched[0].version,
                touched[0].summaries.len()
            ),
            (1, None, 3)
        );
    }

    #[test]
    fn several_changes_of_one_family_end_as_the_last() {
        let changes = vec![
            SummaryChange::Put(summary(1, "a")),
            SummaryChange::Put(summary(1, "b")),
            SummaryChange::Remove(KpmId::from_bytes([1; 16])),
            SummaryChange::Put(summary(1, "c")),
        ];
        let touched = plan(&[], changes);
        assert_eq!(touched.len(), 1);
        let names: Vec<_> = touched[0]
            .summaries
            .iter()
            .map(|summary| summary.name.as_str())
            .collect();
        assert_eq!(names, ["c"]);
    }
}
