//! A report as Markdown.

use crate::practice::counts::Counts;
use crate::practice::report::contents::{
    Report, ReportedCourse, ReportedSide, began_in_words, beginning, legend,
};
use crate::practice::written::{self, escaped, quoted};

/// Writes a report as Markdown.
pub(super) fn write(report: &Report) -> String {
    let (title, about) = beginning(report);
    let mut text = format!("# {title}\n\n{about}\n");
    for course in &report.courses {
        text.extend([format!("\n*{}*\n", escaped(&course.title))]);
        write_course(course, &mut text);
    }
    text
}

fn write_course(course: &ReportedCourse, text: &mut String) {
    if let Some(day) = course.began {
        text.extend([format!("\n{}\n", began_in_words(day))]);
    }
    for side in &course.sides {
        text.extend([format!("\n## {}\n\n{}", side.title, table(side))]);
    }
    if let Some(legend) = legend(course) {
        text.extend([format!("\n{}\n", escaped(&legend))]);
    }
    list(
        text,
        "Week by week",
        course
            .weeks
            .iter()
            .map(|week| format!("from {}: {}", written::day(week.begins), week.shares.join(", "))),
    );
    list(
        text,
        "My plans",
        course.plans.iter().map(|(item, plan)| format!("{}: {}.", escaped(item), escaped(plan))),
    );
    if !course.notes.is_empty() {
        text.push_str("\n## What I wrote\n");
    }
    for (day, notes) in &course.notes {
        text.extend([format!("\n### {}\n", written::day(*day))]);
        for note in notes {
            text.extend([format!("\n{}\n\n{}\n", escaped(&note.label), quoted(&note.text))]);
        }
    }
    list(text, "What I have read", course.read.iter().map(|title| escaped(title)));
}

fn table(side: &ReportedSide) -> String {
    let ReportedSide { slipped: slipped_word, rows, .. } = side;
    let slipped_word = escaped(slipped_word);
    let has_days = rows.iter().any(|row| !row.days.is_empty());
    let (head, rule) = if has_days { (" day by day |", "---|") } else { ("", "") };
    let mut text = format!(
        "| | kept | {slipped_word} | did not arise | not recorded |{head}\n|---|---|---|---|---|{rule}\n"
    );
    for row in rows {
        if let Some(heading) = &row.heading {
            let empty = " |".repeat(if has_days { 5 } else { 4 });
            text.extend([format!("| **{}** |{empty}\n", escaped(heading))]);
        }
        let Counts { kept, not_arisen, .. } = row.counts;
        let slipped = escaped(&side.slipped_in_table(row));
        let days = if has_days { format!(" `{}` |", row.days) } else { String::new() };
        let silent = row.silent;
        text.extend([format!(
            "| {} | {kept} | {slipped} | {not_arisen} | {silent} |{days}\n",
            escaped(&row.text)
        )]);
    }
    text
}

fn list(text: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    let lines: Vec<String> = entries.map(|entry| format!("- {entry}")).collect();
    if !lines.is_empty() {
        text.extend([format!("\n## {title}\n\n{}\n", lines.join("\n"))]);
    }
}
