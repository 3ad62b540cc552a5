//! Every address of the endpoint, once: the router and the description are both made from it.

use super::{about, problem::Problem, rescue, session, sync};
use crate::state::ServerState;
use axum::routing::{MethodRouter, get, post};

/// An address that this server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Sign in.
    Session,
    /// Send entries, hear of changes.
    Sync,
    /// Upload a rescue file.
    Rescue,
    /// Fetch a compiled pack.
    Pack,
    /// Fetch it with the signature of who built it.
    SignedPack,
    /// Who this server is.
    About,
    /// The description of the endpoint.
    OpenApi,
    /// Whether the process lives.
    Health,
    /// Whether it can serve.
    Ready,
    /// Counters.
    Metrics,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Session,
        Self::Sync,
        Self::Rescue,
        Self::Pack,
        Self::SignedPack,
        Self::About,
        Self::OpenApi,
        Self::Health,
        Self::Ready,
        Self::Metrics,
    ];

    /// The address, with its parameters in braces.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Session => "/api/v1/session",
            Self::Sync => "/api/v1/sync",
            Self::Rescue => "/api/v1/rescue",
            Self::Pack => "/api/v1/packs/{hash}",
            Self::SignedPack => "/api/v1/packs/{hash}/signed",
            Self::About => "/api/v1/about",
            Self::OpenApi => "/api/openapi.json",
            Self::Health => "/health",
            Self::Ready => "/ready",
            Self::Metrics => "/metrics",
        }
    }

    /// The one method that the address answers, in lower case.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Self::Session | Self::Sync | Self::Rescue => "post",
            Self::Pack
            | Self::SignedPack
            | Self::About
            | Self::OpenApi
            | Self::Health
            | Self::Ready
            | Self::Metrics => "get",
        }
    }

    pub(super) fn handler(self) -> MethodRouter<ServerState> {
        let handler = match self {
            Self::Session => post(session::sign_in),
            Self::Sync => post(sync::sync),
            Self::Rescue => post(rescue::rescue),
            Self::Pack => get(about::pack),
            Self::SignedPack => get(about::signed_pack),
            Self::About => get(about::about),
            Self::OpenApi => get(about::description),
            Self::Health => get(about::health),
            Self::Ready => get(about::ready),
            Self::Metrics => get(about::metrics),
        };
        handler.fallback(async || Problem::METHOD)
    }

    /// The address's pattern for logs and counters; everything else is the app's.
    pub(super) fn route_of(pattern: Option<&str>) -> &'static str {
        Self::ALL
            .into_iter()
            .map(Self::path)
            .find(|path| pattern == Some(path))
            .unwrap_or("app")
    }
}
