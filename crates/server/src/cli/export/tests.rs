//! Each format holds the same, and nothing in it is a formula or a rounded number.

use super::*;
use crate::{
    db::{Db, NewFamily},
    testing::{NOON, assessment, entry},
};
use calamine::{Data, Reader};
use naik_kelas_domain::{
    Date, Value,
    answer::{Answer, Answers, FactPath, Provenance, Reply},
    id::{KpmId, MemberId, UserId, VaultId},
    kpm::{JourneyState, Kpm, Member, Presence},
    wire::v1::Realm,
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
    let bytes = work.to_bytes();
    let submission = crate::db::Submission {
        hash: Sha256::digest(&bytes).into(),
        bytes,
        id: Some(work.id),
        device_seq: Some(1),
        verdict: crate::db::Verdict::Take(Box::new(crate::db::TakenEntry {
            id: work.id,
            author: HOLDER,
            device_seq: 1,
            device_time: NOON,
            kpm: assessed.kpm,
            recorded: crate::db::Recorded::Assessment(Box::new(assessed.clone())),
        })),
    };
    db.submit(crate::db::SubmittedBatch {
        regency: regency(),
        vault,
        heard_to: 0,
        previous: None,
        submissions: vec![submission],
        received: NOON,
    })
    .await
    .unwrap();
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
async fn referrals_have_columns_and_no_row_yet() {
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
