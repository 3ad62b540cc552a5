//! What a facilitator has done in a month, from what the month's records already say.

use crate::{
    i18n::{Lang, Texts, counted, format},
    words::Words,
};
use naik_kelas_domain::{Date, Value, answer::FactPath, id::KpmId, kpm::Kpm, note::Note};
use naik_kelas_rules::pack::{Pack, forms};

/// The report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Month {
    /// `Nov 2026`.
    pub title: String,
    /// What was done, each kind with its records; kinds without any are left out.
    pub kinds: Vec<Kind>,
}

/// One kind of work: assessments, or the notes of a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kind {
    /// Its name.
    pub title: String,
    /// How often, and with how many families.
    pub counts: String,
    /// Each, the oldest first.
    pub records: Vec<Record>,
}

/// A record of the month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    kpm: KpmId,
    on: Date,
    /// The day.
    pub day: String,
    /// The family.
    pub name: String,
    /// Its village.
    pub place: String,
    /// What was said, in one line.
    pub what: String,
}

/// The report of the month that `first` begins.
#[must_use]
pub fn month(
    kpms: &[Kpm],
    pack: Option<&Pack>,
    first: Date,
    lang: Lang,
    t: &'static Texts,
) -> Month {
    let in_it = |on: Date| on.ymd().0 == first.ymd().0 && on.ymd().1 == first.ymd().1;
    let record = |kpm: &Kpm, on: Date, what: String| Record {
        kpm: kpm.id,
        on,
        day: format::day(lang, on),
        name: kpm.name.clone(),
        place: kpm.village_name.clone(),
        what,
    };
    let mut kinds = Vec::new();
    let mut assessed = Vec::new();
    for kpm in kpms {
        let last = kpm.last.iter().map(|last| last.on);
        let days = kpm.past.0.iter().map(|(on, _)| *on).chain(last);
        assessed.extend(
            days.filter(|on| in_it(*on))
                .map(|on| record(kpm, on, String::new())),
        );
    }
    push(&mut kinds, t.assessments, assessed, None, t);
    let Some(pack) = pack else {
        return Month {
            title: format::month(lang, first),
            kinds,
        };
    };
    let words = Words::new(pack, lang);
    // What an office or a partner wrote is not this person's work.
    for form in pack.forms().iter().filter(|form| !form.office) {
        let mut written = Vec::new();
        for kpm in kpms {
            if form.id == forms::REGISTER
                && let Some(on) = kpm.registered.filter(|on| in_it(*on))
            {
                written.push(record(kpm, on, kpm.address.clone()));
            }
            for note in &kpm.notes.0 {
                let on = met_on(note).unwrap_or(note.on);
                if note.form == form.id && in_it(on) {
                    written.push(record(kpm, on, words.noted(form, note).join("; ")));
                }
            }
        }
        // A meeting is written down once for each family that came: those of one day and one topic are one.
        let meetings = (form.id == forms::GROUP).then(|| {
            let mut said: Vec<&str> = written.iter().map(|record| record.what.as_str()).collect();
            said.sort_unstable();
            said.dedup();
            counted(t.month_meetings, said.len())
        });
        push(&mut kinds, &words.say(&form.title), written, meetings, t);
    }
    Month {
        title: format::month(lang, first),
        kinds,
    }
}

/// The day of the meeting that a note tells of.
fn met_on(note: &Note) -> Option<Date> {
    let on = note.answers.get(&FactPath::family("group.on"))?;
    match on.value()? {
        Value::Date(day) => Some(*day),
        _ => None,
    }
}

/// Adds a kind, unless there is nothing of it. `times` says how often it was, where that is not how many records there are.
fn push(
    kinds: &mut Vec<Kind>,
    title: &str,
    mut records: Vec<Record>,
    times: Option<String>,
    t: &'static Texts,
) {
    if records.is_empty() {
        return;
    }
    records.sort_unstable_by(|a, b| (a.on, &a.name).cmp(&(b.on, &b.name)));
    let mut families: Vec<KpmId> = records.iter().map(|record| record.kpm).collect();
    families.sort_unstable();
    families.dedup();
    let counts = [
        times.unwrap_or_else(|| counted(t.month_records, records.len())),
        counted(t.month_families, families.len()),
    ];
    kinds.push(Kind {
        title: title.to_owned(),
        counts: counts.join(" · "),
        records,
    });
}

