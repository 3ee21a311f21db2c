//! One project, whole.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Query;
use super::actions::{ActionList, Actions};
use super::checklist::ChecklistView;
use super::experts::{MemberAdvice, advice};
use super::findings::visible_sheet;
use super::policies::RulesOfProject;
use crate::domain::audit::Detail;
use crate::domain::calendar::{Moment, from_millis};
use crate::domain::findings::disposition::Sheet;
use crate::domain::ids::ProjectCode;
use crate::domain::meeting::Hearing;
use crate::domain::panel::expert::masked;
use crate::domain::panel::recusal::Why;
use crate::domain::panel::{Panel, Seat};
use crate::domain::permission::matrix::Verb;
use crate::domain::policy::Policy;
use crate::domain::project::Stage;
use crate::domain::workflow::dossier::Dossier;
use crate::domain::workflow::record::Hand;
use crate::service::error::Answer;
use crate::service::gate::Context;
use crate::service::store::audit::StoredEntry;
use crate::service::usecase::is_of_panel;

/// How many entries of the history come with a project.
const HISTORY: u32 = 500;

/// One project, whole.
#[derive(Debug, Clone)]
pub struct Show {
    /// The project.
    pub project: ProjectCode,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct ProjectView {
    /// The project with its records.
    pub dossier: Dossier,
    /// The day by which it should leave its stage.
    pub due: Option<NaiveDate>,
    /// The policy of its running round.
    pub policy: Arc<Policy>,
    /// Which edition of the rules that is, and whether there is a newer one.
    pub rules: RulesOfProject,
    /// The checklist with its answers.
    pub checklist: ChecklistView,
    /// What was found and what was decided about it.
    pub findings: Sheet,
    /// Every action, possible or not.
    pub actions: ActionList,
    /// Who destroyed its content, and when, where somebody did 〔第十七条〕.
    pub destroyed: Option<Hand>,
    /// Files that came with actions.
    pub attachments: Vec<AttachmentView>,
    /// Where it was imported from.
    pub provenance: Option<Provenance>,
    /// Whose opinions the running panel has, and whether they are signed and locked; what they say is read only when
    /// the last one is in.
    pub panel_progress: Vec<(String, bool)>,
    /// The meetings on whose agenda its panels are or were, of the panels that are told.
    pub hearings: Vec<Hearing>,
    /// What to bear in mind about the members of the running panel; for those who know them.
    pub advice: Vec<MemberAdvice>,
    /// Why the reader must stay away from the panel, where that is so; then nothing of it is in the answer.
    pub stay_away: Option<Vec<Why>>,
    /// What happened, the latest first.
    pub history: Vec<Event>,
    /// The moment of the answer.
    pub now: Moment,
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentView {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it came with.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// SM3 of its content.
    pub digest: String,
    /// When it came.
    pub at: Moment,
    /// Who brought it.
    pub account: String,
}

/// The file and row a project was imported from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The file's name.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// The row.
    pub row: u32,
    /// SM3 of the file.
    pub digest: String,
    /// When.
    pub at: Moment,
    /// Which account imported it.
    pub account: String,
    /// The person's name.
    pub name: String,
}

/// Something that happened to a project, drawn from the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The entry's number in the log; 0 for the row of an import.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Which account.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// The operating system's user.
    pub os_user: String,
    /// What was done.
    pub action: String,
    /// The stage before, or empty.
    pub from: String,
    /// The stage after, or empty.
    pub to: String,
    /// In whose name, or empty.
    pub source: String,
    /// What was said.
    pub detail: Detail,
}

impl Query for Show {
    type Answer = ProjectView;

