//! What a unit declares about a project: the form of the regulation's attachment and what a complete record adds.

use chrono::NaiveDate;

use crate::domain::calendar::YearMonth;
use crate::domain::money::Money;
use crate::domain::vocabulary::vocabulary;

vocabulary!(
    /// 建设性质 — what kind of undertaking a project is.
    ProjectKind {
        /// 新建.
        New = "new",
        /// 改建.
        Rebuild = "rebuild",
        /// 扩建.
        Expand = "expand",
        /// 运维.
        Operation = "operation",
        /// 购买服务.
        Service = "service",
    }
);

vocabulary!(
    /// Where a part of the money comes from 〔第二条〕.
    FundingLevel {
        /// County budget.
        County = "county",
        /// 上级补助.
        Superior = "superior",
        /// 自筹.
        SelfRaised = "self-raised",
    }
);

vocabulary!(
    /// What a line of the list of contents is 〔第二条〕.
    ItemCategory {
        /// 服务器.
        Server = "server",
        /// 存储设备.
        Storage = "storage",
        /// 网络设备.
        Network = "network",
        /// 安全设备.
        Security = "security",
        /// 基础软件.
        BasicSoftware = "basic-software",
        /// 通用软件.
        GeneralSoftware = "general-software",
        /// 应用软件.
        ApplicationSoftware = "application-software",
        /// 信息安全软件.
        SecuritySoftware = "security-software",
        /// 系统集成.
        Integration = "integration",
        /// 信息资源.
        InformationResource = "information-resource",
        /// 运维.
        Operation = "operation",
        /// 云服务.
        CloudService = "cloud-service",
        /// 机房.
        MachineRoom = "machine-room",
        /// 专线、专网.
        DedicatedLine = "dedicated-line",
        /// 终端设备.
        TerminalDevice = "terminal-device",
        /// 其他.
        Other = "other",
    }
);

impl ItemCategory {
    /// Tells whether the line is equipment rather than software or service.
    pub const fn is_hardware(self) -> bool {
        matches!(
            self,
            ItemCategory::Server
                | ItemCategory::Storage
                | ItemCategory::Network
                | ItemCategory::Security
                | ItemCategory::MachineRoom
                | ItemCategory::TerminalDevice
        )
    }
}

vocabulary!(
    /// Why a line lies outside the regulation 〔第二条〕.
    Exclusion {
        /// 零散购置.
        Sporadic = "sporadic",
        /// 土建工程.
        CivilWorks = "civil-works",
        /// 普通装修.
        Decoration = "decoration",
        /// 专业领域设备.
        SpecialEquipment = "special-equipment",
    }
);

vocabulary!(
    /// Where the system will run 〔第十条〕.
    Deployment {
        /// 政务云.
        GovernmentCloud = "government-cloud",
        /// 托管.
        Hosted = "hosted",
        /// 租用.
        Leased = "leased",
        /// 自建机房.
        OwnMachineRoom = "own-machine-room",
    }
);

vocabulary!(
    /// Which network the system will use 〔第十条〕.
    Network {
        /// 政务外网.
        GovernmentExtranet = "government-extranet",
        /// 专网.
        Private = "private",
        /// 互联网.
        Internet = "internet",
    }
);

vocabulary!(
    /// Why a project is added in the running year 〔第六条〕.
    InYearReason {
        /// 上级要求.
        Superior = "superior",
        /// 其他特殊原因.
        Other = "other",
    }
);

/// One source of money and its share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingLine {
    /// The source as written, such as 县财政.
    pub source: String,
    /// Which level it is.
    pub level: FundingLevel,
    /// Its share.
    pub amount: Money,
}

/// One line of the list of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineItem {
    /// What is bought or built.
    pub name: String,
    /// What kind of thing it is.
    pub category: ItemCategory,
    /// How many, as written.
    pub quantity: Option<String>,
    /// The price of one.
    pub unit_price: Option<Money>,
    /// The price of the line.
    pub amount: Money,
    /// Why the line lies outside the regulation, where it does.
    pub excluded: Option<Exclusion>,
}

