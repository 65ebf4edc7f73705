//! The linter: for each rule a course that breaks it.

use super::{SOUND, folder, with_guide};
use crate::course::{Fault, Severity, built_in_ids, check, check_built_in};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Enough words for a lesson not to be short.
const WORDS: &str = "\n\nSome words that are easy to read, so that nobody minds. They go on for a while. \
    They say little. They are here to be counted, and that is all that they are here for. One more will do. \
    And then there was one.\n";

/// A course without a fault, with this as its first lesson.
fn course(first: &str) -> TempDir {
    with_manifest(SOUND, first)
}

fn with_manifest(manifest: &str, first: &str) -> TempDir {
    let folder = folder(manifest);
    fs::write(folder.path().join("lessons/one.md"), format!("{first}{WORDS}")).unwrap();
    fs::write(folder.path().join("lessons/two.md"), format!("# The second{WORDS}\n## A part of it\n"))
        .unwrap();
    folder
}

fn found(folder: &TempDir) -> Vec<String> {
    check(folder.path()).iter().map(Fault::to_string).collect()
}

#[test]
fn nothing_is_found_in_a_sound_course() {
    let first = "# The first\n\nSee [two](lesson:two#a-part-of-it), [here](#the-first), [the web](https://example.org) \
        and ![a picture](picture.png).[^1]\n\n[^1]: A note with words in [brackets].";
    let folder = with_manifest(&with_guide(), first);
    fs::write(folder.path().join("lessons/picture.png"), [0x89, 0xff, 0]).unwrap();
    fs::write(folder.path().join("README.md"), "How this course is made.").unwrap();
    fs::write(folder.path().join(".hidden"), "").unwrap();
    assert_eq!(found(&folder), Vec::<String>::new());
}

#[test]
fn nothing_is_found_in_any_built_in_course() {
    for id in built_in_ids() {
        let faults = check_built_in(id).unwrap();
        let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert_eq!(faults, Vec::<String>::new(), "{id}");
    }
}

#[test]
fn faults_that_keep_a_course_from_opening_are_found_too() {
    let folder = with_manifest(&SOUND.replace("\"lesson\": \"one\"", "\"lesson\": \"onee\""), "# The first");
    assert_eq!(found(&folder), ["course.json:16:87: there is no lesson `onee`; did you mean `one`?"]);
}

#[test]
fn a_link_to_an_unknown_lesson_is_found() {
    assert_eq!(
        found(&course("# The first\n\nSee [it](lesson:tow).")),
        ["lessons/one.md:3:5: there is no lesson `tow`; did you mean `two`?"]
    );
}

#[test]
fn a_link_to_an_unknown_section_is_found() {
    assert_eq!(
        found(&course("# The first\n\nSee [it](lesson:two#a-part-of-at) and [this](#nothing).")),
        [
            "lessons/one.md:3:5: the lesson `two` has no section `a-part-of-at`; did you mean `a-part-of-it`?",
            "lessons/one.md:3:39: the lesson `one` has no section `nothing`; name one of its headings",
        ]
    );
}

#[test]
fn a_link_to_a_file_says_how_to_name_its_lesson() {
    assert_eq!(
        found(&course("# The first\n\nSee [it](two.md#a-part-of-it) or [that](../lessons/else.md).")),
        [
            "lessons/one.md:3:34: the link `../lessons/else.md` leads nowhere; \
             link to `lesson:ID`, `lesson:ID#section` or the web",
            "lessons/one.md:3:5: the link `two.md#a-part-of-it` leads nowhere; write `lesson:two#a-part-of-it`",
        ]
        .map(str::to_owned)
        .into_iter()
        .rev()
        .collect::<Vec<_>>()
    );
}

#[test]
fn a_reference_without_a_target_is_found() {
    assert_eq!(
        found(&course("# The first\n\nSee [it][that] and [those][].")),
        [
            "lessons/one.md:3:5: the link to `that` leads nowhere; add a line `[that]: …`",
            "lessons/one.md:3:20: the link to `those` leads nowhere; add a line `[those]: …`",
        ]
    );
}

