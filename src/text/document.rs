//! A parsed text: a flat list of blocks in reading order, each with its whole text, the styles
//! in it and the frames around it.
//!
//! Flat, because a tree would have to be walked by recursion, and an author can
//! nest deeper than a stack is high. Must not know of widths or screens, nor how a long text is
//! read portion by portion: `long.rs` does.

use crate::text::exercise::{Exercise, ExerciseKind};
use crate::text::line_map::LineMap;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A parsed text, or a portion of a long one. All its strings are clean: see
/// [`crate::text::clean`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Portion {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// The targets of the links and images, as [`Style::link`] numbers them.
    pub links: Vec<Link>,
    /// The exercises, in reading order.
    pub exercises: Vec<Exercise>,
    /// The way back from the lines of the cleaned text, which its blocks name, to those of its source.
    pub lines: LineMap,
}

/// One block: a heading, a paragraph, a table, and so on.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its kind, with what only that kind has.
    pub kind: BlockKind,
    /// The quotes, alerts, list items, definitions, footnotes and details around it, outermost first.
    pub frames: Vec<Frame>,
    /// The names under which links reach it, besides the slug of a heading.
    pub anchors: Vec<String>,
    /// All of its text. `\n` is a line break that the author wrote. The cells of a table are
    /// separated by `\n` too; [`Table`] says where each begins and ends.
    pub text: String,
    /// The styled ranges of `text`, in order and without overlap; the rest is plain.
    pub spans: Vec<Span>,
    /// True if the next block continues this one, which was split because it grew beyond
    /// [`crate::text::limits::MAX_BLOCK_BYTES`]. No blank line separates the two.
    pub continues: bool,
    /// The line in which it begins, from 1 on, in the cleaned text of the portion that it is in: see
    /// [`crate::text::Document::source_line`]. 0 for what stands in no source.
    pub line: u32,
    /// What only few blocks have; `None` for most, so that it costs them little memory.
    pub rarities: Option<Box<Rarities>>,
}

/// What a block has that few do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rarities {
    /// Where the author allows a line to end within a word, in order.
    pub breaks: Vec<WordBreak>,
    /// The parts of the text that are shown in other signs than they are written in, in order and
    /// without overlap.
    pub notations: Vec<Notation>,
}

/// A place within a word where a line may end: a soft hyphen or a zero-width space of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordBreak {
    /// Bytes from the start of the block's text.
    pub offset: usize,
    /// True for a soft hyphen: a line that ends here shows one.
    pub hyphen: bool,
}

/// A formula that is shown in Unicode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notation {
    /// The bytes of the block's text that show it.
    pub range: Range<usize>,
    /// The formula as the author wrote it, dollar signs included.
    pub source: String,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading.
    Heading(Heading),
    /// Running text.
    Paragraph,
    /// Preformatted text, kept line by line.
    Code {
        /// The first word of the info string; empty when there is none.
        language: String,
    },
    /// A table.
    Table(Table),
    /// A formula that is set apart, line by line.
    Formula,
    /// A thematic break. Its text is empty.
    Rule,
    /// The line that names what follows: the summary of a `details` element, the title that an alert
    /// was given, or a term that is defined.
    Title {
        /// What it shows and hides, if it does.
        details: Option<Details>,
    },
    /// A place of an exercise where something stands that is not in the text. Its text is empty.
    ExerciseSlot(ExerciseSlot),
}

/// A place of an exercise where something stands that is not in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExerciseSlot {
    /// What the reader wrote, or what says where she can. With the number of the link that leads
    /// there, whose target is the exercise's id.
    Words(usize),
    /// What shows the answer to a question.
    Answer(Details),
}

/// The level and slug of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The name of the section in links: the author's own if there is one, else made as GitHub
    /// makes it; unique in its portion.
    pub slug: String,
}

/// The layout of a table: which bytes of the block's text are its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The alignment of each column.
    pub alignments: Vec<Alignment>,
    /// The rows, the header first; each has as many cells as there are alignments.
    /// A cell is a byte range of the block's text. All cells of the header are empty in the
    /// later blocks of a table that was split: see [`Block::continues`].
    pub rows: Vec<Vec<Range<usize>>>,
}

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Flush left, which is the default.
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
}

/// A container around a block, shown in its margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A block quote.
    Quote {
        /// True if this block is the first in it, which separates two quotes in a row.
        opens: bool,
    },
    /// One of GitHub's five alerts.
    Alert {
        /// Which of the five.
        kind: AlertKind,
        /// True if its first block is a title of its own, which stands instead of its name.
        titled: bool,
        /// True if this block is the first in it, and so carries its name.
        opens: bool,
    },
    /// An item of a list.
    Item {
        /// The marker that is shown before the item.
        marker: Marker,
        /// True if this block is the first in the item, and so carries the marker.
        opens: bool,
        /// True if the list is tight: its items are not separated by blank lines.
        tight: bool,
        /// The number of digits of the list's largest number; 0 when it is not numbered.
        digits: u8,
    },
    /// The text of a footnote.
    Footnote {
        /// The label as the reader sees it.
        label: String,
        /// True if this block is the first in it, and so carries the label.
        opens: bool,
    },
    /// What is said of a term in a definition list.
    Definition {
        /// True if this block is the first in it.
        opens: bool,
    },
    /// An exercise.
    Exercise {
        /// What it wants.
        kind: ExerciseKind,
        /// Its number in the lesson, from 1 on.
        number: usize,
        /// True if this block is the first in it, and so carries its name.
        opens: bool,
    },
    /// What a title shows and hides.
    Details {
        /// Which of the text's.
        details: Details,
        /// True if this block is the first in it.
        opens: bool,
    },
}

