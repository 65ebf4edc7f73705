//! The help: every key by where it works, that of the place where it was opened first.
//!
//! Can be searched: by words of what keys do, or by a key. Must not know which keys there are:
//! it is made of the table of bindings.

use crate::course::Course;
use crate::reader::input::OverlayInput;
use crate::reader::keys::binding::{Binding, BindingRow, HelpSection, help_sections, row};
use crate::reader::keys::context::{Context, Needs, Unbound};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Outcome, OverlayRequest};
use crate::reader::overlay::lines::{OverlayLines, Scroll, TextCursor};
use crate::reader::overlay::shared::{ListAction, TypingAction, closing, typed};
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::view::View;
use crate::text::columns;

/// The help's context.
pub const CONTEXT: Context = Context::overlay("help", "In this help");
/// The context while something is searched for in it.
pub const SEARCHING: Context =
    Context::overlay("help-search", "While searching this help").with_unbound(Unbound::Text);

/// The rows of the help alone.
pub const ROWS: &[BindingRow<HelpAction>] = &[
    row("/", "search", HelpAction::Search, "search this help: a word or a key", "search"),
    BindingRow {
        keys: "i",
        name: "welcome",
        action: HelpAction::Welcome,
        help: "what this is, and where to begin: the first screen again",
        hint: "",
        needs: Needs::Welcome,
    },
];

/// The row that closes it.
pub const CLOSE: BindingRow<ListAction> = closing("? Esc q F1", "close the help");

/// The rows while something is searched for in the help.
pub const SEARCH_ROWS: &[BindingRow<HelpAction>] = &[
    row("Enter", "found", HelpAction::Found, "read what was found", "read"),
    row("Down PgDn", "page-down", HelpAction::List(ListAction::Move(Motion::PageDown)), "page down", "page"),
    row("Up PgUp", "page-up", HelpAction::List(ListAction::Move(Motion::PageUp)), "page up", "page"),
    row("Esc", "cancel", HelpAction::List(ListAction::Close), "back to the whole help", "back"),
];

/// Columns for the keys, where there is room.
const KEYS: u16 = 22;

/// The help while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The first line in sight.
    pub top: usize,
    /// Where it was opened.
    present: Context,
    /// What is searched for.
    search: HelpSearch,
}

/// What is searched for in the help.
#[derive(Debug, Clone, PartialEq, Eq)]
enum HelpSearch {
    /// Nothing: all of it is shown.
    Nothing,
    /// This is being typed.
    Typing(TextField),
    /// This was typed, and what it finds is read.
    Typed(TextField),
}

/// What is done in the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpAction {
    /// What is done in any list. Moving scrolls here, for nothing is selected.
    List(ListAction),
    /// What is done where text is typed.
    Typing(TypingAction),
    /// Begins to search.
    Search,
    /// Reads what was found.
    Found,
    /// Shows the first screen again.
    Welcome,
}

impl Help {
    /// The help for whoever is here.
    pub fn open(present: Context) -> Self {
        Self { top: 0, present, search: HelpSearch::Nothing }
    }

    /// The context in which a key is resolved.
    pub fn context(&self) -> Context {
        match self.search {
            HelpSearch::Typing(_) => SEARCHING,
            HelpSearch::Nothing | HelpSearch::Typed(_) => CONTEXT,
        }
    }

