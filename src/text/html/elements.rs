//! The elements of HTML by what they mean on a page of text.
//!
//! Owns the table of names. Must not know what becomes of an element.

use crate::text::open_styles::Look;

/// What an element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Element {
    /// Begins and ends a line, and says no more: `div`, `section` ...
    Division,
    /// A paragraph, which any other block ends.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// Preformatted text.
    Preformatted,
    /// Code with a caption, as books for mdBook write it: see `listing.rs`.
    Listing,
    Quote,
    List(ListKind),
    Item,
    /// A list of terms and their definitions.
    Definitions,
    Term,
    Definition,
    Table,
    /// A part of a table.
    Section,
    Row,
    /// A cell, and whether it is the name of a row or column.
    Cell(CellKind),
    Caption,
    Details,
    Summary,
    /// A callout, which only this program writes: see `directives.rs`.
    Callout,
    /// Running text in another style.
    Styled(Look),
    Link,
    Superscript,
    Subscript,
    Quotation,
    /// How ruby text is read, written behind it.
    Pronunciation,
    /// Running text without a meaning of its own. So is every element that is not known.
    Inline,
    /// Not shown, nor what is in it.
    Hidden,
    /// As [`Element::Hidden`], and there are no tags in it.
    Raw,
    /// Shown as a link to its source. What is in it is for programs that cannot show it.
    Media,
    /// As [`Element::Media`], and there are no tags in it.
    Frame,
    /// Long obsolete: the tag is shown as it is written, as GitHub does.
    Literal,
    /// Without text or end tag.
    Void(Void),
}

/// The two kinds of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListKind {
    Bullets,
    Numbers,
}

/// The two kinds of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    Head,
    Data,
}

/// The elements that have no end tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Void {
    Break,
    Rule,
    Image,
    WordBreak,
    Input,
    /// One of the sources of what is around it.
    Source,
    Embed,
    /// Says nothing to a reader.
    Other,
}

/// The name of the element that directives are written as.
pub(crate) const CALLOUT: &str = "sidelight-callout";

/// The most open elements; those beyond it are passed over.
pub(crate) const MAX_OPEN: usize = 100;

/// What the element of this name means.
pub(crate) fn element(name: &str) -> Element {
    match name {
        "address" | "article" | "aside" | "center" | "dir" | "div" | "fieldset" | "figcaption" | "figure"
        | "footer" | "form" | "header" | "hgroup" | "legend" | "main" | "menu" | "nav" | "optgroup"
        | "option" | "search" | "section" => Element::Division,
        "p" => Element::Paragraph,
        "h1" => Element::Heading(1),
        "h2" => Element::Heading(2),
        "h3" => Element::Heading(3),
        "h4" => Element::Heading(4),
        "h5" => Element::Heading(5),
        "h6" => Element::Heading(6),
        "pre" | "listing" => Element::Preformatted,
        "blockquote" => Element::Quote,
        "ul" => Element::List(ListKind::Bullets),
        "ol" => Element::List(ListKind::Numbers),
        "li" => Element::Item,
        "dl" => Element::Definitions,
        "dt" => Element::Term,
        "dd" => Element::Definition,
        "table" => Element::Table,
        "thead" | "tbody" | "tfoot" => Element::Section,
        "tr" => Element::Row,
        "th" => Element::Cell(CellKind::Head),
        "td" => Element::Cell(CellKind::Data),
        "caption" => Element::Caption,
        "details" => Element::Details,
        "summary" => Element::Summary,
        CALLOUT => Element::Callout,
        "em" | "i" | "cite" | "dfn" | "var" => Element::Styled(Look::Emphasis),
        "strong" | "b" | "mark" => Element::Styled(Look::Strong),
        "del" | "s" | "strike" => Element::Styled(Look::Strikethrough),
        "ins" | "u" => Element::Styled(Look::Underline),
        "code" | "kbd" | "samp" | "tt" => Element::Styled(Look::Code),
        "a" => Element::Link,
        "sup" => Element::Superscript,
        "sub" => Element::Subscript,
        "q" => Element::Quotation,
        "rt" => Element::Pronunciation,
        "datalist" | "dialog" | "head" | "rp" | "svg" | "template" => Element::Hidden,
        "script" | "style" | "title" => Element::Raw,
        "audio" | "canvas" | "video" => Element::Media,
        "iframe" => Element::Frame,
        "noembed" | "noframes" | "plaintext" | "xmp" => Element::Literal,
        "br" => Element::Void(Void::Break),
        "hr" => Element::Void(Void::Rule),
        "img" | "image" => Element::Void(Void::Image),
        "wbr" => Element::Void(Void::WordBreak),
        "input" => Element::Void(Void::Input),
        "source" => Element::Void(Void::Source),
        "embed" => Element::Void(Void::Embed),
        "area" | "base" | "basefont" | "bgsound" | "col" | "frame" | "keygen" | "link" | "meta" | "param"
        | "track" => Element::Void(Void::Other),
        _ => Element::Inline,
    }
}

