//! The opinion as it is composed: in order, from the record alone, each sentence with its source.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::actor::{Unit, UnitKind};
use crate::domain::calendar::{Moment, parse_date, parse_moment};
use crate::domain::findings::disposition::Sheet;
use crate::domain::ids::ItemId;
use crate::domain::ids::{AccountId, ExpertId, ProjectCode, ProjectId, UnitId};
use crate::domain::panel::attendance::tests::empty_panel;
use crate::domain::panel::attendance::{Attendance, Presence};
use crate::domain::panel::recusal::Declared;
use crate::domain::panel::{Closing, Conclusion, Correction, ExpertOpinion, Fix, Formation, Panel, Seat};
use crate::domain::panel::{Selection, tally::Tally};
use crate::domain::policy::Policy;
use crate::domain::project::{Declaration, Project, ResourceCatalogue, Stage};
use crate::domain::route;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::record::{Hand, PanelResult, Scheme};

fn now() -> Moment {
    parse_moment("2026-12-21T09:00:00+08:00").unwrap()
}

fn hand() -> Hand {
    Hand { account: AccountId(1), name: "张伟".to_owned(), at: now() }
}

fn wan(text: &str) -> Money {
    Money::parse_wan(text).unwrap()
}

/// A project under review, every item passed.
fn reviewed(amount: &str, policy: &Policy) -> Dossier {
    let declaration = Declaration {
        name: "智慧校园".to_owned(),
        amount: wan(amount),
        catalogue: Some(ResourceCatalogue::Entries(12)),
        ..Declaration::default()
    };
    let unit = Unit {
        id: UnitId(1),
        name: "县教育局".to_owned(),
        kind: UnitKind::CountyOrgan,
        supervisor: None,
        is_centre: false,
    };
    let project = Project {
        id: ProjectId(1),
        code: ProjectCode::compose(2027, 1),
        route: route::compute(&declaration, wan(amount), policy),
        declaration,
        unit,
        supervising_unit: None,
        imported_by: None,
        stage: Stage::TechnicalReview,
        overlays: BTreeSet::new(),
        destroyed: None,
        since: now(),
        clock: Default::default(),
        version: 1,
        round: 1,
        plan_round: 1,
        received_at: None,
        approved: None,
        assessed: None,
        policy: policy.id.clone(),
        reviewer: None,
    };
    let mut dossier = Dossier {
        project,
        votes: Vec::new(),
        government: None,
        ex_ante: None,
        approval: None,
        scheme: Some(Scheme { designer: "某设计院".to_owned(), version: "1.0".to_owned(), by: hand() }),
        judgements: Vec::new(),
        panels: Vec::new(),
        pool: Vec::new(),
        stay_away: Vec::new(),
        opinions: Vec::new(),
        deeds: Vec::new(),
        vetoes: Vec::new(),
        last_step: None,
    };
    let pass = |item: ItemId| Judgement {
        item,
        verdict: Some(Verdict::Pass),
        remark: String::new(),
        suggestion: String::new(),
        basis: String::new(),
        cite: String::new(),
    };
    dossier.judgements = dossier.applicable_items(policy).into_iter().map(|item| pass(item.id.clone())).collect();
    dossier
}

fn seat(id: i64) -> Seat {
    Seat {
        expert: ExpertId(id),
        name: format!("专家{id}"),
        employer: format!("第{id}大学"),
        title: "教授".to_owned(),
        disciplines: BTreeSet::new(),
        local: false,
        chair: id == 1,
        declaration: Declared::Clear,
    }
}

fn opinion(id: i64, conclusion: PanelResult, dissent: &str) -> ExpertOpinion {
    ExpertOpinion {
        expert: ExpertId(id),
        version: 1,
        conclusion,
        text: "意见".to_owned(),
        dissent: dissent.to_owned(),
        signed: true,
        dimensions: BTreeMap::new(),
        score: None,
        reason: String::new(),
        digest: String::new(),
        by: hand(),
    }
}

fn formation(ids: impl Iterator<Item = i64>) -> Formation {
    Formation {
        number: 1,
        selection: Selection::Chosen,
        draw_seed: None,
        reason: String::new(),
        replaced: None,
        seats: ids.map(seat).collect(),
        by: hand(),
    }
}

/// A panel of five that concluded, four of them favourable.
fn argued(result: PanelResult) -> Panel {
    let votes = [PanelResult::Pass, PanelResult::Pass, PanelResult::Pass, PanelResult::Conditional];
    let said = votes.into_iter().zip(1..).map(|(vote, id)| opinion(id, vote, ""));
    let against = opinion(5, PanelResult::Fail, "省平台 2027 年上线\n应待其明确，");
    let mut panel = empty_panel();
    panel.formations = vec![formation(1..6)];
    panel.confirmed = Some(hand());
    panel.opinions = said.chain([against]).collect();
    let met_on = parse_date("2026-11-05").unwrap();
    panel.closed = Some(Closing { met_on, place: "二楼会议室".to_owned(), by: hand() });
    let tally = panel.tally();
    panel.conclusion = Some(Conclusion {
        result,
        text: "方案可行".to_owned(),
        tally,
        by_tally: result,
        chair_explanation: String::new(),
        signed_by: (1..5).map(ExpertId).collect(),
        by: hand(),
    });
    panel
}

