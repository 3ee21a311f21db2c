//! A meeting of expert panels recorded with the real program in real terminals: the secretary's tasks within their keys,
//! two terminals that write in turn and lose nothing, and a connection that breaks in the middle of a sentence.

use std::cell::RefCell;

use pingshen::domain::actor::Role;
use pingshen::domain::calendar::YearMonth;
use pingshen::domain::ids::{ExpertId, ProjectCode};
use pingshen::domain::intake::Candidate;
use pingshen::domain::meeting::MeetingCode;
use pingshen::domain::meeting::sheet::Field;
use pingshen::domain::money::Money;
use pingshen::domain::panel::attendance::Presence;
use pingshen::domain::policy::EMBEDDED;
use pingshen::domain::project::{Declaration, FundingLevel, FundingLine, ProjectKind, ResourceCatalogue};
use pingshen::domain::workflow::action::Action;
use pingshen::domain::workflow::record::PanelResult;
use pingshen::service::clock::Clock;
use pingshen::service::command::{Act, Command, Done, MeetingOrder, NewDraft, NewExpert, Note};
use pingshen::service::view::meeting::{ItemView, Meetings, ShowMeeting};
use pingshen::service::view::notes::NoteHistory;
use pingshen::service::{FirstAccount, Mode, OperationId, Service, Session, Setup};
use tempfile::TempDir;

use crate::terminal::{Says, Terminal};

const ENTER: &str = "\r";
const TAB: &str = "\t";
const DOWN: &str = "\x1b[B";
const HOME: &str = "\x1b[H";
const F2: &str = "\x1bOQ";
const F8: &str = "\x1b[19~";
const F9: &str = "\x1b[20~";
const CLEAR: &str = "\x15";

const PEOPLE: [(&str, &str, Role); 8] = [
    ("intake", "周敏", Role::Intake),
    ("reviewer", "张伟", Role::Reviewer),
    ("lead", "王志强", Role::Lead),
    ("secretary", "刘敏", Role::PanelSecretary),
    ("deputy", "王芳", Role::PanelSecretary),
    ("planning", "陈立", Role::Planning),
    ("finance", "何军", Role::Finance),
    ("sysadmin", "吴海", Role::Sysadmin),
];
const NAMES: [&str; 7] = ["陈立群", "周敏芝", "吴大海", "郑洁", "孙文", "何建军", "林涛"];
const FIELDS: [&str; 7] = ["architecture", "security", "cost", "business", "business", "security", "architecture"];

/// A meeting of today with two panels of seven, in a database of its own.
struct Hall {
    folder: TempDir,
    service: RefCell<Service>,
    code: ProjectCode,
    meeting: MeetingCode,
}

fn session(account: &str) -> Session {
    Session { account: account.to_owned(), os_user: "os".to_owned() }
}

impl Hall {
    fn new() -> Hall {
        let folder = TempDir::new().unwrap();
        let account = |(code, name, role): (&str, &str, Role)| FirstAccount {
            code: code.to_owned(),
            name: name.to_owned(),
            roles: vec![role],
            os_user: None,
        };
        let setup = Setup {
            mode: Mode::Local,
            accounts: PEOPLE.map(account).to_vec(),
            policy: EMBEDDED.replace("vacancy = \"replace\"", "vacancy = \"go-on\""),
            sample: false,
            os_user: "os".to_owned(),
        };
        let service = Service::create(&folder.path().join("office.db"), &setup, Clock::System).unwrap();
        let mut hall = Hall {
            folder,
            service: RefCell::new(service),
            code: ProjectCode::typed(""),
            meeting: MeetingCode { year: 2026, number: 1 },
        };
        let experts = NAMES.iter().zip(FIELDS).map(|(name, field)| NewExpert {
            name: (*name).to_owned(),
            employer: format!("{name}所在大学"),
            title: "教授".to_owned(),
            disciplines: vec![field.to_owned()],
            ..NewExpert::default()
        });
        for expert in experts {
            hall.run("secretary", Command::AddExpert(expert));
        }
        let codes = [("县教育局智慧校园二期", "县教育局"), ("应急局指挥调度系统", "县应急局")];
        let codes = codes.map(|(name, unit)| hall.bring(name, unit));
        hall.code = codes[0].clone();
        let day = hall.service.borrow().now().date_naive();
        let place = "县数据中心会议室".to_owned();
        hall.run("secretary", Command::Meeting(MeetingOrder::Call { day, place, projects: codes.to_vec() }));
        hall.meeting = hall.service.borrow_mut().ask(&session("secretary"), Meetings).unwrap().meetings[0].code;
        hall
    }

