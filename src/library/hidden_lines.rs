//! Removes the lines of code that are only there to make it compile: those of Rust, as mdBook and
//! rustdoc do, and those of other languages that begin with what the book or the listing says.
//!
//! Owns which lines these are. Must not know of Markdown beyond its code fences.

use crate::text::line_map::{Copied, LineMap};
use crate::text::long::PreparePortion;
use std::collections::HashMap;

/// What hidden lines begin with, by the language of the code.
pub(super) type Prefixes = HashMap<String, String>;

/// Removes the hidden lines of a book.
#[derive(Debug)]
pub(super) struct HiddenLines {
    prefixes: Prefixes,
}

impl HiddenLines {
    /// Removes those that begin with these, and those of Rust.
    pub(super) fn new(prefixes: Prefixes) -> Self {
        Self { prefixes }
    }
}

impl PreparePortion for HiddenLines {
    fn prepare(&self, portion: &str) -> (String, LineMap) {
        strip(portion, &self.prefixes)
    }
}

/// Removes the hidden lines from the code of a Markdown text. Also returns the way back to its lines.
fn strip(text: &str, prefixes: &Prefixes) -> (String, LineMap) {
    let mut shown = String::with_capacity(text.len());
    let mut fence: Option<Fence> = None;
    // Where something was left out before, and how many bytes so far.
    let (mut copies, mut left_out) = (Vec::new(), 0);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at - shown.len() > left_out {
            left_out = at - shown.len();
            copies.push(Copied { source: at, text: shown.len() });
        }
        at += line.len();
        let code = line.trim_start_matches([' ', '\t', '>']);
        match &fence {
            Some(open) if open.is_closed_by(code) => fence = None,
            Some(Fence { hidden: HiddenBy::Prefix(prefix), .. }) if code.starts_with(prefix) => continue,
            Some(Fence { hidden: HiddenBy::Rust, .. }) => match shown_parts(line, code) {
                Some((quote, code)) => {
                    shown.push_str(quote);
                    shown.push_str(code);
                    continue;
                }
                None => continue,
            },
            Some(_) => {}
            None => fence = Fence::opened_by(code, prefixes),
        }
        shown.push_str(line);
    }
    let lines = if copies.is_empty() { LineMap::Same } else { LineMap::of_copies(text, &shown, &copies) };
    (shown, lines)
}

/// Splits a line of Rust code into the two pieces that are shown; `None` when it is hidden.
fn shown_parts<'a>(line: &'a str, code: &'a str) -> Option<(&'a str, &'a str)> {
    let Some(rest) = code.strip_prefix('#') else { return Some((line, "")) };
    let indent = line.get(..line.len() - code.len()).unwrap_or_default();
    match rest.chars().next() {
        // `##` is an escaped `#`.
        Some('#') => Some((indent, rest)),
        None | Some(' ' | '\n' | '\r') => None,
        Some(_) => Some((line, "")),
    }
}

/// An open code fence.
struct Fence {
    mark: char,
    length: usize,
    hidden: HiddenBy,
}

/// The rule by which lines of code are hidden.
enum HiddenBy {
    /// None is.
    Nothing,
    /// That of rustdoc.
    Rust,
    /// They begin with this.
    Prefix(String),
}

impl Fence {
    fn opened_by(line: &str, prefixes: &Prefixes) -> Option<Self> {
        // The line that begins a list item may open a fence as well.
        let line = line.trim_start_matches(|c: char| "-*+ ".contains(c) || c.is_ascii_digit() || c == '.');
        let mark = line.chars().next().filter(|mark| "`~".contains(*mark))?;
        let length = line.chars().take_while(|character| *character == mark).count();
        let info = line.get(length..)?.trim();
        if length < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        let mut words = info.split([',', ' ', '\t']);
        let language = words.next().unwrap_or_default().split('{').next().unwrap_or_default();
        let own = words.find_map(|word| word.strip_prefix("hidelines="));
        let prefix = own.or_else(|| prefixes.get(language).map(String::as_str)).filter(|own| !own.is_empty());
        let hidden = match prefix {
            _ if language == "rust" => HiddenBy::Rust,
            Some(prefix) => HiddenBy::Prefix(prefix.to_owned()),
            None => HiddenBy::Nothing,
        };
        Some(Self { mark, length, hidden })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_end();
        line.chars().all(|character| character == self.mark) && line.chars().count() >= self.length
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "tests of fixed text")]

    use super::{Prefixes, strip};

    #[test]
    fn hidden_lines_of_rust_are_removed_and_everything_else_is_kept() {
        for (text, shown) in [
            ("```rust\n# use x;\n#\nlet a;\n    # b\n```\n", "```rust\nlet a;\n```\n"),
            (
                "```rust,ignore\n#[derive(Debug)]\n#![x]\n#!x\n```\n",
                "```rust,ignore\n#[derive(Debug)]\n#![x]\n#!x\n```\n",
            ),
            ("```rust\n  ## shown\n```\n", "```rust\n  # shown\n```\n"),
            ("```sh\n# a comment\n```\n", "```sh\n# a comment\n```\n"),
            ("# A heading\n", "# A heading\n"),
            ("~~~rust\n# x\n```\ny\n~~~\n# Heading", "~~~rust\n```\ny\n~~~\n# Heading"),
            ("> ```rust\n> # x\n> y\n> ```\n> # z", "> ```rust\n> y\n> ```\n> # z"),
            ("- ```rust\n  # x\n  y\n  ```\n", "- ```rust\n  y\n  ```\n"),
            ("````rust\n```\n# x\n````\n# y", "````rust\n```\n````\n# y"),
            ("```rust\r\n# x\r\ny\r\n```\r\n", "```rust\r\ny\r\n```\r\n"),
            ("```rust\n# never closed", "```rust\n"),
        ] {
            assert_eq!(strip(text, &Prefixes::new()).0, shown, "{text:?}");
        }
    }

    #[test]
    fn what_is_shown_is_found_in_its_line() {
        let text = "a\n```rust\n# x\n\n## y\n\nz\n```\nb";
        let (shown, lines) = strip(text, &Prefixes::new());
        for (number, line) in (1..).zip(shown.lines().filter(|line| !line.is_empty())) {
            let expected = [1, 2, 5, 7, 8, 9][number - 1];
            let at = 1 + shown.lines().position(|other| other == line).unwrap_or_default();
            assert_eq!(lines.source_of(u32::try_from(at).unwrap_or_default()), Some(expected), "{line}");
        }
    }

    #[test]
    fn other_languages_hide_what_begins_as_the_book_or_the_listing_says() {
        let prefixes = Prefixes::from([("python".to_owned(), "~".to_owned())]);
        for (text, shown) in [
            ("```python\na\n~b\n  ~c\n```\n", "```python\na\n```\n"),
            ("```text,hidelines=!!\na\n!!b\n```\n", "```text,hidelines=!!\na\n```\n"),
            ("```python,hidelines=%\n~a\n%b\n```\n", "```python,hidelines=%\n~a\n```\n"),
            ("```text\n~a\n```\n", "```text\n~a\n```\n"),
        ] {
            assert_eq!(strip(text, &prefixes).0, shown, "{text:?}");
        }
    }
}
