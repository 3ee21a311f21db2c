//! Ten thousand commands at random: whatever people try, what is stored afterwards is lawful.
//!
//! The oracle looks at the records alone and says with the regulation's own words what must be there; it asks none of
//! the gates.

use std::collections::BTreeMap;

use super::{POLICY, Proof, act, given, journeys, lawful, people};
use crate::domain::actor::Actor;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::money::Money;
use crate::domain::permission::may_see;
use crate::domain::project::{Overlay, Stage};
use crate::domain::workflow::action::{Action, Key, Kind};
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::table;
use crate::domain::workflow::waiting::{Desk, waiting};
use crate::service::command::Done;
use crate::service::demo::random::Random;
use crate::service::error::Kind as ErrorKind;
use crate::service::gate::actor;
use crate::service::tests::County;
use crate::service::view::queue::{QueueCounts, StageCounts};

/// How many commands a run sends, and over how many projects under way.
const COMMANDS: usize = 10_000;
const UNDER_WAY: usize = 8;
/// Amounts at and beside the limits, in 万元.
const AMOUNTS: &[&str] = &["49.999999", "50", "62.5", "99.999999", "36", "62.5"];

struct Run {
    proof: Proof,
    random: Random,
    /// What is known of every project; the last ones are under way.
    projects: BTreeMap<ProjectCode, Dossier>,
    under_way: Vec<ProjectCode>,
    done: BTreeMap<Stage, usize>,
}

impl Run {
    fn new(seed: u64) -> Run {
        Run {
            proof: Proof::new(),
            random: Random::new(seed),
            projects: BTreeMap::new(),
            under_way: Vec::new(),
            done: BTreeMap::new(),
        }
    }

    fn chance(&mut self, of_a_thousand: u64) -> bool {
        self.random.in_a_thousand(of_a_thousand)
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.random.below(from.len() as u64) as usize].clone()
    }

    /// Begins projects until enough are under way.
    fn begin(&mut self) {
        while self.under_way.len() < UNDER_WAY {
            let (wan, custom) = (self.pick(AMOUNTS), self.chance(400));
            let code = self.proof.register(wan, custom);
            let dossier = self.proof.dossier(&code);
            self.projects.insert(code.clone(), dossier);
            self.under_way.push(code);
        }
    }

    /// Chooses what is tried: mostly what is expected next, now and then anything at all.
    fn action(&mut self, dossier: &Dossier) -> Action {
        let expected: Vec<Action> = waiting(dossier, &POLICY).iter().map(|work| work.expected).collect();
        let open: Vec<Action> = table::actions_at(dossier.project.stage).collect();
        match self.random.below(100) {
            ..75 if !expected.is_empty() => self.pick(&expected),
            75..96 => self.pick(&open),
            _ => self.pick(Action::ALL),
        }
    }

    /// Chooses who tries it: mostly somebody who may.
    fn account(&mut self, action: Action) -> &'static str {
        let all: Vec<_> = people().collect();
        let may: Vec<_> = people().filter(|person| person.may(action)).collect();
        let one = if self.chance(60) { self.pick(&all) } else { self.pick(&may) };
        one.account
    }

    /// What is given: mostly what leads on, now and then something beside it.
    fn inputs(&mut self, action: Action, dossier: &Dossier) -> given::Given {
        let mut inputs = given::given(action, dossier);
        for spec in action.inputs() {
            if !self.chance(120) {
                continue;
            }
            let other = match (spec.key, spec.kind) {
                (_, Kind::Money | Kind::MoneyOrZero) => {
                    self.pick(&["0.000001", "30", "49.999999", "60", "62.500001", "100"])
                }
                (_, Kind::Date) => self.pick(&["2026-09-11", "2026-09-13", "2029-09-11", "2029-09-12"]),
                (_, Kind::Choice(codes)) => self.pick(codes),
                (_, Kind::Choices(codes)) => codes[0],
                (_, Kind::Flag) => "false",
                (Key::Members, _) => "甲|县教育局|组长\n乙|县财政局|成员",
                (Key::Issues, _) => "一项问题",
                (_, Kind::Line | Kind::Text | Kind::Lines) => self.pick(&["", "情况特殊，另附说明"]),
                _ => "",
            };
            inputs = given::with(inputs, &[(spec.key.code(), other)]);
        }
        inputs
    }

    /// Sends one command about a project and looks at what became of it.
    fn step(&mut self) {
        self.begin();
        let under_way = self.under_way.clone();
        let code = self.pick(&under_way);
        let before = self.projects[&code].clone();
        let entries = self.proof.county.entries();
        let action = self.action(&before);
        let unanswered = before.project.stage == Stage::TechnicalReview && before.judgements.is_empty();
        if action == Action::DraftOpinion && unanswered && before.project.overlays.is_empty() {
            let verdict = if self.chance(900) { Verdict::Pass } else { Verdict::Fail };
            self.proof.county.judge_all(&code, verdict);
            assert_eq!(self.proof.county.entries(), entries + 1);
            let judged = self.proof.dossier(&code);
            self.projects.insert(code, judged);
            return;
        }
        let (account, inputs) = (self.account(action), self.inputs(action, &before));
        let told = format!("{action} at {} by {account} with {inputs:?}", before.project.stage);
        let answer = self.proof.county.run(account, act(&code, action, inputs));
        assert_eq!(self.proof.county.entries(), entries + 1, "{told}");
        match answer {
            Ok(Done::Project { stage, version, .. }) => {
                let after = self.proof.dossier(&code);
                assert_eq!((stage, version), (after.project.stage, after.project.version), "{told}");
                assert_eq!(version, before.project.version + 1, "{told}");
                self.look_at(action, &before, &after, &told);
                if stage.is_final() || after.project.destroyed.is_some() {
                    self.under_way.retain(|other| *other != code);
                }
                self.projects.insert(code, after);
            }
            Ok(other) => panic!("{told}: {other:?}"),
            Err(error) => {
                let no = matches!(error.kind(), ErrorKind::Refused | ErrorKind::Denied | ErrorKind::Invalid);
                assert!(no, "{told}: {error:?}");
                if self.chance(50) {
                    assert_eq!(self.proof.dossier(&code), before, "{told}: a no changes nothing");
                }
            }
        }
    }

    /// What was done stands in the table, respects what lay over the stage, and left lawful records.
    fn look_at(&mut self, action: Action, before: &Dossier, after: &Dossier, told: &str) {
        let (from, to) = (before.project.stage, after.project.stage);
        let row = table::row_of(action).unwrap();
        assert!(row.leads(from, to), "{told} led to {to}");
        let lay = |overlay| before.project.overlays.contains(&overlay);
        let ends_a_freeze = matches!(action.code(), "unfreeze" | "expunge");
        assert!(!lay(Overlay::SecrecyFrozen) || ends_a_freeze, "{told}: it was frozen");
        let rests = lay(Overlay::Suspended) || lay(Overlay::Correcting);
        assert!(!rests || from == to || to.is_final(), "{told}: it rested");
        if let Err(why) = lawful::check(after) {
            panic!("{told} led to {to} unlawfully: {why}\n{after:#?}");
        }
        *self.done.entry(to).or_default() += 1;
    }

    /// What is counted beside the projects equals what a look at each of them gives.
    fn recount(&mut self) {
        for person in people() {
            let session = County::session(person.account);
            let who = self.someone(person.account);
            let mut stages: BTreeMap<Stage, i64> = BTreeMap::new();
            for dossier in self.projects.values().filter(|dossier| may_see(&who, &dossier.project)) {
                *stages.entry(dossier.project.stage).or_default() += 1;
            }
            let counted: BTreeMap<Stage, i64> =
                self.proof.county.0.ask(&session, StageCounts).unwrap().into_iter().collect();
            assert_eq!(counted, stages, "what {} sees", person.account);
            let mine = |desk: Desk| match desk {
                Desk::Shared => true,
                Desk::Unit(unit) => unit == who.unit,
                Desk::Account(account) => account == who.id,
            };
            let works = self.projects.values().flat_map(|dossier| waiting(dossier, &POLICY));
            let waits = works.filter(|work| work.role == person.role && mine(work.desk)).count() as i64;
            let counts = self.proof.county.0.ask(&session, QueueCounts).unwrap();
            let counted: i64 = counts.into_iter().map(|(_, count)| count).sum();
            assert_eq!(counted, waits, "what waits for {}", person.account);
        }
    }

    fn someone(&mut self, account: &str) -> Actor {
        let snapshot = self.proof.county.0.database.read().unwrap();
        actor(snapshot.read(), &County::session(account), &crate::service::reach::Reach::Machine).unwrap()
    }
}

