//! The meetings of the sample data: one of last week that is over, and one of today that is half-way.

use chrono::{Duration, NaiveDate};

use super::chronicle::Event;
use super::office_hours::{DAY, HOUR, OfficeHours};
use super::story::{Step, What};
use crate::domain::calendar::{Moment, county_time};
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::service::command::{Attend, Command, MeetingOrder, Note};

/// Where they meet.
pub const PLACE: &str = "县大数据发展服务中心二楼会议室";
/// Who writes.
pub const SECRETARY: &str = "panel-secretary";

/// A meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Session {
    /// Over.
    LastWeek,
    /// On the day of the clock.
    Today,
}

impl Session {
    /// The meetings, in the order in which they are called: a chronicle knows the one called last.
    pub const ALL: [Session; 2] = [Session::LastWeek, Session::Today];

    /// Tells how much office time before the end of the history it was called; its panels were confirmed before.
    pub const fn called(self) -> u64 {
        match self {
            Session::LastWeek => 9 * DAY - HOUR,
            Session::Today => 2 * DAY - HOUR,
        }
    }
}

/// What happens about a meeting.
#[derive(Debug, Clone)]
pub enum Turn {
    /// It is called with this project.
    Call(NaiveDate),
    /// This project comes onto its agenda.
    Add,
    /// An item is taken up.
    TakeUp(u32),
    /// The secretary sits down to write.
    Sit,
    /// The secretary gets up.
    GetUp,
    /// It is over.
    End,
    /// Everybody who was not noted yet is present.
    Present,
    /// Fields of the sheet, with what is written there.
    Note(&'static [(&'static str, &'static str)]),
}

impl Turn {
    /// Makes it a command, at the meeting called last.
    pub fn command(self, project: Option<&ProjectCode>, meeting: Option<MeetingCode>) -> Option<Command> {
        let terminal = String::new();
        Some(match self {
            Turn::Call(day) => {
                Command::Meeting(MeetingOrder::Call { day, place: PLACE.to_owned(), projects: vec![project?.clone()] })
            }
            Turn::Add => Command::Meeting(MeetingOrder::Add { meeting: meeting?, project: project?.clone() }),
            Turn::TakeUp(item) => Command::Meeting(MeetingOrder::TakeUp { meeting: meeting?, item, terminal }),
            Turn::Sit => {
                Command::Meeting(MeetingOrder::TakeSeat { meeting: meeting?, terminal, reason: String::new() })
            }
            Turn::GetUp => Command::Meeting(MeetingOrder::LeaveSeat { meeting: meeting?, terminal }),
            Turn::End => Command::Meeting(MeetingOrder::End { meeting: meeting? }),
            Turn::Present => Command::Attend(Attend {
                project: project?.clone(),
                experts: Vec::new(),
                presence: Presence::Present,
                reason: String::new(),
                terminal,
            }),
            Turn::Note(fields) => {
                let field = |(field, value): &(&str, &str)| Some((Field::parse(field)?, (*value).to_owned()));
                let fields = fields.iter().map(field).collect::<Option<Vec<_>>>()?;
                Command::Note(Note { project: project?.clone(), fields, terminal })
            }
        })
    }
}

/// An item of an agenda: the project's place among the samples, and what happens while its panel sits.
pub type Item = (usize, Vec<Step>);

/// Tells what happens about a meeting, from its call to where it stands.
pub fn events(session: Session, items: Vec<Item>, hours: &OfficeHours, now: Moment) -> Vec<Event> {
    let Some(first) = items.first().map(|(project, _)| *project) else { return Vec::new() };
    let turn = |turn| Step { who: SECRETARY, after: 0, what: What::Turn(turn) };
    let called = hours.length().saturating_sub(session.called());
    let (opened, pace) = opened(session, hours, now);
    let mut sits = vec![(first, turn(Turn::Sit))];
    let mut found: Vec<Event> = Vec::new();
    for (place, (project, steps)) in items.into_iter().enumerate() {
        let what = if found.is_empty() { Turn::Call(opened.date_naive()) } else { Turn::Add };
        found.push(Event { at: hours.at(called + place as u64 * MINUTES_BETWEEN), project, step: turn(what) });
        if !steps.is_empty() {
            sits.push((project, turn(Turn::TakeUp(place as u32 + 1))));
            sits.extend(steps.into_iter().map(|step| (project, step)));
        }
    }
    sits.push((first, turn(if session == Session::Today { Turn::GetUp } else { Turn::End })));
    let step = pace.unwrap_or_else(|lasts| lasts / i32::try_from(sits.len()).unwrap_or(i32::MAX));
    let at = |number: usize| opened + step * i32::try_from(number).unwrap_or(i32::MAX);
    let sits = sits.into_iter().enumerate();
    found.extend(sits.map(|(number, (project, step))| Event { at: at(number), project, step }));
    found
}

const MINUTES_BETWEEN: u64 = HOUR / 20;
/// How long today's meeting has been going on, where the day is old enough.
const MINUTES_SO_FAR: i64 = 100;

/// Tells when a meeting was opened, and how much time passes between two things that happen there; of today's, how much
/// has passed until now.
fn opened(session: Session, hours: &OfficeHours, now: Moment) -> (Moment, Result<Duration, Duration>) {
    match session {
        Session::LastWeek => (hours.at(hours.length().saturating_sub(7 * DAY) + HOUR / 2), Ok(Duration::minutes(5))),
        Session::Today => {
            let now = county_time(now);
            let since_midnight = now.time().signed_duration_since(chrono::NaiveTime::MIN);
            let lasts = Duration::minutes(MINUTES_SO_FAR).min(since_midnight);
            (now - lasts, Err(lasts))
        }
    }
}
