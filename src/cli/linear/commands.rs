//! The commands of the conversation: their names, what may follow each, and their help.
//!
//! Owns the one table of them. What a command does is in `conversation.rs` and the files that it
//! names; which key of the screen is which command, `keys.rs` says. Must not do anything.

use crate::cli::arguments::DayArgument;
use crate::cli::words::sentence;
use crate::course::Course;
use std::borrow::Cow;

/// A command.
#[derive(Debug)]
pub(super) struct LineCommand {
    /// The name that it is called by where it is spoken of.
    pub(super) name: &'static str,
    /// Its other names.
    others: &'static [&'static str],
    takes: Takes,
    topic: Topic,
    needs: Has,
    /// Sentences that say what it does.
    help: &'static str,
}

/// The words that may follow a command.
#[derive(Debug, Clone, Copy)]
enum Takes {
    Nothing,
    /// A number, and perhaps more behind it.
    Number,
    Day,
    /// Words of the reader's own.
    Text,
    /// One of these.
    OneOf(&'static [&'static str]),
}

/// A part that a course must have for a command to be of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Has {
    Anything,
    PageToReadFirst,
    FirstAid,
    Plan,
}

/// The parts of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Safety,
    Reading,
    Day,
    List,
    Writing,
    Back,
    Talking,
}

impl Topic {
    const ALL: [Self; 7] =
        [Self::Safety, Self::Reading, Self::Day, Self::List, Self::Writing, Self::Back, Self::Talking];

    /// The word that asks for it behind `help`.
    fn name(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Reading => "reading",
            Self::Day => "marks",
            Self::List => "lists",
            Self::Writing => "writing",
            Self::Back => "looking back",
            Self::Talking => "talking",
        }
    }
}

const fn command(
    name: &'static str,
    others: &'static [&'static str],
    takes: Takes,
    topic: Topic,
    help: &'static str,
) -> LineCommand {
    LineCommand { name, others, takes, topic, needs: Has::Anything, help }
}

