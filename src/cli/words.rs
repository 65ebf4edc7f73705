//! Words of the commands.

/// A number with its noun: `1 record`, `2 records`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A text that ends as a sentence does, once.
pub(super) fn sentence(text: &str) -> String {
    let end = text.trim_end();
    let last = end.trim_end_matches(['"', '\'', '\u{2019}', '\u{201d}', '\u{bb}']);
    if last.ends_with(['.', '!', '?', '\u{2026}', ':']) { end.to_owned() } else { format!("{end}.") }
}
