//! Follows the parser's events.
//!
//! Owns what each event of Markdown does to the document. Must not put blocks together, nor know
//! what a tag of HTML means.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::callouts::{self, CalloutHead};
use crate::text::clean;
use crate::text::document::{AlertKind, Details, Frame, LinkKind, Portion};
use crate::text::flavour::Flavour;
use crate::text::formulas::FORMULA;
use crate::text::html::HtmlReader;
use crate::text::open_styles::{Look, Markup};
use crate::text::tables::TableBuilder;
use crate::text::wiki::WikiLink;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// Builds a document from events, in order.
#[derive(Debug, Default)]
pub(crate) struct EventReader<'s> {
    source: &'s str,
    has_alerts: bool,
    builder: DocumentBuilder,
    html: HtmlReader,
    /// The block of HTML that is open, as far as it has come.
    html_block: Option<String>,
    /// The label of a wiki link was written already, instead of its target.
    is_labelled: bool,
    /// The byte up to which the head of a callout reaches, which is not its text.
    head_end: usize,
    /// The title of the callout that is open: its line comes next.
    title: Option<CalloutTitle>,
    /// The number of containers that each open quote is.
    quotes: Vec<usize>,
}

/// The title of a callout, of which the text comes next or is open.
#[derive(Debug, Clone, Copy)]
struct CalloutTitle {
    /// What it shows and hides, if it does.
    details: Option<Details>,
}

impl<'s> EventReader<'s> {
    /// Reads events of a source of this flavour.
    pub(crate) fn new(flavour: &Flavour, source: &'s str) -> Self {
        let builder = DocumentBuilder::new(flavour);
        Self { source, has_alerts: flavour.has_alerts(), builder, ..Self::default() }
    }

