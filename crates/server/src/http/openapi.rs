//! The description of the endpoint, made from the same table as the router.

use super::{problem::Problem, routes::Endpoint};
use serde_json::{Map, Value as Json, json};

/// The OpenAPI document.
pub(super) fn document() -> Json {
    let paths = Endpoint::ALL.iter().map(|endpoint| {
        let operation = operation(*endpoint);
        (
            endpoint.path().to_owned(),
            json!({endpoint.method(): operation}),
        )
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Naik Kelas sync endpoint",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Phones speak CBOR with integer keys (naik_kelas_domain::wire::v1); the same messages \
                in JSON are described here. Instants are milliseconds since 1970 in UTC, days YYYY-MM-DD, hashes hexadecimal.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": Json::Object(paths.collect()),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas(),
        },
    })
}

fn operation(endpoint: Endpoint) -> Json {
    let (id, summary) = match endpoint {
        Endpoint::Session => (
            "signIn",
            "Sign in with name and password, on one installation",
        ),
        Endpoint::Sync => (
            "sync",
            "Send entries, get a receipt for each, and hear what changed",
        ),
        Endpoint::Rescue => (
            "rescue",
            "Upload a rescue file of any phone; its entries are received as their author's",
        ),
        Endpoint::Pack => ("pack", "A compiled pack by its SHA-256; never changes"),
        Endpoint::SignedPack => (
            "signedPack",
            "The same as a signed file, where it was given as one",
        ),
        Endpoint::About => (
            "about",
            "Realm, clock and, on a practice server, its accounts",
        ),
        Endpoint::OpenApi => ("description", "This document"),
        Endpoint::Health => ("health", "Whether the process lives"),
        Endpoint::Ready => ("ready", "Whether the database answers"),
        Endpoint::Metrics => ("metrics", "Counters in Prometheus' text format"),
    };
    let mut operation = Map::new();
    operation.insert("operationId".into(), id.into());
    operation.insert("summary".into(), summary.into());
    if let Some(schema) = request_schema(endpoint) {
        operation.insert(
            "requestBody".into(),
            json!({"required": true, "content": content(schema)}),
        );
    }
    if matches!(endpoint, Endpoint::Pack | Endpoint::SignedPack) {
        let hash = json!({"type": "string", "pattern": "^[0-9a-f]{64}$"});
        let parameter = json!({"name": "hash", "in": "path", "required": true, "schema": hash});
        operation.insert("parameters".into(), json!([parameter]));
    }
    if endpoint == Endpoint::Rescue {
        let file = json!({"description": "The file as the phone made it, at most 8 MB"});
        operation.insert(
            "requestBody".into(),
            json!({"required": true, "content": {"application/json": {"schema": file}}}),
        );
    }
    if matches!(endpoint, Endpoint::Sync | Endpoint::Rescue) {
        operation.insert("security".into(), json!([{"token": []}]));
    }
    operation.insert("responses".into(), responses(endpoint));
    Json::Object(operation)
}

const fn request_schema(endpoint: Endpoint) -> Option<&'static str> {
    match endpoint {
        Endpoint::Session => Some("SignIn"),
        Endpoint::Sync => Some("SyncRequest"),
        Endpoint::Rescue
        | Endpoint::Pack
        | Endpoint::SignedPack
        | Endpoint::About
        | Endpoint::OpenApi
        | Endpoint::Health
        | Endpoint::Ready
        | Endpoint::Metrics => None,
    }
}

fn responses(endpoint: Endpoint) -> Json {
    let found = match endpoint {
        Endpoint::Session => content("SignedIn"),
        Endpoint::Sync => content("SyncResponse"),
        Endpoint::Rescue => json!({"application/json": {"schema": reference("Rescued")}}),
        Endpoint::About => content("About"),
        Endpoint::Pack => json!({"application/cbor": {}}),
        // In the same wrapping; inside it is the file of `naik-kelas pack sign`.
        Endpoint::SignedPack => json!({"application/cbor": {}}),
        Endpoint::OpenApi => json!({"application/json": {}}),
        Endpoint::Health | Endpoint::Ready | Endpoint::Metrics => json!({"text/plain": {}}),
    };
    json!({
        "200": {"description": "Done", "content": found},
        "default": {
            "description": "A problem, with a stable code",
            "content": {"application/problem+json": {"schema": reference("Problem")}},
        },
    })
}

fn content(schema: &str) -> Json {
    json!({
        "application/json": {"schema": reference(schema)},
        "application/cbor": {"schema": {"description": "The same in CBOR with integer keys"}},
    })
}

