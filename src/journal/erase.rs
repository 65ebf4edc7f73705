//! Removing for good, and telling the other devices to do the same.
//!
//! Owns what a removal covers. Must not touch files: `rewrite.rs` does.

use crate::journal::Operation;
use crate::journal::choice::{Choice, Chosen};
use crate::journal::record::{Content, DeviceId, Record, parse_date};
use crate::journal::replay::MAX_SEQUENCE;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Everything that was ever recorded.
    All,
    /// All notes, in every version of them. Not asked for any more; what was asked for so
    /// means no more than it did then.
    Notes,
    /// All that is in her own words, in every version: notes, answers about weeks, if-then
    /// plans, and what the items of her own say.
    Words,
    /// What is about a day before this one; what is about no day, by when it was written.
    Before(Date),
}

/// A removal: what, of all that was known when it was asked for. What another device had
/// done by then without having shared it is not covered, because nobody had seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Erase {
    /// What is to be removed.
    pub(crate) what: What,
    /// The last sequence number of each device that it reaches.
    pub(crate) seen: BTreeMap<DeviceId, u64>,
}

#[derive(Serialize, Deserialize)]
struct Wire {
    op: String,
    what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    seen: BTreeMap<String, u64>,
}

impl Erase {
    /// The removal that this JSON stands for, if it is one that is known here.
    pub(crate) fn parse(json: &str) -> Option<Self> {
        let wire: Wire = serde_json::from_str(json).ok()?;
        if wire.op != "erase" {
            return None;
        }
        let what = match wire.what.as_str() {
            "all" => What::All,
            "notes" => What::Notes,
            "words" => What::Words,
            "before" => What::Before(parse_date(&wire.before?)?),
            _ => return None,
        };
        let seen = wire
            .seen
            .into_iter()
            .map(|(device, sequence)| Some((DeviceId::parse(&device)?, sequence)))
            .collect::<Option<_>>()?;
        Some(Self { what, seen })
    }

    /// Whether this record is to be removed. Removals themselves stay, or the devices that
    /// have not heard of them would never do so.
    pub(crate) fn covers(&self, record: &Record) -> bool {
        // A number that no device comes to was there by mistake when this was asked for.
        let sequence = record.id.sequence;
        let within = |last: &u64| sequence <= *last || sequence > MAX_SEQUENCE;
        let reached = self.seen.get(&record.id.device).is_some_and(within);
        reached
            && match (&record.content, self.what) {
                (Content::Erase(_), _) => false,
                (_, What::All) => true,
                (content, What::Notes) => matches!(content, Content::Operation(Operation::Note { .. })),
                (content, What::Words) => {
                    matches!(content, Content::Operation(operation) if has_words(operation))
                }
                (_, What::Before(day)) => record.day().is_some_and(|about| about < day),
            }
    }
}

/// Whether an operation holds words that she wrote herself.
fn has_words(operation: &Operation) -> bool {
    match operation {
        Operation::Note { .. } => true,
        Operation::Choice(Choice { chosen, .. }) => {
            matches!(chosen, Chosen::IfThen { .. } | Chosen::OwnItem { .. })
        }
        Operation::Mark { .. } | Operation::Place { .. } | Operation::Read { .. } => false,
    }
}

impl Serialize for Erase {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (what, before) = match self.what {
            What::All => ("all", None),
            What::Notes => ("notes", None),
            What::Words => ("words", None),
            What::Before(day) => ("before", Some(day.to_string())),
        };
        let seen = self.seen.iter().map(|(device, sequence)| (device.to_string(), *sequence)).collect();
        Wire { op: "erase".to_owned(), what: what.to_owned(), before, seen }.serialize(serializer)
    }
}
