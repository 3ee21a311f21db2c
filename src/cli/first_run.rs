//! The first start, when there is no database yet: three ways to begin.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use super::args::{Demo, Init};
use super::command::{self, Answer};
use super::failure::Outcome;
use super::place::{Origin, Place};
use crate::domain::search::fold;
use crate::service::Mode;

/// What the person chose.
pub enum Choice {
    /// Go on there.
    Begin(Place),
    /// Leave.
    Leave,
}

/// Asks how to begin and does it. Plain lines, no screen: this must work on any terminal, before anything is known
/// about it.
pub fn ask(place: &Place, input: &mut impl BufRead, output: &mut impl Write) -> Outcome<Choice> {
    let say = |output: &mut dyn Write, text: &str| {
        // A person who cannot be told is not there to answer either: the next read ends it.
        let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    };
    say(output, &format!("还没有数据库（{}）。\n\n", place.database.display()));
    say(
        output,
        "  1 示例数据：虚构的单位和项目，先试用\n  2 新建空的本机数据库\n  3 使用已有的数据库\n  0 退出\n\n请选择，按回车：",
    );
    let mut line = String::new();
    if input.read_line(&mut line).unwrap_or(0) == 0 {
        return Ok(Choice::Leave);
    }
    match fold(line.trim()).as_str() {
        "1" => match command::run(
            place,
            super::args::Noun::Demo(Demo { projects: None, seed: 1, linear: false, practice: false, no_open: false }),
        )? {
            Answer::Screen(place) => Ok(Choice::Begin(place)),
            Answer::Report(_) | Answer::Verbatim(_) | Answer::Keys(_) => Ok(Choice::Leave),
        },
        "2" => {
            let args = Init { mode: Mode::Local, policy: None, sysadmin: None, secadmin: None, auditor: None };
            command::run(place, super::args::Noun::Init(args))?;
            Ok(Choice::Begin(place.clone()))
        }
        "3" => {
            say(output, "数据库文件的路径：");
            let mut path = String::new();
            if input.read_line(&mut path).unwrap_or(0) == 0 || path.trim().is_empty() {
                return Ok(Choice::Leave);
            }
            let database = PathBuf::from(path.trim());
            Ok(Choice::Begin(Place { database, database_from: Origin::Argument, ..place.clone() }))
        }
        _ => Ok(Choice::Leave),
    }
}
