//! A note while it is written: one text, or the three lines of an evening.
//!
//! Owns which notes there are to write and what they are called. Each text is a note of its
//! own, named by what it is about, so that it is found and changed again. Must not keep
//! anything: `update` does.

use crate::course::{Course, Place};
use crate::journal::{Note, Operation};
use crate::reader::World;
use crate::reader::text_field::{Lines, TextField};
use jiff::civil::Date;

/// The three lines of an evening: what each is called in a note's name, and its question.
const EVENING: [(&str, &str); 3] =
    [("1-happened", "What happened?"), ("2-did", "What did I do?"), ("3-next", "What next?")];

/// What the note about a week is called, behind its Monday.
const WEEK: &str = "week";
/// The one question about a week.
pub const WEEKLY: &str = "How would a friend who wishes both of you well describe this week?";

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
    /// What the journal had when this was opened.
    pub begun: String,
}

impl Writing {
    /// The three lines about a day.
    pub fn evening(day: Date, world: &World) -> Self {
        let fields = EVENING
            .iter()
            .map(|(name, question)| NoteField::new(format!("{day}-{name}"), day, None, question, world))
            .collect();
        let title = format!("{}, in three lines", day.strftime("%A %-d %B"));
        Self { title, fields, focus: 0 }
    }

    /// One question about a week, which is named by its Monday.
    pub fn week(monday: Date, world: &World) -> Self {
        let name = format!("{monday}-{WEEK}");
        let fields = vec![NoteField::new(name, monday, None, WEEKLY, world)];
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
        if is_week(note) {
            return Self::week(note.day, world);
        }
        let title = format!("{}   {}", note.day.strftime("%A %-d %B"), label(note, Some(world.course)));
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
            let text = TextField::new(&note.text, Lines::Several);
            if let Some(field) = writing.fields.iter_mut().find(|field| field.note == note.note) {
                field.text = text;
            } else {
                let (name, place) = (note.note.clone(), note.place.clone());
                let field = NoteField::new(name, note.day, place, "What you were writing before", world);
                writing.fields.push(NoteField { text, ..field });
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

    /// Lets go of what the journal has no more. What was typed since is kept.
    pub fn forget_erased(&mut self, world: &World) {
        for field in &mut self.fields {
            let now = world.ledger.note(&world.course.id, &field.note).map(|note| note.text);
            if now.is_none() {
                field.text.forget(&std::mem::take(&mut field.begun));
            }
        }
    }

    /// The text that has the cursor.
    pub fn focused(&mut self) -> Option<&mut NoteField> {
        self.fields.get_mut(self.focus)
    }
}

impl NoteField {
    fn new(note: String, day: Date, place: Option<Place>, label: &str, world: &World) -> Self {
        let known = world.ledger.note(&world.course.id, &note);
        let begun = known.map(|known| known.text).unwrap_or_default();
        let text = TextField::new(&begun, Lines::Several);
        Self { note, day, place, label: label.to_owned(), text, begun }
    }

    /// Empty lines at the end are not kept.
    fn kept_text(&self) -> &str {
        self.text.text().trim_end()
    }
}

/// Which of an evening's lines a note is.
fn evening_line(note: &Note) -> Option<usize> {
    let name = note.note.strip_prefix(&format!("{}-", note.day))?;
    EVENING.iter().position(|(line, _)| *line == name)
}

/// Whether a note is about a week.
pub fn is_week(note: &Note) -> bool {
    note.note.strip_prefix(&format!("{}-", note.day)) == Some(WEEK)
}

/// What a note is, in a few words.
pub fn label(note: &Note, course: Option<&Course>) -> String {
    if let Some((_, question)) = evening_line(note).and_then(|line| EVENING.get(line)) {
        return (*question).to_owned();
    }
    if is_week(note) {
        return "The week".into();
    }
    let Some(place) = &note.place else { return "Note".into() };
    let lesson = course.and_then(|course| course.lessons.get(course.lesson_index(&place.lesson)?));
    lesson.map_or_else(|| place.lesson.to_string(), |lesson| lesson.title().to_owned())
}
