//! What is wrong with a filter line, and where.

use super::Sentence;
use crate::domain::search::{Field, FilterProblem, FilterProblemKind};
use crate::domain::text::clean_line;
use crate::service::views::BadView;

/// Puts a problem of a filter line into words.
pub fn problem(problem: &FilterProblem) -> Sentence {
    let (what, remedy) = said(problem);
    Sentence { message: format!("筛选条件第 {} 个字：{what}", problem.at + 1), remedy }
}

/// Says why a view cannot be kept.
pub fn bad_view(bad: BadView) -> Sentence {
    let (message, remedy) = match bad {
        BadView::Digit => ("视图的序号不对", "请用 1 到 9 的数字"),
        BadView::Name => ("视图的名称不对", "请填写 1 到 12 个字的名称"),
    };
    Sentence { message: message.to_owned(), remedy: remedy.to_owned() }
}

fn said(problem: &FilterProblem) -> (String, String) {
    let word = clean_line(&problem.word);
    match &problem.kind {
        FilterProblemKind::UnknownField { nearest } => (
            format!("没有“{word}”这个筛选项"),
            match nearest {
                Some(field) => format!("是否应为“{}”？可用的有：{}", field.name(), fields()),
                None => format!("可用的有：{}；整句照字面查找请加双引号", fields()),
            },
        ),
        FilterProblemKind::NoData { nearest } => (
            format!("没有“{word}”的数据，不能按它筛选"),
            match nearest {
                Some(field) => format!("最接近的是“{}”：{}", field.name(), expected(*field)),
                None => format!("可用的有：{}", fields()),
            },
        ),
        FilterProblemKind::UnknownPart { field } => {
            (format!("没有“{word}”这一项"), format!("请填写：{}", expected(*field)))
        }
        FilterProblemKind::UnknownValue { field, nearest } => (
            format!("“{}”没有“{word}”这个值", field.name()),
            match nearest {
                Some(label) => format!("是否应为“{label}”？"),
                None => format!("请填写：{}", expected(*field)),
            },
        ),
        FilterProblemKind::BadValue { field } => {
            (format!("“{word}”不能作“{}”的值", field.name()), format!("请填写：{}", expected(*field)))
        }
        FilterProblemKind::BackwardsRange { field } => {
            (format!("“{}”的范围“{word}”前后颠倒", field.name()), "请把小的写在前面，如 50万..100万".to_owned())
        }
        FilterProblemKind::WrongOperator { field } => {
            (format!("“{}”不能用“{word}”比较", field.name()), format!("请用冒号，如 {}", expected(*field)))
        }
        FilterProblemKind::MissingValue { field } => {
            (format!("“{}”后面没有值", field.name()), format!("请填写：{}", expected(*field)))
        }
        FilterProblemKind::MissingField => {
            (format!("“{word}”前面没有筛选项"), "请写明筛选项，如 金额>200万".to_owned())
        }
        FilterProblemKind::MissingTerm => (format!("“{word}”处缺少条件"), "请补充条件，或删去多余的符号".to_owned()),
        FilterProblemKind::UnclosedQuote => ("引号没有配对".to_owned(), "请补上另一个引号".to_owned()),
        FilterProblemKind::UnclosedParenthesis => ("括号没有配对".to_owned(), "请补上右括号".to_owned()),
        FilterProblemKind::UnexpectedParenthesis => ("多出一个右括号".to_owned(), "请删去多余的括号".to_owned()),
        FilterProblemKind::SortInside => {
            ("“排序”不能放在括号内或“非”之后".to_owned(), "请把“排序”单独写在最后".to_owned())
        }
        FilterProblemKind::TooDeep => ("括号层数太多".to_owned(), "请简化条件".to_owned()),
        FilterProblemKind::TooLong => ("筛选条件太长".to_owned(), "请简化条件".to_owned()),
    }
}

fn fields() -> String {
    Field::ALL.iter().map(|field| field.name()).collect::<Vec<_>>().join("、")
}

/// Says what a field may hold, as an example.
const fn expected(field: Field) -> &'static str {
    match field {
        Field::State => "状态名，如 状态:技术评审中",
        Field::Unit => "单位名称，如 单位:教育局",
        Field::Id => "项目编号，如 编号:YS2027-0001",
        Field::Name => "项目名称，如 名称:平台",
        Field::Amount => "金额，如 金额>200万",
        Field::Due => "日期或天数，如 期限<7天、期限:逾期",
        Field::Wait => "天数，如 等待>30天",
        Field::Year => "年度，如 年度:2027",
        Field::Route => "路线名，如 路线:专家论证",
        Field::Turn => "我或角色名，如 轮到:我",
        Field::Owner => "我或姓名，如 主办:我",
        Field::Kind => "建设性质，如 类型:新建",
        Field::Updated => "日期或天数，如 更新:今日、更新<3天、更新>2026-09-01",
        Field::Edition => "方案的第几版，如 版本>1",
        Field::Dimension => "清单的结论，如 维度2:不通过（1 建设内容 2 技术可行 3 资源共享 4 信息安全）",
        Field::Item => "清单的结论，如 条目B04:不通过、条目2.4:否",
        Field::Has | Field::Lacks => "专家、引证、附件、意见、整改或补正，如 有:专家",
        Field::Sort => "期限、金额、名称、编号、等待或更新，如 排序:期限,-金额",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::search::parse;
    use crate::wording::labels::FILTER;

    #[test]
    fn a_problem_names_its_place_and_suggests_what_was_meant() {
        let said = problem(&parse("平台 壮态:草稿", &FILTER).unwrap_err());
        assert_eq!(said.message, "筛选条件第 4 个字：没有“壮态”这个筛选项");
        assert!(said.remedy.contains("是否应为“状态”"));
        let said = problem(&parse("金额>很多", &FILTER).unwrap_err());
        assert!(said.message.contains("“很多”不能作“金额”的值"), "{}", said.message);
    }
}
