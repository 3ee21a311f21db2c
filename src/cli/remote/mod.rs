//! `ssh-session`: what sshd starts for everybody who comes in, whatever was asked for.
//!
//! This is the floor. sshd tells which key opened the door ([`identity`]), the key tells the person; what was asked for
//! is read as a line of this program's own commands (`asked`) and as nothing else, so there is no shell to escape
//! into. Nothing else of the environment counts ([`environment`]).

mod allow;
mod environment;
mod identity;

use std::ffi::OsString;

pub use allow::allowed;

use super::args::{Global, SshSession};
use super::failure::{Failure, FailureKind, Outcome};
use super::place::{Origin, Place};
use crate::domain::key::Fingerprint;
use crate::domain::permission::Denied;
use crate::service::Service;
use crate::service::clock::Clock;
use crate::service::error::Error;
use crate::service::error::Kind;
use crate::service::line::Stranger;
use crate::service::reach::Reach;

/// The longest line asked for; what is longer belongs on standard input.
const LONGEST: usize = 64 * 1024;

/// Finds out who came in and what is asked for. Who is not known is turned away, and the log says so.
pub fn enter(global: &Global, session: &SshSession) -> Outcome<(Place, Vec<OsString>)> {
    environment::keep_only_what_counts()?;
    environment::harden();
    if global.db.is_none() || global.act_as.is_some() {
        return Err(Failure::usage(
            "ssh-session 由 sshd 启动，须写明 --db，不能写 --as",
            "请按安装说明设置 ForceCommand：pingshen --db 数据库 ssh-session",
        ));
    }
    let mut place = Place::find(global)?;
    place.account = None;
    place.account_from = Origin::Default;
    place.from = environment::client();
    let shown = identity::shown();
    let key = match (&shown, &session.key) {
        (Ok(key), Some(named)) if Fingerprint::parse(named).as_ref() != Some(key) => None,
        (Ok(key), _) => Some(key.clone()),
        (Err(_), _) => None,
    };
    let Some(key) = key else { return Err(turned_away(&place, shown.as_ref().ok(), shown.as_ref().err())) };
    place.reach = Reach::Line(key);
    // Who may not come in is told so before anything of the line is read.
    place.open()?;
    Ok((place, asked()?))
}

/// Reads the line that was asked for: words as a shell would split them, and no shell.
fn asked() -> Outcome<Vec<OsString>> {
    let program = OsString::from("pingshen");
    let Some(line) = environment::asked() else { return Ok(vec![program]) };
    let unreadable =
        || Failure::usage("命令无法识别：引号不成对，或者含有不是文字的内容", "请检查引号；含空格的内容用引号括起来");
    let line = line.into_string().map_err(|_| unreadable())?;
    if line.len() > LONGEST {
        return Err(Failure::usage("命令太长", "长的内容请用标准输入，写作 -"));
    }
    let words = shlex::split(&line).ok_or_else(unreadable)?;
    // Some people write the program's name out of habit.
    let habit = usize::from(words.first().is_some_and(|word| word == "pingshen"));
    Ok(std::iter::once(program).chain(words.into_iter().skip(habit).map(OsString::from)).collect())
}

fn turned_away(place: &Place, key: Option<&Fingerprint>, why: Option<&identity::NotShown>) -> Failure {
    let logged = Service::open(&place.database, Clock::System)
        .and_then(|mut service| service.turn_away(Stranger { os_user: &place.os_user, key, from: &place.from }));
    if let Err(error) = logged {
        return error.into();
    }
    match why {
        None => Failure::from(Error::from(Denied::UnknownKey)),
        Some(why) => {
            Failure::new(FailureKind::Service(Kind::Denied), "未登记的密钥：sshd 没有说明登录所用的密钥", why.remedy())
        }
    }
}
