//! Rules whose gate is the order of things itself, or a record that must stay: each passed with its datum and refused
//! without it, over the real service. The gates of single actions are tried in `domain/workflow/tests`.

use super::{BUILDER, Proof, SUPERVISOR, journeys, refused};
use crate::domain::actor::UnitKind;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::project::{ItemCategory, LineItem, ResourceCatalogue, Stage};
use crate::domain::route::RouteCode;
use crate::domain::rule::Rule;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::unmet::{Clause, Milestone, Unmet};
use crate::service::command::{Command, Disposal, Done};
use crate::service::error::{Answer, Kind};
use crate::service::tests::draft;

/// Expects a refusal because it is not the project's turn.
#[track_caller]
fn out_of_turn(answer: Answer<Stage>) {
    let unmet = refused(answer);
    assert!(matches!(unmet[..], [Unmet::WrongStage { .. }]), "{unmet:?}");
    assert_eq!(unmet[0].rule(), Rule::R5_1);
}

/// A draft of two servers for 18.60 万元.
fn servers(proof: &mut Proof) -> ProjectCode {
    let mut new = draft("18.6");
    new.candidate.declaration.name = "业务服务器购置".to_owned();
    new.candidate.declaration.items = vec![LineItem {
        name: "机架式服务器".to_owned(),
        category: ItemCategory::Server,
        quantity: Some("2".to_owned()),
        unit_price: None,
        amount: new.candidate.declaration.amount,
        excluded: None,
    }];
    new.candidate.declaration.catalogue = Some(ResourceCatalogue::NotApplicable("仅购置硬件".to_owned()));
    match proof.county.run("builder", Command::CreateProject(new)).unwrap() {
        Done::Project { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

fn to_approved(proof: &mut Proof, code: &ProjectCode) {
    for step in journeys::reviewed().steps.iter().take_while(|step| step.to != Stage::SchemeIntake) {
        proof.take(code, step);
    }
}

#[test]
fn r2_1_what_is_not_within_the_scope_goes_nowhere() {
    let mut proof = Proof::new();
    let within = proof.bring(Stage::PlanIntake);
    assert_eq!(proof.act("intake", &within, Action::AcceptPlan, &[]).unwrap(), Stage::JointReview);
    let outside = proof.bring(Stage::PlanIntake);
    proof.act("lead", &outside, Action::RuleOut, &[]).unwrap();
    out_of_turn(proof.act("intake", &outside, Action::AcceptPlan, &[]));
    assert_eq!(UnitKind::parse("village"), None, "a unit that is none of the regulation's kinds cannot be named");
}

#[test]
fn r2_3_without_its_document_nothing_is_exempted() {
    let mut proof = Proof::new();
    let code = proof.bring(Stage::PlanIntake);
    for field in ["doc_no", "basis", "issuer_level", "reason"] {
        let told: &'static [(&str, &str)] = match field {
            "doc_no" => &[("doc_no", "")],
            "basis" => &[("basis", "")],
            "issuer_level" => &[("issuer_level", "")],
            _ => &[("reason", "")],
        };
        assert_eq!(proof.act("lead", &code, Action::Exempt, told).unwrap_err().kind(), Kind::Invalid, "{field}");
    }
    assert_eq!(proof.act("intake", &code, Action::Exempt, &[]).unwrap_err().kind(), Kind::Denied);
    assert_eq!(proof.act("lead", &code, Action::Exempt, &[]).unwrap(), Stage::Registered);
}

#[test]
fn r4_2_without_the_approval_no_scheme_is_handed_in() {
    let mut proof = Proof::new();
    let code = proof.bring(Stage::AwaitingApproval);
    out_of_turn(proof.act("builder", &code, Action::SubmitScheme, &[]));
    let unnumbered = proof.act("planning", &code, Action::ApproveProject, &[("doc_no", "")]);
    assert_eq!(unnumbered.unwrap_err().kind(), Kind::Invalid);
    proof.act("planning", &code, Action::ApproveProject, &[]).unwrap();
    assert_eq!(proof.act("builder", &code, Action::SubmitScheme, &[]).unwrap(), Stage::SchemeIntake);
}

#[test]
fn r4_3_without_the_budget_document_procurement_is_not_entered() {
    let mut proof = Proof::new();
    let code = proof.bring(Stage::Filed);
    let without = proof.act("finance", &code, Action::EnterProcurement, &[("budget_doc_no", "")]);
    assert_eq!(without.unwrap_err().kind(), Kind::Invalid);
    assert_eq!(proof.act("finance", &code, Action::EnterProcurement, &[]).unwrap(), Stage::ProcurementPreparation);
}

#[test]
fn r6_2_three_agencies_and_then_the_government_agree_before_anything_else_happens() {
    let mut proof = Proof::new();
    let agencies = ["lead", "planning", "finance"];
    for absent in agencies {
        let code = proof.bring_along(&journeys::small(), Stage::PlanIntake);
        proof.act("intake", &code, Action::AcceptPlan, &[]).unwrap();
        for agency in agencies.into_iter().filter(|agency| *agency != absent) {
            assert_eq!(proof.act(agency, &code, Action::Vote, &[]).unwrap(), Stage::JointReview, "without {absent}");
        }
        out_of_turn(proof.act("intake", &code, Action::RecordGovernmentDecision, &[]));
        assert_eq!(proof.act(absent, &code, Action::Vote, &[]).unwrap(), Stage::AwaitingGovernment);
        out_of_turn(proof.act("builder", &code, Action::RequestApproval, &[]));
        let unnumbered = proof.act("intake", &code, Action::RecordGovernmentDecision, &[("doc_no", "")]);
        assert_eq!(unnumbered.unwrap_err().kind(), Kind::Invalid);
        match absent {
            "finance" => {
                proof.act("intake", &code, Action::RecordGovernmentDecision, &[("result", "refuse")]).unwrap();
                out_of_turn(proof.act("builder", &code, Action::RequestApproval, &[]));
            }
            _ => {
                proof.act("intake", &code, Action::RecordGovernmentDecision, &[]).unwrap();
                proof.act("builder", &code, Action::RequestApproval, &[]).unwrap();
            }
        }
    }
}

#[test]
fn r7_2_what_the_catalogue_lists_passes_the_review_before_it_is_bought_in_the_e_mall() {
    let mut proof = Proof::new();
    let code = servers(&mut proof);
    to_approved(&mut proof, &code);
    assert_eq!(proof.dossier(&code).project.route.code, RouteCode::CentreCatalogue);
    assert_eq!(refused(proof.act("intake", &code, Action::TakeSmallRoute, &[])), [Unmet::ReviewRequired]);
    // The hardware is a veto until the lead rules it out 〔第十条〕.
    let exception = Disposal {
        project: code.clone(),
        finding: "R10.1".to_owned(),
        accepted: false,
        reason: "中心书面答复不能统筹保障，同意例外。".to_owned(),
        if_version: None,
    };
    proof.county.run("lead", Command::DisposeFinding(exception)).unwrap();
    let rest = journeys::reviewed().steps;
    let rest = rest.iter().skip_while(|step| step.to != Stage::SchemeIntake);
    for step in rest.take_while(|step| step.to != Stage::Procuring) {
        proof.take(&code, step);
    }
    let elsewhere = proof.act("builder", &code, Action::StartProcurement, &[("channel", "central")]);
    assert_eq!(refused(elsewhere), [Unmet::ChannelNeedsReason]);
    assert_eq!(proof.act("builder", &code, Action::StartProcurement, &[]).unwrap(), Stage::Procuring);
}

#[test]
fn r7_4_approval_review_filing_and_procurement_come_one_after_the_other() {
    let mut proof = Proof::new();
    let order = [
        (Stage::AwaitingApproval, Action::SubmitScheme, "builder"),
        (Stage::OpinionSigning, Action::SendToFiling, "intake"),
        (Stage::ReviewPassed, Action::DecideFiling, "cyberspace"),
        (Stage::FilingReview, Action::EnterProcurement, "finance"),
        (Stage::Filed, Action::StartProcurement, "finance"),
    ];
    for (before, early, account) in order {
        let code = proof.bring_along(&journeys::reviewed(), before);
        out_of_turn(proof.act(account, &code, early, &[]));
    }
    // The papers' dates follow each other too: the opinion bears a day before the approval's.
    let code = proof.bring_along(&journeys::reviewed(), Stage::OpinionSigning);
    proof.act("signer", &code, Action::SignOpinion, &[("doc_date", "2026-09-11")]).unwrap();
    proof.act("intake", &code, Action::SendToFiling, &[]).unwrap();
    let unmet = refused(proof.act("cyberspace", &code, Action::DecideFiling, &[]));
    let wrong = (Milestone::Approval, Milestone::Review);
    assert!(matches!(unmet[..], [Unmet::OutOfOrder { earlier, later, .. }] if (earlier, later) == wrong), "{unmet:?}");
}

#[test]
fn r8_1_the_scheme_follows_the_approval_and_the_review_follows_the_scheme() {
    let mut proof = Proof::new();
    for early in [Stage::Planned, Stage::AwaitingApproval] {
        let code = proof.bring_along(&journeys::reviewed(), early);
        out_of_turn(proof.act("builder", &code, Action::SubmitScheme, &[]));
    }
    let code = proof.bring_along(&journeys::reviewed(), Stage::Approved);
    out_of_turn(proof.act("intake", &code, Action::AcceptScheme, &[]));
    out_of_turn(proof.act("reviewer", &code, Action::DraftOpinion, &[]));
    proof.act("builder", &code, Action::SubmitScheme, &[]).unwrap();
    assert_eq!(proof.act("intake", &code, Action::AcceptScheme, &[]).unwrap(), Stage::TechnicalReview);
}

#[test]
fn r8_3_from_50_wan_on_the_centre_reviews_and_below_it_need_not() {
    let mut proof = Proof::new();
    for (wan, needs_review) in [("49.999999", false), ("50", true), ("99.999999", true)] {
        let code = proof.register(wan, false);
        to_approved(&mut proof, &code);
        let answer = proof.act("intake", &code, Action::TakeSmallRoute, &[]);
        match needs_review {
            true => {
                assert_eq!(refused(answer), [Unmet::ReviewRequired], "{wan}");
                assert_eq!(proof.act("builder", &code, Action::SubmitScheme, &[]).unwrap(), Stage::SchemeIntake);
            }
            false => assert_eq!(answer.unwrap(), Stage::FilingReview, "{wan}"),
        }
    }
}

#[test]
fn r8_4_a_failed_review_leads_to_no_filing_and_no_procurement() {
    let mut proof = Proof::new();
    let code = proof.bring(Stage::ReviewFailed);
    for (action, account) in [
        (Action::SendToFiling, "intake"),
        (Action::EnterProcurement, "finance"),
        (Action::StartProcurement, "finance"),
        (Action::TakeSmallRoute, "intake"),
    ] {
        out_of_turn(proof.act(account, &code, action, &[]));
    }
    let passed = proof.bring(Stage::ReviewPassed);
    assert_eq!(proof.act("intake", &passed, Action::SendToFiling, &[]).unwrap(), Stage::FilingReview);
}

#[test]
fn r8_6_a_signed_opinion_stays_as_it_is_and_the_next_round_writes_its_own() {
    let mut proof = Proof::new();
    let code = proof.bring(Stage::ReviewFailed);
    let signed = proof.dossier(&code).opinions;
    assert_eq!(signed.len(), 1);
    for (action, account) in [
        (Action::DraftOpinion, "reviewer"),
        (Action::CheckOpinion, "lead"),
        (Action::SendBack, "signer"),
        (Action::SignOpinion, "signer"),
    ] {
        out_of_turn(proof.act(account, &code, action, &[]));
        assert_eq!(proof.dossier(&code).opinions, signed, "{action}");
    }
    proof.act("builder", &code, Action::SubmitScheme, &[("version", "2.0")]).unwrap();
    proof.act("intake", &code, Action::AcceptScheme, &[]).unwrap();
    assert!(proof.dossier(&code).judgements.is_empty(), "the next round answers for itself");
    proof.county.judge_all(&code, Verdict::Pass);
    proof.act("reviewer", &code, Action::DraftOpinion, &[]).unwrap();
    proof.act("lead", &code, Action::SendBack, &[]).unwrap();
    proof.act("reviewer", &code, Action::DraftOpinion, &[]).unwrap();
    proof.act("lead", &code, Action::CheckOpinion, &[]).unwrap();
    proof.act("signer", &code, Action::SignOpinion, &[("doc_no", "玉数评〔2026〕9号")]).unwrap();
    let opinions = proof.dossier(&code).opinions;
    assert_eq!(opinions[..1], signed[..]);
    let drafts: Vec<(u32, u32, bool)> = opinions.iter().map(|it| (it.round, it.draft, it.signed.is_some())).collect();
    assert_eq!(drafts, [(1, 1, true), (2, 1, false), (2, 2, true)]);
    let shown = proof.show("builder", &code);
    assert_eq!(shown.dossier.opinions, opinions, "the unit reads every one of them");
}

#[test]
fn r8_7_nothing_is_archived_before_its_survey_is_bound() {
    let mut proof = Proof::new();
    let unbound = journeys::Journey {
        steps: journeys::reviewed()
            .steps
            .into_iter()
            .map(|step| match step.what {
                journeys::What::Act(Action::RecordSurvey) => journeys::Step { with: &[("archive_no", "")], ..step },
                _ => step,
            })
            .filter(|step| step.to != Stage::Archived)
            .collect(),
        ..journeys::reviewed()
    };
    let code = proof.walk(&unbound, |_, _| {});
    assert_eq!(refused(proof.act("intake", &code, Action::Archive, &[])), [Unmet::SurveyNotBound]);
    let bound = proof.walk(&journeys::reviewed(), |_, _| {});
    assert_eq!(proof.dossier(&bound).project.stage, Stage::Archived);
}

/// Registers a contract with all clauses but one.
fn without(proof: &mut Proof, clause: Clause) -> Vec<Unmet> {
    let code = proof.bring_along(&journeys::small(), Stage::Procuring);
    let others: &'static [(&str, &str)] = match clause {
        Clause::OmPrice => &[("clauses", "data_ownership,acceptance_payment")],
        Clause::DataOwnership => &[("clauses", "om_price,acceptance_payment")],
        Clause::AcceptancePayment => &[("clauses", "om_price,data_ownership")],
    };
    let unmet = refused(proof.act("builder", &code, Action::RegisterContract, others));
    assert_eq!(proof.act("builder", &code, Action::RegisterContract, &[]).unwrap(), Stage::Contracted);
    unmet
}

#[test]
fn r9_1_a_contract_without_the_price_of_maintenance_is_not_registered() {
    let unmet = without(&mut Proof::new(), Clause::OmPrice);
    assert_eq!((unmet[0].rule(), unmet.len()), (Rule::R9_1, 1));
}

#[test]
fn r11_2_a_contract_that_leaves_the_data_to_others_is_not_registered() {
    let unmet = without(&mut Proof::new(), Clause::DataOwnership);
    assert_eq!((unmet[0].rule(), unmet.len()), (Rule::R11_2, 1));
}

#[test]
fn r12_4_a_contract_that_pays_without_acceptance_is_not_registered() {
    let unmet = without(&mut Proof::new(), Clause::AcceptancePayment);
    assert_eq!((unmet[0].rule(), unmet.len()), (Rule::R12_4, 1));
}

#[test]
fn r11_5_what_does_not_share_its_data_is_not_accepted_and_not_used() {
    let mut proof = Proof::new();
    let code = proof.bring_along(&journeys::small(), Stage::Acceptance);
    let kept = proof.act("reviewer", &code, Action::RecordAcceptance, &[("data_aggregated", "false")]);
    assert_eq!(kept.unwrap(), Stage::AcceptanceFailed);
    out_of_turn(proof.act("builder", &code, Action::GoLive, &[]));
    proof.act("builder", &code, Action::RequestReacceptance, &[]).unwrap();
    assert_eq!(proof.act("reviewer", &code, Action::RecordAcceptance, &[]).unwrap(), Stage::Accepted);
    assert_eq!(proof.act("builder", &code, Action::GoLive, &[]).unwrap(), Stage::Operating);
}

#[test]
fn ra_2_a_township_reports_through_its_supervising_unit_and_no_other_way() {
    let mut proof = Proof::new();
    let mut new = draft("18");
    new.candidate.unit = "某镇人民政府".to_owned();
    new.unit_kind = Some(UnitKind::Township);
    new.supervising_unit = Some(SUPERVISOR.to_owned());
    let Done::Project { code, .. } = proof.county.run("intake", Command::CreateProject(new)).unwrap() else {
        panic!("no project");
    };
    let direct = proof.act("intake", &code, Action::Submit, &[]);
    assert_eq!(refused(direct), [Unmet::ReportsThroughSupervisor]);
    proof.act("intake", &code, Action::ReportToSupervisor, &[]).unwrap();
    let other = proof.act("supervisor", &code, Action::Endorse, &[]);
    assert_eq!(other.unwrap_err().kind(), Kind::Denied, "another unit's supervisor does not endorse it");
    let silent = proof.act("supervising", &code, Action::Endorse, &[("opinion", "")]);
    assert_eq!(silent.unwrap_err().kind(), Kind::Invalid, "an opinion is part of it");
    assert_eq!(proof.act("supervising", &code, Action::Endorse, &[]).unwrap(), Stage::PlanIntake);
    assert_ne!(BUILDER, SUPERVISOR);
}
