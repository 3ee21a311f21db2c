//! Meetings of panels in words: how far an item is, who came, and the minutes.

use crate::domain::meeting::Hearing;
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::{Panel, Seat};
use crate::service::view::meeting::{ItemLine, ItemState, ItemView};
use crate::service::view::proceedings::ProceedingsView;
use crate::wording::{destruction, labels};

/// Names how far an item is.
pub const fn state(state: &ItemState) -> &'static str {
    match state {
        ItemState::Waiting => "待议",
        ItemState::Current => "在议",
        ItemState::Paused => "暂停",
        ItemState::Concluded(_) => "已毕",
        ItemState::Withdrawn(_) => "已撤",
    }
}

/// Tells at which meeting a panel is heard.
pub fn hearing(hearing: &Hearing) -> String {
    let place = if hearing.place.is_empty() { String::new() } else { format!("，{}", hearing.place) };
    let over = if hearing.is_over { "，已结束" } else { "" };
    format!("专评{} 第 {} 项（{}{place}{over}）", hearing.meeting, hearing.item, hearing.day)
}

/// Tells which fields of a sheet were written, or that the words were kept beside it.
pub fn noted(versions: &[(Field, u32)], aside: Option<&str>) -> String {
    let field = |(field, version): &(Field, u32)| format!("{}第 {version} 版", labels::sheet_field(*field));
    let fields: Vec<String> = versions.iter().map(field).collect();
    let fields = if fields.is_empty() { String::new() } else { format!("{}。", fields.join("，")) };
    let kept = aside.map(|name| format!("秘书席由{name}使用，文字留在历史，未改动记录。"));
    fields + &kept.unwrap_or_default()
}

/// Tells who came; nothing where nobody has been noted yet.
pub fn attendance(panel: &Panel) -> Option<String> {
    let of = |presence| panel.seats().iter().filter(move |seat| panel.presence(seat.expert) == presence);
    let silent = panel.attendance.is_empty() && of(Presence::Recused).next().is_none();
    if silent {
        return None;
    }
    let present = of(Presence::Present).count();
    let mut parts = vec![format!("应到 {} 人，到会 {present} 人", panel.seats().len())];
    for presence in [Presence::Absent, Presence::Recused, Presence::Expected] {
        let names: Vec<String> = of(presence).map(|seat| with_reason(panel, seat)).collect();
        if !names.is_empty() {
            parts.push(format!("{} {}", labels::presence(presence), names.join("、")));
        }
    }
    Some(parts.join("；"))
}

fn with_reason(panel: &Panel, seat: &Seat) -> String {
    let noted = panel.attendance.iter().rfind(|entry| entry.expert == seat.expert);
    let declared = panel.recusals.iter().rfind(|recusal| recusal.expert == seat.expert);
    let reason = match panel.presence(seat.expert) {
        Presence::Absent => noted.map(|entry| entry.reason.clone()),
        Presence::Recused => declared.map(|recusal| labels::ground(recusal.ground).to_owned()),
        Presence::Expected | Presence::Present => None,
    };
    let reason = reason.filter(|reason| !reason.is_empty());
    reason.map_or_else(|| seat.name.clone(), |reason| format!("{}（{reason}）", seat.name))
}

/// The minutes of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// Where and when, who called it, how far it is.
    pub head: Vec<String>,
    /// Each item of the agenda: its heading, and what is told of it.
    pub items: Vec<(String, Vec<String>)>,
}

impl Minutes {
    /// Writes them as plain text.
    pub fn text(&self) -> String {
        let item = |(heading, said): &(String, Vec<String>)| {
            let said = said.iter().map(|text| format!("　　{}", text.replace('\n', "\n　　　　")));
            [String::new(), heading.clone()].into_iter().chain(said).collect::<Vec<_>>()
        };
        let title = ["专家评审会会议纪要".to_owned(), String::new()];
        let head = title.into_iter().chain(self.head.iter().cloned());
        head.chain(self.items.iter().flat_map(item)).collect::<Vec<_>>().join("\n")
    }
}

