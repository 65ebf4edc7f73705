//! mdBooks as mdBook 0.5 reads them.

use super::{book_of, open, outline, text_of, write};
use sidelight::library::{Library, LibraryKind, LibraryOrigin, Scope};
use sidelight::text::{BlockKind, Frame};
use std::path::Path;

fn opened_with(path: &Path, allowed: &[&Path]) -> Result<Library, String> {
    let allowed = allowed.iter().map(|path| path.canonicalize().unwrap()).collect();
    let origin =
        LibraryOrigin::of_path(path, None).unwrap().with_scope(Scope { allowed, ..Scope::default() });
    Library::open(origin).map_err(|error| error.to_string())
}

#[test]
fn every_region_of_an_anchor_is_shown_and_what_lies_between_is_hidden() {
    let root = tempfile::tempdir().unwrap();
    book_of(
        root.path(),
        "",
        "```rust\n{{#rustdoc_include code.rs:part}}\n```\n\n```rust\n{{#include code.rs:part}}\n```\n",
    );
    let code = "// ANCHOR: part\nfn first() {\n    // ANCHOR_END: part\n    let between = 1;\n    // ANCHOR: part\n    let second = 2;\n}\n// ANCHOR_END: part\n";
    write(root.path(), &[("src/code.rs", code)]);
    let course = open(root.path()).course;
    assert_eq!(text_of(&course, "one.md"), "fn first() {\n    let second = 2;\n}\nfn first() {");
}

#[test]
fn a_book_has_the_extensions_that_mdbook_has_by_default() {
    let root = tempfile::tempdir().unwrap();
    let text = "Pot\n: A thing to cook in.\n\nHe said \"no\" -- twice...\n\n## Its own name { #named .big }\n\n> [!TIP]\n> Told.\n";
    book_of(root.path(), "", text);
    let course = open(root.path()).course;
    assert_eq!(
        text_of(&course, "one.md"),
        "Pot\nA thing to cook in.\nHe said “no” – twice…\nIts own name\nTold."
    );
    let blocks: Vec<_> = course.document(0).blocks().map(|(_, block)| block).collect();
    assert!(matches!(blocks[1].frames[..], [Frame::Definition { opens: true }]));
    assert!(matches!(&blocks[3].kind, BlockKind::Heading(heading) if heading.slug == "named"));
    assert!(matches!(blocks[4].frames[..], [Frame::Alert { .. }]));
    let off = "[output.html]\nsmart-punctuation = false\ndefinition-lists = false\nadmonitions = false\n";
    book_of(root.path(), off, text);
    let course = open(root.path()).course;
    assert_eq!(
        text_of(&course, "one.md"),
        "Pot : A thing to cook in.\nHe said \"no\" -- twice...\nIts own name\n[!TIP] Told."
    );
}

#[test]
fn a_long_chapter_is_read_in_portions_and_its_hidden_lines_are_left_out_of_each() {
    let root = tempfile::tempdir().unwrap();
    let listing = format!("```rust\n{}```\n\n", "shown();\n# hidden();\n\n".repeat(12_000));
    let plain = "Words of a long chapter.\n\n".repeat(8_000);
    let chapter = format!("---\na: b\n---\n# One\n\n{listing}{plain}The end.\n");
    book_of(root.path(), "", &chapter);
    let course = open(root.path()).course;
    assert!(course.lessons[0].load().portions() > 10);
    // What has not been asked for has not been read, so that what is in the file then is shown.
    let file = root.path().join("src/one.md");
    let mut open_file = std::fs::OpenOptions::new().write(true).open(&file).unwrap();
    std::io::Seek::seek(&mut open_file, std::io::SeekFrom::End(-5)).unwrap();
    std::io::Write::write_all(&mut open_file, b"END.\n").unwrap();
    let document = course.lessons[0].load();
    let blocks: Vec<_> = document.blocks().collect();
    assert_eq!(blocks.last().unwrap().1.text, "The END.");
    let shown: usize = blocks.iter().map(|(_, block)| block.text.matches("shown();").count()).sum();
    assert_eq!((shown, blocks.iter().any(|(_, block)| block.text.contains("hidden"))), (12_000, false));
    let lines = u32::try_from(chapter.lines().count()).unwrap();
    let (last, block) = blocks.last().unwrap();
    let (portion, _) = sidelight::text::Document::within(*last);
    assert_eq!(document.source_line(portion, block.line), Some(lines));

    // What a directive brings may be longer than a portion: then the whole is made ready.
    write(root.path(), &[("src/two.md", "included")]);
    book_of(root.path(), "", &format!("{chapter}\n{{{{#include two.md}}}}\n"));
    let course = open(root.path()).course;
    assert_eq!(course.document(0).blocks().last().unwrap().1.text, "included");
}

