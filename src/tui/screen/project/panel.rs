//! The page 专家: who sits on the panel, what each said once all are in, what was concluded and is still to be mended.

use chrono::NaiveDate;

use super::words::minute;
use crate::domain::panel::{Draw, Formation, Panel, Seat};
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::Hand;
use crate::service::view::show::ProjectView;
use crate::tui::canvas::{Sheet, StyledLine};
use crate::tui::theme::Theme;
use crate::tui::width::Width;
use crate::wording::{self, labels};

/// Tells whether experts have the project, so that the work is here.
pub(super) fn is_argued(view: &ProjectView) -> bool {
    use Stage::{PanelConcluding, PanelForming, PanelReviewing, Revising};
    matches!(view.dossier.project.stage, PanelForming | PanelReviewing | PanelConcluding | Revising)
}

/// Writes 专家, the running panel first.
pub(super) fn panels(view: &ProjectView, cells: u16, width: Width, theme: Theme) -> Vec<StyledLine> {
    let mut sheet = Sheet::new(cells, width, theme);
    if let Some(why) = &view.stay_away {
        // A party that must stay away learns what was concluded below, like every party.
        sheet.marked("[避]", &labels::stay_away(why), theme.warning());
        if view.dossier.panels.is_empty() {
            return sheet.lines;
        }
    }
    add_missing(&mut sheet, view);
    for about in &view.advice {
        sheet.marked("[注]", &labels::advice(about), theme.warning());
    }
    if view.dossier.panels.is_empty() {
        sheet.text(0, "还没有专家论证。", theme.plain());
        let limit = view.policy.limits.panel;
        let when = format!("{limit} 万元及以上的项目须经专家论证；不足的，中心认为需要时也可提请。");
        sheet.text(0, &when, theme.plain());
    }
    let running = view.dossier.panel().map(|panel| (panel.round, panel.session));
    for panel in view.dossier.panels.iter().rev() {
        let is_running = running == Some((panel.round, panel.session));
        let progress: &[(String, bool)] = if is_running { &view.panel_progress } else { &[] };
        add_panel(&mut sheet, panel, view, progress);
        if !(is_running && is_mended(view)) {
            add_fixes(&mut sheet, panel, view.now.date_naive());
        }
    }
    sheet.lines
}

fn is_mended(view: &ProjectView) -> bool {
    view.dossier.project.stage == Stage::Revising
}

/// Says what the next step of the panel still lacks.
fn add_missing(sheet: &mut Sheet, view: &ProjectView) {
    let of_panel = |action: &&Action| action.is_of_panel();
    for action in view.actions.expected.iter().filter(of_panel) {
        sheet.field("下一步", labels::action(*action));
    }
    // While a scheme is mended the list of what is open says more than the refusal does.
    if let Some(panel) = view.dossier.panel().filter(|_| is_mended(view)) {
        add_fixes(sheet, panel, view.now.date_naive());
    }
    let next = [Action::ConfirmPanel, Action::CloseOpinions];
    let at_hand = view.actions.actions.iter().filter(|status| next.contains(&status.action));
    for unmet in at_hand.flat_map(|status| &status.unmet) {
        let said = wording::unmet(unmet);
        sheet.marked("[缺]", &said.message, sheet.theme().warning());
    }
}

fn add_panel(sheet: &mut Sheet, panel: &Panel, view: &ProjectView, progress: &[(String, bool)]) {
    sheet.heading(&format!("第 {} 轮第 {} 次论证  {}", panel.round, panel.session, wording::panel::standing(panel)));
    sheet.field("提请", &by(&panel.request.by));
    for (name, text) in [
        ("提请理由", &panel.request.reason),
        ("投诉或异议", &panel.request.complaint),
        ("供应商", &panel.request.vendors.join("、")),
        ("调查编制人", &panel.request.authors.join("、")),
    ] {
        if !text.is_empty() {
            sheet.field(name, text);
        }
    }
    for recusal in &panel.recusals {
        let text = format!("{} {} {}", recusal.name, labels::ground(recusal.ground), recusal.text);
        sheet.field("声明", &text);
    }
    if let Some(draw) = panel.draws.last() {
        add_draw(sheet, draw);
    }
    add_members(sheet, panel, progress);
    for hearing in view.hearings.iter().filter(|it| (it.round, it.session) == (panel.round, panel.session)) {
        sheet.field("评审会", &wording::meeting::hearing(hearing));
    }
    if let Some(came) = wording::meeting::attendance(panel) {
        sheet.field("签到", &came);
    }
    if panel.is_open_to_read() {
        add_opinions(sheet, panel);
    } else if !panel.opinions.is_empty() {
        sheet.field("意见", "收齐以前不予显示");
    }
    add_conclusion(sheet, panel);
    for correction in &panel.corrections {
        sheet.field("更正", &format!("{} ({}) {}", correction.text, correction.reason, by(&correction.by)));
    }
}

fn by(hand: &Hand) -> String {
    format!("{} {}", hand.name, minute(hand.at))
}

