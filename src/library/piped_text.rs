//! Tells by its beginning what a text from a pipe is written in: Markdown, or lines that some
//! program wrote for a terminal.
//!
//! Owns the signs of either. In doubt it is lines: those lose nothing, while Markdown joins lines
//! and drops tags. `docs/LIBRARY.md` tells the rule.

use crate::text::Flavour;
use crate::text::clean::clean_source;
use crate::text::overstrikes::{self, BACKSPACE};
use std::ops::ControlFlow;

/// The most lines that are looked at.
const LINES: usize = 200;

/// The most bytes that are looked at.
const BYTES: usize = 64 * 1024;

/// The fewest digits of the name of a commit.
const SHORTEST_COMMIT: usize = 7;

/// The language of what `diff` writes.
const DIFF: &str = "diff";

/// Tells what a text is written in. A text that is still arriving may turn out to be Markdown later,
/// but only until its first 200 lines are there.
pub(super) fn flavour_of(text: &str) -> Flavour {
    let beginning = text.get(..text.floor_char_boundary(BYTES)).unwrap_or_default();
    let read = overstrikes::resolved(beginning);
    let read = clean_source(&read);
    let lines: Vec<&str> = read.lines().take(LINES).collect();
    let lines = lines.as_slice();
    let is_for_terminal = beginning.contains([BACKSPACE, '\u{1b}']);
    let is_log = is_log(lines);
    if is_diff(lines) || (is_log && lines.iter().any(|line| line.starts_with("diff --git "))) {
        return in_lines(DIFF);
    }
    let is_script = lines.first().is_some_and(|line| line.starts_with("#!"));
    if is_for_terminal || is_log || is_script || !is_markdown(lines) {
        return in_lines("");
    }
    Flavour::default()
}

/// A text that is shown line by line, in the colours of a language or of none.
pub(super) fn in_lines(language: &str) -> Flavour {
    Flavour::Verbatim { language: language.to_owned() }
}

