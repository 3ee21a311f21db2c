//! Findings through the one door: who decides about them, how long it holds, what they bar, what they tell to whom.

use super::command::{Command, Disposal, Done, NewDraft};
use super::error::{Answer, Error, Kind, Missing};
use super::tests::{County, draft};
use super::view::findings::Findings;
use super::view::show::Show;
use crate::domain::actor::{Role, UnitKind};
use crate::domain::checklist::Verdict;
use crate::domain::findings::disposition::{Sheet, Standing};
use crate::domain::findings::evidence::Evidence;
use crate::domain::findings::{Pattern, Severity};
use crate::domain::ids::ProjectCode;
use crate::domain::money::Money;
use crate::domain::permission::Denied;
use crate::domain::project::{Declaration, Deployment, ItemCategory, LineItem, Network, ResourceCatalogue, Stage};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;

const PASS: &[(&str, &str)] = &[("result", "pass"), ("assessed_wan", "62.5"), ("summary", "同意")];

fn line(name: &str, category: ItemCategory, wan: &str) -> LineItem {
    let amount = Money::parse_wan(wan).unwrap();
    LineItem { name: name.to_owned(), category, quantity: None, unit_price: None, amount, excluded: None }
}

/// A project on a private network, to be reviewed, with its checklist passed.
pub(super) fn on_private_network(county: &mut County) -> ProjectCode {
    let mut draft = draft("62.5");
    draft.candidate.declaration.network = Some(Network::Private);
    let code = county.create(draft);
    county.bring_to(&code, Stage::TechnicalReview);
    county.judge_all(&code, Verdict::Pass);
    code
}

fn sheet_for(county: &mut County, account: &str, code: &ProjectCode) -> Sheet {
    county.0.ask(&County::session(account), Findings { project: code.clone() }).unwrap().sheet
}

fn sheet(county: &mut County, code: &ProjectCode) -> Sheet {
    sheet_for(county, "reviewer", code)
}

fn standing(county: &mut County, code: &ProjectCode, pattern: Pattern) -> Option<Standing> {
    sheet(county, code).item(pattern).map(|item| item.standing)
}

fn disposal(code: &ProjectCode, finding: &str, accepted: bool, reason: &str) -> Disposal {
    let (finding, reason) = (finding.to_owned(), reason.to_owned());
    Disposal { project: code.clone(), finding, accepted, reason, if_version: None }
}

pub(super) fn dispose(
    county: &mut County,
    account: &str,
    code: &ProjectCode,
    finding: &str,
    accepted: bool,
) -> Answer<Done> {
    county.run(account, Command::DisposeFinding(disposal(code, finding, accepted, "已到现场核实")))
}

fn edit(county: &mut County, code: &ProjectCode, change: impl FnOnce(&mut Declaration)) -> Answer<Done> {
    let show = Show { project: code.clone() };
    let mut declaration = county.0.ask(&County::session("intake"), show).unwrap().dossier.project.declaration;
    change(&mut declaration);
    let declaration = Box::new(declaration);
    county.run("intake", Command::EditDeclaration { project: code.clone(), declaration, if_version: None })
}

#[test]
fn a_veto_bars_passing_until_the_lead_rules_it_out() {
    let mut county = County::new();
    let code = on_private_network(&mut county);
    let barred = vec![Unmet::VetoFindingOpen(Pattern::PrivateNetwork)];
    let refused = |answer: Answer<Stage>| matches!(answer, Err(Error::Refused(unmet)) if unmet == barred);
    assert!(refused(county.act("reviewer", &code, Action::DraftOpinion, PASS)));

    let denied = dispose(&mut county, "reviewer", &code, "E6-network", false);
    assert!(matches!(denied, Err(Error::Denied(Denied::NeedsRole { roles })) if roles == [Role::Lead]));
    assert_eq!(standing(&mut county, &code, Pattern::PrivateNetwork), Some(Standing::Open));

    dispose(&mut county, "reviewer", &code, "e6-network", true).unwrap();
    assert_eq!(standing(&mut county, &code, Pattern::PrivateNetwork), Some(Standing::Accepted));
    assert!(refused(county.act("reviewer", &code, Action::DraftOpinion, PASS)), "the fault is real");

    dispose(&mut county, "lead", &code, "E6-network", false).unwrap();
    let view = county.0.ask(&County::session("lead"), Show { project: code.clone() }).unwrap();
    let item = view.findings.item(Pattern::PrivateNetwork).unwrap();
    let decided: Vec<(u32, bool, &str)> =
        item.decided.iter().map(|past| (past.number, past.accepted, past.by.name.as_str())).collect();
    assert_eq!(decided, [(1, true, "reviewer"), (2, false, "lead")]);
    assert_eq!(item.decided[0].evidence, item.finding.evidence);
    assert_eq!(view.dossier.vetoes, []);
    assert_eq!(county.act("reviewer", &code, Action::DraftOpinion, PASS).unwrap(), Stage::OpinionCheck);
}

