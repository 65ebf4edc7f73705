//! Reading in the conversation: the lessons, where the reader is in them, what is found.
//!
//! Owns how a portion is told, and the numbers of lessons and hits. Must not read or write: where she
//! is becomes an operation.

use crate::cli::linear::conversation::{Conversation, block_of};
use crate::cli::linear::keys::KeysNamed;
use crate::cli::linear::response::{Response, index};
use crate::cli::linear::spoken::{self, SpokenPortion};
use crate::cli::search::suggestion;
use crate::cli::words::sentence;
use crate::course::Place;
use crate::journal::Operation;
use crate::reader::World;
use crate::search::{Hit, HitPlace, Query};
use crate::text::Position;
use crate::text::columns::shortened;

/// The columns of text that are shown around a hit.
const EXCERPT: usize = 120;

impl Conversation {
    pub(super) fn list(&self) -> String {
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

    pub(super) fn open(&mut self, number: &str, from_its_beginning: bool) -> Response {
        let lessons = self.session.world().course.lessons.len();
        let chosen = if number.is_empty() { Some(self.lesson) } else { index(number, lessons) };
        match chosen {
            Some(lesson) => self.open_lesson(lesson, from_its_beginning),
            None => format!("Say a number from 1 to {lessons}, as list has them.").into(),
        }
    }

    /// Opens the lesson before or after: texts name the keys that do that on a screen.
    pub(super) fn open_beside(&mut self, lesson: Option<usize>) -> Response {
        match lesson.filter(|lesson| *lesson < self.session.world().course.lessons.len()) {
            Some(lesson) => self.open_lesson(lesson, false),
            None => "There is no lesson there.".into(),
        }
    }

    fn open_lesson(&mut self, lesson: usize, from_its_beginning: bool) -> Response {
        self.lesson = lesson;
        let world = self.session.world();
        self.block =
            if from_its_beginning { world.course.document(lesson).first() } else { block_of(&world, lesson) };
        self.portion()
    }

    /// The page to read first, whatever was asked before it.
    pub(super) fn stop_first(&mut self) -> Response {
        match self.session.world().course.stop_first {
            Some(lesson) => self.tell_at_once(lesson),
            None => "This course names no page to read first.".into(),
        }
    }

    /// The lesson for a hard minute, whatever was asked before it.
    pub(super) fn first_aid(&mut self) -> Response {
        match self.session.world().course.first_aid {
            Some(lesson) => self.tell_at_once(lesson),
            None => "This course names no lesson for a hard minute.".into(),
        }
    }

    /// A lesson from its beginning, whatever was asked before it.
    fn tell_at_once(&mut self, lesson: usize) -> Response {
        let aside = self.put_question_aside();
        (self.lesson, self.block) = (lesson, self.session.world().course.document(lesson).first());
        let portion = self.portion();
        match aside {
            Some(aside) => portion.behind(&format!("{aside}\n")),
            None => portion,
        }
    }

    /// Reads on: the next portion, or the next lesson where this one has ended.
    pub(super) fn next(&mut self) -> Response {
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

    /// Tells the part of this lesson with a number.
    pub(super) fn part(&mut self, number: &str) -> Response {
        let beginnings = self.parts();
        match index(number, beginnings.len()).and_then(|index| beginnings.get(index)) {
            Some(beginning) => {
                self.block = Some(*beginning);
                self.portion()
            }
            None if beginnings.is_empty() => "This text has no numbered parts.".into(),
            None => format!("Say a part from 1 to {}, such as part 1.", beginnings.len()).into(),
        }
    }

    /// Tells the part before the one that comes next: in a new session, the one heard last.
    pub(super) fn part_before(&mut self) -> Response {
        let beginnings = self.parts();
        let next = self.block.unwrap_or(usize::MAX);
        let before = beginnings.partition_point(|beginning| *beginning < next).checked_sub(1);
        match before.and_then(|before| beginnings.get(before)) {
            Some(before) => {
                self.block = Some(*before);
                self.portion()
            }
            None => self.greeting().into(),
        }
    }

    /// The blocks that the parts of this lesson begin with; none where a text is too long to be looked
    /// through.
    fn parts(&self) -> Vec<usize> {
        let world = self.session.world();
        let document = world.course.document(self.lesson);
        if document.portions() > 1 { Vec::new() } else { spoken::beginnings(document) }
    }

    /// The part of the lesson that a block is in, of several: "part 3 of 9".
    fn part_with(&self, block: usize) -> Option<String> {
        let beginnings = self.parts();
        let number = beginnings.partition_point(|beginning| *beginning <= block).max(1);
        (beginnings.len() > 1).then(|| format!("part {number} of {}", beginnings.len()))
    }

    /// The part that comes next, of several, where it is not the first.
    pub(super) fn part_to_come(&self) -> Option<String> {
        let block = self.block.filter(|block| Some(*block) != self.parts().first().copied())?;
        self.part_with(block)
    }

    /// Tells the portion that begins here, and moves behind it.
    pub(super) fn portion(&mut self) -> Response {
        let world = self.session.world();
        let document = world.course.document(self.lesson);
        let Some(lesson) = world.course.lessons.get(self.lesson) else { return String::new().into() };
        let words = world.notes.in_exercises(world.practice());
        let first = self.block.unwrap_or(0);
        let keys = KeysNamed::in_lesson(world.course, document);
        let SpokenPortion { mut text, last, next, key } = spoken::portion(document, first, words, keys);
        if let Some(key) = key {
            let said =
                format!("Keys that are named here without a word, such as {key}, are for the screen.\n\n");
            text.insert_str(0, &said);
        }
        let part = self.part_with(first).map_or_else(String::new, |part| format!("This was {part}. "));
        let position = Position { block: next.unwrap_or(last), offset: 0 };
        let course = world.course.id.clone();
        let place = Place::new(lesson.id.clone(), document, position);
        let read = (next.is_none() && !world.is_read(self.lesson))
            .then(|| Operation::Read { course: course.clone(), lesson: lesson.id.clone() });
        let met = match next {
            None => world.practice().meeting_in(self.lesson, self.session.state().today),
            Some(_) => Vec::new(),
        };
        let links = spoken::links_in(document, first, last);
        let is_last = self.lesson + 1 >= world.course.lessons.len();
        text.push_str("\n\n");
        match (next, is_last) {
            (None, true) => text.push_str("End of the lesson. It is the last one."),
            (None, false) => text.push_str("End of the lesson. Enter goes on to the next."),
            (Some(_), _) => text.extend([part.as_str(), "Enter goes on."]),
        }
        text.push_str(if read.is_some() { " It counts as read now." } else { "" });
        match links.len() {
            0 => {}
            1 => text.push_str(" It has a link: links."),
            many => text.extend([format!(" It has {many} links: links.")]),
        }
        let exercises = spoken::exercises_in(document, first, last);
        match exercises.as_slice() {
            [] => {}
            [one] => text.extend([format!(" It has an exercise: exercise {one}.")]),
            [first, ..] => {
                let count = exercises.len();
                text.extend([format!(" It has {count} exercises: exercise {first}, and on.")]);
            }
        }
        (self.heard, self.block, self.links) = (Some(first), next, links);
        let keeps = [Operation::Place { course, place }].into_iter().chain(read).chain(met).collect();
        Response { keeps, ..text.into() }
    }

    pub(super) fn search(&mut self, words: &str) -> String {
        if words.is_empty() {
            return "Say what to look for: search, and a word or two.".into();
        }
        let world = self.session.world();
        let query = Query::in_language(words, &world.course.language);
        let found = world.index.search(&query, world.course, world.notes_to_search());
        let mut lines = vec![match (found.hits.len(), found.more) {
            (0, _) => match suggestion(world.index, &query, world.course, world.notes_to_search()) {
                Some(meant) => format!("Nothing found; search {} finds {}.", meant.text, meant.counted()),
                None => "Nothing found; fewer letters find more.".into(),
            },
            (count, true) => format!("{count} found, and there are more."),
            (count, false) => format!("{count} found."),
        }];
        let best: Vec<usize> = found.best().indices().collect();
        // The best come first, so that their numbers are the first ones; then all others as they are read.
        let others = (0..found.hits.len()).filter(|index| !best.contains(index));
        let order: Vec<&Hit> =
            best.iter().copied().chain(others).filter_map(|index| found.hits.get(index)).collect();
        if best.len() < order.len() {
            lines.push(format!("The best {} come first.", best.len()));
        }
        for (index, hit) in order.iter().enumerate() {
            let lesson = hit.lesson(world.course);
            let title = lesson.and_then(|lesson| world.course.lessons.get(lesson));
            let title = title.map_or("your notes", |lesson| lesson.title());
            let text = row_of(hit, &world)
                .unwrap_or_else(|| hit.context(&query, world.course, world.notes_to_search(), EXCERPT).text);
            lines.push(format!("{}. In {title}: {text}", index + 1));
        }
        self.found = order.into_iter().cloned().collect();
        lines.join("\n")
    }

    pub(super) fn go(&mut self, number: &str) -> Response {
        let Some(hit) = index(number, self.found.len()).and_then(|index| self.found.get(index)) else {
            return "Search first, then say the number of what was found.".into();
        };
        let world = self.session.world();
        let Some(lesson) = hit.lesson(world.course) else {
            return format!("Your note: {}", hit.text(world.course, world.notes_to_search())).into();
        };
        let title = world.course.lessons.get(lesson).map_or("", |lesson| lesson.title());
        let said = sentence(&format!("In lesson {}, {title}", lesson + 1));
        (self.lesson, self.block) = (lesson, block_with(hit, &world));
        self.portion().behind(&said)
    }
}

/// The row of a table that a hit is in, cell by cell: run together they would make no sense.
fn row_of(hit: &Hit, world: &World) -> Option<String> {
    let HitPlace::Block { lesson, block } = hit.found else { return None };
    let row = spoken::row_at(world.course.document(lesson).block(block)?, hit.first.start)?;
    Some(shortened(&row, 2 * EXCERPT).into_owned())
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
