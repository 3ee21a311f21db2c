//! A filled-in form on its way to the command that registers its projects; both front ends read it here.

use super::form_in::{self, UnreadableForm};
use crate::domain::audit::{digest, hex};
use crate::domain::calendar::Moment;
use crate::domain::intake::{self, Candidate, Form, NoForm};
use crate::domain::project::Declaration;
use crate::service::command::Import;

/// A form that was read, with what is needed to tell later what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFile {
    /// The file's name.
    pub file: String,
    /// SM3 of the file.
    pub digest: String,
    /// What it holds.
    pub form: Form,
    /// Whether the form as a whole is secret; nothing of it was read then.
    pub is_secret: bool,
}

/// Why a file holds no form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// The file cannot be read.
    Unreadable(UnreadableForm),
    /// The file can be read, but there is no form in it.
    NoForm(NoForm),
}

/// What the person who imports says beside the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directions {
    /// The building unit, instead of the form's.
    pub unit: Option<String>,
    /// The plan year, instead of the form's.
    pub plan_year: Option<i32>,
    /// The unit the form's units report through, where the clerk imports its summary sheet.
    pub supervising_unit: Option<String>,
    /// When the form reached the Centre.
    pub received_at: Option<Moment>,
}

impl FormFile {
    /// Reads a form. One that is secret as a whole reads as an empty one.
    pub fn read(file: &str, bytes: &[u8]) -> Result<FormFile, Unusable> {
        let sheets = form_in::read_sheets(file, bytes).map_err(Unusable::Unreadable)?;
        let (form, is_secret) = match intake::read_form(&sheets) {
            Ok(form) => (form, false),
            Err(NoForm::Secret) => (Form::default(), true),
            Err(reason) => return Err(Unusable::NoForm(reason)),
        };
        Ok(FormFile { file: file.to_owned(), digest: hex(&digest(bytes)), form, is_secret })
    }

    /// Tells whether something in it is secret.
    pub fn holds_secrets(&self) -> bool {
        self.is_secret || !self.form.secret_rows.is_empty()
    }

    /// Lists the rows that cannot be taken over, by number.
    pub fn rows_left_out(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.form.problems.iter().map(|problem| problem.row).collect();
        rows.extend(&self.form.secret_rows);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Makes what the service is asked to register.
    ///
    /// Of a form with secrets that are not skipped nothing goes on but a row's number: the service refuses it, and the
    /// log keeps that somebody tried.
    pub fn import(&self, directions: &Directions, skip_bad: bool) -> Import {
        let candidates = match self.is_secret || (self.holds_secrets() && !skip_bad) {
            true => vec![nothing_of(self.form.secret_rows.first().copied().unwrap_or_default())],
            false => self.form.candidates.iter().map(|candidate| directed(candidate, directions)).collect(),
        };
        Import {
            file: self.file.clone(),
            sheet: self.form.sheet.clone(),
            digest: self.digest.clone(),
            candidates,
            supervising_unit: directions.supervising_unit.clone(),
            received_at: directions.received_at,
            left_out: self.rows_left_out(),
        }
    }
}

/// Lets what the person says count instead of what the form says.
fn directed(candidate: &Candidate, directions: &Directions) -> Candidate {
    let unit = directions.unit.clone().unwrap_or_else(|| candidate.unit.clone());
    let plan_year = directions.plan_year.or(candidate.declaration.plan_year);
    let declaration = Declaration { plan_year, ..candidate.declaration.clone() };
    Candidate { unit, declaration, ..candidate.clone() }
}

fn nothing_of(row: u32) -> Candidate {
    Candidate { row, unit: String::new(), declaration: Declaration::default(), unclassified: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH_SECRETS: &str =
        "项目名称,项目投资额（万元）,资金来源,是否涉密\n甲平台,10,县财政,否\n某工程,20,县财政,是\n";

    #[test]
    fn of_a_secret_row_only_its_number_goes_on() {
        let form = FormFile::read("a.csv", WITH_SECRETS.as_bytes()).unwrap();
        assert_eq!((form.form.secret_rows.as_slice(), form.rows_left_out().as_slice()), (&[3][..], &[3][..]));
        let whole = form.import(&Directions::default(), false);
        assert_eq!(whole.candidates, [nothing_of(3)]);
        let skipped = form.import(&Directions { unit: Some("县教育局".to_owned()), ..Directions::default() }, true);
        let names: Vec<&str> = skipped.candidates.iter().map(|read| read.declaration.name.as_str()).collect();
        assert_eq!((names, skipped.candidates[0].unit.as_str()), (vec!["甲平台"], "县教育局"));
        assert!(!format!("{form:?}").contains("某工程"));
    }
}
