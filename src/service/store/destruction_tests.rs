//! The destruction of content, proved on the bytes of the file.

use std::path::{Path, PathBuf};

use super::audit::{Break, BrokenAt};
use super::destruction::DESTROYED;
use crate::domain::checklist::Verdict;
use crate::domain::findings::Pattern;
use crate::domain::ids::ProjectCode;
use crate::domain::project::{Deployment, InYearAddition, InYearReason, ItemCategory, LineItem, Stage};
use crate::domain::search::Filter;
use crate::domain::workflow::action::Action;
use crate::service::clock::Clock;
use crate::service::command::{Act, AttachedFile, Command, Disposal, Import, ItemAnswer, VerdictChange};
use crate::service::error::{Error, Kind};
use crate::service::panel_tests::add_experts;
use crate::service::tests::{County, clock, draft, setup};
use crate::service::view::audit::AuditVerify;
use crate::service::view::queue::{List, Queue, StageCounts};
use crate::service::view::show::{ProjectView, Show};
use crate::service::{OperationId, Service};

/// One word for each field that holds words: each stands nowhere else in the file.
const WORDS: &[&str] = &[
    "雷达阵地",
    "依据甲乙",
    "必要丙丁",
    "内容戊己",
    "分管庚辛",
    "联系壬癸",
    "0793-7654321",
    "来源子丑",
    "清单寅卯",
    "新增辰巳",
    "文号午未",
    "纪要申酉",
    "表决戌亥",
    "府办天干",
    "评估地支",
    "批复春分",
    "设计清明",
    "版本谷雨",
    "备注立夏",
    "建议小满",
    "旧注芒种",
    "意见夏至",
    "核减小暑",
    "审签大暑",
    "签发立秋",
    "补正处暑",
    "附件白露",
    "扫描秋分",
    "随记寒露",
    "表格霜降",
    "代录立冬",
    "冻结小雪",
    "目录大雪",
    "疑点冬至",
    "提请小寒",
    "厂商大寒",
    "回避立东",
    "选定东一",
    "专家东二",
    "保留东三",
    "维度东四",
    "地点东五",
    "结论东六",
    "整改东七",
    "责任东八",
    "页码东九",
    "更正东十",
    "更由东百",
];

/// What the index holds of the name: pairs of its characters.
const TERMS: &[&str] = &["雷达", "达阵", "阵地"];

/// A county in a file of its own.
struct Place {
    county: County,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        Place { county: County(Service::create(&path, &setup(), clock()).unwrap()), path, _folder: folder }
    }

    fn act(&mut self, account: &str, code: &ProjectCode, action: Action, inputs: &[(&str, &str)]) {
        self.county.act(account, code, action, inputs).unwrap_or_else(|error| panic!("{action}: {error:?}"));
    }

    /// Registers other projects around the one, so that pages are split and rows moved.
    fn surround(&mut self, from: usize) {
        for number in from..from + 40 {
            let mut other = draft("62.5");
            other.candidate.declaration.name = format!("普通平台{number}期");
            other.candidate.declaration.content = "模块与接口".repeat(number % 37);
            self.county.create(other);
        }
    }

    /// Everything on disk: the file and its log.
    fn bytes(&self) -> Vec<u8> {
        let log = self.path.with_extension("db-wal");
        [std::fs::read(&self.path).unwrap(), std::fs::read(log).unwrap_or_default()].concat()
    }

    fn found<'w>(&self, words: &[&'w str]) -> Vec<&'w str> {
        let bytes = self.bytes();
        let holds = |word: &&&str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        words.iter().filter(holds).copied().collect()
    }

    /// Tells which terms the pages of the search index hold, whether or not anything is still found by them. A term is
    /// stored without what it shares with the one before it, for which two bytes are allowed here.
    fn indexed(&self) -> Vec<&'static str> {
        let connection = rusqlite::Connection::open(&self.path).unwrap();
        let mut statement = connection.prepare("SELECT block FROM search_data").unwrap();
        let blocks: Vec<Vec<u8>> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let held = |term: &&&str| {
            let stored = &term.as_bytes()[2..];
            blocks.iter().any(|block| block.windows(stored.len()).any(|window| window == stored))
        };
        TERMS.iter().filter(held).copied().collect()
    }

    fn show(&mut self, account: &str, code: &ProjectCode) -> Result<ProjectView, Error> {
        self.county.0.ask(&County::session(account), Show { project: code.clone() })
    }
}