/// The table.
const COMMANDS: &[LineCommand] = &[
    LineCommand {
        needs: Has::FirstAid,
        ..command("aid", &["A"], Takes::Nothing, Topic::Safety, "aid, or A: what to do in a hard minute.")
    },
    LineCommand {
        needs: Has::PageToReadFirst,
        ..command("first", &["s", "S"], Takes::Nothing, Topic::Safety, "first, or s: the page to read first")
    },
    command(
        "hide",
        &[],
        Takes::Nothing,
        Topic::Safety,
        "hide: what was said moves out of sight, and nothing more is said until show. Whoever scrolls back \
         in the terminal may still find it.",
    ),
    command("show", &[], Takes::Nothing, Topic::Safety, "show: go on where hide was said."),
    command("next", &["n", ""], Takes::Nothing, Topic::Reading, "next, or just Enter: go on reading."),
    command("list", &["l"], Takes::Nothing, Topic::Reading, "list: the lessons, numbered."),
    command(
        "read",
        &["r"],
        Takes::Number,
        Topic::Reading,
        "read 3: the third lesson, where you left it; its number alone does too.",
    ),
    command(
        "again",
        &[],
        Takes::Number,
        Topic::Reading,
        "again 3: the third lesson from its beginning; again: this one.",
    ),
    command("part", &[], Takes::Number, Topic::Reading, "part 2: the second part of this lesson."),
    command("]", &[], Takes::Nothing, Topic::Reading, "]: the lesson after this one."),
    command("[", &[], Takes::Nothing, Topic::Reading, "[: the lesson before."),
    command("links", &[], Takes::Nothing, Topic::Reading, "links: the links of what was just read."),
    command("link", &[], Takes::Number, Topic::Reading, "link 2: follow the second of them."),
    command(
        "exercise",
        &["ex", "exercises"],
        Takes::Number,
        Topic::Reading,
        "exercise 2: the second exercise of the lesson. Behind its number you can answer at once, with words \
         that are saved or with the number of an answer.",
    ),
    command(
        "ask",
        &[],
        Takes::OneOf(&["on", "off"]),
        Topic::Reading,
        "ask: a question from a lesson that you read, if one is due. ask off, ask on: none, or again.",
    ),
    command("search", &["/"], Takes::Text, Topic::Reading, "search, and words: what has them."),
    command("go", &["g"], Takes::Number, Topic::Reading, "go 1: read the first that was found."),
    command(
        "today",
        &["t", "."],
        Takes::Nothing,
        Topic::Day,
        "today: what today has: your list with its plans, the three lines, the lesson to read.",
    ),
    command(
        "items",
        &["i"],
        Takes::OneOf(&["all"]),
        Topic::Day,
        "items: your list with the marks of the day; all items while it is empty. items all: all of them.",
    ),
    command(
        "mark",
        &["m"],
        Takes::Number,
        Topic::Day,
        "mark 2 kept, mark 2 slipped, mark 2 did not arise: say how the second item went. mark 2 clear: take \
         the mark back. mark 2 kept yesterday: the same for another day.",
    ),
    command("x", &["X"], Takes::Number, Topic::Day, "x 2: short for mark 2 kept."),
    command("!", &[], Takes::Number, Topic::Day, "! 2: short for mark 2 slipped."),
    command("-", &[], Takes::Number, Topic::Day, "- 2: short for mark 2 did not arise."),
    command(
        "day",
        &["d"],
        Takes::Day,
        Topic::Day,
        "day yesterday: items and marks are of that day until you say today. A date does too, such as \
         2026-11-21; so do monday and -2.",
    ),
    command("undo", &["u"], Takes::Nothing, Topic::Day, "undo: take back what was done last."),
    command("redo", &[], Takes::Nothing, Topic::Day, "redo: do it again."),
    command(
        "why",
        &["o"],
        Takes::Number,
        Topic::List,
        "why 2: what helps with the second item, and where it is taught.",
    ),
    command(
        "star",
        &["*"],
        Takes::Number,
        Topic::List,
        "star 2: put the second item on your list, or take it off.",
    ),
    command("add", &["a"], Takes::Text, Topic::List, "add: an item of your own."),
    command(
        "retire",
        &[],
        Takes::Number,
        Topic::List,
        "retire 2: retire an item of your own; its marks stay.",
    ),
    command(
        "often",
        &[],
        Takes::Number,
        Topic::List,
        "often 2 3 a week, often 2 mon thu: how often it is meant.",
    ),
    command("under", &[], Takes::Number, Topic::List, "under 2 Evenings: its heading."),
    command(
        "evening",
        &["e"],
        Takes::Day,
        Topic::Writing,
        "evening: three lines about the day. evening yesterday: about that one.",
    ),
    command(
        "plan",
        &["p", "P"],
        Takes::Number,
        Topic::Writing,
        "plan 2: an if-then plan for the second item.",
    ),
    command(
        "note",
        &[],
        Takes::Text,
        Topic::Writing,
        "note: a note to what you just read; its words can follow at once.",
    ),
    command(
        "notes",
        &["D"],
        Takes::OneOf(&["all"]),
        Topic::Writing,
        "notes: what you wrote last, by day. notes all: everything.",
    ),
    command(
        "review",
        &["v"],
        Takes::Number,
        Topic::Back,
        "review: how the last four weeks went. review 12, review 52: more weeks.",
    ),
    command(
        "page",
        &[],
        Takes::Nothing,
        Topic::Back,
        "page: what fits on one page to print: first aid, your list with its plans, your own words.",
    ),
    command(
        "where",
        &["w", "self-check"],
        Takes::Nothing,
        Topic::Back,
        "where: where am I? A few questions that suggest what to read. No answer is saved.",
    ),
    LineCommand {
        needs: Has::Plan,
        ..command(
            "week",
            &[],
            Takes::OneOf(&["items", "leave"]),
            Topic::Back,
            "plan, or P: the plan by weeks, and where you are in it. week 2: be in the second week. week items: \
             put the items of your week on your list. week leave: leave the plan.",
        )
    },
    command(
        "repeat",
        &[],
        Takes::Nothing,
        Topic::Talking,
        "repeat: what was said last, once more, or the question.",
    ),
    command("stop", &[], Takes::Nothing, Topic::Talking, "stop: leave a question."),
    command("question", &[], Takes::Nothing, Topic::Talking, "question: ask again what was put aside."),
    command(
        "help",
        &["h", "?"],
        Takes::Text,
        Topic::Talking,
        "help and the name of a command: what that does. help all: all of this.",
    ),
    command(
        "quit",
        &["q", "exit"],
        Takes::Nothing,
        Topic::Talking,
        "quit: end. Everything is saved after each command.",
    ),
];

