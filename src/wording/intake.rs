//! What is wrong with a declaration form, said to the person who filled it in or imports it.
//!
//! Each sentence says what is wrong and what is expected. Where the value may be shown, it stands in “ ”.

use super::labels;
use crate::domain::actor::UnitKind;
use crate::domain::ids::ProjectCode;
use crate::domain::intake::{
    AmountProblem, Field, ForeignFile, FundingDoubt, NoForm, PeriodProblem, ProblemKind, RowProblem, UnreadableForm,
};

/// Says where something is: `第 5 行 D 项目投资额`.
pub fn place(problem: &RowProblem) -> String {
    format!("第 {} 行 {}", problem.row, problem.column).trim_end().to_owned()
}

/// Says where something is and what is wrong with it.
pub fn row_problem_at(problem: &RowProblem) -> String {
    format!("{}：{}", place(problem), row_problem(problem))
}

/// Says that a unit is registered with the import.
pub fn new_unit(name: &str, kind: UnitKind) -> String {
    let kind = labels::unit_kind(kind);
    format!("单位“{name}”尚未登记，随本次导入登记，类型按名称判断为“{kind}”")
}

/// Says that a row was registered before.
pub fn duplicate(row: u32, code: &ProjectCode) -> String {
    format!("第 {row} 行  以前已登记为 {code}，未重复登记")
}

/// Says what is wrong with a cell and what is expected in it.
pub fn row_problem(problem: &RowProblem) -> String {
    let value = format!("“{}”", problem.value);
    match &problem.kind {
        ProblemKind::NameMissing => "项目名称为空，请填写项目名称".to_owned(),
        ProblemKind::NameRepeated { first_row } => {
            format!("{value}与第 {first_row} 行是同一单位的同名项目，请删除重复行或改用不同名称")
        }
        ProblemKind::Amount(problem) => amount_problem(*problem, &value),
        ProblemKind::Period(PeriodProblem::Unreadable) => {
            format!("{value}不是可以识别的起止时间，请按“2027年3月至2027年12月”填写")
        }
        ProblemKind::Period(PeriodProblem::Reversed { start, end }) => {
            format!("{value}的结束时间（{end}）早于开始时间（{start}），请核对起止时间")
        }
        ProblemKind::SecrecyUnclear => {
            "是否涉密填写不明确，该行内容未读取；请填写“是”或“否”，涉密项目不得在本系统登记〔第十七条〕".to_owned()
        }
        ProblemKind::SoundsSecret => {
            "文字中出现涉密字样，请先核对原件；确属涉密的不得在本系统登记〔第十七条〕".to_owned()
        }
        ProblemKind::MonthsMissing => {
            format!("{value}没有写明起止月份，送交前请补充为“2027年3月至2027年12月”的形式")
        }
        ProblemKind::AmountUnusual => {
            format!("{value}超过1亿元，请核对单位是否为万元")
        }
        ProblemKind::Funding(doubt) => funding_doubt(*doubt, &value),
        ProblemKind::NotRecognized(field) => {
            format!("{value}未能识别，该项留空；{}", expected(*field))
        }
        ProblemKind::FilingDayUnreadable => {
            format!("填报日期{value}不是有效日期，已留空；请按“2026年9月12日”填写")
        }
        ProblemKind::CharactersRemoved(count) => {
            format!("内容含有 {count} 个不可见字符或控制字符，已去除；请核对{value}是否完整")
        }
        ProblemKind::ColumnUnknown => "这一列不在申报表中，内容未导入；需要保留的请写入建设内容简介".to_owned(),
        ProblemKind::ColumnRepeated => "这一列与前面的列含义相同，内容未导入；请只保留一列".to_owned(),
        ProblemKind::OtherSheet => {
            format!("工作表{value}中还有一张申报表，未导入；请另存为单独的文件后再导入")
        }
    }
}

fn amount_problem(problem: AmountProblem, value: &str) -> String {
    const EXPECTED: &str = "请填写数字（万元，最多6位小数）";
    match problem {
        AmountProblem::Missing => format!("项目投资额为空，{EXPECTED}"),
        AmountProblem::Approximate => format!("{value}不是确定的金额，{EXPECTED}"),
        AmountProblem::Range => format!("{value}是一个区间，不是确定的金额，{EXPECTED}"),
        AmountProblem::NotANumber => format!("{value}不是数字，{EXPECTED}"),
        AmountProblem::TooPrecise => format!("{value}小于一分钱的部分无法记账，{EXPECTED}"),
        AmountProblem::Negative => format!("{value}是负数，{EXPECTED}"),
        AmountProblem::Zero => format!("{value}为零，{EXPECTED}"),
        AmountProblem::TooLarge => format!("{value}超过100亿元，请核对单位是否为万元，{EXPECTED}"),
    }
}

fn funding_doubt(doubt: FundingDoubt, value: &str) -> String {
    const EXPECTED: &str = "送交前请按“县财政200万元，上级补助68万元”的形式补充";
    match doubt {
        FundingDoubt::SharesMissing => format!("{value}没有写明每项来源的确定金额，资金来源留空；{EXPECTED}"),
        FundingDoubt::UnknownSource => {
            format!("{value}无法判断属于县财政、上级补助还是自筹，资金来源留空；{EXPECTED}")
        }
        FundingDoubt::SumDiffers { sum, amount } => {
            format!("{value}合计 {sum} 万元，与项目投资额 {amount} 万元不一致，送交前请更正")
        }
    }
}

