//! 到会: who came, who did not, who must not be there; and who therefore sits.

use super::recusal::Ground;
use super::{Panel, Seat};
use crate::domain::ids::ExpertId;
use crate::domain::vocabulary::vocabulary;
use crate::domain::workflow::record::Hand;

vocabulary!(
    /// Whether a member is at the meeting.
    Presence {
        /// 未签到: nobody has said yet.
        Expected = "expected",
        /// 到会.
        Present = "present",
        /// 回避: a declaration stands, so the member sits for this project in no case.
        Recused = "recused",
        /// 缺席.
        Absent = "absent",
    }
);

vocabulary!(
    /// What happens to the seat of a member who is absent or recused (county setting).
    Vacancy {
        /// It must be filled before the opinions are closed.
        Replace = "replace",
        /// The panel goes on while enough members sit and the chair is among them.
        GoOn = "go-on",
    }
);

/// What was noted about a member's coming. Every entry stays; the last one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// The member.
    pub expert: ExpertId,
    /// Whether the member came; never [`Presence::Recused`], which a declaration says.
    pub presence: Presence,
    /// Why not.
    pub reason: String,
    /// Who noted it.
    pub by: Hand,
}

impl Panel {
    /// Tells whether a member is there. A declaration goes before a signature on the list.
    pub fn presence(&self, expert: ExpertId) -> Presence {
        let declared = self.recusals.iter().rfind(|recusal| recusal.expert == expert);
        if declared.is_some_and(|recusal| recusal.ground != Ground::None) {
            return Presence::Recused;
        }
        let noted = self.attendance.iter().rfind(|entry| entry.expert == expert);
        noted.map_or(Presence::Expected, |entry| entry.presence)
    }

    /// Tells whether a member sits: neither absent nor recused.
    pub fn sits(&self, seat: &Seat) -> bool {
        matches!(self.presence(seat.expert), Presence::Expected | Presence::Present)
    }

    /// Lists the members who sit.
    pub fn sitting(&self) -> Vec<&Seat> {
        self.seats().iter().filter(|seat| self.sits(seat)).collect()
    }

    /// Lists the members who are absent.
    pub fn absent(&self) -> Vec<&Seat> {
        self.seats().iter().filter(|seat| self.presence(seat.expert) == Presence::Absent).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::ids::AccountId;
    use crate::domain::panel::Request;
    use crate::domain::panel::recusal::Recusal;

    /// Makes a panel that was just asked for.
    pub fn empty_panel() -> Panel {
        Panel {
            round: 1,
            session: 1,
            request: Request {
                reason: String::new(),
                vendors: Vec::new(),
                authors: Vec::new(),
                complaint: String::new(),
                by: hand(),
            },
            recusals: Vec::new(),
            draws: Vec::new(),
            formations: Vec::new(),
            confirmed: None,
            attendance: Vec::new(),
            opinions: Vec::new(),
            closed: None,
            conclusion: None,
            fixes: Vec::new(),
            corrections: Vec::new(),
        }
    }

    fn hand() -> Hand {
        Hand { account: AccountId(1), name: "刘敏".to_owned(), at: chrono::DateTime::UNIX_EPOCH.fixed_offset() }
    }

    #[test]
    fn a_declaration_goes_before_a_signature_on_the_list_until_it_is_taken_back() {
        let expert = ExpertId(5);
        let mut panel = empty_panel();
        let declared = |ground| Recusal { expert, name: "郑洁".to_owned(), ground, text: String::new(), by: hand() };
        assert_eq!(panel.presence(expert), Presence::Expected);
        panel.attendance.push(Attendance { expert, presence: Presence::Present, reason: String::new(), by: hand() });
        assert_eq!(panel.presence(expert), Presence::Present);
        panel.recusals.push(declared(Ground::Other));
        assert_eq!(panel.presence(expert), Presence::Recused);
        panel.recusals.push(declared(Ground::None));
        assert_eq!(panel.presence(expert), Presence::Present);
    }
}
