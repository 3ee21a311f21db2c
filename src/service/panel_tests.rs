//! The expert panel from the request to the signed opinion, over a real SQLite in memory.

use super::command::{Command, NewExpert};
use super::error::{Answer, Error, Kind};
use super::tests::{County, draft};
use super::view::audit::AuditList;
use super::view::experts::Experts;
use super::view::show::{ProjectView, Show};
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::panel::lack::PanelLack;
use crate::domain::project::{Project, Stage};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::domain::workflow::unmet::Unmet;

const DISCIPLINES: [&str; 5] = ["architecture", "security", "cost", "business", "architecture"];
const MEMBERS: &str = "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear\nZ004|成员|clear\nZ005|成员|clear";
const ALL_SIGN: (&str, &str) = ("signed_by", "Z001\nZ002\nZ003\nZ004\nZ005");

fn expert(name: &str, employer: &str, discipline: &str) -> NewExpert {
    NewExpert {
        name: name.to_owned(),
        employer: employer.to_owned(),
        title: "教授".to_owned(),
        disciplines: vec![discipline.to_owned()],
        contact: "13907931234".to_owned(),
        ..NewExpert::default()
    }
}

/// A county with ten experts.
pub(in crate::service) fn county() -> County {
    let mut county = County::new();
    add_experts(&mut county);
    county
}

pub(in crate::service) fn add_experts(county: &mut County) {
    for n in 0..10 {
        let new = expert(&format!("专家{n}"), &format!("第{n}大学"), DISCIPLINES[n % 5]);
        county.run("panel-secretary", Command::AddExpert(new)).unwrap();
    }
}

fn show(county: &mut County, account: &str, code: &ProjectCode) -> ProjectView {
    county.0.ask(&County::session(account), Show { project: code.clone() }).unwrap()
}

fn refused(answer: Answer<Stage>) -> Vec<PanelLack> {
    match answer {
        Err(Error::Refused(unmet)) => unmet
            .into_iter()
            .filter_map(|unmet| match unmet {
                Unmet::Panel(lack) => Some(lack),
                _ => None,
            })
            .collect(),
        other => panic!("{other:?}"),
    }
}

pub(in crate::service) fn formed(county: &mut County, wan: &str) -> ProjectCode {
    let code = county.bring_to_review(wan);
    county.act("reviewer", &code, Action::RequestPanel, &[]).unwrap();
    let form = &[("members", MEMBERS), ("selection", "chosen"), ("reason", "专家库小")];
    assert_eq!(county.act("panel-secretary", &code, Action::FormPanel, form).unwrap(), Stage::PanelForming);
    assert_eq!(county.act("lead", &code, Action::ConfirmPanel, &[]).unwrap(), Stage::PanelReviewing);
    code
}

fn say(county: &mut County, code: &ProjectCode, expert: &str, conclusion: &str) {
    let raw = [("expert", expert), ("conclusion", conclusion), ("text", "逐字意见"), ("signed", "true")];
    county.act("panel-secretary", code, Action::RecordExpertOpinion, &raw).unwrap();
}

pub(in crate::service) fn voted(county: &mut County, wan: &str, votes: [&str; 5]) -> ProjectCode {
    let code = formed(county, wan);
    for (index, vote) in votes.iter().enumerate() {
        say(county, &code, &format!("Z{:03}", index + 1), vote);
    }
    let met = &[("met_on", "2026-11-20"), ("place", "县数据中心会议室")];
    assert_eq!(county.act("panel-secretary", &code, Action::CloseOpinions, met).unwrap(), Stage::PanelConcluding);
    code
}

pub(in crate::service) fn conclude(
    county: &mut County,
    code: &ProjectCode,
    conclusion: &str,
    more: &[(&str, &str)],
) -> Answer<Stage> {
    let raw = [&[("conclusion", conclusion), ("text", "论证意见"), ALL_SIGN], more].concat();
    county.act("panel-secretary", code, Action::ConcludePanel, &raw)
}

