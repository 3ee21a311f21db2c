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

    /// Orders the ways by how much review they ask for.
    pub const fn tier(self) -> u8 {
        match self {
            RouteCode::OutOfScope | RouteCode::Exempt | RouteCode::EMall => 0,
            RouteCode::CentreCatalogue => 1,
            RouteCode::Centre => 2,
            RouteCode::Panel => 3,
        }
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

impl Route {
    /// Keeps the way of an earlier computation where this one would be lower: an amount that falls does not talk a
    /// project out of its review.
    pub fn not_below(self, earlier: &Route) -> Route {
        let survey_required = self.survey_required || earlier.survey_required;
        match self.code.tier() < earlier.code.tier() {
            true => Route { code: earlier.code, rules: earlier.rules.clone(), survey_required, ..self },
            false if survey_required && !self.survey_required => {
                Route { rules: [self.rules, vec![Rule::R8_7]].concat(), survey_required, ..self }
            }
            false => self,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::project::{ItemCategory, LineItem};

    fn wan(text: &str) -> Money {
        Money::parse_wan(text).unwrap()
    }

    fn line(category: ItemCategory, amount: Money) -> LineItem {
        LineItem { name: String::new(), category, quantity: None, unit_price: None, amount, excluded: None }
    }

    fn route_of(amount: &str, custom: bool, categories: &[ItemCategory]) -> (RouteCode, bool) {
        let amount = wan(amount);
        let items = categories.iter().map(|category| line(*category, amount)).collect();
        let declaration = Declaration { amount, custom_development: Some(custom), items, ..Declaration::default() };
        let route = compute(&declaration, amount, &Policy::county_default().unwrap());
        (route.code, route.survey_required)
    }

    #[test]
    fn r8_the_limits_decide_the_way_to_the_last_fen() {
        for (amount, route, survey) in [
            ("49.999999", RouteCode::EMall, false),
            ("50.000000", RouteCode::Centre, false),
            ("99.999999", RouteCode::Centre, false),
            ("100.000000", RouteCode::Panel, false),
            ("199.999999", RouteCode::Panel, false),
            ("200.000000", RouteCode::Panel, true),
        ] {
            assert_eq!(route_of(amount, false, &[]), (route, survey), "{amount}");
        }
    }

    #[test]
    fn r7_2_r8_7_the_catalogue_asks_for_review_and_custom_development_for_a_survey_whatever_the_amount() {
        assert_eq!(route_of("18.6", false, &[ItemCategory::Server]), (RouteCode::CentreCatalogue, false));
        assert_eq!(route_of("18.6", true, &[ItemCategory::Server]), (RouteCode::CentreCatalogue, true));
        assert_eq!(route_of("18.6", false, &[ItemCategory::Other]), (RouteCode::EMall, false));
        assert_eq!(route_of("50", false, &[ItemCategory::Server]), (RouteCode::Centre, false), "the higher tier wins");
        assert_eq!(route_of("0.000001", true, &[]), (RouteCode::EMall, true));
        let unsaid = Declaration { amount: wan("50"), ..Declaration::default() };
        assert!(
            !compute(&unsaid, wan("50"), &Policy::county_default().unwrap()).survey_required,
            "silence counts as no"
        );
    }

    #[test]
    fn the_sample_projects_go_their_ways() {
        let hardware: &[ItemCategory] =
            &[ItemCategory::DedicatedLine, ItemCategory::MachineRoom, ItemCategory::Storage];
        type Sample = (&'static str, &'static str, bool, &'static [ItemCategory], RouteCode, bool);
        let samples: [Sample; 10] = [
            ("智慧校园综合管理平台", "268.00", true, &[], RouteCode::Panel, true),
            ("电子病历系统升级改造", "100.00", true, &[], RouteCode::Panel, true),
            ("基层医疗数据质控系统", "99.99", false, &[], RouteCode::Centre, false),
            ("不动产档案数字化加工", "50.00", false, &[ItemCategory::InformationResource], RouteCode::Centre, false),
            ("景区客流监测小程序", "49.99", true, &[], RouteCode::EMall, true),
            ("业务服务器购置", "18.60", false, &[ItemCategory::Server], RouteCode::CentreCatalogue, false),
            ("养老服务平台一", "36", false, &[], RouteCode::EMall, false),
            ("养老服务平台二", "28", false, &[], RouteCode::EMall, false),
            ("养老服务平台三", "31", false, &[], RouteCode::EMall, false),
            ("智慧城管视频专网及机房", "186.00", false, hardware, RouteCode::Panel, false),
        ];
        for (name, amount, custom, categories, route, survey) in samples {
            assert_eq!(route_of(amount, custom, categories), (route, survey), "{name}");
        }
    }
}
