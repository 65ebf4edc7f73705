//! Lines that are no Markdown but mean something to programs that read it: `:::tip`, `!!! note`,
//! `{% hint %}`, `[TOC]`.
//!
//! Owns which of them are callouts, and writes those as elements of HTML, so that what is between
//! their lines stays Markdown. All other lines of this kind are left exactly as they are written, as
//! paragraphs of their own. Must not parse Markdown, beyond seeing where code is.

use crate::text::callouts;
use crate::text::html::{self, CALLOUT};
use crate::text::line_map::{Copied, LineMap};
use crate::text::nesting;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The columns that the text of an admonition of `MkDocs` is set in by.
const INDENT: usize = 4;

/// The most admonitions within each other.
const MAX_OPEN: usize = 16;

/// Writes directives as HTML. Also returns the way back to the lines of the source.
pub(crate) fn as_html(source: &str) -> (Cow<'_, str>, LineMap) {
    if !may_have_any(source.as_bytes()) {
        return (Cow::Borrowed(source), LineMap::Same);
    }
    let pairs = Pairs::in_text(source);
    let mut writer = Writer {
        text: String::with_capacity(source.len() + source.len() / 8),
        admonitions: Vec::new(),
        items: Vec::new(),
        in_html: false,
    };
    let mut fence = None;
    let (mut copies, mut at) = (Vec::new(), 0);
    for (number, line) in source.split_inclusive('\n').enumerate() {
        copies.push(Copied { source: at, text: writer.text.len() });
        writer.line(number, line, &mut fence, &pairs);
        at += line.len();
    }
    writer.end_admonitions(0);
    let lines = LineMap::of_copies(source, &writer.text, &copies);
    (Cow::Owned(writer.text), lines)
}

/// Returns whether a text has what every line of this kind has, so that one without is not looked through
/// further. Two looks for the first signs are quicker than one for each of them.
pub(crate) fn may_have_any(source: &[u8]) -> bool {
    let is_mark = |at: usize| {
        matches!(
            source.get(at..),
            Some(
                [b':', b':', b':', ..]
                    | [b'!', b'!', b'!', ..]
                    | [b'?', b'?', b'?', ..]
                    | [b'{', b'%' | b'{', ..]
                    | [b'[', b'T', b'O', b'C', b']', ..]
                    | [b'_', b'T', b'O', b'C', b'_', ..]
            )
        )
    };
    memchr::memchr3_iter(b':', b'!', b'?', source).any(is_mark)
        || memchr::memchr3_iter(b'{', b'[', b'_', source).any(is_mark)
}

/// A line that begins or ends a callout, or looks as if it did.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Directive<'a> {
    Begin(Callout<'a>),
    End,
    /// Shown as it is written.
    Other,
}

/// What the first line of a callout says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Callout<'a> {
    name: &'a str,
    title: Title<'a>,
    /// Whether it is shown at first, if it folds.
    open: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title<'a> {
    /// The name of its kind.
    Name,
    None,
    Own(&'a str),
}

/// A line of a container.
enum ContainerLine<'a> {
    /// It begins one, which is this callout, or none that is known.
    Begins(Option<Callout<'a>>),
    /// It ends the innermost one.
    Ends,
}

/// The lines of containers, `:::tip` and `{% hint %}`, by their numbers.
struct Pairs<'a>(BTreeMap<usize, Directive<'a>>);

