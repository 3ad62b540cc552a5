//! The JSON form: for people and test clients, judged as a phone's bytes are.

use super::*;
use crate::http::json::value;
use naik_kelas_domain::wire::v1::Payload;
use serde_json::json;

/// An entry in JSON, as a test client would write it.
fn in_json(entry: &Entry) -> Json {
    let Payload::AssessmentFinished(assessment) = &entry.payload else {
        panic!("an assessment")
    };
    let answers = value::answers(&assessment.answers);
    let answers = answers.as_object().unwrap().iter();
    let plain: serde_json::Map<String, Json> = answers
        .map(|(path, answer)| (path.clone(), answer["value"].clone()))
        .collect();
    json!({
        "id": entry.id.to_string(), "author": entry.author.to_string(), "vault": entry.vault.to_string(),
        "device_seq": entry.device_seq, "device_time": entry.device_time.0, "kpm": entry.kpm.to_string(),
        "type": "assessment-finished",
        "assessment": {
            "id": assessment.id.to_string(), "started": assessment.started.0, "finished": assessment.finished.0,
            "members": assessment.members.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "answers": plain, "decision": value::decision(&assessment.decision),
        },
    })
}

async fn send(server: &Server, phone: &Phone, entries: Vec<Json>) -> Answer {
    let bearer = phone.bearer();
    let headers = [JSON[0], ("authorization", bearer.as_str())];
    let body = json!({
        "version": 1, "realm": "practice", "device": phone.device.to_string(),
        "vault": phone.session.vault.to_string(), "cursor": null, "previous": "00".repeat(32), "entries": entries,
    });
    server
        .post("/api/v1/sync", &headers, body.to_string().into_bytes())
        .await
}

#[tokio::test]
async fn an_assessment_in_json_is_taken_as_the_same_canonical_bytes() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let entry = phone.assess(1, 1, 25_000);
    let mut broken = in_json(&entry);
    broken["id"] = json!("no identity");
    let first = send(
        &server,
        &phone,
        vec![in_json(&entry), broken.clone(), json!(17)],
    )
    .await
    .json();
    let receipts = &first["receipts"];
    assert_eq!(
        (&receipts[0]["outcome"], &receipts[0]["entry"]),
        (&json!("accepted"), &json!(entry.id.to_string()))
    );
    for number in [1, 2] {
        assert_eq!(
            (&receipts[number]["outcome"], &receipts[number]["code"]),
            (&json!("refused"), &json!("unreadable"))
        );
    }
    let again = send(&server, &phone, vec![in_json(&entry)]).await.json();
    assert_eq!(again["receipts"][0]["outcome"], "already-had");
    assert_eq!(again["receipts"][0]["position"], receipts[0]["position"]);

    let stored = server
        .state
        .db
        .entry(phone.session.area, entry.id)
        .await
        .unwrap()
        .unwrap();
    let read = Entry::from_bytes(&stored.bytes).unwrap();
    assert_eq!(read.to_bytes(), stored.bytes);
    let (Payload::AssessmentFinished(kept), Payload::AssessmentFinished(sent)) =
        (&read.payload, &entry.payload)
    else {
        panic!("assessments")
    };
    assert_eq!(kept.decision, sent.decision);
    assert_eq!(kept.answers.len(), sent.answers.len());
}

