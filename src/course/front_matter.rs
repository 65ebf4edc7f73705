//! The front matter of a text: the lines between `---` or `+++` at its very beginning.
//!
//! Owns where it ends. It is meant for programs, so it is not shown. Must not parse it.

/// The most lines of front matter. Two rules that are further apart are just rules.
const MOST_LINES: usize = 200;

/// Removes the front matter from a text.
pub fn strip(text: String) -> String {
    match end(&text) {
        Some(end) => {
            let mut text = text;
            text.drain(..end);
            text
        }
        None => text,
    }
}

/// Finds the byte at which the front matter ends; `None` when there is none.
pub fn end(text: &str) -> Option<usize> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let mut fence = "";
    for (number, line) in text.get(start..)?.split_inclusive('\n').take(MOST_LINES).enumerate() {
        at += line.len();
        let line = line.trim_end();
        match number {
            0 if line == "---" || line == "+++" => fence = line,
            0 => return None,
            // A rule with an empty line after it is just a rule.
            1 if line.is_empty() => return None,
            _ if line == fence => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn front_matter_is_removed_and_a_rule_is_kept() {
        for (text, shown) in [
            ("---\ntitle: A\ntags: [b]\n---\n# A\n", "# A\n"),
            ("+++\ntitle = 'A'\n+++\ntext", "text"),
            ("\u{feff}---\na: b\n---\ntext", "text"),
            ("---\r\na: b\r\n---\r\ntext", "text"),
            ("---\n---\ntext", "text"),
            ("---\n\nA rule, and below another.\n\n---\n", "---\n\nA rule, and below another.\n\n---\n"),
            ("---\nnever closed", "---\nnever closed"),
            ("text\n---\nmore", "text\n---\nmore"),
            ("", ""),
        ] {
            assert_eq!(strip(text.to_owned()), shown, "{text:?}");
        }
    }
}
