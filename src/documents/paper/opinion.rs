//! 技术审核意见书: the Centre's written opinion, of which the panel's conclusion is a part 〔第八条〕 (DOMAIN C.3.1).
//!
//! It is a letter in the layout of GB/T 9704: number, title, addressee, parts, date, enclosure.

use chrono::Months;

use super::forms::{Of, day, facts, foot, heading, said, sealed, texts};
use super::{PaperKind, Seal, seal};
use crate::documents::word::{Align, Block, Cell, Indent, Level, Paragraph, Section, Table};
use crate::domain::checklist::{Dimension, Verdict};
use crate::domain::panel::Panel;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::{Agency, Hand, Opinion, ReviewResult};
use crate::service::view::checklist::ItemView;
use crate::service::view::show::ProjectView;
use crate::service::view::trail::Trail;
use crate::wording::labels;

/// Composes it. Until it is signed it is a draft.
pub fn compose(view: &ProjectView, trail: &Trail, opinion: &Opinion) -> (Section, Option<Seal>) {
    let panel = opinion.panel_in(&view.dossier.panels);
    let seal = opinion.signed.as_ref().map(|by| {
        let digest = seal::of_opinion(&view.dossier.project.code, opinion, panel);
        seal::seal(&digest, None, trail.of(Action::SignOpinion, by.at))
    });
    let mut blocks = letterhead(view, opinion);
    blocks.push(heading("一、项目概况"));
    blocks.push(Block::Table(overview(view, opinion, panel)));
    blocks.extend(dimensions(view, opinion));
    let mut numbers = ["三", "四", "五"].into_iter();
    let mut next = |title: &str| heading(&format!("{}、{title}", numbers.next().unwrap_or_default()));
    if let Some(panel) = panel {
        blocks.push(next("专家论证结论"));
        blocks.extend(argued(panel));
    }
    blocks.push(next("投资意见"));
    blocks.extend(amounts(view, opinion));
    blocks.push(next("审核结论"));
    blocks.extend(conclusion(view, opinion));
    blocks.extend(ending(opinion, panel));
    blocks.extend(seal.iter().flat_map(sealed));
    (Section { blocks, is_draft: seal.is_none(), foot: foot(view, PaperKind::Opinion.title(), seal.as_ref()) }, seal)
}

fn letterhead(view: &ProjectView, opinion: &Opinion) -> Vec<Block> {
    let project = &view.dossier.project;
    let number = opinion.doc_no.clone().unwrap_or_else(|| "（文号待签发）".to_owned());
    let plain = |text: String| Paragraph::said(text).indent(Indent::None);
    vec![
        Block::Paragraph(plain(number).align(Align::Center)),
        Block::Title(vec![format!("关于{}的", project.declaration.name), PaperKind::Opinion.title().to_owned()]),
        Block::Paragraph(plain(format!("{}：", project.unit.name)).align(Align::Left)),
        said(format!(
            "你单位报送的{}技术方案收悉。依据《{}政务信息化项目管理办法》第七条、第八条，按{}，{}进行了第{}轮技术评审，现提出审核意见如下。",
            project.declaration.name,
            view.policy.panel.home,
            view.policy.title,
            labels::agency(Agency::Centre),
            opinion.round,
        )),
    ]
}

fn overview(view: &ProjectView, opinion: &Opinion, panel: Option<&Panel>) -> Table {
    let mut table =
        facts(view, &Of { label: "评审轮次", words: format!("第{}轮", opinion.round), round: opinion.round });
    let way = if panel.is_some() { "专家论证" } else { "中心评审" };
    table.row([Cell::label("评审方式"), Cell::text(way), Cell::label("规则版本"), Cell::text(&view.policy.id)]);
    table
}

/// Counts the answers of each dimension and tells what is wrong, where the checklist of the round is at hand.
fn dimensions(view: &ProjectView, opinion: &Opinion) -> Vec<Block> {
    let mut blocks = vec![heading("二、四个维度审查情况")];
    if opinion.round != view.dossier.project.round {
        blocks.push(said("本轮评审清单已封存，见各轮次记录。"));
        return blocks;
    }
    let mut table = Table::with_head(&[28, 18, 18, 18, 18], &["维度", "通过", "不通过", "存疑", "不适用"]);
    let mut problems = Vec::new();
    for dimension in Dimension::ALL {
        let items: Vec<&ItemView> =
            view.checklist.items.iter().filter(|it| it.applicable && it.item.dimension == *dimension).collect();
        let answered =
            |verdict| move |it: &&&ItemView| it.judgement.as_ref().and_then(|said| said.verdict) == Some(verdict);
        let count = |verdict| Cell::center(items.iter().filter(answered(verdict)).count().to_string());
        table.row([
            Cell::label(labels::dimension(*dimension)),
            count(Verdict::Pass),
            count(Verdict::Fail),
            count(Verdict::Doubt),
            count(Verdict::NotApplicable),
        ]);
        let wrong: Vec<Block> = items.iter().flat_map(|it| problem(it)).collect();
        if !wrong.is_empty() {
            problems.push(Block::Heading(Level::Second, format!("{}方面的问题", labels::dimension(*dimension))));
            problems.extend(wrong);
        }
    }
    blocks.push(Block::Table(table));
    blocks.extend(problems);
    blocks
}

