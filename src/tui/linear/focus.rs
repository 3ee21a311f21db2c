//! What has the focus, and where that is, in sentences that are understood without the page around them.

use super::plain::{Part, drawn};
use crate::domain::text::clean_line;
use crate::service::view::row::ProjectRow;
use crate::service::view::show::ProjectView;
use crate::tui::effect::Source;
use crate::tui::form::{Spoken, Takes};
use crate::tui::screen::project::words::{is_unfinished, verdict_of};
use crate::tui::screen::project::{Pane, Project, ordered, why_not};
use crate::tui::screen::queue::{Queue, time_left};
use crate::tui::screen::session;
use crate::tui::state::{Screen, State};
use crate::tui::widget::Dialog;
use crate::wording::{self, labels};

/// How what has the focus takes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// As commands.
    Commands,
    /// As the whole text of a field of one line; Enter hands it on.
    Line,
    /// As a further line of a longer text.
    Text,
    /// As an answer: a digit or a name.
    Answer(Takes),
    /// As keys, one after another, of something that reads keys alone.
    Keys,
}

/// Tells how the next line is taken.
pub fn asks(state: &State) -> Asks {
    match &state.dialog {
        Some(Dialog::ImportFile(_)) => Asks::Line,
        Some(Dialog::Session(over)) => match &**over {
            session::Over::Line(_) => Asks::Line,
            session::Over::Agenda(form) if form.is_in_text() => Asks::Line,
            session::Over::Agenda(_) => Asks::Keys,
            _ => Asks::Commands,
        },
        Some(dialog) if dialog.takes_text() => match field(state) {
            Some(field) => match field.takes {
                Takes::Line => Asks::Line,
                Takes::Text => Asks::Text,
                takes => Asks::Answer(takes),
            },
            None => Asks::Keys,
        },
        Some(_) => Asks::Commands,
        None => match state.screen() {
            Screen::Session(session) => match &session.editing {
                Some(editing) if editing.fields.get(editing.at).is_some_and(|it| it.field.is_long()) => Asks::Text,
                Some(_) => Asks::Line,
                None => Asks::Commands,
            },
            Screen::Queue if state.queue.filter.editor.is_some() => Asks::Line,
            _ => Asks::Commands,
        },
    }
}

/// Tells the field of a form that has the focus.
pub fn field(state: &State) -> Option<Spoken> {
    match state.dialog.as_ref()? {
        Dialog::Action(dialog) => dialog.form.spoken(),
        Dialog::Remark(dialog) => dialog.form.spoken(),
        Dialog::Finding(dialog) => dialog.form.spoken(),
        Dialog::Declaration(dialog) => dialog.form.spoken(),
        Dialog::BulkForm(dialog) => dialog.form.spoken(),
        _ => None,
    }
}

/// Tells what the field that has the focus holds; none where no text has it.
pub fn text(state: &State) -> Option<String> {
    if let Some(field) = field(state) {
        return Some(field.value);
    }
    match (&state.dialog, state.screen()) {
        (Some(Dialog::Session(over)), _) => match &**over {
            session::Over::Line(ask) => Some(ask.editor.text()),
            _ => None,
        },
        (None, Screen::Session(session)) => {
            let editing = session.editing.as_ref()?;
            editing.fields.get(editing.at).map(|field| field.editor.text())
        }
        (None, Screen::Queue) => state.queue.filter.editor.as_ref().map(|editor| editor.text()),
        _ => None,
    }
}

