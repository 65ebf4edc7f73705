//! A lesson in plain words, to be heard as well as read: each paragraph is one line, and what
//! a thing is stands before it as a word.

use crate::text::document::{AlertKind, Block, BlockKind, ExerciseSlot, Frame, Marker, Table};
use crate::text::{Document, Exercise};
use std::collections::BTreeMap;
use std::ops::Range;

/// The most blocks of one portion.
const LONGEST: usize = 15;
/// The bytes after which a portion ends, in the middle of a paragraph too.
const LARGEST: usize = 64 * 1024;

/// The part of a lesson that is printed at once.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SpokenPortion {
    /// Its text.
    pub(super) text: String,
    /// Its last block.
    pub(super) last: usize,
    /// The block that follows, unless the text has ended.
    pub(super) next: Option<usize>,
}

/// The portion that begins at a block: up to the next heading that has text above it.
/// What the reader wrote for exercises stands in its place; an answer that is to be chosen or found
/// is not told.
pub(super) fn portion(document: &Document, from: usize, words: &BTreeMap<String, String>) -> SpokenPortion {
    let mut portion = SpokenPortion { text: String::new(), last: from, next: Some(from) };
    let (mut count, mut has_text, mut goes_on) = (0, false, false);
    while let Some(block) = portion.next.and_then(|index| document.block(index)) {
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        let is_full = !goes_on && ((is_heading && has_text) || count >= LONGEST);
        if is_full || portion.text.len() >= LARGEST {
            return portion;
        }
        if !is_to_be_found(block) {
            push(&mut portion.text, block, |link| told(document, link, words));
        }
        has_text |= !is_heading;
        goes_on = block.continues;
        count += 1;
        portion.last = portion.next.unwrap_or(portion.last);
        portion.next = document.next(portion.last);
    }
    SpokenPortion { next: None, ..portion }
}

/// The links in these blocks, each once, as the document numbers them.
pub(super) fn links_in(document: &Document, first: usize, last: usize) -> Vec<usize> {
    let mut links = Vec::new();
    let mut at = Some(first);
    while let Some(index) = at.filter(|index| *index <= last) {
        let spans = document.block(index).map_or(&[][..], |block| &block.spans);
        // Their numbers rise with the text, so one that was met is near the end.
        for link in spans.iter().filter_map(|span| span.style.link) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
        at = document.next(index);
    }
    links
}

/// The numbers of the exercises that begin in these blocks.
pub(super) fn exercises_in(document: &Document, first: usize, last: usize) -> Vec<usize> {
    let here = |exercise: &&Exercise| (first..=last).contains(&exercise.block);
    document.exercises().iter().filter(here).map(|exercise| exercise.number).collect()
}

/// Returns whether a block is what an exercise hides until somebody answers.
fn is_to_be_found(block: &Block) -> bool {
    let exercise = block.frames.iter().position(|frame| matches!(frame, Frame::Exercise { .. }));
    let inner = exercise.and_then(|exercise| block.frames.get(exercise..)).unwrap_or_default();
    inner.iter().any(|frame| matches!(frame, Frame::Details { .. }))
}

/// What stands in the place where the reader's words do.
fn told(document: &Document, link: usize, words: &BTreeMap<String, String>) -> String {
    let link = document.link(link);
    match link.and_then(|link| words.get(&link.target)) {
        Some(words) => format!("You wrote: {words}"),
        None => "Nothing is written here yet.".into(),
    }
}

/// A block as text, behind what comes before it.
fn push(text: &mut String, block: &Block, told: impl Fn(usize) -> String) {
    let (before, tight) = frames(block);
    if !text.is_empty() {
        text.push_str(if tight { "\n" } else { "\n\n" });
    }
    text.push_str(&before);
    match block.kind {
        BlockKind::ExerciseSlot(ExerciseSlot::Words(link)) => text.push_str(&told(link)),
        _ => text.push_str(&words(block)),
    }
}

/// The words for the frames around a block, and whether it belongs close to the one before.
fn frames(block: &Block) -> (String, bool) {
    let mut text = String::new();
    let mut is_tight = false;
    for frame in &block.frames {
        match frame {
            Frame::Quote { opens: true } => text.push_str("Quote: "),
            Frame::Alert { kind, titled: false, opens: true } => text.push_str(alert(*kind)),
            Frame::Exercise { kind, number, opens: true } => {
                text +=
                    &["Exercise ", &number.to_string(), ", ", &kind.title().to_lowercase(), ": "].concat();
            }
            Frame::Definition { opens: true } => text.push_str("That is: "),
            Frame::Footnote { label, opens: true } => text += &["Footnote ", label, ": "].concat(),
            Frame::Item { marker, opens: true, tight, .. } => {
                is_tight = *tight;
                match marker {
                    Marker::Bullet => text.push_str("- "),
                    Marker::Number(number) => text += &[&number.to_string(), ". "].concat(),
                    Marker::Answer { number, .. } => text += &[&number.to_string(), ". "].concat(),
                    Marker::Task(true) => text.push_str("- done: "),
                    Marker::Task(false) => text.push_str("- to do: "),
                }
            }
            _ => {}
        }
    }
    (text, is_tight)
}

fn alert(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "Note: ",
        AlertKind::Tip => "Tip: ",
        AlertKind::Important => "Important: ",
        AlertKind::Warning => "Warning: ",
        AlertKind::Caution => "Caution: ",
    }
}

fn words(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading(heading) if heading.level == 1 => format!("Lesson: {}", block.text),
        BlockKind::Heading(_) => format!("Heading: {}", block.text),
        BlockKind::Code { .. } => format!("Code:\n{}", block.text.trim_end()),
        BlockKind::Formula => format!("Formula:\n{}", block.text),
        BlockKind::Table(table) => rows(block, table),
        BlockKind::Rule => "Break.".into(),
        BlockKind::ExerciseSlot(ExerciseSlot::Words(_)) => String::new(),
        BlockKind::ExerciseSlot(ExerciseSlot::Answer(_)) => "The answer is told when you ask for it.".into(),
        BlockKind::Paragraph | BlockKind::Title { .. } => block.text.clone(),
    }
}

/// A table row by row, each cell behind the name of its column.
fn rows(block: &Block, table: &Table) -> String {
    let cell = |range: &Range<usize>| block.text.get(range.clone()).unwrap_or_default();
    let Some((head, rows)) = table.rows.split_first() else { return String::new() };
    let row = |(index, row): (usize, &Vec<Range<usize>>)| {
        let cells: Vec<String> = head
            .iter()
            .zip(row)
            .map(|(name, value)| match (cell(name), cell(value)) {
                ("", value) => value.to_owned(),
                (name, value) => format!("{name}: {value}"),
            })
            .collect();
        format!("Row {}. {}", index + 1, cells.join("; "))
    };
    let lines: Vec<String> = rows.iter().enumerate().map(row).collect();
    format!("Table of {} rows.\n{}", rows.len(), lines.join("\n"))
}
