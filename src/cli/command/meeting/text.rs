//! Meetings for people.

use super::{knows, looked_at};
use crate::cli::output::Table;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::sheet::{Field, FixNote};
use crate::domain::panel::Seat;
use crate::domain::workflow::record::PanelResult;
use crate::service::error::Error;
use crate::service::view::meeting::{ItemLine, ItemState, ItemView, MeetingView, MeetingsView};
use crate::service::view::notes::NoteHistoryView;
use crate::wording::{self, destruction, labels};

/// Lays out the list of meetings.
pub fn list(view: &MeetingsView) -> String {
    let mut lines = Vec::new();
    if view.meetings.is_empty() {
        lines.push("近期没有评审会。".to_owned());
    } else {
        let mut table = Table::new(&["会议", "日期", "地点", "议题", "已毕", "秘书席", "状态"]).right(3).right(4);
        for line in &view.meetings {
            let state = match (line.is_over, line.day.cmp(&view.today)) {
                (true, _) => "已结束",
                (false, std::cmp::Ordering::Equal) => "今天",
                (false, std::cmp::Ordering::Greater) => "待开",
                (false, std::cmp::Ordering::Less) => "未结束",
            };
            table.row([
                line.code.to_string(),
                line.day.to_string(),
                line.place.clone(),
                line.items.to_string(),
                line.concluded.to_string(),
                line.writer.clone().unwrap_or_default(),
                state.to_owned(),
            ]);
        }
        lines.push(table.text());
    }
    if !view.waiting.is_empty() {
        lines.push(format!("\n等待上会的专家组 {} 个：", view.waiting.len()));
        let mut table = Table::new(&["编号", "项目", "单位", "金额（万元）", "专家", "确认于"]).right(3).right(4);
        for panel in &view.waiting {
            table.row([
                panel.code.to_string(),
                destruction::name(&panel.name).to_owned(),
                panel.unit.clone(),
                panel.amount.to_string(),
                panel.members.to_string(),
                panel.since.format("%Y-%m-%d").to_string(),
            ]);
        }
        lines.push(table.text());
    }
    lines.join("\n")
}

/// Lays out a meeting with the item looked at.
pub fn meeting(view: &MeetingView) -> String {
    let meeting = &view.meeting;
    let mut lines = vec![format!("专评{}  {}  {}", meeting.code, meeting.day, meeting.place).trim_end().to_owned()];
    lines.push(match (&meeting.ended, &meeting.seat) {
        (Some(hand), _) => format!("{}召集；{} {}结束", meeting.called.name, hand.at.format("%m-%d %H:%M"), hand.name),
        (None, Some(seat)) => format!(
            "{}召集；秘书席：{}（{} 起）",
            meeting.called.name,
            seat.holder.name,
            seat.holder.at.format("%m-%d %H:%M")
        ),
        (None, None) => format!("{}召集；秘书席无人", meeting.called.name),
    });
    lines.push(String::new());
    let mut table = Table::new(&["序号", "状态", "编号", "项目", "结论"]).right(0);
    view.items.iter().for_each(|line| table.row(agenda(line)));
    lines.push(table.text());
    if let Some(item) = looked_at(view) {
        lines.push(String::new());
        lines.extend(one(item));
    }
    lines.join("\n")
}

fn agenda(line: &ItemLine) -> [String; 5] {
    let result = match &line.state {
        ItemState::Concluded(result) => labels::panel_result(*result).to_owned(),
        ItemState::Withdrawn(why) => why.clone(),
        ItemState::Waiting | ItemState::Current | ItemState::Paused => String::new(),
    };
    let (code, name) = match &line.project {
        Some((code, name)) => (code.to_string(), destruction::name(name).to_owned()),
        None => (String::new(), "（本账号不能查阅）".to_owned()),
    };
    [line.number.to_string(), wording::meeting::state(&line.state).to_owned(), code, name, result]
}

