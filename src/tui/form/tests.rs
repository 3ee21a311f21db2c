//! Forms filled in by keys, and how they look.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{ActionForm, Outcome, RemarkForm};
use crate::domain::calendar::parse_moment;
use crate::domain::checklist::{ChecklistItem, Dimension, Judgement, Verdict, Weight};
use crate::domain::ids::ItemId;
use crate::domain::workflow::action::{Action, InputSpec, Key, Kind, Need};
use crate::domain::workflow::input::{FieldProblem, InputProblem, Inputs, fields_of};
use crate::tui::journal::{Content, FieldText};
use crate::tui::screen_text;

/// What both forms do alike.
pub(super) trait Form {
    fn take(&mut self, key: KeyEvent) -> Outcome;
    fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position>;
}

impl Form for ActionForm {
    fn take(&mut self, key: KeyEvent) -> Outcome {
        self.handle(key)
    }
    fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.render(area, buf)
    }
}

impl Form for RemarkForm {
    fn take(&mut self, key: KeyEvent) -> Outcome {
        self.handle(key)
    }
    fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.render(area, buf)
    }
}

pub(super) fn press(form: &mut impl Form, code: KeyCode) -> Outcome {
    form.take(KeyEvent::new(code, KeyModifiers::NONE))
}

pub(super) fn control(form: &mut impl Form, c: char) -> Outcome {
    form.take(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

pub(super) fn type_in(form: &mut impl Form, text: &str) {
    for c in text.chars() {
        assert_eq!(press(form, KeyCode::Char(c)), Outcome::Stay);
    }
}

pub(super) fn screen(form: &impl Form, width: u16, height: u16) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    form.draw(buffer.area, &mut buffer);
    screen_text(&buffer)
}

pub(super) fn caret(form: &impl Form, width: u16, height: u16) -> Position {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    form.draw(buffer.area, &mut buffer).unwrap()
}

fn people() -> Vec<(String, String)> {
    [("wangfang", "王芳"), ("liqiang", "李强"), ("wangwei", "王伟")].map(|(c, n)| (c.to_owned(), n.to_owned())).to_vec()
}

pub(super) fn form_of(fields: Vec<InputSpec>, defaults: &[(Key, &str)]) -> ActionForm {
    let defaults = defaults.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
    let now = parse_moment("2026-09-12T09:30:15+08:00").unwrap();
    ActionForm::new("测试", fields, defaults, people(), now)
}

pub(super) fn form(action: Action) -> ActionForm {
    form_of(fields_of(action), &[])
}

/// A form of one field.
pub(super) fn only(key: Key, kind: Kind) -> ActionForm {
    form_of(vec![InputSpec { key, kind, need: Need::Always }], &[])
}

fn value(form: &ActionForm, key: Key) -> String {
    form.values().get(key.code()).cloned().unwrap_or_default()
}

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

pub(super) fn item() -> ChecklistItem {
    ChecklistItem {
        id: ItemId::typed("K03"),
        dimension: Dimension::Feasibility,
        text: "不新建机房，采用租用、托管或者云服务方式部署".to_owned(),
        evidence: "设备清单中无机柜".to_owned(),
        articles: vec![10],
        weight: Weight::Veto,
        applies_to: [].into(),
    }
}

/// What a person types into a field of the kind.
fn typed(kind: Kind) -> &'static str {
    match kind {
        Kind::Line => "县发改〔2026〕18号",
        Kind::Text => "方案基本可行，同意。",
        Kind::Money | Kind::MoneyOrZero => "２６８。５",
        Kind::Date => "2026年9月1日",
        Kind::Moment => "2026-9-1 14：30",
        Kind::Count(..) => "８６",
        Kind::Flag | Kind::Choices(_) => "１",
        Kind::Lines => "第一条",
        Kind::Records(_) => "张三|县教育局|主任",
        Kind::Named(_) => "security=良",
        Kind::Choice(_) => "２",
        Kind::Account(_) | Kind::Expert | Kind::Fix => "王芳",
        Kind::Digest => "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    }
}

#[test]
fn every_action_can_be_filled_in_and_submitted_by_keys_alone() {
    for action in Action::ALL {
        let mut form = form(*action);
        if action.transcribable() {
            press(&mut form, KeyCode::F(3));
            press(&mut form, KeyCode::Tab);
            while !screen(&form, 80, 24).contains(" 1/") {
                press(&mut form, KeyCode::BackTab);
            }
        }
        let fields = fields_of(*action);
        for (index, field) in fields.iter().enumerate() {
            control(&mut form, 'u');
            type_in(&mut form, typed(field.kind));
            if index + 1 < fields.len() {
                press(&mut form, KeyCode::F(2));
            }
        }
        match press(&mut form, KeyCode::F(2)) {
            Outcome::Submit(values) => {
                let given: Vec<&str> = values.keys().map(String::as_str).collect();
                assert_eq!(given.len(), fields.len(), "{action}: {given:?}");
                Inputs::read(*action, &values).unwrap();
            }
            other => panic!("{action}: {other:?}\n{}", screen(&form, 80, 40)),
        }
    }
}

#[test]
fn only_what_must_be_given_is_enough() {
    for action in Action::ALL {
        let mut form = form(*action);
        for field in fields_of(*action) {
            if field.need == Need::Always {
                press(&mut form, KeyCode::F(8));
                type_in(&mut form, typed(field.kind));
            }
        }
        // The second choice of a vote asks for an opinion, that of a filing or of how members were found for a reason.
        if matches!(action, Action::Vote | Action::DecideFiling | Action::FormPanel) {
            press(&mut form, KeyCode::F(8));
            type_in(&mut form, "理由");
        }
        match press(&mut form, KeyCode::F(8)) {
            Outcome::Submit(values) => assert!(Inputs::read(*action, &values).is_ok()),
            other => panic!("{action}: {other:?}\n{}", screen(&form, 80, 40)),
        }
    }
}

#[test]
fn an_amount_is_folded_to_ascii_as_it_is_typed() {
    let mut form = only(Key::Amount, Kind::Money);
    type_in(&mut form, "１２８。");
    assert_eq!(value(&form, Key::Amount), "128.");
    assert!(!screen(&form, 80, 24).contains("!"), "not yet wrong while it is typed");
    type_in(&mut form, "５");
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Submit(map(&[("amount_wan", "128.5")])));
}

