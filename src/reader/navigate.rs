//! Going from one place to another: to a lesson, a block, back and forward.
//!
//! Owns the history of places, and what is recorded on the way: where the reader was, and
//! which lessons were read to their ends.

use crate::course::{Lesson, Place};
use crate::journal::Operation;
use crate::page::Top;
use crate::reader::effect::Effect;
use crate::reader::find::Find;
use crate::reader::keys::context::Context;
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Neighbour};
use crate::reader::pane::Pane;
use crate::reader::pane::navigator::NavigatorEntry;
use crate::reader::pane::reading::ReadingPane;
use crate::reader::sections;
use crate::reader::state::{State, Visit};
use crate::reader::world::World;
use crate::search::HitPlace;
use crate::text::{Anchored, Position};

/// The most places that the history holds.
const LONGEST_HISTORY: usize = 100;

/// Puts the state where the reader left the course.
pub(super) fn resume(state: &mut State, world: &World) {
    let place = world.ledger.last_place(&world.course.id);
    let lesson = place.and_then(|place| world.course.lesson_index(&place.lesson)).unwrap_or(0);
    show(state, lesson, remembered(lesson, world));
    let view = state.view(world, 1);
    state.checklist.select_first(&view);
    if world.practice().listed_items().next().is_some() {
        state.checklist.show_my_list(&view);
    }
}

/// Records where the reader is in the open lesson, unless the journal knows it already.
pub fn record_place(state: &State, world: &World) -> Option<Effect> {
    let ReadingPane { lesson, top, .. } = state.reading;
    let id = world.course.lessons.get(lesson)?.id.clone();
    let place = Place::new(id, world.course.document(lesson), top.position);
    let recorded = world.ledger.last_place(&world.course.id);
    (recorded != Some(&place))
        .then(|| Effect::Record(Operation::Place { course: world.course.id.clone(), place }))
}

/// Records that a lesson was read, once its end has come into sight, and that its questions were met.
pub(super) fn record_read(state: &State, world: &World) -> Vec<Effect> {
    let ReadingPane { lesson, top, .. } = state.reading;
    let ends = world.paged_text(lesson).is_some_and(|paged| paged.ends(top, state.geometry().text_height()));
    let Some(id) = world.course.lessons.get(lesson).map(|lesson| &lesson.id).filter(|_| ends) else {
        return Vec::new();
    };
    let read = Operation::Read { course: world.course.id.clone(), lesson: id.clone() };
    let read = (!world.is_read(lesson)).then_some(read);
    let met = world.practice().meeting_in(lesson, state.today);
    read.into_iter().chain(met).map(Effect::Record).collect()
}

/// Goes to a place.
pub(super) fn go(state: &mut State, destination: Jump, world: &World) -> Vec<Effect> {
    match destination {
        Jump::Lesson(lesson) => go_to(state, lesson, remembered(lesson, world), world),
        Jump::Top { lesson, top } => go_to(state, lesson, top, world),
        Jump::Block { lesson, block } => {
            let height = state.geometry().text_height();
            let top =
                world.paged_text(lesson).map(|paged| paged.beginning(block, height)).unwrap_or_default();
            go_to(state, lesson, top, world)
        }
        Jump::ReadFirst => read_first(state, world),
    }
}

/// Opens the lesson so many after or before the one that is read, or the last or the first.
pub(super) fn open_neighbour(
    state: &mut State,
    neighbour: Neighbour,
    count: usize,
    world: &World,
) -> Vec<Effect> {
    if world.course.lessons.len() == 1 {
        return open_section(state, neighbour, count, world);
    }
    let lesson = state.reading.lesson;
    let is_beyond =
        neighbour == Neighbour::Next && lesson.saturating_add(count) >= world.course.lessons.len();
    if is_beyond && world.course.ask_for_rest() {
        return Vec::new();
    }
    let (other, end) = match neighbour {
        Neighbour::Next => (lesson.saturating_add(count), "last"),
        Neighbour::Previous => (lesson.saturating_sub(count), "first"),
    };
    let other = other.min(world.course.lessons.len().saturating_sub(1));
    if other != lesson {
        return go(state, Jump::Lesson(other), world);
    }
    state.message = Some(format!("This is the {end} lesson."));
    Vec::new()
}

