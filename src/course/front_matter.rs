//! The front matter of a text: what stands for programs at its very beginning, between lines of
//! `---` as YAML, between lines of `+++` as TOML, or as a JSON object.
//!
//! Owns where it ends, and the title in it. It is not shown. What only looks like it, such as prose
//! between two rules, is text.

use crate::text::line_map::line_breaks;
use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The most lines of front matter. Two rules that are further apart are just rules.
const MOST_LINES: usize = 200;

/// Front matter that was found at the beginning of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    /// The byte of the text at which it ends.
    pub(crate) end: usize,
    /// Its `title`, as it was written.
    pub(crate) title: Option<String>,
}

/// What stands where front matter may.
enum Content {
    /// Front matter, and its title.
    Fields(Option<String>),
    /// Text.
    Prose,
}

/// Removes the front matter from a text, but for its line breaks, so that what follows stays in its lines.
pub(crate) fn blank(mut text: String) -> String {
    if let Some(end) = end(&text) {
        let breaks = line_breaks(text.get(..end).unwrap_or_default());
        text.replace_range(..end, &"\n".repeat(breaks as usize));
    }
    text
}

/// Finds the byte at which the front matter ends; `None` when there is none.
pub(crate) fn end(text: &str) -> Option<usize> {
    read(text).map(|front| front.end)
}

/// Reads the front matter of a text; `None` when there is none.
pub(crate) fn read(text: &str) -> Option<FrontMatter> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let from = text.get(start..)?;
    let first = from.lines().next()?.trim_end();
    let (length, content) = match first {
        "---" => fenced(from, &["---", "..."]).map(|(length, inner)| (length, yaml(inner)))?,
        "+++" => fenced(from, &["+++"]).map(|(length, inner)| (length, toml(inner)))?,
        "{" => json(from)?,
        _ => return None,
    };
    match content {
        Content::Fields(title) => Some(FrontMatter { end: start + length, title }),
        Content::Prose => None,
    }
}

/// The length of what stands between the first line and one of these, with both, and what is
/// between them.
fn fenced<'a>(text: &'a str, ends: &[&str]) -> Option<(usize, &'a str)> {
    let mut at = 0;
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').take(MOST_LINES).enumerate() {
        at += line.len();
        let bare = line.trim_end();
        match number {
            0 => start = at,
            // A rule with an empty line after it is just a rule.
            1 if bare.is_empty() => return None,
            _ if ends.contains(&bare) => return Some((at, text.get(start..at - line.len())?)),
            _ => {}
        }
    }
    None
}

/// Reads YAML, which is front matter when it is a mapping. What is meant as a mapping and is not
/// quite YAML counts too: many programs that read it are as lenient.
fn yaml(text: &str) -> Content {
    match sound_yaml(text) {
        Some(content) => content,
        None if looks_like_yaml(text) => Content::Fields(title_line(text)),
        None => Content::Prose,
    }
}

/// Reads YAML; `None` for what is none. Only the parser's events are looked at: nothing grows,
/// whatever aliases there are.
fn sound_yaml(text: &str) -> Option<Content> {
    let mut depth = 0_usize;
    let mut is_mapping = false;
    let mut has_content = false;
    // At depth 1 keys and values alternate.
    let mut is_value = false;
    let mut names_title = false;
    let mut title = None;
    for event in Parser::new_from_str(text) {
        let (event, _) = event.ok()?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                is_mapping |= depth == 0 && matches!(event, Event::MappingStart(..));
                has_content = true;
                depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                is_value ^= depth == 1;
            }
            Event::Scalar(value, style, ..) => {
                has_content |= !(value.is_empty() && style == ScalarStyle::Plain);
                if depth == 1 {
                    if is_value && names_title && title.is_none() {
                        title = Some(value.trim().to_owned());
                    }
                    names_title = !is_value && value == "title";
                    is_value = !is_value;
                }
            }
            Event::Alias(_) if depth == 1 => is_value = !is_value,
            _ => {}
        }
    }
    let title = title.filter(|title| !title.is_empty());
    Some(if is_mapping || !has_content { Content::Fields(title) } else { Content::Prose })
}

/// Returns whether each line that is not set in begins with a key and a colon.
fn looks_like_yaml(text: &str) -> bool {
    let is_key = |key: &str| {
        let begins = key.starts_with(|first: char| first.is_alphanumeric() || "_\"'".contains(first));
        begins && key.chars().all(|part| part.is_alphanumeric() || "_-.\"' ".contains(part))
    };
    text.lines().all(|line| {
        let goes_on = line.is_empty() || line.starts_with([' ', '\t', '#', '-', ']', '}']);
        let key =
            line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
        goes_on || key.is_some_and(|(key, _)| is_key(key))
    })
}

