//! The bare program to compare with: the same libraries, the same file, a plain list that knows nothing.

use std::path::Path;

use ratatui::crossterm::event::{Event, KeyCode, read};
use ratatui::layout::{Constraint, Layout};
use ratatui::widgets::{Block, List, ListState, Paragraph};
use rusqlite::{Connection, OpenFlags};

/// Runs it.
pub const FLAG: &str = "--bare-list";

const ROWS: i64 = 35;

/// Shows the projects of a file until F10.
pub fn run(database: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let total: i64 = connection.query_row("SELECT max(id) FROM project", [], |row| row.get(0))?;
    let mut terminal = ratatui::try_init()?;
    let (mut top, mut at, mut open) = (1, 1, false);
    let mut page = rows(&connection, top)?;
    loop {
        terminal.draw(|frame| {
            let [body, status] = Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(frame.area());
            if open {
                frame.render_widget(Paragraph::new("规则与条件").block(Block::bordered()), body);
                frame.render_widget(Paragraph::new(" 项目"), status);
                return;
            }
            let list = List::new(page.iter().map(String::as_str)).block(Block::bordered().title("队列 >"));
            let selected = usize::try_from(at - top).ok();
            let mut state = ListState::default().with_selected(selected);
            frame.render_stateful_widget(list.highlight_symbol(">"), body, &mut state);
            frame.render_widget(Paragraph::new(format!(" 队列  {at}/{total}")), status);
        })?;
        let Event::Key(key) = read()? else { continue };
        let before = top;
        match key.code {
            KeyCode::F(10) if open => open = false,
            KeyCode::F(10) => break,
            KeyCode::Enter => open = true,
            KeyCode::Down => at = (at + 1).min(total),
            KeyCode::PageDown => at = (at + ROWS).min(total),
            KeyCode::Home => at = 1,
            KeyCode::End => at = total,
            _ => {}
        }
        top = top.clamp((at - ROWS + 1).max(1), at);
        if top != before {
            page = rows(&connection, top)?;
        }
    }
    ratatui::try_restore()?;
    Ok(())
}

fn rows(connection: &Connection, top: i64) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection
        .prepare_cached("SELECT code, name, declared_fen FROM project WHERE id >= ?1 ORDER BY id LIMIT ?2")?;
    let rows = statement.query_map([top, ROWS], |row| {
        let (code, name, fen): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(format!("{code} {name} {fen}"))
    })?;
    rows.collect()
}
