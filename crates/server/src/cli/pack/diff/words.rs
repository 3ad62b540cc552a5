//! Headings and names of properties, in both languages.

use naik_kelas_compiler::diff::{Area, Aspect, Change};
use naik_kelas_rules::Lang;

/// A word in both languages: Indonesian, English.
type Both = (&'static str, &'static str);

/// The one of a language.
pub(super) fn said(both: Both, lang: Lang) -> &'static str {
    match lang {
        Lang::Id => both.0,
        Lang::En => both.1,
    }
}

pub(super) fn heading(area: Area) -> Both {
    match area {
        Area::Pack => ("Paket", "The pack"),
        Area::Decision | Area::Condition => ("Program dan syaratnya", "Programmes and conditions"),
        Area::Parameter => ("Angka (parameter)", "Numbers (parameters)"),
        Area::Table => ("Tabel angka", "Tables of numbers"),
        Area::Derived => ("Nilai turunan", "Derived values"),
        Area::Schedule => ("Komponen per anggota", "Components of members"),
        Area::Readiness | Area::Indicator | Area::Grade => {
            ("Kesiapan graduasi", "Readiness for graduation")
        }
        Area::Section | Area::Question => ("Pertanyaan", "Questions"),
        Area::Form | Area::FormQuestion => (
            "Perjalanan di antara dua asesmen",
            "The journey between two assessments",
        ),
        Area::Fact | Area::Group => ("Fakta", "Facts"),
    }
}

pub(super) fn thing(area: Area) -> Both {
    match area {
        Area::Pack => ("paket", "pack"),
        Area::Decision => ("program", "programme"),
        Area::Condition => ("syarat", "condition"),
        Area::Parameter => ("angka", "number"),
        Area::Table => ("tabel", "table"),
        Area::Derived => ("nilai turunan", "derived value"),
        Area::Schedule => ("komponen", "components"),
        Area::Readiness => ("kesiapan", "readiness"),
        Area::Indicator => ("indikator", "indicator"),
        Area::Grade => ("tingkat", "grade"),
        Area::Section => ("bagian", "section"),
        Area::Question => ("pertanyaan", "question"),
        Area::Form => ("formulir", "form"),
        Area::FormQuestion => ("pertanyaan", "question of a form"),
        Area::Fact => ("fakta", "fact"),
        Area::Group => ("kelompok fakta", "group of facts"),
    }
}

pub(super) fn change(change: Change) -> Both {
    match change {
        Change::New => ("baru", "new"),
        Change::Gone => ("hilang", "gone"),
        Change::Changed => ("berubah", "changed"),
    }
}

pub(super) fn aspect(aspect: Aspect) -> Both {
    match aspect {
        Aspect::Id => ("nama", "name"),
        Aspect::Version => ("versi", "version"),
        Aspect::Title => ("judul", "title"),
        Aspect::About => ("keterangan", "about"),
        Aspect::EffectiveFrom => ("berlaku sejak", "in force from"),
        Aspect::EffectiveTo => ("berlaku sampai", "in force until"),
        Aspect::SignedOffBy => ("disahkan oleh", "signed off by"),
        Aspect::Order => ("urutan", "order"),
        Aspect::LoanOrder => ("urutan pinjaman", "order of loans"),
        Aspect::FormOrder => ("urutan formulir", "order of forms"),
        Aspect::Label => ("nama tampilan", "label"),
        Aspect::Kind => ("jenis", "type"),
        Aspect::Unit => ("satuan", "unit"),
        Aspect::Least => ("paling sedikit", "at least"),
        Aspect::Most => ("paling banyak", "at most"),
        Aspect::Pattern => ("bentuk", "pattern"),
        Aspect::Source => ("asal", "source"),
        Aspect::MayChange => ("bisa berubah", "may change"),
        Aspect::Sensitivity => ("kerahasiaan", "sensitivity"),
        Aspect::Confirm => ("perlu dikonfirmasi", "wants confirming"),
        Aspect::Choice => ("pilihan", "choice"),
        Aspect::Value => ("nilai", "value"),
        Aspect::Law => ("dasar hukum", "legal basis"),
        Aspect::Formula => ("rumus", "formula"),
        Aspect::OptionWhen => ("berlaku bila", "applies when"),
        Aspect::OptionAmount => ("besarnya", "pays"),
        Aspect::Group => ("golongan", "group"),
        Aspect::Amount => ("besar bantuan", "amount"),
        Aspect::AmountUnit => ("dibayar", "paid"),
        Aspect::AmountKind => ("bentuk bantuan", "form of the amount"),
        Aspect::PerQuarter => ("ditampilkan per tahap", "shown per quarter"),
        Aspect::Loan => ("pinjaman usaha", "productive loan"),
        Aspect::NamesMembers => ("anggota yang bisa mengajukan", "members who could apply"),
        Aspect::Test => ("rumus", "formula"),
        Aspect::WhenYes => ("bila terpenuhi", "where it holds"),
        Aspect::WhenNo => ("bila tidak terpenuhi", "where it does not"),
        Aspect::WhenUnknown => ("bila belum diketahui", "where it is not known"),
        Aspect::NeverPropose => ("tidak pernah disarankan", "never proposed"),
        Aspect::Protected => ("dilindungi bila", "protected when"),
        Aspect::ProtectedLabel => ("sebutan dilindungi", "name of protected"),
        Aspect::ProtectedText => ("arti dilindungi", "what protected means"),
        Aspect::UnknownLabel => ("sebutan belum pasti", "name of not certain"),
        Aspect::UnknownText => ("arti belum pasti", "what not certain means"),
        Aspect::Help => ("penjelasan", "help"),
        Aspect::Green => ("hijau bila", "green when"),
        Aspect::Yellow => ("kuning bila", "yellow when"),
        Aspect::When => ("diberikan bila", "given when"),
        Aspect::Explanation => ("artinya", "what it means"),
        Aspect::Roster => ("untuk setiap anggota", "for each member"),
        Aspect::Relevant => ("ditanyakan bila", "asked when"),
        Aspect::Section => ("bagian", "section"),
        Aspect::Ask => ("kalimat", "wording"),
        Aspect::Hint => ("petunjuk", "hint"),
        Aspect::Required => ("wajib", "required"),
        Aspect::First => (
            "ditanyakan saat anggota ditambah",
            "asked when a member is added",
        ),
        Aspect::Skip => ("diisi bila dilewati", "written when skipped"),
        Aspect::Check => ("pemeriksaan", "check"),
        Aspect::WrittenIn => ("diisi pada tahap", "written in the stages"),
        Aspect::Becomes => ("membawa ke tahap", "leads to the stage"),
        Aspect::NextVisit => ("dilihat lagi pada", "seen again on"),
        Aspect::Carries => (
            "dimulai dari catatan terakhir",
            "begins with the last note's",
        ),
        Aspect::Office => ("ditulis dinas", "written by the office"),
    }
}
