//! What is given for every action, so that nothing but the project's own state can stand in its way.

use std::collections::BTreeMap;

use super::{Proof, TODAY};
use crate::domain::project::Overlay;
use crate::domain::workflow::action::{Action, InputSpec, Key, Kind, Need};
use crate::domain::workflow::dossier::Dossier;
use crate::service::command::{Command, ExpertRow, NewExpert};

/// The inputs of an action by their codes.
pub type Given = BTreeMap<&'static str, String>;

/// Makes in the county what actions name in their inputs.
pub fn prepare(proof: &mut Proof) {
    let disciplines = ["architecture", "security", "cost", "business", "architecture", "architecture"];
    let expert = |(index, discipline): (usize, &&str)| NewExpert {
        name: format!("专家{index}"),
        employer: format!("第{index}大学"),
        disciplines: vec![(*discipline).to_owned()],
        ..NewExpert::default()
    };
    let row = |new: NewExpert| ExpertRow { facts: new.into(), ..ExpertRow::default() };
    let experts = disciplines.iter().enumerate().map(expert).map(row).collect();
    let command = Command::ImportExperts { file: String::new(), experts, update: false };
    proof.county.run("panel-secretary", command).unwrap();
}

/// The members of every panel; the first one leads.
const MEMBERS: [&str; 5] = ["Z001", "Z002", "Z003", "Z004", "Z005"];

/// What an action needs beyond the fields that must be given: the state in which it is tried asks for it.
fn also_given(action: Action) -> &'static [Key] {
    match action {
        Action::RequestApproval => &[Key::ExAnteConclusion, Key::ExAnteDate],
        Action::RecordSurvey => &[Key::ArchiveNo],
        Action::Change => &[Key::Content],
        Action::RequestPanel | Action::DeclareRecusal | Action::DrawPanel | Action::FormPanel => &[Key::Reason],
        Action::RecordExpertOpinion => &[Key::Reason],
        Action::ConcludePanel => &[Key::ChairExplanation],
        _ => &[],
    }
}

/// Tells a well-formed input that leads on.
pub fn given(action: Action, dossier: &Dossier) -> Given {
    let specs = action.inputs();
    // A change that waits is answered with an amount; here it is taken back.
    let answers = action == Action::Change && dossier.project.overlays.contains(&Overlay::Changing);
    let wanted = specs.iter().filter(|spec| {
        spec.need == Need::Always || also_given(action).contains(&spec.key) || answers && spec.key == Key::Amount
    });
    wanted.map(|spec| (spec.key.code(), value(action, spec, dossier))).collect()
}

/// Lays some inputs over others; an empty one is taken away.
pub fn with(mut given: Given, told: &[(&'static str, &'static str)]) -> Given {
    for (key, value) in told {
        given.insert(key, (*value).to_owned());
    }
    given.retain(|_, value| !value.is_empty());
    given
}

/// Each amount is the one it may not exceed; payments stay small, so that several fit into any contract.
fn money(action: Action, dossier: &Dossier) -> String {
    let governing = dossier.project.governing_amount();
    match action {
        Action::RegisterContract => dossier.budget().unwrap_or(governing).to_string(),
        Action::StartProcurement => dossier.project.assessed.unwrap_or(governing).to_string(),
        Action::RegisterPayment => "1".to_owned(),
        Action::Change => dossier.changeable_amount().to_string(),
        _ => governing.to_string(),
    }
}

fn value(action: Action, spec: &InputSpec, dossier: &Dossier) -> String {
    let text = |text: &str| text.to_owned();
    match (spec.key, spec.kind) {
        (Key::Channel, _) => text("e-mall"),
        (Key::Selection, _) => text("chosen"),
        (Key::Ground, _) => text("none"),
        (Key::SignedBy, _) => MEMBERS.join("\n"),
        (Key::Members, _) if action == Action::FormPanel => {
            let seat = |(place, id): (usize, &&str)| format!("{id}|{}|clear", if place == 0 { "组长" } else { "成员" });
            MEMBERS.iter().enumerate().map(seat).collect::<Vec<_>>().join("\n")
        }
        (Key::Replacement, _) => text("Z006"),
        (Key::Expert, _) if action == Action::ReplaceExpert => text("Z005"),
        (_, Kind::Fix) => {
            let next = dossier.panel().and_then(|panel| panel.open_fixes().next());
            next.map_or(1, |fix| fix.number).to_string()
        }
        (_, Kind::Expert) => {
            let next = dossier.panel().and_then(|panel| panel.missing().first().map(|seat| seat.expert.to_string()));
            next.unwrap_or_else(|| text("Z001"))
        }
        (_, Kind::Named(codes)) => format!("{}=良", codes[0]),
        (_, Kind::Money | Kind::MoneyOrZero) => money(action, dossier),
        (_, Kind::Line | Kind::Text | Kind::Lines) => text("按程序办理"),
        (_, Kind::Date) => text(TODAY),
        (_, Kind::Moment) => format!("{TODAY}T09:00:00+08:00"),
        (_, Kind::Count(least, most)) => 5.clamp(least, most).to_string(),
        (_, Kind::Flag) => text("true"),
        (_, Kind::Choice(codes)) => text(codes[0]),
        (_, Kind::Choices(codes)) => codes.join(","),
        (_, Kind::Account(role)) => text(role.code()),
        (_, Kind::Digest) => "0".repeat(64),
        (_, Kind::Records(parts)) => ["甲", "乙", "丙"].map(|name| vec![name; parts.len()].join("|")).join("\n"),
    }
}