fn composed(dossier: &Dossier, figures: Figures<'_>) -> Vec<Sentence> {
    let policy = Policy::county_default().unwrap();
    compose(Grounds { dossier, policy: &policy, findings: &Sheet::default(), now: now() }, figures)
}

fn told(dossier: &Dossier) -> String {
    text(&composed(dossier, Figures::default()))
}

fn answer(dossier: &mut Dossier, item: &str, verdict: Option<Verdict>, words: [&str; 3]) {
    let judgement = dossier.judgements.iter_mut().find(|said| said.item.as_str() == item).unwrap();
    let [remark, suggestion, basis] = words.map(str::to_owned);
    *judgement = Judgement { verdict, remark, suggestion, basis, cite: "p.31".to_owned(), ..judgement.clone() };
}

#[test]
fn the_dimensions_come_in_order_with_their_counts_and_each_problem_with_what_to_do() {
    let mut dossier = reviewed("62.5", &Policy::county_default().unwrap());
    answer(&mut dossier, "B02", Some(Verdict::Doubt), ["依据不明。", "补文件", "办法第五条"]);
    answer(&mut dossier, "K01", Some(Verdict::Fail), ["没有架构图", "补图", "办法第七条"]);
    answer(&mut dossier, "K02", Some(Verdict::NotApplicable), ["不涉及", "", ""]);
    let text = told(&dossier);
    let places: Vec<usize> =
        ["一、建设内容完整性", "二、技术可行性", "三、信息资源共享", "四、信息安全", "五、投资意见", "六、须整改事项"]
            .iter()
            .map(|part| text.find(part).unwrap_or_else(|| panic!("{part} is missing in {text}")))
            .collect();
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("通过 11 项，不通过 0 项，存疑 1 项。"), "{text}");
    assert!(text.contains("1. [B02 存疑，方案 p.31] 依据不明。建议：补文件。依据：办法第五条。"), "{text}");
    assert!(text.contains("不通过 1 项，存疑 0 项，不适用 1 项。"), "{text}");
    assert!(
        text.contains("对不通过的 1 项（K01），建设单位应按上述建议修改完善技术方案；对存疑的 1 项（B02）"),
        "{text}"
    );
    assert!(!text.contains("专家论证"), "below the limit nobody argued: {text}");
    assert!(text.contains("核定额 62.50 万元，未核减。"), "{text}");
}

