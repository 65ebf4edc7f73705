//! Finds the title of a text in its front matter or its headings.
//!
//! Owns which of them it is. Must only look at the beginning of a text.

use crate::course::front_matter;
use crate::text::{Block, BlockKind, Flavour, clean, markdown};

/// Finds the title in the beginning of a text: the `title` of its front matter, else its first
/// heading of level 1. Where others of that level stand in the lines right below it, it is the last
/// of them: the first is that of the book, in every chapter. Cleaned.
pub(super) fn first(head: &str, flavour: &Flavour) -> Option<String> {
    if matches!(flavour, Flavour::Verbatim { .. }) {
        return None;
    }
    let front = front_matter::read(head);
    let (end, title) = front.map_or((0, None), |front| (front.end, front.title));
    let cleaned = |title: &str| Some(clean::clean_line(title)).filter(|title| !title.is_empty());
    if let Some(title) = title.as_deref().and_then(cleaned) {
        return Some(title);
    }
    let text = head.get(end..)?.trim_start_matches('\u{feff}');
    let document = markdown::parse_as(text, flavour);
    let mut blocks =
        document.blocks().map(|(_, block)| block).skip_while(|block| !is_title(block)).peekable();
    let mut title = blocks.next()?;
    let is_first_level = |line: &&str| line.starts_with("# ");
    let lines = text.lines().skip_while(|line| !is_first_level(line)).take_while(is_first_level).count();
    for _ in 1..lines {
        title = blocks.next_if(|block| is_title(block)).unwrap_or(title);
    }
    cleaned(&title.text)
}

fn is_title(block: &Block) -> bool {
    let is_first_level = matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1);
    is_first_level && block.frames.is_empty() && !block.text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::first;
    use crate::text::Flavour;

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
            ("", None),
            ("---\nnever closed", None),
        ];
        for (text, title) in titles {
            assert_eq!(first(text, &Flavour::GitHub).as_deref(), title, "{text:?}");
        }
        let verbatim = Flavour::Verbatim { language: "sh".into() };
        assert_eq!(first("# a comment", &verbatim), None);
    }
}
