//! What is wrong with a file that is not JSON, in the words of somebody who writes courses.
//!
//! Owns the sentences for the usual mistakes: a comma too many, a comment, curly quotes. Must not
//! parse anything: the parser has said where it stopped.

use crate::course::fault::{line_and_column, quoted};

/// The most characters of the text that a message shows.
const SHOWN: usize = 24;

/// Why a file is not JSON.
pub(super) struct JsonFault {
    /// The byte of the source at which it is.
    pub(super) offset: usize,
    /// The problem.
    pub(super) problem: String,
    /// The remedy.
    pub(super) remedy: String,
}

impl JsonFault {
    fn at(offset: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { offset, problem: problem.into(), remedy: remedy.into() }
    }
}

/// Finds the words for an error of the parser.
pub(super) fn explain(source: &str, error: &serde_json::Error) -> JsonFault {
    if source.trim_start_matches('\u{feff}').trim().is_empty() {
        return JsonFault::at(0, "the file is empty", "see the example in docs/AUTHORING.md");
    }
    let offset = offset_of(source, error);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if error.is_eof() {
        return ends_too_early(source, offset);
    }
    if message.starts_with("control character") {
        return control_character(source, offset);
    }
    if message.starts_with("invalid escape") {
        let remedy = "write `\\\\` for a backslash, and `/` between folders";
        return JsonFault::at(offset, "a backslash in a text means nothing before this character", remedy);
    }
    if let Some(fault) = unusual_blank(source, offset) {
        return fault;
    }
    if message.starts_with("trailing characters") {
        let problem = format!("the course has ended before {}", shown(source, offset));
        return JsonFault::at(offset, problem, "remove this, or the bracket too many before it");
    }
    if message.starts_with("expected `:`") {
        let problem = format!("a colon is missing before {}", shown(source, offset));
        return JsonFault::at(offset, problem, "write `:` between a key and what it is");
    }
    by_character(source, offset).unwrap_or_else(|| {
        let problem = format!("this is not valid JSON ({message})");
        JsonFault::at(offset, problem, "check the commas, quotes and brackets here and just before")
    })
}

/// The byte at which the parser stopped. Its column counts bytes from 1, and is 0 on a line that has none.
fn offset_of(source: &str, error: &serde_json::Error) -> usize {
    let line_start: usize =
        source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut offset = (line_start + error.column().saturating_sub(1)).min(source.len());
    while !source.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The words for what stands where the parser stopped.
fn by_character(source: &str, offset: usize) -> Option<JsonFault> {
    let rest = source.get(offset..)?;
    let before = source.get(..offset)?.trim_end();
    let found = rest.chars().next()?;
    let last = before.chars().next_back();
    let here = |problem: String, remedy: &str| Some(JsonFault::at(offset, problem, remedy));
    match found {
        '}' | ']' if last == Some(',') => Some(JsonFault::at(
            before.len() - 1,
            format!("a comma too many: nothing follows it before the `{found}`"),
            "remove the comma",
        )),
        '}' | ']' if last == Some(':') => {
            here("a value is missing here".into(), "write it, or remove the key")
        }
        '}' | ']' => here(wrong_bracket(source, offset, found)?, "correct one of the two brackets"),
        '/' | '#' => here("a comment; JSON has none".into(), "remove it"),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201b}' | '\u{300c}' | '\u{300d}' => {
            here(format!("a curly quote, {}", shown(source, offset)), "write straight ones: `\"`")
        }
        '\'' | '`' => here(format!("single quotes, {}", shown(source, offset)), "write double ones: `\"`"),
        ',' if last == Some(',') => here("two commas, one after the other".into(), "remove one"),
        ',' => here("a value is missing before this comma".into(), "write it, or remove the comma"),
        _ if last == Some('"') && before.len() == offset && found != '"' => here(
            format!("the text ends before {}", shown(source, offset)),
            "write `\\\"` for a quote within a text",
        ),
        '0'..='9' if last == Some(',') => comma_in_number(before, rest),
        '"' | '{' | '[' if last.is_some_and(ends_value) => {
            here(format!("a comma is missing before {}", shown(source, offset)), "add it")
        }
        _ if found.is_alphabetic() || found == '_' => {
            let word: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || "_-".contains(*c)).collect();
            here(format!("{} is not in quotes", quoted(&word)), "write keys and texts in double quotes: `\"`")
        }
        _ => None,
    }
}

