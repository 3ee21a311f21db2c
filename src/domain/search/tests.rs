//! The filter language, as people type it.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::fold::half_width;
use super::*;
use crate::domain::actor::Role;
use crate::domain::calendar::parse_date;
use crate::domain::checklist::Verdict;
use crate::domain::money::Money;
use crate::domain::project::{ProjectKind, Stage};
use crate::domain::route::RouteCode;

pub(super) const LABELS: Labels = Labels {
    stage: |stage| match stage {
        Stage::TechnicalReview => "技术评审中",
        Stage::ReviewPassed => "技术评审通过",
        Stage::ReviewFailed => "技术评审未通过",
        Stage::Approved => "已立项",
        Stage::Planned => "已列入计划",
        Stage::Registered => "备案登记(条线/另有规定)",
        other => other.code(),
    },
    route: |route| match route {
        RouteCode::Panel => "专家论证",
        RouteCode::Centre => "中心评审",
        RouteCode::CentreCatalogue => "中心评审(目录内)",
        other => other.code(),
    },
    verdict: |verdict| match verdict {
        Verdict::Pass => "通过",
        Verdict::Fail => "不通过",
        Verdict::Doubt => "存疑",
        Verdict::NotApplicable => "不适用",
    },
    dimension: |dimension| dimension.code(),
    role: |role| match role {
        Role::Reviewer => "技术评审员",
        Role::Finance => "财政局",
        other => other.code(),
    },
    kind: |kind| match kind {
        ProjectKind::New => "新建",
        ProjectKind::Operation => "运维",
        other => other.code(),
    },
};

