//! The grammar of the specification, field by field and name by name: what works, and what has no data here.

use super::tests::LABELS;
use super::*;

/// The names of a field; values as typed, and the whole as understood.
type Line = (&'static [&'static str], &'static [(&'static str, &'static str)]);

/// A field, every name it answers to, examples of its values, and how they are understood (written with codes).
const WORKS: &[Line] = &[
    (
        &["状态", "state", "ＳＴＡＴＥ"],
        &[(":技术评审中", "状态:technical-review"), ("：已立项，已列入计划", "状态:planned,approved")],
    ),
    (&["轮到", "turn"], &[(":我", "轮到:我"), (":财政局", "轮到:finance")]),
    (&["主办", "owner"], &[(":我", "主办:我"), (":王芳", "主办:王芳")]),
    (&["单位", "org", "unit"], &[(":jyj", "单位:jyj"), ("=县教育局", "单位=县教育局")]),
    (&["编号", "id", "code"], &[(":0001", "编号:0001")]),
    (&["名称", "name"], &[(":平台", "名称:平台")]),
    (
        &["金额", "amount"],
        &[
            (">200万", "金额>200万"),
            ("＞＝１．５亿", "金额>=15000万"),
            (":50..100万", "金额:50万..100万"),
            ("<200", "金额<200万"),
        ],
    ),
    (
        &["期限", "due"],
        &[
            ("<7d", "期限<7天"),
            ("<2周", "期限<2周"),
            ("：今日", "期限:今日"),
            (":本周", "期限:本周"),
            (":逾期", "期限:逾期"),
            (":2025-03-01..2025-03-15", "期限:2025-03-01..2025-03-15"),
            (":3月", "期限<=3月"),
        ],
    ),
    (&["等待", "wait"], &[(">3天", "等待>3天"), ("<=2w", "等待<=14天")]),
    (
        &["更新", "upd"],
        &[("<3天", "更新<3天"), (":3天", "更新<=3天"), (":今日", "更新:今日"), (">=2026-09-01", "更新>=2026-09-01")],
    ),
    (&["维度2", "dim2", "维度２"], &[(":否", "维度2:fail"), (":通过,存疑", "维度2:pass,doubt")]),
    (&["维度", "dim"], &[(":不通过", "维度:fail")]),
    (&["条目2.4", "item2.4"], &[(":否", "条目2.4:fail")]),
    (&["条目B04", "itemb04", "条目ｂ04"], &[("：不通过", "条目B04:fail")]),
    (&["有", "has"], &[(":专家", "有:专家"), (":引证,补正", "有:引证,补正"), (":附件", "有:附件")]),
    (&["无", "no"], &[(":专家", "-有:专家")]),
    (&["类型", "type", "kind"], &[(":new", "类型:new")]),
    (&["版本", "ver"], &[(">1", "版本>1"), (":2", "版本:2")]),
    (&["年度", "year"], &[(":2027", "年度:2027")]),
    (&["路线", "route"], &[(":专家论证", "路线:panel")]),
    (
        &["排序", "sort"],
        &[(":期限,-金额", "排序:期限,-金额"), (":-upd", "排序:-更新"), (":等待、编号", "排序:等待,编号")],
    ),
];

/// What the county keeps no data for, and the field that is offered instead.
const HAS_NO_DATA: &[(&[&str], Field)] =
    &[(&["标签", "tag"], Field::Kind), (&["正文", "text"], Field::Name), (&["列", "cols"], Field::Sort)];

#[test]
fn every_field_of_the_grammar_works_under_each_of_its_names() {
    for (names, examples) in WORKS {
        for name in *names {
            for (value, understood) in *examples {
                let typed = format!("{name}{value}");
                let read = parse(&typed, &LABELS);
                assert_eq!(read.map(|query| query.to_string()), Ok((*understood).to_owned()), "{typed}");
            }
        }
    }
}

#[test]
fn every_field_has_its_line_in_the_table() {
    for field in Field::ALL {
        let is_listed = WORKS.iter().any(|(names, _)| {
            let known = |name: &str| {
                names.iter().any(|one| Field::with_part(one).is_some_and(|(f, _)| f == *field) && one.starts_with(name))
            };
            known(field.name()) && known(field.code())
        });
        assert!(is_listed, "{field:?}");
    }
}

#[test]
fn a_field_without_data_says_so_and_names_the_nearest() {
    for (names, nearest) in HAS_NO_DATA {
        for name in *names {
            let problem = parse(&format!("教育 {name}：密码"), &LABELS).unwrap_err();
            assert_eq!((problem.at, problem.word.as_str()), (3, *name));
            assert_eq!(problem.kind, FilterProblemKind::NoData { nearest: Some(*nearest) });
        }
    }
}

#[test]
fn a_dimension_or_thing_that_does_not_exist_is_pointed_at() {
    let kind = |text: &str| parse(text, &LABELS).unwrap_err().kind;
    assert_eq!(kind("维度5:否"), FilterProblemKind::UnknownPart { field: Field::Dimension });
    assert_eq!(kind("维度0:否"), FilterProblemKind::UnknownPart { field: Field::Dimension });
    assert!(matches!(kind("维度2:好"), FilterProblemKind::UnknownValue { field: Field::Dimension, .. }));
    assert!(matches!(kind("有:标签"), FilterProblemKind::UnknownValue { field: Field::Has, .. }));
    assert!(matches!(kind("更新:后天"), FilterProblemKind::BadValue { field: Field::Updated }));
    assert!(matches!(kind("维度2>否"), FilterProblemKind::WrongOperator { field: Field::Dimension }));
}

#[test]
fn words_that_begin_like_a_field_stay_words() {
    for word in ["有线电视", "无纸化", "维度空间", "条目式", "版本库", "更新改造"] {
        assert_eq!(parse(word, &LABELS).unwrap().filter, Filter::Term(Term::Word(word.to_owned())), "{word}");
    }
}

#[test]
fn quotes_of_three_kinds_or_and_not_of_both_kinds_mean_the_same() {
    let same = |texts: &[&str]| {
        let read: Vec<Filter> = texts.iter().map(|text| parse(text, &LABELS).unwrap().filter).collect();
        assert!(read.windows(2).all(|pair| pair[0] == pair[1]), "{texts:?}: {read:?}");
    };
    same(&["\"等保 三级\"", "“等保 三级”", "”等保 三级“", "＂等保 三级＂"]);
    same(&["教育 或 水利", "教育|水利", "教育 ｜ 水利"]);
    same(&["非 教育", "-教育", "－教育"]);
    same(&["（教育 或 水利）状态:已立项", "(教育|水利) 状态：已立项"]);
}
