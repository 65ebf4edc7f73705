//! Listings: code with a caption, as The Rust Book writes it in its source.
//!
//! Owns what the attributes of a listing say. Must not know how elements begin and end.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::html::tokens::Tag;
use crate::text::open_styles::Look;

/// The attribute of a listing that names the file in which its code stands.
pub(super) const FILE_NAME: &str = "file-name";

/// The caption below the code, which is Markdown within the tags. `None` for what is no such listing: an
/// element of this name without `number`, `file-name` and `caption` is preformatted text.
pub(super) fn caption(tag: &Tag) -> Option<String> {
    if tag.name != "listing" {
        return None;
    }
    let [number, text] = ["number", "caption"].map(|name| tag.attribute(name));
    tag.attribute(FILE_NAME).or(number).or(text)?;
    Some(match (number, text) {
        (Some(number), Some(text)) => format!("Listing {number}: {text}"),
        (Some(number), None) => format!("Listing {number}"),
        (None, text) => text.unwrap_or_default().to_owned(),
    })
}

/// Writes a line between blocks, in which backticks set off code.
pub(super) fn line(text: &str, builder: &mut DocumentBuilder) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return;
    }
    builder.open_block(LeafBlock::Paragraph);
    if text.matches('`').count() % 2 != 0 {
        builder.running_text(&text);
    } else {
        for (index, piece) in text.split('`').enumerate() {
            if index % 2 == 0 {
                builder.running_text(piece);
            } else {
                builder.start_style(Look::Code);
                builder.running_text(piece);
                builder.end_style(Look::Code);
            }
        }
    }
    builder.close_block();
}
