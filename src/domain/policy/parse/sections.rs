//! Fills a policy section by section and checks the numbers against each other.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::value::{Section, Value, Vocabulary};
use super::{calendar, checklist, findings, panel, questions};
use crate::domain::policy::{
    AcceptanceRules, CentralizedCatalogue, ChangeRules, HandlingRules, Limits, OperationRules, PlanRules, Policy,
    SmallRoute,
};
use crate::domain::project::{ItemCategory, ProjectKind, Stage};

const KEYS: &[&str] = &[
    "id",
    "title",
    "effective_from",
    "ex_ante_kinds",
    "limits",
    "small_route",
    "catalogue",
    "plan",
    "operation",
    "acceptance",
    "panel",
    "change",
    "handling",
    "findings",
    "clocks",
    "working_days",
    "questions",
    "articles",
    "checklist",
];

const KIND: Vocabulary<ProjectKind> =
    Vocabulary { what: "建设性质", all: ProjectKind::ALL, code: ProjectKind::code };
pub(super) const CATEGORY: Vocabulary<ItemCategory> =
    Vocabulary { what: "品目", all: ItemCategory::ALL, code: ItemCategory::code };
const STAGE: Vocabulary<Stage> = Vocabulary { what: "环节", all: Stage::ALL, code: Stage::code };

/// Leap days are no deadline: the plan is due every year.
const COMMON_YEAR: i32 = 2027;

/// Reads the whole file.
pub(super) fn policy(root: &Section<'_>) -> Option<Policy> {
    root.refuse_keys_beyond(KEYS);
    let id = root.read("id", Value::slug);
    let title = root.read("title", Value::text);
    let effective_from = root.read("effective_from", Value::date);
    let ex_ante_kinds = root.read("ex_ante_kinds", |value| value.set(|kind| kind.code(&KIND)));
    let limits = root.read("limits", limits);
    let small_route = root.read("small_route", small_route);
    let catalogue = root.read("catalogue", catalogue);
    let plan = root.read("plan", plan);
    let operation = root.read("operation", operation);
    let acceptance = root.read("acceptance", acceptance);
    let panel = root.read("panel", |value| panel::panel(value, limits.as_ref()));
    let change = root.read("change", change);
    let handling = root.read_or_embedded("handling", handling);
    // An edition written before there were findings is read with what the program brings along: its projects are
    // reviewed today, and without the words nothing would be found in them.
    let findings = root.read_or_embedded("findings", findings::rules);
    let clocks = root.read("clocks", clocks);
    let working_days = root.read("working_days", calendar::working_days);
    let questions = root.read_or_embedded("questions", questions::questions);
    let articles = root.read("articles", checklist::articles);
    let checklist = root.read("checklist", checklist::items);
    Some(Policy {
        id: id?,
        title: title?,
        effective_from: effective_from?,
        limits: limits?,
        small_route: small_route?,
        catalogue: catalogue?,
        plan: plan?,
        operation: operation?,
        acceptance: acceptance?,
        panel: panel?,
        change: change?,
        handling: handling?,
        findings: findings?,
        ex_ante_kinds: ex_ante_kinds?,
        checklist: checklist?,
        articles: articles?,
        questions: questions?,
        clocks: clocks?,
        working_days: working_days?,
    })
}

fn limits(value: &Value<'_>) -> Option<Limits> {
    let section = value.section(&["review", "panel", "survey", "public_tender"])?;
    let review = section.read("review", Value::money);
    let panel = section.read("panel", Value::money);
    let survey = section.read("survey", Value::money);
    let public_tender = section.read("public_tender", Value::money);
    for (key, name, amount, floor_name, floor) in [
        ("panel", "专家论证限额", panel, "技术评审限额", review),
        ("survey", "需求调查限额", survey, "专家论证限额", panel),
        ("public_tender", "公开招标数额标准", public_tender, "技术评审限额", review),
    ] {
        if let (Some(amount), Some(floor)) = (amount, floor)
            && amount < floor
        {
            section.complain(key, format!("{name}{amount}万元低于{floor_name}{floor}万元"));
        }
    }
    Some(Limits { review: review?, panel: panel?, survey: survey?, public_tender: public_tender? })
}

