//! What the database itself refuses about keys and administrators, whoever writes past the commands.

use rusqlite::Connection;

use super::schema;

const FIRST: &str = "
    INSERT INTO meta (key, value) VALUES ('mode', 'shared');
    INSERT INTO unit (id, name, kind) VALUES (1, '中心', 'institution');
    INSERT INTO account (id, code, name, unit_id, status, created_at) VALUES
        (1, 'a', 'a', 1, 'active', 0), (2, 'b', 'b', 1, 'active', 0);
    INSERT INTO account_role (account_id, role) VALUES (1, 'sysadmin'), (2, 'intake');
    INSERT INTO account_key (account_id, kind, blob, fingerprint, comment, added_by, added_at)
        VALUES (2, 'ssh-ed25519', 'AAAA', 'SHA256:rvf/9l8JMJ6/yHDo3GnpAQlEDUhCmDYe9TXAzqJXX4E', '', 2, 0);
";

fn database() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    connection.execute_batch(FIRST).unwrap();
    connection
}

#[test]
fn t33_an_administrator_is_given_no_second_role() {
    let connection = database();
    for role in ["secadmin", "auditor", "intake"] {
        let given = connection.execute("INSERT INTO account_role (account_id, role) VALUES (1, ?1)", [role]);
        assert!(given.is_err(), "{role}");
        let given = connection.execute("INSERT OR IGNORE INTO account_role (account_id, role) VALUES (1, ?1)", [role]);
        assert!(given.is_err(), "{role}");
    }
    let other = "INSERT INTO account_role (account_id, role) VALUES (2, 'sysadmin')";
    assert!(connection.execute(other, []).is_err());
    connection.execute("INSERT INTO account_role (account_id, role) VALUES (2, 'reviewer')", []).unwrap();
    // Where one person works alone, that person is everything.
    connection.execute("UPDATE meta SET value = 'local' WHERE key = 'mode'", []).unwrap();
    connection.execute(other, []).unwrap();
}

#[test]
fn t33_a_key_is_put_into_force_by_another_once_and_only_ends() {
    let connection = database();
    let refused = |sql: &str| assert!(connection.execute(sql, []).is_err(), "accepted: {sql}");
    refused("UPDATE account_key SET activated_by = 2, activated_at = 1");
    refused("UPDATE account_key SET activated_by = 1");
    refused("UPDATE account_key SET account_id = 1");
    refused("UPDATE account_key SET blob = 'BBBB'");
    refused("UPDATE account_key SET added_by = 1");
    refused("DELETE FROM account_key");
    refused(
        "INSERT INTO account_key (account_id, kind, blob, fingerprint, comment, added_by, added_at)
         SELECT 1, kind, blob, fingerprint, comment, 1, 0 FROM account_key",
    );
    refused(
        "INSERT INTO account_key (account_id, kind, blob, fingerprint, comment, added_by, added_at, activated_by,
         activated_at) SELECT 1, kind, blob, replace(fingerprint, 'r', 's'), '', 1, 0, 2, 0 FROM account_key",
    );
    connection.execute("UPDATE account_key SET activated_by = 1, activated_at = 1", []).unwrap();
    refused("UPDATE account_key SET activated_at = 2");
    refused("UPDATE account_key SET activated_by = NULL, activated_at = NULL");
    connection.execute("UPDATE account_key SET revoked_by = 1, revoked_at = 3", []).unwrap();
    refused("UPDATE account_key SET revoked_by = NULL, revoked_at = NULL");
    refused("UPDATE account_key SET revoked_at = 4");
    refused("INSERT OR REPLACE INTO account_key SELECT * FROM account_key");
}
