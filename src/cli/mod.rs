//! The command line: arguments become a command or a question of the service, its answer a JSON document or Chinese
//! sentences. It has no rules of its own.
//!
//! - [`args`]: the commands and their arguments; [`value`]: what an argument may say;
//! - [`usage`]: help and wrong arguments in Chinese;
//! - [`place`]: which database, which account; [`person`]: which user of the operating system; [`file`](mod@file):
//!   what is read and written; [`remote`]: who comes in over SSH;
//! - [`command`]: one file per noun;
//! - [`output`]: what is printed; [`failure`]: what went wrong, for scripts and for people.

mod args;
mod command;
mod failure;
mod file;
mod first_run;
mod output;
mod person;
mod place;
mod remote;
mod usage;
mod value;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use args::{Demo, Document, Line, Noun, Stats};
use command::{Answer, KeysTask};
use failure::{Failure, Outcome};
use first_run::Choice;
use place::Place;
use usage::Reading;

use crate::service::demo::{OPEN_AS, Practice};
use crate::service::{Service, Session};

/// What is left to do after the command line was read.
#[derive(Debug)]
pub enum Next {
    /// Nothing: the program ends with this code.
    Exit(u8),
    /// Open the terminal UI.
    Screen(Start),
    /// Print every key, changed ones as they are, by [`keys_listed`].
    Keys {
        /// What a person wrote in `keys.toml`.
        text: String,
    },
    /// Check a `keys.toml`, and tell what was found by [`keys_checked`].
    CheckKeys {
        /// Where it is.
        path: PathBuf,
        /// What it says; nothing where it is not there.
        text: Option<String>,
        /// Whether a script asks.
        json: bool,
    },
}

/// With what the terminal UI starts.
#[derive(Debug)]
pub struct Start {
    /// Which database, which account.
    pub place: Place,
    /// Whether colors are welcome.
    pub color: bool,
    /// Whether `“ … — ①` take two cells; nothing where the terminal is to be asked.
    pub wide: Option<bool>,
    /// Whether the UI goes line by line instead of taking the screen.
    pub linear: bool,
    /// Whether tasks are practised, in a county that is thrown away.
    pub practice: bool,
}

/// What the terminal UI works with.
#[derive(Debug)]
pub struct Begun {
    /// The open database.
    pub service: Service,
    /// Who is there.
    pub session: Session,
    /// The county to practise in, where that is what the sitting is for.
    pub practice: Option<Practice>,
}

impl Start {
    /// Reads what the person changed in the keys.
    pub fn keys_text(&self) -> Result<Option<String>, String> {
        self.place.keys_text()
    }

    /// Tells where the person's state is kept.
    pub fn state_folder(&self) -> Option<PathBuf> {
        self.place.state_folder()
    }
}

/// Opens the database for the terminal UI. Where there is none yet, a person at a terminal is asked how to begin.
/// A failure is told and its exit code returned.
pub fn begin(start: &Start) -> Result<Begun, u8> {
    let told = |failure| output::failure(&failure, false);
    if start.practice {
        return practise(&start.place).map_err(told);
    }
    open(start).map(|(service, session)| Begun { service, session, practice: None })
}

fn practise(place: &Place) -> Outcome<Begun> {
    let mut practice = Practice::make(&place.os_user)?;
    let (service, session) = practice.open(place.account.as_deref().unwrap_or(OPEN_AS))?;
    Ok(Begun { service, session, practice: Some(practice) })
}

fn open(start: &Start) -> Result<(Service, Session), u8> {
    let told = |failure| output::failure(&failure, false);
    let at_a_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if start.place.database.exists() || !at_a_terminal || !start.place.reach.has_files() {
        return start.place.open().map_err(told);
    }
    match first_run::ask(&start.place, &mut std::io::stdin().lock(), &mut std::io::stdout()).map_err(told)? {
        Choice::Begin(place) => place.open().map_err(told),
        Choice::Leave => Err(0),
    }
}

/// Tells why the terminal UI ended, and its exit code.
pub fn screen_failed(why: &str) -> u8 {
    output::failure(&Failure::usage(why, "命令行可办理同样的事：pingshen --help"), false)
}

/// Reads the command line and runs its command.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Next {
    let args: Vec<OsString> = args.into_iter().collect();
    // Wanted even where the rest of the line cannot be read: a script reads the error as JSON too.
    let json = args.iter().skip(1).take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let line = match usage::read(args) {
        Reading::Line(line) => *line,
        Reading::Page(page) => return Next::Exit(output::verbatim(page.as_bytes())),
        Reading::Wrong(failure) => return Next::Exit(output::failure(&failure, json)),
    };
    match &line.command {
        Some(Noun::SshSession(session)) => match remote::enter(&line.global, session) {
            Ok((place, asked)) => run_over(place, asked),
            Err(failure) => Next::Exit(output::failure(&failure, json)),
        },
        _ => match Place::find(&line.global) {
            Ok(place) => carry_on(place, line, json),
            Err(failure) => Next::Exit(output::failure(&failure, json)),
        },
    }
}

