//! What was typed and is not in the database: one place for every form and text field of the screens.
//!
//! A form that is opened through [`present`] is a draft as soon as its text differs from what it held. After every
//! message [`keep`] compares the open form with what the journal was last told and asks for the difference to be
//! written, which the runner does before the next frame is drawn. A draft ends with the receipt of what it became, or
//! when it is given up; leaving a form, or the program, does not end it.
//!
//! | file | what |
//! |---|---|
//! | `subject` | which form a draft belongs to, and what people call it |
//! | `arrival` | going to the screen of a draft, and what a draft that was found looks like there |
//! | `keeper` | the journal behind it, for whoever performs effects |

mod arrival;
mod keeper;
mod subject;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use arrival::others_changed;
pub use arrival::{arrive, begin, present, put_back, resume};
pub use keeper::Keeper;
pub use subject::{Topic, name, trouble};

use super::effect::Effect;
use super::journal::{Base, Content, Found, Subject, Trouble};
use super::state::State;
use crate::domain::calendar::Moment;

/// After so many seconds without the disk's word it is time to worry.
pub const WORRYING: u32 = 10;

/// What is to be done in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Has the file of a form say what it holds.
    Keep {
        /// The form.
        subject: Subject,
        /// On what the draft rests.
        base: Base,
        /// What the form holds.
        content: Box<Content>,
    },
    /// Notes that a form was left.
    Rest(Subject),
    /// Lets a draft go: it is in the database, or says nothing new.
    Finish(Subject),
    /// Goes on with a draft that was found.
    TakeUp(Box<Found>),
    /// Gives up a draft that was found.
    GiveUp(String),
    /// Gives up a draft of this program.
    GiveUpOwn(Subject),
    /// Destroys every draft about an object.
    Destroy(String),
}

/// News of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The disk keeps everything that was typed, at this moment.
    Kept(Moment),
    /// It does not.
    Trouble(Trouble),
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// On what it rests.
    pub base: Base,
    /// What was typed.
    pub content: Content,
    /// When it was last kept.
    pub at: Option<Moment>,
    /// What of it was handed in and waits for its receipt.
    sent: Option<Content>,
    /// Where an earlier program left it and nobody has taken it up yet.
    pub found: Option<Box<Found>>,
}

/// The drafts of the account.
#[derive(Debug, Default)]
pub struct Drafts {
    known: BTreeMap<Subject, Draft>,
    /// The form in use, and what it held when it was opened.
    open: Option<(Subject, Base)>,
    tasks: Vec<Task>,
    /// The forms whose content is being handed in.
    sending: Vec<Subject>,
    /// Gone to as soon as its screen is there.
    resume: Option<Subject>,
    /// When the disk last kept everything.
    pub kept: Option<Moment>,
    /// For how many seconds something typed has not been kept.
    pub unkept: Option<u32>,
    /// Why not.
    pub trouble: Option<Trouble>,
}

impl Drafts {
    /// Finds a draft.
    pub fn of(&self, subject: &Subject) -> Option<&Draft> {
        self.known.get(subject)
    }

    /// Lists what is not in use here, the latest first.
    pub fn waiting(&self) -> Vec<(&Subject, &Draft)> {
        let in_use = self.open.as_ref().map(|(subject, _)| subject);
        let mut waiting: Vec<(&Subject, &Draft)> =
            self.known.iter().filter(|(subject, _)| Some(*subject) != in_use).collect();
        waiting.sort_by_key(|(_, draft)| std::cmp::Reverse(draft.at));
        waiting
    }

    /// Tells the form in use and on what it rests: what it held when it was opened, and in which version.
    pub fn in_use(&self) -> Option<(&Subject, &Base)> {
        let (subject, base) = self.open.as_ref()?;
        // What was begun earlier rests on what was there then.
        Some((subject, self.known.get(subject).map_or(base, |draft| &draft.base)))
    }

    /// Tells whether a form is in use.
    pub fn is_writing(&self) -> bool {
        self.open.is_some()
    }

    /// Notes what an earlier program left; of several about the same form the latest is shown, the others wait for
    /// the next start.
    pub fn adopt(&mut self, found: Vec<Found>) {
        for found in found {
            self.known.entry(found.subject.clone()).or_insert_with(|| Draft {
                base: found.base.clone(),
                content: found.content.clone(),
                at: Some(found.at),
                sent: None,
                found: Some(Box::new(found)),
            });
        }
    }

    /// Lists every draft.
    pub fn all(&self) -> impl Iterator<Item = (&Subject, &Draft)> {
        self.known.iter()
    }

    /// A draft was put into its form, which now holds this. One an earlier program left is this program's from now on:
    /// in the same file where it rests on what is stored still, else in a new one, the old one waiting in the trash.
    pub fn claim(&mut self, subject: &Subject, base: &Base, content: Content) {
        let Some(draft) = self.known.get_mut(subject) else { return };
        if draft.content.says_the_same_as(&base.content) {
            self.finish(subject);
            return;
        }
        let Some(found) = draft.found.take() else { return };
        if draft.base.content.says_the_same_as(&base.content) && !found.elsewhere {
            self.tasks.push(Task::TakeUp(found));
            return;
        }
        (draft.base, draft.content) = (base.clone(), content.clone());
        self.tasks.push(Task::Keep { subject: subject.clone(), base: base.clone(), content: Box::new(content) });
        if !found.elsewhere {
            self.tasks.push(Task::GiveUp(found.name));
        }
    }