    #[track_caller]
    fn run(&self, account: &str, command: Command) -> Done {
        self.service.borrow_mut().execute(&session(account), OperationId::new(), command).unwrap().done
    }

    #[track_caller]
    fn act(&self, account: &str, project: &ProjectCode, action: Action, inputs: &[(&str, &str)]) {
        let inputs = inputs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let project = project.clone();
        let act = Act { project, action, inputs, note: String::new(), attachments: Vec::new(), if_version: None };
        self.run(account, Command::Act(act));
    }

    /// Brings a project to the day its confirmed panel sits.
    fn bring(&self, name: &str, unit: &str) -> ProjectCode {
        let amount = Money::parse_wan("268").unwrap();
        let declaration = Declaration {
            name: name.to_owned(),
            kind: Some(ProjectKind::New),
            start: YearMonth::new(2027, 5),
            end: YearMonth::new(2027, 11),
            amount,
            funding: vec![FundingLine { source: "县财政".to_owned(), level: FundingLevel::County, amount }],
            basis: "规划".to_owned(),
            necessity: "需要".to_owned(),
            content: "建设".to_owned(),
            contact: "办公室".to_owned(),
            phone: "0793-2550000".to_owned(),
            catalogue: Some(ResourceCatalogue::Entries(12)),
            ..Declaration::default()
        };
        let candidate = Candidate { row: 0, unit: unit.to_owned(), declaration, unclassified: true };
        let draft = NewDraft { candidate, unit_kind: None, supervising_unit: None };
        let Done::Project { code, .. } = self.run("intake", Command::CreateProject(draft)) else { unreachable!() };
        let doc: &[(&str, &str)] = &[("doc_no", "玉府办字〔2026〕8号"), ("doc_date", "2026-10-20")];
        self.act("intake", &code, Action::Submit, &[]);
        self.act("intake", &code, Action::AcceptPlan, &[]);
        for agency in ["lead", "planning", "finance"] {
            self.act(agency, &code, Action::Vote, &[("result", "agree")]);
        }
        self.act("intake", &code, Action::RecordGovernmentDecision, &[&[("result", "approve")], doc].concat());
        let ex_ante = &[("ex_ante_conclusion", "予以支持"), ("ex_ante_date", "2026-10-22")];
        self.act("intake", &code, Action::RequestApproval, ex_ante);
        self.act("planning", &code, Action::ApproveProject, &[&[("amount_wan", "268")], doc].concat());
        self.act("intake", &code, Action::SubmitScheme, &[("designer", "某设计院"), ("version", "1.0")]);
        self.act("intake", &code, Action::AcceptScheme, &[]);
        self.act("reviewer", &code, Action::RequestPanel, &[]);
        let member = |n: usize| format!("Z{n:03}|{}|clear", if n == 1 { "组长" } else { "成员" });
        let members = (1..=7).map(member).collect::<Vec<_>>().join("\n");
        let form = [("members", members.as_str()), ("selection", "chosen"), ("reason", "库小")];
        self.act("secretary", &code, Action::FormPanel, &form);
        self.act("lead", &code, Action::ConfirmPanel, &[]);
        code
    }

    fn sit(&self, account: &str, size: (u16, u16)) -> Terminal {
        self.sit_at(account, size, Says::Narrow, false)
    }

    fn sit_at(&self, account: &str, size: (u16, u16), says: Says, no_color: bool) -> Terminal {
        let terminal = self.log_in_at(account, size, says, no_color);
        terminal.wait_for("2评审会 1");
        terminal
    }

