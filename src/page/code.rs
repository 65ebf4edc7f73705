//! Preformatted text: code and raw HTML.
//!
//! Owns how lines are kept and, when they are too wide, cut. Must not break at words:
//! in code every space counts.

use crate::page::layout::Sheet;
use crate::page::{Role, wrap};

/// Sets the block's text line by line, indented where there is room for it.
pub(crate) fn lay_out(sheet: &mut Sheet<'_>, indent: usize, role: Role) {
    let indent = if sheet.measure() >= 4 * indent { indent } else { 0 };
    let measure = sheet.measure() - indent;
    let mut start = 0;
    for line in sheet.block.text.split('\n') {
        let next = start + line.len() + 1;
        for part in wrap::split(line, measure) {
            let end = start + part.end;
            let mut segments = sheet.begin();
            let column = sheet.left() + indent;
            sheet.text(&mut segments, column, start + part.start..end, role);
            // The break at the end of a line belongs to its last part.
            let whole = if part.end == line.len() { next } else { end };
            sheet.add(segments, whole.min(sheet.block.text.len()));
        }
        start = next;
    }
}
