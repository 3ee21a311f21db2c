//! The sample projects, each walked by the command line alone from its form or file to its end.
//!
//! A journey is data in `tests/fixtures/journeys`: the declaration, the way it must go, and every step with the
//! account that takes it, what is given, and where it leads or by which rules it is refused. `parts.json` holds the
//! stretches that journeys share.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::support::Office;

/// The people beside the unit's clerk, each with one role.
const STAFF: &[&str] =
    &["intake", "reviewer", "lead", "signer", "panel-secretary", "planning", "finance", "cyberspace"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/journeys")
}

fn fixture(name: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A journey under way.
struct Journey {
    office: Office,
    script: Value,
    parts: Value,
    code: String,
    wan: String,
}

impl Journey {
    /// Staffs an office and registers the projects of the script; one journey for each.
    fn walk_all(name: &str) {
        let script = fixture(name);
        let office = Office::local();
        let centre = "县大数据发展服务中心";
        for role in STAFF {
            office.run(&["user", "add", role, "--name", role, "--unit", centre, "--role", role]).code(0);
        }
        let unit = script["unit"].as_str().unwrap();
        let kind = script["unit_kind"].as_str().unwrap_or("county-organ");
        office.run(&["unit", "add", unit, "--kind", kind]).code(0);
        office.run(&["user", "add", "clerk", "--name", "经办人", "--unit", unit, "--role", "unit"]).code(0);
        let codes = register(&office, &script);
        let mut journey =
            Journey { office, parts: fixture("parts.json"), code: String::new(), wan: String::new(), script };
        for code in codes {
            journey.code = code;
            journey.walk();
        }
        let verified = journey.office.run(&["--json", "audit", "verify"]).code(0).json();
        assert_eq!(verified["ok"], true);
    }

    fn walk(&mut self) {
        let shown = self.show();
        self.wan = shown["project"]["amount_wan"].as_str().unwrap().to_owned();
        for key in ["code", "survey_required"] {
            assert_eq!(shown["route"][key], self.script["route"][key], "{key}");
        }
        for step in self.script["steps"].as_array().unwrap().clone() {
            self.step(&step);
        }
        let shown = self.show();
        assert_eq!(shown["project"]["stage"], self.script["end"]);
        let history: Vec<&str> =
            shown["history"].as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap()).collect();
        assert!(history.len() > 10, "{history:?}");
    }

    fn show(&self) -> Value {
        self.office.by("intake", &["--json", "show", &self.code]).code(0).json()
    }

    fn step(&self, step: &Value) {
        let told = format!("{}: {step}", self.code);
        if let Some(part) = step["part"].as_str() {
            let steps = self.parts[part].as_array().unwrap_or_else(|| panic!("there is no part {part}"));
            return steps.iter().for_each(|step| self.step(step));
        }
        let by = step["by"].as_str().unwrap_or_else(|| panic!("nobody takes {told}"));
        match step.as_object().unwrap() {
            step if step.contains_key("do") => self.act(by, step, &told),
            step if step.contains_key("judge") => self.judge(by, step),
            step if step.contains_key("found") => self.find(by, step, &told),
            step if step.contains_key("run") => self.run(by, step, &told),
            step if step.contains_key("votes") => self.vote(by, step),
            step if step.contains_key("finding") => self.dismiss(by, step),
            step if step.contains_key("edit") => {
                let input = self.filled(&step["edit"]).to_string();
                self.office.fed(by, &["project", "edit", &self.code, "--input", "-"], &input).code(0);
            }
            _ => panic!("nothing is done in {told}"),
        }
    }

    fn act(&self, by: &str, step: &Map<String, Value>, told: &str) {
        let action = step["do"].as_str().unwrap();
        let input = self.filled(step.get("input").unwrap_or(&json!({}))).to_string();
        let args = ["--json", "do", &self.code, action, "--input", "-"];
        let ran = self.office.fed(by, &args, &input);
        let answer = ran.json();
        if let Some(to) = step.get("to") {
            assert_eq!((ran.code, &answer["stage"]), (0, to), "{told}: {answer}");
        } else if let Some(rules) = step.get("refused") {
            let unmet = answer["error"]["unmet"].as_array().unwrap_or_else(|| panic!("{told}: {answer}"));
            let found: Vec<&Value> = unmet.iter().map(|condition| &condition["rule"]).collect();
            assert_eq!((ran.code, json!(found)), (3, rules.clone()), "{told}: {answer}");
            for words in step.get("says").and_then(Value::as_array).into_iter().flatten() {
                let said = |it: &Value| it["message"].as_str().unwrap().contains(words.as_str().unwrap());
                assert!(unmet.iter().any(said), "{told}: {answer}");
            }
        } else if let Some(fields) = step.get("invalid") {
            let problems = answer["error"]["problems"].as_array().unwrap_or_else(|| panic!("{told}: {answer}"));
            let found: Vec<&Value> = problems.iter().map(|problem| &problem["field"]).collect();
            assert_eq!((ran.code, json!(found)), (6, fields.clone()), "{told}: {answer}");
        } else {
            assert_eq!((ran.code, &answer["error"]["kind"]), (4, &json!("denied")), "{told}: {answer}");
        }
    }

    /// Expects findings, and where the step lists the vetoes, those and no others.
    fn find(&self, by: &str, step: &Map<String, Value>, told: &str) {
        let found = self.office.by(by, &["--json", "findings", &self.code]).code(0).json();
        let items = found["items"].as_array().unwrap();
        let ids = |wanted: fn(&&Value) -> bool| items.iter().filter(wanted).map(|item| &item["id"]).collect::<Vec<_>>();
        let all = ids(|_| true);
        assert!(step["found"].as_array().unwrap().iter().all(|id| all.contains(&id)), "{told}: {found}");
        if let Some(vetoes) = step.get("vetoes") {
            assert_eq!(&json!(ids(|item| item["severity"] == "veto")), vetoes, "{told}");
        }
    }

    /// Runs any other command; `tells` says what stands where in its answer.
    fn run(&self, by: &str, step: &Map<String, Value>, told: &str) {
        let args = self.filled(&step["run"]);
        let args: Vec<&str> = args.as_array().unwrap().iter().map(|arg| arg.as_str().unwrap()).collect();
        let expected = step.get("exit").map_or(0, |code| code.as_i64().unwrap() as i32);
        let ran = self.office.by(by, &args).code(expected);
        for (place, value) in step.get("tells").and_then(Value::as_object).into_iter().flatten() {
            let answer = ran.json();
            assert_eq!(answer.pointer(place), Some(value), "{told}: {place} in {answer}");
        }
    }

    /// Takes down one signed opinion of each member, in the order of their seats.
    fn vote(&self, by: &str, step: &Map<String, Value>) {
        let (members, votes) = (self.members(), step["votes"].as_array().unwrap());
        assert_eq!(members.len(), votes.len());
        for (expert, vote) in members.iter().zip(votes) {
            let input = json!({ "expert": expert, "conclusion": vote, "text": step["text"], "signed": true });
            let args = ["do", &self.code, "record-expert-opinion", "--input", "-"];
            self.office.fed(by, &args, &input.to_string()).code(0);
        }
    }

    /// Lists who sits on the panel.
    fn members(&self) -> Vec<Value> {
        let shown = self.show();
        let panel = shown["panels"].as_array().unwrap().last().unwrap();
        panel["members"].as_array().unwrap().iter().map(|seat| seat["expert"].clone()).collect()
    }

    /// Seats everybody the last draw brought; the first from outside the county leads.
    fn drawn(&self) -> Value {
        let shown = self.show();
        let draw = shown["panels"].as_array().unwrap().last().unwrap()["draws"].as_array().unwrap().last().unwrap();
        let pool = self.office.by("panel-secretary", &["--json", "expert", "list"]).code(0).json();
        let items = pool["items"].as_array().unwrap();
        let is_local = |id: &Value| items.iter().any(|expert| expert["id"] == *id && expert["local"] == true);
        let ids = draw["member_ids"].as_array().unwrap();
        let chair = ids.iter().find(|id| !is_local(id)).unwrap();
        ids.iter().map(|id| json!({ "expert": id, "chair": id == chair, "declaration": "clear" })).collect()
    }

    /// Rules a finding out, or is not let.
    fn dismiss(&self, by: &str, step: &Map<String, Value>) {
        let (finding, reason) = (step["finding"].as_str().unwrap(), step["dismiss"].as_str().unwrap());
        let may = step.get("denied") != Some(&json!(true));
        let args = ["finding", &self.code, finding, "--dismiss", "--reason", reason];
        self.office.by(by, &args).code(if may { 0 } else { 4 });
    }

    /// Answers every item that is open or named apart.
    fn judge(&self, by: &str, step: &Map<String, Value>) {
        let checklist = self.office.by(by, &["--json", "checklist", &self.code]).code(0).json();
        let none = Map::new();
        let apart = step.get("but").and_then(Value::as_object).unwrap_or(&none);
        let open = checklist["open"].as_array().unwrap().iter().map(|item| item.as_str().unwrap());
        let usual = open
            .filter(|item| !apart.contains_key(*item))
            .map(|item| json!({ "item": item, "verdict": step["judge"] }));
        let told = apart.iter().map(|(item, answer)| {
            let mut answer = answer.clone();
            answer["item"] = json!(item);
            answer
        });
        let items: Vec<Value> = usual.chain(told).collect();
        let input = json!({ "items": items }).to_string();
        self.office.fed(by, &["judge", &self.code, "--input", "-"], &input).code(0);
    }

    /// Tells what the opinion assesses: the declared amount, unless the script cuts it.
    fn assessed(&self) -> &str {
        self.script["assessed"].as_str().unwrap_or(&self.wan)
    }

    /// Fills in what the script leaves to the project: its amounts, its unit, its panel.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match text.as_str() {
                "$wan" => json!(self.wan),
                "$assessed" => json!(self.assessed()),
                "$above" => json!(one_fen_more(self.assessed())),
                "$cut" => self.script["cut"].clone(),
                "$code" => json!(self.code),
                "$drawn" => self.drawn(),
                "$members" => json!(self.members()),
                "$unit" => self.script["unit"].clone(),
                text => match text.strip_prefix("$fixtures/") {
                    Some(name) => json!(folder().join(name)),
                    None => value.clone(),
                },
            },
            Value::Array(values) => values.iter().map(|value| self.filled(value)).collect(),
            Value::Object(object) => {
                object.iter().map(|(key, value)| (key.clone(), self.filled(value))).collect::<Map<_, _>>().into()
            }
            _ => value.clone(),
        }
    }
}

