//! The headings of the open lesson, to go to one.

use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::Tone;
use crate::reader::outcome::{Jump, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, choice, of_entry};
use crate::reader::overlay::shared::{ListAction, closing};
use crate::reader::scroll::reach;
use crate::reader::view::View;

/// The list's context.
pub const CONTEXT: Context = Context::overlay("headings", "In the list of headings");

/// The row of the headings alone.
pub const ROWS: &[BindingRow<HeadingsAction>] =
    &[row("Enter", "choose", HeadingsAction::Choose, "go to the heading", "go there")];

/// The row that closes them.
pub const CLOSE: BindingRow<ListAction> = closing("Esc q t", "close the headings");

/// The list while it is open. The lesson cannot change meanwhile, so an index names a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// The selected heading, as an index into those of the lesson.
    selected: usize,
}

/// What is done in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingsAction {
    /// What is done in any.
    List(ListAction),
    /// Goes to the selected heading.
    Choose,
}

impl Headings {
    /// The list with the heading of the section in sight selected.
    pub fn open(view: &View) -> Self {
        let document = view.world.course.document(view.lesson);
        let above = document.headings().take_while(|(block, ..)| *block <= view.top.position.block);
        Self { selected: above.count().saturating_sub(1) }
    }

    /// Applies an action.
    pub fn update(&mut self, action: HeadingsAction, view: &View) -> Outcome {
        let document = view.world.course.document(view.lesson);
        match action {
            HeadingsAction::List(action) => {
                let headings = document.headings().count();
                action.apply(&mut self.selected, headings, view.list_height(), view)
            }
            HeadingsAction::Choose => match document.headings().nth(self.selected) {
                Some((block, ..)) => Outcome::Go(Jump::Block { lesson: view.lesson, block }),
                None => Outcome::Close,
            },
        }
    }

    /// Its lines, at most `width` columns wide: those that can be in sight in `height` rows.
    pub fn lines(&self, view: &View, width: u16, height: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        let document = view.world.course.document(view.lesson);
        let headings = document.headings().count();
        let reach = reach(self.selected, headings, usize::from(height));
        if reach.start == 0 {
            let lesson = view.world.course.lessons.get(view.lesson);
            lines.push(lesson.map_or("", |lesson| lesson.title()), Tone::Strong, width);
            lines.blank();
        }
        for (index, (_, heading, text)) in document.headings().enumerate().skip(reach.start).take(reach.len())
        {
            let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
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
    use crate::library::fixture;
    use crate::reader::fixture::Fixture;

    #[test]
    fn only_the_headings_that_can_be_in_sight_become_lines() {
        let folder = fixture::folder(&[("a.md", &"## Part\n\n".repeat(5_000))]);
        let fixture = Fixture::of(fixture::open(&folder).course);
        let headings = Headings { selected: 2_500 };
        let lines = headings.lines(&fixture.view(), 40, 20);
        assert!(lines.lines.len() < 60, "{}", lines.lines.len());
        assert!(lines.lines.iter().any(|line| line.selected));
    }

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
