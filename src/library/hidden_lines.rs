//! Removes the lines of Rust code that are only there to make it compile, as mdBook and rustdoc
//! do.
//!
//! Owns which lines these are. Must not know of Markdown beyond its code fences.

/// Removes the hidden lines from the Rust code of a Markdown text.
pub(super) fn strip(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut fence: Option<Fence> = None;
    for line in text.split_inclusive('\n') {
        let code = line.trim_start_matches([' ', '\t', '>']);
        match &fence {
            Some(open) if open.is_closed_by(code) => fence = None,
            Some(open) if open.is_rust => match shown_parts(line, code) {
                Some((quote, code)) => {
                    shown.push_str(quote);
                    shown.push_str(code);
                    continue;
                }
                None => continue,
            },
            Some(_) => {}
            None => fence = Fence::opened_by(code),
        }
        shown.push_str(line);
    }
    shown
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
    is_rust: bool,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        // The line that begins a list item may open a fence as well.
        let line = line.trim_start_matches(|c: char| "-*+ ".contains(c) || c.is_ascii_digit() || c == '.');
        let mark = line.chars().next().filter(|mark| "`~".contains(*mark))?;
        let length = line.chars().take_while(|character| *character == mark).count();
        let info = line.get(length..)?.trim();
        if length < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        let is_rust = info.split([',', ' ', '\t', '{']).next() == Some("rust");
        Some(Self { mark, length, is_rust })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_end();
        line.chars().all(|character| character == self.mark) && line.chars().count() >= self.length
    }
}

#[cfg(test)]
mod tests {
    use super::strip;

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
            assert_eq!(strip(text), shown, "{text:?}");
        }
    }
}
