//! Links of the text: which come next, where they lead, in words and in fact.

use crate::course::{Destination, Lesson, file_beside, link, picture};
use crate::library::LibraryOrigin;
use crate::reader::keys::Context;
use crate::reader::outcome::{Jump, Neighbour, Outcome, OverlayRequest};
use crate::reader::view::View;
use crate::reader::visible;
use crate::text::{Anchored, Frame, Link, LinkKind};

/// The link in sight that comes so many after or before the selected one, in a circle.
pub(super) fn neighbour(selected: Option<usize>, which: Neighbour, view: &View) -> Option<usize> {
    let links = visible::links(view);
    let last = links.len().saturating_sub(1);
    let selected = selected.and_then(|link| links.iter().position(|other| *other == link));
    let (length, steps) = (links.len().max(1), view.count % links.len().max(1));
    let index = match (selected, which) {
        (None, Neighbour::Next) => (steps + last) % length,
        (None, Neighbour::Previous) => (length - steps) % length,
        (Some(index), Neighbour::Next) => (index + steps) % length,
        (Some(index), Neighbour::Previous) => (index + length - steps) % length,
    };
    links.get(index).copied()
}

/// Where a link leads, in words.
pub(super) fn described(to: &Link, view: &View) -> String {
    if let Some(path) = picture_path(to, view) {
        return format!("A picture: {path}");
    }
    let key = view.key(Context::READING, "follow-link");
    match link(view.world.course, view.lesson, to) {
        Destination::Lesson { lesson, section } => described_lesson(&key, lesson, section, view),
        Destination::File { name, .. } => format!("{key} opens the file: {name}"),
        // The host comes first: the link's text may name another, and so may what stands
        // before an `@` in the address.
        Destination::Web(target) => {
            host(target).map_or_else(|| target.to_owned(), |host| format!("To {host}: {target}"))
        }
        Destination::NoNote(name) => no_note(name),
        Destination::Other(target) if file_beside(view.world.course, target).is_some() => {
            format!("{key} opens: {target}")
        }
        Destination::Outside(target) | Destination::Other(target) => not_here(target),
    }
}

/// Where a link to a lesson leads, in words. A section is only promised once it was found.
fn described_lesson(key: &str, lesson: usize, section: Option<&str>, view: &View) -> String {
    let course = view.world.course;
    let is_long = course.lessons.get(lesson).is_some_and(Lesson::is_long);
    // A long text is not read to its end for a promise.
    let place = section.filter(|_| !is_long).map(|section| (section, course.section_named(lesson, section)));
    match place {
        Some((section, Anchored::Nowhere)) if lesson == view.lesson => no_section(section),
        Some((section, Anchored::Nowhere)) => {
            format!("{key} goes to: {}, which has no section #{section}.", title(lesson, view))
        }
        Some((_, Anchored::At(block))) if lesson == view.lesson && is_footnote(lesson, block, view) => {
            format!("{key} goes to the note.")
        }
        _ if lesson == view.lesson && section.is_some() && is_long => format!("{key} looks for that section."),
        _ if lesson == view.lesson && section.is_some() => format!("{key} goes to that section."),
        _ if lesson == view.lesson => format!("{key} goes to the beginning of this text."),
        _ => format!("{key} goes to: {}", title(lesson, view)),
    }
}

fn title<'a>(lesson: usize, view: &View<'a>) -> &'a str {
    view.world.course.lessons.get(lesson).map_or("", |lesson| lesson.title())
}

fn is_footnote(lesson: usize, block: usize, view: &View) -> bool {
    let frames = view.world.course.document(lesson).block(block).map(|block| block.frames.as_slice());
    matches!(frames, Some([Frame::Footnote { .. }, ..]))
}

/// Follows a link.
pub(super) fn follow(to: &Link, view: &View) -> Outcome {
    if let Some(path) = picture_path(to, view) {
        let key = view.key(Context::READING, "copy");
        return Outcome::Say(format!("Cannot show pictures here; {key} copies the path: {path}"));
    }
    match link(view.world.course, view.lesson, to) {
        Destination::Lesson { lesson, section } => follow_to_lesson(lesson, section, view),
        Destination::File { folder, name } => Outcome::OpenCourse(LibraryOrigin::file_within(folder, &name)),
        Destination::Web(target) => Outcome::Open(OverlayRequest::Address(target.to_owned())),
        Destination::Outside(target) => {
            Outcome::Say(format!("Link not followed: it points outside this folder: {target}"))
        }
        Destination::NoNote(name) => Outcome::Say(no_note(name)),
        Destination::Other(target) => {
            file_beside(course, target).map_or_else(|| Outcome::Say(not_here(target)), Outcome::OpenBeside)
        }
    }
}

/// Goes to a section of a lesson. One that does not exist is said: within the same text nothing
/// moves, another text is shown from its beginning.
fn follow_to_lesson(lesson: usize, section: Option<&str>, view: &View) -> Outcome {
    let Some(section) = section else { return Outcome::Go(Jump::Block { lesson, block: 0 }) };
    match view.world.course.section_named(lesson, section) {
        Anchored::At(block) => Outcome::Go(Jump::Block { lesson, block }),
        Anchored::NotYet => Outcome::Stay,
        Anchored::Nowhere if lesson == view.lesson => Outcome::Say(no_section(section)),
        Anchored::Nowhere => {
            let message = format!("There is no section #{section} here. This is the beginning.");
            Outcome::GoSaying(Jump::Block { lesson, block: 0 }, message)
        }
    }
}

/// The path of the file that a link to a picture stands for.
pub(super) fn picture_path(to: &Link, view: &View) -> Option<String> {
    picture(view.world.course, view.lesson, &to.target).filter(|_| to.kind == LinkKind::Image)
}

/// The host of an address.
pub fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    authority.rsplit('@').next()
}

fn no_section(section: &str) -> String {
    format!("There is no section #{section} here.")
}

fn no_note(name: &str) -> String {
    format!("There is no note named {name}.")
}

fn not_here(target: &str) -> String {
    format!("{target} is not part of what is open.")
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_is_what_a_browser_would_go_to() {
        assert_eq!(host("https://docs.rs/a?b#c"), Some("docs.rs"));
        assert_eq!(host("https://docs.rs@example.org/a"), Some("example.org"));
        assert_eq!(host("mailto:somebody"), None);
    }
}
