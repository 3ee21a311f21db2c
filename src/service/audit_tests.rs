//! The log counts: every answered command leaves exactly one entry, whatever the answer.

use proptest::prelude::*;

use super::command::{Act, Command, Import, ItemAnswer, VerdictChange};
use super::error::{Error, Kind};
use super::tests::{County, PEOPLE, draft};
use crate::domain::actor::{Role, UnitKind};
use crate::domain::checklist::Verdict;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::workflow::action::Action;

/// Who sends a command: one of the county's people, or somebody nobody knows.
fn sender(which: usize) -> &'static str {
    PEOPLE.get(which % (PEOPLE.len() + 1)).map_or("stranger", |(code, _)| code)
}

/// One of the ways to ask for something: most are refused for one reason or another.
fn command(kind: usize, choice: usize) -> Command {
    let project = ProjectCode::compose(2027, (choice % 3) as i64);
    let stale = (choice.is_multiple_of(5)).then_some(choice as i64);
    let mut new = draft("62.5");
    new.candidate.declaration.name = ["甲", "乙", ""][choice % 3].to_owned();
    new.candidate.unclassified = !choice.is_multiple_of(4);
    let account = sender(choice).to_owned();
    match kind % 10 {
        0 | 1 => Command::CreateProject(new),
        2 | 3 => Command::Act(Act {
            project,
            action: Action::ALL[choice % Action::ALL.len()],
            inputs: [("result", "agree"), ("opinion", "同意")]
                .into_iter()
                .take(choice % 3)
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
            note: String::new(),
            attachments: Vec::new(),
            if_version: stale,
        }),
        4 => Command::EditDeclaration { project, declaration: Box::new(new.candidate.declaration), if_version: stale },
        5 => Command::Judge {
            project,
            answers: vec![ItemAnswer {
                item: ItemId::typed("K01"),
                verdict: VerdictChange::Set(Verdict::Pass),
                remark: None,
                suggestion: None,
                basis: None,
                cite: None,
            }],
            if_version: stale,
        },
        6 => Command::AddUnit { name: account, kind: UnitKind::Institution, supervisor: None },
        7 => Command::SetAccountActive { code: account, active: choice.is_multiple_of(2) },
        8 => Command::ChangeRoles { code: account, add: vec![Role::Reviewer], remove: vec![Role::Unit] },
        _ => Command::ImportProjects(Import {
            file: "表.xlsx".to_owned(),
            sheet: "Sheet1".to_owned(),
            digest: String::new(),
            candidates: vec![new.candidate; choice % 3],
            supervising_unit: None,
            received_at: None,
            left_out: Vec::new(),
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn every_answered_command_leaves_exactly_one_entry(
        commands in prop::collection::vec((0usize..40, 0usize..10, 0usize..60), 1..30),
    ) {
        let mut county = County::new();
        for (who, kind, choice) in commands {
            let before = county.entries();
            let command = command(kind, choice);
            let told = format!("{command:?}");
            let answer = county.run(sender(who), command);
            let answered = !matches!(answer.as_ref().map_err(Error::kind), Err(Kind::Unavailable | Kind::Bug));
            prop_assert!(answered, "{told}: {answer:?}");
            prop_assert_eq!(county.entries(), before + 1, "{} by {}: {:?}", told, sender(who), answer);
        }
        let snapshot = county.0.database.read().unwrap();
        prop_assert_eq!(snapshot.read().verify_audit(|_, _| {}).unwrap().2, None);
    }
}

#[test]
fn a_disabled_account_is_turned_away_and_its_attempt_is_logged() {
    let mut county = County::new();
    let disable = Command::SetAccountActive { code: "lead".to_owned(), active: false };
    county.run("secadmin", disable).unwrap();
    let before = county.entries();
    assert_eq!(county.run("lead", Command::CreateProject(draft("62.5"))).unwrap_err().kind(), Kind::Denied);
    assert_eq!(county.entries(), before + 1);
}
