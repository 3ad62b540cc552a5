//! Rescue files, as `public/recovery.js` writes them, and what became of one.

use crate::rescue::{RescueError, RescueFile, Rescued, SealedRow};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::json;

const NAME: &str = "naik-kelas-rescue";
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct FileJson {
    format: String,
    version: u32,
    #[serde(default)]
    wraps: Vec<RowJson>,
    tables: TablesJson,
}

#[derive(Deserialize)]
struct TablesJson {
    #[serde(default)]
    outbox: Vec<RowJson>,
    #[serde(default)]
    refused: Vec<RowJson>,
    #[serde(default)]
    drafts: Vec<RowJson>,
}

/// A row as it lies in the phone's database; its bytes in Base64.
#[derive(Deserialize)]
struct RowJson {
    k: String,
    b: String,
}

/// Reads a file.
pub(crate) fn file(bytes: &[u8]) -> Result<RescueFile, RescueError> {
    let file: FileJson = serde_json::from_slice(bytes).map_err(|_| RescueError::Unreadable)?;
    if file.format != NAME {
        return Err(RescueError::Unreadable);
    }
    if file.version != VERSION {
        return Err(RescueError::Newer);
    }
    let rows = |rows: Vec<RowJson>| {
        let rows = rows.into_iter().map(|row| SealedRow {
            key: row.k,
            bytes: STANDARD.decode(row.b).ok(),
        });
        rows.collect()
    };
    Ok(RescueFile {
        wraps: rows(file.wraps),
        outbox: rows(file.tables.outbox),
        refused: rows(file.tables.refused),
        drafts: file.tables.drafts.len(),
    })
}

pub(in crate::http) fn rescued(rescued: &Rescued) -> Vec<u8> {
    let json = json!({
        "received": rescued.received,
        "already": rescued.already,
        "drafts": rescued.drafts,
        "refused": rescued.refused,
    });
    json.to_string().into_bytes()
}
