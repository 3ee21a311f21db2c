//! Zip archives from strangers: inflated once with a counter, before any parser may trust them.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::domain::intake::UnreadableForm;

const PARTS: usize = 2_000;
const INFLATED: u64 = 200 * 1024 * 1024;
/// From this size on a part must not be packed tighter than [`RATIO`].
const RATIO_FROM: u64 = 1024 * 1024;
/// Real sheets pack ten- to fortyfold, a part made of one letter a thousandfold.
const RATIO: u64 = 200;
/// Elements of all parts together: parsers keep tens of bytes for an element of five.
const ELEMENTS: u64 = 4_000_000;

/// A zip archive that was found harmless.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens an archive and inflates all of it, without keeping it, to know how much it holds.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, UnreadableForm> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(reason)?;
        if zip.len() > PARTS {
            return Err(UnreadableForm::TooManyParts { most: PARTS as u32 });
        }
        let mut names = Vec::with_capacity(zip.len());
        let mut total = Count::default();
        for index in 0..zip.len() {
            let mut part = zip.by_index(index).map_err(reason)?;
            if part.encrypted() {
                return Err(UnreadableForm::Encrypted);
            }
            let packed = part.compressed_size().max(1);
            total.inflate(&mut part, packed)?;
            let name = part.name().map_err(reason)?;
            names.push(name.replace('\\', "/"));
        }
        Ok(Archive { zip, names })
    }

    /// Tells whether a part with this name, or in this folder where it ends in `/`, exists.
    pub fn holds(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name) || name.ends_with('/') && own.starts_with(name))
    }

    /// Reads a part; the archive was measured, so it fits.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, UnreadableForm> {
        let index = self.names.iter().position(|own| own.eq_ignore_ascii_case(name)).ok_or(UnreadableForm::Damaged)?;
        let mut part = self.zip.by_index(index).map_err(reason)?;
        let mut content = Vec::new();
        part.by_ref().take(INFLATED).read_to_end(&mut content).map_err(|_| UnreadableForm::Damaged)?;
        Ok(content)
    }

    /// Tells the names of all parts.
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

#[derive(Default)]
struct Count {
    bytes: u64,
    elements: u64,
}

impl Count {
    fn inflate(&mut self, part: &mut impl Read, packed: u64) -> Result<(), UnreadableForm> {
        let mut buffer = vec![0u8; 64 * 1024];
        let mut own = 0u64;
        loop {
            let read = part.read(&mut buffer).map_err(|_| UnreadableForm::Damaged)?;
            if read == 0 {
                return Ok(());
            }
            let chunk = buffer.iter().take(read);
            self.elements += chunk.filter(|byte| **byte == b'<').count() as u64;
            self.bytes += read as u64;
            own += read as u64;
            let too_tight = own > RATIO_FROM && own / packed > RATIO;
            if self.bytes > INFLATED || self.elements > ELEMENTS || too_tight {
                return Err(UnreadableForm::Bomb);
            }
        }
    }
}

fn reason(error: ZipError) -> UnreadableForm {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => UnreadableForm::Encrypted,
        _ => UnreadableForm::Damaged,
    }
}
