//! Opening a database that others open, write and leave at the same moment.

use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::Database;

/// Writes enough to make the file longer and leaves; the last one to leave moves the log into the file.
fn come_write_and_go(path: &std::path::Path) {
    let connection = Connection::open(path).unwrap();
    connection.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
    connection.execute_batch("CREATE TABLE IF NOT EXISTS longer (what BLOB)").unwrap();
    connection.execute("INSERT INTO longer VALUES (zeroblob(40000))", []).unwrap();
}

#[test]
fn a_file_that_grows_while_it_is_opened_is_not_taken_for_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    drop(Database::create(&path).unwrap());
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            (0..150).for_each(|_| come_write_and_go(&path));
            ended.store(true, Ordering::Relaxed);
        });
        let mut opened = 0;
        while !ended.load(Ordering::Relaxed) && !writer.is_finished() {
            Database::open(&path).unwrap_or_else(|error| panic!("after {opened}: {error}"));
            opened += 1;
        }
        assert!(opened > 10, "{opened}");
    });
}
