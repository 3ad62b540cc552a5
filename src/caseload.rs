//! The families as lists need them: summaries in sealed pages, opened once and held in memory.

mod plan;

use crate::{
    live::Live,
    records::{Records, Writes},
    services::Loadable,
    store::Table,
    vault::{Schema, VaultError},
};
use naik_kelas_domain::{
    Value,
    answer::FactPath,
    id::KpmId,
    kpm::Kpm,
    record::{Summary, SummaryPage},
    region::VillageCode,
    search::folded,
    wire::v1,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The caseload in memory. Clones share it.
#[derive(Clone)]
pub struct Caseload {
    /// All summaries, in the order of their pages.
    pub list: Live<Loadable<Arc<Vec<Summary>>, VaultError>>,
    pages: Arc<Mutex<Vec<Page>>>,
}

/// A page as it lies in the store.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    number: u32,
    /// `None` = not in the store yet.
    version: Option<u64>,
    summaries: Vec<Summary>,
}

/// What becomes of a family's summary.
#[derive(Clone, PartialEq, Debug)]
pub enum SummaryChange {
    /// In the place of the one before, or new.
    Put(Summary),
    /// No longer in the caseload.
    Remove(KpmId),
}

impl Caseload {
    /// An empty caseload that is on its way.
    #[must_use]
    pub fn new() -> Self {
        Self {
            list: Live::new(Loadable::Loading),
            pages: Arc::default(),
        }
    }

    /// Opens all pages, at the start or after another tab has written one. Where one is damaged, all are made again from
    /// the families themselves.
    ///
    /// # Errors
    /// [`VaultError`], also shown in [`Self::list`].
    pub async fn load(&self, records: &Records) -> Result<(), VaultError> {
        let pages = match read_pages(records).await {
            Err(VaultError::Damaged) => rebuild(records).await,
            read => read,
        };
        match pages {
            Ok(pages) => {
                *self.pages() = pages;
                self.publish();
                Ok(())
            }
            Err(error) => {
                self.list.set(Loadable::Failed(error));
                Err(error)
            }
        }
    }

    /// The summary of a family.
    #[must_use]
    pub fn summary(&self, kpm: KpmId) -> Option<Summary> {
        let pages = self.pages();
        pages
            .iter()
            .flat_map(|page| &page.summaries)
            .find(|summary| summary.kpm == kpm)
            .cloned()
    }

    /// The villages of the families, code and name, by name.
    #[must_use]
    pub fn villages(&self) -> Vec<(String, String)> {
        let pages = self.pages();
        let mut all: Vec<(String, String)> = Vec::new();
        for summary in pages.iter().flat_map(|page| &page.summaries) {
            let code = summary.village.as_ref().map_or("", VillageCode::as_str);
            if !code.is_empty() && all.iter().all(|(known, _)| known != code) {
                // They are few: a sort would be more to download than this.
                let place = all.iter().position(|(_, name)| *name > summary.place);
                let place = place.unwrap_or(all.len());
                all.insert(place, (code.to_owned(), summary.place.clone()));
            }
        }
        all
    }

    /// Adds the pages that the changes touch; to be [`Self::adopt`]ed after the commit.
    #[must_use]
    pub fn put(
        &self,
        records: &Records,
        writes: &mut Writes,
        changes: Vec<SummaryChange>,
    ) -> Vec<Page> {
        let touched = plan::plan(&self.pages(), changes);
        for page in &touched {
            let bytes = v1::to_bytes(&SummaryPage {
                summaries: page.summaries.clone(),
            });
            writes.put(
                Table::Pages,
                page_key(records, page.number),
                Schema::Page,
                bytes,
                page.version,
            );
        }
        touched
    }

