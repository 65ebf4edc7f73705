//! The fields of a form: what each asks for, what was filled in, and how it is shown.
//!
//! Must not know what the form is for.

use crate::course::Side;
use crate::reader::list::{ListLine, Tone};
use crate::reader::overlay::lines::{OverlayLines, TextCursor, wrapped_lines};
use crate::reader::pointer::Target;
use crate::reader::text_field::{Edit, FieldKind, Step, TextField};
use crate::text::clean::clean_line;

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldName {
    /// The side of an item.
    Side,
    /// The text of an item.
    Text,
    /// What to do instead.
    Instead,
    /// The heading that an item stands under.
    Group,
    /// How often an item is meant to be done.
    Rhythm,
    /// When a plan begins.
    If,
    /// What is done then.
    Then,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// What it asks for.
    pub name: FieldName,
    /// What was filled in.
    pub input: FieldInput,
    /// What was in it when the form was opened; of a side its name.
    pub original: String,
    /// A line below the label that helps to fill it in; may be empty.
    pub example: String,
}

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldInput {
    /// One of the two sides.
    Side(Side),
    /// A line of text.
    Text(TextField),
}

impl FieldName {
    /// The words above the field.
    fn label(self) -> &'static str {
        match self {
            Self::Side => "Which side?   (Space changes it)",
            Self::Text => "In your words, so that you can tick it: I ...",
            Self::Instead => "What you do instead",
            Self::Group => "Under a heading, if you like",
            Self::Rhythm => "How often",
            Self::If => "If ...",
            Self::Then => "then ...",
        }
    }
}

impl FormField {
    /// One of the two sides, at first this one.
    pub fn side(side: Side) -> Self {
        let (input, original) = (FieldInput::Side(side), side_name(side).into());
        Self { name: FieldName::Side, input, original, example: String::new() }
    }

    /// A line of text, at first this one.
    pub fn text(name: FieldName, text: &str) -> Self {
        Self {
            name,
            input: FieldInput::Text(TextField::new(text, FieldKind::Line)),
            original: text.to_owned(),
            example: String::new(),
        }
    }

    /// The field with a line that helps to fill it in.
    #[must_use]
    pub fn such_as(self, example: String) -> Self {
        Self { example, ..self }
    }

    /// What was filled in, cleaned; of a side its name.
    pub fn value(&self) -> String {
        match &self.input {
            FieldInput::Side(side) => side_name(*side).into(),
            FieldInput::Text(text) => clean_line(text.text()),
        }
    }

    /// Returns whether it has words that were not in it when the form was opened.
    pub fn has_new_words(&self) -> bool {
        matches!(self.input, FieldInput::Text(_)) && self.value() != self.original
    }

    /// Only an item to avoid has something to do instead.
    pub fn is_shown(&self, side: Side) -> bool {
        self.name != FieldName::Instead || side == Side::Avoid
    }

    /// Changes what was filled in, unless a letter was typed at a choice: that belongs to the text,
    /// and is handed back.
    pub fn apply(&mut self, edit: Edit) -> Option<Edit> {
        match &mut self.input {
            FieldInput::Text(text) => text.apply(edit),
            FieldInput::Side(side) => match edit {
                Edit::Insert(' ') | Edit::Move(Step::Left | Step::Right) => *side = other(*side),
                Edit::Insert(_) => return Some(edit),
                Edit::Move(_) | Edit::Delete(_) | Edit::DeleteLine => {}
            },
        }
        None
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Avoid => "avoid",
        Side::Embrace => "embrace",
    }
}

/// Adds a field under its label to the lines of a form.
pub fn push_field(lines: &mut OverlayLines, field: &FormField, index: usize, focused: bool, width: u16) {
    let cursor = if focused { "> " } else { "  " };
    lines.push(&format!("{cursor}{}", field.name.label()), Tone::Title, width);
    if !field.example.is_empty() {
        let room = width.saturating_sub(4);
        let example = wrapped_lines(&field.example, Tone::Quiet, room);
        let example = example.map(|line| ListLine::new(format!("    {}", line.text()), Tone::Quiet));
        lines.lines.extend(example);
    }
    let first = lines.lines.len();
    let target = Some(Target::Choice(index));
    let line = |text: String| ListLine { target: target.clone(), ..ListLine::new(text, Tone::Text) };
    match &field.input {
        FieldInput::Side(side) => {
            let sign = |own| if *side == own { "(x)" } else { "( )" };
            let sides = format!("    {} avoid   {} embrace", sign(Side::Avoid), sign(Side::Embrace));
            lines.lines.push(line(sides));
            if focused {
                lines.cursor = Some(TextCursor { line: first, column: 5 });
            }
        }
        FieldInput::Text(text) => {
            let (rows, (row, column)) = text.laid_out(usize::from(width.saturating_sub(5).max(1)));
            lines.lines.extend(rows.into_iter().map(|row| line(format!("    {row}"))));
            if focused {
                lines.cursor = Some(TextCursor { line: first + row, column: column + 4 });
            }
        }
    }
}

fn other(side: Side) -> Side {
    match side {
        Side::Avoid => Side::Embrace,
        Side::Embrace => Side::Avoid,
    }
}
