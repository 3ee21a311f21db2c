//! The service as a whole, over a real SQLite in memory.

use std::collections::BTreeMap;

use super::clock::Clock;
use super::command::{Act, Command, Done, ItemAnswer, NewDraft, VerdictChange};
use super::error::{Error, Kind};
use super::view::checklist::Checklist;
use super::view::queue::Queue;
use super::view::show::Show;
use super::*;
use crate::domain::actor::Role;
use crate::domain::calendar::{YearMonth, parse_moment};
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::intake::Candidate;
use crate::domain::money::Money;
use crate::domain::project::{Declaration, FundingLevel, FundingLine, ProjectKind, ResourceCatalogue, Stage};
use crate::domain::search::Filter;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::Unmet;

pub(super) const PEOPLE: &[(&str, Role)] = &[
    ("unit", Role::Unit),
    ("intake", Role::Intake),
    ("reviewer", Role::Reviewer),
    ("other-reviewer", Role::Reviewer),
    ("lead", Role::Lead),
    ("signer", Role::Signer),
    ("panel-secretary", Role::PanelSecretary),
    ("planning", Role::Planning),
    ("finance", Role::Finance),
    ("cyberspace", Role::Cyberspace),
    ("auditor", Role::Auditor),
    ("sysadmin", Role::Sysadmin),
    ("secadmin", Role::Secadmin),
];

/// A county with one account per role.
pub(super) struct County(pub(super) Service);

impl County {
    pub(super) fn new() -> County {
        County(Service::in_memory(&setup(), clock()).unwrap())
    }

    pub(super) fn session(account: &str) -> Session {
        Session { account: account.to_owned(), os_user: "os".to_owned() }
    }

    pub(super) fn run(&mut self, account: &str, command: Command) -> Answer<Done> {
        self.0.execute(&County::session(account), OperationId::new(), command).map(|receipt| receipt.done)
    }

    pub(super) fn register(&mut self, wan: &str) -> ProjectCode {
        self.create(draft(wan))
    }

