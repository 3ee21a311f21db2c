//! The proof of the whole workflow over the real service, a SQLite in memory: journeys that lead to every stage, every
//! action tried there by every role, ten thousand commands at random, and the rules that only stored records show.
//!
//! `given` knows what to give for every action, `journeys` how to come to every stage; whoever adds an action or a
//! stage teaches these two, and the tests say so.

mod given;
mod journeys;
mod lawful;
mod life_rule_tests;
mod random_tests;
mod table_tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::clock::Clock;
use super::command::{Act, Command, Done, NewDraft};
use super::error::{Answer, Error};
use super::tests::{County, draft, setup};
use super::view::show::Show;
use super::{FirstAccount, Service, Setup};
use crate::domain::actor::{Role, UnitKind};
use crate::domain::calendar::parse_moment;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::permission::matrix::{Relation, Verb, grants};
use crate::domain::policy::Policy;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::unmet::Unmet;
use journeys::{Journey, Step, What};

/// The unit whose projects they are, and the one they report through.
const BUILDER: &str = "县教育局";
const SUPERVISOR: &str = "县民政局";
/// The only edition there is.
static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::county_default().unwrap());

/// Every paper of the proof bears the day of its clock, which no order of dates forbids.
const TODAY: &str = "2026-09-12";

/// Somebody with one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Person {
    account: &'static str,
    role: Role,
    /// Whether the person is of the unit that builds, or of the one that supervises.
    is_related: bool,
}

/// One person for every role; of unit and supervisor one who has to do with the projects, and one who has not.
fn people() -> impl Iterator<Item = Person> {
    let strangers = Role::ALL.iter().map(|role| Person {
        account: role.code(),
        role: *role,
        is_related: !matches!(role, Role::Unit | Role::Supervisor),
    });
    let related = [("builder", Role::Unit), ("supervising", Role::Supervisor)];
    strangers.chain(related.map(|(account, role)| Person { account, role, is_related: true }))
}

impl Person {
    /// Tells whether the matrix lets the person take the action.
    fn may(self, action: Action) -> bool {
        grants(Verb::Act(action)).iter().any(|(role, relation)| {
            let stands = match relation {
                Relation::Any => true,
                Relation::OwnUnit | Relation::Supervises => self.is_related,
                // The projects of the proof were handed in by their own unit.
                Relation::Summarizes => false,
            };
            *role == self.role && stands
        })
    }
}

/// A county with one account for every role, and projects that are walked along journeys.
struct Proof {
    county: County,
    projects: usize,
}

impl Proof {
    fn new() -> Proof {
        let accounts = Role::ALL.iter().map(|role| FirstAccount {
            code: role.code().to_owned(),
            name: role.code().to_owned(),
            roles: vec![*role],
            os_user: None,
        });
        let clock = Clock::Fixed(parse_moment(&format!("{TODAY}T09:00:00+08:00")).unwrap());
        let setup = Setup { accounts: accounts.collect(), ..setup() };
        let mut county = County(Service::in_memory(&setup, clock).unwrap());
        for (unit, account, role) in [(BUILDER, "builder", Role::Unit), (SUPERVISOR, "supervising", Role::Supervisor)] {
            let add = Command::AddUnit { name: unit.to_owned(), kind: UnitKind::CountyOrgan, supervisor: None };
            county.run("sysadmin", add).unwrap();
            let (code, name, roles) = (account.to_owned(), account.to_owned(), vec![role]);
            let add = Command::AddAccount { code: code.clone(), name, unit: unit.to_owned(), roles, os_user: None };
            county.run("sysadmin", add).unwrap();
            county.run("secadmin", Command::SetAccountActive { code, active: true }).unwrap();
        }
        let mut proof = Proof { county, projects: 0 };
        given::prepare(&mut proof);
        proof
    }

    /// Registers a draft that could be handed in by the unit or through its supervising unit.
    fn register(&mut self, wan: &str, custom: bool) -> ProjectCode {
        let mut new: NewDraft = draft(wan);
        self.projects += 1;
        new.candidate.unit = BUILDER.to_owned();
        new.candidate.declaration.name = format!("第{}号平台", self.projects);
        new.candidate.declaration.custom_development = Some(custom);
        new.supervising_unit = Some(SUPERVISOR.to_owned());
        match self.county.run("builder", Command::CreateProject(new)).unwrap() {
            Done::Project { code, .. } => code,
            other => panic!("{other:?}"),
        }
    }