/// 信息资源目录 — the condition of every approval 〔第十一条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceCatalogue {
    /// A catalogue with so many entries.
    Entries(u32),
    /// 不涉及信息资源声明, with its reason.
    NotApplicable(String),
}

impl ResourceCatalogue {
    /// Tells whether the condition of 〔第十一条〕 is met: entries, or a reasoned statement that there are none.
    pub fn is_sufficient(&self) -> bool {
        match self {
            ResourceCatalogue::Entries(entries) => *entries > 0,
            ResourceCatalogue::NotApplicable(reason) => !reason.trim().is_empty(),
        }
    }
}

/// A project added in the running year 〔第六条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InYearAddition {
    /// Why.
    pub reason: InYearReason,
    /// The superior document's number.
    pub doc_no: Option<String>,
    /// The reason in words.
    pub explanation: String,
    /// Whether the 项目资金需求 is attached.
    pub funding_request: bool,
    /// Whether the 项目建设方案 is attached.
    pub construction_plan: bool,
}

/// Operation and maintenance after delivery 〔第九条〕.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationPlan {
    /// Months of free maintenance.
    pub free_months: u32,
    /// Yearly price afterwards.
    pub per_year: Money,
    /// Years contracted.
    pub years: u32,
    /// The cost of building, the denominator of the 6–10 % rule.
    pub build_cost: Option<Money>,
}

/// Everything a unit declares. Only name and amount are needed for a draft; what an action needs is asked for there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declaration {
    /// 项目名称.
    pub name: String,
    /// The plan year the project is meant for.
    pub plan_year: Option<i32>,
    /// 建设性质.
    pub kind: Option<ProjectKind>,
    /// First month of 项目起始时间.
    pub start: Option<YearMonth>,
    /// Last month of 项目起始时间.
    pub end: Option<YearMonth>,
    /// 项目投资额.
    pub amount: Money,
    /// 资金来源.
    pub funding: Vec<FundingLine>,
    /// 建设依据和标准.
    pub basis: String,
    /// 建设的必要性.
    pub necessity: String,
    /// 建设内容简介.
    pub content: String,
    /// 主管单位意见.
    pub supervisor_opinion: Option<String>,
    /// 单位分管领导.
    pub leader: String,
    /// 填报联系人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// 填报日期.
    pub filed_on: Option<NaiveDate>,
    /// 是否定制开发; `None` while nobody said.
    pub custom_development: Option<bool>,
    /// 方案编制单位.
    pub designer: Option<String>,
    /// Set for a project added in the running year.
    pub in_year: Option<InYearAddition>,
    /// The list of contents.
    pub items: Vec<LineItem>,
    /// 信息资源目录.
    pub catalogue: Option<ResourceCatalogue>,
    /// 目录条目名称, where they were given: never more than the catalogue has entries.
    pub catalogue_names: Vec<String>,
    /// Where the system will run.
    pub deployment: Option<Deployment>,
    /// Which network it will use.
    pub network: Option<Network>,
    /// 运维安排.
    pub operation: Option<OperationPlan>,
}

impl Declaration {
    /// Tells the sum of the funding lines.
    pub fn funding_sum(&self) -> Money {
        self.funding.iter().map(|line| line.amount).sum()
    }

    /// Tells whether the names of the catalogue contradict it: names without a catalogue, or more than it has entries.
    pub fn contradicts_catalogue(&self) -> bool {
        let entries = match &self.catalogue {
            Some(ResourceCatalogue::Entries(entries)) => usize::try_from(*entries).unwrap_or(usize::MAX),
            Some(ResourceCatalogue::NotApplicable(_)) | None => 0,
        };
        self.catalogue_names.len() > entries
    }

    /// Tells the declared money that the regulation covers, excluded lines left out 〔第二条〕.
    pub fn managed_amount(&self) -> Money {
        let excluded: Money = self.items.iter().filter(|item| item.excluded.is_some()).map(|item| item.amount).sum();
        self.amount.saturating_sub(excluded)
    }
}
