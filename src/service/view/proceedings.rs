//! A meeting with every item of its agenda, as its minutes need it.

use super::Query;
use super::meeting::{ItemView, MeetingView, ShowMeeting};
use crate::domain::meeting::MeetingCode;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// A meeting, whole.
#[derive(Debug, Clone, Copy)]
pub struct Proceedings {
    /// Which one.
    pub meeting: MeetingCode,
}

/// The answer.
#[derive(Debug)]
pub struct ProceedingsView {
    /// The meeting.
    pub meeting: MeetingView,
    /// What is told of each line of its agenda; nothing of a project the account may not see.
    pub items: Vec<Option<Box<ItemView>>>,
}

impl Query for Proceedings {
    type Answer = ProceedingsView;

    fn answer(self, context: Context<'_>) -> Answer<ProceedingsView> {
        let show = |item| ShowMeeting { meeting: self.meeting, item }.answer(context);
        let meeting = show(None)?;
        let mut items = Vec::new();
        for line in &meeting.items {
            items.push(show(Some(line.number))?.item.filter(|item| item.number == line.number));
        }
        Ok(ProceedingsView { meeting, items })
    }
}
