//! The palette: every action by what it does, every lesson by its title, its id or its file, and
//! a line by its number, found by a few letters.
//!
//! Made from the bindings and the course, so that nothing can be missing from it. Owns which entry
//! comes first, and the commands of other programs that hands know.

use crate::course::lesson::LessonSource;
use crate::course::model::PartKind;
use crate::course::{Course, Lesson};
use crate::reader::keys::binding::{Binding, BindingRow, row};
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, TextCursor};
use crate::reader::overlay::shared::{TypingAction, typed};
use crate::reader::pointer::Target;
use crate::reader::scroll::reach;
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::typed_history::{Recall, TypedHistory};
use crate::reader::view::View;
use crate::text::columns;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;

/// The palette's context.
pub const CONTEXT: Context = Context::overlay("palette", "In the palette").with_unbound(Unbound::Text);

/// The rows of the palette.
pub const ROWS: &[BindingRow<PaletteAction>] = &[
    row("Enter", "choose", PaletteAction::Choose, "do it", "do it"),
    row("Down Ctrl-n", "down", moves(Motion::Down), "the next action", "choose"),
    row(
        "Up Ctrl-p",
        "up",
        moves(Motion::Up),
        "the one before; above the first, what was typed before",
        "choose",
    ),
    row("PgDn", "page-down", moves(Motion::PageDown), "page down", ""),
    row("PgUp", "page-up", moves(Motion::PageUp), "page up", ""),
    row("Esc", "cancel", PaletteAction::Close, "close the palette", "close"),
];

const fn moves(motion: Motion) -> PaletteAction {
    PaletteAction::Typing(TypingAction::Move(motion))
}

/// The most lessons whose titles a key waits for. In a course of more, lessons are found by their ids
/// and the names of their files, and by titles as these are read while the palette is open.
const MOST_TITLES: usize = 1000;

/// The commands of `vim` and `less` that hands know, and the names of the actions that they mean
/// in every pane.
const COMMANDS: [(&str, &str); 13] = [
    ("q", "quit"),
    ("q!", "quit"),
    ("qa", "quit"),
    ("qa!", "quit"),
    ("quit", "quit"),
    ("exit", "quit"),
    ("x", "quit"),
    ("wq", "quit"),
    ("wq!", "quit"),
    ("w", "save"),
    ("write", "save"),
    ("h", "help"),
    ("help", "help"),
];

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// What was typed.
    text: TextField,
    /// The context of the pane that had the focus: its own actions come along.
    pane: Context,
    /// The selected one of the entries that fit.
    selected: usize,
    /// What was typed here before.
    recall: Recall,
}

/// What is done in the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaletteAction {
    /// What is done where text is typed.
    Typing(TypingAction),
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
    /// A lesson, by its index, and the name by which it was found, if that is not its title.
    Lesson(usize, Option<&'a str>),
    /// The line of this number in the open lesson.
    Line(usize),
}

/// How well an entry fits what was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is the command that was typed.
    Command,
    /// Every word that was typed begins a word of it.
    Words,
    /// Every word that was typed stands in it.
    Parts,
    /// The letters that were typed stand in it, in this order.
    Letters,
}

impl Palette {
    /// With nothing typed yet.
    pub fn open(view: &View) -> Self {
        let text = TextField::new("", FieldKind::Line);
        Self { text, pane: view.pane, selected: 0, recall: Recall::default() }
    }

    /// Lets what was typed here before be brought back.
    pub fn remember(&mut self, history: TypedHistory) {
        self.recall = Recall::new(history);
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        self.text.text()
    }

    /// Applies an action.
    pub fn update(&mut self, action: PaletteAction, view: &View) -> Outcome {
        match action {
            PaletteAction::Typing(TypingAction::Edit(edit)) => self.change(|text| text.apply(edit)),
            PaletteAction::Typing(TypingAction::Paste(pasted)) => self.change(|text| {
                text.insert(&pasted);
            }),
            PaletteAction::Typing(TypingAction::Move(Motion::Up)) if self.selected == 0 => {
                self.recall_older();
            }
            PaletteAction::Typing(TypingAction::Move(motion)) => {
                let entries = self.entries(view).len();
                self.selected = motion.target(self.selected, entries, view.count, view.list_height());
            }
            PaletteAction::Typing(TypingAction::Select(entry)) => self.selected = entry,
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
            Some(PaletteEntry::Lesson(lesson, _)) => Outcome::Go(Jump::Lesson(*lesson)),
            Some(PaletteEntry::Line(number)) => go_to_line(*number, view),
            None => Outcome::Say("Nothing fits what you typed. Try fewer letters.".into()),
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut TextField)) {
        if typed(&mut self.text, change) {
            self.selected = 0;
            self.recall.begin_anew();
        }
    }

