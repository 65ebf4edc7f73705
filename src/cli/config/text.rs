//! The configuration file as a text: its TOML, its lines, and its entries in order.
//!
//! Owns the way from bytes to lines. Must not know what the entries mean.

use crate::cli::config::fault::{ConfigFault, short};
use crate::text::panics;
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue};

/// The most faults in the writing that are reported.
const MOST: usize = 20;

/// The lines of a text.
#[derive(Debug)]
pub(super) struct Lines {
    /// The end of each line, in bytes.
    ends: Vec<usize>,
    /// Those that could not be understood: nothing in them is taken for what was meant.
    odd: BTreeSet<usize>,
}

impl Lines {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        Self { ends: text.match_indices('\n').map(|(at, _)| at).collect(), odd: BTreeSet::new() }
    }

    /// The line that a byte is in, from 1.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < byte)
    }
}

/// A name, what it is set to, and its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// Its value.
    pub(super) value: &'a DeValue<'a>,
    /// The line of the name.
    pub(super) line: usize,
}

/// Parses a text. What can be understood of one that has faults is in the table.
pub(super) fn parse<'a>(text: &'a str, lines: &mut Lines, faults: &mut Vec<ConfigFault>) -> DeTable<'a> {
    let Some((table, errors)) = panics::catch(|| DeTable::parse_recoverable(text)) else {
        let remedy = "write it as `name = value`, line by line";
        faults.push(ConfigFault::of_file("it cannot be understood", remedy));
        return DeTable::new();
    };
    let line = |error: &toml::de::Error| error.span().map_or(1, |span| lines.line_at(span.start));
    let odd = errors.iter().map(line).collect();
    faults.extend(errors.iter().take(MOST).map(|error| {
        let line = line(error);
        let problem = format!("this cannot be understood: {}", short_of_lines(error.message()));
        ConfigFault::new(line, &problem, "write `name = value`, and texts in \"quotes\"")
    }));
    lines.odd = odd;
    table.into_inner()
}

fn short_of_lines(message: &str) -> String {
    message.lines().map(|line| short(line.trim())).collect::<Vec<_>>().join(", ")
}

/// The entries of a table in the order of their lines; none for what is no table.
pub(super) fn entries<'a>(value: &'a DeValue<'a>, lines: &Lines) -> Option<Vec<Entry<'a>>> {
    value.as_table().map(|table| entries_of(table, lines))
}

/// The entries of a table in the order of their lines.
pub(super) fn entries_of<'a>(table: &'a DeTable<'a>, lines: &Lines) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(name, value)| Entry {
            name: name.get_ref(),
            value: value.get_ref(),
            line: lines.line_at(name.span().start),
        })
        .collect();
    entries.retain(|entry| !lines.odd.contains(&entry.line));
    entries.sort_by_key(|entry| entry.line);
    entries
}
