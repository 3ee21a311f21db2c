//! Policy: every threshold, deadline, checklist item and panel rule, as dated data.
//!
//! The regulation is a draft and its numbers are replaced by later editions, so no number of it is a constant in
//! code. A project keeps the policy of its submission until the running round ends.

mod parse;
mod plan;
pub mod regulation;
#[cfg(test)]
mod tests;

pub use parse::{AmendProblem, Identity, ParsedPolicy, PolicyProblem, amend, parse};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::calendar::WorkingDays;
use super::checklist::ChecklistItem;
use super::ids::ItemId;
use super::money::Money;
use super::panel::attendance::Vacancy;
use super::project::{ItemCategory, Stage};

/// One dated edition of the county's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Names the edition, such as `yushan-2026`.
    pub id: String,
    /// 标题 shown to people.
    pub title: String,
    /// The first day it applies to newly opened rounds.
    pub effective_from: NaiveDate,
    /// Amounts at which the way of a project changes.
    pub limits: Limits,
    /// What the small route still needs 〔第七条〕.
    pub small_route: SmallRoute,
    /// 集采目录: categories that need technical review whatever they cost 〔第七条〕.
    pub catalogue: CentralizedCatalogue,
    /// The yearly plan 〔第六条〕.
    pub plan: PlanRules,
    /// Operation and maintenance 〔第九条〕.
    pub operation: OperationRules,
    /// Acceptance 〔第十二条〕.
    pub acceptance: AcceptanceRules,
    /// The expert panel 〔第八条〕.
    pub panel: PanelRules,
    /// Changes after approval (county setting).
    pub change: ChangeRules,
    /// How long steps can be taken back and claims stand (county setting).
    pub handling: HandlingRules,
    /// What is taken for a finding (county setting).
    pub findings: FindingRules,
    /// Kinds of project that need an ex-ante assessment before approval 〔第十五条〕.
    pub ex_ante_kinds: BTreeSet<super::project::ProjectKind>,
    /// The technical review's checklist 〔第七条〕.
    pub checklist: Vec<ChecklistItem>,
    /// A gist of each article in our own words.
    pub articles: Vec<Article>,
    /// What the text leaves open, and how it is handled until the Centre rules 〔第十八条〕.
    pub questions: Vec<Question>,
    /// Target working days per stage (county setting).
    pub clocks: BTreeMap<Stage, u32>,
    /// The calendar the clocks run on.
    pub working_days: WorkingDays,
}

/// Amounts at which the way of a project changes; each is inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From here the Centre reviews 〔第七条〕〔第八条〕.
    pub review: Money,
    /// From here experts must argue the scheme 〔第八条〕.
    pub panel: Money,
    /// From here a requirement survey is needed 〔第八条〕.
    pub survey: Money,
    /// From here public tender is usual; informational 〔第七条〕.
    pub public_tender: Money,
}

/// Whether a project below the review limit still needs approval and filing; the text does not settle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallRoute {
    /// 立项审批.
    pub needs_approval: bool,
    /// 网信备案审查.
    pub needs_filing: bool,
}

/// 集采目录 of a dated edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentralizedCatalogue {
    /// The edition's name.
    pub edition: String,
    /// The categories it lists.
    pub categories: BTreeSet<ItemCategory>,
}

/// The yearly plan's deadline 〔第六条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRules {
    /// Month of the last day, in the year before the plan year.
    pub deadline_month: u32,
    /// The last day itself, inclusive to 24:00.
    pub deadline_day: u32,
    /// Whether a late plan brings the papers and the reason of an in-year addition (county setting).
    pub late_needs_in_year_papers: bool,
}

impl PlanRules {
    /// Tells the last day on which a plan of a year arrives in time; none for a year outside the calendar.
    pub fn last_day(&self, plan_year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(plan_year - 1, self.deadline_month, self.deadline_day)
    }
}

/// Limits of operation and maintenance 〔第九条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationRules {
    /// Up to this share of the build cost, in basis points (600 = 6 %), nothing is said.
    pub normal_basis_points: u32,
    /// Above this share a reason and the lead's word are needed.
    pub ceiling_basis_points: u32,
    /// The longest contract in months.
    pub longest_months: u32,
}

/// Acceptance 〔第十二条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptanceRules {
    /// The smallest team.
    pub smallest_team: u32,
    /// The longest trial run in months before it is flagged (county setting).
    pub longest_trial_months: u32,
}

