//! Projects that experts argue, one at each step of it, and the experts; all invented.

use super::super::office_hours::{DAY, HOUR};
use super::super::sitting::{PLACE, SECRETARY, Session, Turn};
use super::super::story::{Given, Story, What, text};
use super::{Draft, Resources, Sample, Stop, USUAL};
use crate::domain::project::{FundingLevel::*, ItemCategory::*, ProjectKind};
use crate::domain::workflow::action::{Action, Key};
use crate::service::command::NewExpert;

/// What happened on the way through a panel, as far as it has come: each part follows where the one before is there.
#[derive(Debug, Clone, Copy)]
pub struct Tale {
    /// Why the panel was asked for, where the amount did not ask.
    pub reason: &'static str,
    /// The seed of a draw, where members were drawn.
    pub seed: &'static str,
    /// The members' numbers, the chair's first.
    pub members: &'static [&'static str],
    /// Whether the lead confirmed them.
    pub confirmed: bool,
    /// For each member who has said something: conclusion, text, dissent.
    pub votes: &'static [(&'static str, &'static str, &'static str)],
    /// The meeting that heard it, where one did: everybody came.
    pub meeting: Option<Session>,
    /// Fields of the working sheet, with what was written there at the meeting.
    pub noted: &'static [(&'static str, &'static str)],
    /// Where the panel met, once all opinions are in.
    pub place: &'static str,
    /// The conclusion and its text.
    pub conclusion: Option<(&'static str, &'static str)>,
    /// What must be mended, by whom, until when.
    pub fixes: &'static [(&'static str, &'static str, &'static str)],
    /// On which pages so many of them are mended.
    pub mended: &'static [&'static str],
}

/// A panel that was only just asked for.
pub const ASKED: Tale = Tale {
    reason: "",
    seed: "",
    members: &[],
    confirmed: false,
    votes: &[],
    meeting: None,
    noted: &[],
    place: "",
    conclusion: None,
    fixes: &[],
    mended: &[],
};

impl Tale {
    /// Tells it.
    pub fn told(&self, begun: Story, reviewer: &'static str) -> Story {
        let mut story = begun.act(reviewer, 3 * HOUR, Action::RequestPanel, given(&[(Key::Reason, self.reason)]));
        if !self.seed.is_empty() {
            let draw = given(&[(Key::Size, "5"), (Key::DrawSeed, self.seed)]);
            story = story.act(SECRETARY, 5 * HOUR, Action::DrawPanel, draw);
        }
        if self.members.is_empty() {
            return story;
        }
        let line = |(place, id): (usize, &&str)| format!("{id}|{}|clear", if place == 0 { "组长" } else { "成员" });
        let members: Vec<String> = self.members.iter().enumerate().map(line).collect();
        let reason = "该专业领域在库专家少，按专业指定";
        let form = [
            (Key::Members, members.join("\n")),
            (Key::Selection, "chosen".to_owned()),
            (Key::Reason, reason.to_owned()),
        ];
        let form = form.into_iter().map(|(key, words)| (key, text(words))).collect();
        story = story.act(SECRETARY, DAY, Action::FormPanel, form);
        if !self.confirmed {
            return story;
        }
        story = story.act("lead", 4 * HOUR, Action::ConfirmPanel, Vec::new());
        match self.meeting {
            Some(session) => {
                let before = story.steps.len();
                self.revised(self.heard(story).at_meeting(session, before), reviewer)
            }
            None => self.revised(self.heard(story), reviewer),
        }
    }

