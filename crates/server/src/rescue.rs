//! Rescue files: what a broken or locked phone held, uploaded by whoever has signed in.
//!
//! Entries are taken by the same judging and with the same receipts as if their author's phone had sent them, so taking a
//! file twice changes nothing, and neither does the phone that syncs after all. Drafts are counted and not taken: only
//! their author can finish them, so the file is to be kept.

pub mod ring;
mod seal;

use crate::{
    db::{AuditRow, DbError, Submission, SubmittedBatch, Verdict},
    receive::Speaker,
    receiving,
    state::ServerState,
};
use naik_kelas_domain::{
    codec::{self, Bytes},
    id::{UserId, VaultId},
    record::{RefusedRow, WaitingRow},
    region::RegencyCode,
    wire::v1::{Entry, Receipt, ReceiptOutcome, RefusalCode},
};
use ring::{Ring, WrapFault};
use seal::Opened;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The largest file that is looked at, in bytes: some thousands of assessments.
pub const LARGEST: usize = 8 * 1024 * 1024;
/// As many entries are stored at once as a phone sends at once.
const ENTRIES_AT_ONCE: usize = 100;
/// The app's numbers for what is sealed (`vault::Schema`).
const WAITING: u8 = 5;
const REFUSED: u8 = 6;

/// Why nothing of a file was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RescueError {
    /// It is cut off, or no rescue file.
    Unreadable,
    /// A newer app made it.
    Newer,
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// It comes from practice and this server is real, or the reverse.
    OtherRealm,
    /// It is sealed for another server.
    OtherServer,
    /// The database.
    Db(DbError),
}

/// A file as it was read, nothing opened.
pub struct RescueFile {
    /// The wraps of the phone's vaults.
    pub wraps: Vec<SealedRow>,
    /// Entries without a receipt.
    pub outbox: Vec<SealedRow>,
    /// Entries that a server refused.
    pub refused: Vec<SealedRow>,
    /// How many drafts it holds.
    pub drafts: usize,
}

/// A row of the phone's database.
pub struct SealedRow {
    /// Its key.
    pub key: String,
    /// Its bytes; `None` where the file has none there.
    pub bytes: Option<Vec<u8>>,
}

/// Reads a file's bytes.
pub type ReadFile = fn(&[u8]) -> Result<RescueFile, RescueError>;

/// What became of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rescued {
    /// Entries that were taken now.
    pub received: u32,
    /// Entries that had been here.
    pub already: u32,
    /// Drafts, which are not taken.
    pub drafts: u32,
    /// Rows that were not taken, by the reason's code: one of [`RefusalCode`], or `damaged` (the row is not what the phone
    /// sealed), `no-key` (its vault was never opened online with a server that has rescue keys), `other-server`,
    /// `unknown-vault`, `account-disabled`.
    pub refused: BTreeMap<&'static str, u32>,
}

impl Rescued {
    fn refuse(&mut self, code: &'static str) {
        *self.refused.entry(code).or_default() += 1;
    }

    fn count(&mut self, receipts: &[Receipt]) {
        for receipt in receipts {
            match receipt.outcome {
                ReceiptOutcome::Accepted(_) => self.received += 1,
                ReceiptOutcome::AlreadyHad(_) => self.already += 1,
                ReceiptOutcome::Refused(code) => self.refuse(code.as_str()),
                ReceiptOutcome::Later => self.refuse("later"),
            }
        }
    }
}

/// A vault of the file.
struct Found {
    area: RegencyCode,
    opened: Result<Opened, &'static str>,
}

/// Takes a file, read by `read`. `by` = who hands it in.
///
/// # Errors
/// [`RescueError`]: then nothing of it was taken, or what was taken is taken: it can be uploaded again.
pub async fn take(
    state: &ServerState,
    by: UserId,
    bytes: Vec<u8>,
    read: ReadFile,
) -> Result<Rescued, RescueError> {
    if bytes.len() > LARGEST {
        return Err(RescueError::TooLarge);
    }
    let shared = state.clone();
    // Megabytes to decode and open: not on the threads that serve everybody.
    let opened = tokio::task::spawn_blocking(move || open(&shared, read(&bytes)?));
    let (mut rescued, vaults) = opened.await.map_err(|_| DbError::Closed)??;
    for (vault, contents) in vaults {
        take_vault(state, by, vault, contents, &mut rescued).await?;
    }
    tracing::info!(?rescued, "a rescue file was taken");
    Ok(rescued)
}

/// What lies in a vault, opened.
struct Contents {
    area: RegencyCode,
    waiting: Vec<WaitingRow>,
    refused: Vec<RefusedRow>,
}

type Opening = (Rescued, BTreeMap<VaultId, Contents>);

fn open(state: &ServerState, mut file: RescueFile) -> Result<Opening, RescueError> {
    let vaults = keys(state, &file.wraps)?;
    let mut rescued = Rescued {
        drafts: u32::try_from(file.drafts).unwrap_or(u32::MAX),
        ..Rescued::default()
    };
    let mut all: BTreeMap<VaultId, Contents> = BTreeMap::new();
    // The keys count the chain with leading zeros.
    file.outbox.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    for row in &file.outbox {
        match open_row(&vaults, "outbox", WAITING, row) {
            Ok((contents, waiting)) => contents.of(&mut all).waiting.push(waiting),
            Err(code) => rescued.refuse(code),
        }
    }
    for row in &file.refused {
        match open_row(&vaults, "refused", REFUSED, row) {
            Ok((contents, refused)) => contents.of(&mut all).refused.push(refused),
            Err(code) => rescued.refuse(code),
        }
    }
    Ok((rescued, all))
}