fn opinion<'a>(result: &'a str, wan: &'a str) -> [(&'a str, &'a str); 3] {
    [("result", result), ("assessed_wan", wan), ("summary", "同意")]
}

#[test]
fn the_smart_campus_goes_from_the_form_to_the_signed_opinion_with_five_to_nothing() {
    let mut county = county();
    let code = voted(&mut county, "268.00", ["pass"; 5]);
    assert_eq!(conclude(&mut county, &code, "pass", &[]).unwrap(), Stage::TechnicalReview);
    county.judge_all(&code, Verdict::Pass);
    county.act("reviewer", &code, Action::DraftOpinion, &opinion("pass", "268")).unwrap();
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    let doc = &[("doc_no", "玉数评〔2026〕7号")];
    assert_eq!(county.act("signer", &code, Action::SignOpinion, doc).unwrap(), Stage::ReviewPassed);
    let view = show(&mut county, "lead", &code);
    let panel = view.dossier.panel().unwrap();
    assert_eq!(panel.tally().pass, 5);
    assert_eq!(view.dossier.panel_result(), Some(PanelResult::Pass));
    let snapshot = county.0.database.read().unwrap();
    let (_, _, broken) = snapshot.read().verify_audit(|_, _| {}).unwrap();
    assert_eq!(broken, None);
}

#[test]
fn the_city_management_network_fails_five_to_nothing_and_cannot_pass() {
    let mut county = county();
    let code = voted(&mut county, "186.00", ["fail"; 5]);
    conclude(&mut county, &code, "fail", &[]).unwrap();
    county.judge_all(&code, Verdict::Pass);
    let barred = county.act("reviewer", &code, Action::DraftOpinion, &opinion("pass", "186")).unwrap_err();
    assert!(matches!(barred, Error::Refused(ref unmet) if unmet[..] == [Unmet::PanelFailed]), "{barred:?}");
    let failing = [("result", "fail"), ("assessed_wan", "0"), ("summary", "不通过")];
    assert_eq!(county.act("reviewer", &code, Action::DraftOpinion, &failing).unwrap(), Stage::OpinionCheck);
}

#[test]
fn a_panel_that_passes_does_not_oblige_the_centre() {
    let mut county = county();
    let code = voted(&mut county, "120", ["pass"; 5]);
    conclude(&mut county, &code, "pass", &[]).unwrap();
    county.judge_all(&code, Verdict::Pass);
    let failing = [("result", "fail"), ("assessed_wan", "0"), ("summary", "与上级统建重复")];
    assert_eq!(county.act("reviewer", &code, Action::DraftOpinion, &failing).unwrap(), Stage::OpinionCheck);
}

#[test]
fn three_to_two_argues_again_and_with_conditions_waits_for_every_fix() {
    let mut county = county();
    let code = voted(&mut county, "120", ["pass", "pass", "pass", "fail", "fail"]);
    assert!(matches!(
        refused(conclude(&mut county, &code, "pass", &[]))[..],
        [PanelLack::AgainstTally { says: PanelResult::Supplement, .. }]
    ));
    assert_eq!(conclude(&mut county, &code, "supplement", &[]).unwrap(), Stage::PanelReviewing);
    for (index, vote) in ["pass", "pass", "conditional", "conditional", "fail"].iter().enumerate() {
        say(&mut county, &code, &format!("Z{:03}", index + 1), vote);
    }
    county.act("panel-secretary", &code, Action::CloseOpinions, &[("met_on", "2026-12-01")]).unwrap();
    assert_eq!(refused(conclude(&mut county, &code, "conditional", &[])), [PanelLack::FixesMissing]);
    let fixes = ("fixes", "补充密评方案|县教育局|2026-12-10");
    assert_eq!(conclude(&mut county, &code, "conditional", &[fixes]).unwrap(), Stage::Revising);
    let open = PanelLack::FixesOpen(vec![(1, "补充密评方案".to_owned())]);
    assert_eq!(refused(county.act("reviewer", &code, Action::FinishRevision, &[])), [open]);
    county.act("reviewer", &code, Action::CloseFix, &[("fix", "1"), ("page_ref", "第31页")]).unwrap();
    assert_eq!(county.act("reviewer", &code, Action::FinishRevision, &[]).unwrap(), Stage::TechnicalReview);
    let view = show(&mut county, "lead", &code);
    let first = &view.dossier.panels[0];
    assert_eq!(first.conclusion.as_ref().map(|it| it.result), Some(PanelResult::Supplement), "stays readable");
    assert_eq!(view.dossier.panels[1].fixes[0].closed.as_ref().map(|(page, _)| page.as_str()), Some("第31页"));
    let again =
        county.act("panel-secretary", &code, Action::CorrectPanelRecord, &[("text", "地点有误"), ("reason", "笔误")]);
    assert_eq!(again.unwrap(), Stage::TechnicalReview);
    assert_eq!(show(&mut county, "lead", &code).dossier.panels[1].corrections.len(), 1);
}

