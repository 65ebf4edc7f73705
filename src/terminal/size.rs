//! The size of the terminal.
//!
//! Owns its limits. Must not remember it: it is asked for whenever it may have changed.

/// The largest screen that is drawn, in columns and rows; of a larger one the rest stays
/// empty. Two frames of it take 60 MB.
const LARGEST: (u16, u16) = (1000, 500);
/// The pixels that a side of a cell may have. What is beyond is no size.
const CELL_SIDES: std::ops::RangeInclusive<u16> = 3..=100;
/// The size that a terminal is given that knows none.
const USUAL: (u16, u16) = (80, 24);

/// The width and height of a cell in pixels, if the terminal says it.
pub(super) fn cell_size() -> Option<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok()?;
    let width = size.ws_xpixel.checked_div(size.ws_col)?;
    let height = size.ws_ypixel.checked_div(size.ws_row)?;
    (CELL_SIDES.contains(&width) && CELL_SIDES.contains(&height)).then_some((width, height))
}

/// The size of the terminal in columns and rows.
pub(super) fn size() -> (u16, u16) {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).map(|size| (size.ws_col, size.ws_row));
    match size {
        Ok((1.., 1..)) => size.map_or(USUAL, |(columns, rows)| (columns.min(LARGEST.0), rows.min(LARGEST.1))),
        _ => USUAL,
    }
}
