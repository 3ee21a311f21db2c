//! The door for forms: finds out what a file is and hands its bytes to the right reader.

use crate::domain::intake::{ForeignFile, Sheet};

pub use crate::domain::intake::UnreadableForm;

use super::archive_in::Archive;
use super::compound_in::Compound;
use super::{csv_in, ods_in, sheet_in, word_in, xls_in};

const MEBIBYTES: usize = 20;

/// Reads the sheets of a form from the bytes of a file.
///
/// The content decides what the file is: forms are renamed, mailed and saved under wrong endings. The name only
/// becomes the name of the sheet where the format has none (Word, CSV).
pub fn read_sheets(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    if bytes.is_empty() {
        return Err(UnreadableForm::Empty);
    }
    if bytes.len() > MEBIBYTES * 1024 * 1024 {
        return Err(UnreadableForm::TooLarge { mebibytes: MEBIBYTES as u32 });
    }
    let name = sheet_name(file_name);
    if bytes.starts_with(b"PK") {
        return read_archive(name, bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return read_compound(bytes);
    }
    match foreign(bytes) {
        Some(what) => Err(UnreadableForm::Foreign(what)),
        None => csv_in::read(name, bytes),
    }
}

fn read_archive(name: String, bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    let mut archive = Archive::open(bytes)?;
    if archive.holds("xl/workbook.bin") {
        Err(UnreadableForm::Foreign(ForeignFile::BinaryExcel))
    } else if archive.holds("xl/") {
        sheet_in::read(&mut archive, bytes)
    } else if archive.holds("word/document.xml") {
        word_in::read(name, &archive.part("word/document.xml")?)
    } else if archive.holds("OFD.xml") {
        Err(UnreadableForm::Foreign(ForeignFile::Pages))
    } else if archive.holds("content.xml") {
        ods_in::read(&mut archive)
    } else {
        Err(UnreadableForm::Foreign(ForeignFile::Archive))
    }
}

fn read_compound(bytes: &[u8]) -> Result<Vec<Sheet>, UnreadableForm> {
    let compound = Compound::open(bytes)?;
    if compound.holds("EncryptedPackage") {
        return Err(UnreadableForm::Encrypted);
    }
    if compound.holds("Workbook") {
        return xls_in::read(&compound.stream("Workbook")?);
    }
    Err(UnreadableForm::Foreign(if compound.holds("Book") {
        ForeignFile::OldExcel
    } else if compound.holds("WordDocument") {
        ForeignFile::OldWord
    } else {
        ForeignFile::Unknown
    }))
}

/// Recognizes files that are neither an office document nor plain text.
fn foreign(bytes: &[u8]) -> Option<ForeignFile> {
    let begins = |signatures: &[&[u8]]| signatures.iter().any(|signature| bytes.starts_with(signature));
    if begins(&[b"%PDF"]) {
        return Some(ForeignFile::Pages);
    }
    if begins(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"]) && bytes.contains(&0) {
        return Some(ForeignFile::Picture);
    }
    if begins(&[b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"]) {
        return Some(ForeignFile::Archive);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.starts_with(b"<") || text.starts_with(b"{\\rtf") || text.starts_with(b"MIME-Version") {
        return Some(ForeignFile::Markup);
    }
    let is_utf16 = begins(&[b"\xff\xfe", b"\xfe\xff"]);
    (bytes.contains(&0) && !is_utf16).then_some(ForeignFile::Unknown)
}

/// Names the sheet of a file that has no sheets of its own.
fn sheet_name(file_name: &str) -> String {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).chars().take(100).collect()
}

#[cfg(test)]
mod tests;
