//! Finishing an assessment: frozen, and on its way to the server, in one transaction.

use super::{SaveError, TRIES};
use crate::{
    assess::{self, Blocker},
    caseload::{SummaryChange, summary_of},
    records::{ChainHead, CommitError, WaitingRow, Writes},
    services::Services,
    store::Table,
    vault::{VaultError, sha256},
};
use naik_kelas_domain::codec::Bytes;
use naik_kelas_domain::{
    assessment::{Assessment, Draft},
    freeze::{self, Misfit},
    id::EntryId,
    wire::v1::{Entry, Payload},
};

/// Why an assessment was not finished. The draft is still there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FinishError {
    /// These must be mended first, in the order of the questionnaire.
    NotYet(Vec<Blocker>),
    /// The draft's pack is not on this phone: it comes with the next sync.
    NoPack,
    /// The answers make no family that the pack can decide.
    Misfit(Misfit),
    /// No such family on this phone.
    NotHere,
    /// It could not be saved.
    Save(SaveError),
}

/// Finishes a draft at the revision that was saved last.
///
/// # Errors
/// [`FinishError`]; then nothing has changed.
pub async fn finish_assessment(
    services: &Services,
    draft: &Draft,
) -> Result<Assessment, FinishError> {
    let pack = services
        .packs
        .get(&draft.pack.hash)
        .ok_or(FinishError::NoPack)?;
    let assessed = assess::evaluate(&pack, draft);
    let blockers = assess::blockers(&pack, draft, &assessed);
    if !blockers.is_empty() {
        return Err(FinishError::NotYet(blockers));
    }
    let settled = Draft {
        answers: assess::settled(&pack, draft, &assessed.form),
        ..draft.clone()
    };
    // What is kept is decided from what is kept, by the function with which the endpoint decides it again.
    let decision = freeze::freeze(&pack, draft.on, &settled.members, &settled.answers)
        .map_err(FinishError::Misfit)?;
    let assessment = settled.finish(services.platform.now(), decision);
    for _ in 0..TRIES {
        if write(services, draft, &assessment).await? {
            services.sync.recount().await;
            services.sync.now();
            return Ok(assessment);
        }
        services.caseload.load(&services.records()).await?;
    }
    Err(FinishError::Save(SaveError::ChangedInAnotherTab))
}

/// True where it was kept; false where another tab was faster with something else, so that it is worth another try.
async fn write(
    services: &Services,
    draft: &Draft,
    assessment: &Assessment,
) -> Result<bool, FinishError> {
    let records = services.records();
    let family = records.kpm(draft.kpm).await?.ok_or(FinishError::NotHere)?;
    let after = family.record.after(assessment);
    let mut writes = Writes::strict();
    records.put_assessment(&mut writes, assessment);
    let (row, head) = next_entry(services, assessment).await?;
    records.put_waiting(&mut writes, assessment.kpm, &row, &head);
    records.put_kpm(&mut writes, &after, Some(family.version));
    records.delete_draft(&mut writes, draft);
    if let Some(replaced) = assessment.replaces {
        // The refused entry that this one mends has done its work.
        for (key, refused) in records.refused().await? {
            if assessment_of(&refused.waiting.bytes).is_some_and(|refused| refused.id == replaced) {
                writes.batch.delete(Table::Refused, key);
            }
        }
    }
    let change = vec![SummaryChange::Put(summary_of(&after, None))];
    let pages = services.caseload.put(&records, &mut writes, change);
    match records.commit(writes).await {
        Ok(()) => {
            services.caseload.adopt(pages);
            Ok(true)
        }
        Err(CommitError::Changed(Table::Meta | Table::Pages | Table::Kpms)) => Ok(false),
        Err(error) => Err(FinishError::Save(error.into())),
    }
}

/// The entry at the next place of the chain. Its hash is computed before the transaction, which then holds only where
/// the head has not moved.
async fn next_entry(
    services: &Services,
    assessment: &Assessment,
) -> Result<(WaitingRow, ChainHead), FinishError> {
    let chain = services.records().chain().await?;
    let (last, previous) = chain.map_or((0, [0; 32]), |head| (head.seq, head.hash));
    let platform = &services.platform;
    let entry = Entry {
        id: EntryId::new(platform.now(), platform.random()),
        author: services.person.user,
        vault: services.person.vault,
        device_seq: last + 1,
        device_time: platform.now(),
        clock_offset: services.sync.clock_offset(),
        kpm: assessment.kpm,
        payload: Payload::AssessmentFinished(Box::new(assessment.clone())),
    };
    let bytes = entry.to_bytes();
    let hash = sha256(&[previous.as_slice(), &bytes].concat()).await?;
    let row = WaitingRow {
        entry: entry.id,
        previous,
        bytes: Bytes::from(bytes),
    };
    Ok((
        row,
        ChainHead {
            seq: entry.device_seq,
            hash,
        },
    ))
}

/// The assessment that an entry records.
pub(super) fn assessment_of(entry: &[u8]) -> Option<Assessment> {
    match Entry::from_bytes(entry).ok()?.payload {
        Payload::AssessmentFinished(assessment) => Some(*assessment),
        Payload::Newer { .. } => None,
    }
}

impl From<VaultError> for FinishError {
    fn from(error: VaultError) -> Self {
        Self::Save(error.into())
    }
}
