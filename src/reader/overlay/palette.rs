//! The palette: every action by what it does, every lesson by its title, its id or its file, and
//! a line by its number, found by a few letters.
//!
//! Made from the bindings and the course, so that nothing can be missing from it. Owns which entry
//! comes first.

mod names;

use crate::course::Course;
use crate::reader::keys::binding::{Binding, BindingRow, row};
use crate::reader::keys::context::{Context, Unbound};
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, TextCursor};
use crate::reader::overlay::palette::names::{Fit, NameSearch, lesson_name, other_names, path_in};
use crate::reader::overlay::shared::{TypingAction, typed};
use crate::reader::pointer::Target;
use crate::reader::scroll::reach;
use crate::reader::text_field::{FieldKind, TextField};
use crate::reader::typed_history::{Recall, TypedHistory};
use crate::reader::view::View;
use crate::reader::world::READING_NAMES;
use crate::text::columns;
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

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// What was typed.
    text: TextField,
    /// The context of the pane that had the focus: its own actions come along.
    pane: Context,
    /// The entry that the reader selected, of those that fit; none before she did.
    selected: Option<usize>,
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
    /// A place in the open lesson.
    Place(TextPlace),
}

/// A place in the open lesson, as other programs name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TextPlace {
    /// The line of this number.
    Line(usize),
    /// What so many per cent of the text stand above: `50%`.
    Share(usize),
    /// The last line: `$`.
    End,
}

impl TextPlace {
    /// The place that was typed. What begins with a zero is a name, and no number of a line.
    fn parse(typed: &str) -> Option<Self> {
        if typed == "$" {
            return Some(Self::End);
        }
        match typed.strip_suffix('%') {
            Some(number) => number.parse().ok().map(Self::Share),
            None => (!typed.starts_with('0')).then(|| typed.parse().ok()).flatten().map(Self::Line),
        }
    }
}

impl Palette {
    /// With nothing typed yet.
    pub fn open(view: &View) -> Self {
        let text = TextField::new("", FieldKind::Line);
        Self { text, pane: view.pane, selected: None, recall: Recall::default() }
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
            PaletteAction::Typing(TypingAction::Move(motion)) => self.move_selection(motion, view),
            PaletteAction::Typing(TypingAction::Select(entry)) => self.selected = Some(entry),
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
        if view.world.course.is_beginning() && !self.text.text().trim().is_empty() {
            lines.foot.push(ListLine::new(READING_NAMES, Tone::Quiet));
        } else if entries.is_empty() {
            lines.push("No matches. Try fewer letters.", Tone::Quiet, width);
        }
        let selected_one = self.selected(&entries);
        let reach = reach(selected_one.unwrap_or(0), entries.len(), lines.height(height));
        for (index, (_, entry)) in entries.iter().enumerate().skip(reach.start).take(reach.len()) {
            let selected = Some(index) == selected_one;
            let text = entry_text(*entry, selected, view.world.course, usize::from(width));
            lines.lines.push(ListLine::new(text, Tone::Text).in_entry(Target::Choice(index), selected));
        }
        lines
    }

    /// The selected entry: until she selects one the first, unless only letters within the words of an
    /// action fit. Those are seldom what was meant.
    fn selected(&self, entries: &[(Fit, PaletteEntry)]) -> Option<usize> {
        let first = entries.first().filter(|(fit, entry)| {
            *fit < Fit::Pieces || matches!(entry, PaletteEntry::Lesson(..) | PaletteEntry::Place(_))
        });
        self.selected.or(first.map(|_| 0))
    }

    fn move_selection(&mut self, motion: Motion, view: &View) {
        let entries = self.entries(view);
        let selected = self.selected(&entries);
        self.selected = match (motion, selected) {
            (Motion::Up, None | Some(0)) => return self.recall_older(),
            (_, None) => (!entries.is_empty()).then_some(0),
            (motion, Some(from)) => Some(motion.target(from, entries.len(), view.count, view.list_height())),
        };
    }

