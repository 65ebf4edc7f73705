//! Puts a document together, block by block.
//!
//! Owns which block is open and where it goes when it is complete; `filling.rs` fills it with text.
//! Must not know whether Markdown or HTML says so.

use crate::text::containers::{Closed, Containers};
use crate::text::document::{
    Block, BlockKind, Details, ExerciseSlot, Frame, Heading, Link, LinkKind, Marker, Portion, Rarities, Style,
};
use crate::text::exercise::ExerciseKind;
use crate::text::flavour::Flavour;
use crate::text::footnotes::Footnotes;
use crate::text::inline::InlineText;
use crate::text::limits::MAX_HEADING_BYTES;
use crate::text::line_map::TextLines;
use crate::text::open_styles::{Look, Markup, OpenStyles};
use crate::text::slug::Slugs;
use crate::text::tables::TableBuilder;
use crate::text::{addresses, clean, exercise_texts, own_ids, tex, wiki};

/// A document under construction.
#[derive(Debug, Default)]
pub(crate) struct DocumentBuilder {
    flavour: Flavour,
    document: Portion,
    pub(super) containers: Containers,
    /// The open leaf block; its text is in `inline`.
    pub(super) leaf: Option<LeafBlock>,
    pub(super) inline: InlineText,
    /// An empty text that has room, for the next block.
    spare: InlineText,
    pub(super) table: Option<TableBuilder>,
    /// The number of tables that are open within cells of that one.
    pub(super) nested_tables: usize,
    styles: OpenStyles,
    slugs: Slugs,
    footnotes: Footnotes,
    /// What was begun of exercises.
    exercises: Vec<(ExerciseKind, String)>,
    /// The anchors of the open block, or of the next one if none is open.
    anchors: Vec<String>,
    /// The lines of the source.
    pub(super) lines: TextLines,
    /// The byte of the source that is being read.
    pub(super) at: usize,
    /// The byte at which the open block, or the next one if none is open, begins.
    block_start: usize,
    /// The number of open elements that are not shown, nor what is in them.
    pub(super) hidden: usize,
    /// The number of texts that were completed so far, so that a
    /// [`TextPoint`](crate::text::filling::TextPoint) in another is known.
    pub(super) completed: usize,
}

/// A leaf block (the term of `CommonMark` for one that holds text instead of blocks) that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LeafBlock {
    Paragraph,
    Heading {
        level: u8,
        id: Option<String>,
    },
    Code(String),
    Formula,
    /// A title, and what it shows and hides.
    Title(Option<Details>),
}

impl DocumentBuilder {
    /// Builds a document of this flavour, of a source that has these lines.
    pub(crate) fn new(flavour: &Flavour, lines: TextLines) -> Self {
        Self { flavour: flavour.clone(), lines, ..Self::default() }
    }

    /// Lets links reach the open block, or the next one if none is open, under this name.
    pub(crate) fn anchor(&mut self, name: &str) {
        let name = clean::clean_line(name);
        if !name.is_empty() && name.len() <= MAX_HEADING_BYTES {
            self.anchors.push(name);
        }
    }

    /// Notes the byte of the source from which on it is read.
    pub(crate) fn come_to(&mut self, at: usize) {
        self.at = at;
        if self.leaf.is_none() && self.table.is_none() {
            self.block_start = at;
        }
    }

    /// Closes what is open and returns the document, footnotes last.
    pub(crate) fn finish(mut self) -> Portion {
        self.end_table();
        self.close_block();
        let anchors = std::mem::take(&mut self.anchors);
        if let Some(last) = self.document.blocks.last_mut() {
            last.anchors.extend(anchors);
        }
        self.document.blocks.extend(self.footnotes.into_blocks());
        self.document.blocks.shrink_to_fit();
        self.document.exercises = exercise_texts::gather(self.exercises, &self.document.blocks);
        self.document
    }

    /// Opens a leaf block. In the cell of a table it becomes lines of the cell's text.
    pub(crate) fn open_block(&mut self, leaf: LeafBlock) {
        self.close_block();
        if matches!(leaf, LeafBlock::Paragraph) {
            self.containers.loosen_list();
        }
        if self.table.is_none() {
            self.block_start = self.at;
        }
        self.leaf = Some(leaf);
    }

    /// Completes the open block.
    pub(crate) fn close_block(&mut self) {
        match &mut self.table {
            Some(table) => {
                self.leaf = None;
                table.begin_line();
            }
            None => self.finish_block(false),
        }
    }

    /// Drops the open block if it has no text.
    pub(crate) fn drop_empty_block(&mut self) {
        if self.table.is_none() && self.inline.text.trim().is_empty() {
            self.leaf = None;
            self.inline = InlineText::default();
        }
    }

    /// Returns whether a heading is open.
    pub(crate) fn in_heading(&self) -> bool {
        matches!(self.leaf, Some(LeafBlock::Heading { .. })) && self.table.is_none()
    }

