//! How a query is written: words, phrases in quotes, what comes before a colon, what is left out.
//!
//! Owns where one of these ends and the next one begins. Must not know what becomes of them.

/// Quotes that begin and end a phrase.
pub(super) const QUOTES: [char; 4] = ['"', '“', '”', '„'];

/// What may come before a colon.
const KEYS: [&str; 4] = ["in:", "is:", "lesson:", WHOLE_WORD];

/// What comes before a regular expression, which reaches to the end.
pub(super) const PATTERN: &str = "regex:";

/// What comes before a word that is to be found whole; at the beginning of a query, before words that are.
pub(super) const WHOLE_WORD: &str = "word:";

/// A piece of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QueryPiece<'t> {
    /// What comes before the colon, with it; empty where nothing does.
    pub(super) key: &'t str,
    /// A word, or what stands in quotes.
    pub(super) value: &'t str,
    /// How it is written.
    pub(super) kind: PieceKind,
    /// Whether it is looked for.
    pub(super) sense: Sense,
    /// All of it, with its key.
    pub(super) whole: &'t str,
}

/// How a piece is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// As a word.
    Word,
    /// In quotes.
    Phrase,
    /// As a regular expression.
    Pattern,
}

/// Whether a piece is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// It has to be there.
    With,
    /// It must not be there.
    Without,
}

/// The pieces of a query, from left to right. A quote that is not closed yet reaches to the end.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = QueryPiece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = first(rest.trim_start())?;
        rest = after;
        Some(piece)
    })
}

fn first(text: &str) -> Option<(QueryPiece<'_>, &str)> {
    if text.is_empty() {
        return None;
    }
    let (sense, start) = match text.strip_prefix('-') {
        Some(rest) if rest.starts_with(|next: char| next.is_alphanumeric() || QUOTES.contains(&next)) => {
            (Sense::Without, rest)
        }
        _ => (Sense::With, text),
    };
    if let Some(pattern) = start.strip_prefix(PATTERN)
        && sense == Sense::With
    {
        let value = pattern.trim();
        return Some((QueryPiece { key: PATTERN, value, kind: PieceKind::Pattern, sense, whole: start }, ""));
    }
    let key = KEYS.into_iter().find_map(|key| start.get(..key.len()).filter(|start| *start == key));
    let key = key.unwrap_or_default();
    let rest = start.get(key.len()..).unwrap_or_default();
    let (kind, value, after) = if let Some(rest) = rest.strip_prefix(QUOTES) {
        let (phrase, after) = rest.split_once(QUOTES).unwrap_or((rest, ""));
        (PieceKind::Phrase, phrase.trim(), after)
    } else {
        let is_end = |character: char| character.is_whitespace() || QUOTES.contains(&character);
        let (word, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        (PieceKind::Word, word, after)
    };
    let whole = start.get(..start.len() - after.len()).unwrap_or_default();
    Some((QueryPiece { key, value, kind, sense, whole }, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str) -> Vec<String> {
        let tell = |piece: QueryPiece<'_>| {
            let sense = if piece.sense == Sense::Without { "-" } else { "" };
            format!("{sense}{}{}{:?}", piece.key, piece.value, piece.kind)
        };
        pieces(text).map(tell).collect()
    }

    #[test]
    fn words_phrases_keys_and_what_is_left_out_are_told_apart() {
        assert_eq!(told("red \"the house\"now"), ["redWord", "the housePhrase", "nowWord"]);
        assert_eq!(
            told("-red -\"a b\" well-known - --json"),
            ["-redWord", "-a bPhrase", "well-knownWord", "-Word", "--jsonWord"]
        );
        assert_eq!(told("-word:rest -in:notes"), ["-word:restWord", "-in:notesWord"]);
        assert_eq!(
            told("in:notes lesson:“start here” in: a:b"),
            ["in:notesWord", "lesson:start herePhrase", "in:Word", "a:bWord"]
        );
        assert_eq!(told("in:notes regex:a b\""), ["in:notesWord", "regex:a b\"Pattern"]);
        assert_eq!(told("\"not closed"), ["not closedPhrase"]);
    }

    proptest! {
        #[test]
        fn any_text_has_an_end(text in "[a-b:\"”“ é-]{0,20}|(in:|word:|regex:|-|\"| |a){0,12}|\\PC{0,20}") {
            prop_assert!(pieces(&text).count() <= text.chars().count());
        }
    }
}
