//! Words of a lexicon in what people wrote: half-width or full-width, capital or small, with blanks in between.

use crate::domain::search::fold::half_width;

/// How many characters around a hit are quoted.
const AROUND: usize = 10;

/// A hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The word of the lexicon.
    pub word: String,
    /// What stands around it, as written.
    pub around: String,
}

/// A text prepared for comparing: folded characters without blanks, each with its place in the original.
struct Prepared {
    original: Vec<char>,
    folded: Vec<(char, usize)>,
}

impl Prepared {
    fn of(text: &str) -> Prepared {
        let original: Vec<char> = text.chars().collect();
        let folded = original.iter().enumerate().filter(|(_, c)| **c == '\n' || !c.is_whitespace());
        let folded = folded.map(|(at, c)| (folded_char(*c), at)).collect();
        Prepared { original, folded }
    }

    /// Finds the places at which a word begins.
    fn places<'p>(&'p self, word: &'p [char]) -> impl Iterator<Item = usize> + 'p {
        let length = word.len().max(1);
        let same = move |window: &[(char, usize)]| window.iter().map(|(c, _)| c).eq(word);
        self.folded.windows(length).enumerate().filter(move |(_, window)| same(window)).map(|(at, _)| at).filter(
            move |at| {
                // `UPS` is not in `groups`: a word of letters stands alone.
                let letter = |c: Option<&(char, usize)>| c.is_some_and(|(c, _)| c.is_ascii_alphanumeric());
                let begins = word.first().is_some_and(char::is_ascii_alphanumeric);
                let ends = word.last().is_some_and(char::is_ascii_alphanumeric);
                let before = at.checked_sub(1).and_then(|at| self.folded.get(at));
                !(begins && letter(before) || ends && letter(self.folded.get(at + length)))
            },
        )
    }

    /// Tells whether the clause denies it up to the end of a hit: `不新建机房` is no machine room, although the hit
    /// itself begins with 新建. An enumeration is one clause.
    fn is_denied(&self, end: usize, negations: &[Vec<char>]) -> bool {
        let before: Vec<char> = self.folded.iter().take(end).map(|(c, _)| *c).collect();
        let clause =
            before.rsplit(|c| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '\n')).next().unwrap_or_default();
        negations
            .iter()
            .any(|word| !word.is_empty() && clause.windows(word.len()).any(|window| window == word.as_slice()))
    }

    fn around(&self, at: usize, length: usize) -> String {
        let place = |at: usize| self.folded.get(at).map_or(self.original.len(), |(_, place)| *place);
        let (from, to) = (place(at).saturating_sub(AROUND), place(at + length).saturating_add(AROUND));
        let words = self.original.iter().skip(from).take(to.saturating_sub(from));
        words.map(|c| if c.is_control() { ' ' } else { *c }).collect::<String>().trim().to_owned()
    }
}

fn folded_char(c: char) -> char {
    let c = half_width(c);
    c.to_lowercase().next().unwrap_or(c)
}

fn folded_word(word: &str) -> Vec<char> {
    word.chars().filter(|c| !c.is_whitespace()).map(folded_char).collect()
}

/// Finds the first word of a lexicon in a name; the lexicon's order counts.
pub fn in_name(name: &str, words: &[String]) -> Option<Hit> {
    in_text(name, words, &[])
}

/// Finds the first word of a lexicon in a text of sentences, those left aside that the sentence itself denies.
pub fn in_text(text: &str, words: &[String], negations: &[String]) -> Option<Hit> {
    let prepared = Prepared::of(text);
    let negations: Vec<Vec<char>> = negations.iter().map(|word| folded_word(word)).collect();
    words.iter().find_map(|word| {
        let folded = folded_word(word);
        if folded.is_empty() {
            return None;
        }
        let at = prepared.places(&folded).find(|at| !prepared.is_denied(*at + folded.len(), &negations))?;
        Some(Hit { word: word.clone(), around: prepared.around(at, folded.len()) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_word_is_found_however_it_was_typed() {
        let room = words(&["机柜", "UPS"]);
        for text in ["机柜8台", "机 柜", "ＵＰＳ主机", "在线式ups电源", "配置UPS、精密空调", "机\u{3000}柜"]
        {
            assert!(in_name(text, &room).is_some(), "{text}");
        }
        for text in ["用户groups管理", "UPSERT接口", "机房", ""] {
            assert_eq!(in_name(text, &room), None, "{text}");
        }
    }

    #[test]
    fn what_a_sentence_denies_is_no_hit_but_the_next_sentence_counts() {
        let (room, no) = (words(&["机柜", "精密空调"]), words(&["不购", "取消"]));
        assert_eq!(in_text("本项目不购机柜、精密空调，部署在政务云。", &room, &no), None);
        assert_eq!(
            in_text("取消机柜建设；另购精密空调2台。", &room, &no).map(|hit| hit.word),
            Some("精密空调".to_owned())
        );
        assert!(in_text("不动产登记机柜", &room, &no).is_some(), "不动产 is no negation");
    }

    #[test]
    fn a_hit_quotes_what_stands_around_it_as_written() {
        let hit = in_text("一二三四五六七八九十甲乙Ａ机柜，丙丁戊己庚辛壬癸子丑寅卯", &words(&["机柜"]), &[]).unwrap();
        assert_eq!(hit.around, "四五六七八九十甲乙Ａ机柜，丙丁戊己庚辛壬癸子");
    }
}
