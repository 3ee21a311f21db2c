//! Every action, from every stage, by every role: allowed exactly where the table and the matrix say, refused with the
//! right rule elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{POLICY, Person, Proof, act, given, journeys, people};
use crate::domain::actor::Role;
use crate::domain::ids::ProjectCode;
use crate::domain::project::{Overlay, Stage};
use crate::domain::rule::Rule;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::recall::recallable;
use crate::domain::workflow::table::{self, TABLE};
use crate::domain::workflow::unmet::Unmet;
use crate::domain::workflow::waiting::waiting;

use crate::service::command::Done;
use crate::service::error::{Error, Kind};
use crate::service::tests::County;
use crate::service::view::actions::{Actions, Possibility};

/// What is laid over a stage, what is given for it, and the action that ends it: that one can be taken only after.
const UNDOING: &[(Action, Told, Action)] = &[
    (Action::ReturnForCorrection, &[], Action::Correct),
    (Action::Suspend, &[], Action::Resume),
    (Action::FreezeSecret, &[], Action::Unfreeze),
    (Action::FlagViolation, &[], Action::ClearViolation),
    (Action::Claim, &[], Action::Release),
    // A rise of more than a tenth waits for its adjusted approval.
    (Action::Change, &[("amount_wan", "70")], Action::Change),
];

type Told = &'static [(&'static str, &'static str)];

/// What can be taken only under an overlay, but does not end it.
const UNDER: &[(Overlay, Action)] = &[(Overlay::SecrecyFrozen, Action::Expunge), (Overlay::Correcting, Action::Recall)];

/// Where the last step taken on the way can be taken back, beside the corrections asked for under review.
const RECALLED_FROM: &[Stage] =
    &[Stage::AwaitingSupervisor, Stage::OpinionCheck, Stage::OpinionSigning, Stage::FilingReview];

/// What the table allows under another policy than the county's: there the small way may skip the approval.
const BY_ANOTHER_POLICY: &[(Action, Stage)] = &[(Action::TakeSmallRoute, Stage::Planned)];

