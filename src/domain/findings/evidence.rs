//! Why something was found: the rows, dates, amounts and words used, each a typed fact.
//!
//! Facts are put into words elsewhere. Here they are also written as bytes and read back, because a disposition keeps
//! what its author saw, also when a later program words it differently.

use chrono::NaiveDate;

use crate::domain::audit::Detail;
use crate::domain::calendar::{Moment, parse_date, parse_moment};
use crate::domain::ids::ProjectCode;
use crate::domain::money::Money;
use crate::domain::project::{Deployment, Exclusion, InYearReason, ItemCategory, Network, ProjectKind};
use crate::domain::vocabulary::vocabulary;

/// Parts the fields of a fact. Text from outside never holds it: it is a control character.
const PART: char = '\u{1f}';

vocabulary!(
    /// What an amount is.
    AmountOf {
        /// 申报额.
        Declared = "declared",
        /// 纳入管理额.
        Managed = "managed",
        /// 技术评审限额.
        ReviewLimit = "review-limit",
        /// 专家论证限额.
        PanelLimit = "panel-limit",
        /// 需求调查限额.
        SurveyLimit = "survey-limit",
        /// 合计.
        Sum = "sum",
        /// 年运维费.
        Yearly = "yearly",
        /// 各年合计.
        AllYears = "all-years",
        /// 建设成本.
        BuildCost = "build-cost",
        /// 合同价.
        Contract = "contract",
        /// 硬件合计.
        Hardware = "hardware",
        /// 清单合计.
        Contents = "contents",
        /// 验收前已付款.
        PaidEarly = "paid-early",
        /// 单价起点.
        UnitPriceFrom = "unit-price-from",
    }
);

vocabulary!(
    /// What a share is.
    ShareOf {
        /// The share found.
        Found = "found",
        /// Up to this nothing is said.
        Normal = "normal",
        /// Above this it weighs.
        Ceiling = "ceiling",
    }
);

vocabulary!(
    /// What happened on a day.
    DayOf {
        /// 申报截止日.
        Deadline = "deadline",
        /// 立项批复.
        Approval = "approval",
        /// 技术审核意见签发.
        Opinion = "opinion",
        /// 网信备案.
        Filing = "filing",
        /// 启动采购.
        Procurement = "procurement",
        /// 合同签订.
        Contract = "contract",
        /// 开工.
        Implementation = "implementation",
        /// 试运行开始.
        TrialStart = "trial-start",
        /// 试运行结束.
        TrialEnd = "trial-end",
        /// 试运行最迟应结束.
        TrialLimit = "trial-limit",
        /// 投入正式使用.
        GoLive = "go-live",
        /// 验收合格.
        Acceptance = "acceptance",
    }
);

vocabulary!(
    /// What is counted.
    CountOf {
        /// 目录名称数.
        CatalogueNames = "catalogue-names",
        /// 相同名称数.
        SharedNames = "shared-names",
        /// 月数.
        Months = "months",
        /// 年数.
        Years = "years",
    }
);

vocabulary!(
    /// Which text is quoted.
    Passage {
        /// 项目名称.
        Name = "name",
        /// 建设内容简介.
        Content = "content",
        /// 当年新增的理由.
        Explanation = "explanation",
        /// 不涉及信息资源的理由.
        Waiver = "waiver",
    }
);

/// A fact a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A project.
    Project {
        /// Its code.
        code: ProjectCode,
        /// Its name.
        name: String,
        /// The unit that builds it.
        unit: String,
        /// Its amount.
        amount: Money,
        /// The day it was filed.
        filed: NaiveDate,
    },
    /// A project the reader may not see; never stored, only shown.
    Withheld {
        /// Its amount, without which the sum could not be understood.
        amount: Money,
    },
    /// A line of the list of contents.
    Line {
        /// What is bought or built.
        name: String,
        /// What kind of thing it is.
        category: ItemCategory,
        /// Its price.
        amount: Money,
        /// The word that was hit, where one was.
        word: Option<String>,
        /// Why it is said to lie outside the regulation, where it is.
        excluded: Option<Exclusion>,
    },
    /// Words of a text.
    Words {
        /// Which text.
        passage: Passage,
        /// The word that was hit; empty where the whole text matters.
        word: String,
        /// The words around it.
        around: String,
    },
    /// An amount.
    Amount(AmountOf, Money),
    /// A share in basis points.
    Share(ShareOf, u64),
    /// A day.
    Day(DayOf, NaiveDate),
    /// When the declaration reached the Centre.
    Received(Moment),
    /// A count.
    Count(CountOf, u64),
    /// Where the system is said to run.
    Deployment(Deployment),
    /// Which network it is said to use.
    Network(Network),
    /// The kind of project.
    Kind(ProjectKind),
    /// Why it is added in the running year.
    Reason(InYearReason),
}

