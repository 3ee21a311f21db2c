//! Answers to checklist items on their way: shown at once, sent one command after another.
//!
//! Every answer raises the project's version, so the next one can only be sent when the last was done. What is typed
//! meanwhile waits and goes as one command. Where somebody else wrote in between, texts that were left alone are sent
//! again; where the same text was changed, the person decides and nothing is overwritten.

use super::clash::{self, Clash};
use crate::domain::checklist::{Judgement, Verdict};
use crate::domain::ids::ItemId;
use crate::service::command::{ItemAnswer, VerdictChange};
use crate::service::view::checklist::{ChecklistView, ItemView};
use crate::tui::effect::Ticket;

/// An answer, and what stood there when it was given.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    answer: ItemAnswer,
    base: Option<Judgement>,
}

/// What became of answers that somebody was ahead of.
#[derive(Debug, Default)]
pub struct Reconciled {
    /// Items that are not asked any more.
    pub lost: Vec<ItemId>,
    /// Texts that both changed.
    pub clashes: Vec<Clash>,
}

/// Answers on their way.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: Vec<Given>,
    sent: Option<(Ticket, Vec<Given>)>,
    refused: Vec<Given>,
}

impl Outbox {
    /// Tells whether nothing is on its way.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.sent.is_none() && self.refused.is_empty()
    }

    /// Tells whether a ticket is that of the command on its way.
    pub fn awaits(&self, ticket: Ticket) -> bool {
        self.sent.as_ref().is_some_and(|(sent, _)| *sent == ticket)
    }

    /// Takes an answer to send.
    pub fn put(&mut self, answer: ItemAnswer, base: Option<Judgement>) {
        match self.waiting.iter_mut().find(|given| given.answer.item == answer.item) {
            Some(given) => given.answer = merged(&given.answer, answer),
            None => self.waiting.push(Given { answer, base }),
        }
    }

    /// Takes an answer written over what does not stand there any more: it is reconciled before it is sent.
    pub fn put_late(&mut self, answer: ItemAnswer, base: Option<Judgement>) {
        self.refused.push(Given { answer, base });
    }

    /// Hands over what can be sent now, as one command.
    pub fn take_to_send(&mut self, ticket: impl FnOnce() -> Ticket) -> Option<(Ticket, Vec<ItemAnswer>)> {
        if self.sent.is_some() || self.waiting.is_empty() || !self.refused.is_empty() {
            return None;
        }
        let given = std::mem::take(&mut self.waiting);
        let answers = given.iter().map(|given| given.answer.clone()).collect();
        let ticket = ticket();
        self.sent = Some((ticket, given));
        Some((ticket, answers))
    }

    /// Notes that what was sent is done; the answers waiting build on it.
    /// Tells the items of which nothing waits any more.
    pub fn done(&mut self) -> Vec<ItemId> {
        let Some((_, sent)) = self.sent.take() else { return Vec::new() };
        let mut settled = Vec::new();
        for given in sent {
            match self.waiting.iter_mut().find(|later| later.answer.item == given.answer.item) {
                Some(later) => later.base = after(later.base.take(), &given.answer),
                None => settled.push(given.answer.item),
            }
        }
        settled
    }

    /// Notes that somebody wrote first; [`Outbox::reconcile`] decides once the project is loaded anew.
    pub fn conflicted(&mut self) {
        if let Some((_, sent)) = self.sent.take() {
            self.refused = sent;
        }
    }

    /// Gives up what was sent and what waits behind it; tells how many answers.
    pub fn give_up(&mut self) -> usize {
        let sent = self.sent.take().map_or(0, |(_, sent)| sent.len());
        sent + std::mem::take(&mut self.waiting).len() + std::mem::take(&mut self.refused).len()
    }

    /// Lays what was refused over what stands there now, text by text: what others left alone is sent again; what they
    /// changed as well is told, and nothing of it is written until the person decided.
    pub fn reconcile(&mut self, fresh: &ChecklistView) -> Reconciled {
        let mut told = Reconciled::default();
        let refused = std::mem::take(&mut self.refused);
        for Given { answer, base } in refused.into_iter().rev() {
            let later = self.waiting.iter().position(|later| later.answer.item == answer.item);
            let answer = match later.map(|at| self.waiting.remove(at)) {
                Some(later) => merged(&answer, later.answer),
                None => answer,
            };
            match fresh.items.iter().find(|item| item.item.id == answer.item && item.applicable) {
                None => told.lost.push(answer.item),
                Some(item) => {
                    let now = item.judgement.clone();
                    let (free, clashes) = clash::part(answer, base.as_ref(), now.as_ref());
                    told.clashes.extend(clashes);
                    if let Some(answer) = free {
                        self.waiting.insert(0, Given { answer, base: now });
                    }
                }
            }
        }
        told.lost.reverse();
        told
    }

    /// Shows the answers on their way over a freshly loaded checklist.
    pub fn show_over(&self, items: &mut [ItemView]) {
        let sent = self.sent.iter().flat_map(|(_, given)| given);
        for given in sent.chain(&self.waiting) {
            if let Some(item) = items.iter_mut().find(|item| item.item.id == given.answer.item) {
                item.judgement = after(item.judgement.take(), &given.answer);
            }
        }
    }
}

