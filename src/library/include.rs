//! `{{#include}}` and its kin in the chapters of an mdBook.
//!
//! Owns what is put in their place, and the bounds: nothing outside of the book, no loops,
//! so many files and bytes and no more. What can not be put in says so where it would stand.
//!
//! `{{#rustdoc_include}}` also brings the rest of the file, hidden. Hidden lines are not
//! shown here, so it is the same as `{{#include}}`.

use crate::course::{Folder, path};
use crate::library::names::folder_of;
use crate::text::clean::clean_line;

/// How deep files may include one another.
const DEEPEST: usize = 10;
/// The most files that one chapter takes in.
const MOST_FILES: usize = 2_000;
/// The largest file that is taken in, in bytes.
const LARGEST: u64 = 8 << 20;
/// The most bytes that one chapter becomes.
const MOST_BYTES: usize = 64 << 20;

/// The text of a chapter with everything put in. `file` is the chapter's name in the book.
pub(super) fn resolved(folder: &Folder, file: &str, text: &str) -> String {
    if !text.contains("{{") {
        return text.to_owned();
    }
    let mut budget = Budget { files: MOST_FILES, bytes: MOST_BYTES };
    let mut above = vec![file.to_owned()];
    replaced(folder, text, &mut above, &mut budget)
}

/// What may still be taken in.
struct Budget {
    files: usize,
    bytes: usize,
}

/// The text with everything put in; `above` names the files that it stands in, itself last.
/// It calls itself at most [`DEEPEST`] times.
fn replaced(folder: &Folder, text: &str, above: &mut Vec<String>, budget: &mut Budget) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, from) = rest.split_at(at);
        let Some(link) = Link::read(from) else {
            out.push_str(before);
            out.push_str("{{");
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        rest = from.get(link.length..).unwrap_or_default();
        if let Some(before) = before.strip_suffix('\\') {
            out.push_str(before);
            out.push_str(from.get(..link.length).unwrap_or_default());
            continue;
        }
        out.push_str(before);
        let put = put_in(folder, &link, above, budget);
        out.push_str(&put);
    }
    out.push_str(rest);
    out
}

/// What is put in the place of a link.
fn put_in(folder: &Folder, link: &Link, above: &mut Vec<String>, budget: &mut Budget) -> String {
    let (target, part) = match link.kind {
        // The title of the page in the browser.
        Verb::Title => return String::new(),
        Verb::Include | Verb::RustdocInclude => parted(link.target),
        Verb::Playground => (link.target, Part::All),
    };
    match taken(folder, target, above, budget) {
        Err(why) => format!("[{why}]"),
        Ok((file, text)) => {
            let Some(text) = part.of(&text) else {
                return format!("[not included: {} has no such anchor]", clean_line(link.target));
            };
            above.push(file);
            let text = replaced(folder, &text, above, budget);
            above.pop();
            match link.kind {
                Verb::Playground => {
                    let end = if text.ends_with('\n') { "" } else { "\n" };
                    let attributes = link.attributes.join(",");
                    let comma = if attributes.is_empty() { "" } else { "," };
                    format!("```rust{comma}{attributes}\n{text}{end}```\n")
                }
                Verb::Include | Verb::RustdocInclude | Verb::Title => text,
            }
        }
    }
}

/// The text of the file that is to be taken in, and its name; or why it is not.
fn taken(
    folder: &Folder,
    target: &str,
    above: &[String],
    budget: &mut Budget,
) -> Result<(String, String), String> {
    let shown = clean_line(target);
    let from = above.last().map_or("", |file| folder_of(file));
    let Some(file) = path::join(from, target).filter(|_| !target.starts_with('/')) else {
        return Err(format!("not included: {shown} leads out of the book"));
    };
    if above.contains(&file) {
        return Err(format!("not included: {shown} includes itself"));
    }
    if above.len() > DEEPEST {
        return Err(format!("not included: {shown} is the {DEEPEST}th file within another"));
    }
    if budget.files == 0 || budget.bytes == 0 {
        return Err(format!("not included: {shown} comes after very much else"));
    }
    let text = folder.read_lossy(&file, LARGEST).map_err(|refusal| format!("not included: {refusal}"))?;
    budget.files -= 1;
    budget.bytes = budget.bytes.saturating_sub(text.len());
    Ok((file, text))
}

/// What a link asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Include,
    RustdocInclude,
    Playground,
    Title,
}

/// `{{#verb target attributes}}`.
struct Link<'a> {
    kind: Verb,
    target: &'a str,
    attributes: Vec<&'a str>,
    /// In bytes, with its braces.
    length: usize,
}

impl<'a> Link<'a> {
    /// Reads a text that begins with `{{`.
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix("{{")?;
        let end =
            inner.find('}').filter(|end| inner.get(*end..).is_some_and(|rest| rest.starts_with("}}")))?;
        let body = inner.get(..end)?.trim_start().strip_prefix('#')?;
        let (verb, rest) = body.split_once(char::is_whitespace)?;
        let kind = match verb {
            "include" => Verb::Include,
            "rustdoc_include" => Verb::RustdocInclude,
            "playground" | "playpen" => Verb::Playground,
            "title" => Verb::Title,
            _ => return None,
        };
        let mut words = rest.split_whitespace();
        let target = words.next()?;
        Some(Self { kind, target, attributes: words.collect(), length: end + 4 })
    }
}

/// Which part of a file is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    All,
    Anchor(&'a str),
    /// From the line with this index, up to before the other if there is one.
    Lines(usize, Option<usize>),
}

