//! One frame after another: only what changed is sent.
//!
//! Owns what the terminal shows now. Must not decide what is shown.

use crate::terminal::output::Output;
use crate::terminal::paint::paint;
use crate::terminal::session::Session;
use crossterm::QueueableCommand;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::terminal::{Clear, ClearType};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::io::{self, BufWriter, Write};

/// Bytes of a frame that are gathered before they are sent.
const GATHERED: usize = 64 * 1024;

/// The terminal's screen.
pub(super) struct Screen {
    out: BufWriter<Output>,
    shown: Buffer,
    cursor: Option<Position>,
}

impl Screen {
    /// A screen of which nothing is known.
    pub(super) fn new(output: Output) -> Self {
        let out = BufWriter::with_capacity(GATHERED, output);
        Self { out, shown: Buffer::empty(Rect::ZERO), cursor: None }
    }

    /// Forgets what is shown, so that the next frame draws all of it.
    pub(super) fn forget(&mut self) {
        self.shown = Buffer::empty(Rect::ZERO);
    }

    /// Something to send to the terminal between two frames.
    pub(super) fn output(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Shows the session as it is now. Sends nothing if that is what is shown already.
    pub(super) fn draw(&mut self, session: &Session) -> io::Result<()> {
        let (columns, rows) = session.state().size;
        let mut next = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = session.draw(&mut next);
        let is_new = self.shown.area != next.area;
        if is_new {
            self.shown = Buffer::empty(next.area);
        }
        let changes = self.shown.diff(&next);
        if !is_new && changes.is_empty() && cursor == self.cursor {
            return Ok(());
        }
        self.out.queue(Hide)?;
        if is_new {
            self.out.queue(Clear(ClearType::All))?;
        }
        paint(&mut self.out, changes)?;
        if let Some(cursor) = cursor {
            self.out.queue(MoveTo(cursor.x, cursor.y))?.queue(Show)?;
        }
        self.out.flush()?;
        self.shown = next;
        self.cursor = cursor;
        Ok(())
    }
}
