//! The names of what a unit declares.

use crate::domain::project::{Deployment, Exclusion, FundingLevel, InYearReason, ItemCategory, Network, ProjectKind};

/// Names a kind of project.
pub const fn project_kind(kind: ProjectKind) -> &'static str {
    match kind {
        ProjectKind::New => "新建",
        ProjectKind::Rebuild => "改建",
        ProjectKind::Expand => "扩建",
        ProjectKind::Operation => "运维",
        ProjectKind::Service => "购买服务",
    }
}

/// Names a level of funding.
pub const fn funding_level(level: FundingLevel) -> &'static str {
    match level {
        FundingLevel::County => "县级财政",
        FundingLevel::Superior => "上级补助",
        FundingLevel::SelfRaised => "自筹",
    }
}

/// Names a category of the list of contents.
pub const fn item_category(category: ItemCategory) -> &'static str {
    match category {
        ItemCategory::Server => "服务器",
        ItemCategory::Storage => "存储设备",
        ItemCategory::Network => "网络设备",
        ItemCategory::Security => "安全设备",
        ItemCategory::BasicSoftware => "基础软件",
        ItemCategory::GeneralSoftware => "通用软件",
        ItemCategory::ApplicationSoftware => "应用软件",
        ItemCategory::SecuritySoftware => "信息安全软件",
        ItemCategory::Integration => "系统集成",
        ItemCategory::InformationResource => "信息资源",
        ItemCategory::Operation => "运维服务",
        ItemCategory::CloudService => "云服务",
        ItemCategory::MachineRoom => "机房",
        ItemCategory::DedicatedLine => "专线专网",
        ItemCategory::TerminalDevice => "终端设备",
        ItemCategory::Other => "其他",
    }
}

/// Names a reason to leave a line out.
pub const fn exclusion(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Sporadic => "零散购置",
        Exclusion::CivilWorks => "土建工程",
        Exclusion::Decoration => "普通装修",
        Exclusion::SpecialEquipment => "专业领域设备",
    }
}

/// Names a way to deploy.
pub const fn deployment(deployment: Deployment) -> &'static str {
    match deployment {
        Deployment::GovernmentCloud => "政务云",
        Deployment::Hosted => "集中托管",
        Deployment::Leased => "租用",
        Deployment::OwnMachineRoom => "自建机房",
    }
}

/// Names a network.
pub const fn network(network: Network) -> &'static str {
    match network {
        Network::GovernmentExtranet => "政务外网",
        Network::Private => "专网",
        Network::Internet => "互联网",
    }
}

/// Names a reason for an addition in the running year.
pub const fn in_year_reason(reason: InYearReason) -> &'static str {
    match reason {
        InYearReason::Superior => "上级要求",
        InYearReason::Other => "其他特殊原因",
    }
}
