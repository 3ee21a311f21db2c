//! What was decided about a finding, under somebody's hands who has the file.

use crate::service::findings_tests::{dispose, on_private_network};
use crate::service::tests::County;

#[test]
fn what_was_decided_is_never_changed_and_never_deleted() {
    let mut county = County::new();
    let code = on_private_network(&mut county);
    dispose(&mut county, "lead", &code, "E6-network", false).unwrap();
    for sql in [
        "UPDATE disposition SET accepted = 1",
        "DELETE FROM disposition",
        "INSERT OR REPLACE INTO disposition SELECT project_id, 1, finding, severity, 1, reason, digest, evidence,
         account_id, at FROM disposition",
        "INSERT INTO disposition SELECT project_id, 3, finding, severity, 1, reason, digest, evidence, account_id, at
         FROM disposition",
        "INSERT INTO disposition SELECT project_id, 2, finding, severity, 1, ' ', digest, evidence, account_id, at
         FROM disposition",
    ] {
        assert!(county.0.database.connection.execute_batch(sql).is_err(), "{sql}");
    }
}
