//! The schema, built step by step so that an old file can always be brought to today's shape.

use rusqlite::Connection;

use super::error::{StoreError, StoreResult};

/// "PSHN": tells our files from every other SQLite file.
pub const APPLICATION_ID: i64 = 0x5053_484E;

/// Every migration, in order; the number of the last one applied is the file's `user_version`.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../assets/migrations/0001_foundation.sql"),
    include_str!("../../../assets/migrations/0002_whole_life.sql"),
    include_str!("../../../assets/migrations/0003_findings.sql"),
    include_str!("../../../assets/migrations/0004_rulings_and_rounds.sql"),
    include_str!("../../../assets/migrations/0005_destruction_and_clocks.sql"),
    include_str!("../../../assets/migrations/0006_panel.sql"),
    include_str!("../../../assets/migrations/0007_sight.sql"),
    include_str!("../../../assets/migrations/0008_expert_pool.sql"),
    include_str!("../../../assets/migrations/0009_meeting.sql"),
    include_str!("../../../assets/migrations/0010_statistics.sql"),
    include_str!("../../../assets/migrations/0011_views.sql"),
    include_str!("../../../assets/migrations/0012_taking_back.sql"),
    include_str!("../../../assets/migrations/0013_keys.sql"),
];

/// The newest schema this program knows.
pub const NEWEST: i64 = MIGRATIONS.len() as i64;

/// Brings the schema of an open connection to today's shape, in one transaction.
pub fn migrate(connection: &mut Connection) -> StoreResult<()> {
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Read again under the lock: another process may have migrated since the file was opened.
    let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).map_err(|_| StoreError::Unreadable(format!("user_version={version}")))?;
    for migration in MIGRATIONS.iter().skip(done) {
        tx.execute_batch(migration)?;
    }
    tx.pragma_update(None, "user_version", NEWEST)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.commit()?;
    Ok(())
}
