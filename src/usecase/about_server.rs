//! What the server says of itself before anybody signs in: practice or live, and accounts to practise with.

use super::Door;
use crate::sync::http::{self, Call};
use naik_kelas_domain::wire::v1::{self, About};

/// Asks the server; `None` without signal, which is no trouble: signing in says so.
pub async fn about_server(door: &Door) -> Option<About> {
    let call = Call {
        method: "GET",
        path: "/api/v1/about".to_owned(),
        token: None,
        body: None,
    };
    let reply = http::call(&door.platform, call).await.ok()?;
    v1::from_bytes(reply.good().ok()?).ok()
}
