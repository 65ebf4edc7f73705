//! Links of the text: which come next, where they lead, in words and in fact.

use crate::course::{Destination, file_beside, link, picture};
use crate::reader::keys::Context;
use crate::reader::outcome::{Jump, Neighbour, Outcome, OverlayRequest};
use crate::reader::view::View;
use crate::reader::visible;
use crate::text::{Link, LinkKind};

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
    match link(view.world.course, view.lesson, &to.target) {
        Destination::Lesson { lesson, .. } if lesson == view.lesson => {
            format!("{key} goes to that section.")
        }
        Destination::Lesson { lesson, .. } => {
            let title = view.world.course.lessons.get(lesson).map_or("", |lesson| lesson.title());
            format!("{key} goes to: {title}")
        }
        // The host comes first: the link's text may name another, and so may what stands
        // before an `@` in the address.
        Destination::Web(target) => {
            host(target).map_or_else(|| target.to_owned(), |host| format!("To {host}: {target}"))
        }
        Destination::Other(target) if file_beside(view.world.course, target).is_some() => {
            format!("{key} opens: {target}")
        }
        Destination::Outside(target) | Destination::Other(target) => not_here(target),
    }
}

/// Follows a link.
pub(super) fn follow(to: &Link, view: &View) -> Outcome {
    if let Some(path) = picture_path(to, view) {
        let key = view.key(Context::READING, "copy");
        return Outcome::Say(format!("Cannot show pictures here; {key} copies the path: {path}"));
    }
    let course = view.world.course;
    let destination = link(course, view.lesson, &to.target);
    match destination {
        Destination::Lesson { .. } => match course.destination_block(&destination) {
            Some((lesson, block)) => Outcome::Go(Jump::Block { lesson, block }),
            None => Outcome::Stay,
        },
        Destination::Web(target) => Outcome::Open(OverlayRequest::Address(target.to_owned())),
        Destination::Outside(target) => {
            Outcome::Say(format!("Link not followed: it points outside this folder: {target}"))
        }
        Destination::Other(target) => {
            file_beside(course, target).map_or_else(|| Outcome::Say(not_here(target)), Outcome::OpenBeside)
        }
    }
}

/// The path of the file that a link to a picture stands for.
pub(super) fn picture_path(to: &Link, view: &View) -> Option<String> {
    picture(view.world.course, view.lesson, &to.target).filter(|_| to.kind == LinkKind::Picture)
}

/// The host of an address.
pub fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    authority.rsplit('@').next()
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
