//! A leaf: what is laid over the panes as lines, such as a question or a list.
//!
//! Owns what the lines say and which of them is selected, so that `update` can count them
//! and the screen only has to paint them. Must not draw.

mod asking;
mod form;
mod lists;
mod notes;
mod shelf;
mod sure;
mod writing;

pub(crate) use writing::text_width;

use crate::reader::state::{Overlay, State};
use crate::reader::{Geometry, World};
use crate::text::columns::wrapped;
use ratatui::layout::Rect;

/// How a line is to look.
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
pub struct LeafLine {
    /// Its text; fits the leaf's width.
    pub text: String,
    /// How it is to look.
    pub tone: Tone,
    /// Whether it belongs to the selected entry.
    pub selected: bool,
    /// The entry that it belongs to, where there is something to choose.
    pub entry: Option<usize>,
}

/// What is in sight of a leaf that is longer than its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// From this line on.
    From(usize),
    /// What is around the selected line.
    Selected,
}

/// The lines over the panes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The lines that may scroll.
    pub lines: Vec<LeafLine>,
    /// Which of them are in sight.
    pub shown: Shown,
    /// The lines below them, always in sight.
    pub foot: Vec<LeafLine>,
    /// Where text is typed.
    pub cursor: Option<Cursor>,
}

/// Where text is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The line, as an index into [`Leaf::lines`].
    pub line: usize,
    /// The column in it.
    pub column: usize,
}

impl Leaf {
    /// The leaf that lies over the panes, if one does.
    pub fn of(state: &State, world: &World) -> Option<Self> {
        let Rect { width, height, .. } = Geometry::of(state).leaf;
        match &state.overlay {
            Overlay::Guide(asking) => asking::leaf(asking, world, width),
            Overlay::Form(form) => Some(form::leaf(form, width)),
            Overlay::Writing(writing) => Some(writing::leaf(writing, width)),
            Overlay::Notes(selected) => Some(notes::leaf(*selected, world, width)),
            Overlay::Headings(selected) => Some(lists::headings(*selected, state, world, width)),
            Overlay::Letter(letter) => Some(lists::places(*letter, world, width)),
            Overlay::Palette(palette) => Some(lists::palette(palette, world, width, height)),
            Overlay::Sure(sure) => Some(sure::leaf(sure, width)),
            Overlay::Shelf(open) => Some(shelf::leaf(open, world, width)),
            Overlay::Address(target) => Some(shelf::address(target, world, width)),
            Overlay::None | Overlay::Help(_) | Overlay::Review(_) | Overlay::Search(_) => None,
        }
    }

    /// The lines that scroll and are in sight at this height of the whole leaf.
    pub fn height(&self, height: u16) -> usize {
        let height = usize::from(height);
        // The foot never takes all of it.
        height.saturating_sub(self.foot.len().min(height / 2)).max(1)
    }

    /// The greatest line that can stand at the top with the area filled.
    pub fn last_top(&self, height: u16) -> usize {
        self.lines.len().saturating_sub(self.height(height))
    }

    fn new(shown: Shown) -> Self {
        Self { lines: Vec::new(), shown, foot: Vec::new(), cursor: None }
    }

    fn push(&mut self, text: &str, tone: Tone, width: u16) {
        self.lines.extend(lines(text, tone, width));
    }

    fn blank(&mut self) {
        self.lines.push(LeafLine { text: String::new(), tone: Tone::Text, selected: false, entry: None });
    }
}

/// Lines as those of the entry with this index.
fn of_entry(index: usize, lines: Vec<LeafLine>) -> impl Iterator<Item = LeafLine> {
    lines.into_iter().map(move |line| LeafLine { entry: Some(index), ..line })
}

/// Text as lines.
fn lines(text: &str, tone: Tone, width: u16) -> impl Iterator<Item = LeafLine> {
    wrapped(text, width).into_iter().map(move |text| LeafLine { text, tone, selected: false, entry: None })
}

/// An entry to choose, as lines: its sign and its text, further lines set in.
fn choice(sign: &str, text: &str, selected: bool, width: u16) -> Vec<LeafLine> {
    let cursor = if selected { "> " } else { "  " };
    let sign = if sign.is_empty() { String::new() } else { format!("{sign} ") };
    let inset = u16::try_from(sign.len() + 2).unwrap_or(4);
    wrapped(text, width.saturating_sub(inset))
        .into_iter()
        .enumerate()
        .map(|(index, text)| {
            let text = if index == 0 {
                format!("{cursor}{sign}{text}")
            } else {
                format!("{}{text}", " ".repeat(usize::from(inset)))
            };
            LeafLine { text, tone: Tone::Text, selected, entry: None }
        })
        .collect()
}