/// A project with a word in every field, as far as a signed opinion, then frozen by the lead.
fn frozen(place: &mut Place) -> ProjectCode {
    place.surround(0);
    let mut new = draft("62.5");
    let said = &mut new.candidate.declaration;
    said.name = format!("{}平台", WORDS[0]);
    (said.basis, said.necessity, said.content) = (WORDS[1].into(), WORDS[2].into(), WORDS[3].into());
    (said.leader, said.contact, said.phone) = (WORDS[4].into(), WORDS[5].into(), WORDS[6].into());
    said.funding[0].source = WORDS[7].to_owned();
    said.items = vec![LineItem {
        name: WORDS[8].to_owned(),
        category: ItemCategory::Server,
        quantity: None,
        unit_price: None,
        amount: said.amount,
        excluded: None,
    }];
    said.in_year = Some(InYearAddition {
        reason: InYearReason::Superior,
        doc_no: Some(WORDS[10].to_owned()),
        explanation: WORDS[9].to_owned(),
        funding_request: true,
        construction_plan: true,
    });
    said.deployment = Some(Deployment::Hosted);
    said.plan_year = Some(2027);
    let import = Import {
        file: format!("{}.xlsx", WORDS[29]),
        sheet: "表".to_owned(),
        digest: "66".to_owned(),
        candidates: vec![new.candidate.clone()],
        received_at: None,
        left_out: Vec::new(),
        supervising_unit: None,
    };
    place.county.run("intake", Command::ImportProjects(import)).unwrap();
    let code = ProjectCode::compose(2027, 41);
    place.surround(40);
    // Edited again and again, so that the log holds old and new, and rows grew, shrank and moved.
    for size in [300, 3, 90, 500, 1, 200, 40] {
        new.candidate.declaration.content = WORDS[3].repeat(size);
        let declaration = Box::new(new.candidate.declaration.clone());
        let edit = Command::EditDeclaration { project: code.clone(), declaration, if_version: None };
        place.county.run("intake", edit).unwrap();
    }
    new.candidate.declaration.content = WORDS[3].repeat(30);
    new.candidate.declaration.catalogue =
        Some(crate::domain::project::ResourceCatalogue::NotApplicable(WORDS[32].to_owned()));
    let declaration = Box::new(new.candidate.declaration);
    place
        .county
        .run("intake", Command::EditDeclaration { project: code.clone(), declaration, if_version: None })
        .unwrap();
    let doc = |no: &'static str| [("doc_no", no), ("doc_date", "2026-10-20")];
    place.act("intake", &code, Action::Submit, &[]);
    place.act("intake", &code, Action::ReturnForCorrection, &[("items", WORDS[25])]);
    place.act("intake", &code, Action::Correct, &[("answers", WORDS[25])]);
    place.act("intake", &code, Action::AcceptPlan, &[]);
    let agree = [("result", "agree"), ("opinion", WORDS[12]), ("minutes_no", WORDS[11])];
    for agency in ["lead", "planning", "finance"] {
        place.act(agency, &code, Action::Vote, &agree);
    }
    let decided = [&[("result", "approve")], &doc(WORDS[13])[..]].concat();
    place.act("intake", &code, Action::RecordGovernmentDecision, &decided);
    let ex_ante = [("ex_ante_conclusion", WORDS[14]), ("ex_ante_date", "2026-10-22")];
    place.act("intake", &code, Action::RequestApproval, &ex_ante);
    let approved = [&[("amount_wan", "62.5")], &doc(WORDS[15])[..]].concat();
    place.act("planning", &code, Action::ApproveProject, &approved);
    place.act("intake", &code, Action::SubmitScheme, &[("designer", WORDS[16]), ("version", WORDS[17])]);
    place.act("intake", &code, Action::AcceptScheme, &[]);
    place.county.judge_all(&code, Verdict::Pass);
    for remark in [WORDS[20], WORDS[18]] {
        let answer = ItemAnswer {
            item: crate::domain::ids::ItemId::typed("B02"),
            verdict: VerdictChange::Set(Verdict::Fail),
            remark: Some(remark.to_owned()),
            suggestion: Some(WORDS[19].to_owned()),
            basis: Some("办法".to_owned()),
            cite: None,
        };
        let judge = Command::Judge { project: code.clone(), answers: vec![answer], if_version: None };
        place.county.run("reviewer", judge).unwrap();
    }
    argued(place, &code);
    let dispose = Disposal {
        project: code.clone(),
        finding: Pattern::OwnHardware.code().to_owned(),
        accepted: false,
        reason: WORDS[33].to_owned(),
        if_version: None,
    };
    place.county.run("lead", Command::DisposeFinding(dispose)).unwrap();
    let opinion = [("result", "pass"), ("assessed_wan", "60"), ("summary", WORDS[21]), ("cut_reason", WORDS[22])];
    place.act("reviewer", &code, Action::DraftOpinion, &opinion);
    place.act("lead", &code, Action::CheckOpinion, &[("note", WORDS[23])]);
    place.act("signer", &code, Action::SignOpinion, &[("doc_no", WORDS[24]), ("doc_date", "2026-11-20")]);
    let filing = [
        ("result", "approve"),
        ("filing_no", WORDS[30]),
        ("doc_date", "2026-12-01"),
        ("doc_no", "玉网信1号"),
        ("on_behalf_of", "cyberspace"),
    ];
    place.act("intake", &code, Action::SendToFiling, &[]);
    let act = Act {
        project: code.clone(),
        action: Action::DecideFiling,
        inputs: filing.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect(),
        note: WORDS[28].to_owned(),
        attachments: vec![AttachedFile { name: format!("{}.pdf", WORDS[26]), bytes: WORDS[27].repeat(900).into() }],
        if_version: None,
    };
    place.county.run("intake", Command::Act(act)).unwrap();
    place.act("lead", &code, Action::FreezeSecret, &[("reason", WORDS[31])]);
    place.surround(80);
    code
}

