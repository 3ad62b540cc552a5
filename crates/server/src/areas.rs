//! Official codes and names of regencies, districts and villages (`data/README.md`: ODbL).

use naik_kelas_domain::region::{RegencyCode, VillageCode};

const REGENCIES: &str = include_str!("../data/regencies.csv");
const CIREBON: &str = include_str!("../data/cirebon.csv");
const VILLAGES: &str = include_str!("../data/villages.csv");

/// The name of a regency, `Kabupaten Cirebon`; `None` for a code that is none.
#[must_use]
pub fn regency_name(code: RegencyCode) -> Option<&'static str> {
    named(REGENCIES)
        .find(|(found, _)| *found == code.as_str())
        .map(|(_, name)| name)
}

/// A village of the practice regency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Village {
    /// Its code.
    pub code: VillageCode,
    /// Its name.
    pub name: &'static str,
}

/// The regency in which practice families live.
#[must_use]
pub fn practice_regency() -> Option<RegencyCode> {
    named(CIREBON).find_map(|(code, _)| code.parse().ok())
}

/// The villages of some districts of the practice regency, by the districts' six digits.
#[must_use]
pub fn practice_villages(districts: &[&str]) -> Vec<Village> {
    named(CIREBON)
        .filter(|(code, _)| districts.iter().any(|district| code.starts_with(district)))
        .filter_map(|(code, name)| {
            Some(Village {
                code: code.parse().ok()?,
                name,
            })
        })
        .collect()
}

/// Village codes of the whole country, three a regency, of one province where it is named.
#[must_use]
pub fn sample_villages(province: Option<&str>) -> Vec<VillageCode> {
    VILLAGES
        .lines()
        .skip(1)
        .filter(|code| province.is_none_or(|province| code.starts_with(province)))
        .filter_map(|code| code.parse().ok())
        .collect()
}

fn named(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        assert_eq!(named(REGENCIES).count(), 514);
        assert_eq!(
            practice_regency().and_then(regency_name),
            Some("Kabupaten Cirebon")
        );
        assert_eq!(practice_villages(&["3209"]).len(), 424);
        assert_eq!(sample_villages(None).len(), VILLAGES.lines().count() - 1);
        assert!(
            sample_villages(Some("32"))
                .iter()
                .all(|code| code.as_str().starts_with("32"))
        );
    }
}
