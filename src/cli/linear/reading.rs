//! Reading in the conversation: the lessons, where the reader is in them, what is found.
//!
//! Owns how a portion is told, and the numbers of lessons and hits. Must not read or write: where she
//! is becomes an operation.

use crate::cli::linear::conversation::{Conversation, Response, block_of, index};
use crate::cli::linear::spoken::{self, SpokenPortion};
use crate::cli::search::suggestion;
use crate::course::Place;
use crate::journal::Operation;
use crate::reader::World;
use crate::search::{Hit, HitPlace, Query};
use crate::text::Position;

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
        let left = self.dialog.take().map_or("", |_| "The question is put aside.\n\n");
        (self.lesson, self.block) = (lesson, self.session.world().course.document(lesson).first());
        let portion = self.portion();
        // The page names the keys of the screen.
        let keys = "Here the words are hide, show, and quit.";
        Response { text: format!("{left}{}\n{keys}", portion.text), ..portion }
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

    /// Tells the portion that begins here, and moves behind it.
    pub(super) fn portion(&mut self) -> Response {
        let world = self.session.world();
        let document = world.course.document(self.lesson);
        let Some(lesson) = world.course.lessons.get(self.lesson) else { return String::new().into() };
        let words = world.notes.in_exercises(world.practice());
        let SpokenPortion { mut text, last, next } =
            spoken::portion(document, self.block.unwrap_or(0), words);
        let position = Position { block: next.unwrap_or(last), offset: 0 };
        let course = world.course.id.clone();
        let place = Place::new(lesson.id.clone(), document, position);
        let read = (next.is_none() && !world.is_read(self.lesson))
            .then(|| Operation::Read { course: course.clone(), lesson: lesson.id.clone() });
        let met = match next {
            None => world.practice().meeting_in(self.lesson, self.session.state().today),
            Some(_) => Vec::new(),
        };
        let links = spoken::links_in(document, self.block.unwrap_or(0), last);
        let is_last = self.lesson + 1 >= world.course.lessons.len();
        text.push_str(match (next, is_last) {
            (None, true) => "\n\nEnd of the lesson. It is the last one.",
            (None, false) => "\n\nEnd of the lesson. Enter goes on to the next.",
            (Some(_), _) => "\n\nEnter goes on.",
        });
        text.push_str(if read.is_some() { " It counts as read now." } else { "" });
        match links.len() {
            0 => {}
            1 => text.push_str(" It has a link: links."),
            many => text.extend([format!(" It has {many} links: links.")]),
        }
        let exercises = spoken::exercises_in(document, self.block.unwrap_or(0), last);
        match exercises.as_slice() {
            [] => {}
            [one] => text.extend([format!(" It has an exercise: exercise {one}.")]),
            [first, ..] => {
                let count = exercises.len();
                text.extend([format!(" It has {count} exercises: exercise {first}, and on.")]);
            }
        }
        (self.block, self.links) = (next, links);
        let keeps = [Operation::Place { course, place }].into_iter().chain(read).chain(met).collect();
        Response { text, keeps }
    }

    pub(super) fn search(&mut self, words: &str) -> String {
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
            let text = hit.context(&query, world.course, world.notes_to_search(), EXCERPT).text;
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
