//! Two editors at one checklist, ten thousand interleavings: whatever either wrote stands at the item or in its history.

use std::collections::BTreeSet;

use super::clash::{Clash, Part};
use super::judging::{Outbox, after};
use crate::domain::audit::Detail;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::service::batch::{BatchAnswer, BatchItem, Otherwise};
use crate::service::command::{Command, Done, ItemAnswer, VerdictChange};
use crate::service::error::Error;
use crate::service::view::audit::AuditList;
use crate::service::view::checklist::{Checklist, ChecklistView};
use crate::service::view::show::Show;
use crate::service::{OperationId, Service, Session};
use crate::tui::effect::Tickets;
use crate::tui::testing::{county, register, to_review};

const ITEMS: [&str; 3] = ["B01", "B02", "K01"];

/// Always the same numbers, so that a failure comes back.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A screen reduced to what decides about words: what it saw, and what is on its way.
struct Editor {
    session: Session,
    seen: ChecklistView,
    outbox: Outbox,
    tickets: Tickets,
    clashes: Vec<Clash>,
    written: usize,
}

impl Editor {
    fn new(service: &mut Service, code: &ProjectCode, account: &str) -> Editor {
        let session = Session { account: account.to_owned(), os_user: "os".to_owned() };
        let seen = service.ask(&session, Checklist { project: code.clone() }).unwrap();
        let (outbox, tickets) = (Outbox::default(), Tickets::default());
        Editor { session, seen, outbox, tickets, clashes: Vec::new(), written: 0 }
    }

    /// Writes a text nobody wrote before over what this screen shows.
    fn write(&mut self, dice: &mut Dice, said: &mut BTreeSet<String>) {
        self.written += 1;
        let text = format!("{}写{}。", self.session.account, self.written);
        said.insert(text.clone());
        let mut answer = ItemAnswer {
            item: ItemId::typed(ITEMS[dice.below(ITEMS.len())]),
            verdict: VerdictChange::Keep,
            remark: None,
            suggestion: None,
            basis: None,
            cite: None,
        };
        let text = Some(text);
        match dice.below(3) {
            0 => answer.remark = text,
            1 => answer.suggestion = text,
            _ => answer.basis = text,
        }
        let item = self.seen.items.iter_mut().find(|item| item.item.id == answer.item).unwrap();
        let base = item.judgement.take();
        item.judgement = after(base.clone(), &answer);
        self.outbox.put(answer, base);
    }

    /// Hands over what can be handed over; where somebody was ahead, lays it over what stands there now.
    fn send(&mut self, service: &mut Service) {
        let tickets = &mut self.tickets;
        let Some((_, answers)) = self.outbox.take_to_send(|| tickets.issue()) else { return };
        let project = self.seen.code.clone();
        let command = Command::Judge { project, answers, if_version: Some(self.seen.version) };
        match service.execute(&self.session, OperationId::new(), command) {
            Ok(receipt) => {
                let Done::Project { version, .. } = receipt.done else { panic!("{receipt:?}") };
                self.seen.version = version;
                self.outbox.done();
            }
            Err(Error::Conflict { .. }) => {
                self.outbox.conflicted();
                self.look(service);
            }
            Err(error) => panic!("{error:?}"),
        }
    }

    fn look(&mut self, service: &mut Service) {
        let mut fresh = service.ask(&self.session, Checklist { project: self.seen.code.clone() }).unwrap();
        self.clashes.extend(self.outbox.reconcile(&fresh).clashes);
        self.outbox.show_over(&mut fresh.items);
        self.seen = fresh;
    }

    /// Decides about a text both changed, as one of the four digits would.
    fn decide(&mut self, service: &mut Service, dice: &mut Dice) {
        let Some(clash) = self.clashes.pop() else { return };
        if dice.below(3) > 0 {
            let text = if dice.below(2) == 0 { clash.mine.clone() } else { clash.both() };
            let item = self.seen.items.iter_mut().find(|item| item.item.id == clash.item).unwrap();
            let base = item.judgement.take();
            let answer = clash.answer(text);
            item.judgement = after(base.clone(), &answer);
            return self.outbox.put(answer, base);
        }
        let judge = |text: &str, if_version| Command::Judge {
            project: self.seen.code.clone(),
            answers: vec![clash.answer(text.to_owned())],
            if_version,
        };
        let item = BatchItem::new(vec![judge(&clash.mine, Some(self.seen.version)), judge(&clash.theirs, None)]);
        let answers = service.execute_batch(&self.session, &[item], Otherwise::LeaveOut).unwrap();
        if matches!(answers.as_slice(), [BatchAnswer::Failed(_)]) {
            self.outbox.put_late(clash.answer(clash.mine.clone()), Some(clash.begun_with()));
        }
        self.look(service);
    }
}

#[test]
fn every_text_of_two_editors_is_in_place_or_in_the_history() {
    let mut service = county();
    let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
    to_review(&mut service, &code, "62.5");
    let mut editors = ["reviewer", "other"].map(|account| Editor::new(&mut service, &code, account));
    let (mut dice, mut said, mut asked) = (Dice(20261123), BTreeSet::new(), 0);
    for _ in 0..10_000 {
        let editor = &mut editors[dice.below(2)];
        match dice.below(8) {
            // One's own text is not written over before it left: whoever does that means the later one.
            0 | 1 if editor.outbox.is_empty() && editor.clashes.is_empty() => editor.write(&mut dice, &mut said),
            2..=4 => editor.send(&mut service),
            // Nothing is loaded under words on their way, as the screen does not either.
            5 if editor.outbox.is_empty() => editor.look(&mut service),
            6 => {
                asked += editor.clashes.len().min(1);
                editor.decide(&mut service, &mut dice);
            }
            _ => {}
        }
    }
    for _ in 0..50 {
        for editor in &mut editors {
            while !editor.clashes.is_empty() {
                editor.decide(&mut service, &mut dice);
            }
            editor.send(&mut service);
        }
    }
    assert!(editors.iter().all(|editor| editor.outbox.is_empty() && editor.clashes.is_empty()));
    let view = service.ask(&editors[0].session, Show { project: code }).unwrap();
    let auditor = Session { account: "auditor".to_owned(), os_user: "os".to_owned() };
    let all = AuditList { project: None, since_millis: 0, before: None, limit: 100_000 };
    let log = service.ask(&auditor, all).unwrap();
    let details = log.entries.iter().flat_map(|entry| entry.detail.iter().flat_map(Detail::iter).map(|(_, text)| text));
    let told: String = details.collect();
    let lost: Vec<&String> = said.iter().filter(|text| !told.contains(text.as_str())).collect();
    assert!(lost.is_empty(), "{} lost, such as {:?}", lost.len(), lost.first());
    assert!(said.len() > 1_000 && asked > 100, "{} texts, {asked} questions", said.len());
    // What stands there is what was written last, by whomever.
    for item in ITEMS {
        let stands = view.dossier.judgement(&ItemId::typed(item));
        assert!([Part::Remark, Part::Suggestion, Part::Basis].iter().any(|part| !part.of(stands).is_empty()));
    }
}
