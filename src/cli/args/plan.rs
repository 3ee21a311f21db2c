//! The arguments of the yearly plan.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::value;

#[derive(Debug, Subcommand)]
pub enum Plan {
    /// 一个年度的计划：各单位的项目数、金额、进度、年中追加、逾期和表决
    Show(PlanShow),
    /// 对计划中等待本账号办理的项目成批办理一个事项
    Do(PlanDo),
}

#[derive(Debug, Args)]
pub struct PlanShow {
    /// 计划年度；不写时为最近的年度
    #[arg(long, value_name = "年度", value_parser = value::year)]
    pub year: Option<i32>,
    /// 只看该建设单位，并列出其全部项目
    #[arg(long, value_name = "单位", value_parser = value::name)]
    pub unit: Option<String>,
}

#[derive(Debug, Args)]
pub struct PlanDo {
    /// 事项代码：vote、accept-plan、endorse、decline、record-government-decision、submit、report-to-supervisor
    #[arg(value_name = "事项")]
    pub action: String,
    /// 计划年度
    #[arg(long, value_name = "年度", value_parser = value::year)]
    pub year: i32,
    /// 只办该建设单位的项目
    #[arg(long, value_name = "单位", value_parser = value::name)]
    pub unit: Option<String>,
    /// 只办这些项目，可写多次；不写时办理全部等待本账号的项目
    #[arg(long, value_name = "编号")]
    pub code: Vec<String>,
    /// 填写一个字段，用于每个项目，如 result=agree
    #[arg(long, value_name = "字段=值", value_parser = value::setting)]
    pub set: Vec<(String, String)>,
    /// 含各字段的 JSON 文件，- 表示标准输入
    #[arg(long, value_name = "文件")]
    pub input: Option<PathBuf>,
    /// 写入每个项目办理记录的说明
    #[arg(long, value_name = "文字")]
    pub note: Option<String>,
    /// 只检查，不办理
    #[arg(long)]
    pub dry_run: bool,
    /// 有一个不能办，就一个也不办
    #[arg(long)]
    pub all_or_nothing: bool,
}
