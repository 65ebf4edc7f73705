//! All notes by day: what each is about, and how it begins.
//!
//! The selected note is named by its day and name, because another window may add notes at
//! any time.

use crate::journal::Note;
use crate::page::Top;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::{ListLine, Tone};
use crate::reader::outcome::{Jump, Outcome, OverlayRequest};
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::overlay::shared::{ListAction, closing};
use crate::reader::pointer::Target;
use crate::reader::scroll::reach;
use crate::reader::view::View;
use crate::text::columns::shortened;
use jiff::civil::Date;

/// The list's context.
pub const CONTEXT: Context = Context::overlay("notes", "Your notes");

/// The rows of the notes alone.
pub const ROWS: &[BindingRow<NotesAction>] = &[
    row("Enter e", "open", NotesAction::Open, "read it and change it", "open"),
    row("o", "go-to-place", NotesAction::GoToPlace, "go to the place that it belongs to", "place"),
];

/// The row that closes them.
pub const CLOSE: BindingRow<ListAction> = closing("Esc q", "close the notes");

/// The list while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteList {
    /// The day and the name of the selected note; none while there are no notes.
    selected: Option<(Date, String)>,
}

/// What is done in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotesAction {
    /// What is done in any.
    List(ListAction),
    /// Opens the selected note.
    Open,
    /// Goes to the place that the selected note belongs to.
    GoToPlace,
}

impl NoteList {
    /// The list with the note of this name selected, else the last.
    pub fn open(name: Option<&str>, view: &View) -> Self {
        let notes = view.world.notes();
        let named = name.and_then(|name| notes.iter().find(|note| note.note == name));
        Self { selected: named.or(notes.last()).map(key_of) }
    }

    /// Applies an action.
    pub fn update(&mut self, action: NotesAction, view: &View) -> Outcome {
        let notes = view.world.notes();
        match action {
            NotesAction::List(action) => {
                let mut index = self.index(notes);
                let outcome = action.apply(&mut index, notes.len(), view.list_height(), view);
                self.selected = notes.get(index).map(key_of);
                outcome
            }
            NotesAction::Open => match notes.get(self.index(notes)) {
                Some(note) => Outcome::Open(OverlayRequest::Note(note.note.clone())),
                None => Outcome::Say(none_yet(view)),
            },
            NotesAction::GoToPlace => self.go_to_place(notes, view),
        }
    }

    /// Its lines, at most `width` columns wide: those that can be in sight in `height` rows.
    pub fn lines(&self, view: &View, width: u16, height: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        let notes = view.world.notes();
        let selected = self.index(notes);
        let reach = reach(selected, notes.len(), usize::from(height));
        if reach.start == 0 {
            lines.push("Your notes", Tone::Strong, width);
        }
        if notes.is_empty() {
            lines.blank();
            lines.push(&none_yet(view), Tone::Quiet, width);
        }
        let mut day = None;
        for (index, note) in notes.iter().enumerate().skip(reach.start).take(reach.len()) {
            if day != Some(note.day) {
                day = Some(note.day);
                lines.blank();
                lines.push(&note.day.strftime("%A %-d %B %Y").to_string(), Tone::Title, width);
            }
            let cursor = if index == selected { ">" } else { " " };
            let label = view.practice().note_label(note);
            // What an exercise asks may be long, and her words are what is looked for.
            let label = shortened(&label, usize::from(width / 2));
            let text = format!("{cursor} {label}  {}", first_line(note));
            let line = ListLine::new(shortened(&text, usize::from(width)), Tone::Text);
            lines.lines.push(line.in_entry(Target::Choice(index), index == selected));
        }
        lines
    }

    /// The index of the selected note; where it is gone, that of the one after it.
    fn index(&self, notes: &[Note]) -> usize {
        let Some((day, name)) = &self.selected else { return 0 };
        let before = notes.partition_point(|note| (note.day, &note.note) < (*day, name));
        before.min(notes.len().saturating_sub(1))
    }

    fn go_to_place(&self, notes: &[Note], view: &View) -> Outcome {
        let course = view.world.course;
        let place = notes.get(self.index(notes)).and_then(|note| note.place.as_ref());
        let Some((place, lesson)) =
            place.and_then(|place| Some((place, course.lesson_index(&place.lesson)?)))
        else {
            if place.is_some() && course.ask_for_rest() {
                return Outcome::Stay;
            }
            return Outcome::Say("This note belongs to a day, not to a place in a lesson.".into());
        };
        let position = place.find(course.document(lesson));
        Outcome::Go(Jump::Top { lesson, top: Top { position, skip: 0 } })
    }
}

/// What to say where there are no notes.
fn none_yet(view: &View) -> String {
    let key = view.key(Context::PANES, "evening");
    format!("There are none yet. {key} writes three lines about the day.")
}

/// What notes are sorted by: no two have the same.
fn key_of(note: &Note) -> (Date, String) {
    (note.day, note.note.clone())
}

fn first_line(note: &Note) -> &str {
    note.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim()
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
    use jiff::civil::date;

    fn first_words(list: &NoteList, fixture: &Fixture) -> String {
        let notes = fixture.view().world.notes();
        notes.get(list.index(notes)).map(|note| note.text.clone()).unwrap_or_default()
    }

    #[test]
    fn the_last_note_is_selected_and_stays_so_when_an_earlier_one_arrives() {
        let mut fixture = Fixture::new();
        fixture.add_note(date(2026, 11, 20), "rain");
        fixture.add_note(date(2026, 11, 21), "sun");
        let list = NoteList::open(None, &fixture.view());
        assert_eq!(first_words(&list, &fixture), "sun");
        fixture.add_note(date(2026, 11, 19), "wind");
        assert_eq!(first_words(&list, &fixture), "sun");
    }

    #[test]
    fn where_the_selected_note_is_gone_the_one_after_it_is_selected() {
        let mut fixture = Fixture::new();
        fixture.add_note(date(2026, 11, 20), "rain");
        fixture.add_note(date(2026, 11, 21), "sun");
        let list = NoteList { selected: Some((date(2026, 11, 20), "2026-11-20-hail".into())) };
        assert_eq!(first_words(&list, &fixture), "rain");
        let list = NoteList { selected: Some((date(2026, 11, 20), "2026-11-20-snow".into())) };
        assert_eq!(first_words(&list, &fixture), "sun");
    }

    #[test]
    fn a_list_without_notes_opens_nothing_and_says_how_to_write_one() {
        let fixture = Fixture::new();
        let mut list = NoteList::open(None, &fixture.view());
        let says = "There are none yet. d writes three lines about the day.";
        assert_eq!(list.update(NotesAction::Open, &fixture.view()), Outcome::Say(says.into()));
    }
}
