//! The declaration filled in by keys.

use crossterm::event::{KeyCode, KeyModifiers};

use super::*;
use crate::domain::calendar::parse_moment;
use crate::domain::project::{Exclusion, FundingLevel, FundingLine, ItemCategory, LineItem, ResourceCatalogue};
use crate::tui::screen_text;

fn declared() -> Declaration {
    let line = |name: &str, wan: u32| LineItem {
        name: name.to_owned(),
        category: ItemCategory::Server,
        quantity: Some("2台".to_owned()),
        unit_price: Some(Money::from_wan(wan / 2)),
        amount: Money::from_wan(wan),
        excluded: Some(Exclusion::Sporadic),
    };
    Declaration {
        name: "教师培训平台".to_owned(),
        plan_year: Some(2027),
        amount: Money::parse_wan("62.5").unwrap(),
        supervisor_opinion: Some("同意".to_owned()),
        items: vec![line("服务器", 10), line("工作站", 8)],
        ..Declaration::default()
    }
}

fn form(declared: &Declaration, plan_is_open: bool) -> DeclarationForm {
    let now = parse_moment("2026-09-12T09:30:00+08:00").unwrap();
    DeclarationForm::new("申报内容 YS2027-0001", declared, plan_is_open, now)
}

fn press(form: &mut DeclarationForm, code: KeyCode) -> Outcome {
    form.handle(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Goes to a field and types over what it holds.
fn fill(form: &mut DeclarationForm, name: &str, text: &str) {
    while form.sheet.fields[form.sheet.focus()].spec.name != name {
        press(form, KeyCode::Tab);
    }
    while !form.text(name).is_empty() {
        press(form, KeyCode::Backspace);
    }
    for c in text.chars() {
        match c {
            '\n' => press(form, KeyCode::Enter),
            c => press(form, KeyCode::Char(c)),
        };
    }
}

fn screen(form: &DeclarationForm, width: u16, height: u16) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    form.render(buffer.area, &mut buffer);
    screen_text(&buffer)
}

#[test]
fn everything_is_filled_in_and_what_is_not_shown_stays() {
    let before = declared();
    let mut form = form(&before, true);
    for (name, text) in [
        ("kind", "1"),
        ("start", "2027年3月"),
        ("end", "2027.11"),
        ("funding", "县财政 50\n上级补助12.5万元"),
        ("basis", "教师队伍建设方案"),
        ("necessity", "现有平台不够用"),
        ("content", "建设三个模块\n含培训"),
        ("custom_development", "1"),
        ("resource_catalogue", "12"),
        ("deployment", "1"),
        ("network", "1"),
        ("contact", "李芳"),
        ("phone", "0793-2550000"),
        ("filed_on", "20260912"),
        ("om.free_months", "36"),
        ("om.per_year_wan", "0"),
        ("om.years", "3年"),
    ] {
        fill(&mut form, name, text);
    }
    assert!(matches!(press(&mut form, KeyCode::F(8)), Outcome::Submit(_)), "{}", screen(&form, 80, 60));
    let after = form.declaration();
    let source = |source: &str, level, wan: &str| FundingLine {
        source: source.to_owned(),
        level,
        amount: Money::parse_wan(wan).unwrap(),
    };
    let expected = Declaration {
        kind: Some(ProjectKind::New),
        start: YearMonth::new(2027, 3),
        end: YearMonth::new(2027, 11),
        funding: vec![source("县财政", FundingLevel::County, "50"), source("上级补助", FundingLevel::Superior, "12.5")],
        basis: "教师队伍建设方案".to_owned(),
        necessity: "现有平台不够用".to_owned(),
        content: "建设三个模块\n含培训".to_owned(),
        custom_development: Some(true),
        catalogue: Some(ResourceCatalogue::Entries(12)),
        deployment: Some(Deployment::GovernmentCloud),
        network: Some(Network::GovernmentExtranet),
        contact: "李芳".to_owned(),
        phone: "0793-2550000".to_owned(),
        filed_on: parse_date("2026-09-12"),
        operation: Some(OperationPlan { free_months: 36, per_year: Money::ZERO, years: 3, build_cost: None }),
        ..before
    };
    assert_eq!(after, expected);
}

#[test]
fn all_problems_are_told_at_once_and_the_first_has_the_focus() {
    let mut form = form(&declared(), true);
    for (name, text) in [("start", "2027-12"), ("end", "2027-03"), ("funding", "社会资本 5"), ("om.years", "3")] {
        fill(&mut form, name, text);
    }
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Stay);
    assert_eq!(form.found(), 4);
    let screen = screen(&form, 80, 70);
    for said in ["结束月份早于开始月份", "第 1 行看不出", "运维安排的三项须一并填写"] {
        assert!(screen.contains(said), "{screen}");
    }
    assert_eq!(form.sheet.fields[form.sheet.focus()].spec.name, "end");
    fill(&mut form, "end", "2028-03");
    assert!(form.sheet.named("end").unwrap().saying(false).is_none());
}