/// Imports the form or registers the declaration, and tells the codes in the script's order.
fn register(office: &Office, script: &Value) -> Vec<String> {
    let names = script["projects"].as_array().unwrap();
    if let Some(lines) = script["form"].as_array() {
        let lines: Vec<&str> = lines.iter().map(|line| line.as_str().unwrap()).collect();
        let form = office.write("申报表.csv", lines.join("\n"));
        let report = office.by("clerk", &["--json", "import", &form]).code(0).json();
        let created = report["created"].as_array().unwrap();
        assert_eq!(created.len(), names.len(), "{report}");
        let code_of = |name: &Value| created.iter().find(|line| line["name"] == *name).unwrap()["code"].clone();
        return names.iter().map(|name| code_of(name).as_str().unwrap().to_owned()).collect();
    }
    let file = office.write("申报.json", script["declaration"].to_string());
    let created = office.by("clerk", &["--json", "project", "new", &file]).code(0).json();
    vec![created["code"].as_str().unwrap().to_owned()]
}

fn one_fen_more(wan: &str) -> String {
    let (whole, part) = wan.split_once('.').unwrap_or((wan, ""));
    let fen: u64 = format!("{whole}{part:0<6}").parse().unwrap();
    format!("{}.{:06}", (fen + 1) / 1_000_000, (fen + 1) % 1_000_000)
}

