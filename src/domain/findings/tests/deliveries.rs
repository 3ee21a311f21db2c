//! The order of what happened after the review.

use super::*;

const CONTRACT: &[(&str, &str)] = &[
    ("vendor", "某公司"),
    ("amount_wan", "100"),
    ("signed_on", "2027-02-01"),
    ("clauses", "om_price,data_ownership,acceptance_payment"),
];

fn accepted_on(date: &str) -> Vec<(&str, &str)> {
    vec![
        ("members", "张三|县教育局|主任\n李四|县财政局|科长\n王五|某学院|教授"),
        ("unit_result", "pass"),
        ("centre_result", "pass"),
        ("data_aggregated", "true"),
        ("doc_date", date),
    ]
}

fn paid(amount: &'static str, date: &'static str) -> [(&'static str, &'static str); 3] {
    [("amount_wan", amount), ("kind", "milestone"), ("date", date)]
}

/// Approved on 20 October 2026, reviewed on 20 November, filed on 1 December, contracted on 1 February 2027.
fn contracted() -> Dossier {
    let mut dossier = innocent("100");
    dossier.approval =
        Some(Approval { doc_no: "1号".to_owned(), doc_date: day("2026-10-20"), amount: wan("100"), by: hand(now()) });
    dossier.opinions = vec![Opinion {
        round: 1,
        draft: 1,
        result: ReviewResult::Pass,
        assessed: wan("100"),
        summary: "同意".to_owned(),
        cut_reason: String::new(),
        ruling: None,
        drafted: hand(now()),
        checked: None,
        check_note: String::new(),
        sent_back: None,
        send_back_reason: String::new(),
        signed: Some(hand(now())),
        doc_no: None,
        doc_date: Some(day("2026-11-20")),
    }];
    did(&mut dossier, Action::DecideFiling, &[("result", "approve"), ("doc_date", "2026-12-01")]);
    did(
        &mut dossier,
        Action::StartProcurement,
        &[("channel", "central"), ("method", "公开招标"), ("budget_wan", "100")],
    );
    did(&mut dossier, Action::RegisterContract, CONTRACT);
    dossier
}

#[test]
fn e13_nothing_is_bought_signed_built_or_used_before_its_decisions() {
    assert_eq!(patterns(&contracted()), []);
    let mut same_day = contracted();
    did(&mut same_day, Action::StartImplementation, &[("date", "2026-12-01")]);
    assert_eq!(patterns(&same_day), [], "the day of the filing itself is in order");
    let mut early = contracted();
    did(&mut early, Action::StartImplementation, &[("date", "2026-11-30")]);
    let finding = the(Pattern::OutOfOrder, &early).unwrap();
    assert_eq!(finding.severity, Severity::Major);
    let facts = [(DayOf::Filing, "2026-12-01"), (DayOf::Implementation, "2026-11-30")];
    let facts: Vec<Evidence> = facts.iter().map(|(what, date)| Evidence::Day(*what, day(date))).collect();
    assert_eq!(finding.evidence, facts);
    for late in [DayOf::Approval, DayOf::Opinion, DayOf::Filing] {
        let mut dossier = contracted();
        match late {
            DayOf::Approval => dossier.approval.as_mut().unwrap().doc_date = day("2027-02-02"),
            DayOf::Opinion => dossier.opinions[0].doc_date = Some(day("2027-02-02")),
            _ => did(&mut dossier, Action::DecideFiling, &[("result", "approve"), ("doc_date", "2027-02-02")]),
        }
        let finding = the(Pattern::OutOfOrder, &dossier).unwrap();
        assert!(finding.evidence.contains(&Evidence::Day(late, day("2027-02-02"))), "{late}");
        assert!(finding.evidence.contains(&Evidence::Day(DayOf::Contract, day("2027-02-01"))), "{late}");
    }
}

#[test]
fn e15_use_follows_acceptance_to_the_day() {
    let used = |accepted: Option<&str>| {
        let mut dossier = contracted();
        if let Some(date) = accepted {
            did(&mut dossier, Action::RecordAcceptance, &accepted_on(date));
        }
        did(&mut dossier, Action::GoLive, &[("date", "2027-09-01")]);
        patterns(&dossier)
    };
    assert_eq!(used(Some("2027-09-01")), []);
    assert_eq!(used(Some("2027-09-02")), [Pattern::UsedEarly]);
    assert_eq!(used(None), [Pattern::UsedEarly]);
}

#[test]
fn e15_a_trial_ends_within_six_months() {
    let trial = |ended: Option<&str>, today: &str| {
        let mut dossier = contracted();
        did(&mut dossier, Action::StartTrial, &[("date", "2027-03-31")]);
        if let Some(date) = ended {
            did(&mut dossier, Action::RequestAcceptance, &[("date", date)]);
        }
        find(&dossier, &alone(), &POLICY, at(today)).into_iter().find(|f| f.pattern == Pattern::EndlessTrial)
    };
    assert_eq!(trial(None, "2027-09-30T23:59:59+08:00"), None);
    let endless = trial(None, "2027-10-01T00:00:00+08:00").unwrap();
    let later = trial(None, "2028-03-01T00:00:00+08:00").unwrap();
    assert_eq!(endless.digest(), later.digest(), "a disposition must not be outdated by the next morning");
    assert_eq!(trial(Some("2027-09-30"), "2028-01-01T00:00:00+08:00"), None);
    assert!(trial(Some("2027-10-01"), "2028-01-01T00:00:00+08:00").is_some());
}

#[test]
fn e16_what_was_paid_before_acceptance_stays_within_its_share() {
    let mut dossier = contracted();
    did(&mut dossier, Action::RegisterPayment, &paid("70", "2027-06-01"));
    assert_eq!(patterns(&dossier), []);
    let mut more = dossier.clone();
    did(&mut more, Action::RegisterPayment, &paid("0.000001", "2027-06-02"));
    let finding = the(Pattern::PaidEarly, &more).unwrap();
    assert_eq!(evidence::share(&finding.evidence, ShareOf::Found), Some(7001));
    assert_eq!(evidence::amount(&finding.evidence, AmountOf::PaidEarly), Some(wan("70.000001")));
    // What is paid after the acceptance is no advance, unless its date says so.
    did(&mut dossier, Action::RecordAcceptance, &accepted_on("2027-09-01"));
    did(&mut dossier, Action::RegisterPayment, &paid("20", "2027-09-01"));
    assert_eq!(patterns(&dossier), []);
    did(&mut dossier, Action::RegisterPayment, &paid("5", "2027-08-31"));
    assert_eq!(patterns(&dossier), [Pattern::PaidEarly]);
}
