//! The destruction of a project's content 〔第十七条〕: what it says goes, who did what and when stays.
//!
//! Amounts go too: what is bought for how much can be the secret. Where a column must hold one, it holds the smallest
//! it may, and no screen shows it. Codes stay: the stage and the way, because counts rest on them; the unit, the year,
//! the people and the days, because the log tells them anyway; a conclusion, because it is one of two words; digests,
//! because they prove what was destroyed to whoever holds a copy and tell nobody else anything.

use rusqlite::params;

use super::error::{StoreError, StoreResult};
use super::record::hand;
use super::{Database, Reader, Writer, codes};
use crate::domain::audit::Detail;
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ProjectId};
use crate::domain::project::Project;
use crate::domain::workflow::record::Hand;

/// What is done to every table that holds something of a project; `?1` is its number. A test beside holds this against
/// the tables there are.
pub(super) const DESTROYED: &[&str] = &[
    "UPDATE project SET name = '', kind = NULL, start_month = NULL, end_month = NULL, declared_fen = 1, basis = '',
     necessity = '', content = '', supervisor_opinion = NULL, leader = '', contact = '', phone = '', filed_on = NULL,
     custom_development = NULL, designer = NULL, in_year_reason = NULL, in_year_doc_no = NULL,
     in_year_explanation = NULL, in_year_funding = NULL, in_year_plan = NULL, catalogue_entries = NULL,
     catalogue_reason = NULL, deployment = NULL, network = NULL, om_free_months = NULL, om_per_year_fen = NULL,
     om_years = NULL, om_build_cost_fen = NULL, approved_fen = NULL, assessed_fen = NULL, governing_fen = 0,
     budget_fen = NULL, contract_fen = NULL, changed_fen = NULL, settled_fen = NULL, paid_fen = NULL WHERE id = ?1",
    "DELETE FROM funding WHERE project_id = ?1",
    "DELETE FROM line_item WHERE project_id = ?1",
    "UPDATE route_history SET amount_fen = 0, categories = '', custom = NULL WHERE project_id = ?1",
    "UPDATE vote SET opinion = '', minutes_no = NULL WHERE project_id = ?1",
    "UPDATE government_decision SET doc_no = '' WHERE project_id = ?1",
    "UPDATE ex_ante SET conclusion = '', score = NULL WHERE project_id = ?1",
    "UPDATE approval SET doc_no = '', amount_fen = 1 WHERE project_id = ?1",
    "UPDATE scheme SET designer = '', version = '' WHERE project_id = ?1",
    "DELETE FROM judgement WHERE project_id = ?1",
    "DELETE FROM judgement_history WHERE project_id = ?1",
    "UPDATE opinion SET summary = '', cut_reason = '', ruling = NULL, check_note = '', send_back_reason = '',
     doc_no = NULL, assessed_fen = 0 WHERE project_id = ?1",
    "UPDATE disposition SET reason = '-', digest = '', evidence = x'' WHERE project_id = ?1",
    "DELETE FROM catalogue_name WHERE project_id = ?1",
    "UPDATE deed SET inputs = x'' WHERE project_id = ?1",
    "UPDATE panel SET reason = '', vendors = '', authors = '', complaint = '', place = '' WHERE project_id = ?1",
    "UPDATE panel_recusal SET said = '' WHERE project_id = ?1",
    "UPDATE panel_draw SET reason = '', recused = x'' WHERE project_id = ?1",
    "UPDATE panel_formation SET reason = '' WHERE project_id = ?1",
    "UPDATE expert_opinion SET said = '', dissent = '', dimensions = x'', score = NULL, reason = ''
     WHERE project_id = ?1",
    // A conclusion against the votes keeps the mark that it was explained.
    "UPDATE panel_conclusion SET said = '', explanation = iif(explanation = '', '', '-') WHERE project_id = ?1",
    "UPDATE fix SET said = '', responsible = '', page_ref = iif(page_ref IS NULL, NULL, '') WHERE project_id = ?1",
    "UPDATE panel_correction SET said = '', reason = '' WHERE project_id = ?1",
    "UPDATE meeting_item SET withdrawn = iif(withdrawn IS NULL, NULL, '') WHERE project_id = ?1",
    "UPDATE panel_attendance SET reason = '' WHERE project_id = ?1",
    "UPDATE panel_note SET said = '' WHERE project_id = ?1",
    "UPDATE attachment SET name = '', bytes = x'' WHERE project_id = ?1",
];

