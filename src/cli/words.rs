//! Words of the commands.

/// A number with its noun: `1 record`, `2 records`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
