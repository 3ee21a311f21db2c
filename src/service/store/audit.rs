//! The chain of the log: appended in the transaction of the change it tells of.

use std::collections::BTreeMap;

use rusqlite::{Row, params};

use super::error::{StoreError, StoreResult};
use super::{Reader, Writer, codes};
use crate::domain::audit::{
    ALSO_DESTROYED, DUE_BEFORE, Detail, Entry, GENESIS, Hash, LEFT_BEFORE, UNDOES, chain, digest_detail,
};
use crate::domain::calendar::{from_millis, parse_date};
use crate::domain::project::{Clock, Project, Stage};
use crate::domain::undo::{Change, Past};
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::Step;

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// What is chained.
    pub entry: Entry,
    /// Its hash.
    pub hash: Vec<u8>,
    /// What was said, unless it was destroyed.
    pub detail: Option<Detail>,
}

/// Why the chain does not verify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenAt {
    /// The first bad entry.
    pub seq: i64,
    /// What is wrong with it.
    pub why: Break,
}

/// What is wrong with an entry of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// An entry before it is missing.
    Gap,
    /// Its bytes do not hash to what is stored.
    Hash,
    /// Its readable columns differ from its bytes.
    Columns,
    /// What was said differs from its digest.
    Detail,
    /// What was said is gone without a trace of its destruction.
    DetailMissing,
}

fn read_entry(row: &Row<'_>) -> StoreResult<StoredEntry> {
    let canon: Vec<u8> = codes::get(row, "canon")?;
    let entry = Entry::from_canonical(&canon).ok_or_else(|| StoreError::Unreadable("audit entry".to_owned()))?;
    let body: Option<Vec<u8>> = codes::get(row, "body")?;
    Ok(StoredEntry { entry, hash: codes::get(row, "hash")?, detail: body.map(|body| Detail::from_bytes(&body)) })
}

/// Reads an entry as a step of the workflow; other entries are none.
fn step(stored: &StoredEntry) -> Option<Step> {
    let said = stored.detail.as_ref();
    let piece = |name| said.and_then(|said| said.get(name));
    let due = piece(DUE_BEFORE).and_then(parse_date);
    let left = piece(LEFT_BEFORE).and_then(|left| left.parse().ok());
    let action = Action::parse(&stored.entry.action)?;
    // None of a panel's steps is taken back, and how far a panel is, is not told here.
    if action.is_of_panel() && action != Action::ConcludePanel {
        return None;
    }
    Some(Step {
        action,
        account: stored.entry.account.clone(),
        at: from_millis(stored.entry.at_millis)?,
        from: Stage::parse(&stored.entry.from)?,
        clock: (due.is_some() || left.is_some()).then_some(Clock { due, left }),
    })
}

