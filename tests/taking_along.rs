//! A journal taken along: exported, imported, reported on.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "taking_along/reports.rs"]
mod reports;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::Value;
use sidelight::course::{CourseId, ItemId, LessonId, Place, Side};
use sidelight::journal::{
    Choice, Chosen, Days, IfThen, ItemStatus, Journal, KnownItem, Ledger, Mark, Note, Opened, Operation,
    OwnItem, exchange,
};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const TODAY: Date = date(2026, 11, 22);

fn sidelight(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(arguments)
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SIDELIGHT_TODAY", "2026-11-22")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Everything that stands in a ledger, course by course.
fn all(ledger: &Ledger) -> Vec<Operation> {
    ledger.courses().flat_map(|course| ledger.current_operations(course, &Days::default())).collect()
}

/// The same, in an order that says nothing.
fn sorted(ledger: &Ledger) -> Vec<String> {
    let mut all: Vec<String> = all(ledger).iter().map(|one| serde_json::to_string(one).unwrap()).collect();
    all.sort();
    all
}

fn taken_along(ledger: &Ledger) -> Vec<Operation> {
    let text = exchange::write(&all(ledger), TODAY).unwrap();
    exchange::read(text.as_bytes(), TODAY).unwrap()
}

fn journal_with(folder: &Path, operations: Vec<Operation>) -> Opened {
    let mut opened = Journal::open(folder).unwrap();
    opened.journal.append(&mut opened.ledger, operations).unwrap();
    opened
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{1,20}",
        "\\PC{1,30}",
        Just("=1+1\n\"no\", he said\u{1b}[2J \u{202e}\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{1f33f}".to_owned()),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    ("[a-c]", 0..9usize, 0..9usize, any::<u32>()).prop_map(|(lesson, block, offset, fingerprint)| Place {
        lesson: LessonId::new(lesson),
        block,
        offset,
        fingerprint,
    })
}

fn operation() -> impl Strategy<Value = Operation> {
    let course = || "[xy]".prop_map(CourseId::new);
    let item = || "[a-d]".prop_map(ItemId::new);
    let day = || (0..40i32).prop_map(|back| TODAY.saturating_sub(jiff::ToSpan::days(back)));
    let mark = prop_oneof![
        Just(None),
        Just(Some(Mark::Kept)),
        Just(Some(Mark::Slipped)),
        Just(Some(Mark::DidNotArise))
    ];
    let side = || prop_oneof![Just(Side::Avoid), Just(Side::Embrace)];
    let status = prop_oneof![Just(ItemStatus::Active), Just(ItemStatus::Retired)];
    let chosen = prop_oneof![
        (item(), any::<bool>()).prop_map(|(item, listed)| Chosen::Listed { item, listed }),
        prop::collection::vec("[a-c]".prop_map(LessonId::new), 0..4)
            .prop_map(|lessons| Chosen::Route { lessons }),
        (item(), side(), text(), text(), status).prop_map(|(item, side, text, instead, status)| {
            Chosen::OwnItem { item, own: OwnItem { status, ..OwnItem::new(side, text, instead) } }
        }),
        (item(), side(), text())
            .prop_map(|(item, side, text)| Chosen::ItemText { item, known: KnownItem { side, text } }),
        (item(), text(), prop_oneof![Just(String::new()), text()])
            .prop_map(|(item, cue, response)| Chosen::IfThen { item, plan: IfThen { cue, response } }),
        (proptest::char::range('a', 'f'), proptest::option::of(place()))
            .prop_map(|(name, place)| Chosen::NamedPlace { name, place }),
    ];
    prop_oneof![
        4 => (course(), item(), day(), mark)
            .prop_map(|(course, item, day, mark)| Operation::Mark { course, item, day, mark }),
        1 => (course(), place()).prop_map(|(course, place)| Operation::Place { course, place }),
        1 => (course(), "[a-c]").prop_map(|(course, lesson)| Operation::Read { course, lesson: LessonId::new(lesson) }),
        3 => (course(), "[m-p]", day(), proptest::option::of(place()), prop_oneof![Just(String::new()), text()])
            .prop_map(|(course, note, day, place, text)| Operation::Note { course, note, day, place, text }),
        3 => (course(), chosen).prop_map(|(course, chosen)| Operation::Choice(Choice { course, chosen })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn an_empty_journal_is_rebuilt_from_an_export(operations in prop::collection::vec(operation(), 0..40)) {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let from = journal_with(one.path(), operations);
        let mut to = Journal::open(other.path()).unwrap();
        let incoming = to.ledger.incoming(taken_along(&from.ledger));
        prop_assert_eq!((incoming.known, incoming.beside, &incoming.differing), (0, 0, &Vec::new()));
        to.journal.append(&mut to.ledger, incoming.new).unwrap();
        prop_assert_eq!(all(&to.ledger), all(&from.ledger));
        for course in from.ledger.courses() {
            prop_assert_eq!(to.ledger.last_place(course), from.ledger.last_place(course));
            prop_assert_eq!(to.ledger.notes(course), from.ledger.notes(course));
            prop_assert_eq!(to.ledger.route(course), from.ledger.route(course));
            for item in from.ledger.items(course) {
                let marks = |ledger: &Ledger| ledger.marks(course, item).collect::<Vec<_>>();
                prop_assert_eq!(marks(&to.ledger), marks(&from.ledger));
            }
        }
        prop_assert_eq!(all(&Journal::open(other.path()).unwrap().ledger), all(&to.ledger));
    }

    #[test]
    fn an_import_loses_nothing_that_is_here_and_changes_nothing_the_second_time(
        here in prop::collection::vec(operation(), 0..30),
        there in prop::collection::vec(operation(), 0..30),
    ) {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = taken_along(&journal_with(one.path(), there).ledger);
        let mut opened = journal_with(other.path(), here);
        let before = all(&opened.ledger);
        let incoming = opened.ledger.incoming_with_words(file.clone(), TODAY);
        opened.journal.append(&mut opened.ledger, incoming.new).unwrap();
        let after = sorted(&opened.ledger);
        for standing in &before {
            let standing = serde_json::to_string(standing).unwrap();
            prop_assert!(after.contains(&standing), "lost: {}", standing);
        }
        // Her words are never left out: a note of the file is here under some name.
        for operation in &file {
            if let Operation::Note { course, text, .. } = operation {
                prop_assert!(opened.ledger.notes(course).iter().any(|note| note.text == *text));
            }
            if let Operation::Choice(Choice { course, chosen: Chosen::OwnItem { item, own } }) = operation {
                let is_here = opened.ledger.own_items(course).any(|(id, here)| {
                    id == item && (&here.text, &here.instead) == (&own.text, &own.instead)
                });
                let is_note = |note: &Note| own.text.is_empty() || note.text.starts_with(&own.text);
                prop_assert!(is_here || opened.ledger.notes(course).iter().any(is_note));
            }
        }
        let again = opened.ledger.incoming_with_words(file, TODAY);
        prop_assert_eq!(again.new, Vec::new());
        prop_assert_eq!(again.differing, incoming.differing);
    }

    #[test]
    fn any_bytes_are_taken_in_or_refused_with_a_line(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = exchange::read(&bytes, TODAY) {
            prop_assert!(error.to_string().starts_with("line "));
        }
    }
}

fn lived_in(home: &Path) {
    for arguments in [["mark", "no-begging", "kept"], ["mark", "no-second-message", "slipped"]] {
        let (code, _, err) = sidelight(home, &arguments);
        assert_eq!(code, 0, "{err}");
    }
    let folder = home.join(".local/share/sidelight");
    let course = || CourseId::new("reconcile");
    let choice = |chosen| Operation::Choice(Choice { course: course(), chosen });
    let own = OwnItem::new(Side::Avoid, "=HYPERLINK(\"x\")".into(), "I breathed out".into());
    let operations = vec![
        Operation::Note {
            course: course(),
            note: "2026-11-22-1-happened".into(),
            day: TODAY,
            place: None,
            text: "# He called, \"late\"\n| and | left".into(),
        },
        Operation::Note {
            course: course(),
            note: "2026-11-16-week".into(),
            day: date(2026, 11, 16),
            place: None,
            text: "She did well.".into(),
        },
        choice(Chosen::IfThen {
            item: ItemId::new("no-begging"),
            plan: IfThen { cue: "he packs".into(), response: "I go for a walk".into() },
        }),
        choice(Chosen::OwnItem { item: ItemId::new("own-0001-x"), own }),
        choice(Chosen::Route { lessons: vec![LessonId::new("be-secure")] }),
        choice(Chosen::Listed { item: ItemId::new("no-begging"), listed: true }),
    ];
    journal_with(&folder, operations);
}

#[test]
fn what_was_exported_on_one_computer_is_imported_on_another() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    lived_in(one.path());
    let file = other.path().join("mine.json");
    let path = file.to_str().unwrap();
    let (code, out, err) = sidelight(one.path(), &["export", "--format", "json", "--output", path]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("Written: "), "{out}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (code, out, _) = sidelight(other.path(), &["import", path]);
    assert_eq!((code, out.as_str()), (0, "10 imported, 0 known already.\n"));
    let exported = |home| sidelight(home, &["export", "--json"]).1;
    assert_eq!(exported(one.path()), exported(other.path()));
    let (_, out, _) = sidelight(other.path(), &["import", path, "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["new"], &report["known"]), (&Value::from(0), &Value::from(10)));
}

#[test]
fn what_is_otherwise_here_stays_and_is_named() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    lived_in(one.path());
    let file = one.path().join("mine.json");
    sidelight(one.path(), &["export", "--format", "json", "--output", file.to_str().unwrap()]);
    sidelight(other.path(), &["mark", "no-begging", "slipped"]);
    let (code, out, _) = sidelight(other.path(), &["import", file.to_str().unwrap()]);
    assert_eq!(code, 0);
    assert!(out.contains("were not changed") && out.contains("2026-11-22: kept: "), "{out}");
    let (_, out, _) = sidelight(other.path(), &["today"]);
    assert!(out.contains("[!] ") && !out.contains("[x] "), "{out}");
}

#[test]
fn words_that_differ_in_an_import_are_kept_as_notes_and_it_says_so() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let own = |instead: &str| {
        let own = OwnItem::new(Side::Avoid, "read his diary".into(), instead.into());
        let chosen = Chosen::OwnItem { item: ItemId::new("own-0001-x"), own };
        Operation::Choice(Choice { course: CourseId::new("reconcile"), chosen })
    };
    for (home, instead) in [(one.path(), "walk"), (other.path(), "swim")] {
        journal_with(&home.join(".local/share/sidelight"), vec![own(instead)]);
    }
    let file = one.path().join("mine.json");
    let file = file.to_str().unwrap();
    sidelight(one.path(), &["export", "--format", "json", "--output", file]);
    let (code, out, err) = sidelight(other.path(), &["import", file]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("an item of your own: read his diary; instead: walk"), "{out}");
    assert!(out.contains("are here as a note"), "{out}");
    let (_, out, _) = sidelight(other.path(), &["export"]);
    assert!(out.contains("Instead: swim") && out.contains("walk"), "{out}");
    let (_, out, _) = sidelight(other.path(), &["import", file, "--json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["new"], &report["as_notes"]), (&Value::from(0), &Value::from(1)));
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_that_was_said() {
    let home = tempfile::tempdir().unwrap();
    lived_in(home.path());
    let file = home.path().join("there");
    std::fs::write(&file, "precious").unwrap();
    let output = file.to_str().unwrap();
    for command in ["export", "report"] {
        std::fs::write(&file, "precious").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let (code, _, err) = sidelight(home.path(), &[command, "--output", output]);
        assert_eq!(code, 1);
        assert!(err.contains("exists already") && err.contains("--force"), "{err}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
        let (code, _, err) = sidelight(home.path(), &[command, "--output", output, "--force"]);
        assert_eq!(code, 0, "{err}");
        assert!(std::fs::read_to_string(&file).unwrap().contains("he packs"));
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let target = home.path().join("target");
    std::fs::write(&target, "precious").unwrap();
    let link = home.path().join("link");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert_eq!(sidelight(home.path(), &["export", "--output", link.to_str().unwrap()]).0, 1);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "precious");
    let missing = home.path().join("no/such/folder");
    let (code, _, err) = sidelight(home.path(), &["export", "--output", missing.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(err.contains("no/such/folder"), "{err}");
}

#[test]
fn the_table_for_spreadsheets_is_quoted_and_holds_no_formula() {
    let home = tempfile::tempdir().unwrap();
    lived_in(home.path());
    let (code, out, _) = sidelight(home.path(), &["export", "--format", "csv"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("course,kind,day,name,side,text,value\r\n"));
    assert!(out.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{out}");
    assert!(out.contains("\"# He called, \"\"late\"\"\n| and | left\""), "{out}");
    assert!(out.contains(",mark,2026-11-22,no-begging,avoid,"), "{out}");
}

#[test]
fn the_text_for_people_says_everything_and_is_broken_by_nothing() {
    let home = tempfile::tempdir().unwrap();
    lived_in(home.path());
    let (_, out, _) = sidelight(home.path(), &["export"]);
    for text in [
        "- [x] I did not beg",
        "If he packs, then I go for a walk.",
        "Instead: I breathed out",
        "> \\# He called, \"late\"\n> \\| and \\| left",
        "1. Be secure",
        "She did well.",
    ] {
        assert!(out.contains(text), "{text} is missing in\n{out}");
    }
}

#[test]
fn only_the_days_that_were_asked_for_are_in_it() {
    let home = tempfile::tempdir().unwrap();
    lived_in(home.path());
    let (_, out, _) = sidelight(home.path(), &["export", "--to", "2026-11-20"]);
    assert!(out.contains("She did well.") && !out.contains("He called"), "{out}");
    let (_, out, _) = sidelight(home.path(), &["report", "--notes", "--from", "2026-11-17"]);
    assert!(!out.contains("She did well.") && out.contains("He called"), "{out}");
    for command in ["export", "report"] {
        let (code, _, err) = sidelight(home.path(), &[command, "--from", "2026-11-20", "--to", "2026-11-01"]);
        assert_eq!(code, 2);
        assert!(err.contains("--from 2026-11-20 comes after --to 2026-11-01"), "{err}");
        assert_eq!(sidelight(home.path(), &[command, "--from", "2026-02-30"]).0, 2);
    }
}

#[test]
fn a_wrong_file_is_named_with_its_line_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let log = || std::fs::read_dir(home.path().join(".local/share/sidelight/log")).map_or(0, Iterator::count);
    let file = home.path().join("wrong.json");
    let export =
        |records: &str| format!("{{\"sidelight\":\"export\",\"version\":1,\"records\":[\n{records}\n]}}");
    let mark = |day: &str| {
        format!(r#"{{"op":"mark","course":"reconcile","item":"no-begging","day":"{day}","mark":"kept"}}"#)
    };
    for (text, line, problem) in [
        (String::new(), 1, "ends too early"),
        ("hello".to_owned(), 1, "not JSON"),
        ("{\"a\":1}".to_owned(), 1, "not a file that"),
        ("[1]".to_owned(), 1, "not a file that"),
        ("{\"sidelight\":\"export\",\"version\":9,\"records\":[]}".to_owned(), 1, "newer version"),
        (export(&format!("{},\n{}", mark("2026-11-01"), mark("2026-02-30"))), 3, "this day does not exist"),
        (export(&mark("2027-01-01")), 2, "still to come"),
        (export(r#"{"op":"dance","course":"x"}"#), 2, "does not know this kind of record"),
        (export(r#"{"op":"mark","course":"x"}"#), 2, "is missing"),
        (export(&mark("2026-11-01").replace("no-begging", "")), 2, "a name in this record is empty"),
        (export(&mark("2026-11-01").replace("no-begging", &"x".repeat(600))), 2, "longer than any name"),
        (export(r#"{"op":"named-place","course":"x","name":"!","place":null}"#), 2, "a letter or a digit"),
        (export(&mark("2026-11-01")).replace("]}", ""), 3, "ends too early"),
        ("[".repeat(100_000), 1, "not a file that"),
    ] {
        std::fs::write(&file, &text).unwrap();
        let (code, out, err) = sidelight(home.path(), &["import", file.to_str().unwrap()]);
        let beginning: String = text.chars().take(200).collect();
        assert_eq!((code, out.as_str()), (1, ""), "{beginning}");
        assert!(err.contains(&format!("wrong.json, line {line}: ")), "{err}\n{beginning}");
        assert!(err.contains(problem) && err.contains("nothing was imported"), "{err}\n{beginning}");
        assert!(!err.contains("dance"), "{err}");
    }
    std::fs::write(&file, b"\xff\xfe{}").unwrap();
    assert!(sidelight(home.path(), &["import", file.to_str().unwrap()]).2.contains("not text in UTF-8"));
    assert_eq!(sidelight(home.path(), &["import", home.path().to_str().unwrap()]).0, 1);
    assert_eq!(sidelight(home.path(), &["import", "nothing-there"]).0, 1);
    assert_eq!(log(), 0);
}

#[test]
fn text_that_is_imported_is_clean() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file.json");
    let record = r#"{"op":"note","course":"reconcile","note":"n","day":"2026-11-01","place":null,"text":"a\u001b[2Jb"}"#;
    std::fs::write(&file, format!("{{\"sidelight\":\"export\",\"version\":1,\"records\":[{record}]}}"))
        .unwrap();
    assert_eq!(sidelight(home.path(), &["import", file.to_str().unwrap()]).0, 0);
    let (_, out, _) = sidelight(home.path(), &["export"]);
    assert!(out.contains("> ab\n") && !out.contains('\u{1b}'), "{out}");
}

#[test]
fn an_empty_journal_is_exported_and_reported_calmly() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [["export", "--json"], ["export", "--format=csv"], ["report", "--json"]] {
        assert_eq!(sidelight(home.path(), &arguments).0, 0);
    }
    let (code, _, err) = sidelight(home.path(), &["export", "--no-save"]);
    assert_eq!(code, 1);
    assert!(err.contains("nothing is being saved"), "{err}");
}
