//! 年度计划 — the units of a year's plan, the projects of one of them or of all, marks on them.
//!
//! What is done with the marked projects is asked and told by [`bulk`](crate::tui::widget::bulk).

#[cfg(test)]
mod tests;
mod update;
mod view;

pub use update::{answer, awaits, close, load, open, open_neighbor, take_op};
pub use view::render;

use crate::domain::actor::Actor;
use crate::service::view::plan::{PlanProject, PlanView, Standing};
use crate::tui::effect::Ticket;
use crate::tui::keymap::Scope;
use crate::tui::marks::{Marks, Target};

/// Tells whether plans are among the account's business at all.
pub fn concerns(me: &Actor) -> bool {
    me.roles.iter().any(|role| !role.is_administrator())
}

/// A list with a cursor in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The row it is on.
    pub at: usize,
    /// The first row on the screen.
    pub top: usize,
}

impl Cursor {
    fn go_by(&mut self, rows: isize, count: usize) {
        self.at = self.at.saturating_add_signed(rows).min(count.saturating_sub(1));
    }

    /// Keeps the row within the list and on the screen.
    fn settle(&mut self, count: usize, height: usize) {
        self.at = self.at.min(count.saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height.max(1)));
    }
}

/// The screen.
#[derive(Debug, Default)]
pub struct PlanScreen {
    /// What was loaded.
    pub view: Option<Box<PlanView>>,
    /// The line of units the cursor is on.
    pub cursor: Cursor,
    /// The projects shown instead of the units.
    pub opened: Option<Opened>,
    /// The year asked for; none for the latest.
    year: Option<i32>,
    /// Whether the unit under the cursor is opened as soon as the plan is there: fast hands do not press twice.
    opens: bool,
    awaited: Option<Ticket>,
    awaited_projects: Option<Ticket>,
}

/// The projects of a unit, or of all.
#[derive(Debug, Default)]
pub struct Opened {
    /// The unit; none for all.
    pub unit: Option<String>,
    /// The projects, in the order of their codes.
    pub rows: Vec<PlanProject>,
    /// The project the cursor is on.
    pub cursor: Cursor,
    /// The marked ones.
    pub marks: Marks,
    /// Whether the projects are there.
    is_loaded: bool,
}

/// A line of the list of units: the name, none for all together, and where its projects stand.
pub type UnitLine<'p> = (Option<&'p str>, &'p Standing);

impl PlanScreen {
    /// Tells which keys work here.
    pub fn scope(&self) -> Scope {
        if self.opened.is_some() { Scope::PlanProjects } else { Scope::Plan }
    }

    /// Tells the year shown.
    pub fn year(&self) -> Option<i32> {
        self.year.or(self.view.as_ref().map(|view| view.year))
    }

    /// Lists the units, before them all of them together.
    pub fn lines(&self) -> Vec<UnitLine<'_>> {
        let Some(view) = &self.view else { return Vec::new() };
        let all = (view.units.len() > 1).then_some((None, &view.total));
        all.into_iter().chain(view.units.iter().map(|unit| (Some(unit.name.as_str()), &unit.standing))).collect()
    }

    /// Tells what the title row names.
    pub fn title(&self) -> String {
        let year = self.year().map(|year| format!("{year} ")).unwrap_or_default();
        match self.opened.as_ref().map(|opened| opened.unit.as_deref().unwrap_or("全部单位")) {
            Some(unit) => format!("{year}年度计划 > {unit}"),
            None => format!("{year}年度计划"),
        }
    }

    /// Tells what the status row says.
    pub fn status(&self) -> String {
        let (at, count) = match &self.opened {
            Some(opened) => (opened.cursor.at, opened.rows.len()),
            None => (self.cursor.at, self.lines().len()),
        };
        let place = if count == 0 { 0 } else { at + 1 };
        let marked = self.opened.as_ref().map(|opened| opened.marks.status()).unwrap_or_default();
        let loading = if self.awaited.is_some() || self.awaited_projects.is_some() { "  载入中" } else { "" };
        format!(" 年度计划  {place}/{count}{marked}{loading}")
    }
}

impl Opened {
    /// Lists what an action would be taken on: the marked projects, without marks the one under the cursor.
    pub fn targets(&self) -> Vec<Target> {
        match self.marks.is_empty() {
            true => self.rows.get(self.cursor.at).map(Target::from).into_iter().collect(),
            false => self.marks.targets().cloned().collect(),
        }
    }
}
