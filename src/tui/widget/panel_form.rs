//! What the forms of the expert panel begin with: nobody types a name the program knows.

use std::collections::BTreeMap;

use crate::domain::panel::recusal::Declared;
use crate::domain::panel::{Fix, Panel, Seat};
use crate::domain::workflow::action::{Action, Key};
use crate::service::view::show::ProjectView;

/// Lists what is on offer, number and name: the members where one of them is meant, the fixes that are open where one is
/// closed, else the experts in use.
pub fn offered(view: &ProjectView, action: Action) -> Vec<(String, String)> {
    let seats = view.dossier.panel().map_or(&[][..], Panel::seats);
    match action {
        Action::RecordExpertOpinion => {
            // Whoever has not signed yet comes first.
            let signed = |seat: &&Seat| view.panel_progress.iter().any(|(name, signed)| *signed && *name == seat.name);
            let (done, open): (Vec<&Seat>, Vec<&Seat>) = seats.iter().partition(signed);
            open.into_iter().chain(done).map(|seat| (seat.expert.to_string(), seat.name.clone())).collect()
        }
        Action::CloseFix => {
            let today = view.now.date_naive();
            let fix = |fix: &Fix| {
                let late = fix.days_late(today).map(|days| format!("，逾期 {days} 天")).unwrap_or_default();
                (fix.number.to_string(), format!("{}（{}，{}{late}）", fix.text, fix.responsible, fix.due))
            };
            view.dossier.panel().map(|panel| panel.open_fixes().map(fix).collect()).unwrap_or_default()
        }
        _ => {
            let pool = view.dossier.pool.iter().filter(|expert| expert.active);
            pool.map(|expert| (expert.id.to_string(), expert.name.clone())).collect()
        }
    }
}

/// Fills in what is known: the members drawn or listed so far, the names of those who sign, the fix
/// where only one is left.
pub fn defaults(view: &ProjectView, action: Action) -> BTreeMap<Key, String> {
    let mut known = BTreeMap::new();
    let Some(panel) = view.dossier.panel() else { return known };
    match action {
        Action::FormPanel => {
            let listed = panel.seats().iter().map(member).collect::<Vec<_>>();
            match panel.draws.last().filter(|_| listed.is_empty()) {
                Some(draw) => {
                    let line = |(_, name): &(_, String)| format!("{name}|成员|{}", word(Declared::Pending));
                    known.insert(Key::Members, draw.members.iter().map(line).collect::<Vec<_>>().join("\n"));
                    known.insert(Key::Selection, "drawn".to_owned());
                    known.insert(Key::DrawSeed, draw.seed.clone());
                }
                None => {
                    known.insert(Key::Members, listed.join("\n"));
                }
            }
        }
        Action::DrawPanel => {
            let rules = &view.policy.panel;
            let size = crate::domain::panel::composition::smallest(&view.dossier.project, rules);
            known.insert(Key::Size, size.to_string());
        }
        Action::ConcludePanel => {
            let names: Vec<&str> = panel.seats().iter().map(|seat| seat.name.as_str()).collect();
            known.insert(Key::SignedBy, names.join("\n"));
        }
        Action::CloseFix => {
            // Of several nobody closes the first unseen: the list is what the form opens on.
            let mut open = panel.open_fixes();
            if let (Some(fix), None) = (open.next(), open.next()) {
                known.insert(Key::Fix, fix.number.to_string());
            }
        }
        _ => {}
    }
    known
}

fn member(seat: &Seat) -> String {
    format!("{}|{}|{}", seat.name, if seat.chair { "组长" } else { "成员" }, word(seat.declaration))
}

/// What is typed for a declaration: Chinese like the rest of the line; the gate reads it as it reads the code.
const fn word(declared: Declared) -> &'static str {
    match declared {
        Declared::Clear => "无回避",
        Declared::Recuse => "回避",
        Declared::Pending => "未声明",
    }
}
