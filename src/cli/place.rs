//! Where the command line works: which database, and as whom.

use std::path::{Path, PathBuf};

use super::Outcome;
use super::args::Global;
use super::failure::{Failure, FailureKind};
use super::person;
use super::value;
use crate::service::clock::Clock;
use crate::service::error::Kind;
use crate::service::reach::Reach;
use crate::service::{Mode, Service, Session};

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An argument.
    Argument,
    /// A variable of the environment.
    Environment,
    /// Nobody said anything.
    Default,
}

impl Origin {
    /// Tells the code.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Argument => "argument",
            Origin::Environment => "environment",
            Origin::Default => "default",
        }
    }

    /// Tells the Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Origin::Argument => "命令行参数",
            Origin::Environment => "环境变量",
            Origin::Default => "默认",
        }
    }
}

/// Which database and which account a command works with.
#[derive(Debug, Clone)]
pub struct Place {
    /// The database file.
    pub database: PathBuf,
    /// Who said so.
    pub database_from: Origin,
    /// The account, unless it is the one bound to the operating system's user.
    pub account: Option<String>,
    /// Who said so.
    pub account_from: Origin,
    /// The operating system's user.
    pub os_user: String,
    /// From where the program is used.
    pub reach: Reach,
    /// From which address, where somebody came over SSH.
    pub from: String,
}

impl Place {
    /// Finds out from the arguments, the environment and the platform, in this order.
    pub fn find(global: &Global) -> Outcome<Place> {
        let (database, database_from) = match (&global.db, variable("PINGSHEN_DB")) {
            (Some(path), _) => (path.clone(), Origin::Argument),
            (None, Some(path)) => (PathBuf::from(path), Origin::Environment),
            (None, None) => (default_database()?, Origin::Default),
        };
        let (account, account_from) = match (&global.act_as, variable("PINGSHEN_AS")) {
            (Some(account), _) => (Some(account.clone()), Origin::Argument),
            (None, Some(account)) => (Some(account.to_string_lossy().into_owned()), Origin::Environment),
            (None, None) => (None, Origin::Default),
        };
        Ok(Place {
            database,
            database_from,
            account,
            account_from,
            os_user: person::os_user(),
            reach: Reach::Machine,
            from: String::new(),
        })
    }

    /// Opens the database and signs in.
    ///
    /// In a shared database another account may be named only by the owner of the file: the service account that runs
    /// sshd's forced command. Anyone else is the account bound to the operating system's user.
    pub fn open(&self) -> Outcome<(Service, Session)> {
        let mut service = Service::open(&self.database, Clock::System)?;
        if let Some(key) = self.reach.key() {
            let session = service.come_in(key, &self.os_user, &self.from)?;
            return Ok((service, session));
        }
        if let Some(account) = &self.account
            && service.mode()? == Mode::Shared
            && !person::owns(&self.database)
        {
            let own = service.sign_in(None, &self.os_user).ok().filter(|own| own.account == *account);
            let session = own.ok_or_else(|| {
                Failure::new(
                    FailureKind::Service(Kind::Denied),
                    "多人共用的数据库不能用 --as 指定他人账号",
                    "请去掉 --as（或环境变量 PINGSHEN_AS），以绑定到本系统用户的账号办理",
                )
            })?;
            return Ok((service, session));
        }
        let session = service.sign_in(self.account.as_deref(), &self.os_user)?;
        Ok((service, session))
    }

    /// Makes the folder of the default database; a folder that a person named must exist already.
    pub fn prepare_folder(&self) -> Outcome<()> {
        use std::os::unix::fs::DirBuilderExt;
        let (Origin::Default, Some(folder)) = (self.database_from, self.database.parent()) else { return Ok(()) };
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| {
            let message = format!("无法建立目录 {}：{}", folder.display(), reason(&error));
            Failure::new(FailureKind::Service(Kind::Unavailable), message, "请检查权限和磁盘，或用 --db 指定别的位置")
        })
    }
}

/// Tells whether the terminal shows `“` and its like two cells wide, where the person said it. A variable nobody can
/// make sense of is no reason not to start: the terminal is asked instead.
pub fn width(global: &Global) -> Option<bool> {
    let from_variable = || variable("PINGSHEN_WIDTH").and_then(|text| value::width(text.to_str()?).ok());
    match global.char_width.or_else(from_variable) {
        None | Some(value::Width::Auto) => None,
        Some(width) => Some(width == value::Width::Wide),
    }
}

pub(super) fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn default_database() -> Outcome<PathBuf> {
    folders()
        .map(|folders| folders.data_dir().join("pingshen.db"))
        .ok_or_else(|| Failure::usage("不知道用户数据目录在哪里", "请用 --db 路径 或环境变量 PINGSHEN_DB 指定数据库"))
}

pub(super) fn folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "pingshen")
}

/// Tells a file's name without its folders.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = crate::domain::text::clean_line(&name).trim().chars().take(200).collect::<String>();
    if name.is_empty() || name == "-" { "标准输入".to_owned() } else { name }
}

pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "没有这个文件或目录".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        std::io::ErrorKind::NotADirectory => "路径中有一段不是目录".to_owned(),
        _ => error.to_string(),
    }
}
