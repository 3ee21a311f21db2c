//! The expert panel: who may sit, what is locked, what the votes allow 〔第八条〕.

use super::super::record::PanelRecord;
use super::super::waiting::Waiting;
use super::*;
use crate::domain::ids::ExpertId;
use crate::domain::panel::attendance::tests::empty_panel;
use crate::domain::panel::expert::{Expert, PastRole};
use crate::domain::panel::lack::PanelLack;
use crate::domain::panel::recusal::{Ground, Party, Why};
use crate::domain::panel::tally::Tally;
use crate::domain::panel::{Conclusion, Panel, Request};
use crate::domain::workflow::record::Scheme;

/// Lists of members a secretary might hand in; the first two can be panels.
pub const LISTS: &[&str] = &[
    "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear\nZ004|成员|clear\nZ005|成员|clear",
    "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear\nZ004|成员|clear\nZ006|成员|clear",
    "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|pending\nZ004|成员|clear\nZ005|成员|clear",
];

/// Eight experts, the sixth and seventh of this county, the eighth once of the designer.
pub fn pool() -> Vec<Expert> {
    let expert = |id: i64, disciplines: &[&str], local, past: &[&str]| Expert {
        id: ExpertId(id),
        name: format!("专家{id}"),
        employer: if local { "县财政局".to_owned() } else { format!("第{id}大学") },
        title: "教授".to_owned(),
        disciplines: disciplines.iter().map(|code| (*code).to_owned()).collect(),
        past_roles: past.iter().map(|text| PastRole::parse(text).unwrap()).collect(),
        local,
        active: true,
        inactive_reason: String::new(),
        contact: String::new(),
        absences: Vec::new(),
        account: None,
    };
    vec![
        expert(1, &["architecture"], false, &[]),
        expert(2, &["security"], false, &[]),
        expert(3, &["cost"], false, &[]),
        expert(4, &["business"], false, &[]),
        expert(5, &["architecture", "cost"], false, &[]),
        expert(6, &["business"], true, &[]),
        expert(7, &["security"], true, &[]),
        expert(8, &["architecture"], false, &["某设计院|顾问"]),
    ]
}

fn request() -> Request {
    Request { reason: String::new(), vendors: Vec::new(), authors: Vec::new(), complaint: String::new(), by: hand(1) }
}

fn empty(round: u32, session: u32, request: Request) -> Panel {
    Panel { round, session, request, ..empty_panel() }
}

/// A panel of the first round that is done.
pub fn concluded(result: PanelResult) -> Panel {
    let mut dossier = forming("120");
    step(&mut dossier, Action::FormPanel, &form(LISTS[0])).unwrap();
    let mut panel = dossier.panels.remove(0);
    panel.conclusion = Some(Conclusion {
        result,
        text: String::new(),
        tally: Tally::default(),
        by_tally: result,
        chair_explanation: String::new(),
        signed_by: Vec::new(),
        by: hand(1),
    });
    panel
}

/// Writes down what a decision says about a panel, the way the service does.
pub fn write(dossier: &mut Dossier, record: PanelRecord) {
    let round = dossier.project.round;
    if let PanelRecord::Requested(request) = record {
        let session = dossier.panels.iter().filter(|panel| panel.round == round).count() as u32 + 1;
        dossier.panels.push(empty(round, session, request));
        return;
    }
    if let PanelRecord::Corrected(correction) = record {
        let concluded = dossier.panels.iter_mut().rfind(|panel| panel.conclusion.is_some()).unwrap();
        concluded.corrections.push(correction);
        return;
    }
    let panel = dossier.panels.last_mut().unwrap();
    match record {
        PanelRecord::Requested(_) | PanelRecord::Corrected(_) => {}
        PanelRecord::Declared(recusal) => panel.recusals.push(recusal),
        PanelRecord::Drawn(draw) => panel.draws.push(draw),
        PanelRecord::Formed(formation) => panel.formations.push(formation),
        PanelRecord::Confirmed => panel.confirmed = Some(hand(1)),
        PanelRecord::Opinion(opinion) => panel.opinions.push(opinion),
        PanelRecord::Closed(closing) => panel.closed = Some(closing),
        PanelRecord::FixClosed(number, page) => {
            panel.fixes.iter_mut().find(|fix| fix.number == number).unwrap().closed = Some((page, hand(1)));
        }
        PanelRecord::Concluded(conclusion, fixes) => {
            let argued_again = conclusion.result == PanelResult::Supplement;
            (panel.conclusion, panel.fixes) = (Some(conclusion), fixes);
            if argued_again {
                let mut next = empty(round, panel.session + 1, request());
                next.formations = panel.formations.last().cloned().into_iter().collect();
                next.confirmed = Some(hand(1));
                dossier.panels.push(next);
            }
        }
    }
}