    fn choose(&self, view: &View) -> Outcome {
        let entries = self.entries(view);
        if self.may_be_another(&entries) && view.world.course.ask_for_rest() {
            return Outcome::Stay;
        }
        let Some(selected) = self.selected(&entries) else {
            let key = view.key(CONTEXT, "down");
            return Outcome::Say(if entries.is_empty() {
                "Nothing fits what you typed. Try fewer letters.".into()
            } else {
                format!("No word begins like this. {key} chooses one of these.")
            });
        };
        match entries.get(selected) {
            Some((_, PaletteEntry::Action(binding))) => Outcome::Perform(binding.context, binding.name),
            Some((_, PaletteEntry::Lesson(lesson, _))) => Outcome::Go(Jump::Lesson(*lesson)),
            Some((_, PaletteEntry::Place(place))) => go_to_place(*place, view),
            None => Outcome::Stay,
        }
    }

    /// Keeps the entry that the reader selected, now that more lessons are known than so many.
    pub(in crate::reader) fn keep_selected(&mut self, lessons: usize, view: &View) {
        let Some(selected) = self.selected else { return };
        let before = self.entries_among(lessons, view);
        let entry = before.get(selected).map(|(_, entry)| *entry);
        self.selected = self.entries(view).iter().position(|(_, other)| Some(*other) == entry);
    }

    /// Returns whether what is chosen may be another one when all lessons are known. What the reader selected
    /// herself is meant, and so is an action whose words begin with what was typed.
    fn may_be_another(&self, entries: &[(Fit, PaletteEntry)]) -> bool {
        let is_meant = match self.selected(entries).and_then(|selected| entries.get(selected)) {
            Some((fit, PaletteEntry::Action(_))) => *fit < Fit::Parts,
            Some((_, PaletteEntry::Place(_))) => true,
            Some((_, PaletteEntry::Lesson(..))) | None => false,
        };
        self.selected.is_none() && !self.text.text().trim().is_empty() && !is_meant
    }

    fn change(&mut self, change: impl FnOnce(&mut TextField)) {
        if typed(&mut self.text, change) {
            self.selected = None;
            self.recall.begin_anew();
        }
    }

    /// Above the first entry lies what was typed here before.
    fn recall_older(&mut self) {
        if let Some(text) = self.recall.older(self.text.text()) {
            self.text = TextField::new(&text, FieldKind::Line);
            self.selected = None;
        }
    }

    /// The entries that fit what was typed, the best first. Lessons come once something is typed,
    /// and until then the actions of the pane, those that the footer names before the others.
    fn entries<'a>(&self, view: &View<'a>) -> Vec<(Fit, PaletteEntry<'a>)> {
        self.entries_among(view.world.course.lessons.len(), view)
    }

    /// The same, with so many of the lessons.
    fn entries_among<'a>(&self, lessons: usize, view: &View<'a>) -> Vec<(Fit, PaletteEntry<'a>)> {
        let (bindings, course) = (view.world.keymap.rows(), view.world.course);
        let provided = view.world.provided();
        let applies = |context| [self.pane, Context::PANES, Context::ALWAYS].contains(&context);
        let mut actions: Vec<&Binding> =
            bindings.iter().filter(|row| applies(row.context) && row.is_offered(provided)).collect();
        // What has a key in the panes and another that works while something is typed stands here once.
        let in_panes: Vec<&str> =
            actions.iter().filter(|row| row.context == Context::PANES).map(|row| row.help).collect();
        actions.retain(|row| row.context != Context::ALWAYS || !in_panes.contains(&row.help));
        let typed = self.text.text().trim();
        if typed.is_empty() {
            actions.sort_by_key(|row| (row.context != self.pane, row.hint.is_empty()));
            return actions.into_iter().map(|row| (Fit::Words, PaletteEntry::Action(row))).collect();
        }
        let mut search = NameSearch::new(typed);
        let mut scored: Vec<(Fit, Reverse<u32>, PaletteEntry)> = Vec::new();
        for row in actions {
            if let Some((fit, score)) = search.fit_of_action(row, course) {
                scored.push((fit, score, PaletteEntry::Action(row)));
            }
        }
        for lesson in 0..lessons {
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
        let place = TextPlace::parse(typed).map(|place| (Fit::Command, PaletteEntry::Place(place)));
        place.into_iter().chain(scored.into_iter().map(|(fit, _, entry)| (fit, entry))).collect()
    }
}

