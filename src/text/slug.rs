//! Makes the slugs of headings, the way GitHub does.
//!
//! Owns the mapping from a heading's text to its slug. Must not know of Markdown.

use std::collections::HashMap;
use unicode_normalization::char::is_combining_mark;

/// Gives each heading of one document a slug of its own.
#[derive(Debug, Default)]
pub(crate) struct Slugs {
    /// The slugs in use, each with the last number that was appended to it.
    taken: HashMap<String, usize>,
}

impl Slugs {
    /// Makes the slug of a heading with this text. Equal headings get `-1`, `-2` ... appended.
    pub(crate) fn slug(&mut self, heading: &str) -> String {
        let base = base_slug(heading);
        let mut slug = base.clone();
        while self.taken.contains_key(&slug) {
            let times = self.taken.entry(base.clone()).or_default();
            *times += 1;
            slug = format!("{base}-{times}");
        }
        self.taken.insert(slug.clone(), 0);
        slug
    }
}

impl Slugs {
    /// Takes note of an id that the author gave to a heading, and returns it.
    pub(crate) fn own(&mut self, id: String) -> String {
        self.taken.entry(id.clone()).or_insert(0);
        id
    }
}

/// Makes the slug of a text that is known to be a heading, where there may be others like it.
pub(crate) fn of_heading(heading: &str) -> String {
    base_slug(heading)
}

/// Lowercases the letters and digits of a heading, turns spaces into `-`, drops the rest.
fn base_slug(heading: &str) -> String {
    let heading = heading.trim();
    if heading.is_ascii() {
        let signs = heading.bytes().filter_map(|byte| match byte {
            b' ' | b'\n' => Some('-'),
            b'-' | b'_' => Some(byte.into()),
            _ => byte.is_ascii_alphanumeric().then(|| byte.to_ascii_lowercase().into()),
        });
        return signs.collect();
    }
    heading
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|character| match character {
            character if character.is_alphanumeric() || is_combining_mark(character) => Some(character),
            '-' | '_' => Some(character),
            ' ' | '\n' => Some('-'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_made_as_github_makes_them() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.slug("Used on his leaving"), "used-on-his-leaving");
        assert_eq!(slugs.slug("What's `new` in 2.0?"), "whats-new-in-20");
        assert_eq!(slugs.slug("Überblick -- ein_Titel"), "überblick----ein_titel");
        assert_eq!(slugs.slug("日本語 の"), "日本語-の");
    }

    #[test]
    fn equal_headings_get_different_slugs_even_beside_one_that_looks_numbered() {
        let mut slugs = Slugs::default();
        let given: Vec<String> = ["a", "a", "a-1", "a", "a-1"].iter().map(|text| slugs.slug(text)).collect();
        assert_eq!(given, ["a", "a-1", "a-1-1", "a-2", "a-1-2"]);
    }
}
