//! Why a command or a question was not answered with yes.

use chrono::NaiveDate;

use super::store;
pub use super::store::error::StoreError;
use crate::domain::actor::Role;
use crate::domain::ids::{ItemId, ProjectCode};
use crate::domain::key::{Fingerprint, KeyProblem};
use crate::domain::meeting::MeetingCode;
use crate::domain::panel::absence::AbsenceProblem;
use crate::domain::panel::expert::ExpertField;
use crate::domain::permission::Denied;
use crate::domain::policy::PolicyProblem;
use crate::domain::round::RoundKind;
use crate::domain::ruling::RulingProblem;
use crate::domain::workflow::input::InputProblem;
use crate::domain::workflow::unmet::Unmet;

/// The kinds of failure promised to scripts; each has its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The input is not acceptable.
    Invalid,
    /// The account may not.
    Denied,
    /// A rule forbids it now.
    Refused,
    /// There is no such thing.
    NotFound,
    /// Someone changed it first.
    Conflict,
    /// The database cannot be used.
    Unavailable,
    /// A fault of the program.
    Bug,
}

/// A failure, with everything a person needs to be told.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input is not acceptable; every problem.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<Invalid>),
    /// The account may not.
    #[error("denied: {0:?}")]
    Denied(Denied),
    /// A rule forbids it now; every unmet condition.
    #[error("refused: {0:?}")]
    Refused(Vec<Unmet>),
    /// There is no such thing.
    #[error("not found: {0:?}")]
    NotFound(Missing),
    /// Someone changed the project first.
    #[error("conflict on {code}: it is at version {current}")]
    Conflict {
        /// The project.
        code: ProjectCode,
        /// Its version now.
        current: i64,
    },
    /// The database cannot be used.
    #[error(transparent)]
    Unavailable(StoreError),
    /// A fault of the program.
    #[error("bug: {0}")]
    Bug(String),
}

/// Something wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// A field of an action.
    Input(InputProblem),
    /// A line of a policy file.
    Policy(PolicyProblem),
    /// A policy with this id is installed already and says something else.
    PolicyExists(String),
    /// The very same text is installed already, under this id.
    PolicyInstalled(String),
    /// Another policy begins on the same day.
    PolicyDateTaken {
        /// Which one.
        id: String,
        /// The day.
        from: NaiveDate,
    },
    /// Something about a ruling.
    Ruling(RulingProblem),
    /// The regulation's text lacks these articles.
    ArticlesMissing(Vec<u8>),
    /// The project has no name.
    NameMissing,
    /// The amount is missing.
    AmountMissing,
    /// The project names no unit.
    UnitMissing,
    /// An account of that name exists.
    AccountExists(String),
    /// The operating system user is bound to another account.
    OsUserTaken(String),
    /// Not a name an account can have.
    AccountName(String),
    /// An account needs a role.
    RoleMissing,
    /// An administrator's account holds no other role (三员分立).
    AdministratorAlone,
    /// Without this account nobody would hold the role of an administrator any more.
    LastAdministrator(Role),
    /// Something about a public key.
    Key(KeyProblem),
    /// The key is registered already.
    KeyTaken(Fingerprint),
    /// The key is in force already.
    KeyInForce(Fingerprint),
    /// Nobody comes in over SSH where one person works alone.
    KeysUnused,
    /// A unit of that name exists.
    UnitExists(String),
    /// A township or subordinate unit names no supervising unit where one is needed.
    SupervisorUnknown(String),
    /// Not a name an expert can have.
    ExpertName(String),
    /// The expert has no employer, against which recusal could be checked.
    ExpertEmployerMissing,
    /// An expert of that name and employer is in the pool.
    ExpertExists(String),
    /// Not a discipline of the policy; which ones are.
    DisciplineUnknown(String, Vec<String>),
    /// Not a past role as one writes it.
    PastRole(String),
    /// The expert stands in the list before, in this row.
    ExpertTwice(u32),
    /// Something about when the expert cannot come.
    Absence(AbsenceProblem),
    /// The account is bound to another expert.
    AccountBound(String, String),
    /// A word that stands for nothing in its column.
    ExpertWord(ExpertField, String),
    /// Nothing was said that should change.
    NothingToChange,
    /// Something wrong with a row of experts.
    ExpertRow(u32, Box<Invalid>),
    /// The item does not apply to the project.
    ItemNotApplicable(ItemId),
    /// The same project stands twice in the form; this is the second row.
    TwiceInForm(u32),
    /// The form names a unit nobody registered; only the Centre registers units.
    UnitNotRegistered {
        /// The row.
        row: u32,
        /// The unit, as written.
        unit: String,
    },
    /// More names of catalogue entries than the catalogue has entries.
    CatalogueNames {
        /// How many names were given.
        names: usize,
    },
    /// The form holds nothing to import.
    NothingToImport,
}

/// What was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// A project.
    Project(ProjectCode),
    /// An account.
    Account(String),
    /// A key that was not revoked.
    Key(String),
    /// No account is bound to this operating system user.
    OsUser(String),
    /// A unit.
    Unit(String),
    /// An expert.
    Expert(String),
    /// A checklist item.
    Item(ItemId),
    /// A policy.
    Policy(String),
    /// A round, or two that can be compared.
    Round(RoundKind, u32),
    /// An opinion of the project, of a round where one was told.
    Opinion(Option<u32>),
    /// An expert panel of the project, by round and by its number in the round, as far as they were told.
    Panel {
        /// The review round.
        round: Option<u32>,
        /// Which panel of the round.
        session: Option<u32>,
    },
    /// A finding of the project, by its id as typed.
    Finding(String),
    /// A meeting.
    Meeting(MeetingCode),
    /// An item of a meeting's agenda.
    AgendaItem(u32),
}

impl Error {
    /// Tells the kind.
    pub fn kind(&self) -> Kind {
        match self {
            Error::Invalid(_) => Kind::Invalid,
            Error::Denied(_) => Kind::Denied,
            Error::Refused(_) => Kind::Refused,
            Error::NotFound(_) => Kind::NotFound,
            Error::Conflict { .. } => Kind::Conflict,
            Error::Unavailable(StoreError::Sqlite(_) | StoreError::Unreadable(_)) | Error::Bug(_) => Kind::Bug,
            Error::Unavailable(_) => Kind::Unavailable,
        }
    }
}

impl From<store::error::StoreError> for Error {
    fn from(error: store::error::StoreError) -> Error {
        Error::Unavailable(error)
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Error {
        Error::Denied(denied)
    }
}

impl From<Vec<Unmet>> for Error {
    fn from(unmet: Vec<Unmet>) -> Error {
        Error::Refused(unmet)
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Error {
        Error::Invalid(vec![invalid])
    }
}

impl From<Missing> for Error {
    fn from(missing: Missing) -> Error {
        Error::NotFound(missing)
    }
}

/// The result of a command or question.
pub type Answer<T> = Result<T, Error>;
