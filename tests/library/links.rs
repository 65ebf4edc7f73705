//! Where links of folders and books lead.

use super::{book_of, open, write};
use sidelight::course::{Course, Destination, link};
use sidelight::text::{Anchored, Link, LinkKind};

fn lesson(course: &Course, id: &str) -> usize {
    course.lessons.iter().position(|lesson| lesson.id.as_str() == id).unwrap()
}

/// The file of the lesson that a link in another one leads to, with the name of a section; else what
/// it is instead.
fn leads(course: &Course, from: &str, target: &str) -> String {
    let (target, kind) = match target.strip_prefix("[[") {
        Some(note) => (note.trim_end_matches("]]"), LinkKind::Wiki),
        None => (target, LinkKind::Link),
    };
    let link_to = Link { target: target.to_owned(), kind };
    match link(course, lesson(course, from), &link_to) {
        Destination::Lesson { lesson, section } => {
            let file = course.lessons[lesson].file().unwrap();
            section.map_or(file.to_owned(), |section| format!("{file} {section}"))
        }
        Destination::File(file) => format!("file {}", file.name),
        other => format!("{other:?}").split('(').next().unwrap().to_owned(),
    }
}

#[test]
fn links_lead_as_on_github_on_a_site_and_in_a_vault() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("README.md", "# Home"),
            ("LICENSE", "Free."),
            ("sub/one.md", "# One"),
            ("sub/code.rs", "fn main() {}"),
            ("sub/deep/Tea Time.md", "# Tea"),
            ("guide/README.md", "# Guide"),
            ("site/guide/page.md", "# Page"),
            ("site/index.md", "# Site"),
        ],
    );
    let course = open(root.path()).course;
    for (from, target, leads_to) in [
        ("README.md", "sub/one.md#part", "sub/one.md part"),
        ("README.md", "sub/one", "sub/one.md"),
        ("README.md", "sub/one.html", "sub/one.md"),
        ("README.md", "guide", "guide/README.md"),
        ("README.md", "guide/", "guide/README.md"),
        ("README.md", "sub", "sub/one.md"),
        ("README.md", "sub/deep/", "sub/deep/Tea Time.md"),
        ("README.md", "sub/code.rs#L3", "file sub/code.rs"),
        ("README.md", "LICENSE", "file LICENSE"),
        ("README.md", "gone.md", "Other"),
        ("README.md", "../gone.md", "Outside"),
        ("README.md", "ftp://example.org/a.md", "Other"),
        ("README.md", "mailto:me@example.org", "Web"),
        ("site/guide/page.md", "/guide/page", "site/guide/page.md"),
        ("site/guide/page.md", "/guide/", "guide/README.md"),
        ("site/guide/page.md", "/site/", "site/index.md"),
        ("README.md", "/guide/page", "site/guide/page.md"),
        ("README.md", "/guide/page.html#end", "site/guide/page.md end"),
        ("README.md", "/guide/gone", "file guide/gone"),
        ("site/guide/page.md", "sub/one.md", "sub/one.md"),
        ("site/guide/page.md", "..", "site/index.md"),
        ("site/guide/page.md", "../../..", "Outside"),
        ("site/guide/page.md", "[[tea time]]", "sub/deep/Tea Time.md"),
        ("site/guide/page.md", "[[deep/Tea Time#Green]]", "sub/deep/Tea Time.md Green"),
        ("site/guide/page.md", "[[#Here]]", "site/guide/page.md Here"),
        ("site/guide/page.md", "[[Coffee]]", "NoNote"),
    ] {
        assert_eq!(leads(&course, from, target), leads_to, "{target} in {from}");
    }
}

#[test]
fn links_of_a_book_lead_from_its_sources_too() {
    let root = tempfile::tempdir().unwrap();
    book_of(root.path(), "", "[a](/deep/two.html) [b](deep/)");
    write(
        root.path(),
        &[
            ("src/SUMMARY.md", "- [One](one.md)\n- [Two](deep/two.md)\n- [Index](deep/README.md)\n"),
            ("src/deep/two.md", "# Two"),
            ("src/deep/README.md", "# Index"),
            ("src/deep/unlisted.md", "# Unlisted"),
        ],
    );
    let course = open(root.path()).course;
    assert_eq!(leads(&course, "one.md", "/deep/two.html"), "src/deep/two.md");
    assert_eq!(leads(&course, "one.md", "deep/index.html"), "src/deep/README.md");
    assert_eq!(leads(&course, "deep/two.md", "unlisted.md"), "file src/deep/unlisted.md");
}

#[test]
fn anchors_are_found_under_every_name_that_github_and_mdbook_give_them() {
    let root = tempfile::tempdir().unwrap();
    let text = "# Page\n\n## My heading {#custom}\n\n## Größe & *Art*\n\nA note.[^1]\n\nText. ^block\n\n<a id=\"old\"></a>\n\n## <a name=\"c++\"></a>C\n\nAn <span id=\"mid\">x</span>.<a name='end'>\n\n<p id=p>P</p>\n\n<h3 name=\"faq\">Asked</h3>\n\n[^1]: Far below.\n";
    write(root.path(), &[("a.md", text)]);
    let course = open(root.path()).course;
    for (name, at) in [
        ("custom", Anchored::At(1)),
        ("größe--art", Anchored::At(2)),
        ("gr%C3%B6%C3%9Fe--art", Anchored::At(2)),
        ("Größe--Art", Anchored::At(2)),
        ("Größe & Art", Anchored::At(2)),
        ("old", Anchored::At(5)),
        ("c++", Anchored::At(5)),
        ("mid", Anchored::At(6)),
        ("end", Anchored::At(6)),
        ("p", Anchored::At(7)),
        ("faq", Anchored::At(8)),
        ("asked", Anchored::At(8)),
        ("footnote-1", Anchored::At(9)),
        ("^block", Anchored::At(4)),
        ("user-content-custom", Anchored::At(1)),
        ("top", Anchored::At(0)),
        ("nowhere", Anchored::Nowhere),
        ("^nowhere", Anchored::Nowhere),
    ] {
        assert_eq!(course.section_named(0, name), at, "{name}");
    }
    let shown: Vec<&str> = course.document(0).blocks().map(|(_, block)| block.text.as_str()).collect();
    assert_eq!(
        shown,
        [
            "Page",
            "My heading",
            "Größe & Art",
            "A note.[1]",
            "Text.",
            "C",
            "An x.",
            "P",
            "Asked",
            "Far below."
        ]
    );
}