    /// Returns whether running text would continue what is there.
    pub(crate) fn has_text(&self) -> bool {
        self.table.as_ref().map_or(!self.inline.text.is_empty(), TableBuilder::has_text)
    }

    /// The language of the open code, to be set as long as it has no text.
    pub(crate) fn language(&mut self) -> Option<&mut String> {
        match &mut self.leaf {
            Some(LeafBlock::Code(language)) if self.inline.text.is_empty() => Some(language),
            _ => None,
        }
    }

    /// Adds a thematic break.
    pub(crate) fn rule(&mut self) {
        self.close_block();
        if self.table.is_none() {
            self.push(BlockKind::Rule, InlineText::default(), false);
        }
    }

    /// Adds a place for something that is not in the text.
    pub(crate) fn slot(&mut self, slot: ExerciseSlot) {
        self.close_block();
        self.push(BlockKind::ExerciseSlot(slot), InlineText::default(), false);
    }

    /// Begins an exercise. Returns whether it has a place here: not within a table, nor where
    /// nothing is shown.
    pub(crate) fn open_exercise(&mut self, kind: ExerciseKind, id: &str) -> bool {
        let has_place = self.flows() && self.containers.has_room() && self.footnotes.blocks().is_none();
        if has_place {
            self.exercises.push((kind, id.to_owned()));
            let number = self.exercises.len();
            self.open_container(Frame::Exercise { kind, number, opens: true });
        }
        has_place
    }

    /// Returns whether the last block is the title that shows and hides these.
    pub(crate) fn has_title_of(&mut self, details: Details) -> bool {
        let last = self.blocks().last().map(|block| &block.kind);
        matches!(last, Some(BlockKind::Title { details: Some(title) }) if title.number == details.number)
    }

    /// Returns whether blocks stand one below the other here, and are shown.
    pub(crate) fn flows(&self) -> bool {
        self.table.is_none() && self.hidden == 0
    }

    /// Opens a container that is shown as this frame.
    pub(crate) fn open_container(&mut self, frame: Frame) {
        self.close_block();
        self.containers.open(frame);
    }

    /// Opens a list that is numbered from `start`, or has bullets.
    pub(crate) fn open_list(&mut self, start: Option<u64>) {
        self.close_block();
        let before = self.blocks().len();
        self.containers.open_list(start, before);
    }

    /// Opens an item of the innermost list.
    pub(crate) fn open_item(&mut self) {
        self.close_block();
        self.containers.open_item();
        if self.table.is_some()
            && let Some(Frame::Item { marker, .. }) = self.containers.frames().last()
        {
            let marker = marker.to_string() + " ";
            self.append(&marker, Style::default());
        }
    }

    /// Makes an item that has no text yet a task, or shows the box within the text.
    pub(crate) fn checkbox(&mut self, checked: bool) {
        if self.has_text() || self.table.is_some() || !self.containers.set_task(checked) {
            self.running_text(&format!("{} ", Marker::Task(checked)));
        }
    }

    /// Opens a footnote.
    pub(crate) fn open_footnote(&mut self, label: &str) {
        self.close_block();
        let outer = self.footnotes.open(label);
        self.containers.open_footnote(outer);
        self.anchor(&footnote_anchor(label));
    }

