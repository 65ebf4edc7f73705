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
            (None, None) => "Note".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::CourseId;
    use crate::journal::{Ledger, beside};
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
}
