//! Between the plan and the reviewer's desk: approval, the small way, the scheme's intake.

use super::{Resources, Sample, Stop, USUAL};
use crate::domain::project::{FundingLevel::*, ItemCategory::*, ProjectKind};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县自然资源局",
        name: "实景三维玉山建设（一期）",
        wan: "136.00",
        funding: &[("省级补助", Superior, "50"), ("县财政", County, "86")],
        items: &[("城区倾斜摄影与建模", InformationResource, "92平方公里", "", "104"), ("成果管理软件", ApplicationSoftware, "1套", "22.00", "22"), ("云资源", CloudService, "1年", "10.00", "10")],
        basis: "自然资源部关于全面推进实景三维中国建设的通知。",
        necessity: "现有地形图为2018年测绘，规划选址、违建核查缺少现势数据。",
        content: "完成城区92平方公里倾斜摄影与建模，成果以服务方式向各部门共享。",
        resources: Resources::Entries(8),
        stop: Stop::AwaitingApproval,
        idle: 14,
        ..USUAL
    },
    Sample {
        unit: "县财政局",
        name: "预算绩效管理系统",
        wan: "52.00",
        items: &[("绩效管理软件", ApplicationSoftware, "1套", "52.00", "52")],
        basis: "县全面实施预算绩效管理实施意见。",
        necessity: "年度绩效目标680余项，自评与重点评价靠表格往来，结果难以与预算挂钩。",
        content: "建设目标申报、运行监控、绩效自评和结果应用模块，与预算一体化系统对接。",
        resources: Resources::Entries(9),
        stop: Stop::AwaitingApproval,
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县发改委",
        name: "重大项目调度系统",
        wan: "54.00",
        approved: Some("51.80"),
        items: &[("调度软件", ApplicationSoftware, "1套", "54.00", "54")],
        basis: "县重大项目推进机制。",
        necessity: "年度重大项目126个，进度月报需各单位重复填报3套表。",
        content: "建设项目库、节点预警、要素保障协调和形象进度上报功能，与投资在线平台共享赋码数据。",
        resources: Resources::Entries(10),
        stop: Stop::Approved,
        idle: 24,
        ..USUAL
    },
    Sample {
        unit: "县行政审批局",
        name: "“高效办成一件事”集成服务",
        kind: ProjectKind::Expand,
        wan: "79.60",
        items: &[("事项集成开发", ApplicationSoftware, "18件", "3.20", "57.6"), ("部门系统对接", Integration, "11个", "2.00", "22")],
        basis: "国务院关于进一步优化政务服务提升行政效能推动“高效办成一件事”的指导意见。",
        necessity: "现有13件“一件事”平均跑动1.6次，与国家清单相比尚缺18件。",
        content: "在现有政务服务平台上扩展18件“一件事”，对接11个部门系统，复用电子证照和统一身份认证。",
        resources: Resources::Entries(24),
        custom: Some(true),
        stop: Stop::Approved,
        idle: 5,
        ..USUAL
    },
    Sample {
        unit: "县统计局",
        name: "统计调查移动采集软件",
        wan: "24.80",
        items: &[("移动采集软件", GeneralSoftware, "1套", "24.80", "24.8")],
        basis: "国家统计局住户调查电子记账要求。",
        necessity: "记账户420户，纸质记账差错率6%，录入每季占用9人次。",
        content: "采购移动采集软件，支持离线记账、审核和上报。",
        resources: Resources::Entries(2),
        stop: Stop::Approved,
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县退役军人事务局",
        name: "退役军人服务档案管理软件",
        wan: "33.00",
        items: &[("档案管理软件", ApplicationSoftware, "1套", "21.00", "21"), ("档案数字化", InformationResource, "24万页", "", "12")],
        basis: "退役军人事务部档案管理规定。",
        necessity: "在管档案1.7万卷，优抚对象核验年均调卷4200卷次。",
        content: "建设档案目录、借阅、核验功能，数字化24万页。",
        resources: Resources::Entries(5),
        stop: Stop::SmallRoute,
        idle: 8,
        ..USUAL
    },
    Sample {
        unit: "县公安局",
        name: "出入境自助服务终端购置",
        kind: ProjectKind::Expand,
        wan: "34.00",
        items: &[("自助受理终端", TerminalDevice, "4台", "8.50", "34")],
        basis: "出入境“全省通办”便民措施。",
        necessity: "大厅日均受理96件，高峰排队1.5小时。",
        content: "购置4台自助受理终端，接入现有出入境系统。",
        resources: Resources::NotApplicable("仅购置终端设备，接入上级系统，不产生新的信息资源。"),
        stop: Stop::ApprovalRefused("省级已统一招标同类终端并计划2027年配发，重复购置，不予立项。"),
        idle: 6,
        ..USUAL
    },
    Sample {
        unit: "县卫健委",
        name: "家庭医生签约服务平台",
        wan: "87.00",
        items: &[("签约服务软件", ApplicationSoftware, "1项", "", "66"), ("随访设备接入", Integration, "260套", "0.05", "13"), ("云资源", CloudService, "1年", "8.00", "8")],
        basis: "国家卫健委关于推进家庭医生签约服务高质量发展的指导意见。",
        necessity: "签约居民21.4万人，随访记录补录率37%，慢病管理数据无法回流医院。",
        content: "建设签约、随访、转诊和绩效考核功能，与电子病历、公卫系统互联。",
        resources: Resources::Entries(17),
        stop: Stop::SchemeIntake,
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县住建局",
        name: "城镇燃气安全监管平台",
        wan: "118.00",
        funding: &[("超长期特别国债", Superior, "80"), ("县财政", County, "38")],
        items: &[("监管软件定制", ApplicationSoftware, "1项", "", "74"), ("泄漏监测终端", TerminalDevice, "400个", "0.08", "32"), ("云资源与测评", CloudService, "1项", "", "12")],
        basis: "全国城镇燃气安全专项整治工作方案。",
        necessity: "管道燃气用户4.6万户、瓶装气用户6.1万户，入户安检完成情况靠企业自报。",
        content: "建设企业监管、气瓶流转、入户安检和泄漏报警处置功能，接入县应急指挥平台。",
        resources: Resources::Entries(19),
        custom: Some(true),
        stop: Stop::SchemeIntake,
        idle: 5,
        ..USUAL
    },
];
