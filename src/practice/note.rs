//! The questions that notes answer: three lines in the evening, one about the week.
//!
//! Owns how such notes are named in the journal, so that each is found and changed again, and
//! how any note is labelled where notes are listed.

use crate::journal::{Note, Replaced, main_name, replaced};
use crate::practice::exercises::exercise_of_note;
use crate::practice::view::Practice;
use jiff::civil::Date;

/// The three lines of an evening: the end of each note's name, and its question.
const EVENING: [(&str, &str); 3] =
    [("1-happened", "What happened?"), ("2-did", "What did I do?"), ("3-next", "What next?")];

/// The end of the name of a note about a week, after its first day.
const WEEK: &str = "week";

/// The one question about a week.
pub const WEEK_QUESTION: &str = "How would a friend who wishes both of you well describe this week?";

/// The label of a note that answers no question and belongs to no place.
const OTHER: &str = "Note";

/// A question, and the name of the note that answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotePrompt {
    /// The note's name in the journal.
    pub name: String,
    /// The question.
    pub question: &'static str,
}

/// The three questions about a day.
pub fn evening_prompts(day: Date) -> [NotePrompt; 3] {
    EVENING.map(|(end, question)| NotePrompt { name: format!("{day}-{end}"), question })
}

/// The name of the note about the week that begins on this day.
pub fn week_note_name(begins: Date) -> String {
    format!("{begins}-{WEEK}")
}

/// Which of an evening's three lines a note is, counted from 0.
pub fn evening_line(note: &Note) -> Option<usize> {
    let end = end_of_name(note)?;
    EVENING.iter().position(|(line, _)| *line == end)
}

/// Returns whether a note is about a week.
pub fn is_week_note(note: &Note) -> bool {
    end_of_name(note) == Some(WEEK)
}

fn end_of_name(note: &Note) -> Option<&str> {
    note.note.strip_prefix(&format!("{}-", note.day))
}

impl Practice<'_> {
    /// What a note is, in a few words: the question that it answers, or the lesson that it
    /// belongs to. A second text, beside the one of that name, answers the same question.
    pub fn note_label(&self, note: &Note) -> String {
        let note = &Note { note: main_name(&note.note).to_owned(), ..note.clone() };
        if let Some((_, question)) = evening_line(note).and_then(|line| EVENING.get(line)) {
            return (*question).to_owned();
        }
        if is_week_note(note) {
            return "The week".into();
        }
        if let Some(prompt) = exercise_of_note(&note.note).and_then(|exercise| self.prompt_of(&exercise)) {
            return prompt;
        }
        match (&note.place, replaced(&note.note)) {
            (Some(place), _) => self.lesson_title(&place.lesson).to_owned(),
            (None, Some(Replaced::OwnItem)) => "An item, as it was written elsewhere".into(),
            (None, Some(Replaced::Plan)) => "A plan, as it was written elsewhere".into(),
            (None, None) => OTHER.into(),
        }
    }

    /// Returns whether there is another text for what the note of this name is about: one that came
    /// to stand beside it, or an older version that nobody who knew it replaced.
    pub fn has_text_beside(&self, name: &str) -> bool {
        let mut notes = self.ledger.notes_named(self.id, name);
        notes.any(|note| note.note != name && main_name(&note.note) == name)
    }

    /// What a note is, within a sentence: `What happened?`, or `a note to: Start here`.
    pub fn note_in_words(&self, note: &Note) -> String {
        let label = self.note_label(note);
        match &note.place {
            Some(_) if exercise_of_note(&note.note).is_none() => format!("a note to: {label}"),
            None if label == OTHER => "a note".into(),
            Some(_) | None => label,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::CourseId;
    use crate::journal::{Ledger, Operation, beside};
    use jiff::civil::date;

    #[test]
    fn a_second_text_beside_an_evening_line_answers_the_same_question() {
        let (course, ledger) = (CourseId::new("reconcile"), Ledger::default());
        let practice = Practice::of_journal(&course, None, &ledger);
        let day = date(2026, 11, 22);
        let [happened, ..] = evening_prompts(day);
        let text = "another".to_owned();
        let note = Note { note: beside(&happened.name, &text), day, place: None, text };
        assert_eq!(practice.note_label(&note), "What happened?");
        assert_eq!(evening_line(&note), None, "it is not the line itself");
    }

    #[test]
    fn a_second_text_is_known_where_the_first_is() {
        let (course, mut ledger) = (CourseId::new("reconcile"), Ledger::default());
        let day = date(2026, 11, 22);
        let [happened, did, _] = evening_prompts(day);
        for (note, text) in [(happened.name.clone(), "rain"), (beside(&happened.name, "sun"), "sun")] {
            let (course, text) = (course.clone(), text.to_owned());
            ledger.apply(&Operation::Note { course, note, day, place: None, text });
        }
        let practice = Practice::of_journal(&course, None, &ledger);
        assert!(practice.has_text_beside(&happened.name));
        assert!(!practice.has_text_beside(&did.name));
    }
}
