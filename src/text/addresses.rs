//! Addresses that stand bare in a text: `https://example.org`, `www.example.org`,
//! `me@example.org`.
//!
//! Owns which of them become links: those that GitHub makes links of. Must not resolve them.

use crate::text::clean::{self, WORD_JOINER};
use crate::text::document::{Link, LinkKind, Style};
use crate::text::inline::InlineText;
use linkify::LinkFinder;
use std::borrow::Cow;
use std::ops::Range;

/// What bare addresses of the web begin with.
const BEGINNINGS: [&str; 3] = ["https://", "http://", "www."];

/// Keeps what stands in bare addresses of a clean source from being read as emphasis, as GitHub does:
/// `https://example.org/__init__.py`.
pub(crate) fn shield(source: &str) -> Cow<'_, str> {
    let mut shielded: Option<String> = None;
    let mut copied = 0;
    let mut end = 0;
    for at in memchr::memmem::find_iter(source.as_bytes(), "://") {
        let is_web = ["http", "https"].iter().any(|scheme| ends_with(source, at, scheme));
        if at < end || !is_web {
            continue;
        }
        let rest = source.get(at..).unwrap_or_default();
        let length = rest.find(|sign: char| sign.is_whitespace() || matches!(sign, '<' | '>' | '`' | '"'));
        let address = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        // What is at its end does not belong to it.
        let address = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', ')']);
        end = at + address.len();
        for run in runs(address).filter(|run| is_beside_sign(address, run)) {
            let text = shielded.get_or_insert_with(|| String::with_capacity(source.len() + 16));
            text.push_str(source.get(copied..at + run.start).unwrap_or_default());
            text.push(WORD_JOINER);
            text.push_str(address.get(run.clone()).unwrap_or_default());
            text.push(WORD_JOINER);
            copied = at + run.end;
        }
    }
    match shielded {
        Some(mut text) => {
            text.push_str(source.get(copied..).unwrap_or_default());
            Cow::Owned(text)
        }
        None => Cow::Borrowed(source),
    }
}

/// Returns whether a word, in any case, stands right before this byte.
fn ends_with(source: &str, at: usize, word: &str) -> bool {
    let before = at.checked_sub(word.len()).and_then(|start| source.as_bytes().get(start..at));
    before.is_some_and(|before| before.eq_ignore_ascii_case(word.as_bytes()))
}

/// The runs of low lines in an address.
fn runs(address: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = end + address.get(end..)?.find('_')?;
        let length = address.get(start..)?.bytes().take_while(|byte| *byte == b'_').count();
        end = start + length;
        Some(start..end)
    })
}

/// Returns whether a run does not stand between two letters or digits, where it is no emphasis.
fn is_beside_sign(address: &str, run: &Range<usize>) -> bool {
    let before = address.get(..run.start).and_then(|before| before.chars().next_back());
    let behind = address.get(run.end..).and_then(|behind| behind.chars().next());
    !before.is_some_and(char::is_alphanumeric) || !behind.is_some_and(char::is_alphanumeric)
}

/// Makes links of the bare addresses in a text, and adds their targets to `links`. Code and what
/// is a link already stay as they are.
pub(crate) fn link(inline: &mut InlineText, links: &mut Vec<Link>) {
    if !may_have_any(inline.text.as_bytes()) {
        return;
    }
    let mut found = Vec::new();
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    for address in finder.links(&inline.text) {
        let range = address.start()..address.end();
        if let Some(target) = target(address.kind(), address.as_str())
            && is_plain(inline, &range)
        {
            found.push((range, links.len()));
            links.push(Link { target: clean::clean_line(&target), kind: LinkKind::Link });
        }
    }
    inline.link_ranges(&found);
}

/// Returns whether a text has what every address has one of: `@`, `://` or `www.`.
fn may_have_any(text: &[u8]) -> bool {
    memchr::memchr3_iter(b'@', b':', b'.', text).any(|at| match text.get(at..) {
        Some([b':', rest @ ..]) => rest.starts_with(b"//"),
        Some([b'.', ..]) => text.get(..at).is_some_and(|before| before.ends_with(b"www")),
        _ => true,
    })
}

/// The target of an address; none for what is no link on GitHub either, such as `example.org`.
fn target(kind: &linkify::LinkKind, address: &str) -> Option<String> {
    if *kind == linkify::LinkKind::Email {
        return Some(format!("mailto:{address}"));
    }
    let begins = |beginning: &&str| {
        address.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    };
    match *BEGINNINGS.iter().find(|beginning| begins(beginning))? {
        "www." => Some(format!("http://{address}")),
        _ => Some(address.to_owned()),
    }
}

/// Returns whether a range is neither code nor part of a link, and stands in one line.
fn is_plain(inline: &InlineText, range: &Range<usize>) -> bool {
    let first = inline.spans.partition_point(|span| span.range.end <= range.start);
    let mut within = inline.spans.iter().skip(first).take_while(|span| span.range.start < range.end);
    within.all(|span| matches!(span.style, Style { code: false, link: None, .. }))
}
