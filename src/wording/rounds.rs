//! Rounds and what changed between them, as lines that every front end lays out in its own way.

use chrono::NaiveDate;

use super::labels;
use super::policy::round as round_name;
use crate::domain::checklist::Verdict;
use crate::domain::round::{AnswerChange, Change, RoundKind, Said};
use crate::domain::workflow::action::Key;
use crate::domain::workflow::dossier::Deed;
use crate::domain::workflow::record::Opinion;
use crate::service::view::rounds::{
    AcceptanceComparison, AcceptanceRound, PlanRound, ReviewComparison, ReviewRound, RoundsView, Rules, Span,
};

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Begins a part.
    Heading(String),
    /// A name with what belongs to it.
    Field(String, String),
    /// Words alone.
    Text(String),
}

fn heading(text: impl Into<String>) -> Line {
    Line::Heading(text.into())
}

fn field(name: impl Into<String>, content: impl Into<String>) -> Line {
    Line::Field(name.into(), content.into())
}

/// Tells from when to when a round ran, and whether it is frozen.
pub fn span(span: &Span) -> String {
    let time = |at: crate::domain::calendar::Moment| at.format("%Y-%m-%d %H:%M").to_string();
    match span.closed {
        Some(closed) => format!("{} 至 {}，已封存", time(span.opened), time(closed)),
        None => format!("{} 起，进行中", time(span.opened)),
    }
}

/// Names a round of a list, with its outcome in short.
pub fn titles(view: &RoundsView) -> Vec<(RoundKind, u32, String)> {
    let title = |kind, at: &Span, outcome: &str| {
        let outcome = if outcome.is_empty() { String::new() } else { format!("  {outcome}") };
        (kind, at.number, format!("{}  {}{outcome}", round_name(kind, at.number), span(at)))
    };
    let plans = view.plans.iter().map(|round| title(RoundKind::Plan, &round.span, plan_outcome(round)));
    let reviews = view.reviews.iter().map(|round| title(RoundKind::Review, &round.span, &review_outcome(round)));
    let acceptances = view.acceptances.iter();
    let acceptances = acceptances.map(|round| title(RoundKind::Acceptance, &round.span, acceptance_outcome(round)));
    plans.chain(reviews).chain(acceptances).collect()
}

/// Tells whether a round still runs.
pub fn is_running(view: &RoundsView, kind: RoundKind, number: u32) -> bool {
    let runs = |span: &Span| span.number == number && span.is_running();
    match kind {
        RoundKind::Plan => view.plans.iter().any(|round| runs(&round.span)),
        RoundKind::Review => view.reviews.iter().any(|round| runs(&round.span)),
        RoundKind::Acceptance => view.acceptances.iter().any(|round| runs(&round.span)),
    }
}

/// Writes one round; nothing where there is no such round.
pub fn round(view: &RoundsView, kind: RoundKind, number: u32) -> Vec<Line> {
    match kind {
        RoundKind::Plan => view.plans.iter().find(|it| it.span.number == number).map(plan),
        RoundKind::Review => {
            let found = view.reviews.iter().find(|it| it.span.number == number);
            found.map(|round| review(round, view.today))
        }
        RoundKind::Acceptance => view.acceptances.iter().find(|it| it.span.number == number).map(acceptance),
    }
    .unwrap_or_default()
}

/// Writes what changed between two rounds; nothing where they cannot be compared.
pub fn compared(view: &RoundsView, kind: RoundKind, one: u32, other: u32) -> Vec<Line> {
    match kind {
        RoundKind::Plan => None,
        RoundKind::Review => view.compare_reviews(one, other).map(|it| reviews(&it)),
        RoundKind::Acceptance => view.compare_acceptances(one, other).map(|it| acceptances(&it)),
    }
    .unwrap_or_default()
}

const fn plan_outcome(round: &PlanRound) -> &'static str {
    match &round.government {
        Some(decision) if decision.approved => "县政府批准",
        Some(_) => "县政府不予批准",
        None => "",
    }
}

fn review_outcome(round: &ReviewRound) -> String {
    match round.opinions.iter().find(|opinion| opinion.signed.is_some()) {
        Some(opinion) => labels::review_result(opinion.result).to_owned(),
        None => String::new(),
    }
}

fn acceptance_outcome(round: &AcceptanceRound) -> &'static str {
    let Some(result) = &round.result else { return "" };
    let passes = |key| result.inputs.text(key) == Some("pass");
    let shared = result.inputs.flag(Key::DataAggregated) == Some(true);
    if passes(Key::UnitResult) && passes(Key::CentreResult) && shared { "合格" } else { "不合格" }
}