#[test]
fn a_failing_opinion_is_drafted_whatever_was_found() {
    let mut county = County::new();
    let code = on_private_network(&mut county);
    let fail = &[("result", "fail"), ("assessed_wan", "0"), ("summary", "不同意建设专网")];
    assert_eq!(county.act("reviewer", &code, Action::DraftOpinion, fail).unwrap(), Stage::OpinionCheck);
}

#[test]
fn changed_evidence_opens_a_finding_again_and_keeps_what_was_decided() {
    let mut county = County::new();
    let mut first = draft("62.5");
    first.candidate.declaration.items = vec![line("设备", ItemCategory::Server, "5")];
    let code = county.create(first);
    county.bring_to(&code, Stage::Approved);
    dispose(&mut county, "lead", &code, "R10.1", false).unwrap();
    assert_eq!(standing(&mut county, &code, Pattern::OwnHardware), Some(Standing::Dismissed));
    edit(&mut county, &code, |said| said.leader = "王主任".to_owned()).unwrap();
    assert_eq!(
        standing(&mut county, &code, Pattern::OwnHardware),
        Some(Standing::Dismissed),
        "no row behind it changed"
    );
    edit(&mut county, &code, |said| said.items.push(line("设备", ItemCategory::Storage, "5"))).unwrap();
    let opened = sheet(&mut county, &code);
    let item = opened.item(Pattern::OwnHardware).unwrap();
    assert_eq!((item.standing, item.decided.len()), (Standing::Open, 1));
    assert_ne!(item.decided[0].evidence, item.finding.evidence);
    edit(&mut county, &code, |said| said.items.clear()).unwrap();
    let gone = sheet(&mut county, &code);
    assert_eq!((gone.item(Pattern::OwnHardware), gone.gone.len()), (None, 1));
}

#[test]
fn a_decision_needs_a_reason_a_finding_and_the_version_that_was_seen() {
    let mut county = County::new();
    let code = on_private_network(&mut county);
    let entries = county.entries();
    let blank = Command::DisposeFinding(disposal(&code, "E6-network", true, " \u{3000}\n"));
    assert_eq!(county.run("reviewer", blank).unwrap_err().kind(), Kind::Invalid);
    for id in ["E1", "E9", ""] {
        let answer = dispose(&mut county, "reviewer", &code, id, true);
        assert!(matches!(answer, Err(Error::NotFound(Missing::Finding(found))) if found == id));
    }
    let stale = Disposal { if_version: Some(1), ..disposal(&code, "E6-network", true, "已核实") };
    assert_eq!(county.run("reviewer", Command::DisposeFinding(stale)).unwrap_err().kind(), Kind::Conflict);
    for account in ["unit", "intake", "planning", "finance", "signer", "auditor"] {
        assert_eq!(dispose(&mut county, account, &code, "E6-network", true).unwrap_err().kind(), Kind::Denied);
    }
    assert_eq!(county.entries(), entries + 11, "each attempt left its entry");
    assert_eq!(sheet(&mut county, &code).item(Pattern::PrivateNetwork).unwrap().decided, []);
}

#[test]
fn nothing_is_decided_about_a_project_that_is_stopped_or_belongs_to_another_reviewer() {
    let mut county = County::new();
    let code = on_private_network(&mut county);
    county.act("lead", &code, Action::Suspend, &[("reason", "等待")]).unwrap();
    assert_eq!(dispose(&mut county, "lead", &code, "E6-network", true).unwrap_err().kind(), Kind::Refused);
    county.act("lead", &code, Action::Resume, &[("reason", "继续")]).unwrap();
    county.act("lead", &code, Action::FreezeSecret, &[("reason", "疑似")]).unwrap();
    assert_eq!(dispose(&mut county, "lead", &code, "E6-network", true).unwrap_err().kind(), Kind::Refused);

    let mut second = draft("62.5");
    second.candidate.declaration.name = "第二个项目".to_owned();
    second.candidate.declaration.network = Some(Network::Private);
    let code = county.create(second);
    county.bring_to(&code, Stage::SchemeIntake);
    county.act("intake", &code, Action::AcceptScheme, &[("reviewer", "other-reviewer")]).unwrap();
    let denied = dispose(&mut county, "reviewer", &code, "E6-network", true);
    assert!(matches!(denied, Err(Error::Denied(Denied::AssignedToOther))));
    assert!(dispose(&mut county, "other-reviewer", &code, "E6-network", true).is_ok());
}

