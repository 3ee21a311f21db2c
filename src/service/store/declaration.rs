//! What a unit declared: the columns of the project row that the form fills, and its lists.

use rusqlite::{Row, named_params, params};

use super::columns::staying;
use super::error::StoreResult;
use super::{Reader, Writer, codes};
use crate::domain::ids::ProjectId;
use crate::domain::project::{
    Declaration, Deployment, Exclusion, FundingLevel, FundingLine, InYearAddition, InYearReason, ItemCategory,
    LineItem, Network, OperationPlan, ProjectKind, ResourceCatalogue,
};

/// Reads the declaration's columns of a project row; its lists come from their own tables.
pub fn read_declaration(row: &Row<'_>) -> StoreResult<Declaration> {
    Ok(Declaration {
        name: codes::get(row, staying!("name"))?,
        plan_year: Some(codes::get(row, staying!("plan_year"))?),
        kind: codes::maybe_code(row, staying!("kind"), ProjectKind::parse)?,
        start: codes::maybe_month(row, staying!("start_month"))?,
        end: codes::maybe_month(row, staying!("end_month"))?,
        amount: codes::money(row, staying!("declared_fen"))?,
        funding: Vec::new(),
        basis: codes::get(row, staying!("basis"))?,
        necessity: codes::get(row, staying!("necessity"))?,
        content: codes::get(row, staying!("content"))?,
        supervisor_opinion: codes::get(row, staying!("supervisor_opinion"))?,
        leader: codes::get(row, staying!("leader"))?,
        contact: codes::get(row, staying!("contact"))?,
        phone: codes::get(row, staying!("phone"))?,
        filed_on: codes::maybe_date(row, staying!("filed_on"))?,
        custom_development: codes::get(row, staying!("custom_development"))?,
        designer: codes::get(row, staying!("designer"))?,
        in_year: read_in_year(row)?,
        items: Vec::new(),
        catalogue: read_catalogue(row)?,
        catalogue_names: Vec::new(),
        deployment: codes::maybe_code(row, staying!("deployment"), Deployment::parse)?,
        network: codes::maybe_code(row, staying!("network"), Network::parse)?,
        operation: read_operation(row)?,
    })
}

fn read_in_year(row: &Row<'_>) -> StoreResult<Option<InYearAddition>> {
    let Some(reason) = codes::maybe_code(row, staying!("in_year_reason"), InYearReason::parse)? else {
        return Ok(None);
    };
    Ok(Some(InYearAddition {
        reason,
        doc_no: codes::get(row, staying!("in_year_doc_no"))?,
        explanation: codes::get::<Option<String>>(row, staying!("in_year_explanation"))?.unwrap_or_default(),
        funding_request: codes::get::<Option<bool>>(row, staying!("in_year_funding"))?.unwrap_or(false),
        construction_plan: codes::get::<Option<bool>>(row, staying!("in_year_plan"))?.unwrap_or(false),
    }))
}

fn read_catalogue(row: &Row<'_>) -> StoreResult<Option<ResourceCatalogue>> {
    let entries = codes::maybe_count(row, staying!("catalogue_entries"))?.map(ResourceCatalogue::Entries);
    let reason: Option<String> = codes::get(row, staying!("catalogue_reason"))?;
    Ok(entries.or(reason.map(ResourceCatalogue::NotApplicable)))
}

fn read_operation(row: &Row<'_>) -> StoreResult<Option<OperationPlan>> {
    let Some(per_year) = codes::maybe_money(row, staying!("om_per_year_fen"))? else { return Ok(None) };
    Ok(Some(OperationPlan {
        free_months: codes::maybe_count(row, staying!("om_free_months"))?.unwrap_or(0),
        per_year,
        years: codes::maybe_count(row, staying!("om_years"))?.unwrap_or(0),
        build_cost: codes::maybe_money(row, staying!("om_build_cost_fen"))?,
    }))
}