fn ten_thousand_commands(seed: u64) -> BTreeMap<Stage, usize> {
    let mut run = Run::new(seed);
    for number in 0..COMMANDS / 2 {
        run.step();
        if number % 1_000 == 999 {
            run.recount();
        }
    }
    run.proof.assert_intact();
    run.done
}

/// Half of the commands in each of two runs, which go on side by side.
#[test]
fn no_stage_outside_the_table_no_gate_passed_unmet_and_every_count_right_in_ten_thousand_commands() {
    let mut done: BTreeMap<Stage, usize> = BTreeMap::new();
    let runs = [20_260_920, 7].map(|seed| std::thread::spawn(move || ten_thousand_commands(seed)));
    for run in runs {
        for (stage, times) in run.join().unwrap() {
            *done.entry(stage).or_default() += times;
        }
    }
    for stage in [Stage::Archived, Stage::AcceptanceFailed, Stage::ProcurementFailed, Stage::ReviewFailed] {
        assert!(done.contains_key(&stage), "{stage} was never reached: {done:?}");
    }
}

/// Takes one record away.
type Spoil = fn(&mut Dossier);

#[test]
fn the_oracle_misses_every_record_that_is_taken_away() {
    let mut proof = Proof::new();
    let code = proof.walk(&journeys::reviewed(), |proof, code| {
        let dossier = proof.dossier(code);
        assert_eq!(lawful::check(&dossier), Ok(()), "at {}", dossier.project.stage);
    });
    let whole = proof.dossier(&code);
    let spoils: [Spoil; 14] = [
        |it| drop(it.votes.pop()),
        |it| it.government = None,
        |it| it.ex_ante = None,
        |it| it.project.declaration.catalogue = None,
        |it| it.approval = None,
        |it| it.judgements[0].verdict = None,
        |it| it.opinions.clear(),
        |it| it.opinions[0].checked = it.opinions[0].signed.clone(),
        |it| it.project.assessed = it.project.assessed.map(|it| it.saturating_sub(Money::from_wan(1))),
        |it| forget(it, Action::DecideFiling),
        |it| forget(it, Action::FixRequirement),
        |it| forget(it, Action::RecordSurvey),
        |it| forget(it, Action::RegisterContract),
        |it| forget(it, Action::RecordEvaluation),
    ];
    for (number, spoil) in spoils.iter().enumerate() {
        let mut spoiled = whole.clone();
        spoil(&mut spoiled);
        assert!(lawful::check(&spoiled).is_err(), "nobody misses record {number}");
    }
}

fn forget(dossier: &mut Dossier, action: Action) {
    dossier.deeds.retain(|deed| deed.action != action);
}
