//! The register of interpretations, as lines that every front end lays out in its own way.

use super::policy::period;
use super::rounds::Line;
use crate::service::view::policies::PolicyLine;
use crate::service::view::rulings::{Asked, Register, RulingView};

/// Names a ruling: `解释口径第 3 号`.
pub fn name(number: u32) -> String {
    format!("解释口径第 {number} 号")
}

/// Cites articles: `〔第七条〕〔第八条〕`.
pub fn articles(numbers: &[u8]) -> String {
    numbers.iter().map(|number| super::sentence::basis(*number)).collect()
}

/// Writes the whole register.
pub fn register(register: &Register) -> Vec<Line> {
    let mut lines: Vec<Line> = register.questions.iter().flat_map(question).collect();
    if !register.others.is_empty() {
        lines.push(Line::Heading("其他问题".to_owned()));
    }
    for view in &register.others {
        lines.push(Line::Text(view.ruling.text.clone()));
        lines.extend(ruling(view));
    }
    lines
}

fn question(asked: &Asked) -> Vec<Line> {
    let question = &asked.question;
    let mut lines = vec![
        Line::Heading(format!("{}. {}{}", question.number, question.text, articles(&question.articles))),
        Line::Field("现行做法".to_owned(), format!("{}（县级设定）", question.practice)),
    ];
    if !question.settings.is_empty() {
        lines.push(Line::Field("可改设置".to_owned(), question.settings.join("、")));
    }
    match asked.rulings.is_empty() {
        true => lines.push(Line::Field("解释".to_owned(), "（尚未作出）".to_owned())),
        false => lines.extend(asked.rulings.iter().flat_map(ruling)),
    }
    lines
}

/// Writes one ruling.
pub fn ruling(view: &RulingView) -> Vec<Line> {
    let ruling = &view.ruling;
    let field = |name: &str, content: String| Line::Field(name.to_owned(), content);
    let begins = match view.in_force {
        true => format!("{} 起适用", ruling.effective_from),
        false => format!("{} 起适用，尚未施行", ruling.effective_from),
    };
    let source = format!("{}，{}，{}签发", ruling.doc_no, ruling.doc_date, ruling.signer);
    let mut lines = vec![
        field(&name(ruling.number), format!("{}{}", ruling.answer, articles(&ruling.articles))),
        field("  出处", format!("{source}；{begins}")),
    ];
    if let Some(edition) = &view.edition {
        let settings: Vec<String> = ruling.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        lines.push(field("  改变设置", settings.join("，")));
        lines.push(field("  生成规则", format!("{}（{}）", edition.id, period(edition))));
    }
    if !view.without.is_empty() {
        lines.push(field("  请注意", without(view)));
    }
    lines
}

/// Warns of editions that begin later and do not have what a ruling changed.
pub fn without(view: &RulingView) -> String {
    format!("此前已安装、以后施行的规则 {} 不含本次修改，需要延续的请另作解释或者更换规则", view.without.join("、"))
}

/// Writes the editions of the rules.
pub fn editions(policies: &[PolicyLine], today: chrono::NaiveDate) -> Vec<Line> {
    let line = |policy: &PolicyLine| {
        let state = super::policy::state(policy, today);
        [
            Line::Heading(format!("{}［{state}］", policy.title)),
            Line::Field("编号".to_owned(), policy.id.clone()),
            Line::Field("新开轮次适用".to_owned(), period(policy)),
            Line::Field("在办项目".to_owned(), format!("{} 个", policy.running)),
            Line::Field("安装时间".to_owned(), policy.installed_at.format("%Y-%m-%d %H:%M").to_string()),
            Line::Field("摘要".to_owned(), policy.digest.chars().take(16).collect()),
        ]
    };
    policies.iter().flat_map(line).collect()
}
