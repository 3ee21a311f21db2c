//! Entries on their way, shown before they arrive: a secretary sees the vote with the key, not with the disk.

use super::{Session, Work};
use crate::domain::actor::Actor;
use crate::domain::meeting::sheet::{Field, Noted};
use crate::domain::panel::attendance::{Attendance, Presence};
use crate::domain::panel::recusal::{Ground, Recusal};
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::record::Hand;
use crate::service::view::meeting::ItemView;

/// Lays everything on its way over the picture.
pub fn show_over(session: &mut Session, me: &Actor) {
    let Some(view) = &mut session.view else { return };
    let by = Hand { account: me.id, name: me.name.clone(), at: view.now };
    let Some(item) = view.item.as_deref_mut() else { return };
    for work in session.outbox.all() {
        show(item, work, &by);
    }
    item.recount();
}

/// Lays one entry over the picture.
pub fn show_one(session: &mut Session, me: &Actor, work: &Work) {
    let Some(view) = &mut session.view else { return };
    let by = Hand { account: me.id, name: me.name.clone(), at: view.now };
    if let Some(item) = view.item.as_deref_mut() {
        show(item, work, &by);
        item.recount();
    }
}

fn show(item: &mut ItemView, work: &Work, by: &Hand) {
    match work {
        Work::Note(project, fields) if *project == item.code => {
            for (field, value) in fields {
                put(item, *field, value, by);
            }
        }
        Work::Attend(project, experts, presence) if *project == item.code => {
            let expected = |expert| item.panel.presence(expert) == Presence::Expected;
            let members: Vec<_> = match experts.is_empty() {
                true => item.panel.seats().iter().map(|seat| seat.expert).filter(|id| expected(*id)).collect(),
                false => experts.clone(),
            };
            let entry = |expert| Attendance { expert, presence: *presence, reason: String::new(), by: by.clone() };
            item.panel.attendance.extend(members.into_iter().map(entry));
        }
        Work::Act(project, Action::DeclareRecusal, inputs) if *project == item.code => {
            let of = |key: Key| inputs.iter().find(|(name, _)| name == key.code()).map_or("", |(_, value)| value);
            let ground = Ground::parse(of(Key::Ground));
            let seat = item.panel.seat(of(Key::Expert)).map(|seat| (seat.expert, seat.name.clone()));
            if let (Some(ground), Some((expert, name))) = (ground, seat) {
                let text = of(Key::Reason).to_owned();
                item.panel.recusals.push(Recusal { expert, name, ground, text, by: by.clone() });
            }
        }
        _ => {}
    }
}

fn put(item: &mut ItemView, field: Field, value: &str, by: &Hand) {
    let value = field.read(value).unwrap_or_else(|_| value.to_owned());
    if item.sheet.get(field) != value {
        let version = item.sheet.noted(field).map_or(0, |noted| noted.version) + 1;
        item.sheet.put(field, Noted { value, version, by: by.clone() });
    }
}
