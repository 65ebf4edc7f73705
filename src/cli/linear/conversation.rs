//! The conversation: its commands, and where the reader is.
//!
//! Owns what each command answers and what it wants to be kept. Must not read or write.

use crate::app::Session;
use crate::cli::linear::spoken::{self, SpokenPortion};
use crate::course::{Place, Side};
use crate::journal::{Mark, Operation};
use crate::practice::{AnyItem, ItemSource, if_then_in_words, mark_word_on};
use crate::reader::World;
use crate::reader::state::Saving;
use crate::search::{Hit, HitPlace, Query};
use crate::text::Position;
use jiff::civil::Date;

/// The columns of text that are shown around a hit.
const EXCERPT: usize = 120;

const HELP: &str = "\
list: the lessons, numbered.
read 3: the third lesson, where you left it. again 3: from its beginning.
next, or just Enter: go on reading.
first: the page to read first, is this for you now?
items: the checklist, numbered, with the marks of the day.
mark 2 kept, mark 2 slipped, mark 2 did not arise: say how the second item went.
mark 2 clear: take the mark back.
why 2: what helps with the second item, and where it is taught.
day 2026-11-21: that day's checklist. day yesterday, day today: the same by name.
search words: what has them. go 1: read the first that was found.
help: this. quit: end. Everything is saved after each command.
One letter does too: l, r 3, n, i, m 2 k, m 2 s, m 2 d, m 2 c, w 2, d, s words, g 1, h, q.";

/// The answer to a command.
pub(super) struct Response {
    /// The text that is printed.
    pub(super) text: String,
    /// The operations to record.
    pub(super) keeps: Vec<Operation>,
}

impl From<String> for Response {
    fn from(text: String) -> Self {
        Self { text, keeps: Vec::new() }
    }
}

impl From<&str> for Response {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// The state of the conversation: the position of the reader.
pub(super) struct Conversation {
    session: Session,
    lesson: usize,
    /// The block to go on with; none once the lesson has ended.
    block: Option<usize>,
    day: Date,
    found: Vec<Hit>,
    /// How many notices of the session were said.
    notices: usize,
}

impl Conversation {
    /// Begins where the reader left off.
    pub(super) fn new(session: Session) -> Self {
        let world = session.world();
        let place = world.ledger.last_place(&world.course.id);
        let lesson = place.and_then(|place| world.course.lesson_index(&place.lesson)).unwrap_or(0);
        let block = block_of(&world, lesson);
        let day = session.state().today;
        Self { session, lesson, block, day, found: Vec::new(), notices: 0 }
    }

    /// The first words.
    pub(super) fn greeting(&self) -> String {
        let world = self.session.world();
        let title = world.course.lessons.get(self.lesson).map_or("", |lesson| lesson.title());
        format!(
            "{}. You are in lesson {}, {title}. Enter goes on reading; help lists the commands.",
            world.course.title,
            self.lesson + 1
        )
    }

    /// Takes in what other windows wrote, and a day that has begun.
    pub(super) fn catch_up(&mut self) {
        let before = self.session.state().today;
        self.session.look_at_the_clock();
        if self.day == before {
            self.day = self.session.state().today;
        }
        self.session.read_new_records();
    }

    /// Puts these on the disk, with all that could not be written before.
    pub(super) fn keep(&mut self, operations: Vec<Operation>) -> &Saving {
        for operation in operations {
            self.session.record(operation);
        }
        self.save()
    }

    /// What has come up since this was last asked and the reader should know.
    pub(super) fn new_notices(&mut self) -> Vec<String> {
        let all = self.session.state().notices.all();
        let new = all.get(self.notices..).unwrap_or_default().to_vec();
        self.notices = all.len();
        new
    }

    /// Puts what is pending on the disk.
    pub(super) fn save(&mut self) -> &Saving {
        self.session.save();
        self.saving()
    }

    /// Returns whether all of it is on the disk.
    pub(super) fn saving(&self) -> &Saving {
        &self.session.state().saving
    }

    /// Answers a command.
    pub(super) fn answer(&mut self, command: &str, rest: &str) -> Response {
        match command {
            "help" | "h" | "?" => HELP.into(),
            "list" | "l" => self.list().into(),
            "read" | "r" => self.open(rest, false),
            "again" => self.open(rest, true),
            "next" | "n" | "" => self.next(),
            "first" | "f" => self.stop_first(),
            "items" | "i" => self.items().into(),
            "day" | "d" => self.turn_to(rest).into(),
            "mark" | "m" => self.mark(rest),
            "why" | "w" => self.why(rest).into(),
            "search" | "s" => self.search(rest).into(),
            "go" | "g" => self.go(rest),
            // After a list its number alone is enough.
            number if number.parse::<usize>().is_ok() => self.open(number, false),
            other => format!("There is no command {other}. help lists them.").into(),
        }
    }