fn rules(lines: &mut Vec<Line>, rules: &Rules) {
    lines.push(field("适用规则", format!("{}（{}）", rules.title, rules.policy)));
    // Of a destroyed project the amount is gone, its route is not 〔第十七条〕.
    let by = if rules.amount.is_zero() { String::new() } else { format!("（按 {} 万元）", rules.amount) };
    lines.push(field("办理路线", format!("{}{by}", labels::route(rules.route))));
}

fn begin(kind: RoundKind, at: &Span) -> Vec<Line> {
    vec![heading(round_name(kind, at.number)), field("起止", span(at))]
}

fn plan(round: &PlanRound) -> Vec<Line> {
    let mut lines = begin(RoundKind::Plan, &round.span);
    rules(&mut lines, &round.rules);
    for vote in &round.votes {
        let minutes = vote.minutes_no.as_ref().map(|no| format!("，纪要 {no}")).unwrap_or_default();
        let said = format!("{}{} {}", labels::agency(vote.agency), labels::vote_result(vote.result), vote.opinion);
        lines.push(field("联合审议", format!("{}（{}{minutes}）", said.trim_end(), hand(&vote.by))));
    }
    if let Some(decision) = &round.government {
        let result = if decision.approved { "批准" } else { "不予批准" };
        let said = format!("{result}，{}，{}（{}）", decision.doc_no, decision.doc_date, hand(&decision.by));
        lines.push(field("县政府决定", said));
    }
    lines
}

fn hand(hand: &crate::domain::workflow::record::Hand) -> String {
    format!("{} {}", hand.name, hand.at.format("%Y-%m-%d %H:%M"))
}

fn review(round: &ReviewRound, today: NaiveDate) -> Vec<Line> {
    let mut lines = begin(RoundKind::Review, &round.span);
    rules(&mut lines, &round.rules);
    if let Some(scheme) = &round.scheme {
        lines.push(field(
            "技术方案",
            format!("版本 {}，{}编制（{}）", scheme.version, scheme.designer, hand(&scheme.by)),
        ));
    }
    let counts = Verdict::ALL.iter().map(|verdict| format!("{} {}", labels::verdict(*verdict), round.count(*verdict)));
    lines.push(field("评审清单", counts.collect::<Vec<_>>().join("，")));
    for panel in &round.panels {
        lines.extend(super::panel::brief(panel, today));
    }
    for opinion in &round.opinions {
        lines.push(field(format!("审核意见（第 {} 稿）", opinion.draft), opinion_line(opinion)));
    }
    lines.push(heading("逐项判断"));
    if round.answers.is_empty() {
        lines.push(Line::Text("尚未判断".to_owned()));
    }
    for answered in &round.answers {
        let said = &answered.judgement;
        let verdict = said.verdict.map_or("未判断", labels::verdict);
        lines.push(field(said.item.as_str(), format!("{verdict}  {}", answered.question)));
        let texts = [
            (labels::remark(said.verdict), &said.remark),
            ("修改建议", &said.suggestion),
            ("参考依据", &said.basis),
            ("引用位置", &said.cite),
        ];
        for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            lines.push(field(format!("  {name}"), text.as_str()));
        }
    }
    lines
}

fn opinion_line(opinion: &Opinion) -> String {
    let step = match (&opinion.signed, &opinion.sent_back) {
        (Some(by), _) => format!("{} 签发，{}", hand(by), opinion.doc_no.as_deref().unwrap_or_default()),
        (None, Some(by)) => format!("{} 退回：{}", hand(by), opinion.send_back_reason),
        (None, None) => "未签发".to_owned(),
    };
    let result = labels::review_result(opinion.result);
    format!("{result}，核定 {} 万元，{}拟定，{step}。{}", opinion.assessed, opinion.drafted.name, opinion.summary)
}

fn acceptance(round: &AcceptanceRound) -> Vec<Line> {
    let mut lines = begin(RoundKind::Acceptance, &round.span);
    let asked = round.request.inputs.text(Key::Answers).map(|text| format!("，整改情况：{text}")).unwrap_or_default();
    lines.push(field(labels::action(round.request.action), format!("{}{asked}", hand(&round.request.by))));
    let Some(result) = &round.result else { return lines };
    lines.push(field(labels::action(result.action), hand(&result.by)));
    lines.extend(results(result));
    for member in result.inputs.records(Key::Members) {
        lines.push(field("成员", member.join("，")));
    }
    lines.extend(result.inputs.lines(Key::Issues).iter().map(|issue| field("问题", issue.as_str())));
    lines
}

