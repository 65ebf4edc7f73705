//! A note while it is written: one text, or the three lines of an evening.
//!
//! Each text is a note of its own, named by what it is about, so that it is found and changed
//! again. A note is saved when it is closed: no key throws words away.

mod field;

use crate::course::{CourseId, ExerciseId, Place};
use crate::journal::{Ledger, Note, Operation, place_note_name};
use crate::practice::{
    WEEK_QUESTION, evening_line, evening_prompts, exercise_note_name, exercise_of_note, is_week_note,
    place_of, week_in_words, week_note_name,
};
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{JournalChange, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, TextCursor};
use crate::reader::overlay::note::field::{Fate, NoteField, free_name};
use crate::reader::overlay::shared::{TypingAction, another_text};
use crate::reader::pointer::Target;
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::view::View;
use jiff::civil::Date;

/// The context while a note is written.
pub const CONTEXT: Context =
    Context::overlay("writing", "While you write").with_unbound(Unbound::Text).left_by("keep");

/// The rows while a note is written.
pub const ROWS: &[BindingRow<NoteAction>] = &[
    row(
        "Enter",
        "new-line",
        NoteAction::Enter,
        "the next of the three lines about a day; else a new line",
        "",
    ),
    row("Tab", "next", NoteAction::Next, "the next text", "next"),
    row("Shift-Tab", "previous", NoteAction::Previous, "the text before", ""),
    row("Down", "down", moves(Motion::Down), "one line down", ""),
    row("Up", "up", moves(Motion::Up), "one line up", ""),
    row("PgDn", "page-down", moves(Motion::PageDown), "page down", ""),
    row("PgUp", "page-up", moves(Motion::PageUp), "page up", ""),
    row(
        "Ctrl-x",
        "editor",
        NoteAction::Editor,
        "write it in your editor ($VISUAL or $EDITOR)",
        "your editor",
    ),
    row("Esc Ctrl-s", "keep", NoteAction::Save, "save it and close", "save and close"),
];

const fn moves(motion: Motion) -> NoteAction {
    NoteAction::Typing(TypingAction::Move(motion))
}

/// What is said when not all of a text went in.
const TOO_LONG: &str = "That was more than a note holds; its beginning is here.";

/// A note that is being written, or the three of an evening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteEditor {
    /// What it is about.
    title: String,
    /// The texts.
    fields: Vec<NoteField>,
    /// The text that has the cursor.
    focus: usize,
}

/// What is done while a note is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteAction {
    /// What is done where text is typed. The cursor moves by rows; from a text's last row on into
    /// the next text.
    Typing(TypingAction),
    /// Moves to the next of an evening's three lines; at the last of them, and in any other text,
    /// breaks the line.
    Enter,
    /// Moves to the next text.
    Next,
    /// Moves to the text before.
    Previous,
    /// Saves what was written, and closes it.
    Save,
    /// Opens the text in the reader's editor.
    Editor,
}

impl NoteEditor {
    /// The three lines about the day that the checklist shows.
    pub fn evening(view: &View) -> Self {
        Self::evening_of(view.day, view)
    }

    /// The same, with the cursor in this one of the lines, counted from 0.
    pub fn evening_at(line: usize, view: &View) -> Self {
        Self { focus: line, ..Self::evening(view) }
    }

    /// One question about a week, which is named by its first day.
    pub fn week(begins: Date, view: &View) -> Self {
        let fields = vec![NoteField::new(week_note_name(begins), begins, None, WEEK_QUESTION, view)];
        Self { title: format!("The week from {}", begins.strftime("%A %-d %B")), fields, focus: 0 }
    }

    /// What there is to look back on at the end of a week of the plan. It is the note about the week of
    /// the calendar, which the review shows, with the plan's own question.
    pub fn look_back(week: usize, view: &View) -> Option<Self> {
        let practice = view.practice();
        let weeks = practice.plan_weeks();
        let planned = weeks.get(week)?;
        let begins = practice.week_of(view.today);
        let question = planned.look_back.replace('\n', " ");
        let fields = vec![NoteField::new(week_note_name(begins), begins, None, &question, view)];
        let title = format!("Looking back: {}", week_in_words(week, weeks.len(), &planned.title));
        Some(Self { title, fields, focus: 0 })
    }

