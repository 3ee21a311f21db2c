//! Meetings, who came to them, and the working sheets of their panels.

use chrono::NaiveDate;
use rusqlite::{Row, params};

use super::error::StoreResult;
use super::opinion::maybe_hand;
use super::panel_write::{PanelKey, Pen};
use super::record::hand;
use super::{Reader, Writer, codes};
use crate::domain::calendar::Moment;
use crate::domain::ids::{ExpertId, ProjectCode, ProjectId};
use crate::domain::meeting::sheet::{Field, Noted, Sheet};
use crate::domain::meeting::{AgendaItem, Hearing, Meeting, MeetingCode, WritingSeat};
use crate::domain::panel::attendance::Presence;

/// A meeting's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingId(pub i64);

const MEETING: &str = "SELECT m.*, c.name AS caller, e.name AS ender, s.name AS sitter FROM meeting m
    JOIN account c ON c.id = m.called_by LEFT JOIN account e ON e.id = m.ended_by
    LEFT JOIN account s ON s.id = m.seat_account WHERE m.year = ?1 AND m.number = ?2";

/// Those that are not over, however old, and those of the last days.
const MEETINGS: &str = "SELECT year, number FROM meeting WHERE ended_at IS NULL
    UNION SELECT year, number FROM meeting WHERE day >= ?1 ORDER BY year, number";

fn code(row: &Row<'_>) -> StoreResult<MeetingCode> {
    Ok(MeetingCode { year: codes::get(row, "year")?, number: codes::count(row, "number")? })
}

fn noted(row: &Row<'_>) -> StoreResult<Noted> {
    Ok(Noted {
        value: codes::get(row, "said")?,
        version: codes::count(row, "version")?,
        by: hand(row, "account_id", "by_name", "at")?,
    })
}

