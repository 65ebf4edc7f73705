//! Begins elements.
//!
//! Owns what each start tag does to the document. Must not know how elements end: `reader.rs`
//! does.

use crate::text::blocks::{DocumentBuilder, LeafBlock};
use crate::text::callouts;
use crate::text::clean;
use crate::text::document::{AlertKind, Alignment, Frame, LinkKind};
use crate::text::html::elements::{CellKind, Element, ListKind, Void, element};
use crate::text::html::listing;
use crate::text::html::reader::{
    BlockRoom, DetailsStage, EndEffect, HtmlReader, Open, OpenDetails, RowCount,
};
use crate::text::html::scripts::Script;
use crate::text::html::tokens::Tag;
use crate::text::limits::MAX_TABLE_COLUMNS;
use crate::text::open_styles::{Look, Markup};
use crate::text::tables::TableBuilder;

impl HtmlReader {
    /// Begins the element of a start tag, which may stand within running text.
    pub(super) fn start(&mut self, tag: &Tag, within_text: bool, builder: &mut DocumentBuilder) {
        if self.has_no_tags() {
            return;
        }
        let element = match element(&tag.name) {
            // Parts of a table that is not there still stand on lines of their own.
            element if element.is_of_table() && !self.belongs(element) => Element::Division,
            Element::Preformatted if listing::caption(tag).is_some() => Element::Listing,
            element => element,
        };
        if let Some(outermost) = self.implied(element) {
            self.end_from(outermost, builder);
        }
        let hidden = is_hidden(tag);
        // A heading has its id itself.
        let has_own = matches!(element, Element::Heading(_)) && self.lines() == BlockRoom::Flow;
        let id = tag.attribute("id").filter(|_| !has_own);
        id.into_iter().chain(tag.attribute("name")).for_each(|name| builder.anchor(name));
        if !hidden && !matches!(element, Element::Summary | Element::Hidden | Element::Raw) {
            self.begin_details(builder);
        }
        match element {
            Element::Void(Void::Source) => return self.source(tag, builder),
            Element::Void(void) if !hidden => return self.void(void, tag, builder),
            Element::Void(_) => return,
            Element::Literal => return builder.running_text(&tag.source),
            _ if !self.has_room() => return,
            _ => {}
        }
        let place = Place { tag, element, within_text };
        let end = if builder.is_hidden() {
            EndEffect::Nothing
        } else if hidden {
            hide(&place, builder)
        } else {
            self.begin(&place, builder)
        };
        let lines = match (element, &end) {
            (_, EndEffect::Block | EndEffect::Term) => BlockRoom::Title,
            (Element::Cell(_), _) => BlockRoom::Cell,
            (Element::Table | Element::Section | Element::Row, _) if self.lines() != BlockRoom::Cell => {
                BlockRoom::Flow
            }
            _ => self.lines(),
        };
        let within_text = within_text && !element.is_block();
        self.push(Open { element: Some(element), name: tag.name.clone(), lines, within_text, end });
    }

    /// Returns whether an element can stand here: the parts of a table only do in one.
    fn belongs(&mut self, element: Element) -> bool {
        match element {
            Element::Section | Element::Row | Element::Cell(_) | Element::Caption => self.table().is_some(),
            _ => true,
        }
    }

    fn begin(&mut self, place: &Place, builder: &mut DocumentBuilder) -> EndEffect {
        let Place { tag, element, .. } = *place;
        match element {
            Element::Styled(Look::Code) if self.is_preformatted() => {
                if let Some(language) = builder.language() {
                    *language = language_of(tag);
                }
                EndEffect::Nothing
            }
            Element::Styled(look) => {
                builder.start_style(look);
                EndEffect::Style(look)
            }
            Element::Link => begin_link(tag, builder),
            Element::Superscript => EndEffect::Script(Script::Super, builder.mark()),
            Element::Subscript => EndEffect::Script(Script::Sub, builder.mark()),
            Element::Quotation => {
                builder.running_text("“");
                EndEffect::Text("”")
            }
            Element::Pronunciation => {
                builder.running_text("(");
                EndEffect::Text(")")
            }
            Element::Media | Element::Frame => {
                source_link(tag, builder);
                builder.hide();
                EndEffect::Media { linked: tag.attribute("src").is_some() }
            }
            Element::Hidden | Element::Raw => hide(place, builder),
            Element::Inline | Element::Literal | Element::Void(_) => EndEffect::Nothing,
            _ => self.begin_block_element(place, builder),
        }
    }

