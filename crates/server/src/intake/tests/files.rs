//! Files: where the header stands, how they are encoded, and what is no list at all.

use super::*;
use crate::intake::sheet::SheetError;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::io::Write;

fn sound(office: &Office, file: &std::path::Path) {
    let outcome = office.try_import(file).unwrap();
    assert_eq!(
        (outcome.summary.added, outcome.summary.bad),
        (1, 0),
        "{outcome:?}"
    );
    let families = office.families();
    assert_eq!(families[0].name, "Siti Aminah Contoh");
    assert_eq!(
        families[0].kk.as_ref().unwrap().as_str(),
        "3209150101200012"
    );
    assert_eq!(fact(&families[0], "desil"), Some(&Value::Int(2)));
}

fn check(name: &str, bytes: &[u8]) {
    let office = Office::new(Source::Dtsen);
    let file = office.file(name, bytes);
    sound(&office, &file);
}

fn list(delimiter: char) -> String {
    let lines = [
        FAMILIES.to_owned(),
        family("3209150101200012", "Siti Aminah Contoh", "2"),
    ];
    lines.join("\r\n").replace(',', &delimiter.to_string())
}

#[test]
fn delimiters_and_encodings_are_found() {
    for delimiter in [',', ';', '\t', '|'] {
        check("list.csv", list(delimiter).as_bytes());
    }
    check(
        "bom.csv",
        [b"\xEF\xBB\xBF", list(';').as_bytes()].concat().as_slice(),
    );
    check("sep.csv", format!("sep=;\r\n{}", list(';')).as_bytes());
    let utf16 = |order: fn(u16) -> [u8; 2]| {
        list(';')
            .encode_utf16()
            .flat_map(order)
            .collect::<Vec<u8>>()
    };
    check(
        "utf16.csv",
        &[&[0xFF, 0xFE][..], &utf16(u16::to_le_bytes)].concat(),
    );
    check(
        "utf16be.csv",
        &[&[0xFE, 0xFF][..], &utf16(u16::to_be_bytes)].concat(),
    );
    check("utf16-without-mark.csv", &utf16(u16::to_le_bytes));
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let bad = |number| family(number, "Siti Contoh", "2");
    let lines = [
        "",
        FAMILIES,
        "",
        &bad("1"),
        "\n",
        &bad("2").replace("Siti ", "\"Siti\n\""),
        &bad("3"),
    ];
    for end in ["\n", "\r\n", "\r"] {
        let office = Office::new(Source::Dtsen);
        let text = lines.join("\n").replace('\n', end);
        let outcome = office
            .try_import(&office.file("list.csv", text.as_bytes()))
            .unwrap();
        let expected = ["4 D number-short", "7 D number-short", "9 D number-short"];
        assert_eq!(outcome.findings, expected, "{end:?}");
    }
}

#[test]
fn a_quotation_mark_that_nothing_closes_swallows_no_rows_in_silence() {
    let office = Office::new(Source::Dtsen);
    let mut lines = vec![
        FAMILIES.to_owned(),
        family("3209150101200012", "Siti Contoh", "2"),
    ];
    lines.push(family("3209150101200013", "\"Budi Contoh", "2"));
    lines.extend((0..50).map(|n| family(&format!("32091501012001{n:02}"), "Joko Contoh", "2")));
    let file = office.file("list.csv", lines.join("\n").as_bytes());
    assert_eq!(office.try_import(&file), Err(SheetError::Quote(3).into()));
}

#[test]
fn windows_letters_are_read() {
    let office = Office::new(Source::Dtsen);
    let text = [
        FAMILIES,
        &family("3209150101200012", "Ren\u{fffd} Contoh", "2"),
    ]
    .join("\n");
    let bytes: Vec<u8> = text
        .replace('\u{fffd}', "#")
        .bytes()
        .map(|b| if b == b'#' { 0xE9 } else { b })
        .collect();
    let file = office.file("list.csv", &bytes);
    office.try_import(&file).unwrap();
    assert_eq!(office.families()[0].name, "René Contoh");
}

#[test]
fn names_of_columns_have_any_case_and_signs() {
    let header = "Kode Desa/Kelurahan,DESA,Alamat,\"NO.  KK\",Nama Kepala Keluarga,DESIL";
    check(
        "list.csv",
        [
            header,
            &family("3209150101200012", "Siti Aminah Contoh", "2"),
        ]
        .join("\n")
        .as_bytes(),
    );
}

