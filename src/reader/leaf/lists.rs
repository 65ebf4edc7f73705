//! The short lists to choose from, as lines: headings, named places, the palette.

use crate::reader::action::ListAction;
use crate::reader::bindings::Context;
use crate::reader::leaf::{Cursor, Leaf, LeafLine, Shown, Tone, choice, of_entry};
use crate::reader::palette::{self, Palette, Row};
use crate::reader::state::{Letter, State};
use crate::reader::{Action, World};
use crate::text::columns;

/// The headings of the open lesson.
pub(super) fn headings(selected: usize, state: &State, world: &World, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::Selected);
    let lesson = world.course.lessons.get(state.reading.lesson);
    leaf.push(lesson.map_or("", |lesson| lesson.title()), Tone::Strong, width);
    leaf.blank();
    let document = world.course.document(state.reading.lesson);
    for (index, (block, heading, _)) in document.headings().enumerate() {
        let inset = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
        let text = document.block(block).map_or("", |block| &block.text);
        leaf.lines.extend(of_entry(index, choice(&inset, text, index == selected, width)));
    }
    leaf
}

/// The places that have a letter, while one is asked for.
pub(super) fn places(letter: Letter, world: &World, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::From(0));
    let question = match letter {
        Letter::ToName => "Which letter or digit is to stand for this place?",
        Letter::ToGo => "Go to the place of which letter or digit?",
    };
    leaf.push(question, Tone::Strong, width);
    leaf.blank();
    for (name, place) in world.ledger.named_places(&world.course.id) {
        let lesson = world.course.lesson_index(&place.lesson);
        let title = match lesson.and_then(|lesson| world.course.lessons.get(lesson)) {
            Some(lesson) => lesson.title(),
            None => "a lesson that the course no longer has",
        };
        leaf.lines.extend(choice(&name.to_string(), title, false, width));
    }
    if leaf.lines.len() == 2 {
        let key = world.key(Context::Reading, &Action::List(ListAction::NamePlace));
        let words = format!("No place has one yet. {key} and a letter names the place you are reading.");
        leaf.push(&words, Tone::Quiet, width);
    }
    leaf
}

/// The palette: what is typed, and the actions and lessons that fit.
pub(super) fn palette(palette: &Palette, world: &World, width: u16, height: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::From(0));
    let (rows, (_, column)) = palette.text.laid_out(usize::from(u16::MAX));
    leaf.lines.push(LeafLine {
        text: format!(": {}", rows.concat()),
        tone: Tone::Strong,
        selected: false,
        entry: None,
    });
    leaf.cursor = Some(Cursor { line: 0, column: column + 2 });
    leaf.blank();
    let found = palette.rows(world.keymap.rows(), world.course);
    if found.is_empty() {
        leaf.push("No action and no lesson fits. Fewer letters find more.", Tone::Quiet, width);
    }
    // The line that is typed stays in sight, so only so many rows follow it.
    let room = usize::from(height.saturating_sub(3)).max(1);
    let skipped = (palette.selected + 1).saturating_sub(room);
    for (index, row) in found.iter().enumerate().skip(skipped).take(room) {
        let cursor = if index == palette.selected { "> " } else { "  " };
        let (name, key) = match row {
            Row::Action(row) => (row.help, row.key().unwrap_or_default()),
            Row::Lesson(lesson) => (palette::lesson_name(world.course, *lesson), "lesson"),
        };
        // The key stays in sight, whatever has to be left out of the name.
        let room = usize::from(width).saturating_sub(columns::width(key) + 3);
        let name = columns::shortened(name, room);
        let gap = usize::from(width).saturating_sub(columns::width(&name) + columns::width(key) + 2);
        leaf.lines.push(LeafLine {
            text: format!("{cursor}{name}{}{key}", " ".repeat(gap.max(1))),
            tone: Tone::Text,
            selected: index == palette.selected,
            entry: Some(index),
        });
    }
    leaf
}
