//! Finds the title of a text in its front matter or its headings.
//!
//! Owns which of them it is. Must only look at the beginning of a text.

use crate::course::folder::HEAD;
use crate::course::front_matter;
use crate::text::{Block, BlockKind, Flavour, clean, directives, markdown};
use memchr::{memchr_iter, memchr2, memmem, memrchr};
use std::borrow::Cow;

/// What begins something that may reach over lines, or that is explained farther on, beside directives: HTML,
/// links, formulas, the fences of code.
const REACHING: [&[u8]; 5] = [b"<", b"[", b"$", b"```", b"~~~"];

/// Finds the title in the beginning of a text: the `title` of its front matter, else its first
/// heading of level 1. Where others of that level stand in the lines right below it, it is the last
/// of them: the first is that of the book, in every chapter. Cleaned.
pub(super) fn first(head: &str, flavour: &Flavour) -> Option<String> {
    if matches!(flavour, Flavour::Verbatim { .. }) {
        return None;
    }
    let front = front_matter::read(head);
    let (end, title) = front.map_or((0, None), |front| (front.end, front.title));
    if let Some(title) = title.as_deref().and_then(cleaned) {
        return Some(title);
    }
    let text = head.get(end..)?.trim_start_matches('\u{feff}');
    let enough = enough_of(text)?;
    let title = first_heading(enough, flavour);
    if title.is_some() || enough.len() == text.len() { title } else { first_heading(text, flavour) }
}

/// The beginning of a text that is looked through for its title.
pub(super) fn head_of(text: &str) -> &str {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    let end = if text.len() < HEAD { None } else { memrchr(b'\n', head.as_bytes()) };
    end.and_then(|end| text.get(..=end)).unwrap_or(head)
}

/// What is parsed of a text first, as its title most likely stands there; none where it has none. Most
/// texts begin with it, and most others have no heading of the first level at all.
fn enough_of(text: &str) -> Option<&str> {
    // Cleaning removes a whole escape sequence, in which any sign may stand.
    let has_escape = memchr2(b'\x1b', b'\xc2', text.as_bytes()).is_some();
    if has_escape || memchr_iter(b'<', text.as_bytes()).any(|at| is_element(text.as_bytes(), at)) {
        return Some(text);
    }
    let before: usize = text.split_inclusive('\n').take_while(|line| !may_be_title(line)).map(str::len).sum();
    let from = text.get(before..).filter(|from| !from.is_empty())?;
    let titles = from.split_inclusive('\n').take_while(|line| is_title_line(&clean::clean_source(line)));
    let length: usize = titles.map(str::len).sum();
    let enough = text.get(..before + length)?;
    // What begins before the title may end behind it, and then be something else.
    let is_alone = length > 0 && matches!(clean::clean_source(enough), Cow::Borrowed(_));
    let reaches = |sign: &&[u8]| memmem::find(enough.as_bytes(), sign).is_some();
    let is_alone = is_alone && !REACHING.iter().any(reaches) && !directives::may_have_any(enough.as_bytes());
    Some(if is_alone { enough } else { text })
}

/// Returns whether a line, with the one above it, may make a heading of the first level. Signs that
/// cleaning removes may stand before it.
fn may_be_title(line: &str) -> bool {
    let mut signs = line.bytes().skip_while(|byte| !byte.is_ascii_graphic());
    match signs.next() {
        Some(b'#') => signs.next() != Some(b'#'),
        Some(sign) => sign == b'=',
        None => false,
    }
}

/// Returns whether a line, cleaned, is a heading of the first level that says something.
fn is_title_line(line: &str) -> bool {
    line.strip_prefix("# ").is_some_and(|title| !title.trim_matches([' ', '\t', '#', '\n']).is_empty())
}

/// Returns whether a heading of the first level begins here that is written in HTML.
fn is_element(text: &[u8], at: usize) -> bool {
    text.get(at..at + 3).is_some_and(|start| start.eq_ignore_ascii_case(b"<h1"))
}

/// The title that the headings of a text make.
fn first_heading(text: &str, flavour: &Flavour) -> Option<String> {
    let document = markdown::parse_as(text, flavour);
    let mut blocks =
        document.blocks().map(|(_, block)| block).skip_while(|block| !is_title(block)).peekable();
    let mut title = blocks.next()?;
    let text = clean::clean_source(text);
    let lines = text.lines().skip_while(|line| !is_title_line(line)).take_while(|line| is_title_line(line));
    for _ in 1..lines.count() {
        title = blocks.next_if(|block| is_title(block)).unwrap_or(title);
    }
    cleaned(&title.text)
}

fn cleaned(title: &str) -> Option<String> {
    Some(clean::clean_line(title)).filter(|title| !title.is_empty())
}

fn is_title(block: &Block) -> bool {
    let is_first_level = matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1);
    is_first_level && block.frames.is_empty() && !block.text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::{first, first_heading};
    use crate::text::Flavour;
    use proptest::prelude::*;

    #[test]
    fn the_title_is_what_the_front_matter_or_the_first_heading_of_level_1_says() {
        let titles = [
            ("# A *plain* `title` #\n\ntext", Some("A plain title")),
            ("text\n\nSet below\n=====\n", Some("Set below")),
            ("---\ntags: [a]\ntitle: \"From the front\"\n---\n# Not this", Some("From the front")),
            ("---\ntags: [a]\n---\n\n# This", Some("This")),
            ("```sh\n# no heading\n```\n# After the code", Some("After the code")),
            ("    # no heading\n\n> # Quoted\n\n# Its own {#id}", Some("Its own")),
            ("## A section\n\ntext", None),
            ("<!--\n# A template\n-->\n\n# Changes", Some("Changes")),
            ("# The Long Book\n# Chapter 1: Beginnings\n\n# Not this", Some("Chapter 1: Beginnings")),
            ("# Project\n\n# Installation\n", Some("Project")),
            ("\u{feff}#no heading\n#\u{1b}[31m cleaned", Some("cleaned")),
            ("\u{feff}# \u{1b}[31mRed\u{202e}", Some("Red")),
            ("# \n# The Long Book\n\u{200e}# Chapter 2", Some("Chapter 2")),
            ("", None),
            ("---\nnever closed", None),
        ];
        for (text, title) in titles {
            assert_eq!(first(text, &Flavour::GitHub).as_deref(), title, "{text:?}");
        }
        let verbatim = Flavour::Verbatim { language: "sh".into() };
        assert_eq!(first("# a comment", &verbatim), None);
    }

    proptest! {
        #[test]
        fn the_title_is_the_one_that_parsing_all_of_the_text_finds(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "# A", "# B #", "# ", "#C", " # D", "    # E", "## F", "# [G]", "text", "===", "```", "~~~", "$$",
                    "> # H", "- # I", "<h1>J</h1>", "<!--", "-->", "<div>", "::: tip", ":::", "\u{200e}# K", "\u{1b}[1m# L",
                    "[G]: x", "",
                ]),
                0..8,
            ),
        ) {
            let text = pieces.join("\n");
            prop_assert_eq!(first(&text, &Flavour::GitHub), first_heading(&text, &Flavour::GitHub), "{:?}", text);
        }
    }
}
