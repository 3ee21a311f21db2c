//! Journeys through the terminal UI: keys in, rows in the database and pictures out.

use crossterm::event::KeyCode;
use unicode_width::UnicodeWidthChar;

use super::message::Message;
use super::screen::project::Pane;
use super::testing::{Desk, act, county, register, run, to_review};
use crate::domain::actor::Role;
use crate::domain::checklist::Verdict;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::project::{Declaration, ResourceCatalogue, Stage};
use crate::domain::workflow::action::Action;
use crate::service::command::{Command, ItemAnswer, VerdictChange};
use crate::service::view::show::Show;
use crate::service::{OperationId, Service, Session};

const NAMES: [(&str, &str, &str); 3] = [
    ("教师培训平台", "县教育局", "62.5"),
    ("水库雨情监测平台", "县水利局", "128"),
    ("政务云密码改造", "县数据局", "96.8"),
];

fn review_desk(size: (u16, u16)) -> (Desk, Vec<ProjectCode>) {
    let mut service = county();
    let codes: Vec<ProjectCode> = NAMES
        .iter()
        .map(|(name, unit, wan)| {
            let code = register(&mut service, name, unit, wan);
            to_review(&mut service, &code, wan);
            code
        })
        .collect();
    (Desk::open(service, "reviewer", size), codes)
}

fn stage(desk: &mut Desk, code: &ProjectCode) -> Stage {
    let session = desk.worker.session.clone();
    desk.worker.service.ask(&session, Show { project: code.clone() }).unwrap().dossier.project.stage
}

