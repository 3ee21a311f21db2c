//! Every rule of the regulation that is a gate has a test named after it: `r8_7_…` for R8.7.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::path::Path;

use pingshen::domain::rule::Rule;

/// The rules whose kind is a hard gate in the reading of the regulation, article by article, with the article's gist.
const GATES: &[(&str, &str)] = &[
    ("R2.1", "适用范围"),
    ("R2.2", "资金来源合计等于投资额"),
    ("R2.3", "条线、另有规定须有依据文件"),
    ("R4.2", "发改委立项审批"),
    ("R4.3", "财政预算、付款"),
    ("R5.1", "未经报批或备案不得办理"),
    ("R6.2", "三部门联合审议、县政府批准"),
    ("R6.3", "年中追加的两份附件和理由"),
    ("R7.2", "目录内或限额以上先经技术评审"),
    ("R7.3", "四个维度逐项审核"),
    ("R7.4", "立项、评审、备案依次办理"),
    ("R8.1", "立项后报送技术方案"),
    ("R8.2", "100 万元及以上专家论证"),
    ("R8.3", "50 万元及以上中心评审"),
    ("R8.4", "未通过的不予采购"),
    ("R8.5", "小额在电子卖场采购"),
    ("R8.6", "书面技术审核意见签发后不改"),
    ("R8.7", "采购需求调查先行并装订归档"),
    ("R9.1", "合同写明年运维费"),
    ("R9.2", "运维不超过三年"),
    ("R11.2", "数据归县政府"),
    ("R11.3", "信息资源目录是审批必备条件"),
    ("R11.5", "数据免费实时汇聚"),
    ("R12.1", "验收小组三人以上"),
    ("R12.2", "建设单位和中心两部分验收"),
    ("R12.4", "不合格不付剩余款"),
    ("R13.1", "未验收不得投入使用"),
    ("R15.1", "事前绩效评估"),
    ("R17.1", "涉密项目不得进入"),
    ("RA.1", "申报表完整"),
    ("RA.2", "乡镇由主管单位汇总上报"),
];

/// Tells how the tests of a rule begin: `r8_7_`.
fn beginning(rule: &str) -> String {
    format!("{}_", rule.to_lowercase().replace('.', "_"))
}

/// Collects the names of all functions that are tests: those that stand below a `#[test]`.
fn tests_below(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            names_in(&std::fs::read_to_string(&path).unwrap(), found);
        }
    }
}

fn names_in(text: &str, found: &mut BTreeSet<String>) {
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        match line.strip_prefix("fn ").and_then(|rest| rest.split('(').next()) {
            Some(name) if is_test => drop(found.insert(name.to_owned())),
            _ => {}
        }
        is_test = line == "#[test]" || is_test && (line.starts_with("#[") || line.starts_with("//"));
    }
}

#[test]
fn every_gate_has_a_test_named_after_its_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    for folder in ["src", "tests"] {
        tests_below(&root.join(folder), &mut tests);
    }
    let missing: Vec<String> = GATES
        .iter()
        .filter(|(rule, _)| !tests.iter().any(|name| name.starts_with(&beginning(rule))))
        .map(|(rule, gist)| format!("{rule} {gist}: no test `fn {}…`", beginning(rule)))
        .collect();
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

#[test]
fn every_test_named_after_a_rule_names_one_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    for folder in ["src", "tests"] {
        tests_below(&root.join(folder), &mut tests);
    }
    let known: BTreeSet<String> =
        Rule::ALL.iter().map(|rule| rule.id()).chain(GATES.iter().map(|(rule, _)| *rule)).map(beginning).collect();
    let is_rule = |name: &str| {
        let mut parts = name.split('_');
        let (article, number) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let chapter = article.strip_prefix('r').is_some_and(|rest| rest == "a" || digits(rest));
        (chapter && digits(number)).then(|| format!("{article}_{number}_"))
    };
    let strangers: Vec<&String> =
        tests.iter().filter(|name| is_rule(name).is_some_and(|rule| !known.contains(&rule))).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn a_test_is_found_by_its_attribute_and_nothing_else_is() {
    let mut found = BTreeSet::new();
    let text = "#[test]\nfn r1_2_yes() {}\n#[test]\n// why\n#[should_panic]\nfn r3_4_yes() {}\nfn r5_6_no() {}\n// #[test]\nfn r7_8_no() {}";
    names_in(text, &mut found);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["r1_2_yes", "r3_4_yes"]);
    assert_eq!(beginning("RA.1"), "ra_1_");
}
