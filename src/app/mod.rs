//! One session: the state and what it is about, the journal, the clock, what changes while
//! it is read, and the performing of Effects.
//!
//! Owns what the screen, the linear mode and the tests drive alike. There is no terminal in
//! it. Must not decide anything that [`crate::reader::StateMachine::update`] could decide.

mod background_pictures;
mod background_search;
pub mod chosen_file;
mod clock;
mod decoded_picture;
mod file_watcher;
mod local_zone;
mod outside;
mod owned_world;
mod reload;
mod session;
mod startup;
#[cfg(test)]
mod tests;
mod unfinished;
mod waiting;

pub use clock::{Clock, DAY_ENDS, day_of};
pub use local_zone::LocalZone;
pub use outside::Outside;
pub use session::{DayTurn, Session};
pub use startup::{FirstScreen, Preferences, Startup};
