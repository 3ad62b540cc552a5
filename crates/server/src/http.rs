//! The endpoint over HTTP. axum is named here and below, nowhere else.

mod about;
mod app_files;
mod auth;
mod body;
mod cursor;
pub(crate) mod json;
mod openapi;
mod problem;
mod rescue;
mod routes;
mod session;
mod sync;
#[cfg(test)]
mod tests;

pub use routes::Endpoint;

use crate::state::ServerState;
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
};
use std::{
    future::{Future, IntoFuture},
    net::SocketAddr,
    time::{Duration, Instant},
};

/// Requests that are still being answered when the server is told to stop get this long.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Everything that this server answers.
pub fn router(state: ServerState) -> Router {
    let api = Endpoint::ALL
        .iter()
        .fold(Router::new(), |router, endpoint| {
            router.route(endpoint.path(), endpoint.handler())
        });
    api.fallback(app_files::serve)
        .layer(middleware::from_fn_with_state(state.clone(), observe))
        .with_state(state)
}

/// Serves until told to stop, finishes the requests that are under way, and closes the database.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    state: ServerState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (told, stopping) = tokio::sync::oneshot::channel();
    let app = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, app)
        .with_graceful_shutdown(async move {
            stop.await;
            if told.send(()).is_err() {
                tracing::debug!("the server had stopped by itself");
            }
        })
        .into_future();
    let overdue = async {
        if stopping.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    let served = tokio::select! {
        served = serving => served,
        () = overdue => Ok(()),
    };
    if let Err(error) = state.db.close().await {
        tracing::error!(?error, "the database did not close cleanly");
    }
    served
}

/// Counts and logs each request by its route's pattern: an address may name a family.
async fn observe(State(state): State<ServerState>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let pattern = request
        .extensions()
        .get::<MatchedPath>()
        .map(MatchedPath::as_str);
    let route = Endpoint::route_of(pattern);
    let method = request.method().clone();
    let mut response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    state.metrics.request(route, status, took);
    tracing::info!(%method, route, status, millis = took.as_millis(), "request");
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