    /// What input that is bound to nothing does.
    pub fn action(&self, input: &OverlayInput) -> Option<HelpAction> {
        match self.search {
            HelpSearch::Typing(_) => TypingAction::of(input).map(HelpAction::Typing),
            HelpSearch::Nothing | HelpSearch::Typed(_) => ListAction::of(input).map(HelpAction::List),
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: HelpAction, view: &View) -> Outcome {
        match action {
            HelpAction::List(ListAction::Move(motion)) | HelpAction::Typing(TypingAction::Move(motion)) => {
                self.scroll(motion, view);
            }
            HelpAction::List(ListAction::Close) => return self.step_back(),
            HelpAction::Typing(TypingAction::Edit(edit)) => self.change(|field| field.apply(edit)),
            HelpAction::Typing(TypingAction::Paste(text)) => self.change(|field| {
                field.insert(&text);
            }),
            HelpAction::List(ListAction::Select(_)) | HelpAction::Typing(TypingAction::Select(_)) => {}
            HelpAction::Search => self.search(),
            HelpAction::Found => self.read_found(),
            HelpAction::Welcome => return Outcome::Open(OverlayRequest::Welcome),
        }
        Outcome::Stay
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, view: &View, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::From(self.top));
        // The sign that more lies below has a row of its own.
        lines.foot.push(ListLine::default());
        if let HelpSearch::Typing(field) | HelpSearch::Typed(field) = &self.search {
            lines.head.push(ListLine::new(format!("/ {}", field.text()), Tone::Strong));
            lines.head.push(ListLine::default());
        }
        if let HelpSearch::Typing(field) = &self.search {
            let column = columns::width(field.before_cursor()) + 2;
            lines.cursor = Some(TextCursor { line: 0, column });
        }
        for section in self.sections(view) {
            if !lines.lines.is_empty() {
                lines.blank();
            }
            lines.push(&section.title, Tone::Strong, width);
            lines.lines.extend(section.rows.iter().flat_map(|row| row_lines(row, view.world.course, width)));
        }
        if lines.lines.is_empty() {
            lines.push("No matches. Try fewer letters.", Tone::Quiet, width);
        }
        lines
    }

    /// The sections, with the rows that were searched for.
    fn sections<'a>(&self, view: &View<'a>) -> Vec<HelpSection<'a>> {
        let keymap = view.world.keymap;
        let mut sections =
            help_sections(keymap.contexts(), keymap.rows(), view.world.provided(), self.present);
        let query = match &self.search {
            HelpSearch::Nothing => "",
            HelpSearch::Typing(field) | HelpSearch::Typed(field) => field.text().trim(),
        };
        // What is the name of a key asks for that key.
        let has_key = |row: &&Binding| row.keys.split(' ').any(|key| key == query);
        let is_key = !query.is_empty() && sections.iter().flat_map(|section| &section.rows).any(has_key);
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        for HelpSection { title, rows } in &mut sections {
            rows.retain(|row| {
                let help = row.help_in(view.world.course);
                let text = format!("{title} {} {help}", row.keys).to_lowercase();
                if is_key { has_key(row) } else { words.iter().all(|word| text.contains(word)) }
            });
        }
        sections.retain(|section| !section.rows.is_empty());
        sections
    }

    fn scroll(&mut self, motion: Motion, view: &View) {
        let area = view.geometry.overlay;
        self.top = self.lines(view, area.width).scrolled(self.top, motion, area.height, view);
    }

    fn search(&mut self) {
        let field = match &self.search {
            HelpSearch::Typing(field) | HelpSearch::Typed(field) => field.clone(),
            HelpSearch::Nothing => TextField::new("", FieldKind::Line),
        };
        self.search = HelpSearch::Typing(field);
    }

    fn read_found(&mut self) {
        if let HelpSearch::Typing(field) = &self.search {
            self.search = if field.text().trim().is_empty() {
                HelpSearch::Nothing
            } else {
                HelpSearch::Typed(field.clone())
            };
        }
    }

    /// Back to the whole help from a search, else closes it.
    fn step_back(&mut self) -> Outcome {
        if self.search == HelpSearch::Nothing {
            return Outcome::Close;
        }
        (self.search, self.top) = (HelpSearch::Nothing, 0);
        Outcome::Stay
    }

    fn change(&mut self, change: impl FnOnce(&mut TextField)) {
        if let HelpSearch::Typing(field) = &mut self.search
            && typed(field, change)
        {
            self.top = 0;
        }
    }
}

