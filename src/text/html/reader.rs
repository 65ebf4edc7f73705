//! Keeps the open elements of a text, and ends them.
//!
//! Owns how far an element reaches when its end tag is missing or misplaced, as HTML's parsing
//! rules say, simplified: nothing ends what began outside of the same block of Markdown. Must not
//! know what a start tag means: `start.rs` does.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::document::{Details, Frame};
use crate::text::filling::TextPoint;
use crate::text::html::elements::{CellKind, Element, MAX_OPEN, Void, element};
use crate::text::html::listing;
use crate::text::html::scripts::{self, Script};
use crate::text::html::tokens::{self, Token};
use crate::text::open_styles::{Look, Markup};

/// Reads the HTML of one text, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct HtmlReader {
    /// The open elements, and the blocks of Markdown among them, outermost first.
    open: Vec<Open>,
    /// The number of open elements beyond [`MAX_OPEN`].
    beyond: usize,
    /// The number of open elements that end with the running text that they began in.
    within_text: usize,
    /// The cells of the open row, those of them that are names, and the rows before it.
    pub(super) row: RowCount,
    /// Whether a break at the start of preformatted text is still to be dropped.
    pub(super) fresh: bool,
    /// Whether the open paragraph of Markdown is the text of an element around it.
    merged: bool,
    /// The captions of the open listings, outermost first.
    pub(super) captions: Vec<String>,
}

/// What has come of an HTML table so far.
#[derive(Debug, Default)]
pub(super) struct RowCount {
    pub(super) rows: usize,
    pub(super) cells: usize,
    pub(super) names: usize,
}

/// An open element, or a block of Markdown.
#[derive(Debug)]
pub(super) struct Open {
    /// `None` for a block of Markdown.
    pub(super) element: Option<Element>,
    pub(super) name: String,
    pub(super) lines: BlockRoom,
    /// Whether it ends with the running text that it began in.
    pub(super) within_text: bool,
    pub(super) end: EndEffect,
}

/// The room that an element has for blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum BlockRoom {
    /// Blocks stand one below the other.
    #[default]
    Flow,
    /// One block, whose lines they become: a heading, a summary, a term.
    Title,
    /// The cell of a table, whose lines they become.
    Cell,
}

/// What has to be done when an element ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum EndEffect {
    Nothing,
    /// Its last line ends.
    Line,
    /// The text that it began is complete.
    Block,
    Term,
    Container,
    Style(Look),
    Link,
    Script(Script, TextPoint),
    /// Text closes it.
    Text(&'static str),
    /// The last of the captions stands below it.
    Caption,
    Show,
    Remove(TextPoint),
    Table {
        begun: bool,
    },
    Row,
    /// A cell that spans this many columns.
    Cell {
        columns: usize,
        names_row: bool,
    },
    /// A link to a source may still come.
    Media {
        linked: bool,
    },
    Details(OpenDetails),
}

/// An open `details` element, or an alert that has a title of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpenDetails {
    /// What the title shows and hides, if it does.
    pub(super) details: Option<Details>,
    /// Whether it is an alert.
    pub(super) is_alert: bool,
    pub(super) stage: DetailsStage,
}

/// How much of a `details` element has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DetailsStage {
    Begun,
    Summarised,
    Content,
}

/// Shown by browsers where a summary is missing.
const NO_SUMMARY: &str = "Details";

impl HtmlReader {
    /// Reads a tag, comment or the like within running text.
    pub(crate) fn inline(&mut self, source: &str, builder: &mut DocumentBuilder) {
        tokens::read(source, |token| self.token(token, true, builder));
    }

    /// Reads a block of HTML.
    pub(crate) fn block(&mut self, source: &str, builder: &mut DocumentBuilder) {
        self.end_text(builder);
        self.end_line(builder);
        tokens::read(source, |token| self.token(token, false, builder));
        if !self.is_preformatted() {
            self.end_line(builder);
        }
    }

    /// Begins a block of Markdown: a paragraph or heading, else another, which the caller opens.
    pub(crate) fn begin_block(&mut self, leaf: Option<LeafBlock>, builder: &mut DocumentBuilder) {
        if !self.open.is_empty() {
            self.end_text(builder);
            if self.lines() == BlockRoom::Title {
                if leaf.is_some() && !builder.has_text() {
                    self.merged = true;
                    return;
                }
                self.end_title(builder);
            }
            self.begin_content(builder);
            if let Some(paragraph) = self.implied(Element::Division) {
                self.end_from(paragraph, builder);
            }
        }
        if let Some(leaf) = leaf {
            builder.open_block(leaf);
        }
    }

    /// Ends a paragraph or heading of Markdown.
    pub(crate) fn end_block(&mut self, builder: &mut DocumentBuilder) {
        self.end_text(builder);
        if !std::mem::take(&mut self.merged) {
            builder.close_block();
        }
    }

