//! What the readers of docx and ods share: small steps through an XML part.

use quick_xml::events::{BytesRef, BytesStart};

use crate::domain::intake::UnreadableForm;

/// Any fault of the XML means the file is damaged: office programs do not write faulty XML.
pub fn damaged<E>(_: E) -> UnreadableForm {
    UnreadableForm::Damaged
}

/// Tells the value of an attribute, whatever its namespace prefix.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, UnreadableForm> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(damaged)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(damaged)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// Tells a number in an attribute; a missing or senseless one counts as `otherwise`.
pub fn count(element: &BytesStart<'_>, name: &str, otherwise: usize) -> Result<usize, UnreadableForm> {
    Ok(attribute(element, name)?.and_then(|text| text.parse().ok()).unwrap_or(otherwise))
}

/// Tells the character an entity stands for. Entities a file defines for itself are refused: only bombs need them.
pub fn entity(reference: &BytesRef<'_>) -> Result<char, UnreadableForm> {
    if let Some(c) = reference.resolve_char_ref().map_err(damaged)? {
        return Ok(c);
    }
    match reference.xml10_content().as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(UnreadableForm::Damaged),
    }
}
