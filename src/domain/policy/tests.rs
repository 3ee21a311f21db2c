//! What the county's policy holds, and how faulty policy files are reported.

use std::collections::BTreeSet;

use crate::domain::calendar::parse_date;
use crate::domain::checklist::{Dimension, Nature, Weight};
use crate::domain::project::ProjectKind;
use crate::domain::rule::Rule;

use super::*;

fn county() -> Policy {
    Policy::county_default().unwrap()
}

fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

/// Changes one place of the county's file; tells the line on which the change begins and the problems it causes.
fn broken(from: &str, to: &str) -> (usize, Vec<PolicyProblem>) {
    assert_eq!(EMBEDDED.matches(from).count(), 1, "{from:?} is not one place of the file");
    let line = 1 + EMBEDDED.split(from).next().unwrap().matches('\n').count();
    (line, parse(&EMBEDDED.replace(from, to)).expect_err(to))
}

#[track_caller]
fn assert_each_is_reported(cases: &[(&str, &str, &str)]) {
    for (from, to, fragment) in cases {
        let (line, problems) = broken(from, to);
        assert_eq!(problems.len(), 1, "{to:?} gives {problems:#?}");
        assert_eq!(problems[0].line, line, "{to:?} gives {problems:#?}");
        assert!(problems[0].message.contains(fragment), "{to:?} gives {problems:#?}");
    }
}

#[test]
fn the_countys_policy_has_no_problem() {
    assert_eq!(Policy::county_default().err(), None);
}

#[test]
fn the_limits_are_those_of_the_regulation() {
    let policy = county();
    assert_eq!(policy.id, "yushan-2026");
    assert_eq!(policy.effective_from, day("2026-01-01"));
    assert_eq!(
        policy.limits,
        Limits {
            review: Money::from_wan(50),
            panel: Money::from_wan(100),
            survey: Money::from_wan(200),
            public_tender: Money::from_wan(200),
        }
    );
    assert_eq!(policy.small_route, SmallRoute { needs_approval: true, needs_filing: true });
    assert_eq!(
        policy.catalogue.categories,
        [ItemCategory::Server, ItemCategory::TerminalDevice, ItemCategory::BasicSoftware].into()
    );
    assert_eq!(policy.plan, PlanRules { deadline_month: 9, deadline_day: 30, late_needs_in_year_papers: false });
    let operation = OperationRules { normal_basis_points: 600, ceiling_basis_points: 1000, longest_months: 36 };
    assert_eq!(policy.operation, operation);
    assert_eq!(policy.acceptance, AcceptanceRules { smallest_team: 3, longest_trial_months: 6 });
    assert_eq!(policy.change, ChangeRules { approval_basis_points: 1000 });
    assert_eq!(policy.ex_ante_kinds, [ProjectKind::New].into());
}

#[test]
fn the_panel_has_five_members_and_seven_from_five_million_yuan_on() {
    let panel = county().panel;
    assert_eq!((panel.smallest, panel.smallest_large, panel.smallest_voluntary), (5, 7, 3));
    assert_eq!(panel.large_from, Money::from_wan(500));
    let disciplines: Vec<&str> = panel.disciplines.iter().map(String::as_str).collect();
    assert_eq!(disciplines, ["architecture", "business", "cost", "security"]);
}

#[test]
fn the_checklist_has_47_items_in_four_dimensions() {
    let policy = county();
    let count = |dimension| policy.checklist.iter().filter(|item| item.dimension == dimension).count();
    assert_eq!(Dimension::ALL.iter().map(|dimension| count(*dimension)).collect::<Vec<_>>(), [12, 12, 11, 12]);
    for (letter, dimension, last) in [
        ('B', Dimension::Completeness, 12),
        ('K', Dimension::Feasibility, 12),
        ('G', Dimension::Sharing, 11),
        ('A', Dimension::Security, 12),
    ] {
        for number in 1..=last {
            let item = policy.item(&ItemId::typed(&format!("{letter}{number:02}"))).unwrap();
            assert_eq!(item.dimension, dimension, "{}", item.id);
        }
    }
}

#[test]
fn exactly_ten_items_veto_a_favorable_opinion() {
    let vetoes: BTreeSet<String> =
        county().checklist.iter().filter(|item| item.weight == Weight::Veto).map(|item| item.id.to_string()).collect();
    assert_eq!(vetoes, ["A01", "B01", "B04", "B08", "G01", "G05", "K03", "K04", "K05", "K08"].map(String::from).into());
}

