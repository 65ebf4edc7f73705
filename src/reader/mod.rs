//! The state machine: what the reader sees and does, as plain data.
//!
//! Owns [`State`], [`Action`], the table of bindings, [`update`] and [`Effect`]. There is
//! no terminal here, no file and no clock: a key comes in as an Action, today's date
//! too, and what must happen outside goes out as an Effect.

pub mod action;
pub mod bindings;
pub mod effect;
pub mod find;
pub mod geometry;
pub mod here;
pub mod key;
pub mod keymap;
pub mod pages;
pub mod state;
pub mod update;
pub mod world;

pub use action::Action;
pub use effect::Effect;
pub use geometry::Geometry;
pub use key::Key;
pub use keymap::Keymap;
pub use pages::Pages;
pub use state::{Pane, State};
pub use update::update;
pub use world::World;
