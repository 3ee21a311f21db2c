//! On the reviewers' desks, some answered in part, one in its second round, one sent back.

use super::{Draft, Remark, Resources, Sample, Stop, USUAL};
use crate::domain::checklist::Verdict::{Doubt, Fail};
use crate::domain::project::{FundingLevel::*, ItemCategory::*, ProjectKind};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县行政审批局",
        name: "政务服务大厅智能导办系统",
        wan: "69.00",
        items: &[("智能导办软件", ApplicationSoftware, "1套", "39.00", "39"), ("自助终端", TerminalDevice, "6台", "5.00", "30")],
        basis: "省政务服务“标准化、规范化、便利化”要求。",
        necessity: "大厅日均办件1450件，咨询台平均等候11分钟，首次材料齐全率仅64%。",
        content: "建设导办问答、表单预填、材料预审功能，配置6台自助终端，知识库由各窗口单位维护。",
        resources: Resources::Entries(9),
        reviewer: Some("reviewer"),
        stop: Stop::Reviewing(0),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县人社局",
        name: "农民工工资支付监测预警系统",
        wan: "55.50",
        items: &[("监测预警软件", ApplicationSoftware, "1套", "46.50", "46.5"), ("银行接口对接", Integration, "6家", "1.50", "9")],
        basis: "《保障农民工工资支付条例》。",
        necessity: "在建工程142个，2026年受理欠薪投诉387件，工资专户流水每月人工核对。",
        content: "建设实名制考勤、专户流水、欠薪预警功能，与6家银行和住建系统对接。",
        resources: Resources::Entries(12),
        reviewer: Some("reviewer2"),
        remarks: &[
            Remark { item: "B06", verdict: Fail, words: ["省级已建农民工工资支付监管平台，方案未说明与其关系。", "说明省平台不能满足的功能，逐项列出接口，避免重复建设。", "办法第三条", "第三章 3.1"] },
        ],
        stop: Stop::Reviewing(40),
        idle: 7,
        ..USUAL
    },
    Sample {
        unit: "县教育局",
        name: "校园安全视频整合接入",
        kind: ProjectKind::Rebuild,
        wan: "76.00",
        items: &[("视频接入改造", Integration, "84所", "0.65", "54.6"), ("视频管理软件扩容", ApplicationSoftware, "1项", "", "21.4")],
        basis: "中小学幼儿园安全防范要求国家标准。",
        necessity: "84所学校3100路视频分属5个厂商，县级调阅成功率58%。",
        content: "统一接入标准，将84所学校视频经县政务外网接入公安视频共享平台，不新建存储。",
        resources: Resources::Entries(4),
        operation: Some((24, "4.80", 3)),
        stop: Stop::Reviewing(0),
        idle: 3,
        ..USUAL
    },
    Sample {
        unit: "县水利局",
        name: "小型水库智慧管理平台",
        wan: "142.00",
        funding: &[("中央水利发展资金", Superior, "100"), ("县财政", County, "42")],
        items: &[("水库管理平台", ApplicationSoftware, "1项", "", "78"), ("雨水情与安全监测终端", TerminalDevice, "64座", "0.85", "54.4"), ("云资源", CloudService, "1年", "9.60", "9.6")],
        basis: "水利部小型水库雨水情测报和大坝安全监测设施建设要求。",
        necessity: "128座小型水库中64座无自动监测，汛期靠人工每2小时报送。",
        content: "为64座水库加装监测终端，建设雨水情、大坝安全、巡查和调度功能，与山洪预警平台共用站点数据。",
        resources: Resources::Entries(20),
        custom: Some(true),
        stop: Stop::Reviewing(0),
        idle: 18,
        ..USUAL
    },
    Sample {
        unit: "县农业农村局",
        name: "农产品质量安全追溯平台",
        wan: "63.80",
        items: &[("追溯平台软件", ApplicationSoftware, "1项", "", "49.8"), ("快检数据接入", Integration, "28个", "0.50", "14")],
        basis: "《农产品质量安全法》；县农产品质量安全示范县创建方案。",
        necessity: "生产主体860家，承诺达标合格证开具率52%，问题产品无法溯源到地块。",
        content: "建设主体名录、合格证、快检、巡查和追溯查询功能，数据汇聚市数据共享交换平台。",
        resources: Resources::Entries(15),
        designer: "江西农信通科技有限公司",
        reviewer: Some("reviewer"),
        remarks: &[
            Remark { item: "K08", verdict: Fail, words: ["与国家农产品质量安全追溯信息平台功能重叠约80%，方案未作比对。", "改为国家平台县级应用加本地补充功能，提交功能对照表。", "办法第三条", "第四章 4.1"] },
            Remark { item: "G05", verdict: Fail, words: ["数据按月导出上报，不满足实时汇聚要求，且列支接口费6万元。", "改为接口方式免费实时汇聚，核减接口费。", "办法第十一条", "第六章 6.2"] },
            Remark { item: "A05", verdict: Doubt, words: ["采集农户身份证照片，未说明必要性。", "改为身份核验结果，不留存证件影像。", "办法第七条", "第七章 7.4"] },
        ],
        stop: Stop::SecondRound(Draft {
            result: "fail",
            assessed: "0",
            summary: "方案与国家平台功能高度重叠，数据汇聚方式不符合规定，存在两项否决问题，技术评审不通过。请按国家平台县级应用重新编制方案后再次报送。",
            cut: "",
        }, 60),
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县交通运输局",
        name: "城乡公交智能调度系统",
        wan: "72.40",
        items: &[("调度软件", ApplicationSoftware, "1套", "44.40", "44.4"), ("车载终端", TerminalDevice, "140台", "0.20", "28")],
        basis: "城乡公交一体化实施方案。",
        necessity: "公交车140台，发车间隔靠人工排班，准点率71%，学生高峰期滞站投诉较多。",
        content: "建设智能排班、到站预报、客流统计功能，为140台车更换车载终端。",
        resources: Resources::Entries(10),
        reviewer: Some("reviewer"),
        remarks: &[
            Remark { item: "B09", verdict: Doubt, words: ["运维年费8.5万元，占建设成本11.7%，超过规定比例且未说明理由。", "年费控制在7.2万元以内，或说明理由报中心负责人同意。", "办法第九条", "第八章 8.3"] },
        ],
        operation: Some((12, "8.50", 3)),
        stop: Stop::SentBack(
            Draft {
                result: "pass",
                assessed: "70.00",
                summary: "方案总体可行，同意按核定额实施，运维年费请按规定比例控制。",
                cut: "车载终端按近期同型号成交价核减2.40万元。",
            },
            "运维年费超出比例的问题仅写“请控制”，结论依据不足；请与建设单位核实后明确年费上限，并补充车载终端成交价来源，重新拟定。",
        ),
        idle: 2,
        ..USUAL
    },
    Sample {
        unit: "县卫健委",
        name: "医疗废物在线监管系统运维",
        kind: ProjectKind::Operation,
        wan: "51.00",
        items: &[("系统运维服务", Operation, "3年", "17.00", "51")],
        basis: "系统免费运维期届满；医疗废物管理条例。",
        necessity: "系统2023年建成，合同价171万元，覆盖26家医疗机构，免费运维期已届满。",
        content: "提供系统维护、称重终端巡检和数据上报保障，年费占建设成本9.9%，合同期3年。",
        resources: Resources::NotApplicable("仅采购运维服务，目录沿用建设期成果，不新增信息资源。"),
        operation: Some((0, "17.00", 3)),
        months: (1, 12),
        stop: Stop::Reviewing(0),
        idle: 10,
        ..USUAL
    },
];
