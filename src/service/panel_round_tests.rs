//! What comes of a panel: a second session beside the first, and its part in the Centre's opinion.

use super::command::Command;
use super::edition_tests::at;
use super::error::{Answer, Error};
use super::panel_tests::{add_experts, conclude, county, formed, voted};
use super::tests::County;
use super::view::rounds::{Rounds, RoundsView};
use super::view::show::{ProjectView, Show};
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::panel::lack::PanelLack;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::domain::workflow::unmet::Unmet;

fn show(county: &mut County, code: &ProjectCode) -> ProjectView {
    county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap()
}

fn rounds(county: &mut County, account: &str, code: &ProjectCode) -> RoundsView {
    county.0.ask(&County::session(account), Rounds { project: code.clone() }).unwrap()
}

fn replace(county: &mut County, code: &ProjectCode, out: &str, comes: &str) -> Answer<Stage> {
    let raw = [("expert", out), ("replacement", comes), ("declaration", "clear"), ("reason", "出差")];
    county.act("lead", code, Action::ReplaceExpert, &raw)
}

fn say(county: &mut County, code: &ProjectCode, expert: &str, conclusion: &str, dissent: &str) {
    let raw =
        [("expert", expert), ("conclusion", conclusion), ("text", "逐字"), ("dissent", dissent), ("signed", "true")];
    county.act("panel-secretary", code, Action::RecordExpertOpinion, &raw).unwrap();
}

fn discontinuous(answer: Answer<Stage>) -> (usize, usize, Vec<String>) {
    let Err(Error::Refused(unmet)) = answer else { panic!("{answer:?}") };
    let [Unmet::Panel(PanelLack::Discontinuous { kept, needed, absent, .. })] = &unmet[..] else { panic!("{unmet:?}") };
    (*kept, *needed, absent.clone())
}

#[test]
fn r8_2_the_second_session_leaves_the_first_readable_and_names_who_may_stay() {
    let mut county = county();
    let code = voted(&mut county, "120", ["pass", "pass", "pass", "fail", "fail"]);
    assert_eq!(conclude(&mut county, &code, "supplement", &[]).unwrap(), Stage::PanelReviewing);
    replace(&mut county, &code, "Z002", "Z007").unwrap();
    replace(&mut county, &code, "Z003", "Z008").unwrap();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let refused = discontinuous(replace(&mut county, &code, "Z004", "Z009"));
    assert_eq!(refused, (2, 3, names(&["专家1", "专家2", "专家3"])));
    let off = Command::SetExpertActive { expert: "专家1".to_owned(), active: false, reason: "退休".to_owned() };
    county.run("panel-secretary", off).unwrap();
    let refused = discontinuous(replace(&mut county, &code, "Z004", "Z009"));
    assert_eq!(refused, (2, 3, names(&["专家2", "专家3"])), "who retired cannot be kept");

    say(&mut county, &code, "Z001", "fail", "");
    let view = rounds(&mut county, "lead", &code);
    let [first, second] = &view.reviews[0].panels[..] else { panic!("{view:#?}") };
    assert_eq!(first.conclusion.as_ref().map(|it| it.result), Some(PanelResult::Supplement));
    assert_eq!((first.opinions.len(), first.tally().fail, first.seats().len()), (5, 2, 5));
    assert!(second.opinions.is_empty(), "the second session is as blind as the first was");
    assert_eq!(view.panel_progress, [("专家0".to_owned(), true)]);
    assert_eq!(view.reviews[0].concluded_panel().map(|panel| panel.session), Some(1));
}

#[test]
fn the_unit_reads_of_a_running_session_in_no_round() {
    let mut county = county();
    let code = formed(&mut county, "120");
    let (account, name) = ("edu".to_owned(), "经办人".to_owned());
    let (unit, roles) = ("县教育局".to_owned(), vec![crate::domain::actor::Role::Unit]);
    county.run("sysadmin", Command::AddAccount { code: account.clone(), name, unit, roles, os_user: None }).unwrap();
    county.run("secadmin", Command::SetAccountActive { code: account, active: true }).unwrap();
    say(&mut county, &code, "Z001", "pass", "");
    let view = rounds(&mut county, "edu", &code);
    assert!(view.reviews[0].panels.is_empty() && view.panel_progress.is_empty(), "{view:#?}");
    assert_eq!(rounds(&mut county, "lead", &code).reviews[0].panels.len(), 1);
}

