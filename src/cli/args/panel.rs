//! The arguments of commands about experts and their panels.

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::value;

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
    },
    /// 列出专家库，联系方式隐去中间各位
    List {
        /// 显示联系方式（限专家组秘书）
        #[arg(long)]
        contacts: bool,
    },
    /// 从表格导入（xlsx、xls、ods、docx、csv），须有“姓名”“工作单位”“专业”等列
    Import {
        /// 专家名单
        #[arg(value_name = "文件")]
        file: PathBuf,
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
