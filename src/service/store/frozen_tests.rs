//! What was is kept by the database itself: earlier rounds, decisions, installed editions.

use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::edition_tests::{at, edition, fail_review, finish_plan, install};
use crate::service::tests::County;

const MIGRATION: &str = include_str!("../../../assets/migrations/0004_rulings_and_rounds.sql");

/// A project in its second review, after a plan that was returned once.
fn twice_reviewed() -> (County, ProjectCode) {
    let mut county = County::new();
    install(&mut county, edition("yushan-2027", "2027-01-01", "40")).unwrap();
    let code = county.register("55");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    county.act("intake", &code, Action::AcceptPlan, &[]).unwrap();
    county.act("lead", &code, Action::Vote, &[("result", "return"), ("opinion", "预算不清")]).unwrap();
    at(&mut county, "2026-10-08T09:00:00+08:00");
    county.act("intake", &code, Action::Submit, &[]).unwrap();
    finish_plan(&mut county, &code);
    at(&mut county, "2026-11-09T09:00:00+08:00");
    fail_review(&mut county, &code);
    at(&mut county, "2027-01-11T09:00:00+08:00");
    county.act("intake", &code, Action::SubmitScheme, &[("designer", "某院"), ("version", "2.0")]).unwrap();
    assert_eq!(county.act("intake", &code, Action::AcceptScheme, &[]).unwrap(), Stage::TechnicalReview);
    county.judge_all(&code, Verdict::Pass);
    (county, code)
}

#[test]
fn what_was_said_in_an_earlier_round_cannot_be_written_any_more() {
    let (county, _) = twice_reviewed();
    let connection = &county.0.database.connection;
    for forbidden in [
        "UPDATE judgement SET verdict = 'fail' WHERE round = 1 AND item = 'A01'",
        "UPDATE judgement SET round = 1 WHERE round = 2 AND item = 'A13'",
        "DELETE FROM judgement WHERE round = 1",
        "INSERT INTO judgement SELECT project_id, 1, 'Z99', verdict, remark, suggestion, basis, cite, version, account_id, at
         FROM judgement WHERE round = 2 LIMIT 1",
        "UPDATE opinion SET summary = 'x'",
        "UPDATE scheme SET version = '9' WHERE round = 1",
        "UPDATE vote SET result = 'agree'",
        "DELETE FROM vote",
        "UPDATE government_decision SET doc_no = 'x'",
        "UPDATE policy SET body = ''",
        "DELETE FROM policy",
        "UPDATE round SET policy_id = 'yushan-2027'",
        "DELETE FROM round",
    ] {
        assert!(connection.execute(forbidden, []).is_err(), "{forbidden}");
    }
    let running = connection.execute("UPDATE judgement SET remark = '可改' WHERE round = 2 AND item = 'A01'", []);
    assert_eq!(running.unwrap(), 1, "the running round is open");
}

#[test]
fn only_a_freeze_for_secrecy_lets_words_of_earlier_rounds_be_destroyed() {
    let (mut county, code) = twice_reviewed();
    let destroy = "UPDATE judgement SET remark = '' WHERE round = 1";
    assert!(county.0.database.connection.execute(destroy, []).is_err());
    county.act("lead", &code, Action::FreezeSecret, &[("reason", "疑似涉密")]).unwrap();
    assert!(county.0.database.connection.execute(destroy, []).unwrap() > 0);
    county.act("lead", &code, Action::Unfreeze, &[("reason", "已核实")]).unwrap();
    assert!(county.0.database.connection.execute(destroy, []).is_err());
}

#[test]
fn the_migration_finds_the_rounds_of_before_in_the_log() {
    let (mut county, _) = twice_reviewed();
    let changed = county.bring_to_review("62.5");
    at(&mut county, "2027-02-01T09:00:00+08:00");
    let change = &[("amount_wan", "120"), ("reason", "增加模块"), ("adjustment_doc_no", "玉发改〔2027〕9号")];
    county.act("lead", &changed, Action::Change, change).unwrap();
    county.register("70");
    let connection = &county.0.database.connection;
    let rounds = || -> Vec<(i64, String, i64, String, i64)> {
        let mut statement = connection.prepare("SELECT * FROM round ORDER BY project_id, kind, number").unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        statement.query_map([], row).unwrap().map(Result::unwrap).collect()
    };
    let noted = rounds();
    assert_eq!(noted.len(), 7, "{noted:#?}");
    connection.execute_batch("DROP TRIGGER round_is_kept; DELETE FROM round").unwrap();
    let (_, rest) = MIGRATION.split_once("-- Plan rounds of before").unwrap();
    let (filling, _) = rest.split_once("CREATE TRIGGER round_is_final").unwrap();
    connection.execute_batch(&format!("-- {filling}")).unwrap();
    assert_eq!(rounds(), noted);
}
