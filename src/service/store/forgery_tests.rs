//! The log under a forger's hands: no byte of it changes unnoticed.

use proptest::prelude::*;
use rusqlite::types::Value;

use super::Reader;
use super::audit::BrokenAt;
use crate::domain::workflow::action::Action;
use crate::service::Service;
use crate::service::clock::Clock;
use crate::service::tests::{County, clock, setup};
use crate::service::view::audit::{AuditHead, AuditVerify};

/// A file with a short log, its triggers removed the way somebody with the disk in hand would.
struct Forgery {
    connection: rusqlite::Connection,
    path: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

const COLUMNS: &[(&str, &str)] = &[
    ("audit", "seq"),
    ("audit", "canon"),
    ("audit", "hash"),
    ("audit", "at"),
    ("audit", "account"),
    ("audit", "action"),
    ("audit", "project"),
    ("audit", "result"),
    ("audit", "op_id"),
    ("audit_detail", "salt"),
    ("audit_detail", "body"),
];

const ENTRIES: i64 = 6;

impl Forgery {
    fn new() -> Forgery {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut county = County(Service::create(&path, &setup(), clock()).unwrap());
        let code = county.register("62.5");
        let step = |county: &mut County, account, action| county.act(account, &code, action, &[]);
        step(&mut county, "intake", Action::Submit).unwrap();
        step(&mut county, "intake", Action::Submit).unwrap_err();
        step(&mut county, "unit", Action::AcceptPlan).unwrap_err();
        step(&mut county, "intake", Action::AcceptPlan).unwrap();
        assert_eq!(county.entries(), ENTRIES);
        drop(county);
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.pragma_update(None, "foreign_keys", "OFF").unwrap();
        connection
            .execute_batch(
                "DROP TRIGGER audit_is_kept; DROP TRIGGER audit_is_final; DROP TRIGGER audit_is_gapless;
                 DROP TRIGGER audit_detail_is_kept; DROP TRIGGER audit_detail_is_final;",
            )
            .unwrap();
        Forgery { connection, path, _folder: folder }
    }

    /// Verifies the log while something in it is changed; afterwards it is as before.
    fn verify(&self, forge: impl FnOnce(&rusqlite::Connection)) -> (i64, Option<BrokenAt>) {
        self.connection.execute_batch("BEGIN").unwrap();
        forge(&self.connection);
        let (entries, _, broken) = Reader { connection: &self.connection }.verify_audit(|_, _| {}).unwrap();
        self.connection.execute_batch("ROLLBACK").unwrap();
        (entries, broken)
    }

    fn first_bad(&self, forge: impl FnOnce(&rusqlite::Connection)) -> Option<i64> {
        self.verify(forge).1.map(|broken| broken.seq)
    }
}

/// Changes one byte, or one bit of a number; the kind of value stays, so that only the chain can notice.
fn forged(value: &Value, place: usize, flip: u8) -> Value {
    match value {
        Value::Integer(number) => Value::Integer(number ^ (1 << (place % 40))),
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let place = place % bytes.len();
            bytes[place] ^= flip;
            Value::Blob(bytes)
        }
        // Bytes that are no text: the column's type is not asked about them.
        Value::Text(text) if text.is_empty() => Value::Blob(vec![flip]),
        Value::Text(text) => forged(&Value::Blob(text.clone().into_bytes()), place, flip),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_untouched_copy_is_intact() {
    assert_eq!(Forgery::new().verify(|_| {}), (ENTRIES, None));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, ..ProptestConfig::default() })]
    #[test]
    fn every_changed_byte_of_the_log_is_noticed_at_its_entry(
        forgeries in prop::collection::vec((0..COLUMNS.len(), 1..=ENTRIES, 0usize..400, 1u8..), 2000),
    ) {
        let original = Forgery::new();
        for (column, seq, place, flip) in forgeries {
            let (table, column) = COLUMNS[column];
            let mut expected = seq;
            let mut changed = true;
            let first_bad = original.first_bad(|connection| {
                let select = ["SELECT ", column, " FROM ", table, " WHERE seq = ?1"].concat();
                let before: Option<Value> = connection.query_row(&select, [seq], |row| row.get(0)).ok();
                let Some(before) = before else { return changed = false };
                let after = forged(&before, place, flip);
                if column == "seq" {
                    let Value::Integer(moved) = after else { panic!("{after:?}") };
                    // Where the number is taken already, the database itself refuses.
                    changed = (1..=ENTRIES).all(|taken| taken != moved);
                    // A number below the first comes first, and the chain begins with it.
                    expected = if moved < 1 { 1 } else { seq };
                }
                if changed {
                    let new = if matches!(before, Value::Text(_)) { "CAST(?1 AS TEXT)" } else { "?1" };
                    let update = ["UPDATE ", table, " SET ", column, " = ", new, " WHERE seq = ?2"].concat();
                    connection.execute(&update, rusqlite::params![after, seq]).unwrap();
                }
            });
            prop_assert_eq!(first_bad, changed.then_some(expected), "{}.{} of entry {}", table, column, seq);
        }
    }
}

#[test]
fn a_missing_an_exchanged_and_an_emptied_entry_are_noticed_where_they_were() {
    let original = Forgery::new();
    let run = |sql: &'static str| move |connection: &rusqlite::Connection| connection.execute_batch(sql).unwrap();
    assert_eq!(original.first_bad(run("DELETE FROM audit WHERE seq = 1")), Some(1));
    assert_eq!(original.first_bad(run("DELETE FROM audit WHERE seq = 3")), Some(3));
    let exchange = "UPDATE audit SET seq = 99 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4;
         UPDATE audit SET seq = 4 WHERE seq = 99;";
    assert_eq!(original.first_bad(run(exchange)), Some(3));
    assert_eq!(original.first_bad(run("DELETE FROM audit_detail WHERE seq = 2")), Some(2));
    let planted = "INSERT INTO audit_detail (seq, salt, body) SELECT 6, salt, body FROM audit_detail WHERE seq = 2
         ON CONFLICT (seq) DO UPDATE SET body = excluded.body";
    assert_eq!(original.first_bad(run(planted)), Some(6));
}

#[test]
fn a_log_cut_off_at_its_end_is_noticed_by_a_head_noted_elsewhere() {
    let original = Forgery::new();
    let auditor = County::session("auditor");
    let (_, head) = Service::open(&original.path, Clock::System).unwrap().ask(&auditor, AuditHead).unwrap();
    original.connection.execute_batch("DELETE FROM audit WHERE seq = 6").unwrap();
    let mut service = Service::open(&original.path, Clock::System).unwrap();
    assert!(service.ask(&auditor, AuditVerify { head: None }).unwrap().is_intact(), "the chain alone cannot know");
    assert!(!service.ask(&auditor, AuditVerify { head: Some(head) }).unwrap().is_intact());
}
