//! The ways in which a text can be written: Markdown as different programs read it, or none.
//!
//! Owns which extensions of Markdown each of them has. Must not parse anything, nor know which
//! files are written in which way.

use pulldown_cmark::Options;

/// The way in which a text is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Flavour {
    /// Markdown as GitHub reads it, with definition lists.
    #[default]
    GitHub,
    /// Markdown as GitHub reads it, with what programs for notes add: wiki links, and ids of
    /// blocks.
    Notes,
    /// Markdown as GitHub reads it, with the exercises of a course.
    Course,
    /// Markdown as mdBook reads it.
    Book(BookExtensions),
    /// No Markdown: every line is shown as it stands.
    Verbatim {
        /// The language by which it is coloured; empty for none.
        language: String,
    },
}

/// The extensions that a book may have or leave out, by default as mdBook 0.5 has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookExtensions(Options);

/// One extension that a book may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookExtension {
    /// Curly quotes, dashes and an ellipsis instead of ASCII.
    SmartPunctuation,
    /// A term, and below it lines that begin with a colon.
    DefinitionLists,
    /// Quotes that begin with `[!NOTE]` or the like.
    Admonitions,
}

/// What all of Markdown is read with.
const EVERYWHERE: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH);

impl Flavour {
    /// The extensions that the parser is given.
    pub(crate) fn options(&self) -> Options {
        let everything = EVERYWHERE | Options::ENABLE_GFM | Options::ENABLE_DEFINITION_LIST;
        match self {
            Self::GitHub | Self::Course | Self::Verbatim { .. } => everything,
            Self::Notes => everything | Options::ENABLE_WIKILINKS,
            Self::Book(BookExtensions(options)) => *options,
        }
    }

    /// Returns whether alerts and callouts are read.
    pub(crate) fn has_alerts(&self) -> bool {
        self.options().contains(Options::ENABLE_GFM)
    }

    /// Returns whether exercises are read.
    pub(crate) fn has_exercises(&self) -> bool {
        *self == Self::Course
    }

    /// Returns whether wiki links and ids of blocks are read.
    pub(crate) fn has_wiki_links(&self) -> bool {
        *self == Self::Notes
    }

    /// Returns whether `{#id}` or `{id="…"}` at the end of a heading is read by `own_ids.rs`, and not by
    /// the parser. The parser takes all that stands in braces for attributes, as mdBook does; elsewhere
    /// that would lose the end of a heading such as `The type {}`.
    pub(crate) fn has_own_ids(&self) -> bool {
        !matches!(self, Self::Book(_))
    }
}

impl Default for BookExtensions {
    fn default() -> Self {
        Self(
            EVERYWHERE
                | Options::ENABLE_HEADING_ATTRIBUTES
                | Options::ENABLE_SMART_PUNCTUATION
                | Options::ENABLE_DEFINITION_LIST
                | Options::ENABLE_GFM,
        )
    }
}

impl BookExtensions {
    /// The extensions without one of them.
    #[must_use]
    pub fn without(self, extension: BookExtension) -> Self {
        let option = match extension {
            BookExtension::SmartPunctuation => Options::ENABLE_SMART_PUNCTUATION,
            BookExtension::DefinitionLists => Options::ENABLE_DEFINITION_LIST,
            BookExtension::Admonitions => Options::ENABLE_GFM,
        };
        Self(self.0.difference(option))
    }
}