/// Returns whether an element of this name shows the words that are within it, and no others.
pub(crate) fn shows_content(name: &str) -> bool {
    !matches!(
        element(name),
        Element::Hidden
            | Element::Raw
            | Element::Media
            | Element::Frame
            | Element::Literal
            | Element::Void(Void::Image | Void::Source | Void::Embed)
    )
}

/// Returns whether a line begins with a tag of an element that stands on lines of its own.
pub(crate) fn begins_block(line: &str) -> bool {
    let Some(tag) = line.strip_prefix('<') else { return false };
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let length = tag.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(tag.len());
    tag.get(..length).is_some_and(|name| element(&name.to_ascii_lowercase()).is_block())
}

impl Element {
    /// Returns whether the element stands on lines of its own, which ends an open paragraph.
    pub(crate) fn is_block(self) -> bool {
        match self {
            Self::Division
            | Self::Paragraph
            | Self::Heading(_)
            | Self::Preformatted
            | Self::Listing
            | Self::Quote
            | Self::List(_)
            | Self::Item
            | Self::Definitions
            | Self::Term
            | Self::Definition
            | Self::Table
            | Self::Section
            | Self::Row
            | Self::Cell(_)
            | Self::Caption
            | Self::Details
            | Self::Summary
            | Self::Callout
            | Self::Void(Void::Rule) => true,
            Self::Styled(_)
            | Self::Link
            | Self::Superscript
            | Self::Subscript
            | Self::Quotation
            | Self::Pronunciation
            | Self::Inline
            | Self::Hidden
            | Self::Raw
            | Self::Media
            | Self::Frame
            | Self::Literal
            | Self::Void(_) => false,
        }
    }

    /// Returns whether the element is a part of a table, whose end tags reach through cells.
    pub(crate) fn is_of_table(self) -> bool {
        matches!(self, Self::Table | Self::Section | Self::Row | Self::Cell(_) | Self::Caption)
    }

    /// Returns whether an open element ends where this one begins, although no end tag says so.
    pub(crate) fn ends(self, open: Self) -> bool {
        match (self, open) {
            (_, Self::Paragraph) => self.is_block(),
            (Self::Heading(_), Self::Heading(_))
            | (Self::Item, Self::Item)
            | (Self::Term | Self::Definition, Self::Term | Self::Definition)
            | (Self::Cell(_), Self::Cell(_) | Self::Caption)
            | (Self::Row, Self::Row | Self::Cell(_) | Self::Caption)
            | (Self::Section, Self::Section | Self::Row | Self::Cell(_) | Self::Caption)
            | (Self::Link, Self::Link) => true,
            _ => false,
        }
    }

    /// Returns whether no element within this one can end one around it.
    pub(crate) fn bounds(self, inner: Self) -> bool {
        match self {
            Self::Table => true,
            Self::Cell(_) | Self::Caption => !inner.is_of_table(),
            Self::List(_) => inner == Self::Item,
            Self::Definitions => matches!(inner, Self::Term | Self::Definition),
            _ => false,
        }
    }
}
