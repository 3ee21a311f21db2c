//! Meetings as scripts read them. What may not be known yet is not in the views these are written from.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::{knows, looked_at, number};
use crate::cli::command::panel_json;
use crate::cli::command::show::hand;
use crate::cli::failure::unmet_list;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::Meeting;
use crate::domain::meeting::sheet::{Field, Noted};
use crate::domain::panel::{Panel, Seat};
use crate::domain::workflow::record::PanelResult;
use crate::service::error::Error;
use crate::service::view::meeting::{ItemLine, ItemState, ItemView, MeetingView, MeetingsView, SeatState};
use crate::service::view::notes::NoteHistoryView;
use crate::service::view::proceedings::ProceedingsView;
use crate::wording::{self, destruction, labels};

/// Writes the list of meetings.
pub fn list(view: &MeetingsView) -> Value {
    let meetings = view.meetings.iter().map(|line| {
        json!({
            "code": line.code.to_string(),
            "day": line.day.to_string(),
            "place": line.place,
            "items": line.items,
            "concluded": line.concluded,
            "writer": line.writer,
            "over": line.is_over,
        })
    });
    let waiting = view.waiting.iter().map(|panel| {
        json!({
            "code": panel.code.as_str(),
            "name": panel.name,
            "unit": panel.unit,
            "amount_wan": panel.amount.to_string(),
            "members": panel.members,
            "since": panel.since.to_rfc3339(),
        })
    });
    json!({
        "today": view.today.to_string(),
        "may_call": view.may_call,
        "total": view.meetings.len(),
        "items": meetings.collect::<Vec<_>>(),
        "waiting": waiting.collect::<Vec<_>>(),
    })
}

/// Writes a meeting with the item looked at.
pub fn meeting(view: &MeetingView) -> Value {
    json!({
        "meeting": head(&view.meeting),
        "may_write": view.may_write,
        "agenda": view.items.iter().map(|line| agenda(line, &view.meeting)).collect::<Vec<_>>(),
        "item": looked_at(view).map(|seen| item(seen, view.now.date_naive())),
    })
}

fn head(meeting: &Meeting) -> Value {
    json!({
        "code": meeting.code.to_string(),
        "day": meeting.day.to_string(),
        "place": meeting.place,
        "called": hand(&meeting.called),
        "ended": meeting.ended.as_ref().map(hand),
        "over": meeting.ended.is_some(),
        "current": meeting.current,
        "seat": meeting.seat.as_ref().map(|seat| json!({
            "name": seat.holder.name,
            "since": seat.holder.at.to_rfc3339(),
            "terminal": seat.terminal,
        })),
    })
}

fn agenda(line: &ItemLine, meeting: &Meeting) -> Value {
    let (state, result, reason) = match &line.state {
        ItemState::Waiting => ("waiting", None, None),
        ItemState::Current => ("current", None, None),
        ItemState::Paused => ("paused", None, None),
        ItemState::Concluded(result) => ("concluded", Some(*result), None),
        ItemState::Withdrawn(why) => ("withdrawn", None, Some(why)),
    };
    let begun = meeting.agenda.iter().find(|item| item.number == line.number).and_then(|item| item.begun);
    json!({
        "number": line.number,
        "code": line.project.as_ref().map(|(code, _)| code.as_str()),
        "name": line.project.as_ref().map(|(_, name)| destruction::name(name)),
        "state": state,
        "state_name": wording::meeting::state(&line.state),
        "result": result.map(PanelResult::code),
        "result_name": result.map(labels::panel_result),
        "reason": reason,
        "begun": begun.map(|at| at.to_rfc3339()),
    })
}