#[test]
fn items_keep_their_weight_articles_and_natures() {
    let policy = county();
    let all = BTreeSet::from([Nature::Software, Nature::Hardware, Nature::Operation]);
    for (id, weight, articles, natures) in [
        ("B01", Weight::Veto, vec![6, 8, 0], all.clone()),
        ("B02", Weight::Major, vec![0, 6], all.clone()),
        ("B04", Weight::Veto, vec![8, 12], all.clone()),
        ("B10", Weight::Minor, vec![15], all.clone()),
        ("K01", Weight::Major, vec![7], [Nature::Software, Nature::Hardware].into()),
        ("K04", Weight::Veto, vec![7, 10], all),
        ("K08", Weight::Veto, vec![3], [Nature::Software].into()),
        ("G10", Weight::Minor, vec![11], [Nature::Software, Nature::Operation].into()),
        ("A04", Weight::Major, vec![4, 7], [Nature::Software].into()),
        ("A09", Weight::Minor, vec![10], [Nature::Software, Nature::Hardware].into()),
    ] {
        let item = policy.item(&ItemId::typed(id)).unwrap();
        assert_eq!((item.weight, &item.articles, &item.applies_to), (weight, &articles, &natures), "{id}");
    }
}

#[test]
fn maintenance_is_asked_about_a_third_of_the_items() {
    let asked = |nature| county().checklist.iter().filter(|item| item.applies(&[nature].into())).count();
    assert_eq!((asked(Nature::Software), asked(Nature::Hardware), asked(Nature::Operation)), (47, 23, 21));
}

#[test]
fn every_rule_cites_an_article_that_the_policy_explains() {
    let policy = county();
    for rule in Rule::ALL {
        assert!(policy.article(rule.article()).is_some(), "{}", rule.id());
    }
    for item in &policy.checklist {
        assert!(item.articles.iter().all(|number| policy.article(*number).is_some()), "{}", item.id);
    }
    assert_eq!(policy.articles.len(), 20);
}

#[test]
fn the_holidays_of_2026_are_off_and_their_make_up_days_are_worked() {
    let days = county().working_days;
    for (text, works) in [
        ("2026-01-01", false),
        ("2026-01-02", false),
        ("2026-01-04", true),
        ("2026-01-05", true),
        ("2026-02-14", true),
        ("2026-02-16", false),
        ("2026-02-23", false),
        ("2026-02-24", true),
        ("2026-02-28", true),
        ("2026-04-06", false),
        ("2026-04-07", true),
        ("2026-05-04", false),
        ("2026-05-05", false),
        ("2026-05-06", true),
        ("2026-05-09", true),
        ("2026-06-19", false),
        ("2026-06-22", true),
        ("2026-09-20", true),
        ("2026-09-25", false),
        ("2026-09-28", true),
        ("2026-10-01", false),
        ("2026-10-07", false),
        ("2026-10-08", true),
        ("2026-10-10", true),
        ("2026-10-11", false),
    ] {
        assert_eq!(days.works_on(day(text)), works, "{text}");
    }
}

#[test]
fn a_clock_runs_over_working_days_only() {
    let policy = county();
    // Eight days of autumn holidays lie between, and two Saturdays and a Sunday are worked.
    assert_eq!(policy.due(Stage::SchemeIntake, day("2026-09-30")), Some(day("2026-10-10")));
    assert_eq!(policy.due(Stage::TechnicalReview, day("2026-11-02")), Some(day("2026-11-23")));
    assert_eq!(policy.due(Stage::Draft, day("2026-09-30")), None);
    assert!(policy.clocks.keys().all(|stage| !stage.is_final()));
}

