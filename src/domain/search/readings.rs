//! How Chinese characters are read: one spelling for most, two where people commonly differ.
//!
//! The `pinyin` crate knows no context and lists archaic readings next to living ones, so the characters with
//! two living readings are named here, and the words in which the less common one is right. A query may use either: nobody typing `yx` for 银行 should find nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use pinyin::ToPinyin;

/// The spellings of one character, the second being an alternative to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) first: &'static str,
    pub(super) second: Option<&'static str>,
}

/// Characters with two living readings.
const TWO_READINGS: &[(char, &str, &str)] = &[
    ('阿', "a", "e"),
    ('柏', "bai", "bo"),
    ('蚌', "beng", "bang"),
    ('堡', "bao", "pu"),
    ('便', "bian", "pian"),
    ('扁', "bian", "pian"),
    ('薄', "bo", "bao"),
    ('剥', "bo", "bao"),
    ('伯', "bo", "bai"),
    ('泊', "bo", "po"),
    ('卜', "bu", "bo"),
    ('埔', "pu", "bu"),
    ('参', "can", "shen"),
    ('藏', "cang", "zang"),
    ('曾', "zeng", "ceng"),
    ('差', "cha", "chai"),
    ('查', "cha", "zha"),
    ('刹', "cha", "sha"),
    ('长', "chang", "zhang"),
    ('朝', "chao", "zhao"),
    ('车', "che", "ju"),
    ('匙', "chi", "shi"),
    ('仇', "chou", "qiu"),
    ('畜', "xu", "chu"),
    ('传', "chuan", "zhuan"),
    ('单', "dan", "shan"),
    ('弹', "dan", "tan"),
    ('的', "de", "di"),
    ('得', "de", "dei"),
    ('地', "di", "de"),
    ('调', "diao", "tiao"),
    ('都', "du", "dou"),
    ('度', "du", "duo"),
    ('恶', "e", "wu"),
    ('番', "fan", "pan"),
    ('佛', "fo", "fu"),
    ('冯', "feng", "ping"),
    ('盖', "gai", "ge"),
    ('给', "gei", "ji"),
    ('莞', "guan", "wan"),
    ('谷', "gu", "yu"),
    ('柜', "gui", "ju"),
    ('还', "hai", "huan"),
    ('镐', "gao", "hao"),
    ('浒', "hu", "xu"),
    ('稽', "ji", "qi"),
    ('贾', "jia", "gu"),
    ('犍', "jian", "qian"),
    ('降', "jiang", "xiang"),
    ('角', "jiao", "jue"),
    ('解', "jie", "xie"),
    ('句', "ju", "gou"),
    ('觉', "jue", "jiao"),
    ('浚', "jun", "xun"),
    ('卡', "ka", "qia"),
    ('壳', "ke", "qiao"),
    ('乐', "le", "yue"),
    ('了', "le", "liao"),
    ('露', "lu", "lou"),
    ('率', "lv", "shuai"),
    ('落', "luo", "la"),
    ('蔓', "man", "wan"),
    ('没', "mei", "mo"),
    ('泌', "mi", "bi"),
    ('模', "mo", "mu"),
    ('缪', "miao", "mou"),
    ('牟', "mou", "mu"),
    ('娜', "na", "nuo"),
    ('弄', "nong", "long"),
    ('辟', "pi", "bi"),
    ('屏', "ping", "bing"),
    ('朴', "pu", "piao"),
    ('瀑', "pu", "bao"),
    ('奇', "qi", "ji"),
    ('栖', "qi", "xi"),
    ('乾', "qian", "gan"),
    ('荨', "qian", "xun"),
    ('圈', "quan", "juan"),
    ('塞', "sai", "se"),
    ('色', "se", "shai"),
    ('厦', "sha", "xia"),
    ('杉', "shan", "sha"),
    ('歙', "she", "xi"),
    ('什', "shen", "shi"),
    ('莘', "shen", "xin"),
    ('省', "sheng", "xing"),
    ('盛', "sheng", "cheng"),
    ('识', "shi", "zhi"),
    ('拾', "shi", "she"),
    ('熟', "shu", "shou"),
    ('属', "shu", "zhu"),
    ('说', "shuo", "shui"),
    ('伺', "si", "ci"),
    ('似', "si", "shi"),
    ('覃', "qin", "tan"),
    ('拓', "tuo", "ta"),
    ('圩', "wei", "xu"),
    ('尾', "wei", "yi"),
    ('尉', "wei", "yu"),
    ('蔚', "wei", "yu"),
    ('涡', "wo", "guo"),
    ('系', "xi", "ji"),
    ('洗', "xi", "xian"),
    ('巷', "xiang", "hang"),
    ('削', "xiao", "xue"),
    ('校', "xiao", "jiao"),
    ('行', "xing", "hang"),
    ('荥', "xing", "ying"),
    ('吁', "xu", "yu"),
    ('血', "xue", "xie"),
    ('轧', "zha", "ya"),
    ('钥', "yao", "yue"),
    ('叶', "ye", "xie"),
    ('殷', "yin", "yan"),
    ('筠', "yun", "jun"),
    ('择', "ze", "zhai"),
    ('翟', "zhai", "di"),
    ('粘', "zhan", "nian"),
    ('爪', "zhao", "zhua"),
    ('折', "zhe", "she"),
    ('种', "zhong", "chong"),
    ('重', "zhong", "chong"),
    ('仔', "zi", "zai"),
    ('枞', "zong", "cong"),
    ('柞', "zuo", "zha"),
];

