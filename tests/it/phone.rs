//! A practice server and phones that speak with it through the app's own code.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
};
use naik_kelas_app::{
    assess,
    platform::{Bench, Platform, Server},
    services::Services,
    store::Memory,
    sync::{
        Event,
        http::{Call, Reply, Unreachable},
    },
    usecase::{self, Admitted, Boot, Door, SignInError},
    vault::Pin,
};
use naik_kelas_domain::{
    Millis, Value,
    answer::{Answer, FactPath},
    assessment::{Assessment, Draft},
    id::KpmId,
};
use naik_kelas_server::{
    clock::Clock,
    http::router,
    practice::{self, District},
    state::ServerState,
};
use std::{
    path::Path,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};
use tempfile::TempDir;
use tower::ServiceExt;

/// 24 November 2026, 12:00 in Cirebon.
pub const NOON: Millis = Millis(1_795_496_400_000);

/// What everybody chooses here.
pub const PIN: &str = "482915";

/// The endpoint, with a clock that stands until it is moved.
pub struct Endpoint {
    pub state: ServerState,
    pub clock: Clock,
    pub requests: Arc<AtomicU32>,
    _folder: TempDir,
}

/// What the way to the endpoint does to a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Nothing.
    Clear,
    /// The endpoint hears it, and its answer is lost.
    LosesAnswers,
    /// Something else answers 200.
    CaptivePortal,
}

/// A phone.
pub struct Phone {
    pub bench: Bench,
    pub platform: Platform,
}

/// The pack as it is compiled.
pub fn pack() -> Vec<u8> {
    static PACK: OnceLock<Vec<u8>> = OnceLock::new();
    let pack = PACK.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/graduasi-2026");
        naik_kelas_compiler::build(&source).unwrap().bytes
    });
    pack.clone()
}

impl Endpoint {
    /// A practice district with so many families for each of its two facilitators.
    pub async fn with_families(families_each: usize) -> Self {
        let pack = pack();
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::held(NOON);
        let district = District {
            seed: 2026,
            families_each,
        };
        let packs = [pack];
        let state = practice::server(folder.path(), &packs, clock.clone(), district)
            .await
            .unwrap();
        Self {
            state,
            clock,
            requests: Arc::default(),
            _folder: folder,
        }
    }

    /// The way from a phone to this endpoint.
    pub fn by(&self, way: Way) -> Arc<Server> {
        let (state, requests) = (self.state.clone(), Arc::clone(&self.requests));
        Arc::new(move |call: Call| {
            let state = state.clone();
            requests.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                if way == Way::CaptivePortal {
                    let content_type = "text/html".to_owned();
                    return Ok(Reply {
                        status: 200,
                        content_type,
                        retry_after: None,
                        body: b"<html>".to_vec(),
                    });
                }
                let reply = ask(state, call).await;
                if way == Way::LosesAnswers {
                    Err(Unreachable::NoSignal)
                } else {
                    Ok(reply)
                }
            })
        })
    }

    /// A way on which only signing in comes through.
    pub fn by_session_only(&self) -> Arc<Server> {
        let clear = self.by(Way::Clear);
        Arc::new(move |call: Call| match call.path.as_str() {
            "/api/v1/session" => clear(call),
            _ => Box::pin(async { Err(Unreachable::NoSignal) }),
        })
    }

    /// How many requests came since the last look.
    pub fn requests(&self) -> u32 {
        self.requests.swap(0, Ordering::SeqCst)
    }

    /// How many entries the endpoint has taken, and how many it has refused.
    pub async fn tally(&self) -> (u64, u64) {
        let regency = self.state.areas()[0].code;
        let tally = self.state.db.tally(regency).await.unwrap();
        (tally.entries, tally.refused)
    }
}

async fn ask(state: ServerState, call: Call) -> Reply {
    let mut request = Request::builder().method(call.method).uri(call.path);
    if let Some(token) = call.token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = call.body.unwrap_or_default();
    let request = request
        .header("content-type", "application/cbor")
        .header("accept", "application/cbor");
    let response = router(state)
        .oneshot(request.body(Body::from(body)).unwrap())
        .await
        .unwrap();
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let (content_type, retry_after) = (
        header("content-type").unwrap_or_default(),
        header("retry-after"),
    );
    Reply {
        status: response.status().as_u16(),
        content_type: content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned(),
        retry_after: retry_after.and_then(|seconds| seconds.parse().ok()),
        body: to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec(),
    }
}