#[test]
fn a_faulty_number_or_text_is_reported_on_its_line() {
    assert_each_is_reported(&[
        ("review = \"50\"", "review = \"五十\"", "limits.review：金额“五十”不是数字"),
        ("review = \"50\"", "review = \"-50\"", "不能是负数"),
        ("review = \"50\"", "review = \"0\"", "不能是零"),
        ("review = \"50\"", "review = \"\"", "为空"),
        ("review = \"50\"", "review = \"1.0000001\"", "小数超过六位"),
        ("review = \"50\"", "review = 50", "应为加引号的万元金额（如 \"50\"），现为整数"),
        ("review = \"50\"", "review = 50.5", "现为小数"),
        ("needs_filing = true", "needs_filing = \"yes\"", "small_route.needs_filing：应为true或false"),
        ("deadline_month = 9", "deadline_month = 13", "应为1到12的整数（不加引号），现为13"),
        ("smallest_team = 3 ", "smallest_team = -3 ", "acceptance.smallest_team"),
        ("smallest_team = 3 ", "smallest_team = \"3\" ", "现为文字"),
        ("normal_percent = \"6\"", "normal_percent = \"6%\"", "不写百分号"),
        ("approval_percent = \"10\"", "approval_percent = \"10.125\"", "最多两位小数"),
        ("approval_percent = \"10\"", "approval_percent = \"100.01\"", "不超过100"),
        ("id = \"yushan-2026\"", "id = \"玉山\"", "id：代码只能由小写英文字母、数字和连字符组成"),
        ("effective_from = \"2026-01-01\"", "effective_from = \"2026-02-30\"", "日期“2026-02-30”有误"),
        ("effective_from = \"2026-01-01\"", "effective_from = 12:00:00", "没有这一天"),
        ("title = \"施行\"", "title = \"  \"", "articles第20项.title：不能为空"),
        ("title = \"施行\"", "title = \"施\\u001b[31m行\"", "控制字符或不可见字符U+001B"),
        ("title = \"施行\"", "title = \"施\\u202e行\"", "U+202E"),
        ("title = \"施行\"", "title = \"施\\n行\"", "U+000A"),
        ("title = \"施行\"", &format!("title = \"{}\"", "长".repeat(501)), "共501字，不得超过500字"),
        ("plan-intake = 5", "plan-intake = 0", "clocks.plan-intake：应为1到365的整数"),
    ]);
}

#[test]
fn an_unknown_code_or_key_is_reported_with_what_may_be_written() {
    assert_each_is_reported(&[
        (
            "ex_ante_kinds = [\"new\"]",
            "ex_ante_kinds = [\"新建\"]",
            "ex_ante_kinds第1项：不认识的建设性质代码“新建”，可用的有：new、rebuild、expand、operation、service",
        ),
        ("[\"server\", \"terminal", "[\"severs\", \"terminal", "不认识的品目代码“severs”，是否应为“server”？"),
        ("plan-intake = 5", "plan_intake = 5", "不认识的环节代码“plan_intake”，是否应为“plan-intake”？"),
        ("plan-intake = 5", "archived = 5", "已经办结"),
        ("# 集采目录：", "needs_paper = true\n# 集采目录：", "small_route：不认识的键“needs_paper”，可用的有：needs_"),
        ("title = \"玉山县", "version = 2\ntitle = \"玉山县", "不认识的键“version”，可用的有：id、title"),
        ("title = \"玉山县", "\"\\u001b]0;x\" = 2\ntitle = \"玉山县", "不认识的键“\u{fffd}]0;x”"),
        ("[small_route]", "[small_route.more]\n[small_route]", "不认识的键“more”"),
    ]);
    let item = |change: &str| {
        let (from, to) = change.split_once(" => ").unwrap();
        let start = "[[checklist]]\nid = \"K01\"\n";
        let (_, rest) = EMBEDDED.split_once(start).unwrap();
        let (item, _) = rest.split_once("\n\n").unwrap();
        broken(&format!("{start}{item}"), &format!("{start}{}", item.replace(from, to)))
    };
    for (change, below, fragment) in [
        ("\"major\" => \"重大\"", 6, "不认识的级别代码“重大”，可用的有：veto、major、minor"),
        ("\"major\" => \"mayor\"", 6, "不认识的级别代码“mayor”，是否应为“major”？"),
        ("\"feasibility\" => \"Feasability\"", 2, "不认识的维度代码“Feasability”，是否应为“feasibility”？"),
        ("\"hardware\" => \"hard\"", 7, "applies_to第2项：不认识的适用对象代码“hard”"),
        ("\"hardware\" => \"software\"", 7, "applies_to第2项：与前面重复"),
        ("[\"software\", \"hardware\"] => []", 7, "applies_to：至少要有一项"),
        ("[7] => []", 5, "checklist第13项.articles：至少要有一项"),
        ("[7] => [20]", 5, "articles第1项：应为0到19的整数（不加引号），现为20"),
        ("[7] => [7, 7]", 5, "articles第2项：与前面重复"),
        ("[7] => 7", 5, "应为方括号括起的列表，现为整数"),
        ("weight = \"major\"\n => ", 0, "checklist第13项：缺少“weight”"),
    ] {
        let (line, problems) = item(change);
        assert_eq!(problems.len(), 1, "{change}: {problems:#?}");
        assert_eq!(problems[0].line, line + below, "{change}: {problems:#?}");
        assert!(problems[0].message.contains(fragment), "{change}: {problems:#?}");
    }
}

