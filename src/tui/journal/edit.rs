//! The difference between two texts, and a text with it applied. Places are counted in characters.

/// A change: at a place some characters go and others come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// How many characters stand before it.
    pub at: u32,
    /// How many go.
    pub gone: u32,
    /// What comes.
    pub new: String,
}

impl Edit {
    /// Tells what makes one text of another; nothing where they are the same.
    pub fn between(before: &str, after: &str) -> Option<Edit> {
        if before == after {
            return None;
        }
        let head = before.chars().zip(after.chars()).take_while(|(old, new)| old == new).count();
        let (old, new) = (before.chars().count() - head, after.chars().count() - head);
        let alike = before.chars().rev().zip(after.chars().rev()).take(old.min(new));
        let tail = alike.take_while(|(old, new)| old == new).count();
        Some(Edit {
            at: u32::try_from(head).ok()?,
            gone: u32::try_from(old - tail).ok()?,
            new: after.chars().skip(head).take(new - tail).collect(),
        })
    }

    /// Applies it; `None` where the text does not reach so far.
    pub fn apply(&self, text: &str) -> Option<String> {
        let start = place(text, self.at)?;
        let end = place(text, self.at.checked_add(self.gone)?)?;
        let (before, after) = (text.get(..start)?, text.get(end..)?);
        Some([before, self.new.as_str(), after].concat())
    }
}

/// Tells the byte behind so many characters.
fn place(text: &str, characters: u32) -> Option<usize> {
    let ends = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
    ends.into_iter().nth(usize::try_from(characters).ok()?)
}
