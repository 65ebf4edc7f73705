//! The courses in the binary.

use crate::course::{Course, built_in_ids};

#[test]
fn every_built_in_course_opens_under_its_own_id() {
    for id in built_in_ids() {
        let course = Course::built_in(id).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(course.id.as_str(), id);
        assert!(!course.lessons.is_empty());
    }
}

#[test]
fn the_course_that_everything_opens_with_is_there() {
    assert!(built_in_ids().any(|id| id == "reconcile"));
}

#[test]
fn every_item_of_a_built_in_course_names_a_section_that_is_there() {
    for id in built_in_ids() {
        let course = Course::built_in(id).unwrap();
        for item in &course.items {
            let section = item.section.as_deref();
            let found = section.is_none_or(|slug| course.document(item.lesson).section(slug).is_some());
            assert!(found, "{id}: {} names no section of its lesson: {section:?}", item.id);
        }
    }
}
