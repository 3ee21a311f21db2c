//! What an expert panel did and concluded, as lines that every front end lays out in its own way.

use chrono::NaiveDate;

use super::labels;
use super::rounds::Line;
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::tally::Tally;
use crate::domain::panel::{Dissent, Fix, Panel, Seat};

/// Writes votes by value.
pub fn votes(tally: Tally) -> String {
    let Tally { pass, conditional, supplement, fail } = tally;
    format!("通过 {pass} 票，原则通过 {conditional} 票，补充论证 {supplement} 票，不通过 {fail} 票")
}

/// Tells where a panel stands.
pub const fn standing(panel: &Panel) -> &'static str {
    match panel {
        Panel { conclusion: Some(conclusion), .. } => labels::panel_result(conclusion.result),
        Panel { closed: Some(_), .. } => "待形成结论",
        Panel { confirmed: Some(_), .. } => "论证中",
        _ => "待组建",
    }
}

/// Names whose dissent it is.
pub fn dissenter(dissent: &Dissent<'_>) -> String {
    match dissent.stayed {
        true => dissent.seat.name.clone(),
        false => format!("{}，未参加表决", dissent.seat.name),
    }
}

/// Tells who mends something until when, or where it was mended.
pub fn fix_state(fix: &Fix, today: NaiveDate) -> String {
    let late = fix.days_late(today).map(|days| format!("，已逾期 {days} 天")).unwrap_or_default();
    match &fix.closed {
        Some((page, by)) => format!("{page}，{} {}销号", by.name, by.at.format("%Y-%m-%d")),
        None => format!("{}，{} 前{late}，未销号", fix.responsible, fix.due),
    }
}

/// Writes a panel in short: who sat, the votes, the conclusion, each dissent, each fix.
pub fn brief(panel: &Panel, today: NaiveDate) -> Vec<Line> {
    let field = |name: &str, content: String| Line::Field(name.to_owned(), content);
    let mut lines = vec![field(&format!("第 {} 次论证", panel.session), standing(panel).to_owned())];
    if !panel.seats().is_empty() {
        let seat = |seat: &Seat| {
            let role = if seat.chair { "（组长）" } else { "" };
            let gone = match panel.presence(seat.expert) {
                gone @ (Presence::Absent | Presence::Recused) => format!("（{}）", labels::presence(gone)),
                Presence::Expected | Presence::Present => String::new(),
            };
            format!("{}{role}{gone}", seat.name)
        };
        let names: Vec<String> = panel.seats().iter().map(seat).collect();
        lines.push(field("  成员", format!("{} 人：{}", names.len(), names.join("、"))));
    }
    let Some(closed) = &panel.closed else { return lines };
    lines.push(field("  会议", format!("{} {}", closed.met_on, closed.place).trim_end().to_owned()));
    let vote = |seat: &Seat| {
        let opinion = panel.opinion_of(seat.expert)?;
        Some(format!("{}：{}", seat.name, labels::panel_result(opinion.conclusion)))
    };
    let by_name: Vec<String> = panel.sitting().into_iter().filter_map(vote).collect();
    lines.push(field("  票数", format!("{}（{}）", votes(panel.tally()), by_name.join("，"))));
    lines.extend(panel.conclusion.iter().flat_map(|it| {
        let explained = (!it.chair_explanation.is_empty()).then(|| field("  组长说明", it.chair_explanation.clone()));
        let said = format!("{}  {}", labels::panel_result(it.result), it.text);
        std::iter::once(field("  结论", said.trim_end().to_owned())).chain(explained)
    }));
    lines.extend(panel.dissents().iter().map(|it| field("  保留意见", format!("{}：{}", dissenter(it), it.text))));
    for fix in &panel.fixes {
        let name = format!("  修改 {}", fix.number);
        lines.push(field(&name, format!("{}（{}）", fix.text, fix_state(fix, today))));
    }
    lines
}
