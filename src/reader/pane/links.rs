//! Links of the text: which come next, where they lead, in words and in fact.

use crate::course::{Destination, Lesson, link, picture};
use crate::reader::keys::Context;
use crate::reader::outcome::{Jump, Neighbour, Outcome, OverlayRequest};
use crate::reader::view::View;
use crate::reader::visible;
use crate::reader::world::READING_NAMES;
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

/// The last picture in sight above the first link that is none; nothing where all are pictures, or the
/// first is none.
pub(super) fn last_picture_before_the_first_link(lesson: usize, view: &View) -> Option<usize> {
    let links = visible::links(view);
    let document = view.world.course.document(lesson);
    let is_picture = |link: &usize| document.link(*link).is_some_and(|link| link.kind == LinkKind::Image);
    let first = links.iter().position(|link| !is_picture(link))?;
    links.get(first.checked_sub(1)?).copied()
}

/// Where a link leads, in words.
pub(super) fn described(to: &Link, view: &View) -> String {
    if let Some(path) = picture_path(to, view) {
        return format!("A picture: {path}");
    }
    let key = view.key(Context::READING, "follow-link");
    if to.kind == LinkKind::Details {
        return format!("{key} folds and unfolds this.");
    }
    match link(view.world.course, view.lesson, to) {
        Destination::Lesson { lesson, section } => described_lesson(key, lesson, section, view),
        Destination::File(file) => format!("{key} opens: {}", file.name),
        // The host comes first: the link's text may name another, and so may what stands
        // before an `@` in the address.
        Destination::Web(target) => {
            host(target).map_or_else(|| target.to_owned(), |host| format!("To {host}: {target}"))
        }
        Destination::NoNote(name) => no_note(name),
        Destination::NotKnownYet => READING_NAMES.to_owned(),
        Destination::Outside(target) | Destination::Other(target) if to.kind == LinkKind::Image => {
            format!("A picture: {target}")
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
        _ if lesson == view.lesson && section.is_some() && is_long => {
            format!("{key} looks for that section.")
        }
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
        return Outcome::Say(format!("{key} copies the path of this picture: {path}"));
    }
    match link(view.world.course, view.lesson, to) {
        Destination::Lesson { lesson, section } => follow_to_lesson(lesson, section, view),
        Destination::File(file) => Outcome::OpenBeside(file),
        Destination::Web(target) => Outcome::Open(OverlayRequest::Address(target.to_owned())),
        Destination::Outside(target) => {
            Outcome::Say(format!("Link not followed: it points outside this folder: {target}"))
        }
        Destination::NoNote(name) => Outcome::Say(no_note(name)),
        Destination::NotKnownYet => {
            view.world.course.ask_for_rest();
            Outcome::Stay
        }
        // The pictures of a course have no path of their own.
        Destination::Other(target) if to.kind == LinkKind::Image => {
            Outcome::Say(format!("This is a picture: {target}"))
        }
        Destination::Other(target) => Outcome::Say(not_here(target)),
    }
}

/// Goes to a section of a lesson. One that does not exist is said: within the same text nothing
/// moves, another text is shown from its beginning.
fn follow_to_lesson(lesson: usize, section: Option<&str>, view: &View) -> Outcome {
    let Some(section) = section else { return Outcome::Go(Jump::Block { lesson, block: 0 }) };
    match view.world.course.section_named(lesson, section) {
        Anchored::At(block) if lesson == view.lesson && is_footnote(lesson, block, view) => {
            let key = view.key(Context::PANES, "back");
            let message = format!("This is the note. {key} goes back to the text.");
            Outcome::GoSaying(Jump::Block { lesson, block }, message)
        }
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
    #![allow(clippy::unwrap_used, clippy::unreachable, reason = "a test fails by panicking")]
    use super::*;
    use crate::library::{Library, fixture};
    use crate::reader::fixture::Fixture;
    use tempfile::TempDir;

    #[test]
    fn the_host_is_what_a_browser_would_go_to() {
        assert_eq!(host("https://docs.rs/a?b#c"), Some("docs.rs"));
        assert_eq!(host("https://docs.rs@example.org/a"), Some("example.org"));
        assert_eq!(host("mailto:somebody"), None);
    }

    const FIRST: &str = "# First\n\nA claim.[^s]\n\n## Rain {#wet}\n\n<a id=\"cold\"></a>\n\nThe end. ^end\n\n[^s]: Its source.\n";

    /// A folder of two texts, a source file, and one that is no text.
    fn folder() -> TempDir {
        let second = "# Second\n\n## There\n";
        fixture::folder(&[
            ("1.md", FIRST),
            ("2.md", second),
            ("code.rs", "fn main() {}\n"),
            ("a.out", "fn \0"),
        ])
    }

    /// The folder, with its first text open.
    fn opened(folder: &TempDir) -> Fixture {
        Fixture::of(fixture::open(folder).course)
    }

    /// Lets a name in the folder lead out of it.
    fn link_to_etc(folder: &TempDir) {
        fixture::link(folder, "out", "/etc");
    }

    /// What is said of a link, and what comes of following it.
    fn tried(fixture: &Fixture, target: &str) -> (String, Outcome) {
        let kind = if target.starts_with("[[") { LinkKind::Wiki } else { LinkKind::Link };
        let link = Link { target: target.trim_matches(['[', ']']).to_owned(), kind };
        (described(&link, &fixture.view()), follow(&link, &fixture.view()))
    }

    #[test]
    fn a_section_that_exists_is_promised_and_gone_to() {
        let folder = folder();
        let fixture = opened(&folder);
        let go = |lesson, block| Outcome::Go(Jump::Block { lesson, block });
        for (target, says, outcome) in [
            ("#wet", "Enter goes to that section.", go(0, 2)),
            ("#cold", "Enter goes to that section.", go(0, 3)),
            ("#", "Enter goes to the beginning of this text.", go(0, 0)),
            ("#top", "Enter goes to that section.", go(0, 0)),
            ("[[#^end]]", "Enter goes to that section.", go(0, 3)),
            ("2.md#there", "Enter goes to: Second", go(1, 1)),
            ("[[2#There]]", "Enter goes to: Second", go(1, 1)),
        ] {
            assert_eq!(tried(&fixture, target), (says.to_owned(), outcome), "{target}");
        }
    }

    #[test]
    fn a_footnote_is_gone_to_and_the_way_back_is_said() {
        let folder = folder();
        let message = "This is the note. Ctrl-o goes back to the text.".to_owned();
        let outcome = Outcome::GoSaying(Jump::Block { lesson: 0, block: 4 }, message);
        let said = "Enter goes to the note.".to_owned();
        assert_eq!(tried(&opened(&folder), "#footnote-s"), (said, outcome));
    }

    #[test]
    fn a_section_that_does_not_exist_is_never_promised_and_moves_nothing_here() {
        let folder = folder();
        let fixture = opened(&folder);
        let says = "There is no section #gone here.".to_owned();
        assert_eq!(tried(&fixture, "#gone"), (says.clone(), Outcome::Say(says)));
        let (says, outcome) = tried(&fixture, "2.md#gone");
        assert_eq!(says, "Enter goes to: Second, which has no section #gone.");
        let message = "There is no section #gone here. This is the beginning.".to_owned();
        assert_eq!(outcome, Outcome::GoSaying(Jump::Block { lesson: 1, block: 0 }, message));
        let says = "There is no note named Gone.".to_owned();
        assert_eq!(tried(&fixture, "[[Gone]]"), (says.clone(), Outcome::Say(says)));
        let says = "gone.md is not part of what is open.".to_owned();
        assert_eq!(tried(&fixture, "gone.md"), (says.clone(), Outcome::Say(says)));
    }

    #[test]
    fn a_source_file_of_the_folder_is_opened_and_nothing_outside_is() {
        let folder = folder();
        let fixture = opened(&folder);
        let (says, outcome) = tried(&fixture, "code.rs#L1");
        assert_eq!(says, "Enter opens: code.rs");
        let Outcome::OpenBeside(file) = outcome else { unreachable!("{outcome:?}") };
        let opened = Library::open_beside(&file.folder, &file.name).unwrap();
        assert_eq!(opened.course.lessons.len(), 1);
        let refused = Library::open_beside(&file.folder, "a.out").unwrap_err().to_string();
        assert!(refused.contains("not a text"), "{refused}");
        link_to_etc(&folder);
        let (_, outcome) = tried(&fixture, "out/hostname");
        let Outcome::OpenBeside(file) = outcome else { unreachable!("{outcome:?}") };
        let refused = Library::open_beside(&file.folder, &file.name).unwrap_err().to_string();
        assert!(refused.contains("leads out of this folder"), "{refused}");
        let (_, outcome) = tried(&fixture, "../secret.txt");
        assert!(matches!(outcome, Outcome::Say(message) if message.contains("outside this folder")));
    }
}
