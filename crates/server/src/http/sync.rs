//! `POST /api/v1/sync`: entries up, receipts and changes down, in one request.

use super::{
    auth,
    body::{self, Format},
    cursor::Cursor,
    json,
    problem::Problem,
};
use crate::{
    db::{AuditRow, Delivered, Page, PageAsked, Session},
    receive::Speaker,
    receiving,
    state::ServerState,
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use naik_kelas_domain::{
    access::{Standing, Verb, allows},
    id::KpmId,
    wire::v1::{self, Change, Receipt, SyncRequest, SyncResponse},
};

/// A page of changes that goes plain, and one that is compressed to some eighth.
const PLAIN_PAGE: usize = 60_000;
const COMPRESSED_PAGE: usize = 240_000;

pub(super) async fn sync(
    State(state): State<ServerState>,
    request: Request,
) -> Result<Response, Problem> {
    // Refused early, before any work; the place itself is taken once the body is there.
    if state.syncing.available_permits() == 0 {
        return Err(Problem::busy());
    }
    let (parts, body) = request.into_parts();
    let session = auth::session(&state, &parts.headers).await?;
    let (format, bytes) = body::read(&parts.headers, body).await?;
    let request: SyncRequest = match format {
        Format::Cbor => v1::from_bytes(&bytes).map_err(|_| Problem::UNREADABLE)?,
        Format::Json => {
            let read = json::sync::request(&bytes, &state.shelf);
            read.ok_or(Problem::UNREADABLE)?
        }
    };
    check_envelope(&state, &session, &request)?;
    let permit = state.syncing.try_acquire().map_err(|_| Problem::busy())?;

    let cursor = Cursor::read(request.cursor.as_deref(), state.epoch, session.regency);
    let previous = read_previous(&request)?;
    let speaker = Speaker {
        user: session.user,
        role: session.role,
        area: session.regency,
        vault: session.vault,
    };
    let heard_to = cursor.heard_to();
    let receipts =
        receiving::receive(&state, &speaker, heard_to, previous, request.entries).await?;
    let gzip = body::takes_gzip(&parts.headers);
    let response = answer(&state, &session, &cursor, receipts, format, gzip).await?;
    drop(permit);
    Ok(response)
}

fn check_envelope(
    state: &ServerState,
    session: &Session,
    request: &SyncRequest,
) -> Result<(), Problem> {
    if !request.is_readable() {
        return Err(Problem::UNKNOWN_VERSION);
    }
    if request.realm != state.realm {
        return Err(Problem::WRONG_REALM);
    }
    if request.device != session.device || request.vault != session.vault {
        return Err(Problem::WRONG_DEVICE);
    }
    Ok(())
}

fn read_previous(request: &SyncRequest) -> Result<Option<[u8; 32]>, Problem> {
    let previous = request.previous.as_deref();
    previous
        .map(|hash| hash.try_into().map_err(|_| Problem::UNREADABLE))
        .transpose()
}

async fn answer(
    state: &ServerState,
    session: &Session,
    cursor: &Cursor,
    receipts: Vec<Receipt>,
    format: Format,
    gzip: bool,
) -> Result<Response, Problem> {
    let limits = if gzip {
        &[COMPRESSED_PAGE, PLAIN_PAGE][..]
    } else {
        &[PLAIN_PAGE]
    };
    for (at, limit) in limits.iter().enumerate() {
        let mut page = page(state, session, cursor, *limit).await?;
        page.changes.retain(|change| may_read(session, change));
        let sent = families(&page);
        let response = SyncResponse {
            receipts: receipts.clone(),
            cursor: cursor
                .after(page.up_to, page.last)
                .to_bytes(state.epoch, session.regency)
                .into(),
            more: page.more,
            changes: page.changes.into_iter().map(change).collect(),
            server_time: state.clock.now(),
            packs: state
                .shelf
                .offers(session.regency.zone().day_of(state.clock.now())),
        };
        let plain = match format {
            Format::Cbor => v1::to_bytes(&response),
            Format::Json => json::sync::response(&response),
        };
        // Families whose records hardly compress are sent in smaller pages.
        let fits = !gzip || body::gzip(&plain)?.len() <= body::WIRE_LIMIT;
        if fits || at + 1 == limits.len() {
            audit(state, session, sent).await?;
            return body::answer(format, plain, gzip);
        }
    }
    Err(Problem::INTERNAL)
}

async fn page(
    state: &ServerState,
    session: &Session,
    cursor: &Cursor,
    bytes: usize,
) -> Result<Page, Problem> {
    let asked = PageAsked {
        regency: session.regency,
        user: session.user,
        vault: session.vault,
        after: cursor.position,
        own_until: cursor.own_until,
        tombstones: cursor.tombstones,
        bytes,
    };
    Ok(state.db.page(asked).await?)
}

/// The feed holds what was granted; that it may be read is decided where everything is decided.
fn may_read(session: &Session, change: &Delivered) -> bool {
    let Delivered::Family(kpm) = change else {
        return true;
    };
    let allowed = kpm.village.is_some_and(|village| {
        let standing = Standing {
            village,
            granted: true,
            was_granted: true,
        };
        allows(session.role, session.regency, Verb::ReadFamily, standing)
    });
    if !allowed {
        tracing::error!(kpm = %kpm.id, "a family in the feed of somebody who may not read it was held back");
    }
    allowed
}

fn families(page: &Page) -> Vec<KpmId> {
    page.changes
        .iter()
        .filter_map(|change| match change {
            Delivered::Family(kpm) => Some(kpm.id),
            Delivered::Gone(_) => None,
        })
        .collect()
}

/// Written before anything is shown.
async fn audit(state: &ServerState, session: &Session, kpms: Vec<KpmId>) -> Result<(), Problem> {
    if kpms.is_empty() {
        return Ok(());
    }
    state.metrics.families(kpms.len());
    let row = AuditRow {
        regency: session.regency,
        at: state.clock.now(),
        user: session.user,
        purpose: "sync",
        kpms,
    };
    Ok(state.db.audit(row).await?)
}

fn change(delivered: Delivered) -> Change {
    match delivered {
        Delivered::Family(kpm) => Change::Grant(kpm),
        Delivered::Gone(kpm) => Change::Revoke(kpm),
    }
}
