//! A document, of which no more is read and parsed than is asked for.
//!
//! Owns how a long text is cut into portions, and the way from the index of a block to the
//! block. Must not know where a text comes from, nor of widths.
//!
//! A document that has an [`Asker`] reads nothing when it is asked for a block: it answers from
//! the portions that are in memory, notes those that are not, and [`Document::load`] reads them
//! when another thread has time. Without one, it reads what it is asked for.

use crate::text::clean;
use crate::text::cuts::{self, Fence};
use crate::text::document::{Block, BlockKind, Heading, Link, Portion, Position};
use crate::text::exercise::Exercise;
use crate::text::flavour::Flavour;
use crate::text::line_map::{LineMap, line_breaks};
use crate::text::parser::{self, Definitions};
use crate::text::wanted::{Asker, Piece};
use std::cell::Cell;
use std::fmt::Debug;
use std::io;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// The most bytes of a text that is parsed as a whole. A longer one is read portion by
/// portion, so that its first page costs no more than that of a short one. What it defines
/// in one portion (footnotes) is not known in the others, but for the targets of links.
pub const WHOLE: usize = cuts::MOST;

/// The most bytes of a text that is looked through for the targets of links.
const DEFINING: u64 = 4 << 20;

/// How many portions on either side of a place are looked at when it is not where it was.
const NEAR: usize = 64;

/// How many portions stay in memory when the reader goes on.
const KEPT: usize = 24;

/// About how many bytes of memory they may have: of nothing but rules or nested lists, a few portions
/// have as much as hundreds of others.
const KEPT_BYTES: usize = 16 << 20;

/// A block's index is that of its portion, and within it in the lower bits: no portion has
/// as many blocks as it has bytes.
const WITHIN: u32 = 20;

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

/// Makes what is parsed of a text that is read portion by portion.
pub trait PreparePortion: Debug + Send + Sync {
    /// Makes it of one portion. Where preformatted text goes on in it, the line that opened this stands
    /// before it. Also gives the way back to the lines of the portion.
    fn prepare(&self, portion: &str) -> (String, LineMap);
}

/// A text that is read as it is asked for.
///
/// Blocks have indices that ascend in reading order, and are not always next to each other:
/// see [`Document::next`].
#[derive(Debug, Default)]
pub struct Document {
    source: Option<Box<dyn LongTextSource>>,
    /// What the source is written in.
    flavour: Flavour,
    portions: Vec<Slot>,
    definitions: OnceLock<Definitions>,
    /// The way back to the lines of the file that the text comes from.
    lines: LineMap,
    /// What makes the text of each portion, if that is not what stands in the source.
    prepare: Option<Arc<dyn PreparePortion>>,
    /// What notes the portions that are asked for and not in memory; none while they may be
    /// read at once.
    asker: Option<Asker>,
}

/// A portion, as far as it is known.
#[derive(Debug, Default)]
struct Slot {
    cut: OnceLock<Cut>,
    parsed: OnceLock<Portion>,
    /// About how many bytes of memory it has.
    weight: OnceLock<usize>,
}

impl Slot {
    fn weight(&self) -> usize {
        self.parsed.get().map_or(0, |parsed| *self.weight.get_or_init(|| parsed.weight()))
    }
}

/// Where links that name a place in a text lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchored {
    /// To the block with this index.
    At(usize),
    /// To no place in the text.
    Nowhere,
    /// That is not known before more of the text has been read, which was asked for.
    NotYet,
}

/// Where a portion is in the text.
#[derive(Debug, Clone, Default)]
struct Cut {
    bytes: Range<u64>,
    /// The preformatted text or comment that goes on from the portion before it.
    open: Option<Fence>,
    /// The preformatted text or comment that goes on in the next portion.
    left_open: Option<Fence>,
    /// How many line breaks there are in the text before it.
    breaks_before: u32,
    /// How many of them there are in it.
    breaks: u32,
}

/// The last of so many indices for which something holds that holds for none after one for which it
/// does not; the first where it holds for none.
fn last_where(length: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut last, mut beyond) = (0, length);
    while beyond > last + 1 {
        let middle = last.midpoint(beyond);
        if holds(middle) {
            last = middle;
        } else {
            beyond = middle;
        }
    }
    last
}