#[test]
fn a_reviewer_goes_from_the_queue_to_a_drafted_opinion_by_keys_alone() {
    let (mut desk, codes) = review_desk((80, 24));
    desk.keys("Enter");
    let project = desk.state.project.as_ref().unwrap();
    assert_eq!((&project.code, project.pane), (&codes[0], Pane::Checklist));
    let items = project.items().len();
    // The verdict asks for its reasons; whoever has none yet closes them and goes on.
    desk.keys("2");
    assert!(desk.message().contains("请填写说明"), "{}", desk.message());
    desk.keys("Esc");
    assert!(desk.message().starts_with("B01 还缺说明"), "{}", desk.message());
    desk.keys("}");
    for _ in 1..items {
        desk.keys("1");
    }
    assert!(desk.message().contains("全部条目均已判断"), "{}", desk.message());
    desk.keys("} F4 未列密评费用 Tab 补列密评费用 Tab 密码应用评估办法 F8");
    assert_eq!(desk.message(), "全部条目均已完成");
    desk.keys("F8");
    assert!(desk.screen().contains("1 拟定技术审核意见"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.screen().contains("结果"), "{}", desk.screen());
    desk.keys("2 Tab Tab");
    assert!(desk.screen().contains("项目不予招标采购"), "the text follows the conclusion: {}", desk.screen());
    desk.keys("F4 首项否决，请整改后再报 F8 1");
    assert_eq!(desk.message(), "已办理：拟定技术审核意见。项目现为：待审核", "{}", desk.screen());
    assert_eq!(stage(&mut desk, &codes[0]), Stage::OpinionCheck);
    desk.keys("Tab Tab");
    assert!(desk.screen().contains("首项否决，请整改后再报"), "{}", desk.screen());
    desk.keys("Esc");
    assert_eq!(desk.state.queue.listing.total(), 2, "what was handed on is no longer in the queue");
}

#[test]
fn the_reasons_of_a_verdict_go_to_the_item_that_was_judged() {
    let (mut desk, _) = review_desk((80, 24));
    desk.keys("Enter 1 2");
    assert!(desk.screen().contains("B02 备注"), "{}", desk.screen());
    // Digits typed on are text now: they judge nothing, least of all this item once more.
    desk.keys("缺第3章 Tab 补第3章 Tab 办法第八条 F8");
    let noted = |desk: &Desk, at: usize| desk.state.project.as_ref().unwrap().items()[at].judgement.clone();
    let second = noted(&desk, 1).unwrap();
    assert_eq!((second.verdict, second.remark.as_str()), (Some(Verdict::Fail), "缺第3章"));
    assert_eq!(noted(&desk, 2), None);
    assert_eq!(desk.state.project.as_ref().unwrap().item, 2, "saved, and on to the next");
    desk.keys("4 由县里统一提供 F8 1");
    let (third, fourth) = (noted(&desk, 2).unwrap(), noted(&desk, 3).unwrap());
    assert_eq!((third.verdict, third.remark.as_str()), (Some(Verdict::NotApplicable), "由县里统一提供"));
    assert_eq!(fourth.verdict, Some(Verdict::Pass), "one key for what passes");
}

#[test]
fn nothing_of_what_was_destroyed_stays_in_the_program() {
    let mut service = county();
    let code = register(&mut service, "雷达阵地平台", "县教育局", "62.5");
    to_review(&mut service, &code, "62.5");
    act(&mut service, "lead", &code, Action::FreezeSecret, &[("reason", "疑似")]);
    let mut desk = Desk::open(service, "secadmin", (80, 24));
    let holds = |desk: &Desk| format!("{:?}", desk.state).contains("雷达阵地");
    desk.keys("0 p Enter F8 1 抄录雷达阵地 Esc");
    assert!(holds(&desk) && desk.state.drafts.all().count() > 0);
    desk.keys("F8 2");
    assert!(desk.screen().contains("不要写出涉密内容"), "{}", desk.screen());
    desk.keys("通知3号 F8");
    assert!(desk.screen().contains("1 确认"), "{}", desk.screen());
    desk.keys("1");
    assert!(desk.message().contains("的内容已销毁"), "{}", desk.message());
    assert!(desk.screen().contains("内容已于 2026-09-12 09:00 由 林涛 销毁"), "{}", desk.screen());
    assert!(!holds(&desk), "{:?}", desk.state);
    desk.keys("F10");
    assert!(desk.screen().contains("(内容已销毁)") && !holds(&desk), "{}", desk.screen());
}

#[test]
fn a_project_that_somebody_froze_meanwhile_is_gone_with_what_was_typed_about_it() {
    let (mut desk, codes) = review_desk((80, 24));
    desk.keys("Enter F4 抄录雷达阵地 Esc");
    let (service, name) = (&mut desk.worker.service, NAMES[0].0);
    act(service, "lead", &codes[0], Action::FreezeSecret, &[("reason", "疑似")]);
    desk.keys("F5");
    let known = format!("{:?}", desk.state);
    assert!(desk.state.project.is_none() && !known.contains(name) && !known.contains("雷达阵地"), "{known}");
}

#[test]
fn an_outward_step_is_taken_only_after_a_digit_confirms_it() {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    let mut desk = Desk::open(service, "intake", (80, 24));
    desk.keys("0 Enter F8 1");
    while !desk.screen().contains("1 确认") {
        assert!(desk.state.dialog.is_some(), "{}", desk.screen());
        desk.keys("F8");
    }
    desk.keys("Enter Space");
    assert_eq!(stage(&mut desk, &code), Stage::Draft);
    desk.keys("2 Esc");
    desk.keys("F8 1 F8 1");
    assert_eq!(stage(&mut desk, &code), Stage::PlanIntake, "{}", desk.screen());
}

#[test]
fn what_cannot_be_done_says_why_and_on_which_article() {
    let (mut desk, _) = review_desk((80, 24));
    desk.keys("Enter Tab Tab Tab 2");
    let screen = desk.screen();
    assert!(screen.contains("[缺] 拟定技术审核意见") && screen.contains("R7.3 〔第七条〕"), "{screen}");
    desk.keys("Enter");
    assert!(desk.message().starts_with("不能办理拟定技术审核意见：评审清单还有"), "{}", desk.message());
}

#[test]
fn a_colleagues_answer_to_another_item_disturbs_nothing() {
    let (mut desk, codes) = review_desk((80, 24));
    desk.keys("Enter");
    let second = desk.state.project.as_ref().unwrap().items()[1].item.id.clone();
    colleague_judges(&mut desk, &codes[0], second, Verdict::Doubt);
    desk.keys("1");
    let project = desk.state.project.as_ref().unwrap();
    let verdicts: Vec<_> =
        project.items().iter().take(2).map(|item| item.judgement.as_ref().unwrap().verdict).collect();
    assert_eq!(verdicts, [Some(Verdict::Pass), Some(Verdict::Doubt)]);
    assert!(project.outbox.is_empty());
}

#[test]
fn a_colleagues_answer_to_the_same_item_is_not_overwritten() {
    let (mut desk, codes) = review_desk((80, 24));
    desk.keys("Enter");
    let first = desk.state.project.as_ref().unwrap().items()[0].item.id.clone();
    colleague_judges(&mut desk, &codes[0], first, Verdict::Doubt);
    desk.keys("1");
    let project = desk.state.project.as_ref().unwrap();
    assert_eq!(project.items()[0].judgement.as_ref().unwrap().verdict, Some(Verdict::Doubt));
    assert!(desk.message().contains("你和他人都改了"), "{}", desk.message());
    assert!(matches!(desk.state.dialog, Some(super::widget::Dialog::Conflict(_))));
}

fn colleague_judges(desk: &mut Desk, project: &ProjectCode, item: ItemId, verdict: Verdict) {
    let verdict = VerdictChange::Set(verdict);
    let answer = ItemAnswer { item, verdict, remark: None, suggestion: None, basis: None, cite: None };
    let command = Command::Judge { project: project.clone(), answers: vec![answer], if_version: None };
    run(&mut desk.worker.service, "other", command);
}

#[test]
fn fast_digits_are_all_written_while_the_first_is_on_its_way() {
    let (mut desk, codes) = review_desk((80, 24));
    desk.keys("Enter");
    desk.hold();
    desk.keys("1 1 1 1 1");
    assert!(desk.screen().contains("正在保存"));
    desk.release(false);
    let session = desk.worker.session.clone();
    let view = desk.worker.service.ask(&session, Show { project: codes[0].clone() }).unwrap();
    assert_eq!(view.dossier.judgements.len(), 5);
    assert!(desk.state.project.as_ref().unwrap().outbox.is_empty());
}

#[test]
fn unsaved_words_come_back_when_the_remark_is_opened_again() {
    let (mut desk, _) = review_desk((80, 24));
    desk.keys("Enter F4 密评费用未列 Esc");
    assert!(desk.message().contains("存为草稿"), "{}", desk.message());
    desk.keys("F4");
    assert!(desk.screen().contains("密评费用未列"), "{}", desk.screen());
}

#[test]
fn chinese_typed_or_pasted_outside_a_field_runs_nothing_and_is_offered_as_a_filter() {
    let (mut desk, _) = review_desk((80, 24));
    desk.keys("水库");
    assert!(desk.message().ends_with("Enter 作为筛选词「水库」"), "{}", desk.message());
    desk.keys("Enter Enter");
    assert_eq!(desk.state.project.as_ref().map(|project| project.code.as_str()), Some("YS2027-0002"));
    desk.tell(Message::Pasted("q\n1\n".to_owned()));
    assert!(desk.message().starts_with("已拦截粘贴 4 字") && !desk.left);
}

#[test]
fn a_lone_esc_at_the_root_does_not_end_the_program() {
    let (mut desk, _) = review_desk((80, 24));
    desk.press(KeyCode::Esc);
    assert!(!desk.left && desk.message().starts_with("再按一次 Esc"));
    desk.press(KeyCode::Esc);
    assert!(desk.left);
}

/// Visits every screen and dialog at the size of the desk.
fn tour(desk: &mut Desk) -> Vec<String> {
    let steps = [
        "",
        "F3",
        "F7 金额>",
        "Esc",
        "?",
        "Esc",
        "0",
        "F7 没有这个 Enter",
        "F7 Esc",
        "1 Home Enter",
        "F4",
        "Esc",
        "Tab",
        "Tab",
        "1",
        "2",
        "Space",
        "F8",
        "Esc",
        "End",
    ];
    let mut screens = Vec::new();
    for step in steps {
        desk.keys(step);
        screens.push(desk.screen());
    }
    screens
}

#[test]
fn chrome_uses_no_character_whose_width_terminals_disagree_about() {
    let (mut desk, _) = review_desk((80, 24));
    for size in [(80, 24), (100, 30), (120, 40), (200, 60)] {
        desk.resize(size.0, size.1);
        for screen in tour(&mut desk) {
            for c in screen.chars().filter(|c| *c != '\n') {
                // Quotation marks come in with the shared sentences and are drawn by the width of the terminal.
                let is_quote = matches!(c, '“' | '”');
                assert!(is_quote || c.width() == c.width_cjk(), "{c:?} at {size:?} in\n{screen}");
            }
        }
        go_home(&mut desk);
    }
}

fn go_home(desk: &mut Desk) {
    desk.state.project = None;
    desk.state.dialog = None;
    desk.left = false;
}

#[test]
fn every_size_is_drawn_without_panic_and_with_the_cursor_inside() {
    let sizes = [(1, 1), (1, 200), (200, 1), (2, 2), (59, 18), (60, 17), (60, 18), (79, 24), (300, 100)];
    let (mut desk, _) = review_desk((80, 24));
    for (columns, rows) in sizes {
        desk.resize(columns, rows);
        tour(&mut desk);
        let (_, (x, y)) = desk.drawn();
        assert!(x < columns && y < rows, "{columns}x{rows}: {x},{y}");
        desk.resize(80, 24);
        go_home(&mut desk);
    }
    desk.resize(50, 15);
    insta::assert_snapshot!(desk.screen(), @"窗口过小 50x15，至少 60x18；内容仍在，F10 退出");
}

#[test]
fn a_window_far_too_small_is_told_so_in_full() {
    let (mut desk, _) = review_desk((80, 24));
    desk.resize(30, 8);
    insta::assert_snapshot!(desk.screen());
}

#[test]
fn on_the_narrowest_screen_the_tabs_scroll_and_the_current_one_is_whole() {
    let (mut desk, _) = review_desk((60, 18));
    desk.keys("Enter Tab");
    for pane in Pane::ALL.into_iter().filter(|pane| *pane != Pane::Checklist) {
        let digit = (pane.index() + 1).to_string();
        desk.keys(&digit);
        let screen = desk.screen();
        let tabs = screen.lines().nth(1).unwrap();
        let current = tabs.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(text, _)| text);
        assert!(current.unwrap().starts_with(&format!("{digit}{}", pane.brief())), "{tabs}");
        assert_eq!(tabs.ends_with('>'), !tabs.contains("8专家"), "{tabs}");
        assert_eq!(tabs.starts_with('<'), !tabs.contains("1概况"), "{tabs}");
    }
}