    fn list(&self) -> String {
        let world = self.session.world();
        let mut lines = Vec::new();
        let mut part = None;
        for (index, lesson) in world.course.lessons.iter().enumerate() {
            if part != Some(lesson.part) {
                part = Some(lesson.part);
                lines.extend(world.course.parts.get(lesson.part).map(|part| format!("Part: {}", part.title)));
            }
            let read = if world.is_read(index) { ", read" } else { "" };
            let here = if index == self.lesson { ", you are here" } else { "" };
            lines.push(format!("{}. {}{read}{here}", index + 1, lesson.title()));
        }
        lines.join("\n")
    }

    fn open(&mut self, number: &str, from_its_beginning: bool) -> Response {
        let lessons = self.session.world().course.lessons.len();
        let chosen = if number.is_empty() { Some(self.lesson) } else { index(number, lessons) };
        let Some(lesson) = chosen else {
            return format!("Say a number from 1 to {lessons}, as list has them.").into();
        };
        self.lesson = lesson;
        let world = self.session.world();
        self.block =
            if from_its_beginning { world.course.document(lesson).first() } else { block_of(&world, lesson) };
        self.portion()
    }

    fn stop_first(&mut self) -> Response {
        let Some(lesson) = self.session.world().course.stop_first else {
            return "This course names no page to read first.".into();
        };
        (self.lesson, self.block) = (lesson, self.session.world().course.document(lesson).first());
        self.portion()
    }

    /// Reads on: the next portion, or the next lesson where this one has ended.
    fn next(&mut self) -> Response {
        let world = self.session.world();
        let lessons = world.course.lessons.len();
        if self.block.is_some() {
            return self.portion();
        }
        if self.lesson + 1 >= lessons {
            return "This was the last lesson.".into();
        }
        self.lesson += 1;
        self.block = block_of(&self.session.world(), self.lesson);
        self.portion()
    }

    /// Tells the portion that begins here, and moves behind it.
    fn portion(&mut self) -> Response {
        let world = self.session.world();
        let document = world.course.document(self.lesson);
        let Some(lesson) = world.course.lessons.get(self.lesson) else { return String::new().into() };
        let SpokenPortion { mut text, last, next } = spoken::portion(document, self.block.unwrap_or(0));
        let position = Position { block: next.unwrap_or(last), offset: 0 };
        let course = world.course.id.clone();
        let place = Place::new(lesson.id.clone(), document, position);
        let read = (next.is_none() && !world.is_read(self.lesson))
            .then(|| Operation::Read { course: course.clone(), lesson: lesson.id.clone() });
        text.push_str(if next.is_none() {
            "\n\nEnd of the lesson. Enter goes on to the next."
        } else {
            "\n\nEnter goes on."
        });
        self.block = next;
        Response { text, keeps: [Operation::Place { course, place }].into_iter().chain(read).collect() }
    }

    fn items(&self) -> String {
        let world = self.session.world();
        let mut lines = vec![format!("The checklist of {}.", self.day.strftime("%A, %-d %B %Y"))];
        let mut side = None;
        for (index, item) in world.practice().items().enumerate() {
            if side != Some(item.side()) {
                side = Some(item.side());
                lines.push(match item.side() {
                    Side::Avoid => "To avoid:".into(),
                    Side::Embrace => "To embrace:".into(),
                });
            }
            let mark = mark_word_on(Some(item.side()), world.practice().mark(item.id, self.day));
            let caution = item.caution().map_or_else(String::new, |caution| format!(". {caution}"));
            lines.push(format!("{}. {}: {mark}{caution}", index + 1, item.text()));
        }
        lines.join("\n")
    }

    fn turn_to(&mut self, day: &str) -> String {
        let today = self.session.state().today;
        let named = match day {
            "today" | "" => Some(today),
            "yesterday" => today.yesterday().ok(),
            other => other.parse().ok(),
        };
        match named {
            Some(day) if day > today => return "That day is still to come.".into(),
            Some(day) => self.day = day,
            None => return format!("Say a day such as {today}, or today, or yesterday."),
        }
        self.items()
    }