impl Reader<'_> {
    /// Tells the head of the chain: how many entries there are and the hash of the last.
    pub fn audit_head(self) -> StoreResult<(i64, Vec<u8>)> {
        let mut statement = self.prepare("SELECT seq, hash FROM audit WHERE seq = (SELECT max(seq) FROM audit)")?;
        let head = codes::first(&mut statement, [], |row| Ok((codes::get(row, "seq")?, codes::get(row, "hash")?)))?;
        Ok(head.unwrap_or((0, GENESIS.to_vec())))
    }

    /// Tells the hash of the first entry: no other database has it.
    pub fn audit_beginning(self) -> StoreResult<Vec<u8>> {
        let mut statement = self.prepare("SELECT hash FROM audit WHERE seq = 1")?;
        Ok(codes::first(&mut statement, [], |row| codes::get(row, "hash"))?.unwrap_or_default())
    }

    /// Reads a page of the log, the newest entry first, `before` a sequence number.
    pub fn audit_page(
        self,
        project: Option<&str>,
        since_millis: i64,
        before: i64,
        limit: u32,
    ) -> StoreResult<Vec<StoredEntry>> {
        let everything = "SELECT a.canon, a.hash, d.body FROM audit a LEFT JOIN audit_detail d USING (seq)
             WHERE a.seq < ?1 AND a.at >= ?2 ORDER BY a.seq DESC LIMIT ?3";
        let of_project = "SELECT a.canon, a.hash, d.body FROM audit a LEFT JOIN audit_detail d USING (seq)
             WHERE a.seq < ?1 AND a.at >= ?2 AND a.project = ?4 AND a.project <> '' ORDER BY a.seq DESC LIMIT ?3";
        match project {
            None => codes::rows(&mut self.prepare(everything)?, params![before, since_millis, limit], read_entry),
            Some(project) => {
                codes::rows(&mut self.prepare(of_project)?, params![before, since_millis, limit, project], read_entry)
            }
        }
    }

    /// Lists the entries of a project that tell of one action that was done, the first one first.
    pub fn audit_of_action(self, project: &str, action: &str) -> StoreResult<Vec<StoredEntry>> {
        codes::rows(
            &mut self.prepare(
                "SELECT a.canon, a.hash, NULL AS body FROM audit a
                 WHERE a.project = ?1 AND a.project <> '' AND a.action = ?2 AND a.result = 'done' ORDER BY a.seq",
            )?,
            [project, action],
            read_entry,
        )
    }

    /// Tells the last thing done with a project, where that was a step of the workflow.
    pub fn last_step(self, project: &Project) -> StoreResult<Option<Step>> {
        let last = codes::first(
            &mut self.prepare(
                "SELECT a.canon, a.hash, d.body FROM audit a LEFT JOIN audit_detail d USING (seq)
                 WHERE a.project = ?1 AND a.project <> '' AND a.result = 'done' ORDER BY a.seq DESC LIMIT 1",
            )?,
            [project.code.as_str()],
            read_entry,
        )?;
        Ok(last.and_then(|stored| step(&stored)))
    }

    /// Lists what an account did with a project, the newest first, as far as undoing looks at it.
    pub fn past_of(self, project: &str, account: &str) -> StoreResult<Vec<Past>> {
        let stored = codes::rows(
            &mut self.prepare(
                "SELECT a.canon, a.hash, d.body FROM audit a LEFT JOIN audit_detail d USING (seq)
                 WHERE a.project = ?1 AND a.project <> '' AND a.account = ?2 AND a.result = 'done'
                 ORDER BY a.seq DESC",
            )?,
            [project, account],
            read_entry,
        )?;
        let past = stored.into_iter().map(|stored| Past {
            seq: stored.entry.seq,
            undoes: stored.detail.as_ref().and_then(|said| said.get(UNDOES)?.parse().ok()),
            change: stored.detail.as_ref().and_then(Change::read),
            action: stored.entry.action,
        });
        Ok(past.collect())
    }

    /// Finds the project an account last did something with.
    pub fn last_project_of(self, account: &str) -> StoreResult<Option<String>> {
        codes::first(
            &mut self.prepare(
                "SELECT a.project FROM audit a WHERE a.account = ?1 AND a.result = 'done' AND a.project <> ''
                 ORDER BY a.seq DESC LIMIT 1",
            )?,
            [account],
            |row| codes::get(row, "project"),
        )
    }

    /// Tells when an account last did something with a project.
    pub fn last_done_by(self, project: &str, account: &str) -> StoreResult<Option<i64>> {
        codes::first(
            &mut self.prepare(
                "SELECT a.at FROM audit a WHERE a.project = ?1 AND a.project <> '' AND a.account = ?2
                 AND a.result = 'done' ORDER BY a.seq DESC LIMIT 1",
            )?,
            [project, account],
            |row| codes::get(row, "at"),
        )
    }

    /// Finds the entry of a command that was done.
    pub fn audit_of_operation(self, op_id: &str) -> StoreResult<Option<StoredEntry>> {
        codes::first(
            &mut self.prepare(
                "SELECT a.canon, a.hash, d.body FROM audit a LEFT JOIN audit_detail d USING (seq)
                 WHERE a.op_id = ?1 AND a.result = 'done'",
            )?,
            [op_id],
            read_entry,
        )
    }

    /// Walks the whole chain. Tells the number of entries, the head, and the first bad entry if there is one;
    /// `on_entry` sees the number and hash of every entry that is chained rightly.
    ///
    /// What was said may be gone only where a later entry of this very chain tells of its destruction: what stands in
    /// any other table proves nothing.
    pub fn verify_audit(self, mut on_entry: impl FnMut(i64, &Hash)) -> StoreResult<(i64, Hash, Option<BrokenAt>)> {
        let mut statement = self.prepare(
            "SELECT a.seq, a.canon, a.hash, a.at, a.account, a.action, a.project, a.result, a.op_id, d.salt, d.body
             FROM audit a LEFT JOIN audit_detail d USING (seq) ORDER BY a.seq",
        )?;
        let mut rows = statement.query([])?;
        let (mut last, mut head) = (0, GENESIS);
        let mut gone = Gone::default();
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            if seq != last + 1 {
                return Ok(gone.or(last, head, BrokenAt { seq: last + 1, why: Break::Gap }));
            }
            match check(row, &head)? {
                Ok(good) => {
                    if good.is_silent {
                        gone.note(good.entry, (last, head));
                    } else if good.entry.is_destruction() {
                        gone.excuse(&good.entry, row)?;
                    }
                    head = good.hash;
                }
                Err(why) => return Ok(gone.or(last, head, BrokenAt { seq, why })),
            }
            on_entry(seq, &head);
            last = seq;
        }
        Ok(match gone.first() {
            Some(found) => found,
            None => (last, head, None),
        })
    }
}

/// Entries whose details are gone and that no later entry has told of yet, each with the chain before it.
#[derive(Default)]
struct Gone(BTreeMap<i64, (String, (i64, Hash))>);

