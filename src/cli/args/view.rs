//! `view`: the views an account keeps.

use clap::Subcommand;

use crate::cli::value;
use crate::domain::actor::Role;

#[derive(Debug, Subcommand)]
pub enum View {
    /// 列出本账号保存的视图及各有多少项目
    List,
    /// 保存视图：名称、筛选条件和排序，以数字 1 到 9 打开
    Save {
        /// 序号，1 到 9；已有的由新的代替
        #[arg(value_name = "序号", value_parser = value::digit)]
        digit: u8,
        /// 名称，不超过 12 个字
        #[arg(value_name = "名称", value_parser = value::name)]
        name: String,
        /// 筛选条件和排序，如 "金额>200万 期限<7天 排序:-金额"
        #[arg(long, value_name = "条件", default_value = "", hide_default_value = true)]
        filter: String,
        /// 只看等待该角色的项目；不写则为全部可见的项目
        #[arg(long, value_name = "角色", value_parser = value::role)]
        role: Option<Role>,
    },
    /// 删除保存的视图
    Remove {
        /// 序号或名称
        #[arg(value_name = "视图")]
        view: String,
    },
}
