//! 项目审查 — one project: what was declared, what may be done, the checklist, the findings, the opinions,
//! what happened.

mod arriving;
mod checklist;
mod clash;
#[cfg(test)]
mod clash_tests;
mod disposing;
mod editing;
mod findings;
#[cfg(test)]
mod findings_tests;
#[cfg(test)]
mod interleaving_tests;
mod judging;
mod pages;
mod panel;
#[cfg(test)]
mod panel_tests;
#[cfg(test)]
mod pool_tests;
mod rounds;
#[cfg(test)]
mod rounds_tests;
mod rules;
mod tabs;
#[cfg(test)]
mod tests;
mod undoing;
#[cfg(test)]
mod undoing_tests;
mod update;
mod verdict;
#[cfg(test)]
mod verdict_tests;
mod view;
mod walk;
pub mod words;

pub use arriving::{answer, news};
pub use clash::{Clash, Part, blank, with_text};
pub use disposing::{dispose, finding_to_decide};
pub use editing::{declares, edit_declaration, why_not_edit};
pub use findings::place as finding_place;
pub use judging::Outbox;
pub use rounds::write as write_lines;
pub use rules::{ordered, why_not};
pub use update::{awaits, close, execute_action, load, open, open_with_action, open_with_menu, show_pane, take_op};
pub use verdict::{is_unfinished, judge, judge_over, take_digit, why_not_judge};
pub use view::{plain_lines, render};
pub use walk::{lacks_answers, show_checklist_item, show_first_gap};

use std::collections::VecDeque;

use crate::domain::checklist::Dimension;
use crate::domain::ids::ProjectCode;
use crate::domain::workflow::action::Action;
use crate::service::view::checklist::ItemView;
use crate::service::view::show::ProjectView;
use crate::tui::effect::Ticket;
use crate::tui::keymap::Scope;
use crate::tui::widget::finding::Decision;

/// From where a menu was asked for; the queue's offers the import as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuOf {
    /// None: the form of this action.
    Action(Action),
    /// The queue.
    Queue,
    /// The project itself.
    Project,
}

/// A view of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// 概况.
    Overview,
    /// 规则与条件.
    Rules,
    /// 技术评审清单.
    Checklist,
    /// 疑点.
    Findings,
    /// 意见.
    Opinions,
    /// 历史.
    History,
    /// 轮次.
    Rounds,
    /// 专家.
    Panel,
}

impl Pane {
    /// Every pane, in the order of Tab.
    pub const ALL: [Pane; 8] = [
        Pane::Overview,
        Pane::Rules,
        Pane::Checklist,
        Pane::Findings,
        Pane::Opinions,
        Pane::History,
        Pane::Rounds,
        Pane::Panel,
    ];

    /// Names the pane.
    pub const fn name(self) -> &'static str {
        match self {
            Pane::Overview => "概况",
            Pane::Rules => "规则与条件",
            Pane::Checklist => "技术评审清单",
            Pane::Findings => "疑点",
            Pane::Opinions => "意见",
            Pane::History => "历史",
            Pane::Panel => "专家",
            Pane::Rounds => "轮次",
        }
    }

    /// Names the pane where there is little room.
    pub const fn brief(self) -> &'static str {
        match self {
            Pane::Rules => "条件",
            Pane::Checklist => "清单",
            _ => self.name(),
        }
    }

    /// Tells its place in the order of Tab.
    pub fn index(self) -> usize {
        Pane::ALL.iter().position(|pane| *pane == self).unwrap_or(0)
    }
}

/// The screen.
#[derive(Debug)]
pub struct Project {
    /// Which project.
    pub code: ProjectCode,
    /// What was loaded.
    pub view: Option<Box<ProjectView>>,
    /// The view shown.
    pub pane: Pane,
    /// For each view, the first line on the screen.
    pub top: [usize; 8],
    /// The action under the cursor.
    pub action: usize,
    /// The item under the cursor.
    pub item: usize,
    /// The finding under the cursor.
    pub finding: usize,
    /// The first line of the details beside a list.
    pub details_top: usize,
    /// The rounds.
    pub rounds: rounds::Rounds,
    /// Answers on their way.
    pub outbox: Outbox,
    /// Texts that somebody else changed as well, to be decided one after another.
    pub clashes: VecDeque<Clash>,
    /// Mine, on its way into the history before theirs.
    pub giving_way: Option<(Ticket, Clash)>,
    /// Its version as last heard of.
    pub version: i64,
    /// Whether the menu of actions opens as soon as the project is there.
    wants_menu: Option<MenuOf>,
    /// Whether the view shown was chosen by the person rather than by the stage.
    chose_pane: bool,
    awaited_view: Option<Ticket>,
    acting: Option<(Ticket, Action)>,
    editing: Option<Ticket>,
    disposing: Option<(Ticket, Decision)>,
    undoing: Option<Ticket>,
    /// An undo, or its undo, that waits until everything is stored.
    wants_undo: Option<bool>,
}

impl Project {
    /// Tells whether what is shown is what is stored: nothing is on its way.
    pub fn is_settled(&self) -> bool {
        self.awaited_view.is_none() && self.is_saved()
    }

    /// Tells whether its view is there and no other is on its way.
    pub fn awaits_nothing(&self) -> bool {
        self.awaited_view.is_none()
    }

    /// Tells whether nothing that was written here is still on its way or undecided.
    pub fn is_saved(&self) -> bool {
        self.outbox.is_empty() && self.clashes.is_empty() && self.giving_way.is_none()
    }

    /// Remembers a menu that was asked for before the project was there.
    pub fn want_menu(&mut self, of: MenuOf) {
        self.wants_menu = Some(of);
    }

    fn new(code: ProjectCode) -> Project {
        Project {
            code,
            view: None,
            pane: Pane::Overview,
            top: [0; 8],
            action: 0,
            item: 0,
            finding: 0,
            details_top: 0,
            rounds: rounds::Rounds::default(),
            outbox: Outbox::default(),
            clashes: VecDeque::new(),
            giving_way: None,
            version: 0,
            wants_menu: None,
            chose_pane: false,
            awaited_view: None,
            acting: None,
            editing: None,
            disposing: None,
            undoing: None,
            wants_undo: None,
        }
    }

    /// Tells which keys work here.
    pub fn scope(&self) -> Scope {
        match self.pane {
            Pane::Rules => Scope::Rules,
            Pane::Checklist => Scope::Checklist,
            Pane::Rounds => Scope::Rounds,
            Pane::Findings => Scope::Findings,
            Pane::Overview | Pane::Opinions | Pane::History | Pane::Panel => Scope::Page,
        }
    }

    /// Lists the items asked of the project, by dimension.
    pub fn items(&self) -> Vec<&ItemView> {
        self.view.as_deref().map(items_of).unwrap_or_default()
    }

    /// Tells whether an action is being executed, a declaration saved or a finding decided about.
    pub fn is_acting(&self) -> bool {
        self.acting.is_some() || self.editing.is_some() || self.disposing.is_some() || self.undoing.is_some()
    }
}

/// Lists the items asked of a project, by dimension.
pub fn items_of(view: &ProjectView) -> Vec<&ItemView> {
    let asked = |dimension: &Dimension| view.checklist.of_dimension(*dimension).filter(|item| item.applicable);
    Dimension::ALL.iter().flat_map(asked).collect()
}
