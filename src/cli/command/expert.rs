//! `expert`: the expert pool.

use std::path::Path;

use serde_json::{Value, json};

use super::{done, execute};
use crate::cli::args::Expert;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Report, Table};
use crate::cli::place::{Place, file_name, read_file};
use crate::documents::experts_in::{self, NoList};
use crate::service::command::{Command, NewExpert};
use crate::service::view::experts::{Disciplines, ExpertLine, Experts};
use crate::wording::{intake as said, labels};

/// Runs a command about experts.
pub fn run(place: &Place, command: Expert) -> Outcome<Report> {
    let (command, dry_run) = match command {
        Expert::List { contacts } => return list(place, contacts),
        Expert::Add { name, employer, title, discipline, past_role, contact, local } => {
            let (disciplines, past_roles) = (discipline, past_role);
            let new = NewExpert { name, employer, title, disciplines, past_roles, contact, local };
            (Command::AddExpert(new), false)
        }
        Expert::Import { file, dry_run } => (import(place, &file)?, dry_run),
        Expert::Disable { expert, reason } => (Command::SetExpertActive { expert, active: false, reason }, false),
        Expert::Enable { expert } => (Command::SetExpertActive { expert, active: true, reason: String::new() }, false),
    };
    let (what, audit, found) = execute(place, command, dry_run)?;
    Ok(done(&what, audit.as_ref(), &found))
}

fn import(place: &Place, path: &Path) -> Outcome<Command> {
    let bytes = read_file(path)?;
    let (mut service, session) = place.open()?;
    let disciplines = service.ask(&session, Disciplines)?;
    let file = file_name(path);
    let experts = experts_in::read(&file, &bytes, &disciplines).map_err(|reason| unusable(&file, &reason))?;
    Ok(Command::ImportExperts { file, experts })
}

fn unusable(file: &str, reason: &NoList) -> Failure {
    let reason = match reason {
        NoList::Unreadable(reason) => said::unreadable(reason),
        NoList::NoHeader => "没有找到“姓名”和“工作单位”两列的表头".to_owned(),
    };
    Failure::invalid(format!("{file}：{reason}"), "未导入任何内容")
}

fn list(place: &Place, contacts: bool) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let experts = service.ask(&session, Experts { contacts })?;
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
            line.served.len().to_string(),
            remarks(line).join("；"),
        ]);
    }
    let items: Vec<Value> = experts.iter().map(item).collect();
    let text = format!("{}\n共 {} 位专家", table.text(), experts.len());
    Ok(Report::new(json!({ "total": items.len(), "items": items }), text))
}

fn remarks(line: &ExpertLine) -> Vec<String> {
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
    if line.overloaded {
        remarks.push("参加论证较多".to_owned());
    }
    remarks.extend(line.paired.iter().map(|(unit, count)| format!("近一年论证{unit}项目 {count} 次")));
    remarks
}

fn item(line: &ExpertLine) -> Value {
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
        "served": line.served,
        "overloaded": line.overloaded,
        "paired": line.paired.iter().map(|(unit, count)| json!({ "unit": unit, "count": count })).collect::<Vec<_>>(),
    })
}
