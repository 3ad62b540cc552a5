//! Whom to see today, and why.

use crate::i18n::{Lang, Texts, counted, fill, format};
use naik_kelas_domain::{Date, id::KpmId, journey::FOLLOW_UP, kpm::JourneyState, record::Summary};
use naik_kelas_rules::pack::Pack;

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Today {
    /// How far the year's target is; `None` where the pack names none.
    pub target: Option<String>,
    /// How many families, and how many of them were never assessed.
    pub counts: String,
    /// Groups in the order of urgency; empty ones are left out.
    pub groups: Vec<Group>,
    /// How many families there are.
    pub total: usize,
}

/// Families for one reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// The reason, as a heading.
    pub title: &'static str,
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub rows: Vec<Row>,
}

/// A family to see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Which.
    pub kpm: KpmId,
    /// Its name.
    pub name: String,
    /// Its village.
    pub place: String,
    /// Why.
    pub why: String,
    /// Whether its draft is to be continued.
    pub draft: bool,
}

/// How many rows of a group are shown: more would be a list, and that is *Keluarga*.
const ROWS: usize = 6;
/// After so many days a family is to be visited again.
const OLD_DAYS: i32 = 90;
/// The parameter that says how many families are to graduate each year.
const TARGET: &str = "graduation.target_per_facilitator_year";

/// Sorts a caseload into whom to see first.
#[must_use]
pub fn today(
    summaries: &[Summary],
    pack: Option<&Pack>,
    today: Date,
    lang: Lang,
    t: &'static Texts,
) -> Today {
    let mut due = Vec::new();
    let mut drafts = Vec::new();
    let mut first = Vec::new();
    let mut old = Vec::new();
    let mut near = Vec::new();
    for summary in summaries {
        if let Some(since) = summary.draft_since {
            drafts.push((since, summary));
        } else if let Some(day) = summary.due.filter(|day| *day <= today.days()) {
            due.push((day, summary));
        } else if let Some(on) = summary.assessed_on {
            if today.days() - on > OLD_DAYS {
                old.push((on, summary));
            } else if let Some(rank) = rank(summary) {
                near.push((rank, summary));
            }
        } else {
            // The poorest first; a family without a decile after them.
            first.push((i32::from(summary.desil.unwrap_or(u8::MAX)), summary));
        }
    }
    let never = first.len();
    let day = |days: i32| {
        Date::from_days(days).map_or_else(String::new, |date| format::ago(t, date, today))
    };
    let desil = |summary: &Summary| match summary.desil {
        Some(desil) => fill(t.desil, &[&format::whole(i64::from(desil))]),
        None => t.desil_unknown.into(),
    };
    let by = |summary: &Summary| {
        let why = summary.due_by.as_deref().unwrap_or_default();
        if let Some(months) = why.strip_prefix(FOLLOW_UP) {
            return fill(t.today_follow_up, &[months]);
        }
        let form = pack.and_then(|pack| pack.form(why));
        form.map_or_else(String::new, |form| form.title.get(lang).to_owned())
    };
    let groups = [
        group(t.today_due, due, &|on, summary| {
            [&by(summary), ": ", &day(on)].concat()
        }),
        group(t.today_drafts, drafts, &|since, _| {
            fill(t.today_draft, &[&day(since)])
        }),
        group(t.today_first, first, &|_, summary| {
            [t.row_never, " · ", &desil(summary)].concat()
        }),
        group(t.today_again, old, &|on, _| fill(t.today_old, &[&day(on)])),
        group(t.today_near, near, &|rank, _| {
            (if rank == 0 {
                t.today_ready
            } else {
                t.today_nearly
            })
            .into()
        }),
    ];
    let mut counts = counted(t.today_counts, summaries.len());
    if never > 0 {
        counts.push_str(" · ");
        counts.push_str(&fill(
            t.today_never,
            &[&format::grouped(lang, never as i64)],
        ));
    }
    let states = |wanted: &[JourneyState]| {
        let in_one = |summary: &&Summary| wanted.contains(&summary.state);
        format::whole(summaries.iter().filter(in_one).count() as i64)
    };
    let target = pack
        .and_then(|pack| pack.parameter_on(TARGET, today))
        .map(|line| {
            use JourneyState::{FollowedUp, Graduated, InEmpowerment, Planned, Proposed, Verified};
            let values = [
                &states(&[Graduated, FollowedUp]),
                &format::whole(line.value),
                &states(&[Proposed, Verified]),
                &states(&[Planned, InEmpowerment]),
            ];
            fill(t.today_target, &values.map(String::as_str))
        });
    Today {
        target,
        counts,
        groups: groups.into_iter().filter(|group| group.count > 0).collect(),
        total: summaries.len(),
    }
}