/// Places and office words in which a character is not read as it mostly is. The first reading of the whole name
/// should be the right one: a long query must not depend on which characters vary together.
const WORDS: &str = "\
    重庆 chong qing|重复 chong fu|重建 chong jian|重新 chong xin|重组 chong zu|重构 chong gou|\
    重阳 chong yang|\
    厦门 xia men|银行 yin hang|分行 fen hang|支行 zhi hang|总行 zong hang|央行 yang hang|\
    行业 hang ye|行情 hang qing|商行 shang hang|\
    县长 xian zhang|镇长 zhen zhang|乡长 xiang zhang|区长 qu zhang|市长 shi zhang|局长 ju zhang|\
    校长 xiao zhang|院长 yuan zhang|所长 suo zhang|站长 zhan zhang|科长 ke zhang|组长 zu zhang|\
    部长 bu zhang|成长 cheng zhang|增长 zeng zhang|家长 jia zhang|河长 he zhang|林长 lin zhang|\
    田长 tian zhang|路长 lu zhang|长子 zhang zi|\
    调解 tiao jie|调整 tiao zheng|调节 tiao jie|协调 xie tiao|调试 tiao shi|空调 kong tiao|\
    烹调 peng tiao|调控 tiao kong|调理 tiao li|\
    音乐 yin yue|乐器 yue qi|乐团 yue tuan|乐队 yue dui|乐清 yue qing|乐亭 lao ting|\
    西藏 xi zang|宝藏 bao zang|湖泊 hu po|率先 shuai xian|率领 shuai ling|表率 biao shuai|\
    供给 gong ji|给水 ji shui|给排 ji pai|补给 bu ji|给付 ji fu|自给 zi ji|给养 ji yang|\
    归还 gui huan|偿还 chang huan|返还 fan huan|还款 huan kuan|还原 huan yuan|还建 huan jian|\
    还林 huan lin|\
    牲畜 sheng chu|家畜 jia chu|差旅 chai lv|出差 chu chai|没收 mo shou|模具 mu ju|模板 mu ban|\
    投降 tou xiang|校对 jiao dui|校准 jiao zhun|校验 jiao yan|\
    自传 zi zhuan|传记 zhuan ji|反省 fan xing|拓片 ta pian|子弹 zi dan|\
    反弹 fan tan|\
    会计 kuai ji|财会 cai kuai|大夫 dai fu|提防 di fang|单县 shan xian|番禺 pan yu|泌阳 bi yang|\
    六安 lu an|六合 lu he|洪洞 hong tong|铅山 yan shan|吴堡 wu bu|蔚县 yu xian|\
    尉犁 yu li|尉迟 yu chi|渑池 mian chi|龟兹 qiu ci|秘鲁 bi lu|可汗 ke han";

/// A word and the spelling of each of its characters.
struct Word {
    chars: Vec<char>,
    spellings: Vec<&'static str>,
}

static READ_AS_WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let word = |entry: &'static str| {
        let mut parts = entry.split(' ');
        Word { chars: parts.next().unwrap_or_default().chars().collect(), spellings: parts.collect() }
    };
    WORDS.split('|').map(word).collect()
});

static BY_CHAR: LazyLock<HashMap<char, Reading>> = LazyLock::new(|| {
    TWO_READINGS.iter().map(|(c, first, second)| (*c, Reading { first, second: Some(second) })).collect()
});

