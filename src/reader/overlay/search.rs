//! The search: a line that is typed, the hits, and the selected one shown in the text.
//!
//! It moves nothing: what it shows is a preview, so that closing it leaves everything as it
//! was.

use crate::page::Top;
use crate::reader::find::{Find, target};
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::motion::Motion;
use crate::reader::outcome::Outcome;
use crate::reader::overlay::shared::{TypingAction, typed};
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::typed_history::{Recall, TypedHistory};
use crate::reader::view::View;

/// The search's context.
pub const CONTEXT: Context = Context::overlay("search", "While searching").with_unbound(Unbound::Text);

/// The rows of the search.
pub const ROWS: &[BindingRow<SearchAction>] = &[
    row(
        "Enter",
        "go-to-hit",
        SearchAction::GoToHit,
        "go to the selected hit; with nothing typed, the last search again",
        "go there",
    ),
    row("Down Ctrl-n", "down", moves(Motion::Down), "the next hit", "choose"),
    row(
        "Up Ctrl-p",
        "up",
        moves(Motion::Up),
        "the previous hit; above the first, what was searched for before",
        "choose",
    ),
    row("PgDn", "page-down", moves(Motion::PageDown), "a page of hits down", ""),
    row("PgUp", "page-up", moves(Motion::PageUp), "a page of hits up", ""),
    row("Tab", "take-suggestion", SearchAction::TakeSuggestion, "search for what may have been meant", ""),
    row("Esc", "cancel", SearchAction::Close, "back to exactly where you were", "back"),
];

const fn moves(motion: Motion) -> SearchAction {
    SearchAction::Typing(TypingAction::Move(motion))
}

/// The search that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What was typed so far.
    pub field: TextField,
    /// What was found.
    pub find: Find,
    /// The lesson of the selected hit, and what stands at the top there.
    pub preview: Option<(usize, Top)>,
    /// What becomes of the first hit.
    pub on_hit: OnHit,
    /// What was searched for before.
    recall: Recall,
}

/// What becomes of the first hit when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnHit {
    /// It is shown while the query can still be typed.
    Preview,
    /// The search closes and goes there: Enter was pressed before there was a hit.
    GoThere,
}

/// What only the search does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchAction {
    /// What is done where text is typed.
    Typing(TypingAction),
    /// Goes to the selected hit and closes the search; to the first one when it comes.
    GoToHit,
    /// Searches for what may have been meant instead of what was typed.
    TakeSuggestion,
    /// Shows the selected hit in the text.
    Preview,
    /// Closes the search.
    Close,
}

impl Search {
    /// With nothing typed yet.
    pub fn new() -> Self {
        let field = TextField::new("", FieldKind::Line);
        Self {
            field,
            find: Find::new("", ""),
            preview: None,
            on_hit: OnHit::Preview,
            recall: Recall::default(),
        }
    }

    /// Lets what was searched for before be brought back.
    pub fn remember(&mut self, history: TypedHistory) {
        self.recall = Recall::new(history);
    }

    /// Applies an action.
    pub fn update(&mut self, action: SearchAction, view: &View) -> Outcome {
        match action {
            SearchAction::Typing(action) => self.type_text(action, view),
            SearchAction::GoToHit => return self.go_to_hit(view),
            SearchAction::TakeSuggestion => return self.take_suggestion(view),
            SearchAction::Preview => self.show_selected(view),
            SearchAction::Close => return Outcome::Close,
        }
        Outcome::Stay
    }

    /// What to do when the first hit has come, or none is to come.
    pub fn on_first_hit(&self) -> Option<SearchAction> {
        let (has_hit, is_over) = (self.find.current().is_some(), self.find.next.is_none());
        match self.on_hit {
            OnHit::Preview => has_hit.then_some(SearchAction::Preview),
            OnHit::GoThere => (has_hit || is_over).then_some(SearchAction::GoToHit),
        }
    }

