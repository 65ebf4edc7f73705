//! The state, and the one way to change it.
//!
//! Owns the state of a session. Nothing outside of this room can change a field of it, by type:
//! whatever happens arrives as an [`Action`], also what comes from the disk, the clock or the
//! start of the program.

use crate::reader::action::Action;
use crate::reader::effect::Effect;
use crate::reader::state::State;
use crate::reader::update::update;
use crate::reader::world::World;
use jiff::civil::Date;

/// A state that only actions change. A copy of it can be kept, to come back to: that is a state
/// which actions led to.
///
/// ```compile_fail,E0616
/// fn write_directly(machine: &mut sidelight::reader::StateMachine) {
///     machine.state.message = None;
/// }
/// ```
///
/// ```compile_fail,E0594
/// fn write_through_the_reference(machine: &mut sidelight::reader::StateMachine) {
///     machine.state().message = None;
/// }
/// ```
///
/// ```
/// fn read(machine: &sidelight::reader::StateMachine) -> bool {
///     machine.state().message.is_none()
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct StateMachine {
    state: State,
}

impl StateMachine {
    /// A session that begins on this day, on a screen of this many columns and rows.
    pub fn new(size: (u16, u16), today: Date) -> Self {
        Self { state: State::new(size, today) }
    }

    /// The state as it is now.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Applies an action. Returns what has to happen outside because of it, in order.
    pub fn update(&mut self, action: Action, world: &World) -> Vec<Effect> {
        update(&mut self.state, action, world)
    }
}
