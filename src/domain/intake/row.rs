//! One row of the table: its cells become a declaration, or problems, or — if it is secret — nothing.

use crate::domain::money::Money;
use crate::domain::project::{Declaration, FundingLine, InYearAddition};

use super::amount::{AmountUnit, read_amount};
use super::around::Surroundings;
use super::cell::{Cell, Sheet};
use super::choice::{self, Secrecy};
use super::columns::Field;
use super::funding::read_funding;
use super::header::Header;
use super::period::{Period, PeriodProblem, in_order, read_month, read_period};
use super::problem::{ProblemKind, RowProblem};
use super::text::{Lines, clean, shorten};

/// From this amount on the writer may have meant 元: 1 亿元 is more than a county spends on one system.
const UNUSUAL: Money = Money::from_wan(10_000);

/// What a row came to.
#[derive(Debug, Default)]
pub(super) struct RowReading {
    /// The unit named in the row.
    pub unit: String,
    /// How the column of the name is called.
    pub name_column: String,
    /// What was declared; incomplete where there are problems.
    pub declaration: Declaration,
    /// Why the row cannot be taken over.
    pub problems: Vec<RowProblem>,
    /// What the person who imports should know.
    pub warnings: Vec<RowProblem>,
}

/// Tells what a row says about secrecy. This is asked first: a secret row's cells are read no further 〔第十七条〕.
pub(super) fn secrecy_of(sheet: &Sheet, header: &Header, row: usize) -> Secrecy {
    let cells = sheet.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    if cells.iter().any(|cell| choice::carries_mark(&cell.shown()) || choice::is_mark(&cell.shown())) {
        return Secrecy::Secret;
    }
    secrecy_in_columns(sheet, header, row)
}

/// Tells what the columns about secrecy alone say.
pub(super) fn secrecy_in_columns(sheet: &Sheet, header: &Header, row: usize) -> Secrecy {
    let mut secrecy = Secrecy::None;
    for (column, declares_none) in header.secrecy_columns() {
        match choice::read_secrecy(&sheet.carried_cell(row, column).shown(), declares_none) {
            Secrecy::Secret => return Secrecy::Secret,
            Secrecy::Unclear => secrecy = Secrecy::Unclear,
            Secrecy::None => {}
        }
    }
    secrecy
}

/// Names a row that can be neither taken over nor shown, because its answer about secrecy is unclear.
pub(super) fn unclear_secrecy(sheet: &Sheet, header: &Header, row: usize) -> RowProblem {
    let column = header.secrecy_columns().next().and_then(|(index, _)| header.columns.get(index));
    RowProblem {
        row: sheet.row_number(row),
        column: column.map(|column| column.label.clone()).unwrap_or_default(),
        value: String::new(),
        kind: ProblemKind::SecrecyUnclear,
    }
}

/// Reads a row that is not secret, with all its problems.
pub(super) fn read_row(sheet: &Sheet, header: &Header, row: usize, around: &Surroundings) -> RowReading {
    let mut reader = RowReader { sheet, header, row, reading: RowReading::default() };
    reader.reading.unit = reader.text(Field::Unit, Lines::One);
    reader.reading.name_column = header.label(Field::Name);
    let amount = reader.amount(header.unit.or(around.money).unwrap_or(AmountUnit::Wan));
    let period = reader.period();
    let funding = reader.funding(amount);
    let declaration = Declaration {
        name: reader.name(),
        plan_year: around.plan_year,
        kind: reader.choice(Field::Kind, choice::read_kind),
        start: period.start,
        end: period.end,
        amount: amount.unwrap_or_default(),
        funding,
        basis: reader.text(Field::Basis, Lines::Many),
        necessity: reader.text(Field::Necessity, Lines::Many),
        content: reader.text(Field::Content, Lines::Many),
        supervisor_opinion: reader.optional(Field::SupervisorOpinion, Lines::Many),
        leader: reader.text(Field::Leader, Lines::One),
        contact: reader.text(Field::Contact, Lines::One),
        phone: reader.text(Field::Phone, Lines::One),
        filed_on: None,
        custom_development: reader.choice(Field::CustomDevelopment, choice::read_custom_development),
        designer: reader.optional(Field::Designer, Lines::One),
        in_year: reader.in_year(),
        items: Vec::new(),
        catalogue: reader.choice(Field::Catalogue, choice::read_catalogue),
        catalogue_names: Vec::new(),
        deployment: reader.choice(Field::Deployment, choice::read_deployment),
        network: reader.choice(Field::Network, choice::read_network),
        operation: None,
    };
    for (field, text) in [
        (Field::Name, &declaration.name),
        (Field::Basis, &declaration.basis),
        (Field::Necessity, &declaration.necessity),
        (Field::Content, &declaration.content),
    ] {
        if choice::sounds_secret(text) {
            // Without the words themselves: they may turn out to be secret.
            reader.warn(field, String::new(), ProblemKind::SoundsSecret);
        }
    }
    reader.reading.declaration = declaration;
    reader.reading
}

struct RowReader<'a> {
    sheet: &'a Sheet,
    header: &'a Header,
    row: usize,
    reading: RowReading,
}