#[test]
fn numbers_that_contradict_each_other_are_reported() {
    assert_each_is_reported(&[
        ("panel = \"100\"", "panel = \"49.99\"", "limits.panel：专家论证限额49.99万元低于技术评审限额50.00万元"),
        ("survey = \"200\"", "survey = \"99\"", "limits.survey：需求调查限额99.00万元低于专家论证限额100.00万元"),
        ("public_tender = \"200\"", "public_tender = \"40\"", "公开招标数额标准40.00万元低于技术评审限额"),
        ("ceiling_percent = \"10\"", "ceiling_percent = \"5.5\"", "上限比例低于正常比例"),
        ("smallest = 5 ", "smallest = 6 ", "panel.smallest：专家人数应为单数"),
        ("smallest_large = 7 ", "smallest_large = 3 ", "大额项目的专家人数少于一般项目"),
        ("smallest_voluntary = 3 ", "smallest_voluntary = 7 ", "多于必须论证的项目"),
        ("large_from = \"500\"", "large_from = \"80\"", "大额起点80.00万元低于专家论证限额100.00万元"),
        ("[\"architecture\", ", "[\"a\", \"b\", \"architecture\", ", "无法各有一名"),
        ("deadline_day = 30", "deadline_day = 31", "并非每年都有9月31日"),
        ("[\"2026-05-09\"]", "[\"2026-05-08\"]", "2026-05-08不是周末"),
        ("[\"2026-05-09\"]", "[\"2026-05-02\"]", "2026-05-02既列为放假，又列为上班"),
        ("[\"2026-05-09\"]", "[\"2026-05-09\", \"2026-05-09\"]", "work_on第2项：2026-05-09重复列为上班日"),
        ("to = \"2026-05-05\"", "to = \"2026-04-05\"", "working_days第4项.to：结束日早于开始日"),
        ("to = \"2026-05-05\"", "to = \"2027-05-05\"", "假期超过31天"),
        ("from = \"2026-10-01\"", "from = \"2026-09-27\"", "working_days第7项.from：与另一个假期重叠"),
        ("id = \"K02\"", "id = \"K01\"", "编号K01重复，第"),
        ("id = \"K02\"", "id = \"k2\"", "编号应为一个大写字母加两位数字，如“K03”，现为“k2”"),
    ]);
}

#[test]
fn a_repeated_number_names_the_line_of_the_first() {
    let (line, problems) = broken("number = 19\ntitle", "number = 5\ntitle");
    let first = 1 + EMBEDDED.split("number = 5\ntitle").next().unwrap().matches('\n').count();
    let told: Vec<(usize, &str)> = problems.iter().map(|p| (p.line, p.message.as_str())).collect();
    let repeated = format!("articles第20项.number：第5条重复，第{first}行已经用过");
    assert!(told.contains(&(line, &repeated)), "{told:#?}");
    assert!(told.iter().any(|(_, message)| *message == "articles：缺少第19条的要点"), "{told:#?}");
    assert_eq!(told.len(), 2, "{told:#?}");
}

#[test]
fn a_dimension_without_items_and_a_missing_gist_are_reported_where_the_list_begins() {
    let lines = EMBEDDED.replace("\"sharing\"", "\"security\"");
    let begins = 1 + EMBEDDED.split("[[checklist]]").next().unwrap().matches('\n').count();
    let message = "checklist：维度“sharing”没有检查项，四个维度都要有".to_owned();
    assert_eq!(parse(&lines), Err(vec![PolicyProblem { line: begins, message }]));

    let (before, after) = EMBEDDED.split_once("[[articles]]\nnumber = 0").unwrap();
    let (_, after) = after.split_once("[[articles]]").unwrap();
    let line = 1 + before.matches('\n').count();
    let message = "articles：缺少附件（0）的要点".to_owned();
    assert_eq!(parse(&format!("{before}[[articles]]{after}")), Err(vec![PolicyProblem { line, message }]));
}