#[test]
fn a_footnote_without_a_text_is_found() {
    assert_eq!(
        found(&course("# The first\n\nSee there.[^9]")),
        ["lessons/one.md:3:11: the footnote `9` has no text; add a line `[^9]: …`"]
    );
}

#[test]
fn a_picture_that_is_not_there_is_found() {
    assert_eq!(
        found(&course("# The first\n\n![It](no%20picture.png)")),
        [
            "lessons/one.md:3:1: the file `lessons/no picture.png` does not exist; create it, or correct its name"
        ]
    );
}

#[test]
fn a_picture_outside_of_the_folder_is_found() {
    let found = found(&course("# The first\n\n![It](../../picture.png)"));
    assert!(found.first().unwrap().contains("lies outside of the folder"), "{found:?}");
}

#[test]
fn a_picture_without_a_description_is_found() {
    let folder = course("# The first\n\n![](picture.png)");
    fs::write(folder.path().join("lessons/picture.png"), "").unwrap();
    assert_eq!(
        found(&folder),
        ["lessons/one.md:3:1: the picture has no description; \
          describe it between the brackets; the reader sees only that"]
    );
}

#[test]
fn an_unreachable_question_or_outcome_is_found() {
    let manifest = with_guide()
        .replace("\"next\": \"second\"", "\"outcome\": \"go\"")
        .replace("\"otherwise\": \"go\"", "\"otherwise\": \"stay\"");
    let manifest = manifest.replace("{ \"text\": \"Yes\", \"outcome\": \"go\" },", "");
    assert_eq!(
        found(&with_manifest(&manifest, "# The first")),
        [
            "course.json:31:15: no answer leads to the question `second`; make it the `next` of one, or remove it",
            "course.json:37:15: no answer leads to the outcome `go`; make it the `outcome` of one, or remove it",
        ]
    );
}

#[test]
fn an_unused_file_is_found() {
    let folder = course("# The first");
    fs::write(folder.path().join("lessons/three.md"), "# Three").unwrap();
    fs::write(folder.path().join("notes.txt"), "").unwrap();
    // What systems and editors leave is nobody's fault.
    for left in ["Thumbs.db", "desktop.ini", "lessons/one.md~", "~$notes.docx"] {
        fs::write(folder.path().join(left), "").unwrap();
    }
    assert_eq!(
        found(&folder),
        [
            "lessons/three.md: the file `lessons/three.md` is not used; add a lesson for it, or remove it",
            "notes.txt: the file `notes.txt` is not used; keep it outside of the course's folder",
        ]
    );
}

#[test]
fn a_file_that_two_lessons_use_is_found() {
    let folder = course("# The first");
    let manifest = SOUND.replace("lessons/two.md", "./lessons/one.md");
    fs::write(folder.path().join("course.json"), manifest).unwrap();
    fs::remove_file(folder.path().join("lessons/two.md")).unwrap();
    assert_eq!(
        found(&folder),
        ["course.json:11:53: the lesson `one` uses this file too; give each lesson a file of its own"]
    );
}

#[test]
fn a_part_without_lessons_is_found() {
    let manifest =
        SOUND.replace("  \"parts\": [", "  \"parts\": [\n    { \"title\": \"Later\", \"lessons\": [] },");
    assert_eq!(
        found(&with_manifest(&manifest, "# The first")),
        ["course.json:9:16: the part `Later` has no lessons; add one, or remove the part"]
    );
}

#[test]
fn characters_that_cleaning_removes_are_found() {
    let folder = with_manifest(
        &SOUND.replace("It is small.", "It is \\u001b[31msmall."),
        "# The first\n\nA \u{202e}b, and &#x202e; c \u{7}\u{7}\u{7}.",
    );
    let rest = "which must not reach a terminal; remove it; sidelight strips it anyway";
    assert_eq!(
        found(&folder),
        [
            format!("course.json:5:14: `summary` contains U+001B, {rest}"),
            format!("lessons/one.md:3:3: the text contains U+202E, {rest}"),
            format!("lessons/one.md:3:11: the text contains U+202E, {rest}"),
            format!("lessons/one.md:3:22: the text contains U+0007, {rest}"),
        ]
    );
}

