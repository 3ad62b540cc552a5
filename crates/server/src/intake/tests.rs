//! Lists as they really come, read into a real database. All people are made up.

mod again;
mod closing;
mod damage;
mod files;
mod holders;

use super::{
    columns::Source,
    keys::KeyRing,
    run::{Event, Holder, ImportError, Settings, Summary, Target, run},
};
use crate::{
    db::{Db, Delivered, NewAccount, PageAsked},
    testing::{NOON, pack_bytes},
};
use naik_kelas_domain::{
    Date, Value,
    access::Role,
    answer::{Answer, FactPath},
    id::{UserId, VaultId},
    kpm::Kpm,
    region::RegencyCode,
    wire::v1::Realm,
};
use naik_kelas_rules::pack::Pack;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A folder with a database in it, and one facilitator: Dewi.
struct Office {
    runtime: Runtime,
    folder: TempDir,
    db: Db,
    pack: Pack,
    settings: Settings,
    secret: [u8; 32],
}

/// What an import said: its findings as `line column code`, pairs that may be one, and its summary.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    findings: Vec<String>,
    likely: Vec<&'static str>,
    summary: Summary,
}

fn dewi() -> Holder {
    Holder {
        user: UserId::from_bytes([0xd; 16]),
        regency: regency(),
    }
}

/// Kabupaten Cirebon.
fn regency() -> RegencyCode {
    "3209".parse().unwrap()
}

impl Office {
    fn new(source: Source) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        let db = runtime
            .block_on(Db::open(folder.path(), Realm::Practice, NOON))
            .unwrap();
        let office = Self {
            runtime,
            folder,
            db,
            pack: Pack::decode(pack_bytes(), [0; 32]).unwrap(),
            settings: Settings {
                source,
                as_of: Date::parse("2026-07-10").ok(),
                area: None,
                village: None,
                holder: Some(dewi()),
                reassign: false,
                now: NOON,
            },
            secret: [7; 32],
        };
        office.account("dewi", dewi().user, regency());
        office
    }

    fn account(&self, name: &str, user: UserId, regency: RegencyCode) {
        let account = NewAccount {
            regency,
            user,
            name: name.into(),
            full_name: format!("{name} Contoh"),
            role: Role::Facilitator,
            password: "hash".into(),
            created: NOON,
        };
        self.runtime.block_on(self.db.add_account(account)).unwrap();
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn try_import(&self, file: &std::path::Path) -> Result<Outcome, ImportError> {
        let mut outcome = Outcome::default();
        let target = Target {
            db: &self.db,
            runtime: self.runtime.handle(),
            ring: &KeyRing::new(&self.secret),
            pack: &self.pack,
        };
        outcome.summary = run(&target, file, &self.settings, &mut |event| match event {
            Event::Table { .. } => {}
            Event::Found {
                line,
                column,
                trouble,
                ..
            } => {
                let column = column.map_or("-".into(), |(at, _)| super::header::letters(at));
                outcome
                    .findings
                    .push(format!("{line} {column} {}", trouble.code()));
            }
            Event::Likely { likely, .. } => outcome.likely.push(likely.reason),
        })?;
        Ok(outcome)
    }

    /// Imports a CSV of these lines.
    fn import(&self, lines: &[&str]) -> Outcome {
        let file = self.file("list.csv", lines.join("\n").as_bytes());
        self.try_import(&file).unwrap()
    }

    /// What a facilitator's phone gets: all families that are theirs.
    fn families_of(&self, user: UserId) -> Vec<Kpm> {
        let page = self.runtime.block_on(self.db.page(PageAsked {
            regency: regency(),
            user,
            vault: VaultId::from_bytes([1; 16]),
            after: 0,
            own_until: 0,
            tombstones: false,
            bytes: 1 << 24,
        }));
        let families = page
            .unwrap()
            .changes
            .into_iter()
            .filter_map(|change| match change {
                Delivered::Family(kpm) => Some(*kpm),
                Delivered::Gone(_) => None,
            });
        families.collect()
    }

    fn families(&self) -> Vec<Kpm> {
        self.families_of(dewi().user)
    }

    fn last_position(&self) -> u64 {
        self.runtime
            .block_on(self.db.tally(regency()))
            .unwrap()
            .last
    }
}

fn fact<'a>(kpm: &'a Kpm, path: &str) -> Option<&'a Value> {
    kpm.known
        .get(&FactPath::family(path))
        .and_then(Answer::value)
}

fn member_fact<'a>(kpm: &'a Kpm, place: usize, fact: &str) -> Option<&'a Value> {
    let path = FactPath::member(kpm.roster[place].id, fact);
    kpm.known.get(&path).and_then(Answer::value)
}

fn code(text: &str) -> Option<Value> {
    Some(Value::Code(text.into()))
}

const FAMILIES: &str = "kode_kelurahan_desa,kelurahan_desa,alamat,nomor_kartu_keluarga,nama_anggota_keluarga,desil_nasional";

/// A line of [`FAMILIES`].
fn family(kk: &str, name: &str, desil: &str) -> String {
    format!("3209152001,Sumber,Jl. Melati 7,{kk},{name},{desil}")
}
