//! Callouts, as Obsidian and other programs have them: alerts of more kinds than GitHub's five, with
//! titles of their own, some of which fold.
//!
//! Owns what their kinds mean, and what the first line of such a quote says. Must not know of blocks.

use crate::text::document::AlertKind;

/// The longest name of a kind, in bytes.
const LONGEST_NAME: usize = 32;

/// What the first line of a callout says before its title: `[!tip]-`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CalloutHead<'a> {
    /// The name of its kind.
    pub(crate) name: &'a str,
    /// Whether it is shown at first, if it folds.
    pub(crate) open: Option<bool>,
    /// Whether a title follows.
    pub(crate) titled: bool,
    /// The bytes from the start of the quote up to the title.
    pub(crate) length: usize,
}

/// Reads the head of a quote, given from its first sign on, if the quote is a callout.
pub(crate) fn head(quote: &str) -> Option<CalloutHead<'_>> {
    let marker = quote.strip_prefix('>')?.trim_start_matches([' ', '\t']);
    let inner = marker.strip_prefix("[!")?;
    let (name, after) = inner
        .get(..inner.floor_char_boundary(LONGEST_NAME))?
        .split_once(']')
        .map(|(name, _)| name)
        .and_then(|name| Some((name, inner.get(name.len() + 1..)?)))?;
    // What stands behind a bar is for the look of it alone.
    let name = name.split('|').next().unwrap_or_default().trim();
    let is_name = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | ' ');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let (open, title) = match after.split_at_checked(1) {
        Some(("-", title)) => (Some(false), title),
        Some(("+", title)) => (Some(true), title),
        _ => (None, after),
    };
    let line = title.lines().next().unwrap_or_default();
    let is_space = |character: char| character != '\n' && character.is_whitespace();
    if !line.is_empty() && !line.starts_with(is_space) {
        return None;
    }
    let rest = title.trim_start_matches(is_space);
    let titled = !line.trim().is_empty();
    Some(CalloutHead { name, open, titled, length: quote.len() - rest.len() })
}

/// The alert that a kind of this name is most like. `None` for a name that is not known.
pub(crate) fn kind(name: &str) -> Option<AlertKind> {
    Some(match name.to_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "todo" | "example" | "quote" | "cite"
        | "question" | "help" | "faq" | "seealso" => AlertKind::Note,
        "tip" | "hint" | "success" | "check" | "done" => AlertKind::Tip,
        "important" => AlertKind::Important,
        "warning" | "attention" => AlertKind::Warning,
        "caution" | "danger" | "error" | "bug" | "failure" | "fail" | "missing" => AlertKind::Caution,
        _ => return None,
    })
}

/// Returns whether the alert of a kind says its name, so that the name need not be its title.
pub(crate) fn is_named(name: &str) -> bool {
    ["note", "tip", "important", "warning", "caution"].iter().any(|named| name.eq_ignore_ascii_case(named))
}

/// The name of a kind as a title.
pub(crate) fn title(name: &str) -> String {
    let name = name.replace(['-', '_'], " ");
    let mut characters = name.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(quote: &str) -> Option<(&str, Option<bool>, bool, usize)> {
        head(quote).map(|head| (head.name, head.open, head.titled, head.length))
    }

    #[test]
    fn the_head_of_a_callout_is_read_and_other_quotes_are_none() {
        assert_eq!(of("> [!info]\n> text"), Some(("info", None, false, 9)));
        assert_eq!(of("> [!tip]- A title\n"), Some(("tip", Some(false), true, 10)));
        assert_eq!(of("> [!tip]\u{a0} A title"), Some(("tip", None, true, 11)));
        // Wherever the longest name would end within a letter of the title.
        for blanks in 0..3 {
            let quote = format!("> [!tip]{}{}", " ".repeat(blanks + 1), "한".repeat(LONGEST_NAME));
            let length = head(&quote).map(|head| head.length);
            assert_eq!(length, Some(9 + blanks), "{quote}");
        }
        assert_eq!(of(">[!my-kind|red]+"), Some(("my-kind", Some(true), false, 16)));
        for quote in
            ["> text", "> [!]", "> [!a](b)", "> [a] b", "> \\[!a]", "> [!a*b*] c", "> [!never closed"]
        {
            assert_eq!(of(quote), None, "{quote}");
        }
        assert_eq!(title("see-also"), "See also");
    }
}
