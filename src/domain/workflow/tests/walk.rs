//! The table, walked at random.

use super::super::action::Kind;
use super::*;

/// Writes down what a decision says, the way the service does.
fn carry_out(dossier: &mut Dossier, action: Action, raw: Raw<'_>, decision: Decision) {
    if action.is_deed() {
        did(dossier, action, raw);
        dossier.deeds.last_mut().unwrap().effective = decision.takes_effect();
    }
    dossier.project.overlays = overlays_after(action, &decision, &dossier.project.overlays);
    let mut reroute = None;
    match decision.record {
        Record::Vote { agency, result, .. } => dossier.votes.push(Vote { result, ..vote(agency) }),
        Record::Government { approved, doc_no, doc_date } => {
            dossier.government = Some(GovernmentDecision { approved, doc_no, doc_date, by: hand(1) });
        }
        Record::ExAnte(assessment) => dossier.ex_ante = assessment,
        Record::Approval { doc_no, doc_date, amount } => {
            dossier.approval = Some(Approval { doc_no, doc_date, amount, by: hand(1) });
            reroute = Some((amount, true));
        }
        Record::Changed { amount, void_opinion, may_lower } => {
            reroute = Some((amount, may_lower));
            if void_opinion {
                (dossier.project.round, dossier.project.assessed) = (dossier.project.round + 1, None);
            }
        }
        Record::Scheme { new_round, .. } => dossier.project.round += u32::from(new_round),
        Record::OpinionDraft { result, assessed, .. } => {
            dossier.opinions.push(Opinion { round: dossier.project.round, assessed, ..opinion(result) });
        }
        Record::Panel(record) => panel::write(dossier, record),
        Record::OpinionCheck { .. } => dossier.opinions.last_mut().unwrap().checked = Some(hand(2)),
        Record::OpinionSentBack { .. } => dossier.opinions.last_mut().unwrap().sent_back = Some(hand(2)),
        Record::OpinionSigned { assessed, doc_date, .. } => {
            let opinion = dossier.opinions.last_mut().unwrap();
            (opinion.signed, opinion.doc_date) = (Some(hand(3)), Some(doc_date));
            dossier.project.assessed = Some(assessed);
        }
        Record::Destruction => dossier.project.destroyed = Some(now()),
        // The walk keeps no log, so that nothing is there to take back.
        Record::Recalled(_) => panic!("a recall without a last step"),
        Record::Held(held) => dossier.project.reviewer = held.then_some(crate::domain::ids::AccountId(1)),
        Record::None
        | Record::ChangeRequest { .. }
        | Record::SupervisorOpinion(_)
        | Record::Endorsed { .. }
        | Record::Received(_)
        | Record::Assignment(_) => {}
    }
    if let Some((amount, may_lower)) = reroute {
        let project = &mut dossier.project;
        project.approved = Some(amount);
        let next = route::compute(&project.declaration, amount, &POLICY);
        project.route = if may_lower { next } else { next.not_below(&project.route) };
    }
    dossier.project.stage = decision.to;
    if decision.to == Stage::Draft {
        dossier.votes.clear();
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.throw(from.len())]
    }
}

/// A plausible input; mostly one that leads on.
fn some_input(action: Action, dice: &mut Dice) -> Vec<(&'static str, &'static str)> {
    let specs = super::super::input::fields_of(action);
    let fields = specs.into_iter().filter(|spec| spec.key.code() != "on_behalf_of");
    fields
        .filter_map(|spec| {
            let value = match (spec.key.code(), spec.kind) {
                ("result", _) if action == Action::Vote => dice.pick(&["agree", "agree", "agree", "agree", "return"]),
                ("result", Kind::Choice(codes)) => dice.pick(&[codes[0], codes[0], codes[0], codes[1]]),
                ("amount_wan", _) if action == Action::Change => dice.pick(&["62.5", "49.999999", "100", "55", "20"]),
                ("amount_wan", _) if action == Action::RegisterPayment => dice.pick(&["9", "20", "5.000001"]),
                ("amount_wan", _) => dice.pick(&["62.5", "49.999999", "100", "45"]),
                ("assessed_wan", _) => dice.pick(&["62.5", "49.999999", "45"]),
                ("budget_wan", _) => dice.pick(&["60", "45", "49.999999"]),
                ("adjustment_doc_no" | "issues", _) if dice.throw(2) == 0 => return None,
                ("reviewer", _) if action == Action::Assign => "reviewer",
                ("received_at" | "scan_digest" | "reviewer" | "ruling", _) => return None,
                ("doc_date", _) => dice.pick(&["2026-10-20", "2026-10-21"]),
                ("om_end", _) => dice.pick(&["2029-10-19", "2029-10-20"]),
                ("members", _) if action == Action::FormPanel => dice.pick(panel::LISTS),
                ("expert", _) => dice.pick(&["Z001", "Z002", "Z003", "Z004", "Z005", "Z006"]),
                ("replacement", _) => dice.pick(&["Z006", "Z007", "Z008"]),
                ("ground", _) => dice.pick(&["none", "none", "none", "kinship"]),
                ("signed_by", _) => "Z001、Z002",
                ("fixes", _) if dice.throw(2) == 0 => return None,
                ("fixes", _) => "补充密评|县教育局|2026-12-01\n细化清单|县教育局|2026-12-01",
                ("fix", _) => dice.pick(&["1", "2", "3"]),
                ("size", _) => dice.pick(&["5", "6"]),
                ("conclusion", _) => dice.pick(&["pass", "pass", "conditional", "supplement", "fail"]),
                ("complaint" | "dimensions", _) => return None,
                ("members", _) => dice.pick(&["甲|乙|丙\n丁|乙|丙\n戊|乙|丙", "甲|乙|丙"]),
                (_, Kind::Date) => "2026-10-20",
                (_, Kind::Count(..)) => "90",
                (_, Kind::Flag) => dice.pick(&["true", "true", "false"]),
                (_, Kind::Choice(codes)) => dice.pick(codes),
                (_, Kind::Choices(_)) => "om_price,data_ownership,acceptance_payment",
                (_, Kind::Money | Kind::MoneyOrZero) => "3",
                _ => "说明",
            };
            Some((spec.key.code(), value))
        })
        .collect()
}

