//! The browser's cryptography: AES-GCM with a key that can be used and never read.

use super::{DEVICE, DataKey, NONCE, VaultError};
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
    pub(super) platform: Platform,
}

impl Cipher {
    /// The device key: the database's, or a new one. It is not extractable: the browser uses it for us.
    pub(super) async fn of_device(store: &Store, platform: &Platform) -> Result<Self, VaultError> {
        let Store::IndexedDb(database) = store;
        let key = match database.key_or(DEVICE, None).await? {
            Some(key) => key,
            None => {
                let fresh = key(&platform.random()).await?;
                database
                    .key_or(DEVICE, Some(&fresh))
                    .await?
                    .unwrap_or(fresh)
            }
        };
        Ok(Self {
            key: SendWrapper::new(key),
            platform: platform.clone(),
        })
    }

    /// A key of these bytes, which the browser takes and does not give back.
    pub(super) async fn of(platform: &Platform, bytes: &[u8; 32]) -> Result<Self, VaultError> {
        Ok(Self {
            key: SendWrapper::new(key(bytes).await?),
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

/// A wrap of a data key ([`naik_kelas_domain::rescue`]), by the plain page's own script (`public/recovery.js`), which costs a third of the bytes here.
pub(crate) async fn seal_for(
    _: &Platform,
    public: &[u8],
    header: &[u8],
    key: &DataKey,
) -> Option<Vec<u8>> {
    let secret = Uint8Array::from(key.0.as_slice());
    let [public, header] = [public, header].map(|bytes| Uint8Array::from(bytes).into());
    let arguments = [public, header, secret.clone().into()];
    let shell = js::get(&js::window(), "nk");
    let sealed = js::wait_for(&shell, "sealFor", &arguments).await;
    secret.fill(0, 0, u32::MAX);
    Some(Uint8Array::new(&sealed?).to_vec())
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

async fn key(bytes: &[u8; 32]) -> Result<JsValue, VaultError> {
    let raw = Uint8Array::from(bytes.as_slice());
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let arguments = [
        "raw".into(),
        raw.clone().into(),
        "AES-GCM".into(),
        false.into(),
        uses.into(),
    ];
    let key = js::wait_for(&subtle(), "importKey", &arguments).await;
    raw.fill(0, 0, u32::MAX);
    key.ok_or(VaultError::NoCryptography)
}

fn subtle() -> JsValue {
    js::get(&js::get(&js::window(), "crypto"), "subtle")
}
