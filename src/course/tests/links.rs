//! Where links lead.

use super::{SOUND, folder};
use crate::course::{Course, Destination, link};

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
        assert_eq!(link(&course, 0, target), expected, "{target}");
    }
}