    /// Above the first entry lies what was typed here before.
    fn recall_older(&mut self) {
        if let Some(text) = self.recall.older(self.text.text()) {
            self.text = TextField::new(&text, FieldKind::Line);
        }
    }

    /// The entries that fit what was typed, the best first. Lessons come once something is typed,
    /// and until then the actions of the pane, those that the footer names before the others.
    fn entries<'a>(&self, view: &View<'a>) -> Vec<PaletteEntry<'a>> {
        let (bindings, course) = (view.world.keymap.rows(), view.world.course);
        let applies = |context| [self.pane, Context::PANES, Context::ALWAYS].contains(&context);
        let mut actions: Vec<&Binding> =
            bindings.iter().filter(|row| applies(row.context) && row.is_offered(course)).collect();
        // What has a key in the panes and another that works while something is typed stands here once.
        let in_panes: Vec<&str> =
            actions.iter().filter(|row| row.context == Context::PANES).map(|row| row.help).collect();
        actions.retain(|row| row.context != Context::ALWAYS || !in_panes.contains(&row.help));
        let typed = self.text.text().trim();
        if typed.is_empty() {
            actions.sort_by_key(|row| (row.context != self.pane, row.hint.is_empty()));
            return actions.into_iter().map(PaletteEntry::Action).collect();
        }
        let mut search = NameSearch::new(typed);
        let mut scored: Vec<(Fit, Reverse<u32>, PaletteEntry)> = Vec::new();
        for row in actions {
            let help = row.help_in(course);
            let names = [&*help, row.name];
            if let Some((fit, score)) = names.iter().filter_map(|name| search.fit(name)).min() {
                let fit = if is_command(typed, row) { Fit::Command } else { fit };
                scored.push((fit, score, PaletteEntry::Action(row)));
            } else if is_command(typed, row) {
                scored.push((Fit::Command, Reverse(0), PaletteEntry::Action(row)));
            }
        }
        for lesson in 0..course.lessons.len() {
            let title = search.fit(lesson_name(course, lesson)).map(|fit| (fit, None));
            let names = course.lessons.get(lesson).into_iter().flat_map(other_names);
            let found = names.filter_map(|name| Some((search.fit(name)?, Some(name))));
            // The title is asked last, so that of several names that fit equally well it counts.
            if let Some(((fit, score), name)) =
                found.chain(title).min_by_key(|(fit, name)| (*fit, name.is_some()))
            {
                scored.push((fit, score, PaletteEntry::Lesson(lesson, name)));
            }
        }
        // Entries that fit equally well stay in the order of the bindings, and of the course.
        scored.sort_by_key(|(fit, score, _)| (*fit, *score));
        // What begins with a zero is a name, and no number of a line.
        let number = (!typed.starts_with('0')).then(|| typed.parse().ok()).flatten();
        let line = number.map(PaletteEntry::Line);
        line.into_iter().chain(scored.into_iter().map(|(.., entry)| entry)).collect()
    }
}

/// What was typed, ready to be looked for in many names.
struct NameSearch {
    pattern: Pattern,
    words: Vec<String>,
    matcher: Matcher,
    letters: Vec<char>,
}

impl NameSearch {
    fn new(typed: &str) -> Self {
        Self {
            pattern: Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart),
            words: typed.split_whitespace().map(str::to_lowercase).collect(),
            matcher: Matcher::new(Config::DEFAULT),
            letters: Vec::new(),
        }
    }

    /// How well a name fits, and of those that fit in the same way the best first.
    fn fit(&mut self, name: &str) -> Option<(Fit, Reverse<u32>)> {
        let score = self.pattern.score(Utf32Str::new(name, &mut self.letters), &mut self.matcher)?;
        let name = name.to_lowercase();
        let begins = |word: &String| {
            name.match_indices(word.as_str()).any(|(at, _)| {
                let before = name.get(..at).and_then(|before| before.chars().next_back());
                before.is_none_or(|before| !before.is_alphanumeric())
            })
        };
        let fit = if self.words.iter().all(begins) {
            Fit::Words
        } else if self.words.iter().all(|word| name.contains(word.as_str())) {
            Fit::Parts
        } else {
            Fit::Letters
        };
        Some((fit, Reverse(score)))
    }
}

/// Returns whether a command was typed that other programs have for this.
fn is_command(typed: &str, row: &Binding) -> bool {
    row.context == Context::PANES && COMMANDS.contains(&(typed, row.name))
}

/// What goes to a line of the open lesson, counted as it is laid out, as `G` does.
fn go_to_line(number: usize, view: &View) -> Outcome {
    match view.world.paged_text(view.lesson) {
        Some(paged) => {
            Outcome::Go(Jump::Top { lesson: view.lesson, top: paged.line(number, view.text_height()) })
        }
        None => Outcome::Close,
    }
}

