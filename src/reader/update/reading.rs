//! Actions in the reading pane, and every way of going from one place to another.

use crate::course::{Destination, Place, link, picture};
use crate::journal::Operation;
use crate::page::Top;
use crate::reader::action::{Motion, ReadingAction};
use crate::reader::bindings::Context;
use crate::reader::plan::Plan;
use crate::reader::state::{Entry, NARROWEST, Overlay, Pane, Reading, State, Visit, WIDEST};
use crate::reader::update::{checklist, sideways};
use crate::reader::{Action, Effect, Geometry, TerminalEffect, World, here};
use crate::text::{Link, Position};

/// By how many columns the text column becomes wider or narrower.
const STEP: u16 = 4;
/// How many places the history holds.
const LONGEST_HISTORY: usize = 100;

/// Applies an action of the reading pane's own.
pub(super) fn act(state: &mut State, action: ReadingAction, world: &World) -> Vec<Effect> {
    match action {
        ReadingAction::NextLink => select_link(state, world, true),
        ReadingAction::PreviousLink => select_link(state, world, false),
        ReadingAction::FollowLink => return follow_link(state, world),
        ReadingAction::Copy => return copy(state, world),
        ReadingAction::GoToItem => go_to_item(state, world),
        ReadingAction::ScrollRight => sideways::right(state, world),
        ReadingAction::ScrollLeft => sideways::left(state),
        ReadingAction::Wider => state.measure = (state.measure + STEP).min(WIDEST),
        ReadingAction::Narrower => state.measure = narrower(state),
        ReadingAction::DefaultWidth => state.measure = state.usual_measure,
    }
    Vec::new()
}

/// Where she was when she was last here: the state's first places.
pub(super) fn opening(state: &mut State, world: &World) {
    let place = world.ledger.last_place(&world.course.id);
    let lesson = place.and_then(|place| world.course.lesson_index(&place.lesson)).unwrap_or(0);
    show(state, lesson, remembered(lesson, world));
    if world.items().any(|item| world.is_listed(item.id)) {
        checklist::show_mine(state, world);
    }
}

/// What must be kept when she leaves the lesson that is open, if it is not kept already.
pub fn parting(state: &State, world: &World) -> Option<Effect> {
    let reading = state.overlay.search().map_or(state.reading, |search| search.origin.reading);
    let lesson = world.course.lessons.get(reading.lesson)?;
    let document = world.course.document(reading.lesson);
    let place = Place::at(lesson.id.clone(), document, reading.top.position);
    let kept = world.ledger.last_place(&world.course.id);
    (kept != Some(&place))
        .then(|| Effect::Record(Operation::Place { course: world.course.id.clone(), place }))
}

/// Opens a lesson where she left it.
pub(super) fn open(state: &mut State, lesson: usize, world: &World) -> Vec<Effect> {
    go(state, lesson, remembered(lesson, world), world)
}

/// Goes to a place, after keeping where she was.
pub(super) fn go(state: &mut State, lesson: usize, top: Top, world: &World) -> Vec<Effect> {
    let mut effects: Vec<Effect> = parting(state, world).into_iter().collect();
    let visited = state.visit();
    push(&mut state.history.back, visited);
    state.history.forward.clear();
    show(state, lesson, top);
    effects.extend(read_to_the_end(state, world));
    effects
}

/// Goes to a block, which becomes the pane's first line.
pub(super) fn go_to_block(state: &mut State, lesson: usize, block: usize, world: &World) -> Vec<Effect> {
    let height = Geometry::of(state).text_height();
    let top = world.sheet(lesson).map(|sheet| sheet.beginning(block, height)).unwrap_or_default();
    go(state, lesson, top, world)
}

/// The next or the previous lesson.
pub(super) fn neighbour(state: &mut State, world: &World, next: bool) -> Vec<Effect> {
    let lesson = state.reading.lesson;
    let other = if next { lesson.checked_add(1) } else { lesson.checked_sub(1) };
    if let Some(other) = other.filter(|other| *other < world.course.lessons.len()) {
        return open(state, other, world);
    }
    let which = if next { "last" } else { "first" };
    state.message = Some(format!("This is the {which} lesson."));
    Vec::new()
}

