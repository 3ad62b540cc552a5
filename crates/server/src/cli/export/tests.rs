//! Each format holds the same, and nothing in it is a formula or a rounded number.

use super::*;
use crate::{
    db::{Db, NewFamily, Recorded, Submission, SubmittedBatch, TakenEntry, Verdict},
    testing::{NOON, assessment, entry, noted, written},
};
use calamine::{Data, Reader};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    id::{KpmId, MemberId, NoteId, UserId, VaultId},
    kpm::{JourneyState, Kpm, Member, Presence},
    note::Note,
    wire::v1::{Entry, Payload, Realm},
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const HOLDER: UserId = UserId::from_bytes([0xd; 16]);

fn regency() -> RegencyCode {
    "3209".parse().unwrap()
}

fn kpm() -> Kpm {
    let member = MemberId::from_bytes([2; 16]);
    let name = "=HYPERLINK(\"x\") Contoh";
    let known = |value| Answer {
        reply: Reply::Known(value),
        provenance: Provenance::Registry(Date::parse("2026-07-10").unwrap()),
    };
    let answers: Answers = [
        (FactPath::family("desil"), known(Value::Int(2))),
        (
            FactPath::family("social_assistance.pkh"),
            known(Value::Bool(true)),
        ),
        (
            FactPath::member(member, "name"),
            known(Value::Text(name.into())),
        ),
        (
            FactPath::member(member, "nik"),
            known(Value::Text("3209154405909001".into())),
        ),
    ]
    .into_iter()
    .collect();
    Kpm {
        id: KpmId::from_bytes([1; 16]),
        name: name.into(),
        kk: "3209150101200012".parse().ok(),
        village: "3209152001".parse().ok(),
        village_name: "Sumber".into(),
        address: "Jl. Melati, \"7\"\nRT 1".into(),
        state: JourneyState::Assisted,
        roster: vec![Member {
            id: member,
            presence: Presence::Here,
        }],
        known: answers,
        last: None,
        notes: Default::default(),
        past: Default::default(),
    }
}

async fn ground() -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(folder.path(), Realm::Practice, NOON)
        .await
        .unwrap();
    let new = NewFamily {
        regency: regency(),
        village: "3209152001".parse().unwrap(),
        kpm: kpm(),
        holder: HOLDER,
    };
    db.add_families(vec![new]).await.unwrap();
    (folder, db)
}

/// Stores entries as if they had been judged and taken.
async fn take(db: &Db, entries: Vec<Entry>) {
    let vault = entries[0].vault;
    let submissions = entries.into_iter().map(|entry| {
        let bytes = entry.to_bytes();
        let recorded = match entry.payload {
            Payload::AssessmentFinished(assessment) => Recorded::Assessment(assessment),
            Payload::NoteWritten(note) => Recorded::Note(note),
            Payload::Newer { .. } => panic!("a newer kind"),
        };
        Submission {
            hash: Sha256::digest(&bytes).into(),
            bytes,
            id: Some(entry.id),
            device_seq: Some(entry.device_seq),
            verdict: Verdict::Take(Box::new(TakenEntry {
                id: entry.id,
                author: entry.author,
                device_seq: entry.device_seq,
                device_time: entry.device_time,
                kpm: entry.kpm,
                recorded,
            })),
        }
    });
    let batch = SubmittedBatch {
        regency: regency(),
        vault,
        heard_to: 0,
        previous: None,
        submissions: submissions.collect(),
        received: NOON,
    };
    db.submit(batch).await.unwrap();
}

/// A note of the family.
fn note(number: u8, on: &str, form: &str, said: &[(&str, Value)]) -> Note {
    written(&kpm(), number, on, form, said)
}

async fn write(db: &Db, what: What, format: Format, file: &std::path::Path) -> u64 {
    let mut sink = Sink::open(format, Some(file), columns(what)).unwrap();
    let rows = export(db, what, None, NOON, &mut sink).await.unwrap();
    sink.close().unwrap();
    rows
}