impl RowReader<'_> {
    /// Tells the cell of a field; what is written once beside several rows holds for each of them.
    ///
    /// Name and amount are never carried down: a project of its own has its own.
    fn cell(&self, field: Field) -> Cell {
        let Some(column) = self.header.index_of(field) else { return Cell::Empty };
        match field {
            Field::Name | Field::Amount => self.sheet.cell(self.row, column).clone(),
            _ => self.sheet.carried_cell(self.row, column).clone(),
        }
    }

    fn about(&self, field: Field, value: String, kind: ProblemKind) -> RowProblem {
        let (row, column) = (self.sheet.row_number(self.row), self.header.label(field));
        RowProblem { row, column, value: shorten(&value), kind }
    }

    fn problem(&mut self, field: Field, value: String, kind: ProblemKind) {
        let problem = self.about(field, value, kind);
        self.reading.problems.push(problem);
    }

    fn warn(&mut self, field: Field, value: String, kind: ProblemKind) {
        let warning = self.about(field, value, kind);
        self.reading.warnings.push(warning);
    }

    /// Tells the harmless text of a field, and reports what was taken out of it.
    fn text(&mut self, field: Field, lines: Lines) -> String {
        let cleaned = clean(&self.cell(field).shown(), lines);
        if cleaned.removed > 0 {
            self.warn(field, cleaned.text.clone(), ProblemKind::CharactersRemoved(cleaned.removed));
        }
        cleaned.text
    }

    fn optional(&mut self, field: Field, lines: Lines) -> Option<String> {
        Some(self.text(field, lines)).filter(|text| !text.is_empty())
    }

    fn name(&mut self) -> String {
        let name = self.text(Field::Name, Lines::One);
        if name.is_empty() {
            self.problem(Field::Name, String::new(), ProblemKind::NameMissing);
        }
        name
    }

    fn amount(&mut self, unit: AmountUnit) -> Option<Money> {
        let shown = self.text(Field::Amount, Lines::One);
        match read_amount(&self.cell(Field::Amount), unit) {
            Ok(amount) => {
                if amount >= UNUSUAL {
                    self.warn(Field::Amount, shown, ProblemKind::AmountUnusual);
                }
                Some(amount)
            }
            Err(problem) => {
                self.problem(Field::Amount, shown, ProblemKind::Amount(problem));
                None
            }
        }
    }

    fn period(&mut self) -> Period {
        let has = |field| self.header.index_of(field).is_some();
        let field = if has(Field::Period) { Field::Period } else { Field::Start };
        if !has(Field::Period) && !has(Field::Start) && !has(Field::End) {
            return Period::default();
        }
        let mut shown = self.text(field, Lines::One);
        let read = if has(Field::End) {
            let end = self.text(Field::End, Lines::One);
            if !end.is_empty() {
                shown = format!("{shown} - {end}");
            }
            self.period_of_two(field)
        } else {
            read_period(&self.cell(field))
        };
        match read {
            Ok(period) => {
                if period.months_missing {
                    self.warn(field, shown, ProblemKind::MonthsMissing);
                }
                period
            }
            Err(problem) => {
                self.problem(field, shown, ProblemKind::Period(problem));
                Period::default()
            }
        }
    }

    /// Reads start and end from columns of their own.
    fn period_of_two(&self, start: Field) -> Result<Period, PeriodProblem> {
        let written = !self.cell(start).is_blank() || !self.cell(Field::End).is_blank();
        let (start, end) = (read_month(&self.cell(start))?, read_month(&self.cell(Field::End))?);
        in_order(start, end)?;
        Ok(Period { start, end, months_missing: written && (start.is_none() || end.is_none()) })
    }

    fn funding(&mut self, amount: Option<Money>) -> Vec<FundingLine> {
        let written = self.text(Field::Funding, Lines::Many);
        let funding = read_funding(&written, amount);
        if let Some(doubt) = funding.doubt {
            self.warn(Field::Funding, written, ProblemKind::Funding(doubt));
        }
        funding.lines
    }

    /// Reads what makes the row an addition in the running year 〔第六条〕. Without a reason it is none, and what the
    /// other columns hold is reported and left out.
    fn in_year(&mut self) -> Option<InYearAddition> {
        let reason = self.choice(Field::InYearReason, choice::read_in_year_reason);
        let doc_no = self.optional(Field::InYearDocNo, Lines::One);
        let explanation = self.text(Field::InYearExplanation, Lines::Many);
        let funding_request = self.choice(Field::FundingRequest, choice::read_attached).unwrap_or(false);
        let construction_plan = self.choice(Field::ConstructionPlan, choice::read_attached).unwrap_or(false);
        let Some(reason) = reason else {
            let given = doc_no.is_some() || !explanation.is_empty() || funding_request || construction_plan;
            if given && self.cell(Field::InYearReason).is_blank() {
                self.warn(Field::InYearReason, String::new(), ProblemKind::NotRecognized(Field::InYearReason));
            }
            return None;
        };
        Some(InYearAddition { reason, doc_no, explanation, funding_request, construction_plan })
    }

    /// Reads an optional column; an answer that is none of those expected is reported and left out.
    fn choice<T>(&mut self, field: Field, read: fn(&str) -> Option<T>) -> Option<T> {
        let written = self.text(field, Lines::One);
        if written.is_empty() {
            return None;
        }
        let value = read(&written);
        if value.is_none() {
            self.warn(field, written, ProblemKind::NotRecognized(field));
        }
        value
    }
}