    /// A note about the place on the screen: the one that is there from the same day, or a new
    /// one.
    pub fn here(view: &View) -> Option<Self> {
        let course = view.world.course;
        let lesson = course.lessons.get(view.lesson)?;
        let place = Place::new(lesson.id.clone(), course.document(view.lesson), view.top.position);
        let name = place_note_name(view.today, &place);
        let title = format!("A note to: {}", lesson.title());
        Some(Self { title, fields: vec![NoteField::new(name, view.today, Some(place), "", view)], focus: 0 })
    }

    /// What the reader writes for an exercise, with what it asks as the title. None where the course
    /// does not have it, and nothing was written for it.
    pub fn exercise(exercise: &ExerciseId, view: &View) -> Option<Self> {
        let practice = view.practice();
        let name = exercise_note_name(exercise);
        let note = practice.words_for(exercise);
        let found = practice.written_for(exercise);
        if note.is_none() && found.is_none() {
            return None;
        }
        let place = found.and_then(|found| place_of(view.world.course, found));
        let place = place.or_else(|| note.as_ref()?.place.clone());
        let title = practice.prompt_of(exercise).unwrap_or_else(|| exercise.to_string());
        let day = note.map_or(view.today, |note| note.day);
        Some(Self { title, fields: vec![NoteField::new(name, day, place, "", view)], focus: 0 })
    }

    /// A note that is there already.
    pub fn existing(note: &Note, view: &View) -> Self {
        let exercise =
            exercise_of_note(&note.note).filter(|exercise| exercise_note_name(exercise) == note.note);
        if let Some(editor) = exercise.and_then(|exercise| Self::exercise(&exercise, view)) {
            return editor;
        }
        if let Some(focus) = evening_line(note) {
            return Self { focus, ..Self::evening_of(note.day, view) };
        }
        if is_week_note(note) {
            return Self::week(note.day, view);
        }
        let title = format!("{}   {}", note.day.strftime("%A %-d %B"), view.practice().note_label(note));
        let field = NoteField::new(note.note.clone(), note.day, note.place.clone(), "", view);
        Self { title, fields: vec![field], focus: 0 }
    }

    /// What was being written when the program ended.
    pub fn from_draft(draft: Vec<Operation>, view: &View) -> Option<Self> {
        let notes: Vec<Note> = draft
            .into_iter()
            .filter_map(|operation| match operation {
                Operation::Note { course, note, day, place, text } if course == view.world.course.id => {
                    Some(Note { note, day, place, text })
                }
                _ => None,
            })
            .collect();
        let mut editor = Self::existing(notes.first()?, view);
        for note in &notes {
            let text = TextField::new(&note.text, FieldKind::Text);
            if let Some(field) = editor.fields.iter_mut().find(|field| field.note == note.note) {
                field.text = text;
            } else {
                let (name, place) = (note.note.clone(), note.place.clone());
                let field = NoteField::new(name, note.day, place, "What you were writing before", view);
                editor.fields.push(NoteField { text, ..field });
            }
        }
        Some(editor)
    }

    /// Returns whether it has a text in common with another one.
    pub fn is_same_thing(&self, other: &Self) -> bool {
        self.fields.iter().any(|field| other.fields.iter().any(|other| other.note == field.note))
    }

