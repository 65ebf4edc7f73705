//! All notes by day, as lines: what each is, and how it begins.

use crate::journal::Note;
use crate::reader::action::NoteAction;
use crate::reader::bindings::Context;
use crate::reader::leaf::{Leaf, LeafLine, Shown, Tone};
use crate::reader::{Action, World};
use crate::text::columns::shortened;

/// How many notes before the selected one, and after it, are made into lines: more than any
/// screen has rows.
const AROUND: usize = 500;

/// The leaf of the list.
pub(super) fn leaf(selected: usize, world: &World, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::Selected);
    // Of thousands of notes only those around the selected one can come into sight.
    let first = selected.saturating_sub(AROUND);
    if first == 0 {
        leaf.push("Your notes", Tone::Strong, width);
    }
    let notes = world.notes();
    if notes.is_empty() {
        leaf.blank();
        let key = world.key(Context::Panes, &Action::Note(NoteAction::Evening));
        let words = format!("There are none yet. {key} writes three lines about the day.");
        leaf.push(&words, Tone::Quiet, width);
    }
    let mut day = None;
    for (index, note) in notes.iter().enumerate().skip(first).take(2 * AROUND + 1) {
        if day != Some(note.day) {
            day = Some(note.day);
            leaf.blank();
            leaf.push(&note.day.strftime("%A %-d %B %Y").to_string(), Tone::Title, width);
        }
        let cursor = if index == selected { ">" } else { " " };
        let text = format!("{cursor} {}  {}", world.practice().note_label(note), beginning(note));
        let text = shortened(&text, usize::from(width)).into_owned();
        leaf.lines.push(LeafLine { text, tone: Tone::Text, selected: index == selected, entry: Some(index) });
    }
    leaf
}

fn beginning(note: &Note) -> &str {
    note.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim()
}
