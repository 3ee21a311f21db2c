//! The register of interpretations: open questions, and what was ruled 〔第十八条〕.

use super::Query;
use super::policies::{Policies, PolicyLine};
use crate::domain::policy::Question;
use crate::domain::ruling::Ruling;
use crate::service::error::Answer;
use crate::service::gate::Context;

/// The whole register.
#[derive(Debug, Clone, Copy)]
pub struct Rulings;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The open questions of the edition in force, each with the rulings that answer it.
    pub questions: Vec<Asked>,
    /// Rulings on questions of their own.
    pub others: Vec<RulingView>,
}

/// An open question with its rulings, the latest one last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question, and how it is handled until it is ruled.
    pub question: Question,
    /// What was ruled.
    pub rulings: Vec<RulingView>,
}

/// A ruling with what it did to the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulingView {
    /// The ruling.
    pub ruling: Ruling,
    /// Whether it applies today.
    pub in_force: bool,
    /// The edition it brought about.
    pub edition: Option<PolicyLine>,
    /// Editions that were installed before it and begin after its own: they do not have what it changed.
    pub without: Vec<String>,
}

impl Register {
    /// Lists every ruling, in the order of the questions.
    pub fn rulings(&self) -> impl Iterator<Item = &RulingView> {
        self.questions.iter().flat_map(|asked| &asked.rulings).chain(&self.others)
    }
}

impl Query for Rulings {
    type Answer = Register;

    fn answer(self, context: Context<'_>) -> Answer<Register> {
        let editions = Policies.answer(context)?;
        let policy = context.policies.in_force(context.read, context.now)?;
        let today = context.now.date_naive();
        let view = |ruling: Ruling| RulingView {
            in_force: ruling.effective_from <= today,
            edition: editions.iter().find(|line| Some(&line.id) == ruling.policy.as_ref()).cloned(),
            without: later(&editions, &ruling),
            ruling,
        };
        let mut views: Vec<RulingView> = context.read.rulings()?.into_iter().map(view).collect();
        let questions = policy.questions.iter().map(|question| {
            let (here, elsewhere) =
                std::mem::take(&mut views).into_iter().partition(|view| view.ruling.question == Some(question.number));
            views = elsewhere;
            Asked { question: question.clone(), rulings: here }
        });
        let questions = questions.collect();
        Ok(Register { questions, others: views })
    }
}

fn later(editions: &[PolicyLine], ruling: &Ruling) -> Vec<String> {
    let Some(place) = editions.iter().position(|line| Some(&line.id) == ruling.policy.as_ref()) else {
        return Vec::new();
    };
    let after = editions.iter().skip(place + 1);
    after.filter(|line| line.installed_at < ruling.by.at).map(|line| line.id.clone()).collect()
}
