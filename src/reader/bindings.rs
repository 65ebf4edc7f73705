//! The one table of bindings. The help, the footer's hints, the documents' table of keys
//! and the keymap are all made from it.

use crate::journal::Mark;
use crate::reader::action::{
    Action, ChecklistAction, Go, Motion, NavigatorAction, ReadingAction, SearchAction,
};

/// Where a key means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// In any of the three panes.
    Panes,
    /// In the navigator.
    Navigator,
    /// In the reading pane.
    Reading,
    /// In the checklist.
    Checklist,
    /// While a search is typed.
    Search,
    /// In the help.
    Help,
    /// Everywhere, while text is typed too.
    Always,
}

impl Context {
    /// All of them, in the order in which the help lists them.
    pub const ALL: [Self; 7] = [
        Self::Panes,
        Self::Navigator,
        Self::Reading,
        Self::Checklist,
        Self::Search,
        Self::Help,
        Self::Always,
    ];

    /// The heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Panes => "In every pane",
            Self::Navigator => "Lessons",
            Self::Reading => "Reading",
            Self::Checklist => "Checklist",
            Self::Search => "While searching",
            Self::Help => "In this help",
            Self::Always => "Always",
        }
    }

    /// Whether it is one of the panes, where [`Context::Panes`] holds too.
    pub fn is_pane(self) -> bool {
        matches!(self, Self::Navigator | Self::Reading | Self::Checklist)
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, parted by spaces; the first is the one that is shown in hints.
    pub keys: &'static str,
    /// What they do.
    pub action: Action,
    /// What that is, in one line.
    pub help: &'static str,
    /// The word for it in the footer; rows next to each other with the same word share
    /// one hint. Empty for those that the footer leaves out.
    pub hint: &'static str,
}

const fn row(
    context: Context,
    keys: &'static str,
    action: Action,
    help: &'static str,
    hint: &'static str,
) -> Binding {
    Binding { context, keys, action, help, hint }
}

/// The table.
pub const BINDINGS: &[Binding] = &[
    row(
        Context::Navigator,
        "Enter",
        Action::Navigator(NavigatorAction::Open),
        "open the lesson, or fold its part",
        "open",
    ),
    row(Context::Navigator, "Space PgDn f", Action::Move(Motion::PageDown), "page down", ""),
    row(Context::Navigator, "PgUp b", Action::Move(Motion::PageUp), "page up", ""),
    row(Context::Navigator, "h Left", Action::Navigator(NavigatorAction::Fold), "fold the part", "fold"),
    row(Context::Navigator, "l Right", Action::Navigator(NavigatorAction::Unfold), "unfold the part", ""),
    row(Context::Navigator, "]", Action::Go(Go::NextLesson), "open the next lesson", ""),
    row(Context::Navigator, "[", Action::Go(Go::PreviousLesson), "open the previous lesson", ""),
    row(Context::Reading, "Space PgDn f", Action::Move(Motion::PageDown), "page down", "page"),
    row(Context::Reading, "b PgUp", Action::Move(Motion::PageUp), "page up", "page"),
    row(Context::Reading, "]", Action::Go(Go::NextLesson), "the next lesson", "lesson"),
    row(Context::Reading, "[", Action::Go(Go::PreviousLesson), "the previous lesson", "lesson"),
    row(
        Context::Reading,
        "l Right",
        Action::Reading(ReadingAction::NextLink),
        "select the next link in sight",
        "",
    ),
    row(
        Context::Reading,
        "h Left",
        Action::Reading(ReadingAction::PreviousLink),
        "select the previous link in sight",
        "",
    ),
    row(
        Context::Reading,
        "Enter",
        Action::Reading(ReadingAction::FollowLink),
        "follow the selected link",
        "",
    ),
    row(
        Context::Reading,
        "o",
        Action::Reading(ReadingAction::GoToItem),
        "go to the item taught here",
        "item",
    ),
    row(Context::Reading, "+", Action::Reading(ReadingAction::Wider), "a wider text column", ""),
    row(Context::Reading, "-", Action::Reading(ReadingAction::Narrower), "a narrower text column", ""),
    row(Context::Reading, "=", Action::Reading(ReadingAction::DefaultWidth), "the default text column", ""),
    row(
        Context::Checklist,
        "x Space Enter",
        Action::Checklist(ChecklistAction::Mark(Mark::Kept)),
        "kept to it; again to take it back",
        "kept",
    ),
    row(
        Context::Checklist,
        "!",
        Action::Checklist(ChecklistAction::Mark(Mark::Slipped)),
        "slipped; again to take it back",
        "slipped",
    ),
    row(
        Context::Checklist,
        "-",
        Action::Checklist(ChecklistAction::Mark(Mark::DidNotArise)),
        "did not arise; again to take it back",
        "did not arise",
    ),
    row(Context::Checklist, "h Left", Action::Checklist(ChecklistAction::DayBefore), "the day before", "day"),
    row(Context::Checklist, "l Right", Action::Checklist(ChecklistAction::DayAfter), "the day after", "day"),
    row(
        Context::Checklist,
        "o",
        Action::Checklist(ChecklistAction::GoToPassage),
        "go to the passage that teaches it",
        "why",
    ),
    row(Context::Checklist, "PgDn f", Action::Move(Motion::PageDown), "page down", ""),
    row(Context::Checklist, "PgUp b", Action::Move(Motion::PageUp), "page up", ""),
    row(Context::Panes, "j Down", Action::Move(Motion::Down), "one line or item down", "move"),
    row(Context::Panes, "k Up", Action::Move(Motion::Up), "one line or item up", "move"),
    row(Context::Panes, "g Home", Action::Move(Motion::First), "to the first", ""),
    row(Context::Panes, "G End", Action::Move(Motion::Last), "to the last", ""),
    row(Context::Panes, "Ctrl-d", Action::Move(Motion::HalfPageDown), "half a page down", ""),
    row(Context::Panes, "Ctrl-u", Action::Move(Motion::HalfPageUp), "half a page up", ""),
    row(Context::Panes, "Tab", Action::NextPane, "to the next pane", "pane"),
    row(Context::Panes, "Shift-Tab", Action::PreviousPane, "to the previous pane", ""),
    row(Context::Panes, "/", Action::Search(SearchAction::Open), "search everything", "search"),
    row(Context::Panes, "n", Action::Go(Go::NextHit), "the next hit", ""),
    row(Context::Panes, "N", Action::Go(Go::PreviousHit), "the previous hit", ""),
    row(Context::Panes, "Ctrl-o", Action::Go(Go::Back), "back to the place before", ""),
    row(Context::Panes, "Ctrl-n", Action::Go(Go::Forward), "forward again", ""),
    row(Context::Panes, "s", Action::Go(Go::StopFirst), "the page to read first: is this for you now?", ""),
    row(Context::Panes, "?", Action::Help, "this help", "help"),
    row(Context::Panes, "Esc", Action::Cancel, "one step back; never quits", ""),
    row(Context::Panes, "q", Action::Quit, "quit; everything is saved already", "quit"),
    row(
        Context::Search,
        "Enter",
        Action::Search(SearchAction::GoToHit),
        "go to the selected hit",
        "go there",
    ),
    row(Context::Search, "Down Ctrl-n", Action::Move(Motion::Down), "the next hit", "choose"),
    row(Context::Search, "Up Ctrl-p", Action::Move(Motion::Up), "the previous hit", "choose"),
    row(Context::Search, "PgDn", Action::Move(Motion::PageDown), "a page of hits down", ""),
    row(Context::Search, "PgUp", Action::Move(Motion::PageUp), "a page of hits up", ""),
    row(Context::Search, "Esc", Action::Cancel, "back to exactly where you were", "back"),
    row(Context::Help, "j Down", Action::Move(Motion::Down), "one line down", "move"),
    row(Context::Help, "k Up", Action::Move(Motion::Up), "one line up", "move"),
    row(Context::Help, "Space PgDn f Ctrl-d", Action::Move(Motion::PageDown), "page down", ""),
    row(Context::Help, "b PgUp Ctrl-u", Action::Move(Motion::PageUp), "page up", ""),
    row(Context::Help, "g Home", Action::Move(Motion::First), "to the top", ""),
    row(Context::Help, "G End", Action::Move(Motion::Last), "to the end", ""),
    row(Context::Help, "? Esc q", Action::Cancel, "close the help", "close"),
    row(Context::Always, "Ctrl-l", Action::Redraw, "draw the screen again", ""),
    row(Context::Always, "Ctrl-z", Action::Suspend, "suspend, as every program", ""),
    row(Context::Always, "Ctrl-c", Action::Quit, "quit; everything is saved already", ""),
];

