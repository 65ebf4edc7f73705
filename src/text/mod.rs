//! The written word: untrusted text is cleaned here and measured in columns, and Markdown
//! becomes a [`Document`].
//!
//! Owns what a character may be and what a block is. Must not know of files, courses, the
//! journal or the screen.

mod blocks;
pub mod clean;
pub mod columns;
mod containers;
mod cuts;
pub mod document;
mod emphasis;
mod escape;
mod events;
mod footnotes;
pub(crate) mod formulas;
mod html;
mod inline;
pub mod limits;
pub mod long;
pub mod markdown;
pub(crate) mod nesting;
mod open_styles;
pub mod panics;
pub(crate) mod parser;
mod slug;
mod table_blocks;
mod tables;
mod tex;
pub mod wanted;

pub use document::{Block, BlockKind, Frame, Heading, Link, LinkKind, Portion, Position, Span, Style};
pub use long::Document;
