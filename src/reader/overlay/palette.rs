//! The palette: every action by what it does, and every lesson by its title, found by a few
//! letters.
//!
//! Made from the bindings and the course, so that nothing can be missing from it.

use crate::course::Course;
use crate::reader::input::OverlayInput;
use crate::reader::keys::binding::{Binding, BindingRow, row};
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, TextCursor};
use crate::reader::pointer::Target;
use crate::reader::scroll::reach;
use crate::reader::text_field::{Edit, FieldKind, TextField};
use crate::reader::view::View;
use crate::text::columns;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The palette's context.
pub const CONTEXT: Context = Context::overlay("palette", "In the palette").with_unbound(Unbound::Text);

/// The rows of the palette.
pub const ROWS: &[BindingRow<PaletteAction>] = &[
    row("Enter", "choose", PaletteAction::Choose, "do it", "do it"),
    row("Down Ctrl-n", "down", PaletteAction::Move(Motion::Down), "the next action", "choose"),
    row("Up Ctrl-p", "up", PaletteAction::Move(Motion::Up), "the action before", "choose"),
    row("PgDn", "page-down", PaletteAction::Move(Motion::PageDown), "page down", ""),
    row("PgUp", "page-up", PaletteAction::Move(Motion::PageUp), "page up", ""),
    row("Esc", "cancel", PaletteAction::Close, "close the palette", "close"),
];

/// The most lessons that are found by their titles. In a course of more, they are found by the
/// names of their files if their titles stand in them, so that no key waits until all are read.
const MOST_TITLES: usize = 1000;

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// What was typed.
    text: TextField,
    /// The context of the pane that had the focus: its own actions come along.
    pane: Context,
    /// The selected one of the entries that fit.
    selected: usize,
}

/// What only the palette does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaletteAction {
    /// Moves the selection.
    Move(Motion),
    /// Selects the entry with this index.
    Select(usize),
    /// Changes what is typed.
    Edit(Edit),
    /// Takes in pasted text.
    Paste(String),
    /// Does what is selected.
    Choose,
    /// Closes the palette.
    Close,
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
enum PaletteEntry<'a> {
    /// An action.
    Action(&'a Binding),
    /// A lesson, by its index.
    Lesson(usize),
}

impl Palette {
    /// With nothing typed yet.
    pub fn open(view: &View) -> Self {
        Self { text: TextField::new("", FieldKind::Line), pane: view.pane, selected: 0 }
    }