/// Three experts argue it of the Centre's own accord and ask for something; the record is corrected once.
fn argued(place: &mut Place, code: &ProjectCode) {
    add_experts(&mut place.county);
    let secretary = "panel-secretary";
    place.act("reviewer", code, Action::RequestPanel, &[("reason", WORDS[34]), ("vendor", WORDS[35])]);
    let recusal = [("expert", "Z009"), ("ground", "other"), ("reason", WORDS[36])];
    place.act(secretary, code, Action::DeclareRecusal, &recusal);
    let members = "Z001|组长|clear\nZ002|成员|clear\nZ003|成员|clear";
    let form = [("members", members), ("selection", "chosen"), ("reason", WORDS[37])];
    place.act(secretary, code, Action::FormPanel, &form);
    place.act("lead", code, Action::ConfirmPanel, &[]);
    for expert in ["Z001", "Z002", "Z003"] {
        let said = [("expert", expert), ("conclusion", "conditional"), ("text", WORDS[38]), ("signed", "true")];
        let more = [("dissent", WORDS[39]), ("dimensions", &format!("security={}", WORDS[40]))];
        place.act(secretary, code, Action::RecordExpertOpinion, &[&said[..], &more[..]].concat());
    }
    place.act(secretary, code, Action::CloseOpinions, &[("met_on", "2026-11-10"), ("place", WORDS[41])]);
    let fixes = format!("{}|{}|2026-11-12", WORDS[43], WORDS[44]);
    let concluded = [("conclusion", "conditional"), ("text", WORDS[42]), ("signed_by", "Z001\nZ002\nZ003")];
    place.act(secretary, code, Action::ConcludePanel, &[&concluded[..], &[("fixes", &fixes)]].concat());
    place.act("reviewer", code, Action::CloseFix, &[("fix", "1"), ("page_ref", WORDS[45])]);
    place.act("reviewer", code, Action::FinishRevision, &[]);
    let correction = [("text", WORDS[46]), ("reason", WORDS[47])];
    place.act(secretary, code, Action::CorrectPanelRecord, &correction);
}

const REASON: &[(&str, &str)] = &[("reason", "保密检查通知2026-3号")];

#[test]
fn r17_1_no_byte_of_what_was_destroyed_stays_in_the_file_or_its_log() {
    let mut place = Place::new();
    let code = frozen(&mut place);
    assert_eq!(place.found(WORDS), WORDS, "every field's word is there before");
    assert_eq!(place.indexed(), TERMS);
    let digest = place.show("lead", &code).unwrap().attachments[0].digest.clone();
    place.act("secadmin", &code, Action::Expunge, REASON);
    assert_eq!(place.found(WORDS), [""; 0]);
    assert_eq!(place.indexed(), [""; 0]);
    assert!(place.found(&["普通平台79期", "保密检查通知2026-3号", &digest]).len() == 3, "the rest is where it was");
    let report = place.county.0.ask(&County::session("auditor"), AuditVerify { head: None }).unwrap();
    assert!(report.is_intact(), "{report:?}");
    let copy = place.path.with_extension("copy");
    place.county.0.backup(&County::session("sysadmin"), &copy).unwrap();
}

