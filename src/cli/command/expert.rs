//! `expert`: the expert pool.

use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, audit_json, done, execute, expert_card};
use crate::cli::args::{Expert, ListFormat};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Report, Table};
use crate::cli::place::{Place, file_name};
use crate::documents::experts_in::{self, NoList};
use crate::documents::experts_out;
use crate::domain::panel::expert::ExpertField;
use crate::service::command::{AuditRef, Command, ExpertFacts, ExpertImport, NewExpert};
use crate::service::error::Error;
use crate::service::view::experts::{Disciplines, ExpertLine, Experts};
use crate::wording::{intake as said, labels};

/// Runs a command about experts.
pub fn run(place: &Place, command: Expert) -> Outcome<Answer> {
    let (command, dry_run) = match command {
        Expert::List { contacts } => return list(place, contacts).map(Answer::Report),
        Expert::Show { expert } => return expert_card::show(place, expert).map(Answer::Report),
        Expert::Export { output, format, contacts } => return export(place, &output, format, contacts),
        Expert::Add { name, employer, title, discipline, past_role, contact, local, account } => {
            let (disciplines, past_roles) = (discipline, past_role);
            let new = NewExpert { name, employer, title, disciplines, past_roles, contact, local, account };
            (Command::AddExpert(new), false)
        }
        Expert::Edit {
            expert,
            name,
            employer,
            title,
            discipline,
            add_past_role,
            past_role,
            contact,
            local,
            correction,
            dry_run,
        } => {
            let change = ExpertFacts {
                name,
                employer,
                title,
                disciplines: discipline,
                past_roles: past_role,
                more_past_roles: add_past_role,
                contact,
                local,
                absences: None,
                active: None,
            };
            (Command::EditExpert { expert, change: Box::new(change), correction }, dry_run)
        }
        Expert::Away { expert, from, until, reason } => (Command::SetExpertAway { expert, from, until, reason }, false),
        Expert::Back { expert, on } => (Command::SetExpertBack { expert, on }, false),
        Expert::Bind { expert, account, none: _ } => (Command::BindExpert { expert, account }, false),
        Expert::Import { file, update, dry_run } => (import(place, &file, update)?, dry_run),
        Expert::Disable { expert, reason } => (Command::SetExpertActive { expert, active: false, reason }, false),
        Expert::Enable { expert } => (Command::SetExpertActive { expert, active: true, reason: String::new() }, false),
    };
    let (what, audit, found) = execute(place, command, dry_run)?;
    Ok(Answer::Report(done(&what, audit.as_ref(), &found)))
}

fn import(place: &Place, path: &Path, update: bool) -> Outcome<Command> {
    let bytes = place.read_file(path)?;
    let (mut service, session) = place.open()?;
    let disciplines = service.ask(&session, Disciplines)?;
    let file = file_name(path);
    let experts = experts_in::read(&file, &bytes, &disciplines).map_err(|reason| unusable(&file, &reason))?;
    Ok(Command::ImportExperts { file, experts, update })
}

/// Reports what an import of experts did, or would do.
pub fn imported(report: &ExpertImport, verb: &str, audit: Option<&AuditRef>) -> Report {
    let fields = |fields: &[ExpertField]| fields.iter().map(|field| field.code()).collect::<Vec<_>>();
    let document = json!({
        "action": "import-experts",
        "added": report.added.iter().map(|(row, id, name)| json!({
            "row": row,
            "id": id.map(|id| id.to_string()),
            "name": name,
        })).collect::<Vec<_>>(),
        "unchanged": report.unchanged.iter().map(|(row, id)| json!({ "row": row, "id": id.to_string() }))
            .collect::<Vec<_>>(),
        "differing": report.differing.iter().map(|(row, id, name, differ)| json!({
            "row": row,
            "id": id.to_string(),
            "name": name,
            "fields": fields(differ),
        })).collect::<Vec<_>>(),
        "updated": report.updated,
        "audit": audit_json(audit),
        "dry_run": audit.is_none(),
    });
    let differ = if report.updated { "更改" } else { "内容不同、未更改" };
    let mut lines = vec![format!(
        "{verb}：导入专家，新增 {} 位，{differ} {} 位，原样 {} 位。{}",
        report.added.len(),
        report.differing.len(),
        report.unchanged.len(),
        audit.map_or_else(String::new, |audit| format!("日志第 {} 条。", audit.seq))
    )];
    for (row, id, name, differ) in &report.differing {
        let names: Vec<&str> = differ.iter().map(|field| labels::expert_field(*field)).collect();
        lines.push(format!("  第 {row} 行 {id} {name}：{}", names.join("、")));
    }
    if !report.updated && !report.differing.is_empty() {
        lines.push("处理：确认以名单为准的，加 --update 重新导入".to_owned());
    }
    Report::new(document, lines.join("\n"))
}