impl Phone {
    /// A phone that has never been used; chance differs from phone to phone.
    pub fn new(chance: u64) -> Self {
        let bench = Bench::new(NOON, chance);
        let platform = Platform::new(bench.clone());
        Self { bench, platform }
    }

    /// Gives the phone signal.
    pub fn connect(&self, endpoint: &Endpoint) {
        self.bench.connect(Some(endpoint.by(Way::Clear)));
    }

    /// Takes the signal away.
    pub fn disconnect(&self) {
        self.bench.connect(None);
    }

    /// Opens the app and unlocks the vault that was opened last.
    pub async fn open(&self) -> Services {
        let door = self.locked().await;
        let held = door.people[0].vault;
        usecase::unlock(&door, held, Pin::typed(PIN)).await.unwrap()
    }

    /// Opens the app, with at least one vault on the phone.
    pub async fn locked(&self) -> Door {
        match usecase::boot(self.platform.clone()).await.unwrap() {
            Boot::Locked(door) => door,
            Boot::FirstStart(_) => panic!("nobody has a vault"),
        }
    }

    /// Opens the app and goes to the sign-in.
    pub async fn door(&self) -> Door {
        match usecase::boot(self.platform.clone()).await.unwrap() {
            Boot::FirstStart(door) | Boot::Locked(door) => door,
        }
    }

    /// Opens the app and signs in as a facilitator of the practice district.
    pub async fn sign_in(&self, endpoint: &Endpoint, account: usize) -> Services {
        self.connect(endpoint);
        self.try_sign_in(endpoint, account).await.unwrap()
    }

    pub async fn try_sign_in(
        &self,
        endpoint: &Endpoint,
        account: usize,
    ) -> Result<Services, SignInError> {
        match self.ask(endpoint, account, false).await? {
            Admitted::Open(services) => Ok(services),
            Admitted::ChoosePin(admission) => usecase::choose_pin(admission, Pin::typed(PIN)).await,
        }
    }

    /// Signs in and goes no further; `forgotten` where a PIN is to be made anew.
    pub async fn ask(
        &self,
        endpoint: &Endpoint,
        account: usize,
        forgotten: bool,
    ) -> Result<Admitted, SignInError> {
        let account = &endpoint.state.practice[account];
        let door = self.door().await;
        usecase::sign_in(&door, &account.user, &account.password, forgotten).await
    }

    /// The phone's database.
    pub fn store(&self) -> Memory {
        self.bench.store()
    }
}

/// The families on a phone.
pub fn families(services: &Services) -> Vec<KpmId> {
    let list = services.caseload.list.get_untracked();
    list.ready()
        .unwrap()
        .iter()
        .map(|summary| summary.kpm)
        .collect()
}

/// Syncs, and waits until there is nothing left to do now.
pub async fn sync(services: &Services) {
    services.sync.run(Event::Wanted).await;
    Bench::run_tasks().await;
}

/// What the sync shows.
pub fn shown(services: &Services) -> naik_kelas_app::sync::SyncState {
    services.sync.state.get_untracked()
}

/// Answers what must be answered: confirms what is known, and says something for what is required.
pub fn answer_all(services: &Services, draft: &mut Draft) {
    let pack = services.packs.get(&draft.pack.hash).unwrap();
    let carried: Vec<FactPath> = draft.answers.iter().map(|(path, _)| path.clone()).collect();
    for path in carried {
        assess::confirm(draft, &path);
    }
    let savings = Answer::asked(Value::Int(250_000));
    assert!(assess::apply_answer(
        &pack,
        draft,
        FactPath::family("savings"),
        Some(savings)
    ));
}

/// A whole visit: start, answer, save, finish.
pub async fn assess(services: &Services, kpm: KpmId) -> Assessment {
    let mut draft = usecase::start_assessment(services, kpm).await.unwrap();
    answer_all(services, &mut draft);
    let draft = usecase::save_draft(services, &draft).await.unwrap();
    let finished = finish(services, &draft).await;
    Bench::run_tasks().await;
    finished
}

/// Finishes an assessment and gives it as it is kept.
pub async fn finish(services: &Services, draft: &Draft) -> Assessment {
    usecase::finish_record(services, draft, &[]).await.unwrap();
    let kept = services.records().assessment(draft.id).await.unwrap();
    kept.unwrap()
}