#[test]
fn an_amount_that_is_wrong_says_so_while_it_is_typed() {
    let mut form = only(Key::Amount, Kind::Money);
    assert!(!screen(&form, 80, 24).contains("!"));
    type_in(&mut form, "约");
    assert!(screen(&form, 80, 24).contains("! 不是数字，请填写金额（万元，最多6位小数），如 98.5"));
    press(&mut form, KeyCode::Backspace);
    type_in(&mut form, "0");
    assert!(!screen(&form, 80, 24).contains("!"), "0 may become 0.5");
    press(&mut form, KeyCode::F(8));
    assert!(screen(&form, 80, 24).contains("! 不能为零"));
    let mut free = only(Key::Assessed, Kind::MoneyOrZero);
    type_in(&mut free, "0");
    assert_eq!(press(&mut free, KeyCode::F(8)), Outcome::Submit(map(&[("assessed_wan", "0")])));
}

#[test]
fn a_pasted_amount_loses_the_unit_but_never_changes_its_meaning() {
    for (pasted, held) in
        [("268.5万元", "268.5"), (" ２６８ ", "268"), ("268万", "268万"), ("1,280", "1,280"), ("268元", "268元")]
    {
        let mut form = only(Key::Amount, Kind::Money);
        form.paste(pasted);
        assert_eq!(value(&form, Key::Amount), held, "{pasted}");
    }
}

#[test]
fn a_date_takes_its_regular_form_when_left() {
    for text in ["2026-9-1", "20260901", "2026/9/1", "2026年9月1日", "２０２６。９。１"] {
        let mut form = form(Action::RecordGovernmentDecision);
        press(&mut form, KeyCode::Tab);
        press(&mut form, KeyCode::Tab);
        type_in(&mut form, text);
        press(&mut form, KeyCode::Tab);
        assert_eq!(value(&form, Key::DocDate), "2026-09-01");
        assert!(screen(&form, 80, 24).contains("2026-09-01"), "{text}");
    }
}

#[test]
fn plus_and_minus_step_days_from_today() {
    let mut form = only(Key::DocDate, Kind::Date);
    type_in(&mut form, "+");
    assert_eq!(value(&form, Key::DocDate), "2026-09-12");
    type_in(&mut form, "＋+-");
    assert_eq!(value(&form, Key::DocDate), "2026-09-13");
    control(&mut form, 'u');
    type_in(&mut form, "2026-9-1-");
    assert_eq!(value(&form, Key::DocDate), "2026-08-31", "the third minus has nothing left to part");
}

