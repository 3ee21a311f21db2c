//! 专家个人意见表: one member's opinion (DOMAIN C.3.2), or the blank form for it.
//!
//! What is printed before the meeting is blank: names, the declaration to tick, room for the four dimensions, a line to
//! sign. What was recorded fills it later.

use super::forms::{Of, day, disciplines, facts, foot, heading, moment, said, sealed, texts, tick};
use super::{PaperKind, Seal, seal};
use crate::documents::word::{Align, Block, Cell, Font, Indent, Paragraph, Run, Section, Signature, Size, Table};
use crate::domain::checklist::Dimension;
use crate::domain::panel::recusal::{Declared, Ground, Parties};
use crate::domain::panel::{ExpertOpinion, Panel, Seat};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::service::view::show::ProjectView;
use crate::service::view::trail::Trail;
use crate::wording::labels;

/// The grades a dimension is given by hand.
const GRADES: &str = "□优 □良 □中 □差";

/// Composes a member's sheet; `read` tells whether what was recorded may stand on it.
pub fn compose(view: &ProjectView, trail: &Trail, panel: &Panel, seat: &Seat, read: bool) -> (Section, Option<Seal>) {
    let title = PaperKind::ExpertSheet.title();
    let opinion = panel.opinion_of(seat.expert).filter(|_| read);
    let seal = opinion.filter(|opinion| opinion.signed).map(|opinion| {
        let mark = trail.of(Action::RecordExpertOpinion, opinion.by.at);
        seal::seal(&opinion.digest, Some(seat.expert.to_string()), mark)
    });
    let mut table = facts(view, &Of::panel(panel));
    let (met_on, place) = match &panel.closed {
        Some(closed) => (day(closed.met_on), closed.place.as_str()),
        None => (String::new(), ""),
    };
    table.row([Cell::label("会议时间"), Cell::text(met_on), Cell::label("会议地点"), Cell::text(place)]);
    let role = if seat.chair { "（组长）" } else { "" };
    let name = format!("{} {}{role}", seat.expert, seat.name);
    table.row([Cell::label("专家姓名"), Cell::text(name), Cell::label("职称"), Cell::text(&seat.title)]);
    table.row([
        Cell::label("工作单位"),
        Cell::text(&seat.employer),
        Cell::label("专业"),
        Cell::text(disciplines(seat)),
    ]);
    let mut blocks = vec![Block::Title(vec![title.to_owned()]), Block::Table(table)];
    blocks.extend(declaration(view, panel, seat, opinion.is_none()));
    blocks.extend(dimensions(opinion));
    blocks.extend(match opinion {
        Some(opinion) => filled(opinion),
        None => blank(),
    });
    blocks.extend(signature(seat, opinion));
    blocks.extend(seal.iter().flat_map(sealed));
    // A form to be filled in by hand is no draft of anything; a recorded opinion is one until it is signed.
    let is_draft = opinion.is_some_and(|opinion| !opinion.signed);
    (Section { blocks, is_draft, foot: foot(view, &format!("{title} {}", seat.name), seal.as_ref()) }, seal)
}

fn small(text: impl Into<String>) -> Block {
    Block::Paragraph(Paragraph::said(text).size(Size::SmallFourth))
}

