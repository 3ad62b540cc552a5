//! Everything of a kind, page by page, for lists that go out.

use super::{
    super::{
        listed::{ListedEntry, ListedFamily},
        model::DbError,
    },
    Sqlite,
    convert::{count, engine, integer, text},
};
use naik_kelas_domain::{Millis, id::KpmId, record, region::RegencyCode};

/// Who holds a family now; of several, whose name comes first.
const FAMILIES: &str =
    "SELECT f.regency, f.village, f.snapshot,
            (SELECT min(a.name) FROM assignment s JOIN account a ON a.regency = s.regency AND a.user = s.user
             WHERE s.regency = f.regency AND s.kpm = f.kpm AND s.until IS NULL)
     FROM family f
     WHERE (f.regency, f.kpm) > (?1, ?2) AND (?3 IS NULL OR f.regency = ?3)
     ORDER BY f.regency, f.kpm LIMIT ?4";

const ENTRIES: &str = "SELECT e.regency, e.position, a.name, e.received, e.bytes
     FROM entry e LEFT JOIN account a ON a.regency = e.regency AND a.user = e.author
     WHERE (e.regency, e.position) > (?1, ?2) AND (?3 IS NULL OR e.regency = ?3)
     ORDER BY e.regency, e.position LIMIT ?4";

impl Sqlite {
    pub(in super::super) async fn families_after(
        &self,
        after: Option<(RegencyCode, KpmId)>,
        area: Option<RegencyCode>,
        most: u32,
    ) -> Result<Vec<ListedFamily>, DbError> {
        self.readers
            .read(move |connection| {
                let (regency, kpm) = match &after {
                    Some((regency, kpm)) => (regency.as_str(), &kpm.as_bytes()[..]),
                    None => ("", &[][..]),
                };
                let area = area.as_ref().map(RegencyCode::as_str);
                let mut query = connection.prepare_cached(FAMILIES).map_err(engine)?;
                let rows = query
                    .query_map((regency, kpm, area, most), |row| {
                        let (regency, village): (String, String) = (row.get(0)?, row.get(1)?);
                        let (snapshot, facilitator): (Vec<u8>, _) = (row.get(2)?, row.get(3)?);
                        Ok((regency, village, snapshot, facilitator))
                    })
                    .map_err(engine)?;
                rows.map(|row| {
                    let (regency, village, snapshot, facilitator) = row.map_err(engine)?;
                    Ok(ListedFamily {
                        regency: text(&regency)?,
                        village: text(&village)?,
                        kpm: record::kpm_from_bytes(&snapshot).map_err(|_| DbError::Damaged)?,
                        facilitator,
                    })
                })
                .collect()
            })
            .await
    }

    pub(in super::super) async fn entries_after(
        &self,
        after: Option<(RegencyCode, u64)>,
        area: Option<RegencyCode>,
        most: u32,
    ) -> Result<Vec<ListedEntry>, DbError> {
        self.readers
            .read(move |connection| {
                let (regency, position) = match &after {
                    Some((regency, position)) => (regency.as_str(), integer(*position)?),
                    None => ("", 0),
                };
                let area = area.as_ref().map(RegencyCode::as_str);
                let mut query = connection.prepare_cached(ENTRIES).map_err(engine)?;
                let rows = query
                    .query_map((regency, position, area, most), |row| {
                        let (regency, position): (String, i64) = (row.get(0)?, row.get(1)?);
                        let (author, received): (_, i64) = (row.get(2)?, row.get(3)?);
                        Ok((regency, position, author, received, row.get(4)?))
                    })
                    .map_err(engine)?;
                rows.map(|row| {
                    let (regency, position, author, received, bytes) = row.map_err(engine)?;
                    Ok(ListedEntry {
                        regency: text(&regency)?,
                        position: count(position)?,
                        author,
                        received: Millis(received),
                        bytes,
                    })
                })
                .collect()
            })
            .await
    }
}
