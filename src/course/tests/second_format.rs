//! What came with format 2: first aid, a plan by weeks, groups and rhythms, branches of the
//! self-check.

use super::{SOUND, folder, reported, with_guide};
use crate::course::guide::Given;
use crate::course::{Course, Day, Rhythm, check};

/// The small course in format 2, with everything that it may have.
fn second() -> String {
    SOUND
        .replace("\"format\": 1", "\"format\": 2")
        .replace(
            "\"parts\"",
            "\"first_aid\": \"one\", \"welcome\": \"A small course.\\nIt is short.\", \"parts\"",
        )
        .replace(
            "\"instead\": \"pause\"",
            "\"instead\": \"pause\", \"group\": \"Talking\", \"rhythm\": { \"per_week\": 3 }",
        )
        .replace(
            "\"caution\": \"Only if it is safe.\"",
            "\"slipped\": \"not today\", \"rhythm\": { \"days\": [\"thu\", \"mon\"] }",
        )
        .trim_end()
        .strip_suffix("\n}")
        .unwrap()
        .to_owned()
        + ",\n  \"plan\": [ { \"title\": \"Week one\", \"lessons\": [\"one\"], \"items\": [\"pause\"], \"look_back\": \"What helped?\" } ]\n}\n"
}

fn changed(from: &str, to: &str) -> Vec<String> {
    let manifest = second();
    assert!(manifest.contains(from), "nothing to change: {from}");
    reported(&folder(manifest.replace(from, to)))
        .iter()
        .map(|fault| fault.splitn(4, ':').last().unwrap().trim().to_owned())
        .collect()
}

/// What is said of the small course in format 1 after a change.
fn changed_first(from: &str, to: &str) -> Vec<String> {
    let reported = reported(&super::changed(from, to));
    reported.iter().map(|fault| fault.splitn(4, ':').last().unwrap().trim().to_owned()).collect()
}

#[test]
fn everything_that_came_with_it_is_read() {
    let course = Course::open(folder(second()).path()).unwrap();
    assert_eq!(course.first_aid, Some(0));
    assert_eq!(course.welcome.as_deref(), Some("A small course.\nIt is short."));
    let (avoid, embrace) = (course.items.first().unwrap(), course.items.last().unwrap());
    assert_eq!((avoid.group.as_deref(), &avoid.rhythm), (Some("Talking"), &Rhythm::PerWeek(3)));
    assert_eq!(embrace.rhythm, Rhythm::Days([Day::Mon, Day::Thu].into()));
    assert_eq!(embrace.slipped.as_deref(), Some("not today"));
    let week = course.plan.first().unwrap();
    assert_eq!((&week.lessons[..], &week.items[..]), (&[0][..], &[1][..]));
    assert_eq!((week.title.as_str(), week.look_back.as_str()), ("Week one", "What helped?"));
}

#[test]
fn its_keys_are_refused_in_the_first_format_with_one_word_for_all() {
    let reported = changed("\"format\": 2", "\"format\": 1");
    let remedy = "write `\"format\": 2` at the head of the file";
    assert_eq!(reported, [format!("`first_aid` and 6 other keys need format 2; {remedy}")]);
    let one = changed_first("\"summary\"", "\"welcome\": \"Come in.\", \"summary\"");
    assert_eq!(one, [format!("`welcome` needs format 2; {remedy}")]);
}

#[test]
fn a_rhythm_that_no_week_can_have_is_reported() {
    let impossible =
        "no week can have this rhythm; write 1 to 7 for `per_week`, or name at least one of the `days`";
    for rhythm in ["{ \"per_week\": 0 }", "{ \"per_week\": 8 }", "{ \"days\": [] }"] {
        assert_eq!(changed("{ \"per_week\": 3 }", rhythm), [impossible], "{rhythm}");
    }
    let wanted = "write \"daily\", {\"per_week\": 3} or {\"days\": [\"mon\", \"thu\"]}";
    let whole = "it has to be a whole number";
    for (rhythm, expected) in [
        ("\"weekly\"", format!("this is not a rhythm; {wanted}")),
        ("3", format!("this is not a rhythm; {wanted}")),
        ("{ }", format!("this rhythm says nothing; {wanted}")),
        ("{ \"days\": [\"Monday\"] }", "`Monday` is not a day as it is written here; write `mon`".into()),
        (
            "{ \"days\": [\"mon\", \"tues\"] }",
            "`tues` is not a day as it is written here; write `tue`".into(),
        ),
        ("{ \"per_week\": \"3\" }", format!("`per_week` is written as a text; {whole}")),
        ("{ \"per_week\": 300 }", "no week has so many days; write 1 to 7".into()),
        ("{ \"perweek\": 3 }", "`perweek` is not a key here; did you mean `per_week`?".into()),
        (
            "{ \"per_week\": 3, \"days\": [\"mon\"] }",
            "a rhythm has `per_week` or `days`, not both; remove one of the two".into(),
        ),
    ] {
        assert_eq!(changed("{ \"per_week\": 3 }", rhythm), [expected], "{rhythm}");
    }
}

