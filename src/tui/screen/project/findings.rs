//! 疑点 — what was found in the project; beside the list why it was found, and what was decided about it.

use crate::domain::findings::disposition::{Disposition, Standing, Weighed};
use crate::domain::findings::{Pattern, Severity};
use crate::service::view::show::ProjectView;
use crate::tui::canvas::{Sheet, StyledLine};
use crate::tui::keymap::{Op, key_name};
use crate::tui::theme::Theme;
use crate::tui::width::Width;
use crate::wording::sentence::basis;
use crate::wording::{findings as words, labels};

/// A line of the list.
enum Row<'v> {
    /// A finding.
    Found(&'v Weighed),
    /// What was decided about one that no longer appears.
    Gone(&'v Disposition),
}

fn rows(view: &ProjectView) -> impl Iterator<Item = Row<'_>> {
    view.findings.items.iter().map(Row::Found).chain(view.findings.gone.iter().map(Row::Gone))
}

/// Counts the lines of the list.
pub(super) fn count(view: &ProjectView) -> usize {
    rows(view).count()
}

/// Tells which finding the cursor is on.
pub(super) fn under(view: &ProjectView, cursor: usize) -> Option<&Weighed> {
    view.findings.items.get(cursor)
}

/// Tells the line of a finding.
pub fn place(view: &ProjectView, pattern: Pattern) -> Option<usize> {
    view.findings.items.iter().position(|item| item.finding.pattern == pattern)
}

/// Tells where the cursor begins: at the first finding nobody decided about.
pub(super) fn first_open(view: &ProjectView) -> usize {
    view.findings.items.iter().position(|item| item.standing == Standing::Open).unwrap_or(0)
}

const fn badge(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "[待]",
        Standing::Accepted => "[采]",
        Standing::Dismissed => "[排]",
    }
}

fn name(pattern: Pattern, severity: Severity) -> String {
    format!("{} {}", labels::severity(severity), labels::pattern(pattern))
}

/// Writes the list, one line each.
pub(super) fn list(view: &ProjectView, theme: Theme) -> Vec<StyledLine> {
    let line = |row: Row<'_>| match row {
        Row::Found(item) => {
            let style = match (item.bars(), item.standing) {
                (true, _) => theme.failure(),
                (false, Standing::Open) => theme.warning(),
                (false, _) => theme.plain(),
            };
            let name = name(item.finding.pattern, item.finding.severity);
            StyledLine { text: format!("{} {name}", badge(item.standing)), style }
        }
        Row::Gone(past) => {
            StyledLine { text: format!("[消] {}", name(past.pattern, past.severity)), style: theme.faint() }
        }
    };
    rows(view).map(line).collect()
}

/// Writes why the finding under the cursor was found, and what was decided about it.
pub(super) fn details(view: &ProjectView, cursor: usize, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
    let mut sheet = Sheet::new(cells, width, theme);
    match rows(view).nth(cursor) {
        Some(Row::Found(item)) => add_finding(&mut sheet, view, item),
        Some(Row::Gone(past)) => {
            sheet.text(0, &format!("{} {}", past.pattern, labels::pattern(past.pattern)), theme.heading());
            sheet.text(0, "该疑点现已不再出现，原处理结果留存备查。", theme.plain());
            add_decision(&mut sheet, past);
        }
        None => sheet.text(0, "没有发现疑点", theme.plain()),
    }
    sheet.lines
}

fn add_finding(sheet: &mut Sheet, view: &ProjectView, item: &Weighed) {
    let theme = sheet.theme();
    let (finding, pattern) = (&item.finding, item.finding.pattern);
    let head = format!("{pattern}  {}  {}", labels::severity(finding.severity), labels::standing(item.standing));
    sheet.text(0, &head, theme.heading());
    sheet.text(0, &words::message(finding), theme.plain());
    sheet.blank();
    sheet.text(0, "为什么提示", theme.heading());
    for fact in &finding.evidence {
        sheet.text(2, &words::evidence(fact), theme.plain());
    }
    sheet.blank();
    if item.standing == Standing::Open {
        let (accept, dismiss) = (key_name(Op::AcceptFinding), key_name(Op::DismissFinding));
        let lead = if finding.is_for_the_lead() { "（只能由评审负责人排除）" } else { "" };
        sheet.text(0, &format!("评审员按 {accept} 采纳，按 {dismiss} 排除{lead}"), theme.plain());
        if !item.decided.is_empty() {
            sheet.text(0, "依据已变化，须重新处理；原处理：", theme.warning());
        }
    }
    for past in item.decided.iter().rev() {
        add_decision(sheet, past);
    }
    if item.bars() {
        sheet.text(0, "未经评审负责人排除，技术审核意见不能为“通过”。", theme.warning());
    }
    sheet.blank();
    let article = pattern.article();
    let gist = view.policy.article(article).map(|article| article.gist.as_str()).unwrap_or_default();
    sheet.text(0, &format!("{}{gist}", basis(article)), theme.faint());
}

fn add_decision(sheet: &mut Sheet, past: &Disposition) {
    let theme = sheet.theme();
    sheet.text(0, &words::decision(past), theme.plain());
}
