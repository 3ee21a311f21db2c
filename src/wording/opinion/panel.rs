//! The panel's part of the opinion 〔第八条〕: who argued when, the votes, the conclusion, each dissent word for word, and
//! where each fix was mended.

use super::{Draft, Source, day, ended};
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::{Conclusion, Fix, Panel};
use crate::wording::labels;
use crate::wording::panel::{dissenter, votes};

/// Writes the part, where a panel of the round has concluded.
pub(super) fn add(draft: &mut Draft<'_>) {
    let concluded_panel = draft.of.panel().and_then(|panel| Some((panel, panel.conclusion.as_ref()?)));
    let Some((panel, conclusion)) = concluded_panel else {
        if draft.of.is_argued() {
            draft.part(Source::Panel, "专家论证", "尚未形成论证结论。");
        }
        return;
    };
    draft.part(Source::Panel, "专家论证", &meeting(panel));
    if let Some(earlier) = earlier(&draft.of.dossier.panels, panel) {
        draft.say(Source::Panel, earlier);
    }
    draft.say(Source::Panel, concluded(panel, conclusion));
    for dissent in panel.dissents() {
        let text = format!("保留意见（{}）：{}", dissenter(&dissent), dissent.text);
        draft.say(Source::Dissent(dissent.seat.expert), text);
    }
    for fix in &panel.fixes {
        draft.say(Source::Fix(fix.number), mended(fix));
    }
    for correction in &panel.corrections {
        let text = format!("论证记录更正：{}更正理由：{}", ended(&correction.text), ended(&correction.reason));
        draft.say(Source::Panel, text);
    }
}

/// Writes the part in one paragraph for whoever reads the opinion: meeting, votes, conclusion, dissents, fixes.
pub fn of_panel(panel: &Panel) -> String {
    let concluded = panel.conclusion.as_ref().map(|conclusion| concluded(panel, conclusion));
    let dissents = panel.dissents();
    let dissents = dissents.iter().map(|it| format!("保留意见（{}）：{}", dissenter(it), it.text));
    let lines = concluded.into_iter().chain(dissents).chain(panel.fixes.iter().map(mended));
    std::iter::once(meeting(panel)).chain(lines).collect::<Vec<_>>().join("\n")
}

fn meeting(panel: &Panel) -> String {
    let met = panel.closed.as_ref().map(|closed| match closed.place.is_empty() {
        true => format!("{}召开专家论证会，", day(closed.met_on)),
        false => format!("{}在{}召开专家论证会，", day(closed.met_on), closed.place),
    });
    let chair = panel.chair().map(|chair| format!("，{}（{}）任组长", chair.name, chair.employer));
    let away = |wanted: Presence, name: &str| {
        let seats = panel.seats().iter().filter(|seat| panel.presence(seat.expert) == wanted);
        let names: Vec<&str> = seats.map(|seat| seat.name.as_str()).collect();
        if names.is_empty() { String::new() } else { format!("，{name}：{}", names.join("、")) }
    };
    let (met, members, chair) = (met.unwrap_or_default(), panel.seats().len(), chair.unwrap_or_default());
    let (absent, recused) = (away(Presence::Absent, "缺席"), away(Presence::Recused, "回避"));
    format!("{met}专家组 {members} 人{chair}{absent}{recused}。")
}

/// Tells of the panels of the round that argued before.
fn earlier(panels: &[Panel], last: &Panel) -> Option<String> {
    let before = panels.iter().filter(|panel| panel.round == last.round && panel.session < last.session);
    let told: Vec<String> = before
        .filter_map(|panel| {
            let result = labels::panel_result(panel.conclusion.as_ref()?.result);
            let met = panel.closed.as_ref().map(|closed| format!("（{}）", day(closed.met_on))).unwrap_or_default();
            Some(format!("第 {} 次{met}结论为{result}", panel.session))
        })
        .collect();
    (!told.is_empty()).then(|| format!("此前{}；以本次结论为准。", told.join("，")))
}

fn concluded(panel: &Panel, conclusion: &Conclusion) -> String {
    let mut text = format!(
        "表决：{}。论证结论：{}。{}",
        votes(conclusion.tally),
        labels::panel_result(conclusion.result),
        if conclusion.text.trim().is_empty() { String::new() } else { ended(&conclusion.text) },
    );
    if conclusion.result != conclusion.by_tally {
        let by_tally = labels::panel_result(conclusion.by_tally);
        text.push_str(&format!("按票数应为{by_tally}，组长说明：{}", ended(&conclusion.chair_explanation)));
    }
    let unsigned: Vec<&str> = panel.unsigned().iter().map(|seat| seat.name.as_str()).collect();
    if !unsigned.is_empty() {
        text.push_str(&format!("未在结论上签名：{}。", unsigned.join("、")));
    }
    text
}

fn mended(fix: &Fix) -> String {
    let where_to = match &fix.closed {
        Some((page, _)) => format!("已修改，见{}", ended(page)),
        None => "尚未销号。".to_owned(),
    };
    let text = fix.text.trim_end_matches(['。', '；']);
    format!("修改事项 {}：{text}（{}，{}前）。{where_to}", fix.number, fix.responsible, day(fix.due))
}