fn problem(item: &ItemView) -> Vec<Block> {
    let Some(said) = &item.judgement else { return Vec::new() };
    let Some(verdict) = said.verdict.filter(|verdict| matches!(verdict, Verdict::Fail | Verdict::Doubt)) else {
        return Vec::new();
    };
    let part = |name: &str, text: &str| match text.trim().trim_end_matches('。') {
        "" => String::new(),
        text => format!("{name}{text}。"),
    };
    texts(&format!(
        "{}（{}）：{}{}{}{}",
        item.item.id,
        labels::verdict(verdict),
        part("", &said.remark),
        part("建议：", &said.suggestion),
        part("依据：", &said.basis),
        part("见：", &said.cite)
    ))
}

fn argued(panel: &Panel) -> Vec<Block> {
    let Some(conclusion) = &panel.conclusion else { return Vec::new() };
    let tally = conclusion.tally;
    let met = panel.closed.as_ref().map(|closed| day(closed.met_on)).unwrap_or_default();
    let chair = panel.chair().map(|seat| format!("，组长{}", seat.name)).unwrap_or_default();
    let mut blocks = vec![said(format!(
        "{met}第{}次论证，在座专家{}人{chair}，结论为“{}”（通过{}票、原则通过{}票、补充论证{}票、不通过{}票）。",
        panel.session,
        panel.sitting().len(),
        labels::panel_result(conclusion.result),
        tally.pass,
        tally.conditional,
        tally.supplement,
        tally.fail
    ))];
    blocks.extend(texts(&conclusion.text));
    for seat in panel.seats() {
        let dissent = panel.opinion_of(seat.expert).map(|it| it.dissent.as_str()).filter(|text| !text.is_empty());
        blocks.extend(dissent.map(|text| texts(&format!("{}保留意见：{text}", seat.name))).unwrap_or_default());
    }
    for fix in &panel.fixes {
        let state = fix.closed.as_ref().map_or("尚未销号".to_owned(), |(page, _)| format!("已修改，见{page}"));
        blocks.push(said(format!("须修改{}．{}（{}，{state}）", fix.number, fix.text, fix.responsible)));
    }
    blocks
}

fn amounts(view: &ProjectView, opinion: &Opinion) -> Vec<Block> {
    let project = &view.dossier.project;
    let mut table =
        Table::with_head(&[1; 4], &["申报额（万元）", "批复额（万元）", "核定额（万元）", "核减额（万元）"]);
    let before = project.governing_amount();
    table.row([
        Cell::center(project.declaration.amount.to_string()),
        Cell::center(project.approved.map_or_else(|| "—".to_owned(), |amount| amount.to_string())),
        Cell::center(opinion.assessed.to_string()),
        Cell::center(before.saturating_sub(opinion.assessed).to_string()),
    ]);
    let mut blocks = vec![Block::Table(table)];
    if !opinion.cut_reason.is_empty() {
        blocks.extend(texts(&format!("核减理由：{}", opinion.cut_reason)));
    }
    blocks
}

fn conclusion(view: &ProjectView, opinion: &Opinion) -> Vec<Block> {
    let mut blocks = vec![said(format!("技术评审结论：{}。", labels::review_result(opinion.result)))];
    blocks.extend(texts(&opinion.summary));
    let months = view.policy.panel.opinion_valid_months;
    let until = opinion.doc_date.and_then(|day| day.checked_add_months(Months::new(months))?.pred_opt());
    if opinion.result == ReviewResult::Pass {
        blocks.push(said(match until {
            Some(until) => format!("本意见有效期{months}个月，至{}。", day(until)),
            None => format!("本意见自签发之日起{months}个月内有效。"),
        }));
    }
    blocks
}

/// Names who drafted, checked and signed; then enclosure, body and date.
fn ending(opinion: &Opinion, panel: Option<&Panel>) -> Vec<Block> {
    let name = |by: Option<&Hand>| by.map_or("", |by| by.name.as_str()).to_owned();
    let mut table = Table::new(&[14, 20, 14, 19, 14, 19]);
    table
        .row([
            Cell::label("评审员"),
            Cell::center(&opinion.drafted.name),
            Cell::label("审核人"),
            Cell::center(name(opinion.checked.as_ref())),
            Cell::label("签发人"),
            Cell::center(name(opinion.signed.as_ref())),
        ])
        .room(1);
    let mut blocks = vec![said(""), Block::Table(table)];
    if panel.is_some() {
        blocks.push(said("附件：专家论证评审结论"));
    }
    let right =
        |text: String| Block::Paragraph(Paragraph::said(text).align(Align::Right).indent(Indent::Right).keep_next());
    blocks.push(said(""));
    // The date never stands alone on the last page.
    blocks.push(right(labels::agency(Agency::Centre).to_owned()));
    blocks.extend(opinion.doc_date.map(|date| right(day(date))));
    blocks
}