#[test]
fn the_visitor_app_of_49_99_wan_goes_through_the_e_mall_with_its_survey() {
    Journey::walk_all("01_景区客流监测小程序.json");
}

#[test]
fn the_land_archive_of_50_wan_is_reviewed_by_the_centre_and_archived() {
    Journey::walk_all("02_不动产档案数字化加工.json");
}

#[test]
fn the_data_quality_system_of_99_99_wan_needs_no_panel() {
    Journey::walk_all("03_基层医疗数据质控系统.json");
}

#[test]
fn two_servers_of_18_60_wan_are_reviewed_for_the_catalogues_sake() {
    Journey::walk_all("04_业务服务器购置.json");
}

#[test]
fn three_parts_of_the_care_platform_go_through_the_e_mall_one_by_one() {
    Journey::walk_all("05_养老服务平台.json");
}

#[test]
fn the_smart_campus_of_268_wan_is_argued_by_five_experts_and_archived() {
    Journey::walk_all("06_智慧校园综合管理平台.json");
}

#[test]
fn the_medical_records_of_exactly_100_wan_are_mended_as_the_panel_asked_and_cut_to_96() {
    Journey::walk_all("07_电子病历系统升级改造.json");
}

#[test]
fn the_private_video_network_of_186_wan_meets_three_vetoes_and_fails() {
    Journey::walk_all("08_智慧城管视频专网及机房.json");
}

#[test]
fn every_script_is_walked_and_a_fen_is_the_smallest_step() {
    let parts = fixture("parts.json").to_string();
    let here = include_str!("life_journeys.rs");
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(here.contains(&name) || parts.contains(&name), "nobody walks {name}");
    }
    assert_eq!(one_fen_more("49.99"), "49.990001");
    assert_eq!(one_fen_more("50"), "50.000001");
    assert_eq!(one_fen_more("99.999999"), "100.000000");
}
