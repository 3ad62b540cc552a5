//! `naik-kelas pack diff`: small edits of the pack, and the words in which they are told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        match from.is_dir() {
            // Cases are families of the pack as it was.
            true if from.ends_with("cases") => {
                fs::create_dir_all(&to).unwrap();
                fs::copy(from.join("base.toml"), to.join("base.toml")).unwrap();
            }
            true => copy(&from, &to),
            false => {
                fs::copy(&from, &to).unwrap();
            }
        }
    }
}

/// A copy of the pack in which texts of its files are replaced.
fn edited(edits: &[(&str, &str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&published(), dir.path());
    for (file, from, to) in edits {
        let path = dir.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} does not hold {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    dir
}

fn diff(old: &Path, new: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_naik-kelas"));
    command.args(["pack", "diff"]).arg(old).arg(new).args(more);
    let output = command.output().unwrap();
    let trouble = String::from_utf8(output.stderr).unwrap();
    assert_eq!(trouble, "");
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

/// An edit is told by exactly these lines, in this order, below the line of the versions; headings are passed over.
#[track_caller]
fn tells(edits: &[(&str, &str, &str)], more: &[&str], lines: &[&str]) {
    let new = edited(edits);
    let (code, text) = diff(&published(), new.path(), more);
    let told: Vec<&str> = text
        .lines()
        .skip(1)
        .filter(|line| line.starts_with("  "))
        .map(str::trim)
        .collect();
    assert_eq!(told, lines, "{text}");
    assert_eq!(code, Some(1));
}

#[test]
fn the_same_pack_has_no_differences_as_a_folder_and_as_a_file() {
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("pack.nkp");
    let built = naik_kelas_compiler::build(&published()).unwrap();
    fs::write(&file, &built.bytes).unwrap();
    for (old, new) in [(&published(), &file), (&file, &published()), (&file, &file)] {
        let (code, text) = diff(old, new, &[]);
        assert_eq!(code, Some(0));
        assert!(text.contains("tidak ada perbedaan"), "{text}");
    }
    let (_, text) = diff(&file, &file, &["--lang", "en"]);
    assert!(text.contains("no differences"), "{text}");
    // Another spelling of a condition, and notes for readers, are no other rule.
    let respelt = edited(&[
        ("decisions/nib.toml", "test = \"", "# A note.\ntest = \"  "),
        (
            "decisions/rst.toml",
            "desil <= param('rst.desil_max')",
            "param('rst.desil_max') >= desil",
        ),
    ]);
    assert_eq!(diff(&published(), respelt.path(), &[]).0, Some(0));
}

#[test]
fn a_number_that_begins_to_hold_is_told_with_what_it_takes_the_place_of_and_whom_it_concerns() {
    let line = "{ from = \"2020-03-01\", value = 200_000";
    tells(
        &[(
            "parameters.toml",
            line,
            "{ from = \"2019-03-01\", value = 150_000, law = \"Permensos 1/2019\" }, { from = \"2020-03-01\", value = 250_000",
        )],
        &[],
        &[
            "~ angka berubah: Sembako sebulan [sembako.amount_month]",
            "nilai sejak 1 Mar 2019: (tidak ada) → Rp150.000 (Permensos 1/2019)",
            "nilai sejak 1 Mar 2020: Rp200.000 → Rp250.000 (Permensos 5/2021)",
            "memengaruhi: Sembako",
        ],
    );
    let later = "values = [{ from = \"2025-05-26\", value = 4, law = \"Kepmensos 79/HUK/2025\" }, { from = \"2027-01-01\", value = 3, law = \"Kepmensos 9/HUK/2027\" }]";
    let first = "values = [{ from = \"2025-05-26\", value = 4, law = \"Kepmensos 79/HUK/2025\" }]";
    tells(
        &[("parameters.toml", first, later)],
        &["--lang", "en"],
        &[
            "~ number changed: Highest decile for PKH [pkh.desil_max]",
            "value from 1 Jan 2027: 4 → 3 (Kepmensos 9/HUK/2027)",
            "affects: PKH cash transfer",
        ],
    );
}

#[test]
fn conditions_are_told_by_what_they_say_and_as_they_are_written() {
    tells(
        &[(
            "decisions/umi.toml",
            "test = \"!credit.bad\"",
            "test = \"!credit.bad && credit.npwp\"",
        )],
        &[],
        &[
            "~ syarat berubah: UMi: Tidak ada kredit macet. [umi.credit_good]",
            "rumus: !credit.bad → !credit.bad && credit.npwp",
        ],
    );
    let added = "[[condition]]\nid = \"two\"\ntest = \"persons >= 2\"\n\
        yes = { id = \"Paling sedikit dua orang.\", en = \"Two or more.\" }\n\
        no = { id = \"Hanya satu orang.\", en = \"One person alone.\" }\n\
        unknown = { id = \"Belum diketahui.\", en = \"Not known.\" }\n\n[[condition]]";
    let edit = [("decisions/nib.toml", "[[condition]]", added)];
    tells(
        &edit,
        &[],
        &[
            "+ syarat baru: NIB: Paling sedikit dua orang. [nib.two]",
            "rumus: persons >= 2",
            "bila tidak terpenuhi: “Hanya satu orang.”",
            "bila belum diketahui: “Belum diketahui.”",
        ],
    );
    // The other way round it is gone.
    let (_, text) = diff(edited(&edit).path(), &published(), &["--lang", "en"]);
    assert!(
        text.contains("- condition gone: NIB business number: Two or more. [nib.two]"),
        "{text}"
    );
}

#[test]
fn a_derived_value_is_told_once_with_all_that_hangs_on_it() {
    tells(
        &[(
            "derived.toml",
            "12 * business.turnover_month",
            "11 * business.turnover_month",
        )],
        &["--lang", "en"],
        &[
            "~ derived value changed: Yearly turnover [turnover_year]",
            "formula:",
            "was: business.exists ? 12 * business.turnover_month : 0",
            "now: business.exists ? 11 * business.turnover_month : 0",
            "affects: KUR super micro loan, KUR micro loan, Free halal certificate (SEHATI), Business training and coaching",
        ],
    );
}

#[test]
fn questions_are_told_with_wording_choices_relevance_and_checks() {
    tells(
        &[
            ("questionnaire.toml", "Kapan lahirnya?", "Tanggal lahirnya?"),
            ("questionnaire.toml", "m.age <= 120", "m.age <= 110"),
        ],
        &[],
        &[
            "~ pertanyaan berubah: Tanggal lahirnya? [members.birth_date]",
            "kalimat: “Kapan lahirnya?” → “Tanggal lahirnya?”",
            "pemeriksaan:",
            "dulu: “jawaban ditolak bila tidak:”, m.age <= 120, “Umurnya lebih dari 120 tahun. Periksa tahun lahirnya.”",
            "kini: “jawaban ditolak bila tidak:”, m.age <= 110, “Umurnya lebih dari 120 tahun. Periksa tahun lahirnya.”",
        ],
    );
    let code = "{ code = \"urban\", dtsen = 1, label = { id = \"Perkotaan\", en = \"Urban\" } },";
    let with = format!(
        "{code}\n  {{ code = \"island\", label = {{ id = \"Pulau\", en = \"Island\" }} }},"
    );
    let new = edited(&[("facts.toml", code, &with)]);
    let (_, text) = diff(&published(), new.path(), &[]);
    assert!(
        text.contains("pilihan island: (tidak ada) → “Pulau”"),
        "{text}"
    );
    // English alone.
    tells(
        &[(
            "questionnaire.toml",
            "What is the full name?",
            "The full name?",
        )],
        &[],
        &[
            "~ pertanyaan berubah: Siapa nama lengkapnya? [members.name]",
            "kalimat (bahasa Inggris): “What is the full name?” → “The full name?”",
        ],
    );
}

#[test]
fn facts_programmes_and_indicators_are_told() {
    tells(
        &[("facts.toml", "max = 10", "max = 12")],
        &[],
        &[
            "~ fakta berubah: Desil DTSEN [desil]",
            "paling banyak: 10 → 12",
        ],
    );
    tells(
        &[(
            "decisions/pkh.toml",
            "amount = \"best(",
            "amount = \"2 * best(",
        )],
        &[],
        &[
            "~ program berubah: PKH [pkh]",
            "besar bantuan:",
            "dulu: best(param('pkh.max_persons'), members.map(m, m.pkh_component_amount))",
            "kini: 2 * best(param('pkh.max_persons'), members.map(m, m.pkh_component_amount))",
        ],
    );
    tells(
        &[(
            "decisions/readiness.toml",
            "savings > 0",
            "savings > 100000",
        )],
        &["--lang", "en"],
        &[
            "~ indicator changed: Savings [savings]",
            "yellow when: savings > 0 → savings > 100000",
        ],
    );
}

#[test]
fn forms_of_the_journey_are_told_with_all_that_they_lead_to() {
    let journey = "journey.toml";
    tells(
        &[
            (
                journey,
                "title = { id = \"Keputusan dinas\"",
                "title = { id = \"Putusan dinas\"",
            ),
            (
                journey,
                "from = [\"proposed\", \"verified\"]",
                "from = [\"proposed\"]",
            ),
            (journey, "office = true\n", ""),
            (
                journey,
                "{ state = \"graduated\", when = \"verdict.result == 'approved'\" }, ",
                "",
            ),
        ],
        &[],
        &[
            "~ formulir berubah: Putusan dinas [verdict]",
            "judul: “Keputusan dinas” → “Putusan dinas”",
            "diisi pada tahap: “Diusulkan”, “Diverifikasi” → “Diusulkan”",
            "membawa ke tahap:",
            "dulu: “Diverifikasi”, verdict.result == 'verified', “Graduasi”, verdict.result == 'approved', “Diberdayakan”, verdict.result == 'returned'",
            "kini: “Diverifikasi”, verdict.result == 'verified', “Diberdayakan”, verdict.result == 'returned'",
            "ditulis dinas: ya → tidak",
        ],
    );
    tells(
        &[
            (journey, "next = \"plan.visit_on\"", "next = \"plan.by\""),
            (
                journey,
                "carries = [\"plan.goals\", \"plan.steps\", \"plan.who\"]",
                "carries = [\"plan.steps\", \"plan.goals\"]",
            ),
            (
                journey,
                "becomes = [{ state = \"planned\", when = \"journey.state == 'assessed' ||",
                "becomes = [{ state = \"planned\", when = \"journey.state == 'verified' ||",
            ),
        ],
        &["--lang", "en"],
        &[
            "~ form changed: Make a plan [plan]",
            "leads to the stage:",
            "was: “Planned”, journey.state == 'assessed' || journey.state == 'returned'",
            "now: “Planned”, journey.state == 'verified' || journey.state == 'returned'",
            "seen again on: “Next visit” → “Done by”",
            "begins with the last note's: “Goals”, “Steps”, “Who does it” → “Steps”, “Goals”",
        ],
    );
}

#[test]
fn questions_of_a_form_are_told_under_their_form() {
    let journey = "journey.toml";
    tells(
        &[
            (
                journey,
                "Apa yang dibutuhkan keluarga ini?",
                "Keluarga ini butuh apa?",
            ),
            (
                journey,
                "relevant = \"verdict.result == 'returned'\"\nrequired = true",
                "relevant = \"verdict.result != 'approved'\"",
            ),
            (
                journey,
                "test = \"!(referral.to in journey.referred)\"\nlevel = \"stop\"",
                "test = \"!(referral.to in journey.referred)\"\nlevel = \"warn\"",
            ),
        ],
        &[],
        &[
            "~ pertanyaan berubah: Rujuk ke mitra: Dirujuk ke mana? [referral:referral.to]",
            "pemeriksaan:",
            "dulu: “jawaban ditolak bila tidak:”, !(referral.to in journey.referred), “Rujukan ke mitra ini masih berjalan.”",
            "kini: “diminta periksa lagi bila tidak:”, !(referral.to in journey.referred), “Rujukan ke mitra ini masih berjalan.”",
            "~ pertanyaan berubah: Rujuk ke mitra: Keluarga ini butuh apa? [referral:referral.need]",
            "kalimat: “Apa yang dibutuhkan keluarga ini?” → “Keluarga ini butuh apa?”",
            "~ pertanyaan berubah: Keputusan dinas: Apa alasannya? [verdict:verdict.reason]",
            "ditanyakan bila: verdict.result == 'returned' → verdict.result != 'approved'",
            "wajib: ya → tidak",
        ],
    );
}

#[test]
fn a_form_that_is_new_or_gone_and_another_order_are_told() {
    let journey = "journey.toml";
    let relapse = "[[form]]\nid = \"relapse\"";
    let fresh = "[[form]]\nid = \"move\"\ntitle = { id = \"Pindah\", en = \"Moved\" }\nfrom = [\"assisted\"]\n\
        [[form.question]]\nfact = \"visit.note\"\nask = { id = \"Ke mana?\", en = \"Where to?\" }\n\n[[form]]\nid = \"relapse\"";
    let edit = [(journey, relapse, fresh)];
    tells(
        &edit,
        &[],
        &[
            "+ formulir baru: Pindah [move]",
            "diisi pada tahap: “Dibantu”",
            "+ pertanyaan baru: Pindah: Ke mana? [move:visit.note]",
        ],
    );
    let (code, text) = diff(edited(&edit).path(), &published(), &["--lang", "en"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("- form gone: Moved [move]"), "{text}");
    assert!(
        text.contains("- question of a form gone: Moved: Where to? [move:visit.note]"),
        "{text}"
    );

    let consent = fs::read_to_string(published().join(journey)).unwrap();
    let consent = &consent[consent.find("[[form]]\nid = \"consent\"").unwrap()..];
    let consent = &consent[..consent.find("[[form]]\nid = \"withdrawal\"").unwrap()];
    let moved = format!("{relapse}\n");
    let after = format!("{consent}{moved}");
    let (_, text) = {
        let new = edited(&[(journey, consent, ""), (journey, &moved, &after)]);
        diff(&published(), new.path(), &[])
    };
    assert!(text.contains("urutan formulir"), "{text}");
    assert_eq!(
        text.lines().filter(|line| line.starts_with("  ~")).count(),
        1,
        "{text}"
    );
}

#[test]
fn other_programs_read_the_same_as_json() {
    let new = edited(&[("facts.toml", "max = 10", "max = 12")]);
    let (code, text) = diff(&published(), new.path(), &["--json"]);
    assert_eq!(code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["old"]["id"], "graduasi-2026");
    let differences = report["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0]["area"], "fact");
    assert_eq!(differences[0]["id"], "desil");
    assert_eq!(differences[0]["details"][0]["from"]["number"], 10);
    assert_eq!(differences[0]["details"][0]["to"]["number"], 12);
    let (code, text) = diff(&published(), &published(), &["--json"]);
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, report["differences"].as_array().unwrap().len()),
        (Some(0), 0)
    );
}
