//! Exercises in the conversation: those of the lesson that is read, by their numbers, and the
//! questions that are asked again.
//!
//! Owns how each is told and answered by plain lines. What is saved is decided in `practice`.

use crate::cli::linear::asked::{Dialog, Recalled};
use crate::cli::linear::conversation::Conversation;
use crate::cli::linear::response::{Response, index};
use crate::cli::words::sentence;
use crate::course::ExerciseId;
use crate::practice::LessonExercise;
use crate::text::{Exercise, ExerciseAnswer, ExerciseKind};

/// What empties what was written.
const EMPTY: &str = "-";

impl Conversation {
    /// Begins an exercise of the lesson that is read, or answers it with what follows its number.
    pub(super) fn exercise(&mut self, rest: &str) -> Response {
        let (number, answer) = rest.split_once(' ').unwrap_or((rest, ""));
        let exercises = self.session.world().course.document(self.lesson).exercises();
        if exercises.is_empty() {
            return "This lesson has no exercise.".into();
        }
        let last = exercises.last().map_or(0, |exercise| exercise.number);
        let asked = number.trim_end_matches('.').parse::<usize>().ok();
        let Some(found) = asked.and_then(|asked| exercises.iter().position(|one| one.number == asked)) else {
            return format!("Say the number of an exercise of this lesson: up to {last}.").into();
        };
        // Where her words are only shown there is nothing to answer: the next line is a command.
        if exercises.get(found).is_some_and(|exercise| exercise.kind == ExerciseKind::Yours) {
            return self.exercise_question(self.lesson, found).into();
        }
        let dialog = Dialog::Exercise(self.lesson, found);
        match answer.trim() {
            "" => self.begin(dialog),
            answer => self.answer_exercise(self.lesson, found, answer),
        }
    }

    /// What an exercise asks, with what can be said.
    pub(super) fn exercise_question(&self, lesson: usize, place: usize) -> String {
        let world = self.session.world();
        let Some(exercise) = world.course.document(lesson).exercises().get(place) else {
            return String::new();
        };
        let prompt = sentence(&exercise.prompt);
        match exercise.kind {
            ExerciseKind::Write => {
                let now = world.practice().words_for(&ExerciseId::new(exercise.id.as_str()));
                let now = now.map_or_else(String::new, |note| {
                    format!(" Now: {} Enter leaves it; a single - removes it.", sentence(&note.text))
                });
                format!("{prompt}\nWrite one line.{now} stop leaves.")
            }
            ExerciseKind::Yours => format!("{prompt} {}", self.words_in(exercise)),
            ExerciseKind::Choose => {
                let answers = exercise.answers.iter().enumerate();
                let lines: Vec<String> =
                    answers.map(|(index, answer)| format!("{}. {}", index + 1, answer.text)).collect();
                format!("{prompt}\n{}\nSay a number to hear what it does; stop leaves.", lines.join("\n"))
            }
            ExerciseKind::Ask => format!("{prompt} Enter tells the answer; stop leaves."),
        }
    }

    /// Takes a line as the answer to an exercise.
    pub(super) fn answer_exercise(&mut self, lesson: usize, place: usize, line: &str) -> Response {
        let world = self.session.world();
        let Some(exercise) = world.course.document(lesson).exercises().get(place) else {
            return "This exercise is no longer there.".into();
        };
        match exercise.kind {
            ExerciseKind::Write => self.write_words(lesson, place, line),
            ExerciseKind::Yours => self.words_in(exercise).into(),
            ExerciseKind::Choose if line.is_empty() => "Left. Nothing was saved.".into(),
            ExerciseKind::Choose => {
                let chosen =
                    index(line, exercise.answers.len()).and_then(|index| exercise.answers.get(index));
                let said =
                    chosen.map_or_else(|| format!("There are {} answers.", exercise.answers.len()), in_words);
                self.wait_for(Dialog::Exercise(lesson, place), "Say another number, or stop.".into())
                    .behind(&said)
            }
            ExerciseKind::Ask => sentence(exercise.answer()).into(),
        }
    }

    /// What the reader wrote for an exercise, or where she can.
    pub(super) fn words_in(&self, exercise: &Exercise) -> String {
        let world = self.session.world();
        let practice = world.practice();
        let id = ExerciseId::new(exercise.id.as_str());
        match (practice.words_for(&id), practice.written_for(&id)) {
            (Some(note), _) => format!("You wrote: {}", sentence(&note.text)),
            (None, Some(LessonExercise { lesson, exercise })) => {
                format!(
                    "You have not written this yet. It is exercise {} of lesson {}.",
                    exercise.number,
                    lesson + 1
                )
            }
            (None, None) => "Nothing is written here.".into(),
        }
    }

