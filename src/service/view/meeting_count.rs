//! How many meetings are not over, for the tab that leads to them.

use super::Query;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// How many meetings are not over; none for an account that does not follow meetings.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpenMeetings;

impl Query for OpenMeetings {
    type Answer = Option<usize>;

    fn answer(self, context: Context<'_>) -> Answer<Option<usize>> {
        if !context.actor.roles.iter().any(|role| role.sees_all_projects()) {
            return Ok(None);
        }
        let mut open = 0;
        for code in context.read.meetings(context.now.date_naive())? {
            let found = context.read.meeting(code)?;
            open += usize::from(found.is_some_and(|(_, meeting)| meeting.ended.is_none()));
        }
        Ok(Some(open))
    }
}