impl From<Portion> for Document {
    /// A text that was parsed as a whole.
    fn from(portion: Portion) -> Self {
        let (cut, parsed) = (OnceLock::from(Cut::default()), OnceLock::from(portion));
        let slot = Slot { cut, parsed, ..Slot::default() };
        Self { portions: vec![slot], ..Self::empty() }
    }
}

impl Document {
    /// A document without any text.
    pub const fn empty() -> Self {
        Self {
            source: None,
            flavour: Flavour::GitHub,
            portions: Vec::new(),
            definitions: OnceLock::new(),
            lines: LineMap::Same,
            prepare: None,
            asker: None,
        }
    }

    /// A text that is read portion by portion.
    pub fn long(source: Box<dyn LongTextSource>, flavour: Flavour) -> Self {
        // What an exercise is shows only at its end, which may be in another portion.
        let flavour = if flavour.has_exercises() { Flavour::GitHub } else { flavour };
        let first = cuts::LEAST_AT_FIRST as u64;
        let others = source.length().saturating_sub(first).div_ceil(cuts::LEAST as u64);
        let most = usize::try_from(others).unwrap_or(usize::MAX - 1) + 1;
        let portions = (0..most).map(|_| Slot::default()).collect();
        Self { source: Some(source), flavour, portions, ..Self::empty() }
    }

    /// A short text of which only the pieces that are asked for are parsed, if it reads the same then:
    /// see [`cuts::pieces`]. The blocks have other indices than in the whole.
    pub(crate) fn in_pieces(text: &Arc<str>, flavour: &Flavour) -> Option<Self> {
        let is_markdown = !matches!(flavour, Flavour::Verbatim { .. });
        // An exercise has several paragraphs, and the id of a block may stand below it.
        let is_one = (flavour.has_exercises() && text.contains("[!"))
            || (flavour.has_wiki_links() && text.contains("\n^"));
        if !is_markdown || is_one || !clean::is_clean_source(text) {
            return None;
        }
        let pieces = cuts::pieces(text)?;
        let mut breaks_before = 0;
        let slot = |bytes: Range<usize>| {
            let breaks = line_breaks(text.get(bytes.clone()).unwrap_or_default());
            let bytes = bytes.start as u64..bytes.end as u64;
            let cut = Cut { bytes, breaks_before, breaks, ..Cut::default() };
            breaks_before += breaks;
            Slot { cut: OnceLock::from(cut), ..Slot::default() }
        };
        let portions = pieces.into_iter().map(slot).collect();
        let source: Box<dyn LongTextSource> = Box::new(Arc::clone(text));
        let definitions = OnceLock::from(Definitions::default());
        Some(Self { source: Some(source), flavour: flavour.clone(), portions, definitions, ..Self::empty() })
    }

    /// How many lines come before a portion, and how many up to its end. Nothing behind the last.
    pub(crate) fn lines_of(&self, portion: usize) -> Range<u32> {
        let cut =
            self.cut(portion).map(|cut| cut.breaks_before..cut.breaks_before.saturating_add(cut.breaks));
        cut.unwrap_or_default()
    }

    /// The same document of a text whose lines stand elsewhere in its file.
    #[must_use]
    pub(crate) fn with_lines(self, lines: LineMap) -> Self {
        Self { lines, ..self }
    }

    /// The same document, of which each portion is made of what stands in the source.
    #[must_use]
    pub(crate) fn prepared_by(self, prepare: Option<Arc<dyn PreparePortion>>) -> Self {
        Self { prepare, ..self }
    }

    /// From now on reads nothing when it is asked for a block, and notes what is missing.
    pub(crate) fn ask_with(&mut self, asker: Asker) {
        // What was parsed as a whole has nothing left to read.
        self.asker = self.source.is_some().then_some(asker);
    }

    /// At most how many portions it has.
    pub fn portions(&self) -> usize {
        self.portions.len()
    }

