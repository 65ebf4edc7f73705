//! One frame after another: only what changed is sent.
//!
//! Owns what the terminal shows now. Must not decide what is shown.

use crate::app::Session;
use crate::terminal::changes::{Change, changes};
use crate::terminal::charset::{Charset, Encoded};
use crate::terminal::hyperlinks;
use crate::terminal::modes;
use crate::terminal::output::TerminalOutput;
use crate::terminal::paint::paint;
use crate::terminal::picture_layer::PictureLayer;
use crate::terminal::signals::Signals;
use crossterm::QueueableCommand;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::terminal::{Clear, ClearType};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use std::io::{self, BufWriter, Write};
use std::os::fd::BorrowedFd;

/// Bytes of a frame that are gathered before they are sent.
const GATHERED: usize = 64 * 1024;

/// The terminal's screen.
pub(super) struct Screen {
    out: BufWriter<TerminalOutput>,
    /// Where the cells of a frame are gathered, each of which is a few bytes.
    painted: Vec<u8>,
    /// What is shown, as far as that is known.
    shown: Option<Buffer>,
    /// A buffer that was shown, to be drawn into again.
    spare: Buffer,
    cursor: Option<Position>,
    /// The links that are shown, by cells.
    links: Links,
    /// The pictures that are shown.
    pictures: PictureLayer,
    /// Whether the terminal can open links itself.
    has_links: bool,
    charset: Charset,
}

/// The links of a frame.
#[derive(Debug, Default)]
struct Links {
    /// What opens each of them.
    openings: Vec<String>,
    /// For each cell the checksum of its link's opening and the link's index; empty where
    /// there is no link at all.
    cells: Vec<(u32, usize)>,
}

impl Links {
    fn of(session: &Session, area: Rect) -> Self {
        let mut links = Self::default();
        for (cells, target) in session.links() {
            let Some(opening) = hyperlinks::opening(target) else { continue };
            let cells = cells.intersection(area);
            links.cells.resize(usize::from(area.width) * usize::from(area.height), (0, 0));
            let key = (crc32fast::hash(opening.as_bytes()), links.openings.len());
            for (x, y) in cells.positions().map(|cell| (cell.x, cell.y)) {
                if let Some(cell) =
                    links.cells.get_mut(usize::from(y) * usize::from(area.width) + usize::from(x))
                {
                    *cell = key;
                }
            }
            links.openings.push(opening);
        }
        links
    }

    /// What tells the link of a cell from others, if it has one.
    fn key(&self, index: usize) -> Option<u32> {
        self.cells.get(index).map(|(key, _)| *key).filter(|key| *key != 0)
    }

    /// What opens the link of a cell, if it has one.
    fn opening(&self, index: usize) -> Option<&str> {
        let (key, link) = self.cells.get(index)?;
        self.openings.get(*link).filter(|_| *key != 0).map(String::as_str)
    }
}

impl Screen {
    /// A screen of which nothing is known.
    pub(super) fn new(output: TerminalOutput, charset: Charset) -> Self {
        let out = BufWriter::with_capacity(GATHERED, output);
        let has_links = hyperlinks::are_known(|name| std::env::var(name).ok());
        let spare = Buffer::empty(Rect::ZERO);
        let (links, pictures) = (Links::default(), PictureLayer::default());
        let painted = Vec::new();
        Self { out, painted, shown: None, spare, cursor: None, links, pictures, has_links, charset }
    }

    /// Forgets what is shown, so that the next frame draws all of it.
    pub(super) fn forget(&mut self) {
        self.shown = None;
    }

    /// The signals that are heard, also while a frame is written.
    pub(super) fn signals(&mut self) -> &mut Signals {
        self.out.get_mut().signals()
    }

    /// What becomes readable when a signal came.
    pub(super) fn signal_descriptor(&self) -> BorrowedFd<'_> {
        self.out.get_ref().signal_descriptor()
    }

    /// Something to send to the terminal between two frames.
    pub(super) fn output(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// Shows the session as it is now. Sends nothing if that is what is shown already.
    pub(super) fn draw(&mut self, session: &mut Session) -> io::Result<()> {
        let (columns, rows) = session.state().size;
        let mut next = std::mem::take(&mut self.spare);
        next.resize(Rect::new(0, 0, columns, rows));
        let cursor = session.draw_frame(&mut next);
        self.charset.fit(&mut next);
        self.shown.take_if(|shown| shown.area != next.area);
        let links = if self.has_links { Links::of(session, next.area) } else { Links::default() };
        let has_links = !(links.cells.is_empty() && self.links.cells.is_empty());
        if has_links && let Some(shown) = &mut self.shown {
            for (index, cell) in shown.content.iter_mut().enumerate() {
                // The same letters, but they lead elsewhere.
                if links.key(index) != self.links.key(index) {
                    cell.modifier.toggle(Modifier::HIDDEN);
                }
            }
        }
        let placed = session.pictures();
        match &mut self.shown {
            Some(shown) => self.pictures.uncover(&placed, shown),
            None => self.pictures.forget_rows(),
        }
        let is_new = self.shown.is_none();
        let changes = changes(self.shown.as_ref(), &next);
        let rows = self.pictures.rows_to_send(&placed, &changes);
        // A terminal that was cleared, or given back meanwhile, may have dropped what it held.
        let drops = modes::held_pictures() > 0 && (is_new || session.state().hidden);
        if !is_new && !drops && changes.is_empty() && rows.is_empty() && cursor == self.cursor {
            self.spare = next;
            return Ok(());
        }
        self.out.queue(Hide)?;
        if is_new {
            self.out.queue(Clear(ClearType::All))?;
        }
        if drops {
            self.out.write_all(&modes::drop_pictures())?;
        }
        PictureLayer::send_held(&placed, &mut self.out)?;
        let index = |x: u16, y: u16| usize::from(y) * usize::from(columns) + usize::from(x);
        let is_of_same_link = |(x, y, _): &Change, (a, b, _): &Change| {
            links.cells.is_empty() || links.key(index(*x, *y)) == links.key(index(*a, *b))
        };
        for run in changes.chunk_by(is_of_same_link) {
            let opening = run.first().and_then(|(x, y, _)| links.opening(index(*x, *y)));
            if let Some(opening) = opening {
                self.out.write_all(opening.as_bytes())?;
            }
            self.painted.clear();
            paint(&mut self.painted, run.iter().copied());
            Encoded::new(&mut self.out, self.charset).write_all(&self.painted)?;
            if opening.is_some() {
                self.out.write_all(hyperlinks::CLOSING.as_bytes())?;
            }
        }
        self.pictures.send_rows(&placed, &rows, &mut self.out)?;
        self.links = links;
        if let Some(cursor) = cursor {
            self.out.queue(MoveTo(cursor.x, cursor.y))?.queue(Show)?;
        }
        self.out.flush()?;
        self.spare = self.shown.replace(next).unwrap_or_default();
        self.cursor = cursor;
        Ok(())
    }
}
