//! Invents projects from lists of words: believable names, amounts on both sides of the limits, a story that ends
//! anywhere between the draft and the archive.

use super::super::county::{self, Body, OPEN_AS};
use super::super::office_hours::{DAY, HOUR};
use super::super::random::Random;
use super::super::story::{Given, Story, answer, text};
use super::later::Later;
use crate::domain::checklist::{Verdict, natures};
use crate::domain::intake::Candidate;
use crate::domain::money::Money;
use crate::domain::policy::Policy;
use crate::domain::project::{
    Declaration, Deployment, FundingLevel, FundingLine, ItemCategory, LineItem, Network, ProjectKind, ResourceCatalogue,
};
use crate::domain::route::{self, RouteCode};
use crate::domain::workflow::action::{Action, Key};
use crate::service::command::{ItemAnswer, NewDraft};
use crate::service::error::{Answer, Error};

/// What units concern themselves with; units that are not named here take the last line.
const SUBJECTS: &[(&str, &[&str])] = &[
    ("县教育局", &["校园安全", "学籍管理", "教师发展", "智慧课堂", "招生入学", "课后服务"]),
    ("县卫健委", &["基层诊疗", "妇幼健康", "疾控监测", "家庭医生", "医废监管", "急救调度"]),
    ("县人民医院", &["电子病历", "检验报告互认", "互联网医院", "药品追溯", "病案质控"]),
    ("县民政局", &["养老服务", "社会救助", "婚姻登记", "殡葬管理", "地名地址"]),
    ("县水利局", &["山洪预警", "水库调度", "河湖管护", "农村供水", "灌区计量"]),
    ("县农业农村局", &["高标准农田", "农产品追溯", "宅基地管理", "动物防疫", "农机调度"]),
    ("县自然资源局", &["不动产登记", "国土空间规划", "耕地保护", "地质灾害", "测绘成果"]),
    ("县文旅局", &["景区客流", "公共文化", "文物保护", "非遗资源", "文旅市场"]),
    ("县市场监管局", &["食品安全", "特种设备", "电梯应急", "企业登记", "药品监管"]),
    ("县城管局", &["停车管理", "垃圾分类", "渣土运输", "市容巡查", "照明控制"]),
    ("县交通运输局", &["农村公路", "公交调度", "货运治超", "水上交通", "客运监管"]),
    ("县应急管理局", &["应急指挥", "危化监测", "矿山安全", "防灾减灾", "消防联动"]),
    ("县人社局", &["就业服务", "社保经办", "劳动监察", "技能培训", "人才服务"]),
    ("县住建局", &["燃气安全", "房屋安全", "工地监管", "物业管理", "排水管网"]),
    ("", &["政务办公", "档案管理", "便民服务", "网格治理", "视频会议", "督查督办"]),
];

/// What is built: the name's ending, the kind of undertaking, the chief item, whether it is made to order.
const UNDERTAKINGS: &[(&str, ProjectKind, ItemCategory, bool)] = &[
    ("管理平台", ProjectKind::New, ItemCategory::ApplicationSoftware, false),
    ("监测预警系统", ProjectKind::New, ItemCategory::ApplicationSoftware, true),
    ("服务小程序", ProjectKind::New, ItemCategory::ApplicationSoftware, true),
    ("一体化应用", ProjectKind::New, ItemCategory::ApplicationSoftware, false),
    ("数据治理", ProjectKind::Service, ItemCategory::InformationResource, false),
    ("档案数字化加工", ProjectKind::Service, ItemCategory::InformationResource, false),
    ("系统升级改造", ProjectKind::Rebuild, ItemCategory::ApplicationSoftware, false),
    ("系统扩容", ProjectKind::Expand, ItemCategory::CloudService, false),
    ("视频资源接入", ProjectKind::Expand, ItemCategory::Integration, false),
    ("系统运维服务", ProjectKind::Operation, ItemCategory::Operation, false),
    ("终端购置", ProjectKind::Expand, ItemCategory::TerminalDevice, false),
    ("安全防护加固", ProjectKind::Rebuild, ItemCategory::SecuritySoftware, false),
];

const PLACES: &[&str] =
    &["", "", "", "", "城区", "东部片区", "北部片区", "岩瑞", "横街", "紫湖", "下塘", "必姆", "双明"];
const PHASES: &[&str] = &["", "", "", "", "（一期）", "（二期）", "（三期）", "（试点）", "（全域推广）"];
const DESIGNERS: &[&str] = &[
    "江西信诚工程咨询有限公司",
    "上饶市数智工程设计院有限公司",
    "江西兴图信息工程有限公司",
    "江西云桥数据科技有限公司",
];
/// Amounts beside the limits, in 万元.
const EDGES: &[&str] = &["49.99", "50", "99.99", "100", "199.8", "200"];

