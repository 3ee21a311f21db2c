//! The search terms in a real FTS5 table: what people type finds what it should and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods)]

use pingshen::domain::search::{Terms, literal_expression, match_expression};
use proptest::prelude::*;
use rusqlite::{Connection, params};

const PROJECTS: &[(&str, &str, &str)] = &[
    ("县教育局智慧校园（二期）建设项目", "县教育局", "YS2027-0012"),
    ("重庆路视频监控升级改造", "县公安局", "YS2027-0013"),
    ("长沙银行厦门分行行政系统对接", "县财政局", "YS2026-0007"),
    ("朝阳区乐亭会计核算平台 ISO9001 认证", "县卫健局", "YS2026-0008"),
    ("旅游大数据中心", "县文旅局", "YS2028-0001"),
    ("西安先行示范 OR NEAR 系统", "县统计局", "YS2028-0002"),
    ("𬭎𫟹信息采集𠮷林", "县气象局", "YS2028-0003"),
];

fn index(rows: &[Terms]) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE VIRTUAL TABLE found USING fts5(
             han, py, spelling, content='', contentless_delete=1, tokenize='ascii')",
    )
    .unwrap();
    let mut insert = db.prepare("INSERT INTO found(rowid, han, py, spelling) VALUES (?, ?, ?, ?)").unwrap();
    for (id, terms) in rows.iter().enumerate() {
        insert.execute(params![id as i64, terms.han, terms.py, terms.spelling]).unwrap();
    }
    drop(insert);
    db
}

fn projects() -> Vec<Terms> {
    PROJECTS.iter().map(|(name, unit, code)| Terms::of([*name, *unit, *code])).collect()
}

fn rows(db: &Connection, expression: &str) -> Vec<usize> {
    let mut query = db.prepare_cached("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid").unwrap();
    query.query_map([expression], |row| row.get::<_, i64>(0)).unwrap().map(|row| row.unwrap() as usize).collect()
}

/// Finds by a word, and checks that the terms held against each other in memory say the same.
fn find(word: &str) -> Vec<usize> {
    let terms = projects();
    let found = match match_expression(word) {
        Some(expression) => rows(&index(&terms), &expression),
        None => (0..terms.len()).collect(),
    };
    let in_memory: Vec<usize> = (0..terms.len()).filter(|row| terms[*row].are_found_by(word)).collect();
    assert_eq!(found, in_memory, "{word}");
    found
}