#[test]
fn a_date_is_wrong_once_it_cannot_become_right_or_is_left() {
    let mut form = only(Key::DocDate, Kind::Date);
    type_in(&mut form, "2026-9");
    assert!(!screen(&form, 80, 24).contains("!"));
    press(&mut form, KeyCode::F(8));
    assert!(screen(&form, 80, 24).contains("! 不是有效日期，请按 2026-09-12 填写"));
    type_in(&mut form, "-1");
    assert!(!screen(&form, 80, 24).contains("!"));
    let mut wrong = only(Key::DocDate, Kind::Date);
    type_in(&mut wrong, "2026-13");
    assert!(screen(&wrong, 80, 24).contains("! 不是有效日期"));
}

#[test]
fn the_day_of_signing_is_today_and_that_of_anothers_paper_is_left_open() {
    assert_eq!(value(&form(Action::SignOpinion), Key::DocDate), "2026-09-12");
    assert_eq!(value(&form(Action::ApproveProject), Key::DocDate), "");
    let given = form_of(fields_of(Action::SignOpinion), &[(Key::DocDate, "2026-9-1")]);
    assert_eq!(value(&given, Key::DocDate), "2026-09-01");
}

#[test]
fn a_moment_is_typed_without_its_offset_and_handed_in_with_it() {
    let mut form = form(Action::Submit);
    type_in(&mut form, "２０２６－９－１　１４：３０");
    assert_eq!(press(&mut form, KeyCode::F(2)), Outcome::Submit(map(&[("received_at", "2026-09-01T14:30:00+08:00")])));
    assert!(screen(&form, 80, 24).contains("2026-09-01 14:30"));
    control(&mut form, 'u');
    type_in(&mut form, "+");
    assert_eq!(value(&form, Key::ReceivedAt), "2026-09-12T09:30:00+08:00");
}

#[test]
fn a_score_is_a_whole_number_to_100() {
    let mut form = only(Key::ExAnteScore, Kind::Count(0, 100));
    type_in(&mut form, "１０１");
    assert!(screen(&form, 80, 24).contains("! 请填写 0 到 100 的整数"));
    press(&mut form, KeyCode::Backspace);
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Submit(map(&[("ex_ante_score", "10")])));
}

#[test]
fn a_digest_counts_its_digits_until_it_is_left() {
    let mut form = only(Key::ScanDigest, Kind::Digest);
    type_in(&mut form, "66C7");
    assert!(screen(&form, 80, 24).contains("已输入 4 / 64 位"));
    press(&mut form, KeyCode::F(8));
    assert!(screen(&form, 80, 24).contains("! 摘要应为 64 位十六进制数字，现为 4 个字符"));
    control(&mut form, 'u');
    form.paste("66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0\n");
    assert!(matches!(press(&mut form, KeyCode::F(8)), Outcome::Submit(_)));
}

#[test]
fn an_option_is_chosen_by_digit_or_arrows_and_taken_back() {
    let mut form = form(Action::Vote);
    let result = |form: &ActionForm| value(form, Key::Result);
    type_in(&mut form, "２");
    assert_eq!(result(&form), "disagree");
    press(&mut form, KeyCode::Right);
    assert_eq!(result(&form), "return");
    press(&mut form, KeyCode::Right);
    assert_eq!(result(&form), "return");
    press(&mut form, KeyCode::Left);
    press(&mut form, KeyCode::Left);
    assert_eq!(result(&form), "agree");
    type_in(&mut form, "0");
    assert_eq!(result(&form), "");
    press(&mut form, KeyCode::Left);
    assert_eq!(result(&form), "return");
    press(&mut form, KeyCode::Backspace);
    assert_eq!(result(&form), "");
    type_in(&mut form, "同9");
    assert_eq!(result(&form), "");
    assert!(screen(&form, 80, 24).contains("! 此项按数字选择"));
    form.paste("不同意");
    assert_eq!(result(&form), "disagree");
}