/// What a title shows and hides: a `details` element, or an alert that folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Details {
    /// Its number, as links are numbered: [`crate::text::Document::link`] has an entry for it.
    pub number: usize,
    /// True if the author wants it shown at first.
    pub open: bool,
}

/// GitHub's five alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertKind {
    /// Worth knowing.
    Note,
    /// Helpful.
    Tip,
    /// Needed.
    Important,
    /// Urgent.
    Warning,
    /// A risk.
    Caution,
}

/// The marker before a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// An unordered item.
    Bullet,
    /// An ordered item and its number.
    Number(u64),
    /// A task, and whether it is done.
    Task(bool),
    /// An answer to choose.
    Answer {
        /// Its number, from 1 on.
        number: u8,
        /// Whether the author would choose it.
        is_right: bool,
    },
}

impl fmt::Display for Marker {
    /// Writes the marker as it is shown, without the space behind it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bullet => formatter.pad("•"),
            Self::Number(number) => formatter.pad(&format!("{number}.")),
            Self::Answer { number, .. } => formatter.pad(&format!("{number}.")),
            Self::Task(true) => formatter.pad("[x]"),
            Self::Task(false) => formatter.pad("[ ]"),
        }
    }
}

/// A styled range of a block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the block's text, on character boundaries.
    pub range: Range<usize>,
    /// The style of that range.
    pub style: Style,
}

/// The author's styling of a piece of text; the theme decides what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of running text, any mixture of which occurs"
)]
pub struct Style {
    /// Emphasis, usually italic.
    pub emphasis: bool,
    /// Strong, usually bold.
    pub strong: bool,
    /// Struck through.
    pub strikethrough: bool,
    /// Underlined, as inserted text is.
    pub underline: bool,
    /// Inline code.
    pub code: bool,
    /// The number of the link that it belongs to, for [`crate::text::Document::link`].
    pub link: Option<usize>,
}

/// The target of a link. Never followed unless the reader asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as the author wrote it, cleaned. Empty for details.
    pub target: String,
    /// What it is the target of.
    pub kind: LinkKind,
}

/// The kinds of links, which are resolved in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A path, an address, or a name in the same text.
    Link,
    /// A wiki link: the name of a note, wherever in the folder it is.
    Wiki,
    /// A picture.
    Image,
    /// What a `details` element hides: following the link shows it.
    Details,
    /// What the reader writes for an exercise, of which the id is the target.
    Write,
    /// What she wrote for an exercise elsewhere.
    Yours,
}

/// A point in a document: a block and a byte of its text.
///
/// It means the same at every width, which a line number does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Position {
    /// Index of the block, as [`crate::text::Document`] numbers them.
    pub block: usize,
    /// Bytes from the start of the block's text.
    pub offset: usize,
}

impl Portion {
    /// About how many bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        let of_block = |block: &Block| {
            let (frames, spans) = (block.frames.len() * size_of::<Frame>(), size_of_val(&*block.spans));
            size_of::<Block>() + block.text.len() + frames + spans
        };
        self.blocks.iter().map(of_block).sum()
    }
}

impl Block {
    /// The details that it is in, outermost first.
    pub fn details(&self) -> impl Iterator<Item = Details> {
        self.frames.iter().filter_map(|frame| match frame {
            Frame::Details { details, .. } => Some(*details),
            _ => None,
        })
    }

    /// Where a line may end within a word.
    pub fn breaks(&self) -> &[WordBreak] {
        self.rarities.as_deref().map_or(&[], |rarities| &rarities.breaks)
    }

    /// The text with its formulas as they are written.
    pub fn written(&self) -> Cow<'_, str> {
        let Some(rarities) = self.rarities.as_deref().filter(|rarities| !rarities.notations.is_empty())
        else {
            return Cow::Borrowed(&self.text);
        };
        let mut written = String::new();
        let mut at = 0;
        for notation in &rarities.notations {
            written.push_str(self.text.get(at..notation.range.start).unwrap_or_default());
            written.push_str(&notation.source);
            at = notation.range.end;
        }
        written.push_str(self.text.get(at..).unwrap_or_default());
        Cow::Owned(written)
    }

    /// Gives the details that it names or is in other numbers. It must be no place of an exercise, of
    /// which a text that is read portion by portion has none.
    pub(crate) fn number_details(&mut self, numbered: impl Fn(usize) -> usize) {
        if let BlockKind::Title { details: Some(details) } = &mut self.kind {
            details.number = numbered(details.number);
        }
        for frame in &mut self.frames {
            if let Frame::Details { details, .. } = frame {
                details.number = numbered(details.number);
            }
        }
    }
}

impl Frame {
    /// Returns whether the block is the first within this frame.
    pub fn opens(&self) -> bool {
        match self {
            Self::Quote { opens }
            | Self::Alert { opens, .. }
            | Self::Item { opens, .. }
            | Self::Footnote { opens, .. }
            | Self::Definition { opens }
            | Self::Exercise { opens, .. }
            | Self::Details { opens, .. } => *opens,
        }
    }

    /// Marks the frame as one around a block that is not the first within it.
    pub(crate) fn continue_on(&mut self) {
        match self {
            Self::Quote { opens }
            | Self::Alert { opens, .. }
            | Self::Item { opens, .. }
            | Self::Footnote { opens, .. }
            | Self::Definition { opens }
            | Self::Exercise { opens, .. }
            | Self::Details { opens, .. } => *opens = false,
        }
    }

    /// Returns whether the first block in the frame shows a marker or name, and so must exist.
    pub(crate) fn is_marked(&self) -> bool {
        match self {
            Self::Quote { .. } | Self::Definition { .. } | Self::Details { .. } => false,
            Self::Alert { titled, .. } => !titled,
            Self::Item { .. } | Self::Footnote { .. } | Self::Exercise { .. } => true,
        }
    }
}
