//! Conversations over a service in memory, line by line.

use super::talk::{Machine, Talk};
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::service::view::show::{ProjectView, Show};
use crate::tui::message::Message;
use crate::tui::state::State;
use crate::tui::testing::{Desk, county, register, to_review};
use crate::tui::update::wants_rest;

impl Machine for Desk {
    fn state(&mut self) -> &mut State {
        &mut self.state
    }

    fn tell(&mut self, message: Message) {
        Desk::tell(self, message);
        if wants_rest(&self.state).is_some() {
            Desk::tell(self, Message::Rested);
        }
    }

    fn is_over(&self) -> bool {
        self.left
    }
}

/// Somebody who listens.
struct Listener {
    desk: Desk,
    talk: Talk,
    code: ProjectCode,
}

const NAMES: [(&str, &str, &str); 3] = [
    ("教师培训平台", "县教育局", "62.5"),
    ("水库雨情监测平台", "县水利局", "128"),
    ("政务云密码改造", "县数据局", "96.8"),
];

impl Listener {
    fn at(account: &str) -> (Listener, Vec<String>) {
        let mut service = county();
        let codes: Vec<ProjectCode> = NAMES
            .iter()
            .map(|(name, unit, wan)| {
                let code = register(&mut service, name, unit, wan);
                to_review(&mut service, &code, wan);
                code
            })
            .collect();
        let mut desk = Desk::open(service, account, (super::COLUMNS, super::ROWS));
        let mut talk = Talk::default();
        let greeting = talk.begin(&mut desk);
        (Listener { desk, talk, code: codes[0].clone() }, greeting)
    }

    fn reviewer() -> Listener {
        Listener::at("reviewer").0
    }

    /// Writes a line and hears the answer; whatever is heard is plain text of modest length.
    #[track_caller]
    fn line(&mut self, line: &str) -> String {
        let said = self.talk.hear(&mut self.desk, line);
        for line in &said {
            assert!(!line.chars().any(char::is_control), "{line:?}");
            assert!(!line.contains("---") && !line.contains("   "), "drawn rather than said: {line:?}");
        }
        said.join("\n")
    }

    /// Writes lines one after another and hears the answer to the last.
    #[track_caller]
    fn lines(&mut self, lines: &[&str]) -> String {
        lines.iter().map(|line| self.line(line)).last().unwrap_or_default()
    }

    fn stored(&mut self) -> ProjectView {
        let session = self.desk.worker.session.clone();
        self.desk.worker.service.ask(&session, Show { project: self.code.clone() }).unwrap()
    }

    fn noted(&mut self, item: usize) -> Option<(Option<Verdict>, String)> {
        let view = self.stored();
        let items = crate::tui::screen::project::items_of(&view);
        let judgement = items[item].judgement.clone();
        judgement.map(|judgement| (judgement.verdict, judgement.remark))
    }
}

#[test]
fn coming_in_one_hears_the_list_and_its_first_project_with_every_value_named() {
    let (_, greeting) = Listener::at("reviewer");
    let said = greeting.join("\n");
    assert!(said.contains("输入 ? 看可用的命令"), "{said}");
    assert!(said.contains("队列，技术评审员，3 项"), "{said}");
    assert!(said.contains("教师培训平台，YS2027-0001，金额 62.50 万元，余期 "), "{said}");
    assert!(said.contains("，轮到 "), "{said}");
}

