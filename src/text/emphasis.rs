//! Lets emphasis begin and end beside the punctuation of Chinese, Japanese and Korean.
//!
//! Owns one amendment to `CommonMark`, which demands white space or punctuation around a run of
//! `*` or `~` that stands beside punctuation. Scripts without spaces have none, so that
//! `**提示：**请看` would keep its stars. By the amendment (M. Tats-u, "markdown-cjk-friendly") punctuation of
//! these scripts counts as a letter, and a letter of theirs beside a run as white space. Must not
//! know of anything else in a source.
//!
//! The parser is given what it takes for a letter, a word joiner, between such a run and the
//! punctuation. Cleaning removes it from every text.

use crate::text::clean::WORD_JOINER;
use std::borrow::Cow;

/// Marks the runs of a clean source that are to begin or end emphasis by the amendment.
pub(crate) fn amend(source: &str) -> Cow<'_, str> {
    if source.is_ascii() {
        return Cow::Borrowed(source);
    }
    let bytes = source.as_bytes();
    let mut amended: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'*', b'~', rest)) {
        let start = at + next;
        let marker = bytes.get(start).copied().unwrap_or_default();
        let run = bytes.get(start..).unwrap_or_default();
        at = start + run.iter().take_while(|byte| **byte == marker).count();
        let is_ascii = |at: usize| bytes.get(at).is_none_or(u8::is_ascii);
        if is_ascii(start.wrapping_sub(1)) && is_ascii(at) {
            continue;
        }
        let before = source.get(..start).and_then(|before| before.chars().next_back()).unwrap_or('\n');
        let after = source.get(at..).and_then(|after| after.chars().next()).unwrap_or('\n');
        let (opens, closes) = (is_amended(before, after), is_amended(after, before));
        if opens || closes {
            let text = amended.get_or_insert_with(|| String::with_capacity(source.len() + 64));
            text.push_str(source.get(copied..start).unwrap_or_default());
            text.extend(closes.then_some(WORD_JOINER));
            text.push_str(source.get(start..at).unwrap_or_default());
            text.extend(opens.then_some(WORD_JOINER));
            copied = at;
        }
    }
    match amended {
        Some(mut text) => {
            text.push_str(source.get(copied..).unwrap_or_default());
            Cow::Owned(text)
        }
        None => Cow::Borrowed(source),
    }
}

/// Returns whether a run with this character on its outer and this one on its inner side begins or
/// ends emphasis by the amendment alone.
fn is_amended(outer: char, inner: char) -> bool {
    is_punctuation(inner)
        && !outer.is_whitespace()
        && !is_punctuation(outer)
        && (is_east_asian(inner) || is_east_asian(outer))
}

/// Returns whether a character is punctuation or a symbol. Unassigned characters are too, which
/// does no harm.
fn is_punctuation(character: char) -> bool {
    !character.is_alphanumeric()
        && !character.is_whitespace()
        && !unicode_normalization::char::is_combining_mark(character)
}

/// Returns whether a character belongs to the scripts of China, Japan and Korea, by Unicode's
/// blocks.
fn is_east_asian(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11ff}'     // Hangul Jamo
        | '\u{2e80}'..='\u{a4cf}'   // radicals to Yi, Kana, ideographs and their punctuation
        | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' // Hangul
        | '\u{f900}'..='\u{faff}'   // compatibility ideographs
        | '\u{fe30}'..='\u{fe4f}'   // compatibility forms
        | '\u{ff00}'..='\u{ffef}'   // half-width and full-width forms
        | '\u{16fe0}'..='\u{1b2ff}' // Tangut, Kana
        | '\u{20000}'..='\u{3fffd}' // further ideographs
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::text::Style;
    use crate::text::markdown;

    /// The text of the first block, and what of it is strong, emphasised or struck out.
    fn parsed(source: &str) -> (String, Vec<String>) {
        let document = markdown::parse(source);
        let block = document.block(0).unwrap();
        let spans = block.spans.iter().filter(|span| span.style != Style::default());
        (
            block.text.clone(),
            spans.map(|span| block.text.get(span.range.clone()).unwrap().to_owned()).collect(),
        )
    }

    #[test]
    fn emphasis_begins_and_ends_beside_full_width_punctuation() {
        for (source, text, styled) in [
            ("**提示：**请看。", "提示：请看。", "提示："),
            ("~~旧的。~~新的。", "旧的。新的。", "旧的。"),
            ("**100%**增长", "100%增长", "100%"),
            ("增长**（100%）**吧", "增长（100%）吧", "（100%）"),
            ("他说**“你好”**然后", "他说“你好”然后", "“你好”"),
            ("**마크다운(Markdown)**은", "마크다운(Markdown)은", "마크다운(Markdown)"),
            ("これは*「強調」*です", "これは「強調」です", "「強調」"),
        ] {
            assert_eq!(parsed(source), (text.to_owned(), vec![styled.to_owned()]), "{source}");
        }
    }

    #[test]
    fn where_no_such_script_is_beside_a_run_the_rule_stays_as_it_was() {
        for source in ["naïve**(a)**b é", "a * b * 中", "2*3*4：", "中 ** 文 **", "**a (b)**c ’"] {
            assert_eq!(amend(source), source);
        }
        assert_eq!(parsed("**a (b)**c é").0, "**a (b)**c é");
    }

    #[test]
    fn code_and_targets_stay_as_they_were_written() {
        let document = markdown::parse("`说**（a）**`\n\n```\n说**（a）**\n```\n\n[a](说**（a）**)");
        assert_eq!(document.block(0).unwrap().text, "说**（a）**");
        assert_eq!(document.block(1).unwrap().text, "说**（a）**");
        assert_eq!(document.link(0).unwrap().target, "说**（a）**");
    }
}
