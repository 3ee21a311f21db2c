//! The project JSON of the command line: a declaration as one object, read and written.
//!
//! Only name, unit, amount and the 不涉密 declaration are needed for a draft; what an action needs is asked for there.

use serde_json::{Map, Value, json};

use super::json_in::{FieldProblem, Fields, Problems};
use crate::domain::actor::UnitKind;
use crate::domain::calendar::{YearMonth, parse_date};
use crate::domain::money::Money;
use crate::domain::project::{
    Declaration, Deployment, Exclusion, FundingLevel, FundingLine, InYearAddition, InYearReason, ItemCategory,
    LineItem, Network, OperationPlan, Project, ProjectKind, ResourceCatalogue,
};

/// The most entries a catalogue has.
const MOST_ENTRIES: i64 = 1_000_000;
/// The most names of entries that are kept with a project.
const MOST_NAMES: usize = 2_000;

/// What a project JSON says: the declaration, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectJson {
    /// The unit that builds it.
    pub unit: String,
    /// What kind of body the unit is.
    pub unit_kind: Option<UnitKind>,
    /// The unit it reports through.
    pub supervising_unit: Option<String>,
    /// Whether it was declared free of secrets; `false` also where nobody said 〔第十七条〕.
    pub unclassified: bool,
    /// What was declared.
    pub declaration: Declaration,
}

/// Reads a project; reports every problem with the path of its field.
pub fn read(value: &Value) -> Result<ProjectJson, Vec<FieldProblem>> {
    let problems = Problems::default();
    let project = Fields::of(value, String::new(), &problems).and_then(|fields| read_project(&fields));
    let problems = problems.into_vec();
    match project {
        Some(project) if problems.is_empty() => Ok(project),
        _ => Err(problems),
    }
}

fn read_project(fields: &Fields<'_>) -> Option<ProjectJson> {
    let unclassified = fields.flag("unclassified").unwrap_or(false);
    let unit = fields.line("unit");
    let unit_kind = fields.code("unit_kind", UnitKind::parse, UnitKind::ALL, UnitKind::code);
    let supervising_unit = fields.line("supervising_unit");
    let declaration = read_declaration(fields);
    check_period(fields, &declaration);
    let unit = fields.needed("unit", unit);
    fields.needed("name", Some(&declaration.name).filter(|name| !name.is_empty()));
    fields.needed("amount_wan", Some(declaration.amount).filter(|amount| !amount.is_zero()));
    Some(ProjectJson { unit: unit?, unit_kind, supervising_unit, unclassified, declaration })
}

/// Reads the fields of the form; what is not given stays empty.
fn read_declaration(fields: &Fields<'_>) -> Declaration {
    let (catalogue, catalogue_names) =
        fields.object("resource_catalogue").map(|given| resource_catalogue(&given)).unwrap_or_default();
    Declaration {
        name: fields.line("name").unwrap_or_default(),
        plan_year: fields.number("plan_year", 2000, 2100).and_then(|year| i32::try_from(year).ok()),
        kind: fields.code("kind", ProjectKind::parse, ProjectKind::ALL, ProjectKind::code),
        start: fields.written("start", YearMonth::parse, "2027-03"),
        end: fields.written("end", YearMonth::parse, "2027-12"),
        amount: fields.money("amount_wan").unwrap_or_default(),
        funding: fields.objects("funding").iter().filter_map(funding_line).collect(),
        basis: fields.text("basis").unwrap_or_default(),
        necessity: fields.text("necessity").unwrap_or_default(),
        content: fields.text("content").unwrap_or_default(),
        supervisor_opinion: fields.text("supervisor_opinion"),
        leader: fields.line("leader").unwrap_or_default(),
        contact: fields.line("contact").unwrap_or_default(),
        phone: fields.line("phone").unwrap_or_default(),
        filed_on: fields.written("filed_on", parse_date, "2026-09-12"),
        custom_development: fields.flag("custom_development"),
        designer: fields.line("designer"),
        in_year: fields.object("in_year").and_then(|addition| in_year_addition(&addition)),
        items: fields.objects("items").iter().filter_map(line_item).collect(),
        catalogue,
        catalogue_names,
        deployment: fields.code("deployment", Deployment::parse, Deployment::ALL, Deployment::code),
        network: fields.code("network", Network::parse, Network::ALL, Network::code),
        operation: fields.object("om").and_then(|om| operation_plan(&om)),
    }
}

fn check_period(fields: &Fields<'_>, declaration: &Declaration) {
    if let (Some(start), Some(end)) = (declaration.start, declaration.end)
        && end < start
    {
        fields.problem("end", "结束月份早于开始月份");
    }
}

