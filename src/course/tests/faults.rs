//! Faults of the manifest: each is named with its place and its remedy, all at once.

use super::{SOUND, changed, faults_of, folder, reported, with_guide};
use crate::course::{Course, Fault, check};
use proptest::prelude::*;

#[test]
fn a_sound_course_opens() {
    let folder = folder(SOUND);
    let course = Course::open(folder.path()).unwrap();
    assert_eq!(course.title, "A small course");
    assert_eq!(course.stop_first, Some(1));
    assert_eq!(course.lessons.len(), 2);
    assert_eq!(course.parts.first().unwrap().lessons, 0..2);
    assert_eq!(course.items.first().unwrap().instead, Some(1));
    assert_eq!(course.items.last().unwrap().caution.as_deref(), Some("Only if it is safe."));
}

#[test]
fn an_unknown_key_suggests_the_nearest() {
    let folder = changed("\"summary\"", "\"sumary\"");
    // The key is not said to be missing as well.
    assert_eq!(reported(&folder), ["course.json:5:3: `sumary` is not a key here; did you mean `summary`?"]);
}

#[test]
fn all_faults_are_reported_at_once_and_in_order() {
    let manifest = SOUND
        .replace("\"format\": 1", "\"format\": 7")
        .replace("\"language\": \"en\"", "\"language\": \"!\"")
        .replace("\"stop_first\": \"two\"", "\"stop_first\": \"tow\"")
        .replace("\"title\": \"The first\"", "\"title\": 3")
        .replace("lessons/two.md", "lessons/tow.md")
        .replace("\"why\": \"It helps.\", ", "")
        .replace("\"instead\": \"pause\"", "\"instead\": \"no-rush\"");
    let lines: Vec<_> = faults_of(folder(manifest).path())
        .iter()
        .map(|fault| (fault.line.unwrap(), fault.problem.clone()))
        .collect();
    let expected = [
        (2, "format 7 is not supported"),
        (6, "`!` is not a language tag"),
        (7, "there is no lesson `tow`"),
        (10, "`title` is written as a number"),
        (11, "the file `lessons/tow.md` does not exist"),
        (16, "`instead` names an item to avoid"),
        (19, "`why` is missing here"),
    ];
    assert_eq!(lines, expected.map(|(line, problem)| (line, problem.to_owned())));
}

#[test]
fn two_unknown_keys_in_one_object_are_both_reported() {
    let folder = changed("\"id\": \"small\"", "\"id\": \"small\", \"a\": 1, \"author\": []");
    assert_eq!(reported(&folder).len(), 2);
}

#[test]
fn a_key_that_is_given_twice_is_reported() {
    let folder = changed("\"language\": \"en\"", "\"language\": \"en\",\n  \"language\": \"fr\"");
    assert_eq!(reported(&folder), ["course.json:7:3: `language` is given twice; remove one of the two"]);
}

#[test]
fn a_duplicate_id_is_reported_at_the_second() {
    let folder = changed("\"id\": \"two\"", "\"id\": \"one\"");
    let reported = reported(&folder);
    assert!(
        reported
            .iter()
            .any(|fault| fault.starts_with("course.json:11:15: another lesson has the id `one`, in line 10;"))
    );
}

#[test]
fn an_item_whose_lesson_does_not_exist_suggests_the_nearest() {
    let folder = changed("\"lesson\": \"one\"", "\"lesson\": \"onee\"");
    assert_eq!(reported(&folder), ["course.json:16:87: there is no lesson `onee`; did you mean `one`?"]);
}

#[test]
fn a_section_that_does_not_exist_suggests_the_nearest() {
    let folder = changed("\"lesson\": \"one\"", "\"lesson\": \"one\", \"section\": \"a-secton\"");
    assert_eq!(
        reported(&folder),
        ["course.json:16:105: the lesson `one` has no section `a-secton`; did you mean `a-section`?"]
    );
}

#[test]
fn json_that_ends_early_is_one_fault_at_its_end() {
    for cut in [1, 40, 200, SOUND.len() - 3] {
        let faults = faults_of(folder(SOUND.get(..cut).unwrap()).path());
        assert_eq!(faults.len(), 1, "{faults:?}");
        let fault = faults.first().unwrap();
        assert!(fault.problem.contains("ends too early"), "{fault}");
        assert_eq!(fault.line.unwrap(), SOUND.get(..cut).unwrap().lines().count());
    }
}

#[test]
fn text_that_is_not_json_is_one_fault_with_its_line() {
    let folder = changed("\"format\": 1,", "\"format\": 1");
    assert_eq!(
        reported(&folder),
        ["course.json:3:3: a comma is missing before `\"id\": \"small\",`; add it"]
    );
}

#[test]
fn an_empty_manifest_says_so() {
    assert!(reported(&folder("")).first().unwrap().contains("the file is empty"));
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(reported(&folder(format!("\u{feff}{SOUND}"))), Vec::<String>::new());
}

#[test]
fn ten_thousand_brackets_are_one_fault() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert!(reported(&folder(&deep)).first().unwrap().contains("it has to be an object in curly brackets"));
    let inside = changed("\"title\": \"A small course\"", &format!("\"title\": {deep}"));
    assert_eq!(
        reported(&inside),
        ["course.json:4:12: `title` is written as a list; it has to be a text in double quotes"]
    );
    let open = reported(&folder("{\"a\":".repeat(10_000)));
    assert_eq!(open.len(), 1);
}

