//! Findings in words: what was found, and why it was found, row by row.

use super::labels;
use crate::domain::findings::disposition::{Disposition, Sheet, Standing, Weighed};
use crate::domain::findings::evidence::{
    AmountOf, CountOf, DayOf, Evidence, Passage, ShareOf, amount, count, day, share,
};
use crate::domain::findings::{Finding, Pattern, Severity};

/// How many open findings a receipt names.
const NAMED: usize = 4;

/// Says what was found, without a full stop.
pub fn message(finding: &Finding) -> String {
    let facts = finding.evidence.as_slice();
    let name = labels::pattern(finding.pattern);
    let wan = |what| amount(facts, what).map_or_else(String::new, |amount| format!(" {amount} 万元"));
    let lines = facts.iter().filter(|fact| matches!(fact, Evidence::Line { .. })).count();
    let projects =
        facts.iter().filter(|fact| matches!(fact, Evidence::Project { .. } | Evidence::Withheld { .. })).count();
    let on = |what| day(facts, what).map_or_else(String::new, |day| format!(" {day}"));
    let said = match finding.pattern {
        Pattern::OwnHardware => {
            let room = facts.iter().any(|fact| matches!(fact, Evidence::Deployment(_)));
            let room = room.then(|| "部署方式为自建机房".to_owned());
            let bought = (lines > 0).then(|| format!("清单列有计算、存储硬件 {lines} 项"));
            let parts: Vec<String> = room.into_iter().chain(bought).collect();
            format!("{}；应租用、托管或者使用云服务", parts.join("，"))
        }
        Pattern::HiddenRoom => "内容涉及机房建设；非涉密项目原则上不新建机房".to_owned(),
        Pattern::PrivateNetwork => "内容涉及专网；非涉密项目不再建设专网，应使用县政务外网".to_owned(),
        Pattern::Splitting => {
            let (limit, of) = limit(facts);
            let months = count(facts, CountOf::Months).unwrap_or_default();
            format!(
                "{months} 个月内同类申报 {projects} 个，各不足{limit}（{of} 万元），合计{}，已达到",
                wan(AmountOf::Sum)
            )
        }
        Pattern::JustUnder => {
            let (limit, of) = limit(facts);
            format!("申报额{} 略低于{limit}（{of} 万元）", wan(AmountOf::Declared))
        }
        Pattern::TierLowered => {
            let (limit, of) = limit(facts);
            format!(
                "剔除 {lines} 项后纳入管理额{}，低于{limit}（{of} 万元），而申报额{}",
                wan(AmountOf::Managed),
                wan(AmountOf::Declared)
            )
        }
        Pattern::Exclusions => format!("有 {lines} 项声明不属管理范围，请核实"),
        Pattern::HiddenHardware => match share(facts, ShareOf::Found) {
            Some(found) => format!("含软件的项目中硬件价款占 {}", percent(found)),
            None => format!("以软件、服务名义列入的 {lines} 项含有硬件字样"),
        },
        Pattern::NoMigration => "改建、扩建项目没有写明存量系统向县数据中心迁移的安排".to_owned(),
        Pattern::CatalogueMissing => "没有信息资源目录，也没有不涉及的声明".to_owned(),
        Pattern::CatalogueWaived => format!("有软件或者信息资源内容 {lines} 项，却声明不涉及信息资源"),
        Pattern::CatalogueCopied => format!("信息资源目录与另外 {projects} 个项目雷同"),
        Pattern::FiledLate => format!("晚于申报截止日{} 收到", on(DayOf::Deadline)),
        Pattern::InYearOther => "以“其他特殊原因”当年新增；年中原则上不新增项目".to_owned(),
        Pattern::SuperiorUnproven => "以上级要求为由当年新增，没有上级文件文号".to_owned(),
        Pattern::OperationShare => {
            let found = share(facts, ShareOf::Found).map_or_else(String::new, percent);
            let ceiling = share(facts, ShareOf::Ceiling).map_or_else(String::new, percent);
            let normal = share(facts, ShareOf::Normal).map_or_else(String::new, percent);
            match finding.severity {
                Severity::Veto | Severity::Major => format!("年运维费占建设成本 {found}，超过上限 {ceiling}"),
                Severity::Minor | Severity::Note => {
                    format!("年运维费占建设成本 {found}，高于一般水平 {normal}，须有理由")
                }
            }
        }
        Pattern::OperationShareUnknown => "建设成本或者年运维费不明，无法计算年运维费占比".to_owned(),
        Pattern::SeveralYears => {
            let (limit, of) = limit(facts);
            format!(
                "年运维费{}，各年合计{}，合计达到{limit}（{of} 万元），按合计确定评审方式",
                wan(AmountOf::Yearly),
                wan(AmountOf::AllYears)
            )
        }
        Pattern::DevelopmentInOperation => format!("运维项目中有 {lines} 项属于开发建设内容"),
        Pattern::BespokeAsProduct => format!("未声明定制开发，但有 {lines} 项疑似定制；定制开发须先作需求调查"),
        Pattern::OutOfOrder => "有事项早于其应当依据的审批、评审或者备案".to_owned(),
        Pattern::UsedEarly => format!("验收合格以前已投入正式使用（{}）", on(DayOf::GoLive).trim()),
        Pattern::EndlessTrial => format!("试运行超过期限，最迟应于{} 结束", on(DayOf::TrialLimit)),
        Pattern::PaidEarly => {
            let found = share(facts, ShareOf::Found).map_or_else(String::new, percent);
            let most = share(facts, ShareOf::Ceiling).map_or_else(String::new, percent);
            format!("验收合格以前已付{}，占合同价 {found}，超过 {most}", wan(AmountOf::PaidEarly))
        }
    };
    format!("{name}：{said}")
}