/// The keys of a row on the left, and what they do beside them; both go on in further lines.
fn row_lines(row: &Binding, course: &Course, width: u16) -> Vec<ListLine> {
    let keys_width = KEYS.min(width / 3).max(1);
    let keys = columns::wrapped(&row.keys, keys_width);
    let help = columns::wrapped(&row.help_in(course), width.saturating_sub(keys_width + 3));
    let line = |index: usize| {
        let keys = keys.get(index).map(String::as_str).unwrap_or_default();
        let help = help.get(index).map(String::as_str).unwrap_or_default();
        let gap = (usize::from(keys_width) + 1).saturating_sub(columns::width(keys));
        ListLine::of([
            LinePiece::new("  ", Tone::Text),
            LinePiece::new(keys, Tone::Key),
            LinePiece::new(format!("{}{help}", " ".repeat(gap)), Tone::Text),
        ])
    };
    (0..keys.len().max(help.len())).map(line).collect()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;
    use crate::reader::overlay::review;

    fn texts(help: &Help, fixture: &Fixture, width: u16) -> Vec<String> {
        help.lines(&fixture.view(), width).lines.iter().map(ListLine::text).collect()
    }

    fn search(help: &mut Help, fixture: &Fixture, query: &str) {
        help.update(HelpAction::Search, &fixture.view());
        help.update(HelpAction::Typing(TypingAction::Paste(query.into())), &fixture.view());
    }

    #[test]
    fn it_stops_at_its_first_and_its_last_line() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let mut help = Help::open(Context::READING);
        let go = |motion| HelpAction::List(ListAction::Move(motion));
        help.update(go(Motion::Up), &view);
        assert_eq!(help.top, 0);
        help.update(go(Motion::Last), &view);
        let last = help.top;
        help.update(go(Motion::Down), &view);
        assert!(last > 0 && help.top == last && last < texts(&help, &fixture, 72).len());
        assert_eq!(help.update(HelpAction::List(ListAction::Close), &view), Outcome::Close);
    }

    #[test]
    fn it_begins_with_first_aid_hiding_and_danger_and_goes_on_with_the_place_where_it_was_opened() {
        let fixture = Fixture::new();
        for present in [Context::NAVIGATOR, Context::READING, Context::CHECKLIST, review::CONTEXT] {
            let lines = texts(&Help::open(present), &fixture, 72);
            let at = |text: &str| lines.iter().position(|line| line.contains(text));
            let here = at(&format!("{} (where you are)", present.title()));
            let titles: Vec<&String> =
                lines.iter().filter(|line| !line.starts_with(' ') && !line.is_empty()).collect();
            let first = ["Alt-a", "Ctrl-g", "Alt-s"].map(at);
            assert!(first[0] == Some(1) && first.is_sorted() && first[2] < here, "{lines:?}");
            assert_eq!(Some(titles[1]), here.map(|at| &lines[at]), "another place comes before");
        }
    }

    #[test]
    fn every_word_of_it_is_in_sight_at_any_width() {
        let fixture = Fixture::new();
        let help = Help::open(Context::CHECKLIST);
        let words = |width| {
            let lines = texts(&help, &fixture, width).join(" ");
            let mut words: Vec<String> = lines.split_whitespace().map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let all = words(400);
        for width in 20..100 {
            for line in texts(&help, &fixture, width) {
                // A word that is wider than its column is cut by the edge of the screen alone.
                assert!(columns::width(&line) <= usize::from(width.max(30)), "{width}: {line}");
            }
            assert_eq!(words(width).concat().len(), all.concat().len(), "at {width} columns");
        }
    }

    #[test]
    fn a_search_finds_words_of_what_keys_do_and_keys_by_their_names() {
        let fixture = Fixture::new();
        let mut help = Help::open(Context::READING);
        search(&mut help, &fixture, "narrower col");
        let found = texts(&help, &fixture, 72);
        assert_eq!(found.iter().filter(|line| line.contains("narrower")).count(), 1, "{found:?}");
        assert!(!found.iter().any(|line| line.contains("page down")), "{found:?}");
        help.update(HelpAction::List(ListAction::Close), &fixture.view());
        search(&mut help, &fixture, "*");
        let found = texts(&help, &fixture, 72);
        // In the checklist, in Today and in the plan.
        let keys: Vec<&String> = found.iter().filter(|line| line.starts_with("  *")).collect();
        assert!(keys.len() == 3 && keys.iter().all(|line| line.contains("your list")), "{found:?}");
        // One step back shows all of it again, and the next closes it.
        assert_eq!(help.update(HelpAction::List(ListAction::Close), &fixture.view()), Outcome::Stay);
        assert!(texts(&help, &fixture, 72).len() > 50);
        assert_eq!(help.update(HelpAction::List(ListAction::Close), &fixture.view()), Outcome::Close);
    }
}
