//! In use, being evaluated, in the archive.

use super::after::After::*;
use super::{Draft, Resources, Sample, Stop, USUAL};
use crate::domain::project::{FundingLevel::*, InYearReason, ItemCategory::*, Network as Net, ProjectKind};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县退役军人事务局",
        name: "退役军人优待证协同办理系统",
        wan: "31.50",
        items: &[("协同办理软件", ApplicationSoftware, "1套", "27.00", "27"), ("短信与核验服务接入", Integration, "1项", "", "4.5")],
        basis: "退役军人事务部优待证管理办法。",
        necessity: "应办证2.3万人，银行制卡与村（社区）发放两头脱节，2025年错发漏发67张。",
        content: "建设申领、制卡、发放、补换全程跟踪功能，与退役军人服务档案共用人员库。",
        resources: Resources::Entries(4),
        in_year: Some((InYearReason::Superior, "赣退役军人发〔2025〕31号", "省厅部署的优待证集中换发工作，须在本年度完成。")),
        months: (10, 4),
        stop: Stop::SmallRoute,
        then: &[
            Filed, Entered, RequirementFixed, Procuring("e-mall", "电子卖场竞价", "31.50"), Contracted("江西赣数信息技术有限公司", "30.80", "12", "1.80"), Paid("advance", "9.24"),
            Started, OnTrial, AcceptanceRequested, Accepted("蒋卫平|县退役军人事务局|组长\n张伟|县大数据发展服务中心|成员\n吴小兵|县财政局|成员"), Live, Paid("remaining", "21.56"),
        ],
        idle: 62,
        ..USUAL
    },
    Sample {
        unit: "县水利局",
        name: "河湖长制巡查信息系统",
        wan: "64.00",
        funding: &[("中央水利发展资金", Superior, "40"), ("县财政", County, "24")],
        items: &[("巡查信息软件", ApplicationSoftware, "1套", "52.00", "52"), ("水质断面数据接入", Integration, "15个", "0.80", "12")],
        basis: "水利部关于强化河湖长制建设幸福河湖的指导意见。",
        necessity: "县乡村三级河湖长412名，巡河记录补填率31%，问题整改平均21天。",
        content: "建设巡河打卡、问题交办、水质断面联动功能，15个断面数据与生态环境局共享。",
        resources: Resources::Entries(12),
        operation: Some((24, "3.80", 3)),
        reviewer: Some("reviewer"),
        stop: Stop::Signed(Draft {
            result: "pass",
            assessed: "62.50",
            summary: "功能与河湖长制考核要求对应，数据共享方式明确，同意实施。",
            cut: "断面数据由生态环境局现有接口提供，核减1.50万元。",
        }),
        then: &[
            SentToFiling, Filed, Entered, RequirementFixed, Procuring("central", "竞争性磋商", "62.50"), Contracted("江西云桥数据科技有限公司", "61.20", "24", "3.60"),
            Paid("advance", "18.36"), Started, OnTrial, AcceptanceRequested,
            Accepted("余文斌|县水利局|组长\n李娜|县大数据发展服务中心|成员\n徐长河|南昌工程学院|专家\n童敏|县财政局|成员"), Paid("milestone", "30.60"), Live, EvaluationRequested,
        ],
        idle: 12,
        ..USUAL
    },
    Sample {
        unit: "县教育局",
        name: "义务教育阳光招生平台",
        kind: ProjectKind::Expand,
        wan: "56.00",
        items: &[("招生报名与审核功能扩展", ApplicationSoftware, "1项", "", "46"), ("户籍、不动产数据核验接入", Integration, "5个", "2.00", "10")],
        basis: "教育部关于做好普通中小学招生入学工作的通知。",
        necessity: "每年小学、初中招生2.1万人，家长提交纸质材料平均7份，审核窗口排队超过3小时。",
        content: "在现有平台上扩展网上报名、材料免提交核验、派位公示功能，对接公安、自然资源等5个部门数据。",
        resources: Resources::Entries(11),
        network: Some(Net::Internet),
        reviewer: Some("reviewer2"),
        stop: Stop::Signed(Draft {
            result: "pass",
            assessed: "54.50",
            summary: "以数据核验代替材料提交，方案可行，同意实施；学生信息应脱敏展示。",
            cut: "派位算法模块为现有平台功能，核减1.50万元。",
        }),
        then: &[
            SentToFiling, Filed, Entered, RequirementFixed, Procuring("central", "公开招标", "54.50"), Contracted("江西慧教科技有限公司", "53.20", "12", "3.10"),
            Paid("advance", "15.96"), Started, OnTrial, AcceptanceRequested,
            Accepted("汪海燕|县教育局|组长\n张伟|县大数据发展服务中心|成员\n陈志刚|江西师范大学|专家"), Live, Paid("remaining", "37.24"), EvaluationRequested,
            Evaluated("finance", "76", "中", "学区调整后的地址库未及时更新，1260条报名需人工复核\n满意度调查回收率不足三成"),
        ],
        idle: 6,
        ..USUAL
    },
    Sample {
        unit: "县卫健委",
        name: "县域影像诊断结果互认系统",
        wan: "88.50",
        funding: &[("上级补助", Superior, "50"), ("县财政", County, "38.5")],
        items: &[("影像互认软件", ApplicationSoftware, "1套", "58.50", "58.5"), ("医疗机构影像接入", Integration, "20家", "1.50", "30")],
        basis: "国家卫健委关于推进医疗机构检查检验结果互认的指导意见。",
        necessity: "20家医疗机构影像数据不通，县域内重复检查率约14%，群众年多支出约430万元。",
        content: "建设影像归档、调阅、互认提醒功能，接入20家医疗机构，与省影像云对接。",
        resources: Resources::Entries(13),
        operation: Some((24, "5.20", 3)),
        reviewer: Some("reviewer"),
        stop: Stop::Signed(Draft {
            result: "pass",
            assessed: "86.00",
            summary: "利用省影像云存储，不新增存储设备，同意实施；互认率应作为绩效指标。",
            cut: "乡镇卫生院影像接入按标准接口核定，核减2.50万元。",
        }),
        then: &[
            SentToFiling, Filed, Entered, RequirementFixed, Procuring("central", "公开招标", "86.00"), Contracted("江西医信信息技术有限公司", "84.60", "24", "5.00"),
            Paid("advance", "25.38"), Started, OnTrial, AcceptanceRequested,
            Accepted("何俊杰|县卫健委|组长\n张伟|县大数据发展服务中心|成员\n方文彬|南昌大学第一附属医院|专家\n胡秀兰|县医保局|成员"), Live, Paid("remaining", "59.22"), EvaluationRequested,
            Evaluated("lead", "83", "良", "3家卫生院影像上传延迟超过24小时"), Rectified("已更换3家卫生院前置服务，近15日上传时延均在30分钟内。"),
            Evaluated("lead", "91", "优", ""),
        ],
        idle: 3,
        ..USUAL
    },
    Sample {
        unit: "横街镇人民政府",
        name: "集镇停车诱导与秩序管理软件",
        wan: "18.90",
        items: &[("停车诱导软件", GeneralSoftware, "1套", "18.90", "18.9")],
        basis: "美丽集镇建设方案。",
        necessity: "集镇赶圩日车流约2200辆，主街占道停放投诉年均140件。",
        content: "采购成品停车诱导软件，接入集镇现有3处停车场余位数据，通过微信公众号发布。",
        resources: Resources::Entries(2),
        network: Some(Net::Internet),
        stop: Stop::SmallRoute,
        then: &[
            Filed, Entered, RequirementFixed, Procuring("e-mall", "电子卖场直购", "18.90"), Contracted("江西安视科技有限公司", "18.50", "12", "1.00"),
            Started, AcceptanceRequested, Accepted("毛丽华|横街镇人民政府|组长\n李娜|县大数据发展服务中心|成员\n郑强|县城管局|成员"), Paid("remaining", "18.50"), Live,
            EvaluationRequested, Evaluated("planning", "88", "良", ""), Archived,
        ],
        idle: 96,
        ..USUAL
    },
    Sample {
        unit: "县民政局",
        name: "社会救助家庭经济状况核对系统升级",
        kind: ProjectKind::Rebuild,
        wan: "61.20",
        items: &[("核对业务软件升级", ApplicationSoftware, "1项", "", "47.2"), ("部门与银行数据接入改造", Integration, "14个", "1.00", "14")],
        basis: "民政部关于进一步加强社会救助家庭经济状况核对工作的通知。",
        necessity: "在保低保、特困对象1.58万人，原系统2018年建成，只能逐户发函核对，平均12个工作日。",
        content: "升级核对委托、数据比对、报告生成功能，改造14个部门和银行接口，存量系统整体迁移至县数据中心机房。",
        resources: Resources::Entries(10),
        operation: Some((12, "3.50", 3)),
        reviewer: Some("reviewer2"),
        stop: Stop::Signed(Draft {
            result: "pass",
            assessed: "59.70",
            summary: "授权核对流程合规，迁移方案可行，同意实施。",
            cut: "银行接口由省级统一提供，核减1.50万元。",
        }),
        then: &[
            SentToFiling, Filed, Entered, RequirementFixed, Procuring("central", "竞争性磋商", "59.70"), Contracted("上饶市数智民政科技有限公司", "58.00", "12", "3.40"),
            Paid("advance", "17.40"), Started, OnTrial, AcceptanceRequested,
            Accepted("刘春花|县民政局|组长\n张伟|县大数据发展服务中心|成员\n彭雪梅|县审计局|成员\n黎明|江西财经大学|专家\n周正|县财政局|成员"), Live, Paid("remaining", "40.60"),
            EvaluationRequested, Evaluated("finance", "93", "优", ""), Archived,
        ],
        idle: 58,
        ..USUAL
    },
];
