//! 疑点 — what the structure of a declaration and its records suggests to a reviewer, never more than a suggestion.
//!
//! [`find`] looks at one project and its [`Surroundings`] and yields findings, each with the facts it rests on. A
//! person disposes of them ([`disposition`]): taken up (采纳) or ruled out (排除), with a reason that is kept. Only a
//! veto that nobody with the right to it ruled out stands in the way of a passing opinion.
//!
//! One file per family: [`filing`] when and why it was filed, [`tiers`] amounts that stay below a limit, [`deployment`]
//! rooms, networks and hardware, [`catalogue`] the resource catalogue, [`software`] bespoke work, [`operation`]
//! maintenance, [`delivery`] the order of what happened after the review. To add a pattern: its line in [`Pattern`],
//! its function, its words in `wording/findings.rs`.

mod catalogue;
mod delivery;
mod deployment;
pub mod disposition;
pub mod evidence;
mod filing;
mod lexicon;
mod operation;
mod software;
mod tiers;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::audit::{Detail, Hash, digest};
use super::calendar::Moment;
use super::ids::{ProjectCode, UnitId};
use super::money::Money;
use super::policy::Policy;
use super::project::{Declaration, ItemCategory, ProjectKind, Stage};
use super::rule::Rule;
use super::vocabulary::vocabulary;
use super::workflow::dossier::Dossier;
use evidence::Evidence;

vocabulary!(
    /// How much a finding weighs.
    Severity {
        /// 否决 — bars a passing opinion until the lead rules it out.
        Veto = "veto",
        /// 重大 — needs a written reason.
        Major = "major",
        /// 一般.
        Minor = "minor",
        /// 提示.
        Note = "note",
    }
);

vocabulary!(
    /// What is recognized. The code is the finding's id: a project has at most one finding of a pattern.
    Pattern {
        /// Machine room, compute or storage hardware of one's own, openly listed 〔第十条〕.
        OwnHardware = "R10.1",
        /// A hidden machine room 〔第十条〕.
        HiddenRoom = "E6-room",
        /// A private network, open or hidden 〔第十条〕.
        PrivateNetwork = "E6-network",
        /// One undertaking in several filings below a limit 〔第七条〕〔第八条〕.
        Splitting = "E1",
        /// An amount just below a limit 〔第八条〕.
        JustUnder = "E2",
        /// Excluded lines bring the managed amount below a limit 〔第二条〕.
        TierLowered = "E4",
        /// Lines are declared to lie outside the regulation 〔第二条〕.
        Exclusions = "R2.5",
        /// Hardware hidden in a software project 〔第十条〕.
        HiddenHardware = "E5",
        /// An upgrade without a word of migration 〔第十条〕.
        NoMigration = "R10.2",
        /// No resource catalogue 〔第十一条〕.
        CatalogueMissing = "E7-missing",
        /// Software that claims to hold no information resources 〔第十一条〕.
        CatalogueWaived = "E7-waived",
        /// The catalogue of another project 〔第十一条〕.
        CatalogueCopied = "E7-copied",
        /// Filed after the deadline of the plan year 〔第六条〕.
        FiledLate = "R6.1",
        /// An in-year addition for an unbounded reason 〔第六条〕.
        InYearOther = "R6.3",
        /// A superior's requirement without its document 〔第六条〕.
        SuperiorUnproven = "E12",
        /// The yearly price of maintenance against the cost of building 〔第九条〕.
        OperationShare = "R9.3",
        /// That share cannot be computed 〔第九条〕.
        OperationShareUnknown = "R9.3-unknown",
        /// A contract of several years whose yearly and total amounts fall into different tiers 〔第九条〕.
        SeveralYears = "R9.4",
        /// Development inside an operation project 〔第九条〕.
        DevelopmentInOperation = "E10",
        /// Bespoke work sold as a product 〔第八条〕.
        BespokeAsProduct = "E11",
        /// Done before what must come first 〔第七条〕.
        OutOfOrder = "E13",
        /// Used before acceptance 〔第十三条〕.
        UsedEarly = "E15-use",
        /// A trial run without end 〔第十三条〕.
        EndlessTrial = "E15-trial",
        /// Paid before acceptance 〔第十二条〕.
        PaidEarly = "E16",
    }
);

impl Pattern {
    /// Finds the pattern of an id as typed, forgiving case and surrounding blanks.
    pub fn typed(id: &str) -> Option<Pattern> {
        Pattern::ALL.iter().copied().find(|pattern| pattern.code().eq_ignore_ascii_case(id.trim()))
    }

    /// Tells the id it is printed under, such as `E1`, `E6` or `R9.3`.
    pub fn rule(self) -> &'static str {
        self.code().split_once('-').map_or(self.code(), |(rule, _)| rule)
    }

    /// Tells the rule of the regulation it rests on.
    pub const fn basis(self) -> Rule {
        match self {
            Pattern::OwnHardware | Pattern::HiddenRoom | Pattern::HiddenHardware => Rule::R10_1,
            Pattern::PrivateNetwork => Rule::R10_3,
            Pattern::NoMigration => Rule::R10_2,
            Pattern::Splitting | Pattern::JustUnder => Rule::R8_3,
            Pattern::TierLowered | Pattern::Exclusions => Rule::R2_5,
            Pattern::CatalogueMissing | Pattern::CatalogueWaived | Pattern::CatalogueCopied => Rule::R11_3,
            Pattern::FiledLate => Rule::R6_1,
            Pattern::InYearOther | Pattern::SuperiorUnproven => Rule::R6_3,
            Pattern::OperationShare | Pattern::OperationShareUnknown | Pattern::DevelopmentInOperation => Rule::R9_3,
            Pattern::SeveralYears => Rule::R9_4,
            Pattern::BespokeAsProduct => Rule::R8_7,
            Pattern::OutOfOrder => Rule::R7_4,
            Pattern::UsedEarly | Pattern::EndlessTrial => Rule::R13_1,
            Pattern::PaidEarly => Rule::R12_4,
        }
    }

    /// Tells the article it rests on; 0 stands for the attachment.
    pub const fn article(self) -> u8 {
        self.basis().article()
    }
}

