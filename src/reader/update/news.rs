//! News from outside: the terminal's size, the date, and what became of a record.

use crate::reader::action::{ChecklistAction, News};
use crate::reader::bindings::Context;
use crate::reader::shelf::OpenShelf;
use crate::reader::state::{Overlay, Saving, State};
use crate::reader::update::{erased, notes, search};
use crate::reader::{Action, World};
use jiff::civil::Date;

/// Takes news in.
pub(super) fn take_in(state: &mut State, news: News, world: &World) {
    match news {
        News::Resized(columns, rows) => state.size = (columns, rows),
        News::Today(today) => turn_to(state, today, world),
        News::Saved => state.saving = Saving::Saved,
        News::Edited(text) => notes::edited(state, &text, world),
        News::NotEdited(why) => state.message = Some(why),
        News::Shelf(entries) => state.overlay = Overlay::Shelf(Box::new(OpenShelf { entries, selected: 0 })),
        News::Time => search::go_on(state, world),
        News::Erased => erased::forget(state, world),
        News::NotSaved(why) => state.saving = Saving::NotSaved(why),
    }
}

/// A new day begins: whoever looked at today looks at the new one.
fn turn_to(state: &mut State, today: Date, world: &World) {
    if state.today == today {
        return;
    }
    if state.day == state.today || state.day > today {
        state.day = today;
        let key = world.key(Context::Checklist, &Action::Checklist(ChecklistAction::DayBefore));
        state.message = Some(format!("A new day has begun. {key} shows the day before."));
    }
    state.today = today;
}
