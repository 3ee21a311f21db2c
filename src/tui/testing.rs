//! A desk for tests: the whole terminal UI but the terminal, over a service in memory.

use std::collections::VecDeque;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::drafts::{Keeper, News, Task};
use super::effect::{Effect, Reply};
use super::message::Message;
use super::newest::Newest;
use super::screen_text;
use super::state::State;
use super::update::{read, start, update, wants_rest};
use super::view::render;
use super::worker::{Job, Room, Worker};
use crate::domain::actor::Role;
use crate::domain::calendar::{YearMonth, parse_moment};
use crate::domain::ids::ProjectCode;
use crate::domain::intake::Candidate;
use crate::domain::money::Money;
use crate::domain::project::{Declaration, FundingLevel, FundingLine, ProjectKind, ResourceCatalogue};
use crate::domain::workflow::action::Action;
use crate::service::clock::Clock;
use crate::service::command::{Act, Command, Done, NewDraft};
use crate::service::error::Error;
use crate::service::presence::TerminalId;
use crate::service::view::directory::Myself;
use crate::service::{FirstAccount, Mode, OperationId, Service, Session, Setup};

const PEOPLE: &[(&str, &str, Role)] = &[
    ("intake", "周敏", Role::Intake),
    ("reviewer", "张伟", Role::Reviewer),
    ("other", "李娜", Role::Reviewer),
    ("lead", "王志强", Role::Lead),
    ("signer", "徐国华", Role::Signer),
    ("secretary", "刘敏", Role::PanelSecretary),
    ("deputy", "王芳", Role::PanelSecretary),
    ("planning", "陈立", Role::Planning),
    ("finance", "何军", Role::Finance),
    ("auditor", "聂晓红", Role::Auditor),
    ("sysadmin", "吴海", Role::Sysadmin),
    ("secadmin", "林涛", Role::Secadmin),
];

/// Makes an empty county on 2026-09-12.
pub fn county() -> Service {
    county_with(crate::domain::policy::EMBEDDED)
}

/// Makes an empty county with rules of its own.
pub fn county_with(policy: &str) -> Service {
    Service::in_memory(&setup(policy), clock()).unwrap()
}

/// Makes one on disk, for several terminals.
pub fn county_at(path: &std::path::Path) -> Service {
    Service::create(path, &setup(crate::domain::policy::EMBEDDED), clock()).unwrap()
}

/// Tells the moment the county stands still at.
pub fn clock() -> Clock {
    Clock::Fixed(parse_moment("2026-09-12T09:00:00+08:00").unwrap())
}

fn setup(policy: &str) -> Setup {
    let account = |(code, name, role): &(&str, &str, Role)| FirstAccount {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        roles: vec![*role],
        os_user: None,
    };
    Setup {
        mode: Mode::Local,
        accounts: PEOPLE.iter().map(account).collect(),
        policy: policy.to_owned(),
        sample: false,
        os_user: "os".to_owned(),
    }
}

