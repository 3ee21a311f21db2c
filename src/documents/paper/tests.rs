//! Papers of the sample county, read back as whoever receives them would.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use unicode_width::UnicodeWidthStr;

use super::*;
use crate::documents::read_sheets;
use crate::domain::calendar::{parse_date, parse_moment};
use crate::domain::checklist::Dimension;
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::intake::Cell;
use crate::domain::panel::attendance::{Attendance, Presence};
use crate::domain::panel::recusal::Declared;
use crate::domain::panel::{Correction, Fix};
use crate::domain::project::Stage;
use crate::domain::search::Filter;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::{Hand, PanelResult};
use crate::service::clock::Clock;
use crate::service::demo::DemoOptions;
use crate::service::error::Kind;
use crate::service::view::audit::AuditVerify;
use crate::service::view::queue::List;
use crate::service::view::show::Show;
use crate::service::view::trail::PaperTrail;
use crate::service::{Service, Session};

/// What the secretary sees of a project whose panel has concluded, of one whose panel is writing, and the lead of it.
struct Views {
    concluded: (ProjectView, Trail),
    writing: (ProjectView, Trail),
    writing_to_lead: (ProjectView, Trail),
    signed: (ProjectView, Trail),
    unsigned: (ProjectView, Trail),
    heads_found: bool,
}

fn views() -> &'static Views {
    static VIEWS: OnceLock<Views> = OnceLock::new();
    VIEWS.get_or_init(|| {
        let now = parse_moment("2026-11-23T09:00:00+08:00").unwrap();
        let (mut service, _) = Service::demo_in_memory(Clock::Fixed(now), DemoOptions::default()).unwrap();
        let see = |service: &mut Service, account: &str, code: &ProjectCode| {
            let session = session(account);
            let view = service.ask(&session, Show { project: code.clone() }).unwrap();
            (view, service.ask(&session, PaperTrail { project: code.clone() }).unwrap())
        };
        let at = |service: &mut Service, stage: Stage| {
            let list =
                List { stage: Some(stage), filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 50 };
            let rows = service.ask(&session("panel-secretary"), list).unwrap().rows;
            rows.into_iter().map(|row| row.code).collect::<Vec<_>>()
        };
        let revising = at(&mut service, Stage::Revising).remove(0);
        let concluded = see(&mut service, "panel-secretary", &revising);
        let writing = at(&mut service, Stage::PanelReviewing).into_iter().find_map(|code| {
            let seen = see(&mut service, "panel-secretary", &code);
            let has_opinions = !seen.0.dossier.panel().unwrap().opinions.is_empty();
            has_opinions.then_some(seen)
        });
        let writing = writing.expect("a panel that is writing");
        let writing_to_lead = see(&mut service, "lead", &writing.0.dossier.project.code);
        let mut argued = |stage: Stage| {
            let seen = at(&mut service, stage).into_iter().map(|code| see(&mut service, "lead", &code));
            seen.max_by_key(|(view, _)| view.dossier.panels.len()).expect("a project at that stage")
        };
        let (signed, unsigned) = (argued(Stage::ReviewPassed), argued(Stage::OpinionSigning));
        let marks = concluded.1.0.iter().chain(&writing.1.0).chain(&signed.1.0);
        let heads_found = marks
            .map(|mark| mark.hash.clone())
            .all(|hash| service.ask(&session("auditor"), AuditVerify { head: Some(hash) }).unwrap().is_intact());
        Views { concluded, writing, writing_to_lead, signed, unsigned, heads_found }
    })
}

fn session(account: &str) -> Session {
    Session { account: account.to_owned(), os_user: "os".to_owned() }
}

fn panel(view: &ProjectView) -> &Panel {
    view.dossier.panels.last().unwrap()
}

/// Changes the last panel of a view.
fn changed(change: impl FnOnce(&mut Panel)) -> (ProjectView, Trail) {
    let (mut view, trail) = views().concluded.clone();
    change(view.dossier.panels.last_mut().unwrap());
    (view, trail)
}

