//! The whole form: which sheet holds it, what each of its rows is, and what became of the projects in it.

use std::collections::{BTreeMap, BTreeSet};

use super::Candidate;
use super::around::{Surroundings, read_labels, read_money_unit, read_title};
use super::cell::{Cell, Sheet};
use super::choice::{Secrecy, carries_mark};
use super::columns::Field;
use super::header::Header;
use super::problem::{NoForm, ProblemKind, RowProblem};
use super::row::{RowReading, read_row, secrecy_in_columns, secrecy_of, unclear_secrecy};
use super::text::{Lines, clean, shorten, squeeze, without_notes};

/// A declaration form that was read, with everything that must be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// The sheet it stands on.
    pub sheet: String,
    /// The unit that hands it in, where the form names one.
    pub unit: Option<String>,
    /// The plan year in its title.
    pub plan_year: Option<i32>,
    /// The rows without a problem.
    pub candidates: Vec<Candidate>,
    /// Why other rows cannot be taken over; every problem of the form, in the order of the rows.
    pub problems: Vec<RowProblem>,
    /// What is doubtful but stops nothing.
    pub warnings: Vec<RowProblem>,
    /// Rows marked 涉密: their numbers and nothing else of them 〔第十七条〕.
    pub secret_rows: Vec<u32>,
}

/// Finds the form in the sheets of a file and reads it.
///
/// The first sheet with a filled-in table counts; a further one is named in the warnings, never silently dropped.
pub fn read_form(sheets: &[Sheet]) -> Result<Form, NoForm> {
    if sheets.iter().all(|sheet| sheet.rows.iter().flatten().all(Cell::is_blank)) {
        return Err(NoForm::Empty);
    }
    let mut found: Option<Form> = None;
    let mut reason = NoForm::NoTable;
    for sheet in sheets {
        match SheetReader::new(sheet).read() {
            Ok(form) => match &mut found {
                None => found = Some(form),
                Some(first) => first.warnings.push(RowProblem {
                    row: sheet.first_row,
                    column: String::new(),
                    value: shorten(&form.sheet),
                    kind: ProblemKind::OtherSheet,
                }),
            },
            Err(NoForm::Secret) => return Err(NoForm::Secret),
            Err(NoForm::NoTable | NoForm::Empty) => {}
            // A table without projects says more than a cover page without a table.
            Err(other) if reason == NoForm::NoTable => reason = other,
            Err(_) => {}
        }
    }
    found.ok_or(reason)
}

/// What a row of the sheet is.
enum RowKind {
    Header(Header),
    /// The title, or labelled lines above or below the table.
    Around(Surroundings),
    Data,
    /// Nothing to take over: blank, a total, a note, an example.
    Skipped,
}

struct SheetReader<'a> {
    sheet: &'a Sheet,
    /// One entry per form on the sheet: a supervisor may have put several below each other.
    around: Vec<Surroundings>,
    /// The rows read, each with the index of its surroundings.
    readings: Vec<(usize, usize, RowReading)>,
    secret: BTreeSet<usize>,
    form: Form,
}

