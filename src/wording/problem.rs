//! Errors in words: what is wrong, what to do, what it rests on.

use super::labels;
use super::sentence::{basis, denied, unmet};
use crate::domain::key::KeyProblem;
use crate::domain::meeting::sheet::Field;
use crate::domain::money::MoneyProblem;
use crate::domain::panel::absence::AbsenceProblem;
use crate::domain::panel::expert::ExpertField;
use crate::domain::workflow::action::Key;
use crate::domain::workflow::input::{FieldProblem, InputProblem};
use crate::service::error::{Error, Invalid, Missing, StoreError};

/// An error as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// In one sentence, what did not happen.
    pub title: String,
    /// Why: one line per reason, each complete.
    pub causes: Vec<String>,
    /// What to do.
    pub remedy: String,
}

/// Puts an error into words.
pub fn problem(error: &Error) -> Problem {
    match error {
        Error::Invalid(problems) => Problem {
            title: format!("填写内容有 {} 处问题，未办理", problems.len()),
            causes: problems.iter().map(invalid).collect(),
            remedy: "请按提示更正后重试".to_owned(),
        },
        Error::Denied(reason) => {
            let said = denied(reason);
            Problem { title: "无权办理".to_owned(), causes: vec![said.message], remedy: said.remedy }
        }
        Error::Refused(conditions) => {
            let said: Vec<_> = conditions.iter().map(|condition| (condition, unmet(condition))).collect();
            let causes = said.iter().map(|(condition, said)| {
                format!("{}。{}。{}", said.message, said.remedy, basis(condition.rule().article()))
            });
            Problem {
                title: format!("不能办理：{} 项条件未满足", conditions.len()),
                causes: causes.collect(),
                remedy: said.first().map(|(_, said)| said.remedy.clone()).unwrap_or_default(),
            }
        }
        Error::NotFound(what) => not_found(what),
        Error::Conflict { code, current } => Problem {
            title: "内容已被他人更新，未办理".to_owned(),
            causes: vec![format!("{code} 现为第 {current} 版")],
            remedy: "请刷新后核对，再重新办理；你填写的内容仍在".to_owned(),
        },
        Error::Unavailable(failure) => unavailable(failure),
        Error::Bug(_) => Problem {
            title: "程序内部错误，未办理".to_owned(),
            causes: vec!["数据未作任何改动".to_owned()],
            remedy: "请重试；仍然出错的，请将此情况告知系统管理员".to_owned(),
        },
    }
}

