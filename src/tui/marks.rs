//! Marks on the projects of a list, by their codes: they stay where they are however the list is loaded again, sorted,
//! filtered or changed by others. The queue and the yearly plan share them.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::domain::ids::ProjectCode;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::service::view::plan::PlanProject;
use crate::service::view::row::ProjectRow;
use crate::tui::keymap::{Op, key_name};

/// As many can be marked at once: what is checked one by one is to be read one by one.
pub const MOST: usize = 500;

/// A project as something is done with it, as it was seen last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub stage: Stage,
    /// Its version.
    pub version: i64,
    /// For which actions it waits for the account.
    pub waiting: Vec<Action>,
}

impl From<&ProjectRow> for Target {
    fn from(row: &ProjectRow) -> Target {
        Target {
            code: row.code.clone(),
            name: crate::wording::destruction::name(&row.name).to_owned(),
            stage: row.stage,
            version: row.version,
            waiting: row.waiting.iter().map(|(_, action)| *action).collect(),
        }
    }
}

impl From<&Target> for Target {
    fn from(target: &Target) -> Target {
        target.clone()
    }
}

impl From<&PlanProject> for Target {
    fn from(row: &PlanProject) -> Target {
        let (code, name, waiting) = (row.code.clone(), row.name.clone(), row.waiting.clone());
        Target { code, name, stage: row.stage, version: row.version, waiting }
    }
}

/// The marked projects.
#[derive(Debug, Default)]
pub struct Marks {
    marked: BTreeMap<ProjectCode, Target>,
    /// Where a stretch begins.
    anchor: Option<ProjectCode>,
}

/// What became of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// It begins at this project.
    Begun(ProjectCode),
    /// It is marked; so many had no room.
    Marked(usize, usize),
    /// Its other end, or something between, is not in the list as it is loaded.
    Unknown,
}

impl Marks {
    /// Counts them.
    pub fn len(&self) -> usize {
        self.marked.len()
    }

    /// Tells whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty()
    }

    /// Tells whether a project is marked.
    pub fn has(&self, code: &ProjectCode) -> bool {
        self.marked.contains_key(code)
    }

    /// Lists the marked ones, in the order of their codes.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.marked.values()
    }

    /// Marks a project, or takes its mark away; tells whether there was room.
    pub fn turn(&mut self, target: Target) -> bool {
        self.anchor = None;
        match self.marked.remove(&target.code) {
            Some(_) => true,
            None => self.add([target]) == 0,
        }
    }

    /// Marks further ones as far as there is room; tells how many had none.
    pub fn add(&mut self, targets: impl IntoIterator<Item = Target>) -> usize {
        let mut left = 0;
        for target in targets {
            match self.marked.len() < MOST || self.has(&target.code) {
                true => drop(self.marked.insert(target.code.clone(), target)),
                false => left += 1,
            }
        }
        left
    }

    /// Takes all marks away.
    pub fn clear(&mut self) {
        *self = Marks::default();
    }

    /// Takes the marks away from those not wanted.
    pub fn retain(&mut self, wanted: impl Fn(&ProjectCode) -> bool) {
        self.marked.retain(|code, _| wanted(code));
    }

    /// Learns how marked projects stand by now; who is not marked does not become so.
    pub fn learn<'t, T: 't>(&mut self, seen: impl IntoIterator<Item = &'t T>)
    where
        Target: From<&'t T>,
    {
        for target in seen.into_iter().map(Target::from) {
            if let Some(known) = self.marked.get_mut(&target.code) {
                *known = target;
            }
        }
    }

    /// Learns that somebody else changed a marked project.
    pub fn learn_version(&mut self, code: &ProjectCode, version: i64) {
        if let Some(known) = self.marked.get_mut(code) {
            known.version = version;
        }
    }

    /// Begins a stretch at a place of the list, or marks everything between its beginning and that place.
    pub fn stretch(
        &mut self,
        here: usize,
        place_of: impl Fn(&ProjectCode) -> Option<usize>,
        at: impl Fn(usize) -> Option<Target>,
    ) -> Stretch {
        let Some(begun) = self.anchor.take() else {
            let Some(target) = at(here) else { return Stretch::Unknown };
            self.anchor = Some(target.code.clone());
            return Stretch::Begun(target.code);
        };
        let Some(there) = place_of(&begun) else { return Stretch::Unknown };
        let Some(between) = (here.min(there)..=here.max(there)).map(at).collect::<Option<Vec<Target>>>() else {
            return Stretch::Unknown;
        };
        let count = between.len();
        let left = self.add(between);
        Stretch::Marked(count - left, left)
    }

    /// Tells what the status row says about them.
    pub fn status(&self) -> String {
        if self.is_empty() { String::new() } else { format!("  标记 {}", self.len()) }
    }
}

/// Says that no further project can be marked.
pub fn full() -> String {
    format!("最多标记 {MOST} 个，请先办理已标记的，或按 {} 全部取消", key_name(Op::MarkNone))
}

/// Says that so many are marked and so many had no room.
pub fn cut(marked: usize, left: usize) -> String {
    format!("最多标记 {MOST} 个：现已标记 {marked} 个，还有 {left} 个未标记，请分批办理")
}

/// Says what became of a stretch.
pub fn said(stretch: &Stretch) -> String {
    match stretch {
        Stretch::Begun(code) => format!("从 {code} 起：移到另一端，再按 {} 标记其间各行", key_name(Op::MarkRange)),
        Stretch::Marked(count, 0) => format!("已标记这一段 {count} 个项目"),
        Stretch::Marked(count, left) => cut(*count, *left),
        Stretch::Unknown => "两端之间有没载入的项目，未标记；请缩短一段，或者筛选后全标".to_owned(),
    }
}
