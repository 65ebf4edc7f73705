//! The lines of an overlay: what it says, what is selected, and what is in sight.
//!
//! Every overlay that is a column of lines returns them as [`OverlayLines`], so that update
//! can count them and the screen only has to paint them. Must not draw.

use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::pointer::Target;
use crate::reader::scroll;
use crate::reader::view::View;
use crate::text::columns::wrapped;

/// What is in sight of lines that are more than their area holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// From this line on.
    From(usize),
    /// What is around the selected entry, or the line in which text is typed.
    ToSelected,
}

/// The lines of an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayLines {
    /// The lines at the top, always in sight.
    pub head: Vec<ListLine>,
    /// The lines that may scroll.
    pub lines: Vec<ListLine>,
    /// Which of them are in sight.
    pub scroll: Scroll,
    /// The lines below them, always in sight.
    pub foot: Vec<ListLine>,
    /// Where text is typed.
    pub cursor: Option<TextCursor>,
}

/// Where text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextCursor {
    /// The line, counted from the first of [`OverlayLines::head`], or of
    /// [`OverlayLines::lines`] where there is no head.
    pub line: usize,
    /// The column in it.
    pub column: usize,
}

impl OverlayLines {
    /// No lines yet.
    pub fn new(scroll: Scroll) -> Self {
        Self { head: Vec::new(), lines: Vec::new(), scroll, foot: Vec::new(), cursor: None }
    }

    /// The number of scrolling lines in sight, with `height` rows for all of the overlay.
    pub fn height(&self, height: u16) -> usize {
        let height = usize::from(height);
        // The foot never takes all of it.
        let foot = self.foot.len().min(height / 2);
        height.saturating_sub(self.head.len() + foot).max(1)
    }

    /// The greatest line that can stand at the top with the area filled.
    pub fn last_top(&self, height: u16) -> usize {
        scroll::last_top(self.lines.len(), self.height(height))
    }

    /// The line at the top after a movement from this one, in an area that high. A page leaves a line
    /// in sight, so that the eye finds where it was.
    pub fn scrolled(&self, top: usize, motion: Motion, height: u16, view: &View) -> usize {
        let page = self.height(height).saturating_sub(1).max(1);
        view.target(motion, top, self.last_top(height) + 1, page)
    }

    /// Adds a text, wrapped to the width.
    pub fn push(&mut self, text: &str, tone: Tone, width: u16) {
        self.lines.extend(wrapped_lines(text, tone, width));
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.lines.push(ListLine::default());
    }
}

/// A text as lines of at most `width` columns.
pub fn wrapped_lines(text: &str, tone: Tone, width: u16) -> impl Iterator<Item = ListLine> {
    wrapped(text, width).into_iter().map(move |text| ListLine::new(text, tone))
}

/// Lines as those of the entry with this index.
pub fn of_entry(index: usize, lines: Vec<ListLine>) -> impl Iterator<Item = ListLine> {
    lines.into_iter().map(move |line| ListLine { target: Some(Target::Choice(index)), ..line })
}

/// An entry to choose, as lines: its sign and its text, further lines indented.
pub fn choice(sign: &str, text: &str, selected: bool, width: u16) -> Vec<ListLine> {
    let cursor = if selected { "> " } else { "  " };
    let sign = if sign.is_empty() { String::new() } else { format!("{sign} ") };
    let indent = u16::try_from(sign.len() + 2).unwrap_or(4);
    wrapped(text, width.saturating_sub(indent))
        .into_iter()
        .enumerate()
        .map(|(index, text)| {
            let text = if index == 0 {
                format!("{cursor}{sign}{text}")
            } else {
                format!("{}{text}", " ".repeat(usize::from(indent)))
            };
            ListLine { selected, ..ListLine::new(text, Tone::Text) }
        })
        .collect()
}
