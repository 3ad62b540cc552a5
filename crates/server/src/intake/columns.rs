//! Which columns the sources have, by the names that their systems give them (DTSEN: the
//! catalogue of variables; final closing: SIKS-NG's table), and which fact each one is.

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// DTSEN: families, members, or both in one table.
    Dtsen,
    /// SIKS-NG's final closing: who is paid PKH in a stage.
    FinalClosing,
}

impl Source {
    /// The name in the database and in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dtsen => "dtsen",
            Self::FinalClosing => "final-closing",
        }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Number of the family card.
    Kk,
    /// Identity number of the row's person.
    Nik,
    /// Name of the row's person.
    Name,
    /// Name by which the family is known: its head, or who receives PKH.
    FamilyName,
    /// Name and KK number in one cell.
    NameAndKk,
    /// Ten digits.
    Village,
    /// Name of the village.
    VillageName,
    /// Street, hamlet, RT/RW.
    Address,
    /// Name with which the facilitator signs in.
    Facilitator,
    /// Date of the list's version.
    AsOf,
    /// A fact of the family, typed by the pack.
    Family(&'static str),
    /// A fact of the row's person, typed by the pack.
    Member(&'static str),
    /// DTSEN's three kinds of school attendance.
    Attendance,
    /// DTSEN's twenty-two kinds of school.
    School,
    /// DTSEN's list of illnesses.
    Illness,
    /// Something owned, of which DTSEN says only whether.
    Owned(&'static str),
    /// A count that is added to a fact: oxen, buffaloes and horses are *ternak besar*.
    Added(&'static str),
    /// A component of PKH or the amount, kept as a dated figure.
    Figure(&'static str),
}

/// A column: what it holds, and its names without case, spaces and signs.
pub type Column = (Field, &'static [&'static str]);

/// The columns of a source.
#[must_use]
pub const fn of(source: Source) -> &'static [Column] {
    match source {
        Source::Dtsen => DTSEN,
        Source::FinalClosing => CLOSING,
    }
}

const KK: Column = (
    Field::Kk,
    &[
        "nomorkartukeluarga",
        "nokk",
        "nomorkk",
        "nokartukeluarga",
        "kk",
    ],
);
const NIK: Column = (
    Field::Nik,
    &["nomorindukkependudukan", "nik", "nonik", "nomornik"],
);
const VILLAGE: Column = (
    Field::Village,
    &[
        "kodekelurahandesa",
        "kodedesakelurahan",
        "kodedesa",
        "kodekelurahan",
        "kodewilayah",
        "iddesa",
    ],
);
const VILLAGE_NAME: Column = (
    Field::VillageName,
    &[
        "kelurahandesa",
        "desakelurahan",
        "desa",
        "kelurahan",
        "namadesa",
        "namakelurahan",
    ],
);
const ADDRESS: Column = (
    Field::Address,
    &["alamat", "alamatdomisili", "alamatlengkap"],
);
const FACILITATOR: Column = (
    Field::Facilitator,
    &[
        "pendamping",
        "namapendamping",
        "userpendamping",
        "pendampingpkh",
        "facilitator",
    ],
);
const AS_OF: Column = (
    Field::AsOf,
    &[
        "tanggalversi",
        "tanggalversidtsen",
        "versidtsen",
        "tanggalclosing",
        "tanggaldata",
    ],
);

const DTSEN: &[Column] = &[
    KK,
    NIK,
    VILLAGE,
    VILLAGE_NAME,
    ADDRESS,
    FACILITATOR,
    AS_OF,
    (
        Field::Name,
        &["nama", "namalengkap", "namaart", "namaanggota"],
    ),
    (
        Field::FamilyName,
        &[
            "namaanggotakeluarga",
            "namakepalakeluarga",
            "namakk",
            "kepalakeluarga",
        ],
    ),
    (Field::Member("birth_date"), &["tanggallahir", "tgllahir"]),
    (Field::Member("sex"), &["jeniskelamin", "jk"]),
    (
        Field::Member("relation"),
        &[
            "statushubungankeluarga",
            "hubungankeluarga",
            "hubungandengankepalakeluarga",
            "hubungankk",
            "shdk",
        ],
    ),
    (
        Field::Member("marital"),
        &["statuskawin", "statusperkawinan"],
    ),
    (Field::Attendance, &["partisipasisekolah"]),
    (Field::School, &["jenjangtertinggiyangdiduduki", "jenjang"]),
    (
        Field::Member("employment"),
        &["statusdalampekerjaanutama", "statuspekerjaan"],
    ),
    (Field::Illness, &["penyakitkronis"]),
    (
        Field::Family("desil"),
        &["desilnasional", "desil", "desildtsen"],
    ),
    (
        Field::Family("area"),
        &["klasifikasiwilayah", "perkotaanperdesaan", "tipewilayah"],
    ),
    (
        Field::Family("social_assistance.pkh"),
        &["pkh", "penerimapkh"],
    ),
    (
        Field::Family("social_assistance.sembako"),
        &["sembako", "bpnt", "penerimasembako"],
    ),
    (
        Field::Family("social_assistance.pbi_jkn"),
        &["pbinas", "pbijkn", "pbi"],
    ),
    (
        Field::Family("housing.ownership"),
        &[
            "statuskepemilikanrumah",
            "statusbangunan",
            "statuskepemilikanbangunan",
        ],
    ),
    (
        Field::Family("housing.floor"),
        &["jenislantaiterluas", "jenislantai", "lantai"],
    ),
    (
        Field::Family("housing.wall"),
        &["jenisdindingterluas", "jenisdinding", "dinding"],
    ),
    (
        Field::Family("housing.roof"),
        &["jenisatapterluas", "jenisatap", "atap"],
    ),
    (Field::Family("housing.floor_area_m2"), &["luaslantai"]),
    (
        Field::Family("housing.water"),
        &["sumberairminumutama", "sumberairminum"],
    ),
    (
        Field::Family("housing.lighting"),
        &["sumberpeneranganutama", "sumberpenerangan"],
    ),
    (Field::Family("housing.power_va"), &["dayaterpasang"]),
    (
        Field::Family("housing.fuel"),
        &["bahanbakarutamamemasak", "bahanbakarmemasak"],
    ),
    (Field::Family("housing.toilet"), &["fasilitasbab"]),
    (Field::Family("housing.closet"), &["jeniskloset"]),
    (Field::Family("housing.disposal"), &["pembuanganakhirtinja"]),
    (Field::Owned("assets.lpg_large"), &["asetbergeraktabunggas"]),
    (
        Field::Owned("assets.refrigerator"),
        &["asetbergeraklemaries"],
    ),
    (Field::Owned("assets.air_conditioner"), &["asetbergerakac"]),
    (Field::Owned("assets.flat_tv"), &["asetbergeraktvdatar"]),
    (
        Field::Owned("assets.gold_10g"),
        &["asetbergerakemasperhiasan"],
    ),
    (
        Field::Owned("assets.computer"),
        &["asetbergerakkomputerlaptoptablet"],
    ),
    (
        Field::Owned("assets.motorcycle"),
        &["asetbergeraksepedamotor"],
    ),
    (Field::Owned("assets.bicycle"), &["asetbergeraksepeda"]),
    (Field::Owned("assets.car"), &["asetbergerakmobil"]),
    (
        Field::Owned("assets.smartphone"),
        &["asetbergeraksmartphone"],
    ),
    (
        Field::Added("assets.cattle"),
        &["jumlahternaksapi", "jumlahternakkerbau", "jumlahternakkuda"],
    ),
    (
        Field::Added("assets.small_livestock"),
        &["jumlahternakbabi", "jumlahternakkambingdomba"],
    ),
];

const CLOSING: &[Column] = &[
    KK,
    NIK,
    VILLAGE,
    VILLAGE_NAME,
    ADDRESS,
    FACILITATOR,
    AS_OF,
    (
        Field::FamilyName,
        &["nama", "namapengurus", "namakpm", "namapenerima"],
    ),
    (Field::NameAndKk, &["pengurus", "penguruskk"]),
    (Field::Figure("pkh.aud"), &["aud"]),
    (Field::Figure("pkh.sd"), &["sd"]),
    (Field::Figure("pkh.smp"), &["smp"]),
    (Field::Figure("pkh.sma"), &["sma"]),
    (
        Field::Figure("pkh.disabilitas"),
        &["disabilitas", "disabilitasberat"],
    ),
    (Field::Figure("pkh.lansia"), &["lansia", "lanjutusia"]),
    (Field::Figure("pkh.hamil"), &["hamil", "ibuhamil"]),
    (Field::Figure("pkh.ham"), &["ham"]),
    (Field::Figure("pkh.nominal"), &["nominal", "nominalbantuan"]),
];
