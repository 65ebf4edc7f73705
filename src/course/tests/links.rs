//! Where links lead.

use super::{SOUND, folder};
use crate::course::{Course, Destination, link};
use crate::text::{Anchored, Link, LinkKind};

fn to(target: &str) -> Link {
    Link { target: target.to_owned(), kind: LinkKind::Link }
}

#[test]
fn a_link_leads_to_a_lesson_the_web_or_elsewhere() {
    let course = Course::open(folder(SOUND).path()).unwrap();
    let lesson = |lesson, section| Destination::Lesson { lesson, section };
    for (target, expected) in [
        ("lesson:two", lesson(1, None)),
        ("lesson:two#a-section", lesson(1, Some("a-section"))),
        ("lesson:two#", lesson(1, None)),
        ("#a-section", lesson(0, Some("a-section"))),
        ("lesson:three", Destination::Other("lesson:three")),
        ("https://example.org", Destination::Web("https://example.org")),
        ("HTTP://example.org", Destination::Web("HTTP://example.org")),
        ("mailto:a@example.org", Destination::Web("mailto:a@example.org")),
        ("javascript:alert(1)", Destination::Other("javascript:alert(1)")),
        ("two.md", Destination::Other("two.md")),
        ("", Destination::Other("")),
    ] {
        assert_eq!(link(&course, 0, &to(target)), expected, "{target}");
    }
}

#[test]
fn a_link_finds_the_block_of_its_section() {
    let course = Course::open(folder(SOUND).path()).unwrap();
    assert_eq!(course.section_named(0, "a-section"), Anchored::At(2));
    assert_eq!(course.section_named(0, "A%2DSection"), Anchored::At(2));
    assert_eq!(course.section_named(0, "A section"), Anchored::At(2), "as wiki links write it");
    assert_eq!(course.section_named(0, "not-there"), Anchored::Nowhere);
    assert_eq!(course.section_named(0, "^a-section"), Anchored::Nowhere);
    assert_eq!(course.section_named(0, "top"), Anchored::At(0));
    assert_eq!(course.section_named(9, "top"), Anchored::Nowhere);
}

#[test]
fn items_are_taught_where_their_section_begins() {
    let manifest = SOUND.replace("\"lesson\": \"two\"", "\"lesson\": \"one\", \"section\": \"a-section\"");
    let course = Course::open(folder(manifest).path()).unwrap();
    assert_eq!(course.items_taught(0), [(0, 0), (2, 1)]);
    assert!(course.items_taught(1).is_empty());
}
