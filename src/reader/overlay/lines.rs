//! The lines of an overlay: what it says, what is selected, and what is in sight.
//!
//! Every overlay that is a column of lines returns them as [`OverlayLines`], so that update
//! can count them and the screen only has to paint them. Must not draw.

use crate::text::columns::wrapped;

/// The look of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A title.
    Title,
    /// What is asked for now.
    Strong,
    /// Running text.
    Text,
    /// What can be overlooked.
    Quiet,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayLine {
    /// Its text; fits the width of the overlay.
    pub text: String,
    /// Its look.
    pub tone: Tone,
    /// Whether it belongs to the selected entry.
    pub selected: bool,
    /// The entry that it belongs to, where there is something to choose.
    pub entry: Option<usize>,
}

/// What is in sight of lines that are more than their area holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// From this line on.
    From(usize),
    /// What is around the selected line.
    ToSelected,
}

/// The lines of an overlay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayLines {
    /// The lines that may scroll.
    pub lines: Vec<OverlayLine>,
    /// Which of them are in sight.
    pub scroll: Scroll,
    /// The lines below them, always in sight.
    pub foot: Vec<OverlayLine>,
    /// Where text is typed.
    pub cursor: Option<TextCursor>,
}

/// Where text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextCursor {
    /// The line, as an index into [`OverlayLines::lines`].
    pub line: usize,
    /// The column in it.
    pub column: usize,
}

impl OverlayLine {
    /// A line that belongs to nothing that could be chosen.
    pub fn new(text: String, tone: Tone) -> Self {
        Self { text, tone, selected: false, entry: None }
    }
}

impl OverlayLines {
    /// No lines yet.
    pub fn new(scroll: Scroll) -> Self {
        Self { lines: Vec::new(), scroll, foot: Vec::new(), cursor: None }
    }

    /// The number of scrolling lines in sight, with `height` rows for all of the overlay.
    pub fn height(&self, height: u16) -> usize {
        let height = usize::from(height);
        // The foot never takes all of it.
        height.saturating_sub(self.foot.len().min(height / 2)).max(1)
    }

    /// The greatest line that can stand at the top with the area filled.
    pub fn last_top(&self, height: u16) -> usize {
        self.lines.len().saturating_sub(self.height(height))
    }

    /// Adds a text, wrapped to the width.
    pub fn push(&mut self, text: &str, tone: Tone, width: u16) {
        self.lines.extend(wrapped_lines(text, tone, width));
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.lines.push(OverlayLine::new(String::new(), Tone::Text));
    }
}

/// A text as lines of at most `width` columns.
pub fn wrapped_lines(text: &str, tone: Tone, width: u16) -> impl Iterator<Item = OverlayLine> {
    wrapped(text, width).into_iter().map(move |text| OverlayLine::new(text, tone))
}

/// Lines as those of the entry with this index.
pub fn of_entry(index: usize, lines: Vec<OverlayLine>) -> impl Iterator<Item = OverlayLine> {
    lines.into_iter().map(move |line| OverlayLine { entry: Some(index), ..line })
}

/// An entry to choose, as lines: its sign and its text, further lines indented.
pub fn choice(sign: &str, text: &str, selected: bool, width: u16) -> Vec<OverlayLine> {
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
            OverlayLine { text, tone: Tone::Text, selected, entry: None }
        })
        .collect()
}
