//! Meetings of expert panels: those of a day, and one of them whole, item by item.

use chrono::NaiveDate;

use super::Query;
use super::meeting_count::count;
use crate::domain::actor::Role;
use crate::domain::calendar::Moment;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::sheet::Sheet;
use crate::domain::meeting::{AgendaItem, Meeting, MeetingCode};
use crate::domain::money::Money;
use crate::domain::panel::Panel;
use crate::domain::panel::composition::smallest;
use crate::domain::panel::tally::Tally;
use crate::domain::permission::{Denied, may_see};
use crate::domain::policy::PanelRules;
use crate::domain::project::Stage;
use crate::domain::workflow::action::Action;
use crate::domain::workflow::record::PanelResult;
use crate::service::command::{Act, Command};
use crate::service::error::{Answer, Error, Missing};
use crate::service::gate::Context;
use crate::service::store::meeting::panel_key;
use crate::service::usecase;

/// The meetings that are not over, and those of the last days; and the panels that wait for one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Meetings;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingsView {
    /// The meetings, today's first, then those to come, then those that are over.
    pub meetings: Vec<MeetingLine>,
    /// Confirmed panels that have not concluded and are on no agenda.
    pub waiting: Vec<WaitingPanel>,
    /// Whether the account may call one.
    pub may_call: bool,
    /// The day of the answer.
    pub today: NaiveDate,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingLine {
    /// Its number.
    pub code: MeetingCode,
    /// The day.
    pub day: NaiveDate,
    /// The room.
    pub place: String,
    /// How many projects are on the agenda.
    pub items: usize,
    /// How many of their panels have concluded.
    pub concluded: usize,
    /// Who writes there now.
    pub writer: Option<String>,
    /// Whether it is over.
    pub is_over: bool,
}

/// A panel that waits for a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPanel {
    /// The project.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its amount.
    pub amount: Money,
    /// How many members it has.
    pub members: usize,
    /// Since when it waits.
    pub since: Moment,
}

/// A meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShowMeeting {
    /// Which one.
    pub meeting: MeetingCode,
    /// The item to look at; the one being argued where none is given.
    pub item: Option<u32>,
}

/// The answer.
#[derive(Debug)]
pub struct MeetingView {
    /// The meeting; items the account may not see name no project.
    pub meeting: Meeting,
    /// The agenda, in order.
    pub items: Vec<ItemLine>,
    /// Whether the account may write, the seat being its own.
    pub may_write: bool,
    /// The item looked at.
    pub item: Option<Box<ItemView>>,
    /// The moment of the answer.
    pub now: Moment,
}

/// An item of an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    /// Its place.
    pub number: u32,
    /// The project's code and name; none where the account may not see it.
    pub project: Option<(ProjectCode, String)>,
    /// How far it is.
    pub state: ItemState,
}

/// How far an item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    /// 候: not taken up yet.
    Waiting,
    /// 议: being argued.
    Current,
    /// 歇: taken up before, without a conclusion yet.
    Paused,
    /// 毕: concluded.
    Concluded(PanelResult),
    /// 撤: taken off the agenda.
    Withdrawn(String),
}

/// How far a member is; never what the member says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatState {
    /// Whether the vote is on the sheet.
    pub voted: bool,
    /// Whether the opinion is signed and locked.
    pub locked: bool,
}

/// An item, whole.
#[derive(Debug)]
pub struct ItemView {
    /// Its place.
    pub number: u32,
    /// The project.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its governing amount.
    pub amount: Money,
    /// Its stage.
    pub stage: Stage,
    /// Its version.
    pub version: i64,
    /// When the item was first taken up.
    pub begun: Option<Moment>,
    /// The panel. Who does not write sees no opinion before the last one is in.
    pub panel: Panel,
    /// The working sheet; empty for who does not write until the opinions are closed, and after that without the parts
    /// of members.
    pub sheet: Sheet,
    /// How far each member is, by the order of the seats.
    pub seats: Vec<SeatState>,
    /// The votes, where the account may know them.
    pub tally: Option<Tally>,
    /// What the votes say, once somebody voted.
    pub says: Option<PanelResult>,
    /// How many must sit.
    pub needed: u32,
    /// The action that comes next: closing the opinions, or concluding; none where the panel is done.
    pub next: Option<Action>,
    /// What that action still lacks; empty where nothing keeps it back.
    pub lacks: Option<Error>,
    /// The rules of the panel.
    pub rules: PanelRules,
}