/// Invents one project and what happened to it.
pub fn story(random: &mut Random, policy: &Policy) -> Answer<Story> {
    let at = random.below(county::UNITS.len() as u64) as usize;
    let body = county::UNITS.get(at).ok_or_else(|| Error::Bug("no units".to_owned()))?;
    let declaration = declaration(random, body)?;
    let way = route::compute(&declaration, declaration.amount, policy).code;
    let judge = |random: &mut Random, percent: usize| -> Vec<ItemAnswer> {
        let natures = natures(&declaration);
        let asked: Vec<_> = policy.checklist.iter().filter(|item| item.applies(&natures)).collect();
        let some = asked.len() * percent / 100;
        asked.iter().take(some).map(|item| judged(random, item)).collect()
    };
    let survey = declaration.custom_development == Some(true);
    let later = Later {
        amount: declaration.amount,
        survey,
        small: matches!(way, RouteCode::EMall | RouteCode::CentreCatalogue),
    };
    let tale = Tale { body, way, kind: declaration.kind, amount: declaration.amount, later };
    let last = random.below(1000);
    let answers = match last {
        930..950 => judge(random, 30),
        950..980 if way == RouteCode::Centre || way == RouteCode::CentreCatalogue => judge(random, 100),
        _ => Vec::new(),
    };
    let unit = if random.in_a_thousand(250) { "intake" } else { body.account };
    let draft = NewDraft {
        candidate: Candidate { row: 0, unit: body.name.to_owned(), declaration, unclassified: true },
        unit_kind: None,
        supervising_unit: None,
    };
    Ok(tale.told(Story::begin(unit, draft, (3, 12)), last, answers, random))
}

/// What a story depends on.
struct Tale {
    body: &'static Body,
    way: RouteCode,
    kind: Option<ProjectKind>,
    amount: Money,
    later: Later,
}

impl Tale {
    /// Tells what happened, up to one of a thousand ends: most projects are young.
    fn told(&self, begun: Story, end: u64, answers: Vec<ItemAnswer>, random: &mut Random) -> Story {
        if end < 280 {
            return begun;
        }
        let submitted = match self.body.supervisor {
            None => begun.submitted(),
            // A third of what townships file still waits for the supervising unit.
            Some(_) if end < 600 => return begun.reported(),
            Some(supervisor) => {
                let account = county::unit(supervisor).map_or(OPEN_AS, |unit| unit.account);
                begun.reported().answered_by_supervisor(account, Action::Endorse, "同意汇总上报。")
            }
        };
        if end < 540 {
            return ended_early(submitted, random);
        }
        let accepted = submitted.accepted();
        match end {
            540..680 => return accepted.agreed_by(random.below(3) as usize),
            680..690 => {
                return accepted.agreed_by(1).turned_down("finance", "disagree", "资金来源不落实，不同意列入计划。");
            }
            _ => {}
        }
        let agreed = accepted.agreed_by(3);
        if end < 750 {
            return agreed;
        }
        if end < 760 {
            return agreed.decided_by_government("refuse");
        }
        let planned = agreed.decided_by_government("approve");
        if end < 810 {
            return match random.below(30) {
                0 => planned.act(
                    "lead",
                    9 * DAY,
                    Action::Terminate,
                    vec![(Key::Reason, text("资金调整，经研究不再建设。")), (Key::DocNo, Given::Document("玉数函"))],
                ),
                _ => planned,
            };
        }
        let requested = planned.approval_requested(self.kind == Some(ProjectKind::New));
        match end {
            810..855 => return requested,
            855..865 => {
                let reason = vec![(Key::Reason, text("与上级统建系统功能重复，不予立项。"))];
                return requested.act("planning", 3 * DAY, Action::RefuseProject, reason);
            }
            _ => {}
        }
        let approved = requested.approved(self.amount);
        if end < 900 {
            return approved;
        }
        if !self.way.needs_review() {
            let filing = approved.act("intake", DAY, Action::TakeSmallRoute, Vec::new());
            return self.later.told(filing, random);
        }
        let scheme = approved.scheme_submitted(random.pick(DESIGNERS), "V1.0");
        if end < 925 {
            return scheme;
        }
        let reviewer = [Some(OPEN_AS), None, Some("reviewer2"), None];
        let reviewer: Option<&'static str> = random.pick(&reviewer);
        let accepted = scheme.scheme_accepted(reviewer);
        match answers.is_empty() {
            true => accepted,
            false => {
                let judged = accepted.judged_at_once(reviewer.unwrap_or(OPEN_AS), answers);
                self.reviewed(judged, end, reviewer, random)
            }
        }
    }

    fn reviewed(&self, judged: Story, end: u64, reviewer: Option<&'static str>, random: &mut Random) -> Story {
        if end < 950 {
            return judged;
        }
        let result = if end < 975 { "pass" } else { "fail" };
        let given = vec![
            (Key::Result, text(result)),
            (Key::Assessed, text(if result == "pass" { self.amount.to_string() } else { "0".to_owned() })),
            (Key::Summary, text("已按四个维度逐项审核，结论与清单记录一致。")),
        ];
        let drafted = judged.act(reviewer.unwrap_or(OPEN_AS), 5 * HOUR, Action::DraftOpinion, given);
        if end < 956 {
            return drafted;
        }
        let checked = drafted.act("lead", 3 * HOUR, Action::CheckOpinion, Vec::new());
        match end {
            ..961 => checked,
            961..966 | 975.. => checked.signed(),
            _ => {
                let filing = checked.signed().act("intake", DAY, Action::SendToFiling, Vec::new());
                self.later.told(filing, random)
            }
        }
    }
}