#[test]
fn an_account_is_found_by_name_pinyin_or_code_and_chosen_by_digit() {
    for (keys, chosen) in [
        ("王芳", "wangfang"),
        ("lq", "liqiang"),
        ("wangwei", "wangwei"),
        ("２", "liqiang"),
        ("王2", "wangwei"),
        ("王2０", ""),
    ] {
        let mut form = form(Action::AcceptScheme);
        type_in(&mut form, keys);
        let held = match press(&mut form, KeyCode::F(8)) {
            Outcome::Submit(values) => values.get("reviewer").cloned().unwrap_or_default(),
            other => panic!("{keys}: {other:?}"),
        };
        assert_eq!(held, chosen, "{keys}");
    }
    let mut form = form(Action::AcceptScheme);
    press(&mut form, KeyCode::Right);
    press(&mut form, KeyCode::Right);
    assert_eq!(value(&form, Key::Reviewer), "liqiang");
    press(&mut form, KeyCode::Backspace);
    assert_eq!(value(&form, Key::Reviewer), "");
}

#[test]
fn a_name_nobody_or_several_bear_is_not_handed_in() {
    for name in ["赵六", "王"] {
        let mut form = form(Action::AcceptScheme);
        type_in(&mut form, name);
        assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Stay);
        assert!(screen(&form, 80, 24).contains("! 没有这个账号，请从列出的账号中选择"), "{name}");
        assert_eq!(value(&form, Key::Reviewer), name);
    }
}

#[test]
fn chinese_marks_stay_as_typed_in_text() {
    let mut form = form(Action::Decline);
    type_in(&mut form, "“密评”费用：３万元。");
    press(&mut form, KeyCode::Enter);
    type_in(&mut form, "　　请补正；");
    let text = "“密评”费用：３万元。\n　　请补正；";
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Submit(map(&[("opinion", text)])));
}

#[test]
fn a_field_becomes_required_when_another_asks_for_it() {
    let mut form = form(Action::Vote);
    type_in(&mut form, "1");
    assert!(!line_with(&form, "意见").contains("必填"));
    type_in(&mut form, "2");
    assert!(line_with(&form, "意见").contains("必填"));
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Stay);
    assert!(screen(&form, 80, 24).contains("! 结果为 不同意 时必须填写"));
    assert!(line_with(&form, "意见").starts_with("|> "), "goes to the first bad field");
    press(&mut form, KeyCode::BackTab);
    type_in(&mut form, "1");
    assert!(!screen(&form, 80, 24).contains("!"));
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Submit(map(&[("result", "agree")])));
}

fn line_with(form: &impl Form, text: &str) -> String {
    let screen = screen(form, 80, 24);
    screen.lines().find(|line| line.contains(text)).unwrap_or_default().to_owned()
}

#[test]
fn the_fields_of_a_transcription_are_folded_until_asked_for_or_given() {
    let mut form = form(Action::Vote);
    assert!(screen(&form, 80, 24).contains("代录 (F3 展开)"));
    assert!(!screen(&form, 80, 24).contains("扫描件摘要"));
    press(&mut form, KeyCode::F(3));
    assert!(line_with(&form, "代录单位").starts_with("|> "));
    press(&mut form, KeyCode::F(3));
    assert!(!screen(&form, 80, 24).contains("扫描件摘要"));
    press(&mut form, KeyCode::F(3));
    type_in(&mut form, "3");
    assert!(line_with(&form, "  文号 ").contains("必填"));
    press(&mut form, KeyCode::F(3));
    assert!(screen(&form, 80, 24).contains("! 代录已有内容，清空后才能收起"));
    let given = form_of(fields_of(Action::Vote), &[(Key::OnBehalfOf, "finance")]);
    assert!(line_with(&given, "代录单位").contains("[3 县财政局]"));
}

#[test]
fn enter_goes_on_and_never_hands_in() {
    let mut form = form(Action::SubmitScheme);
    type_in(&mut form, "甲公司");
    press(&mut form, KeyCode::Enter);
    type_in(&mut form, "V1");
    assert_eq!(press(&mut form, KeyCode::Enter), Outcome::Stay);
    assert!(screen(&form, 80, 24).contains("! 已是最后一项，按 F8 提交"));
    let expected = map(&[("designer", "甲公司"), ("version", "V1")]);
    assert_eq!(press(&mut form, KeyCode::F(2)), Outcome::Submit(expected));
}

