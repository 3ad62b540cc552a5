//! Synthetic families: nobody in them is real, and every number shows it.
//!
//! Deterministic: the same seed gives the same bytes on every machine, family by
//! family, for only sums, products and square roots are made of the numbers drawn.
//! Every NIK and KK number has a serial from 9000 up, which no registry reaches.

mod dwelling;
mod facts;
mod household;
mod names;
mod people;
mod purse;
mod random;
mod tables;

pub use facts::{Fact, Facts, put, text};
pub use household::{Circumstances, Family, Person, Setting};
pub use names::{full_name, street};
pub use random::Random;
pub use tables::Table;

use crate::areas;
use naik_kelas_domain::{Date, region::VillageCode};

/// The day from which synthetic families are looked back upon.
pub const TODAY: (i32, u32, u32) = (2026, 11, 24);

/// Which families to make.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// How many.
    pub count: u64,
    /// The seed.
    pub seed: u64,
    /// Two digits: families of this province only.
    pub province: Option<String>,
}

/// No village is known in the province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchProvince;

/// A family, and the day on which it is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Synthetic {
    /// Its number, from 0.
    pub index: u64,
    /// The day.
    pub day: Date,
    /// The family.
    pub family: Family,
}

/// Families spread over the country by population.
///
/// # Errors
/// [`NoSuchProvince`].
pub fn families(
    wanted: &Wanted,
) -> Result<impl Iterator<Item = Synthetic> + use<>, NoSuchProvince> {
    let country = Country::new(wanted.province.as_deref())?;
    let seed = wanted.seed;
    Ok((0..wanted.count).map(move |index| country.family(seed, index)))
}

/// Where families live: each can be drawn by itself.
#[derive(Clone, Debug)]
pub struct Country {
    /// The villages of each province, and how many people live in it.
    provinces: Vec<(Vec<VillageCode>, f64)>,
}

impl Country {
    /// The whole country, or one province by its two digits.
    ///
    /// # Errors
    /// [`NoSuchProvince`].
    pub fn new(province: Option<&str>) -> Result<Self, NoSuchProvince> {
        let provinces: Vec<(Vec<VillageCode>, f64)> = tables::POPULATION
            .iter()
            .filter(|(code, _)| province.is_none_or(|wanted| wanted == *code))
            .map(|(code, people)| (areas::sample_villages(Some(code)), *people))
            .filter(|(villages, _)| !villages.is_empty())
            .collect();
        if provinces.is_empty() {
            return Err(NoSuchProvince);
        }
        Ok(Self { provinces })
    }

    /// The family of a number: the same for the same seed.
    #[must_use]
    pub fn family(&self, seed: u64, index: u64) -> Synthetic {
        let mut random = Random::of(seed, index);
        let day = some_day(&mut random);
        let place = tables::weighted(&self.provinces, random.unit());
        let village = place[random.below(place.len())];
        let circumstances = Circumstances::Country;
        let family = Family::draw(
            &Setting {
                day,
                village,
                circumstances,
            },
            &mut random,
        );
        Synthetic { index, day, family }
    }
}

/// Most days lie in the last nine months, some in the year before.
fn some_day(random: &mut Random) -> Date {
    let (year, month, day) = TODAY;
    let today = Date::from_ymd(year, month, day).unwrap_or(Date::MIN);
    if random.yes(0.85) {
        earlier(today, random.days(269))
    } else {
        let first = Date::from_ymd(2025, 6, 1).unwrap_or(Date::MIN);
        earlier(first, -random.days(273))
    }
}

/// So many days before a day; the day itself where the calendar ends.
#[must_use]
pub fn earlier(day: Date, days: i32) -> Date {
    Date::from_days(day.days().saturating_sub(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests;
