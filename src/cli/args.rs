//! The command line as clap reads it. The comments on commands and arguments are the help that people read.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::value;
use crate::domain::actor::{Role, UnitKind};
use crate::domain::calendar::Moment;
use crate::domain::project::Stage;
use crate::service::Mode;

/// 政务信息化项目管理系统：县级政务信息化项目的申报、评审、备案与监管
#[derive(Debug, Parser)]
#[command(name = "pingshen", version)]
pub struct Line {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Noun>,
}

#[derive(Debug, Clone, Args)]
pub struct Global {
    /// 数据库文件（也可用环境变量 PINGSHEN_DB；默认在用户数据目录）
    #[arg(long, global = true, value_name = "路径", help_heading = "通用选项")]
    pub db: Option<PathBuf>,
    /// 以该账号办理（也可用环境变量 PINGSHEN_AS）
    #[arg(long = "as", global = true, value_name = "账号", help_heading = "通用选项")]
    pub act_as: Option<String>,
    /// 标准输出只输出一个 JSON 文档，供程序读取
    #[arg(long, global = true, help_heading = "通用选项")]
    pub json: bool,
    /// 不使用颜色
    #[arg(long, global = true, help_heading = "通用选项")]
    pub no_color: bool,
}

#[derive(Debug, Subcommand)]
pub enum Noun {
    /// 新建数据库（从不覆盖已有文件）
    Init(Init),
    /// 示例数据：虚构的单位、账号和项目，建好后以技术评审员身份打开界面
    Demo(Demo),
    /// 账号管理
    #[command(subcommand)]
    User(User),
    /// 单位管理
    #[command(subcommand)]
    Unit(Unit),
    /// 登记或补充单个项目
    #[command(subcommand)]
    Project(Project),
    /// 导入填写好的申报表（xlsx、xls、ods、docx、csv）
    Import(Import),
    /// 待办：等待本账号办理的项目
    Queue(Queue),
    /// 本账号可见的全部项目
    List(List),
    /// 查看一个项目的全部内容
    Show(OneProject),
    /// 列出对一个项目可办和不可办的事项及原因
    Actions(OneProject),
    /// 办理一个事项
    Do(Do),
    /// 填写评审清单的判断
    Judge(Judge),
    /// 查看评审清单
    Checklist(OneProject),
    /// 规则：限额、时限、评审清单
    #[command(subcommand)]
    Policy(Policy),
    /// 操作日志
    #[command(subcommand)]
    Audit(Audit),
    /// 备份（他人办公时也可进行），备份后即校验
    Backup(Backup),
    /// 查看设置及其来源
    #[command(subcommand)]
    Config(Config),
    /// 输出命令补全脚本
    Completions(Completions),
    /// 输出手册页（roff 格式）
    Man,
}

#[derive(Debug, Args)]
pub struct Init {
    /// 使用方式：local（单机，默认）或 shared（多人共用）
    #[arg(long, value_name = "方式", default_value = "local", hide_default_value = true, value_parser = value::mode)]
    pub mode: Mode,
    /// 规则文件；不指定时使用自带的规则
    #[arg(long, value_name = "文件")]
    pub policy: Option<PathBuf>,
    /// 系统管理员账号（仅 shared，绑定同名的操作系统用户）
    #[arg(long, value_name = "账号")]
    pub sysadmin: Option<String>,
    /// 安全管理员账号（仅 shared，绑定同名的操作系统用户）
    #[arg(long, value_name = "账号")]
    pub secadmin: Option<String>,
    /// 审计管理员账号（仅 shared，绑定同名的操作系统用户）
    #[arg(long, value_name = "账号")]
    pub auditor: Option<String>,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// 按名称模板生成这么多个项目；不指定时为几十个手写的项目
    #[arg(long, value_name = "个数", value_parser = clap::value_parser!(u64).range(1..=2_000_000))]
    pub projects: Option<u64>,
    /// 随机种子：相同的种子得到相同的项目
    #[arg(long, value_name = "数", default_value_t = 1)]
    pub seed: u64,
    /// 只建立数据，不打开界面
    #[arg(long)]
    pub no_open: bool,
}

