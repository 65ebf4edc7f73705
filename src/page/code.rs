//! Lays out preformatted text.
//!
//! Owns how a line that is too wide is broken, or overflows the page. Must not break at words:
//! in code every space counts.

use crate::page::block_layout::BlockLayout;
use crate::page::line::Role;
use crate::page::margin::ornament;
use crate::page::wrap;
use crate::text::columns;

/// Marks the rest of a line that was broken.
const CONTINUATION: &str = "↪";

/// The columns after which even a line that overflows the page is broken: nobody scrolls
/// further, and each frame walks over all of the lines in sight.
const LONGEST: usize = 1024;

/// Lays out the block's text line by line, indented by `indent` columns where there is room.
pub(crate) fn lay_out(layout: &mut BlockLayout<'_>, indent: usize, role: Role) {
    let indent = if layout.measure() >= 4 * indent { indent } else { 0 };
    let overflows = layout.overflows_from(layout.left() + indent);
    let broad = layout.broad_measure() - indent;
    let mut measure = layout.measure() - indent;
    if broad > measure || overflows {
        let longest = layout.block.text.split('\n').map(columns::width).max().unwrap_or(0);
        measure = longest.clamp(measure, broad);
        layout.widen_to(indent + measure);
        if longest <= broad {
            layout.fits_the_page();
        }
    }
    let measure = if overflows { LONGEST } else { measure };
    let mut start = 0;
    for line in layout.block.text.split('\n') {
        let next = start + line.len() + 1;
        for (piece, width) in wrap::split(line, measure) {
            let mut segments = layout.begin_line();
            let column = layout.left() + indent;
            if piece.start > 0 && indent > 0 {
                segments.push(ornament(layout.left(), CONTINUATION.to_owned(), Role::Ornament));
            }
            let shown = start + piece.start..start + piece.end;
            layout.append_text(&mut segments, column, &shown, width, role);
            // The line break belongs to the last piece of its line.
            let end = if piece.end == line.len() { next } else { shown.end };
            layout.add_line(segments, end.min(layout.block.text.len()));
        }
        start = next;
    }
}
