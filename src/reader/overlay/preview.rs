//! A report as it would be written, to be read before it is handed on.
//!
//! Owns how far it is scrolled. What is in it the session gathers, because it takes courses that
//! are not open.

use crate::reader::keys::binding::BindingRow;
use crate::reader::keys::context::Context;
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::Outcome;
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::overlay::shared::{ListAction, closing};
use crate::reader::view::View;

/// The preview's context.
pub const CONTEXT: Context = Context::overlay("preview", "In the preview of a report");

/// The row that closes the preview.
pub const CLOSE: BindingRow<ListAction> = closing("Esc q Enter", "back to the questions");

/// The preview while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPreview {
    /// The report as plain text.
    text: String,
    /// The line at the top.
    top: usize,
}

impl ReportPreview {
    /// Shows this text from its beginning.
    pub fn new(text: String) -> Self {
        Self { text, top: 0 }
    }

    /// Applies an action. Moving scrolls here, for nothing is selected.
    pub fn update(&mut self, action: ListAction, view: &View) -> Outcome {
        match action {
            ListAction::Move(motion) => self.scroll(motion, view),
            ListAction::Select(_) => Outcome::Stay,
            ListAction::Close => Outcome::Close,
        }
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::From(self.top));
        // The sign that more lies below has a row of its own.
        lines.foot.push(ListLine::default());
        for line in self.text.lines() {
            lines.push(line, Tone::Text, width);
        }
        lines
    }

    fn scroll(&mut self, motion: Motion, view: &View) -> Outcome {
        let area = view.geometry.overlay;
        let top = self.lines(area.width).scrolled(self.top, motion, area.height, view);
        if top == self.top {
            return Outcome::at_edge(motion);
        }
        self.top = top;
        Outcome::Stay
    }
}
