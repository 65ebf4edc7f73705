//! Which quotes of a text are exercises, and where their parts begin.
//!
//! Owns how an exercise is written down. It looks at the parser's events before anything is made of
//! them, since only the whole of a quote shows whether it is one: what is not stays a quote. Must not
//! build blocks, nor judge what an author meant by one that is none: `course/check` does.

use crate::text::callouts;
use crate::text::exercise::{ExerciseKind, is_id};
use crate::text::limits::MAX_EXERCISES;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

/// How many answers there can be to choose from.
pub(crate) const ANSWERS: RangeInclusive<usize> = 2..=6;

/// The parts of a quote that is an exercise, as bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExerciseShape {
    /// What it wants.
    pub(crate) kind: ExerciseKind,
    /// Its id.
    pub(crate) id: String,
    /// Where its first line ends, which is not shown.
    pub(crate) head_end: usize,
    /// For a question: the rule that its answer stands behind.
    pub(crate) rule: Option<usize>,
    /// The answers to choose from.
    pub(crate) answers: Vec<AnswerShape>,
}

/// The parts of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AnswerShape {
    /// Where its item begins.
    pub(crate) item: usize,
    /// Where what it does begins.
    pub(crate) effect: usize,
    /// Whether the author would choose it.
    pub(crate) is_right: bool,
}

/// What keeps a quote that is headed like an exercise from being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Misshapen {
    /// It has no id.
    NoId,
    /// Its id cannot be one.
    BadId,
    /// Another exercise of the lesson has its id.
    Twice,
    /// It asks nothing.
    NoPrompt,
    /// A line of dashes directly below its text makes a heading of that, and of its head.
    Underlined,
    /// A question has no rule, or nothing behind it.
    NoRule,
    /// There are not as many answers as there have to be.
    Answers,
    /// No answer is marked as right.
    NoneRight,
    /// An answer does not say what it does.
    NoEffect,
    /// It stands within something else.
    Within,
    /// The lesson has too many before it.
    TooMany,
}

/// A quote that is headed like an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headed {
    /// Its first byte.
    pub(crate) start: usize,
    /// The kind that its head names.
    pub(crate) kind: ExerciseKind,
    /// What stands where its id does.
    pub(crate) id: String,
    /// Its parts, or why it is none.
    pub(crate) shape: Result<ExerciseShape, Misshapen>,
}

