//! The one table of bindings: the rows that panes and overlays declare, and those that apply
//! in several places.
//!
//! Owns the way from a key to an [`Action`], and the documents' table of keys.

use crate::reader::action::{Action, Go};
use crate::reader::data_task::DataTask;
use crate::reader::keys::binding::{Binding, BindingRow, bind, row};
use crate::reader::keys::context::{Context, Needs};
use crate::reader::keys::key::Key;
use crate::reader::keys::keymap::{KeyMeaning, Keymap};
use crate::reader::keys::rebinding::{self, Trouble, Wish};
use crate::reader::motion::Motion;
use crate::reader::outcome::{DataQuestion, OverlayRequest};
use crate::reader::overlay;
use crate::reader::pane::{checklist, navigator, reading};
use crossterm::event::KeyEvent;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

/// The rows that apply in any pane.
const PANE_ROWS: &[BindingRow<Action>] = &[
    TODAY_ROW,
    BindingRow {
        keys: "d",
        name: "evening",
        action: Action::Open(OverlayRequest::Evening),
        help: "three lines about the day that is shown",
        hint: "evening",
        needs: Needs::Practice,
    },
    row(
        "v",
        "review",
        Action::Open(OverlayRequest::Review),
        "review: the weeks, item by item and day by day",
        "review",
    ),
    BindingRow {
        keys: "w",
        name: "where-am-i",
        action: Action::Open(OverlayRequest::SelfCheck),
        help: "where am I? A few questions that suggest what to read",
        hint: "where am I?",
        needs: Needs::SelfCheck,
    },
    BindingRow {
        keys: "P",
        name: "weeks",
        action: Action::Open(OverlayRequest::WeekPlan),
        help: "the plan by weeks: where you are in it, and what each week has",
        hint: "",
        needs: Needs::Plan,
    },
    row("j Down Ctrl-e", "down", Action::Move(Motion::Down), "one line or item down", "move"),
    row("k Up Ctrl-y", "up", Action::Move(Motion::Up), "one line or item up", "move"),
    row("g Home", "first", Action::Move(Motion::First), "to the first", ""),
    row("G End", "last", Action::Move(Motion::Last), "to the last", ""),
    row("Ctrl-d", "half-page-down", Action::Move(Motion::HalfPageDown), "half a page down", ""),
    row("Ctrl-u", "half-page-up", Action::Move(Motion::HalfPageUp), "half a page up", ""),
    row("Tab", "next-pane", Action::NextPane, "to the next pane", "next"),
    row("Shift-Tab", "previous-pane", Action::PreviousPane, "to the previous pane", ""),
    row("/", "search", Action::Open(OverlayRequest::Search), "search everything", "search"),
    row("n", "next-hit", Action::Go(Go::NextHit), "the next hit", ""),
    row("N", "previous-hit", Action::Go(Go::PreviousHit), "the previous hit", ""),
    row("z", "text-alone", Action::TextAlone, "the text alone, without the panes beside it, and back", ""),
    row("i", "pictures", Action::SwitchPictures, "pictures in the text, or their descriptions alone", ""),
    row("Ctrl-o", "back", Action::Go(Go::Back), "back to the place before", ""),
    row("Ctrl-n", "forward", Action::Go(Go::Forward), "forward again", ""),
    row(
        "R",
        "read-on",
        Action::Go(Go::NextToRead),
        "read on: the next lesson of your order, or of the course",
        "",
    ),
    FIRST_AID_ROW,
    READ_FIRST_ROW,
    CHECKLIST_ROW,
    row(
        "O",
        "shelf",
        Action::Open(OverlayRequest::Recent),
        "the shelf: what you read lately, and the built-in courses",
        "",
    ),
    row("T", "tour", Action::Go(Go::Tour), "the tour: learn the keys by using them; from there, back", ""),
    row("D", "notes", Action::Open(OverlayRequest::Notes(None)), "all notes, by day", ""),
    row(
        "'",
        "go-to-named-place",
        Action::Open(OverlayRequest::GoToPlace),
        "go to a named place: its letter follows",
        "",
    ),
    row(":", "palette", Action::Open(OverlayRequest::Palette), "every action and every lesson, by name", ""),
    row(
        "M",
        "notices",
        Action::Open(OverlayRequest::Notices),
        "notices: what you were told in this session, once more",
        "",
    ),
    row("U", "draft", Action::ResumeDraft, "what you typed and did not save yet", ""),
    row("Ctrl-s", "save", Action::TellSaved, "say whether everything is saved", ""),
    row(
        "",
        "export",
        Action::Open(OverlayRequest::Data(DataQuestion::Export)),
        "export your data: everything, in one file",
        "",
    ),
    row(
        "",
        "report",
        Action::Open(OverlayRequest::Data(DataQuestion::Report)),
        "a report of the last four weeks, to show to somebody",
        "",
    ),
    row("", "back-up", Action::Data(DataTask::BackUp), "back up your data now", ""),
    row(
        "",
        "take-in",
        Action::Open(OverlayRequest::Data(DataQuestion::TakeIn)),
        "merge another journal, import an export, or restore a backup",
        "",
    ),
    row(
        "",
        "erase",
        Action::Open(OverlayRequest::Data(DataQuestion::Erase)),
        "erase what you marked or wrote, for good",
        "",
    ),
    BindingRow {
        keys: "",
        name: "welcome",
        action: Action::Open(OverlayRequest::Welcome),
        help: "what this is, and where to begin: the first screen again",
        hint: "",
        needs: Needs::Welcome,
    },
    row("u", "undo", Action::Undo, "undo the last thing done in this session", ""),
    row("Ctrl-r", "redo", Action::Redo, "redo what was undone", ""),
    row("?", "help", Action::Open(OverlayRequest::Help), "this help", "help"),
    row("Esc", "cancel", Action::Cancel, "one step back; never quits", ""),
    row("q", "quit", Action::Quit, "quit; everything is saved already", "quit"),
];