/// The expert panel (county settings within 〔第八条〕).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelRules {
    /// The smallest panel; always odd.
    pub smallest: u32,
    /// The smallest panel from `large_from` on.
    pub smallest_large: u32,
    /// From this amount the larger panel is needed.
    pub large_from: Money,
    /// The smallest panel the Centre may call of its own accord below the panel limit.
    pub smallest_voluntary: u32,
    /// Disciplines of which each panel has at least one member, as codes; a smaller panel need not cover them.
    pub disciplines: BTreeSet<String>,
    /// The county's own name, which names of units may begin with or leave out.
    pub home: String,
    /// The least share of members from outside the county's own bodies.
    pub external_share: Share,
    /// The share of favourable votes from which the tally is favourable.
    pub favourable_share: Share,
    /// The least share of earlier members when a supplemented scheme is argued again.
    pub continuity_share: Share,
    /// For how many years a past role at a party keeps an expert away.
    pub recusal_years: u32,
    /// For how many months a signed opinion is good.
    pub opinion_valid_months: u32,
    /// What happens to the seat of a member who is absent or recused at the meeting.
    pub vacancy: Vacancy,
    /// For how many minutes a project is meant to be argued; the meeting's clock shows it, nothing rests on it.
    pub minutes_per_item: u32,
    /// From so many panels within a year an expert's load is pointed out.
    pub load_per_year: u32,
    /// From so many panels for one unit within a year an expert's pairing with it is pointed out.
    pub pairing_per_year: u32,
}

/// A share such as 2/3, kept as it is written: no division, no rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many parts.
    pub parts: u32,
    /// Of how many.
    pub whole: u32,
}

impl Share {
    /// Tells whether so many of all are at least this share.
    pub fn is_reached(self, some: usize, all: usize) -> bool {
        (some as u128) * u128::from(self.whole) >= (all as u128) * u128::from(self.parts)
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.parts, self.whole)
    }
}

/// Changes after approval (county setting).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRules {
    /// Above this rise, in basis points, an adjusted approval is needed.
    pub approval_basis_points: u32,
}

/// How long steps can be taken back and claims stand (county setting).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandlingRules {
    /// For how many minutes a step can be taken back.
    pub grace_minutes: u32,
    /// After how many minutes without a sign of life a reviewer's claim can be taken over.
    pub claim_minutes: u32,
}

/// An open question of the text, as the register of interpretations (解释口径) begins with it 〔第十八条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number.
    pub number: u32,
    /// The question.
    pub text: String,
    /// The articles that leave it open.
    pub articles: Vec<u8>,
    /// How it is handled until the Centre rules (county setting).
    pub practice: String,
    /// The settings an answer may change, such as `small_route.needs_approval`.
    pub settings: Vec<String>,
}

/// What is taken for a finding (county settings); words are compared folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingRules {
    /// From this share of a limit on, in basis points, an amount below it is just under it.
    pub just_under_basis_points: u32,
    /// Within so many months filings may be parts of one undertaking.
    pub splitting_months: u32,
    /// Above this share of hardware, in basis points, a project with software hides hardware.
    pub hardware_share_basis_points: u32,
    /// Above this share of common names, in basis points, a catalogue is copied.
    pub copied_basis_points: u32,
    /// Above this share of the contract, in basis points, too much was paid before acceptance.
    pub paid_before_acceptance_basis_points: u32,
    /// From this price on a single product may be bespoke work.
    pub bespoke_unit_price: Money,
    /// Hardware that is not to be bought 〔第十条〕.
    pub compute: BTreeSet<ItemCategory>,
    /// Words of a machine room.
    pub room_words: Vec<String>,
    /// Words of a private network.
    pub network_words: Vec<String>,
    /// Words of hardware.
    pub hardware_words: Vec<String>,
    /// Words of bespoke work.
    pub bespoke_words: Vec<String>,
    /// Words of development, which has no place in an operation project.
    pub development_words: Vec<String>,
    /// Words of a migration into the county's data centre.
    pub migration_words: Vec<String>,
    /// Words by which a sentence says that something is not built or bought.
    pub negations: Vec<String>,
}

/// An article of the regulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its number; 0 stands for the attachment.
    pub number: u8,
    /// What it is about, in a few words.
    pub title: String,
    /// Its gist in our own words.
    pub gist: String,
}

/// The regulation has nineteen articles.
pub const LAST_ARTICLE: u8 = 19;

/// The text of the county's policy that comes with the program.
///
/// The text is wanted beside the policy itself, because an installed policy is kept whole with its digest.
pub const EMBEDDED: &str = include_str!("../../../assets/policy/yushan-2026.toml");

impl Policy {
    /// Reads the county's policy that comes with the program; a test proves that it has no problem.
    pub fn county_default() -> ParsedPolicy {
        parse(EMBEDDED)
    }

    /// Finds a checklist item.
    pub fn item(&self, id: &ItemId) -> Option<&ChecklistItem> {
        self.checklist.iter().find(|item| item.id == *id)
    }

    /// Finds an open question.
    pub fn question(&self, number: u32) -> Option<&Question> {
        self.questions.iter().find(|question| question.number == number)
    }

    /// Finds an article.
    pub fn article(&self, number: u8) -> Option<&Article> {
        self.articles.iter().find(|article| article.number == number)
    }

    /// Tells the day by which a stage entered on `since` should be left, where the policy sets a clock for it.
    pub fn due(&self, stage: Stage, since: NaiveDate) -> Option<NaiveDate> {
        self.clocks.get(&stage).map(|days| self.working_days.after(since, *days))
    }
}
