//! Conditions of commands outside the workflow: each met once and unmet once.

use super::command::{Command, Disposal, ItemAnswer, VerdictChange};
use super::error::Error;
use super::tests::{County, draft};
use super::view::show::Show;
use crate::domain::checklist::Verdict;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::project::{Declaration, Network, Stage};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;

fn unmet<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<Unmet> {
    match answer {
        Err(Error::Refused(unmet)) => unmet,
        other => panic!("not refused: {other:?}"),
    }
}

fn declaration(county: &mut County, code: &ProjectCode) -> Declaration {
    let show = Show { project: code.clone() };
    county.0.ask(&County::session("intake"), show).unwrap().dossier.project.declaration
}

fn edit(project: &ProjectCode, declaration: Declaration) -> Command {
    Command::EditDeclaration { project: project.clone(), declaration: Box::new(declaration), if_version: None }
}

#[test]
fn r17_1_only_a_project_declared_unclassified_is_registered() {
    let mut county = County::new();
    let mut secret = draft("62.5");
    assert!(county.run("intake", Command::CreateProject(secret.clone())).is_ok());
    secret.candidate.unclassified = false;
    secret.candidate.declaration.name = "另一个项目".to_owned();
    assert_eq!(unmet(county.run("intake", Command::CreateProject(secret))), [Unmet::NotDeclaredUnclassified]);
}

#[test]
fn r5_1_a_declaration_is_completed_only_while_it_is_open() {
    let mut county = County::new();
    let code = county.register("62.5");
    let completed = Declaration { leader: "王主任".to_owned(), ..declaration(&mut county, &code) };
    assert!(county.run("intake", edit(&code, completed.clone())).is_ok());
    county.bring_to(&code, Stage::JointReview);
    let refused = county.run("intake", edit(&code, completed));
    assert_eq!(unmet(refused), [Unmet::DeclarationClosed(Stage::JointReview)]);
}

#[test]
fn r6_2_what_the_plan_settled_is_not_edited_afterwards() {
    let mut county = County::new();
    let code = county.register("62.5");
    let renamed = |form: Declaration| Declaration { name: "教师研修平台".to_owned(), ..form };
    let form = declaration(&mut county, &code);
    county.run("intake", edit(&code, renamed(form))).unwrap();
    county.bring_to(&code, Stage::Planned);
    let form = declaration(&mut county, &code);
    let other = Declaration { designer: Some("某设计院".to_owned()), ..form.clone() };
    assert!(county.run("intake", edit(&code, other)).is_ok(), "what the plan did not settle may be added");
    let again = Declaration { name: "又一个名字".to_owned(), ..form };
    assert_eq!(unmet(county.run("intake", edit(&code, again))), [Unmet::SettledByPlan]);
}

#[test]
fn r7_3_items_are_answered_only_while_the_review_runs() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    let answer = |project: &ProjectCode| Command::Judge {
        project: project.clone(),
        answers: vec![ItemAnswer {
            item: ItemId::typed("K01"),
            verdict: VerdictChange::Set(Verdict::Pass),
            remark: None,
            suggestion: None,
            basis: None,
            cite: None,
        }],
        if_version: None,
    };
    assert!(county.run("reviewer", answer(&code)).is_ok());
    let mut second = draft("62.5");
    second.candidate.declaration.name = "第二个项目".to_owned();
    let early = county.create(second);
    county.bring_to(&early, Stage::Planned);
    assert_eq!(unmet(county.run("reviewer", answer(&early))), [Unmet::ReviewNotRunning(Stage::Planned)]);
}

#[test]
fn r5_1_nothing_is_decided_about_the_findings_of_a_project_that_has_ended() {
    let mut county = County::new();
    let mut other = draft("62.5");
    other.candidate.declaration.network = Some(Network::Private);
    let code = county.create(other);
    county.bring_to(&code, Stage::JointReview);
    let decide = || {
        Command::DisposeFinding(Disposal {
            project: code.clone(),
            finding: "E6-network".to_owned(),
            accepted: true,
            reason: "属实".to_owned(),
            if_version: None,
        })
    };
    assert!(county.run("lead", decide()).is_ok());
    county.act("intake", &code, Action::Withdraw, &[("reason", "不再建设")]).unwrap();
    assert_eq!(unmet(county.run("lead", decide())), [Unmet::FindingsClosed(Stage::Withdrawn)]);
}