/// A target and the part of it: `file`, `file:anchor`, `file:3`, `file:3:`, `file::5`,
/// `file:3:5`.
fn parted(target: &str) -> (&str, Part<'_>) {
    let Some((file, part)) = target.split_once(':') else { return (target, Part::All) };
    let mut numbers = part.splitn(3, ':');
    let first = numbers.next().unwrap_or_default();
    let second = numbers.next();
    let end = second.and_then(|end| end.parse().ok());
    let part = match (first.parse::<usize>(), first, second) {
        (Ok(line), _, None) => Part::Lines(line.saturating_sub(1), Some(line)),
        (Ok(line), _, Some(_)) => Part::Lines(line.saturating_sub(1), end),
        (Err(_), "", _) => end.map_or(Part::All, |end| Part::Lines(0, Some(end))),
        (Err(_), anchor, _) => Part::Anchor(anchor),
    };
    (file, part)
}

impl Part<'_> {
    /// This part of a text; `None` when it has no such anchor.
    fn of(self, text: &str) -> Option<String> {
        match self {
            Self::All => Some(text.to_owned()),
            Self::Lines(from, to) => {
                let count = to.unwrap_or(usize::MAX).saturating_sub(from);
                Some(text.lines().skip(from).take(count).collect::<Vec<_>>().join("\n"))
            }
            Self::Anchor(name) => anchored(text, name),
        }
    }
}

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, without lines of other anchors.
fn anchored(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines();
    lines.find(|line| anchor(line, "ANCHOR:") == Some(name))?;
    let within = lines.take_while(|line| anchor(line, "ANCHOR_END:") != Some(name));
    let shown =
        within.filter(|line| anchor(line, "ANCHOR:").is_none() && anchor(line, "ANCHOR_END:").is_none());
    Some(shown.collect::<Vec<_>>().join("\n"))
}

/// The name of the anchor that a line marks.
fn anchor<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let rest = line.get(line.find(mark)? + mark.len()..)?.trim_start();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_-".contains(c))).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Part, anchored, parted, resolved};
    use crate::course::Folder;
    use std::fs;

    #[test]
    fn lines_and_anchors_are_meant_as_mdbook_means_them() {
        for (target, part) in [
            ("a.rs", Part::All),
            ("a.rs:main", Part::Anchor("main")),
            ("a.rs:3", Part::Lines(2, Some(3))),
            ("a.rs:3:", Part::Lines(2, None)),
            ("a.rs:3:5", Part::Lines(2, Some(5))),
            ("a.rs::5", Part::Lines(0, Some(5))),
            ("a.rs:", Part::All),
            ("a.rs::", Part::All),
            ("a.rs:0", Part::Lines(0, Some(0))),
        ] {
            assert_eq!(parted(target), ("a.rs", part), "{target}");
        }
        assert_eq!(Part::Lines(1, Some(3)).of("1\n2\n3\n4").unwrap(), "2\n3");
        assert_eq!(Part::Lines(8, Some(3)).of("1\n2").unwrap(), "");
        let text = "0\n// ANCHOR: a\n1\n# ANCHOR: b\n2\n// ANCHOR_END: b\n3\n<!-- ANCHOR_END: a -->\n4";
        assert_eq!(anchored(text, "a").unwrap(), "1\n2\n3");
        assert_eq!(anchored(text, "b").unwrap(), "2");
        assert_eq!(anchored(text, "c"), None);
    }

    #[test]
    fn what_can_not_be_put_in_says_so_where_it_would_stand() {
        let outside = tempfile::tempdir().unwrap();
        let book = outside.path().join("book");
        fs::create_dir_all(book.join("src")).unwrap();
        fs::write(outside.path().join("secret"), "secret").unwrap();
        fs::write(book.join("src/a.md"), "").unwrap();
        fs::write(book.join("code.rs"), "code\n").unwrap();
        fs::write(book.join("src/one.md"), "1 {{#include two.md}}").unwrap();
        fs::write(book.join("src/two.md"), "2 {{#include one.md}}").unwrap();
        std::os::unix::fs::symlink("../../secret", book.join("src/link")).unwrap();
        let folder = Folder::open(&book).unwrap();
        let put = |text: &str| resolved(&folder, "src/a.md", text);
        assert_eq!(put("a {{#include ../code.rs}}b"), "a code\nb");
        assert_eq!(put("{{ #include ../code.rs }}"), "code\n");
        assert_eq!(put("{{#playground ../code.rs editable ignore}}"), "```rust,editable,ignore\ncode\n```\n");
        assert_eq!(
            put(r"\{{#include ../code.rs}} {{#title X y}}{{#other z}} {{ {{}}"),
            "{{#include ../code.rs}} {{#other z}} {{ {{}}"
        );
        assert_eq!(put("{{#include a.md}}"), "[not included: a.md includes itself]");
        assert_eq!(put("{{#include one.md}}"), "1 2 [not included: one.md includes itself]");
        for target in ["../../secret", "/etc/passwd", "../../../../../etc/passwd"] {
            let said = put(&format!("{{{{#include {target}}}}}"));
            assert_eq!(said, format!("[not included: {target} leads out of the book]"));
        }
        assert!(put("{{#include link}}").contains("leads out of the folder"), "{}", put("{{#include link}}"));
        assert!(put("{{#include none.md}}").contains("is not there"));
        assert!(put("{{#include ../src}}").contains("is a folder"));
        assert!(put("{{#include ../code.rs:none}}").contains("no such anchor"));
        fs::write(book.join("src/bomb.md"), "{{#include ../code.rs}}".repeat(5000)).unwrap();
        let bomb = put("{{#include bomb.md}}");
        assert_eq!(bomb.matches("code\n").count(), 1999);
    }
}
