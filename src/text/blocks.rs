//! The parser's events become blocks.
//!
//! Owns which block is being filled and where it goes when it is full. Must not know how
//! text within a block is put together, nor parse anything.

use crate::text::containers::{Closed, Containers};
use crate::text::document::AlertKind;
use crate::text::inline::Inline;
use crate::text::markdown::{BLOCK, HEADING};
use crate::text::slug::Slugs;
use crate::text::tables::TableBuilder;
use crate::text::{Block, BlockKind, Document, Frame, Heading, Link, Style, clean};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use std::collections::HashMap;

/// A document while it is read.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    document: Document,
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

/// Which inline styles are open.
#[derive(Debug, Default)]
struct Looks {
    emphasis: usize,
    strong: usize,
    strikethrough: usize,
    /// The open links and images, as indices into the document's links, and whether the
    /// text was empty when each began.
    links: Vec<(usize, usize)>,
}

/// The footnotes met so far.
#[derive(Debug, Default)]
struct Notes {
    /// The number that a label got at its first reference.
    numbers: HashMap<String, usize>,
    /// Label and blocks of each footnote.
    texts: Vec<(String, Vec<Block>)>,
    /// The one that is being read.
    open: Option<usize>,
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
    pub(crate) fn finish(mut self) -> Document {
        self.close();
        let Notes { mut numbers, texts, .. } = self.notes;
        // A footnote that nothing refers to is numbered behind the others.
        let mut notes: Vec<(usize, Vec<Block>)> = Vec::with_capacity(texts.len());
        for (label, blocks) in texts {
            let next = numbers.len() + 1;
            notes.push((*numbers.entry(label).or_insert(next), blocks));
        }
        notes.sort_by_key(|(number, _)| *number);
        for (number, mut blocks) in notes {
            for frame in blocks.iter_mut().filter_map(|block| block.frames.first_mut()) {
                if let Frame::Footnote { label, .. } = frame {
                    *label = number.to_string();
                }
            }
            self.document.blocks.append(&mut blocks);
        }
        self.document
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.looks.emphasis += 1,
            Tag::Strong => self.looks.strong += 1,
            Tag::Strikethrough => self.looks.strikethrough += 1,
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
            Tag::FootnoteDefinition(label) => self.start_note(&label),
            Tag::Table(alignments) => self.table = Some(TableBuilder::new(&alignments)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.looks.emphasis = self.looks.emphasis.saturating_sub(1),
            TagEnd::Strong => self.looks.strong = self.looks.strong.saturating_sub(1),
            TagEnd::Strikethrough => self.looks.strikethrough = self.looks.strikethrough.saturating_sub(1),
            TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Link => drop(self.looks.links.pop()),
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

    fn start_note(&mut self, label: &str) {
        self.containers.open_note(self.notes.open);
        self.notes.open = Some(self.notes.texts.len());
        self.notes.texts.push((note_key(label), Vec::new()));
    }

    /// Leaves the innermost container.
    fn leave(&mut self) {
        // An item or footnote without text still shows its marker.
        if self.containers.shows_nothing_yet() {
            self.push(BlockKind::Paragraph, Inline::default(), false);
        }
        match self.containers.close() {
            Closed::Nothing => {}
            Closed::Note(outer) => self.notes.open = outer,
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
        self.looks.links.push((self.document.links.len(), length));
        self.document.links.push(Link { target: clean::clean_line(target), image });
    }

    /// An image without alternative text is shown as its target.
    fn end_image(&mut self) {
        if let Some((link, length)) = self.looks.links.last().copied()
            && self.inline().text.len() == length
            && let Some(target) = self.document.links.get(link).map(|link| link.target.clone())
        {
            let style = self.style();
            self.append(&target, style);
        }
        self.looks.links.pop();
    }

    fn style(&self) -> Style {
        let is_image = |link: usize| self.document.links.get(link).is_some_and(|link| link.image);
        let links = || self.looks.links.iter().rev().map(|(link, _)| *link);
        Style {
            emphasis: self.looks.emphasis > 0,
            strong: self.looks.strong > 0,
            strikethrough: self.looks.strikethrough > 0,
            code: false,
            // A picture in a link stands for the link.
            link: links().find(|link| !is_image(*link)).or_else(|| links().next()),
        }
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
        self.inline.preformatted(text);
        if self.inline.text.len() >= BLOCK && self.inline.text.ends_with('\n') {
            self.cut();
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
        loop {
            let room = BLOCK.saturating_sub(self.inline.text.len());
            if rest.len() <= room {
                return self.add(rest, style);
            }
            let (now, later) = rest.split_at(place_to_cut(rest, room));
            self.add(now, style);
            self.cut();
            rest = later;
        }
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
        if let Some((kind, inline)) = self.table.take().and_then(TableBuilder::finish) {
            self.push(kind, inline, false);
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
        match self.notes.open.and_then(|open| self.notes.texts.get_mut(open)) {
            Some((_, blocks)) => blocks,
            None => &mut self.document.blocks,
        }
    }
}

impl Notes {
    /// The number of a label, given at its first reference.
    fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(note_key(label)).or_insert(next)
    }
}

/// The parser finds a footnote whatever the case of its label.
fn note_key(label: &str) -> String {
    label.to_lowercase()
}

/// Where to cut text that has room for so many bytes: behind the last white space, else
/// between two characters.
fn place_to_cut(text: &str, room: usize) -> usize {
    let end = text.floor_char_boundary(room);
    let head = text.get(..end).unwrap_or_default();
    match head.rfind(' ') {
        Some(space) => space + 1,
        // Cutting nothing off would never end.
        None => text.ceil_char_boundary(end.max(1)),
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
