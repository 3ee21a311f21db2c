//! Kept views and the filter language from the shell.

use crate::support::Office;

#[test]
fn a_view_is_kept_listed_used_and_removed_by_its_account_alone() {
    let office = Office::staffed();
    let code = office.import_training_platform();
    office.by("edu", &["view", "save", "７", "资金大户", "--filter", "金额＞10万　排序：-金额"]).code(0);

    let views = office.by("edu", &["--json", "view", "list"]).code(0).json();
    let kept = &views["items"][0];
    assert_eq!((kept["digit"].as_i64(), kept["name"].as_str()), (Some(7), Some("资金大户")));
    assert_eq!((kept["filter"].as_str(), kept["total"].as_i64()), (Some("金额>10万 排序:-金额"), Some(3)));
    for view in ["7", "资金大户"] {
        let listed = office.by("edu", &["--json", "list", "--view", view]).code(0).json();
        let items = listed["items"].as_array().unwrap();
        assert!(items.iter().any(|item| item["code"] == code.as_str()), "{listed}");
        let amounts: Vec<f64> =
            items.iter().map(|item| item["amount_wan"].as_str().unwrap().parse().unwrap()).collect();
        assert!(amounts.len() == 3 && amounts.windows(2).all(|pair| pair[0] >= pair[1]), "{amounts:?}");
    }
    let narrowed = office.by("edu", &["--json", "list", "--view", "7", "--filter", "水利"]).code(0).json();
    assert_eq!(narrowed["total"], 0);

    assert_eq!(office.by("intake", &["--json", "view", "list"]).code(0).json()["total"], 0);
    let unknown = office.by("intake", &["list", "--view", "7"]).code(8);
    assert!(unknown.stderr.contains("view save"), "{}", unknown.stderr);

    office.by("edu", &["view", "remove", "资金大户"]).code(0);
    assert_eq!(office.by("edu", &["--json", "view", "list"]).code(0).json()["total"], 0);
}

#[test]
fn a_view_that_could_not_be_opened_is_refused_with_what_to_write() {
    let office = Office::staffed();
    office.by("edu", &["view", "save", "0", "甲"]).code(2);
    office.by("edu", &["view", "save", "1", "   "]).code(2);
    let tag = office.by("edu", &["view", "save", "1", "甲", "--filter", "标签:密码"]).code(6);
    assert!(tag.stderr.contains("类型"), "{}", tag.stderr);
    let foreign = office.by("edu", &["view", "save", "1", "甲", "--role", "signer"]).code(2);
    assert!(foreign.stderr.contains("本账号"), "{}", foreign.stderr);
}

#[test]
fn an_order_goes_on_behind_the_last_row_of_a_page() {
    let office = Office::staffed();
    office.import_training_platform();
    for order in ["排序:期限,-金额", "排序:-金额", "排序:-名称"] {
        let whole = office.by("edu", &["--json", "list", "--filter", order]).code(0).json();
        let sorted = ["--json", "list", "--filter", order, "--limit", "1"];
        let (mut paged, mut next) = (Vec::new(), None::<String>);
        loop {
            let after: Vec<&str> = next.iter().flat_map(|next| ["--after", next.as_str()]).collect();
            let page = office.by("edu", &[sorted.as_slice(), &after].concat()).code(0).json();
            paged.extend(page["items"].as_array().unwrap().clone());
            next = page["next"].as_str().map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        assert_eq!(serde_json::Value::from(paged), whole["items"], "{order}");
    }
    // A place in one order is none in another, and says so rather than beginning anew.
    office.by("edu", &["list", "--filter", "排序:期限", "--after", "12"]).code(2);
    let wrong = office.by("edu", &["list", "--filter", "排序:价钱"]).code(6);
    assert!(wrong.stderr.contains("第 4 个字"), "{}", wrong.stderr);
}