/// Finds the quotes that are headed like exercises in a text that the parser made these events of.
pub(crate) fn headed(source: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Headed> {
    let mut found: Vec<Headed> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut exercises = 0;
    let mut depth = 0_usize;
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::BlockQuote(_)) => {
                let rest = events.get(index..).unwrap_or_default();
                if let Some((kind, id, head_end)) = head(source, range.start) {
                    let shape = match depth {
                        0 => shape(kind, id, head_end, rest),
                        _ => Err(Misshapen::Within),
                    };
                    let shape = match shape {
                        Ok(_) if exercises >= MAX_EXERCISES => Err(Misshapen::TooMany),
                        // What is shown again is not the exercise itself.
                        Ok(shape) if kind != ExerciseKind::Yours && !ids.insert(shape.id.clone()) => {
                            Err(Misshapen::Twice)
                        }
                        shape => shape,
                    };
                    exercises += usize::from(shape.is_ok());
                    found.push(Headed { start: range.start, kind, id: id.to_owned(), shape });
                }
                depth += 1;
            }
            Event::Start(tag) if holds_blocks(tag) => depth += 1,
            Event::End(tag) if ends_blocks(*tag) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// The shapes of the exercises, by the first bytes of their quotes.
pub(crate) fn by_start(headed: Vec<Headed>) -> BTreeMap<usize, ExerciseShape> {
    headed.into_iter().filter_map(|headed| Some((headed.start, headed.shape.ok()?))).collect()
}

/// Reads the first line of a quote: the kind of exercise that it names, what stands where the id
/// does, and where the line ends.
fn head(source: &str, start: usize) -> Option<(ExerciseKind, &str, usize)> {
    let quote = source.get(start..)?;
    let head = callouts::head(quote).filter(|head| head.open.is_none())?;
    let kind = ExerciseKind::named(head.name)?;
    let line = quote.lines().next().unwrap_or_default();
    let id = line.get(head.length..).unwrap_or_default().trim();
    Some((kind, id, start + line.len()))
}

/// Finds the parts of a quote that begins these events.
fn shape(
    kind: ExerciseKind,
    id: &str,
    head_end: usize,
    events: &[(Event<'_>, Range<usize>)],
) -> Result<ExerciseShape, Misshapen> {
    if id.is_empty() {
        return Err(Misshapen::NoId);
    }
    if !is_id(id) {
        return Err(Misshapen::BadId);
    }
    let mut shape = ExerciseShape { kind, id: id.to_owned(), head_end, rule: None, answers: Vec::new() };
    let quote = Quote::of(events, head_end);
    // A first line that is no paragraph is something else that only looks like a head.
    if !quote.begins_with_paragraph {
        return Err(if quote.begins_with_heading { Misshapen::Underlined } else { Misshapen::NoId });
    }
    match kind {
        ExerciseKind::Yours => {}
        ExerciseKind::Write => {
            quote.first_text.ok_or(Misshapen::NoPrompt)?;
        }
        ExerciseKind::Ask => {
            let first = quote.first_text.ok_or(Misshapen::NoPrompt)?;
            let rule = quote.rule.filter(|rule| quote.last_text > Some(*rule)).ok_or(Misshapen::NoRule)?;
            if first > rule {
                return Err(Misshapen::NoPrompt);
            }
            shape.rule = Some(rule);
        }
        ExerciseKind::Choose => {
            shape.answers = quote.answers()?;
            if quote.first_text >= shape.answers.first().map(|answer| answer.item) {
                return Err(Misshapen::NoPrompt);
            }
        }
    }
    Ok(shape)
}

/// What stands directly in a quote.
#[derive(Debug, Default)]
struct Quote {
    begins_with_paragraph: bool,
    begins_with_heading: bool,
    first_text: Option<usize>,
    last_text: Option<usize>,
    rule: Option<usize>,
    /// The items of each list.
    lists: Vec<Vec<Item>>,
}

/// An item of a list.
#[derive(Debug, Default)]
struct Item {
    start: usize,
    task: Option<bool>,
    /// Where its first line ends, if another follows in the same paragraph.
    line: Option<usize>,
    /// Where its second block begins.
    block: Option<usize>,
    last_text: usize,
}

impl Quote {
    fn of(events: &[(Event<'_>, Range<usize>)], head_end: usize) -> Self {
        let mut quote = Self::default();
        let second = events.get(1).map(|(event, _)| event);
        quote.begins_with_paragraph = matches!(second, Some(Event::Start(Tag::Paragraph)));
        quote.begins_with_heading = matches!(second, Some(Event::Start(Tag::Heading { .. })));
        // Containers that are open: the quote itself is the first, its lists the second.
        let mut depth = 0_usize;
        let mut is_in_first_block = false;
        for (event, range) in events {
            let item = quote.lists.last_mut().and_then(|items| items.last_mut()).filter(|_| depth == 3);
            match event {
                Event::Start(Tag::List(_)) if depth == 1 => quote.lists.push(Vec::new()),
                Event::Start(Tag::Item) if depth == 2 => {
                    let item = Item { start: range.start, ..Item::default() };
                    if let Some(items) = quote.lists.last_mut() {
                        items.push(item);
                    }
                    is_in_first_block = true;
                }
                Event::TaskListMarker(done) => {
                    if let Some(item) = item
                        && item.last_text == 0
                    {
                        item.task = Some(*done);
                    }
                }
                Event::SoftBreak | Event::HardBreak if is_in_first_block => {
                    if let Some(item) = item {
                        item.line = item.line.or(Some(range.start));
                    }
                }
                Event::End(TagEnd::Paragraph) if depth == 3 => is_in_first_block = false,
                Event::Start(tag) if is_block(tag) => {
                    if let Some(item) = item
                        && item.last_text > 0
                    {
                        item.block = item.block.or(Some(range.start));
                        is_in_first_block = false;
                    }
                }
                Event::Rule if depth == 1 => quote.rule = quote.rule.or(Some(range.start)),
                _ if is_text(event) && range.start >= head_end => {
                    quote.first_text = quote.first_text.or(Some(range.start));
                    quote.last_text = Some(range.start);
                    let item = quote.lists.last_mut().and_then(|items| items.last_mut());
                    if let Some(item) = item.filter(|_| depth >= 3) {
                        item.last_text = range.start;
                    }
                }
                _ => {}
            }
            match event {
                Event::Start(tag) if holds_blocks(tag) => depth += 1,
                Event::End(tag) if ends_blocks(*tag) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        quote
    }

    /// The answers: the items of the first list that is made of tasks.
    fn answers(&self) -> Result<Vec<AnswerShape>, Misshapen> {
        let is_task = |item: &Item| item.task.is_some();
        let list = self.lists.iter().find(|items| items.iter().any(is_task)).ok_or(Misshapen::Answers)?;
        if !ANSWERS.contains(&list.len()) || !list.iter().all(is_task) {
            return Err(Misshapen::Answers);
        }
        if !list.iter().any(|item| item.task == Some(true)) {
            return Err(Misshapen::NoneRight);
        }
        let answer = |item: &Item| {
            let effect = item.block.or(item.line).filter(|effect| item.last_text >= *effect);
            let effect = effect.ok_or(Misshapen::NoEffect)?;
            Ok(AnswerShape { item: item.start, effect, is_right: item.task == Some(true) })
        };
        list.iter().map(answer).collect()
    }
}

/// Returns whether something is read of an event.
fn is_text(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) | Event::Code(text) => !text.trim().is_empty(),
        Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => true,
        _ => false,
    }
}

/// Returns whether a tag begins a block.
fn is_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_))
        || holds_blocks(tag)
}

/// Returns whether a tag begins something that other blocks stand in.
fn holds_blocks(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
    )
}

/// Returns whether a tag ends something that other blocks stand in.
fn ends_blocks(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
    )
}