#[test]
fn titles_above_counting_rows_and_totals_below_are_no_rows() {
    let lines = [
        "DAFTAR KELUARGA DTSEN KABUPATEN CONTOH,,,,,",
        ",,,,,",
        FAMILIES,
        "1,2,3,4,5,6",
        &family("3209150101200012", "Siti Aminah Contoh", "2"),
        ",,,,,",
        FAMILIES,
        "JUMLAH,,,,1,2",
        "Mengetahui,,,,,",
    ];
    let office = Office::new(Source::Dtsen);
    let outcome = office.import(&lines);
    assert_eq!(outcome.summary.rows, 1, "{outcome:?}");
    assert_eq!(office.families().len(), 1);
}

/// A sheet as people make it: a title over merged cells, then the header.
fn sheet(worksheet: &mut Worksheet, number_as_text: bool) {
    let bold = Format::new().set_bold();
    worksheet
        .merge_range(0, 0, 0, 5, "DAFTAR KELUARGA", &bold)
        .unwrap();
    for (column, name) in (0..).zip(FAMILIES.split(',')) {
        worksheet
            .write(2, column, name.to_uppercase().replace('_', " "))
            .unwrap();
    }
    let line = family("3209150101200012", "Siti Aminah Contoh", "2");
    for (column, text) in (0..).zip(line.split(',')) {
        match text.parse::<f64>() {
            Ok(number) if column == 5 || (column == 3 && !number_as_text) => {
                worksheet.write(3, column, number).unwrap()
            }
            _ => worksheet.write(3, column, text).unwrap(),
        };
    }
}

#[test]
fn spreadsheets_are_read() {
    let office = Office::new(Source::Dtsen);
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("Petunjuk")
        .unwrap()
        .write(0, 0, "Baca dahulu")
        .unwrap();
    sheet(workbook.add_worksheet(), true);
    let file = office.file("list.xlsx", &workbook.save_to_buffer().unwrap());
    sound(&office, &file);
}

#[test]
fn a_number_typed_into_a_cell_is_refused_where_a_digit_is_lost() {
    let office = Office::new(Source::Dtsen);
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    sheet(worksheet, false);
    // What Excel stores of a KK that was typed as a number.
    worksheet.write(3, 3, 3_209_150_101_200_010.0).unwrap();
    worksheet.write_formula(4, 3, "=NA()").unwrap();
    worksheet.write(4, 4, "Budi Contoh").unwrap();
    let file = office.file("list.xlsx", &workbook.save_to_buffer().unwrap());
    let outcome = office.try_import(&file).unwrap();
    assert_eq!(outcome.findings[0], "4 D number-rounded");
    assert_eq!(outcome.summary.added, 0);
}

#[test]
fn families_and_members_on_two_sheets_come_together_whatever_their_order() {
    let office = Office::new(Source::Dtsen);
    let mut workbook = Workbook::new();
    let members = workbook.add_worksheet().set_name("Anggota").unwrap();
    let rows = [
        "nomor_induk_kependudukan,nomor_kartu_keluarga,nama,tanggal_lahir,jenis_kelamin,status_hubungan_keluarga,partisipasi_sekolah,jenjang_tertinggi_yang_diduduki",
        "3209154405909001,3209150101200012,Siti Aminah Contoh,1990-05-04,Perempuan,Kepala keluarga,Tidak bersekolah lagi,SMP",
        "3209150101159002,3209150101200012,Budi Contoh,2015-01-01,1,3,2,3",
    ];
    for (row, line) in (0..).zip(rows) {
        for (column, text) in (0..).zip(line.split(',')) {
            members.write(row, column, text).unwrap();
        }
    }
    sheet(workbook.add_worksheet().set_name("Keluarga").unwrap(), true);
    let file = office.file("list.xlsx", &workbook.save_to_buffer().unwrap());
    let outcome = office.try_import(&file).unwrap();
    assert_eq!(
        (
            outcome.summary.rows,
            outcome.summary.bad,
            outcome.summary.added
        ),
        (3, 0, 1)
    );
    let families = office.families();
    let kpm = &families[0];
    assert_eq!((families.len(), kpm.roster.len()), (1, 2));
    assert_eq!(member_fact(kpm, 0, "sex").cloned(), code("female"));
    assert_eq!(member_fact(kpm, 0, "relation").cloned(), code("head"));
    assert_eq!(member_fact(kpm, 1, "relation").cloned(), code("child"));
    assert_eq!(member_fact(kpm, 1, "attending"), Some(&Value::Bool(true)));
    assert_eq!(member_fact(kpm, 1, "level").cloned(), code("sd"));
}

