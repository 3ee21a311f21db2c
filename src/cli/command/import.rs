//! `import`: a filled-in declaration form.

use serde_json::{Value, json};

use super::audit_json;
use crate::cli::args::Import as Arguments;
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::output::Report;
use crate::cli::place::{Place, file_name, read_file};
use crate::documents::form_in;
use crate::domain::audit::{digest, hex};
use crate::domain::intake::{self, Candidate, Form, NoForm, RowProblem};
use crate::domain::project::Declaration;
use crate::domain::text::clean_line;
use crate::service::OperationId;
use crate::service::command::{Command, Done, Import, ImportReport};
use crate::service::error::{Error, Kind};
use crate::wording::{intake as said, labels};

/// Imports a form, or says everything that is wrong with it.
pub fn run(place: &Place, args: &Arguments) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let bytes = read_file(&args.file)?;
    let file = file_name(&args.file);
    let (form, whole_is_secret) = read(&file, &bytes)?;
    let outline = Outline { file: &file, form: &form, args };
    let mut left_out: Vec<u32> = form.problems.iter().map(|problem| problem.row).collect();
    left_out.extend(&form.secret_rows);
    left_out.sort_unstable();
    left_out.dedup();
    let is_secret = whole_is_secret || !form.secret_rows.is_empty();
    let mut candidates: Vec<Candidate> = form.candidates.iter().map(|candidate| outline.directed(candidate)).collect();
    if is_secret && (!args.skip_bad || whole_is_secret) {
        // The service is asked all the same, with nothing of the form but a row's number: it refuses, and the log
        // keeps that somebody tried.
        candidates = vec![nothing_of(form.secret_rows.first().copied().unwrap_or_default())];
    } else if !form.problems.is_empty() && !args.skip_bad {
        return Err(outline.rejected());
    }
    let command = Command::ImportProjects(Import {
        file: file.clone(),
        sheet: form.sheet.clone(),
        digest: hex(&digest(&bytes)),
        candidates,
        received_at: args.received_at,
        left_out,
    });
    let answer = match args.dry_run {
        true => service.rehearse(&session, &command).map(|done| (done, None)),
        false => {
            service.execute(&session, OperationId::new(), command).map(|receipt| (receipt.done, Some(receipt.audit)))
        }
    };
    match answer {
        Ok((Done::Imported(report), audit)) => {
            let mut document = outline.document(&report);
            if let Value::Object(fields) = &mut document {
                fields.insert("audit".to_owned(), audit_json(audit.as_ref()));
            }
            Ok(Report::new(document, outline.text(&report)))
        }
        Ok(_) => Err(Error::Bug("an import was answered with something else".to_owned()).into()),
        Err(error) => {
            let refused = matches!(error, Error::Refused(_));
            let mut failure = Failure::from(error);
            if refused && is_secret {
                failure.causes.extend(form.secret_rows.iter().map(|row| said::secret_row(*row)));
                failure.causes.extend(outline.problem_lines());
                failure.hint = "请从表中删去涉密项目后重新导入，或用 --skip-bad 跳过有问题的行".to_owned();
            }
            Err(failure.with("import", outline.document(&ImportReport::default())))
        }
    }
}

/// Reads the form. A form that is secret as a whole reads as an empty one.
fn read(file: &str, bytes: &[u8]) -> Outcome<(Form, bool)> {
    let sheets = form_in::read_sheets(file, bytes)
        .map_err(|reason| Failure::invalid(format!("{file}：{}", said::unreadable(&reason)), "未导入任何内容"))?;
    match intake::read_form(&sheets) {
        Ok(form) => Ok((form, false)),
        Err(NoForm::Secret) => Ok((Form::default(), true)),
        Err(reason) => Err(Failure::invalid(format!("{file}：{}", said::no_form(&reason)), "未导入任何内容")),
    }
}

fn nothing_of(row: u32) -> Candidate {
    Candidate { row, unit: String::new(), declaration: Declaration::default(), unclassified: false }
}

/// The form as far as it is told back.
struct Outline<'a> {
    file: &'a str,
    form: &'a Form,
    args: &'a Arguments,
}

