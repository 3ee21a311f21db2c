//! What lies around a project: other filings of its unit and of those it reports with, and catalogues like its own.
//!
//! Every statement goes through an index, so that opening a project stays as cheap in a county of a million projects.

use std::collections::BTreeMap;

use rusqlite::{Params, Row, params};

use super::error::{StoreError, StoreResult};
use super::{Reader, codes};
use crate::domain::calendar::Moment;
use crate::domain::findings::{Neighbor, SharedCatalogue, Surroundings, asks_for_money};
use crate::domain::ids::{ProjectCode, ProjectId, UnitId};
use crate::domain::money::Money;
use crate::domain::project::{ItemCategory, Overlay, Project, ProjectKind, Stage};

/// A project as it stands in a list of neighbors, and whether it counts.
struct Found {
    id: ProjectId,
    counts: bool,
    neighbor: Neighbor,
}

fn read_found(row: &Row<'_>) -> StoreResult<Found> {
    let overlays = codes::overlays(row, "overlays")?;
    let stage = codes::code(row, "stage", Stage::parse)?;
    Ok(Found {
        id: ProjectId(codes::get(row, "id")?),
        counts: asks_for_money(stage) && !overlays.contains(&Overlay::SecrecyFrozen),
        neighbor: Neighbor {
            code: ProjectCode::typed(&codes::get::<String>(row, "code")?),
            name: codes::get(row, "name")?,
            unit: UnitId(codes::get(row, "unit_id")?),
            unit_name: codes::get(row, "unit_name")?,
            amount: codes::money(row, "governing_fen")?,
            filed: read_filed(row)?.date_naive(),
            kind: codes::maybe_code(row, "kind", ProjectKind::parse)?,
            categories: BTreeMap::new(),
        },
    })
}

/// A project is filed when its form reaches the Centre, and until that is known when it was registered here. The date
/// that the unit wrote on the form does not count: whoever splits a project also dates the parts.
fn read_filed(row: &Row<'_>) -> StoreResult<Moment> {
    let received = codes::maybe_moment(row, "received_at")?;
    received.map_or_else(|| codes::moment(row, "created_at"), Ok)
}

impl Reader<'_> {
    /// Reads what lies around a project. Filings of `below` and more cannot be parts of a split and are left out.
    pub fn surroundings(self, project: &Project, below: Money) -> StoreResult<Surroundings> {
        let year = project.declaration.plan_year;
        let limit = below.fen();
        let mut found: BTreeMap<ProjectId, Neighbor> = BTreeMap::new();
        let of_unit = "SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit_name, p.governing_fen, p.received_at,
             p.created_at, p.kind, p.stage, p.overlays FROM project p JOIN unit u ON u.id = p.unit_id
             WHERE p.unit_id = ?1 AND p.plan_year = ?2 AND p.id <> ?3 AND +p.governing_fen < ?4";
        // What reaches the limit by itself has no parts to look for.
        let may_be_part = project.governing_amount() < below;
        if may_be_part {
            self.add_neighbors(of_unit, params![project.unit.id.0, year, project.id.0, limit], &mut found)?;
        }
        if let Some(superior) = project.supervising_unit.as_ref().filter(|_| may_be_part) {
            let with_it = "SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit_name, p.governing_fen, p.received_at,
                 p.created_at, p.kind, p.stage, p.overlays FROM project p JOIN unit u ON u.id = p.unit_id
                 WHERE p.supervisor_id = ?1 AND +p.plan_year = ?2 AND p.id <> ?3 AND +p.governing_fen < ?4";
            self.add_neighbors(with_it, params![superior.id.0, year, project.id.0, limit], &mut found)?;
        }
        for (id, neighbor) in &mut found {
            neighbor.categories = self.categories(*id)?;
        }
        Ok(Surroundings {
            filed: self.filed(project.id)?,
            neighbors: found.into_values().collect(),
            catalogues: match project.declaration.catalogue_names.is_empty() {
                true => Vec::new(),
                false => self.shared_catalogues(project.id)?,
            },
        })
    }

    fn add_neighbors(
        self,
        sql: &str,
        parameters: impl Params,
        to: &mut BTreeMap<ProjectId, Neighbor>,
    ) -> StoreResult<()> {
        let found = codes::rows(&mut self.prepare(sql)?, parameters, read_found)?;
        to.extend(found.into_iter().filter(|one| one.counts).map(|one| (one.id, one.neighbor)));
        Ok(())
    }

    fn categories(self, project: ProjectId) -> StoreResult<BTreeMap<ItemCategory, Money>> {
        let sql = "SELECT category, sum(amount_fen) AS amount FROM line_item WHERE project_id = ?1 GROUP BY category";
        let read =
            |row: &Row<'_>| Ok((codes::code(row, "category", ItemCategory::parse)?, codes::money(row, "amount")?));
        Ok(codes::rows(&mut self.prepare(sql)?, [project.0], read)?.into_iter().collect())
    }

    fn filed(self, project: ProjectId) -> StoreResult<chrono::NaiveDate> {
        let sql = "SELECT received_at, created_at FROM project WHERE id = ?1";
        let filed = codes::first(&mut self.prepare(sql)?, [project.0], read_filed)?;
        let missing = || StoreError::Unreadable(format!("project {}", project.0));
        Ok(filed.ok_or_else(missing)?.date_naive())
    }

    fn shared_catalogues(self, project: ProjectId) -> StoreResult<Vec<SharedCatalogue>> {
        let sql = "SELECT p.id, p.code, p.name, p.unit_id, u.name AS unit_name, p.governing_fen, p.received_at,
             p.created_at, p.kind, p.stage, p.overlays, count(DISTINCT mine.name) AS shared
             FROM catalogue_name mine
             JOIN catalogue_name theirs ON theirs.name = mine.name AND theirs.project_id <> mine.project_id
             JOIN project p ON p.id = theirs.project_id JOIN unit u ON u.id = p.unit_id
             WHERE mine.project_id = ?1 GROUP BY p.id ORDER BY p.id";
        let read = |row: &Row<'_>| Ok((read_found(row)?, codes::count(row, "shared")?));
        let found = codes::rows(&mut self.prepare(sql)?, [project.0], read)?;
        let shared = found.into_iter().filter(|(other, _)| other.counts).map(|(other, shared)| SharedCatalogue {
            code: other.neighbor.code,
            name: other.neighbor.name,
            unit: other.neighbor.unit,
            unit_name: other.neighbor.unit_name,
            amount: other.neighbor.amount,
            filed: other.neighbor.filed,
            shared,
        });
        Ok(shared.collect())
    }
}
