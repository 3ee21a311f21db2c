//! Keys that were read together: one by one where somebody typed them, as a paste where nobody did.

use std::time::{Duration, Instant};

use crossterm::event::KeyEvent;

use super::effect::Effect;
use super::keymap::{burst, in_force};
use super::message::Message;
use super::practice;
use super::state::State;
use super::update::{read, update};
use super::widget::Dialog;

/// Reads keys that came together.
#[derive(Default)]
pub struct Keyboard {
    /// When a paste was last stopped: its rest may come in the next reading.
    stopped: Option<Instant>,
    /// How long the line takes to the terminal and back.
    round_trip: Duration,
    /// When the question on the screen was put.
    asked: Option<Instant>,
}

impl Keyboard {
    /// A paste is written without pauses of this length.
    const PAUSE: Duration = Duration::from_millis(100);

    /// Reads keys at the end of a line that takes so long to the terminal and back.
    pub fn over(round_trip: Duration) -> Keyboard {
        Keyboard { round_trip, ..Keyboard::default() }
    }

    /// Notes what is about to be shown.
    pub fn shows(&mut self, state: &State) {
        self.asked = asks(state).then(|| self.asked.unwrap_or_else(Instant::now));
    }

    /// Tells whether whoever pressed a key now has not seen the question yet: it left before the question arrived.
    /// A quarter is left to a line that is faster at times.
    fn is_blind(&self, state: &State) -> bool {
        asks(state) && self.asked.is_some_and(|asked| asked.elapsed() < self.round_trip * 3 / 4)
    }

    /// Takes the keys of one reading. What `perform` returns ends it.
    pub fn press<End, Fault>(
        &mut self,
        state: &mut State,
        keys: &[KeyEvent],
        mut perform: impl FnMut(&mut State, Vec<Effect>) -> Result<Option<End>, Fault>,
    ) -> Result<Option<End>, Fault> {
        let mut rest = keys;
        if self.is_blind(state) {
            too_early(state);
            return Ok(None);
        }
        while let Some(first) = rest.first() {
            let goes_on = self.stopped.is_some_and(|stopped| stopped.elapsed() < Keyboard::PAUSE);
            let stopped = burst(in_force(), state.mode(), rest, goes_on);
            let (taken, message) = match stopped {
                Some((count, text)) => {
                    self.stopped = Some(Instant::now());
                    (count, Some(Message::Pasted(text)))
                }
                None => {
                    practice::press(state, *first);
                    (1, read(state, *first))
                }
            };
            rest = rest.get(taken..).unwrap_or_default();
            let asked = asks(state);
            let effects = message.map(|message| update(state, message)).unwrap_or_default();
            if let Some(end) = perform(state, effects)? {
                return Ok(Some(end));
            }
            // Nobody answers a question that was not yet on the screen.
            if !asked && asks(state) && !rest.is_empty() {
                too_early(state);
                return Ok(None);
            }
        }
        Ok(None)
    }
}

fn too_early(state: &mut State) {
    state.mention("窗口打开以前输入的键未采用，请看清后再按");
    state.keep_notice();
}

