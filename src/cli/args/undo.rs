//! The arguments of `undo`.

use clap::Args;

#[derive(Debug, Args)]
pub struct Undo {
    /// 项目编号；不写的，为本人最近办理的项目
    #[arg(value_name = "编号")]
    pub code: Option<String>,
    /// 要撤销的那次操作，用 audit list 查看；不写的，为最近一次
    #[arg(long, value_name = "操作号")]
    pub op: Option<String>,
    /// 重做最近一次撤销的内容
    #[arg(long, conflicts_with = "op")]
    pub redo: bool,
    /// 只检查，不写入
    #[arg(long)]
    pub dry_run: bool,
}
