//! A document, of which no more is read and parsed than is asked for.
//!
//! Owns the way from the index of a block to the block, and which portions are in memory. Must not
//! know where a text comes from, nor of widths.
//!
//! A document that has an [`Asker`] reads nothing when it is asked for a block: it answers from
//! the portions that are in memory, notes those that are not, and [`Document::load`] reads them
//! when another thread has time. Without one, it reads what it is asked for.

use crate::text::clean;
use crate::text::cuts::{self, Fence};
use crate::text::document::{Block, BlockKind, Link, Portion};
use crate::text::exercise::Exercise;
use crate::text::flavour::Flavour;
use crate::text::line_map::LineMap;
use crate::text::parser::{self, Definitions};
pub use crate::text::portions::LongTextSource;
use crate::text::portions::{Cut, PortionPlace};
use crate::text::wanted::{Asker, Piece};
use std::fmt::Debug;
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
        let slot = |cut| Slot { cut: OnceLock::from(cut), ..Slot::default() };
        let portions = Cut::of_pieces(text, flavour)?.into_iter().map(slot).collect();
        let source: Box<dyn LongTextSource> = Box::new(Arc::clone(text));
        let definitions = OnceLock::from(Definitions::default());
        Some(Self { source: Some(source), flavour: flavour.clone(), portions, definitions, ..Self::empty() })
    }

    /// How many lines come before a portion, and how many up to its end. Nothing behind the last.
    pub(crate) fn lines_of(&self, portion: usize) -> Range<u32> {
        self.cut(portion).map(Cut::lines).unwrap_or_default()
    }

    /// Which bytes of the source a portion has whose end is known, and how many there are in all. None of a
    /// text that was parsed as a whole.
    pub(super) fn bytes_of(&self, portion: usize) -> Option<(Range<u64>, u64)> {
        let cut = self.portions.get(portion)?.cut.get()?;
        Some((cut.bytes.clone(), self.source.as_ref()?.length()))
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
        self.first_from(0).map(|(index, _)| index)
    }

    /// The index of the last block. A long text is looked through for it.
    pub fn last(&self) -> Option<usize> {
        self.last_until(self.portions.len())
    }

    /// The index of the block that follows.
    pub fn next(&self, index: usize) -> Option<usize> {
        self.following(index).map(|(next, _)| next)
    }

    /// The block that follows, with its index.
    pub(crate) fn following(&self, index: usize) -> Option<(usize, &Block)> {
        let (portion, within) = Self::within(index);
        match self.portion(portion)?.blocks.get(within + 1) {
            Some(block) => Some((index + 1, block)),
            None => self.first_from(portion + 1),
        }
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

    /// How many words it has, counted as runs of text between white space.
    pub fn words(&self) -> usize {
        self.blocks().map(|(_, block)| block.text.split_whitespace().count()).sum()
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
    /// one that is in memory. For one behind the last that is the last one: where the end is, shows
    /// only when it has been looked for, and whoever asks from behind wants it.
    pub fn load(&self, portion: usize) {
        let wanted = (0..=portion).rev().find_map(|portion| {
            let slot = self.portions.get(portion)?;
            Some((portion, slot, self.cut_and_bytes(portion)?))
        });
        if let Some((portion, slot, (cut, bytes))) = wanted {
            slot.parsed.get_or_init(|| self.parse(portion, cut, bytes));
        }
    }

    /// Returns whether a portion is in memory, or known to lie behind the last.
    pub(crate) fn has(&self, portion: usize) -> bool {
        !self.is_awaited(portion)
    }

    /// The text of a portion as it was written, for a quick look; none behind the last. What is prepared
    /// may have less. Reads it.
    pub(crate) fn raw(&self, portion: usize) -> Option<String> {
        let source = self.source.as_ref()?;
        let (cut, bytes) = self.cut_and_bytes(portion)?;
        let read = || source.read(cut.bytes.clone()).unwrap_or_default();
        Some(clean::decode_lossy(bytes.unwrap_or_else(read)))
    }

    /// The last heading of a portion, which is not kept in memory for it.
    pub(crate) fn last_heading(&self, portion: usize) -> Option<String> {
        let heading = |parsed: &Portion| {
            let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
            parsed.blocks.iter().rev().find(is_heading).map(|block| block.text.clone())
        };
        match self.portions.get(portion)?.parsed.get() {
            Some(parsed) => heading(parsed),
            None => heading(&self.parse(portion, self.cut(portion)?, None)),
        }
    }

    fn first_from(&self, portion: usize) -> Option<(usize, &Block)> {
        self.blocks_of(portion..self.portions.len()).next()
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
    pub(super) fn portion(&self, portion: usize) -> Option<&Portion> {
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

    /// Parses a portion. Its bytes are read unless they were already.
    fn parse(&self, portion: usize, cut: &Cut, bytes: Option<Vec<u8>>) -> Portion {
        let Some(source) = &self.source else { return Portion::default() };
        let bytes = match bytes.map_or_else(|| source.read(cut.bytes.clone()), Ok) {
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
        self.cut_and_bytes(portion).map(|(cut, _)| cut)
    }

    /// The same, and the bytes of the portion if they were read to find where it ends.
    fn cut_and_bytes(&self, portion: usize) -> Option<(&Cut, Option<Vec<u8>>)> {
        let slot = self.portions.get(portion)?;
        let mut bytes = None;
        if slot.cut.get().is_none() {
            let known = self.portions.iter().take(portion).rposition(|slot| slot.cut.get().is_some());
            for index in known.map_or(0, |known| known + 1)..=portion {
                let before = index.checked_sub(1).and_then(|before| self.portions.get(before)?.cut.get());
                let slot = self.portions.get(index)?;
                let place = if index == 0 { PortionPlace::First } else { PortionPlace::Behind(before) };
                slot.cut.get_or_init(|| {
                    let (cut, read) = Cut::find(self.source.as_deref(), place);
                    bytes = read.filter(|_| index == portion);
                    cut
                });
            }
        }
        let cut = slot.cut.get().filter(|cut| portion == 0 || cut.bytes.start < cut.bytes.end)?;
        Some((cut, bytes))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::text::wanted::{Want, WantList};

    #[test]
    fn whoever_asks_from_behind_the_end_is_given_the_last_portion_at_once() {
        let text = Arc::<str>::from(format!("{}\n\n", "words ".repeat(8_000)).repeat(12));
        let mut document = Document::long(Box::new(Arc::clone(&text)), Flavour::GitHub);
        let asked = Arc::new(WantList::default());
        document.ask_with(Asker::new(Arc::clone(&asked), 0));
        assert_eq!(document.last(), None);
        let last_slot = document.portions() - 1;
        let wants = asked.take();
        assert!(wants.iter().eq([&Want { text: 0, piece: Piece::Portion(last_slot) }]));
        document.load(last_slot);
        let block = document.last().unwrap();
        assert!(asked.take().is_empty() && Document::within(block).0 < last_slot);
        assert_eq!(document.next(block), None);
    }
}