#[test]
fn r8_2_the_panels_conclusion_is_part_of_the_opinion_with_votes_dissents_and_fixes() {
    let mut dossier = reviewed("268", &Policy::county_default().unwrap());
    assert!(told(&dossier).contains("五、专家论证：尚未形成论证结论。"), "{}", told(&dossier));
    assert!(told(&dossier).contains("待专家论证形成结论后确定"), "{}", told(&dossier));
    let mut panel = argued(PanelResult::Conditional);
    let fix = |number, closed| Fix {
        number,
        text: format!("事项{number}"),
        responsible: "县教育局".to_owned(),
        due: parse_date("2026-12-01").unwrap(),
        closed,
    };
    panel.fixes = vec![fix(1, Some(("V1.1第42页".to_owned(), hand()))), fix(2, None)];
    panel.corrections =
        vec![Correction { text: "地点为三楼".to_owned(), reason: "笔误".to_owned(), by: hand() }];
    dossier.panels = vec![panel];
    let text = told(&dossier);
    for part in [
        "五、专家论证：2026年11月5日在二楼会议室召开专家论证会，专家组 5 人，专家1（第1大学）任组长。",
        "表决：通过 3 票，原则通过 1 票，补充论证 0 票，不通过 1 票。论证结论：原则通过。方案可行。未在结论上签名：专家5。",
        "保留意见（专家5）：省平台 2027 年上线\n应待其明确，\n",
        "修改事项 1：事项1（县教育局，2026年12月1日前）。已修改，见V1.1第42页。",
        "修改事项 2：事项2（县教育局，2026年12月1日前）。尚未销号。",
        "论证记录更正：地点为三楼。更正理由：笔误。",
        "八、评审结论：通过。",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn r8_2_a_panel_that_said_no_is_the_reason_of_a_failing_opinion() {
    let mut dossier = reviewed("268", &Policy::county_default().unwrap());
    dossier.panels = vec![argued(PanelResult::Fail)];
    let said = composed(&dossier, Figures::default());
    let last = said.last().unwrap();
    assert_eq!((last.text.as_str(), &last.source), ("1. 专家论证结论为不通过。", &Source::Panel));
    assert!(text(&said).contains("本轮不核定投资"));
}

#[test]
fn a_conclusion_against_the_votes_and_an_earlier_session_are_told() {
    let mut dossier = reviewed("268", &Policy::county_default().unwrap());
    let first = argued(PanelResult::Supplement);
    let mut second = argued(PanelResult::Pass);
    second.session = 2;
    let conclusion = second.conclusion.as_mut().unwrap();
    (conclusion.by_tally, conclusion.chair_explanation) = (PanelResult::Conditional, "条件已当场落实".to_owned());
    dossier.panels = vec![first, second];
    let text = told(&dossier);
    assert!(text.contains("此前第 1 次（2026年11月5日）结论为补充论证；以本次结论为准。"), "{text}");
    assert!(text.contains("按票数应为原则通过，组长说明：条件已当场落实。"), "{text}");
    dossier.project.round = 2;
    assert!(!told(&dossier).contains("2026年11月5日"), "a panel belongs to its round");
}

#[test]
fn who_is_replaced_after_signing_takes_no_dissent_away() {
    let mut panel = argued(PanelResult::Pass);
    panel.formations.push(formation([1, 2, 3, 4, 6].into_iter()));
    panel.opinions.push(opinion(6, PanelResult::Pass, ""));
    let mut dossier = reviewed("268", &Policy::county_default().unwrap());
    dossier.panels = vec![panel];
    assert!(told(&dossier).contains("保留意见（专家5，未参加表决）：省平台"), "{}", told(&dossier));
    let unsigned = dossier.panels[0].opinions.iter_mut().find(|said| said.expert == ExpertId(5)).unwrap();
    unsigned.signed = false;
    assert!(dossier.panels[0].dissents().is_empty(), "what was never signed is nobody's word");
}

#[test]
fn who_was_absent_is_told_and_votes_for_nothing() {
    let mut panel = argued(PanelResult::Pass);
    let (expert, by) = (ExpertId(4), hand());
    panel.attendance.push(Attendance { expert, presence: Presence::Absent, reason: "出差".to_owned(), by });
    let mut dossier = reviewed("268", &Policy::county_default().unwrap());
    dossier.panels = vec![panel];
    assert!(told(&dossier).contains("专家组 5 人，专家1（第1大学）任组长，缺席：专家4。"), "{}", told(&dossier));
}

#[test]
fn amounts_and_conclusion_follow_what_the_reviewer_decides() {
    let dossier = reviewed("62.5", &Policy::county_default().unwrap());
    let cut = Figures { assessed: Some(wan("60")), cut_reason: "单价偏高", ..Figures::default() };
    let said = text(&composed(&dossier, cut));
    assert!(said.contains("报审额 62.50 万元，核定额 60.00 万元，核减额 2.50 万元。核减理由：单价偏高。"), "{said}");
    assert!(said.contains("七、评审结论：通过。本意见自签发之日起 12 个月内有效。"), "{said}");
    let failing = Figures { result: Some(ReviewResult::Fail), ..Figures::default() };
    let said = text(&composed(&dossier, failing));
    assert!(said.ends_with("七、评审结论：不通过。项目不予招标采购；修改完善后，可以重新报送技术方案。"), "{said}");
}

#[test]
fn while_items_are_open_nothing_is_concluded() {
    let mut dossier = reviewed("62.5", &Policy::county_default().unwrap());
    answer(&mut dossier, "B02", None, ["想一想", "", ""]);
    let text = told(&dossier);
    assert!(text.contains("尚未判断 1 项") && text.ends_with("评审清单还有 1 项未判断，判完后确定。"), "{text}");
}

#[test]
fn a_sentence_changes_its_digest_with_its_source_alone() {
    let mut dossier = reviewed("268", &Policy::county_default().unwrap());
    dossier.panels = vec![argued(PanelResult::Pass)];
    answer(&mut dossier, "K01", Some(Verdict::Fail), ["没有架构图", "补图", "办法第七条"]);
    let before = composed(&dossier, Figures::default());
    assert!(before.iter().all(|said| said.digest.len() == 64), "{before:#?}");
    answer(&mut dossier, "K01", Some(Verdict::Fail), ["架构图不全", "补图", "办法第七条"]);
    let after = composed(&dossier, Figures::default());
    let changed: Vec<String> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before.digest != after.digest)
        .map(|(before, _)| before.source.to_string())
        .collect();
    assert_eq!(changed, ["item:K01"]);
    dossier.panels[0].conclusion.as_mut().unwrap().tally = Tally { pass: 5, ..Tally::default() };
    let sources = composed(&dossier, Figures::default());
    let changed = after.iter().zip(&sources).filter(|(before, after)| before.digest != after.digest);
    assert!(changed.map(|(said, _)| &said.source).all(|source| *source == Source::Panel));
}

#[test]
fn an_opinion_that_would_be_too_long_quotes_the_beginnings() {
    let policy = Policy::county_default().unwrap();
    let mut dossier = reviewed("62.5", &policy);
    let long = "字".repeat(2_000);
    for judgement in &mut dossier.judgements {
        judgement.verdict = Some(Verdict::Fail);
        (judgement.remark, judgement.suggestion, judgement.basis) = (long.clone(), long.clone(), long.clone());
    }
    let text = told(&dossier);
    assert!(text.chars().count() <= LONGEST_TEXT, "{}", text.chars().count());
    assert!(text.contains("……（全文见评审清单）") && text.contains("七、评审结论：不通过"), "{text}");
}
