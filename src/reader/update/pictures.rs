//! Showing pictures, or their descriptions alone.

use crate::reader::effect::Effect;
use crate::reader::pictures::PictureWay;
use crate::reader::pictures_shown::PicturesShown;
use crate::reader::state::State;
use crate::reader::world::World;

/// Shows pictures from now on, or no more.
pub(super) fn switch(state: &mut State, world: &World) -> Vec<Effect> {
    let message = if world.pictures.way() == PictureWay::Never {
        "Pictures can't be shown here; their descriptions are."
    } else if state.pictures == PicturesShown::Shown {
        state.pictures = PicturesShown::Descriptions;
        "Pictures are not shown, only their descriptions."
    } else {
        state.pictures = PicturesShown::Shown;
        "Pictures are shown where they stand in the text."
    };
    state.message = Some(message.to_owned());
    Vec::new()
}