/// Goes so many headings down or up in the only text, or to the last or the first.
fn open_section(state: &mut State, neighbour: Neighbour, count: usize, world: &World) -> Vec<Effect> {
    let ReadingPane { lesson, top, .. } = state.reading;
    let height = state.geometry().text_height();
    let Some(paged) = world.paged_text(lesson) else { return Vec::new() };
    let first = paged.first(top, height);
    match sections::neighbour(paged, first, height, neighbour, count) {
        Ok(top) => go(state, Jump::Top { lesson, top }, world),
        Err(none) => {
            state.message = Some(none.words(neighbour).into());
            Vec::new()
        }
    }
}

/// Puts the hit of the last search that is in sight into the middle of the pane.
pub(super) fn center_hit(state: &mut State, world: &World) {
    let ReadingPane { lesson, top, .. } = state.reading;
    let position = state.find.as_ref().and_then(Find::current).and_then(|hit| match hit.found {
        HitPlace::Block { lesson: other, block } if other == lesson => {
            Some(Position { block, offset: hit.first.start })
        }
        HitPlace::Block { .. } | HitPlace::Title { .. } | HitPlace::Item { .. } | HitPlace::Note { .. } => {
            None
        }
    });
    let height = state.geometry().text_height();
    if let (Some(position), Some(paged)) = (position, world.paged_text(lesson))
        && paged.shows(top, position, height)
    {
        state.reading.top = paged.centered(position, height, state.geometry().text_width());
    }
}

/// Says where the text ends that cannot be scrolled any further, and which key goes on.
pub(super) fn tell_edge(state: &mut State, motion: Motion, world: &World) {
    let lesson = state.reading.lesson;
    let title = |lesson: usize| world.course.lessons.get(lesson).map(Lesson::title);
    let course_key = |name| world.key(Context::READING, name);
    let is_only = world.course.lessons.len() == 1;
    let of = |lesson| if is_only { "" } else { lesson };
    let words = match motion {
        Motion::Down | Motion::HalfPageDown | Motion::PageDown | Motion::Last => {
            let plan = world.practice().reading_plan();
            let planned = plan.next(lesson).filter(|_| plan.is_hers());
            let planned = planned.map(|next| (next, world.key(Context::PANES, "read-on")));
            let (next, key) = planned.unwrap_or((lesson + 1, course_key("next-lesson")));
            match title(next) {
                Some(title) => format!("This is the end. {key} opens: {title}"),
                None if world.course.ask_for_rest() => return,
                None => format!("This is the end{}.", of(" of the last lesson")),
            }
        }
        Motion::Up | Motion::HalfPageUp | Motion::PageUp => match lesson.checked_sub(1).and_then(title) {
            Some(title) => {
                format!("This is the beginning. {} opens: {title}", course_key("previous-lesson"))
            }
            None => format!("This is the beginning{}.", of(" of the first lesson")),
        },
        // Whoever asks for the beginning, and is there, has what they asked for.
        Motion::First => return,
    };
    state.message = Some(words);
}

/// Opens the next lesson that is left to read: of the order that the reader chose, else of the
/// course.
pub(super) fn open_next_to_read(state: &mut State, world: &World) -> Vec<Effect> {
    let plan = world.practice().reading_plan();
    if plan.ends_at(state.reading.lesson) && world.course.ask_for_rest() {
        return Vec::new();
    }
    let Some(next) = plan.next(state.reading.lesson) else {
        state.message = Some(match plan.left.first() {
            Some(_) => "This is the last lesson that is left to read.".into(),
            None => "You have read every lesson.".into(),
        });
        return Vec::new();
    };
    state.focus_on(Pane::Reading);
    go(state, Jump::Lesson(next), world)
}