#[test]
fn a_hundred_thousand_faults_are_bounded() {
    let keys: Vec<_> = (0..100_000).map(|number| format!("\"k{number}\": 1,\n")).collect();
    let keys = keys.concat();
    let reported = reported(&changed("\"format\": 1,", &format!("{keys}\"format\": 1,")));
    assert_eq!(reported.len(), 201);
    assert!(reported.iter().any(|fault| fault.contains("there are 99800 more problems")));
}

#[test]
fn an_empty_text_is_a_fault() {
    let reported = reported(&changed("\"why\": \"It helps.\"", "\"why\": \" \\u0020\""));
    assert_eq!(reported, ["course.json:19:51: `why` is empty; write a few words"]);
}

#[test]
fn half_an_escape_is_a_fault() {
    let reported = reported(&changed("It helps.", "\\ud800"));
    assert_eq!(
        reported,
        [
            "course.json:19:51: `why` contains a `\\u` escape that is not a character; write the character itself"
        ]
    );
}

#[test]
fn a_course_without_lessons_is_reported() {
    let manifest = r#"{"format":1,"id":"a","title":"A","summary":"A","language":"en","parts":[],"checklist":{"avoid":[],"embrace":[]}}"#;
    let reported = reported(&folder(manifest));
    assert_eq!(
        reported,
        ["course.json:1:72: the course has no lessons; add a part with a lesson to `parts`"]
    );
}

#[test]
fn an_id_is_made_of_plain_characters() {
    for id in ["a b", "é", "-a", "", "a/b", &"a".repeat(65)] {
        let folder = changed("\"id\": \"small\"", &format!("\"id\": \"{id}\""));
        assert_eq!(reported(&folder).len(), 1, "{id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_damage_to_a_manifest_does_more_than_complain(
        at in 0..SOUND.len(), cut in 0..60usize, put in "[\\[\\]{}\",:a1\\\\\u{0}é ]{0,8}",
    ) {
        let end = (at + cut).min(SOUND.len());
        let damaged = [SOUND.get(..at).unwrap(), put.as_str(), SOUND.get(end..).unwrap()].concat();
        for fault in faults_of(folder(damaged).path()) {
            prop_assert!(!fault.problem.is_empty() && !fault.remedy.is_empty());
        }
    }
}

#[test]
fn where_no_lesson_is_named_nothing_that_follows_from_it_is_said() {
    let parts = &SOUND[SOUND.find("\"parts\"").unwrap()..SOUND.find("  \"checklist\"").unwrap()];
    for (manifest, expected) in [
        (
            SOUND.replace(parts, "\"parts\": [],\n"),
            "the course has no lessons; add a part with a lesson to `parts`",
        ),
        (SOUND.replace("\"parts\"", "\"part\""), "`part` is not a key here; did you mean `parts`?"),
        (
            SOUND.replace("\"lessons\": [", "\"lesson\": ["),
            "`lesson` is not a key here; did you mean `lessons`?",
        ),
    ] {
        let folder = folder(manifest);
        let faults: Vec<String> = check(folder.path()).iter().map(Fault::to_string).collect();
        let faults: Vec<&String> =
            faults.iter().filter(|fault| !fault.contains("the lesson is short")).collect();
        assert!(faults.len() == 1 && faults[0].ends_with(expected), "{faults:#?}");
    }
}

#[test]
fn of_what_names_a_lesson_with_a_faulty_id_nothing_is_said() {
    let folder = changed("\"id\": \"two\"", "\"id\": \"two!\"");
    std::fs::write(folder.path().join("lessons/one.md"), "# The first\n\nSee [two](lesson:two).\n").unwrap();
    let faults: Vec<String> = check(folder.path()).iter().map(Fault::to_string).collect();
    let errors: Vec<&String> = faults.iter().filter(|fault| !fault.contains("the lesson is short")).collect();
    assert!(errors.len() == 1 && errors[0].contains("`two!` is not a valid id"), "{errors:#?}");
    // The remedy for a link to its file does not name it either.
    std::fs::write(folder.path().join("lessons/one.md"), "# The first\n\nSee [two](two.md).\n").unwrap();
    let faults: Vec<String> = check(folder.path()).iter().map(Fault::to_string).collect();
    assert!(
        faults.iter().any(|fault| fault.ends_with("link to `lesson:ID`, `lesson:ID#section` or the web"))
    );
    assert!(!faults.iter().any(|fault| fault.contains("lesson:two!")), "{faults:#?}");
}

#[test]
fn of_what_names_a_question_an_outcome_or_an_item_with_a_faulty_id_nothing_is_said() {
    for (from, to) in [
        ("{ \"id\": \"second\"", "{ \"id\": \"second!\""),
        ("{ \"id\": \"go\"", "{ \"id\": \"go!\""),
        ("{ \"id\": \"pause\"", "{ \"id\": \"pause!\""),
    ] {
        assert!(with_guide().contains(from), "nothing to change: {from}");
        let reported = reported(&folder(with_guide().replace(from, to)));
        assert!(reported.len() == 1 && reported[0].contains("is not a valid id"), "{reported:#?}");
    }
}
