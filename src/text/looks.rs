//! The styles and links that are open while running text is read.
//!
//! Owns how nested styles add up to one [`Style`]. Must not know of text.

use crate::text::{Link, Style};
use pulldown_cmark::{Tag, TagEnd};

/// How often each style is open, and which links are.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    emphasis: usize,
    strong: usize,
    strikethrough: usize,
    /// The open links and images, as indices into the document's links, each with how much
    /// text there was when it began.
    links: Vec<(usize, usize)>,
}

impl Looks {
    /// Opens the style of this tag, if it is one.
    pub(crate) fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.strikethrough += 1,
            _ => {}
        }
    }

    /// Closes the style of this tag, if it is one.
    pub(crate) fn end(&mut self, tag: TagEnd) {
        let open = match tag {
            TagEnd::Emphasis => &mut self.emphasis,
            TagEnd::Strong => &mut self.strong,
            TagEnd::Strikethrough => &mut self.strikethrough,
            _ => return,
        };
        *open = open.saturating_sub(1);
    }

    /// Opens a link or image where there are so many bytes of text.
    pub(crate) fn start_link(&mut self, link: usize, length: usize) {
        self.links.push((link, length));
    }

    /// The innermost open link or image, and how much text there was when it began.
    pub(crate) fn innermost_link(&self) -> Option<(usize, usize)> {
        self.links.last().copied()
    }

    /// Closes the innermost link or image.
    pub(crate) fn end_link(&mut self) {
        self.links.pop();
    }

    /// The style of text that stands here.
    pub(crate) fn style(&self, links: &[Link]) -> Style {
        let is_image = |link: usize| links.get(link).is_some_and(|link| link.image);
        let open = || self.links.iter().rev().map(|(link, _)| *link);
        Style {
            emphasis: self.emphasis > 0,
            strong: self.strong > 0,
            strikethrough: self.strikethrough > 0,
            code: false,
            // A picture in a link stands for the link.
            link: open().find(|link| !is_image(*link)).or_else(|| open().next()),
        }
    }
}
