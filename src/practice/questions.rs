//! The questions of lessons that were read, asked again after longer and longer times.
//!
//! Owns when a question is due: Leitner's boxes (Sebastian Leitner, "So lernt man lernen", 1972).
//! An answer that was known moves a question to the next box, one that was not moves it back to
//! the first. The boxes are computed from the answers and stored nowhere, so that the answers of
//! several devices add up. Must not know what a question says: that is in its lesson.

use crate::course::{ExerciseId, LessonId};
use crate::journal::{Choice, Chosen, Operation};
use crate::practice::view::Practice;
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

/// The day on which a question is due that is in a box since some day.
fn due(in_box: usize, since: Date) -> Date {
    let days = BOXES.get(in_box).copied().unwrap_or_default();
    since.saturating_add(days.days())
}

impl<'a> Practice<'a> {
    /// The questions of an evening: those that are due longest, at most [`QUESTIONS_A_DAY`] with
    /// those that were answered on this day already. Asks no lesson for its text; of those that are in
    /// memory, one that its lesson asks no more takes no other's place.
    pub fn due_questions(&self, day: Date) -> Vec<DueQuestion<'a>> {
        let (due, room) = self.all_due(day);
        due.into_iter().filter(|question| self.is_still_asked(question)).take(room).collect()
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
        // The latest answers come first: whoever answers for years has thousands.
        let answered = |exercise| {
            let answers = self.ledger.answers(self.id, exercise).rev();
            answers.map(|(on, _)| on).find(|on| *on <= day) == Some(day)
        };
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

    /// Returns whether the lesson of a question asks it, as far as that is known: one that is not in
    /// memory is not read for it.
    fn is_still_asked(&self, question: &DueQuestion) -> bool {
        let is_read = self.course.is_some_and(|course| course.document_if_read(question.lesson).is_some());
        !is_read || self.question_in(question.lesson, question.exercise).is_some()
    }

    /// The day on which a question is due that was met on some day. Its box is as many from the first
    /// as it was known in a row lately, and no answer before those matters any more.
    fn due_on(&self, exercise: &ExerciseId, met: Date) -> Date {
        let since = self.ledger.answers(self.id, exercise).next_back().map_or(met, |(day, _)| day);
        due(self.known_in_a_row(exercise), since)
    }

    /// How often a question was known in a row lately, up to what leads to the last box.
    fn known_in_a_row(&self, exercise: &ExerciseId) -> usize {
        let answers = self.ledger.answers(self.id, exercise).rev();
        answers.take(BOXES.len() - 1).take_while(|(_, known)| *known).count()
    }

    /// When a question will be asked again after such an answer, in a sentence.
    pub fn asked_again_in_words(&self, exercise: &ExerciseId, known: bool) -> String {
        match self.asked_again_after(exercise, known) {
            1 => "It is asked again tomorrow.".into(),
            days => format!("It is asked again in {days} days."),
        }
    }

    /// In how many days a question will be asked again after such an answer.
    pub(super) fn asked_again_after(&self, exercise: &ExerciseId, known: bool) -> i32 {
        let in_a_row = if known { self.known_in_a_row(exercise) + 1 } else { 0 };
        BOXES.get(in_a_row.min(BOXES.len() - 1)).copied().unwrap_or_default()
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