/// The money never outgrows what it rests on.
fn check_money(dossier: &Dossier) {
    let (amounts, project) = (dossier.amounts(), &dossier.project);
    if let Some(budget) = amounts.budget {
        assert!(budget <= project.assessed.unwrap_or_else(|| project.governing_amount()), "{dossier:#?}");
    }
    assert!(amounts.contract <= amounts.budget || amounts.contract.is_none(), "{amounts:?}");
    assert!(amounts.paid <= dossier.contract_amount(), "{amounts:?}");
}

#[test]
fn twenty_thousand_steps_stay_on_the_table_under_their_overlays_and_within_their_money() {
    let mut dice = Dice(20_260_920);
    let mut dossier = complete(Stage::Draft, "62.5");
    let mut reached = BTreeSet::new();
    for step in 0..20_000 {
        let ended = dossier.project.stage.is_final() || dossier.project.destroyed.is_some();
        if ended && dice.throw(3) == 0 {
            let amount = dice.pick(&["62.5", "49.999999", "100"]);
            dossier = complete(Stage::Draft, amount);
            if dice.throw(4) == 0 {
                dossier.project.supervising_unit = Some(dossier.project.unit.clone());
                dossier.project.unit.kind = UnitKind::Township;
            }
            dossier.pool = panel::pool();
            dossier.project.declaration.custom_development = Some(dice.throw(2) == 0);
        }
        let stage = dossier.project.stage;
        reached.insert(stage);
        let awaited = waiting(&dossier, &POLICY);
        let action = match dice.throw(10) {
            0 => dice.pick(Action::ALL),
            1 => dice.pick(&table::actions_at(stage).collect::<Vec<_>>()),
            _ if awaited.is_empty() => dice.pick(Action::ALL),
            _ => dice.pick(&awaited).expected,
        };
        let capacity = dice.pick(&[Role::Lead, Role::Planning, Role::Finance]);
        let raw = some_input(action, &mut dice);
        let answer = take_as(capacity, action, &raw, &dossier);
        let overlays = dossier.project.overlays.clone();
        match answer {
            Ok(decision) => {
                let row = table::row_of(action).unwrap();
                assert!(row.leads(stage, decision.to), "step {step}: {action} from {stage} to {}", decision.to);
                let of_the_freeze = matches!(action, Action::Unfreeze | Action::Expunge);
                assert_eq!(overlays.contains(&Overlay::SecrecyFrozen), of_the_freeze, "{action}");
                assert_eq!(dossier.project.destroyed, None, "{action}");
                let moves = decision.to != stage && !decision.to.is_final();
                let rests = overlays.contains(&Overlay::Suspended) || overlays.contains(&Overlay::Correcting);
                let waits = overlays.contains(&Overlay::Changing) && action != Action::Change;
                assert!(!(moves && (rests || waits)), "step {step}: {action} under {overlays:?}");
                carry_out(&mut dossier, action, &raw, decision);
            }
            Err(unmet) => assert!(!unmet.is_empty(), "step {step}: {action} at {stage} is refused without a reason"),
        }
        check_money(&dossier);
        let awaited = waiting(&dossier, &POLICY);
        let frozen = dossier.project.overlays.contains(&Overlay::SecrecyFrozen);
        let stage = dossier.project.stage;
        let nobody = stage.is_final() && !frozen || dossier.project.destroyed.is_some();
        assert_eq!(awaited.is_empty(), nobody, "step {step}: {stage} waits for {awaited:?}");
        assert!(awaited.iter().all(|work| table::actions_at(stage).any(|open| open == work.expected)), "{stage}");
    }
    for stage in [
        Stage::Revising,
        Stage::Archived,
        Stage::AcceptanceFailed,
        Stage::ProcurementFailed,
        Stage::EvaluationRectifying,
    ] {
        assert!(reached.contains(&stage), "{stage} was never reached: {reached:?}");
    }
}

proptest! {
    #[test]
    fn what_is_listed_as_unmet_before_the_input_is_refused_with_every_input(which: prop::sample::Index, choice: u64) {
        let dossier = complete(Stage::Approved, "62.5");
        let action = *which.get(Action::ALL);
        let at = Circumstances { dossier: &dossier, policy: &POLICY, capacity: Role::Intake, now: now() };
        if !conditions(action, at).is_empty() {
            prop_assert!(take(action, &some_input(action, &mut Dice(choice)), &dossier).is_err());
        }
    }
}
