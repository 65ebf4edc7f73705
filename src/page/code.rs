//! Lays out preformatted text.
//!
//! Owns how a line that is too wide is broken, or overflows the page, and the rules around code. Must
//! not leave out or add white space: in code every space counts.

use crate::page::block_layout::BlockLayout;
use crate::page::line::Role;
use crate::page::margin::ornament;
use crate::page::wrap;
use crate::text::columns;
use std::ops::Range;

/// Marks the rest of a line that was broken.
const CONTINUATION: &str = "↪";

/// The columns after which even a line that overflows the page is broken: nobody scrolls
/// further, and each frame walks over all of the lines in sight.
const LONGEST: usize = 1024;

/// The rules around code.
pub(crate) struct CodeRules<'a> {
    /// The language, in the rule above; none without a rule.
    pub(crate) above: Option<&'a String>,
    /// Whether there is a rule below.
    pub(crate) below: bool,
}

impl CodeRules<'_> {
    /// None, as around a formula.
    pub(crate) const NONE: Self = Self { above: None, below: false };
}

/// Lays out the block's text line by line, indented by `indent` columns where there is room.
pub(crate) fn lay_out(layout: &mut BlockLayout<'_>, indent: usize, rules: &CodeRules) {
    let has_room = layout.measure() >= 4 * indent;
    let indent = if has_room { indent } else { 0 };
    let overflows = layout.overflows_from(layout.left() + indent);
    let broad = layout.broad_measure() - indent;
    let mut measure = layout.measure() - indent;
    let text = &layout.block.text;
    let longest = || text.split('\n').map(columns::width).max().unwrap_or(0);
    if broad > measure || overflows {
        let longest = longest();
        measure = longest.clamp(measure, broad);
        layout.widen_to(indent + measure);
        if longest <= broad {
            layout.fits_the_page();
        }
    }
    // On a page without an end the rules are as wide as the code.
    let rule_width = indent + if measure > LONGEST { longest().min(LONGEST) } else { measure };
    if let Some(language) = rules.above.filter(|_| has_room) {
        layout.code_rule(rule_width, language);
    }
    let measure = if overflows { LONGEST } else { measure };
    let mut start = 0;
    for line in layout.block.text.split('\n') {
        let next = start + line.len() + 1;
        for (piece, width) in pieces(line, measure) {
            let mut segments = layout.begin_line();
            let column = layout.left() + indent;
            if piece.start > 0 && indent > 0 {
                segments.push(ornament(layout.left(), CONTINUATION.to_owned(), Role::Ornament));
            }
            let shown = start + piece.start..start + piece.end;
            layout.append_text(&mut segments, column, &shown, width, Role::Code);
            // The line break belongs to the last piece of its line.
            let end = if piece.end == line.len() { next } else { shown.end };
            layout.add_line(segments, end.min(layout.block.text.len()));
        }
        start = next;
    }
    if rules.below && has_room {
        layout.code_rule(rule_width, "");
    }
}

/// Breaks a line of code into pieces of at most `measure` columns, and returns each with its width:
/// behind a blank where there is one, else within a word.
fn pieces(line: &str, measure: usize) -> Vec<(Range<usize>, usize)> {
    let may_be_too_wide = measure < WIDEST_SYMBOL && !line.is_ascii();
    // Most lines fit. One that may have a symbol that is wider than the page is broken anywhere.
    if line.len() <= measure || measure < NARROW || may_be_too_wide {
        return wrap::split(line, measure);
    }
    let mut pieces = Vec::new();
    let (mut start, mut used) = (0, 0);
    // The end of the last blank behind a word, and the columns up to it.
    let mut blank = None;
    let mut has_word = false;
    for (at, grapheme, width) in columns::graphemes(line) {
        // What is left behind an early blank may be too wide still.
        while used + width > measure && at > start {
            let (end, before) = blank.take().unwrap_or((at, used));
            pieces.push((start..end, before));
            (start, used) = (end, used - before);
            has_word = used > 0;
        }
        used += width;
        if grapheme != " " {
            has_word = true;
        } else if has_word {
            blank = Some((at + grapheme.len(), used));
        }
    }
    pieces.push((start..line.len(), used));
    pieces
}

/// Columns below which breaking behind blanks would leave too little on a line.
const NARROW: usize = 8;

/// The most columns that a symbol has: a joined emoji of eight.
const WIDEST_SYMBOL: usize = 16;

impl BlockLayout<'_> {
    /// Adds a rule with a name in it, which stays where it is when code scrolls sideways.
    fn code_rule(&mut self, width: usize, name: &str) {
        let scrolls_from = self.scrolls_from.take();
        let name = columns::shortened(name, width.saturating_sub(4));
        let name = if name.is_empty() { String::new() } else { format!("── {name} ") };
        let rest = width.saturating_sub(columns::width(&name));
        let mut segments = self.begin_line();
        segments.push(ornament(self.left(), format!("{name}{}", "─".repeat(rest)), Role::CodeRule));
        self.add_line(segments, 0);
        self.scrolls_from = scrolls_from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(line: &str, measure: usize) -> Vec<&str> {
        pieces(line, measure).into_iter().filter_map(|(range, _)| line.get(range)).collect()
    }

    #[test]
    fn code_is_broken_behind_blanks_and_within_a_word_only_where_it_must_be() {
        assert_eq!(texts("let mut words = read(text);", 12), ["let mut ", "words = ", "read(text);"]);
        assert_eq!(texts("    abcdefghijklmnop q", 12), ["    abcdefgh", "ijklmnop q"]);
        assert_eq!(texts("short", 12), ["short"]);
    }

    proptest! {
        #[test]
        fn nothing_of_a_line_is_lost_and_no_piece_is_too_wide(
            line in "([a-z 中é]|👨‍👩‍👧‍👦){0,60}", measure in 16usize..30,
        ) {
            let pieces = pieces(&line, measure);
            let mut end = 0;
            for (range, width) in pieces {
                prop_assert_eq!(range.start, end);
                let text = line.get(range.clone()).unwrap_or_default();
                prop_assert!(width <= measure && width == columns::width(text), "{:?}", text);
                end = range.end;
            }
            prop_assert_eq!(end, line.len());
        }
    }
}
