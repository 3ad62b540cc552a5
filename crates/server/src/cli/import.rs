//! `naik-kelas import`: families from lists.

mod report;

use super::Failure;
use crate::{
    areas,
    clock::Clock,
    db::Db,
    intake::{
        columns::Source,
        header::letters,
        keys::{self, KeyRing},
        run::{self, Holder, ImportError, Settings, Summary, Target},
        sheet::SheetError,
        trouble::Lang,
    },
    packs::Shelf,
};
use clap::{Args, Subcommand};
use naik_kelas_domain::{
    Date,
    access::Role,
    region::{RegencyCode, VillageCode, Zone},
};
use report::Report;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// Which list to import.
#[derive(Args, Debug)]
pub struct ImportArgs {
    #[command(subcommand)]
    list: List,
}

#[derive(Subcommand, Debug)]
enum List {
    /// DTSEN: families, their members, or both, with the official variables.
    Dtsen(ListArgs),
    /// The final closing of SIKS-NG: who is paid PKH in a stage.
    FinalClosing(ListArgs),
}

/// A list and what is to be known about it.
#[derive(Args, Debug)]
struct ListArgs {
    /// CSV or XLSX.
    file: PathBuf,
    /// Folder of the database.
    #[arg(long)]
    data: PathBuf,
    /// The day that the list speaks of (version of DTSEN, day of the closing), such as 2026-07-10.
    #[arg(long, value_parser = day)]
    as_of: Option<Date>,
    /// Families of this regency only: four digits, such as 3209.
    #[arg(long, value_parser = super::regency)]
    area: Option<RegencyCode>,
    /// Village of new families whose rows name none: ten digits.
    #[arg(long, value_parser = village)]
    village: Option<VillageCode>,
    /// Name of the facilitator who is to hold the families whose rows name nobody.
    #[arg(long)]
    assign: Option<String>,
    /// Hand families over that another facilitator holds.
    #[arg(long)]
    reassign: bool,
    /// Do everything on a copy and keep nothing.
    #[arg(long)]
    dry_run: bool,
    /// Report in lines of JSON.
    #[arg(long)]
    json: bool,
    /// Language of reasons and advice.
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// File of the secret with which KK and NIK are hashed; in the data folder where it is not given.
    #[arg(long)]
    identity_key: Option<PathBuf>,
    /// The pack that types the facts; the newest that the server had where it is not given.
    #[arg(long)]
    pack: Option<PathBuf>,
}

/// Runs the command: 0 where all rows were taken, 1 where some were refused, 2 where nothing could be done.
pub fn run(args: ImportArgs) -> ExitCode {
    let (source, args) = match args.list {
        List::Dtsen(args) => (Source::Dtsen, args),
        List::FinalClosing(args) => (Source::FinalClosing, args),
    };
    match import(source, &args) {
        Ok(summary) => ExitCode::from(u8::from(summary.bad > 0)),
        Err(failure) => {
            eprintln!("naik-kelas: {failure}");
            ExitCode::from(2)
        }
    }
}

fn import(source: Source, args: &ListArgs) -> Result<Summary, Failure> {
    let began = Instant::now();
    let runtime = tokio::runtime::Runtime::new()?;
    let now = Clock::System.now();
    let ring_file = args
        .identity_key
        .clone()
        .unwrap_or_else(|| args.data.join(keys::FILE));
    // Before the key is made: a folder without a database gets none.
    let real = runtime.block_on(Db::open_existing(&args.data, now))?;
    let copy = args
        .dry_run
        .then(|| -> Result<_, Failure> {
            let folder = tempfile::Builder::new()
                .prefix("dry-run-")
                .tempdir_in(&args.data)?;
            let file = folder.path().join("copy");
            runtime.block_on(real.backup(file.clone()))?;
            let into = folder.path().join("data");
            runtime.block_on(Db::restore(&file, &into, false, now))?;
            Ok((runtime.block_on(Db::open_existing(&into, now))?, folder))
        })
        .transpose()?;
    let (db, ring_file) = match &copy {
        Some((db, folder)) if !ring_file.exists() => (db, folder.path().join(keys::FILE)),
        Some((db, _)) => (db, ring_file),
        None => (&real, ring_file),
    };
    let ring = KeyRing::open(&ring_file)
        .map_err(|error| Failure::say(format!("the key {}: {error}", ring_file.display())))?;
    let pack = runtime.block_on(pack(db, args.pack.as_deref(), now))?;
    let holder = match &args.assign {
        Some(name) => Some(runtime.block_on(holder(db, name))?),
        None => None,
    };
    let settings = Settings {
        source,
        as_of: args.as_of,
        area: args.area,
        village: args.village,
        holder,
        reassign: args.reassign,
        now,
    };
    let target = Target {
        db,
        runtime: runtime.handle(),
        ring: &ring,
        pack: &pack,
    };
    let mut report = Report::new(args.json, args.lang);
    let done = run::run(&target, &args.file, &settings, &mut |event| {
        report.say(&event)
    });
    let summary = done.map_err(|error| fails(&error, args.lang))?;
    report.end(&summary, args.dry_run, began.elapsed())?;
    if let Some((db, folder)) = copy {
        runtime.block_on(db.close())?;
        folder.close()?;
    }
    runtime.block_on(real.close())?;
    Ok(summary)
}