    fn log_in(&self, account: &str, size: (u16, u16)) -> Terminal {
        self.log_in_at(account, size, Says::Narrow, false)
    }

    fn log_in_at(&self, account: &str, size: (u16, u16), says: Says, no_color: bool) -> Terminal {
        Terminal::spawn_saying(says, env!("CARGO_BIN_EXE_pingshen"), &["--as", account], size, |command| {
            let folder = self.folder.path();
            command.current_dir(folder).env("HOME", folder).env("PINGSHEN_DB", folder.join("office.db"));
            if no_color {
                command.env("NO_COLOR", "1");
            }
        })
    }

    fn item(&self) -> ItemView {
        let show = ShowMeeting { meeting: self.meeting, item: Some(1) };
        *self.service.borrow_mut().ask(&session("secretary"), show).unwrap().item.unwrap()
    }

    /// Waits until the database holds what was entered: the screen changes once more when it does.
    #[track_caller]
    fn wait(&self, terminal: &Terminal, what: &str, holds: impl Fn(&ItemView) -> bool) {
        terminal.wait_until(what, |_| holds(&self.item()));
    }

    /// Tells every version of a field: what it said, and whether it was kept aside.
    fn versions(&self, field: Field) -> Vec<(String, bool)> {
        let history = NoteHistory { project: self.code.clone(), field };
        let versions = self.service.borrow_mut().ask(&session("secretary"), history).unwrap().versions;
        versions.into_iter().map(|(noted, aside)| (noted.value, aside)).collect()
    }
}

/// How somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// By letters where a command has one.
    Letters,
    /// While an input method is on, which swallows letters and sends marks and digits full-width.
    InputMethod,
}

/// Somebody who presses keys and counts them; what is typed as text is free.
struct Hands<'t> {
    terminal: &'t Terminal,
    keys: usize,
    hand: Hand,
}

impl Hands<'_> {
    fn press(&mut self, keys: &[&str]) {
        for key in keys {
            let key = match (self.hand, *key) {
                (Hand::Letters, DOWN) => "j",
                (Hand::Letters, F8) => "S",
                (_, key) => key,
            };
            let full_width = self.hand == Hand::InputMethod;
            let mut chars = key.chars();
            let first = chars.next().filter(|c| full_width && c.is_ascii_graphic() && chars.next().is_none());
            match first {
                // As an input method that is on sends digits and marks.
                Some(c) => self.terminal.send(&char::from_u32(c as u32 + 0xFEE0).unwrap().to_string()),
                None => self.terminal.send(key),
            }
            self.keys += 1;
        }
    }
}

fn tasks_15_to_18(size: (u16, u16), hand: Hand) {
    tasks_15_to_18_at(size, hand, Says::Narrow, false);
}

