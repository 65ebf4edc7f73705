//! Loads how often an item is meant to be done, and says what of it is wrong.
//!
//! Owns the words for a rhythm that is none: which part of it, and how it is written.

use crate::course::fault::quoted;
use crate::course::loader::Loader;
use crate::course::located::Located;
use crate::course::nearest::did_you_mean;
use crate::course::rhythm::{Day, Rhythm};
use serde::Deserialize;

/// What can be written for a rhythm.
const WANTED: &str = "\"daily\", {\"per_week\": 3} or {\"days\": [\"mon\", \"thu\"]}";
/// How the days of the week are written.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A rhythm that is written as an object.
#[derive(Deserialize)]
struct RhythmEntry<'a> {
    #[serde(borrow)]
    per_week: Option<Located<'a, u64>>,
    #[serde(borrow)]
    days: Option<Located<'a, Vec<String>>>,
}

/// Reads how often an item is meant to be done.
pub(super) fn rhythm<'a>(loader: &mut Loader<'a>, node: Located<'a, Rhythm>) -> Option<Rhythm> {
    let Some(rhythm) = node.read_quietly() else {
        explain(loader, node);
        return None;
    };
    let rhythm = rhythm.sound();
    if rhythm.is_none() {
        loader.reader.fault(node, || {
            let remedy = "write 1 to 7 for `per_week`, or name at least one of the `days`";
            ("no week can have this rhythm".into(), remedy.into())
        });
    }
    rhythm
}

/// Reports what keeps a rhythm from being one, at the part that does.
fn explain<'a>(loader: &mut Loader<'a>, node: Located<'a, Rhythm>) {
    let reader = &mut loader.reader;
    if !node.is_object() {
        reader.fault(node, || ("this is not a rhythm".into(), format!("write {WANTED}")));
        return;
    }
    let entry = reader.object(node.read_as::<RhythmEntry<'a>>());
    match entry.map(|entry| (entry.per_week, entry.days)) {
        // A number that no day can have.
        Some((Some(per_week), None)) if reader.number(per_week).is_some() => {
            reader.fault(per_week, || ("no week has so many days".into(), "write 1 to 7".into()));
        }
        Some((None, Some(days))) => reader.list(days, 7).into_iter().for_each(|day| day_fault(loader, day)),
        Some((Some(_), Some(days))) => reader.fault(days, || {
            ("a rhythm has `per_week` or `days`, not both".into(), "remove one of the two".into())
        }),
        Some((None, None)) if reader.is_clean() => {
            reader.fault(node, || ("this rhythm says nothing".into(), format!("write {WANTED}")));
        }
        // What is wrong with its keys or its number is said.
        None | Some((_, None)) => {}
    }
}

/// Reports a name that is not that of a day.
fn day_fault<'a>(loader: &mut Loader<'a>, node: Located<'a, String>) {
    let Some(day) = loader.reader.filled(node) else { return };
    if DAYS.contains(&day.as_str()) {
        return;
    }
    loader.reader.fault(node, || {
        let lower = day.to_lowercase();
        let full = Day::ALL.iter().zip(DAYS).find(|(full, short)| {
            full.name().to_lowercase() == lower || (lower.len() > 2 && lower.starts_with(short))
        });
        let remedy = match full {
            Some((_, short)) => format!("write `{short}`"),
            None => did_you_mean(&day, DAYS, &format!("write one of {}", DAYS.join(", "))),
        };
        (format!("{} is not a day as it is written here", quoted(&day)), remedy)
    });
}
