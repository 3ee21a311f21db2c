//! The pointer of the terminal that writes, in words other terminals of this program understand.

use super::{Pane, Session, Timer};
use crate::domain::actor::Actor;

/// Where the writer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointer {
    /// The item.
    pub item: u32,
    /// The pane.
    pub pane: Pane,
    /// The member.
    pub seat: usize,
    /// The row of the conclusion.
    pub line: usize,
    /// The clock when this was said.
    pub timer: Timer,
}

impl Pointer {
    /// Writes it.
    pub fn text(self) -> String {
        let Timer { millis, runs } = self.timer;
        format!(
            "{} {} {} {} {} {}",
            self.item,
            self.pane.index(),
            self.seat,
            self.line,
            millis / 1000,
            if runs { "runs" } else { "stands" }
        )
    }

    /// Reads it; what another edition of the program wrote is not followed.
    pub fn parse(text: &str) -> Option<Pointer> {
        let mut words = text.split(' ');
        let mut number = || words.next()?.parse::<usize>().ok();
        let (item, pane, seat, line, seconds) = (number()?, number()?, number()?, number()?, number()?);
        let runs = match words.next()? {
            "runs" => true,
            "stands" => false,
            _ => return None,
        };
        Some(Pointer {
            item: u32::try_from(item).ok()?,
            pane: Pane::ALL.get(pane).copied()?,
            seat,
            line,
            timer: Timer { millis: u64::try_from(seconds).ok()? * 1000, runs },
        })
    }
}

/// Tells where this terminal is, where it writes: the second is left out while the clock runs, because others count
/// on by themselves and need not be told every second.
pub fn pointer(session: &Session, me: &Actor, terminal: &str) -> Option<Pointer> {
    let item = session.item().filter(|_| session.writes(me, terminal))?;
    let (seat, line) = (session.seat, session.line);
    Some(Pointer { item: item.number, pane: session.pane, seat, line, timer: session.told })
}

/// Goes where the writer is. Tells whether another item must be loaded for it.
pub fn follow(session: &mut Session) -> bool {
    let Some(heard) = session.heard.filter(|_| session.follows) else { return false };
    session.pane = heard.pane;
    session.seat = heard.seat;
    session.line = heard.line;
    session.wanted = None;
    session.settle();
    session.item().is_none_or(|item| item.number != heard.item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_reads_back_from_what_it_is_written_as() {
        let timer = Timer { millis: 760_000, runs: true };
        let pointer = Pointer { item: 2, pane: Pane::Conclusion, seat: 4, line: 1, timer };
        assert_eq!(pointer.text(), "2 3 4 1 760 runs");
        assert_eq!(Pointer::parse(&pointer.text()), Some(pointer));
        for foreign in ["", "2", "2 9 0 0 0 runs", "x 1 0 0 0 runs", "2 1 0 0 0 walks"] {
            assert_eq!(Pointer::parse(foreign), None, "{foreign}");
        }
    }
}
