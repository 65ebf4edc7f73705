//! What an author nearly wrote: links, tables, alerts and names of files that are not quite any. And what
//! is not said of a course because it only follows from something that is.

use super::{SOUND, folder};
use crate::course::{Fault, check};
use std::fs;
use tempfile::TempDir;

/// Enough words for a lesson not to be short.
const WORDS: &str = "\n\nSome words that are easy to read, so that nobody minds. They go on for a while. \
    They say little. They are here to be counted, and that is all that they are here for. One more will do. \
    And then there was one.\n";

/// The small course in format 2, with this in its first lesson.
fn course(first: &str) -> TempDir {
    let folder = folder(SOUND.replace("\"format\": 1", "\"format\": 2"));
    fs::write(folder.path().join("lessons/one.md"), format!("# The first\n\n{first}{WORDS}")).unwrap();
    fs::write(folder.path().join("lessons/two.md"), format!("# The second{WORDS}")).unwrap();
    folder
}

fn found(folder: &TempDir) -> Vec<String> {
    check(folder.path()).iter().map(Fault::to_string).collect()
}

/// What is said of this text in the third line of a lesson, without the place.
fn said(first: &str) -> Vec<String> {
    let place = "lessons/one.md:3:";
    let bare = |fault: String| {
        let rest =
            fault.strip_prefix(place).unwrap_or(&fault).split_once(": ").map(|(_, rest)| rest.to_owned());
        rest.unwrap_or(fault)
    };
    found(&course(first)).into_iter().map(bare).collect()
}

#[test]
fn a_link_with_blanks_is_none_and_is_told_how_it_is_written() {
    assert_eq!(
        said("See [it](lesson:The second)."),
        ["warning: `lesson:The second` is no link, as it has blanks; write `[words](lesson:two)`"]
    );
    // Also where it does not end, but not where its end is too far away to be looked for.
    assert_eq!(
        said("See [it](lesson:The second"),
        ["warning: `lesson:The second` is no link, as it has blanks; write `[words](lesson:two)`"]
    );
    let said_of_long = said(&format!("See [it](lesson:The second{}", " word".repeat(300)));
    assert!(!said_of_long.iter().any(|fault| fault.contains("is no link")), "{said_of_long:?}");
    let folder = course("![My craving](../images/my craving.png)");
    fs::create_dir(folder.path().join("images")).unwrap();
    fs::write(folder.path().join("images/my craving.png"), "").unwrap();
    assert_eq!(
        found(&folder),
        [
            "lessons/one.md:3:13: warning: `../images/my craving.png` is no link, as it has blanks; write `%20` \
             for each blank, as in `../images/my%20craving.png`"
        ]
    );
}

#[test]
fn a_link_as_programs_for_notes_write_it_is_none() {
    assert_eq!(
        said("See [[two]] and [[The second|this]]."),
        [
            "warning: `[[two]]` is no link in a course; write `[words](lesson:two)`",
            "warning: `[[The second|this]]` is no link in a course; write `[words](lesson:two)`",
        ]
    );
}

#[test]
fn a_table_whose_line_of_dashes_is_wrong_is_none() {
    let wrong = |table: &str| said(table).join("\n");
    assert!(
        wrong("| a | b |\n|---|\n| 1 | 2 |")
            .contains("its head has 2 cells, the line of dashes 1; write `|---|---|`")
    );
    assert!(wrong("| a | b |\n|===|===|\n| 1 | 2 |").contains("other signs than `-`, `:` and `|`"));
    assert!(wrong("| a | b |\n| 1 | 2 |").contains("there is no line of dashes below its head"));
    assert!(wrong("> | a | b |\n> |---|\n> | 1 | 2 |").contains("its head has 2 cells"));
}

#[test]
fn an_alert_whose_name_is_nearly_one_is_told_which() {
    assert_eq!(
        said("> [!CHOSE] at-eleven\n> Which?"),
        ["warning: `[!CHOSE]` is neither an exercise nor an alert of a known kind; did you mean `CHOOSE`?"]
    );
}