const LETTERS: &str = "One letter does for some: l list, r 3 read, n next, s first, t today, i items, \
    m 2 k kept, m 2 s slipped, m 2 d did not arise, m 2 c clear, d day, e evening, u undo, o 2 why, \
    p 2 plan, a add, v review, w where, g 1 go, h help, q quit.";

/// Splits a line into a command as it was typed and what follows it. A sign needs no blank behind it.
pub(super) fn split(line: &str) -> (&str, &str) {
    for sign in ["/", "!", "*", "-"] {
        if let Some(rest) = line.strip_prefix(sign) {
            return (sign, rest.trim());
        }
    }
    let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
    (command, rest.trim())
}

/// The command of this name. Capitals make no difference but where a letter has two meanings.
pub(super) fn named(typed: &str) -> Option<&'static LineCommand> {
    let has =
        |name: &str| COMMANDS.iter().find(|command| command.name == name || command.others.contains(&name));
    has(typed).or_else(|| has(&typed.to_lowercase()))
}

/// The command that a line is, word by word, so that it may have been meant as one where something
/// else was asked. A letter alone is none: it is an answer too.
pub(super) fn of_line(line: &str) -> Option<&'static LineCommand> {
    let (typed, rest) = split(line);
    if line.chars().count() < 2 {
        return None;
    }
    named(typed).filter(|command| command.may_take(rest))
}

impl LineCommand {
    /// Returns whether this may follow it.
    fn may_take(&self, rest: &str) -> bool {
        rest.is_empty()
            || match self.takes {
                Takes::Nothing | Takes::Text => false,
                Takes::Number => rest.starts_with(|first: char| first.is_ascii_digit()),
                Takes::Day => rest.parse::<DayArgument>().is_ok(),
                Takes::OneOf(words) => {
                    let rest = rest.to_lowercase();
                    words.contains(&rest.as_str()) || rest.parse::<usize>().is_ok()
                }
            }
    }

    /// Its help. Of the page to read first the course may say who should read it.
    fn help_in(&self, course: &Course) -> Cow<'static, str> {
        match &course.stop_first_when {
            Some(when) if self.needs == Has::PageToReadFirst => {
                Cow::Owned(sentence(&format!("{}, {when}", self.help)))
            }
            _ if self.needs == Has::PageToReadFirst => Cow::Owned(sentence(self.help)),
            _ => Cow::Borrowed(self.help),
        }
    }

    fn is_of_use(&self, course: &Course) -> bool {
        match self.needs {
            Has::Anything => true,
            Has::PageToReadFirst => course.stop_first.is_some(),
            Has::FirstAid => course.first_aid.is_some(),
            Has::Plan => !course.plan.is_empty(),
        }
    }
}

/// Explains what is asked for behind `help`: the few commands that most need, a topic, one command, or
/// all.
pub(super) fn help(asked: &str, course: &Course) -> String {
    let of_use = || COMMANDS.iter().filter(|command| command.is_of_use(course));
    let of = |topic: Topic| {
        of_use().filter(move |command| command.topic == topic).map(|command| command.help_in(course))
    };
    if asked.is_empty() {
        return short(course);
    }
    let lower = asked.to_lowercase();
    if lower == "all" {
        let lines = Topic::ALL.into_iter().flat_map(of).chain([LETTERS.into()]);
        return lines.collect::<Vec<_>>().join("\n");
    }
    if lower == "letters" {
        return LETTERS.into();
    }
    if let Some(topic) = Topic::ALL.into_iter().find(|topic| topic.name() == lower) {
        return of(topic).collect::<Vec<_>>().join("\n");
    }
    // As it was typed: a capital is another command than its letter.
    let (typed, _) = split(asked);
    match named(typed).filter(|command| command.is_of_use(course)) {
        // It has two meanings.
        Some(command) if command.name == "plan" => {
            let both = of_use().filter(|command| matches!(command.name, "plan" | "week"));
            both.map(|command| command.help_in(course)).collect::<Vec<_>>().join("\n")
        }
        Some(command) => command.help_in(course).into_owned(),
        None => format!("There is no command {asked}. {}", topics()),
    }
}

