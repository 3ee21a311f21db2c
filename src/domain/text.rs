//! Text from outside: takes away what nobody can see and what a terminal would obey.
//!
//! Pasted, imported and typed text may hold escape sequences, marks that turn the writing direction around, or
//! characters of no width. None of them means anything in an opinion or a project name, but they misplace
//! columns, hide differences between two names, or make a terminal act. So every text passes here when it comes
//! in, and once more before it is shown, because a row in the database may have been written by other hands.

use std::borrow::Cow;

/// How many blanks stand for a tab in a text of several lines.
const TAB: &str = "    ";

/// Tells whether a character has no place in any text: it is a control, invisible, or belongs to nobody.
///
/// The line feed is a control too; [`clean_text`] alone lets it pass.
pub fn is_forbidden(c: char) -> bool {
    // The last two code points of every plane are not characters.
    c.is_control()
        || (c as u32 & 0xFFFE) == 0xFFFE
        || matches!(c,
            '\u{00AD}' // soft hyphen
            | '\u{034F}' // combining grapheme joiner
            | '\u{061C}' // Arabic letter mark
            | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // Hangul fillers, blank but not blanks
            | '\u{180E}' // Mongolian vowel separator
            | '\u{200B}'..='\u{200F}' // zero width, joiners, direction marks
            | '\u{2028}' | '\u{2029}' // line and paragraph separator
            | '\u{202A}'..='\u{202E}' // direction overrides
            | '\u{2060}'..='\u{206F}' // word joiner, isolates, deprecated format characters
            | '\u{E000}'..='\u{F8FF}' // private use
            | '\u{FDD0}'..='\u{FDEF}' // not characters
            | '\u{FEFF}' // byte order mark
            | '\u{FFF9}'..='\u{FFFB}' // interlinear annotation
            | '\u{E0000}'..='\u{E007F}' // tags
            | '\u{F0000}'..='\u{10FFFF}') // private use planes
}

/// Tells whether a character ends a line somewhere: in Word a vertical tab does, in other places U+2028.
fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Tells whether a text of several lines may stay as it is.
pub fn is_clean(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !is_forbidden(c))
}

/// Cleans a text of one line: line breaks and tabs become a blank, forbidden characters go.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_forbidden) { Cow::Owned(clean(text, " ", " ")) } else { Cow::Borrowed(text) }
}

/// Cleans a text of several lines: every kind of line break becomes `\n`, a tab four blanks, forbidden
/// characters go.
pub fn clean_text(text: &str) -> Cow<'_, str> {
    if is_clean(text) { Cow::Borrowed(text) } else { Cow::Owned(clean(text, "\n", TAB)) }
}

fn clean(text: &str, line_break: &str, tab: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        if c == '\t' {
            cleaned.push_str(tab);
        } else if breaks_line(c) {
            // A return and the line feed behind it are one break.
            if !(c == '\n' && after_return) {
                cleaned.push_str(line_break);
            }
        } else if !is_forbidden(c) {
            cleaned.push(c);
        }
        after_return = c == '\r';
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_sequence_loses_its_escape() {
        assert_eq!(clean_line("甲\u{1b}[2J乙\u{9b}31m丙\u{7}"), "甲[2J乙31m丙");
    }

    #[test]
    fn marks_nobody_sees_are_removed() {
        for c in [
            '\u{200b}',
            '\u{200d}',
            '\u{202e}',
            '\u{2066}',
            '\u{feff}',
            '\u{61c}',
            '\u{ad}',
            '\u{180e}',
            '\u{3164}',
            '\u{1160}',
            '\u{e0041}',
            '\u{e123}',
            '\u{fdd0}',
            '\u{1fffe}',
            '\u{10fffd}',
            '\u{7f}',
        ] {
            assert_eq!(clean_text(&format!("教{c}育")), "教育", "{c:?}");
            assert_eq!(clean_line(&format!("教{c}育")), "教育", "{c:?}");
            assert!(!is_clean(&c.to_string()), "{c:?}");
        }
    }

    #[test]
    fn chinese_text_with_its_marks_stays_and_is_not_copied() {
        let text = "　　项目“十四五”——①建设，𠮷林㎡。";
        assert!(matches!(clean_line(text), Cow::Borrowed(same) if same == text));
        assert!(matches!(clean_text("甲\n乙"), Cow::Borrowed("甲\n乙")));
    }

    #[test]
    fn every_kind_of_line_break_becomes_one_line_feed() {
        assert_eq!(clean_text("甲\r\n乙\r丙\n丁\u{2028}戊\u{b}己\r\r\n庚"), "甲\n乙\n丙\n丁\n戊\n己\n\n庚");
        assert_eq!(clean_line("甲\r\n乙\t丙"), "甲 乙 丙");
        assert_eq!(clean_text("甲\t乙"), "甲    乙");
    }

    proptest! {
        #[test]
        fn a_cleaned_text_holds_nothing_forbidden_and_stays_as_it_is(text in any::<String>()) {
            let line = clean_line(&text).into_owned();
            prop_assert!(!line.chars().any(is_forbidden));
            prop_assert_eq!(clean_line(&line), line.as_str());
            let lines = clean_text(&text).into_owned();
            prop_assert!(is_clean(&lines));
            prop_assert_eq!(clean_text(&lines), lines.as_str());
        }

        #[test]
        fn bare_controls_never_survive(text in "[\u{0}-\u{20}\u{7f}-\u{a0}\u{200a}-\u{2070}\u{fff0}-\u{ffff}教]{0,40}") {
            prop_assert!(!clean_line(&text).chars().any(is_forbidden));
            prop_assert!(is_clean(&clean_text(&text)));
        }
    }
}