#[tokio::test]
async fn a_csv_holds_texts_that_are_no_formulas() {
    let (folder, db) = ground().await;
    let file = folder.path().join("families.csv");
    assert_eq!(write(&db, What::Families, Format::Csv, &file).await, 1);
    let mut reader = csv::Reader::from_path(&file).unwrap();
    let names: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let row = reader.records().next().unwrap().unwrap();
    let at = |name: &str| &row[names.iter().position(|known| known == name).unwrap()];
    assert_eq!(at("name"), "'=HYPERLINK(\"x\") Contoh");
    assert_eq!(
        (at("nik"), at("kk")),
        ("3209154405909001", "3209150101200012")
    );
    assert_eq!(
        (at("desil"), at("desil_as_of"), at("pkh")),
        ("2", "2026-07-10", "true")
    );
    assert_eq!(at("address"), "Jl. Melati, \"7\"\nRT 1");
    assert_eq!((at("sembako"), at("readiness")), ("", ""));
}

#[tokio::test]
async fn a_workbook_holds_numbers_of_people_as_text() {
    let (folder, db) = ground().await;
    let file = folder.path().join("families.xlsx");
    write(&db, What::Families, Format::Xlsx, &file).await;
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&file).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    let rows: Vec<&[Data]> = range.rows().collect();
    let at = |name: &str| {
        let column = rows[0]
            .iter()
            .position(|cell| cell == &Data::String(name.into()))
            .unwrap();
        &rows[1][column]
    };
    assert_eq!(at("nik"), &Data::String("3209154405909001".into()));
    assert_eq!(at("name"), &Data::String("=HYPERLINK(\"x\") Contoh".into()));
    assert_eq!(at("desil"), &Data::Float(2.0));
    assert!(matches!(at("desil_as_of"), Data::DateTime(_)));
    assert!(workbook.worksheet_formula("Sheet1").unwrap().is_empty());
}

#[tokio::test]
async fn parquet_and_lines_of_json_hold_the_same() {
    let (folder, db) = ground().await;
    let lines = folder.path().join("families.ndjson");
    write(&db, What::Families, Format::Ndjson, &lines).await;
    let line: Json = serde_json::from_str(&std::fs::read_to_string(&lines).unwrap()).unwrap();
    assert_eq!(line["nik"], "3209154405909001");
    assert_eq!(line["desil"], 2);
    assert_eq!(line["sembako"], Json::Null);
    let file = folder.path().join("families.parquet");
    write(&db, What::Families, Format::Parquet, &file).await;
    let reader = parquet::file::reader::SerializedFileReader::try_from(file.as_path()).unwrap();
    let row = reader.into_iter().next().unwrap().unwrap();
    let shown: Vec<(String, String)> = row
        .get_column_iter()
        .map(|(name, field)| (name.clone(), field.to_string()))
        .collect();
    let at = |name: &str| {
        shown
            .iter()
            .find(|(known, _)| known == name)
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(at("kk"), "\"3209150101200012\"");
    assert_eq!(at("desil"), "2");
    assert_eq!(at("pkh"), "true");
    assert_eq!(at("sembako"), "null");
}

#[tokio::test]
async fn an_assessment_is_written_with_what_was_said_and_decided() {
    let (folder, db) = ground().await;
    let assessed = assessment(&kpm(), 1, 500_000);
    let vault = VaultId::from_bytes([3; 16]);
    let work = entry(HOLDER, vault, 1, assessed.clone());
    take(&db, vec![work]).await;
    let file = folder.path().join("assessments.ndjson");
    assert_eq!(
        write(&db, What::Assessments, Format::Ndjson, &file).await,
        1
    );
    let line: Json = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(line["assessment_id"], assessed.id.to_string());
    assert_eq!(line["answers"]["savings"]["value"], 500_000);
    assert_eq!(line["assessed_on"], assessed.decision.on.to_string());
    assert_eq!(line["pack_version"], assessed.decision.pack.version);
    assert!(line["decisions"].is_object());
}

#[tokio::test]
async fn without_referrals_there_are_columns_and_no_row() {
    let (folder, db) = ground().await;
    let file = folder.path().join("referrals.csv");
    assert_eq!(write(&db, What::Referrals, Format::Csv, &file).await, 0);
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        (text.lines().count(), text.contains("referral_id")),
        (1, true)
    );
    for (format, name) in [
        (Format::Xlsx, "r.xlsx"),
        (Format::Parquet, "r.parquet"),
        (Format::Ndjson, "r.ndjson"),
    ] {
        write(&db, What::Referrals, format, &folder.path().join(name)).await;
    }
    assert_eq!(db.tally(regency()).await.unwrap().audit, 0);
}

