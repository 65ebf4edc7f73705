//! What the exercises of a text say, gathered from its blocks.
//!
//! Owns which blocks are a prompt, an answer, and what it shows. Must not know how they came to be.

use crate::text::document::{Block, BlockKind, Details, ExerciseSlot, Frame, Marker};
use crate::text::exercise::{Exercise, ExerciseAnswer, ExerciseKind};

/// Gathers the texts of the exercises that were begun, in order. One of which a part did not become
/// blocks is none: all that came of it is text.
pub(super) fn gather(begun: Vec<(ExerciseKind, String)>, blocks: &[Block]) -> Vec<Exercise> {
    let exercise = |(index, (kind, id))| {
        let (prompt, answers) = (String::new(), Vec::new());
        (Exercise { id, kind, prompt, answers, number: index + 1, block: 0 }, false)
    };
    let mut exercises: Vec<(Exercise, bool)> = begun.into_iter().enumerate().map(exercise).collect();
    for (index, block) in blocks.iter().enumerate() {
        let number = block.frames.iter().find_map(|frame| match frame {
            Frame::Exercise { number, .. } => Some(*number),
            _ => None,
        });
        let begun = number.and_then(|number| exercises.get_mut(number.checked_sub(1)?));
        if let Some((exercise, has_words)) = begun {
            if block.frames.iter().any(|frame| matches!(frame, Frame::Exercise { opens: true, .. })) {
                exercise.block = index;
            }
            *has_words |= matches!(block.kind, BlockKind::ExerciseSlot(ExerciseSlot::Words(_)));
            add(exercise, block);
        }
    }
    let is_whole = |exercise: &Exercise, has_words| match exercise.kind {
        ExerciseKind::Write | ExerciseKind::Yours => has_words,
        ExerciseKind::Choose => {
            let is_told = |answer: &ExerciseAnswer| !answer.text.is_empty() && !answer.shows.is_empty();
            exercise.answers.len() > 1 && exercise.answers.iter().all(is_told)
        }
        ExerciseKind::Ask => !exercise.answer().is_empty(),
    };
    let whole = exercises.into_iter().filter(|(exercise, has_words)| is_whole(exercise, *has_words));
    whole.map(|(exercise, _)| exercise).collect()
}

/// Adds the text of a block of an exercise to it.
fn add(exercise: &mut Exercise, block: &Block) {
    match (&block.kind, answer_of(block)) {
        (BlockKind::Title { details: Some(details) }, Some(is_right)) => {
            exercise.answers.push(ExerciseAnswer {
                text: block.text.clone(),
                shows: String::new(),
                is_right,
                details: details.number,
            });
        }
        (BlockKind::ExerciseSlot(ExerciseSlot::Answer(Details { number, .. })), _) => {
            let (text, shows) = (String::new(), String::new());
            exercise.answers.push(ExerciseAnswer { text, shows, is_right: true, details: *number });
        }
        (BlockKind::ExerciseSlot(ExerciseSlot::Words(_)), _) => {}
        _ => {
            let shown_by =
                |answer: &ExerciseAnswer| block.details().any(|details| details.number == answer.details);
            let last = exercise.answers.last_mut().filter(|answer| shown_by(answer));
            add_line(last.map_or(&mut exercise.prompt, |answer| &mut answer.shows), &block.text);
        }
    }
}

/// For a block that is an answer to choose: whether the author would.
fn answer_of(block: &Block) -> Option<bool> {
    match block.frames.last() {
        Some(Frame::Item { marker: Marker::Answer { is_right, .. }, opens: true, .. }) => Some(*is_right),
        _ => None,
    }
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
