//! Reports of a journal, for other people to read.

use super::{lived_in, sidelight};
use serde_json::Value;

#[test]
fn what_is_left_out_of_a_report_is_in_no_part_of_it() {
    let home = tempfile::tempdir().unwrap();
    lived_in(home.path());
    let (code, whole, _) = sidelight(home.path(), &["report", "--format", "markdown", "--notes"]);
    assert_eq!(code, 0);
    assert!(whole.starts_with("# From Monday 26 October 2026 to Sunday 22 November 2026\n"), "{whole}");
    for text in ["I did not beg", "he packs", "He called", "She did well", "kept clear 1 of 2 times"] {
        assert!(whole.contains(text), "{text} is missing in\n{whole}");
    }
    assert!(whole.contains("| 1 | 0 | 0 | 6 | `"), "{whole}");
    let (_, without, _) = sidelight(home.path(), &["report", "--notes", "--without", "avoid"]);
    for text in ["not beg", "HYPERLINK", "he packs", "kept clear"] {
        assert!(!without.contains(text), "{text} is left in\n{without}");
    }
    let (_, without, _) = sidelight(home.path(), &["report", "--without", "plans,weeks"]);
    for text in ["He called", "She did well", "he packs", "Week by week"] {
        assert!(!without.contains(text), "{text} is left in\n{without}");
    }
    assert!(without.contains("I did not beg"));
}

#[test]
fn a_report_has_the_form_that_its_file_is_named_by_or_that_was_asked_for() {
    let home = tempfile::tempdir().unwrap();
    lived_in(home.path());
    for (arguments, beginning) in [
        (&["report"][..], "From Monday 26 October 2026 to Sunday 22 November 2026\n====="),
        (&["report", "--format", "markdown"], "# From Monday"),
        (&["report", "--format", "html"], "<!DOCTYPE html>\n<html lang=\"en\">"),
    ] {
        let (code, out, _) = sidelight(home.path(), arguments);
        assert!(code == 0 && out.starts_with(beginning), "{out}");
        assert!(!out.contains("He called"), "notes are in it: {out}");
    }
    for (name, beginning) in [("r.html", "<!DOCTYPE"), ("r.md", "# From"), ("r.txt", "From Monday")] {
        let (code, out, _) = sidelight(home.path(), &["report", "--output", name]);
        assert!(code == 0 && out.starts_with("Written: "), "{out}");
        let text = std::fs::read_to_string(home.path().join(name)).unwrap();
        assert!(text.starts_with(beginning), "{name}: {text}");
    }
}

#[test]
fn one_page_to_print_has_her_list_and_nothing_of_her_evenings() {
    let home = tempfile::tempdir().unwrap();
    lived_in(home.path());
    let (code, out, _) = sidelight(home.path(), &["report", "--page"]);
    assert!(code == 0 && out.starts_with("Sunday 22 November 2026\n====="), "{out}");
    assert!(out.contains("1. Put the phone in another room.") && out.contains("he packs"), "{out}");
    assert!(out.lines().count() <= 60 && !out.contains("He called") && !out.contains("kept"), "{out}");
    let (_, out, _) = sidelight(home.path(), &["report", "--page", "--json"]);
    let value: Value = serde_json::from_str(&out).unwrap();
    let days = (value["from"].as_str(), value["to"].as_str());
    assert_eq!((days, value["format"].as_str()), ((Some("2026-11-22"), Some("2026-11-22")), Some("text")));
    for (name, beginning) in [("p.html", "<!DOCTYPE"), ("p.md", "# Sunday"), ("p.txt", "Sunday 22")] {
        let (code, out, _) = sidelight(home.path(), &["report", "--page", "--output", name]);
        assert!(code == 0 && out.starts_with("Written: "), "{out}");
        let text = std::fs::read_to_string(home.path().join(name)).unwrap();
        assert!(text.starts_with(beginning) && text.contains("Put the phone"), "{name}: {text}");
    }
    for other in [&["--notes"][..], &["--from", "-7"], &["--to", "today"], &["--without", "plans"]] {
        let (code, out, err) = sidelight(home.path(), &[&["report", "--page"], other].concat());
        assert!(code == 2 && out.is_empty() && err.contains("--page"), "{err}");
    }
}
