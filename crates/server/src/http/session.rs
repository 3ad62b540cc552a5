//! `POST /api/v1/session`: signing in.

use super::{auth, body, json, problem::Problem};
use crate::{
    areas,
    db::{Account, SessionAsked},
    passwords, random,
    state::ServerState,
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    response::Response,
};
use naik_kelas_domain::{
    Millis,
    id::VaultId,
    wire::v1::{self, SignIn, SignedIn},
};
use std::net::{IpAddr, SocketAddr};

/// Longer names and passwords are nobody's, and would only cost work.
const LONGEST: usize = 200;

pub(super) async fn sign_in(
    State(state): State<ServerState>,
    request: Request,
) -> Result<Response, Problem> {
    let address = address(&state, &request);
    let (parts, body) = request.into_parts();
    let (format, asked) = read(&parts.headers, body).await?;
    let account = check_password(&state, &asked, address).await?;
    let signed_in = open(&state, &asked, account).await?;
    let plain = match format {
        body::Format::Cbor => v1::to_bytes(&signed_in),
        body::Format::Json => json::session::signed_in(&signed_in),
    };
    body::answer(format, plain, false)
}

/// Whose failures are counted: the peer, or whom our proxy names. What a client writes of itself is not believed.
fn address(state: &ServerState, request: &Request) -> Option<IpAddr> {
    if state.behind_proxy {
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .next_back()?;
        return forwarded
            .to_str()
            .ok()?
            .rsplit(',')
            .next()?
            .trim()
            .parse()
            .ok();
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map(|ConnectInfo(address)| address.ip())
}

async fn read(headers: &HeaderMap, body: Body) -> Result<(body::Format, SignIn), Problem> {
    let (format, bytes) = body::read(headers, body).await?;
    let asked: SignIn = match format {
        body::Format::Cbor => v1::from_bytes(&bytes).map_err(|_| Problem::UNREADABLE)?,
        body::Format::Json => json::session::sign_in(&bytes).ok_or(Problem::UNREADABLE)?,
    };
    if asked.user.len() > LONGEST || asked.password.len() > LONGEST {
        return Err(Problem::WRONG_PASSWORD);
    }
    Ok((format, asked))
}

/// The account of this name and password. An unknown name takes as long as a wrong password.
async fn check_password(
    state: &ServerState,
    asked: &SignIn,
    address: Option<IpAddr>,
) -> Result<Account, Problem> {
    let now = state.clock.now();
    let name = asked.user.trim().to_lowercase();
    state
        .limits
        .check(&name, address, now)
        .map_err(Problem::too_many_tries)?;
    let account = state.db.account_by_name(&name).await?;
    let hash = account
        .as_ref()
        .map_or(&state.nobody, |account| &account.password)
        .clone();
    let password = asked.password.clone();
    let permit = state.hashing.acquire().await.map_err(|_| Problem::busy())?;
    let right = tokio::task::spawn_blocking(move || passwords::is_right(&password, &hash))
        .await
        .map_err(|_| Problem::INTERNAL)?;
    drop(permit);
    match account {
        Some(account) if right => {
            state.limits.succeeded(&name);
            // Said only to someone who knows the password.
            if account.disabled {
                Err(Problem::DISABLED)
            } else {
                Ok(account)
            }
        }
        Some(_) | None => {
            state.limits.failed(&name, address, now);
            Err(Problem::WRONG_PASSWORD)
        }
    }
}

async fn open(state: &ServerState, asked: &SignIn, account: Account) -> Result<SignedIn, Problem> {
    let now = state.clock.now();
    let expires = Millis(now.0.saturating_add(auth::TOKEN_MILLIS));
    let token = auth::fresh_token(account.regency)?;
    let random = random::bytes().map_err(|_| Problem::INTERNAL)?;
    let opened = state
        .db
        .open_session(SessionAsked {
            regency: account.regency,
            user: account.user,
            device: asked.device,
            fresh_vault: VaultId::new(now, random),
            fresh_escrow: random::bytes().map_err(|_| Problem::INTERNAL)?,
            token: auth::token_hash(&token),
            expires,
            now,
        })
        .await?;
    Ok(SignedIn {
        token,
        expires,
        user: account.user,
        name: account.full_name,
        role: account.role,
        area: account.regency,
        area_name: areas::regency_name(account.regency)
            .unwrap_or_default()
            .to_owned(),
        realm: state.realm,
        vault: opened.vault,
        server_time: now,
        next_seq: opened.next_seq,
        escrow: Some(opened.escrow),
        rescue: Some(state.rescue.public().to_vec().into()),
    })
}
