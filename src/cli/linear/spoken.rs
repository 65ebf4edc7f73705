//! A lesson in plain words, to be heard as well as read: each paragraph is one line, and what
//! a thing is stands before it as a word.

use crate::cli::linear::keys::{self, KeysNamed};
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
    /// The first key of the screen in it for which there is no word.
    pub(super) key: Option<String>,
}

/// The size of a portion as far as it is gathered.
#[derive(Debug, Default)]
struct Gathered {
    blocks: usize,
    bytes: usize,
    /// Set once there is more than headings.
    has_text: bool,
    /// Set while its last block goes on in the next.
    goes_on: bool,
}

impl Gathered {
    /// Returns whether this block begins the next portion.
    fn ends_before(&self, block: &Block) -> bool {
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        let is_full = !self.goes_on && ((is_heading && self.has_text) || self.blocks >= LONGEST);
        is_full || self.bytes >= LARGEST
    }

    fn take(&mut self, block: &Block) {
        self.has_text |= !matches!(block.kind, BlockKind::Heading(_));
        self.goes_on = block.continues;
        self.blocks += 1;
        self.bytes += block.text.len();
    }
}

/// The blocks that portions begin with, if the text is read from its beginning.
pub(super) fn beginnings(document: &Document) -> Vec<usize> {
    let mut beginnings = Vec::new();
    let mut gathered = Gathered::default();
    for (index, block) in document.blocks() {
        if beginnings.is_empty() || gathered.ends_before(block) {
            beginnings.push(index);
            gathered = Gathered::default();
        }
        gathered.take(block);
    }
    beginnings
}

/// The portion that begins at a block: up to the next heading that has text above it.
/// What the reader wrote for exercises stands in its place; an answer that is to be chosen or found
/// is not told. Keys are told as words where they are named.
pub(super) fn portion(
    document: &Document,
    from: usize,
    words: &BTreeMap<String, String>,
    keys: KeysNamed,
) -> SpokenPortion {
    let mut portion = SpokenPortion { text: String::new(), last: from, next: Some(from), key: None };
    let mut gathered = Gathered::default();
    while let Some(block) = portion.next.and_then(|index| document.block(index)) {
        if gathered.ends_before(block) {
            return portion;
        }
        if !is_to_be_found(block) {
            let key = push(&mut portion.text, block, keys, |link| told(document, link, words));
            portion.key = portion.key.or(key);
        }
        gathered.take(block);
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

/// Adds a block as text, behind what comes before it. Returns the first key in it without a word.
fn push(text: &mut String, block: &Block, keys: KeysNamed, told: impl Fn(usize) -> String) -> Option<String> {
    let (before, tight) = frames(block);
    if !text.is_empty() {
        text.push_str(if tight { "\n" } else { "\n\n" });
    }
    text.push_str(&before);
    let mut key = None;
    match block.kind {
        BlockKind::ExerciseSlot(ExerciseSlot::Words(link)) => text.push_str(&told(link)),
        _ => text.push_str(&words(block, &mut |part| {
            let (told, unknown) = keys::told(block, &part, keys);
            key = key.take().or(unknown);
            told
        })),
    }
    key
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
                    // Behind another word it would be heard as a stroke.
                    Marker::Bullet if text.is_empty() => text.push_str("- "),
                    Marker::Bullet => {}
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

/// A block in words; `part` tells a part of its text.
fn words(block: &Block, part: &mut dyn FnMut(Range<usize>) -> String) -> String {
    let whole = 0..block.text.len();
    match &block.kind {
        BlockKind::Heading(heading) if heading.level == 1 => format!("Lesson: {}", part(whole)),
        BlockKind::Heading(_) => format!("Heading: {}", part(whole)),
        BlockKind::Code { .. } => format!("Code:\n{}", block.text.trim_end()),
        BlockKind::Formula => format!("Formula:\n{}", block.text),
        BlockKind::Table(table) => rows(table, part),
        BlockKind::Rule => "Break.".into(),
        BlockKind::ExerciseSlot(ExerciseSlot::Words(_)) => String::new(),
        BlockKind::ExerciseSlot(ExerciseSlot::Answer(_)) => "The answer is told when you ask for it.".into(),
        BlockKind::Paragraph | BlockKind::Title { .. } => part(whole),
    }
}

/// The row of a table that has this byte of its text, without its keys told as words; none where the
/// block is no table.
pub(super) fn row_at(block: &Block, at: usize) -> Option<String> {
    let BlockKind::Table(table) = &block.kind else { return None };
    let (head, rows) = table.rows.split_first()?;
    let has = |row: &[Range<usize>]| row.iter().any(|cell| (cell.start..=cell.end).contains(&at));
    let cell = |range: &Range<usize>| block.text.get(range.clone()).unwrap_or_default().to_owned();
    let head: Vec<String> = head.iter().map(cell).collect();
    rows.iter().find(|row| has(row)).map(|row| cells(&head, row.iter().map(cell)))
}

/// The cells of a row, each behind the name of its column.
fn cells(head: &[String], row: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = head
        .iter()
        .zip(row)
        .map(|(name, value)| if name.is_empty() { value } else { format!("{name}: {value}") })
        .collect();
    cells.join("; ")
}

/// A table row by row, each cell behind the name of its column.
fn rows(table: &Table, part: &mut dyn FnMut(Range<usize>) -> String) -> String {
    let Some((head, rows)) = table.rows.split_first() else { return String::new() };
    let head: Vec<String> = head.iter().map(|cell| part(cell.clone())).collect();
    let mut lines = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let row = row.iter().map(|cell| part(cell.clone()));
        lines.push(format!("Row {}. {}", number + 1, cells(&head, row)));
    }
    format!("Table of {} rows.\n{}", rows.len(), lines.join("\n"))
}
