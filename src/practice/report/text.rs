//! A report as plain text, for an e-mail, or to be looked at before it is handed on.

use crate::practice::counts::Counts;
use crate::practice::report::contents::{ItemRow, Report, ReportedCourse, began_in_words, beginning, legend};
use crate::practice::written;
use crate::text::columns::{width, wrapped};

/// The columns of the text.
const WIDTH: u16 = 72;

/// Writes a report as plain text.
pub(super) fn write(report: &Report) -> String {
    let mut text = Text(String::new());
    let (title, about) = beginning(report);
    text.title(&title, '=');
    text.paragraph("", about);
    for course in &report.courses {
        text.title(&course.title, '=');
        write_course(course, &mut text);
    }
    text.0
}

fn write_course(course: &ReportedCourse, text: &mut Text) {
    if let Some(day) = course.began {
        text.paragraph("", &began_in_words(day));
    }
    for side in &course.sides {
        text.title(side.title, '-');
        side.rows.iter().for_each(|row| write_item(row, text));
    }
    if let Some(legend) = legend(course) {
        text.paragraph("", &legend);
    }
    text.list(
        "Week by week",
        course
            .weeks
            .iter()
            .map(|week| format!("from {}: {}", written::day(week.begins), week.shares.join(", "))),
    );
    text.list("My plans", course.plans.iter().map(|(item, plan)| format!("{item}: {plan}.")));
    if !course.notes.is_empty() {
        text.title("What I wrote", '-');
    }
    for (day, notes) in &course.notes {
        text.paragraph("", &written::day(*day));
        for note in notes {
            text.paragraph("  ", &note.label);
            for line in note.text.lines() {
                text.lines("    ", line);
            }
            text.0.push('\n');
        }
    }
    text.list("What I have read", course.read.iter().cloned());
}

fn write_item(row: &ItemRow, text: &mut Text) {
    let Counts { kept, slipped, not_arisen } = row.counts;
    if let Some(heading) = &row.heading {
        text.lines("", heading);
        text.0.push('\n');
    }
    text.lines("", &row.text);
    let (silent, slipped_word) = (row.silent, &row.slipped);
    text.lines(
        "  ",
        &format!("kept {kept}, {slipped_word} {slipped}, did not arise {not_arisen}, not recorded {silent}"),
    );
    if !row.days.is_empty() {
        text.0.extend(["  ", row.days.as_str(), "\n"]);
    }
    text.0.push('\n');
}

struct Text(String);

impl Text {
    /// A heading, underlined with this character.
    fn title(&mut self, title: &str, rule: char) {
        if !self.0.is_empty() && rule == '=' {
            self.0.push('\n');
        }
        let lines = wrapped(title, WIDTH);
        let columns = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        for line in lines {
            self.0.extend([&line, "\n"]);
        }
        self.0.extend(std::iter::repeat_n(rule, columns));
        self.0.push_str("\n\n");
    }

    /// Lines of at most [`WIDTH`] columns, each behind `indent`.
    fn lines(&mut self, indent: &str, words: &str) {
        let columns = WIDTH.saturating_sub(u16::try_from(indent.len()).unwrap_or(0));
        for line in wrapped(words, columns) {
            self.0.extend([indent, line.as_str(), "\n"]);
        }
    }

    fn paragraph(&mut self, indent: &str, words: &str) {
        self.lines(indent, words);
        self.0.push('\n');
    }

    fn list(&mut self, title: &str, entries: impl Iterator<Item = String>) {
        let mut entries = entries.peekable();
        if entries.peek().is_none() {
            return;
        }
        self.title(title, '-');
        for entry in entries {
            let columns = WIDTH.saturating_sub(2);
            for (index, line) in wrapped(&entry, columns).iter().enumerate() {
                self.0.extend([if index == 0 { "- " } else { "  " }, line.as_str(), "\n"]);
            }
        }
        self.0.push('\n');
    }
}
