//! How forms look, and where the caret stands.

use crossterm::event::KeyCode;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::tests::*;
use super::{Outcome, RemarkForm};
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::input::{Inputs, fields_of};
use crate::tui::width::Width;

const OPINION: &str = "方案的建设内容完整，技术路线可行；信息资源目录与共享责任清单齐全，“密评”费用已列入概算，原则同意通过\
    技术审核。请建设单位按第八条在实施前补充等保三级测评计划，并按“一数一源”要求落实数据归集。\n二、设备清单中的机柜两台\
    应当核减。\n三、请核对ISO9001证书。";

fn opinion() -> super::ActionForm {
    let mut form = form_of(fields_of(Action::DraftOpinion), &[(Key::Summary, OPINION)]);
    type_in(&mut form, "1");
    press(&mut form, KeyCode::Tab);
    form
}

#[test]
fn the_form_of_an_opinion_in_80_columns() {
    let mut form = opinion();
    type_in(&mut form, "２６８。x");
    insta::assert_snapshot!(screen(&form, 80, 24), @r"
    +- 测试 -----------------------------------------------------------------------+
    |  结果     必填  [1 通过]  2 不通过                                           |
    |> 核定额   必填  268.x              万元                                      |
    |                 ! 不是数字，请填写金额（万元，最多6位小数），如 98.5         |
    |  审核意见 必填  方案的建设内容完整，技术路线可行；信息资源目录与共享责任清单 |
    |                 齐全，“密评”费用已列入概算，原则同意通过技术审核。请建设单位 |
    |                 按第八条在实施前补充等保三级测评计划，并按“一数一源”要求落.. |
    |  核减理由                                                                    |
    |  解释口径                                                                    |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |  F8 提交  Tab 下一项  Shift-Tab 上一项  Esc 返回(文字保留)               2/5 |
    +------------------------------------------------------------------------------+
    ");
    assert_eq!((caret(&form, 80, 24).x, caret(&form, 80, 24).y), (23, 2));
}

#[test]
fn labels_stand_above_the_values_in_a_narrow_pane() {
    let mut form = opinion();
    press(&mut form, KeyCode::Tab);
    insta::assert_snapshot!(screen(&form, 42, 24), @r"
    +- 测试 ---------------------------------+
    |  结果 必填                             |
    |    [1 通过]  2 不通过                  |
    |  核定额 必填                           |
    |                       万元             |
    |    ! 必须填写                          |
    |> 审核意见 必填                         |
    |    方案的建设内容完整，技术路线可行；  |
    |    信息资源目录与共享责任清单齐全，“密 |
    |    评”费用已列入概算，原则同意通过技术 |
    |    审核。请建设单位按第八条在实施前补  |
    |    充等保三级测评计划，并按“一数一源”  |
    |    要求落实数据归集。                  |
    |    二、设备清单中的机柜两台应当核减。  |
    |    三、请核对ISO9001证书。             |
    |    回车换行，F2 下一项                 |
    |  核减理由                              |
    |  解释口径                              |
    |                                        |
    |                                        |
    |                                        |
    |                                        |
    |  F8 提交  Tab 下一项  Esc 返回     3/5 |
    +----------------------------------------+
    ");
    assert_eq!((caret(&form, 42, 24).x, caret(&form, 42, 24).y), (28, 14));
}

#[test]
fn rows_of_text_stay_short_on_a_wide_screen() {
    let mut form = opinion();
    press(&mut form, KeyCode::Tab);
    let height = form.preferred_height(120);
    insta::assert_snapshot!(screen(&form, 120, height), @r"
    +- 测试 ---------------------------------------------------------------------------------------------------------------+
    |  结果     必填  [1 通过]  2 不通过                                                                                   |
    |  核定额   必填                     万元                                                                              |
    |                 ! 必须填写                                                                                           |
    |> 审核意见 必填  方案的建设内容完整，技术路线可行；信息资源目录与共享责任清单齐全，“密评”费用                         |
    |                 已列入概算，原则同意通过技术审核。请建设单位按第八条在实施前补充等保三级测评                         |
    |                 计划，并按“一数一源”要求落实数据归集。                                                               |
    |                 二、设备清单中的机柜两台应当核减。                                                                   |
    |                 三、请核对ISO9001证书。                                                                              |
    |                 回车换行，F2 下一项                                                                                  |
    |  核减理由                                                                                                            |
    |  解释口径                                                                                                            |
    |  F8 提交  Tab 下一项  Shift-Tab 上一项  Esc 返回(文字保留)                                                       3/5 |
    +----------------------------------------------------------------------------------------------------------------------+
    ");
    assert_eq!(screen(&form, 120, 40).lines().count(), 40);
    assert_eq!(form.preferred_height(100), height);
}

#[test]
fn a_form_taller_than_its_area_scrolls_to_the_caret() {
    let mut form = opinion();
    press(&mut form, KeyCode::Tab);
    insta::assert_snapshot!(screen(&form, 60, 9), @r"
    +- 测试 ---------------------------------------------------+
    |                 ! 必须填写                               |
    |> 审核意见 必填  按第八条在实施前补充等保三级测评计划，并 |
    |                 按“一数一源”要求落实数据归集。           |
    |                 二、设备清单中的机柜两台应当核减。       |
    |                 三、请核对ISO9001证书。                  |
    |                 回车换行，F2 下一项                      |
    |  F8 提交  Tab 下一项  Esc 返回                       3/5 |
    +----------------------------------------------------------+
    ");
    type_in(&mut form, "完");
    for _ in 0..4 {
        press(&mut form, KeyCode::Up);
    }
    insta::assert_snapshot!(screen(&form, 60, 9), @r"
    +- 测试 ---------------------------------------------------+
    |                 ! 必须填写                               |
    |> 审核意见 必填  入概算，原则同意通过技术审核。请建设单位 |
    |                 按第八条在实施前补充等保三级测评计划，并 |
    |                 按“一数一源”要求落实数据归集。           |
    |                 二、设备清单中的机柜两台应当核减。       |
    |                 回车换行，F2 下一项                      |
    |  F8 提交  Tab 下一项  Esc 返回                       3/5 |
    +----------------------------------------------------------+
    ");
    assert_eq!((caret(&form, 60, 9).x, caret(&form, 60, 9).y), (42, 2));
}

#[test]
fn a_transcription_says_what_its_paper_must_show() {
    let mut form = self::form(Action::Vote);
    press(&mut form, KeyCode::F(3));
    type_in(&mut form, "3");
    press(&mut form, KeyCode::F(8));
    insta::assert_snapshot!(screen(&form, 100, form.preferred_height(100)), @r"
    +- 测试 -------------------------------------------------------------------------------------------+
    |> 结果         必填   1 同意   2 不同意   3 退回                                                  |
    |                     ! 必须填写                                                                   |
    |  意见                                                                                            |
    |  会议纪要文号                                                                                    |
    |  代录 (F3 收起)                                                                                  |
    |  代录单位            1 主管单位   2 县发改委  [3 县财政局]  4 县网信办   5 县政府   0 不填       |
    |  文号         必填                                                                               |
    |                     ! 代录时必须填写                                                             |
    |  成文日期     必填                                                                               |
    |                     ! 代录时必须填写                                                             |
    |  扫描件摘要   必填                                                                               |
    |                     ! 代录时必须填写                                                             |
    |                                                                                                  |
    |                                                                                                  |
    |                                                                                                  |
    |  F8 提交  Tab 下一项  Shift-Tab 上一项  Esc 返回(文字保留)                                   1/7 |
    +--------------------------------------------------------------------------------------------------+
    ");
}

#[test]
fn accounts_are_listed_with_their_digits() {
    let mut form = self::form(Action::AcceptScheme);
    insta::assert_snapshot!(screen(&form, 80, form.preferred_height(80)), @r"
    +- 测试 -----------------------------------------------------------------------+
    |> 评审员                                                                      |
    |           1 王芳 wangfang   2 李强 liqiang   3 王伟 wangwei                  |
    |          按数字选择；输入姓名、拼音或账号查找；0 不填                        |
    |  F8 提交  Tab 下一项  Shift-Tab 上一项  Esc 返回(文字保留)               1/1 |
    +------------------------------------------------------------------------------+
    ");
    type_in(&mut form, "1");
    insta::assert_snapshot!(screen(&form, 42, 9), @r"
    +- 测试 ---------------------------------+
    |> 评审员  王芳 (wangfang)               |
    |          [1 王芳 wangfang]             |
    |           2 李强 liqiang               |
    |           3 王伟 wangwei               |
    |          按数字选择；输入姓名、拼音或  |
    |          账号查找；0 不填              |
    |  F8 提交  Tab 下一项  Esc 返回     1/1 |
    +----------------------------------------+
    ");
    assert_eq!((caret(&form, 42, 9).x, caret(&form, 42, 9).y), (26, 1));
}

#[test]
fn an_action_that_asks_for_nothing_says_so() {
    let form = self::form(Action::AcceptPlan);
    insta::assert_snapshot!(screen(&form, 60, 6), @r"
    +- 测试 ---------------------------------------------------+
    |  无需填写，按 F8 提交                                    |
    |                                                          |
    |                                                          |
    |  F8 提交  Tab 下一项  Esc 返回                           |
    +----------------------------------------------------------+
    ");
}

#[test]
fn a_remark_wraps_by_chinese_rules_and_the_caret_follows() {
    let mut form = RemarkForm::new(&item(), None);
    let text = "设备清单第12行列有机柜两台、不间断电源一套，与“不新建机房”的要求不一致，且未说明租用的理由。";
    type_in(&mut form, text);
    insta::assert_snapshot!(screen(&form, 80, 24), @r"
    +- K03 备注 -------------------------------------------------------------------+
    |  不新建机房，采用租用、托管或者云服务方式部署                                |
    |> 问题描述  设备清单第12行列有机柜两台、不间断电源一套，与“不新建机房”的要求  |
    |            不一致，且未说明租用的理由。                                      |
    |                                                                              |
    |            回车换行，F2 下一项                                               |
    |  修改建议                                                                    |
    |  参考依据                                                                    |
    |  引用位置                                                                    |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |                                                                              |
    |  F8 提交  Tab 下一项  Shift-Tab 上一项  Esc 返回(文字保留)               1/4 |
    +------------------------------------------------------------------------------+
    ");
    insta::assert_snapshot!(screen(&form, 42, 16), @r"
    +- K03 备注 -----------------------------+
    |  不新建机房，采用租用、托管或者云服务  |
    |  方式部署                              |
    |> 问题描述                              |
    |    设备清单第12行列有机柜两台、不间断  |
    |    电源一套，与“不新建机房”的要求不一  |
    |    致，且未说明租用的理由。            |
    |    回车换行，F2 下一项                 |
    |  修改建议                              |
    |  参考依据                              |
    |  引用位置                              |
    |                                        |
    |                                        |
    |                                        |
    |  F8 提交  Tab 下一项  Esc 返回     1/4 |
    +----------------------------------------+
    ");
    assert_eq!((caret(&form, 42, 16).x, caret(&form, 42, 16).y), (29, 6));
    // Back over 由。: two wide characters.
    press(&mut form, KeyCode::Left);
    press(&mut form, KeyCode::Left);
    assert_eq!((caret(&form, 42, 16).x, caret(&form, 42, 16).y), (25, 6));
    press(&mut form, KeyCode::Home);
    assert_eq!((caret(&form, 42, 16).x, caret(&form, 42, 16).y), (5, 6));
}

#[test]
fn the_chrome_holds_nothing_of_ambiguous_width() {
    let wide = Width { ambiguous_wide: true };
    for action in Action::ALL {
        let mut form = self::form(*action);
        press(&mut form, KeyCode::F(3));
        for _ in 0..12 {
            let screen = screen(&form, 80, 40);
            let ambiguous: Vec<char> =
                screen.chars().filter(|c| wide.of_char(*c) != Width::default().of_char(*c)).collect();
            assert!(ambiguous.is_empty(), "{action}: {ambiguous:?}\n{screen}");
            press(&mut form, KeyCode::F(8));
            press(&mut form, KeyCode::Tab);
        }
    }
}

#[test]
fn the_frame_holds_where_quotation_marks_are_wide() {
    let form = opinion().with_width(Width { ambiguous_wide: true });
    let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 14));
    form.render(buffer.area, &mut buffer);
    for y in 1..13 {
        assert_eq!((buffer[(0, y)].symbol(), buffer[(59, y)].symbol()), ("|", "|"));
    }
}

#[test]
fn a_wide_character_beneath_the_frame_does_not_swallow_it() {
    let area = Rect::new(0, 0, 60, 12);
    let mut buffer = Buffer::empty(area);
    for y in 0..12 {
        buffer.set_string(0, y, "政务信息化项目".repeat(4), Style::default());
    }
    opinion().render(Rect::new(5, 2, 40, 8), &mut buffer);
    let drawn = crate::tui::screen_text(&buffer);
    let row = drawn.lines().nth(2).unwrap_or_default();
    assert!(row.starts_with("政务 +- 测试 ---"), "{row}");
    assert!(drawn.lines().nth(3).unwrap_or_default().starts_with("政务 |"));
}

proptest! {
    // Every key draws the whole form.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_keys_in_any_area_leave_the_caret_in_it(
        keys in prop::collection::vec(0usize..24, 0..40),
        (width, height) in (1u16..130, 1u16..45),
        action in 0..Action::ALL.len(),
    ) {
        let special = [
            KeyCode::Tab, KeyCode::BackTab, KeyCode::Enter, KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right,
            KeyCode::Home, KeyCode::End, KeyCode::PageUp, KeyCode::PageDown, KeyCode::Backspace, KeyCode::Delete,
            KeyCode::F(2), KeyCode::F(3), KeyCode::F(8),
        ];
        let typed = ['1', '２', '。', '王', 'w', '+', '“', '-'];
        let mut form = self::form(Action::ALL[action]);
        for key in keys {
            let code = special.get(key).copied().unwrap_or_else(|| KeyCode::Char(typed[key - special.len()]));
            if let Outcome::Submit(values) = press(&mut form, code) {
                prop_assert!(Inputs::read(Action::ALL[action], &values).is_ok());
            }
            let caret = caret(&form, width, height);
            prop_assert!(caret.x < width && caret.y < height);
        }
    }
}
