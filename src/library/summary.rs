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

/// The element whose text is being collected.
enum Within {
    Nothing,
    Heading(String),
    Link { title: String, file: String },
}

/// Parses a table of contents. Skips whatever does not belong to its form.
pub(super) fn parse(text: &str) -> Vec<SummaryItem> {
    let mut items = Vec::new();
    let mut within = Within::Nothing;
    // The number of the last chapter on each level. The first level is numbered across parts.
    let mut numbers: Vec<usize> = vec![0];
    let mut lists: usize = 0;
    let mut is_first_heading = true;
    for event in Parser::new_ext(text, Options::empty()) {
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
            Event::Start(Tag::List(_)) => {
                lists += 1;
                if lists > 1 {
                    numbers.push(0);
                }
            }
            Event::End(TagEnd::List(_)) => {
                lists = lists.saturating_sub(1);
                numbers.truncate(lists.max(1));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                within = Within::Link { title: String::new(), file: decoded(&dest_url) };
            }
            Event::End(TagEnd::Link) => {
                if let Within::Link { title, file } = std::mem::replace(&mut within, Within::Nothing) {
                    items.push(chapter(&title, file, lists, &mut numbers));
                }
            }
            Event::Text(piece) | Event::Code(piece) => match &mut within {
                Within::Heading(title) | Within::Link { title, .. } => title.push_str(&piece),
                Within::Nothing => {}
            },
            Event::SoftBreak | Event::HardBreak => match &mut within {
                Within::Heading(title) | Within::Link { title, .. } => title.push(' '),
                Within::Nothing => {}
            },
            Event::Rule => items.push(SummaryItem::Separator),
            _ => {}
        }
    }
    items
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
    fn other_texts_have_no_chapters() {
        assert_eq!(shown("Just text.\n\n```\n[no](no.md)\n```\n"), Vec::<String>::new());
        assert_eq!(shown(""), Vec::<String>::new());
        assert_eq!(shown(&"1. ".repeat(5000)).len(), 0);
    }
}