    /// Takes over pages whose commit has succeeded.
    pub fn adopt(&self, touched: Vec<Page>) {
        if touched.is_empty() {
            return;
        }
        let mut pages = self.pages();
        for mut page in touched {
            page.version = Some(page.version.unwrap_or(0) + 1);
            match pages.iter_mut().find(|held| held.number == page.number) {
                Some(held) => *held = page,
                None => pages.push(page),
            }
        }
        drop(pages);
        self.publish();
    }

    fn publish(&self) {
        let all: Vec<Summary> = self
            .pages()
            .iter()
            .flat_map(|page| page.summaries.clone())
            .collect();
        self.list.set(Loadable::Ready(Arc::new(all)));
    }

    fn pages(&self) -> MutexGuard<'_, Vec<Page>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Caseload {
    fn default() -> Self {
        Self::new()
    }
}

/// What the lists show of a family.
#[must_use]
pub fn summary_of(kpm: &Kpm, draft_since: Option<i32>) -> Summary {
    let text = |path: &FactPath| match kpm.known.get(path).and_then(|answer| answer.value()) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let mut words = vec![kpm.name.clone(), kpm.village_name.clone()];
    for member in kpm.present() {
        words.extend(text(&FactPath::member(member, "name")).map(str::to_owned));
    }
    for member in kpm.present() {
        words.extend(text(&FactPath::member(member, "nik")).map(str::to_owned));
    }
    words.extend(kpm.kk.as_ref().map(|kk| kk.as_str().to_owned()));
    let desil = match kpm
        .known
        .get(&FactPath::family("desil"))
        .and_then(|answer| answer.value())
    {
        Some(Value::Int(desil)) => u8::try_from(*desil).ok(),
        _ => None,
    };
    Summary {
        kpm: kpm.id,
        name: kpm.name.clone(),
        place: kpm.village_name.clone(),
        folded: folded(&words.join(" ")),
        members: u8::try_from(kpm.present().count()).unwrap_or(u8::MAX),
        desil,
        state: kpm.state,
        assessed_on: kpm.last.as_ref().map(|last| last.on.days()),
        readiness: kpm
            .last
            .as_ref()
            .map(|last| last.decision.readiness.clone()),
        draft_since,
        due: kpm.due().map(|(day, _)| day.days()),
        due_by: kpm.due().map(|(_, due)| due.kept()),
        village: kpm.village,
    }
}

async fn read_pages(records: &Records) -> Result<Vec<Page>, VaultError> {
    let opened = records
        .opened_all(Table::Pages, Schema::Page, u32::MAX)
        .await?;
    let whole = opened.into_iter().map(|row| {
        let number = row
            .key
            .rsplit('/')
            .next()
            .and_then(|number| number.parse().ok());
        let SummaryPage { summaries } = v1::from_bytes(&row.bytes.ok_or(VaultError::Damaged)?)?;
        let number = number.ok_or(VaultError::Damaged)?;
        Ok(Page {
            number,
            version: Some(row.version),
            summaries,
        })
    });
    whole.collect()
}

/// Pages anew from the families and drafts that can be read. They are written with the next change of each.
async fn rebuild(records: &Records) -> Result<Vec<Page>, VaultError> {
    let drafts = records.readable_drafts().await?;
    let begun = |kpm: KpmId| {
        drafts
            .iter()
            .find(|draft| draft.kpm == kpm && draft.form.is_none())
            .map(|draft| draft.on.days())
    };
    let kpms = records.readable_kpms().await?;
    let summaries = kpms
        .iter()
        .map(|kpm| SummaryChange::Put(summary_of(kpm, begun(kpm.id))))
        .collect();
    let mut pages = plan::plan(&[], summaries);
    let prefix = records.vault.prefix();
    let stored = records.store.scan(Table::Pages, &prefix, u32::MAX).await?;
    for page in &mut pages {
        let key = page_key(records, page.number);
        page.version = stored
            .iter()
            .find(|row| row.key == key)
            .map(|row| row.version);
    }
    Ok(pages)
}

fn page_key(records: &Records, number: u32) -> String {
    records.vault.key(format_args!("{number:05}"))
}
