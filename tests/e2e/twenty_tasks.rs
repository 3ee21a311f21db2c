//! The twenty tasks of the usability yardstick, done with the real program in a real terminal: each within its keys, by
//! letters and while an input method is on, and again under every circumstance the yardstick names. A task fails where it
//! takes more keys than it may, where the database does not hold what it should, and where another project was touched.
//!
//! Tasks 15 to 18, the meeting's, are those of [`crate::meeting_journey`]. Task 12, reading the changed passages of a new
//! version, is not here.

mod hands;
mod practised;
mod table;

use std::sync::Mutex;
use std::time::Duration;

use hands::{Hand, PLAIN, Scene, Within, perform, perform_by_lines};
use pingshen::tui::practice::tasks::{self as rows, SHELL_LINE};
use table::{TASKS, Task};

use crate::terminal::Says;

const IME: Scene = Scene { hand: Hand::InputMethod, ..PLAIN };

fn task(number: u8) -> &'static Task {
    TASKS.iter().find(|task| task.number == number).unwrap()
}

/// Does tasks, as many at a time as the machine has processors; prints what each took.
#[track_caller]
fn perform_all(variant: &str, tasks: &[(&'static Task, Scene)]) {
    let next = Mutex::new(tasks.iter());
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let Some((task, scene)) = next.lock().unwrap().next() else { return };
                    let began = std::time::Instant::now();
                    let keys = perform(task, *scene);
                    report(variant, task, *scene, keys, began.elapsed());
                }
            });
        }
    });
}

/// Prints what a task took, for whoever compares.
#[expect(clippy::print_stdout, reason = "the figures are read beside the result of the test")]
fn report(variant: &str, task: &Task, scene: Scene, keys: usize, took: Duration) {
    println!("D {variant} task={} hand={:?} keys={keys} ms={}", task.number, scene.hand, took.as_millis());
}

fn all(scene: Scene) -> Vec<(&'static Task, Scene)> {
    TASKS.iter().map(|task| (task, scene)).collect()
}

#[test]
fn every_task_one_can_practise_is_one_of_these() {
    // The secretary's are those of the meeting's journey.
    let practised = rows::TASKS.iter().filter(|task| task.is_on_screen() && task.account != "panel-secretary");
    let practised = practised.map(|task| task.number);
    assert_eq!(practised.collect::<Vec<_>>(), TASKS.iter().map(|task| task.number).collect::<Vec<_>>());
}

#[test]
fn every_task_is_done_within_its_keys_by_letters() {
    perform_all("V0", &all(PLAIN));
}

#[test]
fn every_task_is_done_within_its_keys_while_an_input_method_is_on() {
    perform_all("V0", &all(IME));
}

#[test]
fn v1_without_color() {
    perform_all("V1", &all(Scene { no_color: true, ..PLAIN }));
}

#[test]
fn v2_on_80_by_24_cells() {
    perform_all("V2", &all(Scene { size: (80, 24), ..IME }));
}

#[test]
fn v3_where_ambiguous_characters_are_wide() {
    perform_all("V3", &all(Scene { says: Says::Wide, ..PLAIN }));
}

#[test]
fn v4_on_a_line_that_takes_200_milliseconds_there_and_back() {
    perform_all("V4", &all(Scene { delay: Duration::from_millis(200), ..PLAIN }));
}

#[test]
fn v5_inside_tmux_and_screen_as_they_come() {
    // Where the line drops, they keep the program running: what task 8 is about does not happen.
    for within in [Within::Tmux, Within::Screen] {
        let tasks = all(Scene { within, ..PLAIN });
        perform_all("V5", &tasks.into_iter().filter(|(task, _)| task.number != 8).collect::<Vec<_>>());
    }
}

#[test]
fn v6_killed_in_the_middle_and_finished_after_the_next_start() {
    // Where reading is cut off, among the digits, inside the remark, and before the question is answered.
    let killed = |number, behind| (task(number), Scene { killed_behind: Some(behind), ..PLAIN });
    perform_all("V6", &[killed(2, 2), killed(5, 2), killed(5, 6), killed(7, 2), killed(7, 4), killed(10, 5)]);
}

#[test]
fn v7_while_somebody_else_edits_other_projects_all_the_time() {
    perform_all("V7", &all(Scene { neighbor: true, ..PLAIN }));
}

#[test]
fn v8_line_by_line() {
    let written: Vec<&Task> = TASKS.iter().filter(|task| !task.lines.is_empty()).collect();
    // Not those in the middle of which something happens to the line or the text: it is all read at once here.
    assert_eq!(TASKS.iter().filter(|task| task.lines.is_empty()).map(|task| task.number).collect::<Vec<_>>(), [8, 13]);
    for task in written {
        perform_by_lines(task);
    }
}

#[test]
fn task_20_the_shell_backs_up_verifies_and_lists_what_is_overdue_in_one_line() {
    let office = hands::office();
    let line = SHELL_LINE;
    assert!(line.chars().count() <= 100, "{}", line.chars().count());
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_pingshen")).parent().unwrap();
    let mut shell = std::process::Command::new("/bin/sh");
    shell.args(["-c", line]).env_clear().current_dir(office.path(""));
    shell.env("PATH", folder).env("HOME", office.path("")).env("PINGSHEN_DB", office.database());
    shell.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let ran = crate::support::finish(shell, None).code(0);
    let (_, list) = ran.stdout.split_once('{').unwrap();
    let list: serde_json::Value = serde_json::from_str(&format!("{{{list}")).unwrap();
    let rows = list["items"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["overdue"] == true), "{list}");
    // The copy can be worked with, and says the same.
    let copy = office.path("b").to_string_lossy().into_owned();
    let again = office.run(&["--db", &copy, "list", "--filter", "期限:逾期", "--json"]).code(0).json();
    assert_eq!(again["total"], list["total"]);
}
