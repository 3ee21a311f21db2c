//! What is said of a project whose content was destroyed 〔第十七条〕.

use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::Hand;

/// Stands where the name stood.
pub const NAMELESS: &str = "(内容已销毁)";

/// What the destruction cannot reach.
pub const ELSEWHERE: &str =
    "此前的备份、导出的文件和各单位手中的原件仍有原内容，请一并按保密规定处理；日志中保留摘要，可以校验";

/// Says what must be known before an action that cannot be taken back.
pub const fn caution(action: Action) -> &'static [&'static str] {
    match action {
        // One line, because a form shows no more of it on a small screen.
        Action::Expunge => &["销毁后不能恢复；理由长期保留，不要写出涉密内容，填文号或代号"],
        _ => &[],
    }
}

/// Tells a project's name, or that it has none any more.
pub fn name(name: &str) -> &str {
    if name.is_empty() { NAMELESS } else { name }
}

/// Says when and by whom.
pub fn destroyed(by: &Hand) -> String {
    format!("内容已于 {} 由 {} 销毁", by.at.format("%Y-%m-%d %H:%M"), by.name)
}
