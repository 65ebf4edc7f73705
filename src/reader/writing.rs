//! A note while it is written: one text, or the three lines of an evening.
//!
//! Owns which notes there are to write and what they are called. Each text is a note of its
//! own, named by what it is about, so that it is found and changed again. Must not keep
//! anything: `update` does.

use crate::course::Place;
use crate::journal::{Note, Operation};
use crate::practice::{WEEK_QUESTION, evening_line, evening_prompts, is_week_note, week_note_name};
use crate::reader::World;
use crate::reader::text_field::{Lines, TextField};
use jiff::civil::Date;

/// A note that is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// What it is about.
    pub title: String,
    /// The texts.
    pub fields: Vec<NoteField>,
    /// The text that has the cursor.
    pub focus: usize,
}

/// One text, which is one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteField {
    /// The note's name.
    pub note: String,
    /// The day that it is about.
    pub day: Date,
    /// The place that it is about.
    pub place: Option<Place>,
    /// The question or title above it; may be empty.
    pub label: String,
    /// The text.
    pub text: TextField,
}

impl Writing {
    /// The three lines about a day.
    pub fn evening(day: Date, world: &World) -> Self {
        let prompts = evening_prompts(day).into_iter();
        let fields =
            prompts.map(|prompt| NoteField::new(prompt.name, day, None, prompt.question, world)).collect();
        let title = format!("{}, in three lines", day.strftime("%A %-d %B"));
        Self { title, fields, focus: 0 }
    }

    /// One question about a week, which is named by its Monday.
    pub fn week(monday: Date, world: &World) -> Self {
        let fields = vec![NoteField::new(week_note_name(monday), monday, None, WEEK_QUESTION, world)];
        Self { title: format!("The week from {}", monday.strftime("%A %-d %B")), fields, focus: 0 }
    }

    /// A note to a place: the one that is there from the same day, or a new one.
    pub fn at(place: Place, today: Date, world: &World) -> Self {
        let name = format!("{today}-{}-{}", place.lesson, place.block);
        let lesson = world.course.lesson_index(&place.lesson);
        let lesson = lesson.and_then(|lesson| world.course.lessons.get(lesson));
        let title = format!("A note to: {}", lesson.map_or("this place", |lesson| lesson.title()));
        Self { title, fields: vec![NoteField::new(name, today, Some(place), "", world)], focus: 0 }
    }

    /// A note that is there already.
    pub fn of(note: &Note, world: &World) -> Self {
        if let Some(focus) = evening_line(note) {
            return Self { focus, ..Self::evening(note.day, world) };
        }
        if is_week_note(note) {
            return Self::week(note.day, world);
        }
        let title = format!("{}   {}", note.day.strftime("%A %-d %B"), world.practice().note_label(note));
        let field = NoteField::new(note.note.clone(), note.day, note.place.clone(), "", world);
        Self { title, fields: vec![field], focus: 0 }
    }

    /// What was being written when the program ended.
    pub fn from_draft(draft: Vec<Operation>, world: &World) -> Option<Self> {
        let notes: Vec<Note> = draft
            .into_iter()
            .filter_map(|operation| match operation {
                Operation::Note { course, note, day, place, text } if course == world.course.id => {
                    Some(Note { note, day, place, text })
                }
                _ => None,
            })
            .collect();
        let first = notes.first()?;
        let mut writing = Self::of(first, world);
        for note in &notes {
            if let Some(field) = writing.fields.iter_mut().find(|field| field.note == note.note) {
                field.text = TextField::new(&note.text, Lines::Several);
            }
        }
        Some(writing)
    }

    /// What is to be kept: the texts that are not as the journal has them.
    pub fn changes(&self, world: &World) -> Vec<Operation> {
        let known = |name: &str| world.ledger.note(&world.course.id, name).map(|note| note.text);
        self.fields
            .iter()
            .filter(|field| field.kept_text() != known(&field.note).unwrap_or_default())
            .map(|field| Operation::Note {
                course: world.course.id.clone(),
                note: field.note.clone(),
                day: field.day,
                place: field.place.clone(),
                text: field.kept_text().to_owned(),
            })
            .collect()
    }

    /// The text that has the cursor.
    pub fn focused(&mut self) -> Option<&mut NoteField> {
        self.fields.get_mut(self.focus)
    }
}

impl NoteField {
    fn new(note: String, day: Date, place: Option<Place>, label: &str, world: &World) -> Self {
        let known = world.ledger.note(&world.course.id, &note);
        let text = TextField::new(known.as_ref().map_or("", |known| &known.text), Lines::Several);
        Self { note, day, place, label: label.to_owned(), text }
    }

    /// Empty lines at the end are not kept.
    fn kept_text(&self) -> &str {
        self.text.text().trim_end()
    }
}