fn filing(unit: &str, name: &str, wan: &str) -> NewDraft {
    let mut new = draft(wan);
    new.candidate.unit = unit.to_owned();
    let said = &mut new.candidate.declaration;
    said.name = format!("养老服务平台·{name}");
    said.custom_development = Some(true);
    said.items = vec![line(name, ItemCategory::ApplicationSoftware, wan)];
    new
}

fn submitted(county: &mut County, draft: NewDraft) -> ProjectCode {
    let code = county.create(draft);
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    code
}

fn parts(sheet: &Sheet) -> Vec<(String, Money)> {
    let Some(item) = sheet.item(Pattern::Splitting) else { return Vec::new() };
    let part = |fact: &Evidence| match fact {
        Evidence::Project { code, amount, .. } => Some((code.to_string(), *amount)),
        Evidence::Withheld { amount } => Some(("withheld".to_owned(), *amount)),
        _ => None,
    };
    item.finding.evidence.iter().filter_map(part).collect()
}

#[test]
fn e1_three_filings_of_one_unit_are_found_from_each_of_them() {
    let mut county = County::new();
    let filings = [("居家上门", "36"), ("机构监管", "28"), ("高龄津贴", "31")];
    let codes = filings.map(|(name, wan)| submitted(&mut county, filing("县民政局", name, wan)));
    let listed: Vec<(String, Money)> =
        codes.iter().zip(filings).map(|(code, (_, wan))| (code.to_string(), Money::parse_wan(wan).unwrap())).collect();
    for code in &codes {
        assert_eq!(parts(&sheet(&mut county, code)), listed);
        let severity = sheet(&mut county, code).item(Pattern::Splitting).map(|item| item.finding.severity);
        assert_eq!(severity, Some(Severity::Major));
    }
    // What asks for no money is no part: neither a draft nor what was withdrawn. A frozen project is named nowhere.
    county.create(filing("县民政局", "草稿", "20"));
    submitted(&mut county, filing("县卫健委", "别的单位", "20"));
    assert_eq!(parts(&sheet(&mut county, &codes[0])), listed);
    county.act("intake", &codes[1], Action::Withdraw, &[("reason", "合并")]).unwrap();
    assert_eq!(parts(&sheet(&mut county, &codes[0])), [listed[0].clone(), listed[2].clone()]);
    let id = Pattern::Splitting.code();
    dispose(&mut county, "reviewer", &codes[0], id, true).unwrap();
    let kept = |sheet: Sheet| sheet.gone.iter().flat_map(|past| past.evidence.clone()).collect::<Vec<_>>();
    county.act("lead", &codes[2], Action::FreezeSecret, &[("reason", "疑似")]).unwrap();
    assert_eq!(parts(&sheet(&mut county, &codes[0])), []);
    let names = |fact: &Evidence| matches!(fact, Evidence::Project { code, .. } if *code == codes[2]);
    assert!(!kept(sheet(&mut county, &codes[0])).iter().any(names), "nor in what was decided before");
    assert!(kept(sheet_for(&mut county, "lead", &codes[0])).iter().any(names));
}