#[derive(Debug, Args)]
pub struct Backup {
    /// 备份到这个文件；文件不能已存在
    #[arg(value_name = "文件")]
    pub file: PathBuf,
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// 增加账号
    Add {
        /// 账号名
        #[arg(value_name = "账号")]
        account: String,
        /// 姓名
        #[arg(long, value_name = "姓名")]
        name: String,
        /// 所在单位
        #[arg(long, value_name = "单位")]
        unit: String,
        /// 角色代码，可写多个
        #[arg(long, value_name = "角色", required = true, num_args = 1.., value_delimiter = ',', value_parser = value::role)]
        role: Vec<Role>,
        /// 绑定的操作系统用户
        #[arg(long, value_name = "用户名")]
        os_user: Option<String>,
    },
    /// 列出账号
    List,
    /// 停用账号
    Disable {
        /// 账号名
        #[arg(value_name = "账号")]
        account: String,
    },
    /// 启用账号
    Activate {
        /// 账号名
        #[arg(value_name = "账号")]
        account: String,
    },
    /// 增减角色
    Role {
        /// 账号名
        #[arg(value_name = "账号")]
        account: String,
        /// 增加的角色
        #[arg(long, value_name = "角色", num_args = 1.., value_delimiter = ',', value_parser = value::role)]
        add: Vec<Role>,
        /// 去掉的角色
        #[arg(long, value_name = "角色", num_args = 1.., value_delimiter = ',', value_parser = value::role)]
        remove: Vec<Role>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Unit {
    /// 登记单位
    Add {
        /// 单位名称
        #[arg(value_name = "单位")]
        name: String,
        /// 单位类型代码：county-organ、township、institution、social-organization、subordinate
        #[arg(long, value_name = "类型", value_parser = value::unit_kind)]
        kind: UnitKind,
        /// 主管单位
        #[arg(long, value_name = "单位")]
        supervisor: Option<String>,
    },
    /// 列出单位
    List,
}

#[derive(Debug, Subcommand)]
pub enum Project {
    /// 从 JSON 登记一个草稿
    New {
        /// JSON 文件，- 表示标准输入
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 补充或更正申报内容，未提到的字段不变
    Edit {
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
        /// 设置一个字段，如 kind=new、resource_catalogue.entries=12
        #[arg(long, value_name = "字段=值", value_parser = value::setting)]
        set: Vec<(String, String)>,
        /// 只含要改的字段的 JSON 文件，- 表示标准输入
        #[arg(long, value_name = "文件")]
        input: Option<PathBuf>,
        /// 所见的版本；项目已被他人更新时不写入
        #[arg(long, value_name = "版本")]
        if_version: Option<i64>,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Args)]
pub struct Import {
    /// 申报表文件，- 表示标准输入
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 建设单位；代替表中所写的单位
    #[arg(long, value_name = "单位")]
    pub unit: Option<String>,
    /// 计划年度；代替表中所写的年度
    #[arg(long, value_name = "年度", value_parser = value::year)]
    pub plan_year: Option<i32>,
    /// 收到纸质申报表的时间，如 2026-09-30T17:00:00+08:00
    #[arg(long, value_name = "时间", value_parser = value::moment)]
    pub received_at: Option<Moment>,
    /// 只检查，不写入
    #[arg(long)]
    pub dry_run: bool,
    /// 跳过有问题的行，导入其余各行
    #[arg(long)]
    pub skip_bad: bool,
}

#[derive(Debug, Args)]
pub struct Paging {
    /// 筛选，如 "状态:技术评审中 金额>200万 期限<7天"
    #[arg(long, value_name = "条件")]
    pub filter: Option<String>,
    /// 最多列出多少个（1 到 1000，默认 50）
    #[arg(long, value_name = "个数", default_value_t = 50, hide_default_value = true, value_parser = value::limit)]
    pub limit: usize,
    /// 从上一页给出的位置继续
    #[arg(long, value_name = "位置")]
    pub after: Option<String>,
}

#[derive(Debug, Args)]
pub struct Queue {
    /// 只列出等待该角色的项目
    #[arg(long, value_name = "角色", value_parser = value::role)]
    pub role: Option<Role>,
    #[command(flatten)]
    pub paging: Paging,
}

#[derive(Debug, Args)]
pub struct List {
    /// 只列出处于该状态的项目
    #[arg(long, value_name = "状态", value_parser = value::stage)]
    pub stage: Option<Stage>,
    #[command(flatten)]
    pub paging: Paging,
}

#[derive(Debug, Args)]
pub struct OneProject {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
}

#[derive(Debug, Args)]
pub struct Do {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 事项代码；用 pingshen actions 编号 查看
    #[arg(value_name = "事项")]
    pub action: String,
    /// 填写一个字段，如 doc_no=玉数评〔2026〕3号
    #[arg(long, value_name = "字段=值", value_parser = value::setting)]
    pub set: Vec<(String, String)>,
    /// 含各字段的 JSON 文件，- 表示标准输入
    #[arg(long, value_name = "文件")]
    pub input: Option<PathBuf>,
    /// 写入办理记录的说明
    #[arg(long, value_name = "文字")]
    pub note: Option<String>,
    /// 随附的文件，不超过 20 MiB，可写多次
    #[arg(long, value_name = "文件")]
    pub attach: Vec<PathBuf>,
    /// 所见的版本；项目已被他人更新时不办理
    #[arg(long, value_name = "版本")]
    pub if_version: Option<i64>,
    /// 只检查，不办理
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Judge {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 清单条目，如 K03
    #[arg(value_name = "条目", conflicts_with = "input", requires = "verdict")]
    pub item: Option<String>,
    /// 判断：pass、fail、doubt、na；clear 撤回
    #[arg(value_name = "判断", value_parser = value::verdict)]
    pub verdict: Option<String>,
    /// 问题描述，或不适用的理由
    #[arg(long, value_name = "文字", requires = "item")]
    pub remark: Option<String>,
    /// 修改建议
    #[arg(long, value_name = "文字", requires = "item")]
    pub suggestion: Option<String>,
    /// 参考依据
    #[arg(long, value_name = "文字", requires = "item")]
    pub basis: Option<String>,
    /// 在方案中的位置，如 p.31
    #[arg(long, value_name = "位置", requires = "item")]
    pub cite: Option<String>,
    /// 一次填写多条的 JSON 文件，- 表示标准输入
    #[arg(long, value_name = "文件", required_unless_present = "item")]
    pub input: Option<PathBuf>,
    /// 所见的版本；项目已被他人更新时不写入
    #[arg(long, value_name = "版本")]
    pub if_version: Option<i64>,
    /// 只检查，不写入
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub enum Policy {
    /// 列出已安装的规则
    List,
    /// 查看规则；不写编号时查看现行规则
    Show {
        /// 规则编号
        #[arg(value_name = "规则")]
        id: Option<String>,
    },
    /// 检查规则文件（不需要数据库）
    Check {
        /// 规则文件
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 安装规则文件
    Install {
        /// 规则文件
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 载入办法正文（文本文件），此后可查看各条原文
    Text {
        /// 办法正文
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 查看一条的要点和原文（已载入正文的）；附件为 0
    Article {
        /// 第几条
        #[arg(value_name = "条")]
        number: u8,
    },
}

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// 列出日志，最新的在前
    List {
        /// 只列出该项目的
        #[arg(long, value_name = "编号")]
        project: Option<String>,
        /// 只列出此后的，如 2026-09-12 或 2026-09-12T09:00:00+08:00
        #[arg(long, value_name = "时间", value_parser = value::since)]
        since: Option<Moment>,
        /// 最多列出多少条（1 到 1000，默认 50）
        #[arg(long, value_name = "条数", default_value_t = 50, hide_default_value = true, value_parser = value::limit)]
        limit: usize,
        /// 从上一页给出的位置继续
        #[arg(long, value_name = "位置")]
        after: Option<i64>,
    },
    /// 核验日志是否完整、未被改动
    Verify {
        /// 另行记下的链首，核验它仍在日志中
        #[arg(long, value_name = "摘要")]
        head: Option<String>,
    },
    /// 显示日志的条数和链首
    Head,
}

#[derive(Debug, Subcommand)]
pub enum Config {
    /// 显示数据库的位置
    Path,
    /// 显示各项设置的值和来源
    Show,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// bash、zsh、fish、elvish 或 powershell
    #[arg(value_name = "SHELL", value_parser = value::shell)]
    pub shell: clap_complete::Shell,
}
