//! The outside: the terminal, the clock, signals, and the performing of Effects.
//!
//! Owns the only places where the program waits, writes to the terminal, or asks for the
//! time. Must not decide anything that [`crate::reader::update()`] could decide.

mod changes;
mod clock;
mod colour;
pub mod decode;
mod editor;
mod frame;
mod hyperlinks;
mod input;
pub mod interrupt;
mod live;
mod modes;
mod output;
pub mod paint;
mod run;
pub mod session;
mod signals;
#[cfg(test)]
mod tests;

pub use clock::{Clock, DAY_ENDS, day_of};
pub use interrupt::Interrupts;
pub use run::{Ending, Options, RunError, run};
pub use session::Session;