/// Opens the page to read before any other.
pub(super) fn read_first(state: &mut State, world: &World) -> Vec<Effect> {
    let missing = if world.course.items.is_empty() {
        "There is no page to read first here."
    } else {
        "This course names no page to read first."
    };
    open_at_once(state, world.course.stop_first, missing, world)
}

/// Opens the lesson for a hard minute.
pub(super) fn first_aid(state: &mut State, world: &World) -> Vec<Effect> {
    let missing = if world.course.items.is_empty() {
        "There is no lesson for a hard minute here."
    } else {
        "This course names no lesson for a hard minute."
    };
    open_at_once(state, world.course.first_aid, missing, world)
}

/// Opens a lesson from its beginning, wherever it was left; where there is none, says so.
fn open_at_once(state: &mut State, lesson: Option<usize>, missing: &str, world: &World) -> Vec<Effect> {
    let Some(lesson) = lesson else {
        state.message = Some(missing.into());
        return Vec::new();
    };
    state.focus_on(Pane::Reading);
    go_to(state, lesson, Top::default(), world)
}

/// Shows a section of the open lesson, where there is one of this slug, as the place that was come
/// to.
pub(super) fn show_section(state: &mut State, slug: &str, world: &World) {
    let lesson = state.reading.lesson;
    let Anchored::At(block) = world.course.section_named(lesson, slug) else { return };
    let height = state.geometry().text_height();
    if let Some(paged) = world.paged_text(lesson) {
        show(state, lesson, paged.beginning(block, height));
    }
}

/// Goes one place back in the history; from the first one, to what was open before.
pub(super) fn back(state: &mut State, world: &World) -> Vec<Effect> {
    let Some(visit) = state.history.back.pop() else {
        return record_place(state, world).into_iter().chain([Effect::OpenBefore]).collect();
    };
    let effects = record_place(state, world).into_iter().collect();
    if state.history.forward.is_empty() {
        // Hands expect Ctrl-i for the way forward, which a terminal cannot tell from Tab.
        let key = world.key(Context::PANES, "forward");
        state.message = Some(format!("Back. {key} goes forward again."));
    }
    let visited = state.visit();
    push(&mut state.history.forward, visited);
    show(state, visit.lesson, visit.top);
    effects
}

/// Goes one place forward in the history; from the last one, to what was open after.
pub(super) fn forward(state: &mut State, world: &World) -> Vec<Effect> {
    let Some(visit) = state.history.forward.pop() else {
        return record_place(state, world).into_iter().chain([Effect::OpenAfter]).collect();
    };
    let effects = record_place(state, world).into_iter().collect();
    let visited = state.visit();
    push(&mut state.history.back, visited);
    show(state, visit.lesson, visit.top);
    effects
}

/// Goes to a place, after recording where the reader was.
fn go_to(state: &mut State, lesson: usize, top: Top, world: &World) -> Vec<Effect> {
    let mut effects: Vec<Effect> = record_place(state, world).into_iter().collect();
    let visited = state.visit();
    push(&mut state.history.back, visited);
    state.history.forward.clear();
    show(state, lesson, top);
    effects.extend(record_read(state, world));
    effects
}

fn push(visits: &mut Vec<Visit>, visit: Visit) {
    if visits.last() == Some(&visit) {
        return;
    }
    if visits.len() == LONGEST_HISTORY {
        visits.remove(0);
    }
    visits.push(visit);
}

fn show(state: &mut State, lesson: usize, top: Top) {
    state.reading = ReadingPane::new(lesson, top);
    state.navigator.selected = NavigatorEntry::Lesson(lesson);
}

/// Where the reader left a lesson.
fn remembered(lesson: usize, world: &World) -> Top {
    let place =
        world.course.lessons.get(lesson).and_then(|lesson| world.ledger.place(&world.course.id, &lesson.id));
    let position = place.map_or(Position::default(), |place| place.find(world.course.document(lesson)));
    Top { position, skip: 0 }
}