/// Says what an optional column may hold.
fn expected(field: Field) -> &'static str {
    match field {
        Field::Kind => "请填写新建、改建、扩建、运维或购买服务之一",
        Field::CustomDevelopment => "请填写“是”或“否”",
        Field::Catalogue => "请填写目录条数，或“不涉及：理由”",
        Field::Deployment => "请填写政务云、托管、租用或自建机房之一",
        Field::Network => "请填写政务外网、专网或互联网之一",
        Field::InYearReason => "当年新增的，请填写“上级要求”或“其他特殊原因”",
        Field::FundingRequest | Field::ConstructionPlan => "请填写“是”或“否”",
        Field::Sequence
        | Field::Name
        | Field::Period
        | Field::Start
        | Field::End
        | Field::Amount
        | Field::Funding
        | Field::Basis
        | Field::Necessity
        | Field::Content
        | Field::SupervisorOpinion
        | Field::Secret
        | Field::Unclassified
        | Field::Unit
        | Field::Designer
        | Field::Leader
        | Field::Contact
        | Field::Phone
        | Field::InYearDocNo
        | Field::InYearExplanation
        | Field::Remark => "请核对后补充",
    }
}

/// Says that a row was refused because it is secret; nothing else of the row may be said.
pub fn secret_row(row: u32) -> String {
    format!("第 {row} 行标为涉密，未读取、未保存；涉密项目按保密规定办理，不得在本系统登记〔第十七条〕")
}

/// Says why no form was found in a file that could be read.
pub fn no_form(reason: &NoForm) -> String {
    match reason {
        NoForm::Empty => "文件是空的；请选择填写好的申报表".to_owned(),
        NoForm::NoTable => {
            "没有找到申报表：需要有“项目名称”“项目投资额”“资金来源”等列名的表头；请使用附件规定的表格".to_owned()
        }
        NoForm::NoAmountColumn { row } => {
            format!("第 {row} 行的表头没有“项目投资额”列；请使用附件规定的表格")
        }
        NoForm::NoProject { row } => {
            format!("第 {row} 行的表头下面没有填写项目；请填写后再导入")
        }
        NoForm::Secret => {
            "文件标有密级，未读取、未保存；涉密项目按保密规定办理，不得在本系统登记〔第十七条〕".to_owned()
        }
    }
}

/// Says why a file could not be read, and what to do.
pub fn unreadable(reason: &UnreadableForm) -> String {
    match reason {
        UnreadableForm::Empty => "文件是空的；请选择填写好的申报表".to_owned(),
        UnreadableForm::TooLarge { mebibytes } => {
            format!("文件超过 {mebibytes} MB，未导入任何内容；请去掉图片等附件后再导入")
        }
        UnreadableForm::TooManyParts { .. } | UnreadableForm::Bomb | UnreadableForm::TooMuchText => {
            "文件异常（过大或损坏），未导入任何内容；请把表格内容复制到新文件后再导入".to_owned()
        }
        UnreadableForm::TooManyRows { most } => {
            format!("工作表超过 {most} 行，未导入任何内容；请删除多余的行后再导入")
        }
        UnreadableForm::TooManyColumns { most } => {
            format!("工作表超过 {most} 列，未导入任何内容；请删除多余的列后再导入")
        }
        UnreadableForm::TooManySheets { most } => {
            format!("工作表超过 {most} 张，未导入任何内容；请只保留申报表后再导入")
        }
        UnreadableForm::CellTooLong { most } => {
            format!("有单元格超过 {most} 字，未导入任何内容；请把长文作为附件提交")
        }
        UnreadableForm::Encrypted => "文件设有密码，无法读取；请取消密码后再导入".to_owned(),
        UnreadableForm::Damaged => "文件损坏或不完整，未导入任何内容；请重新传送，或打开后另存再导入".to_owned(),
        UnreadableForm::UnknownEncoding => {
            "文字编码无法识别；请另存为 xlsx，或 UTF-8、GBK 编码的 csv 后再导入".to_owned()
        }
        UnreadableForm::Foreign(what) => format!("{}；请另存为 xlsx 或 docx 后再导入", foreign(*what)),
    }
}

fn foreign(what: ForeignFile) -> &'static str {
    match what {
        ForeignFile::OldWord => "这是旧版 Word（.doc）或 WPS 文字文件",
        ForeignFile::OldExcel => "这是 Excel 97 以前的文件",
        ForeignFile::BinaryExcel => "这是二进制工作簿（.xlsb）",
        ForeignFile::Pages => "这是 PDF 或 OFD 文件，不是可填写的表格",
        ForeignFile::Picture => "这是图片，不是可填写的表格",
        ForeignFile::Markup => "这是网页或其他标记文本，不是真正的表格文件",
        ForeignFile::Archive => "这是压缩包或其他文件，不是申报表",
        ForeignFile::Unknown => "无法识别的文件，不是申报表",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: &str, kind: ProblemKind) -> String {
        row_problem(&RowProblem { row: 5, column: "D 项目投资额".into(), value: value.into(), kind })
    }

    #[test]
    fn a_problem_says_what_is_wrong_and_what_is_expected() {
        assert_eq!(
            said("约100", ProblemKind::Amount(AmountProblem::Approximate)),
            "“约100”不是确定的金额，请填写数字（万元，最多6位小数）"
        );
        let problem =
            RowProblem {
                row: 5, column: "D 项目投资额".into(), value: String::new(), kind: ProblemKind::NameMissing
            };
        assert_eq!(place(&problem), "第 5 行 D 项目投资额");
    }

    #[test]
    fn an_unclear_answer_about_secrecy_is_never_repeated() {
        assert!(!said("某绝密工程", ProblemKind::SecrecyUnclear).contains("某绝密工程"));
        assert!(!said("某绝密工程", ProblemKind::SoundsSecret).contains("某绝密工程"));
    }
}
