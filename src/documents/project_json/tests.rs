//! Project JSON: read, refused with every problem named, and written back the same.

use super::*;
use crate::documents::json_in::parse;
use crate::domain::actor::Unit;
use crate::domain::calendar::parse_moment;
use crate::domain::ids::{ProjectCode, ProjectId, UnitId};
use crate::domain::project::Stage;
use crate::domain::route::{Route, RouteCode};

const WHOLE: &str = r#"{"name":"教师培训平台","unit":"县教育局","unit_kind":"county-organ","supervising_unit":null,
 "plan_year":2027,"kind":"new","start":"2027-03","end":"2027-12","amount_wan":"268.00",
 "funding":[{"source":"县财政","level":"county","amount_wan":"200"},{"source":"省级","level":"superior","amount_wan":"68"}],
 "basis":"规划","necessity":"见附件","content":"第一段\n第二段","supervisor_opinion":null,
 "leader":"甲","contact":"乙","phone":"0793-2550000","filed_on":"2026-09-12","unclassified":true,
 "custom_development":true,"designer":null,
 "in_year":{"reason":"superior","doc_no":"1号","explanation":"上级要求","funding_request":true,"construction_plan":true},
 "items":[{"name":"服务器","category":"server","quantity":"2","unit_price_wan":"9.30","amount_wan":"18.60","excluded":null}],
 "resource_catalogue":{"entries":42},"deployment":"government-cloud","network":"government-extranet",
 "om":{"free_months":36,"per_year_wan":"20.00","years":3,"build_cost_wan":"268.00"}}"#;

fn read_text(text: &str) -> Result<ProjectJson, Vec<FieldProblem>> {
    read(&parse(text).map_err(|problem| vec![problem])?)
}

fn fields_of(text: &str) -> Vec<String> {
    read_text(text).unwrap_err().into_iter().map(|problem| problem.field).collect()
}

fn registered(json: ProjectJson) -> Project {
    let amount = json.declaration.amount;
    let kind = json.unit_kind.unwrap_or(UnitKind::CountyOrgan);
    Project {
        id: ProjectId(1),
        code: ProjectCode::compose(2027, 1),
        declaration: json.declaration,
        unit: Unit { id: UnitId(1), name: json.unit, kind, supervisor: None, is_centre: false },
        supervising_unit: None,
        imported_by: None,
        stage: Stage::Draft,
        overlays: Default::default(),
        destroyed: None,
        since: parse_moment("2026-09-12T09:00:00+08:00").unwrap(),
        clock: Default::default(),
        version: 1,
        round: 1,
        plan_round: 1,
        received_at: None,
        approved: None,
        assessed: None,
        route: Route {
            code: RouteCode::Panel,
            rules: Vec::new(),
            survey_required: false,
            amount,
            policy: String::new(),
        },
        policy: String::new(),
        reviewer: None,
    }
}

#[test]
fn what_is_written_reads_back_the_same() {
    let read_once = read_text(WHOLE).unwrap();
    let written = Value::Object(write(&registered(read_once.clone())));
    assert_eq!(read(&written).unwrap(), read_once);
}

#[test]
fn four_fields_make_a_draft() {
    let draft = read_text(r#"{"name":" 甲 ","unit":"县教育局","amount_wan":"99.9999","unclassified":true}"#).unwrap();
    assert_eq!(draft.declaration.name, "甲");
    assert_eq!(draft.declaration.amount.fen(), 99_999_900);
    assert!(draft.unclassified);
}

#[test]
fn a_change_reads_nothing_but_its_own_fields() {
    let mut before = read_text(WHOLE).unwrap().declaration;
    before.content = "长".repeat(30_000);
    let after = lay_over(&before, &json!({ "kind": "expand", "designer": "某院", "in_year": null })).unwrap();
    assert_eq!(after.kind, Some(ProjectKind::Expand));
    assert_eq!(after.in_year, None);
    assert_eq!(Declaration { kind: before.kind, designer: None, in_year: before.in_year.clone(), ..after }, before);
    for (change, field) in [
        (json!({ "name": "" }), "name"),
        (json!({ "amount_wan": null }), "amount_wan"),
        (json!({ "end": "2027-01" }), "end"),
        (json!({ "colour": "red" }), "colour"),
    ] {
        let problems = lay_over(&before, &change).unwrap_err();
        assert_eq!(problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), [field]);
    }
}

#[test]
fn silence_about_secrecy_counts_as_secret() {
    assert!(!read_text(r#"{"name":"甲","unit":"乙","amount_wan":"1"}"#).unwrap().unclassified);
    assert!(!read_text(r#"{"name":"甲","unit":"乙","amount_wan":"1","unclassified":null}"#).unwrap().unclassified);
}

#[test]
fn every_problem_is_told_with_the_path_of_its_field() {
    let fields = fields_of(
        r#"{"unit":"县教育局","amount_wan":268,"colour":"red","plan_year":"2027","kind":"newest",
            "items":[{"name":"甲","category":"server","amount_wan":"1"},
                     {"name":"乙","category":"server","amount_wan":"1"},
                     {"name":"丙","category":"server","amount_wan":"约1","price":"2"}],
            "om":{"free_months":-1,"per_year_wan":"0","years":3}}"#,
    );
    let mut sorted = fields.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "amount_wan",
            "colour",
            "items[2].amount_wan",
            "items[2].price",
            "kind",
            "name",
            "om.free_months",
            "plan_year"
        ],
        "{fields:?}"
    );
}

#[test]
fn money_that_is_no_decimal_text_of_wan_is_refused() {
    for amount in ["268.0", "null", "\"0\"", "\"-1\"", "\"1.0000001\"", "\"一百\"", "\"1e2\"", "true", "[]"] {
        let text = format!(r#"{{"name":"甲","unit":"乙","amount_wan":{amount},"unclassified":true}}"#);
        assert_eq!(fields_of(&text), ["amount_wan"], "{amount}");
    }
}

#[test]
fn a_field_that_stands_twice_is_refused() {
    let problems = read_text(r#"{"name":"甲","unit":"乙","amount_wan":"1","unclassified":false,"unclassified":true}"#)
        .unwrap_err();
    assert!(problems[0].message.contains("“unclassified”出现了两次"), "{problems:?}");
}

#[test]
fn escape_sequences_and_broken_json_do_no_harm() {
    let text = r#"{"name":"甲\u001b[2J乙","unit":"丙","amount_wan":"1","unclassified":true}"#;
    assert_eq!(read_text(text).unwrap().declaration.name, "甲[2J乙");
    assert!(read_text("{\"name\":").unwrap_err()[0].message.contains("第 1 行"));
    assert!(read_text("[1]").is_err());
    assert!(read_text(&"[".repeat(100_000)).is_err());
}