/// Lays single fields over a declaration. The others are not even read: a text that was imported longer than JSON may
/// give it must not stand in the way of another field.
pub fn lay_over(before: &Declaration, changes: &Value) -> Result<Declaration, Vec<FieldProblem>> {
    let problems = Problems::default();
    let after = Fields::of(changes, String::new(), &problems).map(|fields| laid_over(before, &fields));
    let problems = problems.into_vec();
    match after {
        Some(after) if problems.is_empty() => Ok(after),
        _ => Err(problems),
    }
}

fn laid_over(before: &Declaration, fields: &Fields<'_>) -> Declaration {
    // Whose project it is and that it holds no secrets is not the declaration's to change.
    for name in ["unit", "unit_kind", "supervising_unit", "unclassified"] {
        fields.value(name);
    }
    let given = read_declaration(fields);
    if fields.has("name") {
        fields.needed("name", Some(&given.name).filter(|name| !name.is_empty()));
    }
    if fields.has("amount_wan") {
        fields.needed("amount_wan", Some(given.amount).filter(|amount| !amount.is_zero()));
    }
    macro_rules! lay {
        ($($name:literal => $field:ident,)+) => {
            Declaration { $($field: if fields.has($name) { given.$field } else { before.$field.clone() },)+ }
        };
    }
    // The compiler asks for every field of the declaration here.
    let after = lay! {
        "name" => name,
        "plan_year" => plan_year,
        "kind" => kind,
        "start" => start,
        "end" => end,
        "amount_wan" => amount,
        "funding" => funding,
        "basis" => basis,
        "necessity" => necessity,
        "content" => content,
        "supervisor_opinion" => supervisor_opinion,
        "leader" => leader,
        "contact" => contact,
        "phone" => phone,
        "filed_on" => filed_on,
        "custom_development" => custom_development,
        "designer" => designer,
        "in_year" => in_year,
        "items" => items,
        "resource_catalogue" => catalogue,
        "resource_catalogue" => catalogue_names,
        "deployment" => deployment,
        "network" => network,
        "om" => operation,
    };
    if fields.has("start") || fields.has("end") {
        check_period(fields, &after);
    }
    after
}

fn funding_line(fields: &Fields<'_>) -> Option<FundingLine> {
    let source = fields.line("source");
    let level = fields.code("level", FundingLevel::parse, FundingLevel::ALL, FundingLevel::code);
    let amount = fields.money("amount_wan");
    let (source, level, amount) =
        (fields.needed("source", source), fields.needed("level", level), fields.needed("amount_wan", amount));
    Some(FundingLine { source: source?, level: level?, amount: amount? })
}

fn line_item(fields: &Fields<'_>) -> Option<LineItem> {
    let name = fields.line("name");
    let category = fields.code("category", ItemCategory::parse, ItemCategory::ALL, ItemCategory::code);
    let quantity = fields.line("quantity");
    let unit_price = fields.money("unit_price_wan");
    let amount = fields.money("amount_wan");
    let excluded = fields.code("excluded", Exclusion::parse, Exclusion::ALL, Exclusion::code);
    let (name, category, amount) =
        (fields.needed("name", name), fields.needed("category", category), fields.needed("amount_wan", amount));
    Some(LineItem { name: name?, category: category?, quantity, unit_price, amount: amount?, excluded })
}

fn in_year_addition(fields: &Fields<'_>) -> Option<InYearAddition> {
    let reason = fields.code("reason", InYearReason::parse, InYearReason::ALL, InYearReason::code);
    let doc_no = fields.line("doc_no");
    let explanation = fields.text("explanation").unwrap_or_default();
    let funding_request = fields.flag("funding_request").unwrap_or(false);
    let construction_plan = fields.flag("construction_plan").unwrap_or(false);
    let reason = fields.needed("reason", reason)?;
    Some(InYearAddition { reason, doc_no, explanation, funding_request, construction_plan })
}

/// Reads the catalogue and the names of its entries; where names are given, their count stands for the entries.
fn resource_catalogue(fields: &Fields<'_>) -> (Option<ResourceCatalogue>, Vec<String>) {
    let entries = fields.number("entries", 0, MOST_ENTRIES).and_then(|entries| u32::try_from(entries).ok());
    let names = fields.lines("names", MOST_NAMES);
    let counted = u32::try_from(names.len()).ok().filter(|count| *count > 0 && !fields.has("entries"));
    let catalogue = match (entries.or(counted), fields.text("not_applicable")) {
        (Some(_), Some(_)) => {
            fields.problem("not_applicable", "目录条数与不涉及的理由只能填一项，请把另一项设为 null");
            None
        }
        (Some(entries), None) if names.len() > usize::try_from(entries).unwrap_or(usize::MAX) => {
            fields.problem("names", format!("条目名称有 {} 个，多于目录条数 {entries}", names.len()));
            None
        }
        (Some(entries), None) => Some(ResourceCatalogue::Entries(entries)),
        (None, Some(reason)) => Some(ResourceCatalogue::NotApplicable(reason)),
        (None, None) => fields.needed("entries", None),
    };
    (catalogue, names)
}

