//! Statistics of the reviews: verdicts, reviewers, panels, findings. They live beside the projects, so each project of
//! a year is looked up there.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::error::StoreResult;
use super::stats::StatsScope;
use super::{Reader, codes};
use crate::domain::checklist::Verdict;
use crate::domain::findings::Pattern;
use crate::domain::ids::{AccountId, ItemId, ProjectCode};
use crate::domain::project::Stage;
use crate::domain::workflow::record::{PanelResult, ReviewResult};

/// The stages as a JSON array of their codes, which are letters and dashes.
fn listed(stages: &[Stage]) -> Value {
    let codes: Vec<&str> = stages.iter().map(|stage| stage.code()).collect();
    Value::from(["[\"", &codes.join("\",\""), "\"]"].concat())
}

impl Reader<'_> {
    /// Counts the verdicts of the running rounds, by policy and item.
    pub fn stats_verdicts(self, scope: StatsScope<'_>) -> StoreResult<Vec<(String, ItemId, Verdict, i64)>> {
        let condition = scope.condition();
        let sql = [
            "SELECT p.policy_id, j.item, j.verdict, count(*) AS n FROM project p CROSS JOIN judgement j
             ON j.project_id = p.id AND j.round = p.round WHERE j.verdict IS NOT NULL AND ",
            condition.sql(),
            " GROUP BY p.policy_id, j.item, j.verdict",
        ]
        .concat();
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(condition.into_values()), |row| {
            Ok((
                codes::get(row, "policy_id")?,
                ItemId::typed(&codes::get::<String>(row, "item")?),
                codes::code(row, "verdict", Verdict::parse)?,
                codes::get(row, "n")?,
            ))
        })
    }

    /// Counts what reviewers have before them, by the day it came to its stage.
    pub fn stats_open_reviews(
        self,
        scope: StatsScope<'_>,
        stages: &[Stage],
        offset: i64,
    ) -> StoreResult<Vec<(AccountId, i64, i64)>> {
        const DAY: i64 = 86_400_000;
        let condition = scope.condition();
        let sql = [
            "SELECT p.reviewer_id, (p.since + ?) / ? AS day, count(*) AS n FROM project p
             WHERE p.reviewer_id IS NOT NULL AND p.stage IN (SELECT value FROM json_each(?)) AND ",
            condition.sql(),
            " GROUP BY p.reviewer_id, day",
        ]
        .concat();
        let values = [Value::from(offset), DAY.into(), listed(stages)].into_iter().chain(condition.into_values());
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            Ok((AccountId(codes::get(row, "reviewer_id")?), codes::get(row, "day")?, codes::get(row, "n")?))
        })
    }

    /// Counts the signed opinions by who drafted them and what they say.
    pub fn stats_signed_opinions(self, scope: StatsScope<'_>) -> StoreResult<Vec<(AccountId, ReviewResult, i64)>> {
        let condition = scope.condition();
        let sql = [
            "SELECT o.drafted_by, o.result, count(*) AS n FROM project p CROSS JOIN opinion o ON o.project_id = p.id
             WHERE o.signed_by IS NOT NULL AND ",
            condition.sql(),
            " GROUP BY o.drafted_by, o.result",
        ]
        .concat();
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(condition.into_values()), |row| {
            Ok((
                AccountId(codes::get(row, "drafted_by")?),
                codes::code(row, "result", ReviewResult::parse)?,
                codes::get(row, "n")?,
            ))
        })
    }

    /// Counts what panels concluded.
    pub fn stats_panels(self, scope: StatsScope<'_>) -> StoreResult<Vec<(PanelResult, i64)>> {
        let condition = scope.condition();
        let sql = [
            "SELECT c.result, count(*) AS n FROM project p CROSS JOIN panel_conclusion c ON c.project_id = p.id WHERE ",
            condition.sql(),
            " GROUP BY c.result",
        ]
        .concat();
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(condition.into_values()), |row| {
            Ok((codes::code(row, "result", PanelResult::parse)?, codes::get(row, "n")?))
        })
    }

    /// Counts the findings people decided about, by what was decided last, in projects that are at none of the stages.
    pub fn stats_decided_findings(
        self,
        scope: StatsScope<'_>,
        but: &[Stage],
    ) -> StoreResult<Vec<(Pattern, bool, i64)>> {
        let condition = scope.condition();
        let sql = [
            "SELECT d.finding, d.accepted, count(*) AS n FROM project p CROSS JOIN disposition d ON d.project_id = p.id
             WHERE d.number = (SELECT max(x.number) FROM disposition x WHERE x.project_id = d.project_id
             AND x.finding = d.finding) AND p.stage NOT IN (SELECT value FROM json_each(?)) AND ",
            condition.sql(),
            " GROUP BY d.finding, d.accepted",
        ]
        .concat();
        let values = std::iter::once(listed(but)).chain(condition.into_values());
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            Ok((codes::code(row, "finding", Pattern::parse)?, codes::get(row, "accepted")?, codes::get(row, "n")?))
        })
    }

    /// Lists the projects at some stages, at most so many.
    pub fn stats_projects_at(
        self,
        scope: StatsScope<'_>,
        stages: &[Stage],
        limit: usize,
    ) -> StoreResult<Vec<ProjectCode>> {
        let condition = scope.condition();
        let sql = [
            "SELECT p.code FROM project p WHERE p.stage IN (SELECT value FROM json_each(?)) AND ",
            condition.sql(),
            " ORDER BY p.id LIMIT ?",
        ]
        .concat();
        let limit = Value::from(i64::try_from(limit).unwrap_or(i64::MAX));
        let values = std::iter::once(listed(stages)).chain(condition.into_values()).chain([limit]);
        codes::rows(&mut self.prepare(&sql)?, params_from_iter(values), |row| {
            Ok(ProjectCode::typed(&codes::get::<String>(row, "code")?))
        })
    }
}