fn reference(schema: &str) -> Json {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

fn object(required: &[&str], properties: &Json) -> Json {
    json!({"type": "object", "required": required, "properties": properties})
}

fn schemas() -> Json {
    let uuid = json!({"type": "string", "format": "uuid"});
    let millis = json!({"type": "integer", "format": "int64", "description": "Milliseconds since 1970, UTC"});
    let hex = json!({"type": "string", "pattern": "^([0-9a-f]{2})*$"});
    let day = json!({"type": "string", "format": "date"});
    let text = json!({"type": "string"});
    let realm = json!({"enum": ["practice", "live"]});
    let role = json!({"enum": ["facilitator", "coordinator", "ministry"]});
    let mut codes: Vec<&str> = Problem::ALL.iter().map(Problem::code).collect();
    codes.extend([Problem::busy().code(), Problem::too_many_tries(0).code()]);
    let meanings: Map<String, Json> = Problem::ALL
        .iter()
        .map(|problem| {
            let meaning = format!("{}: {}", problem.status().as_u16(), problem.title());
            (problem.code().to_owned(), Json::from(meaning))
        })
        .collect();
    json!({
        "Problem": object(&["type", "title", "status", "code"], &json!({
            "type": text, "title": text, "status": {"type": "integer"},
            "code": {"enum": codes, "x-meanings": meanings},
        })),
        "SignIn": object(&["user", "password", "device"], &json!({"user": text, "password": text, "device": uuid})),
        "SignedIn": object(&["token", "expires", "user", "vault", "next_seq"], &json!({
            "token": text, "expires": millis, "user": uuid, "name": text, "role": role, "area": text, "area_name": text,
            "realm": realm, "vault": uuid, "server_time": millis, "next_seq": {"type": "integer", "minimum": 1},
            "escrow": {"type": "string", "pattern": "^[0-9a-f]{64}$",
                "description": "The spare key of this vault: opens what lies on the phone when its PIN is forgotten. Never to be stored"},
            "rescue": {"type": "string", "pattern": "^04[0-9a-f]{128}$",
                "description": "The server's public key for rescue files, a point of P-256"},
        })),
        "Rescued": object(&["received", "already", "drafts", "refused"], &json!({
            "received": {"type": "integer"}, "already": {"type": "integer"},
            "drafts": {"type": "integer", "description": "Counted and not taken"},
            "refused": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "How many rows, by the reason's code"},
        })),
        "About": object(&["realm", "server_time", "areas", "accounts"], &json!({
            "realm": realm, "server_time": millis,
            "areas": {"type": "array", "items": object(&["code", "name"], &json!({"code": text, "name": text}))},
            "accounts": {"type": "array", "items": object(&["role", "user", "password", "name"],
                &json!({"role": role, "user": text, "password": text, "name": text}))},
        })),
        "SyncRequest": object(&["version", "realm", "device", "vault"], &json!({
            "version": {"const": 1}, "realm": realm, "device": uuid, "vault": uuid,
            "cursor": {"oneOf": [hex, {"type": "null"}], "description": "From the last response; null = from the beginning"},
            "previous": {"oneOf": [hex, {"type": "null"}], "description": "The chain's hash before the first entry"},
            "entries": {"type": "array", "items": reference("Entry")},
        })),
        "Entry": object(&["id", "author", "vault", "device_seq", "device_time", "kpm", "type"], &json!({
            "id": uuid, "author": uuid, "vault": uuid, "device_seq": {"type": "integer", "minimum": 1}, "device_time": millis,
            "clock_offset": {"type": ["integer", "null"]}, "kpm": uuid, "type": {"enum": ["assessment-finished", "note-written", "family-registered"]},
            "assessment": reference("Assessment"), "note": reference("Note"),
            "registration": reference("Registration"),
        })),
        "Registration": object(&["head", "pack", "on", "written", "village_name", "answers"], &json!({
            "head": uuid, "on": day, "written": millis, "village_name": text,
            "pack": object(&["id", "version", "hash"], &json!({"id": text, "version": text, "hash": hex})),
            "answers": {"type": "object", "description": "`kk`, `village`, `register.address`, and `members.<head>.name` and so on of the head"},
            "others": {"type": "array", "items": uuid, "description": "Families that look alike and are others, as a person has said"},
        })),
        "Note": object(&["id", "form", "pack", "on", "written", "answers"], &json!({
            "id": uuid, "form": text, "on": day, "written": millis,
            "pack": object(&["id", "version", "hash"], &json!({"id": text, "version": text, "hash": hex})),
            "answers": {"type": "object", "description": "The form's own facts, `visit.savings` to its value; null = not known"},
            "becomes": {"oneOf": [text, {"type": "null"}], "description": "The state of the journey that follows"},
            "next": {"oneOf": [day, {"type": "null"}], "description": "When the family is to be seen again"},
            "upon": {"type": "array", "items": uuid, "description": "Of a plan: the plans that its writer knew, the last ones"},
        })),
        "Assessment": object(&["id", "started", "finished", "members", "answers", "decision"], &json!({
            "id": uuid, "started": millis, "finished": millis, "members": {"type": "array", "items": uuid},
            "removed": {"type": "array", "items": object(&["member", "because"],
                &json!({"member": uuid, "because": {"enum": ["moved", "died", "mistake"]}}))},
            "answers": {"type": "object", "description": "`housing.floor` or `members.<id>.sex` to its value; null = not known"},
            "decision": reference("Decision"), "replaces": {"oneOf": [uuid, {"type": "null"}]},
        })),
        "Decision": object(&["on", "pack", "decisions", "readiness"], &json!({
            "on": day, "pack": object(&["id", "version", "hash"], &json!({"id": text, "version": text, "hash": hex})),
            "decisions": {"type": "object", "description": "As `naik-kelas decide` writes it"},
            "readiness": {"type": "object", "description": "As `naik-kelas decide` writes it"},
        })),
        "SyncResponse": object(&["receipts", "changes", "cursor", "more", "server_time", "packs"], &json!({
            "receipts": {"type": "array", "items": reference("Receipt")},
            "changes": {"type": "array", "items": object(&["type"], &json!({"type": {"enum": ["grant", "revoke", "newer"]}}))},
            "cursor": hex, "more": {"type": "boolean"}, "server_time": millis,
            "packs": {"type": "array", "items": object(&["id", "version", "hash", "effective_from"],
                &json!({"id": text, "version": text, "hash": hex, "effective_from": day}))},
        })),
        "Receipt": object(&["entry", "outcome"], &json!({
            "entry": {"oneOf": [uuid, {"type": "null"}]},
            "outcome": {"enum": ["accepted", "already-had", "refused", "later"]},
            "position": {"type": "integer"}, "code": text,
        })),
    })
}