fn operation_plan(fields: &Fields<'_>) -> Option<OperationPlan> {
    let free_months = fields.number("free_months", 0, 600).and_then(|months| u32::try_from(months).ok());
    // Free maintenance for the whole term is a yearly price of nothing.
    let per_year = fields.money_or_zero("per_year_wan");
    let years = fields.number("years", 0, 50).and_then(|years| u32::try_from(years).ok());
    let build_cost = fields.money("build_cost_wan");
    let (free_months, per_year, years) = (
        fields.needed("free_months", free_months),
        fields.needed("per_year_wan", per_year),
        fields.needed("years", years),
    );
    Some(OperationPlan { free_months: free_months?, per_year: per_year?, years: years?, build_cost })
}

/// Writes a registered project with every field, so that it reads back the same.
pub fn write(project: &Project) -> Map<String, Value> {
    let said = &project.declaration;
    let money = |amount: Option<Money>| amount.map(|amount| amount.to_string());
    let fields = [
        ("name", json!(said.name)),
        ("unit", json!(project.unit.name)),
        ("unit_kind", json!(project.unit.kind.code())),
        ("supervising_unit", json!(project.supervising_unit.as_ref().map(|unit| unit.name.as_str()))),
        ("plan_year", json!(said.plan_year)),
        ("kind", json!(said.kind.map(ProjectKind::code))),
        ("start", json!(said.start.map(|month| month.to_string()))),
        ("end", json!(said.end.map(|month| month.to_string()))),
        ("amount_wan", json!(said.amount.to_string())),
        ("funding", said.funding.iter().map(write_funding).collect()),
        ("basis", json!(said.basis)),
        ("necessity", json!(said.necessity)),
        ("content", json!(said.content)),
        ("supervisor_opinion", json!(said.supervisor_opinion)),
        ("leader", json!(said.leader)),
        ("contact", json!(said.contact)),
        ("phone", json!(said.phone)),
        ("filed_on", json!(said.filed_on.map(|day| day.to_string()))),
        // Nothing is ever stored of a project that was not declared free of secrets.
        ("unclassified", json!(true)),
        ("custom_development", json!(said.custom_development)),
        ("designer", json!(said.designer)),
        (
            "in_year",
            json!(said.in_year.as_ref().map(|addition| json!({
                "reason": addition.reason.code(),
                "doc_no": addition.doc_no,
                "explanation": addition.explanation,
                "funding_request": addition.funding_request,
                "construction_plan": addition.construction_plan,
            }))),
        ),
        ("items", said.items.iter().map(write_item).collect()),
        (
            "resource_catalogue",
            match &said.catalogue {
                None => Value::Null,
                Some(ResourceCatalogue::Entries(entries)) if said.catalogue_names.is_empty() => {
                    json!({ "entries": entries })
                }
                Some(ResourceCatalogue::Entries(entries)) => {
                    json!({ "entries": entries, "names": said.catalogue_names })
                }
                Some(ResourceCatalogue::NotApplicable(reason)) => json!({ "not_applicable": reason }),
            },
        ),
        ("deployment", json!(said.deployment.map(Deployment::code))),
        ("network", json!(said.network.map(Network::code))),
        (
            "om",
            json!(said.operation.as_ref().map(|plan| json!({
                "free_months": plan.free_months,
                "per_year_wan": plan.per_year.to_string(),
                "years": plan.years,
                "build_cost_wan": money(plan.build_cost),
            }))),
        ),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn write_funding(line: &FundingLine) -> Value {
    json!({ "source": line.source, "level": line.level.code(), "amount_wan": line.amount.to_string() })
}

fn write_item(item: &LineItem) -> Value {
    json!({
        "name": item.name,
        "category": item.category.code(),
        "quantity": item.quantity,
        "unit_price_wan": item.unit_price.map(|price| price.to_string()),
        "amount_wan": item.amount.to_string(),
        "excluded": item.excluded.map(Exclusion::code),
    })
}

#[cfg(test)]
mod tests;