/// For how many days a meeting that is over stays in the list.
const LISTED_DAYS: u64 = 30;

/// Tells whether an account may follow meetings: those who work at the Centre and those who see every project.
fn may_follow(context: Context<'_>) -> Answer<()> {
    match context.actor.roles.iter().any(|role| role.sees_all_projects()) {
        true => Ok(()),
        false => Err(Denied::NeedsRole {
            roles: Role::ALL.iter().copied().filter(|role| role.sees_all_projects()).collect(),
        }
        .into()),
    }
}

impl Query for Meetings {
    type Answer = MeetingsView;

    fn answer(self, context: Context<'_>) -> Answer<MeetingsView> {
        may_follow(context)?;
        let today = context.now.date_naive();
        let since = today.checked_sub_days(chrono::Days::new(LISTED_DAYS)).unwrap_or(today);
        let mut meetings = Vec::new();
        for code in context.read.meetings(since)? {
            let Some((_, meeting)) = context.read.meeting(code)? else { continue };
            meetings.push(line(context, &meeting)?);
        }
        // Today's first, then those to come, then those that are late or over, the latest first.
        let back = |line: &MeetingLine| (today - line.day).num_days();
        meetings.sort_by_key(|line| (line.is_over, line.day < today, back(line).abs(), line.code));
        Ok(MeetingsView {
            meetings,
            waiting: waiting(context)?,
            may_call: context.actor.has(Role::PanelSecretary),
            today,
        })
    }
}

fn line(context: Context<'_>, meeting: &Meeting) -> Answer<MeetingLine> {
    let on_it: Vec<&AgendaItem> = meeting.agenda.iter().filter(|item| item.withdrawn.is_none()).collect();
    let mut concluded = 0;
    for item in &on_it {
        concluded += usize::from(result(context, item)?.is_some());
    }
    Ok(MeetingLine {
        code: meeting.code,
        day: meeting.day,
        place: meeting.place.clone(),
        items: on_it.len(),
        concluded,
        writer: meeting.seat.as_ref().map(|seat| seat.holder.name.clone()),
        is_over: meeting.ended.is_some(),
    })
}

/// Tells what the panel of an item concluded.
fn result(context: Context<'_>, item: &AgendaItem) -> Answer<Option<PanelResult>> {
    let Some(project) = context.read.project_id(&item.project)? else { return Ok(None) };
    let away = context.dossier(&item.project)?.recusal_of(context.actor.id).is_some();
    if away { Ok(None) } else { Ok(context.read.panel_conclusion(panel_key(project, item))?) }
}

fn waiting(context: Context<'_>) -> Answer<Vec<WaitingPanel>> {
    let mut found = Vec::new();
    for (code, round, session, since) in context.read.panels_to_hear()? {
        let dossier = context.dossier(&code)?;
        let key = (dossier.project.id, round, session);
        if dossier.recusal_of(context.actor.id).is_some()
            || !may_see(context.actor, &dossier.project)
            || context.read.meeting_of_panel(key)?.is_some()
        {
            continue;
        }
        found.push(WaitingPanel {
            name: dossier.project.declaration.name.clone(),
            unit: dossier.project.unit.name.clone(),
            amount: dossier.project.governing_amount(),
            members: dossier.panel().map_or(0, |panel| panel.seats().len()),
            since,
            code,
        });
    }
    Ok(found)
}

impl Query for ShowMeeting {
    type Answer = MeetingView;

    fn answer(self, context: Context<'_>) -> Answer<MeetingView> {
        may_follow(context)?;
        let found = context.read.meeting(self.meeting)?;
        let (_, meeting) = found.ok_or(Missing::Meeting(self.meeting))?;
        let mut items = Vec::new();
        for item in &meeting.agenda {
            items.push(item_line(context, &meeting, item)?);
        }
        // Whoever must stay away from an item does not follow to it: the pointer would tell that it is being argued.
        let recused: Vec<ProjectCode> =
            context.projects_to_stay_away_from()?.into_iter().map(|it| it.project.code).collect();
        let is_away = |item: &AgendaItem, number: u32| item.number == number && recused.contains(&item.project);
        let stays = |number: &u32| !meeting.agenda.iter().any(|item| is_away(item, *number));
        let listed = |line: &&ItemLine| !matches!(line.state, ItemState::Withdrawn(_)) && stays(&line.number);
        let first = || items.iter().find(listed).map(|line| line.number);
        let wanted = self.item.or(meeting.current.filter(stays)).or_else(first);
        let seen = |item: &&AgendaItem| {
            Some(item.number) == wanted && items.iter().any(|line| line.number == item.number && line.project.is_some())
        };
        let item = meeting.agenda.iter().find(seen).map(|item| ItemView::of(context, &meeting, item));
        let item = item.transpose()?.flatten();
        Ok(MeetingView {
            items,
            may_write: context.actor.has(Role::PanelSecretary) && meeting.ended.is_none(),
            item: item.map(Box::new),
            now: context.now,
            meeting: named_to(context, meeting)?,
        })
    }
}

