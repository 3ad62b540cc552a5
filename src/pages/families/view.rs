//! The caseload as a list, and what a person types to find a family in it.

use crate::i18n::{Texts, counted, fill, format};
use naik_kelas_domain::{
    Date,
    id::KpmId,
    record::Summary,
    search::{folded, matches},
};

/// What the list shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct List {
    /// How many were found.
    pub found: usize,
    /// The first of them.
    pub rows: Vec<Row>,
}

/// A family of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Which.
    pub kpm: KpmId,
    /// Its name.
    pub name: String,
    /// Village, people, decile.
    pub about: String,
    /// Where it stands.
    pub stands: String,
    /// The grade of the last assessment.
    pub grade: Option<&'static str>,
}

/// Finds families and makes the first `shown` rows. Only these are built, so that ten thousand families stay quick.
#[must_use]
pub fn list(
    summaries: &[Summary],
    typed: &str,
    shown: usize,
    today: Date,
    t: &'static Texts,
) -> List {
    let query = folded(typed);
    let mut found = 0;
    let mut rows = Vec::with_capacity(shown.min(summaries.len()));
    for summary in summaries
        .iter()
        .filter(|summary| matches(&summary.folded, &query))
    {
        found += 1;
        if rows.len() < shown {
            rows.push(row(summary, today, t));
        }
    }
    List { found, rows }
}

fn row(summary: &Summary, today: Date, t: &'static Texts) -> Row {
    let mut about = summary.place.clone();
    about.push_str(" · ");
    about.push_str(&counted(t.members, usize::from(summary.members)));
    if let Some(desil) = summary.desil {
        about.push_str(" · ");
        about.push_str(&fill(t.desil, &[&format::whole(i64::from(desil))]));
    }
    let assessed = summary.assessed_on.and_then(Date::from_days);
    let stands = match (summary.draft_since, assessed) {
        (Some(_), _) => t.row_draft.into(),
        (None, Some(on)) => fill(t.row_last, &[&format::ago(t, on, today)]),
        (None, None) => t.row_never.into(),
    };
    let grade = summary
        .readiness
        .as_deref()
        .map(|grade| crate::decided::grade_label(t, grade));
    Row {
        kpm: summary.kpm,
        name: summary.name.clone(),
        about,
        stands,
        grade,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, texts};
    use naik_kelas_domain::kpm::JourneyState;

    fn summary(id: u8, name: &str) -> Summary {
        Summary {
            kpm: KpmId::from_bytes([id; 16]),
            name: name.into(),
            place: "Sukamaju".into(),
            folded: folded(&[name, " Sukamaju"].concat()),
            members: 4,
            desil: Some(3),
            state: JourneyState::Assisted,
            assessed_on: Some(Date::parse("2026-11-20").unwrap().days()),
            readiness: Some("nearly".into()),
            draft_since: None,
            due: None,
            due_by: None,
            village: None,
        }
    }

    #[test]
    fn typing_narrows_the_list_and_builds_only_what_is_shown() {
        let all: Vec<_> = (0..200)
            .map(|id| summary(id, if id % 2 == 0 { "Siti" } else { "Budi" }))
            .collect();
        let today = Date::parse("2026-11-24").unwrap();
        let page = |typed| list(&all, typed, 50, today, texts(Lang::Id));
        assert_eq!((page("").found, page("").rows.len()), (200, 50));
        assert_eq!(page("bud").found, 100);
        assert_eq!(page("bud siti").found, 0);
        let row = &page("siti").rows[0];
        assert_eq!(row.about, "Sukamaju · 4 orang · Desil 3");
        assert_eq!(row.stands, "Dinilai 4 hari lalu");
        assert_eq!(row.grade, Some("Hampir siap"));
    }
}