/// A line of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpLine {
    /// The name of a context.
    Title(&'static str),
    /// The keys of a row and what they do.
    Row(&'static str, &'static str),
    /// A line without anything.
    Blank,
}

/// The help, made from the table.
pub fn help_lines() -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for context in Context::ALL {
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Title(context.title()));
        lines.extend(
            BINDINGS.iter().filter(|row| row.context == context).map(|row| HelpLine::Row(row.keys, row.help)),
        );
    }
    lines
}

/// A hint for the footer: keys that share a word, and the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The keys, such as `j/k`.
    pub keys: String,
    /// The word.
    pub word: &'static str,
}

/// The footer's hints for a context: its own, then those of every pane.
pub fn hints(context: Context) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let rows = |wanted| BINDINGS.iter().filter(move |row| row.context == wanted && !row.hint.is_empty());
    let panes = context.is_pane().then(|| rows(Context::Panes));
    for row in rows(context).chain(panes.into_iter().flatten()) {
        let key = row.keys.split(' ').next().unwrap_or_default();
        match hints.last_mut() {
            Some(hint) if hint.word == row.hint => {
                hint.keys.push('/');
                hint.keys.push_str(key);
            }
            _ => hints.push(Hint { keys: key.to_owned(), word: row.hint }),
        }
    }
    hints
}

/// The table as Markdown, for `docs/KEYS.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Keys\n\nMade from the program's table of bindings; a test keeps it true.\n\
         Digits before a key are a count: `5j` moves five lines.\n",
    );
    for context in Context::ALL {
        text.push_str("\n## ");
        text.push_str(context.title());
        text.push_str("\n\n| keys | what they do |\n|---|---|\n");
        text.extend(BINDINGS.iter().filter(|row| row.context == context).map(|row| {
            let keys: Vec<String> = row.keys.split(' ').map(|key| format!("`{key}`")).collect();
            format!("| {} | {} |\n", keys.join(" "), row.help)
        }));
    }
    text
}
