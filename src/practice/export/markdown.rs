//! The export as a text for people to read.

use crate::journal::{Choice, Days, Mark, Note, Operation};
use crate::practice::export::choices::{self, ExportList};
use crate::practice::items::NamedItem;
use crate::practice::mark::mark_sign;
use crate::practice::view::Practice;
use crate::practice::written::{self, escaped, quoted};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The first lines.
pub(super) fn beginning(today: Date, days: &Days) -> String {
    let mut text = format!("# What I marked and wrote\n\nWritten down on {}.", written::day(today));
    let span = match (days.from, days.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" From {} on.", written::day(from)),
        (None, Some(to)) => format!(" Up to {}.", written::day(to)),
        (Some(from), Some(to)) => format!(" From {} to {}.", written::day(from), written::day(to)),
    };
    text.push_str(&span);
    text.push_str("\n\n`x` kept, `!` slipped or not today, `-` did not arise. A day that is not here was not recorded.\n");
    text
}

/// Appends the section of a course.
pub(super) fn push(text: &mut String, operations: &[Operation], practice: &Practice) {
    text.extend([format!("\n## {}\n", escaped(practice.title()))]);
    let mut lists: BTreeMap<ExportList, Vec<String>> = BTreeMap::new();
    for operation in operations {
        let Some((list, lines)) = lines(operation, practice) else { continue };
        lists.entry(list).or_default().extend(lines);
    }
    for (list, lines) in lists {
        if !lines.is_empty() {
            text.extend([format!("\n### {}\n\n{}\n", list.title(), lines.join("\n"))]);
        }
    }
    push_days(text, operations, practice);
}

/// The list that an operation belongs to, and its lines there; none for what is told by day.
fn lines(operation: &Operation, practice: &Practice) -> Option<(ExportList, Vec<String>)> {
    match operation {
        Operation::Choice(Choice { chosen, .. }) => choices::lines(chosen, practice),
        Operation::Read { lesson, .. } => {
            Some((ExportList::Read, vec![format!("- {}", escaped(practice.lesson_title(lesson)))]))
        }
        Operation::Mark { .. } | Operation::Note { .. } | Operation::Place { .. } => None,
    }
}

/// An item with its mark, and its author's word for it where there is one.
fn mark_line(item: &NamedItem, mark: Option<Mark>) -> String {
    let word = item.slipped_word().filter(|_| mark == Some(Mark::Slipped));
    let word = word.map(|word| format!(" ({})", escaped(word))).unwrap_or_default();
    format!("- [{}] {}{word}", mark_sign(mark), escaped(item.text))
}

/// Day by day: the marks, and what was written.
fn push_days(text: &mut String, operations: &[Operation], practice: &Practice) {
    let mut days: BTreeMap<Date, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for operation in operations {
        match operation {
            Operation::Mark { item, day, mark, .. } => {
                let line = mark_line(&practice.named(item), *mark);
                days.entry(*day).or_default().0.push(line);
            }
            Operation::Note { note, day, place, text, .. } => {
                let note = Note { note: note.clone(), day: *day, place: place.clone(), text: text.clone() };
                let label = practice.note_label(&note);
                days.entry(*day).or_default().1.push(format!("{}\n\n{}", escaped(&label), quoted(text)));
            }
            Operation::Place { .. } | Operation::Read { .. } | Operation::Choice(_) => {}
        }
    }
    for (day, (marks, notes)) in days {
        text.extend([format!("\n### {}\n", written::day(day))]);
        if !marks.is_empty() {
            text.extend([format!("\n{}\n", marks.join("\n"))]);
        }
        for note in notes {
            text.extend([format!("\n{note}\n")]);
        }
    }
}