#[tokio::test]
async fn a_note_in_json_is_taken_and_read_back_in_json() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let kpm = phone.families[0].clone();
    let pack = crate::testing::pack();
    let entry = json!({
        "id": "018f0000-0000-7000-8000-000000000001", "author": phone.session.user.to_string(),
        "vault": phone.session.vault.to_string(), "device_seq": 1, "device_time": NOON.0, "kpm": kpm.id.to_string(),
        "type": "note-written",
        "note": {
            "id": "018f0000-0000-7000-8000-000000000002", "form": "visit", "on": "2026-11-24", "written": NOON.0,
            "pack": {"id": pack.id(), "version": pack.version(), "hash": crate::plain::hex(pack.hash())},
            "answers": {"visit.done": ["talk", "books"], "visit.savings": 250_000, "visit.next_on": "2026-12-08"},
            "becomes": null, "next": "2026-12-08",
        },
    });
    let mut broken = entry.clone();
    broken["note"]["next"] = json!("8 December");
    let mut wrong = entry.clone();
    wrong["id"] = json!("018f0000-0000-7000-8000-000000000003");
    wrong["note"]["id"] = json!("018f0000-0000-7000-8000-000000000004");
    wrong["note"]["next"] = json!("2026-12-09");
    let receipts = send(&server, &phone, vec![entry.clone(), broken, wrong])
        .await
        .json();
    let said = |number: usize| {
        let receipt = &receipts["receipts"][number];
        (receipt["outcome"].clone(), receipt["code"].clone())
    };
    assert_eq!(said(0).0, json!("accepted"), "{receipts}");
    assert_eq!(said(1), (json!("refused"), json!("unreadable")));
    assert_eq!(said(2), (json!("refused"), json!("decision-differs")));
    let again = send(&server, &phone, vec![entry]).await.json();
    assert_eq!(again["receipts"][0]["outcome"], "already-had");

    // Another phone of the same person gets it with the family.
    let other = Phone::new(&server, 0, 2).await;
    let heard = send(&server, &other, Vec::new()).await.json();
    let families = heard["changes"].as_array().unwrap().iter();
    let family = families
        .map(|change| &change["family"])
        .find(|family| family["id"] == json!(kpm.id.to_string()))
        .unwrap();
    let note = family["notes"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&note["form"], &note["next"]),
        (&json!("visit"), &json!("2026-12-08"))
    );
    assert_eq!(note["answers"]["visit.savings"]["value"], 250_000);
}

#[tokio::test]
async fn a_registration_in_json_is_taken_and_the_family_read_back() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    let village = phone.families[0].village.unwrap().to_string();
    let pack = crate::testing::pack();
    let head = "018f0000-0000-7000-8000-000000000012";
    let entry = json!({
        "id": "018f0000-0000-7000-8000-000000000010", "author": phone.session.user.to_string(),
        "vault": phone.session.vault.to_string(), "device_seq": 1, "device_time": NOON.0,
        "kpm": "018f0000-0000-7000-8000-000000000011", "type": "family-registered",
        "registration": {
            "head": head, "on": "2026-11-24", "written": NOON.0, "village_name": "Sumber",
            "pack": {"id": pack.id(), "version": pack.version(), "hash": crate::plain::hex(pack.hash())},
            "answers": {
                format!("members.{head}.name"): "Rukmini Contoh", format!("members.{head}.sex"): "female",
                format!("members.{head}.birth_date"): null, "village": village, "register.address": "Dusun Pahing",
            },
        },
    });
    let receipts = send(&server, &phone, vec![entry]).await.json();
    assert_eq!(receipts["receipts"][0]["outcome"], "accepted", "{receipts}");
    let other = Phone::new(&server, 0, 2).await;
    let heard = send(&server, &other, Vec::new()).await.json();
    let mut families = heard["changes"].as_array().unwrap().iter();
    let family = families.find(|change| change["family"]["name"] == "Rukmini Contoh");
    let family = &family.unwrap()["family"];
    assert_eq!(family["address"], "Dusun Pahing", "{family}");
    assert_eq!(family["state"], "assisted");
}

#[tokio::test]
async fn families_read_well_in_json() {
    let server = server().await;
    let phone = Phone::new(&server, 0, 1).await;
    let json = send(&server, &phone, Vec::new()).await.json();
    let family = &json["changes"][0]["family"];
    assert!(family["name"].as_str().unwrap().ends_with("Contoh"));
    assert_eq!(family["known"]["village"]["from"], "registry");
    assert_eq!(
        family["known"]["village"]["as_of"].as_str().unwrap().len(),
        10
    );
    assert_eq!(json["more"], false);
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_refused_by_its_code_and_kept() {
    let server = server().await;
    let mut phone = Phone::new(&server, 0, 1).await;
    phone.sync(&server, &[]).await;
    for (number, (path, value, code)) in [
        ("savings", json!("many"), "bad-answer"),
        ("savings", json!(1.5), "bad-answer"),
        ("social_assistance.since", json!("31-12-2025"), "bad-answer"),
        ("members.0.sex", json!("male"), "unreadable"),
        ("housing.floor_area_m2", json!(36.1234), "unreadable"),
    ]
    .into_iter()
    .enumerate()
    {
        let number = u8::try_from(number).unwrap() + 1;
        let mut entry = in_json(&phone.assess(1, number, 25_000));
        entry["assessment"]["answers"][path] = value;
        let json = send(&server, &phone, vec![entry]).await.json();
        assert_eq!(json["receipts"][0]["code"], code, "{path}");
    }
    assert_eq!(
        server
            .state
            .db
            .tally(phone.session.area)
            .await
            .unwrap()
            .refused,
        5
    );
}
