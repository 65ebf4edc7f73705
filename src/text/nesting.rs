//! Limits how deep a source may nest before it reaches the parser.
//!
//! Owns the bound that keeps the parser's time linear: for every line of a lazy continuation
//! it walks all open containers, so that 25,000 nested quotes before 25,000 lines take seconds.
//! Must not change a document that a person wrote.

use std::borrow::Cow;

/// The most containers that may be open at once. Markers beyond it are escaped, and so become
/// text.
pub(crate) const MAX_DEPTH: usize = 100;

/// Returns whether a source nests deeper than any document that a person wrote, so that
/// [`limit_depth`] changes it.
pub(crate) fn is_too_deep(source: &str) -> bool {
    matches!(limit_depth(source), Cow::Owned(_))
}

/// Escapes every marker that could nest deeper than [`MAX_DEPTH`].
pub(crate) fn limit_depth(source: &str) -> Cow<'_, str> {
    let mut bounded: Option<String> = None;
    let mut copied = 0;
    let mut lists: Vec<usize> = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', source.as_bytes()).chain([source.len()]) {
        let line = source.as_bytes().get(start..end).unwrap_or_default();
        if let Some(marker) = first_too_deep(line, &mut lists) {
            let text = bounded.get_or_insert_with(|| String::with_capacity(source.len() + 1));
            text.push_str(source.get(copied..start + marker).unwrap_or_default());
            text.push('\\');
            copied = start + marker;
        }
        start = end + 1;
    }
    match bounded {
        Some(mut text) => {
            text.push_str(source.get(copied..).unwrap_or_default());
            Cow::Owned(text)
        }
        None => Cow::Borrowed(source),
    }
}

/// Finds the byte of the line at which the first marker nests too deep.
///
/// `lists` holds the columns, ascending, of the list markers above that may still have an open
/// item. It never holds too few: an item nests in those to its left, and the quotes around it
/// may shift a line by up to three columns each.
fn first_too_deep(line: &[u8], lists: &mut Vec<usize>) -> Option<usize> {
    let mut at = 0;
    let mut column = 0;
    let mut quotes = 0;
    loop {
        let rest = line.get(at..)?;
        let length = match rest {
            [b' ', ..] => 1,
            [b'\t', ..] => {
                column += 3 - column % 4;
                1
            }
            [b'>', ..] => {
                quotes += 1;
                1
            }
            _ => {
                let length = list_marker(rest)?;
                let slack = 3 * quotes;
                while lists
                    .last()
                    .is_some_and(|last| *last > column + slack || *last >= column && quotes == 0)
                {
                    lists.pop();
                }
                if let Err(place) = lists.binary_search(&column) {
                    lists.insert(place, column);
                }
                length
            }
        };
        if quotes + lists.len() > MAX_DEPTH && !matches!(rest, [b' ' | b'\t', ..]) {
            lists.pop();
            // In an ordered marker it is the full stop that has to be escaped.
            return Some(at + if rest.first().is_some_and(u8::is_ascii_digit) { length - 1 } else { 0 });
        }
        at += length;
        column += length;
    }
}

/// Measures a list marker: a bullet, number or footnote label that white space or the end of
/// the line follows.
pub(crate) fn list_marker(rest: &[u8]) -> Option<usize> {
    let length = match rest {
        [b'-' | b'*' | b'+', ..] => 1,
        [b'[', b'^', ..] => memchr::memmem::find(rest, b"]:").map(|end| end + 2)?,
        _ => {
            let digits = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
            matches!((digits, rest.get(digits)), (1..=9, Some(b'.' | b')'))).then_some(digits + 1)?
        }
    };
    let footnote = rest.first() == Some(&b'[');
    (footnote || matches!(rest.get(length), None | Some(b' ' | b'\t'))).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_documents_are_left_alone() {
        for source in [
            "> > > quoted\n> - item\n>   1. one\n\n- [ ] task\n\n[^note]: text\n",
            "- a\n  - b\n    - c\n      - d\n- e\n\n1) one\n10) ten\n",
            "```\n>>>>>>>> a merge conflict\n        * a comment far to the right\n```\n",
            "* * *\n\n---\n\n- - -\n",
        ] {
            assert!(matches!(limit_depth(source), Cow::Borrowed(_)), "{source}");
        }
        let long = "- item\n  - nested\n\n> - quoted\n>    - nested\n\n".repeat(1000);
        assert!(matches!(limit_depth(&long), Cow::Borrowed(_)));
    }

    #[test]
    fn the_first_marker_too_deep_is_escaped_and_nothing_else_changes() {
        for marker in ["> ", "- ", "1. "] {
            let source = format!("{}text\nmore\n", marker.repeat(MAX_DEPTH + 5));
            let bounded = limit_depth(&source);
            assert_eq!(bounded.len(), source.len() + 1, "{marker}");
            assert_eq!(bounded.replace('\\', ""), source);
            assert!(bounded.find('\\').is_some_and(|at| at / marker.len() == MAX_DEPTH));
        }
    }

    #[test]
    fn depth_is_counted_across_lines() {
        let step = |depth: usize| " ".repeat(2 * depth) + "- step\n";
        let source: String = (0..MAX_DEPTH + 5).map(step).collect();
        assert_eq!(limit_depth(&source).matches('\\').count(), 5);
        let quoted: String = (0..MAX_DEPTH + 5).map(|depth| "> ".to_owned() + &step(depth)).collect();
        assert!(limit_depth(&quoted).matches('\\').count() >= 5);
    }
}