impl<'a> Pairs<'a> {
    fn in_text(source: &'a str) -> Self {
        let mut found = BTreeMap::new();
        let mut open: Vec<(usize, bool, Option<Callout<'a>>)> = Vec::new();
        let mut fence = None;
        for (number, line) in source.split_inclusive('\n').enumerate() {
            let text = line.trim();
            if follow_fence(text, &mut fence) {
                continue;
            }
            let Some((is_colons, line)) = container(text) else {
                if is_other(text) {
                    found.insert(number, Directive::Other);
                }
                continue;
            };
            found.insert(number, Directive::Other);
            match line {
                ContainerLine::Begins(callout) => open.push((number, is_colons, callout)),
                ContainerLine::Ends => {
                    if let Some(last) = open.iter().rposition(|(_, colons, _)| *colons == is_colons)
                        && let Some((begin, _, callout)) = open.drain(last..).next()
                        && let Some(callout) = callout
                    {
                        found.insert(begin, Directive::Begin(callout));
                        found.insert(number, Directive::End);
                    }
                }
            }
        }
        Self(found)
    }
}

/// Reads a line that begins or ends a container, and tells whether it is written with colons.
fn container(text: &str) -> Option<(bool, ContainerLine<'_>)> {
    if let Some(rest) = text.strip_prefix(":::") {
        let rest = rest.trim_start_matches(':').trim();
        let line = if rest.is_empty() { ContainerLine::Ends } else { ContainerLine::Begins(colons(rest)) };
        return Some((true, line));
    }
    let tag = text.strip_prefix("{%")?.strip_suffix("%}")?.trim_matches(['-', ' ']);
    if tag == "endhint" {
        return Some((false, ContainerLine::Ends));
    }
    let attributes = tag.strip_prefix("hint")?;
    let style = attributes.split_once("style=").map_or("", |(_, style)| style.trim_matches(['"', '\'', ' ']));
    let name = if callouts::kind(style).is_some() { style } else { "note" };
    let callout = Callout { name, title: Title::None, open: None };
    Some((false, ContainerLine::Begins(Some(callout))))
}

/// What stands behind the colons: `tip A title`, `tip[A title]`, `{.callout-tip}`.
fn colons(rest: &str) -> Option<Callout<'_>> {
    let length =
        rest.find(|character: char| !(character.is_alphanumeric() || matches!(character, '-' | '_')));
    let (name, rest) = rest.split_at_checked(length.unwrap_or(rest.len()))?;
    let rest = rest.trim();
    let (name, title) = match rest.strip_prefix('[').and_then(|title| title.strip_suffix(']')) {
        Some(title) => (name, title),
        None if rest.starts_with('{') => {
            let class = rest.trim_matches(['{', '}', ' ']).split_whitespace().next().unwrap_or_default();
            let class = class.trim_start_matches('.').trim_start_matches("callout-");
            (if name.is_empty() { class } else { name }, "")
        }
        None => (name, rest),
    };
    let title = if title.is_empty() { Title::Name } else { Title::Own(title) };
    if name.eq_ignore_ascii_case("details") {
        return Some(Callout { name: "details", title, open: Some(false) });
    }
    callouts::kind(name).is_some().then_some(Callout { name, title, open: None })
}

/// Returns whether a line is written for another program than a reader of Markdown.
fn is_other(text: &str) -> bool {
    let is_within = |begin: &str, end: &str| text.starts_with(begin) && text.ends_with(end);
    is_within("{%", "%}")
        || is_within("{{<", ">}}")
        || is_within("{{%", "%}}")
        || ["[TOC]", "[[TOC]]", "[[_TOC_]]", "{{TOC}}", "{{toc}}"].contains(&text)
}

/// Reads the first line of an admonition: `!!! note "A title"`, `??? tip`, `???+ tip`.
fn admonition(text: &str) -> Option<Callout<'_>> {
    let (open, rest) = if let Some(rest) = text.strip_prefix("!!!") {
        (None, rest)
    } else if let Some(rest) = text.strip_prefix("???+") {
        (Some(true), rest)
    } else {
        (Some(false), text.strip_prefix("???")?)
    };
    let rest = rest.trim();
    let (words, title) = match rest.split_once('"') {
        Some((words, title)) => (words, Some(title.strip_suffix('"')?)),
        None => (rest, None),
    };
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | ' ');
    let name = words.split_whitespace().next()?;
    if !words.chars().all(is_word) || !name.starts_with(char::is_alphabetic) {
        return None;
    }
    let title = match title {
        Some("") => Title::None,
        Some(title) => Title::Own(title),
        None => Title::Name,
    };
    Some(Callout { name, title, open })
}

/// Follows a line of code in fences. Returns whether it is one.
fn follow_fence(text: &str, fence: &mut Option<(u8, usize)>) -> bool {
    let marker = text.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'));
    let length = marker.map_or(0, |marker| text.bytes().take_while(|byte| *byte == marker).count());
    match (*fence, marker) {
        (Some((open, least)), Some(marker)) if marker == open && length >= least && text.len() == length => {
            *fence = None;
            true
        }
        (Some(_), _) => true,
        (None, Some(marker))
            if length >= 3
                && (marker == b'~' || !text.get(length..).is_some_and(|info| info.contains('`'))) =>
        {
            *fence = Some((marker, length));
            true
        }
        (None, _) => false,
    }
}