fn add_draw(sheet: &mut Sheet, draw: &Draw) {
    let members: Vec<&str> = draw.members.iter().map(|(_, name)| name.as_str()).collect();
    let text = format!("第 {} 次 {} (候选 {} 位)", draw.number, members.join("、"), draw.candidates.len());
    sheet.field("抽取", &text);
    if let Some(day) = draw.meets_on {
        sheet.field("会议日期", &day.to_string());
    }
    sheet.field("种子", &draw.seed);
    sheet.field("名单摘要", &draw.candidates_digest);
    for (_, name, why) in &draw.recused {
        sheet.field(labels::kept_out(why), &format!("{name} {}", labels::why(why)));
    }
}

fn add_members(sheet: &mut Sheet, panel: &Panel, progress: &[(String, bool)]) {
    for seat in panel.seats() {
        let disciplines: Vec<&str> = seat.disciplines.iter().map(|code| labels::discipline(code)).collect();
        let local = if seat.local { " 本县" } else { "" };
        let signed = progress.iter().find(|(name, _)| *name == seat.name).map(|(_, signed)| *signed);
        let said = match signed.filter(|_| !panel.is_open_to_read()) {
            Some(true) => " [锁] 意见已锁定",
            Some(false) => " [缺] 意见未签名",
            None => "",
        };
        let text = format!(
            "{} {} {}{local} ({}) {}{said}",
            seat.name,
            seat.employer,
            seat.title,
            disciplines.join("、"),
            labels::declared(seat.declaration)
        );
        sheet.field(if seat.chair { "组长" } else { "成员" }, &text);
    }
    for list in &panel.formations {
        add_replacement(sheet, panel, list);
    }
    if let Some(confirmed) = &panel.confirmed {
        sheet.field("确认", &by(confirmed));
    }
}

fn add_replacement(sheet: &mut Sheet, panel: &Panel, list: &Formation) {
    let Some((out, comes)) = list.replaced else { return };
    let lists = || panel.formations.iter().flat_map(|list| &list.seats);
    let name = |id| lists().find(|seat| seat.expert == id).map_or(String::new(), |seat| seat.name.clone());
    sheet.field("更换", &format!("{} 接替 {}: {} ({})", name(comes), name(out), list.reason, by(&list.by)));
}

fn add_opinions(sheet: &mut Sheet, panel: &Panel) {
    if let Some(closed) = &panel.closed {
        sheet.field("会议", &format!("{} {}", closed.met_on, closed.place));
    }
    for seat in panel.seats() {
        add_opinion(sheet, panel, seat);
    }
    for dissent in panel.dissents().iter().filter(|dissent| !dissent.stayed) {
        let name = wording::panel::dissenter(dissent);
        sheet.field("保留意见", &format!("{name}: {}", dissent.text));
    }
    sheet.field("票数", &wording::panel::votes(panel.tally()));
}

fn add_opinion(sheet: &mut Sheet, panel: &Panel, seat: &Seat) {
    let Some(opinion) = panel.opinion_of(seat.expert) else { return };
    let version = if opinion.version > 1 { format!(" (第 {} 版)", opinion.version) } else { String::new() };
    let score = opinion.score.map_or(String::new(), |score| format!(" {score} 分"));
    let result = labels::panel_result(opinion.conclusion);
    sheet.field(&seat.name, &format!("{result}{score}{version} {}", opinion.text));
    for (dimension, text) in &opinion.dimensions {
        sheet.text(2, &format!("{}: {text}", labels::dimension(*dimension)), sheet.theme().plain());
    }
    if !opinion.dissent.is_empty() {
        sheet.text(2, &format!("保留意见: {}", opinion.dissent), sheet.theme().warning());
    }
}

fn add_conclusion(sheet: &mut Sheet, panel: &Panel) {
    let Some(conclusion) = &panel.conclusion else { return };
    sheet.field("结论", &format!("{} {}", labels::panel_result(conclusion.result), conclusion.text));
    if conclusion.result != conclusion.by_tally {
        sheet.field("按票数", labels::panel_result(conclusion.by_tally));
    }
    if !conclusion.chair_explanation.is_empty() {
        sheet.field("组长说明", &conclusion.chair_explanation);
    }
    let unsigned: Vec<&str> = panel.unsigned().iter().map(|seat| seat.name.as_str()).collect();
    if !unsigned.is_empty() {
        sheet.field("未签名", &unsigned.join("、"));
    }
}

/// Lists what must be mended: how much of it is, then each with its state; one that is late is told in warning.
fn add_fixes(sheet: &mut Sheet, panel: &Panel, today: NaiveDate) {
    if panel.fixes.is_empty() {
        return;
    }
    let open = panel.open_fixes().count();
    let late = panel.fixes.iter().filter(|fix| fix.days_late(today).is_some()).count();
    let late = if late > 0 { format!("，逾期 {late} 项") } else { String::new() };
    sheet.field("修改清单", &format!("共 {} 项，未销号 {open} 项{late}", panel.fixes.len()));
    for fix in &panel.fixes {
        let (badge, style) = match (&fix.closed, fix.days_late(today)) {
            (Some(_), _) => ("[销]", sheet.theme().plain()),
            (None, Some(_)) => ("[逾]", sheet.theme().failure()),
            (None, None) => ("[缺]", sheet.theme().warning()),
        };
        let state = wording::panel::fix_state(fix, today);
        sheet.marked(badge, &format!("{}. {} ({state})", fix.number, fix.text), style);
    }
}
