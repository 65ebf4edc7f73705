//! The names by which the configuration file speaks of contexts and actions.
//!
//! Owns names that people have written into their files: one that was given stays as it is.

use crate::journal::Mark;
use crate::reader::action::{
    Action, ChecklistAction, FormAction, Go, GuideAction, ListAction, Motion, NavigatorAction, NoteAction,
    ReadingAction, ReviewAction, SearchAction, ShelfAction, WritingAction,
};
use crate::reader::bindings::{Binding, Context};

impl Binding {
    /// The name of its action, unique within its context.
    pub fn name(&self) -> &'static str {
        name(&self.action)
    }
}

impl Context {
    /// The name of the context.
    pub fn name(self) -> &'static str {
        match self {
            Self::Panes => "panes",
            Self::Navigator => "navigator",
            Self::Reading => "reading",
            Self::Checklist => "checklist",
            Self::Search => "search",
            Self::Questions => "questions",
            Self::Suggestion => "suggestion",
            Self::Form => "form",
            Self::Writing => "writing",
            Self::Notes => "notes",
            Self::Headings => "headings",
            Self::Letter => "letter",
            Self::Palette => "palette",
            Self::Review => "review",
            Self::Sure => "sure",
            Self::Shelf => "shelf",
            Self::Address => "address",
            Self::Help => "help",
            Self::Hidden => "hidden",
            Self::Always => "always",
        }
    }
}

/// The name of an action; empty for what no row of the table can do.
fn name(action: &Action) -> &'static str {
    match action {
        Action::Move(motion) => motion_name(*motion),
        Action::Go(go) => go_name(*go),
        Action::Navigator(NavigatorAction::Open) => "open",
        Action::Navigator(NavigatorAction::Fold) => "fold",
        Action::Navigator(NavigatorAction::Unfold) => "unfold",
        Action::Reading(action) => reading_name(*action),
        Action::Checklist(action) => checklist_name(*action),
        Action::Search(SearchAction::Open) => "search",
        Action::Search(SearchAction::GoToHit) => "go-to-hit",
        Action::Guide(GuideAction::Open) => "where-am-i",
        Action::Guide(GuideAction::Choose) => "choose",
        Action::Guide(GuideAction::Back) => "question-before",
        Action::Guide(GuideAction::TakeOver) => "take-over",
        Action::Form(action) => form_name(*action),
        Action::Note(action) => note_name(*action),
        Action::Writing(action) => writing_name(*action),
        Action::List(action) => list_name(*action),
        Action::Review(action) => review_name(*action),
        Action::Shelf(action) => shelf_name(*action),
        Action::Undo => "undo",
        Action::Redo => "redo",
        Action::Yes => "yes",
        Action::NextPane => "next-pane",
        Action::PreviousPane => "previous-pane",
        Action::Cancel => "cancel",
        Action::Help => "help",
        Action::HandMouseOver => "mouse",
        Action::Hide => "hide",
        Action::Show => "show",
        Action::Redraw => "redraw",
        Action::Suspend => "suspend",
        Action::Quit => "quit",
        Action::Search(SearchAction::Input(_) | SearchAction::Preview)
        | Action::Digit(_)
        | Action::Paste(_)
        | Action::Pointer(..)
        | Action::News(_) => "",
    }
}

fn motion_name(motion: Motion) -> &'static str {
    match motion {
        Motion::Down => "down",
        Motion::Up => "up",
        Motion::First => "first",
        Motion::Last => "last",
        Motion::HalfPageDown => "half-page-down",
        Motion::HalfPageUp => "half-page-up",
        Motion::PageDown => "page-down",
        Motion::PageUp => "page-up",
    }
}

fn go_name(go: Go) -> &'static str {
    match go {
        Go::NextLesson => "next-lesson",
        Go::PreviousLesson => "previous-lesson",
        Go::NextToRead => "read-on",
        Go::StopFirst => "read-first",
        Go::Back => "back",
        Go::Forward => "forward",
        Go::NextHit => "next-hit",
        Go::PreviousHit => "previous-hit",
    }
}