fn rank(summary: &Summary) -> Option<i32> {
    match summary.readiness.as_deref() {
        Some("ready") => Some(0),
        Some("nearly") => Some(1),
        _ => None,
    }
}

fn group(
    title: &'static str,
    mut found: Vec<(i32, &Summary)>,
    why: &dyn Fn(i32, &Summary) -> String,
) -> Group {
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    let rows = found.iter().take(ROWS).map(|(key, summary)| Row {
        kpm: summary.kpm,
        name: summary.name.clone(),
        place: summary.place.clone(),
        why: why(*key, summary),
        draft: summary.draft_since.is_some(),
    });
    Group {
        title,
        count: found.len(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::texts;

    fn summary(id: u8, name: &str) -> Summary {
        Summary {
            kpm: KpmId::from_bytes([id; 16]),
            name: name.into(),
            place: "Sukamaju".into(),
            folded: String::new(),
            members: 3,
            desil: Some(2),
            state: JourneyState::Assisted,
            assessed_on: None,
            readiness: None,
            draft_since: None,
            due: None,
            due_by: None,
            village: None,
        }
    }

    fn sorted(summaries: &[Summary]) -> Vec<(String, String)> {
        let on = Date::parse("2026-11-24").unwrap();
        let page = today(summaries, None, on, Lang::Id, texts(Lang::Id));
        let rows = page.groups.into_iter().flat_map(|group| group.rows);
        rows.map(|row| (row.name, row.why)).collect()
    }

    #[test]
    fn drafts_come_first_and_every_row_says_why() {
        let on = Date::parse("2026-11-24").unwrap().days();
        let draft = Summary {
            draft_since: Some(on - 1),
            ..summary(1, "Draf")
        };
        let old = Summary {
            assessed_on: Some(on - 150),
            ..summary(2, "Lama")
        };
        let ready = Summary {
            assessed_on: Some(on - 9),
            readiness: Some("ready".into()),
            ..summary(3, "Siap")
        };
        let nearly = Summary {
            assessed_on: Some(on - 9),
            readiness: Some("nearly".into()),
            ..summary(4, "Hampir")
        };
        let resting = Summary {
            assessed_on: Some(on - 9),
            readiness: Some("not_yet".into()),
            ..summary(5, "Tenang")
        };
        let unranked = Summary {
            desil: None,
            ..summary(6, "Baru")
        };
        let rows = sorted(&[
            resting,
            nearly,
            ready,
            old,
            unranked,
            summary(7, "Pertama"),
            draft,
        ]);
        let rows: Vec<_> = rows
            .iter()
            .map(|(name, why)| (name.as_str(), why.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                ("Draf", "Lanjutkan: dimulai kemarin"),
                ("Pertama", "Belum pernah dinilai · Desil 2"),
                ("Baru", "Belum pernah dinilai · Desil belum ada"),
                ("Lama", "Asesmen terakhir 5 bulan lalu"),
                ("Siap", "Siap naik kelas: bicarakan langkah berikutnya"),
                ("Hampir", "Hampir siap: tinggal beberapa hal"),
            ]
        );
    }

    #[test]
    fn a_visit_after_graduating_is_named_and_stays_while_it_is_overdue() {
        let on = Date::parse("2027-03-01").unwrap().days();
        let graduated = |id, due| Summary {
            state: JourneyState::FollowedUp,
            assessed_on: Some(on - 9),
            due: Some(due),
            due_by: Some("+3".into()),
            ..summary(id, "Graduasi")
        };
        let page = today(
            &[graduated(1, on - 5), graduated(2, on + 5)],
            None,
            Date::from_days(on).unwrap(),
            Lang::Id,
            texts(Lang::Id),
        );
        let rows: Vec<_> = page.groups.iter().flat_map(|group| &group.rows).collect();
        assert_eq!(rows.len(), 1, "the other is not due yet");
        assert_eq!(
            rows[0].why,
            "Kunjungan 3 bulan setelah graduasi: 5 hari lalu"
        );
    }

    #[test]
    fn a_group_shows_its_first_rows_and_counts_all() {
        let many: Vec<_> = (0..40).map(|id| summary(id, "Keluarga")).collect();
        let page = today(
            &many,
            None,
            Date::parse("2026-11-24").unwrap(),
            Lang::Id,
            texts(Lang::Id),
        );
        assert_eq!(
            (page.groups[0].count, page.groups[0].rows.len()),
            (40, ROWS)
        );
        assert_eq!(page.counts, "40 keluarga · 40 belum pernah dinilai");
    }
}