    /// Closes the innermost container.
    pub(crate) fn close_container(&mut self) {
        self.close_block();
        // An item or footnote without text still shows its marker.
        if self.containers.is_unmarked() && self.table.is_none() {
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

    /// Shows nothing of what follows, until [`Self::show`] was called as often.
    pub(crate) fn hide(&mut self) {
        self.hidden += 1;
    }

    /// Returns whether nothing is shown.
    pub(crate) fn is_hidden(&self) -> bool {
        self.hidden > 0
    }

    /// Undoes one [`Self::hide`].
    pub(crate) fn show(&mut self) {
        self.hidden = self.hidden.saturating_sub(1);
    }

    pub(crate) fn start_style(&mut self, look: Look) {
        self.styles.start(look);
    }

    pub(crate) fn end_style(&mut self, look: Look) {
        self.styles.end(look);
    }

    /// Begins a link. Its text follows.
    pub(crate) fn start_link(&mut self, target: &str, kind: LinkKind, markup: Markup) {
        let link = self.add_link(target, kind);
        let length = self.inline().text.len();
        self.styles.start_link(link, length, markup);
    }

    /// Numbers what a title shows and hides, at first if it is `open`.
    pub(crate) fn new_details(&mut self, open: bool) -> Details {
        Details { number: self.add_link("", LinkKind::Details), open }
    }

    /// Adds a target that is reached from what is not in the text.
    pub(crate) fn add_link(&mut self, target: &str, kind: LinkKind) -> usize {
        self.document.links.push(Link { target: clean::clean_line(target), kind });
        self.document.links.len() - 1
    }

    /// Ends a link.
    pub(crate) fn end_link(&mut self, markup: Markup) {
        self.styles.end_link(markup);
    }

    /// Ends an image of Markdown; one without alternative text is shown as its target.
    pub(crate) fn end_image(&mut self) {
        if let Some((link, length)) = self.styles.innermost_link()
            && self.inline().text.len() == length
            && let Some(target) = self.document.links.get(link).map(|link| link.target.clone())
        {
            self.running_text(&target);
        }
        self.styles.end_link(Markup::Markdown);
    }

    /// Appends the number of a footnote, as a link to it.
    pub(crate) fn footnote_reference(&mut self, label: &str) {
        if self.hidden == 0 {
            let number = self.footnotes.number(label);
            self.start_link(&format!("#{}", footnote_anchor(label)), LinkKind::Link, Markup::Markdown);
            self.running_text(&format!("[{number}]"));
            self.end_link(Markup::Markdown);
        }
    }

    /// Combines the styles that are open here.
    pub(super) fn style(&self) -> Style {
        self.styles.style(&self.document.links)
    }

    /// The text that events are appended to: the open table's, if there is one.
    pub(super) fn inline(&mut self) -> &mut InlineText {
        match &mut self.table {
            Some(table) => table.inline(),
            None => &mut self.inline,
        }
    }

    /// Opens a paragraph unless a block is open. The parser announces none within the items of
    /// a tight list.
    pub(super) fn open_paragraph(&mut self) {
        if self.leaf.is_none() && self.table.is_none() {
            self.leaf = Some(LeafBlock::Paragraph);
        }
    }

    /// Completes the open block and opens another of its kind, which continues it.
    pub(super) fn split_block(&mut self) {
        let again = match &self.leaf {
            Some(LeafBlock::Code(language)) => LeafBlock::Code(language.clone()),
            Some(LeafBlock::Formula) => LeafBlock::Formula,
            _ => LeafBlock::Paragraph,
        };
        self.finish_block(true);
        self.leaf = Some(again);
    }

    /// Completes the open block; `continues` says that the next one continues it.
    fn finish_block(&mut self, continues: bool) {
        let Some(leaf) = self.leaf.take() else { return };
        let mut inline = std::mem::replace(&mut self.inline, std::mem::take(&mut self.spare));
        self.completed += 1;
        let preformatted = matches!(leaf, LeafBlock::Code(_) | LeafBlock::Formula);
        if preformatted && inline.text.ends_with('\n') {
            inline.text.pop();
        } else if !preformatted && !continues {
            inline.trim();
            if inline.text.is_empty() && !matches!(leaf, LeafBlock::Heading { .. }) {
                return;
            }
        }
        let kind = match leaf {
            LeafBlock::Paragraph => BlockKind::Paragraph,
            LeafBlock::Code(language) => BlockKind::Code { language },
            LeafBlock::Formula => {
                inline = shown_formula(&inline.text, continues);
                BlockKind::Formula
            }
            LeafBlock::Title(details) => BlockKind::Title { details },
            LeafBlock::Heading { level, id } => {
                let id = id.or_else(|| self.flavour.has_own_ids().then(|| own_ids::take(&mut inline))?);
                let slug = match id {
                    Some(id) => self.slugs.own(id),
                    None => self.slugs.slug(&inline.text),
                };
                BlockKind::Heading(Heading { level, slug })
            }
        };
        let may_have_id = kind == BlockKind::Paragraph && !continues && self.flavour.has_wiki_links();
        if may_have_id && self.take_block_id(&mut inline) {
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
    pub(super) fn push(&mut self, mut kind: BlockKind, mut inline: InlineText, continues: bool) {
        // Nothing is appended to a block that is hidden; what it had before then is seen.
        if self.hidden > 0 && inline.text.trim().is_empty() {
            return;
        }
        if !matches!(
            kind,
            BlockKind::Code { .. } | BlockKind::Formula | BlockKind::Rule | BlockKind::ExerciseSlot(_)
        ) {
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
        let (text, spans, notations) = inline.take_parts();
        self.spare = inline;
        let anchors = std::mem::take(&mut self.anchors);
        let frames = self.containers.frames().to_vec();
        let is_common = breaks.is_empty() && notations.is_empty();
        let rarities = (!is_common).then(|| Box::new(Rarities { breaks, notations }));
        // What follows in the same line begins in it too.
        let line = self.lines.source_of(std::mem::replace(&mut self.block_start, self.at));
        self.blocks().push(Block { kind, frames, anchors, text, spans, continues, line, rarities });
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

/// The anchor of the footnote with this label, named as mdBook names it. Case does not matter in a
/// label.
fn footnote_anchor(label: &str) -> String {
    format!("footnote-{}", label.to_lowercase())
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