#[test]
fn all_problems_of_a_file_are_reported_at_once_in_the_order_of_their_lines() {
    let text = r#"id = 2026
title = ""
effective_from = "2026-13-01"
ex_ante_kinds = []
color = "red"

[limits]
review = "50"
panel = "40"
survey = 200

[clocks]
revizing = 15
filed = 1.5

[[working_days]]
name = "国庆"
from = "2026-10-07"
to = "2026-10-01"

[[articles]]
number = 0
title = "附件"

[[checklist]]
id = "B01"
dimension = "complete"
text = "问"
evidence = "答"
articles = [7, 99]
weight = "fatal"
applies_to = ["software"]
"#;
    let problems = parse(text).unwrap_err();
    let told: Vec<(usize, &str)> = problems.iter().map(|p| (p.line, p.message.as_str())).collect();
    for section in ["small_route", "catalogue", "plan", "operation", "acceptance", "panel", "change"] {
        assert!(told.contains(&(0, &format!("缺少“{section}”"))), "{told:#?}");
    }
    for (line, fragment) in [
        (1, "id：应为加引号的代码，现为整数"),
        (2, "title：不能为空"),
        (3, "effective_from：日期“2026-13-01”有误"),
        (4, "ex_ante_kinds：至少要有一项"),
        (5, "不认识的键“color”"),
        (7, "limits：缺少“public_tender”"),
        (9, "limits.panel：专家论证限额40.00万元低于"),
        (10, "limits.survey：应为加引号的万元金额"),
        (13, "是否应为“revising”？"),
        (14, "clocks.filed：应为1到365的整数（不加引号），现为小数"),
        (16, "working_days第1项：缺少“work_on”"),
        (19, "working_days第1项.to：结束日早于开始日"),
        (21, "articles第1项：缺少“gist”"),
        (21, "articles：缺少第1条、第2条"),
        (25, "维度“sharing”没有检查项"),
        (27, "checklist第1项.dimension：不认识的维度代码“complete”"),
        (30, "checklist第1项.articles第2项：应为0到19的整数"),
        (31, "checklist第1项.weight：不认识的级别代码“fatal”"),
    ] {
        assert!(
            told.iter().any(|(l, message)| *l == line && message.contains(fragment)),
            "{line} {fragment} {told:#?}"
        );
    }
    assert!(told.is_sorted_by_key(|(line, _)| *line));
}

#[test]
fn a_file_that_is_no_toml_is_explained_in_chinese_with_the_line_itself() {
    for (text, line, message) in [
        ("a = 1\nb = “50”\n", 2, "语法错误：文字应放在英文半角双引号内。该行为“b = “50””"),
        ("a = 1\nb = \"50\nc = 2\n", 2, "语法错误：双引号未成对，或者引号内有不能直接书写的字符。该行为“b = \"50”"),
        ("b＝\"50\"", 1, "语法错误：键后面缺少“=”和值，注意用英文半角等号。该行为“b＝\"50\"”"),
        ("限额 = \"50\"", 1, "语法错误：键名只能用英文字母、数字、下划线和连字符。该行为“限额 = \"50\"”"),
        ("a = 1\r\nb =\r\n", 2, "语法错误：“=”后面缺少值。该行为“b =”"),
        ("[limits\nreview = \"50\"", 1, "语法错误：节名的方括号没有成对。该行为“[limits”"),
        ("a = 2026-02-30", 1, "语法错误：日期或时间有误，没有这一天或者写法不对。该行为“a = 2026-02-30”"),
        ("[limits]\n[plan]\n[limits]", 3, "语法错误：“limits”重复出现。该行为“[limits]”"),
        ("a = 007", 1, "语法错误：数字前面不能有多余的0。该行为“a = 007”"),
        ("a = \"\\q\"", 1, "语法错误：反斜杠后面的写法有误。该行为“a = \"\\q\"”"),
        ("\u{feff}a = 1\n# \u{1b}[2J", 2, "语法错误：注释里有控制字符。该行为“# \u{fffd}[2J”"),
    ] {
        assert_eq!(parse(text), Err(vec![PolicyProblem { line, message: message.to_owned() }]), "{text:?}");
    }
}

