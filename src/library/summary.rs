//! Parses the table of contents of an mdBook, `SUMMARY.md`.
//!
//! Owns its form: prefix chapters, parts, numbered and nested chapters, drafts, separators and
//! suffix chapters. Must not check whether the files exist.

use crate::course::path::decoded;
use crate::text::clean::clean_line;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The deepest nesting that is shown; deeper chapters are shown at this depth.
const MAX_DEPTH: usize = 12;

/// The most lines of a table of contents; the rest is left out.
const MAX_ITEMS: usize = 20_000;

/// One line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SummaryItem {
    /// A part begins.
    Part(String),
    /// A separator: the chapters after it form a part without a title.
    Separator,
    /// A chapter.
    Chapter {
        /// Its title.
        title: String,
        /// Its file, from the folder of the table of contents; none for a draft.
        file: Option<String>,
        /// Its number, such as `2.1.`; empty for prefix and suffix chapters.
        number: String,
        /// The number of chapters that it is nested in.
        depth: u8,
    },
}

/// A table of contents.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// Its lines, in order.
    pub(super) items: Vec<SummaryItem>,
    /// The entries that are no links, and so no chapters.
    pub(super) no_links: Vec<NoLink>,
}

/// An entry that should be a link and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoLink {
    /// Its line, counted from 1.
    pub(super) line: usize,
    /// Its text, shortened.
    pub(super) text: String,
}

/// The longest text of an entry that is repeated, in characters.
const LONGEST_REPEATED: usize = 40;

/// An item of a list that is being read.
struct OpenItem {
    /// Where it begins in the source.
    start: usize,
    has_link: bool,
    /// What stands in it before the first list in it.
    text: String,
}

/// The element whose text is being collected.
enum Within {
    Nothing,
    Heading(String),
    Link { title: String, file: String },
}

/// Parses a table of contents. Skips whatever does not belong to its form, and notes the items of
/// lists that are no links.
pub(super) fn parse(text: &str) -> Summary {
    let Summary { mut items, mut no_links } = Summary::default();
    let mut open: Vec<OpenItem> = Vec::new();
    let mut within = Within::Nothing;
    // The number of the last chapter on each level. The first level is numbered across parts.
    let mut numbers: Vec<usize> = vec![0];
    let mut lists: usize = 0;
    let mut is_first_heading = true;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        if items.len() == MAX_ITEMS {
            break;
        }
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                within = Within::Heading(String::new());
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => {
                if let Within::Heading(title) = std::mem::replace(&mut within, Within::Nothing)
                    && !(is_first_heading && items.is_empty())
                {
                    items.push(SummaryItem::Part(clean_line(&title)));
                }
                is_first_heading = false;
            }
            Event::Start(Tag::Item) => {
                open.push(OpenItem { start: range.start, has_link: false, text: String::new() });
            }
            Event::End(TagEnd::Item) => no_links.extend(open.pop().and_then(|item| item.as_no_link(text))),
            Event::Start(Tag::List(_)) => {
                lists += 1;
                no_links.extend(open.last_mut().and_then(|item| {
                    let no_link = item.as_no_link(text);
                    item.has_link = true;
                    no_link
                }));
                if lists > 1 {
                    numbers.push(0);
                }
            }
            Event::End(TagEnd::List(_)) => {
                lists = lists.saturating_sub(1);
                numbers.truncate(lists.max(1));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                for item in &mut open {
                    item.has_link = true;
                }
                within = Within::Link { title: String::new(), file: decoded(&dest_url) };
            }
            Event::End(TagEnd::Link) => {
                if let Within::Link { title, file } = std::mem::replace(&mut within, Within::Nothing) {
                    items.push(chapter(&title, file, lists, &mut numbers));
                }
            }
            Event::Text(piece) | Event::Code(piece) => match &mut within {
                Within::Heading(title) | Within::Link { title, .. } => title.push_str(&piece),
                Within::Nothing => open.iter_mut().last().into_iter().for_each(|item| item.push(&piece)),
            },
            Event::SoftBreak | Event::HardBreak => match &mut within {
                Within::Heading(title) | Within::Link { title, .. } => title.push(' '),
                Within::Nothing => {}
            },
            Event::Rule => items.push(SummaryItem::Separator),
            _ => {}
        }
    }
    Summary { items, no_links }
}

