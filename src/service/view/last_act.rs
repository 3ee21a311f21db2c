//! The project a person last did something with: what an undo without a project means.

use super::Query;
use crate::domain::ids::ProjectCode;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// Asks for it.
#[derive(Debug, Clone, Copy)]
pub struct LastProject;

impl Query for LastProject {
    type Answer = Option<ProjectCode>;

    fn answer(self, context: Context<'_>) -> Answer<Option<ProjectCode>> {
        Ok(context.read.last_project_of(&context.actor.account)?.map(|code| ProjectCode::typed(&code)))
    }
}
