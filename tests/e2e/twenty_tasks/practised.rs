//! Practising the tasks with the real program: the coach counts what the hands press, gives the keys of a task that is
//! given up, and keeps away from every database in which something real could be meant.

use super::hands::{Hand, Step, full_width};
use super::task;
use crate::support::Office;
use crate::terminal::Terminal;

const F9: &str = super::table::F9;
const F10: &str = super::table::F10;
const ENTER: &str = super::table::ENTER;

struct Sitting {
    office: Office,
    terminal: Terminal,
}

fn sit(office: Office, args: &[&str], size: (u16, u16)) -> Sitting {
    let throwaway = office.path("throwaway");
    std::fs::create_dir_all(&throwaway).unwrap();
    let terminal = Terminal::spawn_with(env!("CARGO_BIN_EXE_pingshen"), args, size, |command| {
        command.env("HOME", office.path("home")).env("PINGSHEN_DB", office.database());
        command.env("PINGSHEN_STATE_DIR", office.path("state")).env("TMPDIR", &throwaway).env_remove("NO_COLOR");
    });
    Sitting { office, terminal }
}

impl Sitting {
    fn practise(size: (u16, u16)) -> Sitting {
        let sitting = sit(Office::empty(), &["demo", "--practice"], size);
        sitting.terminal.wait_for("要办的事");
        sitting
    }

    fn thrown_away(&self) -> usize {
        std::fs::read_dir(self.office.path("throwaway")).unwrap().count()
    }

    /// Begins a task by its number.
    fn begin(&self, number: u8) {
        for digit in number.to_string().chars() {
            self.terminal.send(&digit.to_string());
        }
        self.terminal.wait_for(&format!(">{number} "));
        self.terminal.send(ENTER);
        self.terminal.wait_for(&format!("练习{number} 0/"));
    }

    /// Does the steps of a task; tells how many keys were pressed.
    fn take(&self, number: u8, hand: Hand) -> usize {
        let task = task(number);
        let steps = if hand == Hand::Letters { task.letters } else { task.without_letters };
        let mut keys = 0;
        for step in steps {
            match *step {
                Step::Key(key) => {
                    keys += 1;
                    self.terminal.send(&if hand == Hand::Letters { key.to_owned() } else { full_width(key) });
                }
                Step::Type(text) => self.terminal.type_text(text),
                // What is said last may have given way to the coach.
                Step::See(text) => self.terminal.wait_until(text, |screen| screen.contains(text) || is_done(screen)),
                Step::Gone(text) => self.terminal.wait_gone(text),
                Step::Elsewhere(_) | Step::Drop => unreachable!("nothing of the kind is practised"),
            }
        }
        keys
    }

    fn list(&self) {
        self.terminal.send(F9);
        self.terminal.wait_for("Enter 执行");
        self.terminal.type_text("练习");
        self.terminal.send(ENTER);
        self.terminal.wait_for("要办的事");
    }
}

fn is_done(screen: &str) -> bool {
    screen.contains("完成：用了 ")
}

#[test]
fn the_coach_counts_what_the_hands_press_and_nothing_is_left_of_the_sitting() {
    let mut sitting = Sitting::practise((80, 24));
    for (number, hand) in [(5, Hand::Letters), (11, Hand::InputMethod), (8, Hand::InputMethod), (13, Hand::Letters)] {
        sitting.begin(number);
        let keys = sitting.take(number, hand);
        sitting.terminal.wait_for(&format!("完成：用了 {keys}/{}", task(number).row().max));
        sitting.list();
    }
    assert_eq!(sitting.thrown_away(), 1);
    sitting.terminal.send(F10);
    sitting.terminal.wait_gone("要办的事");
    // The project of the last task is left, then the program.
    sitting.terminal.send(F10);
    sitting.terminal.wait_for("队列 >");
    sitting.terminal.send(F10);
    assert!(sitting.terminal.wait_for_exit().success());
    assert_eq!(sitting.thrown_away(), 0);
    assert!(!sitting.office.database().exists(), "practice touches no database of anybody's");
}

#[test]
fn a_task_that_is_given_up_shows_its_keys_and_can_be_begun_again() {
    let sitting = Sitting::practise((120, 40));
    sitting.begin(6);
    sitting.list();
    sitting.terminal.send("0");
    sitting.terminal.wait_for("已放弃第 6 题。参考：i Shift-Tab 〔第31页〕 F8");
    sitting.list();
    sitting.begin(6);
    let keys = sitting.take(6, Hand::InputMethod);
    sitting.terminal.wait_for(&format!("完成：用了 {keys}/"));
}

#[test]
fn nothing_is_practised_where_projects_are_real() {
    let office = Office::local();
    let database = office.database().to_string_lossy().into_owned();
    let before = std::fs::read(&database).unwrap();
    let refused = office.run(&["--db", &database, "demo", "--practice"]).code(7);
    assert!(refused.stderr.contains("练习另建临时的示例数据"), "{}", refused.stderr);
    assert_eq!(std::fs::read(&database).unwrap(), before);
    let sitting = sit(office, &[], (80, 24));
    sitting.terminal.wait_for("队列 >");
    sitting.terminal.send(F9);
    sitting.terminal.wait_for("Enter 执行");
    sitting.terminal.type_text("练习");
    sitting.terminal.wait_for("[缺] 练习只在演示数据中进行");
    sitting.terminal.send(ENTER);
    sitting.terminal.wait_for("不能办理练习：练习只在演示数据中进行：pingshen demo --practice");
}
