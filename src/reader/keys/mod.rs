//! Keys: how they are written, what they are bound to, and how a reader binds others.
//!
//! Owns the notation, what a row of bindings is, and which other keys may be wished for. Must
//! not know what an action does, nor which rows there are: panes and overlays declare them,
//! and `reader/bindings.rs` makes one table of all.

pub mod binding;
pub mod context;
pub mod hints;
pub mod key;
pub mod keymap;
pub mod rebinding;

pub use binding::Binding;
pub use context::Context;
pub use key::Key;
pub use keymap::Keymap;
