//! Names of what belongs to the expert panel.

use crate::domain::meeting::sheet::{Field, FixPart};
use crate::domain::panel::Selection;
use crate::domain::panel::absence::Absence;
use crate::domain::panel::attendance::{Presence, Vacancy};
use crate::domain::panel::expert::ExpertField;
use crate::domain::panel::recusal::{Declared, Ground, Party, Why};
use crate::service::view::experts::{Advice, MemberAdvice};

/// Names a discipline; one the policy added later is shown as its code.
pub fn discipline(code: &str) -> &str {
    match code {
        "architecture" => "技术架构",
        "security" => "网络安全与密码",
        "cost" => "造价或财务",
        "business" => "业务领域",
        other => other,
    }
}

/// Names how members were found.
pub const fn selection(selection: Selection) -> &'static str {
    match selection {
        Selection::Drawn => "随机抽取",
        Selection::Chosen => "指定",
    }
}

/// Names what a member declared.
pub const fn declared(declared: Declared) -> &'static str {
    match declared {
        Declared::Clear => "无回避情形",
        Declared::Recuse => "应当回避",
        Declared::Pending => "尚未声明",
    }
}

/// Names why an expert declares to stay away.
pub const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::None => "无回避情形",
        Ground::Employment => "任职或受聘",
        Ground::Kinship => "近亲属任职或受聘",
        Ground::Dispute => "存在纠纷",
        Ground::Drafting => "参与编制或论证需求",
        Ground::Shareholding => "控制关系或持股",
        Ground::Other => "其他情形",
    }
}

/// Names whose side an expert must not be on.
pub const fn party(party: Party) -> &'static str {
    match party {
        Party::Builder => "建设单位",
        Party::Supervisor => "主管单位",
        Party::Designer => "方案编制单位",
        Party::Vendor => "现有或预期供应商",
        Party::SurveyAuthor => "需求调查编制单位",
    }
}

/// Names what the pool knows of an expert.
pub const fn expert_field(field: ExpertField) -> &'static str {
    match field {
        ExpertField::Name => "姓名",
        ExpertField::Employer => "工作单位",
        ExpertField::Title => "职称",
        ExpertField::Disciplines => "专业",
        ExpertField::PastRoles => "任职经历",
        ExpertField::Contact => "联系方式",
        ExpertField::Local => "本县人员",
        ExpertField::Absences => "不能到会",
        ExpertField::Status => "状态",
    }
}

/// Says what to bear in mind about a member.
pub fn advice(about: &MemberAdvice) -> String {
    let name = &about.name;
    match &about.advice {
        Advice::Loaded(panels) => format!("{name}近一年已参加论证 {panels} 次，请考虑另选"),
        Advice::Paired(unit, panels) => format!("{name}近一年已论证{unit}项目 {panels} 次，请考虑另选"),
        Advice::Away(absence) => format!("{name} {}，请先核实能否到会", away(absence)),
    }
}

/// Says when an expert cannot come, and why.
pub fn away(absence: &Absence) -> String {
    let reason = if absence.reason.is_empty() { String::new() } else { format!("（{}）", absence.reason) };
    format!("{} 至 {} 不能到会{reason}", absence.from, absence.until)
}

/// Names what keeps an expert out of a draw: a conflict, or only the day.
pub const fn kept_out(why: &Why) -> &'static str {
    match why {
        Why::Away(_) => "不能到会",
        Why::Declared(_) | Why::Employer(_) | Why::PastRole(_) | Why::Author | Why::EarlierPanel => "回避",
    }
}

/// Tells somebody to stay away from a panel, and nothing else of it.
pub fn stay_away(why: &[Why]) -> String {
    let why: Vec<String> = why.iter().map(self::why).collect();
    format!("你作为专家应当回避本项目的专家论证，不予显示：{}。〔第八条〕", why.join("；"))
}

/// Says why an expert is kept out.
pub fn why(why: &Why) -> String {
    match why {
        Why::Declared(declared) => format!("本人声明回避（{}）", ground(*declared)),
        Why::Employer(of) => format!("工作单位是{}", party(*of)),
        Why::PastRole(of) => format!("近年在{}任职或受聘", party(*of)),
        Why::Author => "是需求调查的编制人".to_owned(),
        Why::EarlierPanel => "参加过被投诉的论证".to_owned(),
        Why::Away(absence) => away(absence),
    }
}

/// Names whether a member is at the meeting.
pub const fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Expected => "未签到",
        Presence::Present => "到会",
        Presence::Recused => "回避",
        Presence::Absent => "缺席",
    }
}

/// Names what happens to a vacant seat.
pub const fn vacancy(vacancy: Vacancy) -> &'static str {
    match vacancy {
        Vacancy::Replace => "缺席、回避的须更换专家",
        Vacancy::GoOn => "在座人数达到最低人数、组长在座的继续",
    }
}

/// Names a field of the working sheet, with the member's number where it is a member's.
pub fn sheet_field(field: Field) -> String {
    let name = match field {
        Field::Vote(_) => "表决",
        Field::Said(_) => "意见",
        Field::Dimension(_, dimension) => super::dimension(dimension),
        Field::Dissent(_) => "保留意见",
        Field::Score(_) => "评分",
        Field::Signed(_) => "结论签名",
        Field::Conclusion => "论证结论",
        Field::ConclusionText => "专家组意见",
        Field::Explanation => "组长说明",
        Field::Fix(number, part) => {
            let part = match part {
                FixPart::Text => "修改事项",
                FixPart::Responsible => "责任人",
                FixPart::Due => "期限",
            };
            return format!("修改清单第 {number} 项{part}");
        }
    };
    let member = match field {
        Field::Signed(expert) => Some(expert),
        field => field.member(),
    };
    member.map_or_else(|| name.to_owned(), |expert| format!("{expert} {name}"))
}
