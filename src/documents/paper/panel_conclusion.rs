//! 专家论证评审结论: what the panel concluded, on one paper for all to sign (DOMAIN C.3.3).
//!
//! What matters stands first: conclusion, votes, minority, fixes; who sat and who signed follows.

use super::forms::{Of, day, disciplines, facts, foot, heading, moment, said, sealed, texts, tick};
use super::{PaperKind, Seal, seal};
use crate::documents::word::{Align, Block, Cell, Font, Indent, Paragraph, Run, Section, Signature, Table};
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::{Conclusion, ExpertOpinion, Formation, Panel, Seat};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::service::view::show::ProjectView;
use crate::service::view::trail::Trail;
use crate::wording::labels;

/// Composes it. Until the panel has concluded it is a draft with blanks where nothing is known yet.
pub fn compose(view: &ProjectView, trail: &Trail, panel: &Panel) -> (Vec<Section>, Vec<Seal>) {
    let title = PaperKind::PanelConclusion.title();
    let seal = panel.conclusion.as_ref().map(|conclusion| {
        let corrected = panel.corrections.last();
        let mark = match corrected {
            Some(correction) => trail.of(Action::CorrectPanelRecord, correction.by.at),
            None => trail.of(Action::ConcludePanel, conclusion.by.at),
        };
        seal::seal(&seal::of_conclusion(&view.dossier.project.code, panel, conclusion), None, mark)
    });
    let mut blocks = vec![Block::Title(vec![title.to_owned()]), Block::Table(meeting(view, panel))];
    blocks.extend(conclusion(panel));
    blocks.extend(minority(panel));
    blocks.extend(fixes(panel));
    blocks.extend(members(panel));
    blocks.extend(signatures(panel));
    blocks.extend(corrections(panel));
    blocks.extend(seal.iter().flat_map(sealed));
    let section = Section { blocks, is_draft: seal.is_none(), foot: foot(view, title, seal.as_ref()) };
    (vec![section], seal.into_iter().collect())
}

/// Tells of the meeting; what the record does not hold is left to be written by hand.
fn meeting(view: &ProjectView, panel: &Panel) -> Table {
    let mut table = facts(view, &Of::panel(panel));
    let (met_on, place) = match &panel.closed {
        Some(closed) => (day(closed.met_on), closed.place.as_str()),
        None => (String::new(), ""),
    };
    table.row([Cell::label("会议时间"), Cell::text(met_on), Cell::label("会议地点"), Cell::text(place)]);
    for (label, text) in [("提请理由", &panel.request.reason), ("投诉或异议", &panel.request.complaint)] {
        if !text.is_empty() {
            table.row([Cell::label(label), Cell::text(text).span(3)]);
        }
    }
    table.row([Cell::label("参会单位"), Cell::blank().span(3)]).room(1);
    let heard = "□听取汇报　□审阅资料　□质询答疑　□现场　□视频";
    table.row([Cell::label("会议方式"), Cell::text(heard).span(3)]);
    table
}

const ASSESSMENT: &str = "总体评价、主要意见与建议：";

fn conclusion(panel: &Panel) -> Vec<Block> {
    let result = panel.conclusion.as_ref().map(|conclusion| conclusion.result);
    let boxes: Vec<String> =
        PanelResult::ALL.iter().map(|each| tick(result == Some(*each), labels::panel_result(*each))).collect();
    let mut blocks = vec![heading("一、论证结论")];
    blocks.push(Block::Paragraph(Paragraph::new([Run::new(boxes.join("　")).font(Font::Hei)])));
    blocks.push(Block::Table(votes(panel)));
    let Some(conclusion) = &panel.conclusion else {
        blocks.push(Block::Table(Table::ruled(ASSESSMENT, 8)));
        return blocks;
    };
    blocks.extend(tally(conclusion));
    blocks.push(said(ASSESSMENT));
    blocks.extend(texts(&conclusion.text));
    blocks
}

/// Counts the votes; nobody learns of them before the last opinion is in.
fn votes(panel: &Panel) -> Table {
    let mut table = Table::with_head(&[1; 5], &["通过", "原则通过", "补充论证", "不通过", "在座专家"]);
    let counted = panel.conclusion.as_ref().map(|it| it.tally).or(panel.closed.as_ref().map(|_| panel.tally()));
    let count = |number: Option<usize>| Cell::center(number.map(|it| format!("{it} 票")).unwrap_or_default());
    table.row([
        count(counted.map(|tally| tally.pass)),
        count(counted.map(|tally| tally.conditional)),
        count(counted.map(|tally| tally.supplement)),
        count(counted.map(|tally| tally.fail)),
        Cell::center(match (panel.sitting().len(), panel.seats().len()) {
            (sitting, all) if sitting == all => format!("{all} 人"),
            (sitting, all) => format!("{sitting} 人（应到 {all} 人）"),
        }),
    ]);
    table
}

