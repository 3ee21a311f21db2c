//! `meeting`: meetings of expert panels, what is written down while they sit, and their minutes.

mod json;
mod minutes;
mod text;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, code, done, execute};
use crate::cli::args::{Attend as AttendArgs, Meeting as Arguments, OneMeetingProject};
use crate::cli::failure::{Failure, FailureKind, Outcome, unmet_list};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::documents::json_in::FieldProblem;
use crate::domain::ids::{ExpertId, ProjectCode};
use crate::domain::meeting::MeetingCode;
use crate::domain::meeting::sheet::Field;
use crate::domain::panel::attendance::Presence;
use crate::domain::panel::lack::PanelLack;
use crate::domain::workflow::action::{Action, Key};
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Act, Attend, Command, MeetingOrder, Note};
use crate::service::error::{Error, Kind, Missing};
use crate::service::view::meeting::{ItemView, MeetingView, Meetings, ShowMeeting};
use crate::service::view::notes::{NoteHistory, WorkingSheet};
use crate::service::{Service, Session};
use crate::wording;

/// The command line has no terminal of its own: it writes for whoever holds the seat, if that is the same person.
const HERE: String = String::new();

/// Runs a command about a meeting.
pub fn run(place: &Place, command: Arguments) -> Outcome<Answer> {
    match command {
        Arguments::Minutes(args) => minutes::run(place, &args),
        command => report(place, command).map(Answer::Report),
    }
}

fn report(place: &Place, command: Arguments) -> Outcome<Report> {
    match command {
        Arguments::List => list(place),
        Arguments::Show { meeting, item } => show(place, meeting, item),
        Arguments::History { code, field } => history(place, &code, &field),
        Arguments::Minutes(args) => minutes::text(place, &args),
        Arguments::Call { day, place: room, codes, dry_run } => {
            let projects: Vec<ProjectCode> = codes.iter().map(|typed| code(typed)).collect();
            let call = |projects| MeetingOrder::Call { day, place: room.clone(), projects };
            order(place, call(projects.clone()), dry_run).map_err(|failure| one_by_one(place, failure, &projects, call))
        }
        Arguments::Add { meeting, code: typed, dry_run } => {
            order(place, MeetingOrder::Add { meeting, project: code(&typed) }, dry_run)
        }
        Arguments::Withdraw { item, reason, dry_run } => {
            order(place, MeetingOrder::Withdraw { meeting: item.meeting, item: item.number, reason }, dry_run)
        }
        Arguments::TakeUp { item, dry_run } => {
            let (meeting, item) = (item.meeting, item.number);
            order(place, MeetingOrder::TakeUp { meeting, item, terminal: HERE }, dry_run)
        }
        Arguments::Seat { meeting, take: true, reason, dry_run, .. } => {
            order(place, MeetingOrder::TakeSeat { meeting, terminal: HERE, reason }, dry_run)
        }
        Arguments::Seat { meeting, dry_run, .. } => {
            order(place, MeetingOrder::LeaveSeat { meeting, terminal: HERE }, dry_run)
        }
        Arguments::Close(args) => finish(place, &args, Action::CloseOpinions),
        Arguments::Conclude(args) => finish(place, &args, Action::ConcludePanel),
        Arguments::End { meeting, dry_run } => order(place, MeetingOrder::End { meeting }, dry_run),
        Arguments::Attend(args) => attend(place, args),
        Arguments::Note { code, fields, dry_run } => note(place, &code, fields, dry_run),
        Arguments::Sign { code, expert, dry_run } => sign(place, &code, &expert, dry_run),
    }
}

fn order(place: &Place, order: MeetingOrder, dry_run: bool) -> Outcome<Report> {
    let (what, audit, found) = execute(place, Command::Meeting(order), dry_run)?;
    Ok(done(&what, audit.as_ref(), &found))
}