impl Evidence {
    fn fields(&self) -> (&'static str, Vec<String>) {
        let coded = |code: &str, value: String| vec![code.to_owned(), value];
        let text = |text: &dyn ToString| vec![text.to_string()];
        match self {
            Evidence::Project { code, name, unit, amount, filed } => (
                "project",
                vec![code.to_string(), name.clone(), unit.clone(), amount.fen().to_string(), filed.to_string()],
            ),
            Evidence::Withheld { amount } => ("withheld", text(&amount.fen())),
            Evidence::Line { name, category, amount, word, excluded } => (
                "line",
                vec![
                    name.clone(),
                    category.code().to_owned(),
                    amount.fen().to_string(),
                    word.clone().unwrap_or_default(),
                    excluded.map(Exclusion::code).unwrap_or_default().to_owned(),
                ],
            ),
            Evidence::Words { passage, word, around } => {
                ("words", vec![passage.code().to_owned(), word.clone(), around.clone()])
            }
            Evidence::Amount(what, amount) => ("amount", coded(what.code(), amount.fen().to_string())),
            Evidence::Share(what, points) => ("share", coded(what.code(), points.to_string())),
            Evidence::Day(what, day) => ("day", coded(what.code(), day.to_string())),
            Evidence::Received(at) => ("received", vec![at.to_rfc3339()]),
            Evidence::Count(what, count) => ("count", coded(what.code(), count.to_string())),
            Evidence::Deployment(place) => ("deployment", text(place)),
            Evidence::Network(network) => ("network", text(network)),
            Evidence::Kind(kind) => ("kind", text(kind)),
            Evidence::Reason(reason) => ("reason", text(reason)),
        }
    }

    fn read(kind: &str, fields: &[&str]) -> Option<Evidence> {
        let money = |text: &str| Money::from_fen(text.parse().ok()?);
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Some(match (kind, fields) {
            ("project", [code, name, unit, amount, filed]) => Evidence::Project {
                code: ProjectCode::typed(code),
                name: (*name).to_owned(),
                unit: (*unit).to_owned(),
                amount: money(amount)?,
                filed: parse_date(filed)?,
            },
            ("withheld", [amount]) => Evidence::Withheld { amount: money(amount)? },
            ("line", [name, category, amount, word, excluded]) => Evidence::Line {
                name: (*name).to_owned(),
                category: ItemCategory::parse(category)?,
                amount: money(amount)?,
                word: some(word),
                excluded: Exclusion::parse(excluded),
            },
            ("words", [passage, word, around]) => Evidence::Words {
                passage: Passage::parse(passage)?,
                word: (*word).to_owned(),
                around: (*around).to_owned(),
            },
            ("amount", [what, amount]) => Evidence::Amount(AmountOf::parse(what)?, money(amount)?),
            ("share", [what, points]) => Evidence::Share(ShareOf::parse(what)?, points.parse().ok()?),
            ("day", [what, day]) => Evidence::Day(DayOf::parse(what)?, parse_date(day)?),
            ("received", [at]) => Evidence::Received(parse_moment(at)?),
            ("count", [what, count]) => Evidence::Count(CountOf::parse(what)?, count.parse().ok()?),
            ("deployment", [place]) => Evidence::Deployment(Deployment::parse(place)?),
            ("network", [network]) => Evidence::Network(Network::parse(network)?),
            ("kind", [kind]) => Evidence::Kind(ProjectKind::parse(kind)?),
            ("reason", [reason]) => Evidence::Reason(InYearReason::parse(reason)?),
            _ => return None,
        })
    }
}

/// Writes facts as named pieces.
pub fn pieces(evidence: &[Evidence]) -> Detail {
    evidence.iter().fold(Detail::new(), |pieces, fact| {
        let (kind, fields) = fact.fields();
        pieces.with(kind, fields.join(&PART.to_string()))
    })
}

/// Reads facts back. What this program does not know is left out: an old disposition is never refused.
pub fn from_pieces(pieces: &Detail) -> Vec<Evidence> {
    let read = |(kind, text): (&str, &str)| Evidence::read(kind, &text.split(PART).collect::<Vec<_>>());
    pieces.iter().filter_map(read).collect()
}

/// Finds an amount among facts.
pub fn amount(evidence: &[Evidence], wanted: AmountOf) -> Option<Money> {
    evidence.iter().find_map(|fact| match fact {
        Evidence::Amount(what, amount) if *what == wanted => Some(*amount),
        _ => None,
    })
}

/// Finds a share among facts.
pub fn share(evidence: &[Evidence], wanted: ShareOf) -> Option<u64> {
    evidence.iter().find_map(|fact| match fact {
        Evidence::Share(what, points) if *what == wanted => Some(*points),
        _ => None,
    })
}

/// Finds a day among facts.
pub fn day(evidence: &[Evidence], wanted: DayOf) -> Option<NaiveDate> {
    evidence.iter().find_map(|fact| match fact {
        Evidence::Day(what, day) if *what == wanted => Some(*day),
        _ => None,
    })
}

/// Finds a count among facts.
pub fn count(evidence: &[Evidence], wanted: CountOf) -> Option<u64> {
    evidence.iter().find_map(|fact| match fact {
        Evidence::Count(what, count) if *what == wanted => Some(*count),
        _ => None,
    })
}