#[test]
fn lines_are_hidden_as_the_book_says() {
    let root = tempfile::tempdir().unwrap();
    let text = "```python\nshown()\n~hidden()\n```\n\n```text,hidelines=!!\nshown\n!!hidden\n```\n";
    book_of(root.path(), "[output.html.code.hidelines]\npython = \"~\"\n", text);
    assert_eq!(text_of(&open(root.path()).course, "one.md"), "shown()\nshown");
}

#[test]
fn an_odd_setting_leaves_the_others_as_they_are() {
    let root = tempfile::tempdir().unwrap();
    book_of(root.path(), "[output.html]\nsmart-punctuation = \"no\"\ncode = 5\n", "\"Text\"\n");
    let library = open(root.path());
    assert_eq!((library.course.title.as_str(), library.notices.len()), ("A book", 0));
    assert_eq!(text_of(&library.course, "one.md"), "“Text”");
}

#[test]
fn a_byte_order_mark_costs_no_part() {
    let root = tempfile::tempdir().unwrap();
    book_of(root.path(), "", "# Rain\n");
    write(root.path(), &[("src/SUMMARY.md", "\u{feff}# Summary\n\n# Part one\n\n- [Rain](one.md)\n")]);
    assert_eq!(outline(&open(root.path()).course), ["# Part one", "1.Rain"]);
}

#[test]
fn entries_of_the_contents_that_are_no_links_are_said() {
    let root = tempfile::tempdir().unwrap();
    book_of(root.path(), "", "# One\n");
    let summary =
        "# Summary\n\n- [One](one.md)\n- [Loft]\n- Words only\n- [Two words](two words.md)\n- Fourth\n";
    write(root.path(), &[("src/SUMMARY.md", summary)]);
    let library = open(root.path());
    assert_eq!(library.course.lessons.len(), 1);
    let says = &library.notices[0];
    for part in
        ["line 4 [Loft], line 5 Words only, line 6 [Two words](two words.md) and 1 more", "%20 for a space"]
    {
        assert!(says.contains(part), "{says}");
    }
}

#[test]
fn what_lies_beside_a_book_is_read_once_it_is_allowed() {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    book_of(&at("guide"), "", "```rust\n{{#include ../../shared/code.rs}}\n```\n");
    write(
        root.path(),
        &[("shared/code.rs", "fn shared() {}\n"), ("print/book.toml", "[book]\nsrc = \"../guide/src\"\n")],
    );
    let refused = text_of(&opened_with(&at("guide"), &[]).unwrap().course, "one.md");
    let folder = at("shared").canonicalize().unwrap().display().to_string();
    assert_eq!(
        refused,
        format!(
            "[not included: ../../shared/code.rs is outside the book; `--allow {folder}` lets it be read]"
        )
    );
    let shown = opened_with(&at("guide"), &[&at("shared")]).unwrap();
    assert_eq!(text_of(&shown.course, "one.md"), "fn shared() {}");
    let refused = opened_with(&at("print"), &[]).unwrap_err();
    assert!(refused.contains("`src` is ../guide/src, which is outside the book; `--allow "), "{refused}");
    let print = opened_with(&at("print"), &[&at("guide")]).unwrap();
    assert!(matches!(print.origin, Some(LibraryOrigin::Path { kind: LibraryKind::Book, .. })));
    assert!(text_of(&print.course, "one.md").contains("not included"));
    let both = opened_with(&at("print"), &[&at("guide"), &at("shared")]).unwrap();
    assert_eq!(text_of(&both.course, "one.md"), "fn shared() {}");
}
