//! The county a task is done in, as the service sees it: what was there before, and whether it holds what it should.
//! Everything through the same commands and questions as all else.

use std::collections::BTreeMap;

use super::tasks::Task;
use crate::domain::actor::Actor;
use crate::domain::calendar::Moment;
use crate::domain::checklist::Verdict;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::domain::panel::attendance::Presence;
use crate::domain::search::{Query, parse};
use crate::domain::workflow::action::Action;
use crate::service::command::{Act, Attend, Command, ItemAnswer, MeetingOrder, VerdictChange};
use crate::service::error::{Answer, Error};
use crate::service::view::checklist::ItemView;
use crate::service::view::directory::Myself;
use crate::service::view::meeting::{ItemView as Heard, Meetings, ShowMeeting};
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

    /// Tells whether a filter finds the project.
    pub fn is_found(&mut self, filter: &str) -> Answer<bool> {
        let filter = format!("{filter} 编号:{}", self.code()?);
        Ok(self.found(&filter)?.total == 1)
    }

    /// Tells whether a filter finds nothing.
    pub fn is_empty(&mut self, filter: &str) -> Answer<bool> {
        Ok(self.found(filter)?.total == 0)
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

    /// Ends today's meeting and calls another one, with the project alone.
    pub fn call_meeting(&mut self) -> Answer<()> {
        let secretary = self.session.account.clone();
        let known = self.service.ask(self.session, Meetings)?;
        for meeting in known.meetings.iter().filter(|meeting| !meeting.is_over && meeting.day == known.today) {
            self.execute(&secretary, Command::Meeting(MeetingOrder::End { meeting: meeting.code }))?;
        }
        let (day, place, projects) = (known.today, "二楼会议室".to_owned(), vec![self.code()?]);
        self.execute(&secretary, Command::Meeting(MeetingOrder::Call { day, place, projects }))
    }

    /// Has everybody sign in, and gets up again.
    pub fn all_present(&mut self) -> Answer<()> {
        let Some(meeting) = self.meeting()? else { return Ok(()) };
        let (secretary, terminal) = (self.session.account.clone(), String::new());
        let sit = MeetingOrder::TakeSeat { meeting, terminal: terminal.clone(), reason: String::new() };
        let begin = MeetingOrder::TakeUp { meeting, item: 1, terminal: terminal.clone() };
        let rise = MeetingOrder::LeaveSeat { meeting, terminal: terminal.clone() };
        let (project, presence, reason) = (self.code()?, Presence::Present, String::new());
        let attend = Command::Attend(Attend { project, experts: Vec::new(), presence, reason, terminal });
        for command in [Command::Meeting(sit), Command::Meeting(begin), attend, Command::Meeting(rise)] {
            self.execute(&secretary, command)?;
        }
        Ok(())
    }

    fn meeting(&mut self) -> Answer<Option<MeetingCode>> {
        let known = self.service.ask(self.session, Meetings)?;
        Ok(known.meetings.iter().find(|meeting| !meeting.is_over && meeting.day == known.today).map(|it| it.code))
    }

    /// Shows the project as it is heard today.
    pub fn heard(&mut self) -> Answer<Option<Box<Heard>>> {
        let Some(meeting) = self.meeting()? else { return Ok(None) };
        Ok(self.service.ask(self.session, ShowMeeting { meeting, item: Some(1) })?.item)
    }

    fn execute(&mut self, account: &str, command: Command) -> Answer<()> {
        let session = Session { account: account.to_owned(), os_user: self.session.os_user.clone() };
        self.service.execute(&session, OperationId::new(), command).map(drop)
    }
}
