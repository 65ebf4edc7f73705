//! A note that is being written, as lines.

use crate::reader::leaf::{Cursor, Leaf, LeafLine, Shown, Tone};
use crate::reader::writing::Writing;

/// The leaf of a note.
pub(super) fn leaf(writing: &Writing, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::Selected);
    leaf.push(&writing.title, Tone::Strong, width);
    for (index, field) in writing.fields.iter().enumerate() {
        leaf.blank();
        let focused = index == writing.focus;
        if !field.label.is_empty() {
            let cursor = if focused { "> " } else { "  " };
            leaf.push(&format!("{cursor}{}", field.label), Tone::Title, width);
        }
        let first = leaf.lines.len();
        let (rows, (row, column)) = field.text.laid_out(text_width(width));
        let line = |row: &str| LeafLine {
            text: format!("  {row}"),
            tone: Tone::Text,
            selected: false,
            entry: Some(index),
        };
        leaf.lines.extend(rows.into_iter().map(line));
        if focused {
            leaf.cursor = Some(Cursor { line: first + row, column: column + 2 });
        }
    }
    leaf
}

/// The columns for the text of a note: set in, with room for the cursor behind it.
pub(crate) fn text_width(width: u16) -> usize {
    usize::from(width.saturating_sub(3).max(1))
}
