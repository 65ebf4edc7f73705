//! Follows the parser's events.
//!
//! Owns what each event of Markdown does to the document. Must not put blocks together, nor know
//! what a tag of HTML means.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::callouts::{self, CalloutHead};
use crate::text::clean;
use crate::text::document::{AlertKind, Details, ExerciseSlot, Frame, LinkKind, Portion};
use crate::text::exercise::ExerciseKind;
use crate::text::exercise_shape::ExerciseShape;
use crate::text::flavour::Flavour;
use crate::text::formulas::FORMULA;
use crate::text::html::HtmlReader;
use crate::text::line_map::{LineMap, TextLines};
use crate::text::open_styles::{Look, Markup};
use crate::text::tables::TableBuilder;
use crate::text::wiki::WikiLink;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// Builds a document from events, in order.
#[derive(Debug, Default)]
pub(crate) struct EventReader<'s> {
    source: &'s str,
    /// The byte up to which the source was read.
    at: usize,
    has_alerts: bool,
    builder: DocumentBuilder,
    html: HtmlReader,
    /// The block of HTML that is open, as far as it has come.
    html_block: Option<String>,
    /// The label of a wiki link was written already, instead of its target.
    is_labelled: bool,
    /// The byte up to which the head of a callout reaches, which is not its text.
    head_end: usize,
    /// The title of the callout or the answer that is open, up to its end.
    title: Option<CalloutTitle>,
    /// The number of containers that each open quote and each open item is.
    containers: Vec<usize>,
    /// The exercises that are still to come, by the first bytes of their quotes.
    expected: BTreeMap<usize, ExerciseShape>,
    /// The exercise that is open.
    exercise: Option<OpenExercise>,
}

/// An exercise that is open.
#[derive(Debug)]
struct OpenExercise {
    shape: ExerciseShape,
    /// The number of containers around what stands directly in it.
    depth: usize,
}

/// The title of a callout or an answer, of which the text comes next or is open.
#[derive(Debug, Clone, Copy)]
struct CalloutTitle {
    /// What it shows and hides, if it does.
    details: Option<Details>,
    /// Where what follows it begins; `None` if that is with the next line.
    end: Option<usize>,
}

impl<'s> EventReader<'s> {
    /// Reads events of a source of this flavour, of which `lines` is the way back to what it was made of.
    pub(crate) fn new(flavour: &Flavour, source: &'s str, lines: LineMap) -> Self {
        let builder = DocumentBuilder::new(flavour, TextLines::of(source, lines));
        Self { source, has_alerts: flavour.has_alerts(), builder, ..Self::default() }
    }

    /// Lets these quotes be exercises.
    pub(crate) fn expect(&mut self, exercises: BTreeMap<usize, ExerciseShape>) {
        self.expected = exercises;
    }