impl Reader<'_> {
    /// Adds its lists to what the project row says.
    pub fn with_lists(self, project: ProjectId, row: Declaration) -> StoreResult<Declaration> {
        // Names stand beside the number of entries, so most projects need not be asked for any.
        let names = if row.catalogue.is_some() { self.catalogue_names(project)? } else { Vec::new() };
        let (funding, items) = (self.funding(project)?, self.line_items(project)?);
        Ok(Declaration { funding, items, catalogue_names: names, ..row })
    }

    /// Lists a project's sources of money.
    pub fn funding(self, project: ProjectId) -> StoreResult<Vec<FundingLine>> {
        codes::rows(
            &mut self.prepare("SELECT * FROM funding WHERE project_id = ?1 ORDER BY line")?,
            [project.0],
            |row| {
                Ok(FundingLine {
                    source: codes::get(row, "source")?,
                    level: codes::code(row, "level", FundingLevel::parse)?,
                    amount: codes::money(row, "amount_fen")?,
                })
            },
        )
    }

    /// Lists the names of a project's catalogue entries.
    fn catalogue_names(self, project: ProjectId) -> StoreResult<Vec<String>> {
        let mut statement = self.prepare("SELECT name FROM catalogue_name WHERE project_id = ?1 ORDER BY line")?;
        codes::rows(&mut statement, [project.0], |row| codes::get(row, "name"))
    }

    /// Lists a project's contents.
    pub fn line_items(self, project: ProjectId) -> StoreResult<Vec<LineItem>> {
        codes::rows(
            &mut self.prepare("SELECT * FROM line_item WHERE project_id = ?1 ORDER BY line")?,
            [project.0],
            |row| {
                Ok(LineItem {
                    name: codes::get(row, "name")?,
                    category: codes::code(row, "category", ItemCategory::parse)?,
                    quantity: codes::get(row, "quantity")?,
                    unit_price: codes::maybe_money(row, "unit_price_fen")?,
                    amount: codes::money(row, "amount_fen")?,
                    excluded: codes::maybe_code(row, "excluded", Exclusion::parse)?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Writes the declaration over what the project row said before; the log keeps what it was.
    pub fn write_declaration(&self, project: ProjectId, declaration: &Declaration) -> StoreResult<()> {
        let in_year = declaration.in_year.as_ref();
        let operation = declaration.operation.as_ref();
        let (entries, reason) = match &declaration.catalogue {
            Some(ResourceCatalogue::Entries(entries)) => (Some(*entries), None),
            Some(ResourceCatalogue::NotApplicable(reason)) => (None, Some(reason.as_str())),
            None => (None, None),
        };
        // Name and year stand in indexes, which are only touched where they change; a new project has them already.
        self.prepare("UPDATE project SET plan_year = ?2, name = ?3 WHERE id = ?1 AND (plan_year <> ?2 OR name <> ?3)")?
            .execute(params![project.0, declaration.plan_year, declaration.name])?;
        self.prepare(
            "UPDATE project SET kind = :kind, start_month = :start_month,
             end_month = :end_month, declared_fen = :declared_fen, basis = :basis, necessity = :necessity,
             content = :content, supervisor_opinion = :supervisor_opinion, leader = :leader, contact = :contact,
             phone = :phone, filed_on = :filed_on, custom_development = :custom_development, designer = :designer,
             in_year_reason = :in_year_reason, in_year_doc_no = :in_year_doc_no,
             in_year_explanation = :in_year_explanation, in_year_funding = :in_year_funding,
             in_year_plan = :in_year_plan, catalogue_entries = :catalogue_entries,
             catalogue_reason = :catalogue_reason, deployment = :deployment, network = :network,
             om_free_months = :om_free_months, om_per_year_fen = :om_per_year_fen, om_years = :om_years,
             om_build_cost_fen = :om_build_cost_fen WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": project.0,
            ":kind": declaration.kind.map(ProjectKind::code),
            ":start_month": declaration.start.map(|month| month.to_string()),
            ":end_month": declaration.end.map(|month| month.to_string()),
            ":declared_fen": declaration.amount.fen(),
            ":basis": declaration.basis,
            ":necessity": declaration.necessity,
            ":content": declaration.content,
            ":supervisor_opinion": declaration.supervisor_opinion,
            ":leader": declaration.leader,
            ":contact": declaration.contact,
            ":phone": declaration.phone,
            ":filed_on": declaration.filed_on.map(|day| day.to_string()),
            ":custom_development": declaration.custom_development,
            ":designer": declaration.designer,
            ":in_year_reason": in_year.map(|addition| addition.reason.code()),
            ":in_year_doc_no": in_year.and_then(|addition| addition.doc_no.as_deref()),
            ":in_year_explanation": in_year.map(|addition| addition.explanation.as_str()),
            ":in_year_funding": in_year.map(|addition| addition.funding_request),
            ":in_year_plan": in_year.map(|addition| addition.construction_plan),
            ":catalogue_entries": entries,
            ":catalogue_reason": reason,
            ":deployment": declaration.deployment.map(Deployment::code),
            ":network": declaration.network.map(Network::code),
            ":om_free_months": operation.map(|plan| plan.free_months),
            ":om_per_year_fen": operation.map(|plan| plan.per_year.fen()),
            ":om_years": operation.map(|plan| plan.years),
            ":om_build_cost_fen": operation.and_then(|plan| plan.build_cost).map(|cost| cost.fen()),
        })?;
        self.write_funding(project, &declaration.funding)?;
        self.write_line_items(project, &declaration.items)?;
        self.write_catalogue_names(project, &declaration.catalogue_names)
    }

    fn write_catalogue_names(&self, project: ProjectId, names: &[String]) -> StoreResult<()> {
        self.prepare("DELETE FROM catalogue_name WHERE project_id = ?1")?.execute([project.0])?;
        for (line, name) in (1i64..).zip(names) {
            self.prepare("INSERT INTO catalogue_name (project_id, line, name) VALUES (?1, ?2, ?3)")?
                .execute(params![project.0, line, name])?;
        }
        Ok(())
    }

    fn write_funding(&self, project: ProjectId, funding: &[FundingLine]) -> StoreResult<()> {
        self.prepare("DELETE FROM funding WHERE project_id = ?1")?.execute([project.0])?;
        let mut insert = self
            .prepare("INSERT INTO funding (project_id, line, source, level, amount_fen) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (line, part) in (1i64..).zip(funding) {
            insert.execute(params![project.0, line, part.source, part.level.code(), part.amount.fen()])?;
        }
        Ok(())
    }

    fn write_line_items(&self, project: ProjectId, items: &[LineItem]) -> StoreResult<()> {
        self.prepare("DELETE FROM line_item WHERE project_id = ?1")?.execute([project.0])?;
        let mut insert = self.prepare(
            "INSERT INTO line_item (project_id, line, name, category, quantity, unit_price_fen, amount_fen, excluded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for (line, item) in (1i64..).zip(items) {
            insert.execute(params![
                project.0,
                line,
                item.name,
                item.category.code(),
                item.quantity,
                item.unit_price.map(|price| price.fen()),
                item.amount.fen(),
                item.excluded.map(Exclusion::code)
            ])?;
        }
        Ok(())
    }
}
