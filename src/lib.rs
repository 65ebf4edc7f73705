//! `sidelight` is a calm full-screen terminal reader for short courses that ask
//! something of the reader.
//!
//! The folders are the data flow, and each may use only those above it:
//!
//! ```text
//! text/      the written word: cleaning, columns, Markdown -> Document
//! course/    what is read: Course, Lesson, Item; loading, checking
//! library/   what else can be opened: books, folders, files, pipes -> Course
//! journal/   what was done: Record, log files, replay into a Ledger
//! practice/  the daily work: items, marks, weeks, plans, and the words for them
//! page/      typesetting: Document -> lines for a width; Position <-> line
//! search/    finding: one query over lessons, items and notes -> hits
//! reader/    the state machine: State, Action, keys, panes, overlays, update, Effect
//! screen/    drawing: geometry, theme, panes; draws, changes nothing
//! app/       one session, whoever drives it: the clock, file watching, performing Effects
//! terminal/  the outside: modes, signals, input, painting, the event loop
//! cli/       the commands
//! ```
//!
//! The one path of a key:
//!
//! ```text
//! KeyEvent -> bindings::resolve(keymap, context, key) -> Action
//!          -> StateMachine::update(Action, &World) -> Vec<Effect>
//!          -> app performs the Effects -> maybe another Action
//!          -> screen::draw(&State, &World, frame)
//! ```
//!
//! `docs/ARCHITECTURE.md` says more, and `tests/architecture.rs` proves who imports whom.

pub mod app;
pub mod cli;
pub mod course;
pub mod journal;
pub mod library;
pub mod page;
pub mod practice;
pub mod reader;
pub mod screen;
pub mod search;
pub mod terminal;
pub mod text;