    /// The portion that a block is in, and its index there.
    pub fn within(index: usize) -> (usize, usize) {
        (index >> WITHIN, index & ((1 << WITHIN) - 1))
    }

    /// The index of a block within a portion.
    pub fn index(portion: usize, within: usize) -> usize {
        portion << WITHIN | within
    }

    /// A block.
    pub fn block(&self, index: usize) -> Option<&Block> {
        let (portion, within) = Self::within(index);
        self.portion(portion)?.blocks.get(within)
    }

    /// The target of a link or image, as [`crate::text::Style::link`] numbers it.
    pub fn link(&self, link: usize) -> Option<&Link> {
        let (portion, within) = Self::within(link);
        self.portion(portion)?.links.get(within)
    }

    /// The line of its file in which a line of a portion stands, both from 1 on; none where it has none
    /// there. Such a line is [`Block::line`].
    pub fn source_line(&self, portion: usize, line: u32) -> Option<u32> {
        let Slot { cut, parsed, .. } = self.portions.get(portion)?;
        let line = parsed.get()?.lines.source_of(line).filter(|line| *line > 0)?;
        self.lines.source_of(cut.get()?.breaks_before.checked_add(line)?)
    }

    /// How many blocks a portion has.
    pub fn blocks_in(&self, portion: usize) -> usize {
        self.portion(portion).map_or(0, |portion| portion.blocks.len())
    }

    /// The index of the first block.
    pub fn first(&self) -> Option<usize> {
        self.first_from(0)
    }

    /// The index of the last block. A long text is looked through for it.
    pub fn last(&self) -> Option<usize> {
        self.last_until(self.portions.len())
    }

    /// The index of the block that follows.
    pub fn next(&self, index: usize) -> Option<usize> {
        let (portion, within) = Self::within(index);
        let blocks = self.portion(portion)?.blocks.len();
        if within + 1 < blocks { Some(index + 1) } else { self.first_from(portion + 1) }
    }

    /// The index of the block before.
    pub fn previous(&self, index: usize) -> Option<usize> {
        let (portion, within) = Self::within(index);
        if within > 0 { Some(index - 1) } else { self.last_until(portion) }
    }

    /// This index if there is such a block, else that of the one before where it would be.
    pub fn nearest(&self, index: usize) -> usize {
        let (portion, within) = Self::within(index);
        let in_portion = self.portion(portion).and_then(|parsed| parsed.blocks.len().checked_sub(1));
        in_portion
            .map(|last| Self::index(portion, within.min(last)))
            .or_else(|| self.last_until(portion.min(self.portions.len())))
            .or_else(|| self.first())
            .unwrap_or(0)
    }

    /// The exercises of a text that was parsed as a whole: one that is read portion by portion has
    /// none.
    pub fn exercises(&self) -> &[Exercise] {
        match self.portions.as_slice() {
            [only] => only.parsed.get().map_or(&[], |portion| &portion.exercises),
            _ => &[],
        }
    }

    /// All blocks in reading order, with their indices. Reads as much as is taken.
    pub fn blocks(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks_of(0..self.portions.len())
    }

    /// The blocks of the portions about this one, the nearest portions first.
    pub(crate) fn blocks_near(&self, index: usize) -> impl Iterator<Item = (usize, &Block)> {
        let (portion, _) = Self::within(index);
        let around = (0..=NEAR).flat_map(move |far| {
            let before = portion.checked_sub(far).filter(|_| far > 0);
            [Some(portion.saturating_add(far)), before].into_iter().flatten()
        });
        around.flat_map(|portion| self.blocks_of(portion..portion.saturating_add(1)))
    }

    fn blocks_of(&self, portions: Range<usize>) -> impl Iterator<Item = (usize, &Block)> {
        let read = portions.map_while(|portion| Some((portion, self.portion(portion)?)));
        read.flat_map(|(portion, parsed)| {
            parsed.blocks.iter().enumerate().map(move |(within, block)| (Self::index(portion, within), block))
        })
    }

    /// The headings in reading order, with the index of each one's block.
    pub fn headings(&self) -> impl Iterator<Item = (usize, &Heading, &str)> {
        self.blocks().filter_map(|(index, block)| match &block.kind {
            BlockKind::Heading(heading) => Some((index, heading, block.text.as_str())),
            _ => None,
        })
    }

