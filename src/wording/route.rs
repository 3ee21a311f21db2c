//! Why a project goes the way it goes, in one sentence.

use super::labels;
use crate::domain::money::Money;
use crate::domain::policy::Policy;
use crate::domain::route::{Route, RouteCode};

/// Says why a project goes its way: the amount against the limits of its policy, and the articles.
pub fn reason(route: &Route, approved: Option<Money>, policy: &Policy) -> String {
    let amount = match approved {
        Some(_) => format!("批复金额 {} 万元", route.amount),
        None => format!("申报金额 {} 万元", route.amount),
    };
    let (review, panel) = (policy.limits.review, policy.limits.panel);
    let why = match route.code {
        RouteCode::Panel => format!("{amount}，达到 {panel} 万元，须经专家论证和技术评审"),
        RouteCode::Centre => format!("{amount}，达到 {review} 万元、不足 {panel} 万元，由中心技术评审"),
        RouteCode::CentreCatalogue => format!("{amount}，不足 {review} 万元，但含集采目录内品目，由中心技术评审"),
        RouteCode::EMall => format!("{amount}，不足 {review} 万元且不含集采目录内品目，走电子卖场（小额）"),
        RouteCode::Exempt => "属条线项目或另有规定，备案登记".to_owned(),
        RouteCode::OutOfScope => "不属于本办法管理的项目".to_owned(),
    };
    let survey = if route.survey_required { "；采购前须作需求调查" } else { "" };
    let mut articles: Vec<String> = Vec::new();
    for rule in &route.rules {
        let article = labels::article(rule.article());
        if !articles.contains(&article) {
            articles.push(article);
        }
    }
    let basis: String = articles.iter().map(|article| format!("〔{article}〕")).collect();
    format!("{why}{survey}{basis}")
}
