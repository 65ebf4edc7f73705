//! Tracks the styles and links that are open while running text is parsed.
//!
//! Owns how nested styles combine into one [`Style`]. Must not know of the text itself.

use crate::text::document::{Link, LinkKind, Style};

/// A style that an element of running text opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Emphasis,
    Strong,
    Strikethrough,
    Underline,
    Code,
}

/// The language that a link was written in. Each closes only its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markup {
    Markdown,
    Html,
}

/// Counts how many times each style is open, and lists the open links.
#[derive(Debug, Default)]
pub(crate) struct OpenStyles {
    emphasis: usize,
    strong: usize,
    strikethrough: usize,
    underline: usize,
    code: usize,
    links: Vec<OpenLink>,
}

/// An open link or image.
#[derive(Debug, Clone, Copy)]
struct OpenLink {
    /// Its index among the document's links.
    link: usize,
    /// The byte of the text at which it began.
    start: usize,
    markup: Markup,
}

impl OpenStyles {
    /// Opens a style.
    pub(crate) fn start(&mut self, look: Look) {
        *self.count(look) += 1;
    }

    /// Closes a style.
    pub(crate) fn end(&mut self, look: Look) {
        let open = self.count(look);
        *open = open.saturating_sub(1);
    }

    fn count(&mut self, look: Look) -> &mut usize {
        match look {
            Look::Emphasis => &mut self.emphasis,
            Look::Strong => &mut self.strong,
            Look::Strikethrough => &mut self.strikethrough,
            Look::Underline => &mut self.underline,
            Look::Code => &mut self.code,
        }
    }

    /// Opens a link or image that begins at this byte of the text.
    pub(crate) fn start_link(&mut self, link: usize, start: usize, markup: Markup) {
        self.links.push(OpenLink { link, start, markup });
    }

    /// The innermost open link or image, and the byte of the text at which it began.
    pub(crate) fn innermost_link(&self) -> Option<(usize, usize)> {
        self.links.last().map(|open| (open.link, open.start))
    }

    /// Closes the innermost link or image of this markup.
    pub(crate) fn end_link(&mut self, markup: Markup) {
        if let Some(last) = self.links.iter().rposition(|open| open.markup == markup) {
            self.links.remove(last);
        }
    }

    /// Combines the open styles. `links` are the links of the document so far.
    pub(crate) fn style(&self, links: &[Link]) -> Style {
        let is_picture =
            |link: usize| links.get(link).is_some_and(|link| matches!(link.kind, LinkKind::Image));
        let open = || self.links.iter().rev().map(|open| open.link);
        // A picture within a link is followed as the link.
        let link = || open().find(|link| !is_picture(*link)).or_else(|| open().next());
        Style {
            emphasis: self.emphasis > 0,
            strong: self.strong > 0,
            strikethrough: self.strikethrough > 0,
            underline: self.underline > 0,
            code: self.code > 0,
            link: if self.links.is_empty() { None } else { link() },
        }
    }
}
