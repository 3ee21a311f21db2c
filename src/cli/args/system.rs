//! The arguments of commands that concern no single project: the database, accounts, units, rules, the log.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::cli::value;
use crate::domain::actor::{Role, UnitKind};
use crate::domain::calendar::Moment;
use crate::service::Mode;

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
    #[arg(long, value_name = "个数", value_parser = value::projects)]
    pub projects: Option<u64>,
    /// 随机种子：相同的种子得到相同的项目
    #[arg(long, value_name = "数", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    /// 逐行方式打开界面，不用全屏
    #[arg(long)]
    pub linear: bool,
    /// 练习常办的事，数按键；在临时的示例数据中进行，不动任何已有的数据库
    #[arg(long)]
    pub practice: bool,
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
        #[arg(long, value_name = "姓名", value_parser = value::name)]
        name: String,
        /// 所在单位
        #[arg(long, value_name = "单位", value_parser = value::name)]
        unit: String,
        /// 角色代码，可写多个
        #[arg(long, value_name = "角色", required = true, num_args = 1.., value_delimiter = ',', value_parser = value::role)]
        role: Vec<Role>,
        /// 绑定的操作系统用户
        #[arg(long, value_name = "用户名")]
        os_user: Option<String>,
        /// 一并提出 SSH 公钥（.pub 文件），- 表示标准输入；仅多人共用的数据库
        #[arg(long, value_name = "文件")]
        ssh_key: Option<PathBuf>,
    },
    /// SSH 密钥：一人提出，另一人启用，本人随时可以吊销
    #[command(subcommand)]
    Key(UserKey),
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
pub enum UserKey {
    /// 提出一把公钥，由安全管理员启用后才能登录；可为本人提出，为他人提出的须是系统管理员
    Add {
        /// 账号名
        #[arg(value_name = "账号")]
        account: String,
        /// 公钥文件（.pub），- 表示标准输入
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 列出密钥；不写账号时列出全部（限管理员）
    List {
        /// 账号名
        #[arg(value_name = "账号")]
        account: Option<String>,
    },
    /// 启用一把密钥（安全管理员）
    Activate {
        /// 指纹，SHA256: 开头
        #[arg(value_name = "指纹")]
        fingerprint: String,
    },
    /// 吊销一把密钥，立即生效，已登录的也不能再办理
    Revoke {
        /// 指纹，SHA256: 开头
        #[arg(value_name = "指纹")]
        fingerprint: String,
    },
}

#[derive(Debug, Args)]
pub struct AuthorizedKeys {
    /// sshd 要登录的系统用户（%u）；与名单的所有者不同则不输出
    #[arg(value_name = "系统用户")]
    pub os_user: Option<String>,
    /// 只输出该指纹（%f）的密钥
    #[arg(value_name = "指纹")]
    pub fingerprint: Option<String>,
    /// 按数据库重新写出名单（以服务账号执行）
    #[arg(long, conflicts_with_all = ["os_user", "fingerprint"])]
    pub rebuild: bool,
}

#[derive(Debug, Args)]
pub struct SshSession {
    /// 密钥的指纹；写明的须与 sshd 验明的一致
    #[arg(long, value_name = "指纹")]
    pub key: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Unit {
    /// 登记单位
    Add {
        /// 单位名称
        #[arg(value_name = "单位", value_parser = value::name)]
        name: String,
        /// 单位类型代码：county-organ、township、institution、social-organization、subordinate
        #[arg(long, value_name = "类型", value_parser = value::unit_kind)]
        kind: UnitKind,
        /// 主管单位
        #[arg(long, value_name = "单位", value_parser = value::name)]
        supervisor: Option<String>,
    },
    /// 列出单位
    List,
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
pub enum Ruling {
    /// 列出办法没有写明的问题、现行做法和已作的解释
    List,
    /// 登记一条解释；改变设置的，同时生成新的一版规则
    Add(NewRuling),
}

#[derive(Debug, Args)]
pub struct NewRuling {
    /// 解释的是第几个问题；用 pingshen ruling list 查看
    #[arg(long, value_name = "编号", conflicts_with = "text")]
    pub question: Option<u32>,
    /// 另写的问题
    #[arg(long, value_name = "文字", required_unless_present = "question")]
    pub text: Option<String>,
    /// 解释内容
    #[arg(long, value_name = "文字")]
    pub answer: String,
    /// 所解释的条款，可写多个；附件为 0
    #[arg(long, value_name = "条", required = true, num_args = 1.., value_delimiter = ',')]
    pub article: Vec<u8>,
    /// 文号
    #[arg(long, value_name = "文号")]
    pub doc_no: String,
    /// 文件日期，如 2026-09-12
    #[arg(long, value_name = "日期", value_parser = value::date)]
    pub doc_date: NaiveDate,
    /// 签发人
    #[arg(long, value_name = "姓名")]
    pub signer: String,
    /// 启用日期；不指定时为文件日期，改变设置的不早于今天
    #[arg(long, value_name = "日期", value_parser = value::date)]
    pub from: Option<NaiveDate>,
    /// 改变一个设置，如 small_route.needs_approval=false，可写多次
    #[arg(long, value_name = "设置=值", value_parser = value::setting)]
    pub set: Vec<(String, String)>,
    /// 只检查，不登记
    #[arg(long)]
    pub dry_run: bool,
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
    /// 检查个人的按键设置 keys.toml，逐行列出问题
    Check {
        /// 要检查的文件；不写则为设置目录中的 keys.toml
        #[arg(value_name = "文件")]
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct Completions {
    /// bash、zsh、fish、elvish 或 powershell
    #[arg(value_name = "SHELL", value_parser = value::shell)]
    pub shell: clap_complete::Shell,
}
