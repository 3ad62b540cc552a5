//! A row as it lies in the database: `{k: key, v: version, b: bytes}`. The rescue page reads it without wasm.

use super::Row;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The name of the key in the row.
pub(super) const KEY: &str = "k";

#[derive(Serialize, Deserialize)]
pub(super) struct StoredRow {
    k: String,
    v: u64,
    b: Bytes,
}

/// Bytes as the browser's own byte array, and not as a list of numbers.
struct Bytes(Vec<u8>);

impl StoredRow {
    pub(super) const fn version(&self) -> u64 {
        self.v
    }
}

impl From<&Row> for StoredRow {
    fn from(row: &Row) -> Self {
        Self {
            k: row.key.clone(),
            v: row.version,
            b: Bytes(row.bytes.clone()),
        }
    }
}

impl From<StoredRow> for Row {
    fn from(row: StoredRow) -> Self {
        Self {
            key: row.k,
            version: row.v,
            bytes: row.b.0,
        }
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Bytes;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }
            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_byte_buf(Visitor)
    }
}