#[test]
fn a_step_down_says_the_next_row_and_nothing_else() {
    let mut listener = Listener::reviewer();
    let said = listener.line("j");
    assert!(said.starts_with("水库雨情监测平台，") && said.ends_with("第 2 项"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(listener.line(""), said, "an empty line repeats it");
}

#[test]
fn three_items_are_judged_in_one_line_and_a_remark_is_written() {
    let mut listener = Listener::reviewer();
    let said = listener.line("enter");
    assert!(said.contains("教师培训平台，YS2027-0001，技术评审清单"), "{said}");
    assert!(said.contains("B01，未判，"), "{said}");
    let said = listener.line("1 1 3");
    assert!(said.contains("已判 B01 为通过"), "{said}");
    assert!(said.contains("B03 备注") && said.contains("单独一个点结束本栏"), "{said}");
    assert_eq!(listener.line("方案第三章没有写明接口规范。"), "共 14 字");
    listener.line("与目录不一致。");
    let said = listener.line("F8");
    assert!(said.contains("已保存 B03 的意见") && said.contains("B04，未判"), "{said}");
    let (verdict, remark) = listener.noted(2).unwrap();
    assert_eq!(verdict, Some(Verdict::Doubt));
    assert_eq!(remark, "方案第三章没有写明接口规范。\n与目录不一致。");
}

#[test]
fn commands_typed_ahead_never_become_text() {
    let mut listener = Listener::reviewer();
    let said = listener.line("enter 2 1 1");
    assert!(said.contains("其后 2 个命令未执行"), "{said}");
    assert_eq!(listener.noted(0).unwrap().1, "");
    assert!(listener.noted(1).is_none());
}

#[test]
fn a_line_with_an_unknown_word_does_nothing_at_all() {
    let mut listener = Listener::reviewer();
    let said = listener.line("enter 1 审查 1");
    assert!(said.contains("不认识 审查，整行未执行"), "{said}");
    assert!(listener.desk.state.project.is_none());
}

#[test]
fn a_refusal_names_its_article_and_stops_the_rest_of_the_line() {
    let (mut listener, _) = Listener::at("lead");
    listener.lines(&["0", "enter"]);
    let said = listener.line("F8");
    assert!(said.contains("项现在不能办"), "{said}");
    let said = listener.line("看");
    assert!(said.contains("〔第"), "{said}");
}

#[test]
fn the_details_of_a_condition_are_told_with_their_article() {
    let mut listener = Listener::reviewer();
    listener.line("enter tab tab tab tab tab tab tab");
    let said = listener.line("细看");
    assert!(!said.is_empty());
    let said = listener.line("G 细看");
    assert!(said.contains('〔') || said.contains("办理"), "{said}");
}

#[test]
fn a_filter_is_one_line_and_its_only_hit_opens() {
    let mut listener = Listener::reviewer();
    let said = listener.line("0 /雨情");
    assert!(said.contains("水库雨情监测平台，YS2027-0002，"), "{said}");
    assert!(listener.desk.state.project.is_some());
}

#[test]
fn a_filter_that_makes_no_sense_says_so() {
    let mut listener = Listener::reviewer();
    let said = listener.line("/金额>多少");
    assert!(said.contains("筛选条件有误"), "{said}");
    let said = listener.line("esc");
    assert!(said.contains("教师培训平台"), "{said}");
}

#[test]
fn dots_end_a_text_or_are_written_and_an_escape_keeps_a_draft() {
    let mut listener = Listener::reviewer();
    listener.line("enter F4");
    listener.line("..开头的点");
    listener.line(".F8");
    let said = listener.line(".");
    assert!(said.contains("修改建议"), "{said}");
    assert!(listener.line("esc").contains("再次打开时恢复"));
    let said = listener.line("F4");
    assert!(
        said.contains("已恢复上次未提交的草稿") && said.contains("修改建议"),
        "at the field it was left in: {said}"
    );
    let said = listener.line("Shift-Tab");
    assert!(said.contains(".开头的点") && said.contains("F8"), "{said}");
}

#[test]
fn a_text_is_emptied_by_one_word_whatever_its_length() {
    let mut listener = Listener::reviewer();
    listener.line("enter F4");
    for _ in 0..12 {
        listener.line("一行很长的意见，长到在屏幕上要折成好几行才放得下，可是在这里它只是一行，读起来没有分别，写起来也没有分别。");
    }
    let said = listener.line("Ctrl-u");
    assert_eq!(said, "共 0 字");
}

#[test]
fn an_opinion_is_drafted_by_its_menu_and_form() {
    let mut listener = Listener::reviewer();
    listener.line("enter");
    for _ in 0..listener.desk.state.project.as_ref().unwrap().items().len() {
        listener.line("1");
    }
    let said = listener.line("F8");
    assert!(said.contains("1 拟定技术审核意见"), "{said}");
    let said = listener.line("1");
    assert!(said.contains("结果") && said.contains("1 "), "{said}");
    assert!(listener.line("看").contains("F8 提交"), "the whole form on demand");
    let said = listener.line("1");
    assert!(said.contains("第 2 栏"), "a line answers a field: {said}");
    let said = listener.line("F8");
    assert!(said.contains("10 分钟内可以收回") && said.contains("1 确认"), "{said}");
    let said = listener.line("1");
    assert!(said.contains("已办理：拟定技术审核意见。项目现为：待审核"), "{said}");
    assert_eq!(listener.stored().dossier.project.stage, Stage::OpinionCheck);
}

#[test]
fn an_arrow_pressed_within_a_text_is_asked_again_and_never_written() {
    let mut listener = Listener::reviewer();
    listener.line("enter F4");
    let said = listener.line("缺第\u{1b}[D章");
    assert!(said.contains("没有写入"), "{said}");
    let said = listener.line("");
    assert!(!said.contains("章"), "{said}");
}

#[test]
fn news_of_others_is_told_once_and_with_the_next_line() {
    let mut listener = Listener::reviewer();
    listener.desk.tell(Message::OthersWrote);
    assert!(listener.line("j").starts_with("有他人更新，输入 F5 载入"));
    assert!(!listener.line("k").contains("他人"));
    assert!(!listener.line("F5").contains("他人"));
}

#[test]
fn words_of_the_palette_are_commands_and_help_lists_what_works_here() {
    let mut listener = Listener::reviewer();
    listener.line("打开");
    let said = listener.line("?");
    assert!(said.contains("1通过 2不通过") && said.contains("下一未完：}，"), "{said}");
    assert!(said.contains("看 或 show"), "{said}");
    assert!(listener.line("下一未完").contains("B02"));
    assert!(listener.line("导入").contains("此处没有 导入 这个命令"));
    assert!(listener.line("在哪").contains("清单已判 0 条"));
    assert!(listener.line("看").contains("维度："));
}

#[test]
fn leaving_from_anywhere_ends_the_program_and_keeps_what_was_typed() {
    let mut listener = Listener::reviewer();
    listener.line("enter F4");
    listener.line("没写完");
    listener.line("esc");
    listener.line("退出");
    assert!(listener.desk.left);
    assert_eq!(listener.desk.state.drafts.all().count(), 1);
}

#[test]
fn every_screen_and_dialog_is_told_as_plain_lines() {
    for account in ["reviewer", "secretary", "intake"] {
        let (mut listener, _) = Listener::at(account);
        for line in ["看", "0 看", "n 看", "esc", "M 看", "esc", "P 看", "esc", "0", "enter 看"] {
            listener.line(line);
            if !listener.desk.state.is_in_queue() && line == "n 看" {
                listener.lines(&["enter 看", "F8 看", "esc", "esc"]);
            }
        }
        for pane in ["tab 看", "tab 看", "tab 细看", "tab 看", "tab 看", "tab 看", "tab 看"] {
            listener.line(pane);
        }
        listener.lines(&["F8 看", "esc", "e", "F1", "esc", "退出"]);
        assert!(listener.desk.left, "{account}");
    }
}

#[test]
fn a_command_costs_few_bytes() {
    let mut listener = Listener::reviewer();
    let step = listener.line("j").len() + 1;
    let open = listener.line("enter").len() + 1;
    let judge = listener.line("1").len() + 1;
    assert!(step <= 200 && open <= 400 && judge <= 300, "{step} {open} {judge}");
}

#[test]
fn what_needs_a_screen_and_keys_is_not_offered_line_by_line() {
    let mut listener = Listener::reviewer();
    listener.desk.state.by_lines = true;
    for name in ["体检", "练习"] {
        let said = listener.line(name);
        assert!(said.contains("请在全屏界面中进行"), "{name}: {said}");
        assert!(listener.desk.state.dialog.is_none());
    }
}