fn tasks_15_to_18_at(size: (u16, u16), hand: Hand, says: Says, no_color: bool) {
    let hall = Hall::new();
    let terminal = hall.sit_at("secretary", size, says, no_color);
    let mut hands = Hands { terminal: &terminal, keys: 0, hand };

    // 15: open today's meeting; the fifth of seven stays away with a reason, the seventh is absent, the rest are there.
    hands.press(&["2"]);
    terminal.wait_for("县数据中心会议室");
    hands.press(&[ENTER]);
    terminal.wait_for("本终端录入");
    hands.press(&[DOWN, DOWN, DOWN, DOWN, "2"]);
    terminal.wait_for("回避原因");
    terminal.type_text("申报单位顾问，已离席");
    hands.press(&[ENTER, DOWN, "3", "0"]);
    terminal.wait_for("其余 5 位到会");
    let came = |item: &ItemView| item.panel.presence(ExpertId(6)) == Presence::Present;
    hall.wait(&terminal, "those present", |item| came(item) && item.panel.presence(ExpertId(7)) == Presence::Absent);
    assert!(hands.keys <= 12, "{}", hands.keys);
    let panel = hall.item().panel;
    let here = Presence::Present;
    let presences: Vec<Presence> = panel.seats().iter().map(|seat| panel.presence(seat.expert)).collect();
    assert_eq!(presences, [here, here, here, here, Presence::Recused, here, Presence::Absent]);
    assert_eq!(panel.recusals[0].text, "申报单位顾问，已离席");

    // 16: the votes.
    hands.keys = 0;
    hands.press(&[TAB, "1", "1", "2", "1", "2"]);
    terminal.wait_for("均已表态");
    hall.wait(&terminal, "the votes", |item| item.sheet.tally(&item.panel).votes() == 5);
    assert!(hands.keys <= 8, "{}", hands.keys);
    let item = hall.item();
    let vote = |number| item.sheet.vote(&item.panel, ExpertId(number));
    assert_eq!(
        [3, 4, 5, 6].map(vote),
        [Some(PanelResult::Conditional), Some(PanelResult::Pass), None, Some(PanelResult::Conditional)]
    );

    // Each says a word, which the deputy's pages are typed from; all of it is signed and closed.
    let tally = item.sheet.tally(&item.panel);
    assert_eq!((tally.pass, tally.conditional), (3, 2));
    for number in [1, 2, 3, 4, 6] {
        let fields = vec![(Field::Said(ExpertId(number)), "技术路线可行".to_owned())];
        // The command line writes for whoever holds the seat, if that is the same person.
        hall.run("secretary", Command::Note(Note { project: hall.code.clone(), fields, terminal: String::new() }));
    }
    terminal.wait_until("all five opinions", |screen| screen.matches(" 文 ").count() == 5);
    hands.press(&["*"]);
    terminal.wait_for("5 位签名并锁定");
    hands.press(&["1"]);
    hall.wait(&terminal, "the signatures", |item| item.panel.missing().is_empty());
    hands.press(&[F8]);
    terminal.wait_for("1 确认");
    hands.press(&["1"]);
    terminal.wait_for("意见已收齐");
    hands.press(&["+"]);
    terminal.wait_for("责任人");
    terminal.type_text("补列密评费用");
    hands.press(&[TAB]);
    terminal.type_text("县教育局");
    hands.press(&[TAB]);
    terminal.type_text("2027-03-28");
    hands.press(&[F2]);
    hall.wait(&terminal, "what must be mended", |item| item.sheet.fixes().iter().any(|fix| !fix.due.is_empty()));
    hands.press(&[TAB, TAB, TAB]);
    terminal.wait_for(" 评审会  表决意见");

    // 17: the conclusion with its text, signed and finalised.
    hands.keys = 0;
    hands.press(&[TAB, "2", ENTER]);
    terminal.wait_for("F2 或 Esc 完成");
    terminal.type_text("一、项目可行。二、应补列密评费用。");
    hands.press(&[F2, "*", F8]);
    terminal.wait_for("论证结论定稿");
    let digits: Vec<char> = hall.code.as_str().chars().filter(char::is_ascii_digit).collect();
    for digit in &digits[digits.len() - 4..] {
        hands.press(&[&digit.to_string()]);
    }
    hands.press(&[ENTER]);
    terminal.wait_for("已定稿");
    assert!(hands.keys <= 11, "{}", hands.keys);
    let panel = hall.item().panel;
    let conclusion = panel.conclusion.unwrap();
    assert_eq!(conclusion.result, PanelResult::Conditional);
    assert_eq!(conclusion.text, "一、项目可行。二、应补列密评费用。");
    assert_eq!((conclusion.signed_by.len(), panel.fixes.len()), (5, 1));

    // 18: minutes, conclusion and sheets as files to be printed.
    hands.keys = 0;
    match hand {
        Hand::Letters => hands.press(&["e"]),
        Hand::InputMethod => {
            hands.press(&[F9]);
            terminal.type_text("文书");
            hands.press(&[ENTER]);
        }
    }
    terminal.wait_for("出具文书");
    hands.press(&["1"]);
    terminal.wait_for("写入下面的文件夹");
    hands.press(&[ENTER]);
    terminal.wait_for("已写入 3 个文件");
    assert!(hands.keys <= if hand == Hand::Letters { 4 } else { 5 }, "{}", hands.keys);
    let folder = hall.folder.path().join(format!("专评{}_文书", hall.meeting));
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 3);
    assert!(files.iter().all(|file| std::fs::read(file).unwrap().starts_with(b"PK")), "{files:?}");
}

