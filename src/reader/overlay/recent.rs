//! The shelf: what was read lately, and the built-in courses.
//!
//! Its entries are read when it is opened, so nothing moves under the selection.

use crate::journal::RecentEntry;
use crate::library::LibraryOrigin;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::{ListLine, Tone};
use crate::reader::outcome::Outcome;
use crate::reader::overlay::lines::{OverlayLines, Scroll, choice, of_entry};
use crate::reader::overlay::shared::{ListAction, closing};
use crate::reader::pointer::Target;
use crate::reader::view::View;
use crate::text::clean::clean_line;
use crate::text::columns::wrapped;

/// The shelf's context.
pub const CONTEXT: Context = Context::overlay("shelf", "On the shelf");

/// The rows of the shelf alone.
pub const ROWS: &[BindingRow<RecentAction>] = &[
    row("Enter", "choose", RecentAction::Choose, "open it where you left it", "open"),
    row(
        "-",
        "leave-off",
        RecentAction::Forget,
        "take it off the shelf; your marks and notes stay",
        "take it off",
    ),
];

/// The row that closes it.
pub const CLOSE: BindingRow<ListAction> = closing("Esc q O", "close the shelf");

/// The shelf while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentList {
    /// What was read lately, the last read first; behind it the other built-in courses.
    entries: Vec<RecentEntry>,
    /// The selected one.
    selected: usize,
}

/// What is done on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecentAction {
    /// What is done in any list.
    List(ListAction),
    /// Opens what is selected.
    Choose,
    /// Takes what is selected off the shelf.
    Forget,
}

impl RecentList {
    /// The shelf with these entries.
    pub fn new(entries: Vec<RecentEntry>) -> Self {
        Self { entries, selected: 0 }
    }

    /// Applies an action.
    pub fn update(&mut self, action: RecentAction, view: &View) -> Outcome {
        match action {
            RecentAction::List(action) => {
                // An entry takes about two lines.
                let page = view.list_height() / 2;
                action.apply(&mut self.selected, self.entries.len(), page, view)
            }
            RecentAction::Choose => self.choose(view),
            RecentAction::Forget => self.forget(),
        }
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, view: &View, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.push("What you read lately, and the built-in courses", Tone::Strong, width);
        for (index, entry) in self.entries.iter().enumerate() {
            lines.blank();
            let selected = index == self.selected;
            lines.lines.extend(of_entry(index, choice("", &entry.title, selected, width)));
            let open = if entry.course == view.world.course.id { ", open now" } else { "" };
            let place = match &entry.origin {
                LibraryOrigin::BuiltIn(_) => format!("built-in course{open}"),
                LibraryOrigin::Path { path, kind, .. } => {
                    format!("{}{open}: {}", kind.word(), clean_line(&path.display().to_string()))
                }
            };
            let quiet = wrapped(&place, width.saturating_sub(2)).into_iter().map(|text| {
                ListLine::new(format!("  {text}"), Tone::Quiet).in_entry(Target::Choice(index), selected)
            });
            lines.lines.extend(quiet);
        }
        lines
    }

    fn choose(&self, view: &View) -> Outcome {
        match self.entries.get(self.selected) {
            Some(entry) if entry.course == view.world.course.id => {
                Outcome::CloseSaying("That is what you are reading.".into())
            }
            Some(entry) => Outcome::OpenCourse(entry.origin.clone()),
            None => Outcome::Stay,
        }
    }

    fn forget(&mut self) -> Outcome {
        let Some(entry) = self.entries.get_mut(self.selected) else { return Outcome::Stay };
        if entry.day.is_none() {
            return Outcome::Say("The built-in courses stay.".into());
        }
        let course = entry.course.clone();
        let message = format!("Off the shelf: {}. Your marks and notes stay.", entry.title);
        if entry.origin.path().is_some() {
            self.entries.remove(self.selected);
            self.selected = self.selected.min(self.entries.len().saturating_sub(1));
        } else {
            entry.day = None;
        }
        Outcome::Forget(course, message)
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
    fn a_built_in_course_stays_and_the_open_one_is_not_opened_again() {
        let fixture = Fixture::new();
        let (course, title) = (fixture.course.id.clone(), fixture.course.title.clone());
        let origin = LibraryOrigin::BuiltIn("reconcile".into());
        let mut recent = RecentList::new(vec![RecentEntry { course, title, origin, day: None }]);
        let forgotten = recent.update(RecentAction::Forget, &fixture.view());
        assert_eq!(forgotten, Outcome::Say("The built-in courses stay.".into()));
        let chosen = recent.update(RecentAction::Choose, &fixture.view());
        assert_eq!(chosen, Outcome::CloseSaying("That is what you are reading.".into()));
    }
}
