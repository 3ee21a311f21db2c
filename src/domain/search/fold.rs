//! Folding: a Chinese input method writes `：` where the grammar has `:`, and nobody should have to care.

/// Gives the half-width twin of a character that a Chinese input method writes, or the character itself.
///
/// The table is the one of the commands: `。` is `.`, `、` is `/`, `【` is `[`, `《` is `<`. Case stays.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' | '｡' => '.',
        '、' | '､' | '÷' => '/',
        '【' | '「' | '｢' | '〔' => '[',
        '】' | '」' | '｣' | '〕' => ']',
        '『' => '{',
        '』' => '}',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' => '\'',
        '￥' | '¥' => '$',
        '…' => '^',
        '—' | '–' | '−' => '-',
        '·' | '・' => '.',
        other => other,
    }
}

/// Folds a text for comparison: half-width, small letters, `……` as `^` and `——` as `_`.
///
/// What was folded stays the same when folded again.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // The input method writes these two in pairs for one key.
        let pair = match c {
            '…' => Some('^'),
            '—' => Some('_'),
            _ => None,
        };
        match pair {
            Some(one) if chars.peek() == Some(&c) => {
                chars.next();
                folded.push(one);
            }
            _ => folded.extend(half_width(c).to_lowercase()),
        }
    }
    folded
}
