//! What every database must do, each method of [`Db`] in it.
//!
//! A second database runs the same list: an untested method drifts between two.

use super::*;
use crate::testing::{NOON, assessment, device, entry, nobodys_kpm, pack_bytes, today};
use naik_kelas_domain::{
    answer::Answers,
    assessment::Assessment,
    id::{MemberId, VaultId},
    kpm::{JourneyState, Kpm, Member, Past, Presence},
    note::Notes,
    region::VillageCode,
    wire::v1::{ReceiptOutcome, RefusalCode},
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

mod crash;
mod entries;
mod feed;
mod lists;
mod people;

/// A folder that goes when the test ends, and a database in it.
struct Ground {
    folder: TempDir,
    db: Db,
}

async fn ground() -> Ground {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(folder.path(), Realm::Practice, NOON)
        .await
        .unwrap();
    Ground { folder, db }
}

/// A ground on which [`dewi`] holds some families.
async fn ground_with(families: u8) -> Ground {
    let ground = ground().await;
    let new = (1..=families).map(|number| NewFamily {
        regency: regency(),
        village: village(),
        kpm: kpm(number),
        holder: dewi(),
    });
    ground.db.add_families(new.collect()).await.unwrap();
    ground
}

fn regency() -> RegencyCode {
    "3209".parse().unwrap()
}

fn village() -> VillageCode {
    "3209152001".parse().unwrap()
}

fn dewi() -> UserId {
    UserId::from_bytes([0xd; 16])
}

fn budi() -> UserId {
    UserId::from_bytes([0xb; 16])
}

fn vault(number: u8) -> VaultId {
    VaultId::from_bytes([number; 16])
}

fn kpm(number: u8) -> Kpm {
    Kpm {
        notes: Notes::default(),
        past: Past::default(),
        id: KpmId::from_bytes([number; 16]),
        name: format!("Keluarga {number} Contoh"),
        kk: None,
        village: Some(village()),
        village_name: "Sumber".into(),
        address: String::new(),
        state: JourneyState::Assisted,
        roster: vec![Member {
            id: MemberId::from_bytes([number; 16]),
            presence: Presence::Here,
        }],
        known: Answers::default(),
        last: None,
    }
}

fn account(name: &str, user: UserId, role: Role) -> NewAccount {
    NewAccount {
        regency: regency(),
        user,
        name: name.into(),
        full_name: format!("{name} Contoh"),
        role,
        password: "hash".into(),
        created: NOON,
    }
}

/// A vault's entry about a family, to be taken.
fn work(vault: VaultId, seq: u64, number: u8, assessment: Assessment) -> Submission {
    let entry = entry(dewi(), vault, seq, assessment.clone());
    let id = EntryId::from_bytes([number; 16]);
    let bytes = naik_kelas_domain::wire::v1::Entry { id, ..entry }.to_bytes();
    Submission {
        hash: Sha256::digest(&bytes).into(),
        bytes,
        id: Some(id),
        device_seq: Some(seq),
        verdict: Verdict::Take(Box::new(TakenEntry {
            id,
            author: dewi(),
            device_seq: seq,
            device_time: NOON,
            kpm: assessment.kpm,
            recorded: Recorded::Assessment(Box::new(assessment)),
        })),
    }
}

fn batch(
    vault: VaultId,
    previous: Option<[u8; 32]>,
    submissions: Vec<Submission>,
) -> SubmittedBatch {
    SubmittedBatch {
        regency: regency(),
        vault,
        heard_to: 0,
        previous,
        submissions,
        received: NOON,
    }
}

/// The chain's hash after some entries.
fn chain(submissions: &[Submission]) -> [u8; 32] {
    submissions.iter().fold([0; 32], |chain, submission| {
        Sha256::new()
            .chain_update(chain)
            .chain_update(&submission.bytes)
            .finalize()
            .into()
    })
}

fn outcomes(receipts: &[Receipt]) -> Vec<ReceiptOutcome> {
    receipts.iter().map(|receipt| receipt.outcome).collect()
}