#[test]
fn r8_2_each_draft_keeps_the_panel_it_rested_on() {
    let mut county = county();
    at(&mut county, "2026-11-16T09:00:00+08:00");
    let code = voted(&mut county, "186.00", ["fail"; 5]);
    conclude(&mut county, &code, "fail", &[]).unwrap();
    county.judge_all(&code, Verdict::Pass);
    let draft = |county: &mut County, result, wan| {
        let raw = [("result", result), ("assessed_wan", wan), ("summary", "意见")];
        county.act("reviewer", &code, Action::DraftOpinion, &raw)
    };
    let Err(Error::Refused(barred)) = draft(&mut county, "pass", "186") else { panic!("a panel said no") };
    assert_eq!(barred, [Unmet::PanelFailed]);
    at(&mut county, "2026-11-17T09:00:00+08:00");
    draft(&mut county, "fail", "0").unwrap();
    county.act("lead", &code, Action::SendBack, &[("reason", "收到异议")]).unwrap();

    at(&mut county, "2026-11-18T09:00:00+08:00");
    county.act("reviewer", &code, Action::RequestPanel, &[("complaint", "建设单位提出异议")]).unwrap();
    let members = "Z006|组长|clear\nZ007|成员|clear\nZ008|成员|clear\nZ009|成员|clear\nZ010|成员|clear";
    let form = [("members", members), ("selection", "chosen"), ("reason", "专家库小")];
    county.act("panel-secretary", &code, Action::FormPanel, &form).unwrap();
    county.act("lead", &code, Action::ConfirmPanel, &[]).unwrap();
    for expert in ["Z006", "Z007", "Z008", "Z009"] {
        say(&mut county, &code, expert, "pass", "");
    }
    say(&mut county, &code, "Z010", "fail", "应并入市级平台");
    county.act("panel-secretary", &code, Action::CloseOpinions, &[("met_on", "2026-11-18")]).unwrap();
    let signed = [("conclusion", "pass"), ("text", "可行"), ("signed_by", "Z006\nZ007\nZ008\nZ009\nZ010")];
    county.act("panel-secretary", &code, Action::ConcludePanel, &signed).unwrap();
    at(&mut county, "2026-11-19T09:00:00+08:00");
    draft(&mut county, "pass", "186").unwrap();

    let dossier = show(&mut county, &code).dossier;
    let [first, second] = &dossier.opinions[..] else { panic!() };
    let of = |opinion: &crate::domain::workflow::record::Opinion| {
        let panel = opinion.panel_in(&dossier.panels).unwrap();
        (panel.session, panel.conclusion.as_ref().unwrap().result)
    };
    assert_eq!(of(first), (1, PanelResult::Fail), "what came afterwards changes nothing in the earlier draft");
    assert_eq!(of(second), (2, PanelResult::Pass));
    let dissents = second.panel_in(&dossier.panels).unwrap().dissents();
    assert_eq!((dissents.len(), dissents[0].text, dissents[0].seat.name.as_str()), (1, "应并入市级平台", "专家9"));
}

#[test]
fn a_dissent_stays_after_its_author_was_replaced() {
    let mut county = county();
    let code = formed(&mut county, "120");
    say(&mut county, &code, "Z005", "fail", "省平台明年上线");
    replace(&mut county, &code, "Z005", "Z010").unwrap();
    for expert in ["Z001", "Z002", "Z003", "Z004", "Z010"] {
        say(&mut county, &code, expert, "pass", "");
    }
    county.act("panel-secretary", &code, Action::CloseOpinions, &[("met_on", "2026-11-20")]).unwrap();
    let dossier = show(&mut county, &code).dossier;
    let panel = dossier.panel().unwrap();
    assert_eq!(panel.tally().fail, 0, "who left does not vote");
    let dissents = panel.dissents();
    assert_eq!((dissents[0].text, dissents[0].stayed), ("省平台明年上线", false));
}

#[test]
fn a_comparison_of_rounds_tells_what_became_of_the_panel() {
    let mut county = County::new();
    add_experts(&mut county);
    let code = voted(&mut county, "120", ["fail"; 5]);
    conclude(&mut county, &code, "fail", &[]).unwrap();
    county.judge_all(&code, Verdict::Pass);
    let failing = [("result", "fail"), ("assessed_wan", "0"), ("summary", "不通过")];
    county.act("reviewer", &code, Action::DraftOpinion, &failing).unwrap();
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    county.act("signer", &code, Action::SignOpinion, &[("doc_no", "玉数评〔2026〕3号")]).unwrap();
    county.act("intake", &code, Action::SubmitScheme, &[("designer", "某院"), ("version", "2.0")]).unwrap();
    county.act("intake", &code, Action::AcceptScheme, &[]).unwrap();
    let early = rounds(&mut county, "lead", &code).compare_reviews(1, 2).unwrap();
    assert_eq!((early.joined.len(), early.left.len()), (0, 0), "before the next panel nobody has left");
    county.act("reviewer", &code, Action::RequestPanel, &[]).unwrap();
    let members = "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear\nZ004|成员|clear\nZ010|成员|clear";
    let form = [("members", members), ("selection", "chosen"), ("reason", "专家库小")];
    county.act("panel-secretary", &code, Action::FormPanel, &form).unwrap();
    county.act("lead", &code, Action::ConfirmPanel, &[]).unwrap();
    for expert in ["Z001", "Z002", "Z003", "Z004", "Z010"] {
        say(&mut county, &code, expert, "pass", "");
    }
    county.act("panel-secretary", &code, Action::CloseOpinions, &[("met_on", "2026-11-20")]).unwrap();
    let signed = [("conclusion", "pass"), ("text", "可行"), ("signed_by", "Z001")];
    county.act("panel-secretary", &code, Action::ConcludePanel, &signed).unwrap();
    let compared = rounds(&mut county, "lead", &code).compare_reviews(1, 2).unwrap();
    let panel = compared.panel.unwrap();
    assert_eq!((panel.before, panel.after), (Some(PanelResult::Fail), Some(PanelResult::Pass)));
    assert_eq!(compared.votes.unwrap().after.map(|votes| votes.pass), Some(5));
    assert_eq!((compared.joined, compared.left), (vec!["专家9".to_owned()], vec!["专家4".to_owned()]));
}