#[test]
fn plain_text_with_such_signs_is_no_near_miss() {
    for text in [
        "He said (and I quote) [this] (in brackets).",
        "`[x](a b)` and `[[why]]` and `| a |`",
        "```text\n[x](a b) [[why]]\n| a | b |\n| 1 | 2 |\n```",
        "[a link](lesson:two \"with a title\") and [[1]](lesson:two) and \\[[no\\]]",
        "a | b and c | d\nor | e",
        "| a | b |\n|:--|--:|\n| 1 | 2 |",
        "> [!TIP] A tip\n> Of mine.\n\n> [!info]\n> Known.\n\n> [!recipe]\n> Of a kind of my own.",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_lesson_that_does_not_begin_with_its_title_is_a_warning() {
    let folder = course("");
    fs::write(folder.path().join("lessons/one.md"), format!("## A section{WORDS}")).unwrap();
    let found = found(&folder);
    assert!(
        found.iter().any(|fault| fault
            .contains("warning: the lesson does not begin with its title; write a first line `# Title`")),
        "{found:?}"
    );
}

#[test]
fn a_name_that_no_file_has_suggests_the_one_that_was_meant() {
    let missing = |wanted: &str, there: &str| {
        let folder = course("");
        fs::create_dir_all(folder.path().join("images")).unwrap();
        fs::rename(folder.path().join("lessons/two.md"), folder.path().join(there)).unwrap();
        let manifest = fs::read_to_string(folder.path().join("course.json")).unwrap();
        fs::write(folder.path().join("course.json"), manifest.replace("lessons/two.md", wanted)).unwrap();
        let found = found(&folder);
        assert_eq!(found.len(), 1, "{wanted}: {found:?}");
        found.into_iter().next().unwrap()
    };
    assert!(missing("lessons/1-wy.md", "lessons/1-why.md").ends_with("did you mean `lessons/1-why.md`?"));
    assert!(missing("lessons/1-Why.md", "lessons/1-why.md").ends_with("did you mean `lessons/1-why.md`?"));
    assert!(missing("two.md", "lessons/two.md").ends_with("did you mean `lessons/two.md`?"));
    let (composed, apart) = ("lessons/w\u{e4}rum.md", "lessons/wa\u{308}rum.md");
    assert!(missing(composed, apart).contains("a file there looks the same"));
    let nothing = missing("lessons/zebra.md", "lessons/giraffe.md");
    assert!(nothing.ends_with("create it, or correct its name"), "{nothing}");
}

#[test]
fn a_picture_beside_the_lessons_folder_is_named_as_the_lesson_has_to_name_it() {
    let folder = course("![It](images/craving.png)");
    fs::create_dir(folder.path().join("images")).unwrap();
    fs::write(folder.path().join("images/craving.png"), "").unwrap();
    assert_eq!(
        found(&folder),
        ["lessons/one.md:3:1: the file `lessons/images/craving.png` does not exist; \
          did you mean `../images/craving.png`?"]
    );
}

#[test]
fn what_follows_from_a_lesson_that_cannot_be_read_is_not_said() {
    let folder = course("> [!YOURS] my-limit\n> You wrote:\n\n[There](lesson:two#a-part).");
    fs::create_dir(folder.path().join("images")).unwrap();
    fs::write(folder.path().join("images/craving.png"), "").unwrap();
    fs::write(folder.path().join("lessons/two.md"), b"# L\xe4rm\n\n![It](../images/craving.png)").unwrap();
    let found = found(&folder);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("is not UTF-8"), "{found:?}");
}

#[test]
fn what_refers_to_a_lesson_or_an_item_that_is_faulty_itself_is_not_said() {
    let faults = |from: &str, to: &str| {
        assert!(SOUND.contains(from), "{from}");
        super::reported(&folder(SOUND.replace(from, to)))
    };
    let lesson = faults("{ \"id\": \"two\"", "{ \"idd\": \"two\"");
    assert_eq!(lesson.len(), 1, "the key that is misspelt is not missing: {lesson:?}");
    let item = faults("{ \"id\": \"pause\"", "{ \"idd\": \"pause\"");
    assert_eq!(item.len(), 1, "{item:?}");
    // One that nothing is wrong with is missed as before.
    assert_eq!(faults("\"lesson\": \"one\"", "\"lesson\": \"won\"").len(), 1);
}

#[test]
fn a_language_by_its_name_and_a_line_break_in_one_line_are_warnings() {
    let said = |from: &str, to: &str| {
        let folder = course("");
        let manifest = fs::read_to_string(folder.path().join("course.json")).unwrap();
        fs::write(folder.path().join("course.json"), manifest.replace(from, to)).unwrap();
        found(&folder)
    };
    let language = said("\"language\": \"en\"", "\"language\": \"German\"");
    assert!(
        language.len() == 1 && language[0].contains("warning: `German` is the name of no language"),
        "{language:?}"
    );
    let line = said("I paused", "I\\npaused");
    assert!(line.len() == 1 && line[0].contains("warning: `text` has a line break"), "{line:?}");
}
