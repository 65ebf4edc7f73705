//! The help: the keys on the left, what they do beside them.

use crate::reader::keys::binding::HelpLine;
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::help::Help;
use crate::reader::view::View;
use crate::screen::list::List;
use crate::text::columns;

/// Columns for the keys.
const KEYS: u16 = 22;

/// The help from its first line in sight on.
pub(super) fn list(help: &Help, view: &View) -> List {
    let area = view.geometry.help();
    let keys = usize::from(KEYS.min(area.width / 3));
    let lines = Help::lines(view).into_iter().map(|content| line(content, keys)).collect();
    List::from_line(help.top, lines, area)
}

fn line(content: HelpLine, keys: usize) -> ListLine {
    match content {
        HelpLine::Title(title) => ListLine::new(title, Tone::Strong),
        HelpLine::Keys(names, help) => {
            // Where there is little room, not all keys of an action fit.
            let names = columns::shortened(names, keys);
            let gap = " ".repeat(keys + 1 - columns::width(&names));
            ListLine::of([
                LinePiece::new("  ", Tone::Text),
                LinePiece::new(names, Tone::Title),
                LinePiece::new(gap, Tone::Text),
                LinePiece::new(help, Tone::Text),
            ])
        }
        HelpLine::Blank => ListLine::default(),
    }
}
