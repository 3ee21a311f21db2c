//! Answers chosen from a few: yes or no, the kind of project, where it runs, and whether it is secret.

use crate::domain::project::{Deployment, InYearReason, Network, ProjectKind, ResourceCatalogue};

use super::text::{squeeze, without_notes};

/// The three classifications of state secrets.
const LEVELS: [&str; 3] = ["绝密", "机密", "秘密"];

/// What the column 涉密 says about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Nothing secret, or nothing said.
    None,
    /// The row must leave no trace 〔第十七条〕.
    Secret,
    /// An answer nobody can interpret; the row is not taken over and not shown either.
    Unclear,
}

/// Reads a yes or a no, also as a ticked box; `None` if it is neither.
pub fn read_yes_no(text: &str) -> Option<bool> {
    let text = squeeze(text);
    if let Some(ticked) = ticked(&text) {
        return read_yes_no(&ticked);
    }
    match text.trim_end_matches(['。', ';', ',']).to_lowercase().as_str() {
        "是" | "有" | "√" | "✓" | "✔" | "☑" | "y" | "yes" | "true" | "需要" | "含" => Some(true),
        "否" | "无" | "不" | "不是" | "没有" | "×" | "✗" | "☐" | "n" | "no" | "false" | "不需要" | "不含" => {
            Some(false)
        }
        _ => None,
    }
}

/// Takes the one ticked answer out of `☑是 □否`.
fn ticked(text: &str) -> Option<String> {
    let is_box = |c: char| matches!(c, '☑' | '☒' | '■' | '□' | '☐' | '○' | '●');
    let is_ticked = |c: char| matches!(c, '☑' | '☒' | '■' | '●');
    if text.chars().filter(|c| is_box(*c)).count() < 2 || text.chars().filter(|c| is_ticked(*c)).count() != 1 {
        return None;
    }
    let answer: String = text.chars().skip_while(|c| !is_ticked(*c)).skip(1).take_while(|c| !is_box(*c)).collect();
    (!answer.is_empty()).then_some(answer)
}

/// Reads the answer to 是否定制开发.
pub fn read_custom_development(text: &str) -> Option<bool> {
    match squeeze(text).as_str() {
        "定制" | "定制开发" => Some(true),
        "非定制" | "非定制开发" | "不定制" | "成品" | "成品软件" => Some(false),
        other => read_yes_no(other),
    }
}

/// Reads 当年新增原因 〔第六条〕.
pub fn read_in_year_reason(text: &str) -> Option<InYearReason> {
    let text = squeeze(text);
    let text = ticked(&text).unwrap_or(text);
    match without_notes(&text).as_str() {
        "上级要求" | "上级部署" | "上级文件要求" => Some(InYearReason::Superior),
        "其他" | "其它" | "其他原因" | "其他特殊原因" | "特殊原因" => Some(InYearReason::Other),
        code => InYearReason::parse(code),
    }
}

/// Reads whether a paper is attached.
pub fn read_attached(text: &str) -> Option<bool> {
    match squeeze(text).as_str() {
        "已附" | "附" | "见附件" | "附后" => Some(true),
        "未附" => Some(false),
        other => read_yes_no(other),
    }
}

/// Reads 建设性质.
pub fn read_kind(text: &str) -> Option<ProjectKind> {
    let text = squeeze(text);
    let text = ticked(&text).unwrap_or(text);
    let text = without_notes(&text);
    match text.trim_end_matches("项目").trim_end_matches('类') {
        "新建" => Some(ProjectKind::New),
        "改建" => Some(ProjectKind::Rebuild),
        "扩建" => Some(ProjectKind::Expand),
        "运维" | "运行维护" => Some(ProjectKind::Operation),
        "购买服务" | "服务" | "政府购买服务" => Some(ProjectKind::Service),
        code => ProjectKind::parse(code),
    }
}

/// Reads 部署方式; `None` unless exactly one is named.
pub fn read_deployment(text: &str) -> Option<Deployment> {
    only_named(
        text,
        &[
            (&["政务云"], Deployment::GovernmentCloud),
            (&["托管"], Deployment::Hosted),
            (&["租用", "租赁"], Deployment::Leased),
            (&["自建机房", "自有机房", "本地机房", "单位机房"], Deployment::OwnMachineRoom),
        ],
    )
    .or_else(|| Deployment::parse(&squeeze(text)))
}

/// Reads the network; `None` unless exactly one is named.
pub fn read_network(text: &str) -> Option<Network> {
    only_named(
        text,
        &[
            (&["政务外网"], Network::GovernmentExtranet),
            (&["专网"], Network::Private),
            (&["互联网"], Network::Internet),
        ],
    )
    .or_else(|| Network::parse(&squeeze(text)))
}

fn only_named<T: Copy>(text: &str, choices: &[(&[&str], T)]) -> Option<T> {
    let text = squeeze(text);
    let text = ticked(&text).unwrap_or(text);
    let mut named = choices.iter().filter(|(words, _)| words.iter().any(|word| text.contains(word)));
    match (named.next(), named.next()) {
        (Some((_, value)), None) => Some(*value),
        _ => None,
    }
}