#[test]
fn opinions_are_blind_until_the_last_one_is_in() {
    let mut county = county();
    let code = formed(&mut county, "120");
    say(&mut county, &code, "Z001", "fail");
    for account in ["lead", "reviewer", "intake"] {
        let view = show(&mut county, account, &code);
        let panel = view.dossier.panel().unwrap();
        assert!(panel.opinions.is_empty(), "{account} reads {:?}", panel.opinions);
        assert_eq!(view.panel_progress, [("专家0".to_owned(), true)], "only that it is in, and locked");
        let told = format!("{:?}", view.history);
        assert!(!told.contains("逐字意见") && !told.contains("\"fail\""), "{account}: {told}");
    }
    let own = show(&mut county, "panel-secretary", &code);
    assert_eq!(own.dossier.panel().unwrap().opinions.len(), 1, "the recorder's own entry");
    let log = county.0.ask(&County::session("auditor"), AuditList { project: Some(code.clone()), ..all_entries() });
    assert!(!format!("{:?}", log.unwrap()).contains("逐字意见"), "nor in the log");
    for expert in ["Z002", "Z003", "Z004", "Z005"] {
        say(&mut county, &code, expert, "pass");
    }
    assert!(show(&mut county, "lead", &code).dossier.panel().unwrap().opinions.is_empty(), "not before it is closed");
    county.act("panel-secretary", &code, Action::CloseOpinions, &[("met_on", "2026-11-20")]).unwrap();
    assert_eq!(show(&mut county, "lead", &code).dossier.panel().unwrap().opinions.len(), 5);
}

#[test]
fn the_unit_learns_who_argued_its_project_only_with_the_conclusion() {
    let mut county = county();
    let code = formed(&mut county, "120");
    let add = |county: &mut County| {
        let (account, name) = ("edu".to_owned(), "经办人".to_owned());
        let (unit, roles, os_user) = ("县教育局".to_owned(), vec![crate::domain::actor::Role::Unit], None);
        county.run("sysadmin", Command::AddAccount { code: account.clone(), name, unit, roles, os_user }).unwrap();
        county.run("secadmin", Command::SetAccountActive { code: account, active: true }).unwrap();
    };
    add(&mut county);
    say(&mut county, &code, "Z001", "pass");
    let told = |county: &mut County| {
        let view = show(county, "edu", &code);
        let panels = format!("{:?} {:?}", view.dossier.panels, view.dossier.pool);
        format!("{panels} {:?} {:?} {:?}", view.panel_progress, view.history, view.actions)
    };
    assert!(!told(&mut county).contains("专家0") && !told(&mut county).contains("Z001"));
    for expert in ["Z002", "Z003", "Z004", "Z005"] {
        say(&mut county, &code, expert, "pass");
    }
    county.act("panel-secretary", &code, Action::CloseOpinions, &[("met_on", "2026-11-20")]).unwrap();
    conclude(&mut county, &code, "pass", &[]).unwrap();
    assert!(told(&mut county).contains("专家0"));
}