/// Tells whether the dialog asks whether something shall be done.
fn asks(state: &State) -> bool {
    match &state.dialog {
        Some(dialog @ Dialog::Session(_)) => !dialog.takes_text(),
        Some(Dialog::Confirm(_) | Dialog::BulkCheck(_) | Dialog::ImportPreview(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use crossterm::event::{KeyCode, KeyModifiers};
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::domain::workflow::action::Action;
    use crate::tui::testing::{Desk, act, county, register, to_review};
    use crate::wording::labels;

    /// A desk in the queue, over the checklist, before the conditions: where the digits and letters do most.
    fn desks() -> Vec<Desk> {
        let open = |account: &str, keys: &str| {
            let mut service = county();
            let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
            to_review(&mut service, &code, "62.5");
            let mut desk = Desk::open(service, account, (80, 24));
            desk.keys(keys);
            desk
        };
        vec![
            open("reviewer", "0"),
            open("reviewer", "0 Enter"),
            open("reviewer", "0 Enter 1"),
            open("secretary", "0 M"),
        ]
    }

    /// Types all at once; tells what it asked for.
    fn burst_at(desk: &mut Desk, text: &str) -> Vec<Effect> {
        press(&mut Keyboard::default(), desk, text)
    }

    fn press(keyboard: &mut Keyboard, desk: &mut Desk, text: &str) -> Vec<Effect> {
        let key = |c: char| match c {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            c => KeyCode::Char(c),
        };
        let keys: Vec<KeyEvent> = text.chars().map(|c| KeyEvent::new(key(c), KeyModifiers::NONE)).collect();
        let mut asked = Vec::new();
        let end = keyboard.press(&mut desk.state, &keys, |_, effects| {
            asked.extend(effects);
            Ok::<Option<()>, Infallible>(None)
        });
        assert_eq!(end, Ok(None));
        asked
    }

    fn changes(effect: &Effect) -> bool {
        matches!(effect, Effect::Execute(..) | Effect::ExecuteBatch(..))
    }

    /// What a person would see changed, the message line aside.
    fn shown(desk: &Desk) -> (String, bool) {
        let rows: Vec<String> = desk.screen().lines().map(str::to_owned).collect();
        (rows.iter().take(rows.len() - 3).cloned().collect(), desk.state.dialog.is_some())
    }

    fn never_changes(strategy: impl Strategy<Value = String>, tell: impl Fn(&mut Desk, &str) -> Vec<Effect>) {
        for mut desk in desks() {
            let before = shown(&desk);
            let mut runner = TestRunner::new(ProptestConfig::with_cases(64));
            let texts: Vec<String> = (0..64).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect();
            for text in texts {
                let asked = tell(&mut desk, &text);
                assert!(asked.is_empty(), "{text:?}: {asked:?}");
                assert_eq!(shown(&desk), before, "{text:?}");
            }
        }
    }

    #[test]
    fn no_paste_outside_a_field_does_anything() {
        never_changes("\\PC{1,60}|[0-9\n]{1,30}|[a-zA-Z:/?\n]{1,30}", |desk, text| {
            update(&mut desk.state, Message::Pasted(text.to_owned()))
        });
    }

    #[test]
    fn no_chinese_text_outside_a_field_does_anything() {
        never_changes("[\u{4E00}-\u{9FFF}]{1,12}", burst_at);
    }

    #[test]
    fn no_text_with_chinese_in_it_does_anything_however_it_begins() {
        // A key that opens a field lets the rest through to it, which is the field's; so it is left out here.
        never_changes("[0-9a-dj-nqrtuw-z，。]{1,8}[\u{4E00}-\u{9FFF}]{1,6}[0-9a-z\n]{0,10}", burst_at);
    }

    #[test]
    fn no_long_burst_of_letters_and_digits_does_anything() {
        never_changes("[0-9]abcd[a-z0-9A-Z\n]{6,40}|xy12[a-z0-9\n]{6,40}", burst_at);
    }

    #[test]
    fn no_burst_whatever_changes_data_even_through_the_fields_it_opens() {
        for mut desk in desks() {
            let mut runner = TestRunner::new(ProptestConfig::with_cases(64));
            let strategy = "[:/?iS+x=][\\PC\n]{10,40}|\\PC{10,60}";
            for _ in 0..64 {
                let text = strategy.new_tree(&mut runner).unwrap().current();
                let asked = burst_at(&mut desk, &text);
                assert!(!asked.iter().any(changes), "{text:?}: {asked:?}");
                desk.keys("Esc");
            }
        }
    }

    #[test]
    fn a_question_is_not_answered_by_keys_that_were_pressed_before_it_was_shown() {
        let mut service = county();
        let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
        act(&mut service, "intake", &code, Action::Submit, &[]);
        let mut desk = Desk::open(service, "intake", (80, 24));
        desk.keys("0 Enter");
        let asked = burst_at(&mut desk, &format!(":{}\n1", labels::action(Action::AcceptPlan)));
        assert!(matches!(desk.state.dialog, Some(Dialog::Confirm(_))), "{}", desk.screen());
        assert!(!asked.iter().any(changes), "{asked:?}");
        assert!(desk.message().starts_with("窗口打开以前"), "{}", desk.message());
        assert!(burst_at(&mut desk, "1").iter().any(changes));
    }

    #[test]
    fn a_key_that_left_before_the_question_arrived_is_no_answer() {
        let mut service = county();
        let code = register(&mut service, "教师培训平台", "县教育局", "62.5");
        act(&mut service, "intake", &code, Action::Submit, &[]);
        let mut desk = Desk::open(service, "intake", (80, 24));
        desk.keys("0 Enter");
        let mut keyboard = Keyboard::over(Duration::from_secs(600));
        burst_at(&mut desk, &format!(":{}\n", labels::action(Action::AcceptPlan)));
        assert!(matches!(desk.state.dialog, Some(Dialog::Confirm(_))), "{}", desk.screen());
        keyboard.shows(&desk.state);
        assert!(!press(&mut keyboard, &mut desk, "1").iter().any(changes));
        assert!(desk.message().starts_with("窗口打开以前"), "{}", desk.message());
        let mut keyboard = Keyboard::over(Duration::ZERO);
        keyboard.shows(&desk.state);
        assert!(press(&mut keyboard, &mut desk, "1").iter().any(changes));
    }
}
