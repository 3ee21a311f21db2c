//! The present moment: the system's, or a given one for tests and sample data.

use chrono::Local;
use rustix::time::{ClockId, clock_gettime};

use crate::domain::calendar::{Moment, county_time};

/// Where Linux tells which start of the machine this is.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Where the present moment comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock.
    System,
    /// A moment that does not pass.
    Fixed(Moment),
}

/// How long the machine has been running: what durations between processes are measured by, since nobody can set it
/// back or forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uptime {
    /// Which start of the machine is counted from.
    pub boot: String,
    /// Milliseconds since then, the machine's sleep included.
    pub millis: i64,
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

    /// Tells how long the machine has been running.
    pub fn uptime(self) -> Uptime {
        match self {
            Clock::System => {
                let since = clock_gettime(ClockId::Boottime);
                let boot = std::fs::read_to_string(BOOT_ID).unwrap_or_default();
                Uptime { boot: boot.trim().to_owned(), millis: since.tv_sec * 1_000 + since.tv_nsec / 1_000_000 }
            }
            Clock::Fixed(moment) => Uptime { boot: String::new(), millis: moment.timestamp_millis() },
        }
    }
}
