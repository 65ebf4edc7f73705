//! The navigator: the lessons by their parts, which fold; of a single text, its headings.

use crate::course::Course;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Neighbour, Outcome};
use crate::reader::view::View;
use crate::text::Heading;
use std::collections::BTreeSet;

/// The rows of the navigator.
pub const ROWS: &[BindingRow<NavigatorAction>] = &[
    row("Enter", "open", NavigatorAction::Open, "open the lesson, or fold its part", "open"),
    row("Space PgDn f Ctrl-f", "page-down", NavigatorAction::Move(Motion::PageDown), "page down", ""),
    row("PgUp b Ctrl-b", "page-up", NavigatorAction::Move(Motion::PageUp), "page up", ""),
    row("h Left", "fold", NavigatorAction::Fold, "fold the part", "fold"),
    row("l Right", "unfold", NavigatorAction::Unfold, "unfold the part", ""),
    row("]", "next-lesson", NavigatorAction::OpenNeighbour(Neighbour::Next), "open the next lesson", ""),
    row(
        "[",
        "previous-lesson",
        NavigatorAction::OpenNeighbour(Neighbour::Previous),
        "open the previous lesson",
        "",
    ),
];

/// The navigator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Navigator {
    /// The selected entry.
    pub selected: NavigatorEntry,
    /// The parts that are folded, as indices into the course's.
    pub folded: BTreeSet<usize>,
}

/// An entry of the navigator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavigatorEntry {
    /// A part's title, by the part's index.
    Part(usize),
    /// A lesson, by its index.
    Lesson(usize),
    /// A heading of the only lesson, by its block.
    Heading(usize),
}

/// What only the navigator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavigatorAction {
    /// Moves the selection.
    Move(Motion),
    /// Selects this entry and opens it.
    OpenEntry(NavigatorEntry),
    /// Opens the selected lesson, or folds and unfolds the selected part.
    Open,
    /// Folds the part.
    Fold,
    /// Unfolds the part.
    Unfold,
    /// Opens the lesson beside the open one.
    OpenNeighbour(Neighbour),
}

impl Navigator {
    /// With the first lesson selected and nothing folded.
    pub fn new() -> Self {
        Self { selected: NavigatorEntry::Lesson(0), folded: BTreeSet::new() }
    }

    /// Applies an action.
    pub fn update(&mut self, action: NavigatorAction, view: &View) -> Outcome {
        match action {
            NavigatorAction::Move(motion) => self.move_selection(motion, view),
            NavigatorAction::OpenEntry(entry) => {
                self.selected = entry;
                self.open()
            }
            NavigatorAction::Open => self.open(),
            NavigatorAction::Fold => self.fold(view.world.course),
            NavigatorAction::Unfold => self.unfold(),
            NavigatorAction::OpenNeighbour(neighbour) => Outcome::OpenNeighbour(neighbour, view.count),
        }
    }

    /// The entries that are not folded away: parts, and the lessons of those that are open. Below
    /// an only lesson, its headings.
    pub fn entries(&self, course: &Course) -> Vec<NavigatorEntry> {
        let mut entries = Vec::with_capacity(course.lessons.len());
        // The depth of the folded part whose nested parts are passed over.
        let mut folded_at = None;
        for (index, part) in course.parts.iter().enumerate() {
            if folded_at.is_some_and(|depth| part.depth() > depth) {
                continue;
            }
            let is_folded = self.folded.contains(&index);
            folded_at = is_folded.then(|| part.depth());
            // A part without a title only sets its lessons apart.
            entries.extend((!part.title.is_empty()).then_some(NavigatorEntry::Part(index)));
            let lessons = if is_folded { 0..0 } else { part.lessons.clone() };
            entries.extend(lessons.map(NavigatorEntry::Lesson));
        }
        entries.extend(headings(course).map(|(block, ..)| NavigatorEntry::Heading(block)));
        entries
    }

