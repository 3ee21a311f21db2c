//! The one place where text becomes XML.

use crate::domain::text::{clean_text, is_forbidden};

/// Writes text so that it is content and nothing else. What XML 1.0 forbids altogether (section 2.2) has no escape and
/// is dropped, as is everything nobody can see: a row may have been written by other hands.
pub fn esc(text: &str) -> String {
    let text = clean_text(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push(c),
            _ if is_forbidden(c) || !is_xml(c) => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Tells whether XML 1.0 allows a character at all.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_xml_would_obey_is_written_as_text() {
        assert_eq!(esc("<w:p>&\"'</w:p>"), "&lt;w:p&gt;&amp;&quot;&apos;&lt;/w:p&gt;");
    }

    #[test]
    fn what_xml_forbids_is_dropped() {
        assert_eq!(esc("甲\u{0}\u{1b}[2J乙\u{ffff}\u{fffe}丙\u{8}\u{202e}丁"), "甲[2J乙丙丁");
        assert_eq!(esc("𠮷田——“十四五”"), "𠮷田——“十四五”");
    }

    proptest! {
        #[test]
        fn nothing_forbidden_survives(text in any::<String>()) {
            let escaped = esc(&text);
            prop_assert!(escaped.chars().all(is_xml));
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
        }
    }
}
