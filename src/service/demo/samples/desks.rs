//! On the units' own desks: to be handed in, to be asked approval for, to be revised; and one whose filing was refused.

use super::after::After::*;
use super::{Draft, Remark, Resources, Sample, Stop, USUAL};
use crate::domain::checklist::Verdict::{Doubt, Fail};
use crate::domain::project::{FundingLevel::*, ItemCategory::*, Network as Net, ProjectKind};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县卫健委",
        name: "妇幼健康全程服务管理系统",
        wan: "63.40",
        funding: &[("省级妇幼健康补助", Superior, "20"), ("县财政", County, "43.4")],
        items: &[("妇幼健康管理软件", ApplicationSoftware, "1套", "51.40", "51.4"), ("助产机构数据接入", Integration, "12家", "1.00", "12")],
        basis: "母婴安全行动提升计划；省妇幼健康信息标准。",
        necessity: "年建册孕产妇3100人，12家助产机构档案不互通，高危孕产妇转诊信息靠电话传递。",
        content: "建设孕产妇建册、高危管理、儿童保健和转诊协同功能，接入12家助产机构，与省妇幼平台对接。",
        resources: Resources::Entries(12),
        stop: Stop::Planned,
        idle: 5,
        ..USUAL
    },
    Sample {
        unit: "县委网信办",
        name: "政务网站和新媒体安全监测服务",
        kind: ProjectKind::Service,
        wan: "36.00",
        items: &[("安全监测服务", SecuritySoftware, "2年", "18.00", "36")],
        basis: "党委（党组）网络安全工作责任制实施办法。",
        necessity: "全县政务网站和新媒体账号187个，2026年通报篡改、错链事件9起，均由上级先行发现。",
        content: "购买7×24小时可用性、篡改、错链和内容安全监测服务，监测结果按月通报。",
        resources: Resources::NotApplicable("购买监测服务，不新增业务信息资源。"),
        network: Some(Net::Internet),
        stop: Stop::Planned,
        idle: 8,
        ..USUAL
    },
    Sample {
        unit: "县住建局",
        name: "城市排水管网监测系统",
        wan: "84.00",
        funding: &[("超长期特别国债", Superior, "60"), ("县财政", County, "24")],
        items: &[("管网监测软件", ApplicationSoftware, "1套", "39.00", "39"), ("液位、流量监测点接入", Integration, "90处", "0.50", "45")],
        basis: "住房和城乡建设部关于推进城市基础设施生命线安全工程的指导意见。",
        necessity: "城区易涝点11处，2026年汛期内涝预警平均滞后40分钟。",
        content: "接入90处液位、流量监测点，建设内涝预警、泵站联动和管网台账功能，与应急、水利部门共享。",
        resources: Resources::Entries(9),
        approved: Some("82.00"),
        stop: Stop::Approved,
        idle: 9,
        ..USUAL
    },
    Sample {
        unit: "县司法局",
        name: "行政复议办案辅助系统",
        wan: "50.80",
        items: &[("办案辅助软件", ApplicationSoftware, "1套", "50.80", "50.8")],
        basis: "《行政复议法》。",
        necessity: "年受理行政复议案件143件，较修法前增长1.8倍，办案人员4名。",
        content: "建设案件登记、类案检索、文书生成和期限提醒功能。",
        resources: Resources::Entries(3),
        reviewer: Some("reviewer2"),
        remarks: &[
            Remark { item: "K08", verdict: Fail, words: ["司法部全国行政复议工作平台已提供登记、文书、期限提醒功能，重叠约85%。", "仅保留类案检索等本地补充功能，其余使用全国平台。", "办法第三条", "第四章 4.2"] },
            Remark { item: "A05", verdict: Doubt, words: ["未说明申请人身份信息的留存期限。", "补充数据分类分级和留存期限。", "办法第七条", "第七章 7.2"] },
        ],
        stop: Stop::Signed(Draft {
            result: "fail",
            assessed: "0",
            summary: "与全国平台功能高度重叠，不符合避免重复建设的原则，技术评审不通过。请按本地补充功能重新编制方案。",
            cut: "",
        }),
        idle: 6,
        ..USUAL
    },
    Sample {
        unit: "岩瑞镇人民政府",
        name: "集镇污水处理站远程监控",
        kind: ProjectKind::Expand,
        wan: "15.80",
        items: &[("远程监控软件与数据接入", Integration, "5处", "3.16", "15.8")],
        basis: "农村生活污水治理攻坚实施方案。",
        necessity: "5处污水处理站无人值守，2026年两次停运超过三天才被发现。",
        content: "接入5处污水处理站流量、电耗和水质数据，建设停运报警功能，数据汇聚县水利局平台。",
        resources: Resources::Entries(2),
        stop: Stop::Planned,
        idle: 3,
        ..USUAL
    },
    Sample {
        unit: "横街镇人民政府",
        name: "镇村应急广播补点扩容",
        kind: ProjectKind::Expand,
        wan: "13.20",
        items: &[("应急广播终端接入服务", Integration, "22处", "0.60", "13.2")],
        basis: "全国应急广播体系建设总体规划。",
        necessity: "22个自然村广播覆盖不到，2026年6月暴雨转移通知靠逐户敲门。",
        content: "新增22处应急广播终端，接入县应急广播平台，不另建播控系统。",
        resources: Resources::NotApplicable("接入县级平台，不产生新的信息资源。"),
        stop: Stop::Drafted,
        idle: 4,
        ..USUAL
    },
    Sample {
        unit: "县教育局电化教育站",
        name: "教师智能研修空间服务",
        kind: ProjectKind::Service,
        wan: "28.00",
        items: &[("研修空间平台服务", CloudService, "2年", "14.00", "28")],
        basis: "教育部关于实施国家优秀中小学教师培养计划和教师数字素养标准。",
        necessity: "全县教师5600人，集中研修每年人均仅1.4次，乡村教师占六成。",
        content: "购买研修空间服务，提供课例研磨、同课异构和研修学时管理，对接国家智慧教育平台账号。",
        resources: Resources::Entries(2),
        stop: Stop::Planned,
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县人社局",
        name: "零工市场求职小程序",
        wan: "32.00",
        items: &[("小程序定制开发", ApplicationSoftware, "1项", "", "32")],
        basis: "人力资源社会保障部关于加强零工市场建设的意见。",
        necessity: "城区零工日均聚集420人，用工信息靠口头传递，欠薪纠纷缺少凭据。",
        content: "定制开发零工求职、用工发布、务工登记和评价功能。",
        resources: Resources::Entries(4),
        custom: Some(true),
        network: Some(Net::Internet),
        stop: Stop::SmallRoute,
        then: &[NotFiled("面向公众发布信息的小程序未落实内容审核责任人和应急处置预案，且与省就业服务小程序功能重复，不予备案。")],
        idle: 10,
        ..USUAL
    },
];