/// The report as rows of a sheet: who and when, the sums, then each record.
#[must_use]
pub fn sheet(month: &Month, who: &[&str], t: &'static Texts) -> Vec<Vec<String>> {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    let mut rows: Vec<Vec<String>> = vec![row(&[t.month, &month.title]), row(who), Vec::new()];
    for kind in &month.kinds {
        rows.push(row(&[&kind.title, &kind.counts]));
    }
    rows.push(Vec::new());
    rows.push(t.month_columns.split('|').map(str::to_owned).collect());
    for kind in &month.kinds {
        for record in &kind.records {
            let Record {
                day,
                name,
                place,
                what,
                ..
            } = record;
            rows.push(row(&[day, &kind.title, name, place, what]));
        }
    }
    rows
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use crate::i18n::texts;
    use naik_kelas_domain::{
        Millis,
        answer::{Answer, Answers},
        decision::PackRef,
        id::NoteId,
        kpm::{JourneyState, Past},
        note::Notes,
    };
    use std::sync::OnceLock;

    fn pack() -> &'static Pack {
        static PACK: OnceLock<Pack> = OnceLock::new();
        PACK.get_or_init(|| {
            let source =
                std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/graduasi-2026");
            let built = naik_kelas_compiler::build(&source).unwrap();
            naik_kelas_compiler::read(&built.bytes).unwrap()
        })
    }

    fn visit(on: &str) -> Note {
        let done = (
            FactPath::family("visit.note"),
            Answer::asked(Value::Text("Buku kas rapi".into())),
        );
        Note {
            id: NoteId::from_bytes([3; 16]),
            kpm: KpmId::from_bytes([1; 16]),
            form: "visit".into(),
            pack: PackRef {
                id: String::new(),
                version: String::new(),
                hash: [0; 32],
            },
            on: Date::parse(on).unwrap(),
            written: Millis(0),
            answers: [done].into_iter().collect(),
            becomes: None,
            next: None,
            upon: naik_kelas_domain::plan::Upon::default(),
        }
    }

    fn family(id: u8, notes: Vec<Note>) -> Kpm {
        Kpm {
            id: KpmId::from_bytes([id; 16]),
            name: "Siti Contoh".into(),
            kk: None,
            village: None,
            village_name: "Sukamaju".into(),
            address: String::new(),
            state: JourneyState::Assessed,
            roster: Vec::new(),
            known: Answers::default(),
            last: None,
            notes: Notes(notes),
            past: Past(vec![(Date::parse("2026-11-02").unwrap(), Vec::new())]),
            registered: None,
        }
    }

    #[test]
    fn a_month_counts_records_and_families_and_says_what_was_recorded() {
        let kpms = [
            family(
                1,
                vec![
                    visit("2026-10-31"),
                    visit("2026-11-03"),
                    visit("2026-11-20"),
                ],
            ),
            family(2, vec![visit("2026-11-03")]),
        ];
        let first = Date::parse("2026-11-01").unwrap();
        let t = texts(Lang::Id);
        let report = month(&kpms, Some(pack()), first, Lang::Id, t);
        assert_eq!(report.title, "Nov 2026");
        let counts: Vec<_> = report
            .kinds
            .iter()
            .map(|kind| (kind.title.as_str(), kind.counts.as_str()))
            .collect();
        // Two families of the same name in the same village are two.
        assert_eq!(
            counts,
            [
                ("Asesmen", "2 catatan · 2 keluarga"),
                ("Catat kunjungan", "3 catatan · 2 keluarga")
            ]
        );
        let rows = sheet(&report, &["Rina", "Cirebon"], t);
        assert_eq!(rows[5], Vec::<String>::new());
        assert_eq!(rows.len(), 7 + 5);
        let last = rows.last().unwrap();
        assert_eq!(
            last[..4],
            ["20 Nov 2026", "Catat kunjungan", "Siti Contoh", "Sukamaju"]
        );
        assert!(last[4].ends_with("Buku kas rapi"), "{}", last[4]);
        let quiet = month(
            &kpms,
            Some(pack()),
            Date::parse("2026-12-01").unwrap(),
            Lang::Id,
            t,
        );
        assert_eq!(quiet.kinds, []);
    }

    #[test]
    fn a_meeting_is_one_however_many_came_and_a_registered_family_counts() {
        let meeting = |written: &str, topic: &str, met: &str| {
            let said = [
                ("group.topic", Value::Code(topic.into())),
                ("group.on", Value::Date(Date::parse(met).unwrap())),
            ];
            Note {
                form: forms::GROUP.into(),
                answers: said
                    .into_iter()
                    .map(|(path, value)| (FactPath::family(path), Answer::asked(value)))
                    .collect(),
                ..visit(written)
            }
        };
        let health = || meeting("2026-11-06", "health", "2026-11-05");
        let kpms = [
            Kpm {
                registered: Date::parse("2026-11-04").ok(),
                ..family(1, vec![health()])
            },
            family(
                2,
                vec![health(), meeting("2026-11-20", "money", "2026-11-19")],
            ),
            // Written down in this month, and held in the one before.
            family(3, vec![meeting("2026-11-01", "health", "2026-10-31")]),
            Kpm {
                registered: Date::parse("2026-10-04").ok(),
                ..family(4, Vec::new())
            },
        ];
        let first = Date::parse("2026-11-01").unwrap();
        let report = month(&kpms, Some(pack()), first, Lang::Id, texts(Lang::Id));
        let counts: Vec<_> = report.kinds[1..]
            .iter()
            .map(|kind| (kind.title.as_str(), kind.counts.as_str()))
            .collect();
        assert_eq!(
            counts,
            [
                ("Pertemuan kelompok (P2K2)", "2 pertemuan · 2 keluarga"),
                ("Daftarkan keluarga", "1 catatan · 1 keluarga"),
            ]
        );
        assert_eq!(report.kinds[1].records[0].day, "5 Nov 2026");
    }
}
