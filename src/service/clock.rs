//! The present moment: the system's, or a given one for tests and sample data.

use chrono::Local;

use crate::domain::calendar::{Moment, county_time};

/// Where the present moment comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A moment that does not pass.
    Fixed(Moment),
}

impl Clock {
    /// Tells the present moment on the county's clock.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the system's clock is read")]
    pub fn now(self) -> Moment {
        match self {
            Clock::System => county_time(Local::now().fixed_offset()),
            Clock::Fixed(moment) => moment,
        }
    }
}
