//! Builds blocks from the parser's events.
//!
//! Owns which block is open and where it goes when it is complete. Must not know how the text
//! of a block is put together, nor parse anything itself.

use crate::text::containers::{Closed, Containers};
use crate::text::document::{
    AlertKind, Block, BlockKind, Frame, Heading, Link, LinkKind, Portion, Rarities, Style,
};
use crate::text::flavour::Flavour;
use crate::text::footnotes::Footnotes;
use crate::text::formulas::FORMULA;
use crate::text::inline::InlineText;
use crate::text::limits::{MAX_BLOCK_BYTES, MAX_HEADING_BYTES};
use crate::text::open_styles::OpenStyles;
use crate::text::slug::Slugs;
use crate::text::tables::TableBuilder;
use crate::text::wiki::{self, WikiLink};
use crate::text::{addresses, clean, columns, own_ids, tex};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};

/// The most bytes of a block that may stay empty so that it ends at a word boundary instead of
/// within a word.
const WORD_SLACK: usize = MAX_BLOCK_BYTES / 4;

/// A document under construction.
#[derive(Debug, Default)]
pub(crate) struct DocumentBuilder {
    flavour: Flavour,
    document: Portion,
    containers: Containers,
    /// The open leaf block; its text is in `inline`.
    leaf: Option<LeafBlock>,
    inline: InlineText,
    table: Option<TableBuilder>,
    styles: OpenStyles,
    slugs: Slugs,
    footnotes: Footnotes,
    /// The anchors of the open block, or of the next one if none is open.
    anchors: Vec<String>,
    /// The label of a wiki link was written already, instead of its target.
    is_labelled: bool,
}

/// A leaf block (the term of `CommonMark` for one that holds text instead of blocks) that is open.
#[derive(Debug)]
enum LeafBlock {
    Paragraph,
    Heading { level: u8, id: Option<String> },
    Code(String),
    Formula,
    Html,
}

impl DocumentBuilder {
    /// Builds a document from the events of this flavour.
    pub(crate) fn new(flavour: &Flavour) -> Self {
        Self { flavour: flavour.clone(), ..Self::default() }
    }

    /// Lets links reach the open block, or the next one if none is open, under this name.
    pub(crate) fn anchor(&mut self, name: &str) {
        let name = clean::clean_line(name);
        if !name.is_empty() && name.len() <= MAX_HEADING_BYTES {
            self.anchors.push(name);
        }
    }