    /// What input that is bound to nothing does.
    pub fn action(input: &OverlayInput) -> Option<PaletteAction> {
        match input {
            OverlayInput::Edit(edit) => Some(PaletteAction::Edit(*edit)),
            OverlayInput::Paste(text) => Some(PaletteAction::Paste(text.clone())),
            OverlayInput::Click(entry) => Some(PaletteAction::Select(*entry)),
            OverlayInput::Wheel(motion) => Some(PaletteAction::Move(*motion)),
            OverlayInput::Letter(_) | OverlayInput::Digit(_) => None,
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: PaletteAction, view: &View) -> Outcome {
        match action {
            PaletteAction::Move(motion) => {
                let entries = self.entries(view).len();
                self.selected = motion.target(self.selected, entries, view.count, view.list_height());
            }
            PaletteAction::Select(entry) => self.selected = entry,
            PaletteAction::Edit(edit) => {
                self.text.apply(edit);
                self.selected = 0;
            }
            PaletteAction::Paste(text) => {
                self.text.insert(&text);
                self.selected = 0;
            }
            PaletteAction::Choose => return self.choose(view),
            PaletteAction::Close => return Outcome::Close,
        }
        Outcome::Stay
    }

    /// Its lines, at most `width` columns wide: what is typed, and of what fits that the entries
    /// that can be in sight in `height` rows.
    pub fn lines(&self, view: &View, width: u16, height: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.head.push(ListLine::new(format!(": {}", self.text.text()), Tone::Strong));
        let column = columns::width(self.text.before_cursor()) + 2;
        lines.cursor = Some(TextCursor { line: 0, column });
        lines.head.push(ListLine::default());
        lines.foot.push(ListLine::default());
        let entries = self.entries(view);
        if entries.is_empty() {
            lines.push("No matches. Try fewer letters.", Tone::Quiet, width);
        }
        let reach = reach(self.selected, entries.len(), lines.height(height));
        for (index, entry) in entries.iter().enumerate().skip(reach.start).take(reach.len()) {
            let selected = index == self.selected;
            let text = entry_text(*entry, selected, view.world.course, usize::from(width));
            lines.lines.push(ListLine::new(text, Tone::Text).in_entry(Target::Choice(index), selected));
        }
        lines
    }

    fn choose(&self, view: &View) -> Outcome {
        match self.entries(view).get(self.selected) {
            Some(PaletteEntry::Action(binding)) => Outcome::Perform(binding.context, binding.name),
            Some(PaletteEntry::Lesson(lesson)) => Outcome::Go(Jump::Lesson(*lesson)),
            None => Outcome::Close,
        }
    }

    /// The entries that fit what was typed, the best first. Lessons come once something is
    /// typed.
    fn entries<'a>(&self, view: &View<'a>) -> Vec<PaletteEntry<'a>> {
        let (bindings, course) = (view.world.keymap.rows(), view.world.course);
        let applies = |context| [self.pane, Context::PANES, Context::ALWAYS].contains(&context);
        let actions = bindings.iter().filter(|row| applies(row.context) && row.is_offered(course));
        let actions = actions.map(|row| (row.help, PaletteEntry::Action(row)));
        let lessons = if self.text.text().is_empty() { 0 } else { course.lessons.len() };
        let lessons = (0..lessons).map(|lesson| (lesson_name(course, lesson), PaletteEntry::Lesson(lesson)));
        let pattern = Pattern::parse(self.text.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut scored: Vec<(u32, PaletteEntry)> = actions
            .chain(lessons)
            .filter_map(|(text, entry)| {
                Some((pattern.score(Utf32Str::new(text, &mut letters), &mut matcher)?, entry))
            })
            .collect();
        // Entries that fit equally well stay in the order of the bindings, and of the course.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, entry)| entry).collect()
    }
}

/// An entry with its key at the right edge, which stays in sight whatever has to be left out
/// of the name.
fn entry_text(entry: PaletteEntry, selected: bool, course: &Course, width: usize) -> String {
    let cursor = if selected { "> " } else { "  " };
    let (name, key) = match entry {
        PaletteEntry::Action(binding) => (binding.help, binding.key().unwrap_or_default()),
        PaletteEntry::Lesson(lesson) => (lesson_name(course, lesson), "lesson"),
    };
    let name = columns::shortened(name, width.saturating_sub(columns::width(key) + 3));
    let gap = width.saturating_sub(columns::width(&name) + columns::width(key) + 2);
    format!("{cursor}{name}{}{key}", " ".repeat(gap.max(1)))
}

/// What a lesson is called here. It stays the same while the palette is open.
fn lesson_name(course: &Course, lesson: usize) -> &str {
    let has_titles = course.lessons.len() <= MOST_TITLES;
    course.lessons.get(lesson).map_or("", |lesson| if has_titles { lesson.title() } else { lesson.name() })
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

    #[test]
    fn a_few_letters_find_an_action_by_what_it_does() {
        let fixture = Fixture::new();
        let mut palette = Palette::open(&fixture.view());
        palette.update(PaletteAction::Paste("draw the screen".into()), &fixture.view());
        let outcome = palette.update(PaletteAction::Choose, &fixture.view());
        assert_eq!(outcome, Outcome::Perform(Context::ALWAYS, "redraw"));
    }

    #[test]
    fn what_fits_nothing_closes_without_doing_anything() {
        let fixture = Fixture::new();
        let mut palette = Palette::open(&fixture.view());
        palette.update(PaletteAction::Paste("zzzzqqqq".into()), &fixture.view());
        assert_eq!(palette.update(PaletteAction::Choose, &fixture.view()), Outcome::Close);
    }
}
