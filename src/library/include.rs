//! Expands `{{#include}}` and the other directives in the chapters of an mdBook.
//!
//! Owns their replacements, and the limits: nothing outside the book, no loops, a limited number
//! of files and bytes. A directive that fails is replaced by a note that says why.
//!
//! `{{#rustdoc_include}}` also brings the rest of the file, as lines of Rust that are hidden.

use crate::library::excerpt::{Excerpt, split_target};
use crate::library::readable::{ReadableFolders, refusal, resolve};
use crate::text::LineMap;
use crate::text::clean::clean_line;
use crate::text::line_map::Copied;
use std::path::{Path, PathBuf};

/// The most files deep that includes may nest.
const MAX_DEPTH: usize = 10;
/// The most files that one chapter includes.
const MAX_FILES: usize = 2_000;
/// The most bytes of an included file.
const MAX_FILE_BYTES: u64 = 8 << 20;
/// The most bytes that one chapter includes.
const MAX_CHAPTER_BYTES: usize = 64 << 20;

/// What every directive begins with.
pub(super) const BEGINNING: &str = "{{";

/// Expands all directives in the text of a chapter. `file` is its absolute path. Also returns the way
/// back to the lines of the text: what is included stands in the line of its directive.
pub(super) fn expand(readable: &ReadableFolders, file: PathBuf, text: &str) -> (String, LineMap) {
    if !text.contains(BEGINNING) {
        return (text.to_owned(), LineMap::Same);
    }
    let mut budget = Budget { files: MAX_FILES, bytes: MAX_CHAPTER_BYTES };
    let mut copies = Vec::new();
    let expanded = expand_within(readable, text, &mut vec![file], &mut budget, &mut copies);
    let lines = LineMap::of_copies(text, &expanded, &copies);
    (expanded, lines)
}

/// The rest of what may be included.
struct Budget {
    files: usize,
    bytes: usize,
}

/// Expands all directives in a text. `including` names the files that it is included in, its own
/// last. Notes from where on it is copied again behind each. Recurses at most [`MAX_DEPTH`] times.
fn expand_within(
    readable: &ReadableFolders,
    text: &str,
    including: &mut Vec<PathBuf>,
    budget: &mut Budget,
    copies: &mut Vec<Copied>,
) -> String {
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
            copies.push(Copied { source: text.len() - from.len(), text: out.len() });
            out.push_str(from.get(..directive.length).unwrap_or_default());
            continue;
        }
        out.push_str(before);
        let put = replacement(readable, &directive, including, budget);
        push_indented(&mut out, &put);
        copies.push(Copied { source: text.len() - rest.len(), text: out.len() });
    }
    out.push_str(rest);
    out
}

/// Appends a text, in the quote and with the indent of the line that it begins in.
fn push_indented(out: &mut String, text: &str) {
    let line = out.rsplit('\n').next().unwrap_or_default();
    let is_indent = !line.is_empty() && line.chars().all(|part| matches!(part, ' ' | '\t' | '>'));
    if is_indent {
        let line = format!("\n{line}");
        out.push_str(&text.replace('\n', &line));
    } else {
        out.push_str(text);
    }
}

