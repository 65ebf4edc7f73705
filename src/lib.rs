//! `sidelight` is a calm full-screen terminal reader for short courses that ask
//! something of the reader.
//!
//! The screen, and who draws what; where each region is, `Geometry` says (reader/geometry.rs):
//!
//! ```text
//!  Reconcile        header::draw, screen/header.rs            Sun 22 Nov   0 of 3 kept   saved
//!                           │                                       │
//!   BEFORE YOU BEGIN        │  Start here                          ▐│  TODAY  < Sun 22 Nov
//!   •  Start here           │  ══════════                          ▐│
//!    > Is this for you?     │                                      ▐│  AVOID
//!                           │  ReadingPane, reader/pane/reading.rs ▐│  [ ] I did not beg
//!   Navigator               │  drawn by screen/reading.rs           │
//!   reader/pane/navigator.rs│  from a Page of page/                 │  ChecklistPane
//!   drawn as a List by      │                                       │  reader/pane/checklist.rs
//!   screen/navigator.rs     │                                       │  drawn as Lists by
//!                           │                                       │  screen/checklist.rs
//! ╭────────────────────────────────────────────────────────────────────────────────────────────╮
//! │ Overlay, one of reader/overlay/: lies over all three panes, here cut off at the top        │
//! │                                                                                            │
//! │   OverlayLines, reader/overlay/lines.rs: its head, its lines and its foot                  │
//! │ > ListLine, reader/list.rs: the selected entry, which scroll::top keeps in sight           │
//! │   Column, screen/overlay.rs: the three as Lists, and the cursor where text is typed        │
//! │   List, screen/list.rs: paints the lines; List::target_at says what a click on one means   │
//! ╰────────────────────────────────────────────────────────────────────────────────────────────╯
//!  Enter go there   Down choose   Esc back        footer::draw, screen/footer.rs
//! ```
//!
//! The path of a key, from its bytes to the next frame:
//!
//! ```text
//! Keyboard::arrived            terminal/input.rs        reads the bytes that have come
//! Decoder::take_in             terminal/decode.rs       bytes -> keys, pastes, the mouse
//! Session::pass                app/session/pass.rs      for each of them, in order:
//!   key_meaning::meaning       reader/key_meaning.rs      key, &State, &World -> Action
//!   StateMachine::update       reader/state_machine.rs    Action, &World -> Vec<Effect>
//!   Session::perform           app/session.rs             Effect -> done, or a TerminalEffect
//! Session::save                app/session/saving.rs    one write and one sync for all of them
//! Screen::draw                 terminal/frame.rs        then one frame:
//!   screen::draw               screen/mod.rs              &State, &World, &Theme -> cells
//!   changes::changes           terminal/changes.rs        the cells that are not on the screen
//!   paint::paint               terminal/paint.rs          cells -> bytes
//! ```
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
//! screen/    drawing: a state becomes cells, and a cell what a click on it means
//! app/       one session, whoever drives it: the clock, file watching, performing Effects
//! terminal/  the outside: modes, signals, input, painting, the event loop
//! cli/       the commands, and the linear mode
//! ```
//!
//! Where to begin:
//!
//! ```text
//! a key is bound             reader/bindings.rs, and the rows of each pane and overlay in its own file
//! a mark is decided          practice/mark.rs; what may be marked on which day: reader/day_shown.rs
//! a colour is chosen         screen/theme/built_in.rs; what has which role: screen/theme.rs
//! a file of a course is read course/folder/disk.rs
//! a shape of JSON is defined the command's own file in cli/, such as cli/search.rs
//! ```
//!
//! `docs/ARCHITECTURE.md` says why, and `tests/architecture.rs` proves who imports whom, and
//! that every name here is one of the program.

#[cfg(not(unix))]
compile_error!(
    "sidelight needs the terminals, locks and permissions of Unix; docs/INSTALL.md names the systems"
);

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