/// Writes the text anew.
struct Writer {
    text: String,
    /// The columns from which on a line belongs to each open admonition.
    admonitions: Vec<usize>,
    /// The columns from which on a line belongs to each open item of a list.
    items: Vec<usize>,
    /// Whether a block of HTML is open, which goes on up to a blank line.
    in_html: bool,
}

impl Writer {
    fn line(&mut self, number: usize, line: &str, fence: &mut Option<(u8, usize)>, pairs: &Pairs<'_>) {
        let text = line.trim();
        if text.is_empty() {
            self.in_html = false;
            return self.text.push_str(line);
        }
        let column = column(line);
        self.end_admonitions(column);
        let base = self.admonitions.len() * INDENT;
        if follow_fence(text, fence) {
            return self.text.push_str(without_indent(line, base));
        }
        let around = self.admonitions.last().copied().unwrap_or(0);
        let indent = column.saturating_sub(around);
        let is_code = column.saturating_sub(self.item(column, text).max(around)) >= INDENT;
        self.in_html |= !is_code && html::begins_block(text);
        match pairs.0.get(&number) {
            Some(Directive::Other) if self.in_html => self.text.push_str(without_indent(line, base)),
            _ if is_code => self.text.push_str(without_indent(line, base)),
            Some(Directive::Begin(callout)) => self.begin(callout, indent),
            Some(Directive::End) => self.end(indent),
            Some(Directive::Other) => self.literal(text, indent),
            None => match admonition(text).filter(|_| self.admonitions.len() < MAX_OPEN) {
                Some(callout) => {
                    self.begin(&callout, indent);
                    self.admonitions.push(column + INDENT);
                }
                None => self.text.push_str(without_indent(line, base)),
            },
        }
    }

    /// The column of the innermost item of a list that a line at this column belongs to; 0 for none. A
    /// line that begins an item counts for those after it.
    fn item(&mut self, column: usize, text: &str) -> usize {
        while self.items.last().is_some_and(|item| column < *item) {
            self.items.pop();
        }
        let around = self.items.last().copied().unwrap_or(0);
        if let Some(marker) = nesting::list_marker(text.as_bytes()) {
            self.items.push(column + marker + 1);
        }
        around
    }

    /// Ends the admonitions that a line at this column does not belong to.
    fn end_admonitions(&mut self, column: usize) {
        while self.admonitions.last().is_some_and(|from| column < *from) {
            self.admonitions.pop();
            self.end(0);
        }
    }

    fn begin(&mut self, callout: &Callout<'_>, indent: usize) {
        self.in_html = false;
        let margin = " ".repeat(indent);
        let title = match callout.title {
            Title::Own(title) => Some(title.to_owned()),
            Title::Name if callouts::is_named(callout.name) && callout.open.is_none() => None,
            Title::None if callout.open.is_none() => None,
            Title::Name | Title::None => Some(callouts::title(callout.name)),
        };
        let (folds, open) = match callout.open {
            Some(true) => (" type=details", " open"),
            Some(false) => (" type=details", ""),
            None => ("", ""),
        };
        let titled = if title.is_some() { " title" } else { "" };
        let name = callout.name;
        let written = write!(self.text, "\n{margin}<{CALLOUT} name=\"{name}\"{titled}{folds}{open}>\n\n");
        debug_assert!(written.is_ok());
        if let Some(title) = title {
            let written = write!(self.text, "{margin}<summary>\n\n{margin}{title}\n\n{margin}</summary>\n\n");
            debug_assert!(written.is_ok());
        }
    }

    fn end(&mut self, indent: usize) {
        self.in_html = false;
        let written = write!(self.text, "\n{}</{CALLOUT}>\n\n", " ".repeat(indent));
        debug_assert!(written.is_ok());
    }

    /// Writes a line as a paragraph that is shown exactly as it is written.
    fn literal(&mut self, text: &str, indent: usize) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let written = write!(self.text, "\n{}<p>{text}</p>\n\n", " ".repeat(indent));
        debug_assert!(written.is_ok());
    }
}

