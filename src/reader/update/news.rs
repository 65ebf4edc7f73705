//! News from outside: the terminal's size, the date, what was opened, what became of a record.

use crate::course::Part;
use crate::journal::Operation;
use crate::reader::action::News;
use crate::reader::draft::await_draft;
use crate::reader::geometry::{NARROWEST, WIDEST};
use crate::reader::keys::context::Context;
use crate::reader::navigate;
use crate::reader::overlay::Overlay;
use crate::reader::overlay::preview::ReportPreview;
use crate::reader::overlay::recent::RecentList;
use crate::reader::overlay::welcome::Welcome;
use crate::reader::pane::navigator::NavigatorEntry;
use crate::reader::pointer::Mouse;
use crate::reader::state::{Saving, State};
use crate::reader::update::{erased, overlays, search, unbound};
use crate::reader::world::World;
use jiff::civil::Date;

/// Takes news in.
pub(super) fn take_in(state: &mut State, news: News, world: &World) {
    match news {
        News::Resized(columns, rows) => state.size = (columns, rows),
        News::Today(today) => turn_to(state, today),
        News::DayTurned => state.message = Some(day_turned(state, world)),
        News::HeldBackForDay => state.message = Some(held_back(state, world)),
        News::Saved => state.saving = Saving::Saved,
        News::Count(count) => state.count = count,
        News::Edited(text) => take_edited(state, &text, world),
        News::NotEdited(why) => state.message = Some(why),
        News::Recent(entries) => overlays::show(state, Overlay::Recent(RecentList::new(entries)), world),
        News::Preview(text) => overlays::show(state, Overlay::Preview(ReportPreview::new(text)), world),
        News::Found(query, progress) => search::take_progress(state, &query, progress),
        News::Erased => erased::forget(state, world),
        News::NotSaved(why) => state.saving = Saving::NotSaved(why),
        News::Preferred { text_width, mouse, pictures } => {
            prefer(state, text_width, mouse);
            state.pictures = pictures;
        }
        News::PicturesChanged(anchor) => {
            state.reading.top = anchor.top(state, world).unwrap_or(state.reading.top);
        }
        News::Opened(draft) => begin_course(state, draft, world),
        News::Reopened(position) => {
            position.restore(state, world.course);
            state.drafts.forget_answers();
            overlays::tell_outdated(state, None);
        }
        News::Grown { lessons, parts } => grow(state, lessons, &parts, world),
        News::NotReopened(why) => overlays::tell_outdated(state, Some(why)),
        News::DataDone { message, results } => {
            if matches!(state.overlay, Some(Overlay::Data(_))) {
                overlays::finish(state);
            }
            state.notices.add_results(results);
            state.message = Some(message);
        }
        News::Section(slug) => navigate::show_section(state, &slug, world),
        News::NotKept(why) => state.saving = Saving::NotKept(why),
        News::FirstStart => overlays::show(state, Overlay::Welcome(Welcome::default()), world),
        News::Message(message) => state.message = Some(message),
        News::Notice(notice) => {
            state.notices.add(notice);
            state.show_next_notice();
        }
        News::UnboundKey(key) => unbound::explain(state, key, world),
    }
}

/// Takes in what came back from the reader's editor, if a note is still open.
fn take_edited(state: &mut State, text: &str, world: &World) {
    let view = state.view(world, 1);
    if let Some(Overlay::Note(editor)) = &mut state.overlay {
        state.message = Some(editor.take_edited(text, &view));
    }
}

/// Takes on what the reader prefers.
fn prefer(state: &mut State, text_width: Option<u16>, mouse: Mouse) {
    state.usual_measure = text_width.map_or(WIDEST, |width| width.clamp(NARROWEST, WIDEST));
    state.measure = state.usual_measure;
    state.mouse = mouse;
}

/// Begins with the course that was just opened, where the reader left it. Of the state before,
/// only what does not depend on the course stays.
fn begin_course(state: &mut State, draft: Vec<Operation>, world: &World) {
    *state = State {
        measure: state.measure,
        usual_measure: state.usual_measure,
        mouse: state.mouse,
        layout: state.layout,
        pictures: state.pictures,
        saving: state.saving.clone(),
        notices: std::mem::take(&mut state.notices),
        drafts: std::mem::take(&mut state.drafts),
        searches: std::mem::take(&mut state.searches),
        commands: std::mem::take(&mut state.commands),
        ..State::new(state.size, state.today)
    };
    if world.course.lessons.len() == 1 {
        // Its headings are beside it in the first frame already.
        world.course.document(0);
    }
    state.fit_panes(world);
    navigate::resume(state, world);
    await_draft(state, draft, world);
    state.show_next_notice();
}

/// Takes in that more lessons are known than before. Those that were known keep their places, so nothing
/// but what names a part, or a row of a list that has more rows now, has to follow.
fn grow(state: &mut State, lessons: usize, parts: &[Part], world: &World) {
    let now = |part: usize| {
        let title = &parts.get(part)?.title;
        world.course.parts.iter().position(|part| part.title == *title)
    };
    if let NavigatorEntry::Part(part) = state.navigator.selected {
        state.navigator.selected =
            now(part).map_or(NavigatorEntry::Lesson(state.reading.lesson), NavigatorEntry::Part);
    }
    state.navigator.folded = state.navigator.folded.iter().filter_map(|part| now(*part)).collect();
    let view = state.view(world, 1);
    for overlay in state.overlay.iter_mut().chain(&mut state.beneath) {
        if let Overlay::Palette(palette) = overlay {
            palette.keep_selected(lessons, &view);
        }
    }
}

/// It is another day now: whoever looked at today looks at the new one. It is said once the keys and
/// clicks that came with it are applied, so that those hit what was on the screen.
fn turn_to(state: &mut State, today: Date) {
    let looked_at_today = state.day == state.today;
    state.today = today;
    if looked_at_today || state.day > today {
        state.day = today;
    }
}

/// Says which day it is now, and how to come to the one before.
fn day_turned(state: &State, world: &World) -> String {
    let key = world.key(Context::CHECKLIST, "day-before");
    format!("It is {} now. {key} in the checklist shows the day before.", state.today.strftime("%a %-d %b"))
}

/// Says that what was typed for the day before was not done.
fn held_back(state: &State, world: &World) -> String {
    let key = world.key(Context::CHECKLIST, "day-before");
    let today = state.today.strftime("%a %-d %b");
    format!("It is {today} now, so nothing was marked. {key} shows the day before.")
}