/// Reads and runs what somebody asked for over SSH.
fn run_over(place: Place, asked: Vec<OsString>) -> Next {
    let json = asked.iter().skip(1).take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let allowed = match usage::read(asked) {
        Reading::Line(line) => remote::allowed(&line).map(|()| line),
        Reading::Page(page) => return Next::Exit(output::verbatim(page.as_bytes())),
        Reading::Wrong(failure) => Err(failure),
    };
    match allowed {
        Ok(line) => carry_on(place, *line, json),
        Err(failure) => Next::Exit(output::failure(&failure, json)),
    }
}

fn carry_on(place: Place, line: Line, json: bool) -> Next {
    // The convention of https://no-color.org: any content means no.
    let color = !line.global.no_color && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let wide = place::width(&line.global);
    let linear = line.linear || matches!(&line.command, Some(Noun::Demo(demo)) if demo.linear);
    let practice = matches!(&line.command, Some(Noun::Demo(demo)) if demo.practice);
    match answer(&place, line) {
        Ok(Answer::Report(report)) => Next::Exit(output::report(&report, json)),
        Ok(Answer::Verbatim(bytes)) => Next::Exit(output::verbatim(&bytes)),
        Ok(Answer::Screen(place)) => Next::Screen(Start { place, color, wide, linear, practice }),
        Ok(Answer::Keys(task)) => keys(&place, task, json),
        Err(failure) => Next::Exit(output::failure(&failure, json)),
    }
}

fn keys(place: &Place, task: KeysTask, json: bool) -> Next {
    let next = match task {
        KeysTask::List => place
            .keys_text()
            .map(|text| Next::Keys { text: text.unwrap_or_default() })
            .map_err(|why| Failure::invalid(why, "请检查权限")),
        KeysTask::Check(Some(path)) => {
            place.read_text(&path).map(|text| Next::CheckKeys { path, text: Some(text), json })
        }
        KeysTask::Check(None) => match place.keys_file() {
            None => Err(Failure::usage("不知道用户设置目录在哪里", "请写明要检查的文件")),
            Some(path) if path.exists() => {
                place.read_text(&path).map(|text| Next::CheckKeys { path, text: Some(text), json })
            }
            Some(path) => Ok(Next::CheckKeys { path, text: None, json }),
        },
    };
    next.unwrap_or_else(|failure| Next::Exit(output::failure(&failure, json)))
}

/// Prints the page of every key.
pub fn keys_listed(lines: &[String]) -> u8 {
    output::verbatim(format!("{}\n", lines.join("\n")).as_bytes())
}

/// Tells what was found in a `keys.toml`: each problem with its line.
pub fn keys_checked(path: &Path, is_there: bool, problems: &[(usize, String)], json: bool) -> u8 {
    let shown = path.display();
    let listed: Vec<serde_json::Value> =
        problems.iter().map(|(line, message)| serde_json::json!({ "line": line, "message": message })).collect();
    if problems.is_empty() {
        let said = match is_there {
            true => format!("{shown}：没有问题"),
            false => format!("{shown}：没有这个文件，全部按默认"),
        };
        let document = serde_json::json!({ "file": path.to_string_lossy(), "exists": is_there, "problems": listed });
        return output::report(&output::Report::new(document, said), json);
    }
    let lines: Vec<String> = problems.iter().map(|(line, message)| format!("  第 {line} 行：{message}")).collect();
    let message = format!("{shown} 有 {} 处未采用，其余有效：\n{}", problems.len(), lines.join("\n"));
    let failure = Failure::invalid(message, "按所列各行改正；全部按键用 pingshen keys 查看");
    output::failure(&failure.with("problems", serde_json::Value::Array(listed)), json)
}

fn answer(place: &Place, line: Line) -> Outcome<Answer> {
    if line.linear && !matches!(line.command, None | Some(Noun::Demo(_))) {
        return Err(Failure::usage(
            "--linear 用于打开界面，此命令本来就逐行输出",
            "请去掉 --linear，或只写 pingshen --linear",
        ));
    }
    match (line.command, line.global.json) {
        (None, true) => Err(Failure::usage("没有写明命令，不能输出 JSON", "请写明命令，或去掉 --json 打开界面")),
        (None, false) => Ok(Answer::Screen(place.clone())),
        // A script that wants JSON wants no screen.
        (Some(Noun::Demo(demo)), true) => command::run(place, Noun::Demo(Demo { no_open: true, ..demo })),
        // Standard output holds one thing.
        (Some(Noun::Stats(Stats { csv: true, .. })), true) => {
            Err(Failure::usage("--csv 和 --json 各要占用标准输出", "请只写其中一个"))
        }
        (Some(Noun::Document(args)), json) => command::run(place, Noun::Document(Document { json, ..args })),
        (Some(noun), _) => command::run(place, noun),
    }
}