/// Takes a step and writes it down.
fn step(dossier: &mut Dossier, action: Action, raw: Raw<'_>) -> Result<Stage, Vec<Unmet>> {
    let decision = take_as(Role::PanelSecretary, action, raw, dossier)?;
    if let Record::Panel(record) = decision.record {
        write(dossier, record);
    }
    dossier.project.stage = decision.to;
    Ok(decision.to)
}

fn forming(amount: &str) -> Dossier {
    let mut dossier = complete(Stage::PanelForming, amount);
    dossier.pool = pool();
    let (designer, version) = ("某设计院".to_owned(), "1.0".to_owned());
    dossier.scheme = Some(Scheme { designer, version, by: hand(1) });
    dossier.panels = vec![empty(1, 1, request())];
    dossier
}

fn form(members: &str) -> Vec<(&str, &str)> {
    vec![("members", members), ("selection", "chosen"), ("reason", "专家少")]
}

/// Forms a panel and asks for it to be confirmed.
fn confirm(dossier: &mut Dossier, members: &str) -> Result<Stage, Vec<Unmet>> {
    step(dossier, Action::FormPanel, &form(members)).unwrap();
    step(dossier, Action::ConfirmPanel, &[])
}

fn reviewing() -> Dossier {
    let mut dossier = forming("120");
    assert_eq!(confirm(&mut dossier, LISTS[0]), Ok(Stage::PanelReviewing));
    dossier
}

fn say(dossier: &mut Dossier, expert: &str, conclusion: &str) -> Result<Stage, Vec<Unmet>> {
    let raw = &[("expert", expert), ("conclusion", conclusion), ("text", "意见"), ("signed", "true")];
    step(dossier, Action::RecordExpertOpinion, raw)
}

/// A panel whose five members voted so.
fn voted(votes: [&str; 5]) -> Dossier {
    let mut dossier = reviewing();
    for (index, vote) in votes.iter().enumerate() {
        say(&mut dossier, &format!("Z{:03}", index + 1), vote).unwrap();
    }
    assert_eq!(step(&mut dossier, Action::CloseOpinions, &[("met_on", "2026-11-20")]), Ok(Stage::PanelConcluding));
    dossier
}

fn conclude(dossier: &mut Dossier, conclusion: &str, more: Raw<'_>) -> Result<Stage, Vec<Unmet>> {
    let all = ("signed_by", "Z001\nZ002\nZ003\nZ004\nZ005");
    let raw = [&[("conclusion", conclusion), ("text", "论证意见"), all], more].concat();
    step(dossier, Action::ConcludePanel, &raw)
}

fn lacks(answer: Result<Stage, Vec<Unmet>>) -> Vec<PanelLack> {
    let lack = |unmet| match unmet {
        Unmet::Panel(lack) => lack,
        other => panic!("{other:?}"),
    };
    answer.unwrap_err().into_iter().map(lack).collect()
}

