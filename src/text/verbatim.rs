//! Texts that are no Markdown: every line is shown as it stands.
//!
//! Owns how such a text becomes blocks. Must not interpret it.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::clean;
use crate::text::document::Portion;
use crate::text::flavour::Flavour;
use crate::text::line_map::{LineMap, TextLines};

/// Makes a portion of a text without Markdown, as if all of it were a block of code.
pub(crate) fn portion(source: &str, language: &str) -> Portion {
    let cleaned = clean::clean_source(source);
    let lines = TextLines::of(&cleaned, LineMap::Same);
    let mut builder = DocumentBuilder::new(&Flavour::default(), lines);
    builder.open_block(LeafBlock::Code(language.to_owned()));
    builder.text(&cleaned);
    Portion { lines: clean::source_lines(source, &cleaned), ..builder.finish() }
}