#[test]
fn what_the_plan_settled_is_told_and_not_asked() {
    let mut form = form(&declared(), false);
    insta::assert_snapshot!(screen(&form, 78, 19));
    assert!(form.sheet.named("amount_wan").is_none());
    fill(&mut form, "designer", "某设计院");
    assert!(matches!(press(&mut form, KeyCode::F(8)), Outcome::Submit(_)));
    assert_eq!(form.declaration(), Declaration { designer: Some("某设计院".to_owned()), ..declared() });
}

#[test]
fn r6_3_an_addition_in_the_running_year_is_declared_with_its_papers_and_taken_back_by_clearing_them() {
    let mut first = form(&declared(), true);
    fill(&mut first, "in_year.explanation", "省厅部署防汛应急");
    assert_eq!(press(&mut first, KeyCode::F(8)), Outcome::Stay);
    assert!(screen(&first, 80, 90).contains("须选择原因"), "{}", screen(&first, 80, 90));
    for (name, text) in [
        ("in_year.reason", "1"),
        ("in_year.doc_no", "赣水发〔2027〕3号"),
        ("in_year.funding_request", "1"),
        ("in_year.construction_plan", "1"),
    ] {
        fill(&mut first, name, text);
    }
    assert!(matches!(press(&mut first, KeyCode::F(8)), Outcome::Submit(_)), "{}", screen(&first, 80, 90));
    let addition = InYearAddition {
        reason: InYearReason::Superior,
        doc_no: Some("赣水发〔2027〕3号".to_owned()),
        explanation: "省厅部署防汛应急".to_owned(),
        funding_request: true,
        construction_plan: true,
    };
    let added = Declaration { in_year: Some(addition), ..declared() };
    assert_eq!(first.declaration(), added);
    let mut again = form(&added, true);
    for name in ["in_year.doc_no", "in_year.explanation"] {
        fill(&mut again, name, "");
    }
    for name in ["in_year.funding_request", "in_year.construction_plan", "in_year.reason"] {
        fill(&mut again, name, "");
    }
    assert!(matches!(press(&mut again, KeyCode::F(8)), Outcome::Submit(_)), "{}", screen(&again, 80, 90));
    assert_eq!(again.declaration(), declared());
    assert!(form(&added, false).sheet.named("in_year.reason").is_none(), "settled with the plan");
}

#[test]
fn nothing_changed_is_not_handed_in() {
    let mut form = form(&declared(), true);
    assert_eq!(press(&mut form, KeyCode::F(8)), Outcome::Stay);
    assert!(screen(&form, 80, 60).contains("没有改动"));
    assert_eq!(press(&mut form, KeyCode::Esc), Outcome::Cancel(BTreeMap::new()));
}

#[test]
fn a_draft_comes_back_and_leaves_other_fields_alone() {
    let mut first = form(&declared(), true);
    fill(&mut first, "contact", "李芳");
    fill(&mut first, "plan_year", "");
    let Outcome::Cancel(draft) = press(&mut first, KeyCode::Esc) else { panic!("{first:?}") };
    assert_eq!(draft.keys().collect::<Vec<_>>(), ["contact", "plan_year"]);
    let (draft, base) = (first.content(), form(&declared(), true).content());
    let meanwhile = Declaration { phone: "0793-1".to_owned(), ..declared() };
    let mut again = form(&meanwhile, true);
    again.put(&draft, &base);
    assert_eq!((again.text("contact"), again.text("phone")), ("李芳".to_owned(), "0793-1".to_owned()));
    assert_eq!(press(&mut again, KeyCode::F(8)), Outcome::Stay, "the year is missing");
    assert_eq!(again.found(), 1);
}

#[test]
fn what_somebody_else_wrote_is_kept_and_the_same_field_is_asked_about() {
    let mut form = form(&declared(), true);
    fill(&mut form, "contact", "李芳");
    fill(&mut form, "phone", "0793-2");
    let theirs = Declaration { contact: "王芳".to_owned(), leader: "张局".to_owned(), ..declared() };
    form.rebase(&theirs, true);
    assert!(screen(&form, 80, 60).contains("他人已改为：王芳"), "{}", screen(&form, 80, 60));
    assert!(matches!(press(&mut form, KeyCode::F(8)), Outcome::Submit(_)));
    let after = form.declaration();
    let said = (after.contact.as_str(), after.phone.as_str(), after.leader.as_str());
    assert_eq!(said, ("李芳", "0793-2", "张局"));
}
