//! What a row of the one table of bindings is, and what is made from its rows: the help, the
//! footer's hints, the documents' table of keys and the keymap.

use crate::course::Course;
use crate::reader::action::{Action, GuideAction};
use std::borrow::Cow;
use std::fmt::Write;

mod names;
mod rebinding;
mod table;

pub use rebinding::{Trouble, Wish, rebound};
pub use table::BINDINGS;

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
    /// While the self-check asks.
    Questions,
    /// At the end of the self-check.
    Suggestion,
    /// In a form.
    Form,
    /// While a note is written.
    Writing,
    /// In the list of notes.
    Notes,
    /// In the list of headings.
    Headings,
    /// While a letter is asked for.
    Letter,
    /// In the palette.
    Palette,
    /// In the review.
    Review,
    /// When something is asked once before it is done.
    Sure,
    /// On the shelf.
    Shelf,
    /// While an address is shown.
    Address,
    /// In the help.
    Help,
    /// While everything is hidden.
    Hidden,
    /// Everywhere, while text is typed too.
    Always,
}

impl Binding {
    /// Whether a course has what the row is for. What it has not is shown nowhere.
    pub fn is_offered(&self, course: &Course) -> bool {
        let for_the_guide = self.action == Action::Guide(GuideAction::Open)
            || matches!(self.context, Context::Questions | Context::Suggestion);
        !for_the_guide || course.guide.is_some()
    }

    /// The key that is shown for it, unless it is bound to nothing.
    pub fn key(&self) -> Option<&str> {
        self.keys.split(' ').next().filter(|key| !key.is_empty())
    }
}

impl Context {
    /// All of them, in the order in which the help lists them.
    pub const ALL: [Self; 20] = [
        Self::Panes,
        Self::Navigator,
        Self::Reading,
        Self::Checklist,
        Self::Search,
        Self::Questions,
        Self::Suggestion,
        Self::Form,
        Self::Writing,
        Self::Notes,
        Self::Headings,
        Self::Letter,
        Self::Palette,
        Self::Review,
        Self::Sure,
        Self::Shelf,
        Self::Address,
        Self::Help,
        Self::Hidden,
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
            Self::Questions => "Where am I? (a digit answers too)",
            Self::Suggestion => "Where am I? At the end",
            Self::Form => "In a form",
            Self::Writing => "While you write",
            Self::Notes => "Your notes",
            Self::Headings => "In the list of headings",
            Self::Letter => "When a place is named or gone to (by a letter or digit)",
            Self::Palette => "In the palette",
            Self::Review => "Review",
            Self::Sure => "When it asks whether you are sure",
            Self::Shelf => "On the shelf",
            Self::Address => "While an address is shown",
            Self::Help => "In this help",
            Self::Hidden => "While everything is hidden",
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
    /// The keys, parted by spaces; the first is the one that is shown in hints. Empty when it
    /// is bound to nothing.
    pub keys: Cow<'static, str>,
    /// What they do.
    pub action: Action,
    /// What that is, in one line.
    pub help: &'static str,
    /// The word for it in the footer; rows next to each other with the same word share
    /// one hint. Empty for those that the footer leaves out.
    pub hint: &'static str,
}

/// A line of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpLine<'a> {
    /// The name of a context.
    Title(&'static str),
    /// The keys of a row and what they do.
    Row(&'a str, &'static str),
    /// A line without anything.
    Blank,
}

/// The help, made from the rows. What is bound to nothing is not in it: it has no key to tell.
pub fn help_lines<'a>(bindings: &'a [Binding], course: &Course) -> Vec<HelpLine<'a>> {
    let mut lines = Vec::new();
    for context in Context::ALL {
        let mut rows = bindings
            .iter()
            .filter(|row| row.context == context && row.key().is_some() && row.is_offered(course))
            .peekable();
        if rows.peek().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Title(context.title()));
        lines.extend(rows.map(|row| HelpLine::Row(&row.keys, row.help)));
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
pub fn hints(context: Context, bindings: &[Binding], course: &Course) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let rows = |wanted| {
        bindings
            .iter()
            .filter(move |row| row.context == wanted && !row.hint.is_empty() && row.is_offered(course))
    };
    let panes = context.is_pane().then(|| rows(Context::Panes));
    for row in rows(context).chain(panes.into_iter().flatten()) {
        let Some(key) = row.key() else { continue };
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
         Digits before a key are a count: `5j` moves five lines.\n\n\
         Any of them can be given other keys, or none, in the configuration file, which\n\
         [CONFIG.md](CONFIG.md) explains: under the name of its table, by the name in its last column.\n",
    );
    for context in Context::ALL {
        text.push_str("\n## ");
        text.push_str(context.title());
        write!(text, "\n\nIn the configuration file: `[keys.{}]`\n", context.name()).ok();
        text.push_str("\n| keys | what they do | name |\n|---|---|---|\n");
        text.extend(BINDINGS.iter().filter(|row| row.context == context).map(|row| {
            let keys: Vec<String> = row.keys.split(' ').map(|key| format!("`{key}`")).collect();
            format!("| {} | {} | `{}` |\n", keys.join(" "), row.help, row.name())
        }));
    }
    text
}
