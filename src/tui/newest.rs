//! Which question of a kind is the newest: what is typed overtakes what was asked before, even while that is being answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::effect::{Question, Ticket};

/// How many kinds of question are overtaken by their like.
pub const KINDS: usize = 11;

/// The newest ticket of each kind, shared by the loop that asks and the thread that answers.
#[derive(Debug, Clone, Default)]
pub struct Newest([Arc<AtomicU64>; KINDS]);

/// A question that may be overtaken.
#[derive(Debug, Clone)]
pub struct Overtakable {
    newest: Arc<AtomicU64>,
    own: u64,
}

impl Overtakable {
    /// Tells whether a later question was asked, so that nobody waits for this answer.
    pub fn is_overtaken(&self) -> bool {
        self.newest.load(Ordering::Relaxed) > self.own
    }
}

impl Newest {
    /// Notes that a question is about to be asked.
    pub fn note(&self, ticket: Ticket, question: &Question) {
        if let Some(slot) = question.kind().and_then(|kind| self.0.get(kind)) {
            slot.fetch_max(ticket.number(), Ordering::Relaxed);
        }
    }

    /// Notes that whatever was asked for the line of the list before this ticket is waited for no more.
    pub fn overtake_the_line(&self, ticket: Ticket) {
        for slot in Question::OF_THE_LINE.iter().filter_map(|kind| self.0.get(*kind)) {
            slot.fetch_max(ticket.number(), Ordering::Relaxed);
        }
    }

    /// Follows a question while it is answered; nothing for one that is answered whatever comes after it.
    pub fn follow(&self, ticket: Ticket, question: &Question) -> Option<Overtakable> {
        let newest = Arc::clone(self.0.get(question.kind()?)?);
        Some(Overtakable { newest, own: ticket.number() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::effect::Tickets;

    #[test]
    fn a_key_in_the_line_overtakes_what_was_asked_for_it_and_nothing_else() {
        let (newest, mut tickets) = (Newest::default(), Tickets::default());
        let (first, key, later) = (tickets.issue(), tickets.issue(), tickets.issue());
        let totals = || Question::Totals { source: crate::tui::effect::Source::Everything, filters: Vec::new() };
        newest.note(first, &totals());
        let asked = newest.follow(first, &totals()).unwrap();
        let views = newest.follow(first, &Question::Views).unwrap();
        assert!(!asked.is_overtaken());
        newest.overtake_the_line(key);
        assert!(asked.is_overtaken() && !views.is_overtaken());
        assert!(!newest.follow(later, &totals()).unwrap().is_overtaken());
    }

    #[test]
    fn a_question_is_overtaken_by_a_later_one_of_its_kind_alone() {
        let (newest, mut tickets) = (Newest::default(), Tickets::default());
        let (first, second, third) = (tickets.issue(), tickets.issue(), tickets.issue());
        newest.note(first, &Question::Counts);
        let counts = newest.follow(first, &Question::Counts).unwrap();
        newest.note(second, &Question::Views);
        assert!(!counts.is_overtaken());
        newest.note(third, &Question::Counts);
        assert!(counts.is_overtaken());
        assert!(newest.follow(third, &Question::RemoveView(7)).is_none(), "what writes is never given up");
    }
}
