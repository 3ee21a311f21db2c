//! The table: per task by which keys it is done, from where, and what the database holds afterwards. Whose it is, about
//! which project, and in how many keys stands in the program's own table, which one practises with.

use pingshen::tui::practice::tasks::{self, SOUGHT, UNHELD, UNJUDGED};
use serde_json::Value;

use super::hands::{Step, Step::*};
use crate::support::Office;

pub const ENTER: &str = "\r";
pub const TAB_BACK: &str = "\x1b[Z";
pub const END: &str = "\x1b[F";
pub const LEFT: &str = "\x1b[D";
pub const F4: &str = "\x1bOS";
pub const F8: &str = "\x1b[19~";
pub const F9: &str = "\x1b[20~";
pub const F10: &str = "\x1b[21~";
pub const CTRL_Z: &str = "\x1a";

/// A remark of two hundred characters.
pub const LONG: &str = "方案补充了密码应用章节，但未列商用密码应用安全性评估费用，亦未说明密钥轮换与应急处置的\
    责任单位。系统采用国密算法对传输和存储的数据加密，密钥由政务云密码资源池统一提供，第三方评估拟在初验以前完成，\
    与第七章的进度安排不一致。请在总投资估算中单独列出评估费用并附测算依据，明确密钥的保管和轮换由谁负责、多久一次、\
    出现泄露以后怎样处置，并把评估完成的时间写进合同的付款条件，补正以后再行确认。";

/// What a task came to.
pub struct Seen<'o> {
    pub office: &'o Office,
    /// The code of the project the task is about.
    pub code: &'o str,
    /// The screen, or what was said line by line.
    pub screen: &'o str,
}

/// A task of the yardstick.
pub struct Task {
    pub number: u8,
    /// What was there before, brought about by the command line.
    pub before: fn(&Office, &str),
    /// The way to where the task starts; not counted.
    pub start: &'static [Step],
    pub letters: &'static [Step],
    pub without_letters: &'static [Step],
    /// Whether it is about many projects.
    pub of_many: bool,
    /// The same line by line, where it was written down.
    pub lines: &'static [&'static str],
    /// Tells what is not as it should be.
    pub wrong: fn(&Seen<'_>) -> Option<String>,
}

impl Task {
    /// Finds its row in the program's table.
    #[track_caller]
    pub fn row(&self) -> &'static tasks::Task {
        tasks::task(self.number).unwrap()
    }
}

fn nothing(_: &Office, _: &str) {}

fn items(seen: &Seen<'_>) -> Vec<Value> {
    let list = seen.office.by("reviewer", &["--json", "checklist", seen.code]).code(0).json();
    let dimensions = list["dimensions"].as_array().unwrap().clone();
    let all = dimensions.iter().flat_map(|dimension| dimension["items"].as_array().unwrap().clone());
    all.filter(|item| item["applicable"] == true).collect()
}

/// Tells the first answer that is another one than expected, the others being untouched.
fn answers(seen: &Seen<'_>, expected: &[(&str, &str, &str)]) -> Option<String> {
    let given = items(seen);
    let expected = expected.iter().map(Some).chain(std::iter::repeat(None));
    given.iter().zip(expected).find_map(|(item, expected)| {
        let is = |key: &str, value: &str| item[key].as_str().unwrap_or_default() == value;
        let as_expected = match expected {
            Some((verdict, text, cite)) => is("verdict", verdict) && is("remark", text) && is("cite", cite),
            None => is("verdict", "") && is("remark", "") && is("cite", ""),
        };
        (!as_expected).then(|| format!("{expected:?}, but {item}"))
    })
}

fn shown(seen: &Seen<'_>) -> Value {
    seen.office.by("reviewer", &["--json", "show", seen.code]).code(0).json()
}

fn stage(seen: &Seen<'_>, expected: &str) -> Option<String> {
    let stage = shown(seen)["project"]["stage"].as_str().unwrap().to_owned();
    (stage != expected).then(|| format!("{expected} expected, not {stage}"))
}

/// The judged items of task 5, in the order of the list.
pub const JUDGED: [(&str, &str, &str); 10] = {
    let pass = ("pass", "", "");
    let fail = ("fail", "运维费没有测算依据，请补充", "");
    [pass, pass, pass, pass, pass, pass, pass, pass, fail, ("na", "由县里统一提供", "")]
};

