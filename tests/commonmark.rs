//! The words that a reader sees of the examples of `CommonMark` and of GitHub are those that a
//! browser shows of their expected HTML.
//!
//! The examples are not part of this repository. `SIDELIGHT_COMMONMARK=spec.txt cargo test --test
//! commonmark` reads them as `spec.txt` of npm's `commonmark-spec`, or of GitHub's fork of cmark,
//! has them; without it the test says that nothing was compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::string_slice,
    reason = "a test fails by panicking, and says what it could not do"
)]

use sidelight::text::markdown;
use std::collections::BTreeMap;

/// An example: its number, Markdown, and the HTML that is expected.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

fn examples(specification: &str) -> Vec<Example> {
    const FENCE: &str = "````````````````````````````````";
    let mut examples = Vec::new();
    for part in specification.split(&format!("\n{FENCE} example")).skip(1) {
        // The name of an extension may stand behind it.
        let (_, part) = part.split_once('\n').unwrap();
        let part = part.split(&format!("\n{FENCE}")).next().unwrap();
        let part = format!("\n{part}\n");
        let (markdown, html) = part.split_once("\n.\n").unwrap();
        let markdown = format!("{markdown}\n")[1..].replace('→', "\t");
        examples.push(Example { number: examples.len() + 1, markdown, html: html.replace('→', "\t") });
    }
    examples
}

/// The words of HTML as a browser shows them, written down apart from the program's own reading: text
/// outside of tags and comments, the descriptions of pictures, and a break at each block.
fn words_of_html(html: &str) -> Vec<String> {
    const RAW: [&str; 3] = ["script", "style", "title"];
    const INLINE: [&str; 22] = [
        "a",
        "b",
        "bab",
        "bad-name",
        "code",
        "del",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "m",
        "mark",
        "responsive-image",
        "s",
        "span",
        "strong",
        "sub",
        "sup",
        "c",
        "foo",
        "x",
    ];
    let (mut text, mut rest) = (String::new(), html);
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            let end = if comment.starts_with('>') || comment.starts_with("->") {
                comment.find('>').unwrap() + 1
            } else {
                comment.find("-->").map_or(comment.len(), |end| end + 3)
            };
            rest = &comment[end..];
            continue;
        }
        let second = rest[1..].chars().next().unwrap_or(' ');
        if !(second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
            text.push('<');
            rest = &rest[1..];
            continue;
        }
        let Some(end) = end_of_tag(rest) else {
            // What is never closed is shown, so that nothing is lost; a browser drops it.
            break;
        };
        let tag = &rest[..end];
        rest = &rest[end..];
        let name = tag
            .trim_start_matches(['<', '/'])
            .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'));
        let name = name.into_iter().next().unwrap().to_lowercase();
        if name == "img" {
            text.push_str(
                attribute(tag, "alt").filter(|alt| !alt.is_empty()).or(attribute(tag, "src")).unwrap(),
            );
        }
        if name == "input" {
            continue;
        }
        if RAW.contains(&name.as_str()) && !tag.starts_with("</") {
            let close = format!("</{name}>");
            rest = rest.find(&close).map_or("", |at| &rest[at + close.len()..]);
        }
        let is_inline = INLINE.contains(&name.as_str()) || matches!(second, '!' | '?');
        text.push_str(if is_inline { "" } else { "\n" });
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().map(str::to_owned).collect()
}

fn end_of_tag(tag: &str) -> Option<usize> {
    if matches!(tag.as_bytes().get(1), Some(b'!' | b'?')) {
        return tag.find('>').map(|end| end + 1);
    }
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at + 1),
            // Only behind an equals sign does a quote begin a value.
            (None, '"' | '\'') if before == '=' => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
        if !letter.is_whitespace() {
            before = letter;
        }
    }
    None
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    value.split('"').next()
}

/// The words of the document, without what the reader is told beside the text.
fn words_of_document(markdown: &str) -> Vec<String> {
    let document = markdown::parse(markdown);
    let texts = document.blocks().map(|(_, block)| block.text.as_str());
    texts.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

#[test]
fn the_words_of_every_example_are_those_of_its_html() {
    let Some(path) = std::env::var_os("SIDELIGHT_COMMONMARK") else {
        eprintln!("SIDELIGHT_COMMONMARK names no specification, so nothing was compared");
        return;
    };
    let specification = std::fs::read_to_string(path).unwrap();
    let examples = examples(&specification);
    let mut different = BTreeMap::new();
    for example in &examples {
        let (seen, expected) = (words_of_document(&example.markdown), words_of_html(&example.html));
        if seen != expected {
            different.insert(example.number, (example.markdown.clone(), seen, expected));
        }
    }
    for (number, (markdown, seen, expected)) in &different {
        eprintln!("{number}: {markdown:?}\n  seen     {seen:?}\n  expected {expected:?}");
    }
    eprintln!("{} of {} examples are alike", examples.len() - different.len(), examples.len());
    assert!(different.is_empty());
}
