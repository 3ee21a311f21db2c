//! From the text of a column's header to the field it stands for.
//!
//! To understand another wording, add it to the table `ALIASES`.

use super::amount::AmountUnit;
use super::text::{squeeze, without_notes};

/// What a column of the form holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 序号.
    Sequence,
    /// 项目名称.
    Name,
    /// 项目起始时间, both ends in one cell.
    Period,
    /// 开始时间, in a column of its own.
    Start,
    /// 结束时间, in a column of its own.
    End,
    /// 项目投资额.
    Amount,
    /// 资金来源.
    Funding,
    /// 建设依据和标准.
    Basis,
    /// 建设的必要性.
    Necessity,
    /// 建设内容简介.
    Content,
    /// 主管单位意见.
    SupervisorOpinion,
    /// 建设性质.
    Kind,
    /// 是否定制开发.
    CustomDevelopment,
    /// 涉密, where 是 means the row must leave no trace.
    Secret,
    /// 不涉密声明, where 是 means the opposite.
    Unclassified,
    /// 信息资源目录条数.
    Catalogue,
    /// 建设单位, on a supervisor's summary sheet.
    Unit,
    /// 方案编制单位.
    Designer,
    /// 部署方式.
    Deployment,
    /// 网络.
    Network,
    /// 单位分管领导.
    Leader,
    /// 填报联系人.
    Contact,
    /// 联系电话.
    Phone,
    /// 当年新增原因, where the project is an addition in the running year.
    InYearReason,
    /// 上级文件文号 of such an addition.
    InYearDocNo,
    /// 当年新增理由.
    InYearExplanation,
    /// Whether its 项目资金需求 is attached.
    FundingRequest,
    /// Whether its 项目建设方案 is attached.
    ConstructionPlan,
    /// 备注, understood and left out.
    Remark,
}

/// Every field with the wordings of its header, notes and units already taken out.
const ALIASES: &[(Field, &[&str])] = &[
    (Field::Sequence, &["序号", "编号", "序", "no"]),
    (
        Field::Name,
        &[
            "项目名称",
            "名称",
            "项目",
            "建设项目名称",
            "信息化项目名称",
            "申报项目名称",
            "政务信息化项目名称",
            "系统名称",
        ],
    ),
    (
        Field::Period,
        &[
            "项目起始时间",
            "项目起止时间",
            "起始时间",
            "起止时间",
            "建设周期",
            "项目建设周期",
            "建设时间",
            "建设工期",
            "建设期限",
            "实施周期",
            "实施时间",
            "项目实施时间",
            "项目周期",
            "项目起止日期",
            "起止日期",
            "计划起止时间",
            "建设起止时间",
            "起止年月",
            "项目时间",
        ],
    ),
    (Field::Start, &["开始时间", "项目开始时间", "计划开始时间", "开工时间", "启动时间", "开始", "起", "开始年月"]),
    (
        Field::End,
        &[
            "结束时间",
            "项目结束时间",
            "计划结束时间",
            "完成时间",
            "计划完成时间",
            "完工时间",
            "竣工时间",
            "结束",
            "止",
            "结束年月",
        ],
    ),
    (
        Field::Amount,
        &[
            "项目投资额",
            "投资额",
            "项目总投资额",
            "总投资额",
            "总投资",
            "项目总投资",
            "投资总额",
            "项目投资",
            "投资金额",
            "申报金额",
            "项目金额",
            "金额",
            "预算金额",
            "项目预算",
            "投资估算",
            "估算投资",
            "概算投资",
            "计划投资",
            "计划投资额",
            "拟投资额",
        ],
    ),
    (Field::Funding, &["资金来源", "项目资金来源", "资金来源及金额", "资金渠道"]),
    (
        Field::Basis,
        &[
            "建设依据和标准",
            "建设依据及标准",
            "建设依据与标准",
            "建设依据",
            "依据和标准",
            "立项依据",
            "依据",
            "项目建设依据",
        ],
    ),
    (
        Field::Necessity,
        &["建设的必要性", "建设必要性", "必要性", "项目必要性", "项目建设必要性", "项目建设的必要性", "建设必要性说明"],
    ),
    (
        Field::Content,
        &[
            "建设内容简介",
            "建设内容",
            "主要建设内容",
            "项目建设内容",
            "项目内容",
            "内容简介",
            "项目简介",
            "主要内容",
            "建设内容及规模",
            "建设内容和规模",
            "建设内容概述",
            "项目建设内容简介",
        ],
    ),
    (Field::SupervisorOpinion, &["主管单位意见", "主管部门意见", "主管单位审核意见", "主管部门审核意见", "主管意见"]),
    (Field::Kind, &["建设性质", "项目性质", "建设类型", "项目类型", "项目类别", "建设类别"]),
    (
        Field::CustomDevelopment,
        &["是否定制开发", "定制开发", "是否定制", "是否含定制开发", "是否涉及定制开发", "是否为定制开发"],
    ),
    (
        Field::Catalogue,
        &[
            "信息资源目录条数",
            "信息资源目录",
            "信息资源目录数",
            "信息资源目录数量",
            "信息资源目录情况",
            "资源目录",
            "资源目录条数",
        ],
    ),
    (
        Field::Unit,
        &["建设单位", "项目建设单位", "申报单位", "项目申报单位", "项目单位", "填报单位", "单位名称", "单位"],
    ),
    (Field::Designer, &["方案编制单位", "建设方案编制单位", "方案设计单位", "设计单位", "编制单位"]),
    (Field::Deployment, &["部署方式", "部署环境", "部署位置", "部署情况", "部署"]),
    (Field::Network, &["网络", "网络环境", "使用网络", "运行网络", "所用网络", "部署网络", "网络类型", "网络情况"]),
    (Field::Leader, &["单位分管领导", "分管领导"]),
    (Field::Contact, &["填报联系人", "联系人", "项目联系人"]),
    (Field::Phone, &["联系电话", "联系方式", "电话", "联系人电话"]),
    (Field::InYearReason, &["当年新增原因", "年中追加原因", "新增原因", "追加原因"]),
    (Field::InYearDocNo, &["上级文件文号", "上级文件", "上级文号", "依据文件文号"]),
    (Field::InYearExplanation, &["当年新增理由", "年中追加理由", "新增理由", "追加理由"]),
    (Field::FundingRequest, &["项目资金需求", "资金需求", "附资金需求"]),
    (Field::ConstructionPlan, &["项目建设方案", "附建设方案"]),
    (Field::Remark, &["备注", "说明"]),
];

