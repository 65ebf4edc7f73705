//! Raw HTML within Markdown: what a browser would show of it becomes part of the document.
//!
//! Owns what tags mean. Must not know of Markdown's own constructs, nor run or fetch anything.
//!
//! A tag may stand in one event of the Markdown parser and its end tag in another, with Markdown
//! between them. So there is one stack of open elements for a whole text ([`reader`]), and each
//! piece of HTML is read into tokens on its own ([`tokens`]).

mod elements;
mod listing;
mod reader;
mod scripts;
mod start;
mod tokens;

pub(crate) use elements::{CALLOUT, begins_block, shows_content};
pub(crate) use reader::HtmlReader;
