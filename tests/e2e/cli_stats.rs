//! Statistics by the command line, against what `list` and `show` tell.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::Office;

fn sample() -> Office {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    office
}

fn fen(wan: &Value) -> i64 {
    let text = wan.as_str().unwrap();
    let (whole, decimals) = text.split_once('.').unwrap();
    whole.parse::<i64>().unwrap() * 1_000_000 + format!("{decimals:0<6}").parse::<i64>().unwrap()
}

#[test]
fn the_document_tells_what_the_list_tells_project_by_project() {
    let office = sample();
    let stats = office.run(&["--as", "planning", "--json", "stats"]).code(0).json();
    let list = office.run(&["--as", "planning", "--json", "list", "--limit", "1000"]).code(0).json();
    let items = list["items"].as_array().unwrap();
    let mut stages: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for item in items {
        let sum = stages.entry(item["stage"].as_str().unwrap()).or_default();
        sum.0 += 1;
        sum.1 += item["amount_wan"].as_str().map_or(0, |_| fen(&item["amount_wan"]));
    }
    let told = stats["stages"].as_array().unwrap();
    let told: BTreeMap<&str, (i64, i64)> = told
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), (one["count"].as_i64().unwrap(), fen(&one["amount_wan"]))))
        .collect();
    assert_eq!(told, stages);
    assert_eq!(stats["total"]["count"], list["total"]);
    let overdue = items.iter().filter(|item| item["overdue"] == true).count();
    assert_eq!(stats["overdue"]["count"], overdue);
    let phases: i64 = stats["phases"].as_array().unwrap().iter().map(|one| one["count"].as_i64().unwrap()).sum();
    assert_eq!(phases, items.len() as i64);
    let unit = stats["units"][0]["unit"].as_str().unwrap();
    let one = office.run(&["--as", "planning", "--json", "stats", "--unit", unit]).code(0).json();
    assert_eq!(one["total"]["declared_wan"], stats["units"][0]["declared_wan"]);
    let large = office.run(&["--as", "planning", "--json", "stats", "--filter", "金额>=100万"]).code(0).json();
    let wanted = items.iter().filter(|item| item["amount_wan"].is_string() && fen(&item["amount_wan"]) >= 100_000_000);
    assert_eq!(large["total"]["count"], wanted.count());
    for text in ["【漏斗】", "【单位】", "【逾期】", "【核减最多的项目】", "【评审清单】", "【疑点】"]
    {
        let printed = office.run(&["--as", "planning", "stats"]).code(0).stdout;
        assert!(printed.contains(text), "{printed}");
    }
    let csv = office.run(&["--as", "planning", "stats", "--csv"]).code(0).stdout;
    assert!(csv.starts_with("\u{feff}分组,名称,项目数,"), "{csv}");
    let columns = csv.lines().next().unwrap().split(',').count();
    assert!(csv.lines().all(|line| line.split(',').count() == columns), "{csv}");
    office.run(&["--as", "planning", "stats", "--unit", "没有的单位"]).code(8);
    office.run(&["--as", "planning", "stats", "--filter", "排序:金额"]).code(6);
    office.run(&["--as", "planning", "--json", "stats", "--csv"]).code(2);
}
