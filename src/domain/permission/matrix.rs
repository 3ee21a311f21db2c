//! The matrix: for each verb, the roles that may and the relation they must have to the project.

use crate::domain::actor::Role;
use crate::domain::workflow::action::Action;

/// Everything a person can ask the system to do that writes something, or reads the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// An action of the workflow.
    Act(Action),
    /// Registering a draft.
    CreateProject,
    /// Completing a declaration.
    EditDeclaration,
    /// Answering checklist items.
    Judge,
    /// Deciding about a finding.
    DisposeFinding,
    /// Importing a form.
    Import,
    /// Seeing accounts, disabling them and revoking keys; where one person works alone, everything about accounts.
    ManageAccounts,
    /// Proposing accounts and keys where many work together.
    ProposeAccounts,
    /// Putting proposed accounts and keys into force and giving roles where many work together.
    GrantAccounts,
    /// Adding units.
    ManageUnits,
    /// Keeping the expert pool.
    ManageExperts,
    /// Calling meetings of panels and running them.
    RunMeetings,
    /// Writing down what happens while a panel sits.
    RecordMeeting,
    /// Installing a policy.
    InstallPolicy,
    /// Registering a ruling 〔第十八条〕.
    AddRuling,
    /// Reading and verifying the log.
    ReadAudit,
    /// Making a backup.
    Backup,
}

impl Verb {
    /// Every verb.
    pub fn all() -> impl Iterator<Item = Verb> {
        Action::ALL.iter().map(|action| Verb::Act(*action)).chain([
            Verb::CreateProject,
            Verb::EditDeclaration,
            Verb::Judge,
            Verb::DisposeFinding,
            Verb::Import,
            Verb::ManageAccounts,
            Verb::ProposeAccounts,
            Verb::GrantAccounts,
            Verb::ManageUnits,
            Verb::ManageExperts,
            Verb::RunMeetings,
            Verb::RecordMeeting,
            Verb::InstallPolicy,
            Verb::AddRuling,
            Verb::ReadAudit,
            Verb::Backup,
        ])
    }

    /// Tells the code under which the log records it.
    pub const fn code(self) -> &'static str {
        match self {
            Verb::Act(action) => action.code(),
            Verb::CreateProject => "create-project",
            Verb::EditDeclaration => "edit-declaration",
            Verb::Judge => "judge",
            Verb::DisposeFinding => "dispose-finding",
            Verb::Import => "import",
            Verb::ManageAccounts => "manage-accounts",
            Verb::ProposeAccounts => "propose-accounts",
            Verb::GrantAccounts => "grant-accounts",
            Verb::ManageUnits => "manage-units",
            Verb::ManageExperts => "manage-experts",
            Verb::RunMeetings => "run-meetings",
            Verb::RecordMeeting => "record-meeting",
            Verb::InstallPolicy => "install-policy",
            Verb::AddRuling => "add-ruling",
            Verb::ReadAudit => "read-audit",
            Verb::Backup => "backup",
        }
    }
}

/// How an account must stand to a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// In any way.
    Any,
    /// The project is of the account's own unit.
    OwnUnit,
    /// The project reports through the account's unit.
    Supervises,
    /// The project reports through the account's unit, which handed its form in on a summary sheet 〔附件 注〕.
    Summarizes,
}

/// What a unit does itself, or the intake clerk on its behalf. The unit comes first: a person who is both acts as
/// the unit.
const UNIT_OR_CLERK: &[(Role, Relation)] = &[(Role::Unit, Relation::OwnUnit), (Role::Intake, Relation::Any)];

/// What a unit does itself or the intake clerk on its behalf, and the supervising unit for those it summarizes: such
/// units often have no account of their own.
const UNIT_CLERK_OR_SUMMARIZER: &[(Role, Relation)] =
    &[(Role::Unit, Relation::OwnUnit), (Role::Intake, Relation::Any), (Role::Supervisor, Relation::Summarizes)];

/// Who hands forms in: the unit, the intake clerk, and the supervising unit a summary sheet of those it supervises.
const IMPORTERS: &[(Role, Relation)] =
    &[(Role::Unit, Relation::OwnUnit), (Role::Intake, Relation::Any), (Role::Supervisor, Relation::Supervises)];

/// The steps of procurement: the unit takes them, 财政局 may, and the intake clerk on the unit's behalf.
const PROCURERS: &[(Role, Relation)] =
    &[(Role::Unit, Relation::OwnUnit), (Role::Finance, Relation::Any), (Role::Intake, Relation::Any)];