fn made((view, trail): &(ProjectView, Trail), kind: PaperKind) -> Paper {
    paper(view, trail, &Wanted::latest(kind)).unwrap()
}

/// Reads a paper's file back with the reader of forms.
fn read(paper: &Paper) -> String {
    let sheets = read_sheets("文书.docx", &paper.docx().unwrap()).unwrap();
    let texts = sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten()).filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn says(paper: &Paper, words: &[&str]) {
    let (file, lines) = (read(paper), paper.lines(120).join("\n"));
    for word in words.iter().filter(|word| !word.is_empty()) {
        assert!(file.contains(word), "the file does not say {word}:\n{file}");
        // Columns of a table may break a word in the preview.
        let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '|').collect::<String>();
        let short: String = squeezed(word).chars().take(4).collect();
        assert!(squeezed(&lines).contains(&short), "the preview does not say {word}:\n{lines}");
    }
}

fn hand(name: &str) -> Hand {
    Hand { name: name.to_owned(), ..panel(&views().concluded.0).conclusion.as_ref().unwrap().by.clone() }
}

#[test]
fn a_concluded_panel_prints_every_field_of_its_record() {
    let seen = &views().concluded;
    let (dossier, panel) = (&seen.0.dossier, panel(&seen.0));
    let paper = made(seen, PaperKind::PanelConclusion);
    let (conclusion, closed) = (panel.conclusion.as_ref().unwrap(), panel.closed.as_ref().unwrap());
    let (approval, scheme) = (dossier.approval.as_ref().unwrap(), dossier.scheme.as_ref().unwrap());
    says(
        &paper,
        &[
            "专家论证评审结论",
            dossier.project.code.as_str(),
            &dossier.project.declaration.name,
            &dossier.project.unit.name,
            &approval.doc_no,
            &format!("{} 万元", approval.amount),
            &scheme.designer,
            &scheme.version,
            &closed.place,
            &forms::day(closed.met_on),
            "☑原则通过",
            "□不通过",
            &conclusion.text,
            &conclusion.by.name,
            &forms::day(conclusion.by.at.date_naive()),
            &paper.seals[0].check_code,
            &paper.seals[0].digest,
        ],
    );
    for seat in panel.seats() {
        says(&paper, &[&seat.name, &seat.employer, &seat.title]);
        says(&paper, &[&panel.opinion_of(seat.expert).unwrap().dissent]);
    }
    for fix in &panel.fixes {
        says(&paper, &[&fix.text, &fix.responsible, &fix.due.to_string()]);
        says(&paper, &[fix.closed.as_ref().map_or("", |(page, _)| page.as_str())]);
    }
    assert!(!panel.fixes.is_empty() && panel.seats().iter().any(|seat| seat.chair));
    assert!(
        !paper.is_draft() && paper.file_name.ends_with("_专家论证评审结论_第1轮第1次.docx") && paper.session == Some(1)
    );
}

#[test]
fn a_final_paper_names_the_entry_of_the_log_that_made_it_final() {
    assert!(views().heads_found, "every hash that may be printed is in the chain");
    let seen = &views().concluded;
    let mark = made(seen, PaperKind::PanelConclusion).seals[0].mark.clone().unwrap();
    assert_eq!((mark.action, mark.at), (Action::ConcludePanel, panel(&seen.0).conclusion.as_ref().unwrap().by.at));
    let sheets = made(seen, PaperKind::ExpertSheet);
    says(&sheets, &[&mark_of(&sheets.seals[0]).hash]);
    assert!(sheets.seals.iter().all(|seal| mark_of(seal).action == Action::RecordExpertOpinion));
}

fn mark_of(seal: &Seal) -> LogMark {
    seal.mark.clone().unwrap()
}

