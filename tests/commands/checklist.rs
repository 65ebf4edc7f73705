//! `items`, `today` and `mark`.

use crate::{ITEM, json_of, keys, sidelight, text};
use serde_json::{Value, json};
use sidelight::course::{CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, IfThen, ItemStatus, Journal, Operation, OwnItem};
use std::path::Path;

/// Writes to the journal of the built-in course what the screen would write.
fn choose(home: &Path, all: impl IntoIterator<Item = Chosen>) {
    let mut opened = Journal::open(&home.join(".local/share/sidelight")).unwrap();
    let course = CourseId::new("reconcile");
    let operations =
        all.into_iter().map(|chosen| Operation::Choice(Choice { course: course.clone(), chosen })).collect();
    opened.journal.append(&mut opened.ledger, operations).unwrap();
}

fn own_item(id: &str, text: &str, status: ItemStatus) -> Chosen {
    let own = OwnItem { status, ..OwnItem::new(Side::Avoid, text.into(), "I went out".into()) };
    Chosen::OwnItem { item: ItemId::new(id), own }
}

fn listed(id: &str) -> Chosen {
    Chosen::Listed { item: ItemId::new(id), listed: true }
}

#[test]
fn items_and_today_as_json_keep_their_promise_to_scripts() {
    let home = tempfile::tempdir().unwrap();
    let more = ["evening", "lesson", "questions", "week"];
    let more_of_item = ["plan", "standing"];
    for (command, more, more_of_item) in
        [("items", &[][..], &[][..]), ("today", &more[..], &more_of_item[..])]
    {
        let value = json_of(home.path(), &[command, "--json"]);
        let sorted = |more: &[&'static str], known: &[&'static str]| {
            let mut all = [known, more].concat();
            all.sort_unstable();
            all
        };
        assert_eq!(keys(&value), sorted(more, &["course", "day", "items"]));
        assert_eq!(value["day"], "2026-11-22");
        assert_eq!(keys(&value["items"][0]), sorted(more_of_item, &ITEM));
        assert_eq!(value["items"][0]["mark"], Value::Null);
        let sides: Vec<&str> =
            value["items"].as_array().unwrap().iter().map(|item| item["side"].as_str().unwrap()).collect();
        assert!(sides.contains(&"avoid") && sides.contains(&"embrace"));
    }
}