/// Writes the minutes: where and when, what was on the agenda, who came, and of every item what its panel concluded.
/// Votes and words of members stand there from the moment the last opinion is in, whoever asks: minutes are handed on.
pub fn minutes(view: &ProceedingsView) -> Minutes {
    let (meeting, lines) = (&view.meeting.meeting, &view.meeting.items);
    let on_it = lines.iter().filter(|line| !matches!(line.state, ItemState::Withdrawn(_))).count();
    let concluded = lines.iter().filter(|line| matches!(line.state, ItemState::Concluded(_))).count();
    let head = vec![
        format!("会议编号：专评{}", meeting.code),
        format!("会议日期：{}", meeting.day.format("%Y年%-m月%-d日")),
        format!("会议地点：{}", if meeting.place.is_empty() { "（未填写）" } else { &meeting.place }),
        format!("召集人：{}", meeting.called.name),
        match &meeting.ended {
            Some(hand) => format!("会议结束：{}（{}）", hand.at.format("%Y年%-m月%-d日 %H:%M"), hand.name),
            None => "会议尚未结束，本纪要为过程稿".to_owned(),
        },
        format!("议题：{on_it} 项，已形成结论 {concluded} 项"),
    ];
    let item = |(line, seen): (&ItemLine, &Option<Box<ItemView>>)| match &line.project {
        None => (format!("议题 {}：（本账号不能查阅）", line.number), Vec::new()),
        Some((code, name)) => {
            let heading = format!("议题 {}：{}（{code}）", line.number, destruction::name(name));
            let said = match (&line.state, seen) {
                (ItemState::Withdrawn(why), _) => vec![format!("已从议程撤下：{why}")],
                (_, Some(view)) => item(view),
                (_, None) => Vec::new(),
            };
            (heading, said)
        }
    };
    Minutes { head, items: lines.iter().zip(&view.items).map(item).collect() }
}

fn item(view: &ItemView) -> Vec<String> {
    let panel = &view.panel;
    let mut lines = Vec::new();
    let mut say = |text: String| lines.push(text);
    say(format!("建设单位：{}，金额 {} 万元", view.unit, view.amount));
    match view.begun {
        Some(at) => say(format!("开始审议：{}", at.format("%-m月%-d日 %H:%M"))),
        None => say("尚未开始审议".to_owned()),
    }
    let member =
        |seat: &Seat| format!("{}{}（{}）", seat.name, if seat.chair { "（组长）" } else { "" }, seat.employer);
    say(format!("专家组：{}", panel.seats().iter().map(member).collect::<Vec<_>>().join("、")));
    say(format!("签到：{}", attendance(panel).unwrap_or_else(|| "尚未签到".to_owned())));
    if !panel.is_open_to_read() {
        let locked = view.seats.iter().filter(|state| state.locked).count();
        say(format!("专家意见：已签名 {locked} 份，尚未收齐，收齐以前不列票数和意见"));
        return lines;
    }
    say(format!("表决：{}", super::panel::votes(panel.tally())));
    match &panel.conclusion {
        None => say("论证结论：尚未形成".to_owned()),
        Some(conclusion) => {
            let text = if conclusion.text.is_empty() { String::new() } else { format!("。{}", conclusion.text) };
            say(format!("论证结论：{}{text}", labels::panel_result(conclusion.result)));
            if conclusion.result != conclusion.by_tally {
                say(format!("按票数：{}", labels::panel_result(conclusion.by_tally)));
            }
            if !conclusion.chair_explanation.is_empty() {
                say(format!("组长说明：{}", conclusion.chair_explanation));
            }
        }
    }
    for fix in &panel.fixes {
        say(format!("须修改 {}：{}（责任：{}，{} 前）", fix.number, fix.text, fix.responsible, fix.due));
    }
    for dissent in panel.dissents() {
        say(format!("保留意见（{}，原文）：{}", super::panel::dissenter(&dissent), dissent.text));
    }
    let unsigned: Vec<&str> = panel.unsigned().iter().map(|seat| seat.name.as_str()).collect();
    if !unsigned.is_empty() {
        say(format!("未在结论上签名：{}", unsigned.join("、")));
    }
    for correction in &panel.corrections {
        say(format!("更正：{}（{}）", correction.text, correction.reason));
    }
    lines
}
