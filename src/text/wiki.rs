//! Wiki links, as Obsidian and other programs for notes write them, and the ids of blocks that
//! they lead to.
//!
//! Owns their form: `[[Note#Heading|label]]`, `![[picture.png|200]]`, `text ^id`. Must not know
//! which notes there are.

use crate::text::clean;
use crate::text::document::LinkKind;
use crate::text::inline::InlineText;

/// The extensions of files that are pictures when they are embedded.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif", "tiff"];

/// The longest id of a block, in bytes.
const LONGEST_ID: usize = 64;

/// A wiki link.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WikiLink {
    /// The note, and the heading or block in it: `Note#Heading`, `Note#^block`, `#Heading`.
    pub(crate) target: String,
    /// Whether it stands for a note or a picture.
    pub(crate) kind: LinkKind,
    /// What is shown when the author wrote no label.
    pub(crate) label: String,
    /// What is shown before the label, to say what it is.
    pub(crate) introduction: &'static str,
}

/// Stands before the label of a note that would be shown in place.
const EMBEDDED: &str = "Embedded: ";

impl WikiLink {
    /// A link to a note.
    pub(crate) fn to(target: &str) -> Self {
        // In a table the bar before the label is escaped.
        let target = clean::clean_line(target.trim_end_matches('\\'));
        let label = target.split('#').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ");
        Self { target, kind: LinkKind::Wiki, label, introduction: "" }
    }

    /// A note or a picture that is to be shown in place, which is shown as a link to it. What stands
    /// behind the name of a picture is for the look of it alone: `cup.png#outline`.
    pub(crate) fn embedding(target: &str) -> Self {
        let link = Self::to(target);
        let file = link.target.split('#').next().unwrap_or_default();
        let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
        if PICTURES.iter().any(|picture| picture.eq_ignore_ascii_case(extension)) {
            let file = file.to_owned();
            return Self { target: file.clone(), kind: LinkKind::Image, label: file, introduction: "" };
        }
        Self { introduction: EMBEDDED, ..link }
    }
}

/// Takes the id off the end of a block's text, with the `^` before it, which is part of its name.
pub(crate) fn take_block_id(block: &mut InlineText) -> Option<String> {
    let is_of_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
    let before = block.text.trim_end_matches(is_of_name).strip_suffix('^')?;
    let start = before.len();
    let id = block.text.get(start..)?.to_owned();
    let is_name = (1..=LONGEST_ID).contains(&(id.len() - 1));
    let stands_apart = before.is_empty() || before.ends_with([' ', '\n']);
    if !is_name || !stands_apart || block.spans.iter().any(|span| span.range.end > start) {
        return None;
    }
    block.shorten(before.trim_end_matches([' ', '\n']).len());
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wiki_link_says_where_it_leads() {
        for (link, target, label, kind) in [
            (WikiLink::to("Tea"), "Tea", "Tea", LinkKind::Wiki),
            (WikiLink::to("Tea#Green#Sencha"), "Tea#Green#Sencha", "Tea › Green › Sencha", LinkKind::Wiki),
            (WikiLink::to("#Green"), "#Green", "Green", LinkKind::Wiki),
            (WikiLink::to("Tea\\"), "Tea", "Tea", LinkKind::Wiki),
            (WikiLink::embedding("Tea"), "Tea", "Tea", LinkKind::Wiki),
            (WikiLink::embedding("a/cup.PNG"), "a/cup.PNG", "a/cup.PNG", LinkKind::Image),
            (WikiLink::embedding("cup.png#outline"), "cup.png", "cup.png", LinkKind::Image),
            (WikiLink::embedding("Tea#cup.png"), "Tea#cup.png", "Tea › cup.png", LinkKind::Wiki),
        ] {
            assert_eq!((link.target.as_str(), link.label.as_str(), link.kind), (target, label, kind));
        }
    }

    #[test]
    fn the_id_of_a_block_is_taken_off_its_end() {
        for (text, rest, id) in [
            ("Water first. ^tea-1", "Water first.", Some("^tea-1")),
            ("^tea", "", Some("^tea")),
            ("two\n^tea", "two", Some("^tea")),
            ("2^10", "2^10", None),
            ("a ^b c", "a ^b c", None),
            ("a ^", "a ^", None),
            ("a ^b_c", "a ^b_c", None),
        ] {
            let mut block = InlineText::new(text.to_owned(), Vec::new());
            assert_eq!(take_block_id(&mut block).as_deref(), id, "{text}");
            assert_eq!(block.text, rest);
        }
    }
}