#[test]
fn r17_1_what_is_left_is_a_frozen_shell_that_nobody_else_sees_and_nothing_moves() {
    let mut place = Place::new();
    let code = frozen(&mut place);
    let everything = || List { stage: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 500 };
    let before = place.county.0.ask(&County::session("lead"), everything()).unwrap().total;
    place.act("secadmin", &code, Action::Expunge, REASON);
    let view = place.show("lead", &code).unwrap();
    let project = &view.dossier.project;
    assert_eq!((project.stage, project.declaration.name.as_str()), (Stage::Filed, ""));
    assert_eq!(view.destroyed.as_ref().map(|by| by.name.as_str()), Some("secadmin"));
    assert_eq!(view.dossier.amounts(), Default::default());
    assert_eq!(view.findings.open().count(), 0, "what is empty because it was destroyed is no finding");
    assert!(view.history.iter().any(|event| event.action == "expunge"), "who did what and when stays");
    for account in ["intake", "reviewer", "unit", "finance"] {
        assert_eq!(place.show(account, &code).unwrap_err().kind(), Kind::Denied, "{account}");
        let page = place.county.0.ask(&County::session(account), everything()).unwrap();
        assert!(page.rows.iter().all(|row| row.code != code), "{account}");
    }
    let mut waits = |account| {
        let queue = Queue { role: None, filter: Filter::EVERYTHING, sort: Vec::new(), after: None, limit: 500 };
        let page = place.county.0.ask(&County::session(account), queue).unwrap();
        page.rows.iter().filter(|row| row.code == code).count()
    };
    assert_eq!((waits("lead"), waits("secadmin")), (0, 0));
    for action in Action::ALL {
        let inputs: &[(&str, &str)] = if *action == Action::Unfreeze { &[("reason", "误判")] } else { &[] };
        let answer = place.county.act("lead", &code, *action, inputs);
        assert!(matches!(answer, Err(Error::Refused(_) | Error::Denied(_))), "{action}: {answer:?}");
    }
    let page = place.county.0.ask(&County::session("lead"), everything()).unwrap();
    assert_eq!(page.total, before);
    assert!(page.rows.iter().any(|row| row.code == code && row.destroyed));
    let counts = place.county.0.ask(&County::session("lead"), StageCounts).unwrap();
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<i64>(), before);
    assert_eq!(counts.iter().find(|(stage, _)| *stage == Stage::Filed), Some(&(Stage::Filed, 1)));
    let others = place.county.0.ask(&County::session("intake"), StageCounts).unwrap();
    assert_eq!(others, [(Stage::Draft, 120)], "the shell is in nobody else's numbers");
}

#[test]
fn r17_1_only_a_frozen_project_is_destroyed_and_not_by_who_froze_it() {
    let mut county = County::new();
    let code = county.bring_to_review("62.5");
    let refused = county.act("secadmin", &code, Action::Expunge, REASON).unwrap_err();
    assert!(matches!(&refused, Error::Refused(unmet) if unmet == &[crate::domain::workflow::unmet::Unmet::NotFrozen]));
    county.act("lead", &code, Action::FreezeSecret, &[("reason", "疑似")]).unwrap();
    let own = county.act("lead", &code, Action::Expunge, REASON).unwrap_err();
    assert!(matches!(own, Error::Denied(crate::domain::permission::Denied::FrozeIt)), "{own:?}");
    assert_eq!(county.act("intake", &code, Action::Expunge, REASON).unwrap_err().kind(), Kind::Denied);
    assert_eq!(county.act("secadmin", &code, Action::Expunge, &[]).unwrap_err().kind(), Kind::Invalid);
    county.act("secadmin", &code, Action::Expunge, REASON).unwrap();
    assert_eq!(county.act("lead", &code, Action::Expunge, REASON).unwrap_err().kind(), Kind::Refused);
}

