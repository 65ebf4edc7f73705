//! Notes by plain lines: one to what was just read, and all that was written, by day.
//!
//! Owns how they are asked for and told. Which notes there are is decided in the journal, and what
//! each is about in `practice`.

use crate::cli::items::in_full;
use crate::cli::linear::asked::Dialog;
use crate::cli::linear::conversation::Conversation;
use crate::cli::linear::response::Response;
use crate::cli::words::sentence;
use crate::course::Place;
use crate::journal::{Note, Operation, beside, place_note_name};
use crate::text::Position;

/// The most notes that are told unless all are asked for.
const MOST: usize = 10;

impl Conversation {
    /// Begins a note to what was told last, or writes it with these words.
    pub(super) fn note(&mut self, words: &str) -> Response {
        let (lesson, block) = (self.lesson, self.heard.or(self.block).unwrap_or(0));
        match words {
            "" => self.begin(Dialog::Note(lesson, block)),
            words => self.write_note(lesson, block, words),
        }
    }

    /// The question for a note.
    pub(super) fn note_question(&self, lesson: usize) -> String {
        let world = self.session.world();
        let title = world.course.lessons.get(lesson).map_or("", |lesson| lesson.title());
        format!("A note to what you just read in {} Say it in one line; stop leaves.", sentence(title))
    }

    /// Saves a note beside those that are there.
    pub(super) fn write_note(&mut self, lesson: usize, block: usize, text: &str) -> Response {
        let world = self.session.world();
        let Some(read) = world.course.lessons.get(lesson) else { return "There is no lesson here.".into() };
        let document = world.course.document(lesson);
        let place = Place::new(read.id.clone(), document, Position { block, offset: 0 });
        let day = self.session.state().today;
        let course = world.course.id.clone();
        let name = place_note_name(day, &place);
        // Another one of that day and place stays as it is.
        let note = match world.ledger.note(&course, &name) {
            Some(there) if !there.text.is_empty() => beside(&name, text),
            _ => name,
        };
        let said = sentence(text);
        let operation = Operation::Note { course, note, day, place: Some(place), text: text.to_owned() };
        self.change("a note".into(), vec![operation], format!("{said} That is a note now; notes tells it."))
    }

    /// Tells what was written, by day: the last of it, or all.
    pub(super) fn notes(&self, rest: &str) -> String {
        let world = self.session.world();
        let notes = world.notes();
        if notes.is_empty() {
            return "There are none yet. note writes one, evening the three lines about the day.".into();
        }
        let more = if rest.eq_ignore_ascii_case("all") { 0 } else { notes.len().saturating_sub(MOST) };
        let (mut lines, mut day) = (Vec::new(), None);
        if more > 0 {
            lines.push(format!("The last {MOST} of {}; notes all tells all.", notes.len()));
        }
        for note in notes.iter().skip(more) {
            if day != Some(note.day) {
                day = Some(note.day);
                lines.push(sentence(&in_full(note.day)));
            }
            lines.push(self.note_in_words(note));
        }
        lines.join("\n")
    }

    fn note_in_words(&self, note: &Note) -> String {
        let label = self.session.world().practice().note_label(note);
        let text = note.text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{} {}", sentence(&label), sentence(&text))
    }
}
