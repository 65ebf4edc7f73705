//! The state machine: what the reader sees and does, as plain data.
//!
//! Owns [`State`], [`Action`], the table of bindings, [`StateMachine::update`] and [`Effect`].
//! There is no terminal here, no file and no clock: a key comes in as an Action, today's date
//! too, and what must happen outside goes out as an Effect.
//!
//! Panes and overlays know the [`View`](view::View) of the state and return an
//! [`Outcome`](outcome::Outcome); `update` alone changes the rest.
//!
//! A key is bound where it applies: in the `ROWS` of a file of `pane/` or `overlay/`, or in
//! `bindings.rs`, which also makes the one table of them all.

pub mod action;
pub mod bindings;
pub mod data_task;
pub mod day_shown;
pub mod draft;
pub mod drafts;
pub mod effect;
pub mod find;
#[cfg(test)]
mod fixture;
pub mod folds;
pub mod geometry;
pub mod highlights;
pub mod input;
pub mod key_meaning;
pub mod keys;
pub mod list;
pub mod motion;
pub mod navigate;
pub mod note_cache;
pub mod notices;
pub mod outcome;
pub mod overlay;
pub mod paged_text;
pub mod pages;
pub mod pane;
pub mod pictures;
pub mod pictures_shown;
pub mod pointer;
pub mod restored_position;
pub mod scroll;
pub mod sections;
pub mod state;
pub mod state_machine;
pub mod text_anchor;
pub mod text_field;
pub mod typed_history;
pub mod undo;
pub mod update;
pub mod view;
pub mod visible;
pub mod world;

pub use action::Action;
pub use effect::{Effect, TerminalEffect};
pub use geometry::Geometry;
pub use highlights::Highlights;
pub use keys::{Context, Key, Keymap};
pub use pages::Pages;
pub use pictures::Pictures;
pub use restored_position::RestoredPosition;
pub use state::State;
pub use state_machine::StateMachine;
pub use world::World;