pub(in crate::service) fn all_entries() -> AuditList {
    AuditList { project: None, since_millis: 0, before: None, limit: 500 }
}

#[test]
fn r8_2_a_fall_of_the_amount_after_a_panel_was_formed_never_lowers_the_way() {
    let mut county = county();
    let code = voted(&mut county, "120", ["pass"; 5]);
    conclude(&mut county, &code, "pass", &[]).unwrap();
    county.act("lead", &code, Action::Change, &[("amount_wan", "62.5"), ("reason", "核减")]).unwrap();
    let project: Project = show(&mut county, "lead", &code).dossier.project;
    assert_eq!(project.route.code, crate::domain::route::RouteCode::Panel);
}

#[test]
fn a_draw_is_on_record_with_its_seed_and_its_candidates() {
    let mut county = county();
    let mut project = draft("120");
    project.candidate.declaration.designer = Some("第3大学".to_owned());
    let code = county.create(project);
    county.bring_to(&code, Stage::TechnicalReview);
    county.act("reviewer", &code, Action::RequestPanel, &[]).unwrap();
    let declared = &[("expert", "Z002"), ("ground", "kinship")];
    county.act("panel-secretary", &code, Action::DeclareRecusal, declared).unwrap();
    let off = Command::SetExpertActive { expert: "专家9".to_owned(), active: false, reason: "退休".to_owned() };
    county.run("panel-secretary", off).unwrap();
    let draw = [("size", "5"), ("draw_seed", "2026-11-20")];
    county.act("panel-secretary", &code, Action::DrawPanel, &draw).unwrap();
    let again = [&draw[..], &[("reason", "复核")]].concat();
    county.act("panel-secretary", &code, Action::DrawPanel, &again).unwrap();
    let view = show(&mut county, "lead", &code);
    let [first, second] = &view.dossier.panel().unwrap().draws[..] else { panic!() };
    assert_eq!((&first.members, &first.candidates_digest), (&second.members, &second.candidates_digest));
    assert_eq!(first.candidates.len(), 7, "ten less one declared, one of the designer, one out of use");
    let kept_out: Vec<&str> = first.recused.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(kept_out, ["专家1", "专家3"]);
    county.act("panel-secretary", &code, Action::DrawPanel, &[("size", "5"), ("reason", "随机")]).unwrap();
    let view = show(&mut county, "lead", &code);
    assert_eq!(view.dossier.panel().unwrap().draws[2].seed.len(), 32, "a seed of random bytes");
}

#[test]
fn the_pool_is_kept_by_the_secretary_and_shows_no_telephone_numbers() {
    let mut county = county();
    let denied = county.run("reviewer", Command::AddExpert(expert("甲", "某大学", "cost"))).unwrap_err();
    assert_eq!(denied.kind(), Kind::Denied);
    let wrong = expert("专家0", "第0大学", "poetry");
    let Err(Error::Invalid(problems)) = county.run("panel-secretary", Command::AddExpert(wrong)) else { panic!() };
    assert_eq!(problems.len(), 2, "{problems:?}");
    let seen = county.0.ask(&County::session("lead"), Experts::default()).unwrap();
    assert_eq!(seen[0].expert.contact, "139*****234");
    let whole = Experts { contacts: true };
    assert_eq!(county.0.ask(&County::session("lead"), whole).unwrap_err().kind(), Kind::Denied);
    assert_eq!(county.0.ask(&County::session("panel-secretary"), whole).unwrap()[0].expert.contact, "13907931234");
    assert_eq!(county.0.ask(&County::session("planning"), Experts::default()).unwrap_err().kind(), Kind::Denied);
}

#[test]
fn whoever_sits_often_for_one_unit_is_pointed_out() {
    let mut county = county();
    for _ in 0..3 {
        formed(&mut county, "120");
    }
    let seen = county.0.ask(&County::session("panel-secretary"), Experts::default()).unwrap();
    assert_eq!((seen[0].served.len(), seen[0].paired.len()), (3, 1));
    assert_eq!((seen[9].served.len(), seen[9].paired.len()), (0, 0));
}
