//! What a Chinese input method sends for an ASCII key: outside text fields both mean the same command.

/// Takes a character for its ASCII twin where it has one.
///
/// Never used for what people write: an opinion keeps its full-width marks.
pub fn ascii(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '、' | '÷' => '/',
        '。' => '.',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '『' => '{',
        '』' => '}',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        '￥' | '¥' => '$',
        '…' | '⋯' => '^',
        '·' => '`',
        '—' | '⸺' => '_',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        // The full-width forms stand in the order of ASCII.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

/// Tells whether an input method writes this character twice for one key.
pub fn comes_in_pairs(c: char) -> bool {
    matches!(c, '…' | '⋯' | '—')
}

/// Tells whether a character is Chinese writing: it comes from an input method that is on.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_input_method_sends_is_taken_for_its_ascii_twin() {
        let typed = "？：；！、／【［「】］」｛『｝』（）＊＋－，。￥＠＝０９ａＺ\u{3000}";
        let meant = "?:;!//[[[]]]{{}}()*+-,.$@=09aZ ";
        assert_eq!(typed.chars().map(ascii).collect::<String>(), meant);
    }

    #[test]
    fn chinese_writing_is_told_from_marks() {
        assert!("申请𠮷".chars().all(is_han));
        assert!(!"，a？1 ".chars().any(is_han));
    }
}
