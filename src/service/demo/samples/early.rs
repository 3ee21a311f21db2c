//! Drafts, and what waits for a supervising unit or for the intake clerk.

use super::{Resources, Sample, Stop, USUAL};
use crate::domain::project::{FundingLevel::*, InYearReason, ItemCategory::*, Network as Net, ProjectKind};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县档案馆",
        name: "馆藏档案数字化（二期）",
        kind: ProjectKind::Service,
        wan: "45.60",
        items: &[("档案扫描与著录", InformationResource, "114万页", "", "45.6")],
        basis: "《“十四五”全国档案事业发展规划》；县数字档案馆建设方案。",
        necessity: "一期完成民生档案68万页，尚有文书档案114万页未数字化，年查阅1.3万人次中四成需调原件。",
        content: "对1949—2005年文书档案114万页进行扫描、著录和质检，成果挂接现有档案管理系统。",
        resources: Resources::Unsaid,
        stop: Stop::Drafted,
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县融媒体中心",
        name: "媒体内容审校系统",
        wan: "38.00",
        items: &[("内容审校软件", GeneralSoftware, "1套", "30.00", "30"), ("政务云资源", CloudService, "2年", "4.00", "8")],
        basis: "媒体深度融合发展实施意见。",
        necessity: "日均发稿120条，“三审三校”全靠人工，2026年上半年出现差错9次。",
        content: "采购成品审校软件，提供错别字、敏感表述、图片校验功能，与采编系统对接。",
        resources: Resources::Entries(3),
        network: Some(Net::Internet),
        stop: Stop::Drafted,
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县林业局",
        name: "森林防火视频监控补点",
        kind: ProjectKind::Expand,
        wan: "64.20",
        funding: &[("县财政", County, "34.2"), ("省级森林防火补助", Superior, "30")],
        items: &[("热成像双光谱云台", TerminalDevice, "9套", "5.80", "52.2"), ("链路租用", DedicatedLine, "1年", "12.00", "12")],
        basis: "省森林防火视频监控覆盖率考核要求。",
        necessity: "现有31个点位覆盖率71%，低于省定80%的要求，2026年春季两起火情均在盲区。",
        content: "新增9个双光谱监控点位，接入县应急指挥视频平台，不另建平台。",
        resources: Resources::Entries(2),
        stop: Stop::TurnedDown("finance", "return", "链路租用费与县政务外网重复，请核实可否利用政务外网，补充省级补助资金文件后再报。"),
        idle: 4,
        ..USUAL
    },
    Sample {
        unit: "岩瑞镇人民政府",
        name: "农田灌溉智能管护系统",
        wan: "26.50",
        items: &[("泵站远程控制终端", TerminalDevice, "22台", "0.65", "14.3"), ("管护软件", ApplicationSoftware, "1套", "12.20", "12.2")],
        basis: "县高标准农田管护办法。",
        necessity: "22座泵站靠人工启停，旱季抢水纠纷年均14起，漏灌面积约1800亩。",
        content: "为22座泵站加装远程控制终端，建设轮灌计划和用水计量功能，数据接入县水利局平台。",
        resources: Resources::Entries(4),
        stop: Stop::AwaitingSupervisor,
        idle: 8,
        ..USUAL
    },
    Sample {
        unit: "横街镇人民政府",
        name: "“一老一小”服务信息平台",
        wan: "19.80",
        items: &[("服务平台", ApplicationSoftware, "1套", "19.80", "19.8")],
        basis: "县“一老一小”服务体系建设方案。",
        necessity: "全镇留守老人2360人、留守儿童840人，走访记录靠纸质台账。",
        content: "建设走访打卡、需求登记和预警提醒功能，复用县民政数据。",
        resources: Resources::Entries(3),
        stop: Stop::AwaitingSupervisor,
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县教育局电化教育站",
        name: "“三个课堂”专递教室扩容",
        kind: ProjectKind::Expand,
        wan: "32.40",
        items: &[("录播终端", TerminalDevice, "12套", "2.20", "26.4"), ("平台扩容服务", CloudService, "1年", "6.00", "6")],
        basis: "教育部关于加强“三个课堂”应用的指导意见。",
        necessity: "现有专递教室18间，仍有12个教学点缺音体美专职教师。",
        content: "在12个教学点配置录播终端，接入现有专递课堂平台。",
        resources: Resources::Entries(2),
        stop: Stop::AwaitingSupervisor,
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "冰溪街道",
        name: "社区网格事件处置系统",
        wan: "22.00",
        items: &[("网格事件处置软件", ApplicationSoftware, "1套", "22.00", "22")],
        basis: "县基层治理网格化建设意见。",
        necessity: "9个社区76个网格，事件通过微信群流转，办结率无法统计。",
        content: "建设事件上报、派单、反馈和统计功能。",
        resources: Resources::Entries(3),
        stop: Stop::SentBackBySupervisor("与县综治中心在用的网格平台功能重复，请说明为何不能使用县级平台，修改后再报。"),
        idle: 3,
        ..USUAL
    },
    Sample {
        unit: "县水利局",
        name: "山洪灾害监测预警平台升级",
        kind: ProjectKind::Rebuild,
        wan: "86.00",
        funding: &[("中央水利发展资金", Superior, "60"), ("县财政", County, "26")],
        items: &[("预警平台升级", ApplicationSoftware, "1项", "", "58"), ("雨量站接入改造", Integration, "47处", "0.40", "18.8"), ("云资源", CloudService, "1年", "9.20", "9.2")],
        basis: "水利部山洪灾害防治项目实施方案（2026—2028年）。",
        necessity: "平台2014年建成，不支持短临预报，47处雨量站数据延迟超过10分钟，2026年6月暴雨期间两次漏报。",
        content: "升级预警模型和发布渠道，改造47处雨量站接入方式，与省山洪平台、县应急平台共享数据。",
        resources: Resources::Entries(15),
        operation: Some((12, "5.10", 3)),
        stop: Stop::PlanIntake,
        idle: 3,
        ..USUAL
    },
    Sample {
        unit: "县应急管理局",
        name: "应急指挥融合通信系统",
        wan: "128.00",
        funding: &[("自然灾害应急能力提升工程资金", Superior, "90"), ("县财政", County, "38")],
        items: &[("融合通信软件", ApplicationSoftware, "1套", "62.00", "62"), ("前突通信装备", TerminalDevice, "4套", "12.00", "48"), ("集成与安全测评", Integration, "1项", "", "18")],
        basis: "国家自然灾害应急能力提升工程县级部署要求。",
        necessity: "现有对讲、视频会议、卫星电话互不相通，2026年防汛演练中现场图像回传失败两次。",
        content: "建设融合通信调度软件，配置4套前突通信装备，依托县政务外网和县政务云部署。",
        resources: Resources::Entries(7),
        in_year: Some((InYearReason::Superior, "应急厅函〔2026〕37号", "上级统一部署的自然灾害应急能力提升工程，要求年内完成县级建设。")),
        months: (1, 3),
        stop: Stop::PlanIntake,
        idle: 6,
        ..USUAL
    },
];