/// The lines from the first that is not blank.
fn from_first<'l>(lines: &'l [&'l str]) -> &'l [&'l str] {
    let blank = lines.iter().take_while(|line| is_blank(line)).count();
    lines.get(blank..).unwrap_or_default()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Returns whether it begins as `diff` writes it.
fn is_diff(lines: &[&str]) -> bool {
    match from_first(lines) {
        [first, ..] if first.starts_with("diff -") || first.starts_with("Index: ") => true,
        [first, second, ..] => first.starts_with("--- ") && second.starts_with("+++ "),
        _ => false,
    }
}

/// Returns whether it begins as a log of `git` does: with `commit` and its name, or with the name
/// alone; a graph may stand before it.
fn is_log(lines: &[&str]) -> bool {
    let Some(first) = from_first(lines).first() else { return false };
    let first = first.trim_start_matches(['*', '|', '/', '\\', ' ', '_']);
    let name = first.strip_prefix("commit ").unwrap_or(first).split(' ').next().unwrap_or_default();
    name.len() >= SHORTEST_COMMIT
        && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && name.bytes().any(|byte| byte.is_ascii_digit())
}

/// Returns whether one of the lines is written as only Markdown is.
fn is_markdown(lines: &[&str]) -> bool {
    let text = after_front_matter(lines);
    let has_front_matter = text.len() < lines.len();
    let begins = from_first(text);
    if (has_front_matter && text.first().is_none_or(|line| is_blank(line)))
        || begins.first().is_some_and(|line| is_html(line))
        || is_title(begins)
    {
        return true;
    }
    let signs = (0..text.len()).try_for_each(|at| {
        let before = at.checked_sub(1).and_then(|at| text.get(at)).copied().unwrap_or_default();
        let here = text.get(at..).unwrap_or_default();
        if is_sign(before, here) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    signs.is_break()
}

/// The lines behind front matter of YAML or TOML; all of them where there is none.
fn after_front_matter<'l>(lines: &'l [&'l str]) -> &'l [&'l str] {
    let Some((fence, rest)) = lines.split_first().filter(|(first, _)| matches!(**first, "---" | "+++"))
    else {
        return lines;
    };
    let end = rest.iter().position(|line| line == fence || (*fence == "---" && *line == "..."));
    end.and_then(|end| rest.get(end + 1..)).unwrap_or(lines)
}

/// Returns whether the first of the lines is a title, and no comment of a program: the line below is
/// blank.
fn is_title(lines: &[&str]) -> bool {
    lines.first().is_some_and(|line| level(line) == Some(1)) && lines.get(1).is_none_or(|line| is_blank(line))
}

/// The level of a heading that begins with `#`.
fn level(line: &str) -> Option<usize> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let is_heading = (1..=6).contains(&level) && line.as_bytes().get(level) == Some(&b' ');
    (is_heading && !is_blank(line.get(level..).unwrap_or_default())).then_some(level)
}

/// Returns whether Markdown shows in the first of these lines: a heading with blank lines around it,
/// a fence, a list of two entries, a table, a link, or strong words. A comment of a program may begin
/// with one `#`.
fn is_sign(before: &str, lines: &[&str]) -> bool {
    let Some((line, below)) = lines.split_first() else { return false };
    let next = below.first().copied().unwrap_or_default();
    let stands_apart = is_blank(before);
    (stands_apart && is_blank(next) && level(line).is_some_and(|level| level > 1))
        || (stands_apart && is_underlined(line, below))
        || is_fence(line)
        || is_table(line, next)
        || is_list(line, next)
        || has_link(line)
        || has_strong(line)
}

/// Returns whether a line is a heading because of the line below it.
fn is_underlined(line: &str, below: &[&str]) -> bool {
    let is_rule = |line: &&str| {
        let rule = line.trim_end();
        rule.len() >= 3 && (rule.bytes().all(|byte| byte == b'=') || rule.bytes().all(|byte| byte == b'-'))
    };
    !is_blank(line)
        && !line.starts_with([' ', '\t'])
        && below.first().is_some_and(is_rule)
        && below.get(1).is_none_or(|line| is_blank(line))
}

/// The line without the spaces that Markdown lets stand before a block; none where there are more.
fn unindented(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len() <= 3).then_some(text)
}

fn is_fence(line: &str) -> bool {
    unindented(line).is_some_and(|line| line.starts_with("```") || line.starts_with("~~~"))
}

/// Returns whether the second line parts the head of a table from its body.
fn is_table(line: &str, next: &str) -> bool {
    let next = next.trim();
    line.contains('|')
        && next.contains('|')
        && next.contains("--")
        && next.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

/// Returns whether two lines are entries of one list.
fn is_list(line: &str, next: &str) -> bool {
    let kind = marker(line);
    kind.is_some() && kind == marker(next)
}

/// The sign that begins an entry of a list: a dash, a star, or what stands behind a number.
fn marker(line: &str) -> Option<char> {
    let line = unindented(line)?;
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = line.get(digits..)?.chars();
    let sign = rest.next().filter(|sign| match digits {
        0 => matches!(sign, '-' | '*'),
        1..=9 => matches!(sign, '.' | ')'),
        _ => false,
    })?;
    let text = rest.as_str();
    let is_entry = text.starts_with(' ') && !is_blank(text) && !text.starts_with("     ");
    is_entry.then_some(sign)
}

/// Returns whether a line has a link to a path, an address or a heading, or defines one.
fn has_link(line: &str) -> bool {
    let pieces: Vec<&str> = line.split("](").collect();
    let is_link = |(index, pair): (usize, &[&str])| {
        let [label, target] = pair else { return false };
        let Some((before, _)) = label.rsplit_once('[') else { return false };
        // A name before the bracket makes it a call in some language; another link may stand there.
        let begins = match before.chars().next_back() {
            Some(before) => !before.is_alphanumeric() && before != ']',
            None => index == 0,
        };
        begins && target.split_once(')').is_some_and(|(target, _)| is_target(target))
    };
    pieces.windows(2).enumerate().any(is_link)
        || unindented(line).is_some_and(|line| {
            let definition = line.strip_prefix('[').and_then(|line| line.split_once("]: "));
            definition.is_some_and(|(label, target)| !label.is_empty() && is_target(target.trim()))
        })
}

/// Returns whether this is a path, an address or the name of a heading, with or without a title.
fn is_target(target: &str) -> bool {
    let target = target.split_once(" \"").map_or(target, |(target, _)| target);
    let is_path = target.starts_with('#') || target.contains(['.', '/', ':']);
    is_path && !target.contains(char::is_whitespace)
}

/// Returns whether a line has words between two stars and two stars.
fn has_strong(line: &str) -> bool {
    let mut stars = line.match_indices("**").map(|(at, _)| at);
    let around = |at: usize| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        (before, line.get(at + 2..).and_then(|behind| behind.chars().next()))
    };
    let opens = |at: usize| {
        let (before, behind) = around(at);
        before.is_none_or(|before| !before.is_alphanumeric() && before != '/' && before != '*')
            && behind.is_some_and(char::is_alphanumeric)
    };
    let closes = |at: usize| {
        let (before, behind) = around(at);
        before.is_some_and(|before| !before.is_whitespace() && before != '/' && before != '*')
            && behind.is_none_or(|behind| !behind.is_alphanumeric() && behind != '/' && behind != '*')
    };
    stars.any(opens) && stars.any(closes)
}

/// Returns whether a line begins a page or a block of HTML.
fn is_html(line: &str) -> bool {
    const TAGS: [&str; 20] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "p",
        "h1",
        "h2",
        "h3",
        "div",
        "center",
        "details",
        "img",
        "a",
        "table",
        "picture",
        "ul",
        "ol",
        "br",
        "main",
        "article",
    ];
    let Some(rest) = line.trim_start().strip_prefix('<') else { return false };
    let rest = rest.to_ascii_lowercase();
    TAGS.iter().filter_map(|tag| rest.strip_prefix(tag)).any(|rest| rest.starts_with(['>', ' ', '/']))
        && line.contains('>')
}

#[cfg(test)]
mod tests {
    use super::{flavour_of, in_lines};
    use crate::text::Flavour;

    #[test]
    fn what_a_person_wrote_as_markdown_is_markdown() {
        for text in [
            "# A title\n\nText.",
            "\n\n# A title\n",
            "Words.\n\n## A section\n\nText.",
            "Title\n=====\n\nText.",
            "Words and\n\nA section\n---\n\nText.",
            "Words.\n\n- one\n- two\n",
            "1. one\n2. two\n",
            "* one\n* two\n",
            "```sh\nls\n```\n",
            "See [the page](page.md).",
            "See [above](#above \"there\")",
            "![](a/b.png)",
            "Words.\n\n[1]: https://example.org\n",
            "This is **much** better.",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "---\ntitle: X\n---\n\nHello.",
            "---\ntitle: X\n---\n# Hello\n\nText.",
            "+++\ntitle = 1\n+++\n",
            "<p align=\"center\">\n<img src=x>\n</p>",
            "<!DOCTYPE html>\n<html>",
        ] {
            assert_eq!(flavour_of(text), Flavour::default(), "{text:?}");
        }
    }

    #[test]
    fn what_a_program_wrote_is_shown_line_by_line() {
        for text in [
            "",
            "Vec<String> <tag>\n",
            "1\n2\n3\n",
            "Plain words.\n\nAnd some more.\n",
            "N\u{8}NA\u{8}A\n\n# A title\n\n- one\n- two\n",
            "\u{1b}[1mbold\u{1b}[m\n- one\n- two\n",
            "commit 0123456789abcdef0123456789abcdef01234567\nAuthor: A <a@b>\n\n    - one\n    - two\n",
            "* commit 0123456789ab\n| Author: A\n|\n| * one\n",
            "* c37f3d6 Mend\n* ead4cf8 Say\n",
            "\u{1b}[33mcommit 0123456\u{1b}[m\n",
            "#!/bin/sh\n\n## A section\n\nls\n",
            "# A comment\nimport os\n\n# Another\n\nx = a[0](1)\n",
            "import os\n\n# A comment\n\nx = 2 ** 3 ** 4\n",
            "---\nkind: A\n---\nkind: B\n",
            "---\n# Source: a.yaml\nkind: A\n---\n# Source: b.yaml\nkind: B\n",
            " id \n----\n  1\n  2\n",
            " id | name\n----+------\n  1 | a\n",
            "* main\n  other\n",
            "-rw-r--r-- 1 a b\n-rw-r--r-- 1 a b\n",
            "auto f = [x](int y) { return x; }\nhandlers[i](argument.name);\n",
            "src/**/*.rs **/*.md\n**/a/**\n",
            "int main(int c, char **argv, char **envp)\n",
            "<?xml version=\"1.0\"?>\n<a>\n</a>",
            "       -a, --all\n              do not ignore entries\n",
        ] {
            assert_eq!(flavour_of(text), in_lines(""), "{text:?}");
        }
    }

    #[test]
    fn changes_have_the_colours_of_their_language() {
        for text in [
            "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n- old\n+ new\n",
            "\u{1b}[1mdiff --git a/x b/x\u{1b}[m\n",
            "--- a\n+++ b\n",
            "\ncommit 0123456789ab\nAuthor: A\n\n    Words\n\ndiff --git a/x b/x\n",
        ] {
            assert_eq!(flavour_of(text), in_lines("diff"), "{text:?}");
        }
    }

    #[test]
    fn only_the_beginning_counts() {
        let text = "word\n".repeat(300) + "\n## A section\n\nText.\n";
        assert_eq!(flavour_of(&text), in_lines(""));
        // A character that is cut in two brings nothing down.
        assert_eq!(flavour_of(&("a".to_owned() + &"é".repeat(40_000))), in_lines(""));
    }
}