#[test]
fn r4_2_a_change_that_waits_for_its_approval_is_not_said_to_be_done() {
    let mut service = county();
    let school = register(&mut service, "教师培训平台", "县教育局", "62.5");
    to_review(&mut service, &school, "62.5");
    let mut desk = Desk::open(service, "lead", (80, 24));
    desk.keys("0 Enter F8");
    let menu = desk.screen();
    let digit = menu.lines().find_map(|line| line.split_once(" 变更")?.0.chars().last()).unwrap();
    desk.press(KeyCode::Char(digit));
    desk.keys("增加模块 F2");
    (0..8).for_each(|_| desk.press(KeyCode::Backspace));
    desk.keys("95 F8");
    let said = "已登记申请，尚未生效：变更。增加超过允许的幅度，待县发改委调整批复，批复以前金额不变";
    assert_eq!(desk.message(), said, "{}", desk.screen());
    let screen = desk.screen();
    assert!(screen.contains("62.50 万元  技术评审中 [变更审查中]"), "{screen}");
}

#[test]
fn whoever_thaws_a_project_out_of_sight_is_told_that_it_was_done() {
    let mut service = county();
    let school = register(&mut service, "教师培训平台", "县教育局", "62.5");
    act(&mut service, "intake", &school, Action::Submit, &[]);
    act(&mut service, "lead", &school, Action::FreezeSecret, &[("reason", "疑似")]);
    let mut desk = Desk::open(service, "secadmin", (80, 24));
    desk.keys("Enter F8 1 误判 F8");
    assert!(desk.message().starts_with("已办理：解冻。项目现为："), "{}", desk.screen());
    assert!(desk.message().ends_with("此后你无权查看"), "{}", desk.message());
    assert!(desk.state.project.is_none());
}

