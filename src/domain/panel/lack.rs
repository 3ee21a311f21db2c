//! Everything a panel can lack, each with its facts.

use chrono::NaiveDate;

use super::recusal::Why;
use super::tally::Tally;
use crate::domain::meeting::MeetingCode;
use crate::domain::workflow::record::PanelResult;

/// A condition of the panel that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelLack {
    /// The amount asks for no panel, and nobody said why there should be one.
    ReasonMissing,
    /// A panel of this round has concluded; another one comes only after a complaint.
    AlreadyConcluded,
    /// There are no members yet.
    NotFormed,
    /// No expert of that number or name, or several.
    ExpertUnknown(String),
    /// The expert stands on the list twice.
    NamedTwice(String),
    /// A part of a member's line is none of the words it can be.
    WordUnknown(String),
    /// Members are said to be drawn, and no draw with that seed is on record, or it drew others.
    DrawDiffers,
    /// There was a draw before, and nobody said why there should be another.
    RedrawNeedsReason,
    /// No panel that covers everything can be drawn from the candidates.
    DrawImpossible {
        /// How many candidates there are.
        candidates: usize,
        /// How many are wanted.
        size: u32,
        /// Disciplines of which there is none.
        disciplines: Vec<String>,
    },
    /// A drawn panel has an even number of members.
    DrawSizeEven(u32),
    /// A draw for a meeting on a day that has passed.
    MeetingPast(NaiveDate),
    /// Fewer members than there must be.
    TooFew {
        /// How many there are.
        members: usize,
        /// How many there must be.
        needed: u32,
    },
    /// An even number can tie.
    Even(usize),
    /// Nobody leads.
    NoChair,
    /// Several lead.
    SeveralChairs(Vec<String>),
    /// The chair belongs to a body of this county.
    ChairLocal(String),
    /// Too few members from outside.
    TooFewExternal {
        /// How many there are.
        external: usize,
        /// How many there must be.
        needed: usize,
    },
    /// The Centre's own project is argued by outsiders alone.
    SelfBuiltNotExternal(Vec<String>),
    /// Nobody is an expert of this.
    DisciplineMissing(String),
    /// Members without a declaration.
    DeclarationMissing(Vec<String>),
    /// A member must stay away.
    Conflict {
        /// Who.
        name: String,
        /// Why.
        why: Vec<Why>,
    },
    /// A member is no longer in use in the pool.
    Inactive(String),
    /// Too few of the earlier members stay for a 补充论证.
    Discontinuous {
        /// How many stay.
        kept: usize,
        /// How many sat before.
        before: usize,
        /// How many must stay.
        needed: usize,
        /// Those who sat before, are not on the list and may still be.
        absent: Vec<String>,
    },
    /// Not a member.
    NotAMember(String),
    /// The opinion is locked, and nobody said why it should be corrected.
    OpinionLocked(String),
    /// A correction leaves out what was dissented.
    DissentRemoved(String),
    /// The member is absent or stays away, and so says nothing.
    NotSitting(String),
    /// Members who did not come and were not replaced.
    Absent(Vec<String>),
    /// Fewer members sit than there must be.
    TooFewSitting {
        /// How many sit.
        sitting: usize,
        /// How many there must be.
        needed: u32,
    },
    /// The chair is absent or stays away.
    ChairAway(String),
    /// Somebody else writes the record of the meeting.
    SeatHeld(String),
    /// Somebody else writes, and nobody said why the seat should be taken over.
    TakeoverNeedsReason(String),
    /// The panel is on the agenda of this meeting already.
    OnAgenda(MeetingCode),
    /// The meeting is over.
    MeetingOver(MeetingCode),
    /// A meeting without a project.
    AgendaEmpty,
    /// The item was concluded, so it cannot be taken off the agenda.
    ItemConcluded(u32),
    /// An item is taken off the agenda without a word why.
    WithdrawalNeedsReason(u32),
    /// The member declared to stay away; coming is a declaration too.
    DeclaredAway(String),
    /// Staying away is declared, not ticked on a list.
    DeclareInstead,
    /// The opinions are closed; what members said is not written any more.
    OpinionsClosed,
    /// Opinions that are missing or not signed.
    OpinionsMissing(Vec<String>),
    /// The conclusion is not what the votes say, and the chair does not explain it.
    AgainstTally {
        /// The conclusion.
        conclusion: PanelResult,
        /// What the votes say.
        says: PanelResult,
        /// The votes.
        tally: Tally,
    },
    /// 原则通过 with nothing to mend.
    FixesMissing,
    /// Something to mend under another conclusion.
    FixesOutOfPlace,
    /// A fix without a day by which it is due.
    FixDue(String),
    /// The chair has not signed the conclusion.
    ChairUnsigned(String),
    /// No such fix.
    FixUnknown(String),
    /// The fix was closed before.
    FixClosed(u32),
    /// Fixes that are not closed, with their numbers.
    FixesOpen(Vec<(u32, String)>),
    /// There is no finished record to correct.
    NothingToCorrect,
}
