//! What a query says about where to look: in notes, items or titles, in one lesson, at what is kept.
//!
//! Owns what the words before a colon mean. Must not look for anything.

use crate::course::Lesson;
use crate::search::folding::{Case, Folded};
use crate::search::ranking::RankPlace;

/// Where is searched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// What kind of text.
    pub(super) scope: SearchScope,
    /// What must stand in the title or the id of a lesson, folded.
    lesson: Option<String>,
    /// Which items.
    pub(super) items: ItemFilter,
}

/// What kind of text is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SearchScope {
    /// All.
    #[default]
    Everything,
    /// The titles of lessons.
    Titles,
    /// The items.
    Items,
    /// The notes.
    Notes,
}

/// Which items are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ItemFilter {
    /// All.
    #[default]
    All,
    /// Those whose last mark is that they were kept.
    Kept,
}

impl Filter {
    /// Takes a word in that may be one of a filter; gives whether it was.
    pub(super) fn take(&mut self, key: &str, value: &str) -> bool {
        match (key, value) {
            ("in:", "note" | "notes") => self.scope = SearchScope::Notes,
            ("in:", "item" | "items") => self.scope = SearchScope::Items,
            ("in:", "title" | "titles") => self.scope = SearchScope::Titles,
            ("is:", "kept") => self.items = ItemFilter::Kept,
            ("lesson:", _) if !value.is_empty() => self.lesson = Some(folded(value)),
            _ => return false,
        }
        true
    }

    /// Returns whether it lists something by itself, without any word.
    pub(super) fn lists(&self) -> bool {
        self.items == ItemFilter::Kept || matches!(self.scope, SearchScope::Items | SearchScope::Notes)
    }

    /// Returns whether something in lessons can be meant.
    pub(super) fn has_lessons(&self) -> bool {
        self.items == ItemFilter::All && matches!(self.scope, SearchScope::Everything | SearchScope::Titles)
    }

    /// Returns whether an item can be meant.
    pub(super) fn has_items(&self) -> bool {
        matches!(self.scope, SearchScope::Everything | SearchScope::Items)
    }

    /// Returns whether a note can be meant. None belongs to a lesson as a whole.
    pub(super) fn has_notes(&self) -> bool {
        self.items == ItemFilter::All
            && self.lesson.is_none()
            && matches!(self.scope, SearchScope::Everything | SearchScope::Notes)
    }

    /// Returns whether a lesson is meant. Reads its title only when it was asked for a lesson.
    pub(super) fn has_lesson(&self, lesson: &Lesson) -> bool {
        self.lesson.as_ref().is_none_or(|wanted| {
            folded(lesson.id.as_str()).contains(wanted) || folded(lesson.load_title()).contains(wanted)
        })
    }

    /// Returns whether what stands in such a place is meant.
    pub(super) fn has_place(&self, place: RankPlace) -> bool {
        self.scope != SearchScope::Titles || place == RankPlace::Title
    }
}

fn folded(text: &str) -> String {
    let folded = Folded::of(text, Case::Folded);
    folded.text().get(folded.range(0)).unwrap_or_default().trim().to_owned()
}