#[test]
fn what_people_wrote_cannot_reach_the_terminal_as_commands() {
    let mut service = county();
    register(&mut service, "平台\u{202e}倒写", "县教育局", "62.5");
    let mut desk = Desk::open(service, "intake", (120, 40));
    desk.keys("0 Enter 1");
    let (buffer, _) = desk.drawn();
    let is_harmless = |symbol: &str| !symbol.chars().any(crate::domain::text::is_forbidden);
    assert!(buffer.content().iter().all(|cell| is_harmless(cell.symbol())));
}

const SAMPLE: &str = "assets/sample/01_县教育局_申报表.xlsx";

/// Lets a unit have an account of its own.
fn hire(service: &mut Service, code: &str, unit: &str) {
    let sysadmin = Session { account: "sysadmin".to_owned(), os_user: "os".to_owned() };
    let command = Command::AddAccount {
        code: code.to_owned(),
        name: "李芳".to_owned(),
        unit: unit.to_owned(),
        roles: vec![Role::Unit],
        os_user: None,
    };
    service.execute(&sysadmin, OperationId::new(), command).unwrap();
    let secadmin = Session { account: "secadmin".to_owned(), ..sysadmin };
    let command = Command::SetAccountActive { code: code.to_owned(), active: true };
    service.execute(&secadmin, OperationId::new(), command).unwrap();
}

