//! Keys that let people in over SSH: proposed, in force, revoked.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::record::hand;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::AccountId;
use crate::domain::key::{Fingerprint, PublicKey};
use crate::domain::workflow::record::Hand;

/// A key of an account as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountKey {
    /// Its number.
    pub id: i64,
    /// Whom it lets in.
    pub account: AccountId,
    /// That account's name on the command line.
    pub account_code: String,
    /// The key.
    pub key: PublicKey,
    /// Who proposed it.
    pub added: Hand,
    /// Who put it into force.
    pub activated: Option<Hand>,
    /// Who ended it.
    pub revoked: Option<Hand>,
}

impl AccountKey {
    /// Tells whether it lets its owner in, as far as that depends on the key.
    pub fn is_in_force(&self) -> bool {
        self.activated.is_some() && self.revoked.is_none()
    }
}

const SELECT: &str = "SELECT k.*, a.code AS account_code, added.name AS added_name, activated.name AS activated_name,
    revoked.name AS revoked_name FROM account_key k JOIN account a ON a.id = k.account_id
    JOIN account added ON added.id = k.added_by LEFT JOIN account activated ON activated.id = k.activated_by
    LEFT JOIN account revoked ON revoked.id = k.revoked_by";

fn maybe_hand(row: &Row<'_>, id: &str, name: &str, at: &str) -> StoreResult<Option<Hand>> {
    let there: Option<i64> = codes::get(row, at)?;
    there.map(|_| hand(row, id, name, at)).transpose()
}

fn read_key(row: &Row<'_>) -> StoreResult<AccountKey> {
    let fingerprint: String = codes::get(row, "fingerprint")?;
    Ok(AccountKey {
        id: codes::get(row, "id")?,
        account: AccountId(codes::get(row, "account_id")?),
        account_code: codes::get(row, "account_code")?,
        key: PublicKey {
            kind: codes::get(row, "kind")?,
            blob: codes::get(row, "blob")?,
            fingerprint: Fingerprint::parse(&fingerprint)
                .ok_or_else(|| codes::unreadable("fingerprint", &fingerprint))?,
            comment: codes::get(row, "comment")?,
        },
        added: hand(row, "added_by", "added_name", "added_at")?,
        activated: maybe_hand(row, "activated_by", "activated_name", "activated_at")?,
        revoked: maybe_hand(row, "revoked_by", "revoked_name", "revoked_at")?,
    })
}

/// Joins the fixed select with a fixed tail.
fn select(tail: &'static str) -> String {
    [SELECT, tail].join(" ")
}

impl Reader<'_> {
    /// Lists all keys, revoked ones too, the first one first.
    pub fn keys(self) -> StoreResult<Vec<AccountKey>> {
        codes::rows(&mut self.prepare(&select("ORDER BY k.id"))?, [], read_key)
    }

    /// Finds the key of a fingerprint that was not revoked.
    pub fn key(self, fingerprint: &Fingerprint) -> StoreResult<Option<AccountKey>> {
        let tail = select("WHERE k.fingerprint = ?1 AND k.revoked_at IS NULL");
        codes::first(&mut self.prepare(&tail)?, [fingerprint.as_str()], read_key)
    }

    /// Lists the keys that let somebody in: in force, and of an account that may act.
    pub fn keys_that_let_in(self) -> StoreResult<Vec<PublicKey>> {
        let tail = "WHERE k.activated_at IS NOT NULL AND k.revoked_at IS NULL AND a.status = 'active' ORDER BY k.id";
        let keys = codes::rows(&mut self.prepare(&select(tail))?, [], read_key)?;
        Ok(keys.into_iter().map(|found| found.key).collect())
    }
}

impl Writer<'_> {
    /// Adds a key that is not in force yet.
    pub fn propose_key(&self, account: AccountId, key: &PublicKey, by: AccountId, now: Moment) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO account_key (account_id, kind, blob, fingerprint, comment, added_by, added_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            account.0,
            key.kind,
            key.blob,
            key.fingerprint.as_str(),
            key.comment,
            by.0,
            now.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Puts a key into force.
    pub fn activate_key(&self, key: i64, by: AccountId, now: Moment) -> StoreResult<()> {
        self.prepare("UPDATE account_key SET activated_by = ?2, activated_at = ?3 WHERE id = ?1")?.execute(params![
            key,
            by.0,
            now.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Ends a key.
    pub fn revoke_key(&self, key: i64, by: AccountId, now: Moment) -> StoreResult<()> {
        self.prepare("UPDATE account_key SET revoked_by = ?2, revoked_at = ?3 WHERE id = ?1")?.execute(params![
            key,
            by.0,
            now.timestamp_millis()
        ])?;
        Ok(())
    }
}