/// Something worth a look, with the facts it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was recognized.
    pub pattern: Pattern,
    /// How much it weighs.
    pub severity: Severity,
    /// Why: the rows, dates and amounts used.
    pub evidence: Vec<Evidence>,
}

impl Finding {
    fn new(pattern: Pattern, severity: Severity, evidence: Vec<Evidence>) -> Finding {
        Finding { pattern, severity, evidence }
    }

    /// Tells whether only the lead may rule it out: a veto, and maintenance above the ceiling 〔第九条〕.
    pub fn is_for_the_lead(&self) -> bool {
        self.severity == Severity::Veto || (self.pattern == Pattern::OperationShare && self.severity == Severity::Major)
    }

    /// Writes the evidence as named pieces, which is how it is kept with a disposition.
    pub fn pieces(&self) -> Detail {
        evidence::pieces(&self.evidence)
    }

    /// Digests what the finding says. A disposition holds only for the evidence its author saw.
    pub fn digest(&self) -> Hash {
        let head = Detail::new().with("finding", self.pattern.code()).with("severity", self.severity.code());
        digest(&[head.to_bytes(), self.pieces().to_bytes()].concat())
    }
}

/// Another project, as far as the patterns ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbor {
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: UnitId,
    /// That unit's name.
    pub unit_name: String,
    /// The amount that decides its way.
    pub amount: Money,
    /// The day it was filed: received at the Centre, else registered here.
    pub filed: NaiveDate,
    /// Its kind.
    pub kind: Option<ProjectKind>,
    /// What its lines sum to, by category.
    pub categories: BTreeMap<ItemCategory, Money>,
}

/// A project that has names of its catalogue in common with this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedCatalogue {
    /// Its code.
    pub code: ProjectCode,
    /// Its name.
    pub name: String,
    /// The unit that builds it.
    pub unit: UnitId,
    /// That unit's name.
    pub unit_name: String,
    /// Its amount.
    pub amount: Money,
    /// The day it was filed.
    pub filed: NaiveDate,
    /// How many names both have.
    pub shared: u32,
}

/// What lies around a project, read by the service: only projects that were handed in and are still alive, never one
/// that is frozen as a suspected secret.
///
/// A draft is nobody's business yet, and a project that was withdrawn, refused, terminated or lies outside the
/// regulation asks for no money: neither can be a part of a split. A frozen one must not be named anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The day this project was filed.
    pub filed: NaiveDate,
    /// Projects of the same plan year that are of the same unit or report through the same supervising unit.
    pub neighbors: Vec<Neighbor>,
    /// Projects whose catalogues have names in common with this one.
    pub catalogues: Vec<SharedCatalogue>,
}

/// Tells whether a project at this stage asks for money, so that it can be a part of a split or be copied from.
pub const fn asks_for_money(stage: Stage) -> bool {
    !matches!(
        stage,
        Stage::Draft | Stage::Registered | Stage::OutOfScope | Stage::Rejected | Stage::Withdrawn | Stage::Terminated
    )
}

/// Everything a pattern looks at.
#[derive(Clone, Copy)]
struct Case<'a> {
    dossier: &'a Dossier,
    around: &'a Surroundings,
    policy: &'a Policy,
    now: Moment,
}

/// Finds the vetoes alone. They lie in what a project declares about itself, so that nothing around it need be read to
/// tell whether its opinion may pass.
pub fn vetoes(declaration: &Declaration, policy: &Policy) -> Vec<Finding> {
    let mut found = deployment::vetoes(declaration, policy);
    found.retain(|finding| finding.severity == Severity::Veto);
    found
}

/// Finds what is worth a look, the weightiest first. Pure: the same facts give the same findings and digests, and no
/// evidence holds the present moment, or every disposition would be outdated by the next morning.
pub fn find(dossier: &Dossier, around: &Surroundings, policy: &Policy, now: Moment) -> Vec<Finding> {
    let case = Case { dossier, around, policy, now };
    let families: [fn(Case<'_>) -> Vec<Finding>; 7] =
        [deployment::find, tiers::find, catalogue::find, filing::find, operation::find, software::find, delivery::find];
    let mut findings: Vec<Finding> = families.iter().flat_map(|family| family(case)).collect();
    findings.sort_by_key(|finding| (finding.severity, finding.pattern));
    findings
}

/// Tells whether a part is more than so many basis points of a whole, exactly.
fn exceeds(part: Money, whole: Money, basis_points: u32) -> bool {
    i128::from(part.fen()) * 10_000 > i128::from(whole.fen()) * i128::from(basis_points)
}

/// Tells a share in basis points, rounded up: what is above a limit never looks as if it kept it.
fn share(part: Money, whole: Money) -> u64 {
    let (part, whole) = (u128::from(part.fen().unsigned_abs()), u128::from(whole.fen().unsigned_abs()));
    let points = (part * 10_000).checked_add(whole.saturating_sub(1)).and_then(|sum| sum.checked_div(whole));
    u64::try_from(points.unwrap_or_default()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
