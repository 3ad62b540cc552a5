//! Official answers of DTSEN that are worded otherwise than the pack's labels, by the number that
//! the official list gives them. Answers that join several codes say too little for one: they are
//! not taken, and are no mistake either.

/// Fact, official text (without case, spaces and signs), DTSEN's number; `None` where it joins several.
const OFFICIAL: &[(&str, &str, Option<u16>)] = &[
    ("members.relation", "orangtuamertua", Some(6)),
    ("members.relation", "istri", Some(2)),
    ("members.relation", "suami", Some(2)),
    ("members.sex", "l", Some(1)),
    ("members.sex", "lakilaki", Some(1)),
    ("members.sex", "pria", Some(1)),
    ("members.sex", "p", Some(2)),
    ("members.sex", "wanita", Some(2)),
    ("members.marital", "kawinnikah", Some(2)),
    ("members.marital", "menikah", Some(2)),
    ("members.marital", "belummenikah", Some(1)),
    ("members.employment", "berusahasendiri", Some(1)),
    (
        "members.employment",
        "berusahadibantuburuhtidaktetap",
        Some(2),
    ),
    (
        "members.employment",
        "berusahadibantuburuhtidaktetaptidakdibayar",
        Some(2),
    ),
    ("members.employment", "berusahadibantuburuhtetap", Some(3)),
    ("members.employment", "buruhkaryawanpegawaiswasta", Some(4)),
    (
        "members.employment",
        "pnstnipolribumnbumdpejabatnegara",
        Some(5),
    ),
    ("members.employment", "pekerjabebaspertanian", Some(6)),
    ("members.employment", "pekerjabebasnonpertanian", Some(7)),
    ("members.employment", "pekerjakeluargatidakdibayar", Some(8)),
    ("housing.ownership", "dinas", Some(4)),
    ("housing.floor", "keramikgranitmarmerubintegelteraso", None),
    ("housing.wall", "kayupapangypsumgrc", Some(3)),
    ("housing.wall", "kayupapangypsumgrckalsiboard", Some(3)),
    ("housing.roof", "jeramiijukdaundaunanrumbia", Some(7)),
    ("housing.roof", "asbesseng", None),
    ("housing.water", "airkemasanbermerk", Some(1)),
    ("housing.water", "airkemasan", Some(1)),
    (
        "housing.water",
        "airpermukaansungaidanauwadukkolamirigasi",
        Some(9),
    ),
    ("housing.water", "airpermukaan", Some(9)),
    ("housing.water", "airkemasanisiulang", None),
    ("housing.lighting", "listrikplndenganmeteran", Some(1)),
    ("housing.lighting", "listrikplntanpameteran", Some(2)),
    ("housing.power_va", "450watt", Some(1)),
    ("housing.power_va", "900watt", Some(2)),
    ("housing.power_va", "1300watt", Some(3)),
    ("housing.power_va", "2200watt", Some(4)),
    ("housing.fuel", "tidakmemasakdirumah", Some(0)),
    ("housing.fuel", "gaselpiji55kgbluegaz", Some(2)),
    ("housing.fuel", "gaselpiji12kg", Some(3)),
    ("housing.fuel", "gaselpiji3kg", Some(4)),
    ("housing.fuel", "gaskotameteranpgn", Some(5)),
    ("housing.fuel", "listrikgas", None),
    ("housing.toilet", "adahanyakeluargasendiri", Some(1)),
    ("housing.toilet", "adabersamakeluargatertentu", Some(2)),
    ("housing.toilet", "adadimckkomunal", Some(3)),
    ("housing.toilet", "adadimckumum", Some(4)),
    ("housing.toilet", "adatidakdigunakan", Some(5)),
    ("housing.toilet", "tidakadafasilitas", Some(6)),
    ("housing.closet", "plengsengandengantutup", Some(2)),
    ("housing.closet", "plengsengantanpatutup", Some(3)),
    ("housing.closet", "cemplungcubluk", Some(4)),
    ("housing.disposal", "kolamsawahsungaidanaulaut", Some(3)),
    ("housing.disposal", "pantaitanahlapangkebun", Some(5)),
    ("housing.disposal", "tanpatangkiseptik", None),
];

/// What an official answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Official {
    /// The answer of this number.
    Number(u16),
    /// One that joins several.
    Joint,
    /// Not in this list.
    Unlisted,
}

/// Looks an official answer up; `text` without case, spaces and signs, `written` as it stands:
/// `> 2.200 watt` and `<= 900 watt` differ from others by their signs alone.
pub(super) fn official(path: &str, text: &str, written: &str) -> Official {
    if path == "housing.power_va" && written.contains(['<', '>']) {
        return match text {
            "2200watt" | "2200va" => Official::Number(5),
            _ => Official::Joint,
        };
    }
    let found = OFFICIAL
        .iter()
        .find(|(fact, official, _)| *fact == path && *official == text);
    match found {
        Some((_, _, Some(number))) => Official::Number(*number),
        Some((_, _, None)) => Official::Joint,
        None => Official::Unlisted,
    }
}
