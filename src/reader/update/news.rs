//! News from outside: the terminal's size, the date, and what became of a record.

use crate::reader::action::News;
use crate::reader::effect::Effect;
use crate::reader::keys::context::Context;
use crate::reader::overlay::note::NoteAction;
use crate::reader::overlay::recent::Recent;
use crate::reader::overlay::{Overlay, OverlayAction};
use crate::reader::state::{Saving, State};
use crate::reader::update::{in_overlay, search};
use crate::reader::world::World;
use jiff::civil::Date;

/// Takes news in.
pub(super) fn take_in(state: &mut State, news: News, world: &World) -> Vec<Effect> {
    match news {
        News::Resized(columns, rows) => state.size = (columns, rows),
        News::Today(today) => turn_to(state, today, world),
        News::Saved => state.saving = Saving::Saved,
        News::Edited(text) => {
            return in_overlay(state, OverlayAction::Note(NoteAction::Edited(text)), 1, world);
        }
        News::NotEdited(why) => state.message = Some(why),
        News::Recent(entries) => state.overlay = Some(Overlay::Recent(Recent::new(entries))),
        News::Time => search::search_on(state, world),
        News::NotSaved(why) => state.saving = Saving::NotSaved(why),
    }
    Vec::new()
}

/// A new day begins: whoever looked at today looks at the new one.
fn turn_to(state: &mut State, today: Date, world: &World) {
    if state.today == today {
        return;
    }
    if state.day == state.today || state.day > today {
        state.day = today;
        let key = world.key(Context::CHECKLIST, "day-before");
        state.message = Some(format!("A new day has begun. {key} shows the day before."));
    }
    state.today = today;
}
