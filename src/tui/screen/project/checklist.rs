//! 技术评审清单 — the items by dimension, each with its badge; beside them what the item under the cursor asks.

use crate::domain::checklist::{Dimension, Verdict, Weight};
use crate::service::view::checklist::ItemView;
use crate::service::view::show::ProjectView;
use crate::tui::canvas::{Sheet, StyledLine};
use crate::tui::keymap::{Op, key_name};
use crate::tui::theme::Theme;
use crate::tui::width::Width;
use crate::wording::labels;
use crate::wording::sentence::basis;

use super::words::{badge, is_unfinished, verdict_of};

/// A line of the list: the heading of a dimension, or an item by its place among the items.
pub(super) struct Row {
    /// What it shows.
    pub line: StyledLine,
    /// Which item it is.
    pub item: Option<usize>,
}

/// Writes the list.
pub(super) fn rows(view: &ProjectView, cells: u16, width: Width, theme: Theme) -> Vec<Row> {
    const NUMERALS: [&str; 4] = ["一", "二", "三", "四"];
    let mut rows = Vec::new();
    let mut place = 0;
    for (dimension, numeral) in Dimension::ALL.iter().zip(NUMERALS) {
        let (total, answered) = view.checklist.progress(Some(*dimension));
        let counts = counts(view, *dimension);
        let text = format!("{numeral} {} {answered}/{total} {counts}", labels::dimension(*dimension));
        rows.push(Row { line: StyledLine { text, style: theme.heading() }, item: None });
        for item in view.checklist.of_dimension(*dimension).filter(|item| item.applicable) {
            rows.push(Row { line: item_line(item, cells, width, theme), item: Some(place) });
            place += 1;
        }
    }
    rows
}

/// Counts the answers of a dimension: `符5 否1`.
fn counts(view: &ProjectView, dimension: Dimension) -> String {
    let names = [(Verdict::Pass, "符"), (Verdict::Fail, "否"), (Verdict::Doubt, "疑"), (Verdict::NotApplicable, "免")];
    let of = |wanted: Verdict| {
        view.checklist.of_dimension(dimension).filter(|item| verdict_of(item) == Some(wanted)).count()
    };
    let parts: Vec<String> = names
        .iter()
        .map(|(verdict, name)| (of(*verdict), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{name}{count}"))
        .collect();
    parts.join(" ")
}

fn item_line(item: &ItemView, cells: u16, width: Width, theme: Theme) -> StyledLine {
    let verdict = verdict_of(item);
    // A verdict without its reasons is marked, because an opinion cannot be drafted on it.
    let mark = match () {
        () if verdict.is_some() && is_unfinished(item) => "缺说明",
        () if item.item.weight == Weight::Veto => "否决",
        () => "",
    };
    let room = usize::from(cells).saturating_sub(12 + width.of_str(mark) + usize::from(!mark.is_empty()));
    let question = width.pad(&crate::domain::text::clean_line(&item.item.text), room);
    let text = format!("{} {} {question} {mark}", badge(verdict), item.item.id);
    let style = match verdict {
        Some(Verdict::Fail) => theme.failure(),
        Some(Verdict::Doubt) => theme.warning(),
        _ => theme.plain(),
    };
    StyledLine { text, style }
}

/// Writes what the item under the cursor asks, what is noted to it and what is still missing.
pub(super) fn details(
    view: &ProjectView,
    item: Option<&ItemView>,
    cells: u16,
    width: Width,
    theme: Theme,
) -> Vec<StyledLine> {
    let mut sheet = Sheet::new(cells, width, theme);
    let Some(item) = item else {
        sheet.text(0, "没有适用于本项目的条目", theme.plain());
        return sheet.lines;
    };
    let question = &item.item;
    let verdict = verdict_of(item).map_or("未判", labels::verdict);
    sheet.text(0, &format!("{} {}  {verdict}", question.id, labels::weight(question.weight)), theme.heading());
    sheet.text(0, &question.text, theme.plain());
    sheet.text(0, &format!("查看: {}", question.evidence), theme.plain());
    add_judgement(&mut sheet, item);
    if !question.articles.is_empty() {
        sheet.blank();
    }
    for number in &question.articles {
        let gist = view.policy.article(*number).map(|article| article.gist.as_str()).unwrap_or_default();
        sheet.text(0, &format!("{}{gist}", basis(*number)), theme.faint());
    }
    sheet.lines
}

fn add_judgement(sheet: &mut Sheet, item: &ItemView) {
    let theme = sheet.theme();
    let Some(judgement) = &item.judgement else {
        sheet.text(0, &format!("尚无意见，按 {} 填写", key_name(Op::Remark)), theme.plain());
        return;
    };
    let lacks = judgement.lacks();
    if !lacks.is_empty() {
        let names: Vec<&str> = lacks.iter().map(|lack| labels::lack(*lack)).collect();
        let text = format!("{}，按 {} 填写", names.join("、"), key_name(Op::Remark));
        sheet.marked("[缺]", &text, theme.warning());
    }
    let texts = [
        (labels::remark(judgement.verdict), &judgement.remark),
        ("修改建议", &judgement.suggestion),
        ("参考依据", &judgement.basis),
        ("引用位置", &judgement.cite),
    ];
    for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        sheet.text(0, &format!("{name}: {text}"), theme.plain());
    }
}