    /// Returns whether it closes as soon as there is a hit.
    pub fn awaits_hit(&self) -> bool {
        self.on_hit == OnHit::GoThere && self.find.next.is_some()
    }

    fn go_to_hit(&mut self, view: &View) -> Outcome {
        // As in a shell's history, nothing typed means the same again.
        if self.field.text().is_empty()
            && let Some(text) = self.recall.older("")
        {
            self.search_for(&text, view);
            return Outcome::Stay;
        }
        if let Some(hit) = self.find.current() {
            return Outcome::GoToHit(hit.clone());
        }
        if self.find.next.is_none() {
            // As in other programs, the key leaves the line: what is typed next is no part of it.
            return Outcome::CloseSaying(self.nothing_found());
        }
        self.on_hit = OnHit::GoThere;
        Outcome::Stay
    }

    /// Says that there is no hit, and what may help.
    fn nothing_found(&self) -> String {
        let find = &self.find;
        match (find.query.fault(), &find.suggestion, find.advice()) {
            (Some(fault), ..) => fault.to_owned(),
            _ if find.query.is_empty() => "Nothing was searched for.".into(),
            (None, Some(meant), _) => format!("No matches. {} has {}.", meant.text, meant.counted()),
            (None, None, Some(advice)) => format!("No matches. {advice}"),
            (None, None, None) => format!("No matches for \"{}\".", self.field.text()),
        }
    }

    fn take_suggestion(&mut self, view: &View) -> Outcome {
        let Some(suggestion) = self.find.suggestion.take() else {
            let key = view.key(CONTEXT, "take-suggestion");
            return Outcome::Say(format!(
                "There is nothing to complete. {key} takes a word that is suggested."
            ));
        };
        self.search_for(&suggestion.text, view);
        self.recall.begin_anew();
        Outcome::Stay
    }

    fn search_for(&mut self, text: &str, view: &View) {
        self.field = TextField::new(text, FieldKind::Line);
        self.find = Find::new(text, &view.world.course.language);
        self.on_hit = OnHit::Preview;
        self.show_selected(view);
    }

    fn type_text(&mut self, action: TypingAction, view: &View) {
        match action {
            TypingAction::Edit(edit) => self.change(view, |field| field.apply(edit)),
            TypingAction::Paste(text) => self.change(view, |field| {
                field.insert(&text);
            }),
            TypingAction::Move(Motion::Up) if self.find.selected == 0 => self.recall_older(view),
            TypingAction::Move(motion) => {
                let (rows, page) = (self.find.rows(), view.list_height() / 2);
                self.find.selected = motion.target(self.find.selected, rows, 1, page);
                self.show_selected(view);
            }
            TypingAction::Select(row) => {
                self.find.selected = row;
                self.show_selected(view);
            }
        }
    }

    /// Above the first hit lies what was searched for before.
    fn recall_older(&mut self, view: &View) {
        if let Some(text) = self.recall.older(self.field.text()) {
            self.search_for(&text, view);
        }
    }

    /// Shows the selected hit in the text; nothing where it is a note.
    fn show_selected(&mut self, view: &View) {
        self.preview = self.find.current().and_then(|hit| target(hit, view));
    }

    fn change(&mut self, view: &View, change: impl FnOnce(&mut TextField)) {
        self.on_hit = OnHit::Preview;
        if typed(&mut self.field, change) {
            self.find = Find::new(self.field.text(), &view.world.course.language);
            self.recall.begin_anew();
        }
        self.show_selected(view);
    }
}

impl Default for Search {
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
    use crate::reader::text_field::Edit;

    #[test]
    fn enter_before_the_first_hit_waits_for_it_until_something_else_is_typed() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let mut search = Search::new();
        search.update(SearchAction::Typing(TypingAction::Paste("secure".into())), &view);
        assert_eq!(search.update(SearchAction::GoToHit, &view), Outcome::Stay);
        assert!(search.awaits_hit());
        search.update(SearchAction::Typing(TypingAction::Edit(Edit::Insert('d'))), &view);
        assert!(!search.awaits_hit());
    }
}