#[test]
fn a_form_that_brought_others_as_well_keeps_its_name_until_the_last_of_them_is_destroyed() {
    let mut county = County::new();
    let mut candidates = vec![draft("62.5").candidate, draft("70").candidate];
    candidates[1].declaration.name = "另一平台".to_owned();
    let (file, sheet, digest) = ("各单位汇总.xlsx".to_owned(), "表".to_owned(), String::new());
    let import =
        Import { file, sheet, digest, candidates, received_at: None, left_out: Vec::new(), supervising_unit: None };
    county.run("intake", Command::ImportProjects(import)).unwrap();
    let named = |county: &mut County| {
        let snapshot = county.0.database.read().unwrap();
        let page = snapshot.read().audit_page(None, 0, i64::MAX, 100).unwrap();
        assert_eq!(snapshot.read().verify_audit(|_, _| {}).unwrap().2, None);
        page.iter().any(|entry| entry.detail.as_ref().is_some_and(|detail| detail.get("file").is_some()))
    };
    for (number, stays) in [(1, true), (2, false)] {
        let code = ProjectCode::compose(2027, number);
        county.act("lead", &code, Action::FreezeSecret, &[("reason", "疑似")]).unwrap();
        county.act("secadmin", &code, Action::Expunge, REASON).unwrap();
        assert_eq!(named(&mut county), stays, "{code}");
    }
}

#[test]
fn every_table_that_holds_something_of_a_project_is_dealt_with() {
    // Counts, pending work and the destruction itself say nothing of a project; a new table belongs to one list or
    // the other before it is released. Who sat on a panel is among the people and days that stay.
    const SILENT: &[&str] = &["pending", "destruction", "round", "panel_member"];
    let county = County::new();
    let mut statement = county
        .0
        .database
        .connection
        .prepare(
            "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
                  AND c.name = 'project_id' ORDER BY 1",
        )
        .unwrap();
    let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(tables.len() > 10, "{tables:?}");
    for table in tables.iter().filter(|table| !SILENT.contains(&table.as_str())) {
        let names = |statement: &&&str| statement.split_whitespace().any(|word| word == table);
        assert!(DESTROYED.iter().any(|statement| names(&statement)), "{table} keeps what it says");
    }
}

/// Opens the file the way somebody with the disk in hand would, its triggers in place.
fn by_hand(path: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON").unwrap();
    connection
}

