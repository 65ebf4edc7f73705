//! A lesson in plain words, to be heard as well as read: each paragraph is one line, and what
//! a thing is stands before it as a word.

use crate::text::document::{AlertKind, Block, BlockKind, Document, Frame, Marker, Table};
use std::ops::Range;

/// The most blocks of one portion.
const LONGEST: usize = 15;

/// Where the portion that begins here ends: before the next heading that has text above it.
pub(super) fn portion(document: &Document, from: usize) -> usize {
    let mut has_text = false;
    for (index, block) in document.blocks.iter().enumerate().skip(from) {
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        let is_whole = !document.blocks.get(index.wrapping_sub(1)).is_some_and(|before| before.continues);
        if is_whole && ((is_heading && has_text) || index - from >= LONGEST) {
            return index;
        }
        has_text |= !is_heading;
    }
    document.blocks.len()
}

/// These blocks as text.
pub(super) fn blocks(document: &Document, range: Range<usize>) -> String {
    let mut text = String::new();
    for block in document.blocks.get(range).unwrap_or_default() {
        let (before, tight) = frames(block);
        if !text.is_empty() {
            text.push_str(if tight { "\n" } else { "\n\n" });
        }
        text.push_str(&before);
        text.push_str(&words(block));
    }
    text
}

/// What the frames around a block say, and whether it belongs close to the one before it.
fn frames(block: &Block) -> (String, bool) {
    let mut text = String::new();
    let mut is_tight = false;
    for frame in &block.frames {
        match frame {
            Frame::Quote { opens: true } => text.push_str("Quote: "),
            Frame::Alert { kind, opens: true } => text.push_str(alert(*kind)),
            Frame::Footnote { label, opens: true } => text += &["Footnote ", label, ": "].concat(),
            Frame::Item { marker, opens: true, tight, .. } => {
                is_tight = *tight;
                match marker {
                    Marker::Bullet => text.push_str("- "),
                    Marker::Number(number) => text += &[&number.to_string(), ". "].concat(),
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
        BlockKind::Table(table) => rows(block, table),
        BlockKind::Rule => "Break.".into(),
        BlockKind::Paragraph | BlockKind::Html => block.text.clone(),
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
