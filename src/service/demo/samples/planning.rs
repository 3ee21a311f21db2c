//! Before the joint review, the county government, and in the plan.

use super::{Resources, Sample, Stop, USUAL};
use crate::domain::project::{FundingLevel::*, ItemCategory::*, Network as Net, ProjectKind};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县交通运输局",
        name: "农村公路养护管理系统",
        wan: "66.80",
        items: &[("养护管理软件", ApplicationSoftware, "1套", "48.00", "48"), ("路况数据采集服务", InformationResource, "1260公里", "", "18.8")],
        basis: "交通运输部“四好农村路”高质量发展要求。",
        necessity: "列养农村公路1260公里，巡查靠纸质记录，养护资金拨付缺少路况依据。",
        content: "建设巡查、病害上报、养护计划和资金绩效模块，采集一次路况基础数据。",
        resources: Resources::Entries(11),
        stop: Stop::JointReview(2),
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县人社局",
        name: "就业服务一体化平台",
        wan: "74.50",
        items: &[("平台软件", ApplicationSoftware, "1项", "", "61.5"), ("短信与地图共用能力接入", Integration, "1项", "", "6"), ("云资源", CloudService, "1年", "7.00", "7")],
        basis: "县稳就业工作方案；省公共就业服务标准。",
        necessity: "劳动力资源库、招聘会、技能培训分散在5张表，返乡务工人员11.2万人情况不清。",
        content: "整合劳动力资源库和企业用工需求，建设岗位匹配、培训报名和补贴核验功能。",
        resources: Resources::Entries(16),
        stop: Stop::JointReview(1),
        idle: 4,
        ..USUAL
    },
    Sample {
        unit: "县农业农村局",
        name: "高标准农田建设“一张图”",
        wan: "113.00",
        items: &[("“一张图”软件定制", ApplicationSoftware, "1项", "", "76"), ("历年项目上图入库", InformationResource, "38万亩", "", "29"), ("云资源与安全", CloudService, "1项", "", "8")],
        basis: "农业农村部高标准农田建设上图入库要求。",
        necessity: "历年38万亩高标准农田项目图斑与自然资源部门不一致，重叠率约9%。",
        content: "对历年项目图斑清理上图，建设立项选址核查、建设进度和管护巡查功能，复用县级地图服务。",
        resources: Resources::Entries(14),
        custom: Some(true),
        stop: Stop::JointReview(0),
        idle: 13,
        ..USUAL
    },
    Sample {
        unit: "县市场监管局",
        name: "食品安全智慧监管系统",
        wan: "92.00",
        items: &[("监管软件", ApplicationSoftware, "1项", "", "70"), ("“互联网+明厨亮灶”接入", Integration, "180家", "0.10", "18"), ("安全测评", SecuritySoftware, "1项", "", "4")],
        basis: "省食品安全“智慧监管”三年行动；县食安办年度任务。",
        necessity: "学校食堂、养老机构食堂等180家重点单位视频分散，抽检数据人工汇总。",
        content: "建设风险分级、抽检闭环、后厨视频调阅功能，接入180家重点单位，数据汇聚市平台。",
        resources: Resources::Entries(13),
        stop: Stop::AwaitingGovernment,
        idle: 7,
        ..USUAL
    },
    Sample {
        unit: "县文旅局",
        name: "全域旅游大数据服务平台",
        wan: "158.00",
        items: &[("大数据平台定制开发", ApplicationSoftware, "1项", "", "112"), ("信令与消费数据服务", InformationResource, "2年", "14.00", "28"), ("云资源", CloudService, "2年", "9.00", "18")],
        basis: "省旅游产业高质量发展三年行动计划。",
        necessity: "全县年接待游客超1500万人次，客源、消费、停留时长均靠抽样估算。",
        content: "汇聚景区、酒店、交通和信令数据，建设客流预测、营销评估和投诉处置功能，与景区客流监测小程序共用数据。",
        resources: Resources::Entries(21),
        custom: Some(true),
        network: Some(Net::Internet),
        stop: Stop::AwaitingGovernment,
        idle: 23,
        ..USUAL
    },
    Sample {
        unit: "县公安局",
        name: "警务办公系统运维服务",
        kind: ProjectKind::Operation,
        wan: "43.20",
        items: &[("系统运维服务", Operation, "3年", "14.40", "43.2")],
        basis: "系统免费运维期届满。",
        necessity: "系统2023年建成，合同价162万元，免费运维期已于2026年8月届满。",
        content: "提供故障处理、版本升级、数据备份和驻场服务，年费占建设成本8.9%。",
        resources: Resources::NotApplicable("仅采购运维服务，不新增信息资源。"),
        operation: Some((0, "14.40", 3)),
        months: (1, 12),
        stop: Stop::Planned,
        idle: 3,
        ..USUAL
    },
    Sample {
        unit: "县审计局",
        name: "审计数据分析平台",
        wan: "58.00",
        items: &[("数据分析软件", GeneralSoftware, "1套", "42.00", "42"), ("审计模型建设", ApplicationSoftware, "20个", "0.80", "16")],
        basis: "审计署关于推进数字化审计的意见。",
        necessity: "预算单位95家，现有人员14名，全覆盖审计依赖人工抽样。",
        content: "建设数据采集、标准化、疑点模型和疑点核实功能，部署于县政务云专区。",
        resources: Resources::Unsaid,
        stop: Stop::Planned,
        idle: 9,
        ..USUAL
    },
    Sample {
        unit: "县妇联",
        name: "家庭教育服务云平台",
        wan: "17.60",
        items: &[("家庭教育课程与平台服务", ApplicationSoftware, "2年", "8.80", "17.6")],
        basis: "《家庭教育促进法》；县家庭教育工作五年规划。",
        necessity: "家长学校覆盖率63%，线下活动难以触达外出务工家长。",
        content: "购买课程与平台服务，提供预约辅导、课程学习和个案转介功能。",
        resources: Resources::Entries(2),
        network: Some(Net::Internet),
        stop: Stop::TurnedDown("planning", "disagree", "与省家庭教育公共服务平台功能重复，现有平台可免费使用，不同意列入计划。"),
        idle: 11,
        ..USUAL
    },
    Sample {
        unit: "县供销联社",
        name: "农资直供电商平台",
        wan: "88.00",
        funding: &[("县财政", County, "40"), ("自筹", SelfRaised, "48")],
        items: &[("电商平台开发", ApplicationSoftware, "1项", "", "80"), ("云资源", CloudService, "1年", "8.00", "8")],
        basis: "省供销合作社综合改革实施意见。",
        necessity: "农资进村依靠三级代理，价格透明度低。",
        content: "开发农资商城、配送和结算系统。",
        resources: Resources::Entries(6),
        custom: Some(true),
        network: Some(Net::Internet),
        stop: Stop::RefusedByGovernment,
        idle: 15,
        ..USUAL
    },
];