/// Whose row it is.
struct Whose(VaultId, RegencyCode);

impl Whose {
    fn of(self, all: &mut BTreeMap<VaultId, Contents>) -> &mut Contents {
        all.entry(self.0).or_insert_with(|| Contents {
            area: self.1,
            waiting: Vec::new(),
            refused: Vec::new(),
        })
    }
}

fn open_row<T: codec::Written>(
    vaults: &BTreeMap<VaultId, Found>,
    table: &str,
    schema: u8,
    row: &SealedRow,
) -> Result<(Whose, T), &'static str> {
    let vault = row.key.split('/').next().and_then(|id| id.parse().ok());
    let vault: VaultId = vault.ok_or("damaged")?;
    let found = vaults.get(&vault).ok_or("no-key")?;
    let opened = found.opened.as_ref().map_err(|code| *code)?;
    let bytes = row.bytes.as_ref().ok_or("damaged")?;
    let plain = opened.open(table, &row.key, schema, bytes);
    let plain = plain.ok_or("damaged")?;
    let read = codec::from_bytes(&plain).map_err(|_| "damaged")?;
    Ok((Whose(vault, found.area), read))
}

/// The vaults whose wraps are in the file. One that does not open keeps no other from it.
fn keys(state: &ServerState, wraps: &[SealedRow]) -> Result<BTreeMap<VaultId, Found>, RescueError> {
    let mut found = BTreeMap::new();
    let mut strangers = 0;
    for row in wraps {
        let bytes = row.bytes.as_deref().unwrap_or_default();
        // Without a header nobody knows whose it was: its rows have no key.
        let Some(header) = Ring::header(bytes) else {
            continue;
        };
        if header.realm != state.realm {
            return Err(RescueError::OtherRealm);
        }
        let opened = state.rescue.open_wrap(bytes);
        strangers += usize::from(matches!(opened, Err(WrapFault::UnknownKey)));
        let opened = opened.map_err(|fault| match fault {
            WrapFault::UnknownKey => "other-server",
            WrapFault::Damaged => "damaged",
        });
        let area = header.area;
        found.insert(header.vault, Found { area, opened });
    }
    if strangers > 0 && strangers == found.len() {
        return Err(RescueError::OtherServer);
    }
    Ok(found)
}

async fn take_vault(
    state: &ServerState,
    by: UserId,
    vault: VaultId,
    contents: Contents,
    rescued: &mut Rescued,
) -> Result<(), DbError> {
    let Contents {
        area,
        waiting,
        refused,
    } = contents;
    let owner = state.db.vault_owner(area, vault).await?;
    let speaker = match owner {
        Some(owner) if !owner.disabled => Speaker {
            user: owner.user,
            role: owner.role,
            area,
            vault,
        },
        other => {
            let code = other.map_or("unknown-vault", |_| "account-disabled");
            (0..waiting.len() + refused.len()).for_each(|_| rescued.refuse(code));
            return Ok(());
        }
    };
    let entry = |row: &WaitingRow| Entry::from_bytes(&row.bytes).ok();
    let rows = waiting.iter().chain(refused.iter().map(|row| &row.waiting));
    let kpms: BTreeSet<_> = rows.filter_map(entry).map(|entry| entry.kpm).collect();
    // Written before anything is taken.
    let audit = AuditRow {
        regency: area,
        at: state.clock.now(),
        user: by,
        purpose: "rescue",
        kpms: kpms.into_iter().collect(),
    };
    state.db.audit(audit).await?;
    let mut at_once: Vec<Bytes> = Vec::new();
    let (mut previous, mut last) = (None, None);
    for row in waiting {
        let seq = entry(&row).map(|entry| entry.device_seq);
        let follows = match (last, seq) {
            (Some(last), Some(seq)) => u64::checked_add(last, 1) == Some(seq),
            _ => false,
        };
        // A batch is a piece of the chain without a gap, as a phone sends it.
        if !follows || at_once.len() >= ENTRIES_AT_ONCE {
            let batch = core::mem::take(&mut at_once);
            rescued.count(&receiving::receive(state, &speaker, 0, previous, batch).await?);
            previous = Some(row.previous);
        }
        last = seq;
        at_once.push(row.bytes);
    }
    rescued.count(&receiving::receive(state, &speaker, 0, previous, at_once).await?);
    for refused in refused.chunks(ENTRIES_AT_ONCE) {
        rescued.count(&set_aside(state, &speaker, refused).await?);
    }
    Ok(())
}

/// What a server refused before is kept here too, for the same reason: its author may have mended and sent it since.
async fn set_aside(
    state: &ServerState,
    speaker: &Speaker,
    refused: &[RefusedRow],
) -> Result<Vec<Receipt>, DbError> {
    let submissions = refused.iter().map(|row| Submission {
        bytes: row.waiting.bytes.0.clone(),
        hash: Sha256::digest(&row.waiting.bytes.0).into(),
        id: Some(row.waiting.entry),
        device_seq: None,
        verdict: Verdict::Refuse(RefusalCode::from_name(&row.code)),
    });
    let batch = SubmittedBatch {
        regency: speaker.area,
        vault: speaker.vault,
        heard_to: 0,
        previous: None,
        submissions: submissions.collect(),
        received: state.clock.now(),
    };
    state.db.submit(batch).await
}

impl From<DbError> for RescueError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}