/// Of several projects, says which ones cannot be heard, each with all its reasons.
fn one_by_one(
    place: &Place,
    failure: Failure,
    projects: &[ProjectCode],
    call: impl Fn(Vec<ProjectCode>) -> MeetingOrder,
) -> Failure {
    let refused = failure.kind == FailureKind::Service(Kind::Refused);
    let Some((mut service, session)) = place.open().ok().filter(|_| refused && projects.len() > 1) else {
        return failure;
    };
    let mut told = Failure { causes: Vec::new(), more: Vec::new(), ..failure };
    let mut all = Vec::new();
    for project in projects {
        let answer = service.rehearse(&session, &Command::Meeting(call(vec![project.clone()])));
        let Err(error) = answer else { continue };
        let causes = wording::problem(&error).causes;
        told.causes.extend(causes.iter().map(|cause| format!("{project}：{cause}")));
        let Error::Refused(unmet) = &error else { continue };
        let Value::Array(unmet) = unmet_list(unmet) else { continue };
        all.extend(unmet.into_iter().map(|mut unmet| {
            if let Value::Object(fields) = &mut unmet {
                fields.insert("code".to_owned(), json!(project.as_str()));
            }
            unmet
        }));
    }
    told.message = format!("不能召集：{} 项条件未满足", told.causes.len());
    told.with("unmet", Value::Array(all))
}

fn list(place: &Place) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let view = service.ask(&session, Meetings)?;
    Ok(Report::new(json::list(&view), text::list(&view)))
}

/// Finds the meeting that is meant: today's that is not over, else the only one that is not over, else today's.
fn meant(service: &mut Service, session: &Session, typed: Option<MeetingCode>) -> Outcome<MeetingCode> {
    if let Some(code) = typed {
        return Ok(code);
    }
    let view = service.ask(session, Meetings)?;
    let open = || view.meetings.iter().filter(|line| !line.is_over);
    let today = open().filter(|line| line.day == view.today);
    let past = view.meetings.iter().filter(|line| line.is_over && line.day == view.today);
    for found in [today.collect::<Vec<_>>(), open().collect(), past.collect()] {
        match found.as_slice() {
            [] => {}
            [only] => return Ok(only.code),
            several => {
                let codes: Vec<String> = several.iter().map(|line| line.code.to_string()).collect();
                let hint = format!("请写明会议编号，如 {}", codes.join("、"));
                return Err(Failure::usage("有几次评审会，不知道是哪一次", hint));
            }
        }
    }
    Err(Failure::usage("没有今天的评审会，也没有没结束的", "用 pingshen meeting list 查看，并写明会议编号"))
}

fn show(place: &Place, typed: Option<MeetingCode>, item: Option<u32>) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let meeting = meant(&mut service, &session, typed)?;
    let view = service.ask(&session, ShowMeeting { meeting, item })?;
    if let Some(wanted) = item.filter(|wanted| view.items.iter().all(|line| line.number != *wanted)) {
        return Err(Error::from(Missing::AgendaItem(wanted)).into());
    }
    Ok(Report::new(json::meeting(&view), text::meeting(&view)))
}

fn history(place: &Place, typed: &str, field: &str) -> Outcome<Report> {
    let field = Field::parse(field).ok_or_else(|| Failure::fields("字段", vec![unknown(field)]))?;
    let (mut service, session) = place.open()?;
    let project = code(typed);
    let view = service.ask(&session, NoteHistory { project: project.clone(), field })?;
    Ok(Report::new(json::history(&project, field, &view), text::history(&project, field, &view)))
}

fn attend(place: &Place, args: AttendArgs) -> Outcome<Report> {
    let project = code(&args.code);
    let presence = if args.present { Presence::Present } else { Presence::Absent };
    let (experts, reason) = (args.experts, args.reason);
    let command = Command::Attend(Attend { project: project.clone(), experts, presence, reason, terminal: HERE });
    let (what, audit, found) = execute(place, command, args.dry_run)?;
    let mut report = done(&what, audit.as_ref(), &found);
    if audit.is_some() {
        let (mut service, session) = place.open()?;
        let view = service.ask(&session, WorkingSheet { project })?;
        if let Value::Object(fields) = &mut report.document {
            fields.remove("fields");
            fields.remove("aside");
            fields.insert("attendance".to_owned(), json::presences(&view.panel));
        }
        report.text.extend(wording::meeting::attendance(&view.panel).map(|said| format!("\n{said}")));
    }
    Ok(report)
}

fn unknown(field: &str) -> FieldProblem {
    let hint = "没有这个字段；可用的字段见 pingshen meeting note --help";
    FieldProblem::new(field, hint)
}