/// The column at which the text of a line begins.
fn column(line: &str) -> usize {
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).fold(0, |column, byte| match byte {
        b'\t' => column + INDENT - column % INDENT,
        _ => column + 1,
    })
}

/// A line without its first columns, as far as they are white space.
fn without_indent(line: &str, columns: usize) -> &str {
    let mut rest = line;
    let mut column = 0;
    while column < columns {
        let Some(after) = rest.strip_prefix([' ', '\t']) else { break };
        column += if rest.starts_with('\t') { INDENT - column % INDENT } else { 1 };
        rest = after;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Cow<'_, str> {
        as_html(text).0
    }

    #[test]
    fn what_is_written_as_html_is_found_in_its_line() {
        let source = "one\n\n:::tip Two\nthree\n:::\n\n!!! note\n    four\n\nfive {{TOC}}\n{{TOC}}\nsix\n";
        let (text, lines) = as_html(source);
        let lines_of =
            |text: &str| -> Vec<String> { text.lines().map(|line| line.trim().to_owned()).collect() };
        for word in ["one", "three", "four", "five {{TOC}}", "six"] {
            let line =
                |text: &str| 1 + lines_of(text).iter().position(|line| line == word).unwrap_or_default();
            let at = u32::try_from(line(&text)).unwrap_or_default();
            let source_line = u32::try_from(line(source)).ok();
            assert_eq!(lines.source_of(at), source_line, "{word}");
        }
        let title = text.lines().position(|line| line == "Two").unwrap_or_default();
        assert_eq!(lines.source_of(u32::try_from(title + 1).unwrap_or_default()), Some(3));
    }

    #[test]
    fn a_text_without_directives_is_left_alone() {
        for text in ["# A\n\n> quoted\n", "a :: b\n", "What? Now! {x} [a](b)\n"] {
            assert!(matches!(as_html(text).0, Cow::Borrowed(_)), "{text}");
        }
        let in_html = "<ul>\n{% for a in b %}\n        <li>{{ a }}</li>\n{% endfor %}\n</ul>\n";
        assert_eq!(written(in_html), in_html);
        for text in
            ["```\n:::tip\n:::\n```\n", "    !!! note\n", "so!!! note this\n", "wow!!! great: \"x\"\n"]
        {
            assert_eq!(written(text), text);
        }
    }

    #[test]
    fn containers_are_callouts_if_they_end() {
        assert_eq!(
            written(":::tip A *title*\ntext\n:::\n"),
            "\n<sidelight-callout name=\"tip\" title>\n\n<summary>\n\nA *title*\n\n</summary>\n\ntext\n\n</sidelight-callout>\n\n"
        );
        assert_eq!(
            written("- a\n\n  - b\n\n    :::tip\n    c\n    :::\n"),
            "- a\n\n  - b\n\n\n    <sidelight-callout name=\"tip\">\n\n    c\n\n    </sidelight-callout>\n\n"
        );
        assert_eq!(written("- a\n\n        :::tip\n"), "- a\n\n        :::tip\n");
        assert_eq!(written("::: warning\n"), "\n<p>::: warning</p>\n\n");
        assert_eq!(written(":::tabs\n:::\n"), "\n<p>:::tabs</p>\n\n\n<p>:::</p>\n\n");
        assert_eq!(
            written("{% hint style=\"danger\" %}\na\n{% endhint %}\n"),
            "\n<sidelight-callout name=\"danger\">\n\na\n\n</sidelight-callout>\n\n"
        );
    }

    #[test]
    fn admonitions_reach_as_far_as_their_indent() {
        assert_eq!(
            written("!!! note\n    one\n\n    ```\n      two\n    ```\nthree\n"),
            "\n<sidelight-callout name=\"note\">\n\none\n\n```\n  two\n```\n\n</sidelight-callout>\n\nthree\n"
        );
        assert_eq!(
            written("???+ faq \"Why\"\n    so\n"),
            "\n<sidelight-callout name=\"faq\" title type=details open>\n\n<summary>\n\nWhy\n\n</summary>\n\nso\n\n</sidelight-callout>\n\n"
        );
    }
}