impl Outline<'_> {
    /// Lets the unit and the year of the command line count instead of those of the form.
    fn directed(&self, candidate: &Candidate) -> Candidate {
        let unit = self.args.unit.clone().unwrap_or_else(|| candidate.unit.clone());
        let plan_year = self.args.plan_year.or(candidate.declaration.plan_year);
        let declaration = Declaration { plan_year, ..candidate.declaration.clone() };
        Candidate { unit, declaration, ..candidate.clone() }
    }

    fn rejected(&self) -> Failure {
        let problems = &self.form.problems;
        let message = format!("{} 有 {} 处问题，未导入任何内容", self.file, problems.len());
        let hint = "请更正后重新导入，或用 --skip-bad 跳过有问题的行";
        let mut failure = Failure::new(FailureKind::Service(Kind::Invalid), message, hint);
        failure.causes = self.problem_lines();
        failure.with("import", self.document(&ImportReport::default()))
    }

    fn problem_lines(&self) -> Vec<String> {
        self.form.problems.iter().map(line).collect()
    }

    fn document(&self, report: &ImportReport) -> Value {
        let secret = self.form.secret_rows.iter().map(
            |row| json!({ "row": row, "column": "", "value": "", "message": said::secret_row(*row), "rule": "R17.1" }),
        );
        let rejected: Vec<Value> = self.form.problems.iter().map(problem).chain(secret).collect();
        let new_units = report.new_units.iter().map(|(name, kind)| {
            json!({ "row": null, "column": "", "value": name, "message": new_unit(name, labels::unit_kind(*kind)) })
        });
        let warnings: Vec<Value> = self.form.warnings.iter().map(problem).chain(new_units).collect();
        json!({
            "file": self.file,
            "sheet": self.form.sheet,
            "unit": self.args.unit.as_ref().or(self.form.unit.as_ref()),
            "plan_year": self.args.plan_year.or(self.form.plan_year),
            "created": report.created.iter().map(|(row, code, name)| json!({
                "row": row,
                "code": code.as_ref().map(|code| code.as_str()),
                "name": name,
            })).collect::<Vec<_>>(),
            "rejected": rejected,
            "duplicates": report.duplicates.iter().map(|(row, code)| json!({
                "row": row,
                "code": code.as_str(),
            })).collect::<Vec<_>>(),
            "warnings": warnings,
            "dry_run": self.args.dry_run,
        })
    }

    fn text(&self, report: &ImportReport) -> String {
        let verb = if self.args.dry_run { "可登记" } else { "已登记" };
        let mut lines = vec![format!("{}：{verb} {} 个项目", self.file, report.created.len())];
        for (row, code, name) in &report.created {
            let code = code.as_ref().map(|code| format!("{code} ")).unwrap_or_default();
            lines.push(format!("  第 {row} 行  {code}{}", clean_line(name)));
        }
        for (row, code) in &report.duplicates {
            lines.push(format!("  第 {row} 行  以前已登记为 {code}，未重复登记"));
        }
        let skipped: Vec<String> = self
            .problem_lines()
            .into_iter()
            .chain(self.form.secret_rows.iter().map(|row| said::secret_row(*row)))
            .collect();
        if !skipped.is_empty() {
            lines.push("跳过的行：".to_owned());
            lines.extend(skipped.into_iter().map(|line| format!("  · {line}")));
        }
        let warnings: Vec<String> = self
            .form
            .warnings
            .iter()
            .map(line)
            .chain(report.new_units.iter().map(|(name, kind)| new_unit(name, labels::unit_kind(*kind))))
            .collect();
        if !warnings.is_empty() {
            lines.push("请核对：".to_owned());
            lines.extend(warnings.into_iter().map(|line| format!("  · {line}")));
        }
        lines.join("\n")
    }
}

fn new_unit(name: &str, kind: &str) -> String {
    format!("单位“{name}”尚未登记，随本次导入登记，类型按名称判断为“{kind}”")
}

fn line(problem: &RowProblem) -> String {
    format!("{}：{}", said::place(problem), said::row_problem(problem))
}

fn problem(problem: &RowProblem) -> Value {
    json!({
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": said::row_problem(problem),
    })
}