    /// The block of the heading with this slug.
    pub fn section(&self, slug: &str) -> Option<usize> {
        self.headings().find(|(_, heading, _)| heading.slug == slug).map(|(index, ..)| index)
    }

    /// Looks for what links reach under one of these names: a heading by its slug, or any block by
    /// its anchors. An earlier name is preferred to a later one. Reads as much as it takes.
    pub fn anchored(&self, names: &[&str]) -> Anchored {
        let mut found: Option<(usize, usize)> = None;
        for (index, block) in self.blocks() {
            let is_slug =
                |name: &str| matches!(&block.kind, BlockKind::Heading(heading) if heading.slug == name);
            let place =
                names.iter().position(|name| is_slug(name) || block.anchors.iter().any(|own| own == name));
            match place {
                Some(0) => return Anchored::At(index),
                Some(place) if found.is_none_or(|(before, _)| place < before) => found = Some((place, index)),
                _ => {}
            }
        }
        match found {
            // A name that is preferred may still be in what has not been read.
            _ if (0..self.portions.len()).any(|portion| self.is_awaited(portion)) => Anchored::NotYet,
            Some((_, index)) => Anchored::At(index),
            None => Anchored::Nowhere,
        }
    }

    /// How many words it has, counted as runs of text between white space.
    pub fn words(&self) -> usize {
        self.blocks().map(|(_, block)| block.text.split_whitespace().count()).sum()
    }

    /// How much of the text lies before a position, and how much there is in all. Only the
    /// position's own portion is needed for it.
    pub fn progress(&self, position: Position) -> (u64, u64) {
        let (portion, within) = Self::within(position.block);
        let Some(parsed) = self.portion(portion) else { return (0, 0) };
        let (mut before, mut all) = (0, 0);
        for (index, block) in parsed.blocks.iter().enumerate() {
            let length = block.text.len();
            all += length as u64;
            before += match index.cmp(&within) {
                std::cmp::Ordering::Less => length as u64,
                std::cmp::Ordering::Equal => position.offset.min(length) as u64,
                std::cmp::Ordering::Greater => 0,
            };
        }
        match (&self.source, self.portions.get(portion).and_then(|slot| slot.cut.get())) {
            (Some(source), Some(cut)) => {
                let length = cut.bytes.end - cut.bytes.start;
                (cut.bytes.start + length * before / all.max(1), source.length())
            }
            _ => (before, all),
        }
    }

    /// The position that so many per cent of the text lie before, as [`Document::progress`] counts
    /// them. Of a long text, only a few portions are read for it.
    pub fn position_at(&self, per_cent: u64) -> Position {
        let per_cent = per_cent.min(100);
        let reaches = |position: Position| {
            let (before, all) = self.progress(position);
            before * 100 <= all * per_cent
        };
        let block = |index| Position { block: index, offset: 0 };
        // One portion that is not in memory is enough to ask for: the next look goes further.
        let is_asked = Cell::new(false);
        let has_begun = |portion: usize| {
            let is_known = !is_asked.get() && self.blocks_in(portion) > 0;
            is_asked.set(is_asked.get() || (!is_known && self.is_awaited(portion)));
            is_known && reaches(block(Self::index(portion, 0)))
        };
        let portion = last_where(self.portions.len(), has_begun);
        let within =
            last_where(self.blocks_in(portion), |within| reaches(block(Self::index(portion, within))));
        let index = Self::index(portion, within);
        let length = self.block(index).map_or(0, |block| block.text.len());
        let offset = last_where(length, |offset| reaches(Position { block: index, offset }));
        Position { block: index, offset }
    }

