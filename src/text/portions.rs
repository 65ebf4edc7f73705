//! The portions of a text: which of its bytes and lines each of them has.
//!
//! Owns how much is read to find where one ends. Must not parse any; where a cut may be, is known by
//! [`crate::text::cuts`].

use crate::text::clean;
use crate::text::cuts::{self, Fence};
use crate::text::flavour::Flavour;
use crate::text::line_map::line_breaks;
use std::fmt::Debug;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// Where the bytes of a long text come from.
pub trait LongTextSource: Debug + Send + Sync {
    /// How many bytes it has.
    fn length(&self) -> u64;

    /// Some of its bytes; fewer when it has become shorter.
    ///
    /// # Errors
    /// When they cannot be read.
    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>>;
}

impl LongTextSource for Arc<str> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let at = |offset: u64| usize::try_from(offset).map_or(self.len(), |at| at.min(self.len()));
        Ok(self.as_bytes().get(at(range.start)..at(range.end)).unwrap_or_default().to_owned())
    }
}

impl LongTextSource for &'static str {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        Arc::<str>::from(*self).read(range)
    }
}

/// Where a portion is in the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut {
    pub(super) bytes: Range<u64>,
    /// The preformatted text or comment that goes on from the portion before it.
    pub(super) open: Option<Fence>,
    /// The preformatted text or comment that goes on in the next portion.
    pub(super) left_open: Option<Fence>,
    /// How many line breaks there are in the text before it.
    pub(super) breaks_before: u32,
    /// How many of them there are in it.
    breaks: u32,
}

/// Which portion is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum PortionPlace<'a> {
    First,
    /// The one behind this, if that is known.
    Behind(Option<&'a Cut>),
}

impl Cut {
    /// Finds where a portion is, and returns its bytes as well if they were read for that. An empty one lies
    /// behind the last.
    pub(super) fn find(source: Option<&dyn LongTextSource>, place: PortionPlace) -> (Self, Option<Vec<u8>>) {
        let (start, open, breaks_before) = match place {
            PortionPlace::Behind(Some(before)) => {
                (before.bytes.end, before.left_open.clone(), before.lines().end)
            }
            PortionPlace::First => (0, None, 0),
            PortionPlace::Behind(None) => return (Self::default(), None),
        };
        let Some(source) = source else { return (Self::default(), None) };
        let length = source.length();
        let is_first = matches!(place, PortionPlace::First);
        let least = if is_first { cuts::LEAST_AT_FIRST } else { cuts::LEAST };
        let cut = |mut bytes: Vec<u8>, open: Option<Fence>, end: cuts::End| {
            bytes.truncate(end.at);
            let (breaks, end, left_open) = (line_breaks(&bytes), start + end.at as u64, end.open);
            (Self { bytes: start..end, open, left_open, breaks_before, breaks }, Some(bytes))
        };
        let behind = |bytes: usize| length.min(start.saturating_add(bytes as u64));
        // Most portions end soon behind where they may: no more is read for it than they have.
        let soon = source.read(start..behind(least + least / 2)).unwrap_or_default();
        if let Some(end) = cuts::end_before(&soon, open.clone(), least) {
            return cut(soon, open, end);
        }
        let most = behind(cuts::MOST);
        let is_all = soon.len() as u64 == most - start;
        if let Ok(bytes) = if is_all { Ok(soon) } else { source.read(start..most) } {
            let end = cuts::end(&bytes, open.clone(), least);
            return cut(bytes, open, end);
        }
        // What cannot be read now keeps its length, and says so where it would stand.
        let at = usize::try_from(most - start).unwrap_or(cuts::MOST);
        let (cut, _) = cut(Vec::new(), open, cuts::End { at, open: None });
        (cut, None)
    }

    /// The pieces of a short text each of which reads alone as it does in the whole; none where something
    /// may reach over them: see [`cuts::pieces`].
    pub(super) fn of_pieces(text: &str, flavour: &Flavour) -> Option<Vec<Self>> {
        let is_markdown = !matches!(flavour, Flavour::Verbatim { .. });
        // An exercise has several paragraphs, and the id of a block may stand below it.
        let is_one = (flavour.has_exercises() && text.contains("[!"))
            || (flavour.has_wiki_links() && text.contains("\n^"));
        if !is_markdown || is_one || !clean::is_clean_source(text) {
            return None;
        }
        let mut breaks_before = 0;
        let cut = |bytes: Range<usize>| {
            let breaks = line_breaks(text.get(bytes.clone()).unwrap_or_default());
            let bytes = bytes.start as u64..bytes.end as u64;
            let cut = Self { bytes, breaks_before, breaks, ..Self::default() };
            breaks_before += breaks;
            cut
        };
        Some(cuts::pieces(text)?.into_iter().map(cut).collect())
    }

    /// How many lines come before it, and how many up to its end.
    pub(super) fn lines(&self) -> Range<u32> {
        self.breaks_before..self.breaks_before.saturating_add(self.breaks)
    }
}