fn item(view: &ItemView, today: NaiveDate) -> Value {
    let seats = view.panel.seats().iter().zip(&view.seats);
    let fields: Map<String, Value> = view
        .sheet
        .iter()
        .filter(|(_, noted)| !noted.value.is_empty())
        .map(|(field, noted)| (field.to_string(), version(noted)))
        .collect();
    let unmet = match &view.lacks {
        Some(Error::Refused(unmet)) => unmet_list(unmet),
        _ => json!([]),
    };
    let problems = match &view.lacks {
        Some(error @ Error::Invalid(_)) => wording::problem(error).causes,
        _ => Vec::new(),
    };
    json!({
        "number": view.number,
        "code": view.code.as_str(),
        "name": destruction::name(&view.name),
        "unit": view.unit,
        "amount_wan": view.amount.to_string(),
        "stage": view.stage.code(),
        "stage_name": labels::stage(view.stage),
        "version": view.version,
        "begun": view.begun.map(|at| at.to_rfc3339()),
        "needed": view.needed,
        "members": seats.map(|(seat, state)| member(seat, *state, view)).collect::<Vec<_>>(),
        "sheet": fields,
        "tally": view.tally.map(panel_json::votes),
        "says": view.says.map(PanelResult::code),
        "next": view.next.map(|action| json!({ "action": action.code(), "name": labels::action(action) })),
        "ready": view.next.is_some() && view.lacks.is_none(),
        "unmet": unmet,
        "problems": problems,
        "panel": panel_json::one(&view.panel, &progress(view), today),
    })
}

fn progress(item: &ItemView) -> Vec<(String, bool)> {
    let seats = item.panel.seats().iter().zip(&item.seats);
    seats.filter(|(_, state)| state.locked).map(|(seat, _)| (seat.name.clone(), true)).collect()
}

fn member(seat: &Seat, state: SeatState, view: &ItemView) -> Value {
    let presence = view.panel.presence(seat.expert);
    let vote = knows(view).then(|| view.sheet.vote(&view.panel, seat.expert)).flatten();
    json!({
        "expert": number(seat.expert),
        "name": seat.name,
        "employer": seat.employer,
        "title": seat.title,
        "disciplines": seat.disciplines,
        "chair": seat.chair,
        "presence": presence.code(),
        "presence_name": labels::presence(presence),
        "voted": state.voted,
        "locked": state.locked,
        "vote": vote.map(PanelResult::code),
    })
}

/// Writes who came.
pub fn presences(panel: &Panel) -> Value {
    let one = |seat: &Seat| {
        let presence = panel.presence(seat.expert);
        json!({
            "expert": number(seat.expert),
            "name": seat.name,
            "presence": presence.code(),
            "presence_name": labels::presence(presence),
        })
    };
    panel.seats().iter().map(one).collect()
}

fn version(noted: &Noted) -> Value {
    json!({ "value": noted.value, "version": noted.version, "by": hand(&noted.by) })
}

/// Writes every version of a field.
pub fn history(project: &ProjectCode, field: Field, view: &NoteHistoryView) -> Value {
    let versions = view.versions.iter().map(|(noted, aside)| {
        let mut written = version(noted);
        if let Value::Object(fields) = &mut written {
            fields.insert("aside".to_owned(), json!(aside));
        }
        written
    });
    json!({
        "code": project.as_str(),
        "round": view.round,
        "session": view.session,
        "field": field.to_string(),
        "field_name": labels::sheet_field(field),
        "versions": versions.collect::<Vec<_>>(),
    })
}

/// Writes the minutes with what they are made of. Until the opinions are closed they hold no votes, whoever asks.
pub fn minutes(view: &ProceedingsView, text: &str) -> Value {
    let (meeting, now) = (&view.meeting.meeting, view.meeting.now);
    let one = |(line, seen): (&ItemLine, &Option<Box<ItemView>>)| {
        let mut written = agenda(line, meeting);
        if let (Value::Object(fields), Some(item)) = (&mut written, seen) {
            let mut panel = item.panel.clone();
            if !panel.is_open_to_read() {
                panel.opinions.clear();
            }
            fields.insert("unit".to_owned(), json!(item.unit));
            fields.insert("amount_wan".to_owned(), json!(item.amount.to_string()));
            fields.insert("panel".to_owned(), panel_json::one(&panel, &progress(item), now.date_naive()));
        }
        written
    };
    let items: Vec<Value> = view.meeting.items.iter().zip(&view.items).map(one).collect();
    json!({ "code": meeting.code.to_string(), "meeting": head(meeting), "items": items, "text": text })
}