fn read(text: &str) -> Query {
    parse(text, &LABELS).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

fn filter(text: &str) -> Filter {
    read(text).filter
}

fn problem(text: &str) -> (usize, String, FilterProblemKind) {
    let problem = parse(text, &LABELS).unwrap_err();
    (problem.at, problem.word, problem.kind)
}

fn word(text: &str) -> Filter {
    Filter::Term(Term::Word(text.to_owned()))
}

fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

fn due(text: &str) -> Due {
    match filter(text) {
        Filter::Term(Term::Due(due)) => due,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn folding_makes_widths_and_cases_equal() {
    assert_eq!(fold("ＹＳ２０２７－０００１　【智慧】、《校园》。"), "ys2027-0001 [智慧]/<校园>.");
    assert_eq!(fold("“甲”‘乙’￥……——"), "\"甲\"'乙'$^_");
}

#[test]
fn the_line_of_the_handbook_reads_as_it_should() {
    let line = filter("状态:技术评审中 轮到:我 单位:jyj 金额>200万 期限<7d 等待>3天");
    let expected = [
        Term::State(vec![Stage::TechnicalReview]),
        Term::Turn(vec![Turn::Me]),
        Term::Unit(TextTest { exact: false, texts: vec!["jyj".into()] }),
        Term::Amount(Test::Above(Money::from_wan(200))),
        Term::Due(Due::On(Test::Below(When::In(7, Ahead::Days)))),
        Term::Wait(Test::Above(3)),
    ];
    assert_eq!(line.conjuncts(), expected.map(Filter::Term));
}

#[test]
fn the_signs_of_a_chinese_input_method_are_taken_for_ascii() {
    let typed = "状态：技术评审中　金额＞＝２００万｜（单位：“县 教育局”）　－运维";
    assert_eq!(read(typed), read("状态:技术评审中 金额>=200万|(单位:\"县 教育局\") -运维"));
    assert_eq!(filter("金额》200万"), filter("金额>200万"));
    assert_eq!(filter("金额：＞200万"), filter("金额>200万"));
    assert_eq!(filter("金额 ≥ 200"), filter("金额>=200万"));
}

#[test]
fn a_stage_is_known_by_code_label_or_the_beginning_of_either() {
    let stages = |text: &str| match filter(text) {
        Filter::Term(Term::State(stages)) => stages,
        other => panic!("{other:?}"),
    };
    assert_eq!(stages("state:technical-review"), [Stage::TechnicalReview]);
    assert_eq!(stages("状态:技术评审"), [Stage::TechnicalReview, Stage::ReviewPassed, Stage::ReviewFailed]);
    assert_eq!(stages("状态:已立项，技术评审中"), [Stage::Approved, Stage::TechnicalReview]);
    assert_eq!(stages("状态:(approved, planned)"), [Stage::Planned, Stage::Approved]);
    assert_eq!(filter("路线:中心评审"), Filter::Term(Term::Route(vec![RouteCode::Centre])));
}

#[test]
fn amounts_may_have_units_and_ranges() {
    let wan = |text: &str| Money::parse_wan_or_zero(text).unwrap();
    let amount = |text: &str| match filter(text) {
        Filter::Term(Term::Amount(test)) => test,
        other => panic!("{other:?}"),
    };
    assert_eq!(amount("金额>1.5亿"), Test::Above(wan("15000")));
    assert_eq!(amount("金额<=5000元"), Test::AtMost(wan("0.5")));
    assert_eq!(amount("金额=0.01元"), Test::Equal(Money::from_fen(1).unwrap()));
    assert_eq!(amount("amount:50..400万"), Test::Between(wan("50"), wan("400")));
    assert_eq!(amount("金额:1..2亿"), Test::Between(wan("10000"), wan("20000")));
    assert_eq!(amount("金额:100.."), Test::AtLeast(wan("100")));
    assert!(Test::Between(1, 3).is_met_by(&3) && !Test::Below(3).is_met_by(&3));
    for text in ["金额>5万亿", "金额>约100", "金额>1e3", "金额:..", "金额>200亿", "金额:1...2"] {
        let (_, _, kind) = problem(text);
        assert_eq!(kind, FilterProblemKind::BadValue { field: Field::Amount }, "{text}");
    }
}

#[test]
fn days_mean_something_only_once_today_is_known() {
    // A Wednesday.
    let today = day("2026-03-18");
    let span = |text: &str| {
        let span = due(text).resolve(today);
        (span.first.map(|day| day.to_string()), span.last.map(|day| day.to_string()))
    };
    let text = |day: &str| Some(day.to_owned());
    assert_eq!(span("期限:逾期"), (None, text("2026-03-17")));
    assert_eq!(span("期限:今日"), (text("2026-03-18"), text("2026-03-18")));
    assert_eq!(span("期限:本周"), (text("2026-03-16"), text("2026-03-22")));
    assert_eq!(span("期限<7天"), (None, text("2026-03-24")));
    assert_eq!(span("期限:7d"), (None, text("2026-03-25")));
    assert_eq!(span("期限=2周"), (text("2026-04-01"), text("2026-04-01")));
    assert_eq!(span("期限>1月"), (text("2026-04-19"), None));
    assert_eq!(span("期限>=本周"), (text("2026-03-16"), None));
    assert_eq!(span("期限:2025-03-01..2025-03-15"), (text("2025-03-01"), text("2025-03-15")));
    assert_eq!(span("期限:今日..3天"), (text("2026-03-18"), text("2026-03-21")));
    assert_eq!(span("期限:2026年3月1日"), (text("2026-03-01"), text("2026-03-01")));
    assert!(due("期限:本周").resolve(today).contains(day("2026-03-22")));
    // The far future is a day like any other.
    assert_eq!(due("期限<65535月").resolve(today).first, None);
}

#[test]
fn and_binds_before_or_and_lists_of_numbers_become_alternatives() {
    let expected = Filter::any_of([Filter::all_of([word("a"), word("b")]), word("c")]);
    assert_eq!(filter("a b | c"), expected);
    assert_eq!(filter("a b 或 c"), expected);
    assert_eq!(filter("a (b | c)"), Filter::all_of([word("a"), Filter::any_of([word("b"), word("c")])]));
    assert_eq!(filter("年度:2026,2027"), filter("年度:2026 或 年度:2027"));
    assert_eq!(filter("a，b"), filter("a b"));
    assert_eq!(filter("单位:教育局，状态:已立项"), filter("单位:教育局 状态:已立项"));
}

#[test]
fn not_is_a_dash_or_a_word_before_an_operand_but_not_the_beginning_of_a_word() {
    assert_eq!(filter("-运维"), word("运维").negated());
    assert_eq!(filter("非 运维"), word("运维").negated());
    assert_eq!(filter("非类型:运维"), filter("-类型:运维"));
    assert_eq!(filter("非(a b)"), Filter::all_of([word("a"), word("b")]).negated());
    assert_eq!(filter("非税收入"), word("非税收入"));
    assert_eq!(filter("--a"), word("a"));
    assert_eq!(filter("2027-0012"), word("2027-0012"));
    assert_eq!(filter("智慧教育 - 二期"), filter("智慧教育 二期"));
    assert_eq!(filter("状态:已立项或单位:教育局"), filter("状态:已立项 | 单位:教育局"));
    assert_eq!(filter("或许"), word("或许"));
    assert_eq!(filter("a 或非(b)"), Filter::any_of([word("a"), word("b").negated()]));
}

#[test]
fn quotation_marks_of_every_shape_are_equal_and_doubled_within() {
    let quoted = |text: &str| Filter::Term(Term::Quoted(text.to_owned()));
    assert_eq!(filter("“等保 三级”"), quoted("等保 三级"));
    assert_eq!(filter("\"等保 三级”"), quoted("等保 三级"));
    assert_eq!(filter("\"““十四五””规划\""), quoted("“十四五”规划"));
    assert_eq!(quoted("“十四五”\"").to_string(), "\"““十四五””\"\"\"");
}

#[test]
fn the_order_is_taken_out_of_the_condition() {
    let query = read("排序：期限，－金额 状态:已立项");
    let key = |by, descending| SortKey { by, descending };
    assert_eq!(query.sort, [key(SortBy::Due, false), key(SortBy::Amount, true)]);
    assert_eq!(query.filter, filter("状态:已立项"));
    assert_eq!(query.to_string(), "状态:approved 排序:期限,-金额");
    assert_eq!(read("sort:-upd").filter, Filter::EVERYTHING);
}

#[test]
fn a_problem_names_the_place_the_word_and_the_nearest_field() {
    use FilterProblemKind::*;
    let at = |at, word: &str, kind| (at, word.to_owned(), kind);
    assert_eq!(problem("教育 状况:已立项"), at(3, "状况", UnknownField { nearest: Some(Field::State) }));
    assert_eq!(problem("amuont>3"), at(0, "amuont", UnknownField { nearest: Some(Field::Amount) }));
    assert_eq!(problem("甲:乙"), at(0, "甲", UnknownField { nearest: None }));
    let unknown = UnknownValue { field: Field::State, nearest: Some("已立项") };
    assert_eq!(problem("状态:立项"), at(3, "立项", unknown));
    assert_eq!(problem("单位>教育局"), at(2, ">", WrongOperator { field: Field::Unit }));
    assert_eq!(problem("状态:"), at(0, "状态:", MissingValue { field: Field::State }));
    assert_eq!(problem("状态: 金额>3"), at(0, "状态:", MissingValue { field: Field::State }));
    assert_eq!(problem("金额:3..2"), at(3, "3..2", BackwardsRange { field: Field::Amount }));
    assert_eq!(problem("a >3"), at(2, ">", MissingField));
    assert_eq!(problem("a |"), at(2, "|", MissingTerm));
    assert_eq!(problem("a ()"), at(2, "()", MissingTerm));
    assert_eq!(problem("非"), at(0, "非", MissingTerm));
    assert_eq!(problem("“等保"), at(0, "“等保", UnclosedQuote));
    assert_eq!(problem("(a"), at(0, "(", UnclosedParenthesis));
    assert_eq!(problem("a)"), at(1, ")", UnexpectedParenthesis));
    assert_eq!(problem("-排序:金额"), at(1, "排序", SortInside));
    assert_eq!(problem(&"(".repeat(100)).2, TooDeep);
    assert_eq!(problem(&"a".repeat(5000)).2, TooLong);
}

#[test]
fn each_conjunct_can_be_tried_without() {
    let line = filter("状态:已立项 期限<7天 金额>200万");
    assert_eq!(line.conjuncts().len(), 3);
    assert_eq!(line.without(1), filter("状态:已立项 金额>200万"));
    assert_eq!(line.conjuncts()[1].shown(&LABELS), "期限<7天");
    assert_eq!(filter("a").without(0), Filter::EVERYTHING);
    assert!(filter("").conjuncts().is_empty());
}

#[test]
fn people_see_labels_and_files_keep_codes() {
    let line = filter("状态:备案登记 轮到:财政局 -(类型:新建 或 主办:“我”) 名称:《办法》");
    assert_eq!(line.to_string(), "状态:registered 轮到:finance -(类型:new 或 主办:\"我\") 名称:\"《办法》\"");
    let shown = "状态:\"备案登记(条线/另有规定)\" 轮到:财政局 -(类型:新建 或 主办:\"我\") 名称:\"《办法》\"";
    assert_eq!(line.shown(&LABELS), shown);
    assert_eq!(filter(shown), line);
    assert_eq!(Filter::all_of([word("甲 乙"), word("丙")]).to_string(), "\"甲 乙\" 丙");
}

/// Lines that look like filters, well-formed more often than not.
fn lines() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z教育非或状态《》\\-、。0-9]{1,6}",
        "[\"“”][教育\"“”a (]{0,4}[\"“”]",
        "(状态|单位|编号|名称|金额|期限|等待|年度|路线|轮到|主办|类型|更新|版本|排序|state|foo)[:=><：》]{1,2}[\"“”a-z0-9教我天万亿.,，、\\-]{0,8}",
        "(金额|amount)(>|<=|:|=|＞)[0-9]{1,5}(\\.[0-9]{1,3})?(万|亿|元)?(\\.\\.[0-9]{0,8}万?)?",
        "期限(:|<|>=|=)(今日|本周|逾期|[0-9]{1,5}(d|周|月)|2025-03-0[1-9](\\.\\.2025-03-1[0-9])?)(,今日)?",
        "状态[:=](技术评审|已|approved|draft,planned)",
        "(维度[1-4]?|条目[A-Z][0-9]{2}|条目[1-4]\\.[0-9]):(通过|否|是|fail,doubt)",
        "(更新|版本)(:|<|>=|=)[0-9]{1,3}天?",
        "(有|无):(专家|引证|补正,附件)",
        "(主办|轮到):(我|\"我\"|财政局|张,我)",
        "[(（)）|｜,，　 -]{1,2}",
        "(或|非) ?",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join(" "))
}

