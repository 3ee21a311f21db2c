//! The key table keeps its promises.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

fn all_keys(binding: &Binding) -> impl Iterator<Item = Key> {
    binding.letters.iter().chain(binding.keys).copied()
}

#[test]
fn no_key_is_bound_that_terminals_input_methods_or_browsers_take() {
    // Ctrl-d, u, l have another door each and are the only ones allowed with Ctrl.
    let allowed_with_ctrl = ['d', 'u', 'l', 'k', 'y', 'z'];
    for binding in TABLE {
        for key in all_keys(binding) {
            match key.code {
                KeyCode::Char(c) if key.ctrl => assert!(allowed_with_ctrl.contains(&c), "{:?}", binding.op),
                KeyCode::Char('~') | KeyCode::F(11 | 12) | KeyCode::Insert => panic!("{:?}", binding.op),
                _ => assert!(!key.ctrl, "{:?}", binding.op),
            }
        }
    }
}

#[test]
fn every_command_has_a_door_without_letters_and_a_word() {
    for binding in TABLE {
        assert!(!binding.keys.is_empty(), "{:?}", binding.op);
        let letter = |key: &Key| matches!(key.code, KeyCode::Char(c) if c.is_ascii_alphanumeric()) && !key.ctrl;
        assert!(!binding.keys.iter().any(letter), "{:?}", binding.op);
        assert!(!binding.word.is_empty() && !binding.explained.is_empty(), "{:?}", binding.op);
    }
    let mut words: Vec<&str> = TABLE.iter().map(|binding| binding.word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), TABLE.len());
}

#[test]
fn a_key_means_the_same_everywhere_or_nothing() {
    for binding in TABLE {
        for key in all_keys(binding) {
            assert_eq!(key.digit(), None, "digits belong to the place");
            let others: Vec<&Binding> = TABLE.iter().filter(|other| other.op != binding.op && other.has(key)).collect();
            assert!(others.is_empty() || BY_PLACE.contains(&key), "{:?}", binding.op);
            for other in others {
                assert!(binding.scopes.iter().all(|scope| !other.scopes.contains(scope)), "{:?}", binding.op);
            }
        }
    }
}

#[test]
fn the_key_table_itself() {
    let rows: Vec<String> = TABLE.iter().map(|b| format!("{} {} | {}", b.group.name(), b.word, b.all_keys())).collect();
    insta::assert_snapshot!(rows.join("\n"), @r##"
    看 打开 | Enter
    办 办理 | x S F8
    写 意见 | i F4
    判 采纳 | A <
    判 排除 | D >
    写 申报内容 | e =
    写 新增 | +
    判 签名 | Space
    判 全签 | *
    走 下一议题 | ]
    走 上一议题 | [
    看 计时 | t %
    看 计时归零 | T '
    写 撤销 | u Ctrl-z
    看 投屏 | b (
    办 接管 | C )
    办 文书 | e |
    办 换专家 | E "
    看 评审会 | M .
    写 导入 | I +
    看 年度计划 | n ,
    看 统计 | N ^
    办 标记 | Space
    办 全标 | *
    办 清标 | -
    走 下一年度 | ]
    走 上一年度 | [
    看 筛选 | / F7
    看 排序 | s ^
    看 存视图 | V F2
    看 预览 | p F3
    判 下一未完 | }
    判 上一未完 | {
    看 下文 | Space
    走 换页 | l Tab F6 右
    走 前一页 | h Shift-Tab 左
    走 下一项目 | ]
    走 上一项目 | [
    看 疑点 | f $
    看 审核意见 | o &
    看 历史 | H #
    看 轮次 | v _
    看 与前轮比 | c !
    看 规则口径 | P @
    走 下移 | j 下
    走 上移 | k 上
    走 下翻 | Ctrl-d PgDn
    走 上翻 | Ctrl-u PgUp
    走 首行 | g Home
    走 末行 | G End
    看 刷新 | R F5
    看 重绘 | Ctrl-l
    看 命令 | : F9
    看 帮助 | ? F1
    走 返回 | q F10
    走 取消 | Esc
    "##);
}

#[test]
fn keys_of_an_input_method_run_the_command_of_their_twin() {
    let press = |c| {
        let message = translate(Mode::Commands(Scope::Queue), KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        message.map_or(String::new(), |message| format!("{message:?}"))
    };
    assert_eq!(press('？'), "Op(Help)");
    assert_eq!(press('、'), "Op(Filter)");
    assert_eq!(press('：'), "Op(Palette)");
    assert_eq!(press('３'), "Digit(3)");
    assert_eq!(press('ｊ'), "Op(Down)");
    assert_eq!(press('申'), "Stray('申')");
    assert_eq!(press('Q'), "");
}

#[test]
fn in_a_text_field_every_key_is_text_except_the_repaint() {
    let press = |code, modifiers| translate(Mode::Text, KeyEvent::new(code, modifiers));
    assert!(matches!(press(KeyCode::Char('？'), KeyModifiers::NONE), Some(Message::Typed(_))));
    assert!(matches!(press(KeyCode::Char('3'), KeyModifiers::NONE), Some(Message::Typed(_))));
    assert!(matches!(press(KeyCode::Char('l'), KeyModifiers::CONTROL), Some(Message::Op(Op::Repaint))));
}