    /// Tells what the panel heard, said and concluded.
    fn heard(&self, mut story: Story) -> Story {
        if self.meeting.is_some() && !(self.votes.is_empty() && self.noted.is_empty()) {
            story = story.step(SECRETARY, 0, What::Turn(Turn::Present));
        }
        if !self.noted.is_empty() {
            story = story.step(SECRETARY, 0, What::Turn(Turn::Note(self.noted)));
        }
        for (id, (conclusion, said, dissent)) in self.members.iter().zip(self.votes) {
            let opinion = [
                (Key::Expert, *id),
                (Key::Conclusion, *conclusion),
                (Key::Text, *said),
                (Key::Dissent, *dissent),
                (Key::Signed, "true"),
            ];
            story = story.act(SECRETARY, HOUR, Action::RecordExpertOpinion, given(&opinion));
        }
        if self.place.is_empty() {
            return story;
        }
        let met = vec![(Key::MetOn, Given::Today), (Key::Place, text(self.place))];
        story = story.act(SECRETARY, HOUR, Action::CloseOpinions, met);
        let Some((conclusion, said)) = self.conclusion else { return story };
        let fixes: Vec<String> = self.fixes.iter().map(|(what, who, due)| format!("{what}|{who}|{due}")).collect();
        let (fixes, signed) = (fixes.join("\n"), self.members.join("\n"));
        let concluded = [
            (Key::Conclusion, conclusion),
            (Key::Text, said),
            (Key::Fixes, fixes.as_str()),
            (Key::SignedBy, signed.as_str()),
        ];
        story.act(SECRETARY, 3 * HOUR, Action::ConcludePanel, given(&concluded))
    }

    /// Tells what was mended after the conclusion.
    fn revised(&self, mut story: Story, reviewer: &'static str) -> Story {
        for (index, page) in self.mended.iter().enumerate() {
            let number = (index + 1).to_string();
            let mended = given(&[(Key::Fix, number.as_str()), (Key::PageRef, *page)]);
            story = story.act(reviewer, 2 * DAY, Action::CloseFix, mended);
        }
        match !self.fixes.is_empty() && self.mended.len() == self.fixes.len() {
            true => story.act(reviewer, HOUR, Action::FinishRevision, Vec::new()),
            false => story,
        }
    }
}

fn given(pairs: &[(Key, &str)]) -> Vec<(Key, Given)> {
    pairs.iter().filter(|(_, words)| !words.is_empty()).map(|(key, words)| (*key, text(*words))).collect()
}

