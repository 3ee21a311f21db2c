//! The way a project goes, decided by its amount and content 〔第七条〕〔第八条〕.

use super::money::Money;
use super::policy::Policy;
use super::project::Declaration;
use super::rule::Rule;
use super::vocabulary::vocabulary;

vocabulary!(
    /// The way a project goes.
    RouteCode {
        /// 专家论证.
        Panel = "panel",
        /// 中心评审.
        Centre = "centre",
        /// 中心评审(目录内).
        CentreCatalogue = "centre-catalogue",
        /// 电子卖场(小额).
        EMall = "e-mall",
        /// 备案(条线/另有规定).
        Exempt = "exempt",
        /// 不纳入.
        OutOfScope = "out-of-scope",
    }
);

impl RouteCode {
    /// Tells whether projects on this way pass a technical review.
    pub const fn needs_review(self) -> bool {
        matches!(self, RouteCode::Panel | RouteCode::Centre | RouteCode::CentreCatalogue)
    }
}

/// A computed way, with what it was computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The way itself.
    pub code: RouteCode,
    /// The rules that decided it.
    pub rules: Vec<Rule>,
    /// Whether a requirement survey is needed before procurement 〔第八条〕.
    pub survey_required: bool,
    /// The amount it was computed from.
    pub amount: Money,
    /// The policy it was computed by.
    pub policy: String,
}

/// Computes the way of a project. The form's silence about custom development counts as no.
pub fn compute(declaration: &Declaration, governing_amount: Money, policy: &Policy) -> Route {
    let in_catalogue = declaration.items.iter().any(|item| policy.catalogue.categories.contains(&item.category));
    let (code, rule) = if governing_amount >= policy.limits.panel {
        (RouteCode::Panel, Rule::R8_2)
    } else if governing_amount >= policy.limits.review {
        (RouteCode::Centre, Rule::R8_3)
    } else if in_catalogue {
        (RouteCode::CentreCatalogue, Rule::R7_2)
    } else {
        (RouteCode::EMall, Rule::R8_5)
    };
    let survey_required = governing_amount >= policy.limits.survey || declaration.custom_development == Some(true);
    let mut rules = vec![rule];
    if survey_required {
        rules.push(Rule::R8_7);
    }
    Route { code, rules, survey_required, amount: governing_amount, policy: policy.id.clone() }
}
