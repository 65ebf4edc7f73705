//! The shelf, and an address that leads to the web, as lines.

use crate::library::Origin;
use crate::reader::action::ReadingAction;
use crate::reader::bindings::Context;
use crate::reader::leaf::{Leaf, LeafLine, Shown, Tone, choice, lines, of_entry};
use crate::reader::shelf::OpenShelf;
use crate::reader::update::host;
use crate::reader::{Action, World};
use crate::text::clean::clean_line;

/// The leaf of the shelf.
pub(super) fn leaf(shelf: &OpenShelf, world: &World, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::Selected);
    leaf.push("What you read lately, and the built-in courses", Tone::Strong, width);
    for (index, entry) in shelf.entries.iter().enumerate() {
        leaf.blank();
        let selected = index == shelf.selected;
        leaf.lines.extend(of_entry(index, choice("", &entry.title, selected, width)));
        let open = if entry.course == world.course.id { ", open now" } else { "" };
        let where_it_is = match &entry.origin {
            Origin::BuiltIn(_) => format!("built-in course{open}"),
            Origin::Path { path, kind } => {
                format!("{}{open}: {}", kind.word(), clean_line(&path.display().to_string()))
            }
        };
        let quiet = lines(&where_it_is, Tone::Quiet, width.saturating_sub(2));
        let quiet = quiet.map(|line| LeafLine { text: format!("  {}", line.text), selected, ..line });
        leaf.lines.extend(of_entry(index, quiet.collect()));
    }
    leaf
}

/// The leaf of an address.
pub(super) fn address(target: &str, world: &World, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::From(0));
    let to =
        host(target).map_or_else(|| "This leads to:".to_owned(), |host| format!("This leads to {host}:"));
    leaf.push(&to, Tone::Strong, width);
    leaf.blank();
    leaf.push(target, Tone::Text, width);
    leaf.blank();
    let key = world.key(Context::Address, &Action::Reading(ReadingAction::Copy));
    let words = format!("{key} copies it. Nothing here opens it: that is left to you.");
    leaf.push(&words, Tone::Quiet, width);
    leaf
}