/// Puts something wrong with an input into words.
pub fn invalid(problem: &Invalid) -> String {
    match problem {
        Invalid::Input(problem) => input(problem),
        Invalid::Policy(problem) if problem.line == 0 => problem.message.clone(),
        Invalid::Policy(problem) => format!("第 {} 行：{}", problem.line, problem.message),
        Invalid::PolicyExists(id) => format!("规则“{id}”已安装；已安装的规则不能更改，请换用新的编号"),
        Invalid::PolicyInstalled(id) => format!("这份规则已经安装，编号为“{id}”，不必重复安装"),
        Invalid::PolicyDateTaken { id, from } => {
            format!("规则“{id}”也自 {from} 起施行；同一天只能有一个版本，请另定施行日期")
        }
        Invalid::Ruling(problem) => super::policy::ruling_problem(problem),
        Invalid::ArticlesMissing(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(|number| labels::article(*number)).collect();
            format!("办法正文缺少：{}", numbers.join("、"))
        }
        Invalid::NameMissing => "缺少项目名称".to_owned(),
        Invalid::AmountMissing => "缺少项目投资额".to_owned(),
        Invalid::UnitMissing => "缺少建设单位".to_owned(),
        Invalid::AccountExists(code) => format!("账号“{code}”已存在"),
        Invalid::OsUserTaken(user) => format!("系统用户“{user}”已绑定其他账号"),
        Invalid::AccountName(_) => "账号名只能由文字、数字和 - _ . 组成，不超过64个字符".to_owned(),
        Invalid::RoleMissing => "账号至少要有一个角色".to_owned(),
        Invalid::AdministratorAlone => {
            "系统管理员、安全管理员、审计管理员各自单独任职，同一账号不能再有其他角色（三员分立）".to_owned()
        }
        Invalid::LastAdministrator(role) => {
            format!("这是唯一在用的{}账号，停用或去掉角色后将无人能办；请先启用另一个", labels::role(*role))
        }
        Invalid::Key(problem) => key(problem),
        Invalid::KeyTaken(_) => "这把密钥已经登记，一把密钥只属于一个账号".to_owned(),
        Invalid::KeyInForce(_) => "这把密钥已经启用".to_owned(),
        Invalid::KeysUnused => {
            "单机数据库不经 SSH 登录，不登记密钥；多人共用请用 pingshen init --mode shared".to_owned()
        }
        Invalid::UnitExists(name) => format!("单位“{name}”已登记"),
        Invalid::SupervisorUnknown(name) => format!("主管单位“{name}”没有登记"),
        Invalid::ExpertName(name) if name.is_empty() => "缺少专家姓名".to_owned(),
        Invalid::ExpertName(name) => format!("“{name}”像专家编号，不能作姓名"),
        Invalid::ExpertEmployerMissing => "缺少专家的工作单位，无法核对回避".to_owned(),
        Invalid::ExpertExists(name) => format!("专家库中已有同单位的“{name}”"),
        Invalid::DisciplineUnknown(code, known) => {
            let known: Vec<String> =
                known.iter().map(|code| format!("{code}（{}）", labels::discipline(code))).collect();
            let wrong =
                if code.is_empty() { "没有写明专业".to_owned() } else { format!("没有专业“{code}”") };
            format!("{wrong}；可用的有：{}", known.join("、"))
        }
        Invalid::PastRole(text) => format!("“{text}”不是任职经历，应写成 单位|职务|2025-06（截止月，在任的不写）"),
        Invalid::ExpertTwice(row) => format!("与第 {row} 行是同一位专家（姓名和工作单位相同）"),
        Invalid::Absence(problem) => absence(problem),
        Invalid::AccountBound(code, expert) => format!("账号“{code}”已绑定专家{expert}"),
        Invalid::ExpertWord(field, word) => {
            let expected = if *field == ExpertField::Local { "是或否" } else { "在用或停用" };
            format!("“{}”一栏不认识“{word}”，应填{expected}", labels::expert_field(*field))
        }
        Invalid::NothingToChange => "没有写明要更改什么".to_owned(),
        Invalid::ExpertRow(row, inner) => format!("第 {row} 行：{}", invalid(inner)),
        Invalid::ItemNotApplicable(item) => format!("{item} 不适用于本项目，不必判断"),
        Invalid::TwiceInForm(row) => format!("第 {row} 行与前面的行是同一单位的同名项目"),
        Invalid::UnitNotRegistered { row, unit } => {
            format!("第 {row} 行：单位“{unit}”没有登记；请核对名称，确为新单位的，请受理员先登记单位及其主管单位")
        }
        Invalid::CatalogueNames { names } => {
            format!("信息资源目录的条目名称有 {names} 个，多于目录条数；请更正条数或者名称")
        }
        Invalid::NothingToImport => "表中没有可导入的项目".to_owned(),
    }
}

fn key(problem: &KeyProblem) -> String {
    match problem {
        KeyProblem::Empty => "没有公钥；请提供 ssh-keygen 生成的 .pub 文件".to_owned(),
        KeyProblem::Several => "一次只登记一把公钥，请分别登记".to_owned(),
        KeyProblem::Private => {
            "这是私钥，不是公钥，未保存；私钥不能交给任何人，请另生成一对密钥，提供其中的 .pub 文件".to_owned()
        }
        KeyProblem::Options => "公钥前面有附加选项；请只提供公钥本身，能做什么由本系统决定".to_owned(),
        KeyProblem::Certificate => "这是证书，不是公钥；请提供 .pub 文件中的公钥".to_owned(),
        KeyProblem::Dsa => "DSA 密钥已不安全，不予登记；请用 ssh-keygen -t ed25519 另生成".to_owned(),
        KeyProblem::ShortRsa(bits) => {
            format!("RSA 密钥只有 {bits} 位，不足以保证安全，不予登记；请用 ssh-keygen -t ed25519 另生成")
        }
        KeyProblem::Unreadable => {
            "不是可用的公钥；支持 ed25519、ecdsa、rsa 及硬件密钥（sk-…），格式如 ssh-ed25519 AAAA… 备注".to_owned()
        }
    }
}

fn absence(problem: &AbsenceProblem) -> String {
    match problem {
        AbsenceProblem::Unreadable(text) => {
            format!("“{text}”不是不能到会的期间，应写成 2026-12-01|2026-12-20|原因，原因中不用分号")
        }
        AbsenceProblem::Backwards => "不能到会的止日早于起日".to_owned(),
        AbsenceProblem::Unreasoned => "没有写明为何不能到会".to_owned(),
        AbsenceProblem::Overlaps(other) => {
            format!("与已登记的期间重叠：{}；请先登记返回，再登记新的期间", labels::away(other))
        }
        AbsenceProblem::NoneOn(day) => format!("{day} 这一天没有登记不能到会"),
    }
}

