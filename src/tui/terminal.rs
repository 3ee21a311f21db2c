//! The terminal's life: taken over, drawn on in whole frames, and given back whatever happens.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use super::Error;
use super::clipboard;
use super::state::State;
use super::view::{view, window_title};

/// Begins a frame the terminal shows at once; terminals that do not know it ignore it.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h\x1b[?25l";
const END_FRAME: &[u8] = b"\x1b[?2026l";
/// Has the terminal keep the title of its window, and put it back; terminals that cannot ignore it.
const KEEP_TITLE: &str = "\x1b[22;2t";
const RESTORE_TITLE: &str = "\x1b[23;2t";

/// Collects a frame, because the backend writes every attribute by itself and flushes three times.
#[derive(Clone, Default)]
struct FrameWriter(Rc<RefCell<Vec<u8>>>);

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal while the program has it.
pub struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<FrameWriter>>,
    frame: FrameWriter,
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
    /// Takes the terminal over.
    pub fn enter() -> Result<Terminal, Error> {
        check()?;
        give_back_on_panic();
        enable_raw_mode()?;
        let mut out = io::stdout();
        if let Err(failure) = execute!(out, EnterAlternateScreen, EnableBracketedPaste, Print(KEEP_TITLE)) {
            give_back();
            return Err(failure.into());
        }
        let frame = FrameWriter::default();
        let inner = match ratatui::Terminal::new(CrosstermBackend::new(frame.clone())) {
            Ok(inner) => inner,
            Err(failure) => {
                give_back();
                return Err(failure.into());
            }
        };
        Ok(Terminal { inner, frame, title: String::new(), gone: false })
    }

    /// Tells columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.inner.size().map_or((80, 24), |size| (size.width, size.height))
    }

    /// Draws the state in one write.
    pub fn draw(&mut self, state: &State) -> Result<(), Error> {
        self.inner.draw(|frame| view(state, frame))?;
        let title = window_title(state);
        let retitled = if title == self.title { String::new() } else { clipboard::titled(&title) };
        self.title = title;
        let mut bytes = self.frame.0.borrow_mut();
        let mut whole = Vec::with_capacity(bytes.len() + BEGIN_FRAME.len() + END_FRAME.len());
        whole.extend_from_slice(BEGIN_FRAME);
        whole.extend_from_slice(retitled.as_bytes());
        whole.append(&mut bytes);
        whole.extend_from_slice(END_FRAME);
        let mut out = io::stdout().lock();
        out.write_all(&whole)?;
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

    /// Lets the next frame draw every cell. Not by `clear`, which asks the terminal where its cursor is and would
    /// wait for an answer the keyboard thread has read.
    pub fn repaint(&mut self) -> Result<(), Error> {
        let (columns, rows) = self.size();
        self.inner.resize(Rect::new(0, 0, columns, rows))?;
        Ok(())
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
    let _ = queue!(out, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show, Print(RESTORE_TITLE));
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
