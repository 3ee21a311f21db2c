//! Pieces that several papers share.

use chrono::{Datelike, NaiveDate, Timelike};

use super::Seal;
use crate::documents::word::{Align, Block, Cell, Indent, Level, Paragraph, Size, Table};
use crate::domain::calendar::Moment;
use crate::domain::panel::{Panel, Seat};
use crate::domain::text::clean_line;
use crate::service::view::show::ProjectView;
use crate::wording::labels;

/// Writes a day the way official papers do.
pub fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Writes a moment.
pub fn moment(at: Moment) -> String {
    format!("{} {:02}:{:02}", day(at.date_naive()), at.hour(), at.minute())
}

/// A box to tick.
pub fn tick(is_ticked: bool, word: &str) -> String {
    format!("{}{word}", if is_ticked { "☑" } else { "□" })
}

/// Begins a part of a paper.
pub fn heading(text: &str) -> Block {
    Block::Heading(Level::First, text.to_owned())
}

/// Writes a text of any number of lines.
pub fn texts(text: &str) -> Vec<Block> {
    Paragraph::of_text(text).into_iter().map(Block::Paragraph).collect()
}

/// Writes one line.
pub fn said(text: impl Into<String>) -> Block {
    Block::Paragraph(Paragraph::said(text))
}

/// Which round a paper is of.
pub struct Of {
    /// What that is called.
    pub label: &'static str,
    /// In words.
    pub words: String,
    /// The review round.
    pub round: u32,
}

impl Of {
    /// Names a panel.
    pub fn panel(panel: &Panel) -> Of {
        let words = format!("第{}轮第{}次论证", panel.round, panel.session);
        Of { label: "论证轮次", words, round: panel.round }
    }
}

/// Writes down which project and which round it is about; further rows follow.
pub fn facts(view: &ProjectView, of: &Of) -> Table {
    let dossier = &view.dossier;
    let project = &dossier.project;
    let mut table = Table::new(&[19, 36, 14, 31]);
    table.row([Cell::label("项目名称"), Cell::text(&project.declaration.name).span(3)]);
    let supervisor = project.supervising_unit.as_ref().map_or("—", |unit| &unit.name);
    table.row([
        Cell::label("建设单位"),
        Cell::text(&project.unit.name),
        Cell::label("主管单位"),
        Cell::text(supervisor),
    ]);
    table.row([
        Cell::label("项目编号"),
        Cell::text(project.code.as_str()),
        Cell::label(of.label),
        Cell::text(&of.words),
    ]);
    if let Some(approval) = &dossier.approval {
        table.row([
            Cell::label("立项批复"),
            Cell::text(&approval.doc_no),
            Cell::label("批复金额"),
            Cell::text(format!("{} 万元", approval.amount)),
        ]);
    }
    // The dossier holds the scheme of the running round only.
    if let Some(scheme) = dossier.scheme.as_ref().filter(|_| of.round == project.round) {
        table.row([
            Cell::label("方案编制单位"),
            Cell::text(&scheme.designer),
            Cell::label("方案版本"),
            Cell::text(&scheme.version),
        ]);
    }
    table
}

/// Lists what a member is an expert of.
pub fn disciplines(seat: &Seat) -> String {
    seat.disciplines.iter().map(|code| labels::discipline(code)).collect::<Vec<_>>().join("、")
}

/// Writes how the paper is tied to the record.
pub fn sealed(seal: &Seal) -> Vec<Block> {
    let small = |text: String| {
        Block::Paragraph(Paragraph::said(text).size(Size::Fifth).indent(Indent::None).align(Align::Left))
    };
    let mut blocks =
        vec![small(String::new()), small(format!("校验码：{}（取自记录摘要 SM3：{}）", seal.check_code, seal.digest))];
    if let Some(mark) = &seal.mark {
        blocks.push(small(format!("日志第 {} 条，链上校验值：{}", mark.seq, mark.hash)));
    }
    blocks
}

/// Makes the foot of every page: what it is of, and the code where it is final.
pub fn foot(view: &ProjectView, title: &str, seal: Option<&Seal>) -> String {
    let code = seal.map(|seal| format!("  校验码 {}", seal.check_code)).unwrap_or_default();
    format!("{} {title}{code}", view.dossier.project.code)
}

/// Makes a name any file system takes.
pub fn file_name(wanted: &str) -> String {
    let safe = |c: char| if c.is_whitespace() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    format!("{}.docx", clean_line(wanted).chars().map(safe).take(80).collect::<String>())
}
