//! All notes by day: what each is about, and how it begins.
//!
//! The selected note is named by its day and name, because another window may add notes at
//! any time.

use crate::journal::Note;
use crate::page::Top;
use crate::reader::input::OverlayInput;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Outcome, OverlayRequest};
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::pointer::Target;
use crate::reader::scroll::reach;
use crate::reader::view::View;
use crate::text::columns::shortened;
use jiff::civil::Date;

/// The list's context.
pub const CONTEXT: Context = Context::overlay("notes", "Your notes");

/// The rows of the list.
pub const ROWS: &[BindingRow<NotesAction>] = &[
    row("j Down", "down", NotesAction::Move(Motion::Down), "the next note", "move"),
    row("k Up", "up", NotesAction::Move(Motion::Up), "the note before", "move"),
    row("Space PgDn f Ctrl-d", "page-down", NotesAction::Move(Motion::PageDown), "page down", ""),
    row("b PgUp Ctrl-u", "page-up", NotesAction::Move(Motion::PageUp), "page up", ""),
    row("g Home", "first", NotesAction::Move(Motion::First), "the first note", ""),
    row("G End", "last", NotesAction::Move(Motion::Last), "the last note", ""),
    row("Enter e", "open", NotesAction::Open, "read it and change it", "open"),
    row("o", "go-to-place", NotesAction::GoToPlace, "go to the place that it belongs to", "place"),
    row("Esc q", "cancel", NotesAction::Close, "close the notes", "close"),
];

/// The list while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteList {
    /// The day and the name of the selected note; none while there are no notes.
    selected: Option<(Date, String)>,
}

/// What only this list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotesAction {
    /// Moves the selection.
    Move(Motion),
    /// Selects the entry with this index.
    Select(usize),
    /// Opens the selected note.
    Open,
    /// Goes to the place that the selected note belongs to.
    GoToPlace,
    /// Closes the list.
    Close,
}

impl NoteList {
    /// The list with the note of this name selected, else the last.
    pub fn open(name: Option<&str>, view: &View) -> Self {
        let notes = view.world.notes();
        let named = name.and_then(|name| notes.iter().find(|note| note.note == name));
        Self { selected: named.or(notes.last()).map(key_of) }
    }

    /// What input that is bound to nothing does.
    pub fn action(input: &OverlayInput) -> Option<NotesAction> {
        match input {
            OverlayInput::Click(entry) => Some(NotesAction::Select(*entry)),
            OverlayInput::Wheel(motion) => Some(NotesAction::Move(*motion)),
            OverlayInput::Edit(_)
            | OverlayInput::Paste(_)
            | OverlayInput::Letter(_)
            | OverlayInput::Digit(_) => None,
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: NotesAction, view: &View) -> Outcome {
        let notes = view.world.notes();
        match action {
            NotesAction::Move(motion) => {
                let index = self.index(notes);
                let index = motion.target(index, notes.len(), view.count, view.list_height());
                self.selected = notes.get(index).map(key_of);
                Outcome::Stay
            }
            NotesAction::Select(entry) => {
                self.selected = notes.get(entry).map(key_of);
                Outcome::Stay
            }
            NotesAction::Open => match notes.get(self.index(notes)) {
                Some(note) => Outcome::Open(OverlayRequest::Note(note.note.clone())),
                None => Outcome::Stay,
            },
            NotesAction::GoToPlace => self.go_to_place(notes, view),
            NotesAction::Close => Outcome::Close,
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
            let key = view.key(Context::PANES, "evening");
            lines.push(
                &format!("There are none yet. {key} writes three lines about the day."),
                Tone::Quiet,
                width,
            );
        }
        let mut day = None;
        for (index, note) in notes.iter().enumerate().skip(reach.start).take(reach.len()) {
            if day != Some(note.day) {
                day = Some(note.day);
                lines.blank();
                lines.push(&note.day.strftime("%A %-d %B %Y").to_string(), Tone::Title, width);
            }
            let cursor = if index == selected { ">" } else { " " };
            let text = format!("{cursor} {}  {}", view.practice().note_label(note), first_line(note));
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
            return Outcome::Say("This note belongs to a day, not to a place in a lesson.".into());
        };
        let position = place.find(course.document(lesson));
        Outcome::Go(Jump::Top { lesson, top: Top { position, skip: 0 } })
    }
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
    fn a_list_without_notes_opens_nothing() {
        let fixture = Fixture::new();
        let mut list = NoteList::open(None, &fixture.view());
        assert_eq!(list.update(NotesAction::Open, &fixture.view()), Outcome::Stay);
    }
}
