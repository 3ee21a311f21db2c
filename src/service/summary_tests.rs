//! The summary sheet of a supervising unit 〔附件 注〕: imported by it, forwarded by it, and the history tells the truth.

use std::collections::BTreeMap;

use super::OperationId;
use super::batch::{BatchAnswer, BatchItem, Otherwise};
use super::command::{Command, Done, Import, ImportReport};
use super::error::{Error, Invalid, Kind};
use super::tests::{County, draft};
use super::view::plan::{PlanItem, PlanWork};
use super::view::queue::Queue;
use super::view::show::Show;
use crate::domain::actor::{Role, UnitKind};
use crate::domain::ids::ProjectCode;
use crate::domain::intake::Candidate;
use crate::domain::permission::Denied;
use crate::domain::project::{Project, Stage};
use crate::domain::search::Filter;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;

/// A county with a supervising unit, three units that report through it and one that reports through another.
fn county() -> County {
    let mut county = County::new();
    let units = [
        ("县教育局", UnitKind::CountyOrgan, None),
        ("县水利局", UnitKind::CountyOrgan, None),
        ("电化教育站", UnitKind::Subordinate, Some("县教育局")),
        ("岩瑞镇人民政府", UnitKind::Township, None),
        ("县第一中学", UnitKind::Institution, Some("县教育局")),
        ("水文站", UnitKind::Subordinate, Some("县水利局")),
    ];
    for (name, kind, supervisor) in units {
        let supervisor = supervisor.map(str::to_owned);
        county.run("sysadmin", Command::AddUnit { name: name.to_owned(), kind, supervisor }).unwrap();
    }
    for (code, unit, role) in [
        ("edu", "县教育局", Role::Supervisor),
        ("water", "县水利局", Role::Supervisor),
        ("station", "电化教育站", Role::Unit),
    ] {
        let (code, name, unit) = (code.to_owned(), code.to_owned(), unit.to_owned());
        let add = Command::AddAccount { code, name, unit, roles: vec![role], os_user: None };
        county.run("sysadmin", add).unwrap();
    }
    county
}

fn sheet(rows: &[(&str, &str, Option<&str>)]) -> Import {
    let row = |(number, (unit, name, opinion)): (usize, &(&str, &str, Option<&str>))| {
        let mut candidate = draft("62.5").candidate;
        candidate.row = number as u32 + 5;
        candidate.unit = (*unit).to_owned();
        candidate.declaration.name = (*name).to_owned();
        candidate.declaration.supervisor_opinion = opinion.map(str::to_owned);
        candidate
    };
    Import {
        file: "汇总表.xlsx".to_owned(),
        sheet: "Sheet1".to_owned(),
        digest: "0".repeat(64),
        candidates: rows.iter().enumerate().map(row).collect::<Vec<Candidate>>(),
        supervising_unit: None,
        received_at: None,
        left_out: Vec::new(),
    }
}

const ROWS: &[(&str, &str, Option<&str>)] = &[
    ("电化教育站", "电教资源库", Some("已初审")),
    ("岩瑞镇人民政府", "数字乡村", None),
    ("县第一中学", "校园安防", None),
];

fn import(county: &mut County, account: &str, import: Import) -> Result<ImportReport, Error> {
    match county.run(account, Command::ImportProjects(import))? {
        Done::Imported(report) => Ok(report),
        other => panic!("{other:?}"),
    }
}

fn codes(report: &ImportReport) -> Vec<ProjectCode> {
    report.created.iter().filter_map(|(_, code, _)| code.clone()).collect()
}

fn project(county: &mut County, code: &ProjectCode) -> Project {
    county.0.ask(&County::session("intake"), Show { project: code.clone() }).unwrap().dossier.project
}

fn forward(county: &mut County, account: &str, action: Action, opinion: &str) -> Vec<BatchAnswer> {
    let work = PlanWork { year: 2027, unit: None, action, on_behalf_of: None };
    let items: Vec<PlanItem> = county.0.ask(&County::session(account), work).unwrap();
    let inputs = BTreeMap::from([("opinion".to_owned(), opinion.to_owned())]);
    let item = |item: &PlanItem| BatchItem::of_plan((&item.code, item.stage, item.version), action, &inputs, "");
    let items: Vec<BatchItem> = items.iter().map(item).collect();
    county.0.execute_batch(&County::session(account), &items, Otherwise::LeaveOut).unwrap()
}

