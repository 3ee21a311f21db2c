//! Panels, written: every step adds rows, none is changed but to note who confirmed and closed.

use rusqlite::params;

use super::Writer;
use super::error::StoreResult;
use crate::domain::audit::Detail;
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ExpertId, ProjectId};
use crate::domain::panel::recusal::{Recusal, Why};
use crate::domain::panel::{Closing, Conclusion, Correction, Draw, ExpertOpinion, Fix, Formation, Request};
use crate::domain::workflow::record::Hand;

/// A panel: the project, its review round and the session.
pub type PanelKey = (ProjectId, u32, u32);

/// Who writes it down, and when.
pub type Pen = (AccountId, Moment);

fn joined(experts: &[ExpertId]) -> String {
    experts.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(" ")
}

/// Why an expert was kept out: the code, the name, and on a line of its own why the expert could not come.
fn kept_out(name: &str, why: &Why) -> String {
    match why {
        Why::Away(absence) => format!("{} {name}\n{}", why.code(), absence.reason),
        _ => format!("{} {name}", why.code()),
    }
}

impl Writer<'_> {
    /// Opens a panel; with its members confirmed already where it goes on from one before it.
    pub fn add_panel(
        &self,
        (project, round, session): PanelKey,
        asked: &Request,
        pen: Pen,
        confirmed: Option<&Hand>,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO panel (project_id, round, session, reason, vendors, authors, complaint, requested_by,
             requested_at, confirmed_by, confirmed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            project.0,
            round,
            session,
            asked.reason,
            asked.vendors.join("\n"),
            asked.authors.join("\n"),
            asked.complaint,
            pen.0.0,
            pen.1.timestamp_millis(),
            confirmed.map(|hand| hand.account.0),
            confirmed.map(|hand| hand.at.timestamp_millis())
        ])?;
        Ok(())
    }

    /// Adds a declaration of recusal.
    pub fn add_recusal(&self, (project, round, session): PanelKey, said: &Recusal, pen: Pen) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO panel_recusal (project_id, number, round, session, expert_id, ground, said, account_id, at)
             SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM panel_recusal
             WHERE project_id = ?1",
        )?
        .execute(params![
            project.0,
            round,
            session,
            said.expert.0,
            said.ground.code(),
            said.text,
            pen.0.0,
            pen.1.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Adds a draw.
    pub fn add_draw(&self, (project, round, session): PanelKey, draw: &Draw, pen: Pen) -> StoreResult<()> {
        let members =
            draw.members.iter().fold(Detail::new(), |all, (id, name)| all.with(&id.to_string(), name.as_str()));
        let recused = draw
            .recused
            .iter()
            .fold(Detail::new(), |all, (id, name, why)| all.with(&id.to_string(), kept_out(name, why)));
        self.prepare(
            "INSERT INTO panel_draw (project_id, round, session, number, seed, size, candidates_digest, candidates,
             members, recused, reason, account_id, at, meets_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            project.0,
            round,
            session,
            draw.number,
            draw.seed,
            draw.size,
            draw.candidates_digest,
            joined(&draw.candidates),
            members.to_bytes(),
            recused.to_bytes(),
            draw.reason,
            pen.0.0,
            pen.1.timestamp_millis(),
            draw.meets_on.map(|day| day.to_string())
        ])?;
        Ok(())
    }

    /// Adds a list of members.
    pub fn add_formation(&self, (project, round, session): PanelKey, list: &Formation, pen: Pen) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO panel_formation (project_id, round, session, number, selection, draw_seed, reason, replaced,
             replacement, account_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            project.0,
            round,
            session,
            list.number,
            list.selection.code(),
            list.draw_seed,
            list.reason,
            list.replaced.map(|(out, _)| out.0),
            list.replaced.map(|(_, comes)| comes.0),
            pen.0.0,
            pen.1.timestamp_millis()
        ])?;
        for (place, seat) in list.seats.iter().enumerate() {
            let disciplines: Vec<&str> = seat.disciplines.iter().map(String::as_str).collect();
            self.prepare(
                "INSERT INTO panel_member (project_id, round, session, formation, seat, expert_id, name, employer,
                 title, disciplines, local, chair, declaration)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                project.0,
                round,
                session,
                list.number,
                place as i64 + 1,
                seat.expert.0,
                seat.name,
                seat.employer,
                seat.title,
                disciplines.join("\n"),
                seat.local,
                seat.chair,
                seat.declaration.code()
            ])?;
        }
        Ok(())
    }

    /// Notes who confirmed the members.
    pub fn confirm_panel(&self, (project, round, session): PanelKey, pen: Pen) -> StoreResult<()> {
        self.prepare(
            "UPDATE panel SET confirmed_by = ?4, confirmed_at = ?5
             WHERE project_id = ?1 AND round = ?2 AND session = ?3",
        )?
        .execute(params![project.0, round, session, pen.0.0, pen.1.timestamp_millis()])?;
        Ok(())
    }

    /// Adds a version of a member's opinion.
    pub fn add_expert_opinion(
        &self,
        (project, round, session): PanelKey,
        said: &ExpertOpinion,
        pen: Pen,
    ) -> StoreResult<()> {
        let dimensions = said
            .dimensions
            .iter()
            .fold(Detail::new(), |all, (dimension, text)| all.with(dimension.code(), text.as_str()));
        self.prepare(
            "INSERT INTO expert_opinion (project_id, round, session, expert_id, version, conclusion, said, dissent,
             signed, dimensions, score, reason, digest, account_id, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            project.0,
            round,
            session,
            said.expert.0,
            said.version,
            said.conclusion.code(),
            said.text,
            said.dissent,
            said.signed,
            dimensions.to_bytes(),
            said.score,
            said.reason,
            said.digest,
            pen.0.0,
            pen.1.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Notes that the opinions are complete.
    pub fn close_panel(&self, (project, round, session): PanelKey, closing: &Closing, pen: Pen) -> StoreResult<()> {
        self.prepare(
            "UPDATE panel SET closed_by = ?4, closed_at = ?5, met_on = ?6, place = ?7
             WHERE project_id = ?1 AND round = ?2 AND session = ?3",
        )?
        .execute(params![
            project.0,
            round,
            session,
            pen.0.0,
            pen.1.timestamp_millis(),
            closing.met_on.to_string(),
            closing.place
        ])?;
        Ok(())
    }

    /// Adds the conclusion with what must be mended.
    pub fn add_conclusion(&self, key: PanelKey, said: &Conclusion, fixes: &[Fix], pen: Pen) -> StoreResult<()> {
        let (project, round, session) = key;
        self.prepare(
            "INSERT INTO panel_conclusion (project_id, round, session, result, said, pass, conditional, supplement, fail,
             by_tally, explanation, signed_by, account_id, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            project.0,
            round,
            session,
            said.result.code(),
            said.text,
            said.tally.pass as i64,
            said.tally.conditional as i64,
            said.tally.supplement as i64,
            said.tally.fail as i64,
            said.by_tally.code(),
            said.chair_explanation,
            joined(&said.signed_by),
            pen.0.0,
            pen.1.timestamp_millis()
        ])?;
        for fix in fixes {
            self.prepare(
                "INSERT INTO fix (project_id, round, session, number, said, responsible, due)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                project.0,
                round,
                session,
                fix.number,
                fix.text,
                fix.responsible,
                fix.due.to_string()
            ])?;
        }
        Ok(())
    }

    /// Notes where a fix is mended, and who closed it.
    pub fn close_fix(&self, (project, round, session): PanelKey, fix: (u32, &str), pen: Pen) -> StoreResult<()> {
        self.prepare(
            "UPDATE fix SET page_ref = ?5, closed_by = ?6, closed_at = ?7
             WHERE project_id = ?1 AND round = ?2 AND session = ?3 AND number = ?4",
        )?
        .execute(params![project.0, round, session, fix.0, fix.1, pen.0.0, pen.1.timestamp_millis()])?;
        Ok(())
    }

    /// Adds a correction of a finished record.
    pub fn add_panel_correction(
        &self,
        (project, round, session): PanelKey,
        said: &Correction,
        pen: Pen,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO panel_correction (project_id, round, session, number, said, reason, account_id, at)
             SELECT ?1, ?2, ?3, coalesce(max(number), 0) + 1, ?4, ?5, ?6, ?7 FROM panel_correction
             WHERE project_id = ?1 AND round = ?2 AND session = ?3",
        )?
        .execute(params![
            project.0,
            round,
            session,
            said.text,
            said.reason,
            pen.0.0,
            pen.1.timestamp_millis()
        ])?;
        Ok(())
    }
}