#[test]
fn until_the_panel_concludes_its_paper_is_a_draft_without_a_code() {
    let paper = made(&views().writing, PaperKind::PanelConclusion);
    assert!(paper.is_draft() && paper.seals.is_empty());
    assert!(!read(&paper).contains("校验码") && read(&paper).contains("□通过"));
    assert!(!read(&paper).contains(" 票"), "nobody learns of votes before the last is in");
    let unconcluded = changed(|panel| panel.conclusion = None);
    let paper = made(&unconcluded, PaperKind::PanelConclusion);
    assert!(paper.is_draft() && read(&paper).contains(" 票") && !read(&paper).contains('☑'));
}

#[test]
fn before_the_last_opinion_is_in_a_sheet_is_blank_but_for_the_one_its_recorder_asks_for() {
    let (view, trail) = &views().writing;
    let opinion = panel(view).opinions[0].clone();
    let all = made(&views().writing, PaperKind::ExpertSheet);
    for said in &panel(view).opinions {
        assert!(!read(&all).contains(&said.text), "{}", said.text);
    }
    assert!(!all.is_draft() && all.seals.is_empty() && !read(&all).contains('☑'));
    let one = Wanted { expert: Some(opinion.expert.to_string()), ..Wanted::latest(PaperKind::ExpertSheet) };
    let own = paper(view, trail, &one).unwrap();
    says(&own, &[&opinion.text]);
    assert_eq!(own.document.sections.len(), 1);
    let blank = paper(view, trail, &Wanted { blank: true, ..one.clone() }).unwrap();
    assert!(!read(&blank).contains(&opinion.text));
    let (view, trail) = &views().writing_to_lead;
    assert!(!read(&paper(view, trail, &one).unwrap()).contains(&opinion.text), "the lead did not write it down");
    let mut unsigned = views().writing.clone();
    unsigned.0.dossier.panels.last_mut().unwrap().opinions[0].signed = false;
    let draft = paper(&unsigned.0, &unsigned.1, &one).unwrap();
    assert!(draft.is_draft() && draft.seals.is_empty());
}

#[test]
fn a_closed_panel_has_a_sheet_for_every_member_with_every_word_of_it() {
    let seen = changed(|panel| {
        let opinion = panel.opinions.last_mut().unwrap();
        opinion.score = Some(86);
        opinion.reason = "笔误更正".to_owned();
        opinion.dissent = "不同意以租代建，\n理由见附页。".to_owned();
        for (place, dimension) in Dimension::ALL.iter().enumerate() {
            opinion.dimensions.insert(*dimension, format!("第{place}维度的看法"));
        }
    });
    let paper = made(&seen, PaperKind::ExpertSheet);
    let panel = panel(&seen.0);
    assert_eq!(paper.document.sections.len(), panel.seats().len());
    for (place, seat) in panel.seats().iter().enumerate() {
        let opinion = panel.opinion_of(seat.expert).unwrap();
        let seal = &paper.seals[place];
        says(&paper, &[&seat.name, &seat.employer, &opinion.text, &opinion.digest, &seal.check_code]);
        assert!(opinion.digest.to_uppercase().starts_with(&seal.check_code.replace('-', "")));
        assert!(paper.document.sections[place].foot.contains(&seal.check_code));
    }
    says(&paper, &["评分：86 分", "笔误更正", "不同意以租代建，", "理由见附页。", "第3维度的看法", "信息安全"]);
    let one = Wanted { expert: Some(panel.seats()[1].name.clone()), ..Wanted::latest(PaperKind::ExpertSheet) };
    let paper = super::paper(&seen.0, &seen.1, &one).unwrap();
    assert!(paper.file_name.contains(&panel.seats()[1].name) && paper.seals.len() == 1);
    assert!(!read(&paper).contains(&panel.seats()[2].employer));
}

