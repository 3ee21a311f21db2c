//! What was done and has no table of its own: every action from the filing to the archive, with what was given for it.

use rusqlite::params;

use super::error::StoreResult;
use super::record::hand;
use super::{Reader, Writer, codes};
use crate::domain::audit::Detail;
use crate::domain::calendar::Moment;
use crate::domain::ids::{AccountId, ProjectId};
use crate::domain::money::Money;
use crate::domain::permission::Source;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::dossier::{Amounts, Deed};
use crate::domain::workflow::input::Inputs;

/// What was done.
#[derive(Debug, Clone, Copy)]
pub struct NewDeed<'a> {
    /// Which action.
    pub action: Action,
    /// What was given for it.
    pub inputs: &'a Inputs,
    /// In whose name.
    pub source: Source,
    /// Whether it takes effect.
    pub effective: bool,
}

impl Reader<'_> {
    /// Lists what was done with a project, the last one last.
    pub fn deeds(self, project: ProjectId) -> StoreResult<Vec<Deed>> {
        codes::rows(
            &mut self.prepare(
                "SELECT d.*, a.name AS by_name FROM deed d JOIN account a ON a.id = d.account_id
                 WHERE d.project_id = ?1 ORDER BY d.number",
            )?,
            [project.0],
            |row| {
                let action = codes::code(row, "action", Action::parse)?;
                let inputs = Detail::from_bytes(&codes::get::<Vec<u8>>(row, "inputs")?);
                Ok(Deed {
                    action,
                    round: codes::count(row, "round")?,
                    effective: codes::get(row, "effective")?,
                    inputs: Inputs::stored(action, inputs.iter()),
                    by: hand(row, "account_id", "by_name", "at")?,
                })
            },
        )
    }
}

impl Writer<'_> {
    /// Adds what was done, in the running round.
    pub fn add_deed(&self, project: ProjectId, deed: NewDeed<'_>, by: AccountId, now: Moment) -> StoreResult<()> {
        let given =
            deed.inputs.iter().fold(Detail::new(), |detail, (key, value)| detail.with(key.code(), value.to_string()));
        self.prepare(
            "INSERT INTO deed (project_id, number, action, round, at, account_id, source, inputs,
             effective)
             SELECT p.id, (SELECT coalesce(max(number), 0) + 1 FROM deed WHERE project_id = p.id), ?2, p.round, ?3, ?4,
             ?5, ?6, ?7 FROM project p WHERE p.id = ?1",
        )?
        .execute(params![
            project.0,
            deed.action.code(),
            now.timestamp_millis(),
            by.0,
            deed.source.code(),
            given.to_bytes(),
            deed.effective
        ])?;
        Ok(())
    }

    /// Notes the money of the steps after the review.
    pub fn set_amounts(&self, project: ProjectId, amounts: &Amounts) -> StoreResult<()> {
        let fen = |amount: Option<crate::domain::money::Money>| amount.map(|amount| amount.fen());
        self.prepare(
            "UPDATE project SET budget_fen = ?2, contract_fen = ?3, changed_fen = ?4, settled_fen = ?5, paid_fen = ?6
             WHERE id = ?1",
        )?
        .execute(params![
            project.0,
            fen(amounts.budget),
            fen(amounts.contract),
            fen(amounts.changed),
            fen(amounts.settled),
            fen(amounts.paid)
        ])?;
        Ok(())
    }

    /// Notes the approved amount.
    pub fn set_approved(&self, id: ProjectId, amount: Money) -> StoreResult<()> {
        self.prepare("UPDATE project SET approved_fen = ?2 WHERE id = ?1")?.execute(params![id.0, amount.fen()])?;
        Ok(())
    }

    /// Notes the assessed amount.
    pub fn set_assessed(&self, id: ProjectId, amount: Money) -> StoreResult<()> {
        self.prepare("UPDATE project SET assessed_fen = ?2 WHERE id = ?1")?.execute(params![id.0, amount.fen()])?;
        Ok(())
    }

    /// Forgets the assessed amount of an opinion that became void; the opinion itself keeps it.
    pub fn void_assessed(&self, id: ProjectId) -> StoreResult<()> {
        self.prepare("UPDATE project SET assessed_fen = NULL WHERE id = ?1")?.execute([id.0])?;
        Ok(())
    }
}
