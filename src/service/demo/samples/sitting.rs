//! Projects on the agenda of today's meeting that are not found at other steps; all invented.

use super::super::sitting::{PLACE, Session};
use super::panel::{ASKED, Tale};
use super::{Resources, Sample, Stop, USUAL};
use crate::domain::project::{FundingLevel::*, ItemCategory::*};

/// The samples.
#[rustfmt::skip]
pub const SAMPLES: &[Sample] = &[
    // Large enough for a panel of seven; its turn has not come yet.
    Sample {
        unit: "县行政审批局",
        name: "县域政务服务一体化平台",
        wan: "586.00",
        funding: &[("省级数字政府专项", Superior, "260"), ("县财政", County, "326")],
        items: &[
            ("一体化平台软件", ApplicationSoftware, "1套", "386.00", "386"),
            ("部门系统对接", Integration, "25个", "6.00", "150"),
            ("事项数据治理", InformationResource, "1项", "50.00", "50"),
        ],
        basis: "国务院关于加快推进政务服务标准化规范化便利化的指导意见。",
        necessity: "25个部门窗口系统各自登录、重复录入，2026年群众平均跑动1.8次，办件数据不能实时汇总。",
        content: "统一受理、统一身份、统一办件库，对接25个部门系统，数据汇聚至县大数据平台，部署于政务云。",
        resources: Resources::Entries(64),
        custom: Some(true),
        operation: Some((36, "28", 3)),
        reviewer: Some("reviewer2"),
        panel: Some(Tale {
            members: &["Z001", "Z002", "Z003", "Z004", "Z007", "Z010", "Z014"],
            confirmed: true,
            meeting: Some(Session::Today),
            ..ASKED
        }),
        stop: Stop::Reviewing(0),
        ..USUAL
    },
    // Heard first, and passed with every vote.
    Sample {
        unit: "县林业局",
        name: "林长制智慧管护平台",
        wan: "142.00",
        funding: &[("省级林业专项", Superior, "60"), ("县财政", County, "82")],
        items: &[("管护平台软件", ApplicationSoftware, "1套", "92.00", "92"), ("护林员终端接入", Integration, "200个", "0.25", "50")],
        basis: "江西省林长制条例。",
        necessity: "312名护林员巡护靠纸质日志，2026年火情平均发现用时47分钟。",
        content: "建设巡护、火情上报、资源一张图功能，接入200个巡护终端，复用市级遥感底图。",
        resources: Resources::Entries(14),
        reviewer: Some("reviewer"),
        panel: Some(Tale {
            members: &["Z010", "Z002", "Z020", "Z021", "Z005"],
            confirmed: true,
            meeting: Some(Session::Today),
            votes: &[
                ("pass", "复用市级底图，边界清楚。", ""),
                ("pass", "终端认证和数据分级合理。", ""),
                ("pass", "造价有依据。", ""),
                ("pass", "能缩短火情发现时间。", ""),
                ("pass", "架构简洁，便于运维。", ""),
            ],
            place: PLACE,
            conclusion: Some(("pass", "专家组一致认为方案可行，同意通过论证。")),
            ..ASKED
        }),
        stop: Stop::Reviewing(0),
        ..USUAL
    },
];
