//! The export as a text for people to read.

use crate::cli::words::{self, escaped, quoted};
use crate::journal::{Choice, Chosen, Days, ItemStatus, Note, Operation};
use crate::practice::{Practice, if_then_in_words, mark_sign};
use jiff::civil::Date;

/// The first lines.
pub(super) fn beginning(today: Date, days: &Days) -> String {
    let mut text = format!("# What I kept\n\nWritten down on {}.", words::day(today));
    let span = match (days.from, days.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" From {} on.", words::day(from)),
        (None, Some(to)) => format!(" Up to {}.", words::day(to)),
        (Some(from), Some(to)) => format!(" From {} to {}.", words::day(from), words::day(to)),
    };
    text.push_str(&span);
    text.push_str("\n\n`x` kept, `!` slipped, `-` did not arise. A day that is not here was not recorded.\n");
    text
}

/// Appends the section of a course.
pub(super) fn push(text: &mut String, operations: &[Operation], practice: &Practice) {
    text.extend([format!("\n## {}\n", escaped(practice.title()))]);
    let mut lists: [(&str, Vec<String>); 6] = [
        ("My list", Vec::new()),
        ("Items of my own", Vec::new()),
        ("Plans", Vec::new()),
        ("The order in which to read", Vec::new()),
        ("Read", Vec::new()),
        ("Named places", Vec::new()),
    ];
    for operation in operations {
        let Some((list, line)) = line(operation, practice) else { continue };
        if let Some((_, lines)) = lists.get_mut(list) {
            lines.extend(line);
        }
    }
    for (title, lines) in lists {
        if !lines.is_empty() {
            text.extend([format!("\n### {title}\n\n{}\n", lines.join("\n"))]);
        }
    }
    push_days(text, operations, practice);
}

/// The list that an operation belongs to, and its lines there.
fn line(operation: &Operation, practice: &Practice) -> Option<(usize, Vec<String>)> {
    let Operation::Choice(Choice { chosen, .. }) = operation else {
        let Operation::Read { lesson, .. } = operation else { return None };
        return Some((4, vec![format!("- {}", escaped(practice.lesson_title(lesson)))]));
    };
    Some(match chosen {
        Chosen::Listed { item, .. } => {
            let known = practice.named(item);
            (0, vec![format!("- {}: {}", words::side(known.side), escaped(known.text))])
        }
        Chosen::OwnItem { own, .. } => {
            let instead = match own.instead.as_str() {
                "" => String::new(),
                instead => format!(" Instead: {}", escaped(instead)),
            };
            let retired = if own.status == ItemStatus::Retired { " (retired)" } else { "" };
            (1, vec![format!("- {}: {}.{instead}{retired}", words::side(Some(own.side)), escaped(&own.text))])
        }
        Chosen::IfThen { item, plan } => {
            let item = escaped(practice.named(item).text);
            (2, vec![format!("- {item}: {}.", escaped(&if_then_in_words(plan)))])
        }
        Chosen::Route { lessons } => {
            let numbered =
                |(index, lesson)| format!("{}. {}", index + 1, escaped(practice.lesson_title(lesson)));
            (3, lessons.iter().enumerate().map(numbered).collect())
        }
        Chosen::NamedPlace { name, place } => {
            let lesson = place.as_ref().map(|place| escaped(practice.lesson_title(&place.lesson)));
            (5, lesson.map(|lesson| format!("- {name}: {lesson}")).into_iter().collect())
        }
        Chosen::ItemText { .. } => return None,
    })
}

/// Day by day: the marks, and what was written.
fn push_days(text: &mut String, operations: &[Operation], practice: &Practice) {
    let mut days: std::collections::BTreeMap<Date, (Vec<String>, Vec<String>)> =
        std::collections::BTreeMap::new();
    for operation in operations {
        match operation {
            Operation::Mark { item, day, mark, .. } => {
                let line = format!("- [{}] {}", mark_sign(*mark), escaped(practice.named(item).text));
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
        text.extend([format!("\n### {}\n", words::day(day))]);
        if !marks.is_empty() {
            text.extend([format!("\n{}\n", marks.join("\n"))]);
        }
        for note in notes {
            text.extend([format!("\n{note}\n")]);
        }
    }
}
