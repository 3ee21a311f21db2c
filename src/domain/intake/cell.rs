//! What a filled-in form is made of, whatever program wrote it: sheets of cells.

use chrono::NaiveDate;

/// Digits a spreadsheet program shows of a number; whatever stands beyond them is noise of its binary arithmetic.
const SHOWN_DIGITS: usize = 15;
/// Beyond this power of ten a number is no measure of anything in a form (and no `f64` either).
const LARGEST_EXPONENT: i32 = 330;

/// The content of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words, exactly as they stand in the file.
    Text(String),
    /// A number, as the spreadsheet program shows it with 15 significant digits.
    Number(String),
    /// A day.
    Date(NaiveDate),
}

impl Cell {
    /// Tells whether nothing can be seen in the cell.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.chars().all(char::is_whitespace),
            Cell::Number(_) | Cell::Date(_) => false,
        }
    }

    /// Tells what a person sees in the cell.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Number(text) => text.clone(),
            Cell::Date(day) => day.format("%Y-%m-%d").to_string(),
        }
    }
}

/// Cells joined into one; only its upper left cell holds the content.
///
/// Kept because a unit written once beside several rows belongs to each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Index of the first row in [`Sheet::rows`].
    pub top: usize,
    /// Index of the last row.
    pub bottom: usize,
    /// Index of the first column.
    pub left: usize,
    /// Index of the last column.
    pub right: usize,
}

/// One sheet of a workbook, one Word document, or one CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The name on its tab; empty where the file has none.
    pub name: String,
    /// The number the spreadsheet program gives to the first of the rows.
    pub first_row: u32,
    /// The rows, each only as long as it has content.
    pub rows: Vec<Vec<Cell>>,
    /// The joined cells.
    pub merges: Vec<Merge>,
}

impl Sheet {
    /// Tells the cell at an index, empty beyond the end of the row.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or(&Cell::Empty)
    }

    /// Tells the cell at an index or, where it is joined to one above it, that cell.
    ///
    /// Cells joined sideways are left alone: their content belongs to the column it stands in.
    pub fn carried_cell(&self, row: usize, column: usize) -> &Cell {
        let own = self.cell(row, column);
        if !own.is_blank() {
            return own;
        }
        self.top_of(row, column).map_or(own, |top| self.cell(top, column))
    }

    /// Tells the first row of the joined cells that an index below it belongs to.
    pub fn top_of(&self, row: usize, column: usize) -> Option<usize> {
        let joined = |merge: &&Merge| merge.left == column && merge.top < row && row <= merge.bottom;
        self.merges.iter().find(joined).map(|merge| merge.top)
    }

    /// Tells the number the spreadsheet program gives to the row at an index.
    pub fn row_number(&self, row: usize) -> u32 {
        self.first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX))
    }
}

/// Names a column as spreadsheet programs do: `A`, `Z`, `AA`.
pub fn column_letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index.saturating_add(1);
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Writes a decimal number as a spreadsheet program shows it: 15 significant digits, half rounded up, no exponent.
///
/// Files store 99.99 as `99.98999999999999`, the nearest value binary arithmetic came to; the author saw and meant
/// 99.99. The rounding is done on the digits, so no second binary error is added. `None` if it is no number.
pub fn fifteen_digits(text: &str) -> Option<String> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = whole.bytes().chain(decimals.bytes()).collect();
    let longest = LARGEST_EXPONENT.unsigned_abs() as usize;
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) || digits.len() > 2 * longest {
        return None;
    }
    if exponent.abs() > LARGEST_EXPONENT {
        return None;
    }
    // The decimal point stands before the digit with this index; it may lie outside the digits.
    let mut point = i32::try_from(whole.len()).ok()? + exponent;
    let leading = digits.iter().take_while(|digit| **digit == b'0').count();
    point -= i32::try_from(leading).ok()?;
    let mut digits: Vec<u8> = digits.into_iter().skip(leading).collect();
    let round_up = digits.get(SHOWN_DIGITS).is_some_and(|digit| *digit >= b'5');
    digits.truncate(SHOWN_DIGITS);
    if round_up && carry(&mut digits) {
        digits.insert(0, b'1');
        point += 1;
    }
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    Some(place_point(negative, &digits, point))
}

/// Adds one to the last digit; tells whether a one is left over at the front.
fn carry(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return false;
        }
        *digit = b'0';
    }
    true
}

fn place_point(negative: bool, digits: &[u8], point: i32) -> String {
    let mut text = String::from(if negative { "-" } else { "" });
    let whole = usize::try_from(point).unwrap_or(0);
    if whole == 0 {
        text.push('0');
    }
    for index in 0..whole {
        text.push(char::from(digits.get(index).copied().unwrap_or(b'0')));
    }
    if digits.len() > whole {
        text.push('.');
        (point..0).for_each(|_| text.push('0'));
        text.extend(digits.iter().skip(whole).map(|digit| char::from(*digit)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_as_the_spreadsheet_shows_it() {
        for (stored, shown) in [
            ("99.98999999999999", "99.99"),
            ("0.30000000000000004", "0.3"),
            ("268", "268"),
            ("268.0", "268"),
            ("9.9989999999999995E1", "99.99"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            ("999999999999999.9", "1000000000000000"),
            ("0.999999999999999999", "1"),
            ("-12.50", "-12.5"),
            ("0.000", "0"),
            ("-0", "0"),
            ("0001", "1"),
        ] {
            assert_eq!(fifteen_digits(stored).as_deref(), Some(shown), "{stored}");
        }
        for text in ["", "约100", "1.2.3", "1e", "1e999999999", "NaN", "inf", "."] {
            assert_eq!(fifteen_digits(text), None, "{text}");
        }
    }

    #[test]
    fn columns_are_named_as_on_the_sheet() {
        for (index, letters) in [(0, "A"), (3, "D"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(index), letters);
        }
    }
}
