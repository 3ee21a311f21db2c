//! Invents what happens after the filing was asked for: a few of many projects come that far, and they lie at every
//! stage down to the archive.

use super::super::county::OPEN_AS;
use super::super::office_hours::{DAY, HOUR};
use super::super::random::Random;
use super::super::story::{Given, Story, text};
use crate::domain::money::Money;
use crate::domain::workflow::action::{Action, Key};

const VENDORS: &[&str] = &[
    "江西赣数信息技术有限公司",
    "江西云桥数据科技有限公司",
    "上饶市数智科技有限公司",
    "江西安视科技有限公司",
    "南昌智政软件有限公司",
];
const TEAM: &str = "张伟|县大数据发展服务中心|成员\n吴小兵|县财政局|成员\n程琳|上饶师范学院|专家";

/// What the story depends on.
#[derive(Debug, Clone, Copy)]
pub struct Later {
    /// The amount that governs; budget and contract are the same.
    pub amount: Money,
    /// Whether a requirement survey comes first.
    pub survey: bool,
    /// Whether it is bought in the e-mall.
    pub small: bool,
}

fn today(key: Key) -> Vec<(Key, Given)> {
    vec![(key, Given::Today)]
}

impl Later {
    /// Goes on from where the filing is awaited, up to one of a thousand ends.
    pub fn told(&self, filing: Story, random: &mut Random) -> Story {
        let end = random.below(1000);
        let decide = |story: Story, result| {
            let given =
                vec![(Key::Result, text(result)), (Key::DocDate, Given::Today), (Key::Reason, text("材料不齐。"))];
            story.act("cyberspace", 3 * DAY, Action::DecideFiling, given)
        };
        match end {
            ..340 => return filing,
            340..360 => return decide(filing, "refuse"),
            _ => {}
        }
        let filed = decide(filing, "approve");
        if end < 420 {
            return filed;
        }
        let entered =
            filed.act_of_unit(5 * DAY, Action::EnterProcurement, vec![(Key::BudgetDocNo, Given::Document("玉财预指"))]);
        if end < 470 {
            return entered;
        }
        let prepared = self.surveyed(entered).act_of_unit(DAY, Action::FixRequirement, today(Key::Date));
        if end < 510 {
            return prepared;
        }
        let channel = if self.small { "e-mall" } else { "central" };
        let budget = vec![
            (Key::Channel, text(channel)),
            (Key::Method, text(if self.small { "电子卖场竞价" } else { "公开招标" })),
            (Key::Budget, text(self.amount.to_string())),
        ];
        let procuring = prepared.act_of_unit(3 * DAY, Action::StartProcurement, budget);
        match end {
            510..560 => procuring,
            560..590 => procuring.act_of_unit(
                9 * DAY,
                Action::FailProcurement,
                vec![(Key::Reason, text("有效响应供应商不足三家。"))],
            ),
            _ => self.contracted(procuring, end, random),
        }
    }

    fn surveyed(&self, story: Story) -> Story {
        if !self.survey {
            return story;
        }
        let given = vec![
            (Key::Methods, text("问卷调查\n座谈")),
            (Key::Respondents, text("5")),
            (Key::Start, Given::DaysAgo(7)),
            (Key::End, Given::Today),
            (Key::ArchiveNo, Given::Document("玉采调档")),
        ];
        story.act_of_unit(6 * DAY, Action::RecordSurvey, given)
    }

    fn contracted(&self, procuring: Story, end: u64, random: &mut Random) -> Story {
        let given = vec![
            (Key::Vendor, text(random.pick(VENDORS))),
            (Key::Amount, text(self.amount.to_string())),
            (Key::SignedOn, Given::Today),
            (Key::Clauses, text("om_price,data_ownership,acceptance_payment")),
        ];
        let signed = procuring.act_of_unit(12 * DAY, Action::RegisterContract, given);
        if end < 640 {
            return signed;
        }
        let started = self.paid(signed, "advance").act_of_unit(2 * DAY, Action::StartImplementation, today(Key::Date));
        if end < 700 {
            return started;
        }
        let trial = started.act_of_unit(30 * DAY, Action::StartTrial, today(Key::Date));
        if end < 740 {
            return trial;
        }
        let requested = trial.act_of_unit(20 * DAY, Action::RequestAcceptance, today(Key::Date));
        match end {
            740..770 => requested,
            770..800 => inspected(requested, "fail"),
            800..840 => inspected(requested, "pass"),
            _ => self.in_use(inspected(requested, "pass"), end),
        }
    }

    /// 30 % of the price in advance, the rest after acceptance.
    fn paid(&self, story: Story, kind: &str) -> Story {
        let advance = Money::from_fen(self.amount.fen() / 10 * 3).unwrap_or(self.amount);
        let amount = if kind == "advance" { advance } else { self.amount.saturating_sub(advance) };
        let given =
            vec![(Key::Amount, text(amount.to_string())), (Key::PaymentKind, text(kind)), (Key::Date, Given::Today)];
        story.act("finance", 3 * DAY, Action::RegisterPayment, given)
    }

    fn in_use(&self, accepted: Story, end: u64) -> Story {
        let live = accepted.act_of_unit(2 * DAY, Action::GoLive, today(Key::Date));
        if end < 900 {
            return live;
        }
        let requested = self.paid(live, "remaining").act_of_unit(40 * DAY, Action::RequestEvaluation, Vec::new());
        let scored = |story: Story, score: &str, issues: &str| {
            let given = vec![(Key::Score, text(score)), (Key::Issues, text(issues))];
            story.act("lead", 5 * DAY, Action::RecordEvaluation, given)
        };
        match end {
            900..930 => requested,
            930..960 => scored(requested, "72", "使用率偏低"),
            _ => scored(requested, "90", "").act(
                "intake",
                4 * HOUR,
                Action::Archive,
                vec![(Key::ArchiveNo, Given::Document("玉信息档"))],
            ),
        }
    }
}

fn inspected(story: Story, centre: &str) -> Story {
    let given = vec![
        (Key::Members, text(TEAM)),
        (Key::UnitResult, text("pass")),
        (Key::CentreResult, text(centre)),
        (Key::DataAggregated, text("true")),
        (Key::DocDate, Given::Today),
    ];
    story.act(OPEN_AS, 6 * DAY, Action::RecordAcceptance, given)
}
