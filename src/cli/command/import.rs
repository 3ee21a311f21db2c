//! `import`: a filled-in declaration form.

use serde_json::{Value, json};

use super::audit_json;
use crate::cli::args::Import as Arguments;
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::output::Report;
use crate::cli::place::{Place, file_name};
use crate::documents::import::{Directions, FormFile, Unusable};
use crate::domain::intake::{Form, RowProblem};
use crate::domain::text::clean_line;
use crate::service::OperationId;
use crate::service::command::{Command, Done, ImportReport};
use crate::service::error::{Error, Kind};
use crate::wording::intake as said;

/// Imports a form, or says everything that is wrong with it.
pub fn run(place: &Place, args: &Arguments) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let bytes = place.read_file(&args.file)?;
    let file = file_name(&args.file);
    let read = FormFile::read(&file, &bytes).map_err(|reason| unusable(&file, &reason))?;
    let outline = Outline { file: &file, form: &read.form, args };
    let is_secret = read.holds_secrets();
    if !is_secret && !read.form.problems.is_empty() && !args.skip_bad {
        return Err(outline.rejected());
    }
    let directions = Directions {
        unit: args.unit.clone(),
        plan_year: args.plan_year,
        supervising_unit: args.supervisor.clone(),
        received_at: args.received_at,
    };
    let command = Command::ImportProjects(read.import(&directions, args.skip_bad));
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
                failure.causes.extend(read.form.secret_rows.iter().map(|row| said::secret_row(*row)));
                failure.causes.extend(outline.problem_lines());
                failure.hint = "请从表中删去涉密项目后重新导入，或用 --skip-bad 跳过有问题的行".to_owned();
            }
            Err(failure.with("import", outline.document(&ImportReport::default())))
        }
    }
}

fn unusable(file: &str, reason: &Unusable) -> Failure {
    let reason = match reason {
        Unusable::Unreadable(reason) => said::unreadable(reason),
        Unusable::NoForm(reason) => said::no_form(reason),
    };
    Failure::invalid(format!("{file}：{reason}"), "未导入任何内容")
}

/// The form as far as it is told back.
struct Outline<'a> {
    file: &'a str,
    form: &'a Form,
    args: &'a Arguments,
}

impl Outline<'_> {
    fn rejected(&self) -> Failure {
        let problems = &self.form.problems;
        let message = format!("{} 有 {} 处问题，未导入任何内容", self.file, problems.len());
        let hint = "请更正后重新导入，或用 --skip-bad 跳过有问题的行";
        let mut failure = Failure::new(FailureKind::Service(Kind::Invalid), message, hint);
        failure.causes = self.problem_lines();
        failure.with("import", self.document(&ImportReport::default()))
    }

    fn problem_lines(&self) -> Vec<String> {
        self.form.problems.iter().map(said::row_problem_at).collect()
    }

    fn document(&self, report: &ImportReport) -> Value {
        let secret = self.form.secret_rows.iter().map(
            |row| json!({ "row": row, "column": "", "value": "", "message": said::secret_row(*row), "rule": "R17.1" }),
        );
        let rejected: Vec<Value> = self.form.problems.iter().map(problem).chain(secret).collect();
        let new_units = report.new_units.iter().map(
            |(name, kind)| json!({ "row": null, "column": "", "value": name, "message": said::new_unit(name, *kind) }),
        );
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
            lines.push(format!("  {}", said::duplicate(*row, code)));
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
            .map(said::row_problem_at)
            .chain(report.new_units.iter().map(|(name, kind)| said::new_unit(name, *kind)))
            .collect();
        if !warnings.is_empty() {
            lines.push("请核对：".to_owned());
            lines.extend(warnings.into_iter().map(|line| format!("  · {line}")));
        }
        lines.join("\n")
    }
}

fn problem(problem: &RowProblem) -> Value {
    json!({
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": said::row_problem(problem),
    })
}
