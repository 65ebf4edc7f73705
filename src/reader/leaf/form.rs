//! A form as lines: each field under its label, with the cursor in it.

use crate::course::Side;
use crate::reader::form::{Field, Form, Input};
use crate::reader::leaf::{Cursor, Leaf, LeafLine, Shown, Tone};

/// The leaf of a form.
pub(super) fn leaf(form: &Form, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::Selected);
    leaf.push(&form.title, Tone::Strong, width);
    for (index, field) in form.shown().enumerate() {
        leaf.blank();
        push_field(&mut leaf, field, index, index == form.focus, width);
    }
    leaf
}

fn push_field(leaf: &mut Leaf, field: &Field, index: usize, focused: bool, width: u16) {
    let cursor = if focused { "> " } else { "  " };
    leaf.push(&format!("{cursor}{}", field.name.label()), Tone::Title, width);
    let first = leaf.lines.len();
    let line = |text: String| LeafLine { text, tone: Tone::Text, selected: false, entry: Some(index) };
    match &field.input {
        Input::Side(side) => {
            let sign = |own| if *side == own { "(x)" } else { "( )" };
            leaf.lines.push(line(format!(
                "    {} avoid   {} embrace",
                sign(Side::Avoid),
                sign(Side::Embrace)
            )));
            if focused {
                leaf.cursor = Some(Cursor { line: first, column: 5 });
            }
        }
        Input::Text(text) => {
            let (rows, (row, column)) = text.laid_out(usize::from(width.saturating_sub(5).max(1)));
            leaf.lines.extend(rows.into_iter().map(|row| line(format!("    {row}"))));
            if focused {
                leaf.cursor = Some(Cursor { line: first + row, column: column + 4 });
            }
        }
    }
}
