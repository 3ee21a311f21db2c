//! Runs meetings of expert panels: the agenda, the pointer everybody follows, the one seat that writes.

use crate::domain::audit::Detail;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::{Meeting, MeetingCode, WritingSeat};
use crate::domain::panel::Panel;
use crate::domain::panel::lack::PanelLack;
use crate::domain::permission::matrix::Verb;
use crate::domain::permission::{Permit, authorize_panel, authorize_system};
use crate::domain::project::Stage;
use crate::domain::text::clean_line;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::unmet::Unmet;
use crate::service::command::{Done, MeetingOrder};
use crate::service::error::{Answer, Error, Missing};
use crate::service::gate::{About, Context, Outcome, Work};
use crate::service::store::meeting::MeetingId;
use crate::service::store::panel_write::PanelKey;

/// The stages in which a panel can be heard.
pub(super) const HEARD: &[Stage] = &[Stage::PanelReviewing, Stage::PanelConcluding];

/// What will be done.
#[derive(Debug)]
pub enum Plan {
    /// Call a meeting with these panels.
    Call {
        /// The day.
        day: chrono::NaiveDate,
        /// The room.
        place: String,
        /// The panels, each with its project's code.
        panels: Vec<(ProjectCode, PanelKey)>,
    },
    /// Change one.
    Change(MeetingId, MeetingCode, Change),
}

/// What changes about a meeting.
#[derive(Debug)]
pub enum Change {
    /// A panel comes onto the agenda.
    Add(ProjectCode, PanelKey),
    /// An item is taken off.
    Withdraw(u32, String),
    /// An item is taken up.
    TakeUp(u32),
    /// Somebody sits down to write, in whose place and why.
    Seat(String, Option<String>, String),
    /// Whoever writes gets up.
    Unseat,
    /// It is over.
    End,
}

/// Tells the code under which the log records an order.
pub const fn code(order: &MeetingOrder) -> &'static str {
    match order {
        MeetingOrder::Call { .. } => "call-meeting",
        MeetingOrder::Add { .. } => "add-to-agenda",
        MeetingOrder::Withdraw { .. } => "withdraw-from-agenda",
        MeetingOrder::TakeUp { .. } => "take-up-item",
        MeetingOrder::TakeSeat { .. } => "take-seat",
        MeetingOrder::LeaveSeat { .. } => "leave-seat",
        MeetingOrder::End { .. } => "end-meeting",
    }
}

/// Judges an order.
pub fn prepare(context: Context<'_>, order: &MeetingOrder) -> Answer<(Permit, super::Plan)> {
    let permit = authorize_system(context.actor, Verb::RunMeetings)?;
    let line = |text: &str| clean_line(text).trim().to_owned();
    let plan = match order {
        MeetingOrder::Call { day, place, projects } => {
            let mut panels: Vec<(ProjectCode, PanelKey)> = Vec::new();
            for code in projects {
                // Named twice, it is argued once.
                if panels.iter().all(|(other, _)| other != code) {
                    panels.push((code.clone(), to_hear(context, code)?));
                }
            }
            if panels.is_empty() {
                return Err(refused(PanelLack::AgendaEmpty));
            }
            Plan::Call { day: *day, place: line(place), panels }
        }
        MeetingOrder::Add { meeting, project } => {
            let (id, _) = running(context, *meeting)?;
            Plan::Change(id, *meeting, Change::Add(project.clone(), to_hear(context, project)?))
        }
        MeetingOrder::Withdraw { meeting, item, reason } => {
            let (id, found) = running(context, *meeting)?;
            // Taken off while somebody writes under it, what is typed would belong to no meeting.
            if let Some(seat) = elsewhere(context, &found, "") {
                return Err(refused(PanelLack::SeatHeld(seat.holder.name.clone())));
            }
            let on_it = found.item(*item).ok_or(Missing::AgendaItem(*item))?;
            drop(authorize_panel(context.actor, Verb::RecordMeeting, &context.dossier(&on_it.project)?)?);
            let project = context.read.project_id(&on_it.project)?.ok_or(Missing::AgendaItem(*item))?;
            if context.read.panel_conclusion((project, on_it.round, on_it.session))?.is_some() {
                return Err(refused(PanelLack::ItemConcluded(*item)));
            }
            match line(reason) {
                why if why.is_empty() => return Err(refused(PanelLack::WithdrawalNeedsReason(*item))),
                why => Plan::Change(id, *meeting, Change::Withdraw(*item, why)),
            }
        }
        MeetingOrder::TakeUp { meeting, item, terminal } => {
            let (id, found) = running(context, *meeting)?;
            let on_it = found.item(*item).ok_or(Missing::AgendaItem(*item))?;
            drop(authorize_panel(context.actor, Verb::RecordMeeting, &context.dossier(&on_it.project)?)?);
            if let Some(seat) = elsewhere(context, &found, terminal) {
                return Err(refused(PanelLack::SeatHeld(seat.holder.name.clone())));
            }
            Plan::Change(id, *meeting, Change::TakeUp(*item))
        }
        MeetingOrder::TakeSeat { meeting, terminal, reason } => {
            let (id, found) = running(context, *meeting)?;
            let other = found.seat.as_ref().filter(|seat| seat.holder.account != context.actor.id);
            let from = other.map(|seat| seat.holder.name.clone());
            match (from, line(reason)) {
                (Some(name), why) if why.is_empty() => return Err(refused(PanelLack::TakeoverNeedsReason(name))),
                (from, why) => Plan::Change(id, *meeting, Change::Seat(terminal.clone(), from, why)),
            }
        }
        MeetingOrder::LeaveSeat { meeting, terminal } => {
            let (id, found) = running(context, *meeting)?;
            if let Some(seat) = elsewhere(context, &found, terminal) {
                return Err(refused(PanelLack::SeatHeld(seat.holder.name.clone())));
            }
            Plan::Change(id, *meeting, Change::Unseat)
        }
        MeetingOrder::End { meeting } => {
            let (id, found) = running(context, *meeting)?;
            if let Some(seat) = found.seat.filter(|seat| seat.holder.account != context.actor.id) {
                return Err(refused(PanelLack::SeatHeld(seat.holder.name)));
            }
            Plan::Change(id, *meeting, Change::End)
        }
    };
    Ok((permit, super::Plan::Meeting(Box::new(plan))))
}