    /// Applies the next event of the parser, which stands in this range of the source.
    pub(crate) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        self.come_to(range.start);
        if self.title_ends_before(&event, &range) {
            self.end_title();
            if matches!(event, Event::SoftBreak | Event::HardBreak) {
                return;
            }
        }
        match event {
            event if self.is_in_head(&event, &range) => {}
            Event::Text(_) if self.is_labelled => {}
            Event::Text(text) if range.start < self.head_end => {
                // A piece of the head may have the beginning of the title in it.
                let title = text.get(self.head_end - range.start..).filter(|_| text.len() == range.len());
                self.builder.text(title.unwrap_or_default());
            }
            Event::SoftBreak | Event::HardBreak if self.title.is_some_and(|title| title.end.is_none()) => {
                self.end_title();
            }
            Event::Start(Tag::BlockQuote(kind)) => self.start_quote(kind, range.start),
            Event::Start(Tag::Item) => self.start_item(range.start),
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
            Event::Rule if self.begins_answer(range.start) => self.start_answer(),
            Event::Rule => {
                self.html.begin_block(None, &mut self.builder);
                self.builder.rule();
            }
            // Which answer is right is no task, and not to be seen at first.
            Event::TaskListMarker(_) if self.title.is_some() => {}
            Event::TaskListMarker(done) => {
                self.builder.containers.set_task(done);
            }
        }
    }

    /// Tells the builder how far the source was read. The place of a whole block of HTML is where it began;
    /// what ends is where the text before its end is.
    fn come_to(&mut self, at: usize) {
        if at >= self.at && self.html_block.is_none() {
            self.at = at;
            self.builder.come_to(at);
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
        self.containers.push(1);
        if let Some(shape) = self.expected.remove(&start)
            && self.html.flows()
            && self.builder.open_exercise(shape.kind, &shape.id)
        {
            self.exercise = Some(OpenExercise { shape, depth: self.containers.len() });
            return self.html.enter();
        }
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
            self.title = Some(CalloutTitle { details, end: None });
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
        if let Some(CalloutTitle { details: Some(details), end }) = self.title.take()
            // Without a title nothing would show it again.
            && (end.is_none() || self.builder.has_title_of(details))
        {
            self.open_details(details);
        }
    }

    /// Opens what a title shows and hides, up to the end of the quote or item that it is in.
    fn open_details(&mut self, details: Details) {
        self.builder.open_container(Frame::Details { details, opens: true });
        if let Some(containers) = self.containers.last_mut() {
            *containers += 1;
        }
    }

    /// Returns whether something belongs to the first line of an exercise, which is not shown.
    fn is_in_head(&self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let Some(exercise) = &self.exercise else { return false };
        let is_block = matches!(
            event,
            Event::Start(Tag::BlockQuote(_) | Tag::Paragraph)
                | Event::End(TagEnd::BlockQuote(_) | TagEnd::Paragraph)
        );
        range.end <= exercise.shape.head_end && !is_block
    }

    /// Returns whether the title that is open ends before something.
    fn title_ends_before(&self, event: &Event<'_>, range: &Range<usize>) -> bool {
        let end = self.title.and_then(|title| title.end);
        end.is_some_and(|end| range.start >= end) && !matches!(event, Event::End(_))
    }

    /// The exercise that is open, if what comes next stands directly in it.
    fn exercise_around(&self) -> Option<&ExerciseShape> {
        let exercise = self.exercise.as_ref()?;
        (self.containers.len() == exercise.depth).then_some(&exercise.shape)
    }

    /// Returns whether a rule is the one that an answer stands behind.
    fn begins_answer(&self, start: usize) -> bool {
        let shape = self.exercise_around();
        shape.is_some_and(|shape| shape.rule == Some(start)) && self.html.flows() && self.builder.flows()
    }

    /// Begins the answer to a question, which is hidden at first.
    fn start_answer(&mut self) {
        self.html.begin_block(None, &mut self.builder);
        let details = self.builder.new_details(false);
        self.builder.slot(ExerciseSlot::Answer(details));
        self.open_details(details);
    }

    /// Begins an item, which may be an answer to choose.
    fn start_item(&mut self, start: usize) {
        let answers = self.exercise_around().map(|shape| shape.answers.as_slice()).unwrap_or_default();
        let place = answers.iter().position(|answer| answer.item == start);
        let answer = place.and_then(|place| Some((u8::try_from(place + 1).ok()?, *answers.get(place)?)));
        self.start_block(Tag::Item);
        self.containers.push(1);
        if let Some((number, answer)) = answer
            && self.html.flows()
            && self.builder.flows()
        {
            self.builder.containers.set_answer(number, answer.is_right);
            let details = Some(self.builder.new_details(false));
            self.title = Some(CalloutTitle { details, end: Some(answer.effect) });
            self.builder.open_block(LeafBlock::Title(details));
        }
    }

    /// Ends a quote or an item, with what was opened in it.
    fn end_container(&mut self) {
        self.html.leave(&mut self.builder);
        self.title = None;
        if let Some(exercise) = self.exercise.take_if(|exercise| exercise.depth == self.containers.len()) {
            self.add_words(&exercise.shape);
        }
        for _ in 0..self.containers.pop().unwrap_or(1) {
            self.builder.close_container();
        }
    }

    /// Adds the place where the reader's words stand, if the exercise has one.
    fn add_words(&mut self, shape: &ExerciseShape) {
        let kind = match shape.kind {
            ExerciseKind::Write => LinkKind::Write,
            ExerciseKind::Yours => LinkKind::Yours,
            ExerciseKind::Choose | ExerciseKind::Ask => return,
        };
        let link = self.builder.add_link(&shape.id, kind);
        self.builder.slot(ExerciseSlot::Words(link));
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
            TagEnd::BlockQuote(_) | TagEnd::Item => self.end_container(),
            TagEnd::Table => {
                html.leave(builder);
                builder.end_table();
            }
            TagEnd::FootnoteDefinition | TagEnd::List(_) | TagEnd::DefinitionListDefinition => {
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
