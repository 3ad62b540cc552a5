//! The practice district: synthetic families in real villages of Kabupaten Cirebon,
//! two facilitators who hold them, and their coordinator.
//!
//! The same seed gives the same district. People are named plausibly and end in
//! *Contoh*, so that search and duplicates can be learned; their numbers have
//! serials that no registry reaches.

mod assessed;
mod family;
mod noted;
#[cfg(test)]
mod tests;

use crate::{
    areas,
    clock::Clock,
    db::{Db, DbError, NewAccount, NewFamily},
    packs::Shelf,
    passwords::{self, Cost},
    state::{ServerState, Setup, StartError},
    synth::{self, Random},
};
use family::Drawn;
use naik_kelas_domain::{
    Date, Millis,
    access::Role,
    id::UserId,
    region::RegencyCode,
    wire::v1::{PracticeAccount, Realm},
};
use std::path::Path;

/// Which district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct District {
    /// Another seed gives another district.
    pub seed: u64,
    /// How many families each of the two facilitators holds.
    pub families_each: usize,
}

impl Default for District {
    /// The district that everybody practises in: 300 families.
    fn default() -> Self {
        Self {
            seed: 2026,
            families_each: 150,
        }
    }
}

/// Each facilitator's districts: neighbours, as caseloads are.
const DISTRICTS: [&[&str]; 2] = [
    &["320914", "320915", "320919"],
    &["320903", "320904", "320930"],
];

const ACCOUNTS: [(Role, &str, &str); 3] = [
    (Role::Facilitator, "pendamping1", "Dewi Contoh"),
    (Role::Facilitator, "pendamping2", "Budi Contoh"),
    (Role::Coordinator, "koordinator", "Ratna Contoh"),
];

/// Why there is no district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticeError {
    /// The database.
    Db(DbError),
    /// No pack is in force on the days of the assessments, or it asks what these families do not answer.
    Pack,
    /// A password cannot be hashed.
    NoRandom,
    /// The table of villages is not whole.
    Areas,
}

impl From<DbError> for PracticeError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// Makes the district where it is absent, and says its accounts.
///
/// Accounts come last: a district with accounts is whole, and one that was cut
/// short is completed at the next start.
///
/// # Errors
/// [`PracticeError`].
pub async fn district(
    db: &Db,
    shelf: &Shelf,
    district: District,
    now: Millis,
) -> Result<Vec<PracticeAccount>, PracticeError> {
    let seed = district.seed;
    let regency = areas::practice_regency().ok_or(PracticeError::Areas)?;
    let accounts = accounts(seed);
    let (_, last, _) = ACCOUNTS[ACCOUNTS.len() - 1];
    if db.account_by_name(last).await?.is_none() {
        let families = families(district, shelf)?;
        if db.tally(regency).await?.families == 0 {
            let new = families.iter().map(|drawn| NewFamily {
                regency,
                village: drawn.village,
                kpm: drawn.kpm.clone(),
                holder: drawn.holder,
            });
            db.add_families(new.collect()).await?;
        }
        assessed::submit(db, shelf, regency, &families, now).await?;
        add_accounts(db, regency, seed, &accounts, now).await?;
    }
    Ok(accounts)
}

/// A practice server on a folder: for tests that drive phones against it in process.
///
/// # Errors
/// [`StartError`], or [`StartError::Practice`] where the district cannot be made.
pub async fn server(
    folder: &Path,
    packs: &[Vec<u8>],
    clock: Clock,
    district: District,
) -> Result<ServerState, StartError> {
    let db = Db::open(folder, Realm::Practice, clock.now()).await?;
    let shelf = Shelf::of_bytes(&db, packs, clock.now()).await?;
    let practice = self::district(&db, &shelf, district, clock.now())
        .await
        .map_err(StartError::Practice)?;
    ServerState::new(Setup {
        db,
        shelf,
        clock,
        app: None,
        behind_proxy: false,
        practice,
    })
    .await
}

/// All families of the district, in order.
fn families(district: District, shelf: &Shelf) -> Result<Vec<Drawn>, PracticeError> {
    let seed = district.seed;
    let mut numbers = family::Numbers::default();
    let mut drawn = Vec::new();
    for (number, districts) in DISTRICTS.iter().enumerate() {
        let villages = areas::practice_villages(districts);
        if villages.is_empty() {
            return Err(PracticeError::Areas);
        }
        for index in 0..district.families_each {
            let place = u64::try_from(number * 100_000 + index).unwrap_or(0);
            let mut random = Random::of(seed, place);
            let village = villages[random.below(villages.len())];
            // A third was assessed before, so that a first day has something to look back on.
            let assessed = index % 3 == 0;
            let holder = user_id(seed, number);
            drawn.push(family::draw(
                village,
                holder,
                assessed,
                shelf,
                &mut numbers,
                &mut random,
            )?);
        }
    }
    Ok(drawn)
}

/// The day on which the district stands still.
fn today() -> Date {
    let (year, month, day) = synth::TODAY;
    Date::from_ymd(year, month, day).unwrap_or(Date::MIN)
}

/// Midnight in UTC of a day.
fn midnight(day: Date) -> Millis {
    Millis(i64::from(day.days()) * 86_400_000)
}

fn user_id(seed: u64, number: usize) -> UserId {
    let place = 1_000_000 + u64::try_from(number).unwrap_or(0);
    UserId::new(midnight(today()), Random::of(seed, place).bytes())
}

fn accounts(seed: u64) -> Vec<PracticeAccount> {
    let mut random = Random::of(seed, 2_000_000);
    ACCOUNTS
        .iter()
        .map(|(role, user, name)| PracticeAccount {
            role: *role,
            user: (*user).to_owned(),
            password: format!("contoh-{:04}", 1000 + random.int(9000.0)),
            name: (*name).to_owned(),
        })
        .collect()
}

async fn add_accounts(
    db: &Db,
    regency: RegencyCode,
    seed: u64,
    accounts: &[PracticeAccount],
    now: Millis,
) -> Result<(), PracticeError> {
    for (number, account) in accounts.iter().enumerate() {
        if db.account_by_name(&account.user).await?.is_some() {
            continue;
        }
        let password = passwords::hash(&account.password, Cost::Practice);
        db.add_account(NewAccount {
            regency,
            user: user_id(seed, number),
            name: account.user.clone(),
            full_name: account.name.clone(),
            role: account.role,
            password: password.map_err(|_| PracticeError::NoRandom)?,
            created: now,
        })
        .await?;
    }
    Ok(())
}