    /// Removes what was erased from the journal of a course. What was typed since stays.
    pub fn forget_erased(&mut self, course: &CourseId, ledger: &Ledger) {
        for field in &mut self.fields {
            if ledger.note(course, &field.note).is_none() {
                field.text.forget(&std::mem::take(&mut field.original));
            }
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: NoteAction, view: &View) -> Outcome {
        let count = self.fields.len().max(1);
        match action {
            NoteAction::Typing(TypingAction::Edit(edit)) => self.with_text(|text| text.apply(edit)),
            NoteAction::Typing(TypingAction::Paste(pasted)) => return self.paste(&pasted),
            NoteAction::Typing(TypingAction::Move(motion)) => self.move_cursor(motion, view),
            NoteAction::Typing(TypingAction::Select(field)) => self.focus = field,
            NoteAction::Enter if self.leads_to_next_line() => self.focus += 1,
            NoteAction::Enter => self.with_text(TextField::break_line),
            NoteAction::Next => self.focus = (self.focus + 1) % count,
            NoteAction::Previous => self.focus = (self.focus + count - 1) % count,
            NoteAction::Save => return self.save(view),
            NoteAction::Editor => {
                return self.text().map_or(Outcome::Stay, |text| Outcome::Edit(text.to_owned()));
            }
        }
        Outcome::Stay
    }

    /// Takes in what came back from the reader's editor, in place of what had been written.
    /// Returns what to say of it.
    pub fn take_edited(&mut self, text: &str, view: &View) -> String {
        let mut whole = true;
        self.with_text(|field| {
            *field = TextField::new("", field.kind());
            whole = field.insert(text.trim_end());
        });
        if whole {
            format!("Here is what you wrote. {} saves it.", view.key(CONTEXT, "keep"))
        } else {
            TOO_LONG.into()
        }
    }

    /// The text that has the cursor.
    pub fn text(&self) -> Option<&str> {
        self.fields.get(self.focus).map(|field| field.text.text())
    }

    /// What is to be recorded: the texts that were changed here. One that was changed elsewhere
    /// meanwhile stays, and what was written here gets a name of its own beside it.
    pub fn changes(&self, view: &View) -> Vec<Operation> {
        let course = &view.world.course.id;
        let name = |field: &NoteField| match field.fate(view) {
            Fate::Unchanged | Fate::StaysFull => None,
            Fate::Written => Some(field.note.clone()),
            Fate::Beside => Some(free_name(&field.note, view)),
        };
        self.fields
            .iter()
            .filter_map(|field| {
                Some(Operation::Note {
                    course: course.clone(),
                    note: name(field)?,
                    day: field.day,
                    place: field.place.clone(),
                    text: field.trimmed().to_owned(),
                })
            })
            .collect()
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, view: &View, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.push(&self.title, Tone::Strong, width);
        for (index, field) in self.fields.iter().enumerate() {
            lines.blank();
            let focused = index == self.focus;
            if !field.label.is_empty() {
                let cursor = if focused { "> " } else { "  " };
                lines.push(&format!("{cursor}{}", field.label), Tone::Title, width);
            }
            let first = lines.lines.len();
            let (rows, (row, column)) = field.text.laid_out(text_width(width));
            lines.lines.extend(rows.into_iter().map(|row| ListLine {
                target: Some(Target::Choice(index)),
                ..ListLine::new(format!("  {row}"), Tone::Text)
            }));
            if focused {
                lines.cursor = Some(TextCursor { line: first + row, column: column + 2 });
            }
            if view.practice().has_text_beside(&field.note) {
                lines.push(&format!("  {}", another_text(view)), Tone::Quiet, width);
            }
        }
        lines
    }

    fn evening_of(day: Date, view: &View) -> Self {
        let prompts = evening_prompts(day).into_iter();
        let fields =
            prompts.map(|prompt| NoteField::new(prompt.name, day, None, prompt.question, view)).collect();
        Self { title: format!("{}, in three lines", day.strftime("%A %-d %B")), fields, focus: 0 }
    }

    /// Returns whether the cursor is in one of an evening's three lines, and another follows.
    fn leads_to_next_line(&self) -> bool {
        let is_evening =
            |field: &NoteField| evening_prompts(field.day).iter().any(|prompt| prompt.name == field.note);
        let here = self.fields.iter().skip(self.focus).take(2);
        here.filter(|field| is_evening(field)).count() == 2
    }

    fn with_text(&mut self, change: impl FnOnce(&mut TextField)) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            change(&mut field.text);
        }
    }

    fn paste(&mut self, text: &str) -> Outcome {
        let mut whole = true;
        self.with_text(|field| whole = field.insert(text));
        if whole { Outcome::Stay } else { Outcome::Say(TOO_LONG.into()) }
    }

    fn move_cursor(&mut self, motion: Motion, view: &View) {
        let area = view.geometry.overlay;
        let page = isize::try_from(area.height.max(2) - 1).unwrap_or(1);
        let lines = isize::try_from(view.count).unwrap_or(1);
        let rows = match motion {
            Motion::Down => lines,
            Motion::Up => -lines,
            Motion::First => isize::MIN / 2,
            Motion::Last => isize::MAX / 2,
            Motion::HalfPageDown => page / 2,
            Motion::HalfPageUp => -page / 2,
            Motion::PageDown => page,
            Motion::PageUp => -page,
        };
        let (last, focus, width) = (self.fields.len().saturating_sub(1), self.focus, text_width(area.width));
        let Some(field) = self.fields.get_mut(focus) else { return };
        let before = field.text.clone();
        let row = |text: &TextField| text.laid_out(width).1.0;
        field.text.move_rows(rows, width);
        if row(&field.text) == row(&before) {
            let next = if rows < 0 { focus.saturating_sub(1) } else { (focus + 1).min(last) };
            if next != focus {
                field.text = before;
                self.focus = next;
            }
        }
    }

    fn save(&self, view: &View) -> Outcome {
        let changes = self.changes(view);
        let fates = || self.fields.iter().map(|field| field.fate(view));
        let notes = || view.key(Context::PANES, "notes");
        if changes.is_empty() {
            return if fates().any(|fate| fate == Fate::StaysFull) {
                Outcome::CloseSaying(format!(
                    "It was changed elsewhere meanwhile, so it stays. {} shows it.",
                    notes()
                ))
            } else {
                Outcome::Close
            };
        }
        let message = if fates().any(|fate| fate == Fate::Beside) {
            format!("Saved beside what was written elsewhere meanwhile. {} shows both.", notes())
        } else if fates().any(|fate| fate == Fate::StaysFull) {
            format!("Saved; what was changed elsewhere meanwhile stays. {} shows it.", notes())
        } else {
            format!("Saved. {} takes it back.", view.key(Context::PANES, "undo"))
        };
        // What an exercise asks comes first: what stands in the text is the last that was written.
        let prompts = self.fields.iter().filter(|field| field.fate(view) == Fate::Written);
        let prompts = prompts.filter_map(|field| view.practice().prompting(&field.note));
        let operations = prompts.chain(changes).collect();
        let change = JournalChange::new(format!("what you wrote: {}", self.title), operations);
        Outcome::Do(change.saying(message))
    }
}