async fn pack(
    db: &Db,
    file: Option<&Path>,
    now: naik_kelas_domain::Millis,
) -> Result<naik_kelas_rules::pack::Pack, Failure> {
    if let Some(file) = file {
        let bytes = super::trust::file_bytes(file, None).map_err(Failure::say)?;
        return naik_kelas_rules::pack::Pack::decode(&bytes, [0; 32])
            .map_err(|_| Failure::say(format!("{} is no pack", file.display())));
    }
    let shelf = Shelf::of_bytes(db, &[], now).await?;
    let newest = shelf.newest(Zone::Wib.day_of(now));
    let newest = newest
        .map(|shelved| naik_kelas_rules::pack::Pack::decode(&shelved.bytes, *shelved.pack.hash()));
    match newest {
        Some(Ok(pack)) => Ok(pack),
        _ => Err(Failure::say(
            "this database has no pack yet to type the facts with: give --pack FILE, or start `naik-kelas serve` once",
        )),
    }
}

async fn holder(db: &Db, name: &str) -> Result<Holder, Failure> {
    let account = db.account_by_name(&name.to_lowercase()).await?;
    let account = account
        .filter(|account| account.role == Role::Facilitator && !account.disabled)
        .ok_or_else(|| Failure::say(format!("--assign: no facilitator signs in as {name}")))?;
    Ok(Holder {
        user: account.user,
        regency: account.regency,
    })
}

/// Why a file cannot be imported, and what to do.
fn fails(error: &ImportError, lang: Lang) -> Failure {
    let (id, en) = match error {
        ImportError::Sheet(error) => return Failure::say(unreadable(error, lang)),
        ImportError::NoTable => (
            "tidak ada baris judul dengan kolom daftar ini (misalnya NIK, NOMOR KK, NAMA) pada 40 baris pertama; periksa apakah berkas dan jenis daftarnya benar".to_owned(),
            "no header row with this list's columns (such as NIK, NOMOR KK, NAMA) in the first 40 rows; see whether it is the right file and the right kind of list".to_owned(),
        ),
        ImportError::Twice(sheet, name, first, second) => {
            let (first, second) = (letters(*first), letters(*second));
            let sheet = if sheet.is_empty() { String::new() } else { format!(" ({sheet})") };
            (
                format!("kolom {name} ada dua kali, di {first} dan {second}{sheet}: hapus atau ganti nama salah satunya"),
                format!("the column {name} stands twice, at {first} and {second}{sheet}: delete or rename one"),
            )
        }
        ImportError::Db(error) => return (*error).into(),
        ImportError::NoRandom => (
            "sistem tidak memberi bilangan acak".to_owned(),
            "the system gives no random bytes".to_owned(),
        ),
    };
    Failure::say(match lang {
        Lang::Id => id,
        Lang::En => en,
    })
}

fn unreadable(error: &SheetError, lang: Lang) -> String {
    let (id, en) = match error {
        SheetError::Unreadable(why) => {
            return match lang {
                Lang::Id => format!("berkas tidak dapat dibuka: {why}"),
                Lang::En => format!("the file cannot be opened: {why}"),
            };
        }
        SheetError::Broken(why) => {
            return match lang {
                Lang::Id => format!("berkas rusak atau terpotong ({why}); unduh atau simpan ulang"),
                Lang::En => {
                    format!("the file is broken or cut short ({why}); download or save it again")
                }
            };
        }
        SheetError::Quote(line) => {
            return match lang {
                Lang::Id => format!(
                    "tanda kutip (\") sekitar baris {line} tidak ditutup, sehingga baris-baris sesudahnya menyatu; hapus tanda itu"
                ),
                Lang::En => format!(
                    "a quotation mark (\") on about line {line} is never closed, so that the lines after it run together; delete it"
                ),
            };
        }
        SheetError::Empty => ("berkas kosong", "the file is empty"),
        SheetError::TooLarge => (
            "berkas ini terlalu besar setelah dibuka; simpan ulang di Excel hanya dengan lembar daftarnya, atau sebagai CSV",
            "unpacked, this file is too large; save it again in Excel with nothing but the list's sheet, or as CSV",
        ),
        SheetError::Password => (
            "berkas dikunci kata sandi; buka di Excel, hapus kata sandinya (File > Info > Protect Workbook), simpan sebagai .xlsx",
            "the file opens with a password only; open it in Excel, take the password away (File > Info > Protect Workbook), save it as .xlsx",
        ),
        SheetError::OldExcel => (
            "ini format Excel lama (.xls); buka dan simpan sebagai .xlsx (Excel Workbook)",
            "this is the old format of Excel (.xls); open it and save it as .xlsx (Excel Workbook)",
        ),
        SheetError::WebPage => (
            "ini halaman web yang dinamai seperti Excel; buka di Excel dan simpan sebagai .xlsx",
            "this is a web page named like a spreadsheet; open it in Excel and save it as .xlsx",
        ),
        SheetError::OpenDocument => (
            "ini berkas LibreOffice (.ods); simpan sebagai .xlsx atau CSV UTF-8",
            "this is a LibreOffice file (.ods); save it as .xlsx or CSV UTF-8",
        ),
        SheetError::Unknown => (
            "ini bukan CSV dan bukan XLSX",
            "this is neither CSV nor XLSX",
        ),
        SheetError::Encoding => (
            "huruf dalam berkas tidak dapat dibaca; simpan sebagai CSV UTF-8",
            "the letters of this file cannot be read; save it as CSV UTF-8",
        ),
    };
    match lang {
        Lang::Id => id.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|_| "a day such as 2026-07-10".to_owned())
}

fn village(text: &str) -> Result<VillageCode, String> {
    let code: Option<VillageCode> = text.parse().ok();
    code.filter(|code| areas::regency_name(code.regency()).is_some())
        .ok_or_else(|| "ten digits of a village, such as 3209152001".to_owned())
}
