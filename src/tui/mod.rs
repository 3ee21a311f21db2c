//! The terminal UI.
//!
//! ```text
//! key → input thread → Incoming → keymap → Message → update(&mut State) → Vec<Effect>
//!                         ↑                                                   ↓
//!                       answer ← worker thread (owns the Service) ← Job ← runner     view(&State) → frame
//! ```
//!
//! [`update`] and [`view`] are pure: no clock, no file, no terminal, no database. All else happens in the runner and
//! the worker. An answer carries the ticket of what asked for it; nobody waits for a stale one, so it is dropped.
//!
//! | to add | touch |
//! |---|---|
//! | a key | its row in `keymap/table.rs`; hints, help, palette and the printed sheet follow |
//! | a question | a variant of [`effect::Question`] and its line in `worker.rs` |
//! | a screen | a folder under `screen/` with state, update and view; [`State::whereabouts`](state::State::whereabouts) tells others of who is there |
//! | a dialog | a file under `widget/` and a variant of [`widget::Dialog`] |
//! | a text field | a [`drafts::Topic`], opened through [`drafts::present`]: nothing typed is lost |
//!
//! What is typed is in the [`journal`] of [`drafts`] before it is drawn: no killed program, dropped line or full database
//! costs a character.
//!
//! [`run_linear`] is the same state machine without a screen: lines in, lines out, for screen readers and bad lines.
//!
//! [`width`] is the only judge of how wide a text is, [`wrap`](mod@wrap) of where its lines break; chrome, editor, caret
//! and truncation all ask these two, so that they cannot disagree.

pub mod canvas;
mod clipboard;
pub mod drafts;
pub mod editor;
pub mod effect;
pub mod files;
mod first_start;
pub mod form;
#[cfg(test)]
mod glass;
mod history;
pub mod importing;
pub mod incoming;
pub mod journal;
mod keyboard;
pub mod keymap;
#[cfg(test)]
mod keys_tests;
pub mod layout;
mod linear;
mod locale;
mod look;
mod lookout;
#[cfg(test)]
mod looks_tests;
pub mod marks;
pub mod message;
pub mod mouse;
mod newest;
mod painter;
#[cfg(test)]
mod painter_tests;
pub mod papers;
pub mod practice;
#[cfg(test)]
mod presence_tests;
mod probe;
mod runner;
pub mod screen;
pub mod screen_text;
#[cfg(test)]
mod sizes_tests;
pub mod state;
mod terminal;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod theme;
mod typeahead;
pub mod update;
pub mod view;
mod waiting;
mod watch;
pub mod widget;
pub mod width;
pub mod worker;
pub mod wrap;

pub use editor::{Editor, Handled, Limits, Pasted};
pub use linear::run as run_linear;
pub use runner::run;
pub use screen_text::screen_text;
pub use width::Width;
pub use wrap::{Row, Rows, wrap};

use std::path::PathBuf;

use crate::domain::ids::ProjectCode;
use crate::service::demo::Practice;

/// How the terminal UI is started.
#[derive(Debug)]
pub struct Options {
    /// Whether colors may be used.
    pub color: bool,
    /// What is shown first.
    pub start: Start,
    /// Whether `“ … — ①` take two cells, where the person said it; else the terminal is asked.
    pub wide: Option<bool>,
    /// What `keys.toml` says, where there is one; or why it cannot be read.
    pub keys: Result<Option<String>, String>,
    /// The folder of the person's state: drafts, the commands run last; none where there is none.
    pub state_folder: Option<PathBuf>,
    /// The county the sitting is in, where it is there to practise.
    pub practice: Option<Practice>,
}

/// What is shown first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Start {
    /// What waits for the account.
    #[default]
    Queue,
    /// A project, the queue below it.
    Project(ProjectCode),
}

/// Why the terminal UI could not run or ended early. `Display` is what the person is told.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Input or output is not a terminal.
    #[error(
        "此处不是终端，不能打开界面。请改用命令：pingshen queue 查看待办，pingshen show 编号 查看项目，pingshen --help 查看全部命令"
    )]
    NotATerminal,
    /// The terminal cannot place its cursor.
    #[error(
        "终端类型（TERM）为空或为 dumb，不能打开界面。请设置 TERM（如 xterm-256color），或改用命令：pingshen queue、pingshen --help"
    )]
    DumbTerminal,
    /// The terminal failed.
    #[error("终端读写失败：{0}")]
    Io(#[from] std::io::Error),
    /// The terminal is gone; what was handed in is saved.
    #[error("终端已断开")]
    HungUp,
    /// Ended by a signal.
    #[error("收到信号 {0}，已退出")]
    Signal(i32),
    /// The thread of the service ended by itself.
    #[error("程序内部错误，已退出；已提交的内容均已保存")]
    Worker,
}

impl Error {
    /// Tells the exit code a shell expects where a signal or a hang-up ended the program.
    pub fn signal_exit_code(&self) -> Option<u8> {
        match self {
            Error::HungUp => Some(128 + 1),
            Error::Signal(signal) => u8::try_from(128 + signal).ok(),
            _ => None,
        }
    }
}