/// Name, employer, title, disciplines, past roles, telephone.
type Person =
    (&'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static str);

/// The pool; those of units registered here count as the county's own.
#[rustfmt::skip]
const EXPERTS: &[Person] = &[
    ("何明远", "赣东理工大学",           "教授",           &["architecture"],             &[], "13900000001"),
    ("钱学谦", "赣东理工大学",           "副教授",         &["security"],                 &[], "13900000002"),
    ("孙立群", "信州会计师事务所",       "高级会计师",     &["cost"],                     &[], "13900000003"),
    ("李慧兰", "上饶市智慧城市研究院",   "研究员",         &["business", "architecture"], &[], "13900000004"),
    ("周国平", "赣北信息工程学院",       "教授",           &["architecture", "cost"],     &[], "13900000005"),
    ("吴雪松", "江西信安测评中心",       "高级工程师",     &["security"],                 &["江西信诚工程咨询有限公司|兼职顾问|2026-03"], "13900000006"),
    ("郑海峰", "信州工程造价咨询所",     "造价工程师",     &["cost"],                     &[], "13900000007"),
    ("冯春晓", "上饶市教育信息化中心",   "高级工程师",     &["business"],                 &[], "13900000008"),
    ("陈立新", "上饶市卫生信息中心",     "高级工程师",     &["business"],                 &[], "13900000009"),
    ("褚卫东", "赣东理工大学",           "教授",           &["security", "architecture"], &[], "13900000010"),
    ("蒋文清", "县财政局",               "高级会计师",     &["cost"],                     &[], "13900000011"),
    ("沈建华", "县人民医院",             "高级工程师",     &["business"],                 &[], "13900000012"),
    ("韩志明", "县公安局",               "高级工程师",     &["security"],                 &[], "13900000013"),
    ("杨晓东", "浙西软件评测中心",       "高级工程师",     &["architecture"],             &[], "13900000014"),
    ("朱丽娟", "浙西软件评测中心",       "工程师",         &["cost"],                     &[], "13900000015"),
    ("秦少华", "饶北信息安全研究所",     "研究员",         &["security"],                 &[], "13900000016"),
    ("尤佳",   "上饶市应急技术中心",     "高级工程师",     &["business"],                 &[], "13900000017"),
    ("许光明", "赣北信息工程学院",       "副教授",         &["architecture"],             &["某云计算公司|技术顾问"], "13900000018"),
    ("吕晓峰", "上饶市城市管理研究会",   "高级工程师",     &["business"],                 &[], "13900000019"),
    ("施婉清", "信州会计师事务所",       "会计师",         &["cost"],                     &[], "13900000020"),
    ("张百川", "上饶市水文技术中心",     "正高级工程师",   &["business"],                 &[], "13900000021"),
    ("孔令文", "饶北信息安全研究所",     "高级工程师",     &["security", "architecture"], &[], "13900000022"),
    ("曹玉梅", "上饶市文化数字化中心",   "研究馆员",       &["business"],                 &[], "13900000023"),
    ("严守正", "上饶市数智工程设计院有限公司", "高级工程师", &["architecture"],             &[], "13900000024"),
    ("华秋生", "赣东理工大学",           "教授",           &["business"],                 &["县教育局|信息化顾问|2025-12"], "13900000025"),
];

/// Lists the experts to add.
pub fn experts() -> impl Iterator<Item = NewExpert> {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    EXPERTS.iter().map(move |(name, employer, title, disciplines, past_roles, contact)| NewExpert {
        name: (*name).to_owned(),
        employer: (*employer).to_owned(),
        title: (*title).to_owned(),
        disciplines: owned(disciplines),
        past_roles: owned(past_roles),
        contact: (*contact).to_owned(),
        local: false,
        account: None,
    })
}

/// A panel that is still arguing: three have voted, one of them has a dissent that takes several lines.
const HALF_WAY: &[(&str, &str)] = &[
    ("vote/Z014", "pass"),
    ("said/Z014", "采集精度和技术路线合理，展示系统复用市级平台。"),
    ("vote/Z016", "conditional"),
    ("said/Z016", "三维数据的存储备份和访问控制须补充。"),
    ("security/Z016", "三维成果属重要数据，方案未写密码应用和异地备份。"),
    ("vote/Z023", "fail"),
    ("said/Z023", "采集范围与保护急需不符。"),
    ("dissent/Z023", DISSENT),
];
const DISSENT: &str = "一、12处重点文保单位中，有5处省文物局已于2025年立项采集，方案未说明如何取得和复用已有成果，重复采集的费用约31万元。
二、病害档案缺失率高的是乡镇的51处一般文保单位，方案均未列入，建设内容与“必要性”所述问题不对应。
三、展示系统在县域内的预期访问量没有测算，建议先采集、建档，展示部分待市级平台开放后接入，不另行开发。
以上意见请原文载入论证结论。";
const FIVE: &[&str] = &["Z001", "Z002", "Z003", "Z004", "Z007"];

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县水利局",
        name: "灌区量测水与调度平台",
        wan: "156.00",
        funding: &[("省级水利专项", Superior, "90"), ("县财政", County, "66")],
        items: &[("量测水软件", ApplicationSoftware, "1套", "96.00", "96"), ("站点数据接入", Integration, "40处", "1.50", "60")],
        basis: "大中型灌区续建配套与现代化改造实施方案。",
        necessity: "3处灌区水量靠人工读尺，2026年用水纠纷41起，水费实收率71%。",
        content: "接入40处量测水站点，建设水量调度、水费核算和预警功能，部署于政务云。",
        resources: Resources::Entries(13),
        reviewer: Some("reviewer"),
        panel: Some(ASKED),
        stop: Stop::Reviewing(0),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县自然资源局",
        name: "国土空间基础信息平台（二期）",
        kind: ProjectKind::Expand,
        wan: "238.00",
        items: &[("平台软件开发", ApplicationSoftware, "1项", "188.00", "188"), ("数据整合建库", InformationResource, "1项", "50.00", "50")],
        basis: "国土空间规划“一张图”建设要求。",
        necessity: "一期数据仅覆盖中心城区，乡镇规划审查仍以图纸流转，平均用时19个工作日。",
        content: "扩充16个乡镇规划数据，建设规划审查、用途管制、监测预警模块。",
        resources: Resources::Entries(31),
        custom: Some(true),
        reviewer: Some("reviewer2"),
        panel: Some(Tale { seed: "玉数评抽-2027-03", ..ASKED }),
        stop: Stop::Reviewing(0),
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县住建局",
        name: "城市地下管网综合管理平台",
        wan: "312.00",
        funding: &[("中央城市更新专项", Superior, "200"), ("县财政", County, "112")],
        items: &[("管理平台软件", ApplicationSoftware, "1套", "212.00", "212"), ("管网数据普查建库", InformationResource, "186公里", "", "100")],
        basis: "城市地下管网管廊及设施建设改造方案。",
        necessity: "186公里管网资料分散在7家权属单位，2026年施工挖断管线23次。",
        content: "建设管网一张图、隐患台账、施工交底功能，与7家权属单位交换数据。",
        resources: Resources::Entries(22),
        custom: Some(true),
        reviewer: Some("reviewer"),
        panel: Some(Tale { members: FIVE, ..ASKED }),
        stop: Stop::Reviewing(0),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县文旅局",
        name: "文化遗产数字化保护与展示",
        wan: "128.50",
        items: &[("数字采集加工", InformationResource, "1项", "78.50", "78.5"), ("展示系统软件", ApplicationSoftware, "1套", "50.00", "50")],
        basis: "国家文化数字化战略实施意见。",
        necessity: "县级以上文物保护单位63处，已数字化4处，病害档案缺失率58%。",
        content: "采集12处重点文保单位三维数据，建设病害档案和线上展示系统。",
        resources: Resources::Entries(9),
        reviewer: Some("reviewer2"),
        panel: Some(Tale {
            members: &["Z014", "Z016", "Z015", "Z023", "Z005"],
            confirmed: true,
            meeting: Some(Session::Today),
            noted: HALF_WAY,
            votes: &[("pass", "采集精度和技术路线合理，展示系统复用市级平台。", "")],
            ..ASKED
        }),
        stop: Stop::Reviewing(0),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县应急管理局",
        name: "自然灾害综合监测预警平台",
        wan: "175.00",
        items: &[("监测预警软件", ApplicationSoftware, "1套", "125.00", "125"), ("部门数据接入", Integration, "8家", "6.25", "50")],
        basis: "自然灾害监测预警信息化工程实施方案。",
        necessity: "水利、气象、自然资源预警各自发布，2026年汛期同一乡镇一日收到5个口径。",
        content: "接入8家部门监测数据，统一预警发布和叫应反馈，复用市级消息平台。",
        resources: Resources::Entries(18),
        reviewer: Some("reviewer"),
        panel: Some(Tale {
            members: &["Z010", "Z016", "Z003", "Z017", "Z014"],
            confirmed: true,
            votes: &[
                ("pass", "总体架构合理，接口清楚。", ""),
                ("pass", "安全设计覆盖身份鉴别、审计和备份。", ""),
                ("fail", "投资估算偏高，接入费用无测算依据。", "部门数据接入按家计价没有依据，建议据实核算后再报。"),
                ("pass", "业务流程闭环，能解决多头预警。", ""),
                ("fail", "与市级平台功能边界不清。", ""),
            ],
            place: PLACE,
            ..ASKED
        }),
        stop: Stop::Reviewing(0),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县农业农村局",
        name: "农产品质量安全追溯平台",
        wan: "118.00",
        items: &[("追溯平台软件", ApplicationSoftware, "1套", "88.00", "88"), ("主体数据接入", Integration, "60家", "0.50", "30")],
        basis: "农产品质量安全追溯管理办法。",
        necessity: "60家规模主体使用3种互不相通的追溯码，抽检不合格产品溯源平均4.5天。",
        content: "统一追溯码，接入60家主体和市级监管平台，建设抽检、召回功能。",
        resources: Resources::Entries(15),
        reviewer: Some("reviewer"),
        panel: Some(Tale {
            members: &["Z005", "Z002", "Z007", "Z004", "Z014"],
            confirmed: true,
            votes: &[
                ("conditional", "请补充与省追溯平台的对接方案。", ""),
                ("conditional", "请补充密码应用方案。", ""),
                ("pass", "估算依据充分。", ""),
                ("pass", "业务需求明确。", ""),
                ("fail", "省级平台已有同类功能。", "省追溯平台2027年上线同类功能，本项目应待其明确后再定。"),
            ],
            meeting: Some(Session::LastWeek),
            place: PLACE,
            conclusion: Some(("conditional", "原则通过。请按修改清单完善方案后报中心复核。")),
            fixes: &[
                ("补充与省追溯平台的功能边界和接口清单", "县农业农村局", "2027-06-30"),
                ("补充密码应用方案", "江西信诚工程咨询有限公司", "2027-06-30"),
            ],
            mended: &["方案V1.1第42页"],
            ..ASKED
        }),
        stop: Stop::Reviewing(0),
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县公安局",
        name: "道路交通智能管控升级",
        kind: ProjectKind::Rebuild,
        wan: "265.00",
        items: &[("管控软件升级", ApplicationSoftware, "1套", "165.00", "165"), ("路口设备接入", Integration, "50处", "2.00", "100")],
        basis: "道路交通安全“十五五”规划。",
        necessity: "城区50处信号路口单点运行，高峰平均延误较同类县城高31%。",
        content: "升级信号协调控制软件，接入50处路口，数据向县城运中心共享。",
        resources: Resources::Entries(12),
        custom: Some(true),
        reviewer: Some("reviewer2"),
        panel: Some(Tale {
            members: &["Z001", "Z016", "Z020", "Z019", "Z014"],
            confirmed: true,
            votes: &[
                ("pass", "控制算法成熟，指标可验证。", ""),
                ("pass", "网络分区和边界防护合理。", ""),
                ("pass", "造价与周边县相当。", ""),
                ("pass", "能缓解城区拥堵。", ""),
                ("conditional", "建议补充路口试点数据。", ""),
            ],
            meeting: Some(Session::LastWeek),
            place: PLACE,
            conclusion: Some(("pass", "专家组一致认为方案可行，同意通过论证。")),
            ..ASKED
        }),
        stop: Stop::OpinionSigning(Draft {
            result: "pass",
            assessed: "258.00",
            summary: "经专家论证，方案可行，同意实施。专家论证结论为通过，作为本意见的组成部分。",
            cut: "路口设备接入按实际处数核减7.00万元。",
        }),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县档案馆",
        name: "馆藏档案数字化与智能检索",
        kind: ProjectKind::Service,
        wan: "82.00",
        items: &[("档案数字化加工", InformationResource, "120万页", "", "62"), ("智能检索软件", GeneralSoftware, "1套", "20.00", "20")],
        basis: "档案法及档案数字化规范。",
        necessity: "馆藏纸质档案数字化率39%，查档平均用时42分钟。",
        content: "数字化加工120万页，建设全文检索，成果向政务服务大厅共享。",
        resources: Resources::Entries(6),
        reviewer: Some("reviewer"),
        panel: Some(Tale {
            reason: "智能检索涉及个人信息批量处理，中心认为有必要听取专家意见",
            members: &["Z014", "Z016", "Z023"],
            confirmed: true,
            ..ASKED
        }),
        stop: Stop::Reviewing(0),
        idle: 1,
        ..USUAL
    },
];