/// Finds the field of a header.
pub fn field_of(header: &str) -> Option<Field> {
    let key = header_key(header);
    if key.is_empty() {
        return None;
    }
    // Whatever words surround it: a column about secrecy must never be overlooked 〔第十七条〕.
    if key.contains("不涉密") || key.contains("非涉密") {
        return Some(Field::Unclassified);
    }
    if ["涉密", "密级", "国家秘密", "工作秘密"].iter().any(|word| key.contains(word)) {
        return Some(if key.contains("不涉及") { Field::Unclassified } else { Field::Secret });
    }
    ALIASES.iter().find(|(_, names)| names.contains(&key.as_str())).map(|(field, _)| *field)
}

/// Reduces a header to the words that are compared: no notes, no white space, no unit.
fn header_key(header: &str) -> String {
    let key = without_notes(&squeeze(header)).to_lowercase();
    let key = key.trim_matches(|c: char| matches!(c, '*' | ':' | '★' | '.' | '、')).to_owned();
    for unit in ["单位:万元", "单位:元", "单位:亿元", "万元", "亿元"] {
        if let Some(rest) = key.strip_suffix(unit).filter(|rest| !rest.is_empty()) {
            return rest.trim_end_matches([':', ',', '/', '-']).to_owned();
        }
    }
    key
}

/// Tells a header as it is named in messages: `项目投资额`.
pub fn header_name(header: &str) -> String {
    without_notes(&squeeze(header))
}

/// Finds the unit of money in a header or in a line such as 单位：万元.
pub fn unit_in(text: &str) -> Option<AmountUnit> {
    let text = squeeze(text);
    if text.contains("亿元") {
        Some(AmountUnit::Yi)
    } else if text.contains("万元") {
        Some(AmountUnit::Wan)
    } else if text.contains('元') {
        Some(AmountUnit::Yuan)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_recognized_whatever_surrounds_the_words() {
        for (header, field) in [
            ("序号", Field::Sequence),
            ("项目起始\n时间", Field::Period),
            ("项目投资额\r\n（万元）", Field::Amount),
            ("总投资(单位：元)", Field::Amount),
            ("投资额万元", Field::Amount),
            ("建设的必要性\n（以附件形式提交）", Field::Necessity),
            (" 项 目 名 称 ", Field::Name),
            ("*项目名称", Field::Name),
            ("主管单位意见【若有】", Field::SupervisorOpinion),
            ("是否涉密（是/否）", Field::Secret),
            ("项目密级", Field::Secret),
            ("是否涉及国家秘密", Field::Secret),
            ("不涉密声明", Field::Unclassified),
            ("项目不涉及国家秘密", Field::Unclassified),
            ("Ｎｏ．", Field::Sequence),
        ] {
            assert_eq!(field_of(header), Some(field), "{header:?}");
        }
        for header in ["", "（若有）", "排序", "智慧校园综合管理平台", "268"] {
            assert_eq!(field_of(header), None, "{header:?}");
        }
    }

    #[test]
    fn no_wording_stands_for_two_fields() {
        let mut seen = std::collections::BTreeSet::new();
        for name in ALIASES.iter().flat_map(|(_, names)| names.iter()) {
            assert!(seen.insert(name), "{name} is listed twice");
            assert_eq!(header_key(name), **name, "{name} is never reached");
        }
    }

    #[test]
    fn the_unit_of_money_is_taken_from_the_header() {
        assert_eq!(unit_in("项目投资额\n（万元）"), Some(AmountUnit::Wan));
        assert_eq!(unit_in("总投资（元）"), Some(AmountUnit::Yuan));
        assert_eq!(unit_in("总投资（亿元）"), Some(AmountUnit::Yi));
        assert_eq!(unit_in("总投资"), None);
    }
}
