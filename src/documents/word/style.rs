//! The parts that say how everything looks that does not say so itself: styles, settings, fonts.

use super::body::{NAMESPACES, PROLOG, fonts, name};
use super::model::{Font, LINE, Size};

/// Writes `word/styles.xml`.
pub fn styles() -> String {
    let size = Size::Third.half_points();
    let fonts = fonts(Font::FangSong);
    format!(
        "{PROLOG}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:kern w:val=\"0\"/>\
         <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" \
         w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr>\
         </w:pPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/><w:qFormat/><w:pPr><w:jc w:val=\"both\"/></w:pPr>\
         </w:style></w:styles>"
    )
}

/// Writes `word/settings.xml`: printed on both sides and bound at the left, so margins and page numbers alternate.
pub fn settings() -> String {
    format!(
        "{PROLOG}<w:settings {NAMESPACES}><w:mirrorMargins/><w:defaultTabStop w:val=\"640\"/><w:evenAndOddHeaders/>\
         <w:drawingGridVerticalSpacing w:val=\"{LINE}\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>\
         <w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

/// Writes `word/fontTable.xml`: what a machine may take that knows a font under another name, or has its like.
pub fn font_table() -> String {
    let all = [Font::FangSong, Font::Hei, Font::Kai, Font::Song, Font::Title];
    let one = |font: Font| {
        let like = match font {
            Font::FangSong => "仿宋",
            Font::Hei => "SimHei",
            Font::Kai => "楷体",
            Font::Song => "SimSun",
            Font::Title => "方正小标宋_GBK",
        };
        let family = if font == Font::Hei { "swiss" } else { "roman" };
        format!(
            "<w:font w:name=\"{}\"><w:altName w:val=\"{like}\"/><w:charset w:val=\"86\"/>\
             <w:family w:val=\"{family}\"/><w:pitch w:val=\"variable\"/></w:font>",
            name(font)
        )
    };
    format!("{PROLOG}<w:fonts {NAMESPACES}>{}</w:fonts>", all.map(one).concat())
}