    /// Applies the next event of the parser.
    pub(crate) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(_) if self.is_labelled => {}
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::InlineMath(source) => self.formula(&source, "$"),
            Event::DisplayMath(source) => self.display_formula(&source),
            Event::Code(text) => {
                let style = Style { code: true, ..self.style() };
                self.append(&text, style);
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.text(" "),
            // Behind a formula that is set apart a line has ended already.
            Event::HardBreak if self.is_between_blocks() => {}
            Event::HardBreak => self.inline().push_hard_break(),
            Event::Rule => {
                self.close_block();
                self.push(BlockKind::Rule, InlineText::default(), false);
            }
            Event::TaskListMarker(done) => self.containers.set_task(done),
        }
    }

    /// Closes what is open and returns the document, footnotes last.
    pub(crate) fn finish(mut self) -> Portion {
        self.close_block();
        let anchors = std::mem::take(&mut self.anchors);
        if let Some(last) = self.document.blocks.last_mut() {
            last.anchors.extend(anchors);
        }
        self.document.blocks.extend(self.footnotes.into_blocks());
        self.document.blocks.shrink_to_fit();
        self.document
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.styles.start(&tag),
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                self.start_wiki_link(&WikiLink::to(&dest_url), has_pothole);
            }
            Tag::Image { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                self.start_wiki_link(&WikiLink::embedding(&dest_url), has_pothole);
            }
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.start_link(&format!("mailto:{dest_url}"), LinkKind::Link);
            }
            Tag::Link { dest_url, .. } => self.start_link(&dest_url, LinkKind::Link),
            Tag::Image { dest_url, .. } => self.start_link(&dest_url, LinkKind::Image),
            Tag::Superscript | Tag::Subscript | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            block => {
                self.close_block();
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.containers.loosen_list();
                self.leaf = Some(LeafBlock::Paragraph);
            }
            Tag::DefinitionListTitle => {
                self.styles.start(&Tag::Strong);
                self.leaf = Some(LeafBlock::Paragraph);
            }
            Tag::DefinitionListDefinition => self.containers.open(Frame::Definition { opens: true }),
            Tag::Heading { level, id, .. } => {
                let id = id.map(|id| clean::clean_line(&id)).filter(|id| !id.is_empty());
                self.leaf = Some(LeafBlock::Heading { level: level as u8, id });
            }
            Tag::BlockQuote(None) => self.containers.open(Frame::Quote { opens: true }),
            Tag::BlockQuote(Some(kind)) => {
                self.containers.open(Frame::Alert { kind: alert_kind(kind), opens: true });
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => self.leaf = Some(LeafBlock::Code(String::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(information)) if &*information == FORMULA => {
                self.leaf = Some(LeafBlock::Formula);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(information)) => {
                let language = clean::clean_line(&information);
                let first = language.split([' ', ',']).next().unwrap_or_default();
                self.leaf = Some(LeafBlock::Code(first.to_owned()));
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.leaf = Some(LeafBlock::Html),
            Tag::List(next) => {
                let before = self.blocks().len();
                self.containers.open_list(next, before);
            }
            Tag::Item => self.containers.open_item(),
            Tag::FootnoteDefinition(label) => {
                let outer = self.footnotes.open(&label);
                self.containers.open_footnote(outer);
                self.anchor(&footnote_anchor(&label));
            }
            Tag::Table(alignments) => self.table = Some(TableBuilder::new(&alignments)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.styles.end(tag),
            TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Link => {
                self.is_labelled = false;
                self.styles.end_link();
            }
            TagEnd::Image => {
                self.is_labelled = false;
                self.end_image();
            }
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    table.end_cell();
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.end_table(),
            TagEnd::DefinitionListTitle => {
                self.close_block();
                self.styles.end(TagEnd::Strong);
            }
            TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition
            | TagEnd::List(_) => {
                self.close_block();
                self.close_container();
            }
            _ => self.close_block(),
        }
    }

    /// Closes the innermost container.
    fn close_container(&mut self) {
        // An item or footnote without text still shows its marker.
        if self.containers.is_unmarked() {
            self.push(BlockKind::Paragraph, InlineText::default(), false);
        }
        match self.containers.close() {
            Closed::Nothing => {}
            Closed::Footnote(outer) => self.footnotes.close(outer),
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

    fn start_link(&mut self, target: &str, kind: LinkKind) {
        self.open_paragraph();
        let length = self.inline().text.len();
        self.styles.start_link(self.document.links.len(), length);
        self.document.links.push(Link { target: clean::clean_line(target), kind });
    }

    /// Opens a wiki link. One without a label of its own shows the name of the note.
    fn start_wiki_link(&mut self, link: &WikiLink, has_label: bool) {
        self.start_link(&link.target, link.kind);
        if !has_label || link.kind == LinkKind::Image {
            let style = self.style();
            self.append(&link.label, style);
            self.is_labelled = true;
        }
    }

    /// Appends the number of a footnote, as a link to it.
    fn footnote_reference(&mut self, label: &str) {
        let number = self.footnotes.number(label);
        self.start_link(&format!("#{}", footnote_anchor(label)), LinkKind::Link);
        let style = self.style();
        self.append(&format!("[{number}]"), style);
        self.styles.end_link();
    }

    /// Closes an image; one without alternative text is shown as its target.
    fn end_image(&mut self) {
        if let Some((link, length)) = self.styles.innermost_link()
            && self.inline().text.len() == length
            && let Some(target) = self.document.links.get(link).map(|link| link.target.clone())
        {
            let style = self.style();
            self.append(&target, style);
        }
        self.styles.end_link();
    }

    /// Combines the styles that are open here.
    fn style(&self) -> Style {
        self.styles.style(&self.document.links)
    }

    /// The text that events are appended to: the open table's, if there is one.
    fn inline(&mut self) -> &mut InlineText {
        match &mut self.table {
            Some(table) => table.inline(),
            None => &mut self.inline,
        }
    }

    /// Opens a paragraph unless a block is open. The parser announces none within the items of
    /// a tight list.
    fn open_paragraph(&mut self) {
        if self.is_between_blocks() {
            self.leaf = Some(LeafBlock::Paragraph);
        }
    }

    fn is_between_blocks(&self) -> bool {
        self.leaf.is_none() && self.table.is_none()
    }

    /// Appends a formula within running text, in Unicode if all of it can be shown so. `sign`
    /// encloses it in the source.
    fn formula(&mut self, source: &str, sign: &str) {
        let written = format!("{sign}{source}{sign}");
        let style = Style { code: true, ..self.style() };
        match tex::in_line(source) {
            Some(shown) => {
                self.open_paragraph();
                self.bound_heading(shown.len());
                if self.table.is_none() && self.inline.text.len() + shown.len() > MAX_BLOCK_BYTES {
                    self.split_block();
                }
                self.inline().push_formula(&shown, written, style);
            }
            None => self.append(&written.replace('\n', " "), style),
        }
    }

    /// Sets a formula apart as a block, where there can be one.
    fn display_formula(&mut self, source: &str) {
        if self.table.is_some() || !matches!(self.leaf, Some(LeafBlock::Paragraph) | None) {
            return self.formula(source, "$$");
        }
        if self.inline.text.is_empty() {
            self.leaf = None;
        }
        self.close_block();
        self.leaf = Some(LeafBlock::Formula);
        self.text(source.strip_prefix('\n').unwrap_or(source));
        self.close_block();
    }

    /// Appends text to the open block, line by line where it is preformatted.
    fn text(&mut self, text: &str) {
        if self.is_between_blocks() && text.bytes().all(|byte| byte == b' ') {
            return;
        }
        self.open_paragraph();
        if !matches!(self.leaf, Some(LeafBlock::Code(_) | LeafBlock::Formula | LeafBlock::Html)) {
            let style = self.style();
            return self.append(text, style);
        }
        // The parser gives many lines at a time, or one that may be very long.
        let mut rest = text;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(lines_within_block(rest));
            self.inline.push_preformatted(now);
            let is_line = self.inline.text.ends_with('\n');
            if self.inline.text.len() >= MAX_BLOCK_BYTES && (is_line || !later.is_empty()) {
                self.split_block();
            }
            rest = later;
        }
    }

    /// Appends running text, and splits the paragraph where it grows beyond
    /// [`MAX_BLOCK_BYTES`].
    fn append(&mut self, text: &str, style: Style) {
        self.open_paragraph();
        if self.table.is_some() {
            return self.add(text, style);
        }
        self.bound_heading(text.len());
        let mut rest = text;
        while rest.len() > MAX_BLOCK_BYTES.saturating_sub(self.inline.text.len()) {
            let room = MAX_BLOCK_BYTES.saturating_sub(self.inline.text.len());
            let begun = !self.inline.text.is_empty();
            let (now, later) = rest.split_at(split_point(rest, room, begun));
            self.add(now, style);
            self.split_block();
            rest = later;
        }
        self.add(rest, style);
    }

    /// Turns a heading that `more` bytes would make too long into a paragraph.
    fn bound_heading(&mut self, more: usize) {
        if matches!(self.leaf, Some(LeafBlock::Heading { .. }))
            && self.inline.text.len() + more > MAX_HEADING_BYTES
        {
            self.leaf = Some(LeafBlock::Paragraph);
        }
    }

    fn add(&mut self, text: &str, style: Style) {
        if style.code {
            self.inline().push_verbatim(text, style);
        } else {
            self.inline().push_text(text, style);
        }
    }

    fn end_row(&mut self) {
        let Some(table) = &mut self.table else { return };
        let spilled = table.end_row();
        if (spilled.is_some() || table.is_full())
            && let Some((kind, inline)) = table.take_filled_rows()
        {
            self.push(kind, inline, true);
        }
        if let Some(row) = spilled {
            self.spill(&row);
        }
    }

    /// Adds a row that is too wide or too long for a table as a paragraph.
    fn spill(&mut self, row: &InlineText) {
        let table = self.table.take();
        let mut at = 0;
        for span in &row.spans {
            self.spill_plain(row.text.get(at..span.range.start).unwrap_or_default());
            self.append(row.text.get(span.range.clone()).unwrap_or_default(), span.style);
            at = span.range.end;
        }
        self.spill_plain(row.text.get(at..).unwrap_or_default());
        self.close_block();
        self.table = table;
    }

    /// Appends a piece of such a row, with a bar between its cells.
    fn spill_plain(&mut self, part: &str) {
        self.append(&part.replace('\n', " | "), Style::default());
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.table.take() else { return };
        let rest = table.take_unfinished_row();
        if let Some((kind, inline)) = table.finish() {
            self.push(kind, inline, rest.is_some());
        }
        if let Some(rest) = rest {
            self.spill(&rest);
        }
    }

    /// Completes the open block, if there is one.
    fn close_block(&mut self) {
        self.finish_block(false);
    }

    /// Completes the open block and opens another of its kind, which continues it.
    fn split_block(&mut self) {
        let again = match &self.leaf {
            Some(LeafBlock::Code(language)) => Some(LeafBlock::Code(language.clone())),
            Some(LeafBlock::Html) => Some(LeafBlock::Html),
            Some(LeafBlock::Formula) => Some(LeafBlock::Formula),
            _ => Some(LeafBlock::Paragraph),
        };
        self.finish_block(true);
        self.leaf = again;
    }

    /// Completes the open block; `continues` says that the next one continues it.
    fn finish_block(&mut self, continues: bool) {
        let Some(leaf) = self.leaf.take() else { return };
        let mut inline = std::mem::take(&mut self.inline);
        let preformatted = matches!(leaf, LeafBlock::Code(_) | LeafBlock::Formula | LeafBlock::Html);
        if preformatted && inline.text.ends_with('\n') {
            inline.text.pop();
        } else if !preformatted && !continues {
            inline.trim();
        }
        let kind = match leaf {
            LeafBlock::Paragraph => BlockKind::Paragraph,
            LeafBlock::Html => BlockKind::Html,
            LeafBlock::Formula => {
                inline = shown_formula(&inline.text, continues);
                BlockKind::Formula
            }
            LeafBlock::Code(language) => BlockKind::Code { language },
            LeafBlock::Heading { level, id } => {
                let id = id.or_else(|| self.flavour.has_own_ids().then(|| own_ids::take(&mut inline))?);
                let slug = match id {
                    Some(id) => self.slugs.own(id),
                    None => self.slugs.slug(&inline.text),
                };
                BlockKind::Heading(Heading { level, slug })
            }
        };
        if kind == BlockKind::Paragraph
            && !continues
            && self.flavour.has_wiki_links()
            && self.take_block_id(&mut inline)
        {
            return;
        }
        self.push(kind, inline, continues);
    }

    /// Takes the id off the end of a block, which wiki links reach it by. Returns whether there
    /// was nothing else: then it is that of the block before.
    fn take_block_id(&mut self, inline: &mut InlineText) -> bool {
        let Some(id) = wiki::take_block_id(inline) else { return false };
        let is_alone = inline.text.is_empty();
        match self.blocks().last_mut() {
            Some(before) if is_alone => before.anchors.push(id),
            _ => self.anchors.push(id),
        }
        is_alone && !self.containers.is_unmarked()
    }

    /// Adds a block within the containers that are open.
    fn push(&mut self, mut kind: BlockKind, mut inline: InlineText, continues: bool) {
        if matches!(kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Table(_)) {
            addresses::link(&mut inline, &mut self.document.links);
        }
        let breaks = if let BlockKind::Table(table) = &mut kind {
            let mut cells = table.rows.concat();
            let breaks = inline.finish_text(&mut cells);
            let columns = table.alignments.len().max(1);
            table.rows = cells.chunks(columns).map(<[_]>::to_vec).collect();
            breaks
        } else {
            inline.finish_text(&mut [])
        };
        let InlineText { mut text, mut spans, notations } = inline;
        text.shrink_to_fit();
        spans.shrink_to_fit();
        let is_common = breaks.is_empty() && notations.is_empty();
        let rarities = (!is_common).then(|| Box::new(Rarities { breaks, notations }));
        let anchors = std::mem::take(&mut self.anchors);
        let frames = self.containers.frames().to_vec();
        self.blocks().push(Block { kind, frames, anchors, text, spans, continues, rarities });
        self.containers.mark_filled();
    }

    /// The list that blocks are added to: the open footnote's, else the document's.
    fn blocks(&mut self) -> &mut Vec<Block> {
        match self.footnotes.blocks() {
            Some(blocks) => blocks,
            None => &mut self.document.blocks,
        }
    }
}

/// A formula that is set apart: in Unicode if all of it can be shown so, else as it is written,
/// dollar signs included. One that was split, as it is too long, stays as it is.
fn shown_formula(source: &str, continues: bool) -> InlineText {
    let written = format!("$$\n{}\n$$", source.trim_end());
    let mut inline = InlineText::default();
    match tex::in_lines(source).filter(|_| !continues) {
        Some(shown) => inline.push_formula(&shown, written, Style::default()),
        None => inline.push_preformatted(&written),
    }
    inline
}

/// The anchor of the footnote with this label, named as mdBook names it. Case does not matter in a
/// label.
fn footnote_anchor(label: &str) -> String {
    format!("footnote-{}", label.to_lowercase())
}

/// Returns how many bytes of preformatted text fit one block: whole lines, unless one line is
/// too long by itself.
fn lines_within_block(text: &str) -> usize {
    let most =
        columns::floor_boundary(text, MAX_BLOCK_BYTES).max(text.floor_char_boundary(MAX_BLOCK_BYTES / 2));
    if most == text.len() {
        return most;
    }
    text.get(..most).and_then(|lines| lines.rfind('\n')).map_or(most, |end| end + 1)
}

/// Finds where to split text of which `room` bytes fit: after the last white space, else
/// between two graphemes. Never at the very start, unless the block has text already (`begun`).
fn split_point(text: &str, room: usize, begun: bool) -> usize {
    let end = text.floor_char_boundary(room);
    let after_space = text.get(..end).and_then(|head| head.rfind(' ')).map_or(0, |space| space + 1);
    if after_space > 0 || begun && room < WORD_SLACK {
        return after_space;
    }
    match columns::floor_boundary(text, end) {
        // A single grapheme that fills a block is not text that anybody reads.
        0 if !begun => end,
        boundary => boundary,
    }
}

fn alert_kind(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}
