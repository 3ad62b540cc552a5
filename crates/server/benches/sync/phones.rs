//! Phones with assessments that wait, each of a facilitator of its own.

use super::client::Client;
use super::{NOON, Outcome};
use flate2::Compression;
use flate2::write::GzEncoder;
use naik_kelas_domain::access::Role;
use naik_kelas_domain::answer::{Answer, FactPath};
use naik_kelas_domain::assessment::Assessment;
use naik_kelas_domain::codec::Bytes;
use naik_kelas_domain::id::{AssessmentId, DeviceId, EntryId, KpmId, UserId};
use naik_kelas_domain::kpm::Kpm;
use naik_kelas_domain::wire::v1::{
    self, Change, Entry, Payload, Realm, ReceiptOutcome, SignIn, SignedIn, SyncRequest,
    SyncResponse,
};
use naik_kelas_domain::{Date, Value, freeze};
use naik_kelas_rules::Pack;
use naik_kelas_server::db::{NewAccount, NewFamily};
use naik_kelas_server::passwords::{self, Cost};
use naik_kelas_server::state::ServerState;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::net::SocketAddr;

const PASSWORD: &str = "contoh-bench";

/// A phone that is signed in and has heard everything.
pub struct Phone {
    client: Client,
    session: SignedIn,
    device: DeviceId,
    cursor: Option<Bytes>,
    chain: [u8; 32],
}

/// A phone and the batches that it is about to send.
pub struct Ready {
    phone: Phone,
    batches: Vec<Vec<Bytes>>,
}

/// Makes facilitators with families of their own, signs their phones in and prepares what they send.
pub async fn ready(
    state: &ServerState,
    address: SocketAddr,
    pack: &Pack,
    phones: u8,
    batches: usize,
    batch: usize,
) -> Outcome<Vec<Ready>> {
    let account = state.practice.first().ok_or("nobody may sign in")?;
    let mut first = Phone::sign_in(address, &account.user, &account.password, 1).await?;
    let families = first.hear().await?;
    let mut all = Vec::new();
    for number in 0..phones {
        let user = format!("bench{number}");
        let own = facilitator(state, &first.session, &families, number, &user).await?;
        let mut phone = Phone::sign_in(address, &user, PASSWORD, 100 + number).await?;
        if phone.hear().await?.len() != own.len() {
            return Err("a phone did not hear of all its families".into());
        }
        let batches = phone.entries(pack, &own, number, batches, batch)?;
        all.push(Ready { phone, batches });
    }
    Ok(all)
}

/// An account that holds a copy of each family under another identity.
async fn facilitator(
    state: &ServerState,
    session: &SignedIn,
    families: &[Kpm],
    number: u8,
    name: &str,
) -> Outcome<Vec<Kpm>> {
    let holder = UserId::from_bytes([0xb0 | number; 16]);
    let new = |place: usize, kpm: &Kpm| {
        let mut id = [number + 1; 16];
        id[..2].copy_from_slice(&(place as u16).to_be_bytes());
        Kpm {
            id: KpmId::from_bytes(id),
            ..kpm.clone()
        }
    };
    let own: Vec<Kpm> = families
        .iter()
        .enumerate()
        .map(|(place, kpm)| new(place, kpm))
        .collect();
    let rows = own.iter().filter_map(|kpm| {
        Some(NewFamily {
            regency: session.area,
            village: kpm.village?,
            kpm: kpm.clone(),
            holder,
        })
    });
    let said = |error| format!("{error:?}");
    state.db.add_families(rows.collect()).await.map_err(said)?;
    let account = NewAccount {
        regency: session.area,
        user: holder,
        name: name.to_owned(),
        full_name: format!("Bench {number} Contoh"),
        role: Role::Facilitator,
        password: passwords::hash(PASSWORD, Cost::Practice).map_err(|_| "no password")?,
        created: NOON,
    };
    state.db.add_account(account).await.map_err(said)?;
    Ok(own)
}