/// A blank that is none in JSON, as some keyboards and word processors write it.
fn unusual_blank(source: &str, offset: usize) -> Option<JsonFault> {
    let found = source.get(offset..)?.chars().next()?;
    let is_blank =
        found.is_whitespace() || matches!(found, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    let is_unusual = is_blank && !found.is_ascii();
    let name = if found == '\u{a0}' {
        "a no-break space".to_owned()
    } else {
        format!("the blank U+{:04X}", u32::from(found))
    };
    is_unusual.then(|| {
        JsonFault::at(offset, format!("{name}, which is no blank in JSON"), "write an ordinary blank")
    })
}

/// A comma between the digits of a number.
fn comma_in_number(before: &str, rest: &str) -> Option<JsonFault> {
    let whole = before.strip_suffix(',')?;
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let start = whole.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (first, second) = (whole.get(start..)?, rest.get(..digits(rest))?);
    (!first.is_empty()).then(|| {
        let problem = format!("a comma within a number, `{first},{second}`");
        JsonFault::at(whole.len(), problem, "write a point for it, or leave it out")
    })
}

/// Returns whether a character may be the last of a value.
fn ends_value(character: char) -> bool {
    matches!(character, '"' | '}' | ']') || character.is_alphanumeric()
}

/// A line break or a tab within a text: most often its closing quote is missing.
fn control_character(source: &str, offset: usize) -> JsonFault {
    let is_control = |character: &char| character.is_control();
    // The parser may count the character itself or the one after it.
    let start = source.get(..offset).and_then(|before| before.chars().next_back()).filter(is_control);
    let at = offset - start.map_or(0, char::len_utf8);
    let mut rest = source.get(at..).unwrap_or_default().char_indices();
    let (before, found) = rest.find(|(_, character)| is_control(character)).unwrap_or((0, '\n'));
    let at = at + before;
    if found == '\t' {
        return JsonFault::at(at, "a tab within a text", "write a blank, or `\\t`");
    }
    let remedy = "close the text with `\"` in its line, or write `\\n` for a line break within it";
    JsonFault::at(at, "a text goes on in the next line", remedy)
}

/// The file ended while something was open: what, and in which line it begins.
fn ends_too_early(source: &str, offset: usize) -> JsonFault {
    let (open, text) = open_at(source, source.len());
    let line = |at: usize| line_and_column(source, at).0;
    if let Some(start) = text {
        let problem =
            format!("the file ends too early: the text that begins in line {} is not closed", line(start));
        return JsonFault::at(offset, problem, "close it with `\"`, or restore the rest");
    }
    match open.last() {
        Some((bracket, at)) => {
            let problem =
                format!("the file ends too early: the `{bracket}` of line {} is not closed", line(*at));
            JsonFault::at(offset, problem, format!("write `{}`, or restore the rest", closing(*bracket)))
        }
        None => JsonFault::at(offset, "the file ends too early", "close what is open, or restore the rest"),
    }
}

/// A closing bracket that is not the one that is due.
fn wrong_bracket(source: &str, offset: usize, found: char) -> Option<String> {
    let (open, _) = open_at(source, offset);
    let (bracket, at) = open.last().filter(|(bracket, _)| closing(*bracket) != found)?;
    let line = line_and_column(source, *at).0;
    Some(format!("a `{found}` where the `{bracket}` of line {line} needs a `{}`", closing(*bracket)))
}

fn closing(bracket: char) -> char {
    if bracket == '[' { ']' } else { '}' }
}

/// The brackets that are open before this byte, and the beginning of the text that is, in one pass.
fn open_at(source: &str, end: usize) -> (Vec<(char, usize)>, Option<usize>) {
    let (mut open, mut text, mut is_escaped) = (Vec::new(), None, false);
    for (at, character) in source.char_indices().take_while(|(at, _)| *at < end) {
        match (text, character) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(_), '"') => text = None,
            (None, '"') => text = Some(at),
            (None, '{' | '[') => open.push((character, at)),
            (None, '}' | ']') => drop(open.pop()),
            (Some(_) | None, _) => {}
        }
    }
    (open, text)
}