    fn mark(&self, rest: &str) -> Response {
        let (number, how) = rest.split_once(' ').unwrap_or((rest, ""));
        let mark = match how.trim() {
            "kept" | "k" | "x" => Some(Mark::Kept),
            "slipped" | "s" | "!" => Some(Mark::Slipped),
            "did not arise" | "na" | "d" | "-" => Some(Mark::DidNotArise),
            "clear" | "c" => None,
            _ => return "Say for example: mark 2 kept. Or slipped, did not arise, clear.".into(),
        };
        let world = self.session.world();
        let items: Vec<AnyItem> = world.practice().items().collect();
        let Some(item) = index(number, items.len()).and_then(|index| items.get(index)) else {
            return format!("Say a number from 1 to {}, as items has them.", items.len()).into();
        };
        let day = self.day.strftime("%A, %-d %B");
        let text = format!("{day}. {}: {}.", item.text(), mark_word_on(Some(item.side()), mark));
        Response { text, keeps: world.practice().marking(item, self.day, mark) }
    }

    fn why(&self, number: &str) -> String {
        let world = self.session.world();
        let items: Vec<AnyItem> = world.practice().items().collect();
        let Some(item) = index(number, items.len()).and_then(|index| items.get(index)) else {
            return format!("Say a number from 1 to {}, as items has them.", items.len());
        };
        let mut lines = vec![format!("{}.", item.text())];
        let plan = world.practice().if_then(item.id);
        lines.extend(plan.map(|plan| format!("Your plan: {}.", if_then_in_words(plan))));
        lines.extend(item.caution().map(str::to_owned));
        match item.source {
            ItemSource::Course(item) => lines.push(item.why.clone()),
            ItemSource::Own(_) => lines.push("An item of your own.".into()),
        }
        let instead = world.practice().instead_of(item);
        lines.extend(instead.map(|instead| format!("Instead: {instead}")));
        let lesson = item.lesson().and_then(|index| Some((index, world.course.lessons.get(index)?)));
        lines.extend(
            lesson.map(|(index, lesson)| format!("Taught in lesson {}: {}", index + 1, lesson.title())),
        );
        lines.join("\n")
    }

    fn search(&mut self, words: &str) -> String {
        let world = self.session.world();
        let query = Query::parse(words);
        let found = world.index.search(&query, world.course, world.notes_to_search());
        let mut lines = vec![match (found.hits.len(), found.more) {
            (0, _) => "Nothing found; fewer letters find more.".into(),
            (count, true) => format!("{count} found, and there are more."),
            (count, false) => format!("{count} found."),
        }];
        for (index, hit) in found.hits.iter().enumerate() {
            let lesson = hit.lesson(world.course);
            let title = lesson.and_then(|lesson| world.course.lessons.get(lesson));
            let title = title.map_or("your notes", |lesson| lesson.title());
            let text = hit.context(&query, world.course, world.notes_to_search(), EXCERPT).text;
            lines.push(format!("{}. In {title}: {text}", index + 1));
        }
        self.found = found.hits;
        lines.join("\n")
    }

    fn go(&mut self, number: &str) -> Response {
        let Some(hit) = index(number, self.found.len()).and_then(|index| self.found.get(index)) else {
            return "Search first, then say the number of what was found.".into();
        };
        let world = self.session.world();
        let Some(lesson) = hit.lesson(world.course) else {
            return format!("Your note: {}", hit.text(world.course, world.notes_to_search())).into();
        };
        (self.lesson, self.block) = (lesson, block_with(hit, &world));
        self.portion()
    }
}

/// The block that a hit leads to.
fn block_with(hit: &Hit, world: &World) -> Option<usize> {
    match hit.found {
        HitPlace::Block { block, .. } => Some(block),
        HitPlace::Item { item } => world.course.items.get(item).map(|item| world.course.passage(item)),
        HitPlace::Title { lesson } => world.course.document(lesson).first(),
        HitPlace::Note { .. } => None,
    }
}

/// The block where a lesson was left.
fn block_of(world: &World, lesson: usize) -> Option<usize> {
    let id = world.course.lessons.get(lesson).map(|lesson| &lesson.id);
    let place = id.and_then(|id| world.ledger.place(&world.course.id, id));
    let document = world.course.document(lesson);
    place.map_or_else(|| document.first(), |place| Some(place.find(document).block))
}

/// The index that a number from 1 on stands for.
fn index(number: &str, length: usize) -> Option<usize> {
    let number = number.trim().trim_end_matches('.').parse::<usize>().ok()?;
    number.checked_sub(1).filter(|index| *index < length)
}
