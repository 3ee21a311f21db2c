//! What becomes of a panel by the command line alone: a second session, the fix list, and its part in the opinion.

use serde_json::{Value, json};

use crate::support::Office;

/// The sample county, and the code of its project of 268 万元 with a panel of five drawn and confirmed.
fn panel() -> (Office, String, Vec<String>) {
    let office = Office::empty();
    office.run(&["demo", "--no-open"]).code(0);
    let found = office.by("reviewer", &["--json", "list", "--filter", "智慧校园"]).code(0).json();
    let code = found["items"][0]["code"].as_str().unwrap().to_owned();
    office.act("reviewer", &code, "request-panel", &[]);
    let drawn = ["--json", "panel", "draw", &code, "--size", "5", "--seed", "一"];
    let drawn = office.by("panel-secretary", &drawn).code(0).json();
    let pool = office.by("panel-secretary", &["--json", "expert", "list"]).code(0).json();
    let is_local = |id: &str| pool["items"].as_array().unwrap().iter().any(|it| it["id"] == id && it["local"] == true);
    let mut members: Vec<String> =
        drawn["member_ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    let chair = members.iter().position(|id| !is_local(id)).unwrap();
    members.swap(0, chair);
    let seat = |(place, id): (usize, &String)| json!({ "expert": id, "chair": place == 0, "declaration": "clear" });
    let seats: Vec<Value> = members.iter().enumerate().map(seat).collect();
    let input = json!({ "members": seats, "selection": "drawn", "draw_seed": "一" });
    office.fed("panel-secretary", &["do", &code, "form-panel", "--input", "-"], &input.to_string()).code(0);
    assert_eq!(office.act("lead", &code, "confirm-panel", &[]), "panel-reviewing");
    (office, code, members)
}

fn say(office: &Office, code: &str, expert: &str, conclusion: &str, dissent: &str) {
    let input = json!({
        "expert": expert, "conclusion": conclusion, "text": "意见", "dissent": dissent, "signed": true,
    });
    office.fed("panel-secretary", &["do", code, "record-expert-opinion", "--input", "-"], &input.to_string()).code(0);
}

fn vote(office: &Office, code: &str, members: &[String], votes: [&str; 5]) {
    members.iter().zip(votes).for_each(|(expert, vote)| say(office, code, expert, vote, ""));
    let met = ["met_on=2026-11-20", "place=二楼会议室"];
    assert_eq!(office.act("panel-secretary", code, "close-opinions", &met), "panel-concluding");
}

fn conclude(office: &Office, code: &str, members: &[String], conclusion: &str, fixes: &Value) -> String {
    let input = json!({ "conclusion": conclusion, "text": "论证意见", "fixes": fixes, "signed_by": members });
    let args = ["--json", "do", code, "conclude-panel", "--input", "-"];
    let done = office.fed("panel-secretary", &args, &input.to_string()).code(0).json();
    done["stage"].as_str().unwrap().to_owned()
}

fn judge_all(office: &Office, code: &str) {
    let checklist = office.by("reviewer", &["--json", "checklist", code]).code(0).json();
    let items: Vec<&Value> =
        checklist["dimensions"].as_array().unwrap().iter().flat_map(|it| it["items"].as_array().unwrap()).collect();
    let asked = items.iter().filter(|item| item["applicable"] == true);
    let answers: Vec<Value> = asked.map(|item| json!({ "item": item["id"], "verdict": "pass" })).collect();
    office.fed("reviewer", &["judge", code, "--input", "-"], &json!(answers).to_string()).code(0);
}

fn messages(refused: &Value) -> String {
    let unmet = refused["error"]["unmet"].as_array().unwrap();
    unmet.iter().map(|it| it["message"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_second_session_keeps_the_first_and_its_no_bars_a_passing_opinion() {
    let (office, code, members) = panel();
    vote(&office, &code, &members, ["pass", "pass", "pass", "fail", "fail"]);
    assert_eq!(conclude(&office, &code, &members, "supplement", &json!([])), "panel-reviewing");

    // Whoever comes must know all that whoever goes knows, or the refusal would be about that.
    let pool = office.by("panel-secretary", &["--json", "expert", "list"]).code(0).json();
    let pool = pool["items"].as_array().unwrap();
    let of = |id: &str| pool.iter().find(|it| it["id"] == id).unwrap();
    let mut taken = members.clone();
    let mut replaced = Vec::new();
    for out in &members[1..4] {
        let wanted: Vec<&Value> = of(out)["disciplines"].as_array().unwrap().iter().collect();
        let fits = |it: &&Value| {
            let known = it["disciplines"].as_array().unwrap();
            it["local"] == false && it["active"] == true && wanted.iter().all(|one| known.contains(one))
        };
        let mut answer = None;
        for comes in pool.iter().filter(fits).map(|it| it["id"].as_str().unwrap()) {
            if taken.iter().any(|id| id == comes) {
                continue;
            }
            let set = [format!("expert={out}"), format!("replacement={comes}")];
            let args = ["--json", "do", &code, "replace-expert", "--set", &set[0], "--set", &set[1]];
            let more = ["--set", "declaration=clear", "--set", "reason=出差"];
            let ran = office.by("lead", &[&args[..], &more].concat());
            let is_bound = ran.code == 3 && messages(&ran.json()).contains("应当回避");
            if !is_bound {
                taken.push(comes.to_owned());
                answer = Some((ran.code, ran.json()));
                break;
            }
        }
        replaced.push(answer.unwrap());
    }
    assert_eq!((replaced[0].0, replaced[1].0, replaced[2].0), (0, 0, 3), "{replaced:#?}");
    let refusal = messages(&replaced[2].1);
    assert!(refusal.contains("只保留了原 5 位专家中的 2 位，至少须保留 3 位"), "{refusal}");
    for gone in &members[1..4] {
        assert!(refusal.contains(of(gone)["name"].as_str().unwrap()), "{gone} may stay: {refusal}");
    }

    let shown = office.by("lead", &["--json", "show", &code]).code(0).json();
    let now: Vec<String> = shown["panels"][1]["members"].as_array().unwrap().iter().map(id_of).collect();
    now[..4].iter().for_each(|expert| say(&office, &code, expert, "fail", ""));
    say(&office, &code, &now[4], "fail", "省平台明年上线，本项目应待其明确");
    let met = ["met_on=2026-11-23", "place=三楼会议室"];
    office.act("panel-secretary", &code, "close-opinions", &met);
    assert_eq!(conclude(&office, &code, &now, "fail", &json!([])), "technical-review");

    let rounds = office.by("lead", &["--json", "rounds", &code]).code(0).json();
    let panels = rounds["reviews"][0]["panels"].as_array().unwrap();
    let told: Vec<(&Value, &Value)> = panels.iter().map(|it| (&it["session"], &it["conclusion"]["result"])).collect();
    assert_eq!(told, [(&json!(1), &json!("supplement")), (&json!(2), &json!("fail"))]);
    assert_eq!(panels[0]["opinions"].as_array().unwrap().len(), 5, "the first session stays readable");
    let read = office.by("lead", &["rounds", &code]).code(0).stdout;
    assert!(read.contains("第 1 次论证：补充论证") && read.contains("第 2 次论证：不通过"), "{read}");
    assert!(read.contains("三楼会议室") && read.contains("通过 3 票"), "{read}");

    judge_all(&office, &code);
    let pass = ["result=pass", "assessed_wan=268", "summary=同意"];
    let args = ["--json", "do", &code, "draft-opinion", "--set", pass[0], "--set", pass[1], "--set", pass[2]];
    let refused = office.by("reviewer", &args).code(3).json();
    assert!(messages(&refused).contains("专家论证结论为“不通过”"), "{refused}");

    let composed = office.by("reviewer", &["--json", "opinion", "compose", &code]).code(0).json();
    let text = composed["text"].as_str().unwrap();
    for part in ["五、专家论证：2026年11月23日在三楼会议室", "此前第 1 次（2026年11月20日）结论为补充论证", "保留意见"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("评审结论：不通过。"), "{text}");
    let sources: Vec<&str> =
        composed["sentences"].as_array().unwrap().iter().map(|it| it["source"].as_str().unwrap()).collect();
    assert!(sources.contains(&"dimension:security") && sources.contains(&"panel"), "{sources:?}");
    let input = json!({ "result": "fail", "assessed_wan": "0", "summary": text });
    let drafted = ["--json", "do", &code, "draft-opinion", "--input", "-"];
    assert_eq!(office.fed("reviewer", &drafted, &input.to_string()).code(0).json()["stage"], "opinion-check");
    let shown = office.by("lead", &["--json", "show", &code]).code(0).json();
    let part = &shown["opinions"][0]["panel"];
    assert_eq!((&part["session"], &part["conclusion"], &part["tally"]["fail"]), (&json!(2), &json!("fail"), &json!(5)));
    assert_eq!(part["dissents"][0]["text"], "省平台明年上线，本项目应待其明确");
    assert_eq!(
        (&part["met_on"], &part["chair"]["expert"]),
        (&json!("2026-11-23"), &shown["panels"][1]["members"][0]["expert"])
    );
}

fn id_of(member: &Value) -> String {
    member["expert"].as_str().unwrap().to_owned()
}

#[test]
fn what_must_be_mended_is_listed_with_what_is_late_and_goes_into_the_opinion() {
    let (office, code, members) = panel();
    vote(&office, &code, &members, ["pass", "pass", "conditional", "conditional", "fail"]);
    let fixes = json!([
        { "text": "补充密码应用方案", "responsible": "县教育局", "due": "2020-01-31" },
        { "text": "细化点位清单", "responsible": "设计单位", "due": "2099-12-31" },
    ]);
    assert_eq!(conclude(&office, &code, &members, "conditional", &fixes), "revising");
    let refused = office.by("reviewer", &["--json", "do", &code, "finish-revision"]).code(3).json();
    let said = messages(&refused);
    assert!(said.contains("第 1 项，补充密码应用方案") && said.contains("第 2 项，细化点位清单"), "{said}");
    let shown = office.by("reviewer", &["--json", "panel", "show", &code]).code(0).json();
    let late: Vec<&Value> = shown["panels"][0]["fixes"].as_array().unwrap().iter().map(|it| &it["overdue"]).collect();
    assert_eq!(late, [&json!(true), &json!(false)]);
    let read = office.by("reviewer", &["panel", "show", &code]).code(0).stdout;
    assert!(read.contains("已逾期") && read.contains("未销号"), "{read}");

    let asked = office.by("reviewer", &["--json", "actions", &code]).code(0).json();
    let close = asked["actions"].as_array().unwrap().iter().find(|it| it["action"] == "close-fix").unwrap();
    assert_eq!(close["input"][0]["kind"], "line", "what was promised of a fix's number stays");
    office.act("reviewer", &code, "close-fix", &["fix=1", "page_ref=V1.1第31页"]);
    office.act("reviewer", &code, "close-fix", &["fix=2", "page_ref=V1.1第40页"]);
    assert_eq!(office.act("reviewer", &code, "finish-revision", &[]), "technical-review");
    let composed =
        office.by("reviewer", &["opinion", "compose", &code, "--assessed", "260", "--cut-reason", "单价偏高"]);
    let text = composed.code(0).stdout;
    assert!(
        text.contains("修改事项 1：补充密码应用方案（县教育局，2020年1月31日前）。已修改，见V1.1第31页。"),
        "{text}"
    );
    assert!(text.contains("核减额 8.00 万元。核减理由：单价偏高。"), "{text}");
    assert!(text.contains("八、评审结论：通过。"), "{text}");
    let early = office.by("reviewer", &["--json", "list", "--stage", "plan-intake"]).code(0).json();
    let early = early["items"][0]["code"].as_str().unwrap().to_owned();
    office.by("lead", &["opinion", "compose", &early]).code(3);
    office.by("lead", &["opinion", "compose", &code, "--assessed", "约100"]).code(2);
}
