//! The role card: the five keys a role needs today. Which commands, stands here; their keys stand in the key table.

use crate::domain::actor::Role;
use crate::tui::canvas::{Sheet, StyledLine};
use crate::tui::keymap::{Binding, Op, Scope, binding_of, in_force};
use crate::tui::state::State;
use crate::tui::width::Width;
use crate::wording::labels;

/// So many keys are learned at once.
const KEYS: usize = 5;

/// The commands a role lives by, the first one first.
const fn commands(role: Role) -> [Op; KEYS] {
    match role {
        Role::Unit => [Op::Open, Op::Declaration, Op::Menu, Op::Import, Op::Filter],
        Role::Supervisor => [Op::Open, Op::Menu, Op::Plan, Op::Import, Op::Filter],
        Role::Intake => [Op::Import, Op::Open, Op::Menu, Op::Plan, Op::Filter],
        Role::Reviewer => [Op::Claim, Op::Open, Op::Remark, Op::NextUnfinished, Op::Menu],
        Role::Lead => [Op::Open, Op::Plan, Op::Opinions, Op::Menu, Op::Filter],
        Role::Signer => [Op::Open, Op::Opinions, Op::Menu, Op::History, Op::Filter],
        Role::PanelSecretary => [Op::Meetings, Op::Open, Op::TakeSeat, Op::SignAll, Op::Papers],
        Role::Planning | Role::Finance => [Op::Open, Op::Menu, Op::Plan, Op::Stats, Op::Filter],
        Role::Cyberspace => [Op::Open, Op::Menu, Op::Findings, Op::History, Op::Filter],
        Role::Oversight => [Op::Open, Op::Findings, Op::History, Op::Stats, Op::Filter],
        Role::Sysadmin | Role::Secadmin | Role::Auditor => [Op::Help, Op::Palette, Op::Rulebook, Op::Refresh, Op::Back],
    }
}

/// Lists the five of somebody with several roles: in turns, the first of each role first.
pub fn of(roles: impl IntoIterator<Item = Role> + Clone) -> Vec<Op> {
    let mut chosen = Vec::new();
    for at in 0..KEYS {
        for role in roles.clone() {
            let op = commands(role).into_iter().nth(at);
            if let Some(op) = op.filter(|op| !chosen.contains(op)) {
                chosen.push(op);
            }
        }
    }
    chosen.truncate(KEYS);
    chosen
}

/// Tells where a command is met first.
fn place(binding: &Binding) -> Option<Scope> {
    let in_queue = binding.scopes.iter().find(|scope| **scope == Scope::Queue);
    in_queue.or(binding.scopes.first()).copied()
}

/// Writes the card.
pub fn write(state: &State, width: Width, sheet: &mut Sheet) {
    let theme = sheet.theme();
    let roles: Vec<&str> = state.me.roles.iter().map(|role| labels::role(*role)).collect();
    sheet.text(0, &format!("{}：{}", state.me.name, roles.join("、")), theme.heading());
    sheet.blank();
    for op in of(state.me.roles.iter().copied()) {
        let Some((binding, place)) = binding_of(op).and_then(|binding| Some((binding, place(binding)?))) else {
            continue;
        };
        let keys = width.pad(&in_force().all_keys(place, binding), 9);
        let place = width.pad(place.name(), 12);
        let word = width.pad(binding.word, 10);
        let text = format!("{keys} {word} {place} {}", binding.explained);
        sheet.lines.push(StyledLine { text, style: theme.plain() });
    }
    sheet.blank();
    let help = super::pages::without_letters(Op::Help);
    let palette = super::pages::without_letters(Op::Palette);
    sheet.text(0, &format!("忘了按键：{help} 看此处全部按键；{palette} 按中文名称找命令。"), theme.plain());
}