/// Names where one is; a change of it is told.
pub fn place(state: &mut State) -> String {
    if let Some(field) = field(state) {
        return field.title;
    }
    if state.dialog.is_some() {
        return drawn(state, Part::Dialog, false).lines.first().cloned().unwrap_or_default();
    }
    match state.screen() {
        Screen::Project(project) => {
            let name = project.view.as_deref().map(|view| view.dossier.project.declaration.name.as_str());
            let name = clean_line(name.map(wording::destruction::name).unwrap_or_default()).into_owned();
            format!("{name}，{}，{}", project.code, project.pane.name())
        }
        Screen::Session(session) => match &session.editing {
            Some(editing) => editing.title.clone(),
            None => format!("{}，{}", session::title(session), session.pane.name()),
        },
        Screen::Meetings(_) => "评审会".to_owned(),
        Screen::Plan(plan) => plan.title(),
        Screen::Stats(stats) => stats.title(),
        Screen::Queue => {
            let queue = &state.queue;
            let tab = queue.tabs.get(queue.tab).map_or("", |tab| tab.name());
            let filter = match queue.filter.text.trim() {
                "" => String::new(),
                text => format!("，筛选 {text}"),
            };
            format!("队列，{tab}，{} 项{filter}", queue.listing.total())
        }
    }
}

/// Says where one is, and how far one has come.
pub fn whereabouts(state: &mut State) -> Vec<String> {
    let mut lines = vec![place(state)];
    if let Screen::Project(project) = state.screen() {
        if let Some(view) = project.view.as_deref() {
            let (total, answered) = view.checklist.progress(None);
            lines.push(format!("清单已判 {answered} 条，共 {total} 条"));
        }
        lines.extend(drawn(state, Part::Body, false).lines.into_iter().take(1));
    }
    lines
}

/// Says what has the focus.
pub fn focus(state: &mut State) -> Vec<String> {
    if let Some(field) = field(state) {
        return form_field(&field);
    }
    if state.dialog.is_some() {
        return drawn(state, Part::Dialog, false).focus.into_iter().collect();
    }
    match state.screen() {
        Screen::Queue if state.queue.filter.editor.is_some() => {
            vec![
                format!("筛选条件：{}", state.queue.filter.text),
                "请写条件，一行一个完整条件，如 金额>200万".to_owned(),
            ]
        }
        Screen::Queue if state.queue.listing.current().is_some() => queue_row(&state.queue).into_iter().collect(),
        Screen::Queue => drawn(state, Part::Body, false).lines.into_iter().skip(1).collect(),
        Screen::Session(session) if session.editing.is_some() => session_field(session),
        Screen::Project(project) => match (project.pane, project.view.as_deref()) {
            (Pane::Checklist, Some(_)) => vec![item(project)],
            (Pane::Rules, Some(view)) => vec![action(project, view)],
            (Pane::Findings | Pane::Rounds, Some(_)) => drawn(state, Part::Body, false).focus.into_iter().collect(),
            (_, Some(_)) => {
                let lines = drawn(state, Part::Body, true).lines.len();
                vec![format!("本页 {lines} 行，输入 看 全部朗读")]
            }
            (_, None) => vec!["正在载入".to_owned()],
        },
        _ => drawn(state, Part::Body, false).focus.into_iter().collect(),
    }
}

fn queue_row(queue: &Queue) -> Option<String> {
    let listing = &queue.listing;
    let row = listing.current()?;
    Some(format!("{}，第 {} 项", project_row(queue, row), listing.selected() + 1))
}

/// Says a project of a list, every value with its name.
pub fn project_row(queue: &Queue, row: &ProjectRow) -> String {
    let mut parts = vec![clean_line(wording::destruction::name(&row.name)).into_owned(), row.code.to_string()];
    if !row.destroyed {
        parts.push(format!("金额 {} 万元", row.amount));
    }
    if queue.marks.has(&row.code) {
        parts.push("已标记".to_owned());
    }
    let left = time_left(row, queue.now);
    if !left.is_empty() {
        parts.push(format!("余期 {left}"));
    }
    parts.push(match row.waiting.first() {
        Some((_, action)) => format!("轮到 {}", wording::brief::action(*action)),
        None => format!("状态 {}", labels::stage(row.stage)),
    });
    if queue.source() == Source::Everything {
        parts.push(format!("单位 {}", clean_line(&row.unit)));
    }
    parts.join("，")
}