const OPEN_UNJUDGED: [Step; 4] = [Key("/"), Type("校园安全"), Key(ENTER), See("B12")];

pub const TASKS: &[Task] = &[
    Task {
        number: 1,
        before: nothing,
        start: &[],
        letters: &[Key(ENTER), See("规则与条件")],
        without_letters: &[Key(ENTER), See("规则与条件")],
        of_many: false,
        lines: &["enter"],
        wrong: |seen| {
            let queue = seen.office.by("reviewer", &["--json", "queue"]).code(0).json();
            let rows = queue["items"].as_array().unwrap();
            let first = rows.iter().min_by_key(|row| row["due"].as_str().unwrap_or("9").to_owned()).unwrap();
            let (code, name) = (first["code"].as_str().unwrap(), first["name"].as_str().unwrap());
            let is_open = seen.screen.contains(code) && seen.screen.contains(name);
            (!is_open).then(|| format!("{code} is not open"))
        },
    },
    Task {
        number: 2,
        before: nothing,
        start: &[],
        letters: &[Key("0"), Key("/"), Type("智慧校园综合"), Key(ENTER), See("规则与条件")],
        without_letters: &[Key("0"), Key("/"), Type("智慧校园综合"), Key(ENTER), See("规则与条件")],
        of_many: false,
        lines: &["0 /智慧校园综合"],
        wrong: |seen| {
            let is_open = seen.screen.contains(seen.code) && seen.screen.contains(SOUGHT);
            (!is_open).then(|| "it is not open".to_owned())
        },
    },
    Task {
        number: 3,
        before: nothing,
        start: &[],
        letters: &[
            Key("0"),
            Key("/"),
            Type("金额>200万 期限<7天"),
            Key(ENTER),
            Key(":"),
            Type("存视图 7 资金大户"),
            Key(ENTER),
            See("7资金大户"),
        ],
        without_letters: &[
            Key("0"),
            Key("/"),
            Type("金额＞２００万　期限＜７天"),
            Key(ENTER),
            Key(":"),
            Type("存视图 7 资金大户"),
            Key(ENTER),
            See("7资金大户"),
        ],
        of_many: false,
        lines: &["0 /金额>200万 期限<7天", ":存视图 7 资金大户"],
        wrong: |seen| {
            let views = seen.office.by("reviewer", &["--json", "view", "list"]).code(0).json();
            let view = &views["items"][0];
            let is_kept = views["total"] == 1
                && view["digit"] == 7
                && view["name"] == "资金大户"
                && view["filter"] == "金额>200万 期限<7天";
            (!is_kept).then(|| views.to_string())
        },
    },
    Task {
        number: 4,
        before: |office, _| {
            let filter = "状态:技术评审中 -主办:张伟 -主办:李娜";
            office.by("reviewer", &["view", "save", "3", "待认领", "--filter", filter]).code(0);
        },
        start: &[See("3待认领")],
        letters: &[Key("3"), See("命中 3"), Key("c"), See("已认领"), Key(ENTER), See("规则与条件")],
        without_letters: &[Key("3"), See("命中 3"), Key(";"), See("已认领"), Key(ENTER), See("规则与条件")],
        of_many: false,
        lines: &["3 c enter"],
        wrong: |seen| {
            if !(seen.screen.contains(seen.code) && seen.screen.contains(UNJUDGED)) {
                return Some("another project is open".to_owned());
            }
            let mine = ["--json", "list", "--filter", &format!("主办:我 编号:{}", seen.code)].map(str::to_owned);
            let mine: Vec<&str> = mine.iter().map(String::as_str).collect();
            let found = seen.office.by("reviewer", &mine).code(0).json();
            (found["total"] != 1).then(|| found.to_string())
        },
    },
    Task {
        number: 5,
        before: nothing,
        start: &OPEN_UNJUDGED,
        letters: FIVE,
        without_letters: FIVE,
        of_many: false,
        lines: &[
            "0 /校园安全",
            "1 1 1 1 1 1 1 1",
            "2",
            "运维费没有测算依据，请补充",
            "F8",
            "4",
            "由县里统一提供",
            "F8",
        ],
        wrong: |seen| answers(seen, &JUDGED),
    },
    Task {
        number: 6,
        before: nothing,
        start: &OPEN_UNJUDGED,
        letters: &[Key("i"), See("引用位置"), Key(TAB_BACK), Type("第31页"), Key(F8), See("已保存")],
        without_letters: &[Key(F4), See("引用位置"), Key(TAB_BACK), Type("第31页"), Key(F8), See("已保存")],
        of_many: false,
        lines: &["0 /校园安全", "F4", ".", ".", ".", "第31页", "F8"],
        wrong: |seen| answers(seen, &[("", "", "第31页")]),
    },
    Task {
        number: 7,
        before: nothing,
        start: &OPEN_UNJUDGED,
        letters: SEVEN,
        without_letters: SEVEN,
        of_many: false,
        lines: &["0 /校园安全", "F4", LONG, "F8"],
        wrong: |seen| answers(seen, &[("", LONG, "")]),
    },
    Task {
        number: 8,
        before: nothing,
        start: &[
            Key("/"),
            Type("校园安全"),
            Key(ENTER),
            See("B12"),
            Key(F4),
            See("引用位置"),
            Type("没有列密评费用，建议补正"),
            See("建议补正"),
            // The caret stands within the sentence, and is seen to.
            Key(LEFT),
            Key(LEFT),
            Type("须"),
            See("建议须补正"),
            Drop,
            See("[1 恢复]"),
        ],
        letters: EIGHT,
        without_letters: EIGHT,
        of_many: false,
        lines: &[],
        wrong: |seen| answers(seen, &[("", "没有列密评费用，建议须尽快补正", "")]),
    },
    Task {
        number: 9,
        before: |office, code| {
            office.act("reviewer", code, "claim", &[]);
        },
        start: &[Key("/"), Type("校园安全"), Key(ENTER), See("B12"), Key(END), Gone(">[  ] B01")],
        letters: &[Key("x"), See("评审清单还有 47 项未作判断"), Key(ENTER), See(">[  ] B01")],
        without_letters: &[Key(F8), See("评审清单还有 47 项未作判断"), Key(ENTER), See(">[  ] B01")],
        of_many: false,
        lines: &["0 /校园安全", "End x enter"],
        wrong: |seen| answers(seen, &[]).or_else(|| stage(seen, "technical-review")),
    },
    Task {
        number: 10,
        before: nothing,
        start: &[Key("/"), Type("城乡公交"), Key(ENTER), See("B12")],
        letters: TEN,
        without_letters: TEN_BY_F9,
        of_many: false,
        lines: &["0 /城乡公交", ":提交结论 通过", "F8", "1"],
        wrong: |seen| {
            stage(seen, "opinion-check").or_else(|| {
                let shown = shown(seen);
                let step = &shown["history"][0];
                let is_drafted = step["action"] == "draft-opinion" && step["detail"]["result"] == "pass";
                (!is_drafted).then(|| step.to_string())
            })
        },
    },
    Task {
        number: 11,
        before: |office, code| {
            let form = ["result=pass", "assessed_wan=72.40", "summary=方案可行，同意按核定额实施。"];
            assert_eq!(office.act("reviewer", code, "draft-opinion", &form), "opinion-check");
        },
        start: &[Key("0"), Key("/"), Type("城乡公交"), Key(ENTER), See("规则与条件"), See("72.40")],
        letters: &[Key("u"), See("1 确认"), Key("1"), See("已办理：收回")],
        without_letters: &[Key(CTRL_Z), See("1 确认"), Key("1"), See("已办理：收回")],
        of_many: false,
        lines: &["0 /城乡公交", "u", "1"],
        wrong: |seen| stage(seen, "technical-review"),
    },
    Task {
        number: 13,
        before: nothing,
        start: &[
            Key("/"),
            Type("校园安全"),
            Key(ENTER),
            See("B12"),
            Key(F4),
            See("引用位置"),
            Type("未列密评费用。"),
            See("未列密评费用。"),
            Elsewhere(|office, code| {
                let remark = "密钥轮换没有责任单位。";
                office.by("reviewer2", &["judge", code, "B01", "doubt", "--remark", remark]).code(0);
            }),
            Key(F8),
            See("合并编辑"),
        ],
        letters: THIRTEEN,
        without_letters: THIRTEEN,
        of_many: false,
        lines: &[],
        wrong: |seen| {
            let remark = items(seen)[0]["remark"].as_str().unwrap_or_default().to_owned();
            let both = ["未列密评费用。", "密钥轮换没有责任单位。", "两处一并补正。"];
            (!both.iter().all(|part| remark.contains(part))).then_some(remark)
        },
    },
    Task {
        number: 14,
        before: |office, _| {
            office.by("lead", &["view", "save", "3", "待指派", "--filter", UNHELD]).code(0);
        },
        start: &[See("3待指派")],
        letters: &[
            Key("3"),
            See("命中 3"),
            Key("*"),
            Key("a"),
            Type("李娜"),
            Key(ENTER),
            See("1 办理 3 个项目"),
            Key("1"),
            See("已办 3，未办 0"),
        ],
        without_letters: &[
            Key("3"),
            See("命中 3"),
            Key("*"),
            Key(F8),
            Key("2"),
            Type("李娜"),
            Key(ENTER),
            See("1 办理 3 个项目"),
            Key("1"),
            See("已办 3，未办 0"),
        ],
        of_many: true,
        lines: &["3 * a", "李娜", "enter", "1"],
        wrong: |seen| {
            let count = |filter: &str| seen.office.by("lead", &["--json", "list", "--filter", filter]).code(0).json();
            let (left, hers) = (count(UNHELD), count("状态:技术评审中 主办:李娜"));
            let is_assigned = hers["items"].to_string().contains(UNJUDGED);
            (left["total"] != 0 || !is_assigned).then(|| format!("{left} {hers}"))
        },
    },
    Task {
        number: 19,
        before: nothing,
        start: &[
            Key("0"),
            Key("/"),
            Type("农民工工资"),
            Key(ENTER),
            See("规则与条件"),
            Key(F10),
            See("队列 >"),
            See("命中 1"),
        ],
        letters: &[
            Key("C"),
            See("理由"),
            Type("李娜出差到月底"),
            Key(F8),
            See("1 确认"),
            Key("1"),
            See("已办理：接管"),
            Key("H"),
            See("李娜出差到月底"),
        ],
        without_letters: &[
            Key(")"),
            See("理由"),
            Type("李娜出差到月底"),
            Key(F8),
            See("1 确认"),
            Key("1"),
            See("已办理：接管"),
            Key("#"),
            See("李娜出差到月底"),
        ],
        of_many: false,
        lines: &["0 /农民工工资", "q C", "李娜出差到月底", "F8", "1", "H"],
        wrong: |seen| {
            let shown = shown(seen);
            let step = &shown["history"][0];
            let is_mine = step["action"] == "take-over" && step["account"] == "reviewer";
            (!is_mine || !step.to_string().contains("李娜出差到月底")).then(|| step.to_string())
        },
    },
];

