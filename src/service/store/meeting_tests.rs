//! What was noted at a meeting is written once: the database refuses what the rules would.

use crate::domain::panel::attendance::Presence;
use crate::service::meeting_tests::{DESK, Room};

#[test]
fn the_database_itself_lets_nothing_of_a_meeting_be_changed() {
    let mut room = Room::new("268.00");
    room.sit(DESK, "").unwrap();
    room.note(DESK, &[("vote/Z001", "pass")]).unwrap();
    room.attend(&["Z002"], Presence::Present).unwrap();
    let connection = &room.county.0.database.connection;
    for sql in [
        "UPDATE panel_note SET said = 'fail'",
        "DELETE FROM panel_note",
        "INSERT OR REPLACE INTO panel_note
         SELECT project_id, round, session, field, version, 'fail', aside, account_id, at FROM panel_note",
        "UPDATE panel_attendance SET presence = 'absent'",
        "DELETE FROM panel_attendance",
        "INSERT OR REPLACE INTO panel_attendance
         SELECT project_id, round, session, number, expert_id, 'absent', reason, account_id, at FROM panel_attendance",
        "DELETE FROM meeting_item",
        "DELETE FROM meeting",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}