/// The title in what is not quite YAML.
fn title_line(text: &str) -> Option<String> {
    let title = text.lines().find_map(|line| line.strip_prefix("title:"))?;
    Some(title.trim().trim_matches(['"', '\'']).to_owned()).filter(|title| !title.is_empty())
}

/// Reads TOML.
fn toml(text: &str) -> Content {
    match text.parse::<toml::Table>() {
        Ok(table) => Content::Fields(table.get("title").and_then(toml::Value::as_str).map(str::to_owned)),
        Err(_) => Content::Prose,
    }
}

/// The length of a JSON object that ends with its line, and what it is.
fn json(text: &str) -> Option<(usize, Content)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<HashMap<String, &RawValue>>();
    let object = values.next()?.ok()?;
    let length = values.byte_offset();
    let rest = text.get(length..)?;
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    let title = object.get("title").and_then(|title| serde_json::from_str(title.get()).ok());
    line.trim().is_empty().then_some((length + line.len(), Content::Fields(title)))
}

#[cfg(test)]
mod tests {
    use super::{FrontMatter, blank, read};

    #[test]
    fn of_front_matter_only_the_lines_stay_and_a_rule_is_kept() {
        for (text, shown) in [
            ("---\ntitle: A\ntags: [b]\n---\n# A\n", "# A\n"),
            ("+++\ntitle = 'A'\n+++\ntext", "text"),
            ("\u{feff}---\na: b\n---\ntext", "text"),
            ("---\r\na: b\r\n---\r\ntext", "text"),
            ("---\n---\ntext", "text"),
            ("---\na: b\n...\ntext", "text"),
            ("---\ntitle: {{ page }} - a: b\n\nlayout: \"x\n---\ntext", "text"),
            ("{\n  \"a\": [1, {\"b\": 2}]\n}\n\ntext", "\ntext"),
            ("---\n# only a remark\n---\ntext", "text"),
        ] {
            let left = blank(text.to_owned());
            let lines = left.strip_suffix(shown).unwrap_or("more");
            assert!(lines.bytes().all(|byte| byte == b'\n'), "{text:?}");
            assert_eq!(left.lines().count(), text.lines().count(), "{text:?}");
        }
        for text in [
            "---\n\nA rule, and below another.\n\n---\n",
            "---\nA rule, then a sentence.\n---\n\nRest.",
            "---\n**Please note**: this is text.\n\nAnd so is this, with a colon: here.\n\n---\nRest.",
            "---\n- a list\n- between rules\n---\n",
            "---\nnever closed",
            "text\n---\nmore",
            "+++\nno TOML\n+++\n",
            "{\n  \"no\": JSON\n}\n",
            "{\n  \"a\": 1\n} and on\n",
            "{{ template }}\n",
            "",
        ] {
            assert_eq!(blank(text.to_owned()), text, "{text:?}");
        }
    }

    #[test]
    fn the_title_is_read_as_yaml_toml_and_json_have_it() {
        for (text, title) in [
            ("---\ntitle: >-\n  A folded\n  title\n---\n", Some("A folded title")),
            (
                "---\ntags:\n  - title\n  - {title: no}\ntitle: 'It''s quoted'   # a remark\n---\n",
                Some("It's quoted"),
            ),
            ("---\ntitle: Dots\ntags:\n  - one\n...\n", Some("Dots")),
            ("---\n\"title\": \"A \\u00e9\"\n---\n", Some("A é")),
            ("---\nlong:\n  title: no\n---\n", None),
            ("---\ntitle:\n---\n", None),
            ("---\ntitle: Not: quite YAML\n---\n", Some("Not: quite YAML")),
            ("+++\ntitle = \"A TOML title\"\n[extra]\ntitle = 'no'\n+++\n", Some("A TOML title")),
            ("{\n\"title\": \"JSON\", \"b\": {}\n}\n", Some("JSON")),
        ] {
            let front = read(text);
            assert_eq!(
                front,
                Some(FrontMatter { end: text.len(), title: title.map(str::to_owned) }),
                "{text:?}"
            );
        }
    }

    #[test]
    fn hostile_yaml_ends_soon() {
        let line = |n: usize| format!("a{n}: &a{n} [{}]", "*a0,".repeat(50));
        let aliases = (0..100).map(line).collect::<Vec<_>>().join("\n");
        for inner in
            [aliases, "[".repeat(100_000), "a: ".repeat(100_000), "- ".repeat(100_000), "? ".repeat(50_000)]
        {
            read(&format!("---\n{inner}\n---\n"));
        }
    }
}