impl Reader<'_> {
    /// Reads a meeting.
    pub fn meeting(self, wanted: MeetingCode) -> StoreResult<Option<(MeetingId, Meeting)>> {
        let found = codes::first(&mut self.prepare(MEETING)?, params![wanted.year, wanted.number], |row| {
            let holder = maybe_hand(row, "seat_account", "sitter", "seat_at")?;
            let terminal: Option<String> = codes::get(row, "seat_terminal")?;
            let meeting = Meeting {
                code: code(row)?,
                day: codes::date(row, "day")?,
                place: codes::get(row, "place")?,
                called: hand(row, "called_by", "caller", "called_at")?,
                ended: maybe_hand(row, "ended_by", "ender", "ended_at")?,
                agenda: Vec::new(),
                current: codes::maybe_count(row, "current")?,
                seat: holder.zip(terminal).map(|(holder, terminal)| WritingSeat { holder, terminal }),
            };
            Ok((MeetingId(codes::get(row, "id")?), meeting))
        })?;
        let Some((id, mut meeting)) = found else { return Ok(None) };
        meeting.agenda = self.agenda(id)?;
        Ok(Some((id, meeting)))
    }

    fn agenda(self, meeting: MeetingId) -> StoreResult<Vec<AgendaItem>> {
        codes::rows(
            &mut self.prepare(
                "SELECT i.*, p.code, w.name AS withdrawer FROM meeting_item i JOIN project p ON p.id = i.project_id
                 LEFT JOIN account w ON w.id = i.withdrawn_by WHERE i.meeting_id = ?1 ORDER BY i.number",
            )?,
            [meeting.0],
            |row| {
                let why: Option<String> = codes::get(row, "withdrawn")?;
                let project: String = codes::get(row, "code")?;
                Ok(AgendaItem {
                    number: codes::count(row, "number")?,
                    project: ProjectCode::typed(&project),
                    round: codes::count(row, "round")?,
                    session: codes::count(row, "session")?,
                    begun: codes::maybe_moment(row, "begun_at")?,
                    withdrawn: why.zip(maybe_hand(row, "withdrawn_by", "withdrawer", "withdrawn_at")?),
                })
            },
        )
    }

    /// Lists the meetings that are not over, and those since a day.
    pub fn meetings(self, since: NaiveDate) -> StoreResult<Vec<MeetingCode>> {
        codes::rows(&mut self.prepare(MEETINGS)?, [since.to_string()], code)
    }

    /// Finds the meeting that is not over and has a panel on its agenda.
    pub fn meeting_of_panel(self, (project, round, session): PanelKey) -> StoreResult<Option<MeetingCode>> {
        codes::first(
            &mut self.prepare(
                "SELECT m.year, m.number FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
                 WHERE i.project_id = ?1 AND i.round = ?2 AND i.session = ?3
                 AND i.withdrawn IS NULL AND m.ended_at IS NULL",
            )?,
            params![project.0, round, session],
            code,
        )
    }

    /// Lists the meetings on whose agenda panels of a project are or were, unless they were taken off it.
    pub fn hearings(self, project: ProjectId) -> StoreResult<Vec<Hearing>> {
        codes::rows(
            &mut self.prepare(
                "SELECT m.year, m.number AS number, m.day, m.place, m.ended_at, i.number AS item, i.round, i.session
                 FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
                 WHERE i.project_id = ?1 AND i.withdrawn IS NULL ORDER BY i.round, i.session, m.id",
            )?,
            [project.0],
            |row| {
                Ok(Hearing {
                    round: codes::count(row, "round")?,
                    session: codes::count(row, "session")?,
                    meeting: code(row)?,
                    day: codes::date(row, "day")?,
                    place: codes::get(row, "place")?,
                    item: codes::count(row, "item")?,
                    is_over: codes::maybe_moment(row, "ended_at")?.is_some(),
                })
            },
        )
    }

    /// Lists the projects with a confirmed panel that has not concluded, and since when.
    pub fn panels_to_hear(self) -> StoreResult<Vec<(ProjectCode, u32, u32, Moment)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT p.code, s.round, s.session, s.confirmed_at FROM project p JOIN panel s ON s.project_id = p.id
                 WHERE p.stage IN ('panel-reviewing', 'panel-concluding') AND s.confirmed_at IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM panel_conclusion c
                     WHERE c.project_id = s.project_id AND c.round = s.round AND c.session = s.session)
                 ORDER BY s.confirmed_at, p.code",
            )?,
            [],
            |row| {
                let code: String = codes::get(row, "code")?;
                let (round, session) = (codes::count(row, "round")?, codes::count(row, "session")?);
                Ok((ProjectCode::typed(&code), round, session, codes::moment(row, "confirmed_at")?))
            },
        )
    }

    /// Reads the working sheet of a panel: the last version of every field.
    pub fn sheet(self, (project, round, session): PanelKey) -> StoreResult<Sheet> {
        let fields = codes::rows(
            &mut self.prepare(
                "SELECT n.*, a.name AS by_name FROM panel_note n JOIN account a ON a.id = n.account_id
                 WHERE n.project_id = ?1 AND n.round = ?2 AND n.session = ?3 AND n.aside = 0
                 ORDER BY n.field, n.version",
            )?,
            params![project.0, round, session],
            |row| Ok((codes::code(row, "field", Field::parse)?, noted(row)?)),
        )?;
        // Later versions replace earlier ones.
        Ok(fields.into_iter().collect())
    }

    /// Reads every version of a field, those that were kept aside too: text, whether aside, who and when.
    pub fn versions_of_note(
        self,
        (project, round, session): PanelKey,
        field: Field,
    ) -> StoreResult<Vec<(Noted, bool)>> {
        codes::rows(
            &mut self.prepare(
                "SELECT n.*, a.name AS by_name FROM panel_note n JOIN account a ON a.id = n.account_id
                 WHERE n.project_id = ?1 AND n.round = ?2 AND n.session = ?3 AND n.field = ?4 ORDER BY n.version",
            )?,
            params![project.0, round, session, field.to_string()],
            |row| Ok((noted(row)?, codes::get(row, "aside")?)),
        )
    }
}

