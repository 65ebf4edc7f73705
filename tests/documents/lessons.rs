//! The built-in course names keys and commands that are there.

use clap::CommandFactory;
use sidelight::cli::arguments::Arguments;
use sidelight::course::Course;
use sidelight::reader::Key;
use sidelight::reader::bindings::bindings;
use sidelight::reader::keys::Context;

/// The pieces of code in all lessons, each with the lesson that it is in.
fn code(course: &Course) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (index, lesson) in course.lessons.iter().enumerate() {
        for (_, block) in course.document(index).blocks() {
            let spans = block.spans.iter().filter(|span| span.style.code);
            found.extend(
                spans.map(|span| {
                    (lesson.id.to_string(), block.text.get(span.range.clone()).unwrap().to_owned())
                }),
            );
        }
    }
    found
}

/// Whether one of the panes, or a screen that hides them, knows this key from the start.
fn is_bound(name: &str) -> bool {
    let Some(key) = Key::parse(name) else { return false };
    bindings().iter().any(|binding| {
        let is_at_hand = binding.context.is_pane()
            || [Context::ALWAYS, Context::PANES, Context::HIDDEN].contains(&binding.context);
        is_at_hand && binding.all_keys().any(|other| other == key)
    })
}

#[test]
fn every_key_and_command_that_a_lesson_names_is_there() {
    let course = Course::built_in("reconcile").unwrap();
    let named = code(&course);
    assert!(named.len() > 10, "only {} pieces of code were found", named.len());
    for (lesson, code) in named {
        if code.starts_with("sidelight ") {
            let parsed = Arguments::command().try_get_matches_from(code.split_whitespace());
            assert!(parsed.is_ok(), "{lesson} names {code}: {}", parsed.unwrap_err());
        } else {
            assert!(is_bound(&code), "{lesson} names the key {code}");
        }
    }
}