#[test]
fn the_secretarys_tasks_by_letters_at_80_columns() {
    tasks_15_to_18((80, 24), Hand::Letters);
}

#[test]
fn the_secretarys_tasks_by_letters_at_120_columns() {
    tasks_15_to_18((120, 40), Hand::Letters);
}

#[test]
fn the_secretarys_tasks_while_an_input_method_is_on_at_80_columns() {
    tasks_15_to_18((80, 24), Hand::InputMethod);
}

#[test]
fn the_secretarys_tasks_while_an_input_method_is_on_at_120_columns() {
    tasks_15_to_18((120, 40), Hand::InputMethod);
}

#[test]
fn the_secretarys_tasks_without_color() {
    tasks_15_to_18_at((120, 40), Hand::Letters, Says::Narrow, true);
}

#[test]
fn the_secretarys_tasks_where_ambiguous_characters_are_wide() {
    tasks_15_to_18_at((80, 24), Hand::InputMethod, Says::Wide, false);
}

#[test]
fn a_connection_that_breaks_in_the_middle_of_a_sentence_loses_no_word() {
    let hall = Hall::new();
    let mut terminal = hall.sit("secretary", (80, 24));
    terminal.send("2");
    terminal.wait_for("县数据中心会议室");
    terminal.send(ENTER);
    terminal.wait_for("本终端录入");
    for key in ["0", TAB, TAB, HOME, DOWN, ENTER] {
        terminal.send(key);
    }
    terminal.wait_for("F2 或 Esc 完成");
    terminal.type_text("三、第7章运维费测算偏高，应按");
    terminal.wait_for("应按");
    terminal.hang_up();
    terminal.wait_for_exit();
    assert_eq!(hall.item().sheet.get(Field::ConclusionText), "三、第7章运维费测算偏高，应按");
    // The same person sits down again where the words are, and goes on with them.
    let terminal = hall.log_in("secretary", (80, 24));
    terminal.wait_for("F2 或 Esc 完成");
    terminal.type_text("８％核减。");
    terminal.wait_for("应按８％核减。");
}