const FIVE: &[Step] = &[
    Key("1"),
    Key("1"),
    Key("1"),
    Key("1"),
    Key("1"),
    Key("1"),
    Key("1"),
    Key("1"),
    Key("2"),
    See("B09 备注"),
    Type("运维费没有测算依据，请补充"),
    Key(F8),
    Gone("B09 备注"),
    Key("4"),
    See("B10 备注"),
    Type("由县里统一提供"),
    Key(F8),
    See("已保存 B10"),
];

const SEVEN: &[Step] = &[Key(ENTER), See("引用位置"), Type(LONG), See("确认。"), Key(F8), See(">[  ] B02")];

const EIGHT: &[Step] = &[Key("1"), See("建议须补正"), Type("尽快"), See("建议须尽快补正"), Key(F8), See("已保存")];

const TEN: &[Step] = &[
    Key(":"),
    See("Enter 执行"),
    Type("提交结论 通过"),
    Key(ENTER),
    See("[1 通过]"),
    Key(F8),
    See("1 确认"),
    Key("1"),
    See("已办理：拟定技术审核意见"),
];

const TEN_BY_F9: &[Step] = &[
    Key(F9),
    See("Enter 执行"),
    Type("拟定技术审核意见 通过"),
    Key(ENTER),
    See("[1 通过]"),
    Key(F8),
    See("1 确认"),
    Key("1"),
    See("已办理：拟定技术审核意见"),
];

const THIRTEEN: &[Step] = &[Key("3"), See("引用位置"), Type("两处一并补正。"), Key(F8), See("已保存")];