/// The row for the page to read first, where a letter is a key. A course may have a word of its own
/// for it, and say who should read it.
const READ_FIRST_ROW: BindingRow<Action> = read_first("s");

/// The row for the way to Today, where a letter is a key.
const TODAY_ROW: BindingRow<Action> = today(".", "today", Needs::Practice);

const fn today(keys: &'static str, hint: &'static str, needs: Needs) -> BindingRow<Action> {
    BindingRow {
        keys,
        name: "today",
        action: Action::ToToday,
        help: "today: what the day has, all on one screen",
        hint,
        needs,
    }
}

/// The row for the way to the checklist.
const CHECKLIST_ROW: BindingRow<Action> =
    row("c", "checklist", Action::ToChecklist, "straight to the checklist; from there, back", "");

/// The row for the lesson for a hard minute, where a letter is a key.
const FIRST_AID_ROW: BindingRow<Action> = first_aid("A");

const fn first_aid(keys: &'static str) -> BindingRow<Action> {
    BindingRow {
        keys,
        name: "first-aid",
        action: Action::Go(Go::FirstAid),
        help: "first aid: what to do in a hard minute",
        hint: "first aid",
        needs: Needs::FirstAid,
    }
}

const fn read_first(keys: &'static str) -> BindingRow<Action> {
    BindingRow {
        keys,
        name: "read-first",
        action: Action::Go(Go::ReadFirst),
        help: "the page to read first",
        hint: "read first",
        needs: Needs::ReadFirst,
    }
}

/// The rows that apply over the panes, where nothing is typed.
const OVERLAY_ROWS: &[BindingRow<Action>] = &[
    FIRST_AID_ROW,
    READ_FIRST_ROW,
    today(".", "", Needs::Nothing),
    CHECKLIST_ROW,
    row("?", "help", Action::Open(OverlayRequest::Help), "help for what is open", "help"),
];

/// The rows while everything is hidden.
const HIDDEN_ROWS: &[BindingRow<Action>] =
    &[row("Ctrl-o", "show", Action::Show, "show everything again after it was hidden", "")];

/// The rows that apply everywhere, also while text is typed.
const EVERYWHERE_ROWS: &[BindingRow<Action>] = &[
    first_aid("Alt-a"),
    row("Ctrl-g", "hide", Action::Hide, "hide everything at once, until it is to be shown again", "hide"),
    read_first("Alt-s"),
    today("Alt-.", "", Needs::Nothing),
    row("F1", "help", Action::Open(OverlayRequest::Help), "help for where you are", ""),
    row(
        "Ctrl-t",
        "mouse",
        Action::HandMouseOver,
        "leave the mouse to the terminal to select text, or take it back",
        "",
    ),
    row("Ctrl-l", "redraw", Action::Redraw, "draw the screen again", ""),
    row("Ctrl-z", "suspend", Action::Suspend, "suspend, as every program", ""),
    row(
        "Ctrl-c",
        "quit",
        Action::Quit,
        "quit at once; with no page to read first, leave a typed line before",
        "",
    ),
];