/// The next lesson that is left to read: of the order that she took over, else of the course.
pub(super) fn next_to_read(state: &mut State, world: &World) -> Vec<Effect> {
    let plan = Plan::of(world);
    let Some(next) = plan.next(state) else {
        state.message = Some(match plan.left.first() {
            Some(_) => "This is the last lesson that is left to read.".into(),
            None => "You have read every lesson.".into(),
        });
        return Vec::new();
    };
    state.look_at(Pane::Reading);
    open(state, next, world)
}

/// One place back in the history.
pub(super) fn back(state: &mut State, world: &World) -> Vec<Effect> {
    let Some(visit) = state.history.back.pop() else {
        state.message = Some("There is no place before this one.".into());
        return Vec::new();
    };
    let kept = parting(state, world).into_iter().collect();
    let visited = state.visit();
    push(&mut state.history.forward, visited);
    show(state, visit.lesson, visit.top);
    kept
}

/// One place forward in the history.
pub(super) fn forward(state: &mut State, world: &World) -> Vec<Effect> {
    let Some(visit) = state.history.forward.pop() else {
        state.message = Some("There is no place after this one.".into());
        return Vec::new();
    };
    let kept = parting(state, world).into_iter().collect();
    let visited = state.visit();
    push(&mut state.history.back, visited);
    show(state, visit.lesson, visit.top);
    kept
}

/// The lesson to read before any other.
pub(super) fn stop_first(state: &mut State, world: &World) -> Vec<Effect> {
    let Some(lesson) = world.course.stop_first else {
        state.message = Some("This course names no page to read first.".into());
        return Vec::new();
    };
    state.overlay = Overlay::None;
    state.look_at(Pane::Reading);
    go(state, lesson, Top::default(), world)
}

/// A lesson whose end came into sight has been read.
pub(super) fn read_to_the_end(state: &State, world: &World) -> Option<Effect> {
    let Reading { lesson, top, .. } = state.reading;
    let sheet = world.sheet(lesson)?;
    let id = &world.course.lessons.get(lesson)?.id;
    let ends = sheet.ends(top, Geometry::of(state).text_height());
    (ends && !world.is_read(lesson))
        .then(|| Effect::Record(Operation::Read { course: world.course.id.clone(), lesson: id.clone() }))
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
    state.reading = Reading::at(lesson, top);
    state.navigator.selected = Entry::Lesson(lesson);
}

fn remembered(lesson: usize, world: &World) -> Top {
    let place =
        world.course.lessons.get(lesson).and_then(|lesson| world.ledger.place(&world.course.id, &lesson.id));
    let position = place.map_or(Position::default(), |place| place.find(world.course.document(lesson)));
    Top { position, skip: 0 }
}

/// Scrolls the text.
pub(super) fn move_by(state: &mut State, motion: Motion, count: usize, world: &World) -> Vec<Effect> {
    let Some(sheet) = world.sheet(state.reading.lesson) else { return Vec::new() };
    let height = Geometry::of(state).text_height();
    // Two lines stay in sight, so that the eye finds where it was.
    let page = height.saturating_sub(2).max(1);
    let by = |lines: usize| isize::try_from(lines.saturating_mul(count)).unwrap_or(isize::MAX);
    let top = state.reading.top;
    state.reading.top = match motion {
        Motion::Down => sheet.scrolled(top, by(1), height),
        Motion::Up => sheet.scrolled(top, -by(1), height),
        Motion::HalfPageDown => sheet.scrolled(top, by(height.div_ceil(2)), height),
        Motion::HalfPageUp => sheet.scrolled(top, -by(height.div_ceil(2)), height),
        Motion::PageDown => sheet.scrolled(top, by(page), height),
        Motion::PageUp => sheet.scrolled(top, -by(page), height),
        Motion::First => Top::default(),
        Motion::Last => sheet.page.top(sheet.document, sheet.last_top(height)),
    };
    if state.reading.top != top {
        state.reading.link = None;
    }
    read_to_the_end(state, world).into_iter().collect()
}

/// From what is shown now, so that the first step is seen in a narrow pane too.
fn narrower(state: &State) -> u16 {
    Geometry::of(state).text_width().min(state.measure).saturating_sub(STEP).max(NARROWEST)
}

