//! The parts of files that chapters of an mdBook include: lines by their numbers, or those between
//! anchors.
//!
//! Owns how they are named and cut out. Must not read any file.

/// The excerpt of a file that is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excerpt<'a> {
    /// All of it.
    All,
    /// What stands between the lines that mark an anchor of this name.
    Anchor(&'a str),
    /// From the line with the first index up to, not including, the line with the second.
    Lines(usize, Option<usize>),
}

/// Splits a target into its file and the excerpt: `file`, `file:anchor`, `file:3`, `file:3:`,
/// `file::5`, `file:3:5`.
pub(super) fn split_target(target: &str) -> (&str, Excerpt<'_>) {
    let Some((file, excerpt)) = target.split_once(':') else { return (target, Excerpt::All) };
    let mut numbers = excerpt.splitn(3, ':');
    let first = numbers.next().unwrap_or_default();
    let second = numbers.next();
    let end = second.and_then(|end| end.parse().ok());
    let excerpt = match (first.parse::<usize>(), first, second) {
        (Ok(line), _, None) => Excerpt::Lines(line.saturating_sub(1), Some(line)),
        (Ok(line), _, Some(_)) => Excerpt::Lines(line.saturating_sub(1), end),
        (Err(_), "", _) => end.map_or(Excerpt::All, |end| Excerpt::Lines(0, Some(end))),
        (Err(_), anchor, _) => Excerpt::Anchor(anchor),
    };
    (file, excerpt)
}

impl Excerpt<'_> {
    /// Cuts the excerpt out of a text; `None` when the text has no such anchor. Of an anchor that
    /// is there more than once it is the first. As mdBook's `take_lines` and
    /// `take_anchored_lines`.
    pub(super) fn cut_from(self, text: &str) -> Option<String> {
        let shown: Vec<&str> = match self {
            Self::All => text.lines().collect(),
            Self::Lines(from, to) => {
                text.lines().skip(from).take(to.unwrap_or(usize::MAX).saturating_sub(from)).collect()
            }
            Self::Anchor(name) => {
                let mut lines = text.lines();
                lines.find(|line| begins(line, name))?;
                lines.take_while(|line| !ends(line, name)).filter(|line| !is_mark(line)).collect()
            }
        };
        Some(shown.join("\n"))
    }

    /// The whole text, in which every line that is not part of the excerpt begins with `# `, and
    /// so is hidden in a listing of Rust; `None` when the text has no such anchor. Of an anchor
    /// that is there more than once all are shown. As mdBook's `take_rustdoc_include_lines` and
    /// `take_rustdoc_include_anchored_lines`.
    pub(super) fn with_the_rest_hidden(self, text: &str) -> Option<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut is_there = false;
        let mut is_within = false;
        for (index, line) in text.lines().enumerate() {
            let is_shown = match self {
                Self::All => true,
                Self::Lines(from, to) => from <= index && to.is_none_or(|to| index < to),
                Self::Anchor(name) if is_within && ends(line, name) => {
                    is_within = false;
                    continue;
                }
                Self::Anchor(name) if !is_within && begins(line, name) => {
                    (is_there, is_within) = (true, true);
                    continue;
                }
                Self::Anchor(_) if is_mark(line) => continue,
                Self::Anchor(_) => is_within,
            };
            lines.push(if is_shown { line.to_owned() } else { format!("# {line}") });
        }
        (is_there || !matches!(self, Self::Anchor(_))).then(|| lines.join("\n"))
    }
}

/// Returns whether a line marks the beginning of the anchor of this name.
fn begins(line: &str, name: &str) -> bool {
    anchor_name(line, "ANCHOR:") == Some(name)
}

/// Returns whether a line marks the end of the anchor of this name.
fn ends(line: &str, name: &str) -> bool {
    anchor_name(line, "ANCHOR_END:") == Some(name)
}

/// Returns whether a line marks an anchor, of whatever name.
fn is_mark(line: &str) -> bool {
    anchor_name(line, "ANCHOR:").is_some() || anchor_name(line, "ANCHOR_END:").is_some()
}

/// Reads the name of the anchor that a line marks.
fn anchor_name<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let rest = line.get(line.find(mark)? + mark.len()..)?.trim_start();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_-".contains(c))).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{Excerpt, split_target};

    #[test]
    fn lines_and_anchors_select_as_in_mdbook() {
        for (target, excerpt) in [
            ("a.rs", Excerpt::All),
            ("a.rs:main", Excerpt::Anchor("main")),
            ("a.rs:3", Excerpt::Lines(2, Some(3))),
            ("a.rs:3:", Excerpt::Lines(2, None)),
            ("a.rs:3:5", Excerpt::Lines(2, Some(5))),
            ("a.rs::5", Excerpt::Lines(0, Some(5))),
            ("a.rs:", Excerpt::All),
            ("a.rs::", Excerpt::All),
            ("a.rs:0", Excerpt::Lines(0, Some(0))),
        ] {
            assert_eq!(split_target(target), ("a.rs", excerpt), "{target}");
        }
        assert_eq!(Excerpt::Lines(1, Some(3)).cut_from("1\n2\n3\n4").unwrap(), "2\n3");
        assert_eq!(Excerpt::Lines(8, Some(3)).cut_from("1\n2").unwrap(), "");
        let text = "0\n// ANCHOR: a\n1\n# ANCHOR: b\n2\n// ANCHOR_END: b\n3\n<!-- ANCHOR_END: a -->\n4";
        assert_eq!(Excerpt::Anchor("a").cut_from(text).unwrap(), "1\n2\n3");
        assert_eq!(Excerpt::Anchor("b").cut_from(text).unwrap(), "2");
        assert_eq!(Excerpt::Anchor("c").cut_from(text), None);
    }

    #[test]
    fn what_is_not_in_an_excerpt_of_rust_is_hidden() {
        let text = "0\n// ANCHOR: a\n1\n// ANCHOR_END: a\n2\n// ANCHOR: b\n3\n// ANCHOR_END: b\n// ANCHOR: a\n4\n// ANCHOR_END: a";
        let hidden = |excerpt: Excerpt| excerpt.with_the_rest_hidden(text);
        assert_eq!(hidden(Excerpt::Anchor("a")).unwrap(), "# 0\n1\n# 2\n# 3\n4");
        assert_eq!(hidden(Excerpt::Anchor("b")).unwrap(), "# 0\n# 1\n# 2\n3\n# 4");
        assert_eq!(hidden(Excerpt::Anchor("c")), None);
        let lines = "1\n2\n3\n4\n";
        assert_eq!(Excerpt::Lines(1, Some(3)).with_the_rest_hidden(lines).unwrap(), "# 1\n2\n3\n# 4");
        assert_eq!(Excerpt::All.with_the_rest_hidden(lines).unwrap(), "1\n2\n3\n4");
    }
}