    fn answer(self, context: Context<'_>) -> Answer<ProjectView> {
        let mut dossier = context.visible_dossier(&self.project)?;
        let policy = context.policies.get(context.read, &dossier.project.policy)?;
        let id = dossier.project.id;
        let findings = visible_sheet(context, &dossier, &policy)?;
        dossier.vetoes = findings.bars();
        let checklist = ChecklistView::of(&dossier, &policy);
        let actions = Actions { project: self.project.clone() }.answer(context)?;
        let names: std::collections::BTreeMap<String, String> =
            context.read.accounts()?.into_iter().map(|account| (account.code, account.name)).collect();
        let entries = context.read.audit_page(Some(self.project.as_str()), 0, i64::MAX, HISTORY)?;
        let provenance = context.read.provenance(id)?;
        let events = entries.into_iter().filter_map(|entry| event(entry, &names));
        // The import is one entry of the log for all its projects; each project's history begins with its row.
        let mut history: Vec<Event> = events.chain(provenance.as_ref().map(imported)).collect();
        let panel_progress = progress(&dossier, context);
        keep_unread(&mut dossier.panels, context);
        if !sees_experts(context) {
            dossier.pool = Vec::new();
            history.iter_mut().for_each(keep_experts_unnamed);
        }
        let advice = if sees_experts(context) { advice(context, &dossier, &policy.panel)? } else { Vec::new() };
        let mut attachments = context.read.attachments(id)?;
        let stay_away = dossier.recusal_of(context.actor.id).map(|recused| recused.why.clone());
        if stay_away.is_some() {
            keep_away(&mut history, &mut attachments);
        }
        // Who else must stay away is not for the reader to know.
        dossier.stay_away.clear();
        let told =
            |of: &Hearing| dossier.panels.iter().any(|panel| (panel.round, panel.session) == (of.round, of.session));
        let hearings = context.read.hearings(id)?.into_iter().filter(told).collect();
        for expert in &mut dossier.pool {
            expert.contact = masked(&expert.contact);
        }
        Ok(ProjectView {
            due: dossier.project.clock.due,
            panel_progress,
            hearings,
            attachments,
            stay_away,
            advice,
            destroyed: context.read.destruction(id)?,
            rules: RulesOfProject::of(context, &dossier.project)?,
            policy,
            checklist,
            findings,
            actions,
            provenance,
            history,
            dossier,
            now: context.now,
        })
    }
}

/// Tells whose opinions the running panel has, to those who may know its members.
pub(super) fn progress(dossier: &Dossier, context: Context<'_>) -> Vec<(String, bool)> {
    let Some(panel) = dossier.panel().filter(|_| sees_experts(context)) else { return Vec::new() };
    let said = |seat: &Seat| Some((seat.name.clone(), panel.opinion_of(seat.expert)?.signed));
    panel.seats().iter().filter_map(said).collect()
}

/// Takes away what was said with a step of the panel, and whose part it was; that it was taken stays.
fn keep_experts_unnamed(event: &mut Event) {
    if is_of_panel(&event.action) {
        event.detail = Detail::new();
    }
}

/// Takes away every trace of the panel from somebody who must stay away: its steps, the files that came with them, and
/// the versions by which they could be counted.
fn keep_away(history: &mut Vec<Event>, attachments: &mut Vec<AttachmentView>) {
    history.retain(|event| !is_of_panel(&event.action));
    attachments.retain(|file| !is_of_panel(&file.kind));
    for event in history {
        let rest = event.detail.iter().filter(|(name, _)| *name != "version");
        event.detail = rest.fold(Detail::new(), |detail, (name, content)| detail.with(name, content));
    }
}

fn sees_experts(context: Context<'_>) -> bool {
    context.actor.roles.iter().any(|role| role.sees_all_projects())
}

/// Takes away what may not be read yet. Whom the experts judge does not learn who they are while they do; and until the
/// last opinion is in, nobody reads one but whoever wrote it down.
pub(super) fn keep_unread(panels: &mut Vec<Panel>, context: Context<'_>) {
    if !sees_experts(context) {
        panels.retain(|panel| panel.conclusion.is_some());
    }
    for panel in panels.iter_mut().filter(|panel| !panel.is_open_to_read()) {
        panel.opinions.retain(|opinion| opinion.by.account == context.actor.id);
    }
}

fn imported(from: &Provenance) -> Event {
    Event {
        seq: 0,
        at: from.at,
        account: from.account.clone(),
        name: from.name.clone(),
        os_user: String::new(),
        action: Verb::Import.code().to_owned(),
        from: String::new(),
        to: Stage::Draft.code().to_owned(),
        source: String::new(),
        detail: Detail::new().with("file", from.file.clone()).with("row", from.row.to_string()),
    }
}

/// The history tells what was done; what was denied or refused stands in the log.
fn event(stored: StoredEntry, names: &std::collections::BTreeMap<String, String>) -> Option<Event> {
    let entry = stored.entry;
    if entry.result != "done" {
        return None;
    }
    Some(Event {
        seq: entry.seq,
        at: from_millis(entry.at_millis)?,
        name: names.get(&entry.account).cloned().unwrap_or_else(|| entry.account.clone()),
        account: entry.account,
        os_user: entry.os_user,
        action: entry.action,
        from: entry.from,
        to: entry.to,
        source: entry.source,
        detail: stored.detail.map(|detail| detail.for_people()).unwrap_or_default(),
    })
}