/// Makes the text that replaces a directive.
fn replacement(
    readable: &ReadableFolders,
    directive: &Directive,
    including: &mut Vec<PathBuf>,
    budget: &mut Budget,
) -> String {
    let (target, excerpt) = match directive.kind {
        // Sets the title of the page in the browser.
        DirectiveKind::Title => return String::new(),
        DirectiveKind::Include | DirectiveKind::RustdocInclude => split_target(directive.target),
        DirectiveKind::Playground => (directive.target, Excerpt::All),
    };
    match read_target(readable, target, including, budget) {
        Err(why) => format!("[{why}]"),
        Ok((file, text)) => {
            let excerpt = match directive.kind {
                DirectiveKind::RustdocInclude => excerpt.with_the_rest_hidden(&text),
                DirectiveKind::Include => excerpt.cut_from(&text),
                DirectiveKind::Playground | DirectiveKind::Title => Some(text),
            };
            let Some(text) = excerpt else {
                return format!("[not included: {} (no such anchor)]", clean_line(directive.target));
            };
            including.push(file);
            let text = expand_within(readable, &text, including, budget, &mut Vec::new());
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

/// Reads the file that a directive includes. Returns its path and its text, or why there is none.
fn read_target(
    readable: &ReadableFolders,
    target: &str,
    including: &[PathBuf],
    budget: &mut Budget,
) -> Result<(PathBuf, String), String> {
    let shown = clean_line(target);
    let from = including.last().and_then(|file| file.parent()).unwrap_or(Path::new("/"));
    let file = resolve(from, target);
    let Some((folder, name)) = readable.find(&file) else {
        return Err(format!("not included: {}", refusal(&shown, &file)));
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
        folder.read_lossy(&name, MAX_FILE_BYTES).map_err(|refusal| format!("not included: {refusal}"))?;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::expand;
    use crate::course::Folder;
    use crate::library::origin::Scope;
    use crate::library::readable::ReadableFolders;
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    /// Expands the text of `src/a.md` in a book that may read these folders too.
    fn put(book: &Path, allowed: &[&Path], text: &str) -> String {
        let allowed = allowed.iter().map(|path| path.canonicalize().unwrap()).collect();
        let folder = Arc::new(Folder::open(book).unwrap());
        let file = folder.path().join("src/a.md");
        let scope = Scope { allowed, ..Scope::default() };
        expand(&ReadableFolders::new(folder, &scope).unwrap(), file, text).0
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
        let put = |text: &str| put(&book, &[], text);
        assert_eq!(put("a {{#include ../code.rs}}b"), "a codeb");
        assert_eq!(put("{{ #include ../code.rs }}"), "code");
        assert_eq!(put("{{#playground ../code.rs editable ignore}}"), "```rust,editable,ignore\ncode\n```\n");
        assert_eq!(
            put(r"\{{#include ../code.rs}} {{#title X y}}{{#other z}} {{ {{}}"),
            "{{#include ../code.rs}} {{#other z}} {{ {{}}"
        );
        assert_eq!(put("{{#include a.md}}"), "[not included: a.md includes itself]");
        assert_eq!(put("{{#include one.md}}"), "1 2 [not included: one.md includes itself]");
        for target in ["../../secret", "/etc/passwd", "../../../../../etc/passwd"] {
            let put_in = put(&format!("{{{{#include {target}}}}}"));
            let says = format!("[not included: {target} is outside the book; `--allow /");
            assert!(put_in.starts_with(&says) && put_in.ends_with("` lets it be read]"), "{put_in}");
        }
        assert!(put("{{#include link}}").contains("leads out of the folder"), "{}", put("{{#include link}}"));
        assert!(put("{{#include none.md}}").contains("does not exist"));
        assert!(put("{{#include ../src}}").contains("is a folder"));
        assert!(put("{{#include ../code.rs:none}}").contains("no such anchor"));
        fs::write(book.join("src/bomb.md"), "{{#include ../code.rs}}".repeat(5000)).unwrap();
        let bomb = put("{{#include bomb.md}}");
        assert_eq!(bomb.matches("include limit").count(), 5000 - 1999);
    }

    #[test]
    fn what_is_included_stands_in_the_line_of_its_directive() {
        let book = tempfile::tempdir().unwrap();
        fs::create_dir(book.path().join("src")).unwrap();
        fs::write(book.path().join("src/two"), "one\ntwo\n").unwrap();
        let folder = Arc::new(Folder::open(book.path()).unwrap());
        let file = folder.path().join("src/a.md");
        let readable = ReadableFolders::new(folder, &Scope::default()).unwrap();
        let text = "a\n\n{{#include two}}\nb \\{{#include two}}\n{{#include\ntwo}}c\nd\n";
        let (text, lines) = expand(&readable, file, text);
        assert_eq!(text, "a\n\none\ntwo\nb {{#include two}}\none\ntwoc\nd\n");
        let found: Vec<u32> = (1..=8).filter_map(|line| lines.source_of(line)).collect();
        assert_eq!(found, [1, 2, 3, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn an_include_stays_in_its_quote_and_its_item() {
        let book = tempfile::tempdir().unwrap();
        fs::create_dir(book.path().join("src")).unwrap();
        fs::write(book.path().join("src/two"), "one\ntwo\n").unwrap();
        assert_eq!(put(book.path(), &[], "> {{#include two}}\n"), "> one\n> two\n");
        assert_eq!(put(book.path(), &[], "- a\n\n  {{#include two}}\n"), "- a\n\n  one\n  two\n");
        assert_eq!(put(book.path(), &[], "a {{#include two}}\n"), "a one\ntwo\n");
    }

    #[test]
    fn a_folder_that_is_allowed_is_read_and_no_other() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        for folder in ["book/src", "shared/deep", "private"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        fs::write(at("shared/a.rs"), "{{#include deep/b.rs}}{{#include ../private/c.rs}}").unwrap();
        fs::write(at("shared/deep/b.rs"), "b").unwrap();
        fs::write(at("private/c.rs"), "secret").unwrap();
        std::os::unix::fs::symlink("../private/c.rs", at("shared/link.rs")).unwrap();
        let shown = put(&at("book"), &[&at("shared")], "{{#include ../../shared/a.rs}}");
        assert!(shown.starts_with("b[not included: ../private/c.rs is outside the book"), "{shown}");
        let shown = put(&at("book"), &[&at("shared")], "{{#include ../../shared/link.rs}}");
        assert!(shown.contains("leads out of the folder"), "{shown}");
        let shown = put(&at("book"), &[&at("private")], "{{#include ../../private/c.rs}}");
        assert_eq!(shown, "secret");
    }
}
