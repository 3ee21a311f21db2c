//! Everything a person can ask the system to change.

mod experts;
mod key;
mod meeting;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::actor::{Role, UnitKind};
use crate::domain::calendar::Moment;
use crate::domain::checklist::Verdict;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::intake::Candidate;
use crate::domain::meeting::sheet::Field;
use crate::domain::project::{Declaration, Stage};
use crate::domain::workflow::action::Action;

pub use experts::{ExpertFacts, ExpertImport, ExpertRow, NewExpert};
pub use key::KeyOrder;
pub use meeting::{Attend, MeetingOrder, Note};

/// A command. It is answered once, and the answer is one entry of the log.
#[derive(Debug, Clone)]
pub enum Command {
    /// Registers a draft.
    CreateProject(NewDraft),
    /// Completes a declaration.
    EditDeclaration {
        /// The project.
        project: ProjectCode,
        /// The whole declaration as it shall be.
        declaration: Box<Declaration>,
        /// The version the person saw.
        if_version: Option<i64>,
    },
    /// Registers the projects of a form.
    ImportProjects(Import),
    /// Takes an action of the workflow.
    Act(Act),
    /// Answers checklist items.
    Judge {
        /// The project.
        project: ProjectCode,
        /// The answers.
        answers: Vec<ItemAnswer>,
        /// The version the person saw.
        if_version: Option<i64>,
    },
    /// Decides about a finding.
    DisposeFinding(Disposal),
    /// Undoes what the person did last with a project, or does it again.
    Undo(Undo),
    /// Adds an account.
    AddAccount {
        /// Its name on the command line.
        code: String,
        /// The person's name.
        name: String,
        /// The person's unit.
        unit: String,
        /// Its roles.
        roles: Vec<Role>,
        /// The operating system user bound to it.
        os_user: Option<String>,
    },
    /// Lets an account act, or no longer.
    SetAccountActive {
        /// The account.
        code: String,
        /// Whether it may act.
        active: bool,
    },
    /// Changes the roles of an account.
    ChangeRoles {
        /// The account.
        code: String,
        /// Roles it gets.
        add: Vec<Role>,
        /// Roles it loses.
        remove: Vec<Role>,
    },
    /// Changes the keys with which people come in over SSH.
    Key(KeyOrder),
    /// Adds a unit.
    AddUnit {
        /// Its name.
        name: String,
        /// What kind of body it is.
        kind: UnitKind,
        /// The unit that supervises it.
        supervisor: Option<String>,
    },
    /// Adds an expert to the pool.
    AddExpert(NewExpert),
    /// Adds all experts of a file who are not there yet, or none.
    ImportExperts {
        /// The file's name.
        file: String,
        /// The experts.
        experts: Vec<ExpertRow>,
        /// Whether those who are there are changed to what the file says; else the differences are only told.
        update: bool,
    },
    /// Changes what the pool says of an expert.
    EditExpert {
        /// The expert's number, or a name only one of them has.
        expert: String,
        /// What changes.
        change: Box<ExpertFacts>,
        /// Whether it only corrects what was written wrongly; else an employer that changes was left this month.
        correction: bool,
    },
    /// Notes that an expert cannot come from one day to another.
    SetExpertAway {
        /// The expert's number, or a name only one of them has.
        expert: String,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        until: NaiveDate,
        /// Why.
        reason: String,
    },
    /// Notes that an expert can come again from a day on.
    SetExpertBack {
        /// The expert's number, or a name only one of them has.
        expert: String,
        /// The first day the expert can come; today where nothing is said.
        on: Option<NaiveDate>,
    },
    /// Binds an expert to the account of the same person, or to none.
    BindExpert {
        /// The expert's number, or a name only one of them has.
        expert: String,
        /// The account.
        account: Option<String>,
    },
    /// Notes that how to reach the experts was read; [`Service::contacts`](super::Service::contacts) reads it.
    ReadContacts {
        /// For what.
        purpose: String,
    },
    /// Lets an expert be asked, or no longer.
    SetExpertActive {
        /// The expert's number, or a name only one of them has.
        expert: String,
        /// Whether the expert may be asked.
        active: bool,
        /// Why not.
        reason: String,
    },
    /// Runs a meeting of expert panels: its agenda, its pointer, its writing seat.
    Meeting(MeetingOrder),
    /// Notes whether a member of a panel came.
    Attend(Attend),
    /// Writes down what is said while a panel sits.
    Note(Note),
    /// Installs a policy.
    InstallPolicy {
        /// The file's text.
        text: String,
    },
    /// Registers a ruling 〔第十八条〕.
    AddRuling(NewRuling),
    /// Loads the regulation's official text.
    LoadRegulation {
        /// The text.
        text: String,
    },
    /// Notes that a backup was made; [`Service::backup`](super::Service::backup) makes it.
    NoteBackup {
        /// Its file name.
        file: String,
        /// The head of its log, hexadecimal.
        head: String,
    },
}

