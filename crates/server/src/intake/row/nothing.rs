//! Rows that are no rows of data: blank ones, totals, signatures, column numbers, repeated headers.

use super::super::{
    cell::{Cell, plain},
    columns::Field,
    header::Header,
};

/// Whether a row says nothing about anybody.
pub(super) fn is_nothing(header: &Header, cells: &[Cell]) -> bool {
    let at = |field| header.column(field).and_then(|column| cells.get(column));
    let known = header.fields.iter().zip(cells);
    let filled = known.filter(|(field, cell)| field.is_some() && !cell.is_empty());
    let filled = filled.count();
    let whom = [
        Field::Kk,
        Field::Nik,
        Field::NameAndKk,
        Field::Name,
        Field::FamilyName,
    ];
    let nobody = whom.into_iter().filter_map(at).all(Cell::is_empty);
    // A lone text below the table: a date, a signature.
    if filled == 0 || (filled == 1 && nobody) {
        return true;
    }
    let numbered = [Field::Kk, Field::Nik].into_iter().filter_map(at);
    if numbered.clone().all(Cell::is_empty) {
        // Totals stand at the end of most printed lists.
        let total = cells.iter().any(|cell| match cell {
            Cell::Text(text) => {
                let text = plain(text);
                ["jumlah", "total", "grandtotal", "rekap"]
                    .iter()
                    .any(|word| text.starts_with(word))
            }
            _ => false,
        });
        if total {
            return true;
        }
    }
    is_counting(cells) || is_header_again(header, cells)
}

/// `1 2 3 4 …` or `(1) (2) (3) …` below a header.
fn is_counting(cells: &[Cell]) -> bool {
    let filled: Vec<(usize, &Cell)> = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
        .collect();
    filled.len() > 2
        && filled.iter().all(|(at, cell)| {
            let shown = cell.shown();
            let number = shown.trim_matches(['(', ')']).parse::<usize>();
            number.is_ok_and(|number| number == at + 1)
        })
}

fn is_header_again(header: &Header, cells: &[Cell]) -> bool {
    let mut same = 0;
    for (name, cell) in header.names.iter().zip(cells) {
        match cell {
            Cell::Text(text) if plain(text) == plain(name) => same += 1,
            Cell::Empty => {}
            _ => return false,
        }
    }
    same > 1
}