fn reads_back(text: &str) -> Result<(), TestCaseError> {
    if let Ok(query) = parse(text, &LABELS) {
        let codes = query.to_string();
        prop_assert_eq!(parse(&codes, &LABELS), Ok(query.clone()), "codes: {}", codes);
        let shown = query.shown(&LABELS);
        prop_assert_eq!(parse(&shown, &LABELS), Ok(query), "labels: {}", shown);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_line_is_read_or_refused_but_never_breaks_the_program(text in any::<String>()) {
        reads_back(&text)?;
    }

    #[test]
    fn what_is_printed_reads_back_the_same(text in lines()) {
        reads_back(&text)?;
    }

    #[test]
    fn lines_without_blanks_read_back_too(text in lines()) {
        reads_back(&text.replace(' ', ""))?;
    }

    #[test]
    fn a_problem_points_into_the_line(text in lines()) {
        if let Err(problem) = parse(&text, &LABELS) {
            prop_assert!(problem.at <= text.chars().count());
        }
    }

    #[test]
    fn full_width_and_ascii_spellings_read_the_same(text in lines()) {
        // Marks that have a meaning of their own beside their twin's (、 lists, 《 is a title) are not what a switch of
        // width makes of a line. Words are kept as typed; they are compared as everything that finds does, folded.
        let narrow: String = text.chars().filter(|c| !"《》、。".contains(*c)).map(half_width).collect();
        let wide: String = narrow
            .chars()
            .map(|c| match c {
                ' ' => '\u{3000}',
                '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
                other => other,
            })
            .collect();
        let told = |text: &str| match parse(text, &LABELS) {
            Ok(query) => Ok(fold(&query.to_string())),
            Err(problem) => Err((problem.at, fold(&problem.word), problem.kind)),
        };
        prop_assert_eq!(told(&narrow), told(&wide), "{}", wide);
    }

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }
}