impl<'a> SheetReader<'a> {
    fn new(sheet: &'a Sheet) -> SheetReader<'a> {
        let form = Form { sheet: clean(&sheet.name, Lines::One).text, ..Form::default() };
        let around = vec![Surroundings::default()];
        SheetReader { sheet, around, readings: Vec::new(), secret: BTreeSet::new(), form }
    }

    fn read(mut self) -> Result<Form, NoForm> {
        let sheet = self.sheet;
        let mut header: Option<(usize, Header)> = None;
        let mut row = 0;
        while let Some(cells) = sheet.rows.get(row) {
            let kind = classify(sheet, row, header.as_ref().map(|(_, header)| header));
            if !matches!(kind, RowKind::Data) && cells.iter().any(|cell| carries_mark(&cell.shown())) {
                return Err(NoForm::Secret);
            }
            let this = row;
            row += 1;
            match kind {
                RowKind::Header(found) => {
                    row = found.next;
                    // A header repeated on the next page says nothing new about its columns.
                    if header.as_ref().is_none_or(|(_, known)| known.columns != found.columns) {
                        self.report_columns(this, &found);
                    }
                    header = Some((this, found));
                }
                RowKind::Around(lines) => self.take_surroundings(this, lines),
                RowKind::Data => {
                    if let Some((_, header)) = &header {
                        self.take_data(this, header);
                    }
                }
                RowKind::Skipped => {}
            }
        }
        let Some((header_row, header)) = header else { return Err(NoForm::NoTable) };
        let header_row = sheet.row_number(header_row);
        if header.index_of(Field::Amount).is_none() {
            return Err(NoForm::NoAmountColumn { row: header_row });
        }
        if self.readings.is_empty() && self.secret.is_empty() && self.form.problems.is_empty() {
            return Err(NoForm::NoProject { row: header_row });
        }
        Ok(self.finish())
    }

    fn take_surroundings(&mut self, row: usize, lines: Surroundings) {
        if let Some(written) = &lines.filed_on_unreadable {
            self.form.warnings.push(RowProblem {
                row: self.sheet.row_number(row),
                column: String::new(),
                value: shorten(written),
                kind: ProblemKind::FilingDayUnreadable,
            });
        }
        match self.around.last_mut() {
            Some(current) if !current.is_another_form(&lines) => current.absorb(lines),
            _ => self.around.push(lines),
        }
    }

    fn take_data(&mut self, row: usize, header: &Header) {
        let part_of_secret = header
            .index_of(Field::Name)
            .and_then(|column| self.sheet.top_of(row, column))
            .is_some_and(|top| self.secret.contains(&top));
        match secrecy_of(self.sheet, header, row) {
            Secrecy::None if !part_of_secret => {
                let around = self.around.last().cloned().unwrap_or_default();
                let reading = read_row(self.sheet, header, row, &around);
                self.readings.push((row, self.around.len() - 1, reading));
            }
            Secrecy::Unclear if !part_of_secret => {
                self.form.problems.push(unclear_secrecy(self.sheet, header, row));
            }
            _ => {
                self.secret.insert(row);
            }
        }
    }

    /// Reports columns that are not taken over, where anything stands in them.
    fn report_columns(&mut self, row: usize, header: &Header) {
        for (index, column) in header.columns.iter().enumerate() {
            let kind = match column.field {
                Some(Field::Secret | Field::Unclassified) => continue,
                Some(_) if column.repeats => ProblemKind::ColumnRepeated,
                None => ProblemKind::ColumnUnknown,
                Some(_) => continue,
            };
            let below = self.sheet.rows.iter().skip(header.next);
            let is_named = column.label.contains(' ');
            if is_named && below.filter_map(|cells| cells.get(index)).any(|cell| !cell.is_blank()) {
                self.form.warnings.push(RowProblem {
                    row: self.sheet.row_number(row),
                    column: shorten(&column.label),
                    value: String::new(),
                    kind,
                });
            }
        }
    }

    fn finish(mut self) -> Form {
        let first = self.around.iter().find(|around| **around != Surroundings::default());
        self.form.unit = first.and_then(Surroundings::building_unit).map(str::to_owned);
        self.form.plan_year = first.and_then(|around| around.plan_year);
        self.form.secret_rows = self.secret.iter().map(|row| self.sheet.row_number(*row)).collect();
        let mut names: BTreeMap<(String, String), u32> = BTreeMap::new();
        for (row, around, mut reading) in self.readings {
            let around = self.around.get(around).cloned().unwrap_or_default();
            let row = self.sheet.row_number(row);
            let unit = if reading.unit.is_empty() {
                around.building_unit().unwrap_or_default().to_owned()
            } else {
                std::mem::take(&mut reading.unit)
            };
            let name = squeeze(&reading.declaration.name);
            if !name.is_empty() {
                let first_row = *names.entry((squeeze(&unit), name)).or_insert(row);
                if first_row != row {
                    let (column, value) = (reading.name_column.clone(), shorten(&reading.declaration.name));
                    let kind = ProblemKind::NameRepeated { first_row };
                    reading.problems.push(RowProblem { row, column, value, kind });
                }
            }
            let is_good = reading.problems.is_empty();
            self.form.problems.append(&mut reading.problems);
            self.form.warnings.append(&mut reading.warnings);
            if is_good {
                let mut declaration = reading.declaration;
                // The lines below the table were not yet read when the row was.
                declaration.plan_year = around.plan_year;
                declaration.filed_on = around.filed_on;
                for (own, common) in [
                    (&mut declaration.leader, around.leader),
                    (&mut declaration.contact, around.contact),
                    (&mut declaration.phone, around.phone),
                ] {
                    if own.is_empty() {
                        *own = common;
                    }
                }
                self.form.candidates.push(Candidate { row, unit, declaration, unclassified: true });
            }
        }
        self.form.problems.sort_by_key(place);
        self.form.warnings.sort_by_key(place);
        self.form
    }
}

/// Orders by row, then by column as on the sheet: Z before AA.
fn place(problem: &RowProblem) -> (u32, usize, String) {
    let letters = problem.column.chars().take_while(char::is_ascii_uppercase).count();
    (problem.row, letters, problem.column.clone())
}

/// Tells what a row is; before the first header there is no data.
fn classify(sheet: &Sheet, row: usize, header: Option<&Header>) -> RowKind {
    let cells = sheet.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    let filled: Vec<usize> = (0..cells.len()).filter(|index| !sheet.cell(row, *index).is_blank()).collect();
    if filled.is_empty() {
        return RowKind::Skipped;
    }
    if let Some(header) = Header::read(sheet, row) {
        return RowKind::Header(header);
    }
    let around = read_around(cells, &filled);
    let Some(header) = header else {
        return around.map_or(RowKind::Skipped, RowKind::Around);
    };
    // Before anything else is read out of the row.
    if secrecy_in_columns(sheet, header, row) == Secrecy::Secret {
        return RowKind::Data;
    }
    let is_filled = |field| header.index_of(field).is_some_and(|index| filled.contains(&index));
    // A project's own text may contain 联系电话： and still be a project.
    let is_project = is_filled(Field::Name) && is_filled(Field::Amount);
    if is_numbering(cells) || is_example(sheet, header, row) || is_total(cells, header) || is_filler(cells, header) {
        return RowKind::Skipped;
    }
    match around {
        Some(around) if !is_project => RowKind::Around(around),
        _ if !is_project && is_prose(cells, &filled, header) => RowKind::Skipped,
        _ => RowKind::Data,
    }
}

fn read_around(cells: &[Cell], filled: &[usize]) -> Option<Surroundings> {
    let mut around = read_labels(cells);
    if let (None, [only]) = (&around, filled) {
        let text = cells.get(*only).map(Cell::shown).unwrap_or_default();
        // Inside a table only the name of the form itself makes a title: a project may be called 信息化项目….
        around = read_title(&text).filter(|_| ["申报表", "计划表", "汇总表"].iter().any(|word| text.contains(word)));
    }
    let money = read_money_unit(cells);
    if money.is_some() {
        around.get_or_insert_default().money = money;
    }
    around
}

/// Tells whether a row holds only dots and dashes beside its number.
fn is_filler(cells: &[Cell], header: &Header) -> bool {
    let number = header.index_of(Field::Sequence);
    let is_dot = |c: char| c.is_whitespace() || matches!(c, '.' | '…' | '⋯' | '·' | '-' | '—' | '/' | '。');
    let beside = cells.iter().enumerate().filter(|(index, cell)| Some(*index) != number && !cell.is_blank());
    let dots: Vec<bool> = beside.map(|(_, cell)| cell.shown().chars().all(is_dot)).collect();
    !dots.is_empty() && dots.iter().all(|is_dots| *is_dots)
}

/// Tells whether a row is words beside the table: a note, or a sentence that begins in the first column.
fn is_prose(cells: &[Cell], filled: &[usize], header: &Header) -> bool {
    let field = |index: &usize| header.columns.get(*index).and_then(|column| column.field);
    if filled.iter().all(|index| matches!(field(index), Some(Field::Sequence | Field::Remark) | None)) {
        return true;
    }
    let first = filled.first().and_then(|index| cells.get(*index)).map(Cell::shown).unwrap_or_default();
    let first = squeeze(&first);
    let is_note =
        ["注:", "注1", "备注:", "说明:", "填表说明", "填报说明", "填写说明"].iter().any(|word| first.starts_with(word));
    let is_sentence = filled.len() == 1 && first.ends_with('。') && first.chars().count() > 20;
    (is_note && filled.len() <= 2) || is_sentence
}

/// Tells whether a row adds up the rows above it.
fn is_total(cells: &[Cell], header: &Header) -> bool {
    let until = header.index_of(Field::Name).unwrap_or_default();
    cells.iter().take(until + 1).any(|cell| {
        let text = without_notes(&squeeze(&cell.shown()));
        ["合计", "总计", "小计", "共计", "累计"].iter().filter_map(|word| text.strip_prefix(word)).any(|rest| {
            rest.chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | '共' | '个' | '项' | '目' | '万' | '元'))
        })
    })
}

/// Tells whether a row numbers the columns: 1 2 3 4 ….
fn is_numbering(cells: &[Cell]) -> bool {
    let filled: Vec<String> = cells.iter().filter(|cell| !cell.is_blank()).map(|cell| squeeze(&cell.shown())).collect();
    filled.len() >= 4 && filled.iter().enumerate().all(|(index, text)| *text == (index + 1).to_string())
}

/// Tells whether a row shows how to fill in the form.
fn is_example(sheet: &Sheet, header: &Header, row: usize) -> bool {
    let text =
        |field| header.index_of(field).map(|column| squeeze(&sheet.cell(row, column).shown())).unwrap_or_default();
    let (number, name) = (text(Field::Sequence), text(Field::Name));
    let begins = |text: &str| {
        ["示例:", "样例:", "范例:", "例:", "例如", "(示例", "(样例", "(例", "[示例", "[样例", "填写说明", "填表说明"]
            .iter()
            .any(|word| text.starts_with(word))
    };
    let is = |text: &str| matches!(text, "示例" | "样例" | "范例" | "例");
    is(&number) || is(&name) || begins(&number) || begins(&name)
}