    /// A form is opened.
    pub fn open(&mut self, subject: Subject, base: Base) {
        self.open = Some((subject, base));
    }

    /// What a form holds is handed in; the draft stays until the receipt.
    pub fn sent(&mut self, subject: Subject) {
        // What exactly, is known once the form has given its fields their regular form.
        self.sending.push(subject);
    }

    /// What was handed in is in the database. What was typed since stays a draft.
    pub fn received(&mut self, subject: &Subject) {
        let Some(draft) = self.known.get_mut(subject) else { return };
        let Some(sent) = draft.sent.take() else { return };
        if draft.content.says_the_same_as(&sent) {
            self.finish(subject);
        } else {
            draft.base.content = sent;
        }
    }

    /// A draft ends: what it said is in the database.
    pub fn finish(&mut self, subject: &Subject) {
        if let Some(draft) = self.known.remove(subject) {
            self.tasks.push(match draft.found {
                Some(found) => Task::GiveUp(found.name),
                None => Task::Finish(subject.clone()),
            });
        }
        self.open.take_if(|(open, _)| open == subject);
    }

    /// A draft is given up; its file stays for a while.
    pub fn give_up(&mut self, subject: &Subject) {
        if let Some(draft) = self.known.remove(subject) {
            self.tasks.push(match draft.found {
                Some(found) => Task::GiveUp(found.name),
                None => Task::GiveUpOwn(subject.clone()),
            });
        }
        self.open.take_if(|(open, _)| open == subject);
    }

    /// Nothing about an object is known any more; its files stay closed on the disk.
    pub fn forget(&mut self, object: &str) {
        self.known.retain(|subject, _| subject.object != object);
        self.open.take_if(|(open, _)| open.object == object);
    }

    /// What was destroyed in the database is destroyed here too.
    pub fn destroy(&mut self, object: &str) {
        self.forget(object);
        self.tasks.push(Task::Destroy(object.to_owned()));
    }

    /// Tells whether a message once a second is needed.
    pub fn wants_tick(&self) -> bool {
        self.unkept.is_some()
    }

    /// A second passed: what could not be written is tried again.
    pub fn tick(&mut self) {
        let Some(seconds) = &mut self.unkept else { return };
        *seconds = seconds.saturating_add(1);
        if self.trouble.is_none() {
            return;
        }
        let in_use = self.open.as_ref().map(|(subject, _)| subject);
        for (subject, draft) in self.known.iter().filter(|(_, draft)| draft.found.is_none()) {
            self.tasks.push(Task::Keep {
                subject: subject.clone(),
                base: draft.base.clone(),
                content: Box::new(draft.content.clone()),
            });
            if Some(subject) != in_use {
                self.tasks.push(Task::Rest(subject.clone()));
            }
        }
    }

    /// Takes news of the journal.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Kept(at) => {
                self.kept = Some(at);
                (self.unkept, self.trouble) = (None, None);
                let in_use = self.open.as_ref().map(|(subject, _)| subject);
                if let Some(draft) = in_use.and_then(|subject| self.known.get_mut(subject)) {
                    draft.at = Some(at);
                }
            }
            News::Trouble(trouble) => {
                self.unkept.get_or_insert_default();
                self.trouble = Some(trouble);
            }
        }
    }

    /// The form in use was left.
    fn close(&mut self) {
        let Some((subject, base)) = self.open.take() else { return };
        let Some(draft) = self.known.get(&subject) else { return };
        if draft.sent.is_none() && draft.content.says_the_same_as(&base.content) {
            self.finish(&subject);
        } else {
            self.tasks.push(Task::Rest(subject));
        }
    }

    /// Notes what the form in use holds.
    fn note(&mut self, content: Content) {
        let Some((subject, base)) = &self.open else { return };
        let draft = self.known.get_mut(subject);
        match draft {
            None if content.says_the_same_as(&base.content) => return,
            Some(draft) if draft.content == content && draft.found.is_none() => return,
            Some(draft) => draft.content.clone_from(&content),
            None => {
                let draft = Draft { base: base.clone(), content: content.clone(), at: None, sent: None, found: None };
                self.known.insert(subject.clone(), draft);
            }
        }
        self.unkept.get_or_insert_default();
        self.tasks.push(Task::Keep { subject: subject.clone(), base: base.clone(), content: Box::new(content) });
    }
}

/// Has the journal follow what is on the screen; called after every message.
pub fn keep(state: &mut State) -> Vec<Effect> {
    let now = subject::in_use(state);
    let drafts = &mut state.drafts;
    if drafts.open.as_ref().map(|(open, _)| open) != now.as_ref().map(|(subject, _)| subject) {
        drafts.close();
    }
    if let Some((_, content)) = now {
        drafts.note(content);
    }
    for subject in std::mem::take(&mut drafts.sending) {
        if let Some(draft) = drafts.known.get_mut(&subject) {
            draft.sent = Some(draft.content.clone());
        }
    }
    let tasks = std::mem::take(&mut drafts.tasks);
    if state.practice.is_on() {
        // What is practised is thrown away.
        drafts.unkept = None;
        return Vec::new();
    }
    tasks.into_iter().map(Effect::Draft).collect()
}
