//! The arguments of commands about experts and their panels.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Subcommand;

use crate::cli::value;

/// The formats of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFormat {
    Csv,
    Xlsx,
}

#[derive(Debug, Subcommand)]
pub enum Expert {
    /// 登记一位专家
    Add {
        /// 姓名
        #[arg(value_name = "姓名", value_parser = value::name)]
        name: String,
        /// 工作单位
        #[arg(long, value_name = "单位", value_parser = value::name)]
        employer: String,
        /// 职称
        #[arg(long, value_name = "职称", default_value = "", hide_default_value = true)]
        title: String,
        /// 专业代码，可写多个：architecture、security、cost、business
        #[arg(long, value_name = "专业", required = true, num_args = 1.., value_delimiter = ',')]
        discipline: Vec<String>,
        /// 在其他单位任职、受聘的经历，可写多次：单位|职务|截止月，在任的不写截止月
        #[arg(long, value_name = "经历")]
        past_role: Vec<String>,
        /// 联系方式
        #[arg(long, value_name = "电话", default_value = "", hide_default_value = true)]
        contact: String,
        /// 本县人员，所在单位未在本系统登记
        #[arg(long)]
        local: bool,
        /// 专家本人的账号；应当回避的项目，该账号不能查看和办理其论证
        #[arg(long, value_name = "账号")]
        account: Option<String>,
    },
    /// 查看一位专家：基本情况、不能到会的期间、历次论证
    Show {
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
    },
    /// 更改一位专家的信息；已组建的专家组名单不变
    Edit {
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
        /// 姓名
        #[arg(long, value_name = "姓名")]
        name: Option<String>,
        /// 工作单位；原单位自动记入任职经历
        #[arg(long, value_name = "单位")]
        employer: Option<String>,
        /// 职称
        #[arg(long, value_name = "职称")]
        title: Option<String>,
        /// 专业代码，替换原有的，可写多个
        #[arg(long, value_name = "专业", num_args = 1.., value_delimiter = ',')]
        discipline: Option<Vec<String>>,
        /// 增加一项任职经历，可写多次：单位|职务|截止月
        #[arg(long, value_name = "经历")]
        add_past_role: Vec<String>,
        /// 任职经历，替换原有的全部，可写多次
        #[arg(long, value_name = "经历")]
        past_role: Option<Vec<String>>,
        /// 联系方式
        #[arg(long, value_name = "电话")]
        contact: Option<String>,
        /// 是否本县人员
        #[arg(long, value_name = "是|否", value_parser = value::yes_or_no)]
        local: Option<bool>,
        /// 只是更正笔误：工作单位并未变动，不记入任职经历
        #[arg(long)]
        correction: bool,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 登记一位专家在一段时间内不能到会：抽取时不列入
    Away {
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
        /// 起日
        #[arg(long, value_name = "日期", value_parser = value::date)]
        from: NaiveDate,
        /// 止日
        #[arg(long, value_name = "日期", value_parser = value::date)]
        until: NaiveDate,
        /// 原因
        #[arg(long, value_name = "文字", value_parser = value::name)]
        reason: String,
    },
    /// 登记一位专家提前返回：自当日起可以到会
    Back {
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
        /// 可以到会的第一天；不写即今天。尚未开始的期间，填其起日即可取消
        #[arg(long, value_name = "日期", value_parser = value::date)]
        on: Option<NaiveDate>,
    },
    /// 绑定专家本人的账号，或解除绑定
    Bind {
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
        /// 账号
        #[arg(long, value_name = "账号", required_unless_present = "none", conflicts_with = "none")]
        account: Option<String>,
        /// 解除绑定
        #[arg(long)]
        none: bool,
    },
    /// 导出专家库（xlsx、csv），格式与导入一致；联系方式隐去中间各位
    Export {
        /// 文件；- 为标准输出
        #[arg(short, long, value_name = "文件")]
        output: PathBuf,
        /// 格式：csv、xlsx；不写的按文件名，标准输出为 csv
        #[arg(long, value_name = "格式", value_parser = value::list_format)]
        format: Option<ListFormat>,
        /// 含完整的联系方式（限专家组秘书，记入日志）
        #[arg(long)]
        contacts: bool,
    },
    /// 列出专家库，联系方式隐去中间各位
    List {
        /// 显示联系方式（限专家组秘书，记入日志）
        #[arg(long)]
        contacts: bool,
    },
    /// 从表格导入（xlsx、xls、ods、docx、csv），须有“姓名”“工作单位”“专业”等列
    Import {
        /// 专家名单
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 库中已有而内容不同的，按名单更改；不写的只列出差异
        #[arg(long)]
        update: bool,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 停用一位专家：不再抽取和指定
    Disable {
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
        /// 原因
        #[arg(long, value_name = "文字", default_value = "", hide_default_value = true)]
        reason: String,
    },
    /// 重新启用一位专家
    Enable {
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Panel {
    /// 随机抽取专家，留存种子、候选名单摘要和结果
    Draw {
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
        /// 人数，须为单数
        #[arg(long, value_name = "人数")]
        size: u32,
        /// 会议日期：当天不能到会的不列入；不写的按今天
        #[arg(long, value_name = "日期", value_parser = value::date)]
        on: Option<NaiveDate>,
        /// 种子；不指定时随机产生。同一种子和名单总得到同一结果
        #[arg(long, value_name = "种子")]
        seed: Option<String>,
        /// 重新抽取的理由
        #[arg(long, value_name = "文字")]
        reason: Option<String>,
        /// 只检查，不抽取
        #[arg(long)]
        dry_run: bool,
    },
    /// 查看历次专家论证
    Show {
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
    },
}
