//! The arguments of meetings of expert panels.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgGroup, Args, Subcommand};

use crate::cli::value;
use crate::domain::meeting::MeetingCode;

#[derive(Debug, Subcommand)]
pub enum Meeting {
    /// 列出评审会，以及等待上会的专家组
    List,
    /// 查看一次评审会：议程、到会、表决、下一步还缺什么
    Show {
        /// 会议编号，如 2026-03；不写时为今天的，或者唯一没有结束的
        #[arg(value_name = "会议", value_parser = value::meeting)]
        meeting: Option<MeetingCode>,
        /// 看第几项议题；不写时为正在审议的
        #[arg(long, value_name = "序号", value_parser = value::item)]
        item: Option<u32>,
    },
    /// 召集一次评审会，将已确认专家组的项目按顺序列入议程
    Call {
        /// 开会日期，如 2026-11-26
        #[arg(long, value_name = "日期", value_parser = value::date)]
        day: NaiveDate,
        /// 地点
        #[arg(long, value_name = "地点", default_value = "", hide_default_value = true)]
        place: String,
        /// 项目编号，可写多个
        #[arg(value_name = "编号", required = true)]
        codes: Vec<String>,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 将一个项目列入议程的末尾
    Add {
        /// 会议编号
        #[arg(value_name = "会议", value_parser = value::meeting)]
        meeting: MeetingCode,
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 将一项议题从议程撤下，须写明理由；撤下的仍留在记录中
    Withdraw {
        #[command(flatten)]
        item: OneItem,
        /// 理由
        #[arg(long, value_name = "文字", default_value = "", hide_default_value = true)]
        reason: String,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 进入一项议题，各终端随之切换
    TakeUp {
        #[command(flatten)]
        item: OneItem,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 就座或者离开秘书席；同一时间只有就座的人录入
    #[command(group(ArgGroup::new("what").required(true).args(["take", "leave"])))]
    Seat {
        /// 会议编号
        #[arg(value_name = "会议", value_parser = value::meeting)]
        meeting: MeetingCode,
        /// 就座；他人在座的为接管，须写明理由
        #[arg(long)]
        take: bool,
        /// 离开
        #[arg(long)]
        leave: bool,
        /// 接管的理由
        #[arg(long, value_name = "文字", default_value = "", hide_default_value = true, conflicts_with = "leave")]
        reason: String,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 专家签到；回避的用“声明回避情况”登记
    Attend(Attend),
    /// 录入表决、意见、结论、修改清单，逐项保存，每一版都留存
    #[command(after_help = NOTE_HELP)]
    Note {
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
        /// 字段和内容，可写多个；内容为 @文件 的取文件全文，为 - 的取标准输入，留空的撤回
        #[arg(value_name = "字段=内容", required = true, value_parser = value::setting)]
        fields: Vec<(String, String)>,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 将一位专家在会上录入的意见作为签名意见锁定
    Sign {
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
        /// 专家编号或姓名
        #[arg(value_name = "专家")]
        expert: String,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 意见收齐：日期和地点取自评审会；此后意见公开，不再改动
    Close(OneMeetingProject),
    /// 按会上录入的结论、专家组意见、修改清单和签名形成论证结论；只能形成一次
    Conclude(OneMeetingProject),
    /// 结束评审会，此后不再录入；没有结论的项目可以列入下一次
    End {
        /// 会议编号
        #[arg(value_name = "会议", value_parser = value::meeting)]
        meeting: MeetingCode,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 查看一个字段的历次内容，包括秘书席易手以后留存、未写入记录的
    History {
        /// 项目编号
        #[arg(value_name = "编号")]
        code: String,
        /// 字段，如 vote/Z012、conclusion-text
        #[arg(value_name = "字段")]
        field: String,
    },
    /// 会议纪要：时间、地点、议程、到会、各项结论、保留意见原文；意见收齐以前不列票数
    Minutes(Minutes),
}

#[derive(Debug, Args)]
pub struct OneMeetingProject {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 只检查，不办理
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct OneItem {
    /// 会议编号
    #[arg(value_name = "会议", value_parser = value::meeting)]
    pub meeting: MeetingCode,
    /// 第几项议题
    #[arg(value_name = "序号", value_parser = value::item)]
    pub number: u32,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("presence").required(true).args(["present", "absent"])))]
pub struct Attend {
    /// 项目编号
    #[arg(value_name = "编号")]
    pub code: String,
    /// 专家编号或姓名，可写多个；不写时为全部未签到的
    #[arg(value_name = "专家")]
    pub experts: Vec<String>,
    /// 到会
    #[arg(long)]
    pub present: bool,
    /// 缺席
    #[arg(long)]
    pub absent: bool,
    /// 缺席的原因
    #[arg(long, value_name = "文字", default_value = "", hide_default_value = true)]
    pub reason: String,
    /// 只检查，不写入
    #[arg(long)]
    pub dry_run: bool,
}

const NOTE_HELP: &str = "\
字段：
  vote/专家             表决：pass、conditional、supplement、fail
  said/专家             意见
  completeness/专家     分项意见；另有 feasibility、sharing、security
  dissent/专家          保留意见，原文载入结论
  score/专家            评分，0 到 100
  signed/专家           在结论上签名：true
  conclusion            论证结论：pass、conditional、supplement、fail
  conclusion-text       专家组意见
  explanation           组长说明
  fix/序号/text         须修改的事项；另有 responsible（责任人）、due（期限）

示例：pingshen meeting note YS2027-0031 vote/Z012=pass said/Z012=@意见.txt
内容确以 @ 开头的，写作 @@。";

#[derive(Debug, Args)]
pub struct Minutes {
    /// 会议编号；不写时为今天的，或者唯一没有结束的
    #[arg(value_name = "会议", value_parser = value::meeting)]
    pub meeting: Option<MeetingCode>,
    /// 只要纪要正文（与 --json 同用时不附各项数据）
    #[arg(long, conflicts_with = "output")]
    pub text: bool,
    /// 写成 Word 文件；- 为标准输出
    #[arg(short, long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 覆盖已有的文件
    #[arg(long, requires = "output")]
    pub force: bool,
}