#[test]
fn any_part_of_a_name_a_unit_or_a_code_finds_the_project() {
    for word in
        ["教", "教育", "育局", "县教育局智慧校园", "智慧校园", "园（二期）建", "0012", "2027-0012", "-0012", "目"]
    {
        assert_eq!(find(word), [0], "{word}");
    }
    assert_eq!(find("ys2027"), [0, 1]);
    assert_eq!(find("县"), [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn initials_and_whole_pinyin_find_the_project() {
    for word in ["jyj", "JYJ", "zhxy", "jiaoyuju", "zhihuixiaoyuan", "jiaoyuj", "xianjiaoyu", "hxyeq"] {
        assert_eq!(find(word), [0], "{word}");
    }
    assert_eq!(find("iso9001rz"), [3]);
}

#[test]
fn characters_with_two_readings_are_found_under_both() {
    for word in ["cq", "zq", "cqlsp", "zqlsp", "chongqing", "zhongqing"] {
        assert!(find(word).contains(&1), "{word}");
    }
    for word in [
        "csyh",
        "zsyh",
        "csyhxmfhxzxt",
        "csyxsm",
        "zsyhsm",
        "zsyxxm",
        "xmfh",
        "smfx",
        "xzxt",
        "hzxt",
        "changsha",
        "yinhang",
        "xiamen",
    ] {
        assert_eq!(find(word), [2], "{word}");
    }
    for word in ["cyq", "zyq", "chaoyang", "zhaoyang", "lt", "laoting", "kjhs", "hjhs", "kuaijihesuan"] {
        assert_eq!(find(word), [3], "{word}");
    }
    assert_eq!(find("lvyou"), [4]);
    assert_eq!(find("luyou"), [4]);
}

#[test]
fn what_is_not_a_part_finds_nothing() {
    for word in
        ["育教", "教局", "智慧园", "0021", "jjy", "yujiao", "jiaoju", "教育局监控", "路县", "造县公", "gz县", "iaoyu"]
    {
        assert_eq!(find(word), Vec::<usize>::new(), "{word}");
    }
}

#[test]
fn letters_that_can_be_cut_in_two_ways_find_both() {
    assert_eq!(find("xian"), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(find("xianxianxing"), [5]);
}

#[test]
fn a_lone_consonant_pair_is_taken_for_initials_only() {
    assert!(!find("zh").contains(&1), "重庆 begins with zh in whole pinyin only");
}

#[test]
fn the_width_of_what_is_typed_does_not_matter() {
    assert_eq!(find("ｊｙｊ"), [0]);
    assert_eq!(find("ＹＳ２０２７－００１２"), [0]);
    assert_eq!(find("智慧校园(二期)"), [0]);
}

#[test]
fn rare_characters_are_indexed_like_others() {
    assert_eq!(find("𬭎"), [6]);
    assert_eq!(find("𬭎𫟹信"), [6]);
    assert_eq!(find("𠮷林"), [6]);
}

#[test]
fn syntax_of_the_search_engine_is_text() {
    for word in
        ["\"", "*", "教*", "\"教", "教\" OR \"县", "han : 教", "NEAR(教 育)", "-", "(", ")", "^", "{py}", "教 NOT 育"]
    {
        find(word);
    }
    assert_eq!(find("OR"), [5]);
    assert_eq!(find("NEAR("), [5]);
    assert_eq!(find("教*"), [0]);
    assert_eq!(find("教\" OR \"县"), Vec::<usize>::new());
    assert_eq!(match_expression("*\"()'——"), None);
    assert_eq!(match_expression(""), None);
}

#[test]
fn a_literal_word_is_not_pinyin() {
    let db = index(&projects());
    assert_eq!(rows(&db, &literal_expression("jyj").unwrap()), Vec::<usize>::new());
    assert_eq!(rows(&db, &literal_expression("ISO").unwrap()), [3]);
}

#[test]
fn expressions_can_be_joined() {
    let (year, unit) = (match_expression("2027").unwrap(), match_expression("jyj").unwrap());
    let db = index(&projects());
    assert_eq!(rows(&db, &format!("{year} AND {unit}")), [0]);
    assert_eq!(rows(&db, &format!("{year} NOT {unit}")), [1]);
}

#[test]
fn however_many_readings_a_name_has_the_terms_stay_bounded() {
    let name = "重长行厦朝乐调传藏曾".repeat(20);
    let terms = Terms::of([name.as_str()]);
    assert_eq!(terms.py.split(' ').count(), 8 * 200);
    assert_eq!(terms.spelling.split(' ').count(), 8 * 201);
}

proptest! {
    #[test]
    fn every_part_of_a_text_finds_it(
        text in "[教育局重庆长行乐绿a-c1-3（）、 A-C]{1,20}",
        from in 0usize..20,
        length in 1usize..8,
    ) {
        let part: String = text.chars().skip(from).take(length).collect();
        let terms = Terms::of([text.as_str()]);
        prop_assert!(terms.are_found_by(&part));
        if let Some(expression) = literal_expression(&part) {
            prop_assert_eq!(rows(&index(&[terms]), &expression), [0]);
        }
    }

    #[test]
    fn the_database_and_the_memory_agree(text in "[教育重庆先西安局a-c]{0,12}", word in "[教育重庆西安acegijnqoxyz ]{0,6}") {
        let terms = [Terms::of([text.as_str(), "公安局"])];
        if let Some(expression) = match_expression(&word) {
            let found = !rows(&index(&terms), &expression).is_empty();
            prop_assert_eq!(found, terms[0].are_found_by(&word), "{} in {:?}", expression, terms);
        }
    }

    #[test]
    fn no_word_is_an_error(word in any::<String>()) {
        if let Some(expression) = match_expression(&word) {
            rows(&index(&[]), &expression);
        }
    }
}
