//! Entries on their way: handed over one after another, merged while they wait, kept until the database has them.

use std::collections::VecDeque;

use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::domain::workflow::action::Action;
use crate::service::command::{Act, Attend, Command, MeetingOrder, Note};
use crate::tui::effect::Ticket;

/// Something to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Fields of a sheet.
    Note(ProjectCode, Vec<(Field, String)>),
    /// Who came; nobody named means all who were not noted.
    Attend(ProjectCode, Vec<ExpertId>, Presence),
    /// An action of the workflow, with its input.
    Act(ProjectCode, Action, Vec<(String, String)>),
    /// Something about the meeting.
    Order(MeetingOrder),
}

impl Work {
    /// Makes the command.
    pub fn command(&self, terminal: &str) -> Command {
        match self {
            Work::Note(project, fields) => {
                Command::Note(Note { project: project.clone(), fields: fields.clone(), terminal: terminal.to_owned() })
            }
            Work::Attend(project, experts, presence) => Command::Attend(Attend {
                project: project.clone(),
                experts: experts.iter().map(ToString::to_string).collect(),
                presence: *presence,
                reason: String::new(),
                terminal: terminal.to_owned(),
            }),
            Work::Act(project, action, inputs) => Command::Act(Act {
                project: project.clone(),
                action: *action,
                inputs: inputs.iter().cloned().collect(),
                note: String::new(),
                attachments: Vec::new(),
                if_version: None,
            }),
            Work::Order(order) => Command::Meeting(order.clone()),
        }
    }
}

/// Entries on their way.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: VecDeque<Work>,
    flight: Option<(Ticket, Work)>,
    /// How often the one under way was tried because the database was busy.
    pub tries: u32,
}

impl Outbox {
    /// Tells whether everything arrived.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.flight.is_none()
    }

    /// Tells whether the database was busy and the entry waits to be tried again.
    pub fn is_held_up(&self) -> bool {
        self.tries > 0 && self.flight.is_none()
    }

    /// Takes something to be written. Only a text that was typed on replaces what waits of it: everything else that was
    /// entered gets a version of its own, however fast the next entry came.
    pub fn put(&mut self, work: Work) {
        if let (Some(Work::Note(of, waiting)), Work::Note(project, fields)) = (self.waiting.back_mut(), &work)
            && of == project
            && let ([(known, before)], [(field, value)]) = (waiting.as_mut_slice(), fields.as_slice())
            && known == field
            && field.is_long()
            && !before.is_empty()
            && value.starts_with(before.as_str())
        {
            before.clone_from(value);
            return;
        }
        self.waiting.push_back(work);
    }

    /// Takes the next one to hand over, where none is under way.
    pub fn take_to_send(&mut self, ticket: impl FnOnce() -> Ticket) -> Option<(Ticket, Work)> {
        if self.flight.is_some() {
            return None;
        }
        let work = self.waiting.pop_front()?;
        let ticket = ticket();
        self.flight = Some((ticket, work.clone()));
        Some((ticket, work))
    }

    /// Tells whether this answers the one under way.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.flight.as_ref().is_some_and(|(sent, _)| *sent == ticket)
    }

    /// The one under way was answered.
    pub fn answered(&mut self) -> Option<Work> {
        self.tries = 0;
        self.flight.take().map(|(_, work)| work)
    }

    /// The one under way could not be written now; it is tried again.
    pub fn put_back(&mut self) {
        if let Some((_, work)) = self.flight.take() {
            self.waiting.push_front(work);
            self.tries += 1;
        }
    }

    /// Lists what is on its way, the first one first.
    pub fn all(&self) -> impl Iterator<Item = &Work> {
        self.flight.iter().map(|(_, work)| work).chain(&self.waiting)
    }

    /// Gives everything up that waits, for the last time before the program ends.
    pub fn drain(&mut self) -> Vec<Work> {
        self.waiting.drain(..).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::effect::Tickets;

    fn note(field: Field, value: &str) -> Work {
        Work::Note(ProjectCode::typed("2026-001"), vec![(field, value.to_owned())])
    }

    #[test]
    fn a_text_typed_on_replaces_what_still_waits_and_never_what_was_handed_over() {
        let (mut outbox, mut tickets) = (Outbox::default(), Tickets::default());
        outbox.put(note(Field::ConclusionText, "一"));
        let (ticket, sent) = outbox.take_to_send(|| tickets.issue()).unwrap();
        assert_eq!(sent, note(Field::ConclusionText, "一"));
        outbox.put(note(Field::ConclusionText, "一、"));
        outbox.put(note(Field::ConclusionText, "一、可行"));
        assert!(outbox.take_to_send(|| tickets.issue()).is_none(), "the first is still on its way");
        assert!(outbox.awaits(ticket));
        outbox.put(note(Field::ConclusionText, "二、另议"));
        let mut next = || {
            outbox.answered();
            outbox.take_to_send(|| tickets.issue()).unwrap().1
        };
        assert_eq!(next(), note(Field::ConclusionText, "一、可行"));
        assert_eq!(next(), note(Field::ConclusionText, "二、另议"), "a version of its own");
    }

    #[test]
    fn what_the_busy_database_did_not_take_goes_first_again() {
        let (mut outbox, mut tickets) = (Outbox::default(), Tickets::default());
        outbox.put(note(Field::Conclusion, "pass"));
        outbox.put(Work::Order(MeetingOrder::End {
            meeting: crate::domain::meeting::MeetingCode { year: 2026, number: 1 },
        }));
        outbox.take_to_send(|| tickets.issue());
        outbox.put_back();
        assert!(outbox.is_held_up() && !outbox.is_empty());
        assert_eq!(outbox.take_to_send(|| tickets.issue()).unwrap().1, note(Field::Conclusion, "pass"));
    }
}
