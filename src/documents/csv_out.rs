//! Lists as text with commas, for whatever reads them next.

/// Writes a list in UTF-8 with the mark by which spreadsheet programs know it.
pub fn csv(head: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let head = line(head.iter().map(|name| (*name).to_owned()).collect());
    let rows = rows.iter().map(|row| line(row.iter().map(|cell| quoted(&guarded(cell))).collect()));
    let text: String = ["\u{feff}".to_owned(), head].into_iter().chain(rows).collect();
    text.into_bytes()
}

/// What makes a spreadsheet program take a cell of a text file for a formula.
pub(super) const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Puts an apostrophe before what would be a formula, and before what already looks so guarded.
fn guarded(cell: &str) -> String {
    if cell.trim_start_matches('\'').starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// Takes the apostrophe away again.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// Quotes what holds anything a reader could take for a separator, whichever it guesses.
fn quoted(cell: &str) -> String {
    let plain = !cell.contains([',', ';', '\t', '"', '\n', '\r']) && cell.trim() == cell;
    if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_guard_comes_off_whatever_stood_in_the_cell(cell in "['=+@a-]{0,6}") {
            let guard = guarded(&cell);
            prop_assert!(!guard.starts_with(FORMULA));
            prop_assert_eq!(unguarded(&guard), cell);
        }
    }
}