/// Names the limit among the facts, and how much it is.
fn limit(facts: &[Evidence]) -> (&'static str, String) {
    let known = [AmountOf::PanelLimit, AmountOf::ReviewLimit, AmountOf::SurveyLimit];
    let found = known.into_iter().find_map(|what| amount(facts, what).map(|amount| (what, amount)));
    found.map_or(("限额", String::new()), |(what, amount)| (amount_of(what), amount.to_string()))
}

/// Says on which facts a finding rests, one line each.
pub fn evidence(fact: &Evidence) -> String {
    match fact {
        Evidence::Project { code, name, unit, amount, filed } => {
            format!("{code} {name}（{unit}）{amount} 万元，{filed} 申报")
        }
        Evidence::Withheld { amount } => format!("另一单位的项目（你无权查看）{amount} 万元"),
        Evidence::Line { name, category, amount, word, excluded } => {
            let word = word.as_ref().map_or_else(String::new, |word| format!("，含“{word}”"));
            let excluded = excluded.map_or_else(String::new, |why| format!("，剔除理由：{}", labels::exclusion(why)));
            format!("清单：{name}（{}）{amount} 万元{word}{excluded}", labels::item_category(*category))
        }
        Evidence::Words { passage, word, around } if word.is_empty() => {
            let text = if around.is_empty() { "（未填写）" } else { around };
            format!("{}：{text}", self::passage(*passage))
        }
        Evidence::Words { passage, word, around } => {
            format!("{}含“{word}”：…{around}…", self::passage(*passage))
        }
        Evidence::Amount(what, amount) => format!("{}：{amount} 万元", amount_of(*what)),
        Evidence::Share(what, points) => format!("{}：{}", share_of(*what), percent(*points)),
        Evidence::Day(what, day) => format!("{}：{day}", day_of(*what)),
        Evidence::Received(at) => format!("收到申报：{}", at.format("%Y-%m-%d %H:%M:%S")),
        Evidence::Count(what, count) => format!("{}：{count}", count_of(*what)),
        Evidence::Deployment(place) => format!("部署方式：{}", labels::deployment(*place)),
        Evidence::Network(network) => format!("网络：{}", labels::network(*network)),
        Evidence::Kind(kind) => format!("建设性质：{}", labels::project_kind(*kind)),
        Evidence::Reason(reason) => format!("当年新增理由：{}", labels::in_year_reason(*reason)),
    }
}

/// Says where a finding stands and why: `已排除：…（张三 2026-10-20）`.
pub fn standing(item: &Weighed) -> String {
    match (item.standing, item.decided.last()) {
        (Standing::Open, None) => labels::standing(Standing::Open).to_owned(),
        (Standing::Open, Some(last)) => {
            format!("{}（依据已变化，原处理：{}）", labels::standing(Standing::Open), decision(last))
        }
        (known, None) => labels::standing(known).to_owned(),
        (_, Some(last)) => decision(last),
    }
}

/// Says what was decided, why, by whom and when.
pub fn decision(disposition: &Disposition) -> String {
    let standing = disposition.standing();
    let by = &disposition.by;
    format!("{}：{}（{} {}）", labels::standing(standing), disposition.reason, by.name, by.at.format("%Y-%m-%d %H:%M"))
}