/// Where each action was allowed, by whom.
type Allowed = BTreeMap<(Action, &'static str), BTreeSet<Stage>>;

/// Every stage that the table leads to from the draft.
fn reachable() -> BTreeSet<Stage> {
    let mut found = BTreeSet::from([Stage::Draft]);
    while let Some(next) = TABLE
        .iter()
        .filter(|row| row.from.iter().any(|from| found.contains(from)))
        .flat_map(|row| row.to)
        .find(|to| !found.contains(*to))
    {
        found.insert(*next);
    }
    found
}

/// Tells whether the person may take the action on the project: the matrix decides, for a correction whose turn it is,
/// for the answer to a change whether one was asked for, and nobody destroys what the same person froze.
fn may(person: Person, action: Action, dossier: &Dossier) -> bool {
    let project = &dossier.project;
    let by_turn =
        table::row_of(action).is_some_and(|row| row.from.contains(&project.stage)) && project.overlays.is_empty();
    match action {
        Action::ReturnForCorrection if by_turn => waiting(dossier, &POLICY).iter().any(|work| work.role == person.role),
        Action::Change if person.role == Role::Planning => project.overlays.contains(&Overlay::Changing),
        Action::Recall if person.may(action) => {
            recallable(dossier.last_step.as_ref()).is_none_or(|(step, _)| step.account == person.account)
        }
        Action::Expunge if person.may(action) => {
            dossier.last(Action::FreezeSecret).is_none_or(|freeze| freeze.by.name != person.account)
        }
        _ => person.may(action),
    }
}

/// Tries an action without taking it, and compares the answer with what table and matrix say.
fn try_out(proof: &mut Proof, code: &ProjectCode, action: Action, person: Person, dossier: &Dossier) -> bool {
    let stage = dossier.project.stage;
    let row = table::row_of(action).unwrap_or_else(|| panic!("{action} has no row in the table"));
    let command = act(code, action, given::given(action, dossier));
    let answer = proof.county.0.rehearse(&County::session(person.account), &command);
    let who = person.account;
    if !may(person, action, dossier) {
        let denied = matches!(&answer, Err(error) if error.kind() == Kind::Denied);
        assert!(denied, "{action} at {stage} by {who}: the matrix says no, but {answer:?}");
        return false;
    }
    match answer {
        Ok(Done::Project { stage: to, .. }) => {
            assert!(row.leads(stage, to), "{action} leads from {stage} to {to}, which its row does not say");
            true
        }
        Err(Error::Refused(unmet)) if row.from.contains(&stage) => {
            let astray = unmet.iter().any(|condition| matches!(condition, Unmet::WrongStage { .. }));
            assert!(!unmet.is_empty() && !astray, "{action} at {stage} by {who}: {unmet:?}");
            false
        }
        Err(Error::Refused(unmet)) => {
            assert_eq!(unmet, [Unmet::WrongStage { stage, needed: row.from }], "{action} at {stage} by {who}");
            assert_eq!(unmet[0].rule(), Rule::R5_1);
            false
        }
        Err(Error::Invalid(problems)) => {
            panic!("teach `given` what {action} asks for at {stage}: {problems:?}")
        }
        other => panic!("{action} at {stage} by {who}: {other:?}"),
    }
}

/// Tries every action at the place where a project stands now; what was already allowed there only once.
///
/// Who may not is turned away by the same question everywhere, asked here as the screens ask it. Rehearsed is what a
/// person may, and of the way itself also what they may not.
fn try_everything(proof: &mut Proof, code: &ProjectCode, allowed: &mut Allowed, is_first: bool) {
    let dossier = proof.dossier(code);
    let stage = dossier.project.stage;
    for person in people() {
        if is_first {
            compare_with_the_screens(proof, code, person, &dossier);
        }
        for row in TABLE {
            let leaves = row.from.contains(&stage);
            let known = allowed.get(&(row.action, person.account)).is_some_and(|stages| stages.contains(&stage));
            let telling = leaves && row.is_of_the_way() || may(person, row.action, &dossier);
            let tried = if is_first { telling } else { leaves && !known && may(person, row.action, &dossier) };
            if tried && try_out(proof, code, row.action, person, &dossier) {
                allowed.entry((row.action, person.account)).or_default().insert(stage);
            }
        }
    }
}

/// What screens and scripts are told of every action is what matrix and table say, too.
fn compare_with_the_screens(proof: &mut Proof, code: &ProjectCode, person: Person, dossier: &Dossier) {
    let stage = dossier.project.stage;
    let told = match proof.county.0.ask(&County::session(person.account), Actions { project: code.clone() }) {
        Ok(told) => told.actions,
        Err(error) => {
            let sees = person.role.sees_all_projects() && stage != Stage::Draft;
            assert!(error.kind() == Kind::Denied && !sees, "{}: {error:?}", person.account);
            return;
        }
    };
    assert_eq!(told.len(), Action::ALL.len());
    for status in told {
        let (action, who) = (status.action, person.account);
        let leaves = table::row_of(action).is_some_and(|row| row.from.contains(&stage));
        match status.verdict {
            Possibility::Denied(_) => assert!(!may(person, action, dossier), "{action} at {stage} by {who}"),
            Possibility::Transcribable(_) => assert!(leaves && person.role == Role::Intake, "{action} at {stage}"),
            Possibility::Allowed => assert!(leaves && may(person, action, dossier), "{action} at {stage} by {who}"),
            Possibility::Refused(unmet) => {
                let astray = unmet.iter().any(|condition| matches!(condition, Unmet::WrongStage { .. }));
                assert_ne!(leaves, astray, "{action} at {stage} by {who}: {unmet:?}");
            }
        }
    }
}

/// Lays each overlay over the stage, tries what ends it, and ends it.
fn try_what_undoes(proof: &mut Proof, code: &ProjectCode, allowed: &mut Allowed) {
    for (laying, told, undoing) in UNDOING {
        let before = proof.dossier(code);
        let stage = before.project.stage;
        let Some(layer) = people().find(|person| may(*person, *laying, &before)) else { continue };
        if proof.act(layer.account, code, *laying, told).is_err() {
            continue;
        }
        let under = proof.dossier(code);
        let also =
            UNDER.iter().filter(|(overlay, _)| under.project.overlays.contains(overlay)).map(|(_, action)| action);
        for action in also.chain([undoing]) {
            for person in people() {
                if try_out(proof, code, *action, person, &under) {
                    allowed.entry((*action, person.account)).or_default().insert(stage);
                }
            }
        }
        let ender = people().find(|person| person.may(*undoing)).unwrap();
        proof.act(ender.account, code, *undoing, &[]).unwrap();
        assert_eq!(proof.dossier(code).project.overlays, before.project.overlays, "{laying} and {undoing} at {stage}");
    }
}

/// Really sends some of what must be refused, other actions at other stages: each leaves its one entry and nothing
/// else.
fn send_what_is_refused(proof: &mut Proof, code: &ProjectCode) {
    let before = proof.dossier(code);
    let stage = before.project.stage;
    let out_of_turn = TABLE.iter().enumerate().filter(|(_, row)| !row.from.contains(&stage));
    for (_, row) in out_of_turn.filter(|(number, _)| (number + stage as usize).is_multiple_of(4)) {
        let wrong = people().find(|person| !may(*person, row.action, &before)).unwrap();
        let right = people().find(|person| may(*person, row.action, &before)).unwrap();
        for (person, kind) in [(wrong, Kind::Denied), (right, Kind::Refused)] {
            let entries = proof.county.entries();
            let answer = proof.act(person.account, code, row.action, &[]);
            assert_eq!(answer.unwrap_err().kind(), kind, "{} by {}", row.action, person.account);
            assert_eq!(proof.county.entries(), entries + 1, "{} by {}", row.action, person.account);
        }
    }
    assert_eq!(proof.dossier(code), before, "a refusal changes nothing");
}

/// Walks every journey and tries everything out wherever it passes.
fn explore() -> Allowed {
    let mut proof = Proof::new();
    let mut allowed = Allowed::new();
    let mut seen = BTreeSet::new();
    for journey in journeys::all() {
        proof.walk(&journey, |proof, code| {
            let stage = proof.dossier(code).project.stage;
            let is_first = seen.insert(stage);
            try_everything(proof, code, &mut allowed, is_first);
            if is_first {
                try_what_undoes(proof, code, &mut allowed);
                send_what_is_refused(proof, code);
            }
        });
    }
    proof.assert_intact();
    let missing: Vec<Stage> = reachable().difference(&seen).copied().collect();
    assert!(missing.is_empty(), "the table leads to {missing:?}; teach `journeys` a way there");
    allowed
}

#[test]
fn walks_every_action_from_every_stage_for_every_role() {
    let allowed = explore();
    let reachable = reachable();
    for row in TABLE {
        let here = |from: &Stage| reachable.contains(from) && !BY_ANOTHER_POLICY.contains(&(row.action, *from));
        let mut expected: BTreeSet<Stage> = row.from.iter().copied().filter(here).collect();
        match row.action {
            // Each by the one person who took the step.
            Action::Recall => {
                let correcting = table::row_of(Action::ReturnForCorrection).unwrap().from;
                expected = correcting.iter().chain(RECALLED_FROM).copied().collect();
            }
            // The proof has one reviewer; `holder_tests` has two.
            Action::TakeOver => expected.clear(),
            _ => {}
        }
        let stages = |person: Person| allowed.get(&(row.action, person.account)).cloned().unwrap_or_default();
        // A correction is asked for by whose turn it is: between them they must have been allowed everywhere.
        let takers: Vec<BTreeSet<Stage>> = match row.action {
            // What one of two froze, the other destroys.
            Action::ReturnForCorrection | Action::Expunge | Action::Recall | Action::Release => {
                vec![people().flat_map(stages).collect()]
            }
            action => people().filter(|person| person.may(action)).map(stages).collect(),
        };
        for stages in takers {
            let never: Vec<&Stage> = expected.difference(&stages).collect();
            let told = format!("{} was nowhere allowed at {never:?}", row.action);
            assert!(never.is_empty(), "{told}: teach `given` or `journeys` what it needs");
        }
    }
    insta::assert_snapshot!(picture(&allowed, &reachable));
}

/// Draws one line for each action and the roles that may take it at the same stages.
fn picture(allowed: &Allowed, reachable: &BTreeSet<Stage>) -> String {
    let living: BTreeSet<Stage> = reachable.iter().copied().filter(|stage| !stage.is_final()).collect();
    let mut lines = Vec::new();
    for action in Action::ALL {
        let mut by_stages: BTreeMap<&BTreeSet<Stage>, Vec<&str>> = BTreeMap::new();
        for person in people() {
            if let Some(stages) = allowed.get(&(*action, person.account)) {
                by_stages.entry(stages).or_default().push(person.role.code());
            }
        }
        for (stages, roles) in by_stages {
            let place = match stages {
                stages if stages == reachable => "(every stage)".to_owned(),
                stages if *stages == living => "(every stage that is not final)".to_owned(),
                stages => stages.iter().map(|stage| stage.code()).collect::<Vec<_>>().join(" "),
            };
            lines.push(format!("{:<28} {:<40} {place}", action.code(), roles.join(",")));
        }
    }
    lines.join("\n")
}
