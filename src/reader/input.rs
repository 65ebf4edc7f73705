//! Input to an overlay that is bound to nothing: typed text, a digit, the mouse.

use crate::reader::motion::Motion;
use crate::reader::text_field::Edit;

/// Input to an overlay that is bound to nothing. What it means there, the overlay says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OverlayInput {
    /// A key that edits text.
    Edit(Edit),
    /// Pasted text.
    Paste(String),
    /// A letter or digit that was asked for.
    Letter(char),
    /// A digit where no text is typed.
    Digit(u8),
    /// A click on the entry with this index.
    Click(usize),
    /// A turn of the wheel.
    Wheel(Motion),
}
