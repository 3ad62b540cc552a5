//! Where bytes of strangers come in. Each entry takes any bytes at all: it must end, soon, without a panic and without
//! asking for memory beyond what the bytes deserve, and what it says of readable bytes must hold together.
//!
//! The targets of cargo-fuzz call these, and so does a test on the stable compiler (`crates/server/tests/fuzz.rs`), which
//! replays `fuzz/corpus` and mutates it.

use naik_kelas_compiler::conformance;
use naik_kelas_domain::codec;
use naik_kelas_domain::record::{self, SummaryPage};
use naik_kelas_domain::wire::v1::{
    self, About, Entry, SignIn, SignedIn, SyncRequest, SyncResponse,
};
use naik_kelas_rules::columns::{Block, Driver, Layout, Results};
use naik_kelas_rules::{Date, Evaluation, Family, Pack};
use naik_kelas_server::cli::decide::decide_all;
use std::sync::OnceLock;

/// An entry by its name.
pub type Entrance = (&'static str, fn(&[u8]));

/// All of them, by the names of the targets and of the folders of the corpus.
pub const ALL: [Entrance; 5] = [
    ("pack", pack),
    ("wire", wire),
    ("record", record),
    ("facts", facts),
    ("expression", expression),
];

/// A compiled pack from a server or a file. What is read as one decides, explains and asks, and columns agree.
pub fn pack(bytes: &[u8]) {
    let Ok(pack) = naik_kelas_compiler::read(bytes) else {
        return;
    };
    let day = Date::from_ymd(2026, 11, 24).unwrap_or(Date::MIN);
    let family = Family::new(&pack, day, 3);
    let mut evaluation = Evaluation::new(&pack, &family);
    let decided = evaluation.decisions();
    for decision in 0..pack.decisions().len() {
        evaluation.explain(decision);
        evaluation.to_change(decision);
    }
    evaluation.explain_readiness();
    evaluation.form();
    let layout = Layout::new(&pack);
    let mut block = Block::new(&layout);
    if block.begin(&[(day, 3)]).is_ok() {
        block.put(0, &family);
        let mut results = Results::default();
        Driver::new(&layout).decide(&block, &mut results);
        assert!(results.decisions(0) == decided, "columns decide otherwise");
    }
}

/// What phones and endpoint say to each other. What is read is written and read again as the same.
pub fn wire(bytes: &[u8]) {
    macro_rules! again {
        ($($kind:ty),*) => {$(
            if let Ok(read) = v1::from_bytes::<$kind>(bytes) {
                let again = v1::from_bytes::<$kind>(&v1::to_bytes(&read));
                assert!(again == Ok(read), stringify!($kind));
            }
        )*};
    }
    again!(SyncRequest, SyncResponse, SignIn, SignedIn, About);
    if let Ok(read) = Entry::from_bytes(bytes) {
        assert!(Entry::from_bytes(&read.to_bytes()) == Ok(read), "Entry");
    }
}

/// What the phone has stored.
pub fn record(bytes: &[u8]) {
    if let Ok(read) = record::kpm_from_bytes(bytes) {
        assert!(record::kpm_from_bytes(&record::kpm_to_bytes(&read)) == Ok(read));
    }
    if let Ok(read) = record::assessment_from_bytes(bytes) {
        let written = record::assessment_to_bytes(&read);
        assert!(record::assessment_from_bytes(&written) == Ok(read));
    }
    if let Ok(read) = record::draft_from_bytes(bytes) {
        assert!(record::draft_from_bytes(&record::draft_to_bytes(&read)) == Ok(read));
    }
    if let Ok(read) = codec::from_bytes::<SummaryPage>(bytes) {
        assert!(codec::from_bytes(&codec::to_bytes(&read)) == Ok(read));
    }
}

/// Households as lines of JSON: each gets an answer of its own, decided or refused.
pub fn facts(bytes: &[u8]) {
    let Some(pack) = published() else {
        return;
    };
    let mut out = Vec::new();
    let read = decide_all(pack, None, true, bytes, &mut out);
    assert!(read.is_ok(), "lines in memory can always be read");
    let blank = |line: &&[u8]| !line.iter().all(u8::is_ascii_whitespace);
    let asked = bytes.split(|byte| *byte == b'\n').filter(blank).count();
    let answered = out.split(|byte| *byte == b'\n').filter(blank).count();
    assert!(asked == answered, "{asked} lines, {answered} answers");
}

/// An expression of a pack's author: parsed, typed and evaluated by both evaluators.
pub fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let test = serde_json::json!({ "name": "one", "expr": text, "value": { "boolValue": true } });
    let section = serde_json::json!({ "name": "one", "test": [test] });
    let file = serde_json::json!({ "name": "one", "section": [section] });
    drop(conformance::run(&file.to_string()));
}

/// The pack of the frozen vectors: it never changes, so neither does what a corpus means.
fn published() -> Option<&'static Pack> {
    static PACK: OnceLock<Option<Pack>> = OnceLock::new();
    let bytes = include_bytes!("../../crates/rules/tests/vectors/graduasi-2026.nkp");
    PACK.get_or_init(|| naik_kelas_compiler::read(bytes).ok())
        .as_ref()
}