/// A row of the table: its binding, and what it does.
type TableRow = (Binding, Action);

static TABLE: LazyLock<Vec<TableRow>> = LazyLock::new(|| {
    let mut table = Vec::new();
    bind(&mut table, Context::NAVIGATOR, navigator::ROWS, Action::Navigator);
    bind(&mut table, Context::READING, reading::ROWS, Action::Reading);
    bind(&mut table, Context::CHECKLIST, checklist::keys::ROWS, Action::Checklist);
    bind(&mut table, Context::PANES, PANE_ROWS, |action| action);
    bind(&mut table, Context::OVERLAYS, OVERLAY_ROWS, |action| action);
    let overlays = overlay::table::bindings().into_iter();
    table.extend(overlays.map(|(binding, action)| (binding, Action::Overlay(action))));
    bind(&mut table, Context::HIDDEN, HIDDEN_ROWS, |action| action);
    bind(&mut table, Context::ALWAYS, EVERYWHERE_ROWS, |action| action);
    table
});

/// The rows of the table, with the keys that they have by default.
pub fn bindings() -> Vec<Binding> {
    TABLE.iter().map(|(binding, _)| binding.clone()).collect()
}

/// All contexts, in the order in which the help lists them.
pub fn contexts() -> Vec<Context> {
    let panes = [Context::PANES, Context::NAVIGATOR, Context::READING, Context::CHECKLIST];
    let last = [Context::OVERLAYS, Context::HIDDEN, Context::ALWAYS];
    panes.into_iter().chain(overlay::table::CONTEXTS.iter().copied()).chain(last).collect()
}

/// The context of this name in the configuration file.
pub fn context_named(name: &str) -> Option<Context> {
    contexts().into_iter().find(|context| context.name() == name)
}

/// What the action of this name does in a context.
pub fn action(context: Context, name: &str) -> Option<Action> {
    let row = TABLE.iter().find(|(binding, _)| binding.context == context && binding.name == name);
    row.map(|(_, action)| action.clone())
}

/// The actions that go one step back. Every key asks for them, so the table is not gone through each time.
static CANCELS: LazyLock<Vec<&'static Action>> = LazyLock::new(|| {
    let mut cancels: Vec<&Action> = Vec::new();
    for (_, action) in TABLE.iter().filter(|(binding, _)| binding.name == "cancel") {
        if !cancels.contains(&action) {
            cancels.push(action);
        }
    }
    cancels
});

/// Returns whether an action goes one step back, from the panes or from an overlay.
pub fn is_cancel(action: &Action) -> bool {
    CANCELS.contains(&action)
}

/// What a key does in a context.
pub fn resolve(keymap: &Keymap, context: Context, event: &KeyEvent) -> Option<Action> {
    match keymap.resolve(context, Key::from_event(event)?)? {
        KeyMeaning::Bound(index, binding) => bound_action(index, binding),
        KeyMeaning::Edit(edit) => Some(Action::Edit(edit)),
        KeyMeaning::Letter(letter) => Some(Action::Letter(letter)),
        KeyMeaning::Digit(digit) => Some(Action::Digit(digit)),
    }
}

/// What a row of a keymap does: its rows are those of the table in the table's order, with other keys.
fn bound_action(index: usize, bound: &Binding) -> Option<Action> {
    let is_own = |row: &&TableRow| row.0.context == bound.context && row.0.name == bound.name;
    let row = TABLE.get(index).filter(is_own);
    debug_assert!(row.is_some(), "the keymap has the row {} elsewhere than the table", bound.name);
    row.map(|(_, action)| action.clone())
}

impl Default for Keymap {
    /// The keymap of the table.
    fn default() -> Self {
        Self::new(contexts(), bindings())
    }
}