/// The beginning of what stands there, quoted.
fn shown(source: &str, offset: usize) -> String {
    let line = source.get(offset..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let start: String = line.trim_end().chars().take(SHOWN).collect();
    quoted(start.trim_end())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use serde_json::value::RawValue;

    /// What is said of this text, with its line and column.
    fn said(source: &str) -> String {
        let error = serde_json::from_str::<&RawValue>(source).unwrap_err();
        let fault = explain(source, &error);
        let (line, column) = line_and_column(source, fault.offset);
        format!("{line}:{column}: {}; {}", fault.problem, fault.remedy)
    }

    #[test]
    fn the_usual_mistakes_are_said_in_plain_words() {
        for (source, expected) in [
            (
                "{\n \"a\": 1,\n}",
                "2:8: a comma too many: nothing follows it before the `}`; remove the comma",
            ),
            (
                "{\"a\": [1, 2,\n]}",
                "1:12: a comma too many: nothing follows it before the `]`; remove the comma",
            ),
            ("{\n // Mine\n \"a\": 1}", "2:2: a comment; JSON has none; remove it"),
            ("{\"a\": 1, # mine\n \"b\": 1}", "1:10: a comment; JSON has none; remove it"),
            ("{“a”: 1}", "1:2: a curly quote, `“a”: 1}`; write straight ones: `\"`"),
            ("{\"a\": „b“}", "1:7: a curly quote, `„b“}`; write straight ones: `\"`"),
            ("{'a': 1}", "1:2: single quotes, `'a': 1}`; write double ones: `\"`"),
            ("{\"a\": 'b'}", "1:7: single quotes, `'b'}`; write double ones: `\"`"),
            ("{a: 1}", "1:2: `a` is not in quotes; write keys and texts in double quotes: `\"`"),
            ("{\"a\": why}", "1:7: `why` is not in quotes; write keys and texts in double quotes: `\"`"),
            ("{\"a\": 1\n \"b\": 2}", "2:2: a comma is missing before `\"b\": 2}`; add it"),
            ("{\"a\": [{}\n {}]}", "2:2: a comma is missing before `{}]}`; add it"),
            ("{\"a\" 1}", "1:6: a colon is missing before `1}`; write `:` between a key and what it is"),
            (
                "{\"a\": [1}",
                "1:9: a `}` where the `[` of line 1 needs a `]`; correct one of the two brackets",
            ),
            (
                "{\"a\": {\n\"b\": 1]\n}",
                "2:7: a `]` where the `{` of line 1 needs a `}`; correct one of the two brackets",
            ),
            ("{\u{a0}\"a\": 1}", "1:2: a no-break space, which is no blank in JSON; write an ordinary blank"),
            ("{\"a\"\u{a0}: 1}", "1:5: a no-break space, which is no blank in JSON; write an ordinary blank"),
            (
                "{\"a\": 1,\n\u{3000}\"b\": 1}",
                "2:1: the blank U+3000, which is no blank in JSON; write an ordinary blank",
            ),
            ("{\"a\": 3,5}", "1:8: a comma within a number, `3,5`; write a point for it, or leave it out"),
            ("{\"a\": }", "1:7: a value is missing here; write it, or remove the key"),
            ("{\"a\": 1,,}", "1:9: two commas, one after the other; remove one"),
            (
                "{\"a\": \"He said \"no\" to me\"}",
                "1:17: the text ends before `no\" to me\"}`; write `\\\"` for a quote within a text",
            ),
            ("{\"a\": \"b\tc\"}", "1:9: a tab within a text; write a blank, or `\\t`"),
            (
                "{\"a\": \"lessons\\why.md\"}",
                "1:16: a backslash in a text means nothing before this character; write `\\\\` for a backslash, and `/` between folders",
            ),
            (
                "{} {}",
                "1:4: the course has ended before `{}`; remove this, or the bracket too many before it",
            ),
        ] {
            assert_eq!(said(source), expected, "{source}");
        }
    }

    #[test]
    fn a_text_without_its_closing_quote_is_found_in_its_line() {
        let said = said("{\n \"a\": \"one,\n \"b\": 2\n}");
        assert!(
            said.starts_with("2:12: a text goes on in the next line; close the text with `\"`"),
            "{said}"
        );
    }

    #[test]
    fn a_file_that_ends_too_early_names_what_is_open_and_its_line() {
        assert!(said("{\n\"a\": [\n1,\n").contains("the `[` of line 2 is not closed; write `]`"));
        assert!(said("{\n\"a\": [1]\n").contains("the `{` of line 1 is not closed; write `}`"));
        assert!(said("{\n\"a\": \"b").contains("the text that begins in line 2 is not closed"));
    }
}
