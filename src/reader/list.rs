//! The lines of a list: their pieces, which of them are selected, and what a click on them
//! means.
//!
//! Panes and overlays make these lines, and one painter and one hit test take them. Owns no
//! style: a line says by its [`Tone`]s what each piece is, and the theme how that looks. Must
//! not draw.

use crate::journal::Mark;
use crate::reader::pointer::Target;

/// What a piece of a line is, which decides how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A title.
    Title,
    /// What stands out: what is asked for now, the cursor, the open lesson.
    Strong,
    /// A key that is named.
    Key,
    /// What is to be known now.
    Message,
    /// Running text.
    Text,
    /// What can be overlooked.
    Quiet,
    /// What must be seen, such as that something is not saved.
    Alarm,
    /// What was searched for.
    Match,
    /// The same in the selected hit.
    SelectedMatch,
    /// The sign of a mark, or of a day without one.
    Mark(Option<Mark>),
    /// The same as a filled square.
    Filled(Mark),
    /// The same in the selected column.
    SelectedMark(Option<Mark>),
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePiece {
    /// Its text.
    pub text: String,
    /// Its look.
    pub tone: Tone,
    /// What a click on it means, where that is something else than for the rest of the line.
    pub target: Option<Target>,
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListLine {
    /// Its pieces from left to right. What does not fit the area is cut off.
    pub pieces: Vec<LinePiece>,
    /// Whether it belongs to the selected entry.
    pub selected: bool,
    /// What a click on it means.
    pub target: Option<Target>,
}

impl LinePiece {
    /// A piece on which a click means what it means for the line.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, target: None }
    }
}

impl ListLine {
    /// A line of one piece, which belongs to nothing that could be selected.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self::of([LinePiece::new(text, tone)])
    }

    /// A line of these pieces.
    pub fn of(pieces: impl Into<Vec<LinePiece>>) -> Self {
        Self { pieces: pieces.into(), selected: false, target: None }
    }

    /// All of its text.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The line as one of an entry, which may be the selected one.
    #[must_use]
    pub fn in_entry(self, target: Target, selected: bool) -> Self {
        Self { target: Some(target), selected, ..self }
    }
}