/// The keymap with the wishes granted, and the wishes that could not be, by their index. Of two
/// wishes for one key the earlier is granted.
pub fn rebound(wishes: &[Wish]) -> (Keymap, BTreeMap<usize, Trouble>) {
    let (rows, refused) = rebinding::rebound(&contexts(), &bindings(), wishes);
    (Keymap::new(contexts(), rows), refused)
}

/// The table as Markdown, for `docs/KEYS.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Keys\n\nMade from the program's table of bindings; a test keeps it true.\n\
         Digits before a key are a count: `5j` moves five lines.\n\n\
         Any of them can be given other keys, or none, in the configuration file, which\n\
         [CONFIG.md](CONFIG.md) explains: under the name of its table, by the name in its last column.\n",
    );
    for context in contexts() {
        text.push_str("\n## ");
        text.push_str(context.title());
        write!(text, "\n\nIn the configuration file: `[keys.{}]`\n", context.name()).ok();
        text.push_str("\n| keys | what they do | name |\n|---|---|---|\n");
        let rows = TABLE.iter().map(|(binding, _)| binding).filter(|row| row.context == context);
        text.extend(rows.map(|row| {
            let keys: Vec<String> = row.all_keys().map(|key| format!("`{key}`")).collect();
            // What has no key is in the palette.
            let keys = if keys.is_empty() { "`:`".to_owned() } else { keys.join(" ") };
            format!("| {keys} | {} | `{}` |\n", row.help, row.name)
        }));
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_is_bound_twice_in_a_context() {
        let mut seen = HashSet::new();
        for row in bindings() {
            for key in row.all_keys() {
                assert!(seen.insert((row.context, key)), "{key} is bound twice in {:?}", row.context);
            }
        }
    }

    #[test]
    fn every_name_of_a_key_in_the_table_is_understood() {
        for row in bindings() {
            for name in row.keys.split_whitespace() {
                assert!(Key::parse(name).is_some(), "{name:?} in the row {:?}", row.help);
            }
            assert!(!row.help.is_empty() && !row.help.ends_with('.'));
        }
    }

    #[test]
    fn every_row_and_context_has_a_name_of_its_own_in_small_letters_and_dashes() {
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
        };
        let mut seen = HashSet::new();
        for row in bindings() {
            assert!(is_name(row.name), "{:?}", row.help);
            assert!(seen.insert((row.context, row.name)), "{} twice in {:?}", row.name, row.context);
        }
        let names: HashSet<&str> = contexts().into_iter().map(Context::name).collect();
        assert_eq!(names.len(), contexts().len());
        assert!(names.into_iter().all(is_name));
    }

    #[test]
    fn every_row_is_in_a_context_that_the_help_lists() {
        let listed = contexts();
        assert!(bindings().iter().all(|row| listed.contains(&row.context)));
    }

    #[test]
    fn what_is_not_bound_is_text_only_while_text_is_typed() {
        let keymap = Keymap::default();
        let event = Key::parse("q").unwrap().to_event();
        assert_eq!(resolve(&keymap, Context::READING, &event), Some(Action::Quit));
        assert!(matches!(resolve(&keymap, overlay::search::CONTEXT, &event), Some(Action::Edit(_))));
        let event = Key::parse("Z").unwrap().to_event();
        assert_eq!(resolve(&keymap, Context::READING, &event), None);
    }

    #[test]
    fn a_key_that_was_wished_for_does_what_its_row_does() {
        let (keymap, refused) = rebound(&[wish(Context::READING, "next-lesson", &["Z"])]);
        assert!(refused.is_empty());
        for row in keymap.rows() {
            for key in row.all_keys() {
                let does = resolve(&keymap, row.context, &key.to_event());
                assert_eq!(does, action(row.context, row.name), "{key} in {}", row.context.name());
            }
        }
    }

    #[test]
    fn the_rows_of_a_context_are_all_that_apply_there_in_their_order() {
        let keymap = Keymap::default();
        for context in contexts() {
            let own = keymap.rows().iter().filter(|row| row.context == context);
            assert!(keymap.rows_of(context).eq(own), "{}", context.name());
        }
    }

    fn wish(context: Context, name: &'static str, keys: &[&str]) -> Wish {
        Wish { context, name, keys: keys.iter().map(|key| Key::parse(key).unwrap()).collect() }
    }

    fn keys_of(keymap: &Keymap, context: Context, name: &str) -> String {
        keymap.rows().iter().find(|row| row.context == context && row.name == name).unwrap().keys.to_string()
    }

    #[test]
    fn without_a_wish_the_table_holds_and_has_every_way_out() {
        let (keymap, refused) = rebound(&[]);
        assert_eq!((keymap.rows(), refused.len()), (bindings().as_slice(), 0));
    }

    #[test]
    fn two_actions_can_change_their_keys_with_each_other() {
        let wishes = [
            wish(Context::READING, "next-lesson", &["["]),
            wish(Context::READING, "previous-lesson", &["]", "Backspace"]),
        ];
        let (keymap, refused) = rebound(&wishes);
        assert!(refused.is_empty());
        assert_eq!(keys_of(&keymap, Context::READING, "next-lesson"), "[");
        assert_eq!(keys_of(&keymap, Context::READING, "previous-lesson"), "] Backspace");
    }

    #[test]
    fn a_key_that_something_else_has_is_refused_and_the_table_holds_for_that_alone() {
        let wishes = [
            wish(Context::READING, "wider", &["z"]),
            wish(Context::READING, "next-lesson", &["b"]),
            wish(Context::READING, "narrower", &["z"]),
        ];
        let (keymap, refused) = rebound(&wishes);
        let key = |name| Key::parse(name).unwrap();
        let taken = |by, name| Trouble::Taken { key: key(name), context: Context::READING, by };
        let told: Vec<(usize, Trouble)> = refused.into_iter().collect();
        assert_eq!(told, [(1, taken("page-up", "b")), (2, taken("wider", "z"))]);
        assert_eq!(keys_of(&keymap, Context::READING, "wider"), "z");
        assert_eq!(keys_of(&keymap, Context::READING, "next-lesson"), "]");
        assert_eq!(keys_of(&keymap, Context::READING, "narrower"), "-");
    }

    #[test]
    fn a_refused_wish_takes_its_own_key_back_from_whoever_wished_for_it() {
        let wishes = [
            wish(Context::READING, "previous-lesson", &["]"]),
            wish(Context::READING, "next-lesson", &["b"]),
        ];
        let (keymap, refused) = rebound(&wishes);
        assert_eq!(refused.keys().copied().collect::<Vec<_>>(), [0, 1]);
        assert_eq!(keymap.rows(), bindings());
    }

    #[test]
    fn there_is_always_a_key_to_quit_to_hide_to_show_and_to_close() {
        for (context, name) in [
            (Context::ALWAYS, "quit"),
            (Context::ALWAYS, "hide"),
            (Context::HIDDEN, "show"),
            (overlay::help::CONTEXT, "cancel"),
            (overlay::note::CONTEXT, "keep"),
        ] {
            let (keymap, refused) = rebound(&[wish(context, name, &[])]);
            assert!(matches!(refused.get(&0), Some(Trouble::NoWayOut { .. })), "{name} in {context:?}");
            assert_eq!(keymap.rows(), bindings());
        }
        // Not by another action on the same key either.
        let (_, refused) = rebound(&[wish(overlay::search::CONTEXT, "go-to-hit", &["Ctrl-g"])]);
        assert_eq!(
            refused.get(&0),
            Some(&Trouble::NoWayOut { name: "hide", context: overlay::search::CONTEXT })
        );
        let (_, refused) = rebound(&[wish(Context::ALWAYS, "quit", &["Ctrl-q"])]);
        assert!(refused.is_empty());
    }

    #[test]
    fn what_is_typed_stays_text() {
        for context in [Context::ALWAYS, overlay::search::CONTEXT, overlay::note::CONTEXT] {
            let name = bindings().iter().find(|row| row.context == context).unwrap().name;
            let (_, refused) = rebound(&[wish(context, name, &["F5", "j"])]);
            assert_eq!(refused.get(&0), Some(&Trouble::Text { key: Key::parse("j").unwrap() }));
        }
    }

    #[test]
    fn everything_bound_to_nothing_leaves_every_way_out() {
        let wishes: Vec<Wish> = bindings().iter().map(|row| wish(row.context, row.name, &[])).collect();
        let (keymap, refused) = rebound(&wishes);
        assert!(!refused.is_empty() && refused.len() < wishes.len());
        for (context, name) in rebinding::must_have_keys(&contexts()) {
            assert!(rebinding::is_reached(keymap.rows(), context, name), "{name} in {context:?}");
        }
    }
}
