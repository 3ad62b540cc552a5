//! `POST /api/v1/rescue`: a rescue file, as it lies on a phone, from whoever has signed in.

use super::{auth, body, json, problem::Problem};
use crate::{
    rescue::{self, LARGEST},
    state::ServerState,
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use std::time::Duration;

/// Eight megabytes need some minutes on a bad link.
const WIRE_TIME: Duration = Duration::from_secs(10 * 60);

pub(super) async fn rescue(
    State(state): State<ServerState>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let session = auth::session(&state, &parts.headers).await?;
    let file = tokio::time::timeout(WIRE_TIME, axum::body::to_bytes(body, LARGEST))
        .await
        .map_err(|_| Problem::TOO_SLOW)?
        .map_err(|_| Problem::RESCUE_TOO_LARGE)?;
    let permit = state.syncing.try_acquire().map_err(|_| Problem::busy())?;
    let taking = rescue::take(&state, session.user, file.to_vec(), json::rescue::file);
    let rescued = taking.await?;
    drop(permit);
    body::answer(body::Format::Json, json::rescue::rescued(&rescued), false)
}