#[test]
fn ra_2_a_summary_sheet_is_imported_and_forwarded_with_one_opinion() {
    let mut county = county();
    let codes = codes(&import(&mut county, "edu", sheet(ROWS)).unwrap());
    for (code, (unit, ..)) in codes.iter().zip(ROWS) {
        let project = project(&mut county, code);
        let through = project.supervising_unit.as_ref().map(|unit| unit.name.as_str());
        assert_eq!((project.unit.name.as_str(), through, project.stage), (*unit, Some("县教育局"), Stage::Draft));
    }
    let queue =
        Queue { role: Some(Role::Supervisor), filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 };
    assert_eq!(county.0.ask(&County::session("edu"), queue).unwrap().total, 3);
    let answers = forward(&mut county, "edu", Action::Endorse, "同意汇总上报");
    assert!(answers.iter().all(|answer| answer.receipt().is_some()), "{answers:?}");
    let opinions: Vec<Option<String>> =
        codes.iter().map(|code| project(&mut county, code).declaration.supervisor_opinion).collect();
    let own = Some("已初审\n同意汇总上报".to_owned());
    let common = Some("同意汇总上报".to_owned());
    assert_eq!(opinions, [own, common.clone(), common], "what the form said of a project is kept");
    let view = county.0.ask(&County::session("edu"), Show { project: codes[0].clone() }).unwrap();
    assert_eq!(view.dossier.project.stage, Stage::PlanIntake);
    assert!(view.dossier.project.received_at.is_some(), "it reached the Centre when it was forwarded");
    let told: Vec<(String, String, String)> = view
        .history
        .iter()
        .rev()
        .map(|event| (event.action.clone(), event.source.clone(), event.account.clone()))
        .collect();
    let entry = |action: &str, source: &str| (action.to_owned(), source.to_owned(), "edu".to_owned());
    let told_by_the_project = told.iter().filter(|(action, ..)| action != "import").cloned().collect::<Vec<_>>();
    assert_eq!(told_by_the_project, [entry("report-to-supervisor", "assisted"), entry("endorse", "direct")]);
}

#[test]
fn ra_2_the_supervisor_of_another_unit_neither_imports_nor_forwards() {
    let mut county = county();
    let denied = import(&mut county, "water", sheet(ROWS)).unwrap_err();
    assert!(matches!(denied, Error::Denied(Denied::OtherSupervisor)), "{denied:?}");
    let mixed = [ROWS[0], ("水文站", "水位监测", None)];
    let denied = import(&mut county, "edu", sheet(&mixed)).unwrap_err();
    assert!(matches!(denied, Error::Denied(Denied::OtherSupervisor)), "all or none");
    let own = import(&mut county, "edu", sheet(&[("县教育局", "智慧校园", None)])).unwrap_err();
    assert!(matches!(own, Error::Denied(Denied::OtherSupervisor)), "its own projects are its clerk's to submit");
    let codes = codes(&import(&mut county, "edu", sheet(ROWS)).unwrap());
    assert!(forward(&mut county, "water", Action::Endorse, "同意").is_empty());
    for action in [Action::ReportToSupervisor, Action::Endorse] {
        let denied = county.act("water", &codes[0], action, &[("opinion", "同意")]).unwrap_err();
        assert!(matches!(denied, Error::Denied(Denied::OtherSupervisor)), "{action}");
    }
    assert_eq!(project(&mut county, &codes[0]).stage, Stage::Draft);
}

#[test]
fn ra_2_what_a_unit_drafted_itself_is_its_own_to_report() {
    let mut county = county();
    let mut own = draft("62.5");
    own.candidate.unit = "电化教育站".to_owned();
    let code = match county.run("station", Command::CreateProject(own)).unwrap() {
        Done::Project { code, .. } => code,
        other => panic!("{other:?}"),
    };
    let denied = county.act("edu", &code, Action::ReportToSupervisor, &[]).unwrap_err();
    assert!(matches!(denied, Error::Denied(Denied::NotSummarized)), "{denied:?}");
    assert!(forward(&mut county, "edu", Action::Endorse, "同意").is_empty());
    let refused = county.act("station", &code, Action::Submit, &[]).unwrap_err();
    assert!(matches!(&refused, Error::Refused(unmet) if unmet == &[Unmet::ReportsThroughSupervisor]));
    county.act("station", &code, Action::ReportToSupervisor, &[]).unwrap();
    let answers = forward(&mut county, "edu", Action::Endorse, "同意");
    assert!(matches!(answers.as_slice(), [BatchAnswer::Done(_)]), "{answers:?}");
}

