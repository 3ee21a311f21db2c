//! `demo`: a database of sample data.

use std::io::{IsTerminal, Write};

use serde_json::json;

use crate::cli::args::Demo;
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::service::clock::Clock;
use crate::service::demo::{DemoOptions, DemoReport};
use crate::service::{Service, Session};

/// Creates the sample data. Tells what was made, and as whom to look at it.
pub fn run(place: &Place, args: &Demo) -> Outcome<(Report, Service, Session)> {
    place.prepare_folder()?;
    let options = DemoOptions { projects: args.projects, seed: args.seed };
    let mut progress = Progress { shown: std::io::stderr().is_terminal(), hundredths: 0 };
    let created = Service::create_demo(&place.database, &place.os_user, Clock::System, options, &mut |done, total| {
        progress.tell(done, total);
    });
    progress.end();
    let (mut service, made) = created?;
    let session = service.sign_in(Some(made.open_as), &place.os_user)?;
    Ok((report(place, &made), service, session))
}

fn report(place: &Place, made: &DemoReport) -> Report {
    let database = place.database.to_string_lossy();
    let document = json!({
        "database": database,
        "projects": made.projects,
        "units": made.units,
        "accounts": made.accounts,
        "audit_entries": made.commands,
        "open_as": made.open_as,
    });
    let text = [
        format!("已在 {database} 生成示例数据（均为虚构）："),
        format!(
            "{} 个项目，{} 个单位，{} 个账号，办理 {} 次。",
            made.projects, made.units, made.accounts, made.commands
        ),
        format!("打开：pingshen（账号 {}）；换一个账号：pingshen --as 账号。", made.open_as),
    ];
    Report::new(document, text.join("\n"))
}

/// How far it is, on the terminal of whoever waits; told for each hundredth only.
struct Progress {
    shown: bool,
    hundredths: u64,
}

impl Progress {
    fn tell(&mut self, done: u64, total: u64) {
        let hundredths = done.saturating_mul(100) / total.max(1);
        if self.shown && hundredths != self.hundredths {
            self.hundredths = hundredths;
            // Nobody is harmed by a lost progress line.
            let _ = write!(std::io::stderr(), "\r正在生成示例数据 {hundredths:>3}%");
        }
    }

    fn end(&self) {
        if self.hundredths > 0 {
            let _ = write!(std::io::stderr(), "\r{:32}\r", "");
        }
    }
}