    /// Gives back the memory of portions far from a block, when they are many or large.
    pub fn forget_far_from(&mut self, index: usize) {
        let (here, _) = Self::within(index);
        let parsed = self.portions.iter().filter(|slot| slot.parsed.get().is_some());
        let (count, bytes) = parsed.fold((0, 0), |(count, bytes), slot| (count + 1, bytes + slot.weight()));
        let far = match (count > KEPT, bytes > KEPT_BYTES) {
            _ if self.source.is_none() => return,
            (_, true) => 1,
            (true, false) => KEPT / 4,
            (false, false) => return,
        };
        for (portion, slot) in self.portions.iter_mut().enumerate() {
            if portion.abs_diff(here) > far {
                slot.parsed.take();
                slot.weight.take();
            }
        }
    }

    /// Reads and parses a portion, and looks for the ends of those before it. Does nothing for
    /// one that is in memory, and for one behind the last.
    pub fn load(&self, portion: usize) {
        if let Some(slot) = self.portions.get(portion)
            && slot.parsed.get().is_none()
            && let Some(cut) = self.cut(portion)
        {
            slot.parsed.get_or_init(|| self.parse(portion, cut));
        }
    }

    /// Returns whether a portion is in memory, or known to lie behind the last.
    pub(crate) fn has(&self, portion: usize) -> bool {
        !self.is_awaited(portion)
    }

    /// The text of a portion as it was written, for a quick look; none behind the last. What is prepared
    /// may have less. Reads it.
    pub(crate) fn raw(&self, portion: usize) -> Option<String> {
        let cut = self.cut(portion)?;
        let bytes = self.source.as_ref()?.read(cut.bytes.clone()).unwrap_or_default();
        Some(clean::decode_lossy(bytes))
    }

    fn first_from(&self, portion: usize) -> Option<usize> {
        self.blocks_of(portion..self.portions.len()).next().map(|(index, _)| index)
    }

    /// The last block before a portion.
    fn last_until(&self, portion: usize) -> Option<usize> {
        for portion in (0..portion).rev() {
            if let Some(last) = self.portion(portion).and_then(|parsed| parsed.blocks.len().checked_sub(1)) {
                return Some(Self::index(portion, last));
            }
            // What is not in memory may well have the last block.
            if self.is_awaited(portion) {
                return None;
            }
        }
        None
    }

    /// A portion, parsed; none behind the last, and none that is not in memory and must not be
    /// read here. That is noted.
    fn portion(&self, portion: usize) -> Option<&Portion> {
        let slot = self.portions.get(portion)?;
        if slot.parsed.get().is_none() {
            match &self.asker {
                Some(asker) if self.is_awaited(portion) => asker.ask(Piece::Portion(portion)),
                Some(_) => {}
                None => self.load(portion),
            }
        }
        slot.parsed.get()
    }

    /// Returns whether there may be a portion that is not in memory and must not be read here.
    fn is_awaited(&self, portion: usize) -> bool {
        let is_behind_the_last = |cut: &Cut| portion > 0 && cut.bytes.is_empty();
        self.asker.is_some()
            && self.portions.get(portion).is_some_and(|slot| {
                slot.parsed.get().is_none() && !slot.cut.get().is_some_and(is_behind_the_last)
            })
    }

    fn parse(&self, portion: usize, cut: &Cut) -> Portion {
        let Some(source) = &self.source else { return Portion::default() };
        let bytes = match source.read(cut.bytes.clone()) {
            Ok(bytes) => bytes,
            Err(error) => return parser::message(&format!("This part cannot be read now ({error}).")),
        };
        let is_verbatim = matches!(self.flavour, Flavour::Verbatim { .. });
        let open = cut.open.as_ref().filter(|_| !is_verbatim);
        let mut text = open.map_or(String::new(), |fence| fence.opening.clone() + "\n");
        text.push_str(&clean::decode_lossy(bytes));
        let parse = |text: &str| parser::parse_portion(text, &self.flavour, || self.definitions());
        let (mut parsed, lines) = match &self.prepare {
            Some(prepare) => {
                let cleaned = clean::clean_source(&text);
                let (prepared, prepared_lines) = prepare.prepare(&cleaned);
                let lines = clean::source_lines(&text, &cleaned);
                (Portion { lines, ..parse(&prepared) }, prepared_lines)
            }
            None => (parse(&text), LineMap::Same),
        };
        let first = Self::index(portion, 0);
        for span in parsed.blocks.iter_mut().flat_map(|block| &mut block.spans) {
            span.style.link = span.style.link.map(|link| first | link);
        }
        for block in &mut parsed.blocks {
            block.number_details(|number| first | number);
            let line = lines.source_of(block.line).unwrap_or(0);
            // The line that opens what goes on does not stand here.
            block.line = line.saturating_sub(u32::from(open.is_some())).max(line.min(1));
        }
        let is_open = || cut.left_open.as_ref().is_some_and(Fence::is_shown);
        let goes_on = if is_verbatim { self.goes_on_behind(cut) } else { is_open() };
        if let Some(last) = parsed.blocks.last_mut().filter(|_| goes_on) {
            last.continues = true;
        }
        parsed
    }