fn tally(conclusion: &Conclusion) -> Vec<Block> {
    let (result, says) = (labels::panel_result(conclusion.result), labels::panel_result(conclusion.by_tally));
    let differs = conclusion.result != conclusion.by_tally;
    let mut blocks = vec![said(match differs {
        true => format!("按票数应为“{says}”，结论为“{result}”，由组长说明。"),
        false => format!("按票数为“{says}”，与结论一致。"),
    })];
    if !conclusion.chair_explanation.is_empty() {
        blocks.extend(texts(&format!("组长说明：{}", conclusion.chair_explanation)));
    }
    blocks
}

/// Tells whether a vote was for the project.
const fn is_favourable(vote: PanelResult) -> bool {
    matches!(vote, PanelResult::Pass | PanelResult::Conditional)
}

/// Prints every dissent word for word, and who voted for the other side without writing one.
fn minority(panel: &Panel) -> Vec<Block> {
    let mut blocks = vec![heading("二、少数意见和保留意见（逐字）")];
    if !panel.is_open_to_read() {
        blocks.push(Block::Table(Table::ruled("", 3)));
        return blocks;
    }
    let concluded = panel.conclusion.as_ref().map(|conclusion| conclusion.result);
    let before = blocks.len();
    for seat in panel.seats() {
        let Some(opinion) = panel.opinion_of(seat.expert) else { continue };
        // A dissent stays on the paper whatever is noted of its author later; a vote counts of those who sit.
        blocks.extend(dissent(seat, opinion, concluded.filter(|_| panel.sits(seat))));
    }
    if blocks.len() == before {
        blocks.push(said("无。"));
    }
    blocks
}

fn dissent(seat: &Seat, opinion: &ExpertOpinion, concluded: Option<PanelResult>) -> Vec<Block> {
    let vote = labels::panel_result(opinion.conclusion);
    let differs = concluded.is_some_and(|result| is_favourable(result) != is_favourable(opinion.conclusion));
    let (head, words) = match (opinion.dissent.is_empty(), differs) {
        (false, _) => (format!("{}（表决：{vote}）的保留意见：", seat.name), &opinion.dissent),
        (true, true) => (format!("{}（表决：{vote}，未另写保留意见）的个人意见：", seat.name), &opinion.text),
        (true, false) => return Vec::new(),
    };
    let head = Paragraph::new([Run::new(head).font(Font::Kai)]).keep_next();
    std::iter::once(Block::Paragraph(head)).chain(texts(words)).collect()
}

fn fixes(panel: &Panel) -> Vec<Block> {
    let mut blocks = vec![heading("三、修改清单")];
    if panel.conclusion.is_some() && panel.fixes.is_empty() {
        blocks.push(said("无。"));
        return blocks;
    }
    let mut table =
        Table::with_head(&[8, 42, 18, 17, 21], &["序号", "修改事项", "责任人", "期限", "复核（页码、复核人）"]);
    for fix in &panel.fixes {
        let closed = match &fix.closed {
            Some((page, by)) => format!("{page}\n{} {}", by.name, day(by.at.date_naive())),
            None => String::new(),
        };
        table.row([
            Cell::center(fix.number.to_string()),
            Cell::text(&fix.text),
            Cell::text(&fix.responsible),
            Cell::center(fix.due.to_string()),
            Cell::text(closed),
        ]);
    }
    if panel.fixes.is_empty() {
        for number in 1..=3 {
            let blank = [Cell::center(number.to_string()), Cell::blank(), Cell::blank(), Cell::blank(), Cell::blank()];
            table.row(blank).room(1);
        }
    }
    blocks.push(Block::Table(table));
    blocks
}