/// An entry with its key at the right edge, which stays in sight whatever has to be left out
/// of the name.
fn entry_text(entry: PaletteEntry, selected: bool, course: &Course, width: usize) -> String {
    let cursor = if selected { "> " } else { "  " };
    let (name, key) = match entry {
        PaletteEntry::Action(binding) => {
            (binding.help_in(course).into_owned(), binding.key().unwrap_or_default())
        }
        PaletteEntry::Lesson(lesson, name) => {
            (lesson_name(course, lesson).into(), name.or_else(|| path_in(course, lesson)).unwrap_or("lesson"))
        }
        PaletteEntry::Line(number) => (format!("go to line {number} of this lesson"), "line"),
    };
    let key = columns::shortened(key, width / 2);
    let name = columns::shortened(&name, width.saturating_sub(columns::width(&key) + 3));
    let gap = width.saturating_sub(columns::width(&name) + columns::width(&key) + 2);
    format!("{cursor}{name}{}{key}", " ".repeat(gap.max(1)))
}

/// What a lesson is called here. Of many, the titles come as they are read.
fn lesson_name(course: &Course, lesson: usize) -> &str {
    let has_few = course.lessons.len() <= MOST_TITLES;
    course
        .lessons
        .get(lesson)
        .map_or("", |lesson| if has_few { lesson.title() } else { lesson.known_title() })
}

/// The path of a lesson in a tree of folders, which tells it apart from others of its name.
fn path_in(course: &Course, lesson: usize) -> Option<&str> {
    let lesson = course.lessons.get(lesson)?;
    let is_in_folder = matches!(course.parts.get(lesson.part)?.kind, PartKind::Folder { .. });
    lesson.file().filter(|_| is_in_folder)
}

/// The other names by which a lesson is found: its id, and that of its file.
fn other_names(lesson: &Lesson) -> impl Iterator<Item = &str> {
    let file = match &lesson.source {
        LessonSource::File { name, .. } => Some(name.as_str()),
        LessonSource::BuiltIn(_) | LessonSource::Text(..) => None,
    };
    std::iter::once(lesson.id.as_str()).chain(file)
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

    fn paste(text: &str) -> PaletteAction {
        PaletteAction::Typing(TypingAction::Paste(text.into()))
    }

    /// The names of what is found, the best first.
    fn found(text: &str) -> Vec<String> {
        let fixture = Fixture::new();
        let mut palette = Palette::open(&fixture.view());
        palette.update(paste(text), &fixture.view());
        let name = |entry: &PaletteEntry| match entry {
            PaletteEntry::Action(binding) => binding.name.to_owned(),
            PaletteEntry::Lesson(lesson, _) => fixture.course.lessons[*lesson].id.to_string(),
            PaletteEntry::Line(number) => number.to_string(),
        };
        palette.entries(&fixture.view()).iter().map(name).collect()
    }

    #[test]
    fn a_few_letters_find_an_action_by_what_it_does() {
        let fixture = Fixture::new();
        let mut palette = Palette::open(&fixture.view());
        palette.update(paste("draw the screen"), &fixture.view());
        let outcome = palette.update(PaletteAction::Choose, &fixture.view());
        assert_eq!(outcome, Outcome::Perform(Context::ALWAYS, "redraw"));
    }

    #[test]
    fn what_fits_nothing_does_nothing_and_says_so() {
        let fixture = Fixture::new();
        let mut palette = Palette::open(&fixture.view());
        palette.update(paste("zzzzqqqq"), &fixture.view());
        let chosen = palette.update(PaletteAction::Choose, &fixture.view());
        assert!(matches!(chosen, Outcome::Say(_)), "{chosen:?}");
    }

    #[test]
    fn the_commands_of_other_programs_come_first() {
        for (typed, action) in
            [("q", "quit"), ("wq", "quit"), ("q!", "quit"), ("w", "save"), ("help", "help")]
        {
            assert_eq!(found(typed)[0], action, "{typed}");
        }
        assert_eq!(found("12")[0], "12");
    }

    #[test]
    fn words_come_before_parts_of_words_and_these_before_letters() {
        // "link" is a word of two actions; its letters are in many others.
        let names = found("link");
        assert!(names[0].ends_with("-link") && names[1].ends_with("-link"), "{names:?}");
        let help = |text: &str| found(text)[0].clone();
        assert_eq!(help("shelf"), "shelf");
        assert_eq!(help("review"), "review");
    }

    #[test]
    fn a_lesson_is_found_by_its_id() {
        assert_eq!(found("is-this-for-you")[0], "is-this-for-you-now");
    }
}
