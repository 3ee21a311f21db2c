//! Rounds as they are read and compared.

use super::*;
use crate::domain::ids::ItemId;
use crate::domain::round::Change;
use crate::domain::workflow::record::ReviewResult;
use crate::service::command::{Command, ItemAnswer, VerdictChange};
use crate::service::edition_tests::{at, edition, fail_review, finish_plan, install};
use crate::service::error::Kind;
use crate::service::tests::County;

fn rounds(county: &mut County, code: &ProjectCode) -> RoundsView {
    county.0.ask(&County::session("lead"), Rounds { project: code.clone() }).unwrap()
}

fn note(county: &mut County, code: &ProjectCode, item: &str, verdict: Verdict, remark: &str) {
    let answer = ItemAnswer {
        item: ItemId::typed(item),
        verdict: VerdictChange::Set(verdict),
        remark: Some(remark.to_owned()),
        suggestion: Some("按要求补充".to_owned()),
        basis: Some("办法".to_owned()),
        cite: None,
    };
    let command = Command::Judge { project: code.clone(), answers: vec![answer], if_version: None };
    county.run("reviewer", command).unwrap();
}

#[test]
fn a_project_tells_each_round_with_its_rules_and_what_changed_in_the_next() {
    let mut county = County::new();
    install(&mut county, edition("yushan-2027", "2027-01-01", "50")).unwrap();
    let code = county.register("55");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    county.act("intake", &code, Action::AcceptPlan, &[]).unwrap();
    county.act("planning", &code, Action::Vote, &[("result", "agree")]).unwrap();
    county.act("lead", &code, Action::Vote, &[("result", "return"), ("opinion", "预算不清")]).unwrap();
    at(&mut county, "2026-10-08T09:00:00+08:00");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    finish_plan(&mut county, &code);
    note(&mut county, &code, "A01", Verdict::Fail, "缺测试方案");
    at(&mut county, "2026-11-09T09:00:00+08:00");
    fail_review(&mut county, &code);

    let view = rounds(&mut county, &code);
    assert_eq!((view.plans.len(), view.reviews.len(), view.acceptances.len()), (2, 1, 0));
    let first = &view.plans[0];
    assert_eq!((first.votes.len(), first.government.as_ref()), (2, None));
    assert_eq!(first.span.closed, Some(first.votes[1].by.at), "a return ends the round");
    assert!(view.plans[1].government.is_some() && !view.plans[1].span.is_running());
    assert!(!view.reviews[0].span.is_running(), "signed is ended, passed or not");

    at(&mut county, "2027-01-11T09:00:00+08:00");
    county.act("intake", &code, Action::SubmitScheme, &[("designer", "某院"), ("version", "2.0")]).unwrap();
    county.act("intake", &code, Action::AcceptScheme, &[]).unwrap();
    note(&mut county, &code, "A01", Verdict::Pass, "已补");
    let view = rounds(&mut county, &code);
    let [before, after] = &view.reviews[..] else { panic!("{view:#?}") };
    assert_eq!((before.rules.policy.as_str(), after.rules.policy.as_str()), ("yushan-2026", "yushan-2027"));
    assert!(after.span.is_running() && after.scheme.as_ref().unwrap().version == "2.0");
    assert_eq!((before.count(Verdict::Fail), after.answers.len()), (1, 1));
    assert_eq!(after.answers[0].judgement.item.as_str(), "A01");
    assert!(!after.answers[0].question.is_empty());

    let compared = view.compare_reviews(2, 1).unwrap();
    assert_eq!((compared.before, compared.after), (1, 2), "the earlier one comes first");
    let scheme = Change { before: Some("1.0".to_owned()), after: Some("2.0".to_owned()) };
    assert_eq!(compared.scheme, Some(scheme));
    assert_eq!(compared.result, Some(Change { before: Some(ReviewResult::Fail), after: None }));
    assert_eq!(compared.policy.unwrap().after, "yushan-2027");
    assert_eq!(compared.route, None);
    assert_eq!((compared.answers.len(), compared.unchanged, compared.pending), (1, 0, before.answers.len() - 1));
    let first = &compared.answers[0];
    let verdicts = (first.before.as_ref().unwrap().verdict, first.after.as_ref().unwrap().verdict);
    assert_eq!((first.item.as_str(), verdicts), ("A01", (Some(Verdict::Fail), Some(Verdict::Pass))));
    assert_eq!(view.compare_reviews(1, 3), None);
}

#[test]
fn a_second_acceptance_tells_what_was_settled() {
    let mut county = County::new();
    let code = county.register("20");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    assert!(rounds(&mut county, &code).plans[0].span.is_running());
    county.act("intake", &code, Action::Withdraw, &[("reason", "不建了")]).unwrap();
    let view = rounds(&mut county, &code);
    assert!(!view.plans[0].span.is_running(), "what ended without a decision does not run");

    let deed = |action, raw: &[(&str, &str)]| {
        let raw = raw.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        let by = view.plans[0].votes.first().map(|vote| vote.by.clone());
        let by = by.unwrap_or(crate::domain::workflow::record::Hand {
            account: crate::domain::ids::AccountId(1),
            name: String::new(),
            at: view.plans[0].span.opened,
        });
        Deed {
            action,
            round: 1,
            effective: true,
            inputs: crate::domain::workflow::input::Inputs::read(action, &raw).unwrap(),
            by,
        }
    };
    let result = |centre, issues, team| {
        deed(
            Action::RecordAcceptance,
            &[
                ("members", team),
                ("unit_result", "pass"),
                ("centre_result", centre),
                ("data_aggregated", "true"),
                ("issues", issues),
                ("doc_date", "2027-09-01"),
            ],
        )
    };
    let deeds = [
        deed(Action::RequestAcceptance, &[("date", "2027-08-20")]),
        result("fail", "目录未挂接\n缺测试报告", "张三|甲|长\n李四|乙|员\n王五|丙|员"),
        deed(Action::RequestReacceptance, &[("answers", "已挂接")]),
    ];
    let project = county.0.ask(&County::session("intake"), crate::service::view::show::Show { project: code }).unwrap();
    let mut project = project.dossier.project;
    project.stage = Stage::Acceptance;
    let with = |deeds: &[Deed]| RoundsView { acceptances: acceptances(deeds, &project), ..view.clone() };
    let open = with(&deeds).compare_acceptances(1, 2).unwrap();
    assert_eq!((open.settled.len(), open.remaining.len(), open.left.len()), (0, 2, 0), "nothing is known yet");
    let again = result("pass", "缺测试报告\n缺培训记录", "张三|甲|长\n李四|乙|员\n赵六|丁|员");
    let deeds = [&deeds[..], &[again]].concat();
    let told = with(&deeds).compare_acceptances(1, 2).unwrap();
    assert_eq!((told.settled, told.remaining), (vec!["目录未挂接".to_owned()], vec!["缺测试报告".to_owned()]));
    assert_eq!((told.raised, told.answers.as_deref()), (vec!["缺培训记录".to_owned()], Some("已挂接")));
    assert_eq!((told.joined[0][0].as_str(), told.left[0][0].as_str()), ("赵六", "王五"));
    assert_eq!((told.unit_result, told.centre_result.unwrap().after), (None, Some("pass".to_owned())));
}

#[test]
fn rounds_are_shown_to_those_who_may_see_the_project() {
    let mut county = County::new();
    let code = county.bring_to_review("55");
    let denied = county.0.ask(&County::session("unit"), Rounds { project: code }).unwrap_err();
    assert_eq!(denied.kind(), Kind::Denied);
}
