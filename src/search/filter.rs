//! What a query says about where to look: in notes, items or titles, in one lesson, at what is kept.
//!
//! Owns what the words before a colon mean. Must not look for anything.

use crate::course::Lesson;
use crate::search::folding::{Case, Folded};
use crate::search::grammar::Sense;
use crate::search::ranking::RankPlace;

/// Where is searched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// What kind of text is searched; none for all.
    scope: Option<SearchScope>,
    /// What kinds of text are not.
    without: Vec<SearchScope>,
    /// What must stand in the title or the id of a lesson, folded.
    lesson: Option<String>,
    /// What must stand in neither of them, folded.
    without_lessons: Vec<String>,
    /// Whether items must be kept, or must not be; none for all.
    kept: Option<Sense>,
}

/// A kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SearchScope {
    /// The titles of lessons.
    Titles,
    /// The items.
    Items,
    /// The notes.
    Notes,
}

impl Filter {
    /// Takes a word in that may be one of a filter; gives whether it was.
    pub(super) fn take(&mut self, key: &str, value: &str, sense: Sense) -> bool {
        match (key, value, sense) {
            ("in:", _, _) => return self.take_scope(value, sense),
            ("is:", "kept", _) => self.kept = Some(sense),
            ("lesson:", "", _) => return false,
            ("lesson:", _, Sense::With) => self.lesson = Some(folded(value)),
            ("lesson:", _, Sense::Without) => self.without_lessons.push(folded(value)),
            _ => return false,
        }
        true
    }

    fn take_scope(&mut self, name: &str, sense: Sense) -> bool {
        let scope = match name {
            "note" | "notes" => SearchScope::Notes,
            "item" | "items" => SearchScope::Items,
            "title" | "titles" => SearchScope::Titles,
            _ => return false,
        };
        match sense {
            Sense::With => self.scope = Some(scope),
            Sense::Without => self.without.push(scope),
        }
        true
    }

    /// Returns whether it lists something by itself, without any word.
    pub(super) fn lists(&self) -> bool {
        self.is_for_kept() || matches!(self.scope, Some(SearchScope::Items | SearchScope::Notes))
    }

    /// Returns whether something in lessons can be meant.
    pub(super) fn has_lessons(&self) -> bool {
        !self.is_for_kept() && matches!(self.scope, None | Some(SearchScope::Titles))
    }

    /// Returns whether something in every lesson can be meant.
    pub(super) fn has_all_lessons(&self) -> bool {
        self.has_lessons() && !self.needs_titles()
    }

    /// Returns whether the titles of lessons decide which are meant.
    pub(super) fn needs_titles(&self) -> bool {
        self.lesson.is_some() || !self.without_lessons.is_empty()
    }

    /// Returns whether any item can be meant.
    pub(super) fn has_items(&self) -> bool {
        self.has(SearchScope::Items)
    }

    /// Returns whether an item can be meant that is kept, or is not.
    pub(super) fn has_item(&self, is_kept: impl FnOnce() -> bool) -> bool {
        self.kept.is_none_or(|sense| is_kept() == (sense == Sense::With))
    }

    /// Returns whether a note can be meant. None belongs to a lesson as a whole.
    pub(super) fn has_notes(&self) -> bool {
        !self.is_for_kept() && self.lesson.is_none() && self.has(SearchScope::Notes)
    }

    /// Returns whether a lesson is meant. Reads its title only when it was asked for a lesson.
    pub(super) fn has_lesson(&self, lesson: &Lesson) -> bool {
        if !self.needs_titles() {
            return true;
        }
        let (id, title) = (folded(lesson.id.as_str()), folded(lesson.load_title()));
        let is_named = |name: &String| id.contains(name) || title.contains(name);
        self.lesson.as_ref().is_none_or(is_named) && !self.without_lessons.iter().any(is_named)
    }

    /// Returns whether what stands in such a place is meant.
    pub(super) fn has_place(&self, place: RankPlace) -> bool {
        match place {
            RankPlace::Title => !self.without.contains(&SearchScope::Titles),
            RankPlace::Heading | RankPlace::Item | RankPlace::Text => self.scope != Some(SearchScope::Titles),
        }
    }

    /// Returns whether a kind of text is searched.
    fn has(&self, scope: SearchScope) -> bool {
        self.scope.is_none_or(|only| only == scope) && !self.without.contains(&scope)
    }

    /// Returns whether nothing but items that are kept is meant.
    fn is_for_kept(&self) -> bool {
        self.kept == Some(Sense::With)
    }
}

fn folded(text: &str) -> String {
    let folded = Folded::of(text, Case::Folded);
    folded.text().get(folded.range(0)).unwrap_or_default().trim().to_owned()
}
