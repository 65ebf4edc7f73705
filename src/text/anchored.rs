//! Places in a document that have a name: headings, and what links reach.
//!
//! Owns which of several names is preferred. Must not know how names are written in a link.

use crate::text::document::{BlockKind, Heading};
use crate::text::long::Document;

/// Where links that name a place in a text lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchored {
    /// To the block with this index.
    At(usize),
    /// To no place in the text.
    Nowhere,
    /// That is not known before more of the text has been read, which was asked for.
    NotYet,
}

impl Document {
    /// The headings in reading order, with the index of each one's block.
    pub fn headings(&self) -> impl Iterator<Item = (usize, &Heading, &str)> {
        self.blocks().filter_map(|(index, block)| match &block.kind {
            BlockKind::Heading(heading) => Some((index, heading, block.text.as_str())),
            _ => None,
        })
    }

    /// The block of the heading with this slug.
    pub fn section(&self, slug: &str) -> Option<usize> {
        self.headings().find(|(_, heading, _)| heading.slug == slug).map(|(index, ..)| index)
    }

    /// Looks for what links reach under one of these names: a heading by its slug, or any block by
    /// its anchors. An earlier name is preferred to a later one. Reads as much as it takes.
    pub fn anchored(&self, names: &[&str]) -> Anchored {
        let mut found: Option<(usize, usize)> = None;
        for (index, block) in self.blocks() {
            let is_slug =
                |name: &str| matches!(&block.kind, BlockKind::Heading(heading) if heading.slug == name);
            let place =
                names.iter().position(|name| is_slug(name) || block.anchors.iter().any(|own| own == name));
            match place {
                Some(0) => return Anchored::At(index),
                Some(place) if found.is_none_or(|(before, _)| place < before) => found = Some((place, index)),
                _ => {}
            }
        }
        match found {
            // A name that is preferred may still be in what has not been read.
            _ if (0..self.portions()).any(|portion| !self.has(portion)) => Anchored::NotYet,
            Some((_, index)) => Anchored::At(index),
            None => Anchored::Nowhere,
        }
    }
}
