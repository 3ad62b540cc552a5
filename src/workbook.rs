//! A workbook of one sheet with texts, as Excel and its like open it (ECMA-376, Office Open XML): five small XML files in
//! a ZIP that compresses nothing. Texts stand in the cells themselves, so that no cell can be a formula.

const PARTS: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="a"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="sheet.xml"/></Relationships>"#,
    ),
];

/// The workbook of these rows of texts.
#[must_use]
pub fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let sheet = sheet(rows);
    let parts = PARTS.into_iter();
    let parts = parts.chain([("xl/sheet.xml", sheet.as_str())]);
    let mut file = Vec::new();
    let mut directory = Vec::new();
    let mut count = 0_u16;
    for (name, text) in parts {
        let size = text.len() as u32;
        // Version 2.0, UTF-8 names, stored, 1 January 1980.
        let mut head = vec![20, 0, 0, 8, 0, 0, 0, 0, 33, 0];
        for number in [checksum(text.as_bytes()), size, size, name.len() as u32] {
            head.extend(number.to_le_bytes());
        }
        // The entry of the directory: the same, with comments and attributes that are not there, and the place.
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend((file.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(name.as_bytes());
        file.extend(text.as_bytes());
        count += 1;
    }
    let start = file.len() as u32;
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0; 2]);
    file
}

fn sheet(rows: &[Vec<String>]) -> String {
    let mut out = String::from(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#,
    );
    for row in rows {
        out.push_str("<row>");
        for cell in row {
            out.push_str(r#"<c t="inlineStr"><is><t>"#);
            for letter in cell.chars() {
                match letter {
                    '&' => out.push_str("&amp;"),
                    '<' => out.push_str("&lt;"),
                    // XML 1.0 has no such letters.
                    letter if letter < ' ' => out.push(' '),
                    letter => out.push(letter),
                }
            }
            out.push_str("</t></is></c>");
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData></worksheet>");
    out
}

/// CRC-32 as ZIP has it.
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1));
        }
    }
    !sum
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};

    #[test]
    fn a_sheet_program_reads_what_was_written() {
        assert_eq!(
            checksum(b"123456789"),
            0xcbf4_3926,
            "the check value of CRC-32"
        );
        let rows = vec![
            vec!["Laporan".to_owned(), "Nov 2026".to_owned()],
            Vec::new(),
            vec![
                "=1+1".to_owned(),
                "Siti <Aminah>\u{1}& \"Contoh\"".to_owned(),
            ],
        ];
        let mut book: Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(workbook(&rows))).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let cell = |row, column| match range.get((row, column)) {
            Some(Data::String(text)) => text.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(
            (cell(0, 0), cell(0, 1)),
            ("Laporan".into(), "Nov 2026".into())
        );
        assert_eq!(cell(2, 0), "=1+1", "a text and no formula");
        assert_eq!(cell(2, 1), "Siti <Aminah> & \"Contoh\"");
    }
}