fn short(course: &Course) -> String {
    let aid = if course.first_aid.is_some() { "aid: what to do in a hard minute. " } else { "" };
    let first = match (course.stop_first, &course.stop_first_when) {
        (Some(_), Some(when)) => format!("first: {} ", sentence(when)),
        (Some(_), None) => "first: the page to read first. ".into(),
        (None, _) => String::new(),
    };
    format!(
        "{aid}{first}hide: nothing more is said until show.\n\
         Enter goes on reading; list tells the lessons, read 3 opens the third.\n\
         today tells what today has, items your list; mark 2 kept marks its second item.\n\
         evening asks for three lines about the day; note writes a note.\n\
         repeat says the last again, stop leaves a question, undo takes back, quit ends.\n\
         {}",
        topics()
    )
}

fn topics() -> String {
    let names: Vec<String> = Topic::ALL.iter().map(|topic| format!("help {}", topic.name())).collect();
    format!("More: {}, help letters; help and a command, such as help mark; help all.", names.join(", "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_for_two_commands() {
        let mut seen = HashSet::new();
        for command in COMMANDS {
            for name in std::iter::once(&command.name).chain(command.others) {
                assert!(seen.insert(*name), "{name:?}");
            }
        }
    }

    #[test]
    fn a_line_is_a_command_only_where_all_of_it_is() {
        for line in
            ["help", "Help", "undo", "mark 1 kept", "day yesterday", "items all", "week 2", "! 2", "read 4"]
        {
            assert!(of_line(line).is_some(), "{line}");
        }
        for line in
            ["a", "s", "", "-", "-he left", "day by day I am calmer", "mark my words", "add one", "list it"]
        {
            assert!(of_line(line).is_none(), "{line}");
        }
    }

    #[test]
    fn capitals_make_no_difference_but_where_a_letter_has_two_meanings() {
        for (typed, name) in
            [("Aid", "aid"), ("QUIT", "quit"), ("Today", "today"), ("A", "aid"), ("a", "add")]
        {
            assert_eq!(named(typed).unwrap().name, name);
        }
        assert_eq!((named("S").unwrap().name, named("T").unwrap().name), ("first", "today"));
    }

    #[test]
    fn help_tells_one_command_a_topic_or_all_and_never_everything_at_once_unasked() {
        let course = Course::built_in("reconcile").unwrap();
        assert!(help("", &course).lines().count() <= 6);
        assert_eq!(help("Repeat", &course), "repeat: what was said last, once more, or the question.");
        assert_eq!(help("marks", &course).lines().count(), 9);
        let all = help("all", &course);
        assert!(COMMANDS.iter().all(|command| all.contains(command.help)));
        assert!(help("dance", &course).starts_with("There is no command dance. More: "));
    }

    #[test]
    fn help_tells_a_capital_from_its_letter_as_a_line_does() {
        let course = Course::built_in("reconcile").unwrap();
        for (asked, help_of) in
            [("A", "aid, or A: "), ("a", "add: "), ("D", "notes: "), ("d", "day yesterday: ")]
        {
            assert!(help(asked, &course).starts_with(help_of), "{asked}");
        }
        assert_eq!(help("Mark", &course), help("mark", &course));
        assert_eq!(help("ALL", &course), help("all", &course));
    }

    #[test]
    fn help_says_of_the_page_to_read_first_what_the_course_says_of_it() {
        let mut course = Course::built_in("reconcile").unwrap();
        assert!(help("", &course).contains("first: if you may be in danger. hide: "));
        let whole = "first, or s: the page to read first, if you may be in danger.";
        assert_eq!(help("first", &course), whole);
        course.stop_first_when = None;
        assert!(help("", &course).contains("first: the page to read first. hide: "));
        assert_eq!(help("first", &course), "first, or s: the page to read first.");
        course.stop_first = None;
        assert!(!help("", &course).contains("first: ") && !help("all", &course).contains("first, or s"));
    }
}