#[test]
fn the_file_lets_nothing_go_but_what_a_destruction_in_the_same_transaction_covers() {
    let mut place = Place::new();
    let code = frozen(&mut place);
    let other = place.county.bring_to_review("62.5");
    let (frozen_id, other_id) = {
        let snapshot = place.county.0.database.read().unwrap();
        (snapshot.read().project_id(&code).unwrap().unwrap().0, snapshot.read().project_id(&other).unwrap().unwrap().0)
    };
    let of_frozen = |statement: &str| [statement, &frozen_id.to_string()].concat();
    let connection = by_hand(&place.path);
    let open = "INSERT INTO destruction (project_id, seq, at, account_id)
                SELECT ?1, max(seq) + 1, 0, 1 FROM audit";
    let of = |code: &ProjectCode| {
        let first = "DELETE FROM audit_detail WHERE seq = (SELECT min(seq) FROM audit WHERE project = '";
        [first, code.as_str(), "')"].concat()
    };
    fn refuses(connection: &rusqlite::Connection, sql: &str) {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
    let refused = |sql: &str| refuses(&connection, sql);
    refused(&of(&code));
    refused(&of_frozen("UPDATE deed SET inputs = x'' WHERE project_id = "));
    refused(&of_frozen("UPDATE opinion SET summary = '' WHERE project_id = "));
    assert!(connection.execute(open, [other_id]).is_err(), "what is not frozen is not opened");
    connection.execute_batch("BEGIN").unwrap();
    connection.execute(open, [frozen_id]).unwrap();
    refused(&of(&other));
    refused(&of_frozen("UPDATE deed SET inputs = x'00' WHERE project_id = "));
    refused(&of_frozen("DELETE FROM deed WHERE project_id = "));
    refused(&of_frozen("UPDATE opinion SET summary = '', result = 'fail' WHERE project_id = "));
    refused("UPDATE destruction SET at = 1");
    refused("DELETE FROM destruction");
    refused("INSERT INTO audit SELECT max(seq) + 1, x'', x'', 0, '', 'submit', '', 'done', 'x' FROM audit");
    assert_eq!(connection.execute(&of(&code), []).unwrap(), 1);
    assert!(connection.execute_batch("COMMIT").is_err(), "without its entry in the log it does not come true");
    connection.execute_batch("ROLLBACK").unwrap();
    drop(connection);
    place.act("secadmin", &code, Action::Expunge, REASON);
    let connection = by_hand(&place.path);
    let refused = |sql: &str| refuses(&connection, sql);
    refused("DELETE FROM audit_detail WHERE seq = (SELECT max(seq) FROM audit)");
    refused(&of_frozen("UPDATE deed SET inputs = x'' WHERE project_id = "));
}

#[test]
fn details_deleted_under_a_planted_destruction_are_noticed_at_their_entry() {
    let mut place = Place::new();
    let code = frozen(&mut place);
    let broken = |path: &Path| {
        let mut service = Service::open(path, Clock::System).unwrap();
        service.ask(&County::session("auditor"), AuditVerify { head: None }).unwrap().broken
    };
    let sql = [
        "PRAGMA foreign_keys = OFF; DROP TRIGGER audit_tells_of_the_destruction;
         INSERT INTO destruction (project_id, seq, at, account_id)
         SELECT p.id, (SELECT max(seq) + 1 FROM audit), 0, 1 FROM project p WHERE p.code = '",
        code.as_str(),
        "'; DELETE FROM audit_detail WHERE seq IN (SELECT seq FROM audit WHERE project = '",
        code.as_str(),
        "');",
    ]
    .concat();
    let first: i64 = {
        let connection = by_hand(&place.path);
        connection
            .query_row(
                "SELECT min(d.seq) FROM audit_detail d JOIN audit a USING (seq) WHERE a.project = ?1",
                [code.as_str()],
                |row| row.get(0),
            )
            .unwrap()
    };
    by_hand(&place.path).execute_batch(&sql).unwrap();
    let missing = Some(BrokenAt { seq: first, why: Break::DetailMissing });
    assert_eq!(broken(&place.path), missing);
    // A denied attempt at destruction, or one of another project, accounts for nothing.
    let other = place.county.bring_to_review("62.5");
    place.county.act("lead", &other, Action::FreezeSecret, &[("reason", "疑似")]).unwrap();
    place.county.act("intake", &other, Action::Expunge, REASON).unwrap_err();
    assert_eq!(broken(&place.path), missing);
}

#[test]
fn a_detail_deleted_after_the_destruction_is_noticed() {
    let mut place = Place::new();
    let code = frozen(&mut place);
    place.act("secadmin", &code, Action::Expunge, REASON);
    place.county.act("lead", &code, Action::Unfreeze, &[("reason", "误判")]).unwrap_err();
    let entries = place.county.entries();
    let connection = by_hand(&place.path);
    for seq in [entries, entries - 1] {
        connection.execute_batch("BEGIN; DROP TRIGGER audit_detail_is_kept").unwrap();
        assert_eq!(connection.execute("DELETE FROM audit_detail WHERE seq = ?1", [seq]).unwrap(), 1);
        let (_, _, broken) = super::Reader { connection: &connection }.verify_audit(|_, _| {}).unwrap();
        // Without what the destruction said, the entry it names beyond its project is the first that is unexplained.
        let first = if seq == entries { seq } else { 42 };
        assert_eq!(broken.map(|broken| (broken.seq, broken.why)), Some((first, Break::DetailMissing)));
        connection.execute_batch("ROLLBACK").unwrap();
    }
}

#[test]
fn what_others_read_meanwhile_is_wiped_with_the_next_opening() {
    let mut place = Place::new();
    let code = frozen(&mut place);
    drop(std::mem::replace(&mut place.county, County::new()));
    // As after a program that was ended between the destruction and the rewriting of the file.
    let mut service = Service::open(&place.path, clock()).unwrap();
    let act = Act {
        project: code.clone(),
        action: Action::Expunge,
        inputs: [("reason".to_owned(), "通知3号".to_owned())].into(),
        note: String::new(),
        attachments: Vec::new(),
        if_version: None,
    };
    let session = County::session("secadmin");
    service.try_execute(&session, OperationId::new(), &Command::Act(act)).unwrap();
    assert!(!place.found(WORDS).is_empty(), "the log still holds the pages of before");
    drop(service);
    drop(Service::open(&place.path, clock()).unwrap());
    assert_eq!(place.found(WORDS), [""; 0]);
    assert_eq!(place.indexed(), [""; 0]);
}
