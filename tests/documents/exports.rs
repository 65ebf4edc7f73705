//! The page on export formats, held against what an export holds.

use crate::root;
use serde_json::Value;
use sidelight::course::{CourseId, ExerciseId, ItemId, LessonId, Place, Side};
use sidelight::journal::{Choice, Chosen, IfThen, Journal, KnownItem, Mark, Operation, OwnItem, exchange};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// The rows of a table of the page: the first cell as code, and all codes of the row.
fn rows(heading: &str) -> BTreeMap<String, BTreeSet<String>> {
    let page = std::fs::read_to_string(root("docs/EXPORT.md")).unwrap();
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let row = |line: &str| {
        let codes: Vec<String> = line.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        (codes[0].clone(), codes.into_iter().skip(1).collect())
    };
    section
        .lines()
        .filter(|line| line.starts_with("| `"))
        .filter(|line| !line.starts_with("| `op`"))
        .map(row)
        .collect()
}

/// One operation of every kind.
fn one_of_each() -> Vec<Operation> {
    let course = CourseId::new("reconcile");
    let day = jiff::civil::date(2026, 11, 20);
    let (item, lesson) = (ItemId::new("no-begging"), LessonId::new("start-here"));
    let place = Place { lesson: lesson.clone(), block: 2, offset: 3, fingerprint: 4 };
    let exercise = ExerciseId::new("my-limit");
    let own = OwnItem::new(Side::Avoid, "I did not call".into(), "I walked".into());
    let chosen = [
        Chosen::Listed { item: item.clone(), listed: true },
        Chosen::Route { lessons: vec![lesson.clone()] },
        Chosen::OwnItem { item: ItemId::new("own-1-call"), own },
        Chosen::ItemText { item: item.clone(), known: KnownItem { side: Side::Avoid, text: "Old".into() } },
        Chosen::IfThen { item: item.clone(), plan: IfThen { cue: "a".into(), response: "b".into() } },
        Chosen::NamedPlace { name: 'a', place: Some(place.clone()) },
        Chosen::PlanWeek { week: Some(1) },
        Chosen::Question { exercise: exercise.clone(), lesson: lesson.clone(), day },
        Chosen::Answered { exercise: exercise.clone(), day, known: Some(true) },
        Chosen::Asking { exercise: Some(exercise.clone()), asked: false },
        Chosen::ExerciseText { exercise, prompt: "Your limit".into() },
    ];
    let choice = |chosen| Operation::Choice(Choice { course: course.clone(), chosen });
    let mut all: Vec<Operation> = chosen.into_iter().map(choice).collect();
    let (text, note) = ("A long day".into(), "n1".into());
    all.push(Operation::Mark { course: course.clone(), item, day, mark: Some(Mark::Kept) });
    all.push(Operation::Note { course: course.clone(), note, day, place: Some(place.clone()), text });
    all.push(Operation::Read { course: course.clone(), lesson });
    all.push(Operation::Place { course, place });
    all
}

/// What an export of all that prints.
fn exported(home: &Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(["export", "--format", format])
        .env_clear()
        .env("HOME", home)
        .env("SIDELIGHT_TODAY", "2026-11-22")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut opened = Journal::open(&home.path().join(".local/share/sidelight")).unwrap();
    opened.journal.append(&mut opened.ledger, one_of_each()).unwrap();
    home
}

#[test]
fn every_kind_of_record_is_documented_with_its_fields() {
    let documented = rows("JSON");
    for kind in exchange::kinds() {
        assert!(documented.contains_key(kind), "docs/EXPORT.md says nothing of `{kind}`");
    }
    let export: Value = serde_json::from_str(&exported(home().path(), "json")).unwrap();
    let mut seen = BTreeSet::new();
    for record in export["records"].as_array().unwrap() {
        let kind = record["op"].as_str().unwrap();
        seen.insert(kind.to_owned());
        for field in record.as_object().unwrap().keys().filter(|key| !matches!(&***key, "op" | "course")) {
            assert!(documented[kind].contains(field), "docs/EXPORT.md says nothing of `{field}` in `{kind}`");
        }
    }
    assert_eq!(seen, exchange::kinds().map(str::to_owned).collect(), "not every kind was tried");
}

#[test]
fn every_column_of_the_table_and_every_kind_of_row_is_documented() {
    let documented = rows("CSV");
    let table = exported(home().path(), "csv");
    let mut lines = table.lines();
    let columns: BTreeSet<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    assert_eq!(columns, documented.keys().cloned().collect());
    for line in lines {
        let kind = line.split(',').nth(1).unwrap();
        assert!(
            documented["kind"].contains(kind),
            "docs/EXPORT.md says nothing of rows of the kind `{kind}`"
        );
    }
}