    /// Ends running text, and the elements that began in it.
    pub(crate) fn end_text(&mut self, builder: &mut DocumentBuilder) {
        while self.within_text > 0 {
            let Some(last) = self.open.iter().rposition(|open| open.within_text) else { break };
            if let Some(Open { end: end @ EndEffect::Remove(_), .. }) = self.open.get_mut(last) {
                // Without an end tag it is no element, and its text stays.
                *end = EndEffect::Nothing;
            }
            self.remove(last, builder);
        }
    }

    /// Begins a block of Markdown that may hold others: its end is that of the elements in it.
    pub(crate) fn enter(&mut self) {
        let lines = self.lines();
        let name = String::new();
        self.open.push(Open { element: None, name, lines, within_text: false, end: EndEffect::Nothing });
    }

    /// Ends a block of Markdown that may hold others.
    pub(crate) fn leave(&mut self, builder: &mut DocumentBuilder) {
        if let Some(block) = self.open.iter().rposition(|open| open.element.is_none()) {
            self.end_from(block, builder);
        }
        self.beyond = 0;
    }

    /// Ends whatever is open.
    pub(crate) fn finish(&mut self, builder: &mut DocumentBuilder) {
        self.end_from(0, builder);
    }

    fn token(&mut self, token: Token<'_>, within_text: bool, builder: &mut DocumentBuilder) {
        match token {
            Token::Start(tag) => self.start(tag, within_text, builder),
            Token::End(name, source) => self.end_tag(name, source, builder),
            Token::Text(text) => self.text(text, builder),
        }
    }

    fn text(&mut self, text: &str, builder: &mut DocumentBuilder) {
        if self.is_preformatted() {
            let fresh = std::mem::take(&mut self.fresh);
            let text = if fresh { text.strip_prefix('\n').unwrap_or(text) } else { text };
            return builder.preformatted_text(text);
        }
        if text.trim().is_empty() {
            // Between blocks white space means nothing.
            if builder.has_text() {
                builder.running_text(" ");
            }
            return;
        }
        self.begin_content(builder);
        builder.running_text(&text.replace(|character: char| character.is_ascii_whitespace(), " "));
    }

