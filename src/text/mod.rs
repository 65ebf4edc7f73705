//! The written word: untrusted text is cleaned here and measured in columns, and Markdown
//! becomes a [`Document`].
//!
//! Owns what a character may be and what a block is. Must not know of files, courses, the
//! journal or the screen.

mod addresses;
mod anchored;
mod blocks;
pub(crate) mod callouts;
mod character_class;
pub mod clean;
pub mod columns;
mod containers;
mod cuts;
pub(crate) mod directives;
pub mod document;
mod emphasis;
pub(crate) mod encoding;
mod escape;
mod events;
pub mod exercise;
pub(crate) mod exercise_shape;
mod exercise_texts;
mod filling;
pub mod flavour;
mod footnotes;
pub(crate) mod formulas;
pub(crate) mod html;
mod inline;
pub mod limits;
pub(crate) mod line_map;
pub mod long;
pub mod markdown;
pub(crate) mod nesting;
mod open_styles;
pub(crate) mod overstrikes;
mod own_ids;
pub mod panics;
pub(crate) mod parser;
mod picture;
mod portions;
mod share;
pub(crate) mod slug;
mod table_blocks;
mod tables;
mod tex;
mod verbatim;
pub mod wanted;
mod wiki;

pub use anchored::Anchored;
pub use document::{
    Block, BlockKind, Details, ExerciseSlot, Frame, Heading, Link, LinkKind, Portion, Position, Span, Style,
};
pub use exercise::{Exercise, ExerciseAnswer, ExerciseKind};
pub use flavour::Flavour;
pub use line_map::LineMap;
pub use long::Document;