    /// Returns whether there is any way to choose: several lessons, or headings of the only one.
    pub fn has_entries(course: &Course) -> bool {
        course.lessons.len() > 1 || headings(course).next().is_some()
    }

    /// The entry of what is read: the lesson, or the section of the only one that this block is in.
    pub fn entry_of(course: &Course, lesson: usize, block: usize) -> NavigatorEntry {
        let above = headings(course).take_while(|(heading, ..)| *heading <= block).last();
        above.map_or(NavigatorEntry::Lesson(lesson), |(heading, ..)| NavigatorEntry::Heading(heading))
    }

    fn move_selection(&mut self, motion: Motion, view: &View) -> Outcome {
        let entries = self.entries(view.world.course);
        let selected = entries.iter().position(|entry| *entry == self.selected).unwrap_or(0);
        let target = view.target(motion, selected, entries.len(), view.list_height());
        // The last one that is known is not the last one.
        let is_end = target + 1 >= entries.len() && target >= selected && motion.leads_down();
        if is_end && view.world.course.ask_for_rest() {
            return Outcome::Stay;
        }
        match entries.get(target) {
            Some(entry) if *entry != self.selected => {
                self.selected = *entry;
                Outcome::Stay
            }
            _ => Outcome::at_edge(motion),
        }
    }

    fn open(&mut self) -> Outcome {
        match self.selected {
            NavigatorEntry::Lesson(lesson) => Outcome::Go(Jump::Lesson(lesson)),
            NavigatorEntry::Heading(block) => Outcome::Go(Jump::Block { lesson: 0, block }),
            NavigatorEntry::Part(part) => {
                if !self.folded.remove(&part) {
                    self.folded.insert(part);
                }
                Outcome::Stay
            }
        }
    }

    fn fold(&mut self, course: &Course) -> Outcome {
        let part = match self.selected {
            // What is folded already is folded away with the part around it.
            NavigatorEntry::Part(part) if self.folded.contains(&part) => {
                course.part_around(part).or(Some(part))
            }
            NavigatorEntry::Part(part) => Some(part),
            NavigatorEntry::Lesson(lesson) => course.lessons.get(lesson).map(|lesson| lesson.part),
            NavigatorEntry::Heading(_) => None,
        };
        let has_title = |part: &usize| course.parts.get(*part).is_some_and(|part| !part.title.is_empty());
        match part.filter(has_title) {
            Some(part) if self.folded.insert(part) => {
                self.selected = NavigatorEntry::Part(part);
                Outcome::Stay
            }
            _ => Outcome::Say("There is nothing to fold here.".into()),
        }
    }

    fn unfold(&mut self) -> Outcome {
        match self.selected {
            NavigatorEntry::Part(part) if self.folded.remove(&part) => Outcome::Stay,
            _ => Outcome::Say("There is nothing to unfold here.".into()),
        }
    }
}

/// The headings of the only lesson, each with its block and its text, but for the one that is its
/// title. Of a course with several lessons none, nor of a text that is not in memory, or is too
/// long to be looked through for every frame.
pub fn headings(course: &Course) -> impl Iterator<Item = (usize, &Heading, &str)> {
    let only = (course.lessons.len() == 1).then(|| course.document_if_read(0)).flatten();
    let only = only.filter(|document| document.portions() <= 1);
    only.into_iter()
        .flat_map(|document| document.headings().filter(|(block, ..)| document.first() != Some(*block)))
}

impl Default for Navigator {
    fn default() -> Self {
        Self::new()
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
    fn a_folded_part_hides_its_lessons_and_takes_the_selection() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let mut navigator = Navigator::new();
        let all = navigator.entries(&fixture.course).len();
        navigator.update(NavigatorAction::Fold, &view);
        assert_eq!(navigator.selected, NavigatorEntry::Part(0));
        assert!(navigator.entries(&fixture.course).len() < all);
        navigator.update(NavigatorAction::Open, &view);
        assert_eq!(navigator.entries(&fixture.course).len(), all);
    }
}
