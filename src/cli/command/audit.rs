//! `audit`: the log, its head, and whether it is whole.

use serde_json::{Map, Value, json};

use crate::cli::args::Audit;
use crate::cli::failure::Outcome;
use crate::cli::output::{Report, Table};
use crate::cli::place::Place;
use crate::domain::audit::AuditResult;
use crate::domain::calendar::from_millis;
use crate::domain::ids::ProjectCode;
use crate::service::Break;
use crate::service::view::audit::{AuditHead, AuditLine, AuditList, AuditVerify, ChainReport};
use crate::wording::labels;

/// Runs a command about the log.
pub fn run(place: &Place, command: Audit) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    match command {
        Audit::List { project, since, limit, after } => {
            let page = service.ask(
                &session,
                AuditList {
                    project: project.map(|code| ProjectCode::typed(&code)),
                    since_millis: since.map_or(0, |moment| moment.timestamp_millis()),
                    before: after,
                    limit: u32::try_from(limit).unwrap_or(u32::MAX),
                },
            )?;
            let document = json!({ "items": page.entries.iter().map(entry).collect::<Vec<_>>(), "next": page.next });
            let mut text = lines(&page.entries);
            if let Some(next) = page.next {
                text.push_str(&format!("\n更早的请加 --after {next}"));
            }
            Ok(Report::new(document, text))
        }
        Audit::Verify { head } => Ok(verified(&service.ask(&session, AuditVerify { head })?)),
        Audit::Head => {
            let (entries, head) = service.ask(&session, AuditHead)?;
            let text = format!("日志共 {entries} 条，链首 {head}");
            Ok(Report::new(json!({ "entries": entries, "head": head }), text))
        }
    }
}

fn entry(line: &AuditLine) -> Value {
    let entry = &line.entry;
    let detail = line.detail.as_ref().map(|detail| {
        detail.iter().map(|(name, content)| (name.to_owned(), json!(content))).collect::<Map<String, Value>>()
    });
    json!({
        "seq": entry.seq,
        "at": from_millis(entry.at_millis).map(|at| at.to_rfc3339()),
        "account": entry.account,
        "os_user": entry.os_user,
        "action": entry.action,
        "project": entry.project,
        "result": entry.result,
        "from": entry.from,
        "to": entry.to,
        "source": entry.source,
        "detail": detail,
        "hash": line.hash,
    })
}

fn lines(entries: &[AuditLine]) -> String {
    let mut table = Table::new(&["序号", "时间", "账号", "系统用户", "事项", "项目", "结果", "摘要"]).right(0);
    for line in entries {
        let entry = &line.entry;
        let at = from_millis(entry.at_millis).map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string());
        table.row([
            entry.seq.to_string(),
            at.unwrap_or_default(),
            entry.account.clone(),
            entry.os_user.clone(),
            labels::logged(&entry.action).to_owned(),
            entry.project.clone(),
            AuditResult::parse(&entry.result)
                .map_or_else(|| entry.result.clone(), |known| labels::audit_result(known).to_owned()),
            line.hash.chars().take(12).collect(),
        ]);
    }
    table.text()
}

fn verified(report: &ChainReport) -> Report {
    let first_bad = match &report.broken {
        Some(broken) => json!({ "seq": broken.seq, "why": why(broken.why) }),
        None => Value::Null,
    };
    let document = json!({
        "ok": report.is_intact(),
        "entries": report.entries,
        "head": report.head,
        "first_bad": first_bad,
        "head_found": report.head_found,
    });
    let mut text = match &report.broken {
        None => format!("日志完整：{} 条，链首 {}", report.entries, report.head),
        Some(broken) => format!(
            "日志已被破坏：第 {} 条起不可信（{}）；此前 {} 条完整。请保留数据库文件，立即报告审计管理员",
            broken.seq,
            why(broken.why),
            report.entries
        ),
    };
    match report.head_found {
        Some(true) => text.push_str("\n所给的链首在日志中"),
        Some(false) => text.push_str("\n所给的链首不在日志中：日志可能被整体替换。请立即报告审计管理员"),
        None => {}
    }
    let exit = if report.is_intact() { 0 } else { 1 };
    Report { document, text, exit }
}

const fn why(what: Break) -> &'static str {
    match what {
        Break::Gap => "此前缺少条目",
        Break::Hash => "内容与摘要不符",
        Break::Columns => "显示的内容与记录的原文不符",
        Break::Detail => "所附内容与摘要不符",
        Break::DetailMissing => "所附内容缺失，且没有销毁记录",
    }
}