    fn end_tag(&mut self, name: &str, source: &str, builder: &mut DocumentBuilder) {
        let element = element(name);
        if self.has_no_tags() && self.open.last().is_some_and(|open| open.name != name) {
            return;
        }
        match element {
            Element::Literal => return builder.running_text(source),
            Element::Void(Void::Break) => return builder.hard_break(),
            Element::Void(_) => return,
            _ => {}
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        match self.ended_by(element, name) {
            Some(index) if element.is_block() || self.removes(index) => self.end_from(index, builder),
            Some(index) => self.remove(index, builder),
            // These may have been ended by a block of Markdown.
            None if matches!(element, Element::Paragraph | Element::Heading(_) | Element::Summary) => {
                self.end_line(builder);
            }
            None => {}
        }
    }

    /// Returns whether all that is within an element goes with it.
    fn removes(&self, index: usize) -> bool {
        matches!(self.open.get(index), Some(Open { end: EndEffect::Remove(_), .. }))
    }

    /// Returns whether what looks like a tag is none, because of the element that it stands in.
    pub(super) fn has_no_tags(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                element: Some(Element::Raw | Element::Frame),
                end: EndEffect::Show | EndEffect::Media { .. },
                ..
            })
        )
    }

    /// The open element that an end tag ends.
    fn ended_by(&self, element: Element, name: &str) -> Option<usize> {
        for (index, open) in self.open.iter().enumerate().rev() {
            let outer = open.element?;
            let is_same = match element {
                Element::Heading(_) => matches!(outer, Element::Heading(_)),
                _ => open.name == name,
            };
            if is_same {
                return Some(index);
            }
            if outer.bounds(element) {
                return None;
            }
        }
        None
    }

    /// The outermost of the elements that end where this one begins.
    pub(super) fn implied(&self, element: Element) -> Option<usize> {
        let mut outermost = None;
        for (index, open) in self.open.iter().enumerate().rev() {
            let outer = open.element?;
            if element.ends(outer) {
                outermost = Some(index);
            } else if outer.bounds(element) {
                break;
            }
        }
        outermost
    }

    /// Opens an element.
    pub(super) fn push(&mut self, open: Open) {
        self.within_text += usize::from(open.within_text);
        self.open.push(open);
    }

    /// Returns whether there is room for another element; counts it if there is none.
    pub(super) fn has_room(&mut self) -> bool {
        let has_room = self.open.len() < MAX_OPEN;
        self.beyond += usize::from(!has_room);
        has_room
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut Open> {
        self.open.last_mut()
    }

    /// The innermost open part of a table, if a row or cell can begin there.
    pub(super) fn table_part(&mut self) -> Option<&mut Open> {
        let inner = self.open.iter_mut().rev().take_while(|open| open.element.is_some());
        inner.into_iter().find(|open| open.element.is_some_and(Element::is_of_table))
    }

    /// The innermost open table, if it began within the same block of Markdown.
    pub(super) fn table(&mut self) -> Option<&mut Open> {
        let inner = self.open.iter_mut().rev().take_while(|open| open.element.is_some());
        inner.into_iter().find(|open| open.element == Some(Element::Table))
    }

    pub(super) fn lines(&self) -> BlockRoom {
        self.open.last().map_or(BlockRoom::Flow, |open| open.lines)
    }

    /// Returns whether blocks of Markdown stand one below the other here.
    pub(crate) fn flows(&self) -> bool {
        self.lines() == BlockRoom::Flow && !self.is_preformatted()
    }

    pub(super) fn is_preformatted(&self) -> bool {
        let inner = self.open.iter().rev().take_while(|open| open.element.is_some());
        inner.into_iter().any(|open| open.element == Some(Element::Preformatted))
    }

    /// Ends the line before a block, or behind it.
    pub(super) fn end_line(&mut self, builder: &mut DocumentBuilder) {
        match self.lines() {
            // A heading of Markdown has one line as well.
            BlockRoom::Flow if !builder.in_heading() => builder.close_block(),
            BlockRoom::Flow | BlockRoom::Title | BlockRoom::Cell => builder.begin_line(),
        }
    }

    /// Ends the heading, summary or term that is open, so that a block can follow it.
    pub(super) fn end_title(&mut self, builder: &mut DocumentBuilder) {
        while self.lines() == BlockRoom::Title {
            self.end_from(self.open.len() - 1, builder);
        }
    }

    /// Makes room for text or a block: in a table for a cell of its own.
    pub(super) fn begin_content(&mut self, builder: &mut DocumentBuilder) {
        self.begin_details(builder);
        if builder.has_table() {
            self.begin_missing_cell(builder);
        }
    }

    /// Begins what a `details` element hides, if its summary is complete or missing.
    pub(super) fn begin_details(&mut self, builder: &mut DocumentBuilder) {
        let Some(Open { end: EndEffect::Details(open), .. }) = self.open.last_mut() else { return };
        let OpenDetails { details, stage, .. } = *open;
        open.stage = DetailsStage::Content;
        if stage == DetailsStage::Begun {
            builder.open_block(LeafBlock::Title(details));
            builder.running_text(NO_SUMMARY);
        }
        if let Some(details) = details.filter(|_| stage != DetailsStage::Content) {
            builder.open_container(Frame::Details { details, opens: true });
        }
    }

    /// Ends an element and all within it.
    pub(super) fn end_from(&mut self, index: usize, builder: &mut DocumentBuilder) {
        while self.open.len() > index {
            self.remove(self.open.len() - 1, builder);
        }
    }

    /// Ends an element, not those within it.
    fn remove(&mut self, index: usize, builder: &mut DocumentBuilder) {
        if index >= self.open.len() {
            return;
        }
        let open = self.open.remove(index);
        self.within_text -= usize::from(open.within_text);
        match open.end {
            EndEffect::Nothing => {}
            EndEffect::Line | EndEffect::Table { begun: false } => self.end_line(builder),
            EndEffect::Block => {
                builder.drop_empty_block();
                builder.close_block();
            }
            EndEffect::Term => {
                builder.close_block();
                builder.end_style(Look::Strong);
            }
            EndEffect::Container => builder.close_container(),
            EndEffect::Style(look) => builder.end_style(look),
            EndEffect::Link => builder.end_link(Markup::Html),
            EndEffect::Script(script, mark) => {
                builder.rewrite(mark, |before, text| scripts::written(script, before, text));
            }
            EndEffect::Text(text) => builder.running_text(text),
            EndEffect::Caption => {
                let caption = self.captions.pop().unwrap_or_default();
                listing::line(&caption, builder);
            }
            EndEffect::Show | EndEffect::Media { .. } => builder.show(),
            EndEffect::Remove(mark) => builder.rewind(mark),
            EndEffect::Table { begun: true } => {
                builder.end_table();
                self.end_line(builder);
            }
            EndEffect::Row => self.end_row(builder),
            EndEffect::Cell { columns, names_row } => {
                if names_row {
                    builder.end_style(Look::Strong);
                }
                builder.end_cell(columns);
            }
            EndEffect::Details(OpenDetails { details, is_alert, stage }) => {
                if stage == DetailsStage::Begun {
                    builder.open_block(LeafBlock::Title(details));
                    builder.running_text(NO_SUMMARY);
                }
                builder.close_block();
                if stage == DetailsStage::Content && details.is_some() {
                    builder.close_container();
                }
                if is_alert {
                    builder.close_container();
                }
            }
        }
    }

    fn end_row(&mut self, builder: &mut DocumentBuilder) {
        if builder.is_in_nested_table() {
            return builder.end_row();
        }
        let RowCount { rows, cells, names } = self.row;
        builder.end_row();
        if rows == 0 && cells > 0 && cells == names {
            builder.make_header();
        }
        self.row = RowCount { rows: rows + 1, ..RowCount::default() };
    }

    /// Counts a cell of the open row. Returns whether it names a row, which is then emphasised.
    pub(super) fn count_cell(&mut self, kind: CellKind) -> bool {
        self.row.cells += 1;
        self.row.names += usize::from(kind == CellKind::Head);
        self.row.rows > 0 && kind == CellKind::Head
    }
}
