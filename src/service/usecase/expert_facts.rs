//! What is said of an expert, laid over what is known: checked, with every problem at once.

use crate::domain::ids::ExpertId;
use crate::domain::panel::absence::{self, Absence};
use crate::domain::panel::expert::{Expert, PastRole, masked};
use crate::domain::text::clean_line;
use crate::service::command::ExpertFacts;
use crate::service::error::Invalid;

/// An expert of whom nothing is known yet.
pub fn nobody() -> Expert {
    Expert {
        id: ExpertId(0),
        name: String::new(),
        employer: String::new(),
        title: String::new(),
        disciplines: Default::default(),
        past_roles: Vec::new(),
        local: false,
        active: true,
        inactive_reason: String::new(),
        contact: String::new(),
        absences: Vec::new(),
        account: None,
    }
}

pub fn line(text: &str) -> String {
    clean_line(text).trim().to_owned()
}

/// Lays it over, and lists what is wrong with it. `known` are the policy's disciplines.
pub fn laid_over(base: &Expert, facts: &ExpertFacts, known: &[String]) -> (Expert, Vec<Invalid>) {
    let mut problems = Vec::new();
    let given = |text: &Option<String>, before: &str| text.as_deref().map_or(before.to_owned(), line);
    let mut expert = Expert {
        name: given(&facts.name, &base.name),
        employer: given(&facts.employer, &base.employer),
        title: given(&facts.title, &base.title),
        contact: given(&facts.contact, &base.contact),
        local: facts.local.unwrap_or(base.local),
        ..base.clone()
    };
    // A list that was exported without telephone numbers says nothing about them.
    if facts.contact.is_some() && expert.contact == masked(&base.contact) {
        expert.contact = base.contact.clone();
    }
    if expert.name.is_empty() || ExpertId::typed(&expert.name).is_some() {
        problems.push(Invalid::ExpertName(expert.name.clone()));
    }
    if expert.employer.is_empty() {
        problems.push(Invalid::ExpertEmployerMissing);
    }
    if let Some(codes) = &facts.disciplines {
        let unknown = |code: &&String| !known.contains(code);
        problems.extend(codes.iter().filter(unknown).map(|it| Invalid::DisciplineUnknown(it.clone(), known.to_vec())));
        expert.disciplines = codes.iter().cloned().collect();
    }
    if expert.disciplines.is_empty() {
        problems.push(Invalid::DisciplineUnknown(String::new(), known.to_vec()));
    }
    if facts.past_roles.is_some() {
        expert.past_roles.clear();
    }
    for text in facts.past_roles.iter().flatten().chain(&facts.more_past_roles) {
        match PastRole::parse(&line(text)) {
            Some(role) => expert.past_roles.push(role),
            None => problems.push(Invalid::PastRole(text.clone())),
        }
    }
    if let Some(texts) = &facts.absences {
        expert.absences.clear();
        for text in texts {
            let read = Absence::parse(&line(text));
            let added = read.and_then(|absence| absence::add(&mut expert.absences, absence));
            problems.extend(added.err().map(Invalid::Absence));
        }
    }
    if let Some((active, reason)) = &facts.active {
        expert.active = *active;
        expert.inactive_reason = if *active { String::new() } else { line(reason) };
    }
    (expert, problems)
}