/// Spells ü as keyboards do: `v`, and `u` for those who do not know.
fn typed(spelling: &'static str) -> Reading {
    match spelling {
        "lü" => Reading { first: "lv", second: Some("lu") },
        "nü" => Reading { first: "nv", second: Some("nu") },
        "lüe" => Reading { first: "lve", second: Some("lue") },
        "nüe" => Reading { first: "nve", second: Some("nue") },
        plain => Reading { first: plain, second: None },
    }
}

fn of_char(c: char) -> Option<Reading> {
    BY_CHAR.get(&c).copied().or_else(|| c.to_pinyin().map(|reading| typed(reading.plain())))
}

/// Tells how each character is read; `None` for what is not a Chinese character.
pub(super) fn readings(text: &[char]) -> Vec<Option<Reading>> {
    let mut readings: Vec<Option<Reading>> = text.iter().map(|c| of_char(*c)).collect();
    for word in READ_AS_WORDS.iter() {
        for (start, window) in text.windows(word.chars.len()).enumerate() {
            if window != word.chars {
                continue;
            }
            for (reading, spelling) in readings.iter_mut().skip(start).zip(&word.spellings) {
                *reading = reading.map(|usual| preferring(spelling, usual));
            }
        }
    }
    readings
}

/// Puts a spelling first and keeps the other, or the usual one, as the alternative.
fn preferring(spelling: &'static str, usual: Reading) -> Reading {
    let other = if usual.first == spelling { usual.second } else { Some(usual.first) };
    Reading { first: spelling, second: other }
}

/// Every syllable that occurs in an index.
static SYLLABLES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let plain = ('\u{4E00}'..='\u{9FFF}').filter_map(of_char);
    plain
        .flat_map(|reading| [Some(reading.first), reading.second])
        .flatten()
        .chain(READ_AS_WORDS.iter().flat_map(|word| word.spellings.iter().copied()))
        // The crate reads 嗯 as "n" and 呣 as "m"; as syllables they would make every letter one.
        .filter(|syllable| syllable.chars().any(|c| "aeiouv".contains(c)))
        .collect()
});

/// Tells whether letters are a whole syllable.
pub(super) fn is_syllable(letters: &str) -> bool {
    SYLLABLES.contains(letters)
}

/// Tells whether a syllable begins with these letters.
pub(super) fn begins_syllable(letters: &str) -> bool {
    SYLLABLES.range(letters..).next().is_some_and(|syllable| syllable.starts_with(letters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinyin::ToPinyinMulti;

    fn known(c: char) -> Vec<String> {
        let multi = c.to_pinyin_multi().unwrap();
        multi.into_iter().map(|reading| reading.plain().replace('ü', "v")).collect()
    }

    #[test]
    fn every_second_reading_is_known_to_dictionaries() {
        for (c, first, second) in TWO_READINGS {
            for spelling in [first, second] {
                assert!(known(*c).iter().any(|known| known == spelling), "{c} {spelling}: {:?}", known(*c));
            }
        }
    }

    #[test]
    fn every_word_is_spelled_character_by_character() {
        for word in READ_AS_WORDS.iter() {
            assert_eq!(word.chars.len(), word.spellings.len(), "{:?}", word.chars);
            for (c, spelling) in word.chars.iter().zip(&word.spellings) {
                // 乐亭 keeps a reading of its own that dictionaries of characters leave out.
                let known = known(*c);
                assert!(*spelling == "lao" || known.iter().any(|k| k == spelling), "{c} {spelling}: {known:?}");
            }
        }
    }

    #[test]
    fn no_character_is_listed_twice() {
        let listed: BTreeSet<char> = TWO_READINGS.iter().map(|(c, ..)| *c).collect();
        assert_eq!(listed.len(), TWO_READINGS.len());
    }

    #[test]
    fn a_word_is_read_as_the_word_first() {
        let text: Vec<char> = "会计会".chars().collect();
        let first: Vec<&str> = readings(&text).into_iter().flatten().map(|reading| reading.first).collect();
        assert_eq!(first, ["kuai", "ji", "hui"]);
    }

    #[test]
    fn letters_are_told_apart_from_syllables() {
        assert!(is_syllable("jiao") && is_syllable("lv") && is_syllable("a"));
        assert!(!is_syllable("j") && !is_syllable("n") && !is_syllable("jy"));
        assert!(begins_syllable("zh") && begins_syllable("jia") && !begins_syllable("zy"));
    }
}
