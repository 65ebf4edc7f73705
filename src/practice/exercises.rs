//! What the reader wrote for the exercises of lessons.
//!
//! Her words are a note, so that all that is done with notes is done with them: searched, exported,
//! erased, merged. Owns the name of such a note, which is `write-` and the id of the exercise, and
//! what is saved with it: what the exercise asked, so that her words can be named once it is gone.

use crate::course::{Course, ExerciseId, Place};
use crate::journal::{Choice, Chosen, Note, Operation, main_name};
use crate::practice::view::Practice;
use crate::text::{Exercise, ExerciseKind, Position};
use jiff::civil::Date;

/// The beginning of the names of such notes.
const WRITTEN: &str = "write-";

/// The name of the note that an exercise is answered by.
pub fn exercise_note_name(exercise: &ExerciseId) -> String {
    format!("{WRITTEN}{exercise}")
}

/// The exercise that a note answers, also as a second text beside the one of that name.
pub fn exercise_of_note(note: &str) -> Option<ExerciseId> {
    main_name(note).strip_prefix(WRITTEN).map(ExerciseId::new)
}

/// An exercise of a lesson.
#[derive(Debug, Clone, Copy)]
pub struct LessonExercise<'a> {
    /// The lesson, as an index into the course's.
    pub lesson: usize,
    /// The exercise.
    pub exercise: &'a Exercise,
}

impl<'a> Practice<'a> {
    /// The exercise that the reader writes for, if the course has it. May parse its lesson, and
    /// reads no disk.
    pub fn written_for(&self, exercise: &ExerciseId) -> Option<LessonExercise<'a>> {
        let course = self.course?;
        let lesson = course.lesson_to_write_in(exercise.as_str())?;
        let is_it = |found: &&Exercise| found.kind == ExerciseKind::Write && found.id == exercise.as_str();
        let exercise = course.document(lesson).exercises().iter().find(is_it)?;
        Some(LessonExercise { lesson, exercise })
    }

    /// What the reader wrote for an exercise.
    pub fn words_for(&self, exercise: &ExerciseId) -> Option<Note> {
        self.ledger.note(self.id, &exercise_note_name(exercise))
    }

    /// What the reader wrote for exercises: the id of each, and her words.
    pub fn words_for_exercises(&self) -> impl Iterator<Item = (String, String)> {
        let id = |note: Note| Some((note.note.strip_prefix(WRITTEN)?.to_owned(), note.text));
        // One that came to stand beside another is among the notes alone.
        let is_main = |note: &Note| main_name(&note.note) == note.note;
        self.ledger.notes_named(self.id, WRITTEN).filter(is_main).filter_map(id)
    }

    /// What an exercise asks, as one line: as the course says it, else as it said when the reader
    /// last wrote for it. May parse its lesson.
    pub fn prompt_of(&self, exercise: &ExerciseId) -> Option<String> {
        let of_course = self.written_for(exercise).map(|found| found.exercise.prompt.as_str());
        let prompt = of_course.or_else(|| self.ledger.known_prompt(self.id, exercise))?;
        Some(prompt.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|prompt| !prompt.is_empty())
    }

    /// What is saved with her words: what the exercise asks, unless the journal knows it. None once
    /// the exercise is gone.
    pub fn prompting(&self, note: &str) -> Option<Operation> {
        let exercise = exercise_of_note(note)?;
        let prompt = self.written_for(&exercise)?.exercise.prompt.clone();
        let is_known = self.ledger.known_prompt(self.id, &exercise) == Some(prompt.as_str());
        let chosen = Chosen::ExerciseText { exercise, prompt };
        (!is_known).then(|| Operation::Choice(Choice { course: self.id.clone(), chosen }))
    }

    /// What is saved when the reader wrote this for an exercise of the course; an empty text takes
    /// it back.
    pub fn writing(&self, found: LessonExercise, day: Date, text: &str) -> Vec<Operation> {
        let Some(course) = self.course else { return Vec::new() };
        let exercise = ExerciseId::new(found.exercise.id.clone());
        let name = exercise_note_name(&exercise);
        let day = self.words_for(&exercise).map_or(day, |note| note.day);
        let place = place_of(course, found);
        let prompting = self.prompting(&name).filter(|_| !text.is_empty());
        let note = Operation::Note { course: self.id.clone(), note: name, day, place, text: text.to_owned() };
        prompting.into_iter().chain([note]).collect()
    }

    /// What is saved when a lesson was read to its end: those of its questions that were not met
    /// before. Its text must have been read.
    pub fn meeting_in(&self, lesson: usize, day: Date) -> Vec<Operation> {
        let Some(course) = self.course else { return Vec::new() };
        let exercises = course.document(lesson).exercises().iter();
        let questions: Vec<ExerciseId> = exercises
            .filter(|exercise| exercise.kind == ExerciseKind::Ask)
            .map(|exercise| ExerciseId::new(exercise.id.clone()))
            .collect();
        let id = course.lessons.get(lesson).map(|lesson| &lesson.id);
        id.filter(|_| !questions.is_empty()).map_or_else(Vec::new, |id| self.meeting(id, &questions, day))
    }

    /// A question with its prompt and its answer, if its lesson still has it. May parse the lesson.
    pub fn question_in(&self, lesson: usize, exercise: &ExerciseId) -> Option<&'a Exercise> {
        let exercises = self.course?.document(lesson).exercises();
        exercises.iter().find(|found| found.kind == ExerciseKind::Ask && found.id == exercise.as_str())
    }
}

/// The place in a lesson where an exercise stands.
pub fn place_of(course: &Course, found: LessonExercise) -> Option<Place> {
    let id = course.lessons.get(found.lesson)?.id.clone();
    let position = Position { block: found.exercise.block, offset: 0 };
    Some(Place::new(id, course.document(found.lesson), position))
}
