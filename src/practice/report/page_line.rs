//! A line of the page to print, and the rows that it takes on paper.
//!
//! Owns the plain text of the page: it is what has to fit. Must not know what the lines are about.

use crate::practice::written;
use crate::text::columns::{width, wrapped};
use jiff::civil::Date;

/// The columns of a printed page.
const COLUMNS: u16 = 80;

/// A line of the page, of as many rows as it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageLine {
    /// The title of a course, where there are several.
    Course(String),
    /// The title of what follows.
    Title(String),
    /// The heading of a group of items.
    Group(String),
    /// A step of the card, and its number.
    Step(usize, String),
    /// An item, or a plan with the item that it is for.
    Item(String),
    /// The plan of the item above.
    Plan(String),
    /// What an exercise asks.
    Prompt(String),
    /// What the reader wrote for it.
    Words(String),
    /// What there was no room for.
    Missing(String),
}

/// The rows of the title of the page.
pub(super) fn title_rows(day: Date) -> Vec<String> {
    underlined(&written::day(day), "=")
}

/// A line as it stands on paper: rows of at most [`COLUMNS`] columns.
pub(super) fn rows_of(line: &PageLine) -> Vec<String> {
    let blank = || std::iter::once(String::new());
    match line {
        PageLine::Course(title) => blank().chain(underlined(title, "=")).collect(),
        PageLine::Title(title) => blank().chain(underlined(title, "-")).collect(),
        PageLine::Group(group) => indented(&format!("{group}:"), "", ""),
        PageLine::Step(number, step) => {
            let sign = format!("{number}. ");
            indented(step, &sign, &" ".repeat(sign.len()))
        }
        PageLine::Item(item) => indented(item, "- ", "  "),
        PageLine::Plan(plan) => indented(plan, "  ", "  "),
        PageLine::Prompt(prompt) => indented(prompt, "", ""),
        PageLine::Words(words) => words.lines().flat_map(|line| indented(line, "  ", "  ")).collect(),
        PageLine::Missing(missing) => blank().chain(indented(missing, "", "")).collect(),
    }
}

/// A title with a rule of this sign below it.
fn underlined(title: &str, rule: &str) -> Vec<String> {
    let mut rows = wrapped(title, COLUMNS);
    let columns = rows.iter().map(|row| width(row)).max().unwrap_or(0);
    rows.push(rule.repeat(columns));
    rows
}

/// A text broken into rows, the first behind one sign and the others behind another as wide.
fn indented(text: &str, first: &str, others: &str) -> Vec<String> {
    let columns = COLUMNS.saturating_sub(u16::try_from(first.len()).unwrap_or(0));
    let rows = wrapped(text, columns).into_iter().enumerate();
    rows.map(|(index, row)| format!("{}{row}", if index == 0 { first } else { others })).collect()
}
