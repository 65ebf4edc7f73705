//! A binding: keys, where they apply, what they do, and the words for it. Its rows make the
//! help, the footer's hints and the keymap.

use crate::course::Course;
use crate::reader::keys::context::{Context, Needs};
use crate::reader::keys::key::Key;
use std::borrow::Cow;

/// A row as a pane or an overlay declares it, with an action of its own.
#[derive(Debug, Clone)]
pub struct BindingRow<A> {
    /// The keys, separated by spaces; the first is the one that hints show.
    pub keys: &'static str,
    /// The name of the action in the configuration file, unique within its context. One that
    /// was ever given stays as it is.
    pub name: &'static str,
    /// What the keys do.
    pub action: A,
    /// What that is, in one line.
    pub help: &'static str,
    /// The word for it in the footer; rows next to each other with the same word share
    /// one hint. Empty for those that the footer leaves out.
    pub hint: &'static str,
    /// What a course must have for the row to be offered.
    pub needs: Needs,
}

/// A row that every course has.
pub const fn row<A>(
    keys: &'static str,
    name: &'static str,
    action: A,
    help: &'static str,
    hint: &'static str,
) -> BindingRow<A> {
    BindingRow { keys, name, action, help, hint, needs: Needs::Nothing }
}

/// A row of the table, with the keys that apply now.
///
/// It says nothing of its action, so that panes and overlays can name keys without knowing
/// every action: context and name lead to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where it applies.
    pub context: Context,
    /// The name of its action, unique within the context.
    pub name: &'static str,
    /// The keys, separated by spaces. Empty when it is bound to nothing.
    pub keys: Cow<'static, str>,
    /// What they do, in one line.
    pub help: &'static str,
    /// The word for it in the footer; may be empty.
    pub hint: &'static str,
    /// What a course must have for it.
    pub needs: Needs,
}

impl Binding {
    /// The binding of a declared row in its context.
    pub fn of<A>(context: Context, row: &BindingRow<A>) -> Self {
        let needs = if row.needs == Needs::Nothing { context.needs } else { row.needs };
        Self { context, name: row.name, keys: Cow::Borrowed(row.keys), help: row.help, hint: row.hint, needs }
    }

    /// Returns whether a course has what the row is for. A row for what it has not is shown nowhere.
    pub fn is_offered(&self, course: &Course) -> bool {
        self.needs.are_met_by(course)
    }

    /// The key that is shown for it, unless it is bound to nothing.
    pub fn key(&self) -> Option<&str> {
        self.keys.split(' ').next().filter(|key| !key.is_empty())
    }

    /// All its keys.
    pub fn all_keys(&self) -> impl Iterator<Item = Key> {
        self.keys.split(' ').filter_map(Key::parse)
    }
}

/// A line of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpLine<'a> {
    /// The title of a context.
    Title(&'static str),
    /// The keys of a row and what they do.
    Keys(&'a str, &'static str),
    /// An empty line.
    Blank,
}

/// The help, made from the rows, context by context in the order in which the rows name them
/// first. A row that is bound to nothing is left out: it has no key to tell.
pub fn help_lines<'a>(contexts: &[Context], bindings: &'a [Binding], course: &Course) -> Vec<HelpLine<'a>> {
    let mut lines = Vec::new();
    for context in contexts {
        let mut rows = bindings
            .iter()
            .filter(|row| row.context == *context && row.key().is_some() && row.is_offered(course))
            .peekable();
        if rows.peek().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Title(context.title()));
        lines.extend(rows.map(|row| HelpLine::Keys(&row.keys, row.help)));
    }
    lines
}

/// A hint for the footer: keys that share a word, and the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The rows that share it, each with the key that is shown.
    pub rows: Vec<(&'a Binding, &'a str)>,
    /// The word.
    pub word: &'static str,
}

impl Hint<'_> {
    /// Returns whether it belongs to this context alone, and not to every pane.
    pub fn is_of(&self, context: Context) -> bool {
        self.rows.iter().all(|(row, _)| row.context == context)
    }
}

/// The footer's hints for a context: its own, then those of every pane.
pub fn hints<'a>(context: Context, bindings: &'a [Binding], course: &Course) -> Vec<Hint<'a>> {
    let mut hints: Vec<Hint> = Vec::new();
    let rows = |wanted| {
        bindings
            .iter()
            .filter(move |row| row.context == wanted && !row.hint.is_empty() && row.is_offered(course))
    };
    let panes = context.is_pane().then(|| rows(Context::PANES));
    for row in rows(context).chain(panes.into_iter().flatten()) {
        let Some(key) = row.key() else { continue };
        match hints.last_mut() {
            Some(hint) if hint.word == row.hint => hint.rows.push((row, key)),
            _ => hints.push(Hint { rows: vec![(row, key)], word: row.hint }),
        }
    }
    hints
}
