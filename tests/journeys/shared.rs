//! What several journeys ask of a reader, and how they begin.

use crate::support::Reader;
use crate::{WIDE, root};

/// What is said in the last row.
pub(crate) fn message(reader: &Reader) -> String {
    reader.state().message.clone().unwrap_or_default()
}

/// The id of the lesson that is open.
pub(crate) fn lesson(reader: &mut Reader) -> String {
    let lesson = reader.state().reading.lesson;
    reader.session().world().course.lessons[lesson].id.to_string()
}

/// The texts of her notes.
pub(crate) fn notes(reader: &mut Reader) -> Vec<String> {
    let world = reader.session().world();
    world.ledger.notes(&world.course.id).into_iter().map(|note| note.text).collect()
}

/// Types a script on the usual screen from the first start on.
pub(crate) fn after(script: &str) -> Reader {
    let mut reader = Reader::new(WIDE);
    reader.types(script);
    reader
}

/// The same in a course of format 2.
pub(crate) fn in_evenings(script: &str) -> Reader {
    let mut reader = Reader::of(WIDE, Some(&root("tests/data/evenings")));
    reader.types(script);
    reader
}
