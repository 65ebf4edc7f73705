//! Words for exports and messages.

use crate::course::Side;

/// The word for a side.
pub(super) fn side(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::Avoid) => "avoid",
        Some(Side::Embrace) => "embrace",
        None => "",
    }
}

/// A number with its noun: `1 record`, `2 records`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