#[test]
fn ra_2_what_was_declined_comes_back_with_the_opinion_and_goes_on_with_a_new_one() {
    let mut county = county();
    let code = codes(&import(&mut county, "edu", sheet(&ROWS[..1])).unwrap()).remove(0);
    county.act("edu", &code, Action::ReportToSupervisor, &[]).unwrap();
    let answers = forward(&mut county, "edu", Action::Decline, "依据不足，请补充");
    assert!(matches!(answers.as_slice(), [BatchAnswer::Done(_)]));
    let returned = project(&mut county, &code);
    assert_eq!((returned.stage, returned.plan_round), (Stage::Draft, 2));
    assert_eq!(returned.declaration.supervisor_opinion.as_deref(), Some("依据不足，请补充"));
    let mut better = returned.declaration.clone();
    better.basis = "省厅文件".to_owned();
    let edit = |declaration| Command::EditDeclaration {
        project: code.clone(),
        declaration: Box::new(declaration),
        if_version: None,
    };
    county.run("edu", edit(better.clone())).unwrap();
    forward(&mut county, "edu", Action::Endorse, "同意");
    let forwarded = project(&mut county, &code);
    assert_eq!(forwarded.declaration.supervisor_opinion.as_deref(), Some("同意"));
    better.basis = "再改一次".to_owned();
    let late = county.run("edu", edit(better)).unwrap_err();
    assert!(matches!(&late, Error::Refused(unmet) if matches!(unmet[..], [Unmet::DeclarationClosed(_)])), "{late:?}");
}

#[test]
fn ra_2_a_form_with_gaps_is_left_out_of_the_batch_and_stays_a_draft_unreported() {
    let mut county = county();
    let mut form = sheet(ROWS);
    form.candidates[1].declaration.basis.clear();
    let codes = codes(&import(&mut county, "edu", form).unwrap());
    let answers = forward(&mut county, "edu", Action::Endorse, "同意");
    assert!(matches!(&answers[1], BatchAnswer::Failed(error) if error.kind() == Kind::Refused));
    let stages: Vec<Stage> = codes.iter().map(|code| project(&mut county, code).stage).collect();
    assert_eq!(stages, [Stage::PlanIntake, Stage::Draft, Stage::PlanIntake]);
}

#[test]
fn a_mistyped_unit_on_a_summary_sheet_is_told_and_never_registered() {
    let mut county = county();
    let rows = [("电化教育所", "甲", None), ROWS[0], ("岩瑞镇", "乙", None)];
    let Error::Invalid(problems) = import(&mut county, "edu", sheet(&rows)).unwrap_err() else { panic!() };
    let named: Vec<(u32, &str)> = problems
        .iter()
        .map(|problem| match problem {
            Invalid::UnitNotRegistered { row, unit } => (*row, unit.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(named, [(5, "电化教育所"), (7, "岩瑞镇")]);
}

#[test]
fn the_clerk_imports_a_summary_sheet_for_its_unit_and_registers_new_ones_under_it() {
    let mut county = county();
    let mut form = sheet(&[("岩瑞镇人民政府", "数字乡村", None), ("招生考试室", "考务系统", None)]);
    form.supervising_unit = Some("县教育局".to_owned());
    let codes = codes(&import(&mut county, "intake", form.clone()).unwrap());
    let new = project(&mut county, &codes[1]);
    assert_eq!(new.unit.kind, UnitKind::Subordinate);
    assert_eq!(new.unit.supervisor, new.supervising_unit.map(|unit| unit.id));
    assert!(forward(&mut county, "edu", Action::Endorse, "同意").is_empty(), "the clerk reports what it imported");
    for code in &codes {
        county.act("intake", code, Action::ReportToSupervisor, &[]).unwrap();
    }
    assert_eq!(forward(&mut county, "edu", Action::Endorse, "同意").len(), 2);
    form.candidates.truncate(1);
    let named_by_another = import(&mut county, "water", form).unwrap_err();
    assert!(matches!(named_by_another, Error::Denied(Denied::NeedsRole { .. })));
    let op = OperationId::new();
    let again = Command::ImportProjects(sheet(ROWS));
    let first = county.0.execute(&County::session("edu"), op.clone(), again.clone());
    assert!(first.is_ok() && county.0.execute(&County::session("edu"), op, again).is_ok());
}
