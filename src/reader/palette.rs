//! The palette: every action by what it does, found by a few of its letters.
//!
//! Made from the table of bindings, so that nothing can be missing from it. Must not act:
//! `update` does what was chosen.

use crate::course::Course;
use crate::reader::bindings::{Binding, Context};
use crate::reader::text_field::{Lines, TextField};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// What was typed.
    pub text: TextField,
    /// The pane that had the focus: its own actions come along.
    pub context: Context,
    /// The selected one of the rows that are shown.
    pub selected: usize,
}

impl Palette {
    /// With nothing typed yet.
    pub fn open(context: Context) -> Self {
        Self { text: TextField::new("", Lines::One), context, selected: 0 }
    }

    /// The rows that fit what was typed, the best first.
    pub fn rows<'a>(&self, bindings: &'a [Binding], course: &Course) -> Vec<&'a Binding> {
        let holds =
            |context| context == self.context || context == Context::Panes || context == Context::Always;
        let rows = bindings.iter().filter(|row| holds(row.context) && row.is_offered(course));
        let pattern = Pattern::parse(self.text.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut scored: Vec<(u32, &Binding)> = rows
            .filter_map(|row| {
                let score = pattern.score(Utf32Str::new(row.help, &mut letters), &mut matcher)?;
                Some((score, row))
            })
            .collect();
        // Rows that fit equally well stay in the order of the table.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, row)| row).collect()
    }
}