    fn begin_block_element(&mut self, place: &Place, builder: &mut DocumentBuilder) -> EndEffect {
        let Place { tag, element, .. } = *place;
        if self.lines() == BlockRoom::Title && needs_blocks(element) {
            self.end_title(builder);
        }
        if !element.is_of_table() && element != Element::Summary {
            self.begin_content(builder);
        }
        let lines = self.lines();
        match element {
            Element::Table | Element::Section | Element::Row | Element::Cell(_) | Element::Caption => {
                return self.begin_table_part(place, builder);
            }
            Element::Summary => return self.begin_summary(builder),
            _ => self.end_line(builder),
        }
        match (element, lines) {
            (Element::Heading(level), BlockRoom::Flow) => {
                builder.open_block(LeafBlock::Heading { level, id: id_of(tag) });
                EndEffect::Block
            }
            (Element::Preformatted, _) => {
                self.fresh = true;
                builder.open_block(LeafBlock::Code(language_of(tag)));
                EndEffect::Line
            }
            (Element::Listing, _) => {
                self.captions.push(listing::caption(tag).unwrap_or_default());
                listing::line(tag.attribute(listing::FILE_NAME).unwrap_or_default(), builder);
                EndEffect::Caption
            }
            (Element::Term, BlockRoom::Flow) => {
                builder.open_block(LeafBlock::Title(None));
                builder.start_style(Look::Strong);
                EndEffect::Term
            }
            (Element::Quote, BlockRoom::Flow) => {
                builder.open_container(Frame::Quote { opens: true });
                EndEffect::Container
            }
            (Element::Definition, BlockRoom::Flow) => {
                builder.open_container(Frame::Definition { opens: true });
                EndEffect::Container
            }
            (Element::List(kind), BlockRoom::Flow | BlockRoom::Cell) => {
                let start = tag.number("start").map_or(1, |start| start as u64);
                builder.open_list((kind == ListKind::Numbers).then_some(start));
                EndEffect::Container
            }
            (Element::Item, _) if builder.containers.is_list() => {
                if let (Some(next), Some(number)) = (builder.containers.next_number(), tag.number("value")) {
                    *next = number as u64;
                }
                builder.open_item();
                EndEffect::Container
            }
            (Element::Callout, BlockRoom::Flow) => begin_callout(tag, builder),
            (Element::Details, BlockRoom::Flow) => {
                let details = Some(builder.new_details(tag.attribute("open").is_some()));
                EndEffect::Details(OpenDetails { details, is_alert: false, stage: DetailsStage::Begun })
            }
            _ => EndEffect::Line,
        }
    }

    /// Begins the summary of the details around it; a second one is a line like any other.
    fn begin_summary(&mut self, builder: &mut DocumentBuilder) -> EndEffect {
        if let Some(Open { end: EndEffect::Details(open), .. }) = self.last_mut()
            && open.stage == DetailsStage::Begun
        {
            open.stage = DetailsStage::Summarised;
            builder.open_block(LeafBlock::Title(open.details));
            return EndEffect::Block;
        }
        self.begin_details(builder);
        self.end_line(builder);
        EndEffect::Line
    }

