//! The arguments of the command that issues papers.

use std::path::PathBuf;

use clap::Args;

use crate::cli::value;
use crate::documents::paper::PaperKind;

#[derive(Debug, Args)]
pub struct Document {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 文书：opinion 技术审核意见书，panel-conclusion 专家论证评审结论，expert-sheet 专家个人意见表
    #[arg(value_name = "文书", value_parser = value::paper)]
    pub kind: PaperKind,
    /// 写入这个 Word 文件；- 表示标准输出（多人共用时只能用 -）
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 在终端预览文字
    #[arg(long)]
    pub text: bool,
    /// 预览的宽度，汉字占两格
    #[arg(long, value_name = "格数", default_value_t = 80, hide_default_value = true, requires = "text", value_parser = value::cells)]
    pub width: usize,
    /// 覆盖已有的文件
    #[arg(long, requires = "output")]
    pub force: bool,
    /// 第几轮技术评审；不指定时为最近有论证的一轮
    #[arg(long, value_name = "轮次")]
    pub round: Option<u32>,
    /// 该轮的第几次论证；不指定时为最近一次
    #[arg(long, value_name = "次数")]
    pub session: Option<u32>,
    /// 只要一位专家的意见表：编号或姓名
    #[arg(long, value_name = "专家")]
    pub expert: Option<String>,
    /// 空白表，供手写：不填已录入的意见
    #[arg(long)]
    pub blank: bool,
    /// Whether JSON was asked for, which cannot share standard output with a file.
    #[arg(skip)]
    pub json: bool,
}
