//! The state machine: what the reader sees and does, as plain data.
//!
//! Owns [`State`], [`Action`], the table of bindings, [`StateMachine::update`] and [`Effect`].
//! There is no terminal here, no file and no clock: a key comes in as an Action, today's date
//! too, and what must happen outside goes out as an Effect.

pub mod action;
pub mod asking;
pub mod bindings;
pub mod checklist;
pub mod deed;
pub mod effect;
pub mod find;
pub mod form;
pub mod geometry;
pub mod here;
pub mod highlights;
pub mod item;
pub mod key;
pub mod keymap;
pub mod leaf;
pub mod notebook;
pub mod pages;
pub mod palette;
pub mod plan;
pub mod pointer;
pub mod restored_position;
pub mod review;
pub mod shelf;
pub mod state;
pub mod state_machine;
pub mod text_field;
pub mod update;
pub mod world;
pub mod writing;

pub use action::Action;
pub use effect::{Effect, TerminalEffect};
pub use geometry::Geometry;
pub use highlights::Highlights;
pub use key::Key;
pub use keymap::Keymap;
pub use pages::Pages;
pub use restored_position::RestoredPosition;
pub use state::{Pane, State};
pub use state_machine::StateMachine;
pub use world::World;
