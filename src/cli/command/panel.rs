//! `panel`: the expert panels of a project.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::panel_json::{advice, draw, panels, stay_away};
use super::{audit_json, code, execute};
use crate::cli::args::Panel as Arguments;
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::ids::ProjectCode;
use crate::domain::panel::{Draw, Panel, Seat};
use crate::domain::workflow::action::{Action, Key};
use crate::service::command::{Act, Command};
use crate::service::view::show::{ProjectView, Show};
use crate::wording::{self, labels};

/// Runs a command about a panel.
pub fn run(place: &Place, command: Arguments) -> Outcome<Report> {
    match command {
        Arguments::Show { code: typed } => {
            let view = look(place, &code(&typed))?;
            let document = json!({
                "code": view.dossier.project.code.as_str(),
                "stage": view.dossier.project.stage.code(),
                "panels": panels(&view),
                "advice": advice(&view),
                "stay_away": stay_away(&view),
            });
            Ok(Report::new(document, text(&view)))
        }
        Arguments::Draw { code: typed, size, on, seed, reason, dry_run } => {
            let mut inputs = BTreeMap::from([(Key::Size.code().to_owned(), size.to_string())]);
            inputs.extend(on.map(|day| (Key::MetOn.code().to_owned(), day.to_string())));
            inputs.extend(seed.map(|seed| (Key::DrawSeed.code().to_owned(), seed)));
            inputs.extend(reason.map(|reason| (Key::Reason.code().to_owned(), reason)));
            let act = Act {
                project: code(&typed),
                action: Action::DrawPanel,
                inputs,
                note: String::new(),
                attachments: Vec::new(),
                if_version: None,
            };
            let (what, audit, found) = execute(place, Command::Act(act), dry_run)?;
            if dry_run {
                return Ok(super::done(&what, None, &found));
            }
            drawn(&look(place, &code(&typed))?, &audit_json(audit.as_ref()))
        }
    }
}

fn look(place: &Place, code: &ProjectCode) -> Outcome<ProjectView> {
    let (mut service, session) = place.open()?;
    Ok(service.ask(&session, Show { project: code.clone() })?)
}

fn drawn(view: &ProjectView, audit: &Value) -> Outcome<Report> {
    let Some(last) = view.dossier.panel().and_then(|panel| panel.draws.last()) else {
        return Ok(Report::new(json!({ "members": [] }), "没有抽取记录"));
    };
    let mut document = draw(last);
    if let Value::Object(fields) = &mut document {
        fields.insert("code".to_owned(), json!(view.dossier.project.code.as_str()));
        fields.insert("advice".to_owned(), advice(view));
        fields.insert("audit".to_owned(), audit.clone());
    }
    let lines: Vec<String> = std::iter::once(draw_text(last)).chain(hints(view)).collect();
    Ok(Report::new(document, lines.join("\n")))
}

fn draw_text(draw: &Draw) -> String {
    let members: Vec<String> = draw.members.iter().map(|(id, name)| format!("{id} {name}")).collect();
    let mut lines = vec![
        format!("第 {} 次抽取，{} 人：{}", draw.number, draw.size, members.join("、")),
        format!("种子：{}", draw.seed),
        format!("候选 {} 位，名单摘要（SM3）：{}", draw.candidates.len(), draw.candidates_digest),
    ];
    lines.extend(draw.meets_on.map(|day| format!("会议日期：{day}")));
    lines.extend(
        draw.recused
            .iter()
            .map(|(id, name, why)| format!("{}：{id} {name}，{}", labels::kept_out(why), labels::why(why))),
    );
    lines.join("\n")
}

/// Writes every panel for people.
pub fn text(view: &ProjectView) -> String {
    let stay_away = view.stay_away.as_ref().map(|why| labels::stay_away(why));
    if view.dossier.panels.is_empty() {
        return stay_away.unwrap_or_else(|| "还没有专家论证。".to_owned());
    }
    let panels = view.dossier.panels.iter().map(|panel| one(panel, view)).collect::<Vec<_>>().join("\n\n");
    stay_away.into_iter().chain([panels]).chain(hints(view)).collect::<Vec<_>>().join("\n")
}

