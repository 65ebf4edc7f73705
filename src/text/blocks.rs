//! The parser's events become blocks.
//!
//! Owns which block is being filled and where it goes when it is full. Must not know how
//! text within a block is put together, nor parse anything.

use crate::text::containers::{Closed, Containers};
use crate::text::document::AlertKind;
use crate::text::inline::Inline;
use crate::text::looks::Looks;
use crate::text::markdown::{BLOCK, HEADING};
use crate::text::notes::Notes;
use crate::text::slug::Slugs;
use crate::text::tables::TableBuilder;
use crate::text::{Block, BlockKind, Frame, Heading, Link, Portion, Style, clean, columns};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

/// The bytes that need not be filled to cut a paragraph behind a word instead of within it.
const SCRAP: usize = BLOCK / 4;

/// A document while it is read.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    document: Portion,
    containers: Containers,
    /// The block being filled.
    leaf: Option<Leaf>,
    inline: Inline,
    table: Option<TableBuilder>,
    looks: Looks,
    slugs: Slugs,
    notes: Notes,
}

/// What kind of block is being filled.
#[derive(Debug)]
enum Leaf {
    Paragraph,
    Heading(u8),
    Code(String),
    Html,
}

impl Builder {
    /// Takes the next event.
    pub(crate) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => self.text(&text),
            Event::Code(text) => {
                let style = Style { code: true, ..self.style() };
                self.append(&text, style);
            }
            Event::FootnoteReference(label) => {
                let number = self.notes.number(&label);
                let style = self.style();
                self.append(&format!("[{number}]"), style);
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => {
                self.open_paragraph();
                self.inline().hard_break();
            }
            Event::Rule => {
                self.close();
                self.push(BlockKind::Rule, Inline::default(), false);
            }
            Event::TaskListMarker(done) => self.containers.set_task(done),
        }
    }

    /// The document, footnotes last.
    pub(crate) fn finish(mut self) -> Portion {
        self.close();
        self.document.blocks.extend(self.notes.into_blocks());
        self.document
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.looks.start(&tag),
            Tag::Link { dest_url, .. } => self.start_link(&dest_url, false),
            Tag::Image { dest_url, .. } => self.start_link(&dest_url, true),
            Tag::Superscript | Tag::Subscript | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            block => {
                self.close();
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                self.containers.loosen();
                self.leaf = Some(Leaf::Paragraph);
            }
            Tag::Heading { level, .. } => self.leaf = Some(Leaf::Heading(level as u8)),
            Tag::BlockQuote(None) => self.containers.open(Frame::Quote { opens: true }),
            Tag::BlockQuote(Some(kind)) => {
                self.containers.open(Frame::Alert { kind: alert(kind), opens: true });
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => self.leaf = Some(Leaf::Code(String::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(information)) => {
                let language = clean::clean_line(&information);
                let first = language.split([' ', ',']).next().unwrap_or_default();
                self.leaf = Some(Leaf::Code(first.to_owned()));
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.leaf = Some(Leaf::Html),
            Tag::List(next) => {
                let before = self.blocks().len();
                self.containers.open_list(next, before);
            }
            Tag::Item => self.containers.open_item(),
            Tag::FootnoteDefinition(label) => {
                let outer = self.notes.open(&label);
                self.containers.open_note(outer);
            }
            Tag::Table(alignments) => self.table = Some(TableBuilder::new(&alignments)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.looks.end(tag),
            TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Link => self.looks.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    table.end_cell();
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.end_table(),
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::List(_) => {
                self.close();
                self.leave();
            }
            _ => self.close(),
        }
    }

    /// Leaves the innermost container.
    fn leave(&mut self) {
        // An item or footnote without text still shows its marker.
        if self.containers.shows_nothing_yet() {
            self.push(BlockKind::Paragraph, Inline::default(), false);
        }
        match self.containers.close() {
            Closed::Nothing => {}
            Closed::Note(outer) => self.notes.close(outer),
            Closed::Numbered { first, depth, widest } => {
                for block in self.blocks().iter_mut().skip(first) {
                    match block.frames.get_mut(depth) {
                        Some(Frame::Item { digits, .. }) if *digits < widest => *digits = widest,
                        _ => {}
                    }
                }
            }
        }
    }

    fn start_link(&mut self, target: &str, image: bool) {
        self.open_paragraph();
        let length = self.inline().text.len();
        self.looks.start_link(self.document.links.len(), length);
        self.document.links.push(Link { target: clean::clean_line(target), image });
    }

    /// An image without alternative text is shown as its target.
    fn end_image(&mut self) {
        if let Some((link, length)) = self.looks.innermost_link()
            && self.inline().text.len() == length
            && let Some(target) = self.document.links.get(link).map(|link| link.target.clone())
        {
            let style = self.style();
            self.append(&target, style);
        }
        self.looks.end_link();
    }

    fn style(&self) -> Style {
        self.looks.style(&self.document.links)
    }

    /// The text being filled: the table's, if there is one.
    fn inline(&mut self) -> &mut Inline {
        match &mut self.table {
            Some(table) => table.inline(),
            None => &mut self.inline,
        }
    }

    /// The items of a tight list hold text without announcing a paragraph.
    fn open_paragraph(&mut self) {
        if self.leaf.is_none() && self.table.is_none() {
            self.leaf = Some(Leaf::Paragraph);
        }
    }

    fn text(&mut self, text: &str) {
        self.open_paragraph();
        if !matches!(self.leaf, Some(Leaf::Code(_) | Leaf::Html)) {
            let style = self.style();
            return self.append(text, style);
        }
        // The parser gives many lines at a time, or one that may be very long.
        let mut rest = text;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(lines_to_cut(rest));
            self.inline.preformatted(now);
            let is_line = self.inline.text.ends_with('\n');
            if self.inline.text.len() >= BLOCK && (is_line || !later.is_empty()) {
                self.cut();
            }
            rest = later;
        }
    }

    /// Appends running text, and cuts the paragraph when it grows too long.
    fn append(&mut self, text: &str, style: Style) {
        self.open_paragraph();
        if self.table.is_some() {
            return self.add(text, style);
        }
        if matches!(self.leaf, Some(Leaf::Heading(_))) && self.inline.text.len() + text.len() > HEADING {
            self.leaf = Some(Leaf::Paragraph);
        }
        let mut rest = text;
        while rest.len() > BLOCK.saturating_sub(self.inline.text.len()) {
            let room = BLOCK.saturating_sub(self.inline.text.len());
            let begun = !self.inline.text.is_empty();
            let (now, later) = rest.split_at(place_to_cut(rest, room, begun));
            self.add(now, style);
            self.cut();
            rest = later;
        }
        self.add(rest, style);
    }

    fn add(&mut self, text: &str, style: Style) {
        if style.code {
            self.inline().verbatim(text, style);
        } else {
            self.inline().run(text, style);
        }
    }

    fn end_row(&mut self) {
        let Some(table) = &mut self.table else { return };
        let spilled = table.end_row();
        if (spilled.is_some() || table.is_full())
            && let Some((kind, inline)) = table.take_part()
        {
            self.push(kind, inline, true);
        }
        if let Some(row) = spilled {
            self.spill(&row);
        }
    }

    /// Sets a row that is too wide or too long for a table as running text.
    fn spill(&mut self, row: &Inline) {
        let table = self.table.take();
        let mut at = 0;
        for span in &row.spans {
            self.spill_plain(row.text.get(at..span.range.start).unwrap_or_default());
            self.append(row.text.get(span.range.clone()).unwrap_or_default(), span.style);
            at = span.range.end;
        }
        self.spill_plain(row.text.get(at..).unwrap_or_default());
        self.close();
        self.table = table;
    }

    /// Appends a part of such a row, with a bar between its cells.
    fn spill_plain(&mut self, part: &str) {
        self.append(&part.replace('\n', " | "), Style::default());
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.table.take() else { return };
        let rest = table.take_row();
        if let Some((kind, inline)) = table.finish() {
            self.push(kind, inline, rest.is_some());
        }
        if let Some(rest) = rest {
            self.spill(&rest);
        }
    }

    /// Ends the block that is being filled, if any.
    fn close(&mut self) {
        self.flush(false);
    }

    /// Ends the block that is being filled and goes on in another of its kind.
    fn cut(&mut self) {
        let again = match &self.leaf {
            Some(Leaf::Code(language)) => Some(Leaf::Code(language.clone())),
            Some(Leaf::Html) => Some(Leaf::Html),
            _ => Some(Leaf::Paragraph),
        };
        self.flush(true);
        self.leaf = again;
    }

    fn flush(&mut self, continues: bool) {
        let Some(leaf) = self.leaf.take() else { return };
        let mut inline = std::mem::take(&mut self.inline);
        let preformatted = matches!(leaf, Leaf::Code(_) | Leaf::Html);
        if preformatted && inline.text.ends_with('\n') {
            inline.text.pop();
        } else if !preformatted && !continues {
            inline.trim();
        }
        let kind = match leaf {
            Leaf::Paragraph => BlockKind::Paragraph,
            Leaf::Html => BlockKind::Html,
            Leaf::Code(language) => BlockKind::Code { language },
            Leaf::Heading(level) => {
                BlockKind::Heading(Heading { level, slug: self.slugs.slug(&inline.text) })
            }
        };
        self.push(kind, inline, continues);
    }

    /// Adds a block with the frames that are open.
    fn push(&mut self, mut kind: BlockKind, mut inline: Inline, continues: bool) {
        if let BlockKind::Table(table) = &mut kind {
            let mut cells = table.rows.concat();
            inline.settle(&mut cells);
            let columns = table.alignments.len().max(1);
            table.rows = cells.chunks(columns).map(<[_]>::to_vec).collect();
        } else {
            inline.settle(&mut []);
        }
        let Inline { mut text, mut spans } = inline;
        text.shrink_to_fit();
        spans.shrink_to_fit();
        let block = Block { kind, frames: self.containers.frames().to_vec(), text, spans, continues };
        self.blocks().push(block);
        self.containers.filled();
    }

    /// Where blocks go now.
    fn blocks(&mut self) -> &mut Vec<Block> {
        match self.notes.blocks() {
            Some(blocks) => blocks,
            None => &mut self.document.blocks,
        }
    }
}

/// How much preformatted text is taken at once: whole lines, unless one is too long.
fn lines_to_cut(text: &str) -> usize {
    let most = columns::floor_boundary(text, BLOCK).max(text.floor_char_boundary(BLOCK / 2));
    if most == text.len() {
        return most;
    }
    text.get(..most).and_then(|lines| lines.rfind('\n')).map_or(most, |end| end + 1)
}

/// Where to cut text of which so many bytes fit: behind the last white space, else between
/// two graphemes. Not at its very start, unless the block has been `begun`.
fn place_to_cut(text: &str, room: usize, begun: bool) -> usize {
    let end = text.floor_char_boundary(room);
    let behind_space = text.get(..end).and_then(|head| head.rfind(' ')).map_or(0, |space| space + 1);
    if behind_space > 0 || begun && room < SCRAP {
        return behind_space;
    }
    match columns::floor_boundary(text, end) {
        // One grapheme that fills a block is none that anybody could read.
        0 if !begun => end,
        boundary => boundary,
    }
}

fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}