/// The columns for the text of a note: indented, with room for the cursor behind it.
fn text_width(width: u16) -> usize {
    usize::from(width.saturating_sub(3).max(1))
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
    use crate::journal::beside;
    use crate::reader::fixture::Fixture;

    #[test]
    fn only_what_was_changed_is_saved() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let mut editor = NoteEditor::evening(&view);
        assert_eq!(editor.update(NoteAction::Save, &view), Outcome::Close);
        editor.update(NoteAction::Next, &view);
        editor.update(NoteAction::Typing(TypingAction::Paste("I went for a walk\n\n".into())), &view);
        let changes = editor.changes(&view);
        assert!(matches!(
            changes.as_slice(),
            [Operation::Note { note, text, .. }] if note.ends_with("2-did") && text == "I went for a walk"
        ));
    }

    #[test]
    fn where_another_text_was_written_the_editor_says_which_key_shows_it() {
        let mut fixture = Fixture::new();
        let text = |fixture: &Fixture| -> String {
            let view = fixture.view();
            NoteEditor::evening(&view).lines(&view, 80).lines.iter().map(|line| line.text() + "\n").collect()
        };
        let today = fixture.state.today;
        let [happened, ..] = evening_prompts(today);
        for name in [happened.name.clone(), beside(&happened.name, "rain")] {
            assert!(!text(&fixture).contains("Another text"), "{}", text(&fixture));
            fixture.add_named_note(&name, today, &format!("words of {name}"));
        }
        assert!(
            text(&fixture).contains("Another text for this is among your notes: D"),
            "{}",
            text(&fixture)
        );
    }
}