/// Writes the pool to a file nobody else can read, or to standard output.
fn export(place: &Place, output: &Path, format: Option<ListFormat>, contacts: bool) -> Outcome<Answer> {
    let by_name = output.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let to_stdout = output == Path::new("-");
    let format = match (format, by_name.as_deref()) {
        (Some(format), _) => format,
        (None, Some("xlsx")) => ListFormat::Xlsx,
        (None, Some("csv")) => ListFormat::Csv,
        (None, _) if to_stdout => ListFormat::Csv,
        (None, _) => {
            let message = format!("从文件名 {} 看不出格式", output.display());
            return Err(Failure::usage(message, "文件名以 .xlsx 或 .csv 结尾，或用 --format 指定"));
        }
    };
    let pool: Vec<_> = pool(place, contacts, "export")?.into_iter().map(|line| line.expert).collect();
    let bytes = match format {
        ListFormat::Csv => experts_out::csv(&pool),
        ListFormat::Xlsx => experts_out::xlsx(&pool).map_err(|error| Error::Bug(error.to_string()))?,
    };
    if to_stdout {
        return Ok(Answer::Verbatim(bytes));
    }
    place.write_file(output, &bytes, false)?;
    let document = json!({ "file": output.to_string_lossy(), "experts": pool.len(), "contacts": contacts });
    let hidden = if contacts { "含联系方式，请妥善保管" } else { "联系方式已隐去中间各位" };
    let text = format!("已导出 {} 位专家到 {}，{hidden}。", pool.len(), output.display());
    Ok(Answer::Report(Report::new(document, text)))
}

/// Asks for the pool; that telephone numbers were read goes to the log.
fn pool(place: &Place, contacts: bool, purpose: &str) -> Outcome<Vec<ExpertLine>> {
    let (mut service, session) = place.open()?;
    Ok(match contacts {
        true => service.contacts(&session, purpose)?,
        false => service.ask(&session, Experts::default())?,
    })
}

fn unusable(file: &str, reason: &NoList) -> Failure {
    let reason = match reason {
        NoList::Unreadable(reason) => said::unreadable(reason),
        NoList::NoHeader => "没有找到“姓名”和“工作单位”两列的表头".to_owned(),
    };
    Failure::invalid(format!("{file}：{reason}"), "未导入任何内容")
}

fn list(place: &Place, contacts: bool) -> Outcome<Report> {
    let experts = pool(place, contacts, "list")?;
    let mut table = Table::new(&["编号", "姓名", "工作单位", "职称", "专业", "联系方式", "近一年", "备注"]).right(6);
    for line in &experts {
        let it = &line.expert;
        let disciplines: Vec<&str> = it.disciplines.iter().map(|code| labels::discipline(code)).collect();
        table.row([
            it.id.to_string(),
            it.name.clone(),
            it.employer.clone(),
            it.title.clone(),
            disciplines.join("、"),
            it.contact.clone(),
            line.panels.to_string(),
            remarks(line).join("；"),
        ]);
    }
    let items: Vec<Value> = experts.iter().map(item).collect();
    let text = format!("{}\n共 {} 位专家", table.text(), experts.len());
    Ok(Report::new(json!({ "total": items.len(), "items": items }), text))
}

/// Lists what is to be known of an expert before asking.
pub fn remarks(line: &ExpertLine) -> Vec<String> {
    let it = &line.expert;
    let mut remarks = Vec::new();
    if !it.active {
        let reason =
            if it.inactive_reason.is_empty() { String::new() } else { format!("（{}）", it.inactive_reason) };
        remarks.push(format!("已停用{reason}"));
    }
    if it.local {
        remarks.push("本县人员".to_owned());
    }
    remarks.extend(line.away.as_ref().map(labels::away));
    if line.overloaded {
        remarks.push("参加论证较多".to_owned());
    }
    remarks.extend(line.paired.iter().map(|(unit, count)| format!("近一年论证{unit}项目 {count} 次")));
    remarks
}

/// Writes an expert for scripts.
pub fn item(line: &ExpertLine) -> Value {
    let it = &line.expert;
    json!({
        "id": it.id.to_string(),
        "name": it.name,
        "employer": it.employer,
        "title": it.title,
        "disciplines": it.disciplines,
        "past_roles": it.past_roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "local": it.local,
        "active": it.active,
        "inactive_reason": it.inactive_reason,
        "contact": it.contact,
        "absences": it.absences.iter().map(|absence| json!({
            "from": absence.from.to_string(),
            "until": absence.until.to_string(),
            "reason": absence.reason,
        })).collect::<Vec<_>>(),
        "away": line.away.is_some(),
        "account": it.account.as_ref().map(|(_, code)| code),
        "served": line.served,
        "panels": line.panels,
        "overloaded": line.overloaded,
        "paired": line.paired.iter().map(|(unit, count)| json!({ "unit": unit, "count": count })).collect::<Vec<_>>(),
    })
}
