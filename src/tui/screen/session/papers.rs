//! The papers of a meeting: which ones, and into which folder.

use super::over::{About, Ask, Over, Purpose, Question, show};
use crate::service::error::Error;
use crate::tui::effect::{self, Effect, Reply};
use crate::tui::papers::{Choice, Request};
use crate::tui::state::State;
use crate::tui::update::explain;

/// Asks which papers.
pub fn ask(state: &mut State) -> Vec<Effect> {
    let choice = |(at, choice): (usize, &Choice)| format!("{}  {}", at + 1, choice.name());
    let lines = Choice::ALL.iter().enumerate().map(choice).collect();
    show(state, Over::Question(Question { about: About::Papers, title: "出具文书（Word 文件）".to_owned(), lines }))
}

/// Asks for the folder; there is a name already, so that Enter is enough.
pub fn ask_folder(state: &mut State, choice: Choice) -> Vec<Effect> {
    let Some(session) = &state.session else { return Vec::new() };
    let folder = format!("专评{}_文书", session.code);
    let lines = vec![choice.name().to_owned(), "写入下面的文件夹，已有同名的另加序号，不覆盖文件".to_owned()];
    let ask = Ask::new(state, Purpose::Papers(choice), "出具文书".to_owned(), lines).with_text(&folder);
    show(state, Over::Line(ask))
}

/// Has them written.
pub fn issue(state: &mut State, choice: Choice, folder: String) -> Vec<Effect> {
    let State { session, tickets, .. } = state;
    let Some(session) = session else { return Vec::new() };
    let ticket = tickets.issue();
    session.issuing = Some(ticket);
    let project = session.item().map(|item| item.code.clone());
    let request = Request { choice, meeting: session.code, project, folder };
    state.mention("正在出具文书");
    vec![Effect::Ask(ticket, effect::Question::Papers(request))]
}

/// Tells where they are.
pub fn issued(state: &mut State, answer: Result<Reply, Error>) -> Vec<Effect> {
    match answer {
        Ok(Reply::Papers(Ok(written))) => {
            let files = written.files.join("、");
            state.say(format!("已写入 {} 个文件：{}/ {files}", written.files.len(), written.folder));
        }
        Ok(Reply::Papers(Err(why))) => state.complain(why),
        Ok(_) => {}
        Err(error) => explain(state, &error),
    }
    Vec::new()
}
