//! pingshen (评审): the 政务信息化项目管理系统 of a county, as a terminal program.
//!
//! # Layers
//!
//! Dependencies run one way only; `tests/architecture/` holds it:
//!
//! ```text
//! domain  <-  service (store private inside)  <-  wording  <-  documents  <-  cli, tui  <-  main
//! ```
//!
//! - [`domain`]: the rules of the trade, pure. What the regulation says is decided here and nowhere else.
//! - [`service`]: the one door. [`service::Service::execute`] answers commands, [`service::Service::ask`] questions.
//!   SQLite lives inside it, in a module that cannot be named from outside.
//! - [`wording`]: every Chinese sentence that more than one front end shows.
//! - [`documents`]: files in and out.
//! - [`cli`]: commands for scripts and people, with promised JSON and exit codes.
//! - [`tui`]: the screens, by keys alone.
//!
//! # What always holds
//!
//! - Nothing is written without a [`domain::permission::Permit`]; nothing is committed without its entry in the log,
//!   in the same transaction. Refusals and denials leave an entry too.
//! - Who is where right now ([`service::presence`]) is no record: it has a file of its own that may be lost, and nothing
//!   waits for it or fails because of it.
//! - Over SSH the key says who it is, at every transaction anew, and no path of the machine is the person's:
//!   [`service::reach::Reach`] decides for commands and screens alike.
//! - Every threshold, deadline and checklist item is dated data in `assets/policy/`, never a number in code.
//! - Money is integer 分; no floating-point number comes near it.
//! - One function, [`domain::workflow::decide`], answers "may this happen now?" for screens, scripts and the log.
//!
//! # To add …
//!
//! - **an action**: a variant of [`domain::workflow::action::Action`]; the compiler then asks for its row in
//!   `workflow/table.rs`, its gates, its line in `permission/matrix.rs`, its label in `wording/labels.rs`.
//! - **a condition**: a variant of [`domain::workflow::unmet::Unmet`] with its rule, and its sentence in
//!   `wording/sentence.rs`.
//! - **a finding**: a variant of [`domain::findings::Pattern`], its function in the file of its family, its words in
//!   `wording/findings.rs`; what the county may set goes to `[findings]` of the policy.
//! - **a command**: a variant of [`service::command::Command`] and a file in `service/usecase/`.
//!   What people call it by on the command line says in `cli/remote/allow.rs` whether it is for everybody who comes in
//!   over SSH, and opens files through `cli/file.rs` only.
//! - **a question**: a struct with [`service::view::Query`] in `service/view/`.
//! - **a change of the schema**: a new file in `assets/migrations/` and its line in `service/store/schema.rs`;
//!   then keep a database of it as the head of `tests/migrations.rs` says.

pub mod cli;
pub mod documents;
pub mod domain;
pub mod service;
pub mod tui;
pub mod wording;