/// Takes the codes of projects the account may not see off the agenda.
fn named_to(context: Context<'_>, mut meeting: Meeting) -> Answer<Meeting> {
    for item in &mut meeting.agenda {
        match context.visible_dossier(&item.project) {
            Ok(dossier) if dossier.recusal_of(context.actor.id).is_some() => {
                item.begun = None;
                meeting.current = meeting.current.filter(|current| *current != item.number);
            }
            Ok(_) => {}
            Err(_) => item.project = ProjectCode::typed(""),
        }
    }
    Ok(meeting)
}

fn item_line(context: Context<'_>, meeting: &Meeting, item: &AgendaItem) -> Answer<ItemLine> {
    let project = match context.visible_dossier(&item.project) {
        Ok(dossier) if dossier.recusal_of(context.actor.id).is_some() => {
            let project = Some((item.project.clone(), dossier.project.declaration.name));
            return Ok(ItemLine { number: item.number, project, state: ItemState::Waiting });
        }
        Ok(dossier) => Some((item.project.clone(), dossier.project.declaration.name)),
        Err(Error::Denied(_)) => None,
        Err(error) => return Err(error),
    };
    let concluded = if project.is_some() { result(context, item)? } else { None };
    let state = match (&item.withdrawn, concluded) {
        (Some((why, _)), _) => ItemState::Withdrawn(if project.is_some() { why.clone() } else { String::new() }),
        (None, Some(result)) => ItemState::Concluded(result),
        (None, None) if meeting.current == Some(item.number) => ItemState::Current,
        (None, None) if item.begun.is_some() => ItemState::Paused,
        (None, None) => ItemState::Waiting,
    };
    Ok(ItemLine { number: item.number, project, state })
}

impl ItemView {
    fn of(context: Context<'_>, meeting: &Meeting, item: &AgendaItem) -> Answer<Option<ItemView>> {
        let dossier = context.visible_dossier(&item.project)?;
        if dossier.recusal_of(context.actor.id).is_some() {
            return Ok(None);
        }
        let project = &dossier.project;
        let policy = context.policies.get(context.read, &project.policy)?;
        let of_item = |panel: &&Panel| (panel.round, panel.session) == (item.round, item.session);
        let panel = dossier.panels.iter().find(of_item).cloned();
        let mut panel = panel.ok_or_else(|| Error::Bug("an item without a panel".to_owned()))?;
        let sheet = context.read.sheet(panel_key(project.id, item))?;
        let writes = context.actor.has(Role::PanelSecretary);
        let knows = writes || panel.is_open_to_read();
        let (seats, tally, says) = count(&panel, &sheet, &policy.panel);
        let (tally, says) = if knows { (Some(tally), says) } else { (None, None) };
        let next = match (project.stage, &panel.conclusion) {
            (Stage::PanelReviewing, None) => Some(Action::CloseOpinions),
            (Stage::PanelConcluding, None) => Some(Action::ConcludePanel),
            _ => None,
        };
        let next = next.filter(|_| writes);
        let lacks = next.and_then(|action| {
            let act = Act {
                project: project.code.clone(),
                action,
                inputs: sheet.next_inputs(action, &panel, meeting),
                note: String::new(),
                attachments: Vec::new(),
                if_version: None,
            };
            usecase::prepare(context, &Command::Act(act)).err()
        });
        if !knows {
            panel.opinions.clear();
        }
        let sheet = match (writes, knows) {
            (true, _) => sheet,
            (false, true) => sheet.of_the_panel(),
            (false, false) => Sheet::default(),
        };
        Ok(Some(ItemView {
            number: item.number,
            code: project.code.clone(),
            name: project.declaration.name.clone(),
            unit: project.unit.name.clone(),
            amount: project.governing_amount(),
            stage: project.stage,
            version: project.version,
            begun: item.begun,
            needed: smallest(project, &policy.panel),
            rules: policy.panel.clone(),
            panel,
            sheet,
            seats,
            tally,
            says,
            next,
            lacks,
        }))
    }
}
