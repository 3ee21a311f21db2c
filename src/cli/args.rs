//! The command line as clap reads it. The comments on commands and arguments are the help that people read.

mod document;
mod meeting;
mod opinion;
mod panel;
mod plan;
mod stats;
mod system;
mod undo;
mod view;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use document::*;
pub use meeting::*;
pub use opinion::*;
pub use panel::*;
pub use plan::*;
pub use stats::*;
pub use system::*;
pub use undo::*;
pub use view::*;

use super::value;
use crate::domain::actor::Role;
use crate::domain::calendar::Moment;
use crate::domain::project::Stage;
use crate::domain::round::RoundKind;

/// 政务信息化项目管理系统：县级政务信息化项目的申报、评审、备案与监管
#[derive(Debug, Parser)]
#[command(name = "pingshen", version)]
pub struct Line {
    #[command(flatten)]
    pub global: Global,
    /// 逐行方式打开界面：一行一行读命令、写结果，不用全屏；供读屏软件和很差的网络使用
    #[arg(long)]
    pub linear: bool,
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
    /// 不使用颜色（也可用环境变量 NO_COLOR）
    #[arg(long, global = true, help_heading = "通用选项")]
    pub no_color: bool,
    /// 引号、省略号、①等字符在终端上的宽度：auto 自动测量（默认），narrow 一格，wide 两格（也可用环境变量 PINGSHEN_WIDTH）
    #[arg(long, global = true, value_name = "宽度", value_parser = value::width, help_heading = "通用选项")]
    pub char_width: Option<value::Width>,
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
    /// 保存的视图：筛选条件和排序，界面上以数字打开
    #[command(subcommand)]
    View(View),
    /// 查看一个项目的全部内容
    Show(OneProject),
    /// 一个项目的各轮次：计划申报、技术评审、验收；可以比较两轮
    Rounds(Rounds),
    /// 列出对一个项目可办和不可办的事项及原因
    Actions(OneProject),
    /// 办理一个事项
    Do(Do),
    /// 年度计划：各单位申报情况，成批办理
    #[command(subcommand)]
    Plan(Plan),
    /// 统计：各状态、单位、路线的个数和金额，等待和逾期，核减，评审和疑点
    Stats(Stats),
    /// 填写评审清单的判断
    Judge(Judge),
    /// 撤销本人最近的判断、疑点处理或认领指派，写回原来的内容（办理步骤用 do 编号 recall 收回）
    Undo(Undo),
    /// 查看评审清单
    Checklist(OneProject),
    /// 专家库
    #[command(subcommand)]
    Expert(Expert),
    /// 专家论证：抽取专家、查看论证记录
    #[command(subcommand)]
    Panel(Panel),
    /// 出具文书（Word）：技术审核意见书、专家论证评审结论、专家个人意见表
    Document(Document),
    /// 评审会：议程、签到、录入表决和意见、会议纪要
    #[command(subcommand)]
    Meeting(Meeting),
    /// 技术审核意见：按记录拟稿
    #[command(subcommand)]
    Opinion(Opinion),
    /// 查看疑点：自动提示的事项及其依据
    Findings(OneProject),
    /// 处理一个疑点：采纳或者排除，须写明理由
    Finding(Finding),
    /// 规则：限额、时限、评审清单
    #[command(subcommand)]
    Policy(Policy),
    /// 解释口径：办法没有写明的问题和中心的解释
    #[command(subcommand)]
    Ruling(Ruling),
    /// 操作日志
    #[command(subcommand)]
    Audit(Audit),
    /// 备份（他人办公时也可进行），备份后即校验
    Backup(Backup),
    /// 输出 sshd 的授权密钥（供 AuthorizedKeysCommand 使用，不打开数据库）
    AuthorizedKeys(AuthorizedKeys),
    /// 经 SSH 登录的会话（由 sshd 的 ForceCommand 启动，不直接使用）
    SshSession(SshSession),
    /// 查看设置及其来源
    #[command(subcommand)]
    Config(Config),
    /// 全部按键列成一页，可打印；个人的改动一并列出
    Keys,
    /// 输出命令补全脚本
    Completions(Completions),
    /// 输出手册页（roff 格式）
    Man,
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
    #[arg(long, value_name = "单位", value_parser = value::name)]
    pub unit: Option<String>,
    /// 主管单位；受理员代为导入主管单位的汇总表时写明
    #[arg(long, value_name = "单位", value_parser = value::name)]
    pub supervisor: Option<String>,
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
    /// 按保存的视图列出（序号或名称）；其余条件在其中再筛选
    #[arg(long, value_name = "视图")]
    pub view: Option<String>,
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
pub struct Rounds {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 比较两轮，如 1,2
    #[arg(long, value_name = "轮次,轮次", value_parser = value::two_rounds)]
    pub compare: Option<(u32, u32)>,
    /// 比较哪一类：review 技术评审（默认）或 acceptance 验收
    #[arg(long, value_name = "类别", default_value = "review", hide_default_value = true, requires = "compare", value_parser = value::compared_kind)]
    pub kind: RoundKind,
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
    /// 清单条目，如 B01
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
    #[arg(long, value_name = "文件")]
    pub input: Option<PathBuf>,
    /// 所见的版本；项目已被他人更新时不写入
    #[arg(long, value_name = "版本")]
    pub if_version: Option<i64>,
    /// 只检查，不写入
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("decision").required(true).args(["accept", "dismiss"])))]
pub struct Finding {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 疑点代码，如 E1、R10.1；用 pingshen findings 编号 查看
    #[arg(value_name = "疑点")]
    pub id: String,
    /// 采纳：问题属实
    #[arg(long)]
    pub accept: bool,
    /// 排除：不构成问题；否决类疑点只能由评审负责人排除
    #[arg(long)]
    pub dismiss: bool,
    /// 理由，随处理结果一并留存
    #[arg(long, value_name = "文字")]
    pub reason: String,
    /// 所见的版本；项目已被他人更新时不写入
    #[arg(long, value_name = "版本")]
    pub if_version: Option<i64>,
    /// 只检查，不写入
    #[arg(long)]
    pub dry_run: bool,
}