fn reading_name(action: ReadingAction) -> &'static str {
    match action {
        ReadingAction::NextLink => "next-link",
        ReadingAction::PreviousLink => "previous-link",
        ReadingAction::FollowLink => "follow-link",
        ReadingAction::Copy => "copy",
        ReadingAction::GoToItem => "go-to-item",
        ReadingAction::ScrollRight => "scroll-right",
        ReadingAction::ScrollLeft => "scroll-left",
        ReadingAction::Wider => "wider",
        ReadingAction::Narrower => "narrower",
        ReadingAction::DefaultWidth => "default-width",
    }
}

fn checklist_name(action: ChecklistAction) -> &'static str {
    match action {
        ChecklistAction::Mark(Mark::Kept) => "kept",
        ChecklistAction::Mark(Mark::Slipped) => "slipped",
        ChecklistAction::Mark(Mark::DidNotArise) => "did-not-arise",
        ChecklistAction::DayBefore => "day-before",
        ChecklistAction::DayAfter => "day-after",
        ChecklistAction::GoToPassage => "go-to-passage",
        ChecklistAction::List => "my-list",
        ChecklistAction::Switch => "view",
        ChecklistAction::Add => "add",
        ChecklistAction::Edit => "edit",
        ChecklistAction::Plan => "plan",
        ChecklistAction::Retire => "retire",
    }
}

fn form_name(action: FormAction) -> &'static str {
    match action {
        FormAction::Input(_) => "",
        FormAction::Next => "next",
        FormAction::Previous => "previous",
        FormAction::Enter => "enter",
        FormAction::Keep => "keep",
    }
}

fn note_name(action: NoteAction) -> &'static str {
    match action {
        NoteAction::Evening => "evening",
        NoteAction::Here => "note",
        NoteAction::HereInEditor => "note-in-editor",
        NoteAction::All => "notes",
        NoteAction::Open => "open",
        NoteAction::GoToPlace => "go-to-place",
    }
}

fn writing_name(action: WritingAction) -> &'static str {
    match action {
        WritingAction::Input(_) => "",
        WritingAction::Break => "new-line",
        WritingAction::Next => "next",
        WritingAction::Previous => "previous",
        WritingAction::Keep => "keep",
        WritingAction::Editor => "editor",
    }
}

fn list_name(action: ListAction) -> &'static str {
    match action {
        ListAction::Headings => "headings",
        ListAction::NamePlace => "name-place",
        ListAction::GoToPlace => "go-to-named-place",
        ListAction::Palette => "palette",
        ListAction::Choose => "choose",
        ListAction::Letter(_) | ListAction::Input(_) => "",
    }
}

fn review_name(action: ReviewAction) -> &'static str {
    match action {
        ReviewAction::Open => "review",
        ReviewAction::Span => "span",
        ReviewAction::Earlier => "earlier",
        ReviewAction::Later => "later",
        ReviewAction::OpenDay => "open-day",
        ReviewAction::Week => "week",
    }
}

fn shelf_name(action: ShelfAction) -> &'static str {
    match action {
        ShelfAction::Open => "shelf",
        ShelfAction::Choose => "choose",
        ShelfAction::LeaveOff => "leave-off",
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::bindings::{BINDINGS, Context};
    use std::collections::HashSet;

    #[test]
    fn every_row_and_context_has_a_name_of_its_own_in_small_letters_and_dashes() {
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
        };
        let mut seen = HashSet::new();
        for row in BINDINGS {
            assert!(is_name(row.name()), "{:?}", row.action);
            assert!(seen.insert((row.context, row.name())), "{} twice in {:?}", row.name(), row.context);
        }
        let contexts: HashSet<&str> = Context::ALL.into_iter().map(Context::name).collect();
        assert_eq!(contexts.len(), Context::ALL.len());
        assert!(contexts.into_iter().all(is_name));
    }
}
