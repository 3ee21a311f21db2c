//! `unit`: units.

use serde_json::json;

use super::{done, execute};
use crate::cli::args::Unit;
use crate::cli::failure::Outcome;
use crate::cli::output::{Report, Table};
use crate::cli::place::Place;
use crate::service::command::Command;
use crate::service::view::directory::Units;
use crate::wording::labels;

/// Runs a command about units.
pub fn run(place: &Place, command: Unit) -> Outcome<Report> {
    match command {
        Unit::Add { name, kind, supervisor } => {
            let (what, audit, found) = execute(place, Command::AddUnit { name, kind, supervisor }, false)?;
            Ok(done(&what, audit.as_ref(), &found))
        }
        Unit::List => list(place),
    }
}

fn list(place: &Place) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let units = service.ask(&session, Units)?;
    let mut table = Table::new(&["单位", "类型", "主管单位"]);
    let mut items = Vec::new();
    for unit in &units {
        let supervisor = unit.supervisor.and_then(|id| units.iter().find(|other| other.id == id));
        let supervisor = supervisor.map(|unit| unit.name.as_str());
        let kind = labels::unit_kind(unit.kind);
        table.row([unit.name.clone(), kind.to_owned(), supervisor.unwrap_or_default().to_owned()]);
        items.push(json!({
            "name": unit.name,
            "kind": unit.kind.code(),
            "kind_name": kind,
            "supervisor": supervisor,
            "is_centre": unit.is_centre,
        }));
    }
    let text = format!("{}\n共 {} 个单位", table.text(), units.len());
    Ok(Report::new(json!({ "total": units.len(), "items": items }), text))
}
