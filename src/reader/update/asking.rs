//! Actions in the self-check.

use crate::course::Guide;
use crate::journal::{Choice, Chosen, Operation};
use crate::reader::action::{Go, GuideAction, Motion};
use crate::reader::asking::{Asking, Ending, Given, Step, endings};
use crate::reader::bindings::Context;
use crate::reader::checklist::{Checklist, Rest, Shows};
use crate::reader::leaf::Leaf;
use crate::reader::state::{Overlay, State};
use crate::reader::update::{deeds, moved, reading};
use crate::reader::{Action, Effect, Geometry, World};

/// Applies an action of the self-check's own.
pub(super) fn act(state: &mut State, action: GuideAction, world: &World) -> Vec<Effect> {
    let Some(guide) = &world.course.guide else {
        state.message = Some("This course has no questions of this kind.".into());
        return Vec::new();
    };
    match action {
        GuideAction::Open => state.overlay = Overlay::Guide(Box::new(Asking::begin())),
        GuideAction::Choose => return choose(state, guide, world),
        GuideAction::Back => back(state),
        GuideAction::TakeOver => return take_over(state, guide, world),
    }
    Vec::new()
}

/// Answers with the digit that stands before an answer.
pub(super) fn digit(state: &mut State, digit: u8, world: &World) {
    let (Overlay::Guide(asking), Some(guide)) = (&mut state.overlay, &world.course.guide) else { return };
    if let Step::Question { question, .. } = asking.step
        && let Some(answer) = usize::from(digit).checked_sub(1)
    {
        answer_with(asking, guide, question, answer);
    }
}

/// Chooses among the answers or the ways on; pages scroll.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) {
    let height = Geometry::of(state).leaf.height;
    let (lines, last_top) =
        Leaf::of(state, world).map_or((1, 0), |leaf| (leaf.height(height), leaf.last_top(height)));
    let (Overlay::Guide(asking), Some(guide)) = (&mut state.overlay, &world.course.guide) else { return };
    let ways = endings(&asking.suggestion(guide), world.course).len();
    match &mut asking.step {
        Step::Introduction => {}
        Step::Question { question, chosen } => {
            let answers = guide.questions.get(*question).map_or(0, |question| question.answers.len());
            *chosen = moved(*chosen, answers, motion, count, answers);
        }
        Step::End { top, chosen } => match motion {
            Motion::Down | Motion::Up => *chosen = moved(*chosen, ways, motion, count, 1),
            Motion::First
            | Motion::Last
            | Motion::HalfPageDown
            | Motion::HalfPageUp
            | Motion::PageDown
            | Motion::PageUp => {
                *top = moved((*top).min(last_top), last_top + 1, motion, count, lines.saturating_sub(1));
            }
        },
    }
}

fn choose(state: &mut State, guide: &Guide, world: &World) -> Vec<Effect> {
    let Overlay::Guide(asking) = &mut state.overlay else { return Vec::new() };
    match asking.step {
        Step::Introduction => asking.step = Step::Question { question: guide.start, chosen: 0 },
        Step::Question { question, chosen } => answer_with(asking, guide, question, chosen),
        Step::End { chosen, .. } => {
            let endings = endings(&asking.suggestion(guide), world.course);
            match endings.get(chosen) {
                Some(Ending::StopFirst) => return reading::stop_first(state, world),
                Some(Ending::TakeOver) => return take_over(state, guide, world),
                Some(Ending::Leave) | None => state.overlay = Overlay::None,
            }
        }
    }
    Vec::new()
}

fn answer_with(asking: &mut Asking, guide: &Guide, question: usize, answer: usize) {
    let found = guide.questions.get(question).and_then(|question| question.answers.get(answer));
    let Some(found) = found else { return };
    asking.given.push(Given { question, answer });
    asking.step = match found.next {
        Some(question) => Step::Question { question, chosen: 0 },
        None => Step::End { top: 0, chosen: 0 },
    };
}

/// The question before, with the answer that was given to it selected and taken back.
fn back(state: &mut State) {
    let Overlay::Guide(asking) = &mut state.overlay else { return };
    asking.step = match asking.given.pop() {
        Some(Given { question, answer }) => Step::Question { question, chosen: answer },
        None => Step::Introduction,
    };
}

fn take_over(state: &mut State, guide: &Guide, world: &World) -> Vec<Effect> {
    let Overlay::Guide(asking) = &state.overlay else { return Vec::new() };
    let suggestion = asking.suggestion(guide);
    let at_the_end = matches!(asking.step, Step::End { .. });
    if !at_the_end || !endings(&suggestion, world.course).contains(&Ending::TakeOver) {
        state.message = Some("There is nothing here to take over.".into());
        return Vec::new();
    }
    let lessons = suggestion
        .lessons
        .iter()
        .filter_map(|index| Some(world.course.lessons.get(*index)?.id.clone()))
        .collect();
    let listed = suggestion
        .items
        .iter()
        .filter_map(|index| world.course.items.get(*index))
        .map(|item| Chosen::Listed { item: item.id.clone(), listed: true });
    let operations = std::iter::once(Chosen::Route { lessons })
        .chain(listed)
        .map(|chosen| Operation::Choice(Choice { course: world.course.id.clone(), chosen }))
        .collect();
    state.overlay = Overlay::None;
    if let Some(first) = suggestion.items.first() {
        state.checklist = Checklist { shows: Shows::Mine, rest: Rest::Folded };
        state.item = *first;
    }
    let (lessons, items) = (suggestion.lessons.len(), suggestion.items.len());
    let read_on = world.key(Context::Panes, &Action::Go(Go::NextToRead));
    let undo = world.key(Context::Panes, &Action::Undo);
    state.message = Some(format!(
        "Taken over: {lessons} lessons to read, {items} items for your list. \
         {read_on} opens the next; {undo} takes it back."
    ));
    deeds::perform(state, "the suggested order and items".into(), operations, world)
}
