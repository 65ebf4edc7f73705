//! Follows the parser's events.
//!
//! Owns what each event of Markdown does to the document. Must not put blocks together, nor know
//! what a tag of HTML means.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::document::{AlertKind, Frame, LinkKind, Portion};
use crate::text::formulas::FORMULA;
use crate::text::html::HtmlReader;
use crate::text::open_styles::{Look, Markup};
use crate::text::{clean, tables::TableBuilder};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

/// Builds a document from events, in order.
#[derive(Debug, Default)]
pub(crate) struct EventReader {
    builder: DocumentBuilder,
    html: HtmlReader,
    /// The block of HTML that is open, as far as it has come.
    html_block: Option<String>,
}

impl EventReader {
    /// Applies the next event of the parser.
    pub(crate) fn event(&mut self, event: Event<'_>) {
        match event {
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
            Tag::Link { dest_url, .. } => {
                self.builder.start_link(&dest_url, LinkKind::Text, Markup::Markdown);
            }
            Tag::Image { dest_url, .. } => {
                self.builder.start_link(&dest_url, LinkKind::Picture, Markup::Markdown);
            }
            Tag::Superscript | Tag::Subscript | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            block => self.start_block(block),
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        let Self { builder, html, .. } = self;
        match tag {
            // All of it has come at its end.
            Tag::HtmlBlock => return,
            Tag::Paragraph => return html.begin_block(Some(LeafBlock::Paragraph), builder),
            Tag::Heading { level, .. } => {
                return html.begin_block(Some(LeafBlock::Heading(level as u8)), builder);
            }
            _ => html.begin_block(None, builder),
        }
        match tag {
            Tag::BlockQuote(None) => builder.open_container(Frame::Quote { opens: true }),
            Tag::BlockQuote(Some(kind)) => {
                let kind = alert_kind(kind);
                builder.open_container(Frame::Alert { kind, titled: false, opens: true });
            }
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
                builder.open_block(LeafBlock::Paragraph);
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
            TagEnd::Link => builder.end_link(Markup::Markdown),
            TagEnd::Image => builder.end_image(),
            TagEnd::TableCell => {
                html.end_text(builder);
                builder.end_cell(1);
            }
            TagEnd::TableHead | TagEnd::TableRow => builder.end_row(),
            TagEnd::HtmlBlock => {
                let block = self.html_block.take().unwrap_or_default();
                html.block(&block, builder);
            }
            TagEnd::Paragraph | TagEnd::Heading(_) => html.end_block(builder),
            TagEnd::Table => {
                html.leave(builder);
                builder.end_table();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::Item
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
