//! What surrounds the text on every page: paper and margins, the page number, what is printed beside it, 草稿.

use super::body::{NAMESPACES, PROLOG, fonts};
use super::escape::esc;
use super::model::{Document, Font, LINE, Section, Size, TEXT_WIDTH};

/// A4 in twentieths of a point.
const PAPER: (u32, u32) = (11906, 16838);
/// 天头 37 mm, 订口 28 mm; what is left of the paper beside the text: 26 mm and 35 mm (GB/T 9704).
const TOP: u32 = 2098;
const INSIDE: u32 = 1587;
const OUTSIDE: u32 = 1474;
const BOTTOM: u32 = 1984;
/// The page number stands 7 mm below the text, its foot so far above the edge of the paper.
const NUMBER: u32 = 1300;
/// 草稿 stands so far below the edge of the paper.
const HEADER: u32 = 1134;
/// Tells whether some sections are drafts and others are not.
pub fn is_mixed(document: &Document) -> bool {
    let draft = |section: &&Section| section.is_draft;
    document.sections.iter().any(|section| draft(&section)) && !document.sections.iter().all(|section| draft(&section))
}

/// Writes the properties of a section, in the order of CT_SectPr. A section has the headers of the one before unless it
/// names its own, so in a mixed document one that is final names a blank one.
pub fn section(section: &Section, place: usize, mixed: bool) -> String {
    let references = |kind: &str, odd: &str, even: &str| {
        format!(
            "<w:{kind}Reference w:type=\"even\" r:id=\"{even}\"/><w:{kind}Reference w:type=\"default\" r:id=\"{odd}\"/>"
        )
    };
    let headers = match (section.is_draft, mixed) {
        (true, _) => references("header", "header1", "header2"),
        (false, true) => references("header", "header3", "header3"),
        (false, false) => String::new(),
    };
    let footers = references("footer", &footer_name(place, false), &footer_name(place, true));
    let (width, height) = PAPER;
    format!(
        "<w:sectPr>{headers}{footers}<w:type w:val=\"oddPage\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
         <w:pgMar w:top=\"{TOP}\" w:right=\"{OUTSIDE}\" w:bottom=\"{BOTTOM}\" w:left=\"{INSIDE}\" \
         w:header=\"{HEADER}\" w:footer=\"{NUMBER}\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/>\
         <w:cols w:space=\"720\"/><w:docGrid w:type=\"lines\" w:linePitch=\"{LINE}\"/></w:sectPr>"
    )
}

/// Names the part that holds a section's footer.
pub fn footer_name(place: usize, is_even: bool) -> String {
    format!("footer{}", place * 2 + if is_even { 2 } else { 1 })
}

/// Writes a header that says nothing.
pub fn blank_header() -> String {
    format!("{PROLOG}<w:hdr {NAMESPACES}><w:p/></w:hdr>")
}

/// Writes a footer: the number of an odd page one character from the right edge, of an even one from the left, and
/// what is printed beside it at the other edge.
pub fn footer(is_even: bool, foot: &str) -> String {
    let size = Size::Fourth.half_points();
    let character = size * 10;
    let look =
        |size: u32| format!("<w:rPr>{}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>", fonts(Font::Song));
    let run = |text: &str, size: u32| format!("<w:r>{}<w:t xml:space=\"preserve\">{text}</w:t></w:r>", look(size));
    let number = format!(
        "{}<w:fldSimple w:instr=\" PAGE \">{}</w:fldSimple>{}",
        run("— ", size),
        run("1", size),
        run(" —", size)
    );
    let foot = if foot.is_empty() { String::new() } else { run(&esc(foot), 18) };
    let tab = format!("<w:r>{}<w:tab/></w:r>", look(size));
    // On an even page the one character before the number is an indent, on an odd one the tab ends before it.
    let (stop, indent, content) = match is_even {
        true => (TEXT_WIDTH, format!("<w:ind w:left=\"{character}\"/>"), format!("{number}{tab}{foot}")),
        false => (TEXT_WIDTH - character, String::new(), format!("{foot}{tab}{number}")),
    };
    format!(
        "{PROLOG}<w:ftr {NAMESPACES}><w:p><w:pPr><w:tabs><w:tab w:val=\"right\" w:pos=\"{stop}\"/></w:tabs>\
         <w:snapToGrid w:val=\"0\"/>{indent}<w:jc w:val=\"left\"/></w:pPr>{content}</w:p></w:ftr>"
    )
}

/// What a draft says on every page.
pub const DRAFT: &str = "草稿";

/// Writes the header of a draft: the word behind the text, as Word itself stores a watermark, and once more in plain
/// type for printers that leave such things out.
pub fn header(number: u8) -> String {
    let look = format!("<w:rPr>{}<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr>", fonts(Font::Hei));
    format!(
        "{PROLOG}<w:hdr {NAMESPACES} xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:w10=\"urn:schemas-microsoft-com:office:word\">\
         <w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:jc w:val=\"right\"/></w:pPr>\
         <w:r>{look}<w:t xml:space=\"preserve\">{DRAFT}：尚未定稿，不作为依据</w:t></w:r>\
         <w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id=\"_x0000_t136\" coordsize=\"21600,21600\" \
         o:spt=\"136\" adj=\"10800\" path=\"m@7,l@8,m@5,21600l@6,21600e\"><v:formulas><v:f eqn=\"sum #0 0 10800\"/>\
         <v:f eqn=\"prod #0 2 1\"/><v:f eqn=\"sum 21600 0 @1\"/><v:f eqn=\"sum 0 0 @2\"/><v:f eqn=\"sum 21600 0 @3\"/>\
         <v:f eqn=\"if @0 @3 0\"/><v:f eqn=\"if @0 21600 @1\"/><v:f eqn=\"if @0 0 @2\"/><v:f eqn=\"if @0 @4 21600\"/>\
         <v:f eqn=\"mid @5 @6\"/><v:f eqn=\"mid @8 @5\"/><v:f eqn=\"mid @7 @8\"/><v:f eqn=\"mid @6 @7\"/>\
         <v:f eqn=\"sum @6 0 @5\"/></v:formulas><v:path textpathok=\"t\" o:connecttype=\"custom\" \
         o:connectlocs=\"@9,0;@10,10800;@11,21600;@12,10800\" o:connectangles=\"270,180,90,0\"/>\
         <v:textpath on=\"t\" fitshape=\"t\"/><v:handles><v:h position=\"#0,bottomRight\" xrange=\"6629,14971\"/>\
         </v:handles><o:lock v:ext=\"edit\" text=\"t\" shapetype=\"t\"/></v:shapetype>\
         <v:shape id=\"PowerPlusWaterMarkObject{number}\" o:spid=\"_x0000_s204{number}\" type=\"#_x0000_t136\" \
         style=\"position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;\
         z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
         mso-position-vertical:center;mso-position-vertical-relative:margin\" o:allowincell=\"f\" \
         fillcolor=\"silver\" stroked=\"f\"><v:fill opacity=\".5\"/><v:textpath \
         style=\"font-family:&quot;黑体&quot;;font-size:1pt\" string=\"{DRAFT}\"/>\
         <w10:wrap anchorx=\"margin\" anchory=\"margin\"/></v:shape></w:pict></w:r></w:p></w:hdr>"
    )
}
