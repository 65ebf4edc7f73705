//! Expands `{{#include}}` and the other directives in the chapters of an mdBook.
//!
//! Owns their replacements, and the limits: nothing outside the book, no loops, a limited number
//! of files and bytes. A directive that fails is replaced by a note that says why.
//!
//! `{{#rustdoc_include}}` also brings the rest of the file, hidden. Hidden lines are not shown
//! here, so it is the same as `{{#include}}`.

use crate::course::{Folder, path};
use crate::text::clean::clean_line;

/// The most files deep that includes may nest.
const MAX_DEPTH: usize = 10;
/// The most files that one chapter includes.
const MAX_FILES: usize = 2_000;
/// The most bytes of an included file.
const MAX_FILE_BYTES: u64 = 8 << 20;
/// The most bytes that one chapter includes.
const MAX_CHAPTER_BYTES: usize = 64 << 20;

/// Expands all directives in the text of a chapter. `file` is its name within the book.
pub(super) fn expand(folder: &Folder, file: &str, text: &str) -> String {
    if !text.contains("{{") {
        return text.to_owned();
    }
    let mut budget = Budget { files: MAX_FILES, bytes: MAX_CHAPTER_BYTES };
    let mut including = vec![file.to_owned()];
    expand_within(folder, text, &mut including, &mut budget)
}

/// The rest of what may be included.
struct Budget {
    files: usize,
    bytes: usize,
}

/// Expands all directives in a text. `including` names the files that it is included in, its own
/// last. Recurses at most [`MAX_DEPTH`] times.
fn expand_within(folder: &Folder, text: &str, including: &mut Vec<String>, budget: &mut Budget) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, from) = rest.split_at(at);
        let Some(directive) = Directive::read(from) else {
            out.push_str(before);
            out.push_str("{{");
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        rest = from.get(directive.length..).unwrap_or_default();
        if let Some(before) = before.strip_suffix('\\') {
            out.push_str(before);
            out.push_str(from.get(..directive.length).unwrap_or_default());
            continue;
        }
        out.push_str(before);
        let put = replacement(folder, &directive, including, budget);
        out.push_str(&put);
    }
    out.push_str(rest);
    out
}

/// Makes the text that replaces a directive.
fn replacement(
    folder: &Folder,
    directive: &Directive,
    including: &mut Vec<String>,
    budget: &mut Budget,
) -> String {
    let (target, excerpt) = match directive.kind {
        // Sets the title of the page in the browser.
        DirectiveKind::Title => return String::new(),
        DirectiveKind::Include | DirectiveKind::RustdocInclude => split_target(directive.target),
        DirectiveKind::Playground => (directive.target, Excerpt::All),
    };
    match read_target(folder, target, including, budget) {
        Err(why) => format!("[{why}]"),
        Ok((file, text)) => {
            let Some(text) = excerpt.cut_from(&text) else {
                return format!("[not included: {} (no such anchor)]", clean_line(directive.target));
            };
            including.push(file);
            let text = expand_within(folder, &text, including, budget);
            including.pop();
            match directive.kind {
                DirectiveKind::Playground => {
                    let end = if text.ends_with('\n') { "" } else { "\n" };
                    let attributes = directive.attributes.join(",");
                    let comma = if attributes.is_empty() { "" } else { "," };
                    format!("```rust{comma}{attributes}\n{text}{end}```\n")
                }
                DirectiveKind::Include | DirectiveKind::RustdocInclude | DirectiveKind::Title => text,
            }
        }
    }
}

/// Reads the file that a directive includes. Returns its name and its text, or why there is none.
fn read_target(
    folder: &Folder,
    target: &str,
    including: &[String],
    budget: &mut Budget,
) -> Result<(String, String), String> {
    let shown = clean_line(target);
    let from = including.last().map_or("", |file| path::folder_of(file));
    let Some(file) = path::join(from, target).filter(|_| !target.starts_with('/')) else {
        return Err(format!("not included: {shown} is outside the book"));
    };
    if including.contains(&file) {
        return Err(format!("not included: {shown} includes itself"));
    }
    if including.len() > MAX_DEPTH {
        return Err(format!("not included: {shown} (more than {MAX_DEPTH} includes deep)"));
    }
    if budget.files == 0 || budget.bytes == 0 {
        return Err(format!("not included: {shown} (include limit reached)"));
    }
    let text =
        folder.read_lossy(&file, MAX_FILE_BYTES).map_err(|refusal| format!("not included: {refusal}"))?;
    budget.files -= 1;
    budget.bytes = budget.bytes.saturating_sub(text.len());
    Ok((file, text))
}

/// The directives that are expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DirectiveKind {
    Include,
    RustdocInclude,
    Playground,
    Title,
}

/// A directive: `{{#kind target attributes}}`.
struct Directive<'a> {
    kind: DirectiveKind,
    target: &'a str,
    attributes: Vec<&'a str>,
    /// Its length in bytes, braces included.
    length: usize,
}