fn small_route(value: &Value<'_>) -> Option<SmallRoute> {
    let section = value.section(&["needs_approval", "needs_filing"])?;
    let needs_approval = section.read("needs_approval", Value::boolean);
    let needs_filing = section.read("needs_filing", Value::boolean);
    Some(SmallRoute { needs_approval: needs_approval?, needs_filing: needs_filing? })
}

fn catalogue(value: &Value<'_>) -> Option<CentralizedCatalogue> {
    let section = value.section(&["edition", "categories"])?;
    let edition = section.read("edition", Value::text);
    let categories = section.read("categories", |value| value.set(|category| category.code(&CATEGORY)));
    Some(CentralizedCatalogue { edition: edition?, categories: categories? })
}

fn plan(value: &Value<'_>) -> Option<PlanRules> {
    let section = value.section(&["deadline_month", "deadline_day", "late_needs_in_year_papers"])?;
    let month = section.read("deadline_month", |value| value.number(1..=12));
    let day = section.read("deadline_day", |value| value.number(1..=31));
    // Editions made before the switch existed ask for nothing more.
    let late = section.read_or("late_needs_in_year_papers", false, Value::boolean);
    let (deadline_month, deadline_day) = (month?, day?);
    if NaiveDate::from_ymd_opt(COMMON_YEAR, deadline_month, deadline_day).is_none() {
        section.complain("deadline_day", format!("并非每年都有{deadline_month}月{deadline_day}日"));
    }
    Some(PlanRules { deadline_month, deadline_day, late_needs_in_year_papers: late? })
}

fn operation(value: &Value<'_>) -> Option<OperationRules> {
    let section = value.section(&["normal_percent", "ceiling_percent", "longest_months"])?;
    let normal = section.read("normal_percent", Value::percent);
    let ceiling = section.read("ceiling_percent", Value::percent);
    let longest_months = section.read("longest_months", |value| value.number(1..=120));
    if let (Some(normal), Some(ceiling)) = (normal, ceiling)
        && ceiling < normal
    {
        section.complain("ceiling_percent", "上限比例低于正常比例normal_percent");
    }
    Some(OperationRules {
        normal_basis_points: normal?,
        ceiling_basis_points: ceiling?,
        longest_months: longest_months?,
    })
}

fn acceptance(value: &Value<'_>) -> Option<AcceptanceRules> {
    let section = value.section(&["smallest_team", "longest_trial_months"])?;
    let smallest_team = section.read("smallest_team", |value| value.number(1..=50));
    let longest_trial_months = section.read("longest_trial_months", |value| value.number(1..=60));
    Some(AcceptanceRules { smallest_team: smallest_team?, longest_trial_months: longest_trial_months? })
}

fn change(value: &Value<'_>) -> Option<ChangeRules> {
    let section = value.section(&["approval_percent"])?;
    Some(ChangeRules { approval_basis_points: section.read("approval_percent", Value::percent)? })
}

fn handling(value: &Value<'_>) -> Option<HandlingRules> {
    let section = value.section(&["grace_minutes", "claim_minutes"])?;
    let grace_minutes = section.read("grace_minutes", |value| value.number(1..=120));
    let claim_minutes = section.read("claim_minutes", |value| value.number(2..=120));
    Some(HandlingRules { grace_minutes: grace_minutes?, claim_minutes: claim_minutes? })
}

fn clocks(value: &Value<'_>) -> Option<BTreeMap<Stage, u32>> {
    let mut clocks = BTreeMap::new();
    for (stage, days) in value.open_section()?.coded(&STAGE) {
        if stage.is_final() {
            days.complain("项目到此环节已经办结，不能再设时限");
        }
        if let Some(days) = days.number(1..=365) {
            clocks.insert(stage, days);
        }
    }
    Some(clocks)
}