/// Puts something wrong with a field of an action into words.
pub fn input(problem: &InputProblem) -> String {
    let field = match Key::parse(&problem.field) {
        Some(key) => format!("{}（{}）", labels::key(key), problem.field),
        None => Field::parse(&problem.field).map_or_else(|| problem.field.clone(), labels::sheet_field),
    };
    format!("{field}：{}", field_problem(&problem.problem))
}

/// Says what is wrong with a field's value and what is expected.
pub fn field_problem(problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Unknown => "没有这个字段".to_owned(),
        FieldProblem::Missing => "必须填写".to_owned(),
        FieldProblem::MissingBecause(Key::OnBehalfOf) => "代录时必须填写".to_owned(),
        FieldProblem::MissingBecause(key) => format!("按所填的“{}”必须填写", labels::key(*key)),
        FieldProblem::Money(problem) => money(*problem).to_owned(),
        FieldProblem::Date => "不是有效日期，请按 2026-09-12 填写".to_owned(),
        FieldProblem::Moment => "不是有效时间，请按 2026-09-30T17:00:00+08:00 填写".to_owned(),
        FieldProblem::Count(least, most) => format!("请填写 {least} 到 {most} 的整数"),
        FieldProblem::Flag => "请填写 true（是）或 false（否）".to_owned(),
        FieldProblem::Named(codes) => {
            let named: Vec<String> = codes.iter().map(|code| format!("{code}（{}）", labels::choice(code))).collect();
            format!("每行一项，写作 代码=内容，每个代码至多一次；代码有：{}", named.join("、"))
        }
        FieldProblem::Record { line, parts } => {
            let parts: Vec<&str> = parts.iter().map(|part| labels::part(part)).collect();
            format!("第 {line} 条不完整，每条须依次写明：{}，用 | 或逗号隔开", parts.join("、"))
        }
        FieldProblem::Choice(codes) => {
            let choices: Vec<String> = codes.iter().map(|code| format!("{code}（{}）", labels::choice(code))).collect();
            format!("请选择：{}", choices.join("、"))
        }
        FieldProblem::Account => "没有这个在用的评审员账号".to_owned(),
        FieldProblem::Digest => "请填写扫描件的 SM3 摘要（64位十六进制），或附上扫描件".to_owned(),
        FieldProblem::TooLong(limit) => format!("太长，最多 {limit} 个字符"),
        FieldProblem::Ruling => "解释口径登记中没有这一号，或者尚未施行；用 pingshen ruling list 查看".to_owned(),
        FieldProblem::OnlyIntake => "收到时间只能由受理员登记".to_owned(),
    }
}

/// Says what is wrong with an amount.
pub const fn money(problem: MoneyProblem) -> &'static str {
    match problem {
        MoneyProblem::Empty => "请填写金额（万元）",
        MoneyProblem::NotANumber => "不是数字，请填写金额（万元，最多6位小数），如 98.5",
        MoneyProblem::TooPrecise => "最多6位小数（精确到分）",
        MoneyProblem::Negative => "不能是负数",
        MoneyProblem::Zero => "不能为零",
        MoneyProblem::TooLarge => "超过100亿元，请核对单位是否为万元",
    }
}

