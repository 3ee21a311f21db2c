//! The key table keeps its promises.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

fn keys_of(binding: &Binding) -> String {
    binding.own_keys().iter().map(|key| key.name()).collect::<Vec<_>>().join(" ")
}

fn has(binding: &Binding, key: Key) -> bool {
    binding.own_keys().contains(&key)
}

#[test]
fn no_key_is_bound_that_terminals_input_methods_or_browsers_take() {
    for binding in TABLE {
        for key in binding.own_keys() {
            assert_eq!(forbidden(key), None, "{:?} {}", binding.op, key.name());
        }
    }
}

#[test]
fn a_key_with_ctrl_is_never_the_only_door() {
    for binding in TABLE.iter().filter(|binding| binding.op != Op::Repaint) {
        let keys = binding.own_keys();
        assert!(keys.iter().all(|key| !key.ctrl) || keys.iter().any(|key| !key.ctrl), "{:?}", binding.op);
    }
}

/// Tells whether a command changes data. Exhaustive, so that a new command must say so.
fn changes_data(op: Op) -> bool {
    match op {
        Op::Menu
        | Op::Remark
        | Op::AcceptFinding
        | Op::DismissFinding
        | Op::Declaration
        | Op::Import
        | Op::Add
        | Op::Sign
        | Op::SignAll
        | Op::ReplaceMember
        | Op::TakeSeat
        | Op::KeepView
        | Op::Repeat
        | Op::Redo
        | Op::Claim
        | Op::Assign
        | Op::TakeOver
        | Op::Undo => true,
        Op::Help
        | Op::Palette
        | Op::Filter
        | Op::Back
        | Op::Escape
        | Op::NextPane
        | Op::PreviousPane
        | Op::Down
        | Op::Up
        | Op::PageDown
        | Op::PageUp
        | Op::First
        | Op::Last
        | Op::Open
        | Op::NextProject
        | Op::PreviousProject
        | Op::NextUnfinished
        | Op::PreviousUnfinished
        | Op::More
        | Op::Findings
        | Op::Preview
        | Op::Opinions
        | Op::History
        | Op::Rounds
        | Op::Compare
        | Op::Drafts
        | Op::Rulebook
        | Op::Sort
        | Op::Plan
        | Op::Stats
        | Op::Mark
        | Op::MarkAll
        | Op::MarkRange
        | Op::MarkNone
        | Op::NextYear
        | Op::PreviousYear
        | Op::Meetings
        | Op::NextItem
        | Op::PreviousItem
        | Op::Timer
        | Op::TimerReset
        | Op::Projector
        | Op::Papers
        | Op::Refresh
        | Op::Repaint
        | Op::Messages
        | Op::CopyCode
        | Op::TextPage
        | Op::KeySheet
        | Op::CheckUp
        | Op::Practice
        | Op::Theme
        | Op::Mouse => false,
    }
}

#[test]
fn every_command_has_its_four_doors() {
    // Enter and Esc are in reach of every hand; what has no key at all is rare enough for the palette; signs, the blank
    // and Ctrl-l are keys of their own.
    let without_letter =
        [Op::Open, Op::Escape, Op::Messages, Op::KeySheet, Op::CheckUp, Op::Practice, Op::Theme, Op::Mouse];
    for binding in TABLE {
        let has_letter = !binding.letters.is_empty();
        assert_eq!(has_letter, !without_letter.contains(&binding.op), "{:?}: a letter", binding.op);
        let without_letters = binding.own_keys().iter().any(|key| !key.is_letter());
        let by_palette = |scope: &Scope| of_scope(*scope).any(|other| other.op == Op::Palette);
        assert!(without_letters || binding.scopes.iter().all(by_palette), "{:?}: a way without letters", binding.op);
        assert!(!binding.word.is_empty() && !binding.explained.is_empty(), "{:?}: a word", binding.op);
        let is_named = |c: Cli| matches!(c, Cli::Changes(_));
        assert_eq!(is_named(binding.cli), changes_data(binding.op), "{:?}: the command line", binding.op);
        if let Some(verb) = binding.cli.verb() {
            assert!(!verb.is_empty(), "{:?}", binding.op);
        }
    }
    assert_eq!(TABLE.len(), Op::ALL.len(), "a command is in the table once");
    let mut words: Vec<&str> = TABLE.iter().map(|binding| binding.word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), TABLE.len());
}

#[test]
fn keys_other_than_letters_are_no_letters() {
    for binding in TABLE {
        assert!(binding.keys.iter().all(|key| !key.is_letter()), "{:?}", binding.op);
    }
}

#[test]
fn a_key_means_the_same_everywhere_or_nothing() {
    for binding in TABLE {
        for key in binding.own_keys() {
            assert_eq!(key.digit(), None, "digits belong to the place");
            let others: Vec<&Binding> =
                TABLE.iter().filter(|other| other.op != binding.op && has(other, key)).collect();
            assert!(others.is_empty() || BY_PLACE.contains(&key), "{:?}", binding.op);
            for other in others {
                assert!(binding.scopes.iter().all(|scope| !other.scopes.contains(scope)), "{:?}", binding.op);
            }
        }
    }
}

