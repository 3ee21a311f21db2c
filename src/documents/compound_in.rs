//! The container of old office files (MS-CFB): a small file system of chained sectors.
//!
//! Every chain is followed at most once around the file, so that a chain that bites its own tail ends as damage
//! and not in memory.

use crate::domain::intake::UnreadableForm;

const HEADER: usize = 512;
const ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;
const LAST_SECTOR: u32 = 0xffff_fffa;
const END_OF_CHAIN: u32 = 0xffff_fffe;

/// An opened container.
pub struct Compound<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    /// Streams below this size are kept in the mini stream.
    mini_limit: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> Compound<'a> {
    /// Opens a container and reads its directory.
    pub fn open(bytes: &'a [u8]) -> Result<Compound<'a>, UnreadableForm> {
        let sector_size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(UnreadableForm::Damaged),
        };
        let mut compound = Compound {
            bytes,
            sector_size,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            mini_limit: u32_at(bytes, 56)? as usize,
            entries: Vec::new(),
        };
        compound.fat = compound.read_fat()?;
        let directory = compound.chain(u32_at(bytes, 48)?)?;
        compound.entries =
            directory.chunks_exact(ENTRY).map(Entry::read).collect::<Result<Vec<_>, UnreadableForm>>()?;
        let mini_fat = compound.chain(u32_at(bytes, 60)?)?;
        compound.mini_fat = numbers(&mini_fat);
        // The first entry, the root, holds the mini stream.
        if let Some(root) = compound.entries.first() {
            compound.mini_stream = compound.chain(root.start)?;
        }
        Ok(compound)
    }

    /// Tells whether a stream or folder with this name exists.
    pub fn holds(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Reads a stream.
    pub fn stream(&self, name: &str) -> Result<Vec<u8>, UnreadableForm> {
        let mut entries = self.entries.iter().filter(|entry| entry.name.eq_ignore_ascii_case(name));
        let entry = entries.next().ok_or(UnreadableForm::Damaged)?;
        let mut content =
            if entry.size < self.mini_limit { self.mini_chain(entry.start)? } else { self.chain(entry.start)? };
        // A stream that ends before its size was cut off with the file.
        if content.len() < entry.size {
            return Err(UnreadableForm::Damaged);
        }
        content.truncate(entry.size);
        Ok(content)
    }

    /// Collects the table of chains from the sectors the header and its continuations list.
    fn read_fat(&self) -> Result<Vec<u32>, UnreadableForm> {
        let header = self.bytes.get(76..HEADER).ok_or(UnreadableForm::Damaged)?;
        let mut listed = numbers(header);
        let mut next = u32_at(self.bytes, 68)?;
        let mut left = self.sectors();
        while next < LAST_SECTOR {
            left = left.checked_sub(1).ok_or(UnreadableForm::Damaged)?;
            listed.extend(numbers(self.sector(next)?));
            next = listed.pop().ok_or(UnreadableForm::Damaged)?;
        }
        let mut fat = Vec::new();
        for sector in listed.into_iter().filter(|sector| *sector < LAST_SECTOR) {
            fat.extend(numbers(self.sector(sector)?));
            if fat.len() > 2 * (self.sectors() + self.sector_size) {
                return Err(UnreadableForm::Damaged);
            }
        }
        Ok(fat)
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector_size
    }

    fn sector(&self, number: u32) -> Result<&[u8], UnreadableForm> {
        let start = (number as usize + 1) * self.sector_size;
        let end = (start + self.sector_size).min(self.bytes.len());
        self.bytes.get(start..end).ok_or(UnreadableForm::Damaged)
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, UnreadableForm> {
        let mut content = Vec::new();
        let mut next = start;
        while next < LAST_SECTOR {
            content.extend_from_slice(self.sector(next)?);
            if content.len() > self.bytes.len() {
                return Err(UnreadableForm::Damaged);
            }
            next = self.fat.get(next as usize).copied().ok_or(UnreadableForm::Damaged)?;
        }
        Ok(content)
    }

    fn mini_chain(&self, start: u32) -> Result<Vec<u8>, UnreadableForm> {
        let mut content = Vec::new();
        let mut next = start;
        while next < END_OF_CHAIN {
            let at = (next as usize).saturating_mul(MINI_SECTOR);
            let sector = self.mini_stream.get(at..at.saturating_add(MINI_SECTOR)).ok_or(UnreadableForm::Damaged)?;
            content.extend_from_slice(sector);
            if content.len() > self.mini_stream.len() {
                return Err(UnreadableForm::Damaged);
            }
            next = self.mini_fat.get(next as usize).copied().ok_or(UnreadableForm::Damaged)?;
        }
        Ok(content)
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Result<Entry, UnreadableForm> {
        let units = bytes.get(..64).unwrap_or_default().chunks_exact(2).map(|unit| match unit {
            [low, high] => u16::from_le_bytes([*low, *high]),
            _ => 0,
        });
        let name: String =
            char::decode_utf16(units.take_while(|unit| *unit != 0)).map(|c| c.unwrap_or('\u{fffd}')).collect();
        Ok(Entry { name, start: u32_at(bytes, 116)?, size: u32_at(bytes, 120)? as usize })
    }
}

/// Reads two bytes at an offset.
pub fn u16_at(bytes: &[u8], at: usize) -> Result<u16, UnreadableForm> {
    let taken = bytes.get(at..at.saturating_add(2)).and_then(|taken| taken.try_into().ok());
    taken.map(u16::from_le_bytes).ok_or(UnreadableForm::Damaged)
}

/// Reads four bytes at an offset.
pub fn u32_at(bytes: &[u8], at: usize) -> Result<u32, UnreadableForm> {
    let taken = bytes.get(at..at.saturating_add(4)).and_then(|taken| taken.try_into().ok());
    taken.map(u32::from_le_bytes).ok_or(UnreadableForm::Damaged)
}

/// Reads eight bytes at an offset.
pub fn u64_at(bytes: &[u8], at: usize) -> Result<u64, UnreadableForm> {
    let taken = bytes.get(at..at.saturating_add(8)).and_then(|taken| taken.try_into().ok());
    taken.map(u64::from_le_bytes).ok_or(UnreadableForm::Damaged)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| four.try_into().ok().map(u32::from_le_bytes)).collect()
}
