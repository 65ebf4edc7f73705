//! What an author is given: the schema, a course to begin with, and the page that explains.

use crate::course::manifest::Manifest;
use crate::course::{Course, CourseError, Fault, built_in_ids, check, create, scaffold};
use crate::text::exercise::is_id;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn docs(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

/// `SIDELIGHT_UPDATE=1 cargo test schema` writes it anew.
#[test]
fn the_schema_in_the_docs_is_the_one_of_the_types() {
    let mut schema = schemars::schema_for!(Manifest<'static>);
    schema.insert("title".into(), "A sidelight course (course.json)".into());
    let generated = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("SIDELIGHT_UPDATE").is_some() {
        fs::write(docs("course.schema.json"), &generated).unwrap();
    }
    let kept = fs::read_to_string(docs("course.schema.json")).unwrap();
    assert!(
        kept == generated,
        "docs/course.schema.json is stale: run `SIDELIGHT_UPDATE=1 cargo test schema` and look at the change"
    );
}

#[test]
fn the_schema_knows_what_is_required_and_what_is_not() {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(docs("course.schema.json")).unwrap()).unwrap();
    let required = schema.get("required").unwrap().as_array().unwrap();
    assert!(required.contains(&"checklist".into()) && !required.contains(&"guide".into()));
    assert_eq!(schema.get("additionalProperties"), Some(&Value::Bool(false)));
    for id in built_in_ids() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(id).join("course.json");
        let manifest: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let known = schema.get("properties").unwrap().as_object().unwrap();
        for key in manifest.as_object().unwrap().keys() {
            assert!(known.contains_key(key), "{id}: {key}");
        }
    }
}

#[test]
fn a_new_course_opens_and_has_no_fault() {
    let above = tempfile::tempdir().unwrap();
    for name in ["my-garden", "Zoë’s \"course\"", "日本", "..a b", &"long".repeat(40)] {
        let folder = above.path().join(name);
        let written = create(&folder).unwrap();
        assert_eq!(written.files.len(), 4);
        assert_eq!(Course::open(&folder).unwrap().id.as_str(), written.id);
        let faults: Vec<String> = check(&folder).iter().map(Fault::to_string).collect();
        assert_eq!(faults, Vec::<String>::new(), "{name}");
        Course::open(&folder).unwrap();
    }
    assert_eq!(Course::open(&above.path().join("my-garden")).unwrap().title, "My garden");
}

#[test]
fn a_new_course_has_the_id_of_its_folder_and_no_other_has_it_by_chance() {
    let above = tempfile::tempdir().unwrap();
    let id = |name: &str| create(&above.path().join(name)).unwrap().id;
    for (name, expected) in [
        ("Übung", "ubung"),
        ("Raucher frei ä", "raucher-frei-a"),
        ("Straße_2", "strasse-2"),
        ("Łódź", "lodz"),
        ("n1", "n1"),
    ] {
        assert_eq!(id(name), expected);
    }
    let (one, other) = (id("日本"), id("日本語"));
    assert!(one.starts_with("course-") && one.len() == 13 && one != other, "{one} {other}");
    // What is left out of a name may be all that tells it from another.
    let long = "a".repeat(50);
    for (one, other, begin) in [
        ("日本2", "中国2", "2-"),
        ("C++", "C#", "c-"),
        (&format!("{long}b"), &format!("{long}c"), &format!("{}-", "a".repeat(40))),
    ] {
        let (one, other) = (id(one), id(other));
        assert!(one.starts_with(begin) && other.starts_with(begin) && one != other, "{one} {other}");
        assert!(is_id(&one), "{one}");
    }
    // `.` is the folder that it stands for.
    let here = above.path().join("here");
    fs::create_dir(&here).unwrap();
    assert_eq!(create(&here.join(".")).unwrap().id, "here");
    assert_eq!(Course::open(&here).unwrap().title, "Here");
}

#[test]
fn a_new_course_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lessons")).unwrap();
    let mine = folder.path().join("lessons/02-a-little-every-day.md");
    fs::write(&mine, "mine").unwrap();
    let Err(CourseError::NotWritten { path, .. }) = create(folder.path()) else { panic!("it was made") };
    assert!(path.ends_with("02-a-little-every-day.md"));
    assert_eq!(fs::read_to_string(mine).unwrap(), "mine");
    assert!(!folder.path().join("course.json").exists());
}

#[test]
fn a_folder_that_cannot_be_made_is_reported() {
    let error = create(Path::new("/proc/nowhere/course")).unwrap_err();
    assert!(error.to_string().starts_with("/proc/nowhere/course: "), "{error}");
}

#[test]
fn the_words_of_a_new_course_do_not_depend_on_the_title_being_there() {
    assert!(
        scaffold(" ", "mine")
            .iter()
            .any(|(name, text)| *name == "course.json" && text.contains("\"My course\""))
    );
}

/// Its code blocks that carry a file's name make a whole course.
#[test]
fn the_example_in_the_authors_guide_has_no_fault() {
    let page = fs::read_to_string(docs("AUTHORING.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut files = 0;
    for block in page.split("\n````").flat_map(|block| block.split("\n```")).skip(1) {
        let (head, text) = block.split_once('\n').unwrap_or((block, ""));
        let Some((_, name)) = head.trim_start_matches('`').split_once(' ') else { continue };
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        files += 1;
    }
    assert_eq!(files, 3);
    let faults: Vec<String> = check(folder.path()).iter().map(Fault::to_string).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert!(Course::open(folder.path()).unwrap().has_guide());
}