/// Some of what is handed in never comes before the joint review.
fn ended_early(submitted: Story, random: &mut Random) -> Story {
    match random.below(100) {
        0 | 1 => {
            let why = vec![(Key::Reason, text("属零散购置通用办公设备，不纳入政务信息化项目管理。"))];
            submitted.act("lead", DAY, Action::RuleOut, why)
        }
        2 | 3 => {
            let given = vec![
                (Key::Basis, text("national-or-provincial")),
                (Key::IssuerLevel, text("provincial")),
                (Key::DocNo, text("赣府厅字〔2026〕15号")),
                (Key::Reason, text("省级统一建设，县级仅部署使用。")),
            ];
            submitted.act("lead", DAY, Action::Exempt, given)
        }
        4 | 5 => {
            let why = vec![(Key::Reason, text("建设内容调整，拟重新编制后再报。"))];
            submitted.act_of_unit(DAY, Action::Withdraw, why)
        }
        _ => submitted,
    }
}

fn judged(random: &mut Random, item: &crate::domain::checklist::ChecklistItem) -> ItemAnswer {
    let words = |text: &str| Some(text.to_owned());
    if item.weight != crate::domain::checklist::Weight::Veto && random.in_a_thousand(80) {
        return ItemAnswer {
            remark: words("方案对此项的说明不够具体。"),
            suggestion: words("补充说明和佐证材料后归档。"),
            basis: words("办法第七条"),
            ..answer(&item.id, Verdict::Doubt)
        };
    }
    answer(&item.id, Verdict::Pass)
}

fn declaration(random: &mut Random, body: &Body) -> Answer<Declaration> {
    let own = SUBJECTS.iter().find(|(unit, _)| *unit == body.name).or(SUBJECTS.last());
    let subject = random.pick(own.map_or(&[], |(_, subjects)| *subjects));
    let at = random.below(UNDERTAKINGS.len() as u64) as usize;
    let (ending, kind, category, custom) =
        UNDERTAKINGS.get(at).copied().ok_or_else(|| Error::Bug("no words".to_owned()))?;
    let amount = amount(random)?;
    let name = [random.pick(PLACES), subject, ending, random.pick(PHASES)].concat();
    let users = 20 + random.below(980);
    Ok(Declaration {
        basis: format!("{}年度重点工作安排；上级关于{subject}的工作要求。", body.name),
        necessity: format!("现有{subject}工作依靠人工台账，涉及{users}人，数据不能共享，统计时效差。"),
        content: format!("建设{subject}{ending}，依托县政务云和县政务外网部署，数据汇聚市数据共享交换平台。"),
        kind: Some(kind),
        amount,
        funding: funding(random, amount),
        leader: body.leader.to_owned(),
        contact: body.clerk.to_owned(),
        phone: body.phone.to_owned(),
        custom_development: Some(custom),
        items: vec![LineItem {
            name: name.clone(),
            category,
            quantity: Some("1项".to_owned()),
            unit_price: None,
            amount,
            excluded: None,
        }],
        name,
        catalogue: Some(match kind {
            ProjectKind::Operation => ResourceCatalogue::NotApplicable("仅采购运维服务，不新增信息资源。".to_owned()),
            _ => ResourceCatalogue::Entries(1 + random.below(40) as u32),
        }),
        deployment: Some(Deployment::GovernmentCloud),
        network: Some(Network::GovernmentExtranet),
        ..Declaration::default()
    })
}

/// Half of all projects lie below the review limit, one in six needs a panel.
fn amount(random: &mut Random) -> Answer<Money> {
    let tenths = match random.below(1000) {
        ..30 => {
            let edge = random.pick(EDGES);
            return Money::parse_wan(edge).map_err(|problem| Error::Bug(format!("sample amount {edge}: {problem}")));
        }
        30..550 => 80 + random.below(420),
        550..830 => 500 + random.below(500),
        830..940 => 1000 + random.below(1000),
        _ => 2000 + random.below(2800),
    };
    let fen = i64::try_from(tenths * 100_000).ok().and_then(Money::from_fen);
    fen.ok_or_else(|| Error::Bug("a sample amount is no amount".to_owned()))
}

/// One in five gets a part from above.
fn funding(random: &mut Random, amount: Money) -> Vec<FundingLine> {
    let line = |source: &str, level, amount| FundingLine { source: source.to_owned(), level, amount };
    let part = Money::from_fen(amount.fen() / 4).filter(|_| random.in_a_thousand(200));
    match part {
        Some(part) => vec![
            line("县财政", FundingLevel::County, amount.saturating_sub(part)),
            line("上级补助", FundingLevel::Superior, part),
        ],
        None => vec![line("县财政", FundingLevel::County, amount)],
    }
}