fn select_link(state: &mut State, world: &World, next: bool) {
    let links = here::links(state, world);
    let selected = state.reading.link.and_then(|link| links.iter().position(|other| *other == link));
    let index = match (selected, next) {
        (None, true) => 0,
        (None, false) => links.len().saturating_sub(1),
        (Some(index), true) => (index + 1) % links.len().max(1),
        (Some(index), false) => index.checked_sub(1).unwrap_or(links.len().saturating_sub(1)),
    };
    state.reading.link = links.get(index).copied();
    state.message =
        match state.reading.link.and_then(|link| world.course.document(state.reading.lesson).link(link)) {
            Some(link) => Some(describe(link, state, world)),
            None => Some("No link is in sight.".into()),
        };
}

/// Where a link leads, in words.
fn describe(to: &Link, state: &State, world: &World) -> String {
    if let Some(path) = picture_of(to, state, world) {
        return format!("A picture: {path}");
    }
    let key = world.key(Context::Reading, &Action::Reading(ReadingAction::FollowLink));
    match link(world.course, state.reading.lesson, &to.target) {
        Destination::Lesson { lesson, .. } if lesson == state.reading.lesson => {
            format!("{key} goes to that section.")
        }
        Destination::Lesson { lesson, .. } => {
            let title = world.course.lessons.get(lesson).map_or("", |lesson| lesson.title());
            format!("{key} goes to: {title}")
        }
        Destination::Web(target) => abroad(target),
        Destination::Outside(target) | Destination::Other(target) => elsewhere(target),
    }
}

/// The path of the file that a link to a picture stands for.
fn picture_of(to: &Link, state: &State, world: &World) -> Option<String> {
    picture(world.course, state.reading.lesson, &to.target).filter(|_| to.image)
}

/// An address outside of the course. Its host comes first: the link's text may name another,
/// and so may what stands before an `@` in the address.
fn abroad(target: &str) -> String {
    host(target).map_or_else(|| target.to_owned(), |host| format!("To {host}: {target}"))
}

/// The host of an address.
pub fn host(target: &str) -> Option<&str> {
    let (_, rest) = target.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    authority.rsplit('@').next()
}

fn follow_link(state: &mut State, world: &World) -> Vec<Effect> {
    let document = world.course.document(state.reading.lesson);
    let Some(target) = state.reading.link.and_then(|link| document.link(link)) else {
        select_link(state, world, true);
        return Vec::new();
    };
    if let Some(path) = picture_of(target, state, world) {
        state.message = Some(format!("Pictures are not shown here. This one is {path}"));
        return Vec::new();
    }
    let destination = link(world.course, state.reading.lesson, &target.target);
    match destination {
        Destination::Lesson { .. } => {}
        Destination::Web(target) => state.overlay = Overlay::Address(target.to_owned()),
        Destination::Outside(target) => {
            state.message = Some(format!("Not followed, it leads out of what is open: {target}"));
        }
        Destination::Other(target) => state.message = Some(elsewhere(target)),
    }
    let Some((lesson, block)) = world.course.destination_block(&destination) else { return Vec::new() };
    go_to_block(state, lesson, block, world)
}

/// A target that leads to nothing that is shown here.
fn elsewhere(target: &str) -> String {
    format!("This is no lesson of what is open: {target}")
}

/// The most bytes that are copied: more than that some terminals drop altogether.
const LONGEST_COPY: usize = 64 * 1024;

/// Copies the selected link, else the blocks in sight.
fn copy(state: &mut State, world: &World) -> Vec<Effect> {
    let document = world.course.document(state.reading.lesson);
    let link = state.reading.link.and_then(|link| document.link(link));
    let (text, what) = match link {
        Some(link) => {
            let target = picture_of(link, state, world).unwrap_or_else(|| link.target.clone());
            (target.clone(), format!("Copied: {target}"))
        }
        None => (
            here::text(state, world),
            "Copied the paragraphs in sight. A selected link is copied alone.".to_owned(),
        ),
    };
    if text.is_empty() || text.len() > LONGEST_COPY {
        let why =
            if text.is_empty() { "There is nothing to copy." } else { "This is too long to be copied." };
        state.message = Some(why.into());
        return Vec::new();
    }
    state.message = Some(what);
    vec![TerminalEffect::Copy(text).into()]
}

fn go_to_item(state: &mut State, world: &World) {
    match here::items(state, world).first() {
        Some(item) => {
            checklist::reveal(state, *item, world);
            state.look_at(Pane::Checklist);
        }
        None => state.message = Some("No item is taught in this passage.".into()),
    }
}
