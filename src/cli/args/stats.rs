//! The arguments of statistics.

use clap::Args;

use crate::cli::value;

#[derive(Debug, Args)]
pub struct Stats {
    /// 只统计该计划年度；不写时为全部年度
    #[arg(long, value_name = "年度", value_parser = value::year)]
    pub year: Option<i32>,
    /// 只统计该建设单位
    #[arg(long, value_name = "单位", value_parser = value::name)]
    pub unit: Option<String>,
    /// 只统计符合条件的项目，如 "路线:专家论证 金额>200万"
    #[arg(long, value_name = "条件")]
    pub filter: Option<String>,
    /// 输出逗号分隔的表（UTF-8，可用电子表格打开）
    #[arg(long)]
    pub csv: bool,
}