/// What goes to a place of the open lesson. Lines are counted as they are laid out, as `G` does.
fn go_to_place(place: TextPlace, view: &View) -> Outcome {
    let Some(paged) = view.world.paged_text(view.lesson) else { return Outcome::Close };
    let height = view.text_height();
    let top = match place {
        TextPlace::Line(number) => paged.line(number, height),
        TextPlace::Share(per_cent) => paged.share(per_cent, height),
        TextPlace::End => paged.page.top(paged.document, paged.last_top(height)),
    };
    Outcome::Go(Jump::Top { lesson: view.lesson, top })
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
        PaletteEntry::Place(TextPlace::Line(number)) => {
            (format!("go to line {number} of this lesson"), "line")
        }
        PaletteEntry::Place(TextPlace::Share(per_cent)) => {
            (format!("go to {per_cent} per cent of this lesson"), "place")
        }
        PaletteEntry::Place(TextPlace::End) => ("go to the end of this lesson".to_owned(), "place"),
    };
    let key = columns::shortened(key, width / 2);
    let name = columns::shortened(&name, width.saturating_sub(columns::width(&key) + 3));
    let gap = width.saturating_sub(columns::width(&name) + columns::width(&key) + 2);
    format!("{cursor}{name}{}{key}", " ".repeat(gap.max(1)))
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
            PaletteEntry::Place(TextPlace::Line(number)) => number.to_string(),
            PaletteEntry::Place(place) => format!("{place:?}"),
        };
        palette.entries(&fixture.view()).iter().map(|(_, entry)| name(entry)).collect()
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
        assert_eq!(found("$")[0], "End");
        assert_eq!(found("50%")[0], "Share(50)");
        assert_eq!(found("sh")[0], "shelf");
    }

    /// What Enter does after this was typed.
    fn chosen(text: &str) -> Outcome {
        let fixture = Fixture::new();
        let mut palette = Palette::open(&fixture.view());
        palette.update(paste(text), &fixture.view());
        palette.update(PaletteAction::Choose, &fixture.view())
    }

    #[test]
    fn letters_that_are_scattered_over_words_choose_no_action() {
        assert_eq!(chosen("nextles"), Outcome::Perform(Context::READING, "next-lesson"));
        for typed in ["w foo", "reg", "unread", "!ls", "set nu", "e!", "%s/a/b/", "x y"] {
            let outcome = chosen(typed);
            assert!(matches!(outcome, Outcome::Say(_)), "{typed}: {outcome:?}");
        }
        for (typed, name) in [("w foo", "erase"), ("unread", "quit"), ("reg", "erase")] {
            assert!(!found(typed).contains(&name.to_owned()), "{typed}");
        }
        // They are found, and can be chosen.
        let fixture = Fixture::new();
        let mut palette = Palette::open(&fixture.view());
        palette.update(paste("rdraw"), &fixture.view());
        assert!(matches!(palette.update(PaletteAction::Choose, &fixture.view()), Outcome::Say(_)));
        palette.update(moves(Motion::Down), &fixture.view());
        let outcome = palette.update(PaletteAction::Choose, &fixture.view());
        assert_eq!(outcome, Outcome::Perform(Context::ALWAYS, "redraw"));
    }

    #[test]
    fn a_lesson_is_chosen_by_scattered_letters_too() {
        assert!(matches!(chosen("isthsfryu"), Outcome::Go(Jump::Lesson(_))), "{:?}", chosen("isthsfryu"));
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