fn item(project: &Project) -> String {
    let items = project.items();
    let Some(item) = items.get(project.item) else { return "没有适用于本项目的条目".to_owned() };
    let verdict = verdict_of(item);
    let lacks = if verdict.is_some() && is_unfinished(item) { "，缺说明" } else { "" };
    format!(
        "{}，{}{lacks}，{}，{}，第 {} 条",
        item.item.id,
        verdict.map_or("未判", labels::verdict),
        clean_line(&item.item.text),
        labels::weight(item.item.weight),
        project.item + 1
    )
}

/// Says every item of the checklist, and what is written to each.
pub fn items(project: &Project) -> Vec<String> {
    let mut lines = Vec::new();
    let mut dimension = None;
    for item in project.items() {
        if dimension != Some(item.item.dimension) {
            dimension = Some(item.item.dimension);
            lines.push(format!("维度：{}", labels::dimension(item.item.dimension)));
        }
        let verdict = verdict_of(item);
        let lacks = if verdict.is_some() && is_unfinished(item) { "，缺说明" } else { "" };
        let verdict = verdict.map_or("未判", labels::verdict);
        lines.push(format!("{}，{verdict}{lacks}，{}", item.item.id, clean_line(&item.item.text)));
    }
    lines
}

fn action(project: &Project, view: &ProjectView) -> String {
    let actions = ordered(&view.actions);
    let Some(status) = actions.get(project.action) else { return "没有事项".to_owned() };
    let why = why_not(&status.verdict);
    let can = if why.is_empty() { "可以办理".to_owned() } else { format!("不能办理：{why}") };
    format!("{}，{can}，第 {} 项，共 {} 项", labels::action(status.action), project.action + 1, actions.len())
}

fn form_field(field: &Spoken) -> Vec<String> {
    let required = if field.required { "，必填" } else { "" };
    let held = match (field.takes, field.value.trim()) {
        (_, "") => "未填".to_owned(),
        (Takes::Text, text) => {
            format!("已有 {} 字：{}", text.chars().count(), text.replace('\n', " "))
        }
        (_, text) => text.to_owned(),
    };
    let (at, count) = field.place;
    let mut lines = vec![format!("{}{required}，第 {at} 栏，共 {count} 栏：{held}", field.label)];
    if !field.offers.is_empty() {
        let offers = field.offers.iter().map(|(digit, name, chosen)| {
            let mark = if *chosen { "（已选）" } else { "" };
            format!("{digit} {name}{mark}")
        });
        lines.push(offers.collect::<Vec<_>>().join("，"));
    }
    lines.extend(field.note.clone());
    lines.extend(field.problem.as_ref().map(|problem| format!("有误：{problem}")));
    lines
}

fn session_field(session: &session::Session) -> Vec<String> {
    let Some(editing) = &session.editing else { return Vec::new() };
    let Some(field) = editing.fields.get(editing.at) else { return Vec::new() };
    let text = field.editor.text();
    let held = if text.is_empty() { "未填".to_owned() } else { text.replace('\n', " ") };
    let mut lines = vec![format!("{}，第 {} 栏，共 {} 栏：{held}", field.label, editing.at + 1, editing.fields.len())];
    lines.extend(field.problem().map(|problem| format!("有误：{problem}")));
    lines
}

/// Tells once, when a text gets the focus, how it is written and how one leaves it.
pub fn how_to(asks: Asks) -> Option<&'static str> {
    match asks {
        Asks::Commands => None,
        Asks::Line => Some("请写一行文字；空行不改；Esc 放弃；行首的点不算文字，可用来写 F8、Esc 这样的字"),
        Asks::Text => Some(
            "请逐行写文字；单独一个点结束本栏；行首的点不算文字，写两个点得一个点；F8 提交；Esc 放弃；Ctrl-u 清空本栏",
        ),
        Asks::Answer(Takes::Choices) => Some("请写数字，可写几个，用空格分开；空行到下一栏"),
        Asks::Answer(Takes::Person) => Some("请写数字，或姓名、拼音查找；空行到下一栏"),
        Asks::Answer(_) => Some("请写一个数字；空行到下一栏；F8 提交；Esc 放弃"),
        Asks::Keys => Some("请写按键：上 下 空格 Tab F8 提交 Esc 放弃"),
    }
}