#[tokio::test]
async fn a_referral_is_written_with_its_consent_and_what_became_of_it() {
    let (folder, db) = ground().await;
    let mekaar = || Value::Code("mekaar".into());
    let yes = Value::Bool(true);
    // They came in another order than that of their days.
    let said = [
        note(
            3,
            "2026-11-10",
            "referral",
            &[
                ("referral.to", mekaar()),
                ("referral.amount", Value::Int(3_000_000)),
            ],
        ),
        note(
            1,
            "2026-11-02",
            "consent",
            &[("consent.to", mekaar()), ("consent.agreed", yes)],
        ),
        note(
            4,
            "2026-11-12",
            "answer",
            &[
                ("answer.from", mekaar()),
                ("answer.status", Value::Code("accepted".into())),
            ],
        ),
    ];
    let vault = VaultId::from_bytes([3; 16]);
    let entries = said
        .into_iter()
        .zip(1..)
        .map(|(note, seq)| noted(HOLDER, vault, seq, note));
    take(&db, entries.collect()).await;
    let file = folder.path().join("referrals.ndjson");
    assert_eq!(write(&db, What::Referrals, Format::Ndjson, &file).await, 1);
    let line: Json = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let expected = serde_json::json!({
        "referral_id": NoteId::from_bytes([3; 16]).to_string(),
        "family_id": kpm().id.to_string(),
        "regency": "3209",
        "facilitator": null,
        "partner": "mekaar",
        "consented_on": "2026-11-02",
        "referred_on": "2026-11-10",
        "status": "accepted",
        "status_on": "2026-11-12",
        "amount_asked": 3_000_000,
        "amount_given": null,
    });
    assert_eq!(line, expected);
    // Whose referrals went out is written down; another regency has none.
    assert_eq!(db.tally(regency()).await.unwrap().audit, 1);
    let elsewhere = Some("3273".parse().unwrap());
    let file = folder.path().join("none.ndjson");
    let mut sink = Sink::open(Format::Ndjson, Some(&file), columns(What::Referrals)).unwrap();
    let rows = export(&db, What::Referrals, elsewhere, NOON, &mut sink).await;
    assert_eq!(rows.unwrap(), 0);
}

#[tokio::test]
async fn who_was_read_is_in_the_audit_log() {
    let (folder, db) = ground().await;
    write(
        &db,
        What::Families,
        Format::Csv,
        &folder.path().join("families.csv"),
    )
    .await;
    assert_eq!(db.tally(regency()).await.unwrap().audit, 1);
    let elsewhere = Some("3273".parse().unwrap());
    let file = folder.path().join("none.ndjson");
    let mut sink = Sink::open(Format::Ndjson, Some(&file), columns(What::Families)).unwrap();
    assert_eq!(
        export(&db, What::Families, elsewhere, NOON, &mut sink)
            .await
            .unwrap(),
        0
    );
    assert_eq!(db.tally(regency()).await.unwrap().audit, 1);
}
