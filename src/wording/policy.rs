//! Which edition of the rules applies, in words.

use super::labels;
use crate::domain::round::RoundKind;
use crate::service::view::policies::{OpenedRound, PolicyLine, RulesOfProject};

/// Names a round: `第 2 轮技术评审`.
pub fn round(kind: RoundKind, number: u32) -> String {
    format!("第 {number} 轮{}", labels::round_kind(kind))
}

/// Tells from when to when rounds that open follow an edition.
pub fn period(line: &PolicyLine) -> String {
    match line.to {
        Some(_) if line.is_replaced() => format!("{} 当日即被后一版本取代", line.from),
        Some(last) => format!("{} 至 {last}", line.from),
        None => format!("{} 起", line.from),
    }
}

/// Tells the state of an edition.
pub fn state(line: &PolicyLine, today: chrono::NaiveDate) -> &'static str {
    match () {
        () if line.is_replaced() => "未施行",
        () if line.in_force => "现行",
        () if line.from > today => "尚未施行",
        () => "已停用",
    }
}

/// Tells by which edition a project is judged.
pub fn edition(rules: &RulesOfProject) -> String {
    let line = &rules.edition;
    format!("{}（{}，{}）", line.title, line.id, period(line))
}

/// Tells why a newer edition does not apply to the running round.
pub fn newer(rules: &RulesOfProject) -> Option<String> {
    let newer = rules.newer.as_ref()?;
    let begins = match newer.in_force {
        true => format!("已有新版本 {}（{} 起施行）", newer.id, newer.from),
        false => format!("新版本 {} 将自 {} 起施行", newer.id, newer.from),
    };
    Some(match rules.round {
        Some(opened) => format!("{begins}，不适用于本轮：{}，按当时的规则办完", opened_on(opened)),
        None => format!("{begins}；项目尚未申报，申报时适用哪一版本，以送达中心之日为准"),
    })
}

fn opened_on(opened: OpenedRound) -> String {
    format!("{}于 {} 开始", round(opened.kind, opened.number), opened.at.format("%Y-%m-%d %H:%M"))
}