    fn begin_table_part(&mut self, place: &Place, builder: &mut DocumentBuilder) -> EndEffect {
        match place.element {
            Element::Table => {
                self.end_line(builder);
                EndEffect::Table { begun: false }
            }
            Element::Caption if self.lines() == BlockRoom::Flow && !self.has_begun() => {
                builder.open_block(LeafBlock::Paragraph);
                EndEffect::Block
            }
            Element::Row => {
                self.begin_table(builder);
                EndEffect::Row
            }
            Element::Cell(kind) => {
                self.begin_row(builder);
                let number = |name| place.tag.number(name).unwrap_or(1).clamp(1, MAX_TABLE_COLUMNS);
                builder.begin_cell(alignment(place.tag), number("rowspan"), number("colspan"));
                let names_row = !builder.is_in_nested_table() && self.count_cell(kind);
                if names_row {
                    builder.start_style(Look::Strong);
                }
                EndEffect::Cell { columns: number("colspan"), names_row }
            }
            _ => EndEffect::Nothing,
        }
    }

    fn has_begun(&mut self) -> bool {
        matches!(self.table(), Some(Open { end: EndEffect::Table { begun: true }, .. }))
    }

    /// Begins the rows of a table, unless it has some.
    fn begin_table(&mut self, builder: &mut DocumentBuilder) {
        if let Some(Open { end: EndEffect::Table { begun: begun @ false }, .. }) = self.table() {
            *begun = true;
            builder.start_table(TableBuilder::growing());
            if !builder.is_in_nested_table() {
                self.row = RowCount::default();
            }
        }
    }

    /// Begins a row for a cell that stands outside of all rows.
    fn begin_row(&mut self, builder: &mut DocumentBuilder) {
        if !matches!(self.table_part(), Some(Open { element: Some(Element::Row), .. })) && self.has_room() {
            self.begin_table(builder);
            let (name, lines) = ("tr".to_owned(), self.lines());
            let element = Some(Element::Row);
            self.push(Open { element, name, lines, within_text: false, end: EndEffect::Row });
        }
    }

    /// Begins a cell for what stands between the rows or cells of a table.
    pub(super) fn begin_missing_cell(&mut self, builder: &mut DocumentBuilder) {
        let is_between = |open: &mut Open| match open.element {
            Some(Element::Table) => matches!(open.end, EndEffect::Table { begun: true }),
            other => matches!(other, Some(Element::Section | Element::Row)),
        };
        if self.table_part().is_some_and(is_between) {
            self.begin_row(builder);
            if self.has_room() {
                builder.begin_cell(None, 1, 1);
                self.count_cell(CellKind::Data);
                let (element, name) = (Some(Element::Cell(CellKind::Data)), "td".to_owned());
                let end = EndEffect::Cell { columns: 1, names_row: false };
                self.push(Open { element, name, lines: BlockRoom::Cell, within_text: false, end });
            }
        }
    }

    fn void(&mut self, void: Void, tag: &Tag, builder: &mut DocumentBuilder) {
        match void {
            Void::Break => builder.hard_break(),
            Void::Rule => {
                self.end_title(builder);
                builder.rule();
            }
            Void::Image => {
                self.begin_content(builder);
                image(tag, builder);
            }
            Void::WordBreak => builder.running_text("\u{200b}"),
            Void::Input if tag.attribute("type") == Some("checkbox") => {
                builder.checkbox(tag.attribute("checked").is_some());
            }
            Void::Embed => source_link(tag, builder),
            Void::Input | Void::Source | Void::Other => {}
        }
    }

    /// Shows the first source of what is around it, unless that has one of its own.
    fn source(&mut self, tag: &Tag, builder: &mut DocumentBuilder) {
        if let Some(Open { end: EndEffect::Media { linked: linked @ false }, .. }) = self.last_mut() {
            *linked = true;
            builder.show();
            source_link(tag, builder);
            builder.hide();
        }
    }
}

/// A start tag and where it stands.
struct Place<'a> {
    tag: &'a Tag,
    element: Element,
    within_text: bool,
}

/// Returns whether the author hides an element.
fn is_hidden(tag: &Tag) -> bool {
    let hides = |style: &str| {
        let style: String = style.chars().filter(|character| !character.is_whitespace()).collect();
        style.to_ascii_lowercase().contains("display:none")
    };
    tag.attribute("hidden").is_some() || tag.attribute("style").is_some_and(hides)
}

/// The id of a heading, if it has one.
fn id_of(tag: &Tag) -> Option<String> {
    let id = clean::clean_line(tag.attribute("id")?);
    (!id.is_empty()).then_some(id)
}