/// The declaration of recusal: every ground to tick, and the parties it is about.
fn declaration(view: &ProjectView, panel: &Panel, seat: &Seat, is_blank: bool) -> Vec<Block> {
    let parties = Parties::of(&view.dossier, panel);
    let named: Vec<String> = parties.iter().map(|(party, name)| format!("{}：{name}", labels::party(party))).collect();
    // What a form asks its member to declare is not ticked beforehand.
    let declared = panel.recusals.iter().rfind(|recusal| recusal.expert == seat.expert && !is_blank);
    let (is_clear, recused) = match declared {
        Some(recusal) => (recusal.ground == Ground::None, false),
        None => (seat.declaration == Declared::Clear && !is_blank, seat.declaration == Declared::Recuse && !is_blank),
    };
    let mut table = Table::new(&[1, 1]);
    let grounds: Vec<Ground> = Ground::ALL.iter().copied().filter(|ground| *ground != Ground::None).collect();
    for pair in grounds.chunks(2) {
        table.row(pair.iter().map(|ground| {
            let ticked = declared.is_some_and(|recusal| recusal.ground == *ground);
            // Declared with the list of members, a recusal names no ground of its own.
            Cell::text(tick(ticked || recused && *ground == Ground::Other, labels::ground(*ground)))
        }));
    }
    if let Some(recusal) = declared.filter(|recusal| !recusal.text.is_empty()) {
        table.row([Cell::text(&recusal.text).span(2)]);
    }
    let none = tick(is_clear, "本人与下列各方均无上述情形，独立、客观、公正提出意见，并对意见负责");
    table.row([Cell::text(none).span(2)]);
    let mut blocks = vec![heading("一、回避声明"), Block::Table(table)];
    blocks.push(small(format!("各方：{}。", named.join("；"))));
    blocks.push(Block::Signatures(vec![Signature::of("声明人签名")]));
    blocks
}

fn dimensions(opinion: Option<&ExpertOpinion>) -> Vec<Block> {
    let mut table = match opinion {
        Some(_) => Table::with_head(&[22, 78], &["维度", "意见"]),
        None => Table::with_head(&[22, 29, 49], &["维度", "评价", "意见"]),
    };
    for dimension in Dimension::ALL {
        let label = Cell::label(labels::dimension(*dimension));
        match opinion {
            Some(opinion) => {
                let words = opinion.dimensions.get(dimension).map_or("未填写", String::as_str);
                table.row([label, Cell::text(words)]);
            }
            None => table.row([label, Cell::text(GRADES), Cell::blank()]).room(3),
        }
    }
    vec![heading("二、分维度意见"), Block::Table(table)]
}

fn boxes(vote: Option<PanelResult>) -> Block {
    let boxes: Vec<String> =
        PanelResult::ALL.iter().map(|each| tick(vote == Some(*each), labels::panel_result(*each))).collect();
    Block::Paragraph(Paragraph::new([Run::new(boxes.join("　")).font(Font::Hei)]).keep_next())
}

fn filled(opinion: &ExpertOpinion) -> Vec<Block> {
    let mut blocks = vec![heading("三、论证意见")];
    blocks.extend(texts(&opinion.text));
    blocks.push(heading("四、结论"));
    blocks.push(boxes(Some(opinion.conclusion)));
    blocks.extend(opinion.score.map(|score| said(format!("评分：{score} 分"))));
    blocks.push(heading("五、保留意见及理由（逐字）"));
    match opinion.dissent.is_empty() {
        true => blocks.push(said("无。")),
        false => blocks.extend(texts(&opinion.dissent)),
    }
    if !opinion.reason.is_empty() {
        blocks.push(heading("六、更正"));
        blocks.extend(texts(&format!("本表为第 {} 版，更正理由：{}", opinion.version, opinion.reason)));
    }
    blocks
}

fn blank() -> Vec<Block> {
    let mut table = Table::new(&[24, 76]);
    for (label, lines) in [("投资合理性意见", 3), ("主要问题\n（不超过5条）", 6), ("修改建议", 4)]
    {
        table.row([Cell::label(label), Cell::blank()]).room(lines);
    }
    vec![
        heading("三、论证意见"),
        Block::Table(table),
        heading("四、结论（选一项）"),
        boxes(None),
        heading("五、保留意见及理由"),
        Block::Table(Table::ruled("□无　□有，意见和理由：", 4)),
    ]
}

fn signature(seat: &Seat, opinion: Option<&ExpertOpinion>) -> Vec<Block> {
    match opinion {
        Some(opinion) if opinion.signed => vec![
            Block::Signatures(vec![Signature::of(format!("专家{}签名", seat.name))]),
            said(format!("记录：已签名并锁定（第 {} 版，{}录入）。", opinion.version, opinion.by.name)),
            Block::Paragraph(Paragraph::said(moment(opinion.by.at)).align(Align::Right).indent(Indent::Right)),
        ],
        _ => vec![Block::Signatures(vec![Signature::of(format!("专家{}签名", seat.name)), Signature::of("日期时间")])],
    }
}