impl Phone {
    async fn sign_in(address: SocketAddr, user: &str, password: &str, number: u8) -> Outcome<Self> {
        let device = DeviceId::from_bytes([number; 16]);
        let (user, password) = (user.to_owned(), password.to_owned());
        let asked = v1::to_bytes(&SignIn {
            user,
            password,
            device,
        });
        let mut client = Client::open(address).await?;
        let answer = client.post("/api/v1/session", None, &gzip(&asked)?).await?;
        let session = v1::from_bytes(&answer).map_err(|_| "no session")?;
        Ok(Self {
            client,
            session,
            device,
            cursor: None,
            chain: [0; 32],
        })
    }

    /// Everything that changed for this person, page after page.
    async fn hear(&mut self) -> Outcome<Vec<Kpm>> {
        let mut families = Vec::new();
        loop {
            let response = self.sync(Vec::new()).await?;
            families.extend(
                response
                    .changes
                    .into_iter()
                    .filter_map(|change| match change {
                        Change::Grant(kpm) => Some(*kpm),
                        Change::Revoke(_) | Change::Newer(_) => None,
                    }),
            );
            if !response.more {
                return Ok(families);
            }
        }
    }

    async fn sync(&mut self, entries: Vec<Bytes>) -> Outcome<SyncResponse> {
        let mut chain = self.chain;
        for bytes in &entries {
            let link = Sha256::new().chain_update(chain).chain_update(&bytes.0);
            chain = link.finalize().into();
        }
        let request = SyncRequest {
            version: v1::VERSION,
            realm: Realm::Practice,
            device: self.device,
            vault: self.session.vault,
            cursor: self.cursor.clone(),
            previous: (!entries.is_empty()).then(|| self.chain.to_vec().into()),
            entries,
        };
        let body = gzip(&v1::to_bytes(&request))?;
        let answer = self
            .client
            .post("/api/v1/sync", Some(&self.session.token), &body)
            .await?;
        let response: SyncResponse = v1::from_bytes(&answer).map_err(|_| "no answer to a sync")?;
        self.cursor = Some(response.cursor.clone());
        self.chain = chain;
        Ok(response)
    }

    /// Sends one batch after the other, each when the one before has its receipts.
    pub async fn send_all(ready: Ready) -> Outcome<Vec<ReceiptOutcome>> {
        let Ready { mut phone, batches } = ready;
        let mut outcomes = Vec::new();
        for batch in batches {
            let response = phone.sync(batch).await?;
            outcomes.extend(response.receipts.iter().map(|receipt| receipt.outcome));
        }
        Ok(outcomes)
    }

    /// Finished assessments of its families, in turn, decided as a phone decides.
    fn entries(
        &self,
        pack: &Pack,
        families: &[Kpm],
        number: u8,
        batches: usize,
        batch: usize,
    ) -> Outcome<Vec<Vec<Bytes>>> {
        let today = Date::from_ymd(2026, 11, 24).ok_or("no such day")?;
        let mut all = Vec::new();
        let mut seq = self.session.next_seq;
        for turn in 0..batches {
            let mut entries = Vec::new();
            for place in 0..batch {
                let kpm = &families[place % families.len()];
                let members: Vec<_> = kpm.present().collect();
                let mut answers = kpm.known.clone();
                let savings = Value::Int((turn * batch + place) as i64 * 1_000);
                answers.set(FactPath::family("savings"), Answer::asked(savings));
                answers.set(FactPath::family("business.exists"), Answer::unknown());
                let decision = freeze::freeze(pack, today, &members, &answers)
                    .map_err(|misfit| format!("{misfit:?}"))?;
                let mut id = [number + 1; 16];
                id[..8].copy_from_slice(&seq.to_be_bytes());
                let assessment = Assessment {
                    id: AssessmentId::from_bytes(id),
                    kpm: kpm.id,
                    started: NOON,
                    finished: NOON,
                    members,
                    removed: Vec::new(),
                    answers,
                    decision,
                    replaces: None,
                };
                let entry = Entry {
                    id: EntryId::from_bytes(id),
                    author: self.session.user,
                    vault: self.session.vault,
                    device_seq: seq,
                    device_time: NOON,
                    clock_offset: Some(0),
                    kpm: kpm.id,
                    payload: Payload::AssessmentFinished(Box::new(assessment)),
                };
                entries.push(Bytes::from(entry.to_bytes()));
                seq += 1;
            }
            all.push(entries);
        }
        Ok(all)
    }
}

fn gzip(plain: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?)
}
