//! Paragraphs and blocks as WordprocessingML.
//!
//! The order of elements inside `w:pPr` and `w:rPr` is that of CT_PPr and CT_RPr.

use super::escape::esc;
use super::model::{Align, Block, Document, Font, Indent, Level, Paragraph, Run, Section, Signature, Size, TEXT_WIDTH};
use super::{frame, table};

/// The namespaces of the parts that hold text.
pub const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// What every part begins with.
pub const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// 28 characters of 16 pt are wider than 156 mm, so each is set a quarter of a point closer (GB/T 9704). A grid of
/// characters would say the same, but LibreOffice then sets only 22 of them in a line.
const CLOSER: i32 = -5;

/// Writes `word/document.xml`. What a section looks like stands in its last paragraph, of the last one behind it.
pub fn document(document: &Document) -> String {
    let mixed = frame::is_mixed(document);
    let last = document.sections.len().saturating_sub(1);
    let one = |(place, section): (usize, &Section)| {
        let blocks: String =
            section.blocks.iter().enumerate().map(|(at, it)| apart(section, at) + &block(it)).collect();
        let properties = frame::section(section, place, mixed);
        // Behind a table there must be a paragraph: Word calls its absence damage.
        let ending = match (place == last, section.blocks.last()) {
            (true, Some(Block::Table(_))) => tiny("") + &properties,
            (true, _) => properties,
            (false, _) => tiny(&properties),
        };
        blocks + &ending
    };
    let body: String = document.sections.iter().enumerate().map(one).collect();
    format!("{PROLOG}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
}

/// Word takes two tables without anything between them for one.
fn apart(section: &Section, at: usize) -> String {
    let is_table = |at: Option<usize>| matches!(at.and_then(|at| section.blocks.get(at)), Some(Block::Table(_)));
    if is_table(Some(at)) && is_table(at.checked_sub(1)) {
        paragraph(&gap().size(Size::Fifth), None)
    } else {
        String::new()
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(lines) => {
            let one = |text: &String| {
                let run = Run::new(text).font(Font::Title);
                let line = Paragraph::new([run]).size(Size::Second).align(Align::Center).indent(Indent::None);
                paragraph(&line.keep_next(), None)
            };
            lines.iter().map(one).collect::<String>() + &paragraph(&gap(), None)
        }
        Block::Heading(level, text) => {
            let (font, outline) = match level {
                Level::First => (Font::Hei, 0),
                Level::Second => (Font::Kai, 1),
                Level::Third => (Font::FangSong, 2),
            };
            paragraph(&Paragraph::new([Run::new(text).font(font)]).keep_next(), Some(outline))
        }
        Block::Paragraph(it) => paragraph(it, None),
        Block::Table(it) => table::table(it),
        Block::Signatures(lines) => {
            let last = lines.len().saturating_sub(1);
            let lines = lines.iter().enumerate().map(|(place, it)| signature(it, place < last));
            paragraph(&gap().keep_next(), None) + &lines.collect::<String>()
        }
    }
}

/// A blank line.
fn gap() -> Paragraph {
    Paragraph::said("").indent(Indent::None)
}

/// The smallest paragraph there is.
fn tiny(section: &str) -> String {
    format!("<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{section}</w:pPr></w:p>")
}

/// A role, a line to sign on, and what the record says of it. The line is a tab with a line under it, so that it begins
/// and ends at the same place on all.
fn signature(line: &Signature, keeps_next: bool) -> String {
    let keep = if keeps_next { "<w:keepNext/>" } else { "" };
    let from = TEXT_WIDTH * 2 / 5;
    let (kind, to) = match line.note.is_empty() {
        true => ("right", TEXT_WIDTH),
        false => ("left", TEXT_WIDTH * 4 / 5),
    };
    let role = run(&Run::new(format!("{}：", line.role)), Size::Third);
    let note = run(&Run::new(line.note.as_str()), Size::SmallFourth);
    let fonts = fonts(Font::FangSong);
    format!(
        "<w:p><w:pPr>{keep}<w:keepLines/><w:tabs><w:tab w:val=\"left\" w:pos=\"{from}\"/>\
         <w:tab w:val=\"{kind}\" w:pos=\"{to}\"/></w:tabs>{}</w:pPr>{role}<w:r><w:rPr>{fonts}</w:rPr><w:tab/></w:r>\
         <w:r><w:rPr>{fonts}<w:u w:val=\"single\"/></w:rPr><w:tab/></w:r>{note}</w:p>",
        spacing(SIGNING)
    )
}

/// The pitch of lines to sign on, which leave room for a hand.
const SIGNING: u32 = 680;

/// Writes a paragraph, and how deep it stands in the outline.
pub fn paragraph(it: &Paragraph, outline: Option<u32>) -> String {
    let mut properties = String::new();
    if it.keeps_next {
        properties.push_str("<w:keepNext/>");
    }
    if it.size != Size::Third {
        properties.push_str("<w:snapToGrid w:val=\"0\"/>");
    }
    properties.push_str(&spacing(it.size.pitch()));
    // A hundredth of a character is the unit Word counts characters in; the other value is for those who do not.
    match it.indent {
        Indent::None => {}
        Indent::First => {
            let twips = it.size.half_points() * 20;
            properties.push_str(&format!("<w:ind w:firstLineChars=\"200\" w:firstLine=\"{twips}\"/>"));
        }
        Indent::Right => {
            let twips = it.size.half_points() * 40;
            properties.push_str(&format!("<w:ind w:rightChars=\"400\" w:right=\"{twips}\"/>"));
        }
    }
    let align = match it.align {
        Align::Both => "both",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    properties.push_str(&format!("<w:jc w:val=\"{align}\"/>"));
    if let Some(level) = outline {
        properties.push_str(&format!("<w:outlineLvl w:val=\"{level}\"/>"));
    }
    let runs: String = it.runs.iter().map(|text| run(text, it.size)).collect();
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn spacing(pitch: u32) -> String {
    format!("<w:spacing w:line=\"{pitch}\" w:lineRule=\"exact\"/>")
}

/// Writes a run; nothing where it says nothing.
fn run(it: &Run, size: Size) -> String {
    let escaped = esc(&it.text);
    if escaped.is_empty() {
        return String::new();
    }
    let bold = if it.is_bold { "<w:b/>" } else { "" };
    let size = match size {
        Size::Third => format!("<w:spacing w:val=\"{CLOSER}\"/>"),
        size => format!("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", size.half_points()),
    };
    let lines: Vec<String> =
        escaped.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{line}</w:t>")).collect();
    format!("<w:r><w:rPr>{}{bold}{size}</w:rPr>{}</w:r>", fonts(it.font), lines.join("<w:br/>"))
}

/// Names the font for every kind of character. The hint makes quotation marks and dashes Chinese.
pub fn fonts(font: Font) -> String {
    let name = name(font);
    format!(
        "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:cs=\"{name}\"/>"
    )
}

/// Names a font as office machines know it.
pub const fn name(font: Font) -> &'static str {
    match font {
        Font::FangSong => "仿宋_GB2312",
        Font::Hei => "黑体",
        Font::Kai => "楷体_GB2312",
        Font::Song => "宋体",
        Font::Title => "方正小标宋简体",
    }
}