#[test]
fn a_form_is_imported_completed_and_submitted_by_keys_alone() {
    let mut desk = Desk::open(county(), "intake", (80, 24));
    desk.keys("I assets/sample/01 Tab");
    assert!(desk.screen().contains(SAMPLE), "{}", desk.screen());
    desk.keys("Enter");
    insta::assert_snapshot!("import_preview_80x24", desk.screen());
    desk.resize(120, 40);
    insta::assert_snapshot!("import_preview_120x40", desk.screen());
    desk.resize(80, 24);
    desk.keys("1");
    assert!(desk.message().starts_with("已导入 3 个项目：YS2027-0001"), "{}", desk.message());
    assert_eq!(desk.state.queue.listing.total(), 3, "drafts are found under 全部\n{}", desk.screen());

    let mut service = desk.worker.service;
    hire(&mut service, "edu", "县教育局");
    let mut desk = Desk::open(service, "edu", (80, 24));
    desk.keys("0 F7 金额=62.5万 Enter");
    let code = desk.state.project.as_ref().expect("the only hit opens").code.clone();
    desk.keys("=");
    insta::assert_snapshot!("declaration_80x24", desk.screen());
    desk.resize(120, 40);
    insta::assert_snapshot!("declaration_120x40", desk.screen());
    desk.resize(80, 24);
    // 资源目录, 部署方式, 网络, 方案编制单位: whatever the form left blank.
    go_to(&mut desk, "是否定制开发");
    desk.keys("1 Tab 12 Tab 1 Tab 1 Tab 某设计院 Esc");
    assert!(desk.message().contains("所填内容存为草稿"), "{}", desk.message());
    desk.keys("e F8");
    assert_eq!(desk.message(), "已保存申报内容", "{}", desk.screen());
    let declared = declaration(&mut desk, &code);
    assert_eq!((declared.custom_development, declared.designer.as_deref()), (Some(true), Some("某设计院")));
    assert_eq!(declared.catalogue, Some(ResourceCatalogue::Entries(12)));
    desk.keys("F8 1");
    while !desk.screen().contains("1 确认") {
        assert!(desk.state.dialog.is_some(), "{}", desk.screen());
        desk.keys("F8");
    }
    desk.keys("1");
    assert_eq!(stage(&mut desk, &code), Stage::PlanIntake, "{}", desk.screen());
}

fn declaration(desk: &mut Desk, code: &ProjectCode) -> Declaration {
    let session = desk.worker.session.clone();
    desk.worker.service.ask(&session, Show { project: code.clone() }).unwrap().dossier.project.declaration
}

/// Goes down a form until the field has the focus.
fn go_to(desk: &mut Desk, label: &str) {
    for _ in 0..30 {
        if desk.screen().lines().any(|line| line.contains(&format!("> {label}"))) {
            return;
        }
        desk.press(KeyCode::Tab);
    }
    panic!("no {label} in\n{}", desk.screen());
}

#[test]
fn a_colleagues_change_to_the_declaration_survives_mine() {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    let mut desk = Desk::open(service, "intake", (80, 24));
    desk.keys("0 Enter e");
    go_to(&mut desk, "方案编制单位");
    desk.keys("某设计院");
    let theirs = Declaration { leader: "张局".to_owned(), ..declaration(&mut desk, &code) };
    let command = Command::EditDeclaration { project: code.clone(), declaration: Box::new(theirs), if_version: None };
    run(&mut desk.worker.service, "intake", command);
    desk.keys("F8");
    assert!(desk.message().contains("已被他人更新"), "{}", desk.message());
    desk.keys("F8");
    let declared = declaration(&mut desk, &code);
    assert_eq!((declared.leader.as_str(), declared.designer.as_deref()), ("张局", Some("某设计院")));
}

#[test]
fn a_form_with_faults_shows_them_all_and_registers_only_what_is_sound() {
    let mut desk = Desk::open(county(), "intake", (120, 40));
    desk.keys("+ assets/sample/02_县卫健委_含错误.xlsx Enter");
    let screen = desk.screen();
    assert!(screen.contains("有问题的行") && screen.contains("1 跳过有问题的行"), "{screen}");
    desk.keys("2");
    assert!(desk.state.dialog.is_none());
    desk.keys("+ assets/none.xlsx Enter");
    assert!(desk.message().contains("没有这个文件"), "{}", desk.message());
    desk.keys("Esc F8 Enter");
    assert!(desk.screen().contains("导入申报表"), "{}", desk.screen());
}

#[test]
fn who_does_not_declare_neither_imports_nor_edits() {
    let (mut desk, _) = review_desk((80, 24));
    desk.keys("I");
    assert!(desk.message().starts_with("不能导入"), "{}", desk.message());
    desk.keys("Enter e");
    assert!(desk.message().starts_with("不能补充申报内容"), "{}", desk.message());
    desk.keys("F8");
    assert!(!desk.screen().contains("补充申报内容"), "{}", desk.screen());
}