fn not_found(what: &Missing) -> Problem {
    let (title, remedy) = match what {
        Missing::Project(code) => (format!("没有项目 {code}"), "请核对项目编号；用 pingshen list 查看可见的项目"),
        Missing::Account(code) => (format!("没有账号“{code}”"), "请核对账号；用 pingshen user list 查看全部账号"),
        Missing::Key(_) => {
            ("没有这把在用或者待启用的密钥".to_owned(), "请写完整的指纹（SHA256:…）；用 pingshen user key list 查看")
        }
        Missing::OsUser(user) => {
            (format!("系统用户“{user}”没有绑定账号"), "请用 --as 账号 指定账号，或请系统管理员绑定")
        }
        Missing::Unit(name) => (format!("没有单位“{name}”"), "请先登记：pingshen unit add 单位名 --kind 类型"),
        Missing::Expert(name) => {
            (format!("专家库中没有“{name}”，或者不止一位"), "用 pingshen expert list 查看专家编号")
        }
        Missing::Item(item) => (format!("评审清单中没有 {item}"), "用 pingshen checklist 查看全部条目"),
        Missing::Round(kind, number) => {
            (format!("没有{}", super::policy::round(*kind, *number)), "用 pingshen rounds 编号 查看有哪些轮次")
        }
        Missing::Opinion(round) => {
            let round = round.map(|it| format!("第 {it} 轮")).unwrap_or_default();
            (format!("没有{round}技术审核意见"), "拟定以后才能出具；用 pingshen rounds 编号 查看各轮意见")
        }
        Missing::Panel { round, session } => {
            let round = round.map(|it| format!("第 {it} 轮")).unwrap_or_default();
            let session = session.map(|it| format!("第 {it} 次")).unwrap_or_default();
            (format!("没有{round}{session}专家论证"), "用 pingshen panel show 编号 查看历次专家论证")
        }
        Missing::Finding(id) => (format!("项目现在没有疑点“{id}”"), "用 pingshen findings 编号 查看现有疑点"),
        Missing::Meeting(code) => (format!("没有评审会专评{code}"), "用 pingshen meeting list 查看近期的评审会"),
        Missing::AgendaItem(number) => (format!("议程上没有第 {number} 项"), "用 pingshen meeting show 查看议程"),
        Missing::Policy(id) => (format!("没有规则“{id}”"), "用 pingshen policy list 查看已安装的规则"),
    };
    Problem { title, causes: Vec::new(), remedy: remedy.to_owned() }
}

fn unavailable(failure: &StoreError) -> Problem {
    let say = |title: String, cause: &str, remedy: &str| Problem {
        title,
        causes: if cause.is_empty() { Vec::new() } else { vec![cause.to_owned()] },
        remedy: remedy.to_owned(),
    };
    match failure {
        StoreError::Missing(path) => say(
            format!("没有数据库 {}", path.display()),
            "",
            "新建：pingshen init；试用：pingshen demo；使用已有数据库：--db 路径",
        ),
        StoreError::Exists(path) => {
            say(format!("{} 已存在，未作改动", path.display()), "", "请换一个路径；本程序从不覆盖已有文件")
        }
        StoreError::Foreign(path) => say(
            format!("{} 不是本系统的数据库，未作改动", path.display()),
            "",
            "请核对路径：--db 路径 或环境变量 PINGSHEN_DB",
        ),
        StoreError::Newer { path, found, known } => say(
            format!("{} 由更新版本的程序建立，未作改动", path.display()),
            &format!("数据库版本 {found}，本程序只认识到 {known}"),
            "请升级本程序",
        ),
        StoreError::Damaged { path, detail } => say(
            format!("数据库 {} 读取失败，可能已损坏，未作改动", path.display()),
            detail,
            "请停止使用并保留该文件，联系系统管理员检查磁盘，必要时从备份恢复",
        ),
        StoreError::ReadOnly(path) => say(
            format!("数据库 {} 不可写，未作改动", path.display()),
            "",
            "请检查文件和所在目录的权限，以及磁盘是否只读",
        ),
        StoreError::Exposed { path, is_folder } => {
            let (what, mode) = if *is_folder { ("目录", "0711") } else { ("数据库文件", "0600") };
            say(
                format!("共用的{what} {} 允许其他系统用户读写，未打开", path.display()),
                "能直接打开文件的人可以绕过本系统的权限和日志",
                &format!("请由文件的所有者执行：chmod {mode} {}", path.display()),
            )
        }
        StoreError::GivenUp => say("查询已停止".to_owned(), "", "已有更新的查询代替，无需处理"),
        StoreError::Busy => say(
            "数据库正被他人占用，等待超时，未办理".to_owned(),
            "",
            "请稍后重试；持续如此的，请系统管理员检查是否有长时间未结束的操作",
        ),
        StoreError::Full => say("磁盘已满，未办理".to_owned(), "", "请清理磁盘空间后重试；已保存的内容不受影响"),
        StoreError::Unreachable { path, detail } => {
            say(format!("无法打开数据库 {}", path.display()), detail, "请检查路径、权限和磁盘")
        }
        StoreError::Unconfirmed(detail) => {
            say("未确认是否已保存，请勿重复操作".to_owned(), detail, "请重新打开项目核对：已有记录即已办成，没有则重办")
        }
        StoreError::Unreadable(detail) => {
            say("数据库中有本程序不认识的内容".to_owned(), detail, "请升级本程序；仍然如此的，请告知系统管理员")
        }
        StoreError::Sqlite(failure) => {
            say("程序内部错误，未办理".to_owned(), &failure.to_string(), "请重试；仍然出错的，请将此情况告知系统管理员")
        }
    }
}
