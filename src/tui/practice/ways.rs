//! The reference ways of the tasks that are longer than a line, and the keys many begin with.

use super::press::Press::{self, Digit, Named, Op as Do, Text};
use crate::tui::keymap::{Op, Scope};

pub const REMARK: Press = Do(Op::Remark, Scope::Checklist);
pub const UNDO: Press = Do(Op::Undo, Scope::Rules);
pub const ENTER: Press = Do(Op::Open, Scope::Queue);

pub const KEEP_VIEW: &[Press] = &[
    Digit(0, 1),
    Do(Op::Filter, Scope::Queue),
    Text("金额>200万 期限<7天"),
    Named("Enter"),
    Do(Op::Palette, Scope::Queue),
    Text("存视图 7 资金大户"),
    Named("Enter"),
];

pub const DOWN: Press = Do(Op::Down, Scope::Attendance);

pub const SIGN_IN: &[Press] = &[
    Digit(2, 1),
    Do(Op::Open, Scope::Meetings),
    DOWN,
    Digit(2, 1),
    Text("原因"),
    Named("Enter"),
    DOWN,
    Digit(3, 1),
    Digit(0, 1),
];

pub const VOTE: &[Press] = &[Digit(2, 1), Do(Op::Open, Scope::Meetings), Digit(1, 2), Digit(2, 1)];

pub const JUDGE_TEN: &[Press] =
    &[Digit(1, 8), Digit(2, 1), Text("意见"), Named("F8"), Digit(4, 1), Text("理由"), Named("F8")];

pub const SUBMIT: &[Press] =
    &[Do(Op::Palette, Scope::Checklist), Text("提交结论 通过"), Named("Enter"), Named("F8"), Digit(1, 1)];

pub const TAKE_OVER: &[Press] =
    &[Do(Op::TakeOver, Scope::Queue), Text("理由"), Named("F8"), Digit(1, 1), Do(Op::History, Scope::Page)];

pub const ASSIGN: &[Press] = &[
    Digit(3, 1),
    Do(Op::MarkAll, Scope::Queue),
    Do(Op::Assign, Scope::Queue),
    Text("李娜"),
    Named("Enter"),
    Digit(1, 1),
];

pub const ASSIGN_BY_MENU: &[Press] = &[
    Digit(3, 1),
    Do(Op::MarkAll, Scope::Queue),
    Do(Op::Menu, Scope::Queue),
    Digit(2, 1),
    Text("李娜"),
    Named("Enter"),
    Digit(1, 1),
];
