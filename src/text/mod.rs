//! The written word: untrusted text is cleaned here, measured in columns, and
//! Markdown becomes a [`Document`].
//!
//! Owns what a character may be and what a block is. Must not know of files,
//! courses, the journal or the screen.

mod blocks;
pub mod clean;
pub mod columns;
mod containers;
mod cuts;
pub mod document;
mod escape;
pub mod guard;
mod inline;
pub mod long;
mod looks;
pub mod markdown;
mod nesting;
mod notes;
mod slug;
mod tables;
pub mod wanted;

pub use document::{Block, BlockKind, Frame, Heading, Link, Portion, Position, Span, Style};
pub use long::Document;
