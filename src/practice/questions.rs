//! The questions of lessons that were read, asked again after longer and longer times.
//!
//! Owns when a question is due: Leitner's boxes (Sebastian Leitner, "So lernt man lernen", 1972).
//! An answer that was known moves a question to the next box, one that was not moves it back to
//! the first. The boxes are computed from the answers and stored nowhere, so that the answers of
//! several devices add up. Must not know what a question says: that is in its lesson.

use crate::course::{ExerciseId, LessonId};
use crate::journal::{Choice, Chosen, Operation};
use crate::practice::view::Practice;
use crate::practice::weeks::days_between;
use crate::text::Exercise;
use jiff::ToSpan;
use jiff::civil::Date;

/// After how many days a question in each box is asked again.
const BOXES: [i32; 5] = [1, 3, 7, 21, 60];

/// The most questions of an evening.
pub const QUESTIONS_A_DAY: usize = 2;

/// A question that may be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueQuestion<'a> {
    /// The question.
    pub exercise: &'a ExerciseId,
    /// The lesson that has it, as an index into the course.
    pub lesson: usize,
    /// The day from which on it is due.
    pub due: Date,
}

/// The box of a question after an answer.
fn next_box(before: usize, known: bool) -> usize {
    if known { (before + 1).min(BOXES.len() - 1) } else { 0 }
}

/// The day on which a question is due that is in a box since some day.
fn due(in_box: usize, since: Date) -> Date {
    let days = BOXES.get(in_box).copied().unwrap_or_default();
    since.saturating_add(days.days())
}

impl<'a> Practice<'a> {
    /// The questions of an evening: those that are due longest, at most [`QUESTIONS_A_DAY`] with
    /// those that were answered on this day already. Asks no lesson for its text.
    pub fn due_questions(&self, day: Date) -> Vec<DueQuestion<'a>> {
        let (mut due, room) = self.all_due(day);
        due.truncate(room);
        due
    }

    /// The same, each with what it asks; those that their lessons have no more are left out. May
    /// parse a lesson for each.
    pub fn questions_to_ask(&self, day: Date) -> Vec<(DueQuestion<'a>, &'a Exercise)> {
        let (due, room) = self.all_due(day);
        let found =
            due.into_iter().filter_map(|due| Some((due, self.question_in(due.lesson, due.exercise)?)));
        found.take(room).collect()
    }

    /// All questions that are due, those that are due longest first, and how many may still be asked
    /// on this day.
    fn all_due(&self, day: Date) -> (Vec<DueQuestion<'a>>, usize) {
        let Some(course) = self.course else { return (Vec::new(), 0) };
        let answered = |exercise| self.ledger.answers(self.id, exercise).any(|(on, _)| on == day);
        let mut done = 0;
        let mut all = Vec::new();
        for (exercise, lesson, met) in self.ledger.questions(self.id) {
            if answered(exercise) {
                done += 1;
                continue;
            }
            let Some(lesson) = course.lesson_index(lesson) else { continue };
            let due = self.due_on(exercise, met);
            if due <= day && self.ledger.is_asked(self.id, exercise) {
                all.push(DueQuestion { exercise, lesson, due });
            }
        }
        all.sort_by_key(|question| (question.due, question.lesson, question.exercise.as_str()));
        (all, QUESTIONS_A_DAY.saturating_sub(done))
    }

    /// The day on which a question is due that was met on some day.
    fn due_on(&self, exercise: &ExerciseId, met: Date) -> Date {
        let answers = self.ledger.answers(self.id, exercise);
        let (in_box, since) =
            answers.fold((0, met), |(before, _), (day, known)| (next_box(before, known), day));
        due(in_box, since)
    }

    /// In how many days a question is asked again, once it was answered on this day.
    pub fn asked_again_in(&self, exercise: &ExerciseId, day: Date) -> i32 {
        days_between(day, self.due_on(exercise, day))
    }

    /// What is saved when a lesson was read to its end: those of its questions that were not met
    /// before.
    pub fn meeting(&self, lesson: &LessonId, questions: &[ExerciseId], day: Date) -> Vec<Operation> {
        let known = |exercise: &ExerciseId| self.ledger.questions(self.id).any(|(met, _, _)| met == exercise);
        let question = |exercise: &ExerciseId| {
            let (exercise, lesson) = (exercise.clone(), lesson.clone());
            self.choice(Chosen::Question { exercise, lesson, day })
        };
        questions.iter().filter(|exercise| !known(exercise)).map(question).collect()
    }

    /// Returns whether questions are asked again at all.
    pub fn asks_questions(&self) -> bool {
        // One that nobody has is off only when all are.
        self.ledger.is_asked(self.id, &ExerciseId::new(""))
    }

    /// What is saved when a question was answered.
    pub fn answering(&self, exercise: &ExerciseId, day: Date, known: bool) -> Operation {
        self.choice(Chosen::Answered { exercise: exercise.clone(), day, known: Some(known) })
    }

    /// What is saved when a question, or with none all of them, is turned on or off.
    pub fn asking(&self, exercise: Option<&ExerciseId>, asked: bool) -> Operation {
        self.choice(Chosen::Asking { exercise: exercise.cloned(), asked })
    }

    fn choice(&self, chosen: Chosen) -> Operation {
        Operation::Choice(Choice { course: self.id.clone(), chosen })
    }
}
