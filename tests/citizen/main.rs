//! The program as a citizen of the terminal: it leaves and returns as it should, whatever
//! is typed, pasted or pulled out, and no text drives the terminal.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "../support/terminal.rs"]
mod terminal;

mod answers;
mod asking;
mod charset;
mod colours;
mod days;
mod exhaustion;
mod given_back;
mod hiding;
mod hostile;
mod input;
mod leaving;
mod linear;
mod linear_questions;
mod linear_talk;
mod linear_work;
mod notices;
mod panics;
mod pictures;
mod sizes;
mod strict;

const WIDE: (u16, u16) = (120, 36);
