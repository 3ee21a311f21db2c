//! What happens to a project of the sample data, step by step: who does what, and how long it took to come to it.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Datelike, Days, Months};

use super::office_hours::{DAY, HOUR};
use super::sitting::{Session, Turn};
use crate::domain::calendar::{Moment, YearMonth};
use crate::domain::checklist::Verdict;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::meeting::MeetingCode;
use crate::domain::money::Money;
use crate::domain::workflow::action::{Action, Key};
use crate::service::command::{Act, Command, ItemAnswer, NewDraft, VerdictChange};

/// What is given for a field of an action.
#[derive(Debug, Clone)]
pub enum Given {
    /// This text.
    Text(String),
    /// The day on which it happens.
    Today,
    /// So many days before it happens.
    DaysAgo(u64),
    /// The day before the one so many months after it happens: a term of so many months ends then.
    MonthsOn(u32),
    /// The next number of a series of documents, such as 玉发改审字.
    Document(&'static str),
}

/// What is done.
#[derive(Debug, Clone)]
pub enum What {
    /// The draft is registered; the months of its period are counted in its plan year.
    Register(Box<NewDraft>, (u32, u32)),
    /// An action is taken.
    Act(Action, Vec<(Key, Given)>),
    /// Items are answered.
    Judge(Vec<ItemAnswer>),
    /// Something happens about a meeting.
    Turn(Turn),
}

/// One step.
#[derive(Debug, Clone)]
pub struct Step {
    /// The account that takes it.
    pub who: &'static str,
    /// How much office time passed since the step before, in milliseconds.
    pub after: u64,
    /// What is done.
    pub what: What,
}

/// The running numbers of documents, by series and year.
#[derive(Debug, Default)]
pub struct Documents(BTreeMap<(&'static str, i32), u32>);

impl Documents {
    fn next(&mut self, series: &'static str, year: i32) -> String {
        let number = self.0.entry((series, year)).or_default();
        *number += 1;
        format!("{series}〔{year}〕{number}号")
    }
}

impl What {
    /// Makes it a command, on the day it happens.
    pub fn command(
        self,
        (project, meeting): (Option<&ProjectCode>, Option<MeetingCode>),
        at: Moment,
        documents: &mut Documents,
    ) -> Option<Command> {
        match self {
            What::Register(mut draft, (first, last)) => {
                let declaration = &mut draft.candidate.declaration;
                let in_year = declaration.in_year.is_some();
                let plan_year = if in_year { at.year() } else { at.year() + 1 };
                // What is added in the running year also begins in it.
                declaration.start = YearMonth::new(plan_year, if in_year { at.month() } else { first });
                declaration.end = YearMonth::new(if in_year { plan_year + 1 } else { plan_year }, last);
                declaration.filed_on = Some(at.date_naive());
                Some(Command::CreateProject(*draft))
            }
            What::Act(action, given) => {
                let mut text = |given| match given {
                    Given::Text(text) => text,
                    Given::Today => at.date_naive().to_string(),
                    Given::DaysAgo(days) => (at.date_naive() - Days::new(days)).to_string(),
                    Given::MonthsOn(months) => {
                        let day = at.date_naive() + Months::new(months);
                        day.pred_opt().unwrap_or(day).to_string()
                    }
                    Given::Document(series) => documents.next(series, at.year()),
                };
                let inputs = given.into_iter().map(|(key, given)| (key.code().to_owned(), text(given))).collect();
                let (note, attachments, if_version) = (String::new(), Vec::new(), None);
                Some(Command::Act(Act { project: project?.clone(), action, inputs, note, attachments, if_version }))
            }
            What::Judge(answers) => Some(Command::Judge { project: project?.clone(), answers, if_version: None }),
            What::Turn(turn) => turn.command(project, meeting),
        }
    }
}

/// The steps of one project, written as a tale: each method adds what happens next.
#[derive(Debug, Clone)]
pub struct Story {
    /// The account that acts for the unit.
    unit: &'static str,
    /// The steps.
    pub steps: Vec<Step>,
    /// The meeting on whose agenda it was, and which of the steps were taken there.
    pub sitting: Option<(Session, Range<usize>)>,
}

/// A text given for a field.
pub fn text(words: impl Into<String>) -> Given {
    Given::Text(words.into())
}

impl Story {
    /// Begins with the registered draft.
    pub fn begin(unit: &'static str, draft: NewDraft, months: (u32, u32)) -> Story {
        let first = Step { who: unit, after: 0, what: What::Register(Box::new(draft), months) };
        Story { unit, steps: vec![first], sitting: None }
    }

    /// Adds a step taken by an account after some office time.
    pub fn step(mut self, who: &'static str, after: u64, what: What) -> Story {
        self.steps.push(Step { who, after, what });
        self
    }

    /// Says that what happened after so many steps happened at a meeting.
    pub fn at_meeting(mut self, session: Session, after: usize) -> Story {
        self.sitting = Some((session, after..self.steps.len()));
        self
    }

    /// Adds an action.
    pub fn act(self, who: &'static str, after: u64, action: Action, given: Vec<(Key, Given)>) -> Story {
        self.step(who, after, What::Act(action, given))
    }

    /// Adds an action of the unit.
    pub fn act_of_unit(self, after: u64, action: Action, given: Vec<(Key, Given)>) -> Story {
        let unit = self.unit;
        self.act(unit, after, action, given)
    }

    /// 报主管单位.
    pub fn reported(self) -> Story {
        let unit = self.unit;
        self.act(unit, 3 * HOUR, Action::ReportToSupervisor, Vec::new())
    }

    /// 主管单位同意汇总 or 退回.
    pub fn answered_by_supervisor(self, supervisor: &'static str, action: Action, opinion: &str) -> Story {
        self.act(supervisor, 2 * DAY + HOUR, action, vec![(Key::Opinion, text(opinion))])
    }

    /// 申报.
    pub fn submitted(self) -> Story {
        let unit = self.unit;
        self.act(unit, 5 * HOUR, Action::Submit, Vec::new())
    }

    /// 受理.
    pub fn accepted(self) -> Story {
        self.act("intake", DAY + 2 * HOUR, Action::AcceptPlan, Vec::new())
    }

    /// 联合审议: the first so many of the three agencies agree.
    pub fn agreed_by(self, agencies: usize) -> Story {
        let votes = [("lead", 2 * DAY), ("planning", DAY + HOUR), ("finance", DAY + 3 * HOUR)];
        votes.into_iter().take(agencies).fold(self, |story, (agency, after)| {
            story.act(agency, after, Action::Vote, vec![(Key::Result, text("agree"))])
        })
    }

    /// 联合审议: an agency disagrees or returns the form.
    pub fn turned_down(self, agency: &'static str, result: &str, opinion: &str) -> Story {
        let given = vec![(Key::Result, text(result)), (Key::Opinion, text(opinion))];
        self.act(agency, 2 * DAY, Action::Vote, given)
    }

    /// 登记县政府决定.
    pub fn decided_by_government(self, result: &str) -> Story {
        let given = vec![
            (Key::Result, text(result)),
            (Key::DocNo, Given::Document("玉府办抄字")),
            (Key::DocDate, Given::Today),
        ];
        self.act("intake", 6 * DAY, Action::RecordGovernmentDecision, given)
    }

    /// 报立项, with the 事前绩效评估 where one was made.
    pub fn approval_requested(self, ex_ante: bool) -> Story {
        let unit = self.unit;
        let given = match ex_ante {
            true => vec![
                (Key::ExAnteConclusion, text("项目立项必要，绩效目标合理，实施方案可行，予以支持。")),
                (Key::ExAnteDate, Given::Today),
                (Key::ExAnteScore, text("86")),
            ],
            false => Vec::new(),
        };
        self.act(unit, 3 * DAY, Action::RequestApproval, given)
    }

    /// 批准立项.
    pub fn approved(self, amount: Money) -> Story {
        let given = vec![
            (Key::DocNo, Given::Document("玉发改审字")),
            (Key::DocDate, Given::Today),
            (Key::Amount, text(amount.to_string())),
        ];
        self.act("planning", 4 * DAY + HOUR, Action::ApproveProject, given)
    }

    /// 报送技术方案.
    pub fn scheme_submitted(self, designer: &str, version: &str) -> Story {
        let unit = self.unit;
        let given = vec![(Key::Designer, text(designer)), (Key::Version, text(version))];
        self.act(unit, 6 * DAY + 2 * HOUR, Action::SubmitScheme, given)
    }

    /// 受理方案, handed to a reviewer where one is named.
    pub fn scheme_accepted(self, reviewer: Option<&str>) -> Story {
        let given = reviewer.map(|reviewer| (Key::Reviewer, text(reviewer))).into_iter().collect();
        self.act("intake", DAY, Action::AcceptScheme, given)
    }

    /// Answers items, a few at a time as a person does.
    pub fn judged(self, reviewer: &'static str, answers: Vec<ItemAnswer>) -> Story {
        answers.chunks(12).fold(self, |story, some| story.step(reviewer, 2 * HOUR, What::Judge(some.to_vec())))
    }

    /// Answers items in one go.
    pub fn judged_at_once(self, reviewer: &'static str, answers: Vec<ItemAnswer>) -> Story {
        self.step(reviewer, 2 * HOUR, What::Judge(answers))
    }

    /// 签发, with the next number of the Centre's opinions.
    pub fn signed(self) -> Story {
        let given = vec![(Key::DocNo, Given::Document("玉数评")), (Key::DocDate, Given::Today)];
        self.act("signer", 4 * HOUR, Action::SignOpinion, given)
    }
}

/// An answer to an item.
pub fn answer(item: &ItemId, verdict: Verdict) -> ItemAnswer {
    ItemAnswer {
        item: item.clone(),
        verdict: VerdictChange::Set(verdict),
        remark: None,
        suggestion: None,
        basis: None,
        cite: None,
    }
}