fn one(item: &ItemView) -> Vec<String> {
    let begun = item.begun.map(|at| format!("，{} 开始", at.format("%m-%d %H:%M"))).unwrap_or_default();
    let mut lines = vec![
        format!("【议题 {}】{}  {}", item.number, item.code, destruction::name(&item.name)),
        format!("{}，{} 万元，{}{begun}", item.unit, item.amount, labels::stage(item.stage)),
    ];
    let known = knows(item);
    let mut head = vec!["编号", "专家", "", "专业", "到会", "意见"];
    if known {
        head.insert(5, "表决");
    }
    let mut table = Table::new(&head);
    for (seat, state) in item.panel.seats().iter().zip(&item.seats) {
        let disciplines: Vec<&str> = seat.disciplines.iter().map(|code| labels::discipline(code)).collect();
        let mut cells = vec![
            seat.expert.to_string(),
            seat.name.clone(),
            if seat.chair { "组长" } else { "" }.to_owned(),
            disciplines.join("、"),
            labels::presence(item.panel.presence(seat.expert)).to_owned(),
        ];
        if known {
            let vote = item.sheet.vote(&item.panel, seat.expert);
            cells.push(vote.map(labels::panel_result).unwrap_or_default().to_owned());
        }
        cells.push(
            match (state.locked, state.voted) {
                (true, _) => "已签名",
                (false, true) => "已录入",
                (false, false) => "",
            }
            .to_owned(),
        );
        table.row(cells);
    }
    lines.push(table.text());
    for seat in item.panel.seats() {
        lines.extend(said(item, seat));
    }
    lines.extend(item.tally.map(|tally| format!("票数：{}", wording::panel::votes(tally))));
    lines.extend(item.says.map(|says| format!("按现有票数：{}", labels::panel_result(says))));
    lines.extend(conclusion(item));
    if let Some(action) = item.next {
        match &item.lacks {
            None => lines.push(format!("下一步：{}，条件齐备", labels::action(action))),
            Some(error) => {
                lines.push(format!("下一步：{}，还缺：", labels::action(action)));
                let causes = match error {
                    Error::Refused(unmet) => unmet.iter().map(|it| wording::unmet(it).message).collect(),
                    error => wording::problem(error).causes,
                };
                lines.extend(causes.iter().map(|cause| format!("  · {cause}")));
            }
        }
    }
    lines
}

/// What is on the sheet of a member, or was signed.
fn said(item: &ItemView, seat: &Seat) -> Vec<String> {
    let signed = item.panel.opinion_of(seat.expert).filter(|opinion| opinion.signed);
    let (text, dissent) = match signed {
        Some(opinion) => (opinion.text.as_str(), opinion.dissent.as_str()),
        None => (item.sheet.get(Field::Said(seat.expert)), item.sheet.get(Field::Dissent(seat.expert))),
    };
    let word = |name: &str, text: &str| {
        (!text.is_empty()).then(|| format!("{}{name}：{}", seat.name, text.replace('\n', "\n    ")))
    };
    word("", text).into_iter().chain(word("保留意见", dissent)).collect()
}

fn conclusion(item: &ItemView) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(concluded) = &item.panel.conclusion {
        lines.push(format!("结论：{}  {}", labels::panel_result(concluded.result), concluded.text));
        let fixes = item.panel.fixes.iter();
        lines.extend(fixes.map(|it| format!("修改 {}：{}（{}，{} 前）", it.number, it.text, it.responsible, it.due)));
        return lines;
    }
    for field in [Field::Conclusion, Field::ConclusionText, Field::Explanation] {
        let text = item.sheet.get(field);
        let text = match PanelResult::parse(text).filter(|_| field == Field::Conclusion) {
            Some(result) => labels::panel_result(result),
            None => text,
        };
        if !text.is_empty() {
            lines.push(format!("拟{}：{}", labels::sheet_field(field), text.replace('\n', "\n    ")));
        }
    }
    let fix = |it: FixNote| format!("拟修改 {}：{}（{}，{} 前）", it.number, it.text, it.responsible, it.due);
    lines.extend(item.sheet.fixes().into_iter().map(fix));
    lines
}

/// Lists every version of a field.
pub fn history(project: &ProjectCode, field: Field, view: &NoteHistoryView) -> String {
    let mut lines =
        vec![format!("{project}  第 {} 轮第 {} 次论证  {}", view.round, view.session, labels::sheet_field(field))];
    for (noted, aside) in &view.versions {
        let at = noted.by.at.format("%Y-%m-%d %H:%M:%S");
        let kept = if *aside { "（不在秘书席录入，未写入记录）" } else { "" };
        let value = if noted.value.is_empty() { "（撤回）" } else { noted.value.as_str() };
        let value = value.replace('\n', "\n    ");
        lines.push(format!("第 {} 版  {at}  {}{kept}\n    {value}", noted.version, noted.by.name));
    }
    if view.versions.is_empty() {
        lines.push("没有录入过。".to_owned());
    }
    lines.join("\n")
}