impl Gone {
    fn note(&mut self, entry: Entry, before: (i64, Hash)) {
        self.0.insert(entry.seq, (entry.project, before));
    }

    /// A destruction accounts for every earlier entry of its project, and for those beyond that it names.
    fn excuse(&mut self, destruction: &Entry, row: &Row<'_>) -> StoreResult<()> {
        let body = row.get_ref(10)?.as_blob().unwrap_or_default();
        let detail = Detail::from_bytes(body);
        let named: Vec<i64> =
            detail.get(ALSO_DESTROYED).unwrap_or_default().split(' ').filter_map(|seq| seq.parse().ok()).collect();
        self.0.retain(|seq, (project, _)| *project != destruction.project && !named.contains(seq));
        Ok(())
    }

    fn first(&self) -> Option<(i64, Hash, Option<BrokenAt>)> {
        let (seq, (_, (last, head))) = self.0.first_key_value()?;
        Some((*last, *head, Some(BrokenAt { seq: *seq, why: Break::DetailMissing })))
    }

    /// What cannot be walked to its end accounts for nothing: the first silence is where it breaks.
    fn or(&self, last: i64, head: Hash, broken: BrokenAt) -> (i64, Hash, Option<BrokenAt>) {
        self.first().unwrap_or((last, head, Some(broken)))
    }
}

/// An entry that hashes to what is stored.
struct Good {
    entry: Entry,
    hash: Hash,
    /// Whether its detail is gone although it had one.
    is_silent: bool,
}

/// Checks one row against the head before it; borrows its columns, because a log has millions of rows. What is not even
/// of the right kind was changed too.
fn check(row: &Row<'_>, previous: &Hash) -> StoreResult<Result<Good, Break>> {
    let bytes = |index: usize| -> StoreResult<Option<&[u8]>> { Ok(row.get_ref(index)?.as_blob().ok()) };
    let text = |index: usize| -> StoreResult<Option<&str>> { Ok(row.get_ref(index)?.as_str().ok()) };
    let Some(canon) = bytes(1)? else { return Ok(Err(Break::Hash)) };
    let hash = chain(previous, canon);
    if bytes(2)? != Some(hash.as_slice()) {
        return Ok(Err(Break::Hash));
    }
    let Some(entry) = Entry::from_canonical(canon) else { return Ok(Err(Break::Hash)) };
    let (seq, at): (i64, i64) = (row.get(0)?, row.get(3)?);
    let same = entry.seq == seq
        && entry.at_millis == at
        && text(4)? == Some(&entry.account)
        && text(5)? == Some(&entry.action)
        && text(6)? == Some(&entry.project)
        && text(7)? == Some(&entry.result)
        && text(8)? == Some(&entry.op_id);
    if !same {
        return Ok(Err(Break::Columns));
    }
    if row.get_ref(9)? == rusqlite::types::ValueRef::Null {
        let is_silent = !entry.detail_digest.is_empty();
        return Ok(Ok(Good { entry, hash, is_silent }));
    }
    match (bytes(9)?, bytes(10)?) {
        (Some(salt), Some(body)) if digest_detail(salt, body) == entry.detail_digest.as_slice() => {
            Ok(Ok(Good { entry, hash, is_silent: false }))
        }
        _ => Ok(Err(Break::Detail)),
    }
}

impl Writer<'_> {
    /// Appends an entry: gives it its place and the digest of its detail, chains it, and tells its hash.
    pub fn append_audit(&self, mut entry: Entry, detail: &Detail) -> StoreResult<(i64, Hash)> {
        let (last, head) = self.read().audit_head()?;
        let head: Hash =
            head.try_into().map_err(|_| StoreError::Unreadable("the head of the audit chain".to_owned()))?;
        let body = detail.to_bytes();
        let salt = salt();
        entry.seq = last + 1;
        entry.detail_digest = if body.is_empty() { Vec::new() } else { digest_detail(&salt, &body).to_vec() };
        let canon = entry.canonical();
        let hash = chain(&head, &canon);
        self.prepare(
            "INSERT INTO audit (seq, canon, hash, at, account, action, project, result, op_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            entry.seq,
            canon,
            hash,
            entry.at_millis,
            entry.account,
            entry.action,
            entry.project,
            entry.result,
            entry.op_id
        ])?;
        if !body.is_empty() {
            self.prepare("INSERT INTO audit_detail (seq, salt, body) VALUES (?1, ?2, ?3)")?
                .execute(params![entry.seq, salt, body])?;
        }
        Ok((entry.seq, hash))
    }
}

/// Sixteen random bytes. Should the system have none to give, the digest is unsalted, which weakens a later
/// destruction of content but loses nothing.
fn salt() -> [u8; 16] {
    let mut salt = [0; 16];
    let _ = rustix::rand::getrandom(&mut salt, rustix::rand::GetRandomFlags::empty());
    salt
}