/// What the database must hold.
#[derive(Default)]
struct Model {
    absent: [bool; 7],
    votes: [&'static str; 7],
    said: [String; 7],
    text: String,
}

impl Model {
    fn holds(&self, item: &ItemView) -> bool {
        let same = |index: usize| {
            let expert = item.panel.seats()[index].expert;
            (item.panel.presence(expert) == Presence::Absent) == self.absent[index]
                && item.sheet.get(Field::Vote(expert)) == self.votes[index]
                && item.sheet.get(Field::Said(expert)) == self.said[index]
        };
        (0..7).all(same) && item.sheet.get(Field::ConclusionText) == self.text
    }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

const PANES: [&str; 4] = ["议程", "专家签到", "表决意见", "结论"];

/// Reads off the status row which pane a terminal is in.
fn pane_of(terminal: &Terminal) -> usize {
    let screen = terminal.screen();
    let status = screen.lines().rfind(|line| line.starts_with(" 评审会  ")).unwrap_or_default().to_owned();
    PANES.iter().position(|pane| status.contains(pane)).unwrap_or_else(|| panic!("{screen}"))
}

#[test]
fn two_terminals_write_in_turn_five_hundred_times_and_nothing_is_lost() {
    const EDITS: usize = 500;
    const TURN: usize = 100;
    let hall = Hall::new();
    let terminals = [hall.sit("secretary", (80, 24)), hall.sit("deputy", (80, 24))];
    for terminal in &terminals {
        terminal.send("2");
        terminal.wait_for("县数据中心会议室");
        terminal.send(ENTER);
        terminal
            .wait_until("the seats to be taken", |screen| screen.contains("本终端录入") || screen.contains("跟随刘敏"));
    }
    let mut dice = Dice(20_260_912);
    let (mut model, mut texts) = (Model::default(), Vec::new());
    terminals[0].send("0");
    for edit in 0..EDITS {
        let writer = &terminals[edit / TURN % 2];
        if edit % TURN == 0 && edit > 0 {
            // The one who wrote so far is in the middle of a sentence.
            let before = &terminals[(edit / TURN + 1) % 2];
            hall.wait(before, "the turn's entries", |item| model.holds(item));
            let open = format!("没有写完的第{edit}句");
            go_to(before, 3);
            before.send(&format!("{HOME}{DOWN}{ENTER}{CLEAR}"));
            before.wait_for("F2 或 Esc 完成");
            before.type_text(&open);
            before.wait_for(&open);
            texts.push(open.clone());
            writer.send(")");
            writer.wait_for("接管秘书席");
            writer.type_text("对方掉线");
            writer.send(ENTER);
            writer.wait_for("本终端录入");
            before.wait_for("跟随");
            // Whether it was handed over before the seat was lost is a matter of moments; found it is in any case.
            let known = |_: &ItemView| hall.versions(Field::ConclusionText).iter().any(|(said, _)| *said == open);
            hall.wait(before, "the open sentence", known);
            model.text = hall.item().sheet.get(Field::ConclusionText).to_owned();
        }
        if edit == 0 {
            writer.wait_for("本终端录入");
        }
        let member = dice.roll(7);
        let to_member = format!("{HOME}{}", DOWN.repeat(member));
        match dice.roll(4) {
            0 => {
                go_to(writer, 1);
                model.absent[member] = dice.roll(3) == 0;
                writer.send(&format!("{to_member}{}", if model.absent[member] { "3" } else { "1" }));
            }
            1 => {
                go_to(writer, 2);
                let vote = dice.roll(5);
                writer.send(&format!("{to_member}{vote}"));
                if !model.absent[member] {
                    model.votes[member] = ["", "pass", "conditional", "fail", "supplement"][vote];
                }
            }
            2 if !model.absent[member] => {
                go_to(writer, 2);
                model.said[member] = format!("第{edit}次说“可行”");
                writer.send(&format!("{to_member}{ENTER}{CLEAR}{}{F2}", model.said[member]));
                texts.push(model.said[member].clone());
            }
            _ => {
                go_to(writer, 3);
                model.text = format!("第{edit}稿：同意……");
                writer.send(&format!("{HOME}{DOWN}{ENTER}{CLEAR}{}{F2}", model.text));
                texts.push(model.text.clone());
            }
        }
    }
    let last = &terminals[(EDITS - 1) / TURN % 2];
    go_to(last, 3);
    model.text = "最后一稿".to_owned();
    last.send(&format!("{HOME}{DOWN}{ENTER}{CLEAR}{}{F2}", model.text));
    hall.wait(last, "everything entered", |item| model.holds(item));

    let mut known: Vec<String> = hall.versions(Field::ConclusionText).into_iter().map(|(said, _)| said).collect();
    for number in 1..=7 {
        known.extend(hall.versions(Field::Said(ExpertId(number))).into_iter().map(|(said, _)| said));
    }
    let lost: Vec<&String> = texts.iter().filter(|text| !known.contains(text)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // Who follows shows the final state.
    let follower = &terminals[EDITS / TURN % 2];
    follower.wait_for(&model.text);
    let item = hall.item();
    let tally = item.sheet.tally(&item.panel);
    let shown = format!("通过{} 原则{} 补充{} 否{}", tally.pass, tally.conditional, tally.supplement, tally.fail);
    follower.wait_until("the votes", |screen| screen.contains(&shown));
}

/// Goes to a pane by Tab.
#[track_caller]
fn go_to(terminal: &Terminal, pane: usize) {
    let from = pane_of(terminal);
    terminal.send(&TAB.repeat((pane + 4 - from) % 4));
    terminal.wait_until("the pane", |screen| {
        screen.lines().any(|line| line.starts_with(&format!(" 评审会  {}", PANES[pane])))
    });
}