fn results(result: &Deed) -> Vec<Line> {
    let of = |key| result.inputs.text(key).map(labels::choice).unwrap_or_default();
    let shared = result.inputs.flag(Key::DataAggregated) == Some(true);
    vec![
        field(labels::key(Key::UnitResult), of(Key::UnitResult)),
        field(labels::key(Key::CentreResult), of(Key::CentreResult)),
        field(labels::key(Key::DataAggregated), if shared { "是" } else { "否" }),
    ]
}

/// Writes a value before and after, where it changed.
fn changed<T>(name: &str, change: Option<&Change<T>>, word: impl Fn(&T) -> String) -> Option<Line> {
    change.map(|change| field(name, format!("{} → {}", word(&change.before), word(&change.after))))
}

fn or_none(text: Option<String>) -> String {
    text.unwrap_or_else(|| "（无）".to_owned())
}

fn not_yet(text: Option<String>) -> String {
    text.unwrap_or_else(|| "（尚无意见）".to_owned())
}

fn reviews(compared: &ReviewComparison) -> Vec<Line> {
    let name = |number| round_name(RoundKind::Review, number);
    let mut lines = vec![heading(format!("{}与{}的比较", name(compared.before), name(compared.after)))];
    lines.extend(
        [
            changed("适用规则", compared.policy.as_ref(), String::clone),
            changed("办理路线", compared.route.as_ref(), |route| labels::route(*route).to_owned()),
            changed("方案版本", compared.scheme.as_ref(), |version| or_none(version.clone())),
            changed("论证结论", compared.panel.as_ref(), |result| {
                or_none(result.map(|result| labels::panel_result(result).to_owned()))
            }),
            changed("论证票数", compared.votes.as_ref(), |votes| or_none(votes.map(super::panel::votes))),
            changed("审核结论", compared.result.as_ref(), |result| {
                not_yet(result.map(|result| labels::review_result(result).to_owned()))
            }),
            changed("核定额（万元）", compared.assessed.as_ref(), |amount| {
                not_yet(amount.map(|amount| amount.to_string()))
            }),
        ]
        .into_iter()
        .flatten(),
    );
    for (name, experts) in [("新任专家", &compared.joined), ("不再参加的专家", &compared.left)] {
        lines.extend((!experts.is_empty()).then(|| field(name, experts.join("、"))));
    }
    let count = compared.answers.len();
    let pending = match compared.pending {
        0 => String::new(),
        pending => format!("，本轮还未判断的 {pending} 项"),
    };
    lines.push(heading(format!("判断有变化的 {count} 项，没有变化的 {} 项{pending}", compared.unchanged)));
    lines.extend(compared.answers.iter().map(answer));
    lines
}

fn answer(change: &AnswerChange) -> Line {
    let said = |said: &Option<Said>| match said {
        None => "（未填写）".to_owned(),
        Some(said) => {
            let verdict = said.verdict.map_or("未判断", labels::verdict);
            let remark = if said.remark.is_empty() { String::new() } else { format!("：{}", said.remark) };
            format!("{verdict}{remark}")
        }
    };
    field(change.item.as_str(), format!("{} → {}", said(&change.before), said(&change.after)))
}

fn acceptances(compared: &AcceptanceComparison) -> Vec<Line> {
    let name = |number| round_name(RoundKind::Acceptance, number);
    let mut lines = vec![heading(format!("{}与{}的比较", name(compared.before), name(compared.after)))];
    let result = |code: &Option<String>| or_none(code.as_deref().map(|code| labels::choice(code).to_owned()));
    let yes = |flag: &Option<bool>| or_none(flag.map(|flag| if flag { "是" } else { "否" }.to_owned()));
    lines.extend(
        [
            changed(labels::key(Key::UnitResult), compared.unit_result.as_ref(), result),
            changed(labels::key(Key::CentreResult), compared.centre_result.as_ref(), result),
            changed(labels::key(Key::DataAggregated), compared.data_aggregated.as_ref(), yes),
        ]
        .into_iter()
        .flatten(),
    );
    lines.extend(compared.answers.iter().map(|text| field("整改情况", text.as_str())));
    for (label, issues) in
        [("已解决", &compared.settled), ("仍存在", &compared.remaining), ("新提出", &compared.raised)]
    {
        lines.extend(issues.iter().map(|issue| field(label, issue.as_str())));
    }
    for (label, members) in [("新增成员", &compared.joined), ("不再参加", &compared.left)] {
        lines.extend(members.iter().map(|member| field(label, member.join("，"))));
    }
    if lines.len() == 1 {
        lines.push(Line::Text("没有变化".to_owned()));
    }
    lines
}