/// Counts what is open, by weight: `3 项待处理（否决 1）：R10.1、E1`; nothing where nothing is.
pub fn open(sheet: &Sheet) -> Option<String> {
    let open: Vec<&Weighed> = sheet.open().collect();
    if open.is_empty() {
        return None;
    }
    let vetoes = open.iter().filter(|item| item.finding.severity == Severity::Veto).count();
    let vetoes = if vetoes > 0 { format!("（否决 {vetoes}）") } else { String::new() };
    let ids: Vec<&str> = open.iter().take(NAMED).map(|item| item.finding.pattern.code()).collect();
    let more = if open.len() > NAMED { " 等" } else { "" };
    Some(format!("{} 项待处理{vetoes}：{}{more}", open.len(), ids.join("、")))
}

/// Writes basis points as percent.
pub fn percent(points: u64) -> String {
    format!("{}.{:02}%", points / 100, points % 100)
}

const fn passage(passage: Passage) -> &'static str {
    match passage {
        Passage::Name => "项目名称",
        Passage::Content => "建设内容简介",
        Passage::Explanation => "所写理由",
        Passage::Waiver => "不涉及的理由",
    }
}

const fn amount_of(what: AmountOf) -> &'static str {
    match what {
        AmountOf::Declared => "申报额",
        AmountOf::Managed => "纳入管理额",
        AmountOf::ReviewLimit => "技术评审限额",
        AmountOf::PanelLimit => "专家论证限额",
        AmountOf::SurveyLimit => "需求调查限额",
        AmountOf::Sum => "合计",
        AmountOf::Yearly => "年运维费",
        AmountOf::AllYears => "各年运维费合计",
        AmountOf::BuildCost => "建设成本",
        AmountOf::Contract => "合同价",
        AmountOf::Hardware => "硬件价款",
        AmountOf::Contents => "清单合计",
        AmountOf::PaidEarly => "验收合格以前已付款",
        AmountOf::UnitPriceFrom => "成品软件单价提示起点",
    }
}

const fn share_of(what: ShareOf) -> &'static str {
    match what {
        ShareOf::Found => "占比",
        ShareOf::Normal => "提示起点",
        ShareOf::Ceiling => "上限",
    }
}

const fn day_of(what: DayOf) -> &'static str {
    match what {
        DayOf::Deadline => "申报截止日（含当日）",
        DayOf::Approval => "立项批复",
        DayOf::Opinion => "技术审核意见签发",
        DayOf::Filing => "网信备案",
        DayOf::Procurement => "启动采购",
        DayOf::Contract => "合同签订",
        DayOf::Implementation => "开工",
        DayOf::TrialStart => "试运行开始",
        DayOf::TrialEnd => "申请验收",
        DayOf::TrialLimit => "试运行最迟应结束",
        DayOf::GoLive => "投入正式使用",
        DayOf::Acceptance => "验收合格",
    }
}

const fn count_of(what: CountOf) -> &'static str {
    match what {
        CountOf::CatalogueNames => "目录条目名称数",
        CountOf::SharedNames => "其中同名",
        CountOf::Months => "查找期限（月）",
        CountOf::Years => "年数",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Money;

    #[test]
    fn every_finding_is_said_also_where_a_fact_is_missing() {
        for pattern in Pattern::ALL {
            for severity in Severity::ALL {
                let said = message(&Finding { pattern: *pattern, severity: *severity, evidence: Vec::new() });
                assert!(said.starts_with(labels::pattern(*pattern)) && !said.ends_with('。'), "{said}");
            }
        }
    }

    #[test]
    fn a_split_is_told_with_its_limit_and_its_sum() {
        let withheld = Evidence::Withheld { amount: Money::from_wan(59) };
        let facts = [
            Evidence::Amount(AmountOf::Sum, Money::from_wan(95)),
            Evidence::Amount(AmountOf::ReviewLimit, Money::from_wan(50)),
            Evidence::Count(CountOf::Months, 12),
        ];
        let evidence = std::iter::repeat_n(withheld, 3).chain(facts).collect();
        let finding = Finding { pattern: Pattern::Splitting, severity: Severity::Major, evidence };
        assert_eq!(
            message(&finding),
            "疑似拆分申报：12 个月内同类申报 3 个，各不足技术评审限额（50.00 万元），合计 95.00 万元，已达到"
        );
    }

    #[test]
    fn percent_keeps_two_decimals() {
        assert_eq!([600, 1001, 5, 10_000].map(percent), ["6.00%", "10.01%", "0.05%", "100.00%"]);
    }
}