    fn write_words(&mut self, lesson: usize, place: usize, line: &str) -> Response {
        let world = self.session.world();
        let Some(exercise) = world.course.document(lesson).exercises().get(place) else { return "".into() };
        if line.is_empty() {
            return "It stays as it is.".into();
        }
        let text = if line == EMPTY { "" } else { line };
        let operations = world.practice().writing(LessonExercise { lesson, exercise }, self.day, text);
        let said = if text.is_empty() {
            "It is removed; undo brings it back."
        } else {
            "That stands in the text now."
        };
        let label = format!("what you wrote: {}", exercise.prompt);
        self.change(label, operations, said.to_owned())
    }

    /// Asks the next question that is due, or turns them off and on.
    pub(super) fn ask(&mut self, rest: &str) -> Response {
        match rest {
            "" if !self.session.world().practice().asks_questions() => {
                "Questions are turned off. ask on turns them on again.".into()
            }
            "" => self.ask_next("No question is due today."),
            "off" | "on" => self.turn_questions(rest == "on"),
            _ => "Say ask, ask off or ask on.".into(),
        }
    }

    /// The next question that is due; this when there is none.
    fn ask_next(&mut self, otherwise: &str) -> Response {
        let world = self.session.world();
        let due = world.practice().questions_to_ask(self.session.state().today);
        let next =
            due.first().map(|(due, _)| Recalled { exercise: due.exercise.clone(), lesson: due.lesson });
        match next {
            Some(next) => self.begin(Dialog::Recall(next)),
            None => otherwise.into(),
        }
    }

    fn turn_questions(&mut self, on: bool) -> Response {
        let operation = self.session.world().practice().asking(None, on);
        let (label, said) = if on {
            ("questions asked again", "Questions are asked again from now on.")
        } else {
            ("no questions", "No question is asked any more. ask on changes that.")
        };
        self.change(label.into(), vec![operation], said.into())
    }

    /// A question that is due.
    pub(super) fn recall_question(&self, recalled: &Recalled) -> String {
        let world = self.session.world();
        let Some(question) = world.practice().question_in(recalled.lesson, &recalled.exercise) else {
            return String::new();
        };
        let title = world.course.lessons.get(recalled.lesson).map_or("", |lesson| lesson.title());
        format!(
            "From lesson {}, {title}\n{}\nEnter tells the answer; never: do not ask this again; stop leaves.",
            recalled.lesson + 1,
            question.prompt
        )
    }

    /// The answer to a question that is due.
    pub(super) fn recalled_answer(&self, recalled: &Recalled) -> String {
        let question = self.session.world().practice().question_in(recalled.lesson, &recalled.exercise);
        let answer = question.map_or("", |question| question.answer());
        format!("{}\nDid you know it? y or n; stop leaves.", sentence(answer))
    }

    /// Takes a line after a question: its answer, or not to be asked again.
    pub(super) fn go_on_recalling(&mut self, recalled: Recalled, line: &str) -> Response {
        if line.eq_ignore_ascii_case("never") {
            let operation = self.session.world().practice().asking(Some(&recalled.exercise), false);
            let said = "This one is not asked again; undo brings it back.";
            return self.change("a question turned off".into(), vec![operation], said.into());
        }
        self.begin(Dialog::Recalled(recalled))
    }

    /// Takes a line after an answer: whether it was known.
    pub(super) fn judge(&mut self, recalled: Recalled, line: &str) -> Response {
        let known = match line.to_lowercase().as_str() {
            "y" | "yes" | "known" => true,
            "n" | "no" | "not yet" => false,
            _ => {
                let matter = "Say y if you knew it, or n; stop leaves. repeat says the answer again.";
                return self.wait_for(Dialog::Recalled(recalled), matter.into());
            }
        };
        let practice = self.session.world().practice();
        let operation = practice.answering(&recalled.exercise, self.session.state().today, known);
        let said = practice.asked_again_in_words(&recalled.exercise, known);
        let more = "ask goes on to the next, if one is due.";
        self.change("the answer to a question".into(), vec![operation], format!("{said} {more}"))
    }
}

/// What choosing an answer does.
fn in_words(answer: &ExerciseAnswer) -> String {
    let fits = if answer.is_right { "This one fits. " } else { "" };
    format!("{} {fits}{}", sentence(&answer.text), sentence(&answer.shows))
}