#[test]
fn what_editors_insert_automatically_is_no_fault() {
    let folder = course("\u{feff}# The first\r\n\r\nA\ttab, a heart \u{2764}\u{fe0f} and an e\u{301}.\r\n");
    assert_eq!(found(&folder), Vec::<String>::new());
}

#[test]
fn a_heading_that_skips_a_level_is_found() {
    assert_eq!(
        found(&course("# The first\n\n### Too deep\n\n#### Deeper")),
        ["lessons/one.md:3:1: a heading of level 3 follows level 1; write it with 2 `#`"]
    );
}

#[test]
fn a_lesson_that_is_short_or_long_is_a_warning() {
    let folder = course("# The first");
    fs::write(folder.path().join("lessons/one.md"), "# The first\n\nThat is all.\n").unwrap();
    let long = format!("# The second\n\n{}", "One word. ".repeat(1_300));
    fs::write(folder.path().join("lessons/two.md"), long).unwrap();
    let faults = check(folder.path());
    assert!(faults.iter().all(|fault| fault.severity == Severity::Warning));
    let found: Vec<String> = faults.iter().map(Fault::to_string).collect();
    assert_eq!(
        found,
        [
            "lessons/one.md:1:1: warning: the lesson is short: 5 words; write more, or merge it with another",
            "lessons/two.md:1:1: warning: the lesson is long: 2602 words; split it in two",
        ]
    );
}

#[test]
fn a_lesson_that_is_hard_to_read_is_a_warning_that_names_its_formula() {
    let hard = "Considerable institutional responsibilities notwithstanding, administrators \
        systematically underestimate organisational interdependencies. ";
    let text = format!("# The first\n\n{}", hard.repeat(30));
    let found = found(&course(&text));
    assert_eq!(found.len(), 1);
    assert!(found.first().unwrap().contains("Flesch-Kincaid grade"), "{found:?}");
    let german = SOUND.replace("\"language\": \"en\"", "\"language\": \"de\"");
    assert!(check(with_manifest(&german, &text).path()).is_empty());
}

#[test]
fn a_lesson_that_nests_too_deep_is_found() {
    let found = found(&course(&format!("{} deep", ">".repeat(10_000))));
    assert!(found.first().unwrap().contains("nested more than 100 deep"), "{found:?}");
}

#[test]
fn ten_thousand_files_a_link_loop_and_rubbish_end_in_findings() {
    let folder = course("# The first");
    let deep = folder.path().join("many");
    fs::create_dir(&deep).unwrap();
    for number in 0..10_000 {
        fs::write(deep.join(format!("{number}.md")), [0, 0xff, 0x1b]).unwrap();
    }
    symlink(folder.path(), deep.join("again")).unwrap();
    symlink("loop", folder.path().join("loop")).unwrap();
    fs::write(folder.path().join("a\u{1b}[2J\u{7}\nname.md"), "").unwrap();
    fs::write(folder.path().join(std::ffi::OsString::from_vec(b"\xff\xfe.md".to_vec())), "").unwrap();
    let start = Instant::now();
    let found = found(&folder);
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(found.len(), 51);
    assert!(found.iter().all(|fault| !fault.contains(char::is_control)));
    assert!(found.iter().any(|fault| fault.contains("more unused files")));
}

#[test]
fn a_folder_without_a_manifest_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("one.md"), "# One").unwrap();
    assert_eq!(found(&folder).len(), 1);
}

#[test]
fn a_thousand_faults_in_one_lesson_are_counted() {
    let found = found(&course(&format!("# The first\n\n{}", "[a](lesson:b) ".repeat(900))));
    assert_eq!(found.len(), 51);
    assert!(found.last().unwrap().contains("there are at least 152 more problems from here on"), "{found:?}");
}

#[test]
fn very_many_links_to_very_many_headings_end_in_time() {
    let mut text = "# a\n".repeat(20_000);
    text.push_str(&"[a](#a-19999) [b](lesson:one#zzz)\n".repeat(20_000));
    let folder = course(&text);
    let start = Instant::now();
    assert_eq!(found(&folder).len(), 51);
    assert!(start.elapsed() < Duration::from_secs(20));
}