#[test]
fn an_item_of_the_readers_own_is_listed_and_marked_like_any_other() {
    let home = tempfile::tempdir().unwrap();
    choose(home.path(), [own_item("own-0001-x", "I did not read his letters", ItemStatus::Active)]);
    let own = |value: &Value| {
        let items = value["items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == "own-0001-x").cloned().unwrap()
    };
    let item = own(&json_of(home.path(), &["items", "--json"]));
    assert_eq!((&item["own"], &item["side"], &item["mark"]), (&json!(true), &json!("avoid"), &Value::Null));
    // By its id, and by the beginning of its text.
    for typed in ["own-0001-x", "i did not READ"] {
        let marked = json_of(home.path(), &["mark", typed, "kept", "--json"]);
        assert_eq!((&marked["id"], &marked["mark"]), (&json!("own-0001-x"), &json!("kept")));
        assert_eq!(own(&json_of(home.path(), &["today", "--json"]))["mark"], "kept");
        json_of(home.path(), &["mark", typed, "clear", "--json"]);
    }
    let (code, out, _) = text(&sidelight(home.path(), &["mark", "own-0001-x", "slipped"]));
    assert!(out.ends_with(". I did not read his letters: slipped.\nSaved.\n"), "{out}");
    assert_eq!(code, 0);
    let (_, out, _) = text(&sidelight(home.path(), &["items"]));
    let avoid = out.split("\nEmbrace\n").next().unwrap();
    let line = avoid.lines().find(|line| line.contains("own-0001-x")).unwrap();
    assert!(line.ends_with("  [!] I did not read his letters"), "{out}");
}

#[test]
fn today_shows_the_readers_list_and_all_items_while_it_is_empty() {
    let home = tempfile::tempdir().unwrap();
    let ids = |command: &str| -> Vec<String> {
        let value = json_of(home.path(), &[command, "--json"]);
        let items = value["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let all = ids("items");
    assert_eq!(ids("today"), all);
    let mine = "own-0001-x";
    choose(
        home.path(),
        [
            own_item(mine, "I did not read his letters", ItemStatus::Active),
            listed(mine),
            listed("no-begging"),
        ],
    );
    assert_eq!(ids("today"), ["no-begging", mine]);
    assert_eq!(ids("items").len(), all.len() + 1);
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    let (code, out, _) = text(&sidelight(home.path(), &["today"]));
    assert_eq!(code, 0);
    assert!(out.starts_with("2026-11-22   1 of 2 kept\n\nAvoid\n  Asking and promising:\n  [x] "), "{out}");
    assert!(!out.contains("Embrace"), "an empty side has a title: {out}");
    assert!(
        out.ends_with(&format!(
            "\nNot on your list: {} more. `sidelight items` shows them.\n",
            all.len() - 1
        ))
    );
    let (_, out, _) = text(&sidelight(home.path(), &["items"]));
    let starred: Vec<&str> = out.lines().filter(|line| line.starts_with("  * ")).collect();
    assert_eq!(starred.len(), 2, "{out}");
}

#[test]
fn today_has_what_else_the_day_has_and_no_word_of_the_evening() {
    let home = tempfile::tempdir().unwrap();
    let plan = IfThen { cue: "he does not answer".into(), response: "I go out".into() };
    choose(home.path(), [listed("no-begging"), Chosen::IfThen { item: ItemId::new("no-begging"), plan }]);
    let mut opened = Journal::open(&home.path().join(".local/share/sidelight")).unwrap();
    let note = Operation::Note {
        course: CourseId::new("reconcile"),
        note: "2026-11-22-1-happened".into(),
        day: jiff::civil::date(2026, 11, 22),
        place: None,
        text: "He called late.".into(),
    };
    opened.journal.append(&mut opened.ledger, vec![note]).unwrap();
    opened.journal.close();
    let (code, out, _) = text(&sidelight(home.path(), &["today"]));
    assert_eq!(code, 0);
    let parts = [
        "] I did not beg or plead\n        If he does not answer, then I go out\n",
        "\nThree lines about the day\n  What happened?  (written)\n  What did I do?\n",
        "\nTo read\n  Start here, ",
    ];
    for part in parts {
        assert!(out.contains(part), "{part:?} is missing in\n{out}");
    }
    assert!(!out.contains("He called"), "{out}");
    let value = json_of(home.path(), &["today", "--json"]);
    assert_eq!(value["items"][0]["plan"], "If he does not answer, then I go out");
    assert_eq!(value["evening"][0], json!({ "question": "What happened?", "written": true }));
    assert_eq!(value["evening"][1]["written"], false);
    assert_eq!((&value["lesson"]["id"], &value["week"]), (&json!("start-here"), &Value::Null));
    // That it was kept on none of the last days helps nobody; that it was on one is said.
    assert!(!out.contains("of the last 7 days"), "{out}");
    sidelight(home.path(), &["mark", "no-begging", "kept", "--day", "yesterday"]);
    let (_, out, _) = text(&sidelight(home.path(), &["today"]));
    assert!(out.contains("] I did not beg or plead   1 of the last 7 days\n"), "{out}");
    // A plan helps until its item is marked.
    sidelight(home.path(), &["mark", "no-begging", "slipped"]);
    assert_eq!(json_of(home.path(), &["today", "--json"])["items"][0]["plan"], Value::Null);
}

#[test]
fn an_item_that_cannot_be_told_or_is_retired_is_refused_with_what_there_is() {
    let home = tempfile::tempdir().unwrap();
    choose(
        home.path(),
        [
            own_item("own-0001-x", "I did not read his letters", ItemStatus::Active),
            own_item("own-0002-y", "I did not read his diary", ItemStatus::Active),
            own_item("own-0003-z", "I did not shout", ItemStatus::Retired),
        ],
    );
    for (typed, told) in [
        ("I did not read", "own-0001-x, own-0002-y"),
        ("own-0003-z", "is retired"),
        ("own-0001-y", "did you mean `own-0001-x`?"),
        ("I did not shout", "there is no item"),
        ("", "there is no item"),
    ] {
        let (code, out, err) = text(&sidelight(home.path(), &["mark", typed, "kept"]));
        assert_eq!((code, out.as_str()), (1, ""), "{typed}");
        assert!(err.contains(told), "{typed}: {err}");
    }
    let (_, out, _) = text(&sidelight(home.path(), &["items"]));
    assert!(!out.contains("[x]") && !out.contains("shout"), "{out}");
}

#[test]
fn an_item_that_was_marked_by_command_is_named_after_the_course_has_lost_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("course");
    let manifest = |items: &str| {
        format!(
            r#"{{"format":1,"id":"c","title":"C","summary":"S","language":"en","parts":[{{"title":"P",
"lessons":[{{"id":"a","title":"A","file":"a.md"}}]}}],"checklist":{{"avoid":[],"embrace":[{items}]}}}}"#
        )
    };
    let rest = r#"{"id":"rest","text":"I rested","why":"It helps.","lesson":"a"}"#;
    let walk = r#"{"id":"walk","text":"I took a walk","why":"It helps.","lesson":"a"}"#;
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.md"), "# A\n\nText.\n").unwrap();
    std::fs::write(folder.join("course.json"), manifest(&format!("{rest},{walk}"))).unwrap();
    let course = folder.to_str().unwrap();
    let (code, _, err) = text(&sidelight(home.path(), &["--course", course, "mark", "walk", "kept"]));
    assert_eq!(code, 0, "{err}");
    std::fs::write(folder.join("course.json"), manifest(rest)).unwrap();
    for command in ["report", "export"] {
        let (code, out, err) = text(&sidelight(home.path(), &["--course", course, command]));
        assert_eq!(code, 0, "{err}");
        assert!(out.contains("I took a walk"), "{command} does not name it:\n{out}");
    }
}
