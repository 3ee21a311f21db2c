//! What a typed line means: keys of the one key table, words of the palette, and the few words of this mode.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::text::clean_line;
use crate::tui::keymap::alias::ascii;
use crate::tui::keymap::{Op, TABLE};

/// One command of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A key.
    Key(KeyEvent),
    /// A word of the key table; what it means is for the place to say, as `[` is.
    Word(&'static str),
    /// The filter line with this text.
    Filter(String),
    /// A line of the palette, run as its first hit.
    Palette(String),
    /// A word of this mode.
    Own(Own),
}

/// What only this mode has a word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// Tells the whole page.
    Read,
    /// Tells what is said of what has the focus.
    Detail,
    /// Tells where one is.
    Where,
    /// Tells what works here.
    Help,
    /// Says the last message again.
    Again,
    /// Ends the program.
    Leave,
}

/// The words of this mode, each with its ASCII twin for whoever has no input method at hand.
pub const OWN: &[(Own, &str, &str, &str)] = &[
    (Own::Read, "看", "show", "朗读本页全部内容"),
    (Own::Detail, "细看", "detail", "朗读当前一行的说明、条件和依据"),
    (Own::Where, "在哪", "where", "说明现在的位置"),
    (Own::Again, "再说", "again", "重复上一条消息"),
    (Own::Help, "帮助", "help", "列出此处可用的命令"),
    (Own::Leave, "退出", "quit", "保存并退出"),
];

/// Names of keys a person writes out; letters and digits are written as they are.
const NAMED: &[(&str, &str, KeyCode)] = &[
    ("enter", "回车", KeyCode::Enter),
    ("esc", "取消键", KeyCode::Esc),
    ("tab", "制表", KeyCode::Tab),
    ("shift-tab", "反制表", KeyCode::BackTab),
    ("up", "上", KeyCode::Up),
    ("down", "下", KeyCode::Down),
    ("left", "左", KeyCode::Left),
    ("right", "右", KeyCode::Right),
    ("pgup", "上页", KeyCode::PageUp),
    ("pgdn", "下页", KeyCode::PageDown),
    ("home", "首", KeyCode::Home),
    ("end", "末", KeyCode::End),
    ("backspace", "退格", KeyCode::Backspace),
];

/// What a terminal sends for keys without a character; in a line that is read whole they arrive like this.
const SENT: &[(&str, &str)] = &[
    ("\u{1b}[A", "Up"),
    ("\u{1b}[B", "Down"),
    ("\u{1b}[C", "Right"),
    ("\u{1b}[D", "Left"),
    ("\u{1b}[H", "Home"),
    ("\u{1b}[F", "End"),
    ("\u{1b}[5~", "PgUp"),
    ("\u{1b}[6~", "PgDn"),
    ("\u{1b}[Z", "Shift-Tab"),
    ("\u{1b}OP", "F1"),
    ("\u{1b}OQ", "F2"),
    ("\u{1b}OR", "F3"),
    ("\u{1b}OS", "F4"),
    ("\u{1b}[15~", "F5"),
    ("\u{1b}[17~", "F6"),
    ("\u{1b}[18~", "F7"),
    ("\u{1b}[19~", "F8"),
    ("\u{1b}[20~", "F9"),
    ("\u{1b}[21~", "F10"),
];

/// Writes out the keys a terminal put into a line, and takes away what nobody can see.
pub fn spelled(line: &str) -> String {
    let mut text = line.to_owned();
    if text.contains('\u{1b}') {
        for (sent, name) in SENT {
            text = text.replace(sent, &format!(" {name} "));
        }
        text = text.trim().replace('\u{1b}', " Esc ");
    }
    clean_line(&text).into_owned()
}

/// Makes the event of a key.
pub fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

/// Reads a key that has a name: nobody writes one of these as a line of an opinion.
pub fn named(word: &str) -> Option<KeyEvent> {
    let folded: String = word.chars().map(|c| ascii(c).to_ascii_lowercase()).collect();
    if let Some(letter) = folded.strip_prefix("ctrl-") {
        let mut letters = letter.chars();
        let only = letters.next().filter(|c| c.is_ascii_lowercase() && letters.next().is_none())?;
        return Some(KeyEvent::new(KeyCode::Char(only), KeyModifiers::CONTROL));
    }
    let number = folded.strip_prefix('f').and_then(|number| number.parse().ok());
    if let Some(number) = number.filter(|number| (1..=10).contains(number)) {
        return Some(key(KeyCode::F(number)));
    }
    NAMED.iter().find(|(latin, han, _)| *latin == folded || *han == word).map(|(_, _, code)| key(*code))
}

/// Reads a line that is nothing but named keys.
pub fn named_keys(line: &str) -> Option<Vec<Token>> {
    let keys: Option<Vec<Token>> =
        line.split_whitespace().map(|word| named_outside_text(word).map(Token::Key)).collect();
    keys.filter(|keys| !keys.is_empty())
}