#[test]
fn the_key_table_itself() {
    let rows: Vec<String> = TABLE.iter().map(|b| format!("{} {} | {}", b.group.name(), b.word, keys_of(b))).collect();
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
    看 评审会 | M
    写 导入 | I +
    看 年度计划 | n ,
    看 统计 | N ^
    办 标记 | Space
    办 全标 | *
    办 标一段 | v _
    办 清标 | -
    走 下一年度 | ]
    走 上一年度 | [
    看 筛选 | / F7
    看 排序 | s
    看 存视图 | V F2
    看 预览 | p F3
    判 下一未完 | }
    判 上一未完 | {
    判 重复 | .
    看 下文 | Space
    走 换页 | l Tab F6 右
    走 前一页 | h Shift-Tab 左
    走 下一项目 | ]
    走 上一项目 | [
    看 疑点 | f $
    看 审核意见 | o &
    看 历史 | H #
    看 轮次 | v _
    看 与前轮比 | d !
    看 草稿 | w `
    看 规则口径 | P @
    走 下移 | j 下
    走 上移 | k 上
    走 下翻 | Ctrl-d PgDn
    走 上翻 | Ctrl-u PgUp
    走 首行 | g Home
    走 末行 | G End
    看 复制编号 | y
    看 文本页 | Y
    看 消息 | 
    看 按键表 | 
    看 体检 | 
    看 练习 | 
    看 主题 | 
    看 鼠标 | 
    看 刷新 | R F5
    看 重绘 | Ctrl-l
    看 命令 | : F9
    看 帮助 | ? F1
    走 返回 | q F10
    走 取消 | Esc
    写 重做 | U Ctrl-y
    办 认领 | c ;
    办 指派评审员 | a
    办 接管项目 | C )
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

#[test]
fn an_alias_means_exactly_what_its_twin_means() {
    let pairs = "？? ：: ；; ！! （( ）) ＊* ＋+ －- 、/ ／/ ÷/ ，, 。. 【[ ［[ 「[ 】] ］] 」] ｛{ 『{ ｝} 』} ￥$ ¥$ ＠@ ＃# \
                 ％% ＝= ＜< ＞> 《< 》> ０0 ９9 ａa ｚz Ａa Ｚz";
    for pair in pairs.split_whitespace() {
        let (typed, meant) = (pair.chars().next().unwrap(), pair.chars().nth(1).unwrap());
        let meant = if typed.is_uppercase() { meant.to_ascii_uppercase() } else { meant };
        for scope in Scope::ALL {
            let press = |c| {
                let event = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
                format!("{:?}", translate(Mode::Commands(*scope), event))
            };
            assert_eq!(press(typed), press(meant), "{typed} at {scope}");
        }
    }
}

#[test]
fn a_mark_that_is_written_twice_for_one_key_counts_once() {
    let key = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
    let mut half = HalfPair::default();
    let completed: Vec<bool> = "……—…——j——".chars().map(|c| half.completes(key(c))).collect();
    assert_eq!(completed, [false, true, false, false, false, true, false, false, true]);
}

#[test]
fn what_nobody_typed_is_stopped_and_what_somebody_typed_is_not() {
    let stopped = |scope, text: &str| {
        let key = |c| match c {
            '\n' => KeyCode::Enter,
            c => KeyCode::Char(c),
        };
        let keys: Vec<KeyEvent> = text.chars().map(|c| KeyEvent::new(key(c), KeyModifiers::NONE)).collect();
        burst(&Keymap::default(), Mode::Commands(scope), &keys, false).map(|(count, _)| count)
    };
    // A telephone number would be judgements, a note would open and close things.
    assert_eq!(stopped(Scope::Checklist, "0793-2550000"), Some(12));
    assert_eq!(stopped(Scope::Checklist, "1张伟"), Some(3));
    assert_eq!(stopped(Scope::Queue, "xS1\n1cq\nabc"), Some(11));
    // An input method's word alone is offered as it is; a held key, fast digits and a search are typed.
    assert_eq!(stopped(Scope::Queue, "教育局"), None);
    assert_eq!(stopped(Scope::Queue, "jjjjjjjjjjjjjjjj"), None);
    assert_eq!(stopped(Scope::Checklist, "1112111131"), None);
    assert_eq!(stopped(Scope::Queue, "/教育局\n"), None);
    assert_eq!(stopped(Scope::Choice, "\n张伟"), Some(3));
    let text = KeyEvent::new(KeyCode::Char('张'), KeyModifiers::NONE);
    assert_eq!(burst(&Keymap::default(), Mode::Text, &[text; 20], false), None);
    // What comes right behind a stopped paste is its rest.
    let rest = KeyEvent::new(KeyCode::Char('1'), KeyModifiers::NONE);
    assert_eq!(burst(&Keymap::default(), Mode::Commands(Scope::Checklist), &[rest], true), Some((1, "1".to_owned())));
}

#[test]
fn the_sheet_names_every_command_and_fits_a_page_of_paper() {
    let lines = sheet(&Keymap::default());
    for binding in TABLE {
        assert!(
            lines.iter().any(|line| line.contains(binding.word) && line.contains(binding.op.code())),
            "{:?}",
            binding.op
        );
    }
    let width = crate::tui::Width::default();
    assert!(lines.iter().all(|line| width.of_str(line) <= 76));
    assert!(lines.len() <= 100, "{} lines", lines.len());
}
