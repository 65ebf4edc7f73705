//! What the palette's entries are called, and how well what was typed fits a name.
//!
//! Owns the commands of other programs that hands know. Must not know which entries there are.

use crate::course::lesson::LessonSource;
use crate::course::model::PartKind;
use crate::course::{Course, Lesson};
use crate::reader::keys::binding::Binding;
use crate::reader::keys::context::Context;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;

/// The most lessons whose titles a key waits for. In a course of more, lessons are found by their ids
/// and the names of their files, and by titles as these are read while the palette is open.
const MOST_TITLES: usize = 1000;

/// The commands of `vim` and `less` that hands know, and the names of the actions that they mean
/// in every pane.
const COMMANDS: [(&str, &str); 19] = [
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
    ("e", "shelf"),
    ("edit", "shelf"),
    ("ls", "shelf"),
    ("marks", "go-to-named-place"),
    ("noh", "cancel"),
    ("nohlsearch", "cancel"),
];

/// The actions that letters scattered over their words never find: whoever meant something else would
/// not want them.
const NEVER_BY_LETTERS: [&str; 2] = ["quit", "erase"];

/// The fewest letters that choose an action when they begin none of its words, and that are looked for
/// scattered over them.
const FEWEST_LETTERS: usize = 3;

/// How well an entry fits what was typed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is the command or the place that was typed.
    Command,
    /// What was typed begins its name.
    Name,
    /// Every word that was typed begins a word of it.
    Words,
    /// Every word that was typed stands in it.
    Parts,
    /// The same, but one that begins none of its words has too few letters to say what was meant.
    Pieces,
    /// The letters that were typed stand in it, in this order.
    Letters,
}

/// What was typed, ready to be looked for in many names.
pub(super) struct NameSearch {
    typed: String,
    /// Whether scattered letters are looked for: not where few were typed, nor where a sign shows that
    /// a command of another program was.
    scatters: bool,
    pattern: Pattern,
    words: Vec<String>,
    matcher: Matcher,
    letters: Vec<char>,
}

impl NameSearch {
    /// Makes what was typed ready.
    pub(super) fn new(typed: &str) -> Self {
        let is_word =
            |character: char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '/' | '.');
        Self {
            typed: typed.to_lowercase(),
            scatters: typed.chars().count() >= FEWEST_LETTERS && typed.chars().all(is_word),
            // No sign has a meaning of its own, such as "not".
            pattern: Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy),
            words: typed.split_whitespace().map(str::to_lowercase).collect(),
            matcher: Matcher::new(Config::DEFAULT),
            letters: Vec::new(),
        }
    }

    /// How well an action fits, by its help and its name.
    pub(super) fn fit_of_action(&mut self, row: &Binding, course: &Course) -> Option<(Fit, Reverse<u32>)> {
        if is_command(&self.typed, row) {
            return Some((Fit::Command, Reverse(0)));
        }
        let help = row.help_in(course);
        let (fit, score) = [&*help, row.name].iter().filter_map(|name| self.fit(name)).min()?;
        let joined = self.typed.replace([' ', '-'], "");
        let fit = if row.name.replace('-', "").starts_with(&joined) { Fit::Name } else { fit };
        let is_found = fit != Fit::Letters || (self.scatters && !NEVER_BY_LETTERS.contains(&row.name));
        is_found.then_some((fit, score))
    }

    /// How well a name fits, and of those that fit in the same way the best first.
    pub(super) fn fit(&mut self, name: &str) -> Option<(Fit, Reverse<u32>)> {
        let score = self.pattern.score(Utf32Str::new(name, &mut self.letters), &mut self.matcher)?;
        let name = name.to_lowercase();
        let begins = |word: &String| {
            name.match_indices(word.as_str()).any(|(at, _)| {
                let before = name.get(..at).and_then(|before| before.chars().next_back());
                before.is_none_or(|before| !before.is_alphanumeric())
            })
        };
        let stands = |word: &String| name.contains(word.as_str());
        let is_meant = |word: &String| begins(word) || word.chars().count() >= FEWEST_LETTERS;
        let fit = if self.words.iter().all(begins) {
            Fit::Words
        } else if !self.words.iter().all(stands) {
            Fit::Letters
        } else if self.words.iter().all(is_meant) {
            Fit::Parts
        } else {
            Fit::Pieces
        };
        Some((fit, Reverse(score)))
    }
}

/// Returns whether a command was typed that other programs have for this.
fn is_command(typed: &str, row: &Binding) -> bool {
    row.context == Context::PANES && COMMANDS.contains(&(typed, row.name))
}

/// What a lesson is called here. Of many, the titles come as they are read.
pub(super) fn lesson_name(course: &Course, lesson: usize) -> &str {
    let has_few = course.lessons.len() <= MOST_TITLES;
    course
        .lessons
        .get(lesson)
        .map_or("", |lesson| if has_few { lesson.title() } else { lesson.known_title() })
}

/// The path of a lesson in a tree of folders, which tells it apart from others of its name.
pub(super) fn path_in(course: &Course, lesson: usize) -> Option<&str> {
    let lesson = course.lessons.get(lesson)?;
    let is_in_folder = matches!(course.parts.get(lesson.part)?.kind, PartKind::Folder { .. });
    lesson.file().filter(|_| is_in_folder)
}

/// The other names by which a lesson is found: its id, and that of its file.
pub(super) fn other_names(lesson: &Lesson) -> impl Iterator<Item = &str> {
    let file = match &lesson.source {
        LessonSource::File { name, .. } => Some(name.as_str()),
        LessonSource::BuiltIn(_) | LessonSource::Text(..) => None,
    };
    std::iter::once(lesson.id.as_str()).chain(file)
}