#[test]
fn a_plan_that_names_nothing_is_reported() {
    let nothing = changed("[\"one\"], \"items\": [\"pause\"]", "[], \"items\": []");
    assert_eq!(nothing, ["this week names no lesson and no item; name one, or remove the week"]);
    let unknown = changed("[\"one\"], \"items\"", "[\"ones\"], \"items\"");
    assert_eq!(unknown, ["there is no lesson `ones`; did you mean `one`?"]);
}

/// The guide in format 2, whose last question depends on the first answer.
fn branching() -> String {
    with_guide()
        .replace("\"format\": 1", "\"format\": 2")
        .replace("\"text\": \"Yes\", \"next\"", "\"text\": \"Yes\", \"id\": \"yes\", \"next\"")
        .replace("\"text\": \"Not sure\", \"outcome\"", "\"text\": \"Not sure\", \"next\": \"second\", \"outcome\"")
        .replace(
            "{ \"text\": \"Rather not say\" }",
            "{ \"text\": \"Rather not say\", \"next\": [ { \"when\": { \"first\": \"yes\" }, \"question\": \"third\" } ] }",
        )
        .replace(
            "] }\n    ],\n    \"outcomes\"",
            "] },\n{ \"id\": \"third\", \"text\": \"And?\", \"why\": \"To end.\", \"answers\": [ { \"text\": \"So\" } ] }\n    ],\n    \"outcomes\"",
        )
}

#[test]
fn a_question_may_follow_only_after_another_answer() {
    let guide = Course::open(folder(branching()).path()).unwrap().guide().unwrap().clone();
    let answer = guide.questions.get(1).unwrap().answers.first().unwrap();
    let first = |answer| Given { question: 0, answer };
    let second = Given { question: 1, answer: 0 };
    assert_eq!(answer.next(&[first(0), second]), Some(2));
    assert_eq!(answer.next(&[first(1), second]), None);
}

#[test]
fn a_branch_behind_one_that_always_fits_is_found_and_keeps_no_course_from_opening() {
    let branch = "{ \"when\": { \"first\": \"yes\" }, \"question\": \"third\" }";
    let never = |branches: &str, why: &str| {
        let folder = folder(branching().replace(branch, branches));
        Course::open(folder.path()).unwrap();
        let found: Vec<String> = check(folder.path()).iter().map(ToString::to_string).collect();
        let found: Vec<&String> = found.iter().filter(|fault| fault.contains("never taken")).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(why) && found[0].contains("the one before it of line 3"), "{found:?}");
    };
    never(&format!("{{ \"question\": \"third\" }},\n{branch}"), "always fits; move that one to the end");
    never(&format!("{branch},\n{branch}"), "has the same `when`; remove one of the two");
    let folder = folder(branching());
    assert!(check(folder.path()).iter().all(|fault| !fault.problem.contains("never taken")));
}

#[test]
fn of_a_branch_with_an_unknown_answer_or_question_nothing_else_is_said() {
    for when in
        ["{ \"first\": \"no\" }", "{ \"still\": \"yes\" }", "{ \"first\": \"yes\", \"still\": \"yes\" }", "1"]
    {
        let branches = format!("{{ \"when\": {when}, \"question\": \"third\" }},\n");
        let same =
            "{ \"when\": { \"first\": \"yes\" }, \"question\": \"third\" },\n{ \"question\": \"third\" }";
        let branch = "{ \"when\": { \"first\": \"yes\" }, \"question\": \"third\" }";
        let folder = folder(branching().replace(branch, &(branches + same)));
        let faults: Vec<String> = check(folder.path()).iter().map(ToString::to_string).collect();
        let faults: Vec<&String> =
            faults.iter().filter(|fault| !fault.contains("the lesson is short")).collect();
        assert!(faults.len() == 1 && !faults[0].contains("never taken"), "{faults:?}");
    }
}

#[test]
fn a_branch_that_waits_for_what_does_not_exist_is_reported() {
    let faults = |from: &str, to: &str| reported(&folder(branching().replace(from, to)));
    let unknown = faults("{ \"first\": \"yes\" }", "{ \"first\": \"yess\" }");
    assert!(
        unknown.first().unwrap().contains("there is no answer `yess`; did you mean `yes`?"),
        "{unknown:?}"
    );
    let unknown = faults("{ \"first\": \"yes\" }", "{ \"frist\": \"yes\" }");
    assert!(
        unknown.first().unwrap().contains("there is no question `frist`; did you mean `first`?"),
        "{unknown:?}"
    );
    let unknown = faults("{ \"first\": \"yes\" }", "{ \"first\": \"zebra\" }");
    assert!(unknown.first().unwrap().contains("name one of that question's answers"), "{unknown:?}");
    let round = faults("\"question\": \"third\"", "\"question\": \"first\"");
    assert!(round.first().unwrap().contains("leads back to itself"), "{round:?}");
}
