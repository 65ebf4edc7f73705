//! The search for circles, tried on sources made up for it.

use crate::imports::{Imports, circles, imports};
use crate::sources::modules;

/// The imports of a crate of these files.
fn made_up(files: &[(&str, &str)]) -> Imports {
    let source = |name: &str| {
        let found = files.iter().find(|(file, _)| *file == name);
        found.map(|(_, text)| (*text).to_owned())
    };
    imports(&modules(&source))
}

/// A room of two files, of which `lower` defines `Low` and `upper` this.
fn circles_in(upper: &str, lower: &str) -> Vec<Vec<String>> {
    circles(&made_up(&[
        ("lib.rs", "pub mod room;"),
        ("room/mod.rs", "mod upper; mod lower; pub use lower::{Low, low}; pub use upper::*;"),
        ("room/upper.rs", upper),
        ("room/lower.rs", &format!("pub struct Low; pub fn low() {{}} {lower}")),
    ]))
}

#[test]
fn files_that_import_one_way_are_no_circle() {
    for upper in ["use super::Low;", "use crate::room::lower::Low;", "fn up() { super::low() }"] {
        assert_eq!(circles_in(&format!("pub struct Up; {upper}"), ""), [[""; 0]; 0], "{upper}");
    }
}

#[test]
fn a_circle_is_seen_however_it_is_written() {
    let upper = "use super::Low; pub struct Up; pub fn up() {} pub mod inner { pub struct In; }";
    for lower in [
        "use crate::room::upper::Up;",
        "use crate::room::Up;",
        "use crate::{room::{upper::Up as Other}};",
        "use super::upper::{self}; fn call() { upper::up() }",
        "use crate::room; fn call() { room::up() }",
        "use super::*; fn call() { up() }",
        "fn call() { crate::room::upper::up() }",
        "fn call() { println!(\"{}\", super::up()) }",
        "fn call() { use super::Up; }",
        "impl From<super::upper::Up> for Low {}",
        "mod inner { use super::super::upper::inner::In; }",
        "pub use super::upper::Up; fn call(up: Up) {}",
    ] {
        let found = circles_in(upper, lower);
        assert!(!found.is_empty(), "{lower}");
    }
}

#[test]
fn what_is_not_in_the_program_is_no_import() {
    let upper = "use super::Low; pub struct Up;";
    for lower in [
        "// use super::Up;",
        "/// As [`super::Up`].\nfn call() {}",
        "const TEXT: &str = \"crate::room::Up\";",
        "#[cfg(test)] mod tests { use crate::room::Up; }",
        "#[cfg(test)] use crate::room::Up;",
        "pub use super::upper::Up;",
        "pub(in crate::room) fn call() {}",
        "use std::upper::Up;",
    ] {
        assert_eq!(circles_in(upper, lower), [[""; 0]; 0], "{lower}");
    }
}

#[test]
fn of_a_large_knot_one_short_circle_is_told() {
    let found = circles(&made_up(&[
        ("lib.rs", "pub mod room;"),
        ("room.rs", "mod a; mod b; mod c; mod d;"),
        ("room/a.rs", "use super::{b::B, c::C}; pub struct A;"),
        ("room/b.rs", "use super::a::A; pub struct B;"),
        ("room/c.rs", "use super::d::D; pub struct C;"),
        ("room/d.rs", "use super::a::A; pub struct D;"),
    ]));
    assert_eq!(found, [["room/a.rs", "room/b.rs", "room/a.rs"]]);
}