/// Lists who may: each role with the relation it needs.
pub const fn grants(verb: Verb) -> &'static [(Role, Relation)] {
    match verb {
        Verb::Act(action) => match action {
            Action::ReportToSupervisor => UNIT_CLERK_OR_SUMMARIZER,
            Action::Submit | Action::RequestApproval | Action::SubmitScheme => UNIT_OR_CLERK,
            Action::SendToFiling | Action::RecordSurvey | Action::FixRequirement => UNIT_OR_CLERK,
            Action::StartImplementation | Action::StartTrial | Action::RequestAcceptance => UNIT_OR_CLERK,
            Action::RequestReacceptance | Action::GoLive | Action::RequestEvaluation => UNIT_OR_CLERK,
            Action::FinishRectification | Action::Correct | Action::Withdraw => UNIT_OR_CLERK,
            Action::EnterProcurement
            | Action::StartProcurement
            | Action::FailProcurement
            | Action::RestartProcurement
            | Action::RegisterContract => PROCURERS,
            Action::DecideFiling => &[(Role::Cyberspace, Relation::Any)],
            Action::RecordAcceptance => &[(Role::Reviewer, Relation::Any)],
            Action::RegisterPayment => &[(Role::Finance, Relation::Any)],
            Action::RecordEvaluation => {
                &[(Role::Lead, Relation::Any), (Role::Finance, Relation::Any), (Role::Planning, Relation::Any)]
            }
            Action::Archive => &[(Role::Intake, Relation::Any)],
            Action::RuleOut | Action::Exempt | Action::Suspend | Action::Resume => &[(Role::Lead, Relation::Any)],
            Action::Terminate | Action::AskAdvice => &[(Role::Lead, Relation::Any)],
            // 发改委 only answers what the others asked for.
            Action::Change => &[
                (Role::Unit, Relation::OwnUnit),
                (Role::Lead, Relation::Any),
                (Role::Intake, Relation::Any),
                (Role::Planning, Relation::Any),
            ],
            Action::FreezeSecret | Action::Unfreeze | Action::Expunge => {
                &[(Role::Lead, Relation::Any), (Role::Secadmin, Relation::Any)]
            }
            Action::FlagViolation | Action::ClearViolation => {
                &[(Role::Lead, Relation::Any), (Role::Finance, Relation::Any), (Role::Oversight, Relation::Any)]
            }
            Action::Advise => &[(Role::Oversight, Relation::Any)],
            // Each at the stages where it is that role's turn.
            Action::ReturnForCorrection => &[
                (Role::Intake, Relation::Any),
                (Role::Reviewer, Relation::Any),
                (Role::Lead, Relation::Any),
                (Role::Planning, Relation::Any),
                (Role::Finance, Relation::Any),
                (Role::Cyberspace, Relation::Any),
            ],
            Action::Endorse | Action::Decline => &[(Role::Supervisor, Relation::Supervises)],
            Action::AcceptPlan | Action::RecordGovernmentDecision | Action::TakeSmallRoute | Action::AcceptScheme => {
                &[(Role::Intake, Relation::Any)]
            }
            Action::Vote => {
                &[(Role::Lead, Relation::Any), (Role::Planning, Relation::Any), (Role::Finance, Relation::Any)]
            }
            Action::ApproveProject | Action::RefuseProject => &[(Role::Planning, Relation::Any)],
            Action::RequestPanel | Action::CloseFix | Action::FinishRevision => &[(Role::Reviewer, Relation::Any)],
            Action::DeclareRecusal
            | Action::DrawPanel
            | Action::FormPanel
            | Action::RecordExpertOpinion
            | Action::CloseOpinions
            | Action::ConcludePanel
            | Action::CorrectPanelRecord => &[(Role::PanelSecretary, Relation::Any)],
            // Who confirms the members confirms that one of them changes.
            Action::ConfirmPanel | Action::ReplaceExpert => &[(Role::Lead, Relation::Any)],
            Action::DraftOpinion => &[(Role::Reviewer, Relation::Any)],
            Action::CheckOpinion => &[(Role::Lead, Relation::Any)],
            Action::SignOpinion => &[(Role::Signer, Relation::Any)],
            Action::SendBack => &[(Role::Lead, Relation::Any), (Role::Signer, Relation::Any)],
            Action::Claim | Action::TakeOver => &[(Role::Reviewer, Relation::Any)],
            // The lead comes first: a person who is both may also release what another holds.
            Action::Release => &[(Role::Lead, Relation::Any), (Role::Reviewer, Relation::Any)],
            Action::Assign => &[(Role::Lead, Relation::Any)],
            // Whoever may take one of the steps that can be taken back.
            Action::Recall => &[
                (Role::Unit, Relation::OwnUnit),
                (Role::Intake, Relation::Any),
                (Role::Supervisor, Relation::Summarizes),
                (Role::Reviewer, Relation::Any),
                (Role::Lead, Relation::Any),
                (Role::Signer, Relation::Any),
                (Role::Planning, Relation::Any),
                (Role::Finance, Relation::Any),
                (Role::Cyberspace, Relation::Any),
            ],
        },
        Verb::CreateProject => UNIT_OR_CLERK,
        Verb::EditDeclaration => UNIT_CLERK_OR_SUMMARIZER,
        Verb::Import => IMPORTERS,
        Verb::Judge => &[(Role::Reviewer, Relation::Any)],
        // The lead comes first: a person who is both rules out a veto as the lead.
        Verb::DisposeFinding => &[(Role::Lead, Relation::Any), (Role::Reviewer, Relation::Any)],
        Verb::ManageAccounts => &[(Role::Sysadmin, Relation::Any), (Role::Secadmin, Relation::Any)],
        // Who lets people in does not choose them (三员分立).
        Verb::ProposeAccounts => &[(Role::Sysadmin, Relation::Any)],
        Verb::GrantAccounts => &[(Role::Secadmin, Relation::Any)],
        Verb::ManageUnits => &[(Role::Sysadmin, Relation::Any), (Role::Intake, Relation::Any)],
        Verb::ManageExperts | Verb::RunMeetings | Verb::RecordMeeting => &[(Role::PanelSecretary, Relation::Any)],
        Verb::InstallPolicy => &[(Role::Secadmin, Relation::Any)],
        // The Centre interprets the regulation 〔第十八条〕.
        Verb::AddRuling => &[(Role::Lead, Relation::Any)],
        Verb::ReadAudit => &[(Role::Auditor, Relation::Any)],
        Verb::Backup => &[(Role::Sysadmin, Relation::Any)],
    }
}