fn members(panel: &Panel) -> Vec<Block> {
    let mut table = Table::with_head(&[9, 17, 32, 17, 21, 20], &["序号", "姓名", "工作单位", "职称", "专业", "签到"]);
    for (place, seat) in panel.seats().iter().enumerate() {
        let role = if seat.chair { "（组长）" } else { "" };
        table
            .row([
                Cell::center((place + 1).to_string()),
                Cell::center(format!("{}\n{role}", seat.name)),
                Cell::text(&seat.employer),
                Cell::center(&seat.title),
                Cell::text(disciplines(seat)),
                Cell::center(attendance(panel, seat)),
            ])
            .room(1);
    }
    let mut blocks = vec![heading("四、专家组成员和签到"), Block::Table(table)];
    blocks.extend(panel.formations.iter().filter_map(|list| replacement(panel, list)));
    blocks.extend(panel.formations.last().map(|list| selection(panel, list)));
    blocks
}

/// Tells whether a member came; where nobody noted it, the member signs here.
fn attendance(panel: &Panel, seat: &Seat) -> String {
    let word = labels::presence(panel.presence(seat.expert));
    let reason = panel.attendance.iter().rfind(|entry| entry.expert == seat.expert).map(|entry| &entry.reason);
    match panel.presence(seat.expert) {
        Presence::Expected => String::new(),
        Presence::Present | Presence::Recused => word.to_owned(),
        Presence::Absent => format!("{word}\n{}", reason.map_or("", String::as_str)),
    }
}

/// Tells how the members were found, with what anybody needs to draw them again.
fn selection(panel: &Panel, list: &Formation) -> Block {
    let first = panel.formations.iter().find(|list| list.replaced.is_none()).unwrap_or(list);
    let drawn = first.draw_seed.as_ref().and_then(|seed| panel.draws.iter().rfind(|draw| draw.seed == *seed));
    let mut words = format!("专家产生方式：{}。", labels::selection(first.selection));
    if let Some(draw) = drawn {
        let (seed, candidates) = (&draw.seed, draw.candidates.len());
        words += &format!("种子“{seed}”，候选 {candidates} 位，候选名单摘要 {}。", draw.candidates_digest);
    }
    if !first.reason.is_empty() {
        words += &format!("理由：{}。", first.reason.trim_end_matches('。'));
    }
    said(words)
}

fn replacement(panel: &Panel, list: &Formation) -> Option<Block> {
    let (out, comes) = list.replaced?;
    let seats = || panel.formations.iter().flat_map(|list| &list.seats);
    let name = |id| seats().find(|seat| seat.expert == id).map_or_else(|| format!("{id}"), |seat| seat.name.clone());
    let reason = list.reason.trim_end_matches('。');
    Some(said(format!("更换：{}接替{}，理由：{reason}。", name(comes), name(out))))
}

fn signatures(panel: &Panel) -> Vec<Block> {
    let mut blocks = vec![heading("五、专家组签名")];
    let line = |seat: &Seat| {
        let role = if seat.chair { "组长" } else { "成员" };
        let signed = panel.conclusion.as_ref().map(|conclusion| conclusion.signed_by.contains(&seat.expert));
        let state = match signed {
            Some(true) => "记录：已签名",
            Some(false) => "记录：未签名",
            None => "",
        };
        Signature { role: format!("{role} {}", seat.name), note: state.to_owned() }
    };
    if let Some(conclusion) = &panel.conclusion {
        let unsigned: Vec<&str> = panel.unsigned().iter().map(|seat| seat.name.as_str()).collect();
        blocks.push(said(match unsigned.is_empty() {
            true => "在座专家全部签名。".to_owned(),
            false => format!("未签名：{}。未签名的不视为同意。", unsigned.join("、")),
        }));
        blocks.push(Block::Signatures(panel.sitting().into_iter().map(line).collect()));
        blocks.push(said(format!("专家组秘书：{}", conclusion.by.name)));
        let dated = Paragraph::said(day(conclusion.by.at.date_naive())).align(Align::Right).indent(Indent::Right);
        blocks.push(Block::Paragraph(dated));
        return blocks;
    }
    let rest = ["专家组秘书", "日期"].map(Signature::of);
    blocks.push(Block::Signatures(panel.sitting().into_iter().map(line).chain(rest).collect()));
    blocks
}

fn corrections(panel: &Panel) -> Vec<Block> {
    if panel.corrections.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading("六、更正（原记录不变）")];
    for (place, correction) in panel.corrections.iter().enumerate() {
        blocks.extend(texts(&format!("{}．{}", place + 1, correction.text)));
        blocks.extend(texts(&format!("理由：{}", correction.reason)));
        blocks.push(said(format!("（{}，{}）", correction.by.name, moment(correction.by.at))));
    }
    blocks
}