#[test]
fn the_declaration_is_ticked_as_it_was_made_and_never_on_a_blank_form() {
    let sheet = |declaration, blank| {
        let seen = changed(|panel| {
            panel.formations.last_mut().unwrap().seats.truncate(1);
            panel.formations.last_mut().unwrap().seats[0].declaration = declaration;
        });
        let wanted = Wanted { blank, ..Wanted::latest(PaperKind::ExpertSheet) };
        read(&paper(&seen.0, &seen.1, &wanted).unwrap())
    };
    assert!(sheet(Declared::Clear, false).contains("☑本人与下列各方均无"));
    assert!(sheet(Declared::Recuse, false).contains("☑其他情形"));
    assert!(sheet(Declared::Recuse, false).contains("□本人与下列各方均无"));
    assert!(!sheet(Declared::Clear, true).contains('☑'));
    assert!(sheet(Declared::Clear, true).contains("建设单位："));
}

#[test]
fn r8_2_a_dissent_is_printed_word_for_word_and_a_silent_minority_is_named() {
    let long = "本人不同意以“原则通过”作结：\n　　其一，<造价>依据不足；\n　　其二，与省平台重复。".repeat(40);
    let seen = changed(|panel| {
        let ids: Vec<ExpertId> = panel.seats().iter().map(|seat| seat.expert).collect();
        for opinion in &mut panel.opinions {
            if opinion.expert == ids[0] {
                opinion.dissent = long.clone();
            } else if opinion.expert == ids[1] {
                (opinion.conclusion, opinion.text) = (PanelResult::Fail, "应当推倒重来".to_owned());
                opinion.dissent.clear();
            }
        }
        panel.conclusion.as_mut().unwrap().signed_by.retain(|id| *id != ids[2]);
    });
    let paper = made(&seen, PaperKind::PanelConclusion);
    for line in long.lines() {
        says(&paper, &[line.trim()]);
    }
    let names: Vec<&str> = panel(&seen.0).seats().iter().map(|seat| seat.name.as_str()).collect();
    let silent = format!("{}（表决：不通过，未另写保留意见）的个人意见：", names[1]);
    says(&paper, &[&format!("{}（表决：", names[0]), &silent, "应当推倒重来", &format!("未签名：{}", names[2])]);
    assert!(paper.lines(120).join("").contains("记录：未签名"));
}

#[test]
fn who_did_not_come_is_named_and_neither_signs_nor_has_a_sheet() {
    let seen = changed(|panel| {
        let expert = panel.seats()[3].expert;
        let absent = Attendance {
            expert,
            presence: Presence::Absent,
            reason: "突发疾病".to_owned(),
            by: panel.request.by.clone(),
        };
        panel.attendance.push(absent);
    });
    let name = &panel(&seen.0).seats()[3].name;
    let conclusion = made(&seen, PaperKind::PanelConclusion);
    says(&conclusion, &["缺席\n突发疾病", "4 人（应到 5 人）"]);
    let lines = conclusion.lines(120).join("\n");
    assert!(!lines.contains(&format!("成员 {name}：")), "{lines}");
    let sheets = made(&seen, PaperKind::ExpertSheet);
    assert_eq!(sheets.document.sections.len(), 4);
    assert!(!read(&sheets).contains(name.as_str()));
}

#[test]
fn r8_2_a_conclusion_against_the_votes_shows_both_and_the_chairs_words() {
    let seen = changed(|panel| {
        let conclusion = panel.conclusion.as_mut().unwrap();
        conclusion.by_tally = PanelResult::Supplement;
        conclusion.chair_explanation = "汛期在即".to_owned();
    });
    let paper = made(&seen, PaperKind::PanelConclusion);
    says(&paper, &["按票数应为“补充论证”，结论为“原则通过”", "组长说明：汛期在即"]);
}

