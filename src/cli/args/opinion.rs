//! The arguments of commands about the Centre's opinion.

use clap::Subcommand;

use crate::cli::value;
use crate::domain::money::Money;
use crate::domain::workflow::record::ReviewResult;

#[derive(Debug, Subcommand)]
pub enum Opinion {
    /// 按评审清单、专家论证、疑点处理和金额拟出技术审核意见的文字；只拟稿，不写入
    Compose {
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
        /// 结论：pass 或 fail；不写时按有无否决情形拟定
        #[arg(long, value_name = "结论", value_parser = value::review_result)]
        result: Option<ReviewResult>,
        /// 核定额（万元）；不写时同报审额
        #[arg(long, value_name = "万元", value_parser = value::amount)]
        assessed: Option<Money>,
        /// 核减理由
        #[arg(long, value_name = "文字", default_value = "", hide_default_value = true)]
        cut_reason: String,
    },
}