    pub(super) fn create(&mut self, draft: NewDraft) -> ProjectCode {
        match self.run("intake", Command::CreateProject(draft)).unwrap() {
            Done::Project { code, .. } => code,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn act(
        &mut self,
        account: &str,
        code: &ProjectCode,
        action: Action,
        inputs: &[(&str, &str)],
    ) -> Answer<Stage> {
        let act = Act {
            project: code.clone(),
            action,
            inputs: inputs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect::<BTreeMap<_, _>>(),
            note: String::new(),
            attachments: Vec::new(),
            if_version: None,
        };
        match self.run(account, Command::Act(act))? {
            Done::Project { stage, .. } => Ok(stage),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn bring_to_review(&mut self, wan: &str) -> ProjectCode {
        let code = self.register(wan);
        self.bring_to(&code, Stage::TechnicalReview);
        code
    }

    /// Takes a draft the usual way, as far as the stage.
    pub(super) fn bring_to(&mut self, code: &ProjectCode, stage: Stage) {
        let show = Show { project: code.clone() };
        let project = self.0.ask(&County::session("intake"), show).unwrap().dossier.project;
        let wan = project.declaration.amount.to_string();
        let doc: &[(&str, &str)] = &[("doc_no", "玉府办字〔2026〕8号"), ("doc_date", "2026-10-20")];
        let agree: &[(&str, &str)] = &[("result", "agree")];
        let ex_ante: &[(&str, &str)] = &[("ex_ante_conclusion", "予以支持"), ("ex_ante_date", "2026-10-22")];
        let decided = [&[("result", "approve")], doc].concat();
        let approved = [&[("amount_wan", wan.as_str())], doc].concat();
        type Step<'a> = (&'a str, Action, &'a [(&'a str, &'a str)]);
        let steps: [Step<'_>; 10] = [
            ("intake", Action::Submit, &[]),
            ("intake", Action::AcceptPlan, &[]),
            ("lead", Action::Vote, agree),
            ("planning", Action::Vote, agree),
            ("finance", Action::Vote, agree),
            ("intake", Action::RecordGovernmentDecision, &decided),
            ("intake", Action::RequestApproval, ex_ante),
            ("planning", Action::ApproveProject, &approved),
            ("intake", Action::SubmitScheme, &[("designer", "某设计院"), ("version", "1.0")]),
            ("intake", Action::AcceptScheme, &[]),
        ];
        let mut at = Stage::Draft;
        for (account, action, inputs) in steps {
            if at != stage {
                at = self.act(account, code, action, inputs).unwrap();
            }
        }
        assert_eq!(at, stage);
    }

    /// Counts the entries of the log.
    pub(super) fn entries(&mut self) -> i64 {
        self.0.database.read().unwrap().read().audit_head().unwrap().0
    }

    pub(super) fn judge_all(&mut self, code: &ProjectCode, verdict: Verdict) {
        let checklist = self.0.ask(&County::session("reviewer"), Checklist { project: code.clone() }).unwrap();
        let answers = checklist.open().into_iter().map(|item| ItemAnswer {
            item: item.clone(),
            verdict: VerdictChange::Set(verdict),
            remark: None,
            suggestion: None,
            basis: None,
            cite: None,
        });
        let command = Command::Judge { project: code.clone(), answers: answers.collect(), if_version: None };
        self.run("reviewer", command).unwrap();
    }
}

/// One account per role, all of them active.
pub(super) fn setup() -> Setup {
    let person = |(code, role): &(&str, Role)| FirstAccount {
        code: (*code).to_owned(),
        name: (*code).to_owned(),
        roles: vec![*role],
        os_user: None,
    };
    Setup {
        mode: Mode::Local,
        accounts: PEOPLE.iter().map(person).collect(),
        policy: crate::domain::policy::EMBEDDED.to_owned(),
        os_user: "os".to_owned(),
        sample: false,
    }
}

pub(super) fn clock() -> Clock {
    Clock::Fixed(parse_moment("2026-09-12T09:00:00+08:00").unwrap())
}

pub(super) fn draft(wan: &str) -> NewDraft {
    let amount = Money::parse_wan(wan).unwrap();
    NewDraft {
        candidate: Candidate {
            row: 0,
            unit: "县教育局".to_owned(),
            declaration: Declaration {
                name: "教师培训平台".to_owned(),
                kind: Some(ProjectKind::New),
                start: YearMonth::new(2027, 5),
                end: YearMonth::new(2027, 11),
                amount,
                funding: vec![FundingLine { source: "县财政".to_owned(), level: FundingLevel::County, amount }],
                basis: "教师队伍建设方案".to_owned(),
                necessity: "见附件".to_owned(),
                content: "见附件".to_owned(),
                contact: "办公室".to_owned(),
                phone: "0793-2550000".to_owned(),
                catalogue: Some(ResourceCatalogue::Entries(12)),
                ..Declaration::default()
            },
            unclassified: true,
        },
        unit_kind: None,
        supervising_unit: None,
    }
}

#[test]
fn a_project_walks_from_the_form_to_a_signed_opinion() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    let page = county.0.ask(
        &County::session("reviewer"),
        Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 },
    );
    assert_eq!(page.unwrap().rows[0].waiting, [(Role::Reviewer, Action::DraftOpinion)]);

    let opinion = &[("result", "pass"), ("assessed_wan", "60"), ("summary", "同意"), ("cut_reason", "单价偏高")];
    let refused = county.act("reviewer", &code, Action::DraftOpinion, opinion).unwrap_err();
    assert!(matches!(&refused, Error::Refused(unmet) if matches!(unmet[0], Unmet::ItemsUnanswered(_))));
    county.judge_all(&code, Verdict::Pass);
    county.act("reviewer", &code, Action::DraftOpinion, opinion).unwrap();
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    let stage = county.act("signer", &code, Action::SignOpinion, &[("doc_no", "玉数评〔2026〕3号")]).unwrap();
    assert_eq!(stage, Stage::ReviewPassed);

    let view = county.0.ask(&County::session("lead"), Show { project: code }).unwrap();
    assert_eq!(view.dossier.project.assessed, Some(Money::from_wan(60)));
    assert_eq!(view.history.len(), 15);
    assert_eq!(view.dossier.project.version, 15);
}

#[test]
fn from_100_wan_on_no_opinion_is_drafted_without_a_panel() {
    let mut county = County::new();
    let code = county.bring_to_review("100");
    county.judge_all(&code, Verdict::Pass);
    let opinion = &[("result", "pass"), ("assessed_wan", "100"), ("summary", "同意")];
    let refused = county.act("reviewer", &code, Action::DraftOpinion, opinion).unwrap_err();
    assert!(matches!(refused, Error::Refused(unmet) if unmet == [Unmet::PanelMissing]));
}

#[test]
fn a_refused_action_changes_nothing_but_leaves_its_entry() {
    let mut county = County::new();
    let code = county.register("62.5");
    let before = county.0.ask(&County::session("intake"), Show { project: code.clone() }).unwrap();
    assert_eq!(county.act("reviewer", &code, Action::AcceptPlan, &[]).unwrap_err().kind(), Kind::Denied);
    assert_eq!(county.act("intake", &code, Action::AcceptPlan, &[]).unwrap_err().kind(), Kind::Refused);
    let after = county.0.ask(&County::session("intake"), Show { project: code }).unwrap();
    assert_eq!(before.dossier, after.dossier);
    let (entries, _) = county.0.ask(&County::session("auditor"), view::audit::AuditHead).unwrap();
    assert_eq!(entries, 4, "init, create, denied, refused");
    assert!(county.0.ask(&County::session("auditor"), view::audit::AuditVerify { head: None }).unwrap().is_intact());
}

#[test]
fn the_same_command_sent_twice_is_done_once() {
    let mut county = County::new();
    let op = OperationId::new();
    let send = |county: &mut County| {
        county.0.execute(&County::session("intake"), op.clone(), Command::CreateProject(draft("62.5"))).unwrap()
    };
    assert_eq!(send(&mut county), send(&mut county));
}

#[test]
fn nothing_is_kept_of_a_project_nobody_declared_unclassified() {
    let mut county = County::new();
    let mut secret = draft("62.5");
    secret.candidate.unclassified = false;
    assert_eq!(county.run("intake", Command::CreateProject(secret)).unwrap_err().kind(), Kind::Refused);
    let page = county.0.ask(
        &County::session("intake"),
        view::queue::List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 },
    );
    assert_eq!(page.unwrap().total, 0);
}

#[test]
fn draft_check_and_signature_are_three_peoples() {
    let mut county = County::new();
    county
        .run(
            "sysadmin",
            Command::ChangeRoles { code: "reviewer".to_owned(), add: vec![Role::Lead, Role::Signer], remove: vec![] },
        )
        .unwrap();
    let code = county.bring_to_review("62.5");
    county.judge_all(&code, Verdict::Pass);
    let opinion = &[("result", "pass"), ("assessed_wan", "62.5"), ("summary", "同意")];
    county.act("reviewer", &code, Action::DraftOpinion, opinion).unwrap();
    assert_eq!(county.act("reviewer", &code, Action::CheckOpinion, &[]).unwrap_err().kind(), Kind::Denied);
    county.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    let doc = &[("doc_no", "1号")];
    assert_eq!(county.act("reviewer", &code, Action::SignOpinion, doc).unwrap_err().kind(), Kind::Denied);
    county.act("signer", &code, Action::SignOpinion, doc).unwrap();
}

#[test]
fn a_backup_is_made_while_the_file_is_open_and_opens_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup {
        mode: Mode::Local,
        accounts: vec![FirstAccount {
            code: "sysadmin".to_owned(),
            name: "sysadmin".to_owned(),
            roles: vec![Role::Sysadmin, Role::Auditor],
            os_user: None,
        }],
        policy: crate::domain::policy::EMBEDDED.to_owned(),
        os_user: "os".to_owned(),
        sample: false,
    };
    let mut service = Service::create(&folder.path().join("a.db"), &setup, Clock::System).unwrap();
    let (session, copy) = (County::session("sysadmin"), folder.path().join("copy.db"));
    let report = service.backup(&session, &copy).unwrap();
    assert_eq!(report.entries, 1);
    assert_eq!(service.backup(&session, &copy).unwrap_err().kind(), Kind::Unavailable, "never over a file");
    let mut restored = Service::open(&copy, Clock::System).unwrap();
    assert!(restored.ask(&session, view::audit::AuditVerify { head: None }).unwrap().is_intact());
}