    /// Applies the next event of the parser, which stands in this range of the source.
    pub(crate) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(_) if self.is_labelled => {}
            Event::Text(text) if range.start < self.head_end => {
                // A piece of the head may have the beginning of the title in it.
                let title = text.get(self.head_end - range.start..).filter(|_| text.len() == range.len());
                self.builder.text(title.unwrap_or_default());
            }
            Event::SoftBreak | Event::HardBreak if self.title.is_some() => self.end_title(),
            Event::Start(Tag::BlockQuote(kind)) => self.start_quote(kind, range.start),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.builder.text(&text),
            Event::InlineMath(source) => self.builder.formula(&source, "$"),
            Event::DisplayMath(source) => self.builder.display_formula(&source),
            Event::Html(html) => self.html_block.get_or_insert_default().push_str(&html),
            Event::InlineHtml(tag) => self.html.inline(&tag, &mut self.builder),
            Event::Code(text) => self.builder.code_span(&text),
            Event::FootnoteReference(label) => self.builder.footnote_reference(&label),
            Event::SoftBreak => self.builder.text(" "),
            Event::HardBreak => self.builder.hard_break(),
            Event::Rule => {
                self.html.begin_block(None, &mut self.builder);
                self.builder.rule();
            }
            Event::TaskListMarker(done) => {
                self.builder.containers.set_task(done);
            }
        }
    }

    /// Closes what is open and returns the document.
    pub(crate) fn finish(mut self) -> Portion {
        self.html.finish(&mut self.builder);
        self.builder.finish()
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.builder.start_style(Look::Emphasis),
            Tag::Strong => self.builder.start_style(Look::Strong),
            Tag::Strikethrough => self.builder.start_style(Look::Strikethrough),
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
            block => self.start_block(block),
        }
    }

    fn start_link(&mut self, target: &str, kind: LinkKind) {
        self.builder.start_link(target, kind, Markup::Markdown);
    }

    /// Opens a wiki link. One without a label of its own shows the name of the note.
    fn start_wiki_link(&mut self, link: &WikiLink, has_label: bool) {
        self.start_link(&link.target, link.kind);
        self.builder.running_text(link.introduction);
        if !has_label || link.kind == LinkKind::Image {
            self.builder.running_text(&link.label);
            self.is_labelled = true;
        }
    }

    /// Begins a quote, an alert, or a callout, whose head says which.
    fn start_quote(&mut self, kind: Option<BlockQuoteKind>, start: usize) {
        self.html.begin_block(None, &mut self.builder);
        self.quotes.push(1);
        let head =
            self.source.get(start..).filter(|_| self.has_alerts && kind.is_none()).and_then(callouts::head);
        match (kind, head) {
            (Some(kind), _) => {
                let kind = alert_kind(kind);
                self.builder.open_container(Frame::Alert { kind, titled: false, opens: true });
            }
            (None, Some(head)) => self.start_callout(&head, start),
            (None, None) => self.builder.open_container(Frame::Quote { opens: true }),
        }
        self.html.enter();
    }

    fn start_callout(&mut self, head: &CalloutHead<'_>, start: usize) {
        let kind = callouts::kind(head.name).unwrap_or(AlertKind::Note);
        let titled = head.titled || head.open.is_some() || !callouts::is_named(head.name);
        self.head_end = start + head.length;
        self.builder.open_container(Frame::Alert { kind, titled, opens: true });
        if titled {
            let details = head.open.map(|open| self.builder.new_details(open));
            self.title = Some(CalloutTitle { details });
        }
        if titled && !head.titled {
            let leaf = LeafBlock::Title(self.title.and_then(|title| title.details));
            self.builder.open_block(leaf);
            self.builder.running_text(&callouts::title(head.name));
            self.end_title();
        }
    }

    /// Ends the title of a callout, behind which its text begins.
    fn end_title(&mut self) {
        self.builder.close_block();
        if let Some(CalloutTitle { details: Some(details) }) = self.title.take() {
            self.builder.open_container(Frame::Details { details, opens: true });
            if let Some(containers) = self.quotes.last_mut() {
                *containers += 1;
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        let Self { builder, html, .. } = self;
        match tag {
            // All of it has come at its end.
            Tag::HtmlBlock => return,
            Tag::Paragraph => {
                let leaf = self.title.map_or(LeafBlock::Paragraph, |title| LeafBlock::Title(title.details));
                return html.begin_block(Some(leaf), builder);
            }
            Tag::Heading { level, ref id, .. } => {
                let id = id.as_ref().map(|id| clean::clean_line(id)).filter(|id| !id.is_empty());
                let heading = LeafBlock::Heading { level: level as u8, id };
                return html.begin_block(Some(heading), builder);
            }
            _ => html.begin_block(None, builder),
        }
        match tag {
            Tag::CodeBlock(CodeBlockKind::Indented) => builder.open_block(LeafBlock::Code(String::new())),
            Tag::CodeBlock(CodeBlockKind::Fenced(information)) if &*information == FORMULA => {
                builder.open_block(LeafBlock::Formula);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(information)) => {
                let language = clean::clean_line(&information);
                let first = language.split([' ', ',']).next().unwrap_or_default();
                builder.open_block(LeafBlock::Code(first.to_owned()));
            }
            Tag::List(start) => builder.open_list(start),
            Tag::Item => builder.open_item(),
            Tag::FootnoteDefinition(label) => builder.open_footnote(&label),
            Tag::Table(alignments) => builder.start_table(TableBuilder::new(&alignments)),
            Tag::DefinitionListTitle => {
                builder.open_block(LeafBlock::Title(None));
                builder.start_style(Look::Strong);
            }
            Tag::DefinitionListDefinition => builder.open_container(Frame::Definition { opens: true }),
            _ => builder.close_block(),
        }
        html.enter();
    }

    fn end(&mut self, tag: TagEnd) {
        let Self { builder, html, .. } = self;
        match tag {
            TagEnd::Emphasis => builder.end_style(Look::Emphasis),
            TagEnd::Strong => builder.end_style(Look::Strong),
            TagEnd::Strikethrough => builder.end_style(Look::Strikethrough),
            TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Link => {
                self.is_labelled = false;
                builder.end_link(Markup::Markdown);
            }
            TagEnd::Image => {
                self.is_labelled = false;
                builder.end_image();
            }
            TagEnd::TableCell => {
                html.end_text(builder);
                builder.end_cell(1);
            }
            TagEnd::TableHead | TagEnd::TableRow => builder.end_row(),
            TagEnd::HtmlBlock => {
                let block = self.html_block.take().unwrap_or_default();
                html.block(&block, builder);
            }
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                html.end_block(builder);
                if self.title.is_some() {
                    self.end_title();
                }
            }
            TagEnd::BlockQuote(_) => {
                html.leave(builder);
                self.title = None;
                for _ in 0..self.quotes.pop().unwrap_or(1) {
                    builder.close_container();
                }
            }
            TagEnd::Table => {
                html.leave(builder);
                builder.end_table();
            }
            TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::List(_)
            | TagEnd::DefinitionListDefinition => {
                html.leave(builder);
                builder.close_container();
            }
            TagEnd::DefinitionListTitle => {
                html.leave(builder);
                builder.close_block();
                builder.end_style(Look::Strong);
            }
            _ => {
                html.leave(builder);
                builder.close_block();
            }
        }
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