#[test]
fn a_bracket_left_open_is_reported_once_and_not_for_every_line_after_it() {
    let (line, problems) = broken("\"cost\", \"business\"]", "\"cost\", \"business\"");
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!((line..line + 6).contains(&problems[0].line), "{problems:#?}");
    assert!(problems[0].message.contains("方括号"), "{problems:#?}");
}

#[test]
fn several_slips_of_syntax_are_reported_together() {
    let text =
        EMBEDDED.replace("review = \"50\" ", "review = 50万 ").replace("number = 5\ntitle", "number = 5,\ntitle");
    let problems = parse(&text).unwrap_err();
    assert_eq!(problems.len(), 2, "{problems:#?}");
    assert!(problems.iter().all(|problem| problem.message.starts_with("语法错误：")), "{problems:#?}");
}

#[test]
fn no_message_can_drive_the_terminal() {
    for text in ["\u{1b}]0;x\u{7} = 1", "a = \"\u{9b}2J", "\"\\u001b\" = 1", "id = \"\\u009b\"", "[\u{202e}]"] {
        for problem in parse(text).unwrap_err() {
            assert!(!problem.message.contains(|c: char| c.is_control() || c == '\u{202e}'), "{problem:?}");
        }
    }
}

#[test]
fn a_huge_file_is_refused_unread() {
    let problems = parse(&"#".repeat(2 << 20)).unwrap_err();
    assert_eq!(problems, [PolicyProblem { line: 0, message: "文件超过1MB，不是规则文件".to_owned() }]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_a_refusal_always_says_why(cut in 0usize..20_000, noise in "\\PC{0,12}") {
        let mut text: String = EMBEDDED.chars().take(cut).collect();
        text.push_str(&noise);
        if let Err(problems) = parse(&text) {
            proptest::prop_assert!(!problems.is_empty());
        }
    }
}

#[test]
fn an_edition_from_before_the_later_keys_of_the_panel_follows_the_one_that_comes_with_the_program() {
    let later = [
        "home",
        "external_share",
        "favourable_share",
        "continuity_share",
        "recusal_years",
        "opinion_valid_months",
        "load_per_year",
        "pairing_per_year",
    ];
    let is_later = |line: &&str| later.iter().any(|key| line.starts_with(&format!("{key} = ")));
    assert_eq!(EMBEDDED.lines().filter(is_later).count(), later.len(), "the program's own edition has them all");
    let old: Vec<&str> = EMBEDDED.lines().filter(|line| !is_later(line)).collect();
    assert_eq!(parse(&old.join("\n")).unwrap().panel, county().panel);
}

#[test]
fn a_share_is_written_in_parts_of_a_whole() {
    assert_each_is_reported(&[
        ("favourable_share = \"2/3\"", "favourable_share = \"0.66\"", "几分之几"),
        ("external_share = \"2/3\"", "external_share = \"4/3\"", "不超过1"),
        ("continuity_share = \"1/2\"", "continuity_share = \"0/2\"", "大于0"),
    ]);
    let share = county().panel.favourable_share;
    assert!(share.is_reached(4, 5) && share.is_reached(2, 3) && !share.is_reached(3, 5), "{share}");
}

#[test]
fn the_register_begins_with_the_fifteen_open_questions() {
    let questions = county().questions;
    assert_eq!(questions.iter().map(|question| question.number).collect::<Vec<_>>(), (1..=15).collect::<Vec<_>>());
    assert_eq!(questions[2].settings, ["small_route.needs_approval", "small_route.needs_filing"]);
    assert!(questions.iter().all(|question| question.text.ends_with('？') && question.practice.ends_with('。')));
}

#[test]
fn an_edition_without_questions_is_read_with_those_of_the_program() {
    let (before, rest) = EMBEDDED.split_once("\n[[questions]]").unwrap();
    let (_, after) = rest.split_once("\n[[articles]]").unwrap();
    let older = [before, "\n[[articles]]", after].concat();
    assert_eq!(parse(&older).unwrap().questions, county().questions);
}

#[test]
fn faults_of_a_question_are_reported_where_they_stand() {
    assert_each_is_reported(&[
        ("number = 15\ntext = \"专", "number = 14\ntext = \"专", "问题14重复"),
        ("settings = [\"change.approval_percent\"]", "settings = [\"change\"]", "设置名应写成“节.键”"),
        ("late_needs_in_year_papers = false", "late_needs_in_year_papers = 1", "true或false"),
    ]);
}
