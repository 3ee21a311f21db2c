//! Rounds: which rules each one follows, and what was said in it.

use rusqlite::{Row, params};

use super::error::StoreResult;
use super::record::hand;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectId;
use crate::domain::money::Money;
use crate::domain::round::RoundKind;
use crate::domain::route::RouteCode;
use crate::domain::workflow::record::{Agency, GovernmentDecision, Scheme, Vote, VoteResult};

/// A round as it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRound {
    /// Of what.
    pub kind: RoundKind,
    /// Which one, 1 for the first.
    pub number: u32,
    /// The policy whose rules it follows.
    pub policy: String,
    /// The moment whose rules those are.
    pub opened_at: Moment,
}

fn by(row: &Row<'_>) -> StoreResult<crate::domain::workflow::record::Hand> {
    hand(row, "account_id", "by_name", "at")
}

impl Reader<'_> {
    /// Lists the plan and review rounds of a project, plans first.
    pub fn rounds(self, project: ProjectId) -> StoreResult<Vec<StoredRound>> {
        codes::rows(
            &mut self.prepare("SELECT * FROM round WHERE project_id = ?1 ORDER BY kind, number")?,
            [project.0],
            |row| {
                Ok(StoredRound {
                    kind: codes::code(row, "kind", RoundKind::parse)?,
                    number: codes::count(row, "number")?,
                    policy: codes::get(row, "policy_id")?,
                    opened_at: codes::moment(row, "opened_at")?,
                })
            },
        )
    }

    /// Tells which plan round of a project runs.
    pub fn plan_round(self, project: ProjectId) -> StoreResult<u32> {
        let mut statement = self.prepare("SELECT plan_round FROM project WHERE id = ?1")?;
        Ok(codes::first(&mut statement, [project.0], |row| codes::count(row, "plan_round"))?.unwrap_or(1))
    }

    /// Lists the votes of every plan round, each with its round.
    pub fn votes_of_rounds(self, project: ProjectId) -> StoreResult<Vec<(u32, Vote)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT v.*, a.name AS by_name FROM vote v JOIN account a ON a.id = v.account_id
                 WHERE v.project_id = ?1 ORDER BY v.plan_round, v.at",
            )?,
            [project.0],
            |row| {
                let vote = Vote {
                    agency: codes::code(row, "agency", Agency::parse)?,
                    result: codes::code(row, "result", VoteResult::parse)?,
                    opinion: codes::get(row, "opinion")?,
                    minutes_no: codes::get(row, "minutes_no")?,
                    by: by(row)?,
                };
                Ok((codes::count(row, "plan_round")?, vote))
            },
        )
    }

    /// Lists the county government's decisions, each with its plan round.
    pub fn governments_of_rounds(self, project: ProjectId) -> StoreResult<Vec<(u32, GovernmentDecision)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT g.*, a.name AS by_name FROM government_decision g JOIN account a ON a.id = g.account_id
                 WHERE g.project_id = ?1 ORDER BY g.plan_round",
            )?,
            [project.0],
            |row| {
                let decision = GovernmentDecision {
                    approved: codes::get(row, "approved")?,
                    doc_no: codes::get(row, "doc_no")?,
                    doc_date: codes::date(row, "doc_date")?,
                    by: by(row)?,
                };
                Ok((codes::count(row, "plan_round")?, decision))
            },
        )
    }

    /// Lists the schemes handed in, each with its review round.
    pub fn schemes_of_rounds(self, project: ProjectId) -> StoreResult<Vec<(u32, Scheme)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT s.*, a.name AS by_name FROM scheme s JOIN account a ON a.id = s.account_id
                 WHERE s.project_id = ?1 ORDER BY s.round",
            )?,
            [project.0],
            |row| {
                let scheme = Scheme {
                    designer: codes::get(row, "designer")?,
                    version: codes::get(row, "version")?,
                    by: by(row)?,
                };
                Ok((codes::count(row, "round")?, scheme))
            },
        )
    }
}

/// A route as it was once computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRoute {
    /// When.
    pub at: Moment,
    /// The way.
    pub code: RouteCode,
    /// The amount it was computed from.
    pub amount: Money,
    /// The policy it was computed by.
    pub policy: String,
}

impl Reader<'_> {
    /// Lists every way that was computed for a project, the latest last.
    pub fn routes(self, project: ProjectId) -> StoreResult<Vec<StoredRoute>> {
        codes::rows(
            &mut self.prepare(
                "SELECT at, route, amount_fen, policy_id FROM route_history WHERE project_id = ?1 ORDER BY version",
            )?,
            [project.0],
            |row| {
                Ok(StoredRoute {
                    at: codes::moment(row, "at")?,
                    code: codes::code(row, "route", RouteCode::parse)?,
                    amount: codes::money(row, "amount_fen")?,
                    policy: codes::get(row, "policy_id")?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Notes under which rules the running round was opened; what was noted once stays.
    pub fn note_round(&self, project: ProjectId, kind: RoundKind, policy: &str, opened_at: Moment) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO round (project_id, kind, number, policy_id, opened_at)
             SELECT id, ?2, CASE WHEN ?2 = 'plan' THEN plan_round ELSE round END, ?3, ?4 FROM project WHERE id = ?1
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![project.0, kind.code(), policy, opened_at.timestamp_millis()])?;
        Ok(())
    }
}