/// Lays a later answer over an earlier one to the same item.
fn merged(earlier: &ItemAnswer, later: ItemAnswer) -> ItemAnswer {
    if later.verdict == VerdictChange::Clear {
        return later;
    }
    let verdict = if later.verdict == VerdictChange::Keep { earlier.verdict } else { later.verdict };
    ItemAnswer {
        verdict,
        remark: later.remark.or(earlier.remark.clone()),
        suggestion: later.suggestion.or(earlier.suggestion.clone()),
        basis: later.basis.or(earlier.basis.clone()),
        cite: later.cite.or(earlier.cite.clone()),
        item: later.item,
    }
}

/// Tells what stands at an item after an answer.
pub(super) fn after(before: Option<Judgement>, answer: &ItemAnswer) -> Option<Judgement> {
    let verdict = match answer.verdict {
        VerdictChange::Clear => return None,
        VerdictChange::Keep => before.as_ref().and_then(|judgement| judgement.verdict),
        VerdictChange::Set(verdict) => Some(verdict),
    };
    let text = |given: &Option<String>, old: fn(&Judgement) -> &String| {
        given.clone().or_else(|| before.as_ref().map(|judgement| old(judgement).clone())).unwrap_or_default()
    };
    Some(Judgement {
        item: answer.item.clone(),
        verdict,
        remark: text(&answer.remark, |judgement| &judgement.remark),
        suggestion: text(&answer.suggestion, |judgement| &judgement.suggestion),
        basis: text(&answer.basis, |judgement| &judgement.basis),
        cite: text(&answer.cite, |judgement| &judgement.cite),
    })
}

/// Makes the answer a digit stands for.
pub(super) fn answer_of_digit(item: ItemId, digit: u8) -> Option<ItemAnswer> {
    let verdict = match digit {
        0 => VerdictChange::Clear,
        1 => VerdictChange::Set(Verdict::Pass),
        2 => VerdictChange::Set(Verdict::Fail),
        3 => VerdictChange::Set(Verdict::Doubt),
        4 => VerdictChange::Set(Verdict::NotApplicable),
        _ => return None,
    };
    Some(ItemAnswer { item, verdict, remark: None, suggestion: None, basis: None, cite: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::effect::Tickets;

    fn answer(item: &str, digit: u8) -> ItemAnswer {
        answer_of_digit(ItemId::typed(item), digit).unwrap()
    }

    #[test]
    fn answers_go_one_command_after_another_and_nothing_is_left_behind() {
        let mut tickets = Tickets::default();
        let mut outbox = Outbox::default();
        outbox.put(answer("K01", 1), None);
        let (ticket, sent) = outbox.take_to_send(|| tickets.issue()).unwrap();
        assert_eq!(sent, [answer("K01", 1)]);
        outbox.put(answer("K02", 1), None);
        outbox.put(answer("K03", 2), None);
        assert!(outbox.take_to_send(|| tickets.issue()).is_none(), "the first is still on its way");
        assert!(outbox.awaits(ticket));
        outbox.done();
        let (_, sent) = outbox.take_to_send(|| tickets.issue()).unwrap();
        assert_eq!(sent, [answer("K02", 1), answer("K03", 2)]);
        outbox.done();
        assert!(outbox.is_empty());
    }

    #[test]
    fn a_remark_and_a_verdict_to_the_same_item_become_one_answer() {
        let mut outbox = Outbox::default();
        let remark = ItemAnswer { verdict: VerdictChange::Keep, remark: Some("缺密评".into()), ..answer("K01", 2) };
        outbox.put(answer("K01", 2), None);
        outbox.put(remark, None);
        let (_, sent) = outbox.take_to_send(|| Tickets::default().issue()).unwrap();
        assert_eq!(sent, [ItemAnswer { remark: Some("缺密评".into()), ..answer("K01", 2) }]);
    }
}