impl<'a> Directive<'a> {
    /// Parses the directive at the start of a text that begins with `{{`; `None` for other uses of
    /// braces.
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix("{{")?;
        let end =
            inner.find('}').filter(|end| inner.get(*end..).is_some_and(|rest| rest.starts_with("}}")))?;
        let body = inner.get(..end)?.trim_start().strip_prefix('#')?;
        let (name, rest) = body.split_once(char::is_whitespace)?;
        let kind = match name {
            "include" => DirectiveKind::Include,
            "rustdoc_include" => DirectiveKind::RustdocInclude,
            "playground" | "playpen" => DirectiveKind::Playground,
            "title" => DirectiveKind::Title,
            _ => return None,
        };
        let mut words = rest.split_whitespace();
        let target = words.next()?;
        Some(Self { kind, target, attributes: words.collect(), length: end + 4 })
    }
}

/// The excerpt of a file that is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Excerpt<'a> {
    All,
    Anchor(&'a str),
    /// From the line with the first index up to, not including, the line with the second.
    Lines(usize, Option<usize>),
}

/// Splits a target into its file and the excerpt: `file`, `file:anchor`, `file:3`, `file:3:`,
/// `file::5`, `file:3:5`.
fn split_target(target: &str) -> (&str, Excerpt<'_>) {
    let Some((file, excerpt)) = target.split_once(':') else { return (target, Excerpt::All) };
    let mut numbers = excerpt.splitn(3, ':');
    let first = numbers.next().unwrap_or_default();
    let second = numbers.next();
    let end = second.and_then(|end| end.parse().ok());
    let excerpt = match (first.parse::<usize>(), first, second) {
        (Ok(line), _, None) => Excerpt::Lines(line.saturating_sub(1), Some(line)),
        (Ok(line), _, Some(_)) => Excerpt::Lines(line.saturating_sub(1), end),
        (Err(_), "", _) => end.map_or(Excerpt::All, |end| Excerpt::Lines(0, Some(end))),
        (Err(_), anchor, _) => Excerpt::Anchor(anchor),
    };
    (file, excerpt)
}

impl Excerpt<'_> {
    /// Cuts the excerpt out of a text; `None` when the text has no such anchor.
    fn cut_from(self, text: &str) -> Option<String> {
        match self {
            Self::All => Some(text.to_owned()),
            Self::Lines(from, to) => {
                let count = to.unwrap_or(usize::MAX).saturating_sub(from);
                Some(text.lines().skip(from).take(count).collect::<Vec<_>>().join("\n"))
            }
            Self::Anchor(name) => anchored_lines(text, name),
        }
    }
}

/// Collects the lines between `ANCHOR: name` and `ANCHOR_END: name`, without the lines of other
/// anchors.
fn anchored_lines(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines();
    lines.find(|line| anchor_name(line, "ANCHOR:") == Some(name))?;
    let within = lines.take_while(|line| anchor_name(line, "ANCHOR_END:") != Some(name));
    let shown = within
        .filter(|line| anchor_name(line, "ANCHOR:").is_none() && anchor_name(line, "ANCHOR_END:").is_none());
    Some(shown.collect::<Vec<_>>().join("\n"))
}

/// Reads the name of the anchor that a line marks.
fn anchor_name<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let rest = line.get(line.find(mark)? + mark.len()..)?.trim_start();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_-".contains(c))).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Excerpt, anchored_lines, expand, split_target};
    use crate::course::Folder;
    use std::fs;

    #[test]
    fn lines_and_anchors_select_as_in_mdbook() {
        for (target, excerpt) in [
            ("a.rs", Excerpt::All),
            ("a.rs:main", Excerpt::Anchor("main")),
            ("a.rs:3", Excerpt::Lines(2, Some(3))),
            ("a.rs:3:", Excerpt::Lines(2, None)),
            ("a.rs:3:5", Excerpt::Lines(2, Some(5))),
            ("a.rs::5", Excerpt::Lines(0, Some(5))),
            ("a.rs:", Excerpt::All),
            ("a.rs::", Excerpt::All),
            ("a.rs:0", Excerpt::Lines(0, Some(0))),
        ] {
            assert_eq!(split_target(target), ("a.rs", excerpt), "{target}");
        }
        assert_eq!(Excerpt::Lines(1, Some(3)).cut_from("1\n2\n3\n4").unwrap(), "2\n3");
        assert_eq!(Excerpt::Lines(8, Some(3)).cut_from("1\n2").unwrap(), "");
        let text = "0\n// ANCHOR: a\n1\n# ANCHOR: b\n2\n// ANCHOR_END: b\n3\n<!-- ANCHOR_END: a -->\n4";
        assert_eq!(anchored_lines(text, "a").unwrap(), "1\n2\n3");
        assert_eq!(anchored_lines(text, "b").unwrap(), "2");
        assert_eq!(anchored_lines(text, "c"), None);
    }

    #[test]
    fn a_failed_include_says_so_in_its_place() {
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
        let put = |text: &str| expand(&folder, "src/a.md", text);
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
            let put_in = put(&format!("{{{{#include {target}}}}}"));
            assert_eq!(put_in, format!("[not included: {target} is outside the book]"));
        }
        assert!(put("{{#include link}}").contains("leads out of the folder"), "{}", put("{{#include link}}"));
        assert!(put("{{#include none.md}}").contains("does not exist"));
        assert!(put("{{#include ../src}}").contains("is a folder"));
        assert!(put("{{#include ../code.rs:none}}").contains("no such anchor"));
        fs::write(book.join("src/bomb.md"), "{{#include ../code.rs}}".repeat(5000)).unwrap();
        let bomb = put("{{#include bomb.md}}");
        assert_eq!(bomb.matches("code\n").count(), 1999);
    }
}
