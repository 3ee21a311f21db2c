//! The county a task is done in, as the service sees it: what was there before, and whether it holds what it should.
//! Everything through the same commands and questions as all else.

use std::collections::BTreeMap;

use super::tasks::Task;
use crate::domain::actor::Actor;
use crate::domain::calendar::Moment;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::search::{Query, parse};
use crate::domain::workflow::action::Action;
use crate::service::command::{Act, Command, ItemAnswer, VerdictChange};
use crate::service::error::{Answer, Error};
use crate::service::view::checklist::ItemView;
use crate::service::view::directory::Myself;
use crate::service::view::queue::{List, Page};
use crate::service::view::show::{ProjectView, Show};
use crate::service::views::{SavedView, SavedViews};
use crate::service::{OperationId, Service, Session};
use crate::wording::labels;

/// A county with whoever does the task.
pub struct County<'s> {
    /// The service.
    pub service: &'s mut Service,
    /// Who does the task.
    pub session: &'s Session,
    /// The project it is about.
    pub code: Option<ProjectCode>,
}

/// What the screen begins a task with.
#[derive(Debug)]
pub struct Prepared {
    /// Who does it.
    pub me: Actor,
    /// The project it is about.
    pub code: Option<ProjectCode>,
    /// The moment.
    pub now: Moment,
}

impl<'s> County<'s> {
    /// Looks the project of a task up.
    pub fn of(task: &Task, service: &'s mut Service, session: &'s Session) -> Answer<County<'s>> {
        let mut county = County { service, session, code: None };
        if !task.about.is_empty() {
            let found = county.found(&format!("名称:{}", task.about))?;
            county.code = found.rows.first().map(|row| row.code.clone());
        }
        Ok(county)
    }

    /// Brings about what a task begins with.
    pub fn prepare(mut self, task: &Task) -> Answer<Prepared> {
        (task.before)(&mut self)?;
        let me = self.service.ask(self.session, Myself)?;
        Ok(Prepared { me, code: self.code, now: self.service.now() })
    }

    fn found(&mut self, filter: &str) -> Answer<Page> {
        let query = self.query(filter)?;
        let list = List { stage: None, filter: query.filter, sort: query.sort, after: None, limit: 2 };
        self.service.ask(self.session, list)
    }

    fn query(&self, filter: &str) -> Answer<Query> {
        parse(filter, &labels::FILTER).map_err(|problem| Error::Bug(format!("{filter}: {problem}")))
    }

    fn code(&self) -> Answer<ProjectCode> {
        self.code.clone().ok_or_else(|| Error::Bug("the task is about no project".to_owned()))
    }

    /// Counts what a filter finds, of the project of the task.
    pub fn is_found(&mut self, filter: &str) -> Answer<bool> {
        let filter = format!("{filter} 编号:{}", self.code()?);
        Ok(self.found(&filter)?.total == 1)
    }

    /// Shows the project.
    pub fn view(&mut self) -> Answer<ProjectView> {
        let project = self.code()?;
        self.service.ask(self.session, Show { project })
    }

    /// Lists the items asked of the project, in the order of the screen.
    pub fn items(&mut self) -> Answer<Vec<ItemView>> {
        let view = self.view()?;
        Ok(crate::tui::screen::project::items_of(&view).into_iter().cloned().collect())
    }

    /// Tells what the first item's texts say: the remark, and the place.
    pub fn first_item(&mut self) -> Answer<(String, String)> {
        let first = self.items()?.into_iter().next().and_then(|item| item.judgement);
        Ok(first.map(|judgement| (judgement.remark, judgement.cite)).unwrap_or_default())
    }

    /// Counts the answers of a kind, those without the words they need left out.
    pub fn answered(&mut self, verdict: Verdict, needs_words: bool) -> Answer<usize> {
        let items = self.items()?;
        let judgements = items.iter().filter_map(|item| item.judgement.as_ref());
        let fits = judgements.filter(|judgement| judgement.verdict == Some(verdict));
        Ok(fits.filter(|judgement| !needs_words || !judgement.remark.trim().is_empty()).count())
    }

    /// Lists the views kept.
    pub fn views(&mut self) -> Answer<Vec<SavedView>> {
        self.service.ask(self.session, SavedViews)
    }

    /// Keeps a view.
    pub fn keep_view(&mut self, digit: u8, name: &str, filter: &str) -> Answer<()> {
        let query = self.query(filter)?;
        let view = SavedView::new(digit, name, None, &query).map_err(|bad| Error::Bug(bad.to_string()))?;
        self.service.keep_view(self.session, &view)
    }

    /// Has somebody take an action on the project.
    pub fn act(&mut self, account: &str, action: Action, inputs: &[(&str, &str)]) -> Answer<()> {
        let inputs: BTreeMap<String, String> =
            inputs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let project = self.code()?;
        let act = Act { project, action, inputs, note: String::new(), attachments: Vec::new(), if_version: None };
        self.execute(account, Command::Act(act))
    }

    /// Has somebody else doubt the first item.
    pub fn doubt(&mut self, account: &str, remark: &str) -> Answer<()> {
        let Some(first) = self.items()?.into_iter().next() else { return Ok(()) };
        let answer = ItemAnswer {
            item: first.item.id,
            verdict: VerdictChange::Set(Verdict::Doubt),
            remark: Some(remark.to_owned()),
            suggestion: None,
            basis: None,
            cite: None,
        };
        let project = self.code()?;
        self.execute(account, Command::Judge { project, answers: vec![answer], if_version: None })
    }

    fn execute(&mut self, account: &str, command: Command) -> Answer<()> {
        let session = Session { account: account.to_owned(), os_user: self.session.os_user.clone() };
        self.service.execute(&session, OperationId::new(), command).map(drop)
    }
}