/// The fact that destroyed content may still linger in the file: copies on pages that SQLite moved things away from.
const LINGERING: &str = "destroyed-content-lingers";
/// The value of [`LINGERING`] while that is so.
const YES: &str = "yes";

impl Reader<'_> {
    /// Tells who destroyed a project's content, and when, where somebody did.
    pub fn destruction(self, project: ProjectId) -> StoreResult<Option<Hand>> {
        codes::first(
            &mut self.prepare(
                "SELECT d.*, a.name AS by_name FROM destruction d JOIN account a ON a.id = d.account_id
                 WHERE d.project_id = ?1",
            )?,
            [project.0],
            |row| hand(row, "account_id", "by_name", "at"),
        )
    }
}

impl Writer<'_> {
    /// Destroys what a project says. Tells the entries of the log beyond the project's own whose details went with it.
    pub fn destroy_content(&self, project: &Project, by: AccountId, now: Moment) -> StoreResult<Vec<i64>> {
        let (entries, _) = self.read().audit_head()?;
        self.prepare("INSERT INTO destruction (project_id, seq, at, account_id) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![project.id.0, entries + 1, now.timestamp_millis(), by.0])?;
        self.prepare("UPDATE project SET destroyed_at = ?2 WHERE id = ?1")?
            .execute(params![project.id.0, now.timestamp_millis()])?;
        for statement in DESTROYED {
            self.prepare(statement)?.execute([project.id.0])?;
        }
        self.prepare("DELETE FROM audit_detail WHERE seq IN (SELECT seq FROM audit WHERE project = ?1)")?
            .execute([project.code.as_str()])?;
        let import = self.destroy_provenance(project)?;
        self.write_index(project.id)?;
        // The index only marks a row as gone; its words leave with the merge of all that is left.
        self.prepare("INSERT INTO search (search) VALUES ('optimize')")?.execute([])?;
        self.set_meta(LINGERING, YES)?;
        Ok(import.into_iter().collect())
    }

    /// A file that brought nothing else may be named for what it brought; one with living projects stays named.
    fn destroy_provenance(&self, project: &Project) -> StoreResult<Option<i64>> {
        let emptied = self
            .prepare(
                "UPDATE import_run SET file = '', sheet = '' WHERE id = (SELECT import_id FROM project WHERE id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM project WHERE import_id = import_run.id AND destroyed_at IS NULL)",
            )?
            .execute([project.id.0])?;
        if emptied == 0 {
            return Ok(None);
        }
        let imports = codes::rows(
            &mut self.prepare(
                "SELECT a.seq, d.body FROM project p JOIN import_run r ON r.id = p.import_id
                 JOIN audit a ON a.at = r.at AND a.action = 'import' AND a.result = 'done'
                 JOIN audit_detail d ON d.seq = a.seq WHERE p.id = ?1",
            )?,
            [project.id.0],
            |row| Ok((codes::get::<i64>(row, "seq")?, codes::get::<Vec<u8>>(row, "body")?)),
        )?;
        let brought = |body: &[u8]| {
            let detail = Detail::from_bytes(body);
            detail.get("created").is_some_and(|codes| codes.split(' ').any(|code| code == project.code.as_str()))
        };
        let Some((seq, _)) = imports.into_iter().find(|(_, body)| brought(body)) else { return Ok(None) };
        self.prepare("DELETE FROM audit_detail WHERE seq = ?1")?.execute([seq])?;
        Ok(Some(seq))
    }
}

impl Database {
    /// Leaves no copy of destroyed content in the file or its log; does nothing where nothing was destroyed.
    ///
    /// Deleted cells are overwritten at once (`secure_delete`), but where SQLite moved a cell to another page before,
    /// the old place may keep its bytes. So the file is written anew, and the write-ahead log, which holds what pages
    /// said before, is emptied. That waits for the others to finish reading; where they do not, it is made up for with
    /// the next command or the next opening.
    pub fn wipe(&mut self) -> StoreResult<()> {
        if self.read()?.read().meta(LINGERING)?.as_deref() != Some(YES) {
            return Ok(());
        }
        self.connection.execute_batch("VACUUM")?;
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            return Err(StoreError::Busy);
        }
        let writer = self.write()?;
        writer.set_meta(LINGERING, "no")?;
        writer.commit()
    }
}