/// The Chinese names of keys are words one may well write.
fn named_outside_text(word: &str) -> Option<KeyEvent> {
    named(word).filter(|_| word.chars().all(|c| ascii(c).is_ascii()))
}

/// Reads a line of commands; where one of them means nothing, tells it, and nothing of the line is to be done.
pub fn commands(line: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        if let Some(text) = filter_text(rest) {
            tokens.push(Token::Filter(text.trim().to_owned()));
            return Ok(tokens);
        }
        if let Some(text) = palette_text(rest) {
            tokens.push(Token::Palette(text.to_owned()));
            return Ok(tokens);
        }
        tokens.push(command(word).ok_or_else(|| word.to_owned())?);
        rest = behind.trim_start();
    }
    Ok(tokens)
}

/// Tells the condition behind a stroke; the stroke alone is the key.
fn filter_text(rest: &str) -> Option<&str> {
    let mut chars = rest.chars();
    let first = chars.next().filter(|c| matches!(ascii(*c), '/'))?;
    let text = rest.strip_prefix(first)?;
    (!text.trim().is_empty()).then_some(text)
}

/// Tells the command behind a colon, with what is filled in; what is known word by word needs no palette.
fn palette_text(rest: &str) -> Option<&str> {
    let text = rest.strip_prefix([':', '：'])?.trim();
    text.split_whitespace().any(|word| command(word).is_none()).then_some(text)
}

fn command(word: &str) -> Option<Token> {
    let bare = word.strip_prefix([':', '：']).filter(|bare| !bare.is_empty()).unwrap_or(word);
    let own = OWN.iter().find(|(_, han, latin, _)| *han == bare || *latin == bare.to_ascii_lowercase());
    if let Some((own, ..)) = own {
        return Some(Token::Own(*own));
    }
    if let Some(row) = TABLE.iter().find(|row| row.word == bare) {
        return Some(match row.op {
            Op::Help | Op::Palette => Token::Own(Own::Help),
            _ => Token::Word(row.word),
        });
    }
    if let Some(key) = named(word) {
        return Some(match key.code {
            KeyCode::F(1 | 9) => Token::Own(Own::Help),
            _ => Token::Key(key),
        });
    }
    if word.eq_ignore_ascii_case("space") || word == "空格" {
        return Some(Token::Key(key(KeyCode::Char(' '))));
    }
    let mut chars = word.chars();
    let only = chars.next().filter(|_| chars.next().is_none())?;
    match ascii(only) {
        '?' | ':' => Some(Token::Own(Own::Help)),
        folded if folded.is_ascii_graphic() => Some(Token::Key(key(KeyCode::Char(folded)))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn char_key(c: char) -> Token {
        Token::Key(key(KeyCode::Char(c)))
    }

    #[test]
    fn a_line_is_keys_and_words_parted_by_blanks() {
        let read = commands("j 3 F8 下一未完 :打开 看 ctrl-d").unwrap();
        let ctrl_d = KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL);
        let wanted = [
            char_key('j'),
            char_key('3'),
            Token::Key(key(KeyCode::F(8))),
            Token::Word("下一未完"),
            Token::Word("打开"),
            Token::Own(Own::Read),
            Token::Key(ctrl_d),
        ];
        assert_eq!(read, wanted);
    }

    #[test]
    fn full_width_marks_of_an_input_method_mean_their_keys() {
        assert_eq!(
            commands("３ ｝ ？ 【").unwrap(),
            [char_key('3'), char_key('}'), Token::Own(Own::Help), char_key('[')]
        );
        assert_eq!(
            commands("／状态：技术评审中 金额＞200万").unwrap(),
            [Token::Filter("状态：技术评审中 金额＞200万".to_owned())]
        );
        assert_eq!(commands("/").unwrap(), [char_key('/')]);
        assert_eq!(commands("0 ：存视图 7 大户").unwrap()[1..], [Token::Palette("存视图 7 大户".to_owned())]);
        assert_eq!(commands(":下一未完").unwrap(), [Token::Word("下一未完")]);
    }

    #[test]
    fn what_means_nothing_is_told_and_nothing_of_the_line_is_done() {
        assert_eq!(commands("1 1 xyz 1"), Err("xyz".to_owned()));
        assert_eq!(commands("113"), Err("113".to_owned()));
        assert_eq!(commands("教"), Err("教".to_owned()));
    }

    #[test]
    fn a_function_key_pressed_before_enter_is_its_name() {
        assert_eq!(spelled("\u{1b}[19~"), "F8");
        assert_eq!(commands(&spelled("1 \u{1b}[B 1")).unwrap().len(), 3);
        assert!(!spelled("\u{1b}[99;1x \u{7}").contains(char::is_control));
        assert_eq!(spelled("  缩进的一行"), "  缩进的一行");
    }

    #[test]
    fn a_line_of_named_keys_is_told_from_a_line_of_text() {
        assert!(named_keys("Tab F8").is_some());
        assert!(named_keys("ESC").is_some());
        for text in ["上", "F8 提交", "j", "末", "", "f11"] {
            assert!(named_keys(text).is_none(), "{text}");
        }
    }
}