/// Says what to bear in mind about the members; nothing of it refuses anything.
pub fn hints(view: &ProjectView) -> impl Iterator<Item = String> {
    view.advice.iter().map(|about| format!("提示：{}", labels::advice(about)))
}

fn one(panel: &Panel, view: &ProjectView) -> String {
    let mut lines = vec![format!("第 {} 轮第 {} 次论证", panel.round, panel.session)];
    if !panel.request.reason.is_empty() {
        lines.push(format!("提请理由：{}", panel.request.reason));
    }
    if !panel.request.complaint.is_empty() {
        lines.push(format!("投诉或异议：{}", panel.request.complaint));
    }
    lines.extend(panel.draws.last().map(draw_text));
    lines.extend(
        panel.recusals.iter().map(|it| format!("{}声明：{}{}", it.name, labels::ground(it.ground), after(&it.text))),
    );
    lines.extend(panel.seats().iter().map(|seat| member(seat, panel, view)));
    let changes = panel.formations.iter().filter_map(|list| Some((list.replaced?, list)));
    lines.extend(changes.map(|((out, comes), list)| format!("更换：{comes} 接替 {out}{}", after(&list.reason))));
    lines.extend(panel.confirmed.as_ref().map(|hand| format!("{}确认", hand.name)));
    let here = view.hearings.iter().filter(|it| (it.round, it.session) == (panel.round, panel.session));
    lines.extend(here.map(|it| format!("评审会：{}", wording::meeting::hearing(it))));
    lines.extend(wording::meeting::attendance(panel).map(|said| format!("签到：{said}")));
    if let Some(closed) = &panel.closed {
        lines.push(format!("会议：{} {}", closed.met_on, closed.place));
        lines.extend(panel.seats().iter().filter_map(|seat| opinion(seat, panel)));
        lines.push(format!("票数：{}", wording::panel::votes(panel.tally())));
    }
    if let Some(conclusion) = &panel.conclusion {
        lines.push(format!("结论：{}{}", labels::panel_result(conclusion.result), after(&conclusion.text)));
        if !conclusion.chair_explanation.is_empty() {
            lines.push(format!("组长说明：{}", conclusion.chair_explanation));
        }
        let unsigned: Vec<&str> = panel.unsigned().iter().map(|seat| seat.name.as_str()).collect();
        if !unsigned.is_empty() {
            lines.push(format!("未签名：{}", unsigned.join("、")));
        }
    }
    for fix in &panel.fixes {
        let state = wording::panel::fix_state(fix, view.now.date_naive());
        lines.push(format!("修改 {}：{}（{state}）", fix.number, fix.text));
    }
    lines.extend(panel.corrections.iter().map(|it| format!("更正：{}（{}）", it.text, it.reason)));
    lines.join("\n")
}

fn after(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("，{text}") }
}

fn member(seat: &Seat, panel: &Panel, view: &ProjectView) -> String {
    let role = if seat.chair { "组长" } else { "成员" };
    let disciplines: Vec<&str> = seat.disciplines.iter().map(|code| labels::discipline(code)).collect();
    let running =
        view.dossier.panel().is_some_and(|running| running.session == panel.session && running.round == panel.round);
    let locked = view.panel_progress.iter().find(|(name, _)| *name == seat.name).map(|(_, signed)| *signed);
    let state = match locked.filter(|_| running && !panel.is_open_to_read()) {
        Some(true) => "  意见已锁定",
        Some(false) => "  意见未签名",
        None => "",
    };
    format!(
        "{role} {} {} {} {}（{}） {}{state}",
        seat.expert,
        seat.name,
        seat.employer,
        seat.title,
        disciplines.join("、"),
        labels::declared(seat.declaration)
    )
}

fn opinion(seat: &Seat, panel: &Panel) -> Option<String> {
    let opinion = panel.opinion_of(seat.expert)?;
    let dissent =
        if opinion.dissent.is_empty() { String::new() } else { format!("\n    保留意见：{}", opinion.dissent) };
    let text = opinion.text.replace('\n', "\n    ");
    Some(format!("{}：{}，{text}{dissent}", seat.name, labels::panel_result(opinion.conclusion)))
}
