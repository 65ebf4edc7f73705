//! Tracks the styles and links that are open while running text is parsed.
//!
//! Owns how nested styles combine into one [`Style`]. Must not know of the text itself.

use crate::text::document::{Link, LinkKind, Style};
use pulldown_cmark::{Tag, TagEnd};

/// Counts how many times each style is open, and lists the open links.
#[derive(Debug, Default)]
pub(crate) struct OpenStyles {
    emphasis: usize,
    strong: usize,
    strikethrough: usize,
    /// The open links and images, as indices into the document's links, each with the byte of
    /// the text at which it began.
    links: Vec<(usize, usize)>,
}

impl OpenStyles {
    /// Opens the style of a tag; does nothing for a tag that is not a style.
    pub(crate) fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.strikethrough += 1,
            _ => {}
        }
    }

    /// Closes the style of a tag; does nothing for a tag that is not a style.
    pub(crate) fn end(&mut self, tag: TagEnd) {
        let open = match tag {
            TagEnd::Emphasis => &mut self.emphasis,
            TagEnd::Strong => &mut self.strong,
            TagEnd::Strikethrough => &mut self.strikethrough,
            _ => return,
        };
        *open = open.saturating_sub(1);
    }

    /// Opens a link or image that begins at this byte of the text.
    pub(crate) fn start_link(&mut self, link: usize, start: usize) {
        self.links.push((link, start));
    }

    /// The innermost open link or image, and the byte of the text at which it began.
    pub(crate) fn innermost_link(&self) -> Option<(usize, usize)> {
        self.links.last().copied()
    }

    /// Closes the innermost link or image.
    pub(crate) fn end_link(&mut self) {
        self.links.pop();
    }

    /// Combines the open styles. `links` are the links of the document so far.
    pub(crate) fn style(&self, links: &[Link]) -> Style {
        let is_image = |link: usize| links.get(link).is_some_and(|link| link.kind == LinkKind::Image);
        let open = || self.links.iter().rev().map(|(link, _)| *link);
        Style {
            emphasis: self.emphasis > 0,
            strong: self.strong > 0,
            strikethrough: self.strikethrough > 0,
            code: false,
            // A picture within a link is followed as the link.
            link: open().find(|link| !is_image(*link)).or_else(|| open().next()),
        }
    }
}