fn refused(lack: PanelLack) -> Error {
    vec![Unmet::Panel(lack)].into()
}

fn running(context: Context<'_>, code: MeetingCode) -> Answer<(MeetingId, Meeting)> {
    let (id, meeting) = context.read.meeting(code)?.ok_or(Missing::Meeting(code))?;
    match meeting.ended {
        Some(_) => Err(refused(PanelLack::MeetingOver(code))),
        None => Ok((id, meeting)),
    }
}

/// Finds the confirmed panel of a project that is to be heard, where no meeting that is not over has it.
fn to_hear(context: Context<'_>, code: &ProjectCode) -> Answer<PanelKey> {
    let dossier = context.dossier(code)?;
    drop(authorize_panel(context.actor, Verb::RecordMeeting, &dossier)?);
    let panel = heard(&dossier)?;
    let key = (dossier.project.id, panel.round, panel.session);
    match context.read.meeting_of_panel(key)? {
        Some(meeting) => Err(refused(PanelLack::OnAgenda(meeting))),
        None => Ok(key),
    }
}

/// Finds the panel that hears a project now.
pub(super) fn heard(dossier: &Dossier) -> Answer<&Panel> {
    let project = &dossier.project;
    if let Some(overlay) = project.stopped() {
        return Err(vec![Unmet::Blocked(overlay)].into());
    }
    if !HEARD.contains(&project.stage) {
        return Err(vec![Unmet::WrongStage { stage: project.stage, needed: HEARD }].into());
    }
    dossier.panel().ok_or_else(|| refused(PanelLack::NotFormed))
}

/// Tells who holds the writing seat, where that is not this account at this terminal. The command line has no terminal
/// of its own: it writes for whoever holds the seat, if that is the same person.
pub(super) fn elsewhere<'m>(context: Context<'_>, meeting: &'m Meeting, terminal: &str) -> Option<&'m WritingSeat> {
    let seat = meeting.seat.as_ref()?;
    let mine = match terminal.is_empty() {
        true => seat.holder.account == context.actor.id,
        false => seat.is_held_at(context.actor.id, terminal),
    };
    (!mine).then_some(seat)
}

/// Tells who writes for a panel at a meeting that is not over, where that is not this account at this terminal.
pub(super) fn writer_elsewhere(context: Context<'_>, key: PanelKey, terminal: &str) -> Answer<Option<String>> {
    let Some(code) = context.read.meeting_of_panel(key)? else { return Ok(None) };
    let Some((_, meeting)) = context.read.meeting(code)? else { return Ok(None) };
    Ok(elsewhere(context, &meeting, terminal).map(|seat| seat.holder.name.clone()))
}

/// Carries it out.
pub fn apply(work: &Work<'_>, about: &About, plan: Plan) -> Answer<(Outcome, Done)> {
    let (write, pen) = (work.write(), (work.context().actor.id, work.context().now));
    let (code, detail) = match plan {
        Plan::Call { day, place, panels } => {
            let (id, code) = write.call_meeting(day, &place, pen)?;
            for (_, key) in &panels {
                write.add_agenda_item(id, *key)?;
            }
            let projects: Vec<String> = panels.iter().map(|(code, _)| code.to_string()).collect();
            let detail = Detail::new().with("day", day.to_string()).with("place", place);
            (code, detail.with("projects", projects.join(" ")))
        }
        Plan::Change(id, code, change) => {
            let detail = Detail::new();
            let detail = match change {
                Change::Add(project, key) => {
                    let number = write.add_agenda_item(id, key)?;
                    detail.with("item", number.to_string()).with("project", project.to_string())
                }
                // The reason stands with the item, where it can be destroyed with the project's content.
                Change::Withdraw(item, why) => {
                    write.withdraw_item(id, item, &why, pen)?;
                    detail.with("item", item.to_string())
                }
                Change::TakeUp(item) => {
                    write.take_up_item(id, item, pen.1)?;
                    detail.with("item", item.to_string())
                }
                Change::Seat(terminal, from, why) => {
                    write.set_writing_seat(id, Some(&terminal), pen)?;
                    detail.with("terminal", terminal).with("from", from.unwrap_or_default()).with("reason", why)
                }
                Change::Unseat => {
                    write.set_writing_seat(id, None, pen)?;
                    detail
                }
                Change::End => {
                    write.end_meeting(id, pen)?;
                    detail
                }
            };
            (code, detail)
        }
    };
    let outcome = Outcome { detail: detail.with("meeting", code.to_string()), ..Outcome::default() };
    Ok((outcome, Done::System { action: about.action.clone(), subject: code.to_string() }))
}
