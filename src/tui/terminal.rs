//! The terminal's life: taken over, drawn on in whole frames, and given back whatever happens.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::style::Print;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::buffer::Buffer;

use super::clipboard;
use super::incoming::Incoming;
use super::painter::Painter;
use super::state::State;
use super::view::{render, window_title};
use super::width::Gauge;
use super::{Error, probe, typeahead};

/// What is taken for the size where the terminal tells none.
const USUAL_SIZE: (u16, u16) = (80, 24);

/// Has the terminal keep the title of its window, and put it back; terminals that cannot ignore it.
const KEEP_TITLE: &str = "\x1b[22;2t";
const RESTORE_TITLE: &str = "\x1b[23;2t";

/// What was found out about the terminal.
pub struct Gauged {
    /// How wide it shows ambiguous characters.
    pub gauge: Gauge,
    /// How long its answer took; nothing where it was not asked or said nothing.
    pub round_trip: Duration,
    /// What was typed meanwhile.
    pub typed: Vec<Incoming>,
}

/// The terminal while the program has it.
pub struct Terminal {
    painter: Painter,
    title: String,
    gone: bool,
}

/// Tells whether a terminal UI can run here.
pub fn check() -> Result<(), Error> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Error::NotATerminal);
    }
    match std::env::var("TERM") {
        Ok(term) if !term.is_empty() && term != "dumb" => Ok(()),
        _ => Err(Error::DumbTerminal),
    }
}

impl Terminal {
    /// Takes the terminal over, which [`check`] found fit.
    pub fn enter() -> Result<Terminal, Error> {
        give_back_on_panic();
        enable_raw_mode()?;
        // Without wrapping, a character that is wider than expected cannot spill from the end of a row into the next.
        let taken =
            execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, DisableLineWrap, Print(KEEP_TITLE));
        if let Err(failure) = taken {
            give_back();
            return Err(failure.into());
        }
        Ok(Terminal { painter: Painter::default(), title: String::new(), gone: false })
    }

    /// Tells columns and rows.
    pub fn size(&self) -> (u16, u16) {
        // A terminal without glass behind it says 0.
        crossterm::terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0).unwrap_or(USUAL_SIZE)
    }

    /// Finds out how wide the terminal shows `“` and its like, unless the person said it; how long an answer takes; and
    /// what was typed meanwhile. Nothing else may read the keyboard yet.
    pub fn gauge(&mut self, chosen: Option<bool>) -> Result<Gauged, Error> {
        let unasked = |gauge| Gauged { gauge, round_trip: Duration::ZERO, typed: Vec::new() };
        if let Some(wide) = chosen {
            return Ok(unasked(Gauge::Chosen(wide)));
        }
        let (columns, rows) = self.size();
        if columns < 8 || rows < 2 {
            return Ok(unasked(Gauge::Silent));
        }
        let mut out = io::stdout().lock();
        out.write_all(probe::QUESTION.as_bytes())?;
        out.flush()?;
        let asked = Instant::now();
        let heard = probe::listen(io::stdin(), probe::PATIENCE);
        let round_trip = heard.wide.map_or(Duration::ZERO, |_| asked.elapsed());
        out.write_all(probe::TIDY)?;
        out.flush()?;
        let gauge = heard.wide.map_or(Gauge::Silent, Gauge::Measured);
        Ok(Gauged { gauge, round_trip, typed: typeahead::keys(&heard.typed) })
    }

    /// Draws the state in one write; nothing is written where nothing changed.
    pub fn draw(&mut self, state: &State) -> Result<(), Error> {
        let mut buffer = Buffer::empty(state.area());
        let cursor = render(state, &mut buffer);
        let mut bytes = self.painter.paint(buffer, cursor);
        let title = window_title(state);
        if title != self.title {
            bytes.extend_from_slice(clipboard::titled(&title).as_bytes());
            self.title = title;
        }
        if bytes.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()?;
        Ok(())
    }

    /// Hands a text to the clipboard of the person's own computer. What cannot be done there is not answered.
    pub fn copy(&mut self, text: &str) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        out.write_all(clipboard::copying(text).as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Takes the mouse, or leaves it to the terminal's own selecting.
    pub fn take_mouse(&mut self, takes: bool) -> Result<(), Error> {
        match takes {
            true => execute!(io::stdout(), EnableMouseCapture)?,
            false => execute!(io::stdout(), DisableMouseCapture)?,
        }
        Ok(())
    }

    /// Lets the next frame draw every cell.
    pub fn repaint(&mut self) {
        self.painter.forget();
    }

    /// Notes that nobody is there any more: nothing is written to it on the way out.
    pub fn is_gone(&mut self) {
        self.gone = true;
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !self.gone {
            give_back();
        }
    }
}

/// Gives the terminal back as it was. A terminal that is gone cannot be told, which is fine.
fn give_back() {
    let mut out = io::stdout();
    let _ = queue!(
        out,
        DisableMouseCapture,
        EnableLineWrap,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show,
        Print(RESTORE_TITLE)
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// A panic must not leave the terminal unusable, and its message must stand on the normal screen.
fn give_back_on_panic() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        give_back();
        before(panic);
    }));
}
