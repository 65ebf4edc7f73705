//! The links of what was just read: what they are, and where they lead.
//!
//! Owns how a link is told and followed by plain lines. Nothing outside of what is open is opened.

use crate::cli::linear::conversation::Conversation;
use crate::cli::linear::response::{Response, index};
use crate::cli::words::sentence;
use crate::course::{Destination, link};
use crate::reader::World;
use crate::text::{Anchored, Link};

impl Conversation {
    /// Tells the links of the portion that was told last, numbered.
    pub(super) fn tell_links(&self) -> String {
        let world = self.session.world();
        let document = world.course.document(self.lesson);
        let targets = self.links.iter().filter_map(|link| document.link(*link));
        let lines: Vec<String> = targets
            .enumerate()
            .map(|(index, to)| format!("{}. {}", index + 1, leads_to(to, self.lesson, &world)))
            .collect();
        if lines.is_empty() { "There was no link in what was just read.".into() } else { lines.join("\n") }
    }

    /// Follows a link into another lesson or section; of any other it says where it leads. A section
    /// that does not exist is said: within the same text nothing moves, another is told from its
    /// beginning.
    pub(super) fn follow(&mut self, number: &str) -> Response {
        let world = self.session.world();
        let document = world.course.document(self.lesson);
        let numbered = index(number, self.links.len()).and_then(|index| self.links.get(index));
        let Some(to) = numbered.and_then(|link| document.link(*link)) else {
            return "Say the number of a link, as links has them.".into();
        };
        let Destination::Lesson { lesson, section } = link(world.course, self.lesson, to) else {
            return leads_to(to, self.lesson, &world).into();
        };
        let anchored = section.map(|section| world.course.section_named(lesson, section));
        let missing = section.filter(|_| anchored == Some(Anchored::Nowhere));
        let missing = missing.map(|section| format!("There is no section #{section} here."));
        if let Some(missing) = missing.as_ref().filter(|_| lesson == self.lesson) {
            return missing.clone().into();
        }
        let block = match anchored {
            Some(Anchored::At(block)) => Some(block),
            Some(Anchored::NotYet | Anchored::Nowhere) | None => world.course.document(lesson).first(),
        };
        (self.lesson, self.block) = (lesson, block);
        let portion = self.portion();
        match missing {
            Some(missing) => portion.behind(&format!("{missing} This is the beginning.")),
            None => portion,
        }
    }
}

/// Where a link leads, in words.
fn leads_to(to: &Link, from: usize, world: &World) -> String {
    match link(world.course, from, to) {
        Destination::Lesson { lesson, .. } => {
            let title = world.course.lessons.get(lesson).map_or("", |lesson| lesson.title());
            sentence(&format!("To lesson {}, {title}", lesson + 1))
        }
        Destination::File(file) => sentence(&format!("To a file that is not open here: {}", file.name)),
        Destination::Web(target) => format!("To the web: {target}"),
        Destination::NoNote(name) => format!("There is no note named {name}."),
        // A folder is read as a whole here.
        Destination::NotKnownYet => String::new(),
        Destination::Outside(target) => format!("Not followed, it points outside this folder: {target}"),
        Destination::Other(target) => format!("{target} is not part of what is open."),
    }
}
