//! The width of the text column: how it changes, and what is said of it.

use crate::reader::geometry::{NARROWEST, WIDEST};
use crate::reader::outcome::WidthChange;
use crate::reader::state::State;

/// The columns by which the text becomes wider or narrower.
const STEP: u16 = 4;

/// Changes the width, and says what it is then.
pub(super) fn change(state: &mut State, change: WidthChange) {
    let before = state.geometry().text_width();
    state.measure = changed(state, change);
    let now = state.geometry().text_width();
    state.message = Some(match change {
        WidthChange::Wider if now == before && now < WIDEST => {
            format!("The text fills its pane: {now} columns.")
        }
        WidthChange::Wider if now == before => format!("{now} columns are the most."),
        WidthChange::Narrower if now == before => format!("{now} columns are the least."),
        WidthChange::Default => format!("The text is {now} columns wide, as by default."),
        WidthChange::Wider | WidthChange::Narrower => format!("The text is {now} columns wide."),
    });
}

/// It becomes narrower from what is shown, so that the first step is seen in a narrow pane too.
fn changed(state: &State, change: WidthChange) -> u16 {
    match change {
        WidthChange::Wider => (state.measure + STEP).min(WIDEST),
        WidthChange::Narrower => {
            let shown = state.geometry().text_width().min(state.measure);
            shown.saturating_sub(STEP).max(NARROWEST)
        }
        WidthChange::Default => state.usual_measure,
    }
}
