//! `demo`: sample data, and the terminal UI as the reviewer.

use std::io::{IsTerminal, Write};

use serde_json::json;

use super::Answer;
use crate::cli::args::Demo;
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::output::Report;
use crate::cli::place::{Origin, Place};
use crate::service::clock::Clock;
use crate::service::demo::{DemoOptions, OPEN_AS};
use crate::service::error::{Error, Kind, StoreError};
use crate::service::{Service, demo::DemoReport};

/// Makes the sample data; sample data that is there already is opened as it is.
pub fn run(place: &Place, args: &Demo) -> Outcome<Answer> {
    if args.practice {
        return practise(place, args);
    }
    place.prepare_folder()?;
    let options = DemoOptions { projects: args.projects, seed: args.seed };
    let made = Service::create_demo(&place.database, &place.os_user, Clock::System, options, &mut progress);
    let report = match made {
        Ok((_, report)) => Some(report),
        Err(Error::Unavailable(StoreError::Exists(_))) => {
            must_be_sample_data(place, "请用 --db 路径 指定示例数据放在别处；打开已有数据库直接运行 pingshen")?;
            None
        }
        Err(error) => return Err(error.into()),
    };
    if args.no_open {
        return Ok(Answer::Report(told(place, report)));
    }
    let account = place.account.clone().or_else(|| Some(OPEN_AS.to_owned()));
    Ok(Answer::Screen(Place { account, ..place.clone() }))
}

/// Practice has a county of its own, which is thrown away. A database somebody names all the same must be one in which
/// nothing real could be meant.
fn practise(place: &Place, args: &Demo) -> Outcome<Answer> {
    if args.linear || args.no_open || args.projects.is_some() {
        return Err(Failure::usage(
            "练习要打开全屏界面，用固定的示例数据，不能与 --linear、--no-open、--projects、--json 同用",
            "请只写 pingshen demo --practice",
        ));
    }
    if place.database_from == Origin::Argument && place.database.exists() {
        must_be_sample_data(place, "练习另建临时的示例数据，不用指定数据库：pingshen demo --practice")?;
    }
    let account = place.account.clone().or_else(|| Some(OPEN_AS.to_owned()));
    Ok(Answer::Screen(Place { account, ..place.clone() }))
}

fn must_be_sample_data(place: &Place, remedy: &str) -> Outcome<()> {
    if Service::open(&place.database, Clock::System)?.holds_sample_data()? {
        return Ok(());
    }
    Err(Failure::new(
        FailureKind::Service(Kind::Unavailable),
        format!("{} 是已有的数据库，不是示例数据，未作改动", place.database.display()),
        remedy,
    ))
}

fn told(place: &Place, report: Option<DemoReport>) -> Report {
    let Some(report) = report else {
        let text = format!("{} 已有示例数据，未作改动。", place.database.display());
        return Report::new(json!({ "database": place.database.to_string_lossy(), "created": false }), text);
    };
    let document = json!({
        "database": place.database.to_string_lossy(),
        "created": true,
        "projects": report.projects,
        "units": report.units,
        "accounts": report.accounts,
        "commands": report.commands,
        "open_as": report.open_as,
    });
    let text = format!(
        "已在 {} 建立示例数据：{} 个项目、{} 个单位、{} 个账号。\n打开界面：pingshen --as {}；全部账号：pingshen --as sysadmin user list",
        place.database.display(),
        report.projects,
        report.units,
        report.accounts,
        report.open_as,
    );
    Report::new(document, text)
}

/// Shows progress on standard error while somebody watches; a script's log stays clean.
fn progress(done: u64, total: u64) {
    let mut stderr = std::io::stderr();
    if total < 1_000 || !stderr.is_terminal() {
        return;
    }
    let end = if done == total { "\n" } else { "" };
    // A terminal that went away is no reason to stop.
    let _ = write!(stderr, "\r正在建立示例数据 {done}/{total}{end}").and_then(|()| stderr.flush());
}