#[test]
fn a_correction_changes_the_code_and_a_closed_fix_does_not() {
    let code = |seen: &(ProjectView, Trail)| made(seen, PaperKind::PanelConclusion).seals[0].check_code.clone();
    let now = code(&views().concluded);
    assert_eq!(now.len(), 19);
    assert_eq!(now, code(&changed(|panel| panel.fixes[1].closed = Some(("第9页".to_owned(), hand("张伟"))))));
    let correction =
        Correction { text: "会议地点应为三楼".to_owned(), reason: "笔误".to_owned(), by: hand("吴婷") };
    let corrected = changed(|panel| panel.corrections.push(correction));
    says(&made(&corrected, PaperKind::PanelConclusion), &["六、更正（原记录不变）", "会议地点应为三楼", "理由：笔误"]);
    let conclusion = |panel: &mut Panel| panel.conclusion.as_mut().unwrap().text.push('。');
    let all = [
        now,
        code(&corrected),
        code(&changed(conclusion)),
        code(&changed(|panel| panel.fixes[0].text.push('甲'))),
        code(&changed(|panel| panel.opinions[0].digest = "0".repeat(64))),
        code(&changed(|panel| panel.conclusion.as_mut().unwrap().signed_by.clear())),
        code(&changed(|panel| panel.closed.as_mut().unwrap().place.clear())),
        code(&changed(|panel| panel.formations.last_mut().unwrap().seats[1].chair = true)),
    ];
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

#[test]
fn the_same_record_gives_the_same_file() {
    for kind in [PaperKind::PanelConclusion, PaperKind::ExpertSheet] {
        let twice = [(); 2].map(|()| made(&views().concluded, kind).docx().unwrap());
        assert_eq!(twice[0], twice[1]);
    }
    let (view, trail) = &views().concluded;
    let kinds: Vec<PaperKind> = panel_papers(view, trail).into_iter().map(|paper| paper.kind).collect();
    assert_eq!(kinds, [PaperKind::PanelConclusion, PaperKind::ExpertSheet]);
}

#[test]
fn a_long_list_of_fixes_repeats_its_head_and_the_preview_keeps_to_its_width() {
    let seen = changed(|panel| {
        let fix = |number| Fix {
            number,
            text: format!("第{number}项：补充密码应用方案和密钥管理制度，并附与省追溯平台的接口清单"),
            responsible: "江西信诚工程咨询有限公司".to_owned(),
            due: parse_date("2026-12-15").unwrap(),
            closed: (number % 2 == 0).then(|| (format!("方案第{number}页"), hand("张伟"))),
        };
        panel.fixes = (1..=12).map(fix).collect();
    });
    let paper = made(&seen, PaperKind::PanelConclusion);
    for number in 1..=12 {
        says(&paper, &[&format!("第{number}项：补充密码应用方案和密钥管理制度，并附与省追溯平台的接口清单")]);
    }
    for width in [40, 80, 120] {
        for line in paper.lines(width) {
            assert!(line.width() <= width, "{line}");
        }
    }
}

#[test]
fn what_there_is_no_paper_of_is_refused_with_the_reason() {
    let (view, trail) = &views().concluded;
    let kind = |answer: Answer<Paper>| answer.err().map(|error| error.kind());
    let latest = Wanted::latest(PaperKind::ExpertSheet);
    let unknown = Wanted { expert: Some("Z999".to_owned()), ..latest.clone() };
    assert!(matches!(
        paper(view, trail, &unknown),
        Err(Error::Refused(why)) if why == [Unmet::Panel(PanelLack::NotAMember("Z999".to_owned()))]
    ));
    assert_eq!(kind(paper(view, trail, &Wanted { session: Some(9), ..latest.clone() })), Some(Kind::NotFound));
    let empty = changed(|panel| panel.formations.clear());
    assert_eq!(kind(paper(&empty.0, &empty.1, &latest)), Some(Kind::Refused));
    let mut other = view.clone();
    other.dossier.panels.clear();
    assert_eq!(kind(paper(&other, trail, &latest)), Some(Kind::Refused));
    assert!(panel_papers(&other, trail).is_empty());
    let mut frozen = view.clone();
    frozen.dossier.project.overlays.insert(Overlay::SecrecyFrozen);
    let mut destroyed = view.clone();
    destroyed.destroyed = Some(hand("王志强"));
    for view in [frozen, destroyed] {
        assert_eq!(kind(paper(&view, trail, &latest)), Some(Kind::Refused));
    }
}

#[test]
fn a_signed_opinion_prints_every_field_of_its_record() {
    let seen = &views().signed;
    let (dossier, paper) = (&seen.0.dossier, made(seen, PaperKind::Opinion));
    let said = dossier.signed_opinion().unwrap();
    let (approval, scheme) = (dossier.approval.as_ref().unwrap(), dossier.scheme.as_ref().unwrap());
    says(
        &paper,
        &[
            said.doc_no.as_ref().unwrap(),
            &format!("关于{}的", dossier.project.declaration.name),
            &format!("{}：", dossier.project.unit.name),
            &approval.doc_no,
            &scheme.version,
            &seen.0.policy.id,
            "技术评审结论：通过。",
            &said.summary,
            &said.assessed.to_string(),
            &said.cut_reason,
            &said.drafted.name,
            &said.checked.as_ref().unwrap().name,
            &said.signed.as_ref().unwrap().name,
            &forms::day(said.doc_date.unwrap()),
            "本意见有效期12个月，至",
            &paper.seals[0].check_code,
        ],
    );
    for dimension in Dimension::ALL {
        says(&paper, &[crate::wording::labels::dimension(*dimension)]);
    }
    assert_eq!(mark_of(&paper.seals[0]).action, Action::SignOpinion);
    assert!(!paper.is_draft() && paper.session.is_none());
    assert_eq!(paper.docx().unwrap(), made(seen, PaperKind::Opinion).docx().unwrap());
}

#[test]
fn an_opinion_is_a_draft_until_it_is_signed_and_needs_to_be_drafted_at_all() {
    let paper = made(&views().unsigned, PaperKind::Opinion);
    assert!(paper.is_draft() && paper.seals.is_empty() && read(&paper).contains("（文号待签发）"));
    assert!(!read(&paper).contains("校验码"));
    let (view, trail) = &views().writing;
    let none = super::paper(view, trail, &Wanted::latest(PaperKind::Opinion));
    assert_eq!(none.err().map(|error| error.kind()), Some(Kind::NotFound));
}

#[test]
fn r8_2_an_opinion_takes_the_panel_in_with_its_votes_dissent_and_fixes() {
    let mut seen = views().signed.clone();
    let mut panel = panel(&views().concluded.0).clone();
    let said = seen.0.dossier.opinions.last_mut().unwrap();
    said.drafted.at = panel.conclusion.as_ref().unwrap().by.at.max(said.drafted.at);
    panel.round = said.round;
    let (without, code) = (made(&views().signed, PaperKind::Opinion), |paper: &Paper| paper.seals[0].digest.clone());
    seen.0.dossier.panels = vec![panel.clone()];
    let paper = made(&seen, PaperKind::Opinion);
    says(&paper, &["三、专家论证结论", "结论为“原则通过”（通过2票、原则通过2票、补充论证0票、不通过1票）"]);
    says(&paper, &["保留意见：", &panel.fixes[0].text, "附件：专家论证评审结论", "五、审核结论"]);
    seen.0.dossier.panels[0].conclusion.as_mut().unwrap().text.push('。');
    assert_ne!(code(&paper), code(&made(&seen, PaperKind::Opinion)));
    assert_eq!(code(&without).len(), 64);
}

#[test]
fn a_file_name_is_one_everywhere() {
    assert_eq!(forms::file_name("甲/乙\\:*?\"<>| 丙\n丁"), "甲_乙_________丙_丁.docx");
}