impl OpenItem {
    fn push(&mut self, piece: &str) {
        if self.text.len() < 4 * LONGEST_REPEATED {
            self.text.push_str(piece);
        }
    }

    /// The entry that the item is, if that is no link and has a text.
    fn as_no_link(&self, source: &str) -> Option<NoLink> {
        let text: String = clean_line(&self.text).chars().take(LONGEST_REPEATED).collect();
        let before = source.as_bytes().get(..self.start)?;
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        (!self.has_link && !text.is_empty()).then_some(NoLink { line, text })
    }
}

/// Makes the item of a chapter, and counts it among its siblings.
fn chapter(title: &str, file: String, lists: usize, numbers: &mut [usize]) -> SummaryItem {
    let number = if lists == 0 {
        String::new()
    } else {
        if let Some(last) = numbers.last_mut() {
            *last += 1;
        }
        let shown = numbers.iter().take(MAX_DEPTH).map(|number| format!("{number}."));
        shown.collect()
    };
    let depth = u8::try_from(lists.saturating_sub(1).min(MAX_DEPTH)).unwrap_or_default();
    let file = Some(file).filter(|file| !file.is_empty());
    SummaryItem::Chapter { title: clean_line(title), file, number, depth }
}

#[cfg(test)]
mod tests {
    use super::{SummaryItem, parse};

    fn shown(text: &str) -> Vec<String> {
        parse(text)
            .items
            .into_iter()
            .map(|item| match item {
                SummaryItem::Part(title) => format!("# {title}"),
                SummaryItem::Separator => "---".to_owned(),
                SummaryItem::Chapter { title, file, number, depth } => {
                    format!("{depth}|{number}|{title}|{}", file.unwrap_or_default())
                }
            })
            .collect()
    }

    #[test]
    fn every_element_of_a_table_of_contents_is_read() {
        let text = "# Summary\n\n[Preface](preface.md)\n[With `code` and *stress*](a%20b.md)\n\n\
                    - [One](one.md)\n    - [One one](one/one.md)\n        - [Deep](deep.md)\n    - [One two](<one/two.md>)\n\
                    - [A draft]()\n\n# Part two\n\n1. [Three](./three.md)\n* [Four](four.md)\n\n---\n\n[After](after.md)\n";
        assert_eq!(
            shown(text),
            [
                "0||Preface|preface.md",
                "0||With code and stress|a b.md",
                "0|1.|One|one.md",
                "1|1.1.|One one|one/one.md",
                "2|1.1.1.|Deep|deep.md",
                "1|1.2.|One two|one/two.md",
                "0|2.|A draft|",
                "# Part two",
                "0|3.|Three|./three.md",
                "0|4.|Four|four.md",
                "---",
                "0||After|after.md",
            ]
        );
    }

    #[test]
    fn entries_that_are_no_links_are_noted_with_their_lines() {
        let text = "# Summary\n\n- [One](one.md)\n- [Loft]\n- Words only\n- [Two words](two words.md)\n- Group\n  - [In it](in.md)\n- [A draft]()\n";
        let noted: Vec<(usize, String)> =
            parse(text).no_links.into_iter().map(|entry| (entry.line, entry.text)).collect();
        let expected = [(4, "[Loft]"), (5, "Words only"), (6, "[Two words](two words.md)"), (7, "Group")];
        assert_eq!(noted, expected.map(|(line, text)| (line, text.to_owned())));
        assert_eq!(shown(text).len(), 3);
    }

    #[test]
    fn other_texts_have_no_chapters() {
        assert_eq!(shown("Just text.\n\n```\n[no](no.md)\n```\n"), Vec::<String>::new());
        assert_eq!(shown(""), Vec::<String>::new());
        assert_eq!(shown(&"1. ".repeat(5000)).len(), 0);
    }
}
