//! The commands around lists, as a person runs them: exit status, what is said, what is kept.
#![allow(clippy::unwrap_used, reason = "tests")]

use naik_kelas_domain::{Millis, region::RegencyCode, wire::v1::Realm};
use naik_kelas_server::{clock::Clock, db::Db, packs::Shelf};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};
use tempfile::TempDir;

const HEADER: &str = "kode_desa;alamat;no_kk;nama_kepala_keluarga;desil";
const GOOD: &str = "3209152001;Jl. Melati 7;3209150101200012;Siti Aminah Contoh;2";
const BAD: &str = "3209152001;Jl. Melati 8;3,2E+15;Budi Contoh;2";

/// A folder with a database that has a pack, as `serve` leaves it.
fn office() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let now = Clock::System.now();
    block_on(async {
        let db = Db::open(&folder.path().join("data"), Realm::Live, now)
            .await
            .unwrap();
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/graduasi-2026");
        let pack = naik_kelas_compiler::build(&pack).unwrap();
        Shelf::of_bytes(&db, &[pack.bytes], now).await.unwrap();
        db.close().await.unwrap();
    });
    folder
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(future)
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_naik-kelas"))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn families(folder: &TempDir) -> u64 {
    let regency: RegencyCode = "3209".parse().unwrap();
    block_on(async {
        let db = Db::open_existing(&folder.path().join("data"), Millis(0))
            .await
            .unwrap();
        let tally = db.tally(regency).await.unwrap();
        db.close().await.unwrap();
        tally.families
    })
}

#[test]
fn the_exit_status_says_whether_all_was_taken() {
    let folder = office();
    for (lines, status, kept) in [
        ([HEADER, BAD, ""], 1, 0),
        ([HEADER, GOOD, BAD], 1, 1),
        ([HEADER, GOOD, ""], 0, 1),
        (["no header", "at all", ""], 2, 1),
    ] {
        fs::write(folder.path().join("list.csv"), lines.join("\n")).unwrap();
        let done = run(&folder, &["import", "dtsen", "list.csv", "--data", "data"]);
        assert_eq!(done.status.code(), Some(status), "{}", text(&done.stderr));
        assert_eq!(families(&folder), kept);
        assert!(
            !text(&done.stdout).contains("Contoh"),
            "a report names nobody"
        );
    }
}

#[test]
fn a_report_can_be_read_by_programs() {
    let folder = office();
    fs::write(
        folder.path().join("list.csv"),
        [HEADER, GOOD, BAD].join("\n"),
    )
    .unwrap();
    let done = run(
        &folder,
        &[
            "import", "dtsen", "list.csv", "--data", "data", "--json", "--lang", "en",
        ],
    );
    let lines: Vec<serde_json::Value> = text(&done.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["type"], "table");
    assert_eq!(
        (&lines[1]["line"], &lines[1]["column"]),
        (&3.into(), &"C".into())
    );
    assert_eq!(
        (&lines[1]["code"], &lines[1]["severity"]),
        (&"number-scientific".into(), &"error".into())
    );
    assert!(lines[1]["advice"].as_str().unwrap().contains("Text"));
    assert_eq!(
        (&lines[2]["type"], &lines[2]["rows"], &lines[2]["bad"]),
        (&"summary".into(), &2.into(), &1.into())
    );
}

#[test]
fn a_dry_run_says_the_same_and_keeps_nothing() {
    let folder = office();
    fs::write(
        folder.path().join("list.csv"),
        [HEADER, GOOD, BAD].join("\n"),
    )
    .unwrap();
    let dry = run(
        &folder,
        &["import", "dtsen", "list.csv", "--data", "data", "--dry-run"],
    );
    assert_eq!(dry.status.code(), Some(1), "{}", text(&dry.stderr));
    assert_eq!(families(&folder), 0);
    let kept: Vec<_> = fs::read_dir(folder.path().join("data"))
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(kept, ["naik-kelas.sqlite3"], "no copy and no key is left");
    let real = run(&folder, &["import", "dtsen", "list.csv", "--data", "data"]);
    let findings = |done: &Output| text(&done.stdout).lines().nth(1).map(str::to_owned);
    assert_eq!(findings(&dry), findings(&real));
}

#[test]
fn what_was_imported_is_exported_copied_and_put_back() {
    let folder = office();
    fs::write(folder.path().join("list.csv"), [HEADER, GOOD].join("\n")).unwrap();
    run(&folder, &["import", "dtsen", "list.csv", "--data", "data"]);
    assert_eq!(
        run(&folder, &["backup", "copy", "--data", "data"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        run(&folder, &["restore", "copy", "--data", "data"])
            .status
            .code(),
        Some(2),
        "something is there"
    );
    assert_eq!(
        run(&folder, &["restore", "copy", "--data", "other"])
            .status
            .code(),
        Some(0)
    );
    for format in ["csv", "ndjson", "xlsx", "parquet"] {
        let done = run(
            &folder,
            &[
                "export", "families", "--format", format, "-o", "out", "--data", "other",
            ],
        );
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert!(fs::metadata(folder.path().join("out")).unwrap().len() > 100);
    }
    let shown = run(
        &folder,
        &[
            "export", "families", "--format", "ndjson", "--data", "other",
        ],
    );
    let line: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(
        (&line["kk"], &line["desil"]),
        (&"3209150101200012".into(), &2.into())
    );
    let nowhere = run(
        &folder,
        &["export", "families", "--format", "xlsx", "--data", "other"],
    );
    assert_eq!(nowhere.status.code(), Some(2), "a workbook wants a file");
}