    /// Reads a project with all its records, whoever may see it.
    fn dossier(&mut self, code: &ProjectCode) -> Dossier {
        let snapshot = self.county.0.database.read().unwrap();
        let id = snapshot.read().project_id(code).unwrap().unwrap();
        snapshot.read().dossier(id).unwrap().unwrap()
    }

    /// Takes one step of a journey.
    fn take(&mut self, code: &ProjectCode, step: &Step) {
        let What::Act(action) = step.what else {
            self.county.judge_all(code, Verdict::Pass);
            return;
        };
        let who = match step.by {
            Some(role) => people().find(|person| person.role == role && person.is_related),
            None => people().find(|person| person.may(action)),
        };
        let who = who.unwrap_or_else(|| panic!("nobody may {action}"));
        let inputs = given::with(given::given(action, &self.dossier(code)), step.with);
        match self.county.run(who.account, act(code, action, inputs.clone())) {
            Ok(Done::Project { stage, .. }) => assert_eq!(stage, step.to, "{action}"),
            other => panic!("{action} by {} with {inputs:?}: {other:?}", who.account),
        }
    }

    /// Walks a new project along a journey; `at_each` sees it before the first step and after every one.
    fn walk(&mut self, journey: &Journey, mut at_each: impl FnMut(&mut Proof, &ProjectCode)) -> ProjectCode {
        let code = self.register(journey.wan, journey.custom);
        at_each(self, &code);
        for step in &journey.steps {
            self.take(&code, step);
            at_each(self, &code);
        }
        code
    }

    /// Brings a new project to a stage, with everything done there that can be done before it leaves.
    fn bring(&mut self, to: Stage) -> ProjectCode {
        let all = journeys::all();
        let journey = all.iter().find(|journey| journey.stages().any(|stage| stage == to));
        let journey = journey.unwrap_or_else(|| panic!("no journey leads to {to}"));
        self.bring_along(journey, to)
    }

    /// Brings a new project to where a journey first leaves a stage.
    fn bring_along(&mut self, journey: &Journey, to: Stage) -> ProjectCode {
        let leaves = journey.stages().collect::<Vec<_>>().windows(2).position(|pair| pair[0] == to && pair[1] != to);
        let code = self.register(journey.wan, journey.custom);
        for step in journey.steps.iter().take(leaves.unwrap_or(journey.steps.len())) {
            self.take(&code, step);
        }
        assert_eq!(self.dossier(&code).project.stage, to);
        code
    }

    /// Takes an action the way `given` says, but for what is told otherwise.
    fn act(
        &mut self,
        account: &str,
        code: &ProjectCode,
        action: Action,
        told: &'static [(&'static str, &'static str)],
    ) -> Answer<Stage> {
        let inputs = given::with(given::given(action, &self.dossier(code)), told);
        match self.county.run(account, act(code, action, inputs))? {
            Done::Project { stage, .. } => Ok(stage),
            other => panic!("{other:?}"),
        }
    }

    /// Sees a project the way a person is shown it.
    fn show(&mut self, account: &str, code: &ProjectCode) -> super::view::show::ProjectView {
        self.county.0.ask(&County::session(account), Show { project: code.clone() }).unwrap()
    }

    /// Expects the log to be whole.
    fn assert_intact(&mut self) {
        let snapshot = self.county.0.database.read().unwrap();
        assert_eq!(snapshot.read().verify_audit(|_, _| {}).unwrap().2, None);
    }
}

fn act(project: &ProjectCode, action: Action, inputs: given::Given) -> Command {
    Command::Act(Act {
        project: project.clone(),
        action,
        inputs: inputs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<BTreeMap<_, _>>(),
        note: String::new(),
        attachments: Vec::new(),
        if_version: None,
    })
}

/// Expects a refusal and tells its conditions.
#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<Unmet> {
    match answer {
        Err(Error::Refused(unmet)) => unmet,
        other => panic!("not refused: {other:?}"),
    }
}