#[test]
fn arrows_leave_a_text_only_at_its_ends() {
    let mut form = form(Action::DraftOpinion);
    press(&mut form, KeyCode::Down);
    press(&mut form, KeyCode::Down);
    type_in(&mut form, "甲");
    control(&mut form, 'j');
    type_in(&mut form, "乙");
    press(&mut form, KeyCode::Up);
    assert!(line_with(&form, "审核意见").starts_with("|> "));
    press(&mut form, KeyCode::Up);
    assert!(line_with(&form, "核定额").starts_with("|> "));
    press(&mut form, KeyCode::BackTab);
    press(&mut form, KeyCode::BackTab);
    assert!(line_with(&form, "解释口径").starts_with("|> "), "Tab goes round");
    press(&mut form, KeyCode::Down);
    assert!(line_with(&form, "解释口径").starts_with("|> "), "arrows do not");
}

#[test]
fn leaving_keeps_what_was_typed_and_a_draft_brings_it_back() {
    let mut form = form(Action::Vote);
    assert_eq!(press(&mut form, KeyCode::Esc), Outcome::Cancel(BTreeMap::new()));
    type_in(&mut form, "2");
    press(&mut form, KeyCode::Tab);
    type_in(&mut form, "理由\u{1b}");
    let draft = map(&[("result", "disagree"), ("opinion", "理由")]);
    assert_eq!(press(&mut form, KeyCode::F(10)), Outcome::Cancel(draft.clone()));
    let mut again = self::form(Action::Vote);
    again.put(&form.content(), &self::form(Action::Vote).content());
    assert_eq!(again.values(), draft);
    assert_eq!(press(&mut again, KeyCode::Esc), Outcome::Cancel(draft), "still not saved anywhere else");
    let mut transcribed = self::form(Action::Vote);
    let finance = FieldText { text: "finance".to_owned(), ..FieldText::default() };
    let draft = Content { fields: [("on_behalf_of".to_owned(), finance)].into(), ..Content::default() };
    transcribed.put(&draft, &Content::default());
    assert!(screen(&transcribed, 80, 24).contains("[3 县财政局]"));
}

#[test]
fn problems_of_the_service_stand_until_the_value_changes() {
    let mut form = form(Action::SignOpinion);
    type_in(&mut form, "1号");
    let told = |field: &str, problem| InputProblem { field: field.to_owned(), problem };
    form.set_problems(&[told("doc_no", FieldProblem::TooLong(1)), told("colour", FieldProblem::Unknown)]);
    assert!(line_with(&form, "文号").starts_with("|> "));
    assert!(screen(&form, 80, 24).contains("! colour：没有这个字段"));
    press(&mut form, KeyCode::Left);
    assert!(screen(&form, 80, 24).contains("! 太长，最多 1 个字符"));
    type_in(&mut form, "5");
    assert!(!screen(&form, 80, 24).contains("!"));
}

#[test]
fn a_remark_is_filled_in_and_emptied() {
    let mut form = RemarkForm::new(&item(), None);
    for text in ["清单列有机柜", "改为租用", "第十条"] {
        type_in(&mut form, text);
        press(&mut form, KeyCode::Tab);
    }
    type_in(&mut form, "p.31");
    let filled = map(&[("remark", "清单列有机柜"), ("suggestion", "改为租用"), ("basis", "第十条"), ("cite", "p.31")]);
    assert_eq!(press(&mut form, KeyCode::F(2)), Outcome::Submit(filled));

    let before = Judgement {
        item: ItemId::typed("K03"),
        verdict: Some(Verdict::Fail),
        remark: "清单列有机柜".into(),
        suggestion: "改".into(),
        basis: "第十条".into(),
        cite: "p.31".into(),
    };
    let mut form = RemarkForm::new(&item(), Some(&before));
    assert_eq!(press(&mut form, KeyCode::Esc), Outcome::Cancel(BTreeMap::new()));
    press(&mut form, KeyCode::F(2));
    press(&mut form, KeyCode::Backspace);
    let emptied = map(&[("remark", "清单列有机柜"), ("suggestion", ""), ("basis", "第十条"), ("cite", "p.31")]);
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Submit(emptied));
}

#[test]
fn what_does_not_apply_is_asked_for_its_reason() {
    for (verdict, label) in [(Verdict::NotApplicable, "不适用理由"), (Verdict::Doubt, "问题描述")] {
        let (remark, suggestion, basis, cite) = (String::new(), String::new(), String::new(), String::new());
        let before = Judgement { item: ItemId::typed("K03"), verdict: Some(verdict), remark, suggestion, basis, cite };
        assert!(screen(&RemarkForm::new(&item(), Some(&before)), 80, 24).contains(label), "{label}");
    }
}
