//! What a person decided about a finding, and for how long that holds.
//!
//! A disposition is never changed, only followed by another one. It holds as long as the finding says exactly what its
//! author saw; when a row behind it changes, the finding is open again and the earlier decision stays readable.

use super::evidence::Evidence;
use super::{Finding, Pattern, Severity};
use crate::domain::audit::hex;
use crate::domain::vocabulary::vocabulary;
use crate::domain::workflow::record::Hand;

vocabulary!(
    /// Where a finding stands.
    Standing {
        /// 待处理.
        Open = "open",
        /// 已采纳 — the suspicion is right.
        Accepted = "accepted",
        /// 已排除 — there is nothing to it.
        Dismissed = "dismissed",
    }
);

/// What a person decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposition {
    /// Its number within the project, 1 for the first.
    pub number: u32,
    /// What was found.
    pub pattern: Pattern,
    /// How much it weighed.
    pub severity: Severity,
    /// Whether the finding was taken up; else it was ruled out.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// Digests what the finding said, hexadecimal.
    pub digest: String,
    /// What the finding rested on then.
    pub evidence: Vec<Evidence>,
    /// Whether this takes the decision before it back, so that the finding is open.
    pub withdrawn: bool,
    /// Who decided.
    pub by: Hand,
}

/// A finding with what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The finding.
    pub finding: Finding,
    /// Where it stands.
    pub standing: Standing,
    /// Everything decided about it, the last one last. Unless it is open, the last one is what it stands by; the last
    /// one of an open finding was made for other evidence.
    pub decided: Vec<Disposition>,
}

impl Disposition {
    /// Tells where the decision left the finding.
    pub fn standing(&self) -> Standing {
        match (self.withdrawn, self.accepted) {
            (true, _) => Standing::Open,
            (false, true) => Standing::Accepted,
            (false, false) => Standing::Dismissed,
        }
    }
}

impl Weighed {
    /// Tells what is decided about it now, and why.
    pub fn decision(&self) -> Option<(bool, String)> {
        let last = self.decided.last().filter(|_| self.standing != Standing::Open)?;
        Some((last.accepted, last.reason.clone()))
    }

    /// Tells whether the finding bars a passing opinion: a veto that was not ruled out. One that was taken up bars as
    /// well, for then the fault is real.
    pub fn bars(&self) -> bool {
        self.finding.severity == Severity::Veto && self.standing != Standing::Dismissed
    }
}

/// The findings of a project with what was decided about them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What is found now, the weightiest first.
    pub items: Vec<Weighed>,
    /// What was decided about findings that no longer appear.
    pub gone: Vec<Disposition>,
}

impl Sheet {
    /// Lays dispositions, the last one last, beside the findings.
    pub fn weigh(findings: Vec<Finding>, dispositions: Vec<Disposition>) -> Sheet {
        let found = |pattern: Pattern| findings.iter().any(|finding| finding.pattern == pattern);
        let (mut about, gone): (Vec<Disposition>, Vec<Disposition>) =
            dispositions.into_iter().partition(|disposition| found(disposition.pattern));
        let weigh = |finding: Finding| {
            let is_mine = |disposition: &Disposition| disposition.pattern == finding.pattern;
            let (decided, rest) = std::mem::take(&mut about).into_iter().partition(is_mine);
            about = rest;
            let decided: Vec<Disposition> = decided;
            let digest = hex(&finding.digest());
            let standing = match decided.last().filter(|last| last.digest == digest && !last.withdrawn) {
                Some(last) if last.accepted => Standing::Accepted,
                Some(_) => Standing::Dismissed,
                None => Standing::Open,
            };
            Weighed { finding, standing, decided }
        };
        Sheet { items: findings.into_iter().map(weigh).collect(), gone }
    }

    /// Finds a finding.
    pub fn item(&self, pattern: Pattern) -> Option<&Weighed> {
        self.items.iter().find(|item| item.finding.pattern == pattern)
    }

    /// Lists the findings nobody disposed of.
    pub fn open(&self) -> impl Iterator<Item = &Weighed> {
        self.items.iter().filter(|item| item.standing == Standing::Open)
    }

    /// Lists the vetoes that bar a passing opinion.
    pub fn bars(&self) -> Vec<Pattern> {
        self.items.iter().filter(|item| item.bars()).map(|item| item.finding.pattern).collect()
    }
}
