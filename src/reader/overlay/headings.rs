//! The headings of the open lesson, to go to one.

use crate::reader::input::OverlayInput;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::Tone;
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, choice, of_entry};
use crate::reader::view::View;

/// The list's context.
pub const CONTEXT: Context = Context::overlay("headings", "In the list of headings");

/// The rows of the list.
pub const ROWS: &[BindingRow<HeadingsAction>] = &[
    row("j Down", "down", HeadingsAction::Move(Motion::Down), "the next heading", "move"),
    row("k Up", "up", HeadingsAction::Move(Motion::Up), "the heading before", "move"),
    row("g Home", "first", HeadingsAction::Move(Motion::First), "the first heading", ""),
    row("G End", "last", HeadingsAction::Move(Motion::Last), "the last heading", ""),
    row("Enter", "choose", HeadingsAction::Choose, "go to the heading", "go there"),
    row("Esc q t", "cancel", HeadingsAction::Close, "close the headings", "close"),
];

/// The list while it is open. The lesson cannot change meanwhile, so an index names a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// The selected heading, as an index into those of the lesson.
    selected: usize,
}

/// What only this list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingsAction {
    /// Moves the selection.
    Move(Motion),
    /// Selects the entry with this index.
    Select(usize),
    /// Goes to the selected heading.
    Choose,
    /// Closes the list.
    Close,
}

impl Headings {
    /// The list with the heading of the section in sight selected.
    pub fn open(view: &View) -> Self {
        let document = view.world.course.document(view.lesson);
        let above = document.headings().take_while(|(block, ..)| *block <= view.top.position.block);
        Self { selected: above.count().saturating_sub(1) }
    }

    /// What input that is bound to nothing does.
    pub fn action(input: &OverlayInput) -> Option<HeadingsAction> {
        match input {
            OverlayInput::Click(entry) => Some(HeadingsAction::Select(*entry)),
            OverlayInput::Wheel(motion) => Some(HeadingsAction::Move(*motion)),
            OverlayInput::Edit(_)
            | OverlayInput::Paste(_)
            | OverlayInput::Letter(_)
            | OverlayInput::Digit(_) => None,
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: HeadingsAction, view: &View) -> Outcome {
        let document = view.world.course.document(view.lesson);
        match action {
            HeadingsAction::Move(motion) => {
                let headings = document.headings().count();
                self.selected = motion.target(self.selected, headings, view.count, view.list_height());
                Outcome::Stay
            }
            HeadingsAction::Select(entry) => {
                self.selected = entry;
                Outcome::Stay
            }
            HeadingsAction::Choose => match document.headings().nth(self.selected) {
                Some((block, ..)) => Outcome::Go(Jump::Block { lesson: view.lesson, block }),
                None => Outcome::Close,
            },
            HeadingsAction::Close => Outcome::Close,
        }
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, view: &View, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        let lesson = view.world.course.lessons.get(view.lesson);
        lines.push(lesson.map_or("", |lesson| lesson.title()), Tone::Strong, width);
        lines.blank();
        let document = view.world.course.document(view.lesson);
        for (index, (block, heading, _)) in document.headings().enumerate() {
            let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
            let text = document.block(block).map_or("", |block| &block.text);
            lines.lines.extend(of_entry(index, choice(&indent, text, index == self.selected, width)));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;

    #[test]
    fn the_heading_of_the_section_in_sight_is_selected_and_enter_goes_there() {
        let mut fixture = Fixture::new();
        let document = fixture.course.document(0);
        let blocks: Vec<usize> = document.headings().map(|(block, ..)| block).collect();
        fixture.state.reading.top.position.block = blocks[1] + 1;
        let mut headings = Headings::open(&fixture.view());
        assert_eq!(headings.selected, 1);
        let outcome = headings.update(HeadingsAction::Choose, &fixture.view());
        assert_eq!(outcome, Outcome::Go(Jump::Block { lesson: 0, block: blocks[1] }));
    }
}