/// Hides what is in an element. Within running text it is only removed once the end tag has come: a
/// tag that is written in a sentence without an end is a part of the sentence.
fn hide(place: &Place, builder: &mut DocumentBuilder) -> EndEffect {
    if place.within_text && !place.element.is_block() {
        let mark = builder.mark();
        if place.element == Element::Raw {
            builder.running_text(&place.tag.source);
        }
        return EndEffect::Remove(mark);
    }
    builder.hide();
    EndEffect::Show
}

/// Returns whether an element is more than a line of a heading, summary or term.
fn needs_blocks(element: Element) -> bool {
    matches!(
        element,
        Element::List(_)
            | Element::Quote
            | Element::Details
            | Element::Callout
            | Element::Table
            | Element::Preformatted
            | Element::Definitions
    )
}

/// The language of code, as authors of Markdown and HTML name it.
fn language_of(tag: &Tag) -> String {
    let classes = tag.attribute("class").unwrap_or_default().split_ascii_whitespace();
    let named = classes.filter_map(|class| {
        ["language-", "lang-", "highlight-source-"].into_iter().find_map(|prefix| class.strip_prefix(prefix))
    });
    let name = named.chain(tag.attribute("lang")).next().unwrap_or_default();
    clean::clean_line(name).split([' ', ',']).next().unwrap_or_default().to_owned()
}

fn begin_link(tag: &Tag, builder: &mut DocumentBuilder) -> EndEffect {
    match tag.attribute("href").map(str::trim) {
        Some(target) if !target.is_empty() => {
            builder.start_link(target, LinkKind::Link, Markup::Html);
            EndEffect::Link
        }
        _ => EndEffect::Nothing,
    }
}

/// Begins a callout. One with a title has it as a summary, as details do.
fn begin_callout(tag: &Tag, builder: &mut DocumentBuilder) -> EndEffect {
    let kind = callouts::kind(tag.attribute("name").unwrap_or_default()).unwrap_or(AlertKind::Note);
    let titled = tag.attribute("title").is_some();
    builder.open_container(Frame::Alert { kind, titled, opens: true });
    let folds = tag.attribute("type").is_some_and(|kind| kind == "details");
    let details = folds.then(|| builder.new_details(tag.attribute("open").is_some()));
    let stage = if titled { DetailsStage::Begun } else { DetailsStage::Content };
    EndEffect::Details(OpenDetails { details, is_alert: true, stage })
}

/// Shows a picture as its description. One without a description is shown as its source; one whose
/// description is empty only adorns the page.
fn image(tag: &Tag, builder: &mut DocumentBuilder) {
    let source = tag.attribute("src").unwrap_or_default();
    linked(source, tag.attribute("alt").unwrap_or(source), LinkKind::Image, builder);
}

/// Shows a link to what a terminal cannot show, by its title if it has one.
fn source_link(tag: &Tag, builder: &mut DocumentBuilder) {
    let source = tag.attribute("src").unwrap_or_default();
    linked(source, tag.attribute("title").unwrap_or(source), LinkKind::Link, builder);
}

fn linked(target: &str, text: &str, kind: LinkKind, builder: &mut DocumentBuilder) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return;
    }
    if target.is_empty() {
        return builder.running_text(&text);
    }
    builder.start_link(target, kind, Markup::Html);
    builder.running_text(&text);
    builder.end_link(Markup::Html);
}

/// The alignment of a cell, if the tag says one other than to the left.
fn alignment(tag: &Tag) -> Option<Alignment> {
    let style = tag.attribute("style").unwrap_or_default();
    let styled = style.split_once("text-align").and_then(|(_, value)| value.trim_start().strip_prefix(':'));
    let value = styled.or(tag.attribute("align")).unwrap_or_default().trim_start();
    let is = |name: &str| value.get(..name.len()).is_some_and(|value| value.eq_ignore_ascii_case(name));
    match () {
        () if is("center") => Some(Alignment::Centre),
        () if is("right") => Some(Alignment::Right),
        () => None,
    }
}
