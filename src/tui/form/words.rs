//! What a form says in Chinese besides labels: what a field expects and what is wrong with it.
//!
//! The problems are worded for scripts too; here only those differ where a person presses keys instead of writing
//! codes. No quotation marks: `“` takes one cell on some terminals and two on others.

use super::field::{Entry, Field};
use super::sheet::Sheet;
use crate::domain::project::{Deployment, Network, ProjectKind};
use crate::domain::workflow::action::{Key, Kind};
use crate::domain::workflow::input::FieldProblem;
use crate::wording::{labels, problem};

/// Marks a field that must be filled in.
pub(super) const REQUIRED: &str = "必填";
/// The unit of every amount.
pub(super) const UNIT: &str = "万元";
/// Stands for the fields of a transcription while they are folded away.
pub(super) const FOLDED: &str = "代录 (F3 展开)";
/// Stands above the fields of a transcription.
pub(super) const UNFOLDED: &str = "代录 (F3 收起)";
/// Takes a choice back.
pub(super) const NONE: &str = "不填";
/// Stands where an action asks for nothing.
pub(super) const NOTHING_ASKED: &str = "无需填写，按 F8 提交";
/// The keys of a form, from the longest line to the shortest.
pub(super) const KEYS: [&str; 3] =
    ["F8 提交  Tab 下一项  Shift-Tab 上一项  Esc 返回(文字保留)", "F8 提交  Tab 下一项  Esc 返回", "F8 提交  Esc 返回"];

/// Names an option: what a unit declares has names of its own.
pub(super) fn choice(code: &str) -> &str {
    match code {
        "yes" => "是",
        "no" => "否",
        code => ProjectKind::parse(code)
            .map(labels::project_kind)
            .or_else(|| Deployment::parse(code).map(labels::deployment))
            .or_else(|| Network::parse(code).map(labels::network))
            .unwrap_or_else(|| labels::choice(code)),
    }
}

/// Tells whether a kind takes several lines.
pub(super) const fn is_long(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Lines | Kind::Records(_) | Kind::Named(_))
}

/// Says what a field expects, where that is not plain.
pub(super) fn hint(field: &Field, required: bool) -> Option<String> {
    if let Some(hint) = field.hint() {
        return Some(hint);
    }
    let hint = match field.spec.kind {
        Kind::Line => return None,
        Kind::Text => "回车换行，F2 下一项",
        Kind::Money => "万元，最多6位小数",
        Kind::MoneyOrZero => "万元，最多6位小数，可为零",
        Kind::Date => "如 2026-9-1 或 20260901；空着按 + 为今天，+ - 换日",
        Kind::Moment => "如 2026-9-1 14:30；空着按 + 为现在",
        Kind::Count(least, most) => return Some(format!("{least} 到 {most} 的整数")),
        Kind::Flag if required => "1 是，2 否",
        Kind::Flag => "1 是，2 否，0 不填",
        Kind::Choices(_) => "按数字选上或取消，可多选，0 全不选",
        Kind::Lines => "每行一条，回车换行，F2 下一项",
        Kind::Named(codes) => return Some(format!("每行一项: 代码=内容；代码 {}", codes.join(" "))),
        Kind::Records(parts) => {
            let parts: Vec<&str> = parts.iter().map(|part| labels::part(part)).collect();
            return Some(format!("每行一条: {}；回车换行，F2 下一项", parts.join("|")));
        }
        Kind::Choice(_) if required => "按数字或左右键选择",
        Kind::Choice(_) => "按数字或左右键选择，0 不填",
        Kind::Fix => return Some(picking_fix(field)),
        Kind::Account(_) | Kind::Expert => return Some(picking(field)),
        Kind::Digest => return Some(format!("已输入 {} / 64 位", field.value().chars().count())),
    };
    Some(hint.to_owned())
}

fn picking_fix(field: &Field) -> String {
    match &field.entry {
        Entry::Account(picker) if picker.is_empty() => "没有未销号的事项".to_owned(),
        Entry::Account(picker) => match picker.offers() {
            (offers, _) if offers.is_empty() => "没有这样的事项，退格重输".to_owned(),
            (_, 0) => "按编号或左右键选择；输入文字或拼音查找".to_owned(),
            (_, more) => format!("另有 {more} 项，输入文字或拼音查找"),
        },
        Entry::Text(_) | Entry::Choice(_) => String::new(),
    }
}

fn picking(field: &Field) -> String {
    let expert = field.spec.kind == Kind::Expert;
    match &field.entry {
        Entry::Account(picker) if picker.is_empty() && expert => "没有可选的专家".to_owned(),
        Entry::Account(picker) if picker.is_empty() => "没有可选的账号".to_owned(),
        Entry::Account(picker) => match picker.offers() {
            (offers, _) if offers.is_empty() && expert => "没有这样的专家，退格重输".to_owned(),
            (offers, _) if offers.is_empty() => "没有这样的账号，退格重输".to_owned(),
            (_, 0) if expert => "按数字选择；输入姓名、拼音或编号查找".to_owned(),
            (_, 0) => "按数字选择；输入姓名、拼音或账号查找；0 不填".to_owned(),
            (_, more) => format!("另有 {more} 人，输入姓名、拼音或账号查找；0 不填"),
        },
        Entry::Text(_) | Entry::Choice(_) => String::new(),
    }
}

/// Says what is wrong with a field.
pub(super) fn wrong(sheet: &Sheet, field: &Field, found: &FieldProblem) -> String {
    match found {
        FieldProblem::MissingBecause(key) if *key != Key::OnBehalfOf => {
            let chosen = sheet.named(key.code()).map(Field::value).unwrap_or_default();
            format!("{}为 {} 时必须填写", labels::key(*key), labels::choice(&chosen))
        }
        FieldProblem::Moment => "不是有效时间，请按 2026-9-1 14:30 填写".to_owned(),
        FieldProblem::Choice(_) => "请按数字选择".to_owned(),
        FieldProblem::Account if field.spec.kind == Kind::Fix => "没有这一项，请从未销号的事项中选择".to_owned(),
        FieldProblem::Account if field.spec.kind == Kind::Expert => "没有这位专家，请从列出的专家中选择".to_owned(),
        FieldProblem::Account => "没有这个账号，请从列出的账号中选择".to_owned(),
        FieldProblem::Digest => {
            let given = field.value().chars().count();
            format!("摘要应为 64 位十六进制数字，现为 {given} 个字符")
        }
        other => problem::field_problem(other),
    }
}