/// Has somebody execute a command.
pub fn run(service: &mut Service, account: &str, command: Command) -> ProjectCode {
    let session = Session { account: account.to_owned(), os_user: "os".to_owned() };
    match service.execute(&session, OperationId::new(), command).unwrap().done {
        Done::Project { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

/// Has somebody take an action.
pub fn act(service: &mut Service, account: &str, code: &ProjectCode, action: Action, inputs: &[(&str, &str)]) {
    let inputs = inputs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let act =
        Act { project: code.clone(), action, inputs, note: String::new(), attachments: Vec::new(), if_version: None };
    run(service, account, Command::Act(act));
}

/// Registers a draft.
pub fn register(service: &mut Service, name: &str, unit: &str, wan: &str) -> ProjectCode {
    let amount = Money::parse_wan(wan).unwrap();
    let declaration = Declaration {
        name: name.to_owned(),
        kind: Some(ProjectKind::New),
        start: YearMonth::new(2027, 5),
        end: YearMonth::new(2027, 11),
        amount,
        funding: vec![FundingLine { source: "县财政".to_owned(), level: FundingLevel::County, amount }],
        basis: "教师队伍建设方案".to_owned(),
        necessity: "现有平台不能满足培训需要".to_owned(),
        content: "建设培训管理、在线课程、学分认定三个模块".to_owned(),
        contact: "办公室".to_owned(),
        phone: "0793-2550000".to_owned(),
        catalogue: Some(ResourceCatalogue::Entries(12)),
        ..Declaration::default()
    };
    let candidate = Candidate { row: 0, unit: unit.to_owned(), declaration, unclassified: true };
    let draft = NewDraft { candidate, unit_kind: None, supervising_unit: None };
    run(service, "intake", Command::CreateProject(draft))
}

/// Takes a draft to its technical review.
pub fn to_review(service: &mut Service, code: &ProjectCode, wan: &str) {
    to_review_by(service, code, wan, &[]);
}

/// The same, with what the intake clerk says on accepting the scheme, such as who reviews it.
pub fn to_review_by(service: &mut Service, code: &ProjectCode, wan: &str, accepting: &[(&str, &str)]) {
    let doc: &[(&str, &str)] = &[("doc_no", "玉府办字〔2026〕8号"), ("doc_date", "2026-10-20")];
    act(service, "intake", code, Action::Submit, &[]);
    act(service, "intake", code, Action::AcceptPlan, &[]);
    for agency in ["lead", "planning", "finance"] {
        act(service, agency, code, Action::Vote, &[("result", "agree")]);
    }
    act(service, "intake", code, Action::RecordGovernmentDecision, &[&[("result", "approve")], doc].concat());
    let ex_ante = &[("ex_ante_conclusion", "予以支持"), ("ex_ante_date", "2026-10-22")];
    act(service, "intake", code, Action::RequestApproval, ex_ante);
    act(service, "planning", code, Action::ApproveProject, &[&[("amount_wan", wan)], doc].concat());
    act(service, "intake", code, Action::SubmitScheme, &[("designer", "某设计院"), ("version", "1.0")]);
    act(service, "intake", code, Action::AcceptScheme, accepting);
}

/// A person at the terminal.
pub struct Desk {
    /// What the terminal shows.
    pub state: State,
    /// The service behind it.
    pub worker: Worker,
    /// Whether the person left.
    pub left: bool,
    /// What was handed to the clipboard last.
    pub copied: Option<String>,
    /// What was asked of the journal of drafts.
    pub tasks: Vec<Task>,
    /// The journal, where there is one.
    pub keeper: Option<Keeper>,
    /// Effects held back while answers are.
    held: Option<VecDeque<Job>>,
}

impl Desk {
    /// Sits down.
    pub fn open(service: Service, account: &str, size: (u16, u16)) -> Desk {
        Desk::open_with(service, account, size, None)
    }

    /// Sits down where drafts are kept.
    pub fn open_with(service: Service, account: &str, size: (u16, u16), keeper: Option<Keeper>) -> Desk {
        let session = Session { account: account.to_owned(), os_user: "os".to_owned() };
        let mut service = service;
        let me = service.ask(&session, Myself).unwrap();
        let mut desk = Desk {
            state: State::new(TerminalId::new(), size, false, me),
            worker: Worker { service, session, newest: Newest::default(), practice: Room::default() },
            left: false,
            copied: None,
            tasks: Vec::new(),
            keeper,
            held: None,
        };
        let effects = start(&mut desk.state, super::Start::Queue);
        desk.perform(effects);
        let found = desk.keeper.as_mut().map(|keeper| keeper.found().unwrap()).unwrap_or_default();
        let effects = super::drafts::begin(&mut desk.state, found);
        desk.perform(effects);
        desk
    }

    /// Does what an update asked for.
    pub fn perform(&mut self, effects: Vec<Effect>) {
        let mut jobs = VecDeque::new();
        self.collect(effects, &mut jobs);
        if let Some(held) = &mut self.held {
            held.extend(jobs);
            return;
        }
        while let Some(job) = jobs.pop_front() {
            let (ticket, answer) = self.worker.answer(job);
            let effects = update(&mut self.state, Message::Answered(ticket, answer));
            self.collect(effects, &mut jobs);
        }
    }

    fn collect(&mut self, effects: Vec<Effect>, jobs: &mut VecDeque<Job>) {
        for effect in effects {
            match effect {
                Effect::Ask(ticket, question) => jobs.push_back(Job::Ask(ticket, question)),
                Effect::Execute(ticket, command) => jobs.push_back(Job::Execute(ticket, command)),
                Effect::CheckBatch(ticket, items) => jobs.push_back(Job::CheckBatch(ticket, items)),
                Effect::ExecuteBatch(ticket, items, otherwise) => {
                    jobs.push_back(Job::ExecuteBatch(ticket, items, otherwise))
                }
                Effect::GiveUp(ticket) => self.worker.newest.overtake_the_line(ticket),
                Effect::Copy(text) => self.copied = Some(text),
                Effect::Draft(task) => {
                    self.tasks.push(task.clone());
                    let kept = matches!(task, Task::Keep { .. }).then(|| News::Kept(clock().now()));
                    // Without a journal the disk is one that keeps everything at once.
                    let news = match &mut self.keeper {
                        Some(keeper) => keeper.perform(task),
                        None => kept,
                    };
                    if let Some(news) = news {
                        self.state.drafts.hear(news);
                    }
                }
                Effect::Be(..)
                | Effect::Look(_)
                | Effect::KeepTheme(_)
                | Effect::Mouse(_)
                | Effect::Repaint
                | Effect::Remember(_) => {}
                Effect::Quit => self.left = true,
            }
        }
    }

    /// Lets the service answer nothing until [`Desk::release`].
    pub fn hold(&mut self) {
        self.held = Some(VecDeque::new());
    }

    /// Lets the service answer what was held back, the latest first where `backward`.
    pub fn release(&mut self, backward: bool) {
        let mut jobs = self.held.take().unwrap_or_default();
        if wants_rest(&self.state).is_some() {
            let effects = update(&mut self.state, Message::Rested);
            self.collect(effects, &mut jobs);
        }
        let mut jobs: Vec<Job> = jobs.into();
        if backward {
            jobs.reverse();
        }
        for job in jobs {
            let (ticket, answer) = self.worker.answer(job);
            self.tell(Message::Answered(ticket, answer));
        }
    }

    /// Something happens.
    pub fn tell(&mut self, message: Message) {
        let effects = update(&mut self.state, message);
        self.perform(effects);
        // Hands rest after every key, unless the test says when they do.
        if self.held.is_none() && wants_rest(&self.state).is_some() {
            self.tell(Message::Rested);
        }
    }

    /// Lets the service answer what was held back so far, and tells its answers; answers go on being held back.
    pub fn answer_held(&mut self) -> Vec<Result<Reply, Error>> {
        let jobs = self.held.replace(VecDeque::new()).unwrap_or_default();
        jobs.into_iter().map(|job| self.worker.answer(job).1).collect()
    }

    /// Counts what the service was asked and not let answer.
    pub fn held_back(&self) -> usize {
        self.held.as_ref().map_or(0, VecDeque::len)
    }

    /// Presses a key.
    pub fn press(&mut self, code: KeyCode) {
        self.press_with(code, KeyModifiers::NONE);
    }

    /// Presses a key with others held.
    pub fn press_with(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        if let Some(message) = read(&mut self.state, KeyEvent::new(code, modifiers)) {
            self.tell(message);
        }
    }

    /// Presses named keys (`Enter`, `F8`, `Down`, `Esc`, `Tab`) and types everything else.
    pub fn keys(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            let function = word.strip_prefix('F').and_then(|number| number.parse().ok());
            match (word, function) {
                ("Enter", _) => self.press(KeyCode::Enter),
                ("Esc", _) => self.press(KeyCode::Esc),
                ("Tab", _) => self.press(KeyCode::Tab),
                ("Down", _) => self.press(KeyCode::Down),
                ("Up", _) => self.press(KeyCode::Up),
                ("PgDn", _) => self.press(KeyCode::PageDown),
                ("Home", _) => self.press(KeyCode::Home),
                ("End", _) => self.press(KeyCode::End),
                ("Space", _) => self.press(KeyCode::Char(' ')),
                (_, Some(number)) => self.press(KeyCode::F(number)),
                (text, None) => text.chars().for_each(|c| self.press(KeyCode::Char(c))),
            }
        }
    }

    /// Makes the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.tell(Message::Resized(columns, rows));
    }

    /// Tells what the terminal shows.
    pub fn screen(&self) -> String {
        screen_text(&self.drawn().0)
    }

    /// Draws the state and tells where the cursor stands.
    pub fn drawn(&self) -> (Buffer, (u16, u16)) {
        let (columns, rows) = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = render(&self.state, &mut buffer);
        (buffer, cursor)
    }

    /// Tells the message line.
    pub fn message(&self) -> &str {
        self.state.notice.as_ref().map_or("", |notice| notice.text.as_str())
    }
}