    fn goes_on_behind(&self, cut: &Cut) -> bool {
        self.source.as_ref().is_some_and(|source| cut.bytes.end < source.length())
    }

    /// The targets of links that are defined anywhere in the text.
    fn definitions(&self) -> &Definitions {
        self.definitions.get_or_init(|| {
            let source = self.source.as_ref().filter(|source| source.length() <= DEFINING);
            let bytes = source.and_then(|source| source.read(0..source.length()).ok()).unwrap_or_default();
            Definitions::in_text(&clean::decode_lossy(bytes))
        })
    }

    /// Where a portion is; none behind the last. Those before it are looked for first.
    fn cut(&self, portion: usize) -> Option<&Cut> {
        let slot = self.portions.get(portion)?;
        if slot.cut.get().is_none() {
            let known = self.portions.iter().take(portion).rposition(|slot| slot.cut.get().is_some());
            for index in known.map_or(0, |known| known + 1)..=portion {
                let before = index.checked_sub(1).and_then(|before| self.portions.get(before)?.cut.get());
                let slot = self.portions.get(index)?;
                slot.cut.get_or_init(|| self.find_cut(index == 0, before));
            }
        }
        slot.cut.get().filter(|cut| portion == 0 || cut.bytes.start < cut.bytes.end)
    }

    fn find_cut(&self, is_first: bool, before: Option<&Cut>) -> Cut {
        let (start, open, breaks_before) = match before {
            Some(before) => {
                let breaks = before.breaks_before.saturating_add(before.breaks);
                (before.bytes.end, before.left_open.clone(), breaks)
            }
            None if is_first => (0, None, 0),
            None => return Cut::default(),
        };
        let Some(source) = &self.source else { return Cut::default() };
        let length = source.length();
        let least = if is_first { cuts::LEAST_AT_FIRST } else { cuts::LEAST };
        // Most portions end soon behind where they may: no more is read for it than they have.
        let soon = (least + least / 2) as u64;
        let cut = |bytes: &[u8], open: Option<Fence>, end: cuts::End| {
            let breaks = line_breaks(bytes.get(..end.at).unwrap_or_default());
            Cut { bytes: start..start + end.at as u64, open, left_open: end.open, breaks_before, breaks }
        };
        let soon = source.read(start..length.min(start.saturating_add(soon))).unwrap_or_default();
        if let Some(end) = cuts::end_before(&soon, open.clone(), least) {
            return cut(&soon, open, end);
        }
        let most = length.min(start.saturating_add(cuts::MOST as u64));
        if let Ok(bytes) = source.read(start..most) {
            let end = cuts::end(&bytes, open.clone(), least);
            return cut(&bytes, open, end);
        }
        // What cannot be read now keeps its length, and says so where it would stand.
        let at = usize::try_from(most - start).unwrap_or(cuts::MOST);
        cut(&[], open, cuts::End { at, open: None })
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        let links = |document: &Self, block: &Block| -> Vec<Option<Link>> {
            block.spans.iter().map(|span| document.link(span.style.link?).cloned()).collect()
        };
        let alike = |(one, other): ((usize, &Block), (usize, &Block)), left: &Self, right: &Self| {
            one == other && links(left, one.1) == links(right, other.1)
        };
        self.blocks().count() == other.blocks().count()
            && self.blocks().zip(other.blocks()).all(|pair| alike(pair, self, other))
    }
}