impl Writer<'_> {
    /// Calls a meeting; tells its number.
    pub fn call_meeting(
        &self,
        day: NaiveDate,
        place: &str,
        (account, at): Pen,
    ) -> StoreResult<(MeetingId, MeetingCode)> {
        let year = chrono::Datelike::year(&day);
        let number: u32 = self
            .prepare("SELECT coalesce(max(number), 0) + 1 FROM meeting WHERE year = ?1")?
            .query_row([year], |row| row.get(0))?;
        let id = self
            .prepare(
                "INSERT INTO meeting (year, number, day, place, called_by, called_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .insert(params![year, number, day.to_string(), place, account.0, at.timestamp_millis()])?;
        Ok((MeetingId(id), MeetingCode { year, number }))
    }

    /// Puts a panel at the end of an agenda; tells its place.
    pub fn add_agenda_item(&self, meeting: MeetingId, (project, round, session): PanelKey) -> StoreResult<u32> {
        let number: u32 = self
            .prepare("SELECT coalesce(max(number), 0) + 1 FROM meeting_item WHERE meeting_id = ?1")?
            .query_row([meeting.0], |row| row.get(0))?;
        self.prepare(
            "INSERT INTO meeting_item (meeting_id, number, project_id, round, session) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![meeting.0, number, project.0, round, session])?;
        Ok(number)
    }

    /// Takes an item off an agenda; it stays readable.
    pub fn withdraw_item(&self, meeting: MeetingId, item: u32, why: &str, (account, at): Pen) -> StoreResult<()> {
        self.prepare(
            "UPDATE meeting_item SET withdrawn = ?3, withdrawn_by = ?4, withdrawn_at = ?5
             WHERE meeting_id = ?1 AND number = ?2 AND withdrawn IS NULL",
        )?
        .execute(params![meeting.0, item, why, account.0, at.timestamp_millis()])?;
        self.prepare("UPDATE meeting SET current = NULL WHERE id = ?1 AND current = ?2")?
            .execute(params![meeting.0, item])?;
        Ok(())
    }

    /// Takes an item up.
    pub fn take_up_item(&self, meeting: MeetingId, item: u32, now: Moment) -> StoreResult<()> {
        self.prepare("UPDATE meeting SET current = ?2 WHERE id = ?1")?.execute(params![meeting.0, item])?;
        self.prepare(
            "UPDATE meeting_item SET begun_at = ?3 WHERE meeting_id = ?1 AND number = ?2 AND begun_at IS NULL",
        )?
        .execute(params![meeting.0, item, now.timestamp_millis()])?;
        Ok(())
    }

    /// Notes who writes, or that nobody does.
    pub fn set_writing_seat(&self, meeting: MeetingId, terminal: Option<&str>, (account, at): Pen) -> StoreResult<()> {
        let (who, since) = (terminal.map(|_| account.0), terminal.map(|_| at.timestamp_millis()));
        self.prepare("UPDATE meeting SET seat_account = ?2, seat_terminal = ?3, seat_at = ?4 WHERE id = ?1")?
            .execute(params![meeting.0, who, terminal, since])?;
        Ok(())
    }

    /// Ends a meeting.
    pub fn end_meeting(&self, meeting: MeetingId, (account, at): Pen) -> StoreResult<()> {
        self.prepare(
            "UPDATE meeting SET ended_by = ?2, ended_at = ?3, seat_account = NULL, seat_terminal = NULL, seat_at = NULL
             WHERE id = ?1",
        )?
        .execute(params![meeting.0, account.0, at.timestamp_millis()])?;
        Ok(())
    }

    /// Notes whether a member came.
    pub fn add_attendance(
        &self,
        (project, round, session): PanelKey,
        (expert, presence, reason): (ExpertId, Presence, &str),
        (account, at): Pen,
    ) -> StoreResult<()> {
        self.prepare(
            "INSERT INTO panel_attendance (project_id, round, session, number, expert_id, presence, reason, account_id, at)
             VALUES (?1, ?2, ?3, (SELECT coalesce(max(number), 0) + 1 FROM panel_attendance
                 WHERE project_id = ?1 AND round = ?2 AND session = ?3), ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            project.0,
            round,
            session,
            expert.0,
            presence.code(),
            reason,
            account.0,
            at.timestamp_millis()
        ])?;
        Ok(())
    }

    /// Writes the next version of a field; tells which one it is.
    pub fn add_note(
        &self,
        (project, round, session): PanelKey,
        (field, said, aside): (Field, &str, bool),
        (account, at): Pen,
    ) -> StoreResult<u32> {
        let field = field.to_string();
        let version: u32 = self
            .prepare(
                "SELECT coalesce(max(version), 0) + 1 FROM panel_note
                 WHERE project_id = ?1 AND round = ?2 AND session = ?3 AND field = ?4",
            )?
            .query_row(params![project.0, round, session, field], |row| row.get(0))?;
        self.prepare(
            "INSERT INTO panel_note (project_id, round, session, field, version, said, aside, account_id, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            project.0,
            round,
            session,
            field,
            version,
            said,
            aside,
            account.0,
            at.timestamp_millis()
        ])?;
        Ok(version)
    }
}

/// A panel of a project, as the tables name it.
pub fn panel_key(project: ProjectId, item: &AgendaItem) -> PanelKey {
    (project, item.round, item.session)
}
