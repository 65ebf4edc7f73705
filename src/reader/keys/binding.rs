//! A binding: keys, where they apply, what they do, and the words for it. Its rows make the
//! help, the footer's hints and the keymap.

use crate::course::Course;
use crate::reader::keys::context::{Context, Needs, Provided};
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

/// Adds the bindings of declared rows in a context to a table, with what each does there.
pub fn bind<A: Clone, T>(
    table: &mut Vec<(Binding, T)>,
    context: Context,
    rows: &[BindingRow<A>],
    action: fn(A) -> T,
) {
    table.extend(rows.iter().map(|row| (Binding::of(context, row), action(row.action.clone()))));
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

    /// Returns whether what the row is for is there. A row for what is not is shown nowhere.
    pub fn is_offered(&self, provided: Provided) -> bool {
        self.needs.are_met_by(provided)
    }

    /// What its keys do, in one line. Of the page to read first the course may say who should read it.
    pub fn help_in(&self, course: &Course) -> Cow<'static, str> {
        match &course.stop_first_when {
            Some(when) if self.name == READ_FIRST => Cow::Owned(format!("{}, {when}", self.help)),
            _ => Cow::Borrowed(self.help),
        }
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

/// The names of the actions that help and footer tell first, because somebody may need them in a
/// hurry.
pub(super) const FIRST: [&str; 3] = ["first-aid", "hide", READ_FIRST];

/// The name of the action that leads to the page to read first.
pub(super) const READ_FIRST: &str = "read-first";

/// A part of the help: the rows of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpSection<'a> {
    /// Where they apply.
    pub title: String,
    /// The rows.
    pub rows: Vec<&'a Binding>,
}

/// The help for whoever is in the context `present`: what may be needed in a hurry, that place,
/// then the others in their order. A row that is bound to nothing is left out: it has no key to
/// tell.
pub fn help_sections<'a>(
    contexts: &[Context],
    bindings: &'a [Binding],
    provided: Provided,
    present: Context,
) -> Vec<HelpSection<'a>> {
    let is_first = |row: &Binding| row.context == Context::ALWAYS && FIRST.contains(&row.name);
    // Whoever hides everything must know how it is shown again.
    let shows_again = |row: &Binding| row.context == Context::HIDDEN;
    let rows = |is_wanted: &dyn Fn(&Binding) -> bool| -> Vec<&'a Binding> {
        let is_told = |row: &&Binding| row.key().is_some() && row.is_offered(provided);
        bindings.iter().filter(is_told).filter(|row| is_wanted(row)).collect()
    };
    let mut order: Vec<Context> = [Some(present), present.shared()].into_iter().flatten().collect();
    let others: Vec<Context> = contexts.iter().copied().filter(|other| !order.contains(other)).collect();
    order.extend(others);
    let first = [rows(&is_first), rows(&shows_again)].concat();
    let first = HelpSection { title: "At any moment".into(), rows: first };
    let others = order.into_iter().map(|context| HelpSection {
        title: match context {
            here if here == present => format!("{} (where you are)", here.title()),
            other => other.title().to_owned(),
        },
        rows: rows(&|row| row.context == context && !is_first(row) && !shows_again(row)),
    });
    std::iter::once(first).chain(others).filter(|section| !section.rows.is_empty()).collect()
}