/// Reads 信息资源目录: a number of entries, or a statement that there are none with its reason.
pub fn read_catalogue(text: &str) -> Option<ResourceCatalogue> {
    let squeezed = squeeze(text);
    for none in ["不涉及信息资源", "不涉及", "不适用", "无"] {
        if let Some(reason) = squeezed.strip_prefix(none) {
            let reason = reason.trim_matches(|c: char| c.is_ascii_punctuation() || matches!(c, '，' | '。' | '：'));
            return Some(ResourceCatalogue::NotApplicable(reason.to_owned()));
        }
    }
    let number = squeezed.trim_start_matches('共').trim_end_matches(['条', '项', '个']);
    if number.is_empty() || number.len() > 6 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    number.parse().ok().map(ResourceCatalogue::Entries)
}

/// Reads the column 涉密, or, where `declares_none`, the column 不涉密声明 in which 是 means the opposite.
pub fn read_secrecy(text: &str, declares_none: bool) -> Secrecy {
    let text = squeeze(text);
    let text = ticked(&text).unwrap_or(text);
    if text.is_empty() || text.chars().all(|c| matches!(c, '/' | '-' | '—' | '\\')) {
        return Secrecy::None;
    }
    match (read_yes_no(&text), declares_none) {
        (Some(true), false) | (Some(false), true) => return Secrecy::Secret,
        (Some(false), false) | (Some(true), true) => return Secrecy::None,
        (None, _) => {}
    }
    if matches!(text.as_str(), "不涉密" | "非涉密" | "不涉及" | "公开" | "非密" | "不涉及国家秘密" | "普通" | "一般")
    {
        return Secrecy::None;
    }
    if ["绝密", "机密", "秘密", "涉密"].iter().any(|word| text.contains(word)) && !text.contains(['不', '非'])
    {
        return Secrecy::Secret;
    }
    Secrecy::Unclear
}

/// Tells whether the text carries a classification as documents do: 机密★10年.
pub fn carries_mark(text: &str) -> bool {
    let text = squeeze(text);
    LEVELS.iter().any(|level| {
        text.contains(&format!("{level}★"))
            || text.contains(&format!("★{level}"))
            || text.contains(&format!("[{level}]"))
    })
}

/// Tells whether a cell consists of nothing but a classification.
pub fn is_mark(text: &str) -> bool {
    LEVELS.contains(&squeeze(text).as_str())
}

/// Tells whether the text speaks of secrets in a way a person should look at before it is kept.
pub fn sounds_secret(text: &str) -> bool {
    let mut text = squeeze(text);
    for harmless in ["非涉密", "不涉密", "不涉及国家秘密", "不含涉密", "商用密码", "密码应用", "保密协议", "商业秘密"]
    {
        text = text.replace(harmless, "");
    }
    ["绝密", "机密", "秘密", "涉密", "★"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_no_lets_a_row_pass() {
        for text in ["", "否", "不涉密", "非涉密", "无", "/", "□是 ☑否", "☐是☑否"] {
            assert_eq!(read_secrecy(text, false), Secrecy::None, "{text}");
        }
        for text in ["是", "涉密", "秘密", "机密", "绝密", "机密级", "√", "■是□否", "是。"] {
            assert_eq!(read_secrecy(text, false), Secrecy::Secret, "{text}");
        }
        for text in ["待定", "内部", "?", "是/否", "□是□否", "不清楚是否涉密"] {
            assert_eq!(read_secrecy(text, false), Secrecy::Unclear, "{text}");
        }
        assert_eq!(read_secrecy("是", true), Secrecy::None);
        assert_eq!(read_secrecy("否", true), Secrecy::Secret);
        assert_eq!(read_secrecy("不涉密", true), Secrecy::None);
        assert_eq!(read_secrecy("涉密", true), Secrecy::Secret);
    }

    #[test]
    fn false_friends_of_secrecy_do_not_alarm() {
        for text in ["商用密码应用安全性评估", "签订保密协议", "本项目非涉密", "不涉密", "密码应用方案"]
        {
            assert!(!sounds_secret(text), "{text}");
        }
        for text in ["涉密网络改造", "机密文件流转", "★级", "涉 密 机房", "非涉密与涉密网络"]
        {
            assert!(sounds_secret(text), "{text}");
        }
        assert!(carries_mark("机密 ★ 10年"));
        assert!(carries_mark("【秘密】"));
        assert!(!carries_mark("机密文件流转"));
    }

    #[test]
    fn choices_are_recognized_only_when_exactly_one_is_meant() {
        assert_eq!(read_kind("新建项目"), Some(ProjectKind::New));
        assert_eq!(read_kind("■新建□改建□扩建"), Some(ProjectKind::New));
        assert_eq!(read_kind("改扩建"), None);
        assert_eq!(read_deployment("县政务云平台"), Some(Deployment::GovernmentCloud));
        assert_eq!(read_deployment("政务云或自建机房"), None);
        assert_eq!(read_network("电子政务外网"), Some(Network::GovernmentExtranet));
        assert_eq!(read_network("互联网、政务外网"), None);
        assert_eq!(read_custom_development("否"), Some(false));
        assert_eq!(read_custom_development("部分"), None);
        assert_eq!(read_catalogue("４２条"), Some(ResourceCatalogue::Entries(42)));
        let none = ResourceCatalogue::NotApplicable("仅更新硬件".into());
        assert_eq!(read_catalogue("不涉及：仅更新硬件"), Some(none));
        assert_eq!(read_catalogue("已编制"), None);
    }
}
