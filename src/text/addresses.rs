//! Addresses that stand bare in a text: `https://example.org`, `www.example.org`,
//! `me@example.org`.
//!
//! Owns which of them become links: those that GitHub makes links of. Must not resolve them.

use crate::text::clean;
use crate::text::document::{Link, LinkKind, Style};
use crate::text::inline::InlineText;
use linkify::LinkFinder;
use std::ops::Range;

/// What every address has one of, so that a text without is not looked through further.
const MARKS: [&str; 3] = ["://", "www.", "@"];

/// What bare addresses of the web begin with.
const BEGINNINGS: [&str; 3] = ["https://", "http://", "www."];

/// Makes links of the bare addresses in a text, and adds their targets to `links`. Code and what
/// is a link already stay as they are.
pub(crate) fn link(inline: &mut InlineText, links: &mut Vec<Link>) {
    if !MARKS.iter().any(|mark| memchr::memmem::find(inline.text.as_bytes(), mark.as_bytes()).is_some()) {
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
