//! Opinions on their way, signed ones, and a failed one.

use super::{Draft, Remark, Resources, Sample, Stop, USUAL};
use crate::domain::checklist::Verdict::{Doubt, Fail};
use crate::domain::project::{FundingLevel::*, ItemCategory::*, ProjectKind};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    Sample {
        unit: "县民政局",
        name: "区划地名地址库建设",
        kind: ProjectKind::Service,
        wan: "51.20",
        items: &[("地名地址采集与建库", InformationResource, "18.6万条", "", "51.2")],
        basis: "《地名管理条例》；省标准地址库建设规范。",
        necessity: "公安、邮政、民政三套地址不一致率23%，门牌重复、漏编影响救助和寄递。",
        content: "采集核对18.6万条地名地址，建立标准地址库，以接口方式向各部门共享。",
        resources: Resources::Entries(7),
        reviewer: Some("reviewer2"),
        stop: Stop::OpinionCheck(Draft {
            result: "pass",
            assessed: "50.40",
            summary: "建设内容完整，共享方式明确，同意实施。成果应以接口方式向公安、住建、邮政等单位无条件共享。",
            cut: "外业核查单价按市内同类项目核减0.80万元。",
        }),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县应急管理局",
        name: "危险化学品企业安全风险监测系统",
        wan: "68.00",
        funding: &[("省级安全生产专项", Superior, "30"), ("县财政", County, "38")],
        items: &[("风险监测软件", ApplicationSoftware, "1套", "47.00", "47"), ("企业数据接入", Integration, "14家", "1.50", "21")],
        basis: "“工业互联网+危化安全生产”建设应用指南。",
        necessity: "14家危化企业储罐液位、可燃气体数据未接入县级，夜间值守全靠电话抽查。",
        content: "接入14家企业监测数据，建设风险分级、报警闭环和隐患整改功能。",
        resources: Resources::Entries(11),
        reviewer: Some("reviewer"),
        remarks: &[
            Remark { item: "A09", verdict: Doubt, words: ["未给出恢复时间目标。", "明确RTO不超过4小时、RPO不超过15分钟并安排年度演练。", "办法第十条", "第七章 7.6"] },
        ],
        stop: Stop::OpinionCheck(Draft {
            result: "pass",
            assessed: "68.00",
            summary: "项目必要，技术路线成熟，数据接入范围清楚，同意实施；请在实施前补充恢复目标和演练安排。",
            cut: "",
        }),
        idle: 5,
        ..USUAL
    },
    Sample {
        unit: "县司法局",
        name: "公共法律服务一体化平台",
        wan: "57.00",
        items: &[("平台软件", ApplicationSoftware, "1套", "45.00", "45"), ("远程视频终端", TerminalDevice, "16套", "0.75", "12")],
        basis: "公共法律服务体系建设规划。",
        necessity: "16个乡镇司法所法律援助申请需到县城办理，平均跑动2次。",
        content: "建设法律援助、人民调解、公证预约功能，16个司法所配置远程视频终端，复用统一身份认证和电子印章。",
        resources: Resources::Entries(8),
        reviewer: Some("reviewer"),
        stop: Stop::OpinionSigning(Draft {
            result: "pass",
            assessed: "54.60",
            summary: "同意实施。远程视频依托县政务外网视频会议系统，不另购平台；调解数据与矛盾纠纷化解平台共享。",
            cut: "视频终端改用现有会议系统账号，核减2.40万元。",
        }),
        idle: 1,
        ..USUAL
    },
    Sample {
        unit: "县文旅局",
        name: "非物质文化遗产数字化保护",
        kind: ProjectKind::Service,
        wan: "53.60",
        items: &[("非遗项目采集与数字化", InformationResource, "67项", "0.80", "53.6")],
        basis: "省非物质文化遗产条例。",
        necessity: "县级以上非遗项目67项，传承人平均年龄64岁，影像资料完整的仅19项。",
        content: "对67项非遗开展影像采集、口述整理和数字建档，成果纳入县公共文化资源库。",
        resources: Resources::Entries(5),
        reviewer: Some("reviewer2"),
        stop: Stop::Signed(Draft {
            result: "pass",
            assessed: "53.60",
            summary: "采集标准明确，成果纳入县公共文化资源库并向社会开放，不涉及新建系统，同意实施。",
            cut: "",
        }),
        idle: 7,
        ..USUAL
    },
    Sample {
        unit: "县城管局",
        name: "智慧停车管理平台",
        wan: "95.00",
        items: &[("停车管理平台", ApplicationSoftware, "1套", "45.00", "45"), ("地磁与高位视频", TerminalDevice, "500套", "0.08", "40"), ("支付与接口对接", Integration, "1项", "", "10")],
        basis: "城市停车设施建设管理办法。",
        necessity: "城区路内泊位2100个，周转率低，停车投诉占城管热线18%。",
        content: "建设泊位管理、缴费、巡查和数据分析功能，新装500套感知设备。",
        resources: Resources::Entries(9),
        designer: "江西安视科技有限公司",
        reviewer: Some("reviewer"),
        remarks: &[
            Remark { item: "B04", verdict: Fail, words: ["立项批复建设泊位2100个，方案仅500个，投资未相应调减。", "按批复规模编制方案，或先报发改委调整批复。", "办法第八条", "附件2"] },
            Remark { item: "G05", verdict: Fail, words: ["停车数据拟由平台公司独家运营，未向市数据共享交换平台汇聚。", "明确数据归县政府所有，免费实时汇聚。", "办法第十一条", "第六章 6.1"] },
            Remark { item: "G07", verdict: Fail, words: ["合同草案约定数据归运营公司所有。", "修改合同草案条款。", "办法第十一条", "附件9"] },
            Remark { item: "B12", verdict: Doubt, words: ["验收小组仅列2人。", "验收小组不少于3人，并明确付款与验收挂钩。", "办法第十二条", "第十章 10.1"] },
        ],
        stop: Stop::Signed(Draft {
            result: "fail",
            assessed: "0",
            summary: "方案与立项批复规模不一致，数据归属和汇聚方式不符合规定，技术评审不通过。请按整改意见修改后重新报送。",
            cut: "",
        }),
        idle: 9,
        ..USUAL
    },
];
