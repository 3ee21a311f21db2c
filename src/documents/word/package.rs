//! The parts of a document in one zip, always in the same order and of the same day.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::PROLOG;
use super::escape::esc;
use super::model::Document;
use super::{body, frame, style};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Writes a document as a file. It fails only where memory does.
pub fn docx(document: &Document) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The moment of writing would make two files of one record differ.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, content) in parts(document) {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Lists the parts, sorted by name; readers look for the types of content first, and so does the order.
pub fn parts(document: &Document) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = [
        ("[Content_Types].xml", content_types(document)),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", properties(&document.title)),
        ("word/_rels/document.xml.rels", document_relations(document)),
        ("word/document.xml", body::document(document)),
    ]
    .map(|(name, content)| (name.to_owned(), content))
    .into();
    parts.extend(referred(document).into_iter().map(|part| (format!("word/{}.xml", part.name), part.content)));
    parts.sort();
    parts
}

/// A part the document refers to.
struct Part {
    name: String,
    kind: &'static str,
    content: String,
}

fn referred(document: &Document) -> Vec<Part> {
    let part = |name: &str, kind, content| Part { name: name.to_owned(), kind, content };
    let mut parts = vec![
        part("fontTable", "fontTable", style::font_table()),
        part("settings", "settings", style::settings()),
        part("styles", "styles", style::styles()),
    ];
    for (place, section) in document.sections.iter().enumerate() {
        for is_even in [false, true] {
            let name = frame::footer_name(place, is_even);
            parts.push(part(&name, "footer", frame::footer(is_even, &section.foot)));
        }
    }
    if document.sections.iter().any(|section| section.is_draft) {
        parts.push(part("header1", "header", frame::header(1)));
        parts.push(part("header2", "header", frame::header(2)));
    }
    if frame::is_mixed(document) {
        parts.push(part("header3", "header", frame::blank_header()));
    }
    parts
}

fn content_types(document: &Document) -> String {
    let of = |part: Part| {
        format!("<Override PartName=\"/word/{}.xml\" ContentType=\"{WORD}.{}+xml\"/>", part.name, part.kind)
    };
    let parts: String = referred(document).into_iter().map(of).collect();
    format!(
        "{PROLOG}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override \
         PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>{parts}</Types>"
    )
}

fn package_relations() -> String {
    format!(
        "{PROLOG}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"document\" \
         Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"properties\" \
         Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn document_relations(document: &Document) -> String {
    let of = |part: Part| {
        let Part { name, kind, .. } = part;
        format!("<Relationship Id=\"{name}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}.xml\"/>")
    };
    let parts: String = referred(document).into_iter().map(of).collect();
    format!("{PROLOG}<Relationships xmlns=\"{PACKAGE}/relationships\">{parts}</Relationships>")
}

/// The properties people see: no author, no program, no time of writing, which would differ from copy to copy.
fn properties(title: &str) -> String {
    format!(
        "{PROLOG}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>zh-CN</dc:language>\
         </cp:coreProperties>",
        esc(title)
    )
}