#[test]
fn two_columns_of_one_meaning_are_a_question() {
    let office = Office::new(Source::Dtsen);
    let line = family("3209150101200012", "Siti Contoh", "2") + ",3209150101200013";
    let file = office.file(
        "list.csv",
        [&format!("{FAMILIES},NO KK"), line.as_str()]
            .join("\n")
            .as_bytes(),
    );
    assert_eq!(
        office.try_import(&file),
        Err(ImportError::Twice(String::new(), "NO KK".into(), 3, 6))
    );
}

#[test]
fn what_is_no_list_says_what_it_is() {
    let office = Office::new(Source::Dtsen);
    let compound = |inside: &str| {
        let mark = inside.encode_utf16().flat_map(u16::to_le_bytes);
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend(std::iter::repeat_n(0, 70_000).chain(mark));
        bytes
    };
    let files: [(&[u8], ImportError); 9] = [
        (b"", SheetError::Empty.into()),
        (b" \r\n\r\n", SheetError::Empty.into()),
        (&compound("Workbook"), SheetError::OldExcel.into()),
        (&compound("EncryptedPackage"), SheetError::Password.into()),
        (
            b"<html><table><tr><td>NIK</td></tr></table></html>",
            SheetError::WebPage.into(),
        ),
        (b"%PDF-1.7 a list", SheetError::Unknown.into()),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", SheetError::Unknown.into()),
        (
            b"nomor_kartu_keluarga\nnama \x81\x8d",
            SheetError::Encoding.into(),
        ),
        (b"merk,harga\nkopi,5000\n", ImportError::NoTable),
    ];
    for (bytes, expected) in files {
        let file = office.file("list", bytes);
        assert_eq!(office.try_import(&file), Err(expected));
    }
    let half = {
        let mut workbook = Workbook::new();
        sheet(workbook.add_worksheet(), true);
        workbook.save_to_buffer().unwrap()
    };
    let file = office.file("half.xlsx", &half[..half.len() / 2]);
    assert!(matches!(
        office.try_import(&file),
        Err(ImportError::Sheet(SheetError::Broken(_)))
    ));
}

/// A few hundred kilobytes that would become more than half a gigabyte of shared texts.
#[test]
fn a_file_that_would_fill_the_memory_is_refused_before_it_is_read() {
    let office = Office::new(Source::Dtsen);
    let mut workbook = Workbook::new();
    sheet(workbook.add_worksheet(), true);
    let sound = workbook.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(sound)).unwrap();
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for part in 0..archive.len() {
        let part = archive.by_index_raw(part).unwrap();
        if part.name().unwrap() != "xl/sharedStrings.xml" {
            bomb.raw_copy_file(part).unwrap();
        }
    }
    bomb.start_file(
        "xl/sharedStrings.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..513 {
        bomb.write_all(&spaces).unwrap();
    }
    let bytes = bomb.finish().unwrap().into_inner();
    assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
    let file = office.file("bomb.xlsx", &bytes);
    assert_eq!(office.try_import(&file), Err(SheetError::TooLarge.into()));
}

/// Spoilt downloads and hostile files end in an answer, never in a panic.
#[test]
fn mutated_files_end_in_an_answer() {
    let office = Office::new(Source::Dtsen);
    let mut workbook = Workbook::new();
    sheet(workbook.add_worksheet(), true);
    let files = [workbook.save_to_buffer().unwrap(), list(';').into_bytes()];
    let mut random = crate::synth::Random::of(5, 0);
    for round in 0..400 {
        let mut bytes = files[round % 2].clone();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            match random.below(4) {
                0 => bytes.truncate(at + 1),
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, random.bytes::<1>()[0]),
                _ => bytes[at] = random.bytes::<1>()[0],
            }
        }
        let file = office.file("list", &bytes);
        // Whatever it is, it is said.
        drop(office.try_import(&file));
    }
}
