//! The browser's cryptography: AES-GCM with a key that can be used and never read.

use super::{NONCE, VaultError};
use crate::{
    platform::{Platform, js},
    store::Store,
};
use js_sys::{Array, Uint8Array};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;

#[derive(Clone)]
pub(super) struct Cipher {
    key: SendWrapper<JsValue>,
    platform: Platform,
}

impl Cipher {
    /// The key of this name: the database's, or a new one. It is not extractable: the browser uses it for us.
    pub(super) async fn obtain(
        store: &Store,
        platform: &Platform,
        name: &str,
    ) -> Result<Self, VaultError> {
        let Store::IndexedDb(database) = store;
        let key = match database.key_or(name, None).await? {
            Some(key) => key,
            None => {
                let fresh = fresh_key().await.ok_or(VaultError::NoCryptography)?;
                database.key_or(name, Some(&fresh)).await?.unwrap_or(fresh)
            }
        };
        Ok(Self {
            key: SendWrapper::new(key),
            platform: platform.clone(),
        })
    }

    /// 96 random bits: below 2^32 records a key, a repeated nonce is out of the question.
    pub(super) fn nonce(&self) -> [u8; NONCE] {
        self.platform.random()
    }

    pub(super) async fn seal(
        &self,
        nonce: &[u8; NONCE],
        place: &[u8],
        bytes: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        self.run("encrypt", nonce, place, bytes)
            .await
            .ok_or(VaultError::NoCryptography)
    }

    pub(super) async fn open(
        &self,
        nonce: &[u8; NONCE],
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        self.run("decrypt", nonce, place, sealed)
            .await
            .ok_or(VaultError::Damaged)
    }

    async fn run(
        &self,
        what: &str,
        nonce: &[u8; NONCE],
        place: &[u8],
        bytes: &[u8],
    ) -> Option<Vec<u8>> {
        let algorithm = js::object(&[
            ("name", "AES-GCM".into()),
            ("iv", Uint8Array::from(nonce.as_slice()).into()),
            ("additionalData", Uint8Array::from(place).into()),
        ]);
        let arguments = [
            algorithm,
            JsValue::clone(&self.key),
            Uint8Array::from(bytes).into(),
        ];
        let result = js::wait_for(&subtle(), what, &arguments).await?;
        Some(Uint8Array::new(&result).to_vec())
    }
}

/// SHA-256 of some bytes.
pub(crate) async fn sha256(bytes: &[u8]) -> Result<[u8; 32], VaultError> {
    let arguments = ["SHA-256".into(), Uint8Array::from(bytes).into()];
    let digest = js::wait_for(&subtle(), "digest", &arguments)
        .await
        .ok_or(VaultError::NoCryptography)?;
    Uint8Array::new(&digest)
        .to_vec()
        .try_into()
        .map_err(|_| VaultError::NoCryptography)
}

async fn fresh_key() -> Option<JsValue> {
    let algorithm = js::object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    js::wait_for(
        &subtle(),
        "generateKey",
        &[algorithm, false.into(), uses.into()],
    )
    .await
}

fn subtle() -> JsValue {
    js::get(&js::get(&js::window(), "crypto"), "subtle")
}