fn awaited(dossier: &Dossier) -> (Role, Action) {
    match waiting(dossier, &POLICY)[..] {
        [Waiting { role, expected, .. }] => (role, expected),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn r8_2_below_the_limit_a_panel_is_asked_for_with_a_reason() {
    let mut dossier = complete(Stage::TechnicalReview, "62.5");
    assert_eq!(lacks(step(&mut dossier, Action::RequestPanel, &[])), [PanelLack::ReasonMissing]);
    assert_eq!(step(&mut dossier, Action::RequestPanel, &[("reason", "技术复杂")]), Ok(Stage::PanelForming));
    dossier.pool = pool();
    let three = "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear";
    assert_eq!(confirm(&mut dossier, three), Ok(Stage::PanelReviewing), "three are enough of one's own accord");
}

#[test]
fn r8_2_a_panel_that_concluded_is_not_asked_again_but_after_a_complaint() {
    let mut dossier = forming("120");
    dossier.project.stage = Stage::TechnicalReview;
    dossier.panels = vec![concluded(PanelResult::Fail)];
    assert_eq!(lacks(step(&mut dossier, Action::RequestPanel, &[])), [PanelLack::AlreadyConcluded]);
    step(&mut dossier, Action::RequestPanel, &[("complaint", "程序不当")]).unwrap();
    let refused = lacks(confirm(&mut dossier, LISTS[0]));
    let conflict = |lack: &PanelLack| matches!(lack, PanelLack::Conflict { why, .. } if why[..] == [Why::EarlierPanel]);
    assert_eq!(refused.iter().filter(|lack| conflict(lack)).count(), 5, "all others: {refused:?}");
}

#[test]
fn r8_2_four_members_and_six_members_are_refused() {
    let five = LISTS[0];
    let four = five.rsplit_once('\n').unwrap().0;
    let refused = lacks(confirm(&mut forming("120"), four));
    assert_eq!(refused, [PanelLack::TooFew { members: 4, needed: 5 }, PanelLack::Even(4)]);
    let six = format!("{five}\nZ006|成员|clear");
    assert_eq!(lacks(confirm(&mut forming("120"), &six)), [PanelLack::Even(6)]);
    assert_eq!(lacks(confirm(&mut forming("500"), five)), [PanelLack::TooFew { members: 5, needed: 7 }]);
}

#[test]
fn r8_2_a_panel_has_exactly_one_chair_from_outside() {
    let none = LISTS[0].replace("组长", "成员");
    assert_eq!(lacks(confirm(&mut forming("120"), &none)), [PanelLack::NoChair]);
    let two = LISTS[0].replace("Z002|成员", "Z002|组长");
    let both = PanelLack::SeveralChairs(vec!["专家1".to_owned(), "专家2".to_owned()]);
    assert_eq!(lacks(confirm(&mut forming("120"), &two)), [both]);
    let local = LISTS[1].replace("组长", "成员").replace("Z006|成员", "Z006|组长");
    assert_eq!(lacks(confirm(&mut forming("120"), &local)), [PanelLack::ChairLocal("专家6".to_owned())]);
}

#[test]
fn r8_2_two_thirds_come_from_outside_and_every_discipline_is_there() {
    let locals = "Z001|组长|clear\nZ003|成员|clear\nZ005|成员|clear\nZ006|成员|clear\nZ007|成员|clear";
    assert_eq!(lacks(confirm(&mut forming("120"), locals)), [PanelLack::TooFewExternal { external: 3, needed: 4 }]);
    let mut dossier = forming("120");
    dossier.pool[1].disciplines = ["business".to_owned()].into();
    assert_eq!(lacks(confirm(&mut dossier, LISTS[0])), [PanelLack::DisciplineMissing("security".to_owned())]);
}

#[test]
fn r8_2_every_member_has_declared_and_who_declares_to_stay_away_does() {
    let mut recused = forming("120");
    let away = LISTS[0].replace("Z003|成员|clear", "Z003|成员|recuse");
    let why = vec![Why::Declared(Ground::Other)];
    assert_eq!(lacks(confirm(&mut recused, &away)), [PanelLack::Conflict { name: "专家3".to_owned(), why }]);
    assert!(matches!(lacks(confirm(&mut recused, LISTS[0]))[..], [PanelLack::Conflict { .. }]), "once said, it counts");
    let taken_back = &[("expert", "Z003"), ("ground", "none"), ("reason", "登记有误")];
    step(&mut recused, Action::DeclareRecusal, taken_back).unwrap();
    assert_eq!(step(&mut recused, Action::ConfirmPanel, &[]), Ok(Stage::PanelReviewing));
    let refused = lacks(confirm(&mut forming("120"), LISTS[2]));
    assert_eq!(refused, [PanelLack::DeclarationMissing(vec!["专家3".to_owned()])]);
}

#[test]
fn r8_2_who_works_or_worked_for_the_designer_is_refused_and_so_is_who_is_out_of_use() {
    let mut dossier = forming("120");
    dossier.pool[2].employer = "某设计院".to_owned();
    dossier.pool[4].active = false;
    let past = LISTS[0].replace("Z004|成员", "Z008|成员");
    let refused = lacks(confirm(&mut dossier, &past));
    let conflict = |name: &str, why| PanelLack::Conflict { name: name.to_owned(), why: vec![why] };
    assert_eq!(
        refused,
        [
            PanelLack::DisciplineMissing("business".to_owned()),
            conflict("专家3", Why::Employer(Party::Designer)),
            conflict("专家8", Why::PastRole(Party::Designer)),
            PanelLack::Inactive("专家5".to_owned()),
        ],
        "everything at once"
    );
}

#[test]
fn r4_1_the_centres_own_project_is_argued_by_outsiders_alone() {
    let mut dossier = forming("120");
    dossier.project.unit.is_centre = true;
    assert_eq!(lacks(confirm(&mut dossier, LISTS[1])), [PanelLack::SelfBuiltNotExternal(vec!["专家6".to_owned()])]);
}

#[test]
fn what_members_declared_is_read_in_chinese_as_in_code() {
    let pending = LISTS[2].replace("clear", "无回避").replace("pending", "未声明");
    for list in [LISTS[2], pending.as_str()] {
        assert_eq!(
            lacks(confirm(&mut forming("120"), list)),
            [PanelLack::DeclarationMissing(vec!["专家3".to_owned()])],
            "{list}"
        );
    }
}

#[test]
fn r8_2_members_said_to_be_drawn_are_those_of_the_last_draw() {
    let mut dossier = forming("120");
    step(&mut dossier, Action::DrawPanel, &[("size", "5"), ("draw_seed", "一")]).unwrap();
    assert_eq!(
        lacks(step(&mut dossier, Action::DrawPanel, &[("size", "5"), ("draw_seed", "二")])),
        [PanelLack::RedrawNeedsReason]
    );
    let draw = dossier.panels[0].draws[0].clone();
    let list = |members: &[(ExpertId, String)]| {
        let line = |(place, (id, _)): (usize, &(ExpertId, String))| {
            format!("{id}|{}|clear", if place == 0 { "组长" } else { "成员" })
        };
        members.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    };
    let raw = |members: &str, seed: &str| {
        vec![
            ("members".to_owned(), members.to_owned()),
            ("selection".to_owned(), "drawn".to_owned()),
            ("draw_seed".to_owned(), seed.to_owned()),
        ]
    };
    for (members, seed, fine) in
        [(list(&draw.members), "一", true), (list(&draw.members), "二", false), (list(&draw.members[..4]), "一", false)]
    {
        let raw = raw(&members, seed);
        let raw: Vec<(&str, &str)> = raw.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        match step(&mut dossier, Action::FormPanel, &raw) {
            Ok(_) => assert!(fine),
            refused => assert_eq!(lacks(refused), [PanelLack::DrawDiffers]),
        }
    }
}

#[test]
fn r8_2_a_missing_member_is_replaced_and_the_list_before_stays() {
    let mut dossier = reviewing();
    let raw =
        |expert, comes| [("expert", expert), ("replacement", comes), ("declaration", "clear"), ("reason", "出差")];
    let local = lacks(step(&mut dossier, Action::ReplaceExpert, &raw("Z001", "Z006")));
    assert_eq!(local, [PanelLack::ChairLocal("专家6".to_owned())]);
    step(&mut dossier, Action::ReplaceExpert, &raw("Z004", "Z006")).unwrap();
    let panel = &dossier.panels[0];
    assert_eq!(panel.formations[1].replaced, Some((ExpertId(4), ExpertId(6))));
    assert!(panel.formations[0].seats.iter().any(|seat| seat.expert == ExpertId(4)));
    assert!(panel.seat("Z004").is_none() && panel.seat("专家6").is_some());
}

#[test]
fn r8_2_opinions_close_only_when_every_member_signed() {
    let mut dossier = reviewing();
    assert_eq!(awaited(&dossier), (Role::PanelSecretary, Action::RecordExpertOpinion));
    for expert in ["Z001", "Z002", "Z003", "Z004"] {
        say(&mut dossier, expert, "pass").unwrap();
    }
    let unsigned = &[("expert", "专家5"), ("conclusion", "pass"), ("text", "同意"), ("signed", "false")];
    step(&mut dossier, Action::RecordExpertOpinion, unsigned).unwrap();
    let missing = PanelLack::OpinionsMissing(vec!["专家5".to_owned()]);
    assert_eq!(lacks(step(&mut dossier, Action::CloseOpinions, &[("met_on", "2026-11-20")])), [missing]);
    say(&mut dossier, "专家5", "fail").unwrap();
    assert_eq!(awaited(&dossier), (Role::PanelSecretary, Action::CloseOpinions));
    let declared = &[("expert", "Z002"), ("ground", "kinship")];
    step(&mut dossier, Action::DeclareRecusal, declared).unwrap();
    assert!(matches!(
        lacks(step(&mut dossier, Action::CloseOpinions, &[("met_on", "2026-11-20")]))[..],
        [PanelLack::Conflict { .. }]
    ));
}

#[test]
fn r8_2_a_locked_opinion_is_corrected_only_openly_and_never_loses_its_dissent() {
    let mut dossier = reviewing();
    let first = &[
        ("expert", "Z002"),
        ("conclusion", "fail"),
        ("text", "不同意"),
        ("dissent", "密码方案\n不合要求"),
        ("signed", "true"),
        ("dimensions", "security=差\n缺密评"),
    ];
    step(&mut dossier, Action::RecordExpertOpinion, first).unwrap();
    let opinion = &dossier.panels[0].opinions[0];
    assert_eq!((opinion.digest.len(), opinion.dimensions.len()), (64, 1));
    let lost = lacks(say(&mut dossier, "Z002", "pass"));
    let name = || "专家2".to_owned();
    assert_eq!(lost, [PanelLack::OpinionLocked(name()), PanelLack::DissentRemoved(name())]);
    let corrected = [&first[..], &[("reason", "笔误")]].concat();
    step(&mut dossier, Action::RecordExpertOpinion, &corrected).unwrap();
    let opinions = &dossier.panels[0].opinions;
    assert_eq!((opinions.len(), opinions[1].version), (2, 2));
    assert_ne!(opinions[0].digest, opinions[1].digest);
}

#[test]
fn r8_2_a_conclusion_against_the_votes_needs_the_chairs_explanation() {
    let mut dossier = voted(["pass", "pass", "pass", "fail", "fail"]);
    let tally = Tally { pass: 3, conditional: 0, supplement: 0, fail: 2 };
    let (conclusion, says) = (PanelResult::Pass, PanelResult::Supplement);
    let against = PanelLack::AgainstTally { conclusion, says, tally };
    assert_eq!(lacks(conclude(&mut dossier, "pass", &[])), [against]);
    let explained = conclude(&mut dossier, "pass", &[("chair_explanation", "两位专家会后同意")]);
    assert_eq!(explained, Ok(Stage::TechnicalReview));
    assert_eq!(dossier.panel_result(), Some(PanelResult::Pass));
}

#[test]
fn r8_2_with_conditions_means_something_to_mend_and_nobody_else_signs_for_the_chair() {
    let mut dossier = voted(["pass", "conditional", "conditional", "pass", "fail"]);
    assert_eq!(lacks(conclude(&mut dossier, "conditional", &[])), [PanelLack::FixesMissing]);
    let fixes = ("fixes", "补充密评方案|县教育局|2026-12-01\n细化清单|县教育局|年底");
    assert_eq!(
        lacks(conclude(&mut dossier, "conditional", &[fixes, ("signed_by", "Z002\n甲")])),
        [
            PanelLack::FixDue("细化清单".to_owned()),
            PanelLack::NotAMember("甲".to_owned()),
            PanelLack::ChairUnsigned("专家1".to_owned())
        ]
    );
    let fixes = ("fixes", "补充密评方案|县教育局|2026-12-01\n细化清单|县教育局|2026-12-01");
    let some = ("signed_by", "Z001、Z002");
    assert_eq!(conclude(&mut dossier, "conditional", &[fixes, some]), Ok(Stage::Revising));
    let unsigned: Vec<&str> = dossier.panels[0].unsigned().iter().map(|seat| seat.name.as_str()).collect();
    assert_eq!(unsigned, ["专家3", "专家4", "专家5"], "an unsigned sheet stays unsigned");
    let open = PanelLack::FixesOpen(vec![(1, "补充密评方案".to_owned()), (2, "细化清单".to_owned())]);
    assert_eq!(lacks(step(&mut dossier, Action::FinishRevision, &[])), [open]);
    for fix in ["1", "2"] {
        assert_eq!(awaited(&dossier), (Role::Reviewer, Action::CloseFix));
        step(&mut dossier, Action::CloseFix, &[("fix", fix), ("page_ref", "第31页")]).unwrap();
    }
    let again = lacks(step(&mut dossier, Action::CloseFix, &[("fix", "2"), ("page_ref", "第31页")]));
    assert_eq!(again, [PanelLack::FixClosed(2)]);
    assert_eq!(step(&mut dossier, Action::FinishRevision, &[]), Ok(Stage::TechnicalReview));
    assert_eq!(awaited(&dossier), (Role::Reviewer, Action::DraftOpinion));
}

#[test]
fn r8_2_a_supplement_opens_the_next_session_in_which_half_the_members_stay() {
    let mut dossier = voted(["pass", "pass", "pass", "supplement", "fail"]);
    assert_eq!(conclude(&mut dossier, "supplement", &[]), Ok(Stage::PanelReviewing));
    assert_eq!((dossier.panels.len(), dossier.panel_result()), (2, None));
    assert_eq!(dossier.panels[1].missing().len(), 5, "the votes begin anew");
    let replace = |dossier: &mut Dossier, out: &str, comes: &str| {
        let raw = [("expert", out), ("replacement", comes), ("declaration", "clear"), ("reason", "出差")];
        step(dossier, Action::ReplaceExpert, &raw)
    };
    for id in 11..14 {
        let mut fresh = dossier.pool[4].clone();
        (fresh.id, fresh.name) = (ExpertId(id), format!("专家{id}"));
        fresh.disciplines.extend(["security".to_owned(), "business".to_owned()]);
        dossier.pool.push(fresh);
    }
    replace(&mut dossier, "Z002", "Z011").unwrap();
    replace(&mut dossier, "Z003", "Z012").unwrap();
    let refused = lacks(replace(&mut dossier, "Z004", "Z013"));
    let absent = ["专家2", "专家3", "专家4"].map(str::to_owned).to_vec();
    assert_eq!(refused, [PanelLack::Discontinuous { kept: 2, before: 5, needed: 3, absent }]);
    dossier.pool[1].active = false;
    let [PanelLack::Discontinuous { absent, .. }] = &lacks(replace(&mut dossier, "Z004", "Z013"))[..] else { panic!() };
    assert_eq!(absent[..], ["专家3", "专家4"], "who is out of use cannot be kept");
}

#[test]
fn r8_2_the_queue_goes_from_the_reviewer_to_the_secretary_to_the_lead() {
    let mut dossier = complete(Stage::TechnicalReview, "120");
    dossier.pool = pool();
    assert_eq!(awaited(&dossier), (Role::Reviewer, Action::RequestPanel));
    step(&mut dossier, Action::RequestPanel, &[]).unwrap();
    assert_eq!(awaited(&dossier), (Role::PanelSecretary, Action::FormPanel));
    step(&mut dossier, Action::FormPanel, &form(LISTS[2])).unwrap();
    assert_eq!(awaited(&dossier), (Role::PanelSecretary, Action::FormPanel), "a declaration is missing");
    step(&mut dossier, Action::FormPanel, &form(LISTS[0])).unwrap();
    assert_eq!(awaited(&dossier), (Role::Lead, Action::ConfirmPanel));
}

#[test]
fn r8_2_an_amount_that_outgrew_the_panel_asks_for_a_larger_one() {
    let mut dossier = complete(Stage::TechnicalReview, "600");
    dossier.panels = vec![concluded(PanelResult::Pass)];
    let raw = &[("result", "pass"), ("assessed_wan", "600"), ("summary", "同意")];
    let refused = take(Action::DraftOpinion, raw, &dossier).unwrap_err();
    assert_eq!(refused, [Unmet::Panel(PanelLack::TooFew { members: 5, needed: 7 })]);
    assert_eq!(step(&mut dossier, Action::RequestPanel, &[]), Ok(Stage::PanelForming));
}

#[test]
fn r8_2_a_list_names_experts_of_the_pool_once_and_in_known_words() {
    let list = "Z001|组长|clear\nZ001|成员|clear\n无名氏|成员|clear\nZ002|副组长|clear\nZ003|成员|大概";
    assert_eq!(
        lacks(step(&mut forming("120"), Action::FormPanel, &form(list))),
        [
            PanelLack::NamedTwice("专家1".to_owned()),
            PanelLack::ExpertUnknown("无名氏".to_owned()),
            PanelLack::WordUnknown("副组长".to_owned()),
            PanelLack::WordUnknown("大概".to_owned())
        ]
    );
    assert_eq!(lacks(step(&mut forming("120"), Action::ConfirmPanel, &[])), [PanelLack::NotFormed]);
}

#[test]
fn r8_2_an_even_panel_is_not_drawn() {
    let mut dossier = forming("120");
    assert_eq!(
        lacks(step(&mut dossier, Action::DrawPanel, &[("size", "4")])),
        [PanelLack::DrawSizeEven(4), PanelLack::TooFew { members: 4, needed: 5 }]
    );
    assert!(step(&mut dossier, Action::DrawPanel, &[("size", "5")]).is_ok());
}

#[test]
fn r8_2_what_is_to_be_mended_stands_under_conditions_only_and_closes_by_number() {
    let mut dossier = voted(["pass"; 5]);
    let fixes = ("fixes", "补充密评方案|县教育局|2026-12-01");
    let misplaced = lacks(conclude(&mut dossier, "pass", &[fixes, ("chair_explanation", "另附")]));
    assert_eq!(misplaced, [PanelLack::FixesOutOfPlace]);
    assert_eq!(conclude(&mut dossier, "conditional", &[fixes]), Ok(Stage::Revising), "a fix makes it a condition");
    let unknown = lacks(step(&mut dossier, Action::CloseFix, &[("fix", "9"), ("page_ref", "第1页")]));
    assert_eq!(unknown, [PanelLack::FixUnknown("9".to_owned())]);
}

#[test]
fn r8_2_a_finished_record_is_corrected_beside_it() {
    let correction = &[("text", "会议地点有误"), ("reason", "笔误")];
    let mut early = complete(Stage::TechnicalReview, "120");
    assert_eq!(lacks(step(&mut early, Action::CorrectPanelRecord, correction)), [PanelLack::NothingToCorrect]);
    early.panels = vec![concluded(PanelResult::Pass)];
    assert_eq!(step(&mut early, Action::CorrectPanelRecord, correction), Ok(Stage::TechnicalReview));
    assert_eq!((early.panels[0].corrections.len(), early.panel_result()), (1, Some(PanelResult::Pass)));
}

proptest! {
    #[test]
    fn r8_2_who_must_stay_away_is_never_drawn_and_the_same_seed_draws_the_same(
        seed in "[a-z0-9]{1,12}",
        size in prop::sample::select(vec![5_u32, 7, 9]),
        bodies in prop::collection::vec((0_usize..6, 0_usize..5, any::<bool>(), any::<bool>()), 8..40),
    ) {
        const EMPLOYERS: [&str; 6] = ["某设计院", "县教育局", "某大学", "某研究院", "县财政局", "某医院"];
        const DISCIPLINES: [&str; 5] = ["architecture", "security", "cost", "business", "security"];
        let mut dossier = forming("120");
        dossier.pool = bodies.iter().enumerate().map(|(index, (employer, discipline, declared, active))| {
            let mut expert = pool().remove(0);
            expert.id = ExpertId(index as i64 + 1);
            expert.employer = EMPLOYERS[*employer].to_owned();
            expert.local = expert.employer.starts_with('县');
            expert.disciplines = [DISCIPLINES[*discipline].to_owned()].into();
            expert.active = *active || index % 2 == 0;
            let declares = [("expert", expert.id.to_string()), ("ground", "dispute".to_owned())];
            (expert, *declared && index % 4 == 0, declares)
        }).map(|(expert, declared, declares)| {
            if declared { dossier.pool.clear(); dossier.pool.push(expert.clone());
                let raw: Vec<(&str, &str)> = declares.iter().map(|(k, v)| (*k, v.as_str())).collect();
                step(&mut dossier, Action::DeclareRecusal, &raw).unwrap();
            }
            expert
        }).collect();
        let size_text = size.to_string();
        let raw = [("size", size_text.as_str()), ("draw_seed", seed.as_str())];
        let mut again = dossier.clone();
        match step(&mut dossier, Action::DrawPanel, &raw) {
            Err(refused) => prop_assert!(
                matches!(refused[..], [Unmet::Panel(PanelLack::DrawImpossible { .. })]), "{refused:?}"
            ),
            Ok(_) => {
                let draw = dossier.panels[0].draws[0].clone();
                prop_assert_eq!(draw.members.len(), size as usize);
                let declared = |id: &ExpertId| dossier.panels[0].recusals.iter().any(|recusal| recusal.expert == *id);
                for (id, _) in &draw.members {
                    let expert = dossier.pool.iter().find(|expert| expert.id == *id).unwrap();
                    prop_assert!(expert.active && !declared(id), "{expert:?}");
                    prop_assert!(!["某设计院", "县教育局"].contains(&expert.employer.as_str()), "{expert:?}");
                }
                let members = || draw.members.iter().map(|(id, _)| dossier.pool.iter().find(|e| e.id == *id).unwrap());
                prop_assert!(members().filter(|expert| !expert.local).count() * 3 >= size as usize * 2);
                for code in &POLICY.panel.disciplines {
                    prop_assert!(members().any(|expert| expert.disciplines.contains(code)), "{code}");
                }
                again.pool.reverse();
                step(&mut again, Action::DrawPanel, &raw).unwrap();
                prop_assert_eq!(&again.panels[0].draws[0], &draw, "the order of the pool makes no difference");
                let changed = again.pool.iter_mut().find(|expert| draw.candidates.contains(&expert.id)).unwrap();
                changed.title.push('级');
                let reason = [&raw[..], &[("reason", "再抽")]].concat();
                step(&mut again, Action::DrawPanel, &reason).unwrap();
                prop_assert_ne!(&again.panels[0].draws[1].candidates_digest, &draw.candidates_digest);
            }
        }
    }
}
