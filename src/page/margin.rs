//! Lays out the margin of a block: bullets, numbers, the bars of quotes and alerts.
//!
//! Owns how wide frames are and which of them are shown when there is no room for all. Must
//! not know of the text beside them.

use crate::page::line::{Role, Segment, SegmentContent, saturated};
use crate::text::document::{AlertKind, Marker};
use crate::text::{Frame, Style, columns};

/// The margin of one block. Never more than half of the page's width.
#[derive(Debug)]
pub(crate) struct Margin<'a> {
    bands: Vec<Band<'a>>,
    /// The number of outermost bands that have shown their markers.
    shown: usize,
    width: usize,
}

/// The part of the margin that belongs to one frame.
#[derive(Debug)]
struct Band<'a> {
    frame: &'a Frame,
    /// The index of the frame among the block's frames.
    index: usize,
    width: usize,
}

impl<'a> Margin<'a> {
    /// Lays out the margin for these frames on a page of this width in columns.
    pub(crate) fn new(frames: &'a [Frame], page: usize) -> Self {
        let most = page / 2;
        let band = |(index, frame)| Band { frame, index, width: width(frame).min(most) };
        let mut bands: Vec<Band> = frames.iter().enumerate().map(band).collect();
        let total = |bands: &[Band]| bands.iter().map(|band| band.width).sum::<usize>();
        // Outer items are dropped first, since little but white space is lost with them, then
        // outer quotes. The innermost frame is always shown.
        let is_item = |band: &Band| matches!(band.frame, Frame::Item { .. });
        while total(&bands) > most {
            let inner = bands.len().saturating_sub(1);
            let place = bands.iter().take(inner).position(is_item).unwrap_or(0);
            bands.remove(place);
        }
        let width = total(&bands);
        Self { bands, shown: 0, width }
    }

    /// The width in columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The columns that the text beside it may fill on a page of this width, at least one.
    pub(crate) fn measure(&self, page: usize) -> usize {
        page.saturating_sub(self.width).max(1)
    }

    /// The margin beside the next line of the block. Each marker is shown once, beside the first
    /// line.
    pub(crate) fn beside_line(&mut self) -> Vec<Segment> {
        self.beside(self.bands.len(), 1)
    }

    /// As [`Self::beside_line`], but only of the frames up to and including this one. Also
    /// returns the first column after it.
    pub(crate) fn beside_title(&mut self, frame: usize) -> (Vec<Segment>, usize) {
        let bands = self.bands.iter().take_while(|band| band.index <= frame);
        let (count, column) = bands.fold((0, 0), |(count, column), band| (count + 1, column + band.width));
        (self.beside(count, 1), column)
    }

    /// The bars beside a blank line that is within the outermost `frames` frames.
    pub(crate) fn beside_blank(&mut self, frames: usize) -> Vec<Segment> {
        self.shown = self.bands.len();
        let count = self.bands.iter().take_while(|band| band.index < frames).count();
        self.beside(count, 0)
    }

    /// The segments of the outermost `count` bands, with room for `others`; their markers count as
    /// shown.
    fn beside(&mut self, count: usize, others: usize) -> Vec<Segment> {
        let mut segments = Vec::with_capacity(count + others);
        let mut column = 0;
        for (index, band) in self.bands.iter().take(count).enumerate() {
            let mark = match band.frame {
                Frame::Quote { .. } => Some((BAR.to_owned(), Role::Ornament)),
                Frame::Alert { kind, .. } => Some((THICK_BAR.to_owned(), Role::Alert(*kind))),
                Frame::Exercise { .. } => Some((THICK_BAR.to_owned(), Role::Exercise)),
                frame if frame.is_marked() && frame.opens() && index >= self.shown => Some((
                    columns::shortened(&marker(frame), band.width.saturating_sub(1)).into_owned(),
                    Role::Ornament,
                )),
                Frame::Item { .. }
                | Frame::Footnote { .. }
                | Frame::Definition { .. }
                | Frame::Details { .. } => None,
            };
            if let Some((text, role)) = mark {
                segments.push(ornament(column, text, role));
            }
            column += band.width;
        }
        self.shown = self.shown.max(count);
        segments
    }
}

/// The name line of an alert.
pub(crate) fn alert_name(kind: AlertKind) -> &'static str {
    match kind {
        AlertKind::Note => "Note",
        AlertKind::Tip => "Tip",
        AlertKind::Important => "Important",
        AlertKind::Warning => "Warning",
        AlertKind::Caution => "Caution",
    }
}

/// Makes a segment of something that is not in the text.
pub(crate) fn ornament(column: usize, text: String, role: Role) -> Segment {
    Segment {
        column: saturated(column),
        width: saturated(columns::width(&text)),
        content: SegmentContent::Ornament(text),
        style: Style::default(),
        role,
    }
}

const BAR: &str = "│";
const THICK_BAR: &str = "┃";

/// The columns that a definition is set in by.
const DEFINITION_INDENT: usize = 4;

/// The columns that a frame takes, including the space after its marker.
fn width(frame: &Frame) -> usize {
    match frame {
        Frame::Quote { .. } | Frame::Alert { .. } | Frame::Exercise { .. } | Frame::Details { .. } => 2,
        Frame::Definition { .. } => DEFINITION_INDENT,
        Frame::Item { .. } | Frame::Footnote { .. } => columns::width(&marker(frame)) + 1,
    }
}

/// The marker of an item or footnote; empty for other frames.
fn marker(frame: &Frame) -> String {
    match frame {
        Frame::Item { marker: marker @ Marker::Number(_), digits, .. } => {
            format!("{marker:>width$}", width = usize::from(*digits) + 1)
        }
        Frame::Item { marker, .. } => marker.to_string(),
        Frame::Footnote { label, .. } => format!("[{label}]"),
        Frame::Quote { .. }
        | Frame::Alert { .. }
        | Frame::Exercise { .. }
        | Frame::Definition { .. }
        | Frame::Details { .. } => String::new(),
    }
}
