//! Preformatted text: code and raw HTML.
//!
//! Owns how lines are kept and, when they are too wide, cut or let go on beyond the page. Must not break at words:
//! in code every space counts.

use crate::page::layout::Sheet;
use crate::page::margin::ornament;
use crate::page::{Role, wrap};

/// Stands before the rest of a line that had to be cut.
const GOES_ON: &str = "↪";

/// The columns after which even a line that goes on beyond the page is cut: nobody scrolls
/// further, and each frame looks at all of the lines in sight.
const LONGEST: usize = 1024;

/// Sets the block's text line by line, indented where there is room for it.
pub(crate) fn lay_out(sheet: &mut Sheet<'_>, indent: usize, role: Role) {
    let indent = if sheet.measure() >= 4 * indent { indent } else { 0 };
    let is_whole = sheet.goes_on_beyond(sheet.left() + indent);
    let measure = if is_whole { LONGEST } else { sheet.measure() - indent };
    let mut start = 0;
    for line in sheet.block.text.split('\n') {
        let next = start + line.len() + 1;
        for (part, width) in wrap::split(line, measure) {
            let mut segments = sheet.begin();
            let column = sheet.left() + indent;
            if part.start > 0 && indent > 0 {
                segments.push(ornament(sheet.left(), GOES_ON.to_owned(), Role::Ornament));
            }
            let shown = start + part.start..start + part.end;
            sheet.text(&mut segments, column, &shown, width, role);
            // The break at the end of a line belongs to its last part.
            let end = if part.end == line.len() { next } else { shown.end };
            sheet.add(segments, end.min(sheet.block.text.len()));
        }
        start = next;
    }
}
