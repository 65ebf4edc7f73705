//! Exercises of the text: what a key does with each, in words and in fact.
//!
//! They are selected as links are. Owns what is said of them. Must not change the journal: what she
//! writes is written in the editor of notes.

use crate::course::ExerciseId;
use crate::practice::exercise_note_name;
use crate::reader::keys::Context;
use crate::reader::outcome::{Jump, Outcome, OverlayRequest};
use crate::reader::view::View;
use crate::text::{ExerciseAnswer, ExerciseKind, Link, LinkKind};

/// What a key does with what is selected, if that belongs to an exercise.
pub(super) fn described(number: usize, link: &Link, view: &View) -> Option<String> {
    let key = view.key(Context::READING, "follow-link");
    let exercise = ExerciseId::new(link.target.as_str());
    let is_written = || view.practice().words_for(&exercise).is_some();
    Some(match link.kind {
        LinkKind::Write | LinkKind::Yours if is_written() => {
            let has_another = view.practice().has_text_beside(&exercise_note_name(&exercise));
            let notes = view.key(Context::PANES, "notes");
            let another =
                if has_another { format!(" {notes} shows another text for it.") } else { String::new() };
            format!("{key} changes what you wrote.{another}")
        }
        LinkKind::Write => format!("{key} writes here. Nobody else sees it."),
        LinkKind::Yours => match view.practice().written_for(&exercise) {
            Some(found) if found.lesson == view.lesson => format!("{key} goes to where it is asked."),
            Some(found) => format!("{key} goes to where it is asked, in lesson {}.", found.lesson + 1),
            None => "Nothing is written here.".to_owned(),
        },
        LinkKind::Details => {
            let (kind, answer) = answer_shown_by(number, view)?;
            match (kind, is_shown(number, view)) {
                (ExerciseKind::Ask, false) => format!("{key} shows the answer."),
                (ExerciseKind::Ask, true) => format!("{key} hides the answer."),
                (_, false) => format!("{key} shows what this does."),
                (_, true) => said_of(answer, view),
            }
        }
        LinkKind::Link | LinkKind::Wiki | LinkKind::Image => return None,
    })
}

/// Shows what is folded under this number, or hides it.
pub(super) fn unfold(number: usize, view: &View) -> Outcome {
    match answer_shown_by(number, view) {
        Some((ExerciseKind::Choose, answer)) if !is_shown(number, view) => {
            Outcome::ToggleDetailsSaying(number, said_of(answer, view))
        }
        _ => Outcome::ToggleDetails(number),
    }
}

/// Opens what the reader writes for an exercise; where nothing is written that would be shown
/// again, goes to where it is asked.
pub(super) fn write(kind: LinkKind, exercise: &str, view: &View) -> Outcome {
    let exercise = ExerciseId::new(exercise);
    let practice = view.practice();
    if practice.words_for(&exercise).is_some() {
        return Outcome::Open(OverlayRequest::Exercise(exercise));
    }
    match practice.written_for(&exercise) {
        Some(found) if kind == LinkKind::Yours || found.lesson != view.lesson => {
            Outcome::Go(Jump::Block { lesson: found.lesson, block: found.exercise.block })
        }
        Some(_) => Outcome::Open(OverlayRequest::Exercise(exercise)),
        None => Outcome::Say("Nothing is written here, and no lesson asks for it any more.".into()),
    }
}

/// What is said of an answer that was chosen. It is shown below; nothing is counted.
fn said_of(answer: &ExerciseAnswer, view: &View) -> String {
    let next = view.key(Context::READING, "next-link");
    if answer.is_right {
        format!("This one fits. {next} goes on to the next.")
    } else {
        format!("Another one fits better. {next} goes on to the next.")
    }
}

/// The kind of the exercise, and the answer that is folded under this number.
fn answer_shown_by<'a>(number: usize, view: &View<'a>) -> Option<(ExerciseKind, &'a ExerciseAnswer)> {
    let mut exercises = view.world.course.document(view.lesson).exercises().iter();
    exercises.find_map(|exercise| {
        let answer = exercise.answers.iter().find(|answer| answer.details == number)?;
        Some((exercise.kind, answer))
    })
}

/// Returns whether what is folded under this number is in sight.
fn is_shown(number: usize, view: &View) -> bool {
    let Some(paged) = view.world.paged_text(view.lesson) else { return false };
    paged.page.unfolds(number)
}
