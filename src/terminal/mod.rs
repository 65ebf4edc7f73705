//! The outside: the terminal, its signals, and what only a terminal can perform of Effects.
//!
//! Owns the event loop, the only place where the program waits for keys and writes to the
//! terminal. Must not decide anything that [`crate::reader::StateMachine::update`] could decide.

mod changes;
mod charset;
mod colour;
pub mod decode;
mod editor;
mod event_loop;
mod frame;
mod hyperlinks;
mod input;
mod modes;
mod output;
pub mod paint;
mod picture_layer;
mod pictures;
mod run;
mod signals;
mod size;
mod wait;
mod wall_timer;

pub use charset::Charset;
pub use event_loop::{Ending, Options};
pub use run::{RunError, run};
