//! What a person writes in `keys.toml`, and what is said about it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;

fn pressed(keymap: &Keymap, scope: Scope, code: KeyCode) -> String {
    let message = keymap.translate(Mode::Commands(scope), KeyEvent::new(code, KeyModifiers::NONE));
    message.map_or(String::new(), |message| format!("{message:?}"))
}

#[track_caller]
fn problems(text: &str) -> Vec<String> {
    let (_, problems) = read_overrides(text);
    problems.iter().map(|problem| format!("{}: {}", problem.line, problem.message)).collect()
}

#[test]
fn a_changed_key_runs_the_command_and_the_old_one_no_longer() {
    let (keymap, problems) = read_overrides("[queue]\nfilter = [\"z\", \"F4\"]\n");
    assert_eq!(problems, []);
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::Char('z')), "Op(Filter)");
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::F(4)), "Op(Filter)");
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::Char('/')), "");
    assert_eq!(keymap.key_name(Op::Filter), "z");
}

#[test]
fn a_section_changes_its_place_alone_and_everywhere_all_of_them() {
    let (keymap, problems) = read_overrides("[rules]\nmenu = [\"F2\"]\n[everywhere]\nhelp = [\"F1\", \"F12x\"]\n");
    assert_eq!(problems.len(), 1);
    assert_eq!(pressed(&keymap, Scope::Rules, KeyCode::F(2)), "Op(Menu)");
    assert_eq!(pressed(&keymap, Scope::Page, KeyCode::F(8)), "Op(Menu)");
    let (keymap, problems) =
        read_overrides("[rules]\nmenu = [\"F2\"]\n[everywhere]\nmenu = [\"F3\", \"W\"]\npreview = [\"F8\"]\n");
    assert_eq!(problems, []);
    assert_eq!(pressed(&keymap, Scope::Rules, KeyCode::F(2)), "Op(Menu)");
    assert_eq!(pressed(&keymap, Scope::Page, KeyCode::Char('W')), "Op(Menu)");
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::F(8)), "Op(Preview)");
}

#[test]
fn two_commands_may_change_places() {
    let (keymap, problems) = read_overrides("[queue]\npreview = [\"n\", \"F3\"]\nplan = [\"p\", \",\"]\n");
    assert_eq!(problems, []);
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::Char('n')), "Op(Preview)");
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::Char('p')), "Op(Plan)");
}

#[test]
fn every_fault_is_told_with_its_line() {
    let text = "\
[queue]
fliter = [\"s\"]
filter = [\"F77\", \"F7\"]
preview = \"p\"
plan = [\"Ctrl-b\", \",\"]
help = [3]
import = [\"b\"]
rounds = [\"F2\"]
[projects]
menu = [\"x\"]
";
    let expected = [
        "2: 没有命令“fliter”；用 pingshen keys 查看命令的名称",
        "3: 没有键“F77”；写法如 x、F8、Ctrl-z、Space、Enter、PgDn、上",
        "4: “preview”的键应写成列表，如 [\"x\", \"F8\"]",
        "5: 不能用键“Ctrl-b”：tmux、screen 的前缀键",
        "6: “help”的键应写在引号里",
        "7: “导入”没有留下不用字母的键（如 +），开着中文输入法时就按不到；未采用",
        "8: “轮次”在队列不起作用",
    ];
    let found = problems(text);
    assert_eq!(found.get(..7), Some(&expected.map(str::to_owned)[..]));
    assert!(found[7].starts_with("9: 没有“projects”这一节，可用的节：everywhere、queue、"), "{}", found[7]);
    // What is wrong changes nothing.
    assert_eq!(read_overrides(text).0, Keymap::default());
}

#[test]
fn a_key_that_means_something_already_is_left_to_it() {
    let (keymap, found) = read_overrides("[queue]\npreview = [\"x\", \"F3\"]\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, 2);
    assert_eq!(found[0].message, "在队列，键“x”已用于“办理”，不能再用于“预览”；未采用");
    assert_eq!(keymap, Keymap::default());
}

#[test]
fn of_two_that_ask_for_the_same_key_the_earlier_has_it() {
    let (keymap, found) = read_overrides("[queue]\npreview = [\"W\", \"F3\"]\nplan = [\"W\", \",\"]\n");
    assert_eq!(found.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3]);
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::Char('W')), "Op(Preview)");
    assert_eq!(pressed(&keymap, Scope::Queue, KeyCode::Char('n')), "Op(Plan)");
}

#[test]
fn what_is_no_toml_is_told_by_its_line_and_changes_nothing() {
    let found = problems("[queue]\nfilter = [\"s\", \"F7\"]\nplan = ,\n");
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("3: 不是 TOML 写法"), "{}", found[0]);
    assert_eq!(problems(""), Vec::<String>::new());
}

#[test]
fn keys_that_others_take_first_are_refused_with_the_reason() {
    for (written, why) in [
        ("Ctrl-b", "tmux"),
        ("Ctrl-a", "tmux"),
        ("Ctrl-Space", "输入法"),
        ("Shift-Space", "输入法"),
        ("Shift", "输入法"),
        ("Ctrl-.", "输入法"),
        ("Ctrl-`", "输入法"),
        ("Ctrl-Shift-x", "输入法"),
        ("Ctrl-i", "Tab"),
        ("Ctrl-j", "换行"),
        ("Ctrl-m", "Enter"),
        ("Ctrl-[", "Esc"),
        ("Ctrl-h", "Backspace"),
        ("Ctrl-\\", "退出信号"),
        ("Ctrl-]", "telnet"),
        ("Ctrl-^", "mosh"),
        ("Ctrl-_", "mosh"),
        ("~", "OpenSSH"),
        ("～", "OpenSSH"),
        ("Ctrl-s", "流量控制"),
        ("Ctrl-q", "流量控制"),
        ("Ctrl-w", "浏览器"),
        ("Ctrl-t", "浏览器"),
        ("Ctrl-n", "浏览器"),
        ("Ctrl-r", "浏览器"),
        ("Ctrl-p", "浏览器"),
        ("Ctrl-f", "浏览器"),
        ("Alt-x", "Alt"),
        ("Alt-Enter", "Alt"),
        ("Ctrl-Enter", "送不到"),
        ("Shift-Enter", "送不到"),
        ("Shift-PgUp", "滚屏"),
        ("Shift-PgDn", "滚屏"),
        ("Ctrl-PgUp", "滚屏"),
        ("Ctrl-PgDn", "滚屏"),
        ("Shift-Insert", "粘贴"),
        ("F11", "全屏"),
        ("F12", "开发工具"),
        ("3", "数字"),
        ("３", "数字"),
        ("审", "输入法"),
    ] {
        match read_key(written) {
            Err(Unusable::Forbidden(reason)) => assert!(reason.contains(why), "{written}: {reason}"),
            other => panic!("{written}: {other:?}"),
        }
    }
}

#[test]
fn a_key_is_written_as_the_help_names_it() {
    for binding in TABLE {
        for key in binding.own_keys() {
            assert_eq!(read_key(&key.name()), Ok(key), "{:?}", binding.op);
        }
    }
    assert_eq!(read_key("？"), read_key("?"));
    assert_eq!(read_key("上"), read_key("Up"));
    assert_eq!(read_key("Hyper"), Err(Unusable::Unknown));
}