#[test]
fn e1_a_unit_learns_of_the_sum_but_not_what_its_neighbors_plan() {
    let mut county = County::new();
    let add = |name: &str, kind, supervisor: Option<&str>| Command::AddUnit {
        name: name.to_owned(),
        kind,
        supervisor: supervisor.map(str::to_owned),
    };
    county.run("sysadmin", add("县教体局", UnitKind::CountyOrgan, None)).unwrap();
    for (school, account) in [("一中", "first"), ("二中", "second")] {
        county.run("sysadmin", add(school, UnitKind::Institution, Some("县教体局"))).unwrap();
        let (code, unit, roles) = (account.to_owned(), school.to_owned(), vec![Role::Unit]);
        let account =
            Command::AddAccount { code: code.clone(), name: "经办人".to_owned(), unit, roles, os_user: None };
        county.run("sysadmin", account).unwrap();
        county.run("secadmin", Command::SetAccountActive { code, active: true }).unwrap();
    }
    let first = submitted(&mut county, filing("一中", "排课", "30"));
    let second = submitted(&mut county, filing("二中", "排课", "25"));
    let (thirty, twenty_five) = (Money::from_wan(30), Money::from_wan(25));
    let whole = [(first.to_string(), thirty), (second.to_string(), twenty_five)];
    assert_eq!(parts(&sheet(&mut county, &first)), whole);
    let seen = parts(&sheet_for(&mut county, "first", &first));
    assert_eq!(seen, [(first.to_string(), thirty), ("withheld".to_owned(), twenty_five)]);
    assert_eq!(parts(&sheet_for(&mut county, "second", &second))[1], (second.to_string(), twenty_five));
}

#[test]
fn e7_names_of_the_catalogue_are_kept_and_compared_with_other_projects() {
    let mut county = County::new();
    let names: Vec<String> = (1..=10).map(|number| format!("条目{number}")).collect();
    let with_names = |unit: &str, names: &[String]| {
        let mut new = filing(unit, "目录", "62.5");
        new.candidate.declaration.name = format!("{unit}的系统");
        new.candidate.declaration.catalogue_names = names.to_vec();
        new
    };
    let first = submitted(&mut county, with_names("县水利局", &names));
    let second = submitted(&mut county, with_names("县林业局", &names[..9]));
    let view = county.0.ask(&County::session("intake"), Show { project: first.clone() }).unwrap();
    assert_eq!(view.dossier.project.declaration.catalogue_names, names);
    let copied = |county: &mut County, code| sheet(county, code).item(Pattern::CatalogueCopied).is_some();
    assert!(copied(&mut county, &first) && copied(&mut county, &second));
    edit(&mut county, &second, |said| said.catalogue_names.truncate(8)).unwrap();
    assert!(!copied(&mut county, &first), "8 of 10 is not above 80 %");
    assert!(copied(&mut county, &second), "8 of 8 is");
    let more = |said: &mut Declaration| said.catalogue = Some(ResourceCatalogue::Entries(7));
    assert_eq!(edit(&mut county, &second, more).unwrap_err().kind(), Kind::Invalid);
    let waived = |said: &mut Declaration| said.catalogue = Some(ResourceCatalogue::NotApplicable("无".to_owned()));
    edit(&mut county, &second, waived).unwrap();
    assert!(!copied(&mut county, &second), "names go with their catalogue");
}

#[test]
fn an_edition_without_a_section_of_findings_is_read_with_the_one_that_comes_along() {
    let own = crate::domain::policy::EMBEDDED;
    let (before, rest) = own.split_once("[findings]").unwrap();
    let (_, after) = rest.split_once("\n# 各环节办理时限").unwrap();
    let older = [before, after].join("\n# 各环节办理时限");
    let (older, own) = (crate::domain::policy::parse(&older), crate::domain::policy::parse(own));
    assert_eq!(older, own);
}

#[test]
fn the_sample_of_the_city_has_three_vetoes_that_bar_a_passing_opinion() {
    let mut county = County::new();
    let mut city = draft("86");
    let said = &mut city.candidate.declaration;
    said.name = "智慧城管视频专网及机房".to_owned();
    (said.deployment, said.network) = (Some(Deployment::OwnMachineRoom), Some(Network::Private));
    said.items = vec![
        line("城区裸光纤租用", ItemCategory::DedicatedLine, "34"),
        line("视频存储阵列", ItemCategory::Storage, "32"),
        line("机柜、UPS、精密空调及机房装修", ItemCategory::MachineRoom, "20"),
    ];
    let code = county.create(city);
    county.bring_to(&code, Stage::TechnicalReview);
    county.judge_all(&code, Verdict::Pass);
    let pass = &[("result", "pass"), ("assessed_wan", "86"), ("summary", "同意")];
    let vetoes = [Pattern::OwnHardware, Pattern::HiddenRoom, Pattern::PrivateNetwork];
    let expected: Vec<Unmet> = vetoes.into_iter().map(Unmet::VetoFindingOpen).collect();
    let refused = county.act("reviewer", &code, Action::DraftOpinion, pass).unwrap_err();
    assert!(matches!(refused, Error::Refused(unmet) if unmet == expected));
}