/// A project to register.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// What was read.
    pub candidate: Candidate,
    /// What kind of body the unit is, where the input says so.
    pub unit_kind: Option<UnitKind>,
    /// The unit it reports through, where the input says so.
    pub supervising_unit: Option<String>,
}

/// A ruling to register.
#[derive(Debug, Clone)]
pub struct NewRuling {
    /// The policy's open question it answers.
    pub question: Option<u32>,
    /// A question of its own, where it answers none of the policy's.
    pub text: String,
    /// The answer.
    pub answer: String,
    /// The articles it interprets.
    pub articles: Vec<u8>,
    /// 文号.
    pub doc_no: String,
    /// The document's date.
    pub doc_date: NaiveDate,
    /// Who signed the document.
    pub signer: String,
    /// The first day it applies, where somebody says so.
    pub effective_from: Option<NaiveDate>,
    /// The settings it changes, with their values.
    pub settings: Vec<(String, String)>,
}

/// A form to import.
#[derive(Debug, Clone)]
pub struct Import {
    /// The file's name.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// SM3 of the file.
    pub digest: String,
    /// The projects to register.
    pub candidates: Vec<Candidate>,
    /// The unit all of the form's units report through, where the intake clerk imports a summary sheet for it; a
    /// supervising unit's own sheets report through itself.
    pub supervising_unit: Option<String>,
    /// When the form reached the Centre, where somebody says so.
    pub received_at: Option<Moment>,
    /// Rows that were left out, secret ones included: numbers only.
    pub left_out: Vec<u32>,
}

/// An action to take.
#[derive(Debug, Clone)]
pub struct Act {
    /// The project.
    pub project: ProjectCode,
    /// The action.
    pub action: Action,
    /// Its input, each field as given.
    pub inputs: BTreeMap<String, String>,
    /// A remark for the history.
    pub note: String,
    /// Files that go with it.
    pub attachments: Vec<AttachedFile>,
    /// The version the person saw.
    pub if_version: Option<i64>,
}

/// A file that goes with an action.
#[derive(Debug, Clone)]
pub struct AttachedFile {
    /// Its name, without folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// An answer to an item; texts not given stay what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemAnswer {
    /// The item.
    pub item: ItemId,
    /// What happens to the verdict.
    pub verdict: VerdictChange,
    /// 问题描述, or the reason of a 不适用.
    pub remark: Option<String>,
    /// 修改建议.
    pub suggestion: Option<String>,
    /// 参考依据.
    pub basis: Option<String>,
    /// The place in the scheme.
    pub cite: Option<String>,
}

/// An undoing of something one did oneself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// The project.
    pub project: ProjectCode,
    /// The operation of what is undone; else the last thing that can be.
    pub operation: Option<String>,
    /// Whether what was undone last is done again.
    pub redo: bool,
}

/// A decision about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// The project.
    pub project: ProjectCode,
    /// The finding's id, as typed.
    pub finding: String,
    /// Whether it is taken up; else it is ruled out.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// The version the person saw.
    pub if_version: Option<i64>,
}

/// What happens to a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerdictChange {
    /// It stays what it is, given or not.
    Keep,
    /// It is given or replaced.
    Set(Verdict),
    /// The whole answer is taken back; the history keeps it.
    Clear,
}

/// The answer to a command that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its place in the log.
    pub audit: AuditRef,
    /// What was done.
    pub done: Done,
}

/// A place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRef {
    /// The entry's number.
    pub seq: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// A project was registered or changed.
    Project {
        /// Its code.
        code: ProjectCode,
        /// What was done to it.
        action: String,
        /// Where it stands now.
        stage: Stage,
        /// Its version now.
        version: i64,
        /// Whether this was a change that takes effect only with its adjusted approval.
        waits: bool,
    },
    /// A value was set to what it was before.
    Undone {
        /// The project.
        code: ProjectCode,
        /// What was undone, as the log records it.
        act: String,
        /// Of what the value is: items, a finding; nothing of whose the project is.
        subjects: Vec<String>,
        /// Whether it was done again rather.
        redo: bool,
        /// Where the project stands.
        stage: Stage,
        /// Its version now.
        version: i64,
    },
    /// Fields of a panel's sheet were written.
    Noted {
        /// The project.
        code: ProjectCode,
        /// The fields and which version of each this is.
        versions: Vec<(Field, u32)>,
        /// Who writes at the meeting, where that is somebody else: what was said is kept beside the sheet, not on it.
        aside: Option<String>,
    },
    /// A form was imported.
    Imported(ImportReport),
    /// A list of experts was imported.
    Experts(ExpertImport),
    /// Something about accounts, units or policies, by name.
    System {
        /// What was done.
        action: String,
        /// To what.
        subject: String,
    },
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Projects registered: row, code (none in a preview), name.
    pub created: Vec<(u32, Option<ProjectCode>, String)>,
    /// Rows that were registered before: row and code.
    pub duplicates: Vec<(u32, ProjectCode)>,
    /// Units that were registered on the way, with the kind guessed from their names.
    pub new_units: Vec<(String, UnitKind)>,
}
