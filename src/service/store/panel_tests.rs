//! What belongs to a panel is written once: the database refuses what the rules would.

use crate::service::panel_tests::{conclude, county, voted};

#[test]
fn the_database_itself_lets_nothing_of_a_panel_be_changed() {
    let mut county = county();
    let code = voted(&mut county, "120", ["pass"; 5]);
    conclude(&mut county, &code, "pass", &[]).unwrap();
    let connection = &county.0.database.connection;
    for sql in [
        "UPDATE expert_opinion SET said = '改'",
        "DELETE FROM expert_opinion",
        "INSERT OR REPLACE INTO expert_opinion SELECT * FROM expert_opinion",
        "UPDATE panel_conclusion SET result = 'fail'",
        "DELETE FROM panel_conclusion",
        "UPDATE panel_member SET chair = 0",
        "UPDATE panel SET reason = '改'",
        "UPDATE panel SET met_on = '2026-01-01'",
        "DELETE FROM panel",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}
