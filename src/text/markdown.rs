//! Parses a short Markdown text as a whole into a [`Document`].
//!
//! Owns these two entry points. A long text, which is read portion by portion, is opened with
//! [`Document::long`]; the parsing itself is in `parser.rs`.

use crate::text::flavour::Flavour;
use crate::text::long::Document;
use crate::text::parser::{NO_DEFINITIONS, parse_portion};

/// Parses a whole text. Never fails: a text that makes the parser panic is replaced by a
/// paragraph that says so.
pub fn parse(source: &str) -> Document {
    parse_as(source, &Flavour::default())
}

/// Parses a whole text that is written in this way. Never fails, as [`parse`].
pub fn parse_as(source: &str, flavour: &Flavour) -> Document {
    parse_portion(source, flavour, || &NO_DEFINITIONS).into()
}