fn note(place: &Place, typed: &str, given: Vec<(String, String)>, dry_run: bool) -> Outcome<Report> {
    let mut problems = Vec::new();
    let mut fields: Vec<(Field, String)> = Vec::new();
    let mut from_input = false;
    for (name, value) in given {
        match Field::parse(&name) {
            None => problems.push(unknown(&name)),
            Some(field) if fields.iter().any(|(other, _)| *other == field) => {
                problems.push(FieldProblem::new(name, "同一字段写了两次，只能保留一次"));
            }
            Some(_) if value == "-" && from_input => {
                problems.push(FieldProblem::new(name, "标准输入只能用于一个字段"));
            }
            Some(field) => {
                from_input |= value == "-";
                fields.push((field, value));
            }
        }
    }
    if !problems.is_empty() {
        return Err(Failure::fields("录入内容", problems));
    }
    let fields =
        fields.into_iter().map(|(field, value)| Ok((field, content(place, value)?))).collect::<Outcome<Vec<_>>>()?;
    let command = Command::Note(Note { project: code(typed), fields, terminal: HERE });
    let (what, audit, found) = execute(place, command, dry_run)?;
    Ok(done(&what, audit.as_ref(), &found))
}

/// Takes a value as typed, or what a file or the standard input says.
fn content(place: &Place, value: String) -> Outcome<String> {
    match value.strip_prefix('@') {
        Some(literal) if literal.starts_with('@') => Ok(literal.to_owned()),
        Some(file) => place.read_text(Path::new(file)),
        None if value == "-" => place.read_text(Path::new("-")),
        None => Ok(value),
    }
}

/// Locks a member's part of the sheet as the opinion the member signed.
fn sign(place: &Place, typed: &str, meant: &str, dry_run: bool) -> Outcome<Report> {
    let project = code(typed);
    let (mut service, session) = place.open()?;
    let inputs = match service.ask(&session, WorkingSheet { project: project.clone() }) {
        Ok(view) => {
            let seat = view.panel.seat(meant);
            let seat = seat.ok_or_else(|| Error::from(vec![Unmet::Panel(PanelLack::NotAMember(meant.to_owned()))]))?;
            view.sheet.opinion_inputs(seat.expert)
        }
        // The command itself says no, so that the attempt stands in the log.
        Err(Error::Denied(_)) => BTreeMap::from([(Key::Expert.code().to_owned(), meant.to_owned())]),
        Err(error) => return Err(error.into()),
    };
    drop(service);
    act(place, project, Action::RecordExpertOpinion, inputs, dry_run)
}

/// Closes the opinions or concludes with what the meeting and the sheet say.
fn finish(place: &Place, args: &OneMeetingProject, action: Action) -> Outcome<Report> {
    let project = code(&args.code);
    let (mut service, session) = place.open()?;
    let inputs = match service.ask(&session, WorkingSheet { project: project.clone() }) {
        Ok(view) => match (action, &view.meeting) {
            (Action::CloseOpinions, None) => {
                let hint = format!("请用 pingshen do {project} close-opinions --set met_on=日期 --set place=地点 办理");
                return Err(Failure::usage("项目不在没有结束的评审会议程中，不知道日期和地点", hint));
            }
            (Action::CloseOpinions, Some(meeting)) => view.sheet.next_inputs(action, &view.panel, meeting),
            _ => view.sheet.conclusion_inputs(&view.panel),
        },
        // The command itself says no, so that the attempt stands in the log.
        Err(Error::Denied(_)) => BTreeMap::new(),
        Err(error) => return Err(error.into()),
    };
    drop(service);
    act(place, project, action, inputs, args.dry_run)
}

fn act(
    place: &Place,
    project: ProjectCode,
    action: Action,
    inputs: BTreeMap<String, String>,
    dry_run: bool,
) -> Outcome<Report> {
    let (note, attachments) = (String::new(), Vec::new());
    let act = Act { project, action, inputs, note, attachments, if_version: None };
    let (what, audit, found) = execute(place, Command::Act(act), dry_run)?;
    Ok(done(&what, audit.as_ref(), &found))
}

/// Writes a member's number.
fn number(expert: ExpertId) -> Value {
    json!(expert.to_string())
}

/// Tells whether the answer holds the votes.
fn knows(item: &ItemView) -> bool {
    item.tally.is_some()
}

/// Finds the item a view looks at.
fn looked_at(view: &MeetingView) -> Option<&ItemView> {
    view.item.as_deref()
}
